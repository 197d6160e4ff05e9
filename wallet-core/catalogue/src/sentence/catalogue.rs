use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "element-wrong-type"
        fr "Un renseignement du document n’est pas du bon genre, donc le document n’a pas été délivré."
           "Corrigez ce renseignement dans les données, puis recommencez."
        en "An element of the document is not of the right kind, so the document was not issued."
           "Correct it in the data, then start again.";
    "element-unknown-code"
        fr "Un renseignement du document porte un code qui n’est pas dans sa liste, donc le document n’a pas été délivré."
           "Choisissez un code de la liste, puis recommencez."
        en "An element of the document has a code that is not in its list, so the document was not issued."
           "Choose a code from the list, then start again.";
    "element-not-a-date"
        fr "Une date ou une heure du document n’existe pas, donc le document n’a pas été délivré."
           "Écrivez une vraie date, par exemple 2026-11-22, puis recommencez."
        en "A date or time in the document does not exist, so the document was not issued."
           "Write a real date, for example 2026-11-22, then start again.";
    "element-too-long"
        fr "Un texte du document dépasse 150 caractères, donc le document n’a pas été délivré."
           "Raccourcissez ce texte, puis recommencez."
        en "A text in the document has more than 150 characters, so the document was not issued."
           "Shorten it, then start again.";
    "element-wrong-shape"
        fr "Un renseignement du document n’a pas la forme attendue, donc le document n’a pas été délivré."
           "Écrivez-le comme demandé, par exemple CA pour le Canada, puis recommencez."
        en "An element of the document does not have the expected form, so the document was not issued."
           "Write it as asked, for example CA for Canada, then start again.";
    "element-missing-field"
        fr "Il manque une partie obligatoire d’un renseignement, donc le document n’a pas été délivré."
           "Ajoutez la partie qui manque, puis recommencez."
        en "A required part of an element is missing, so the document was not issued."
           "Add the missing part, then start again.";
    "element-image-too-large"
        fr "La petite photo dépasse 3 ko, donc le document n’a pas été délivré."
           "Réduisez la photo, puis recommencez."
        en "The small photo is larger than 3 kB, so the document was not issued."
           "Reduce the photo, then start again.";
    "element-not-latin1"
        fr "Un nom contient des lettres que certains lecteurs ne savent pas afficher."
           "Écrivez-le aussi dans la graphie d’origine, et ici avec des lettres courantes."
        en "A name has letters that some readers cannot show."
           "Write it in its original spelling too, and here with common letters.";
    "nam-wrong-shape"
        fr "Le numéro d’assurance maladie n’a pas la forme habituelle de quatre lettres et huit caractères."
           "Comparez-le avec la carte."
        en "The health insurance number does not have the usual form of four letters and eight characters."
           "Compare it with the card.";
    "nam-check-digit"
        fr "Le numéro d’assurance maladie contient peut-être une erreur de frappe."
           "Comparez-le avec la carte, surtout le dernier chiffre."
        en "The health insurance number may contain a typing error."
           "Compare it with the card, the last digit above all.";
};
