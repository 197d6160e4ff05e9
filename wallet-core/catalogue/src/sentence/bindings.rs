use super::Sentence;

pub(super) static SENTENCES: &[Sentence] = sentences! {
    "object-closed"
        fr "L’application s’est servie d’un objet déjà fermé, donc rien n’a été fait."
           "Rouvrez l’application et recommencez."
        en "The app used an object that was closed already, so nothing was done."
           "Open the app again and start over.";
    "wallet-not-open"
        fr "Le portefeuille est verrouillé ou n’existe pas encore, donc rien n’a été fait."
           "Déverrouillez-le avec votre NIP et recommencez."
        en "The wallet is locked, or does not exist yet, so nothing was done."
           "Unlock it with your PIN and start over.";
    "wallet-not-locked"
        fr "Le portefeuille n’attend pas de NIP\u{a0}: il est déjà ouvert ou n’existe pas encore."
           "Servez-vous-en s’il est ouvert, ou créez-le."
        en "The wallet does not wait for a PIN: it is open already, or does not exist yet."
           "Use it if it is open, or create it.";
    "wallet-made-already"
        fr "Un portefeuille existe déjà ici, donc aucun autre n’a été créé."
           "Déverrouillez-le avec votre NIP."
        en "There is a wallet here already, so no other was made."
           "Unlock it with your PIN.";
    "key-outcome-spent"
        fr "L’application a rendu deux fois la même réponse de ses clés, donc rien n’a été fait."
           "Recommencez; si cela se répète, signalez ce code à qui fait l’application."
        en "The app handed back the same answer of its keys twice, so nothing was done."
           "Start over; if it happens again, report this code to whoever makes the app.";
    "call-from-inside"
        fr "L’application a rappelé le portefeuille pendant qu’il attendait ses secrets, donc rien n’a été fait."
           "Signalez ce défaut à qui fait l’application."
        en "The app called the wallet back while it was waiting for its secrets, so nothing was done."
           "Report this fault to whoever makes the app.";
    "internal-fault"
        fr "Le portefeuille a rencontré un défaut et s’est fermé. Ce qui était enregistré l’est toujours."
           "Rouvrez l’application et, si cela se répète, signalez ce code à qui fait l’application."
        en "The wallet met with a fault and has closed. What was stored still is."
           "Open the app again and, if it happens again, report this code to whoever makes the app.";
};
