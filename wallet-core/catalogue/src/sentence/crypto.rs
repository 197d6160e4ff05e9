use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "unsupported-curve"
        fr "La clé est d’une famille que Coffret n’utilise pas, donc rien n’a pu être vérifié avec elle."
           "Demandez un document plus récent, ou présentez la carte."
        en "The key is of a family that Coffret does not use, so nothing could be checked with it."
           "Ask for a more recent document, or show the card.";
    "unsupported-key-type"
        fr "La clé est d’un genre que Coffret n’utilise pas, donc rien n’a pu être vérifié avec elle."
           "Demandez un document plus récent, ou présentez la carte."
        en "The key is of a kind that Coffret does not use, so nothing could be checked with it."
           "Ask for a more recent document, or show the card.";
    "unsupported-algorithm"
        fr "La signature est faite d’une manière que Coffret n’utilise pas, donc elle n’a pas pu être vérifiée."
           "Demandez un document plus récent, ou présentez la carte."
        en "The signature is made in a way that Coffret does not use, so it could not be checked."
           "Ask for a more recent document, or show the card.";
    "algorithm-key-mismatch"
        fr "La signature ne convient pas à la clé qui l’accompagne, donc on ne peut pas s’y fier."
           "Refusez le document et signalez-le à l’émetteur."
        en "The signature does not suit the key that comes with it, so it cannot be relied on."
           "Refuse the document and report it to the issuer.";
    "key-malformed"
        fr "La clé est incomplète ou mal écrite, donc elle n’a pas pu être utilisée."
           "Vérifiez que c’est le bon fichier, ou demandez une nouvelle clé."
        en "The key is incomplete or badly written, so it could not be used."
           "Check that it is the right file, or ask for a new key.";
    "point-not-on-curve"
        fr "La clé est fausse et a été refusée pour votre sécurité."
           "N’utilisez pas cette clé et signalez-la à la personne qui vous l’a envoyée."
        en "The key is false and was refused for your safety."
           "Do not use this key, and report it to whoever sent it to you.";
    "private-key-exposed"
        fr "Une clé secrète a été envoyée à la place d’une clé publique, donc quelqu’un d’autre peut l’avoir vue."
           "Jetez cette clé et créez-en une nouvelle."
        en "A secret key was sent in place of a public one, so someone else may have seen it."
           "Discard this key and create a new one.";
    "key-pair-mismatch"
        fr "Les deux moitiés de la clé ne vont pas ensemble, donc elle n’a pas pu être utilisée."
           "Vérifiez que c’est le bon fichier, ou créez une nouvelle clé."
        en "The two halves of the key do not go together, so it could not be used."
           "Check that it is the right file, or create a new key.";
    "signature-invalid"
        fr "La signature n’est pas la bonne, donc le contenu a été modifié ou vient de quelqu’un d’autre."
           "Ne vous y fiez pas et demandez l’original."
        en "The signature is not right, so the content was altered or comes from someone else."
           "Do not rely on it, and ask for the original.";
    "mac-invalid"
        fr "Le sceau du message n’est pas le bon, donc le message a été modifié ou vient de quelqu’un d’autre."
           "Recommencez la présentation depuis le début."
        en "The seal on the message is not right, so the message was altered or comes from someone else."
           "Start the presentation again from the beginning.";
    "agreement-mismatch"
        fr "Les clés des deux appareils sont de familles différentes, donc ils ne peuvent pas se parler."
           "Essayez avec un autre appareil, ou présentez votre carte."
        en "The keys of the two devices are of different families, so the devices cannot talk."
           "Try another device, or show your card.";
    "shared-secret-zero"
        fr "L’autre appareil a envoyé une clé piégée, donc l’échange a été arrêté."
           "Ne recommencez pas avec cet appareil et signalez-le."
        en "The other device sent a rigged key, so the exchange was stopped."
           "Do not try again with that device, and report it.";
    "aead-failed"
        fr "Le message chiffré ne s’ouvre pas, donc il a été modifié ou ne vous est pas destiné."
           "Recommencez l’échange depuis le début."
        en "The encrypted message does not open, so it was altered or is not meant for you."
           "Start the exchange again from the beginning.";
    "password-cost"
        fr "L’effort enregistré pour protéger le mot de passe est hors des limites, donc rien n’a été ouvert."
           "Vérifiez que c’est le bon fichier."
        en "The recorded effort that protects the password is out of bounds, so nothing was opened."
           "Check that it is the right file.";
    "cose-malformed"
        fr "Le message signé est mal construit et n’a pas pu être lu."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "The signed message is badly built and could not be read."
           "Report it to whoever sent it to you.";
    "cose-header-malformed"
        fr "L’en-tête du message signé est mal écrit, donc la signature n’a pas pu être vérifiée."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "The header of the signed message is badly written, so the signature could not be checked."
           "Report it to whoever sent it to you.";
    "cose-header-in-both"
        fr "Le message signé se contredit dans son en-tête, donc on ne peut pas s’y fier."
           "Refusez-le et signalez-le à la personne qui vous l’a envoyé."
        en "The signed message contradicts itself in its header, so it cannot be relied on."
           "Refuse it and report it to whoever sent it to you.";
    "cose-critical-unknown"
        fr "Le message signé exige une règle que cette version ne connaît pas, donc il a été refusé."
           "Mettez Coffret à jour, puis recommencez."
        en "The signed message demands a rule that this version does not know, so it was refused."
           "Update Coffret, then try again.";
    "cose-algorithm-not-protected"
        fr "Le genre de signature n’est pas protégé contre les changements, donc on ne peut pas s’y fier."
           "Refusez le document et signalez-le à l’émetteur."
        en "The kind of signature is not protected against changes, so it cannot be relied on."
           "Refuse the document and report it to the issuer.";
    "cose-x5chain-malformed"
        fr "Les certificats joints au message sont mal présentés, donc on ne sait pas qui a signé."
           "Signalez-le à l’émetteur du document."
        en "The certificates with the message are badly presented, so it is not known who signed."
           "Report it to the issuer of the document.";
    "cose-payload-detached"
        fr "Le message signé est arrivé sans son contenu, donc il n’y a rien à vérifier."
           "Demandez qu’on vous l’envoie de nouveau, avec son contenu."
        en "The signed message came without its content, so there is nothing to check."
           "Ask for it to be sent again, with its content.";
    "cose-payload-embedded"
        fr "Le message signé contient une partie qui devait être envoyée à part, donc il a été refusé."
           "Signalez-le à la personne qui vous l’a envoyé."
        en "The signed message contains a part that was to be sent separately, so it was refused."
           "Report it to whoever sent it to you.";
};
