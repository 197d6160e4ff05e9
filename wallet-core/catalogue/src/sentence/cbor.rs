use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "cbor-truncated"
        fr "Ce que vous avez reçu s’arrête avant la fin, donc rien n’a pu être lu."
           "Demandez qu’on vous l’envoie de nouveau."
        en "What you received stops before its end, so nothing could be read."
           "Ask for it to be sent again.";
    "cbor-trailing-bytes"
        fr "Ce que vous avez reçu contient quelque chose de trop à la fin et a été refusé."
           "Demandez qu’on vous l’envoie de nouveau, sans rien y ajouter."
        en "What you received has something extra at its end and was refused."
           "Ask for it to be sent again, with nothing added.";
    "cbor-reserved-value"
        fr "Ce que vous avez reçu est mal écrit et ne peut pas être lu."
           "Vérifiez que c’est le bon fichier ou le bon code, puis demandez-le de nouveau."
        en "What you received is badly written and cannot be read."
           "Check that it is the right file or code, then ask for it again.";
    "cbor-reserved-simple"
        fr "Ce que vous avez reçu contient un signe interdit et ne peut pas être lu."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "What you received contains a forbidden sign and cannot be read."
           "Report it to whoever sent it to you.";
    "cbor-unexpected-break"
        fr "Ce que vous avez reçu est coupé au mauvais endroit et ne peut pas être lu."
           "Demandez qu’on vous l’envoie de nouveau."
        en "What you received is cut in the wrong place and cannot be read."
           "Ask for it to be sent again.";
    "cbor-wrong-chunk"
        fr "Un texte reçu en morceaux ne se recolle pas, donc rien n’a été gardé."
           "Demandez qu’on vous l’envoie de nouveau."
        en "A text received in pieces does not fit together, so nothing was kept."
           "Ask for it to be sent again.";
    "cbor-invalid-utf8"
        fr "Un texte reçu contient des caractères illisibles, donc rien n’a été gardé."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "A text you received has unreadable characters, so nothing was kept."
           "Report it to whoever sent it to you.";
    "cbor-duplicate-key"
        fr "Un même renseignement apparaît deux fois dans ce que vous avez reçu, donc on ne peut pas s’y fier."
           "Refusez-le et signalez-le à la personne qui vous l’a envoyé."
        en "The same item appears twice in what you received, so it cannot be relied on."
           "Refuse it and report it to whoever sent it to you.";
    "cbor-too-deep"
        fr "Ce que vous avez reçu est trop compliqué pour être lu sans risque."
           "Vérifiez que c’est le bon fichier ou le bon code."
        en "What you received is too intricate to be read safely."
           "Check that it is the right file or code.";
    "cbor-too-many-items"
        fr "Ce que vous avez reçu contient trop de renseignements pour être lu sans risque."
           "Demandez qu’on vous en envoie moins à la fois."
        en "What you received holds too many items to be read safely."
           "Ask for fewer to be sent at a time.";
    "cbor-string-too-long"
        fr "Un texte ou une image de ce que vous avez reçu dépasse la taille permise."
           "Demandez une version plus petite."
        en "A text or image in what you received is larger than allowed."
           "Ask for a smaller version.";
    "cbor-too-large"
        fr "Ce que vous avez reçu est trop gros pour être lu sans risque."
           "Vérifiez que c’est le bon fichier, ou demandez-en un plus petit."
        en "What you received is too large to be read safely."
           "Check that it is the right file, or ask for a smaller one.";
    "cbor-wrong-type"
        fr "Un renseignement reçu n’est pas du genre attendu, donc il n’a pas pu être utilisé."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "An item you received is not of the expected kind, so it could not be used."
           "Report it to whoever sent it to you.";
    "cbor-simple-value"
        fr "Un renseignement attendu est resté vide, donc il n’a pas pu être utilisé."
           "Demandez qu’on vous l’envoie de nouveau, au complet."
        en "An expected item was left empty, so it could not be used."
           "Ask for it to be sent again, complete.";
    "cbor-missing-key"
        fr "Il manque un renseignement obligatoire dans ce que vous avez reçu."
           "Demandez qu’on vous l’envoie de nouveau, au complet."
        en "A required item is missing from what you received."
           "Ask for it to be sent again, complete.";
    "cbor-out-of-range"
        fr "Un nombre reçu est trop grand ou trop petit pour être juste."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "A number you received is too large or too small to be right."
           "Report it to whoever sent it to you.";
    "cbor-wrong-tag"
        fr "Un renseignement reçu est présenté comme autre chose que ce qu’il doit être."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "An item you received is presented as something other than what it must be."
           "Report it to whoever sent it to you.";
    "cbor-invalid-full-date"
        fr "Une date reçue n’existe pas au calendrier ou est mal écrite."
           "Demandez que la date soit corrigée."
        en "A date you received is not in the calendar or is badly written."
           "Ask for the date to be corrected.";
    "cbor-invalid-tdate"
        fr "Une date et une heure reçues n’existent pas ou sont mal écrites."
           "Demandez que la date et l’heure soient corrigées."
        en "A date and time you received do not exist or are badly written."
           "Ask for the date and time to be corrected.";
};
