use super::Sentence;

pub(super) static SENTENCES: &[Sentence] = sentences! {
    "too-many-ages"
        fr "La demande porte sur plus de deux âges, ce qu’aucun vérificateur ne peut demander à la fois, donc rien n’a été demandé."
           "Demandez deux âges au plus."
        en "The request is for more than two ages, which no verifier may ask for at once, so nothing was asked."
           "Ask for two ages at most.";
    "not-of-age"
        fr "Le document dit que la personne n’a pas l’âge demandé."
           "Refusez ce qui demande cet âge."
        en "The document says that the person is not of the age asked for."
           "Refuse what requires that age.";
    "need-missing"
        fr "Un renseignement nécessaire n’a pas été montré, donc la vérification n’est pas complète."
           "Dites à la personne ce qui manque et recommencez, ou demandez une autre preuve."
        en "An element that is needed was not shown, so the check is not complete."
           "Tell the person what is missing and start again, or ask for another proof.";
    "need-unusable"
        fr "Un renseignement nécessaire a été montré, mais il est inutilisable\u{a0}: photo qui ne s’affiche pas, texte vide ou date illisible."
           "N’acceptez pas cette preuve; demandez la carte ou une autre preuve."
        en "An element that is needed was shown, but is of no use: a photo that does not display, an empty text or a date that cannot be read."
           "Do not accept this proof; ask for the card or another proof.";
    "need-said-by-device"
        fr "Un renseignement nécessaire n’est dit que par l’appareil de la personne, et non par l’émetteur du document."
           "Ne vous y fiez pas; demandez une autre preuve."
        en "An element that is needed is said only by the person’s device, and not by the issuer of the document."
           "Do not rely on it; ask for another proof.";
    "nothing-in-force"
        fr "Rien de ce que le document permet n’est en vigueur\u{a0}: tout est échu, pas encore commencé, ou d’une date illisible."
           "Ne l’acceptez pas comme permission; vérifiez les dates avec la personne."
        en "Nothing that the document permits is in force: all of it has lapsed, has not begun, or has a date that cannot be read."
           "Do not accept it as a permission; check the dates with the person.";
    "purpose-unknown"
        fr "Cette raison de demander des renseignements n’est pas au catalogue."
           "Choisissez-en une de la liste, par exemple age-18 ou pharmacy."
        en "This reason to ask for information is not in the catalogue."
           "Choose one from the list, for example age-18 or pharmacy.";
    "reading-out-of-turn"
        fr "La lecture a reçu quelque chose qu’elle n’attendait pas et n’en a pas tenu compte."
           "Poursuivez la lecture, ou recommencez si elle n’avance plus."
        en "The reading received something that it did not expect, and disregarded it."
           "Go on with the reading, or start again if it no longer advances.";
    "reading-closed"
        fr "L’échange a pris fin avant la réponse, donc rien n’a été lu."
           "Demandez à la personne de recommencer la présentation."
        en "The exchange ended before the answer, so nothing was read."
           "Ask the person to start the presentation again.";
    "reading-given-up"
        fr "La vérification a été arrêtée avant la réponse, donc rien n’a été lu."
           "Recommencez-la quand la personne est prête."
        en "The check was stopped before the answer, so nothing was read."
           "Start it again when the person is ready.";
};
