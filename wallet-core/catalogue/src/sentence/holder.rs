use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "document-unknown"
        fr "Ce document n’est pas dans le portefeuille."
           "Affichez la liste de vos documents, puis choisissez-en un."
        en "This document is not in the wallet."
           "Show the list of your documents, then choose one.";
    "person-unknown"
        fr "Cette personne n’est pas dans le portefeuille."
           "Affichez la liste des personnes, puis choisissez-en une."
        en "This person is not in the wallet."
           "Show the list of people, then choose one.";
    "trust-data-unknown"
        fr "Ces données de confiance ne sont pas dans le portefeuille."
           "Affichez la liste des données de confiance, puis choisissez dans cette liste."
        en "This trust data is not in the wallet."
           "Show the list of trust data, then choose from it.";
    "wallet-record-form"
        fr "Un élément du portefeuille a été écrit par une version plus récente, donc celle-ci ne le lit pas et n’y touche pas. Le reste du portefeuille fonctionne."
           "Installez la version la plus récente, puis recommencez."
        en "An item of the wallet was written by a later version, so this one does not read it and leaves it alone. The rest of the wallet works."
           "Install the latest version, then start again.";
    "wallet-record-damaged"
        fr "Un élément du portefeuille est abîmé, donc il ne peut être ni lu ni présenté. Le reste du portefeuille fonctionne."
           "S’il s’agit d’un document, retirez-le, puis redemandez-le à l’émetteur. Remettre votre plus récente copie du portefeuille peut aussi le rétablir."
        en "An item of the wallet is damaged, so it can be neither read nor presented. The rest of the wallet works."
           "If it is a document, remove it, then ask its issuer for it again. Putting back your most recent copy of the wallet may restore it too.";
    "person-name"
        fr "Le nom est vide ou dépasse 150 caractères, donc il n’a pas été changé."
           "Écrivez un nom plus court."
        en "The name is empty or has more than 150 characters, so it was not changed."
           "Write a shorter name.";
    "auto-lock-delay"
        fr "Le délai de verrouillage est trop court ou trop long, donc il n’a pas été changé."
           "Choisissez un délai de 15 secondes à une heure."
        en "The delay before locking is too short or too long, so it was not changed."
           "Choose a delay of 15 seconds to one hour.";
    "trust-data-too-large"
        fr "Ce fichier dépasse 4\u{a0}Mio, plus que ce que le portefeuille peut garder, donc rien n’a été changé."
           "Séparez les certificats en plusieurs fichiers, puis ajoutez-les l’un après l’autre."
        en "This file is larger than 4\u{a0}MiB, more than the wallet can keep, so nothing was changed."
           "Split the certificates into several files, then add them one after the other.";
    "person-has-documents"
        fr "Cette personne a encore des documents dans le portefeuille, donc elle n’a pas été retirée."
           "Retirez d’abord ses documents, ou réunissez-la à une autre personne."
        en "This person still has documents in the wallet, so they were not removed."
           "Remove their documents first, or merge them with another person.";
    "person-is-holder"
        fr "Cette personne est celle à qui est le portefeuille, et d’autres personnes y sont encore, donc elle n’a pas été retirée."
           "Dites d’abord laquelle des autres personnes vous êtes."
        en "This person is the one whose wallet this is, and other people are still in it, so they were not removed."
           "First say which of the other people is you.";
    "person-of-specimens"
        fr "Les spécimens sont ceux d’une personne inventée, donc ils ne se mêlent pas aux vrais documents. Rien n’a été changé."
           "Choisissez une personne qui a de vrais documents."
        en "Specimens belong to an invented person, so they are not mixed with real documents. Nothing was changed."
           "Choose a person who has real documents.";
    "credential-form"
        fr "Ce fichier n’est pas un document qu’un émetteur remet, donc rien n’a été ajouté."
           "Demandez à l’émetteur le fichier du document, puis recommencez."
        en "This file is not a document that an issuer hands over, so nothing was added."
           "Ask the issuer for the document’s file, then start again.";
    "credential-too-many"
        fr "Un émetteur peut remettre 255 exemplaires et 16\u{a0}Mio à la fois, et c’est plus que cela\u{a0}: rien n’a été fait."
           "Faites-le avec moins d’exemplaires à la fois, ou des images plus petites."
        en "An issuer can hand over 255 copies and 16\u{a0}MiB at a time, and this is more: nothing was done."
           "Do it with fewer copies at a time, or smaller pictures.";
    "credential-key-foreign"
        fr "Ce document est lié à une clé que ce portefeuille n’a pas, donc vous ne pourriez pas le présenter et il n’a pas été ajouté."
           "Créez des clés dans ce portefeuille, puis demandez le document à l’émetteur avec ces clés."
        en "This document is bound to a key that this wallet does not have, so you could not present it and it was not added."
           "Create keys in this wallet, then ask the issuer for the document with these keys.";
    "credential-key-used"
        fr "Ce document est lié à une clé qui sert déjà à un autre, ce qui permettrait de vous suivre d’une présentation à l’autre, donc il n’a pas été ajouté."
           "Créez de nouvelles clés, puis demandez le document à l’émetteur avec ces clés."
        en "This document is bound to a key that another one uses already, which would let you be followed from one presentation to another, so it was not added."
           "Create new keys, then ask the issuer for the document with these keys.";
    "credential-already-held"
        fr "Ce document est déjà dans le portefeuille, donc rien n’a été ajouté."
           "Affichez la liste de vos documents\u{a0}: il y est."
        en "This document is in the wallet already, so nothing was added."
           "Show the list of your documents: it is there.";
    "credential-copies-too-many"
        fr "Le portefeuille aurait plus de 512 exemplaires de ce document, donc rien n’a été ajouté."
           "Présentez d’abord ceux que vous avez, ou demandez moins d’exemplaires à l’émetteur."
        en "The wallet would have more than 512 copies of this document, so nothing was added."
           "Present those that you have first, or ask the issuer for fewer copies.";
    "key-tasks-mismatch"
        fr "Le magasin de clés a répondu à autre chose que ce qui lui était demandé, donc rien n’a été gardé."
           "Demandez de nouvelles clés."
        en "The keystore answered something other than what it was asked, so nothing was kept."
           "Ask for new keys.";
    "key-not-made"
        fr "Aucune clé n’a été créée, donc l’émetteur ne peut rien vous remettre."
           "Recommencez, et confirmez si l’appareil vous le demande."
        en "No key was created, so the issuer cannot hand you anything."
           "Start again, and confirm if the device asks you to.";
    "export-passphrase-short"
        fr "La phrase de passe a moins de 12 caractères\u{a0}: quiconque trouverait le fichier pourrait la deviner, donc rien n’a été exporté."
           "Choisissez une phrase de quatre mots ou plus."
        en "The passphrase has fewer than 12 characters: anyone who found the file could guess it, so nothing was exported."
           "Choose a phrase of four words or more.";
    "export-form"
        fr "Ce fichier n’est pas un export de portefeuille, ou il vient d’une version plus récente."
           "Choisissez un autre fichier, ou installez la version la plus récente."
        en "This file is not an export of a wallet, or it comes from a later version."
           "Choose another file, or install the latest version.";
    "export-sealed"
        fr "Ce n’est pas la phrase de passe de cet export, ou le fichier a été modifié, donc rien n’a pu être lu."
           "Écrivez de nouveau la phrase de passe, ou faites un nouvel export si elle est juste."
        en "This is not the passphrase of this export, or the file was altered, so nothing could be read."
           "Write the passphrase again, or make a new export if it is right.";
};
