use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "engagement-version"
        fr "L’autre appareil suit une version de l’échange que Coffret ne connaît pas, donc rien n’a été envoyé."
           "Mettez Coffret à jour, puis recommencez."
        en "The other device follows a version of the exchange that Coffret does not know, so nothing was sent."
           "Update Coffret, then try again.";
    "cipher-suite"
        fr "L’autre appareil propose un chiffrement que Coffret n’utilise pas, donc rien n’a été envoyé."
           "Mettez les deux appareils à jour, ou présentez la carte."
        en "The other device proposes an encryption that Coffret does not use, so nothing was sent."
           "Update both devices, or show the card.";
    "engagement-uri"
        fr "Le code lu n’est pas celui d’un portefeuille qui se présente."
           "Demandez à la personne d’afficher le code de sa présentation, puis lisez-le de nouveau."
        en "The code that was read is not that of a wallet that presents itself."
           "Ask the person to show the code of the presentation, then scan it again.";
    "session-over"
        fr "L’échange entre les deux appareils est terminé, donc plus rien ne peut être envoyé ni reçu."
           "Recommencez la présentation du début."
        en "The exchange between the two devices has ended, so nothing more can be sent or received."
           "Start the presentation again from the beginning.";
    "session-status"
        fr "L’autre appareil a mis fin à l’échange pour une raison que Coffret ne connaît pas."
           "Recommencez la présentation."
        en "The other device ended the exchange for a reason that Coffret does not know."
           "Start the presentation again.";
    "session-data-empty"
        fr "L’autre appareil a envoyé un message vide, donc l’échange a été arrêté."
           "Recommencez la présentation."
        en "The other device sent an empty message, so the exchange was stopped."
           "Start the presentation again.";
    "session-error-with-data"
        fr "L’autre appareil a envoyé des données en disant qu’il n’avait pas compris, donc on n’en a pas tenu compte."
           "Recommencez la présentation."
        en "The other device sent data while saying that it had not understood, so they were disregarded."
           "Start the presentation again.";
    "reader-code-expired"
        fr "Le code du vérificateur n’est plus bon\u{a0}: il ne sert que deux minutes."
           "Recommencez avec un nouveau code, que le vérificateur affiche. Si cela se répète, réglez l’heure de l’appareil."
        en "The verifier’s code is no longer good: it serves for two minutes only."
           "Start again with a new code, which the verifier shows. If it happens again, set the device’s clock.";
    "frame-malformed"
        fr "Une image du code a été mal lue, donc elle n’a pas été prise en compte."
           "Gardez la caméra devant le code; les images suivantes suffiront."
        en "One picture of the code was misread, so it was not taken into account."
           "Keep the camera on the code; the pictures that follow will do.";
    "frames-message-size"
        fr "Le message est vide ou trop long pour passer par des codes, donc il n’a pas été échangé."
           "Demandez ou montrez moins de renseignements à la fois."
        en "The message is empty or too long to go through codes, so it was not exchanged."
           "Ask for or show fewer elements at a time.";
    "frames-too-many-fragments"
        fr "Le message demande trop d’images pour passer par des codes, donc il n’a pas été échangé."
           "Demandez ou montrez moins de renseignements à la fois."
        en "The message needs too many pictures to go through codes, so it was not exchanged."
           "Ask for or show fewer elements at a time.";
    "frames-message-corrupt"
        fr "Les images lues ne forment pas le message annoncé, donc il n’a pas été pris en compte."
           "Gardez la caméra devant un seul code, puis laissez la lecture reprendre."
        en "The pictures that were read do not make the message that they announce, so it was not taken into account."
           "Keep the camera on one code only, and let the reading begin again.";
};
