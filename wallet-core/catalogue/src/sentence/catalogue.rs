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
        fr "Une date ou une heure du document n’existe pas ou est mal écrite, donc le document n’a pas été délivré."
           "Écrivez 2026-11-22 pour une date, 15:30 pour une heure, 2026-11-22T15:30:00Z pour les deux, puis recommencez."
        en "A date or time in the document does not exist or is badly written, so the document was not issued."
           "Write 2026-11-22 for a date, 15:30 for a time, 2026-11-22T15:30:00Z for both, then start again.";
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
    "element-not-an-image"
        fr "Une photo ou une signature du document n’est pas une image que les lecteurs savent afficher, donc le document n’a pas été délivré."
           "Enregistrez-la en JPEG, puis recommencez."
        en "A photo or signature in the document is not an image that readers can show, so the document was not issued."
           "Save it as a JPEG, then start again.";
    "element-not-latin1"
        fr "Un texte du document contient des lettres que certains lecteurs ne savent pas afficher."
           "Remplacez ces lettres par des lettres courantes."
        en "A text in the document has letters that some readers cannot show."
           "Replace these letters with common ones.";
    "nam-wrong-shape"
        fr "Le numéro d’assurance maladie n’a pas la forme habituelle\u{a0}: quatre lettres, une date de six chiffres et deux caractères."
           "Comparez-le avec la carte."
        en "The health insurance number does not have the usual form: four letters, a date of six digits and two characters."
           "Compare it with the card.";
    "nam-check-digit"
        fr "Le numéro d’assurance maladie contient peut-être une erreur de frappe."
           "Comparez chaque lettre et chaque chiffre avec la carte."
        en "The health insurance number may contain a typing error."
           "Compare each letter and each digit with the card.";
};
