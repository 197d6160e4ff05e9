use super::Sentence;
use crate::Label;

const AGAIN: Label =
    Label { fr: "Recommencez la présentation.", en: "Start the presentation again." };
/// A log that was altered outside the wallet cannot be repaired there.
const OTHER_LOG: Label = Label {
    fr: "Exportez de nouveau le journal, et ne vous fiez pas à cette copie.",
    en: "Export the log again, and do not rely on this copy.",
};

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "approval-not-offered"
        fr "Ce choix n’est pas l’un de ceux qui étaient proposés, donc rien n’a été partagé."
           "Choisissez parmi les renseignements demandés, ou refusez."
        en "This choice is not one of those that were offered, so nothing was shared."
           "Choose among what is asked for, or refuse.";
    "reader-invalid"
        fr "La preuve d’identité du demandeur n’est pas bonne, donc rien ne peut lui être montré."
           "Refusez, et ne montrez pas votre carte non plus."
        en "The requester’s proof of identity is not good, so nothing can be shown to it."
           "Refuse, and do not show your card either.";
    "event-unexpected"
        fr "La présentation n’en est pas à cette étape, donc rien n’a changé."
           "Continuez la présentation en cours, ou recommencez-la."
        en "The presentation is not at that step, so nothing has changed."
           "Continue the current presentation, or start it again.";
    "presentation-keys-mismatch"
        fr "Le magasin de clés a répondu à autre chose que ce qui lui était demandé, donc rien n’a été partagé."
        en "The keystore answered something other than what it was asked, so nothing was shared."
        then AGAIN;
    "document-no-copy-left"
        fr "Il ne reste aucun exemplaire de ce document à présenter."
           "Demandez d’autres exemplaires à l’émetteur, ou montrez votre carte."
        en "There is no copy of this document left to present."
           "Ask the issuer for more copies, or show your card.";
    "log-entry-unknown"
        fr "Cette activité n’est pas dans le journal."
           "Affichez le journal, puis choisissez-y une activité."
        en "This activity is not in the log."
           "Show the log, then choose an activity from it.";
    "log-form"
        fr "Ceci n’est pas un journal, ou il vient d’une version plus récente de Coffret, donc il n’a pas pu être vérifié."
           "Vérifiez que c’est le bon fichier, ou mettez Coffret à jour."
        en "This is not a log, or it comes from a later version of Coffret, so it could not be checked."
           "Check that it is the right file, or update Coffret.";
    "log-chain-broken"
        fr "Une activité du journal a été modifiée, ajoutée, retirée ou déplacée, donc il ne prouve plus rien."
        en "An activity in the log was altered, added, removed or moved, so it no longer proves anything."
        then OTHER_LOG;
    "log-length"
        fr "Le journal ne contient pas le nombre d’activités qu’il annonce, donc il ne prouve plus rien."
        en "The log does not hold as many activities as it says, so it no longer proves anything."
        then OTHER_LOG;
    "log-signature"
        fr "La signature du journal n’est pas bonne, donc il a été modifié et ne prouve plus rien."
        en "The log’s signature is not good, so it was altered and no longer proves anything."
        then OTHER_LOG;
    "log-evidence-mismatch"
        fr "Une activité du journal ne dit pas la même chose que la demande signée qui la prouve, donc elle ne prouve rien."
        en "An activity in the log does not say the same as the signed request that proves it, so it proves nothing."
        then OTHER_LOG;
    "answer-not-sent"
        fr "Rien n’a été envoyé au vérificateur. Votre journal peut dire le contraire, et un exemplaire à usage unique peut être compté comme utilisé."
           "Déverrouillez le trousseau du système ou libérez de l’espace, puis recommencez la présentation."
        en "Nothing was sent to the verifier. Your log may say that it was, and a one-time copy may be counted as used."
           "Unlock the system’s keyring or free some space, then start the presentation again.";
};
