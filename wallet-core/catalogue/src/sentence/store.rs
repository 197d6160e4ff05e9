use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "pin-form"
        fr "Un NIP compte de 6 à 32 chiffres, et rien d’autre, donc il n’a pas été pris."
           "Entrez au moins six chiffres."
        en "A PIN is 6 to 32 digits and nothing else, so it was not taken."
           "Enter six digits or more.";
    "pin-obvious"
        fr "Ce NIP est parmi les premiers qu’un voleur essaierait, donc il n’a pas été pris."
           "Choisissez-en un autre, sans suite, sans répétition et sans dessin sur le clavier."
        en "This PIN is among the first that a thief would try, so it was not taken."
           "Choose another, with no run, no repetition and no shape on the keypad.";
    "pin-wrong"
        fr "Ce n’est pas le bon NIP, donc le portefeuille reste verrouillé."
           "Essayez de nouveau. Après quelques erreurs, il faut attendre entre les essais, et le seizième efface les clés."
        en "This is not the right PIN, so the wallet stays locked."
           "Try again. After a few mistakes you wait between tries, and the sixteenth erases the keys.";
    "pin-wait"
        fr "Le portefeuille attend encore avant le prochain essai du NIP. Rien n’a été essayé."
           "Patientez jusqu’à la fin du délai. Redémarrer l’appareil ou reculer son horloge le fait recommencer."
        en "The wallet is still waiting before the next try of the PIN. Nothing was tried."
           "Wait until the delay is over. Restarting the device or setting its clock back starts it again.";
    "pin-tries-exhausted"
        fr "Le NIP a été essayé seize fois sans succès, donc les clés ont été effacées et plus personne ne peut ouvrir ce portefeuille."
           "Vos cartes sur papier ou en plastique restent valides. Pour en avoir de nouveau ici, effacez ce portefeuille, créez-en un nouveau, puis redemandez vos documents."
        en "The PIN was tried sixteen times without success, so the keys were erased and nobody can open this wallet any more."
           "Your paper and plastic cards remain valid. To have them here again, erase this wallet, create a new one, then ask for your documents again.";
    "secrets-missing"
        fr "Le fichier du portefeuille est là, mais cet appareil n’a pas les secrets qui l’ouvrent. Rien n’a été changé."
           "Indiquez où sont les secrets, branchez le support qui les porte, ou restaurez les secrets depuis une copie. S’ils sont perdus pour de bon, il reste à effacer ce portefeuille, que plus rien n’ouvre, puis à en créer un nouveau."
        en "The wallet’s file is here, but this device does not have the secrets that open it. Nothing was changed."
           "Say where the secrets are, connect what holds them, or restore the secrets from a copy. If they are lost for good, what is left is to erase this wallet, which nothing opens any more, and then to create a new one.";
    "secrets-of-another-wallet"
        fr "Les secrets sont ceux d’un autre portefeuille, donc celui-ci reste verrouillé. Rien n’a été changé."
           "Indiquez les secrets qui vont avec ce portefeuille."
        en "The secrets are those of another wallet, so this one stays locked. Nothing was changed."
           "Give the secrets that go with this wallet.";
    "secrets-unavailable"
        fr "Le système ne donne pas accès aux secrets du portefeuille en ce moment. Rien n’a été perdu."
           "Déverrouillez le trousseau du système, ou vérifiez les permissions du fichier de secrets, puis recommencez."
        en "The system does not give access to the wallet’s secrets at the moment. Nothing was lost."
           "Unlock the system’s keyring, or check the permissions of the secrets file, then try again.";
    "secrets-malformed"
        fr "Les secrets du portefeuille ont été modifiés ou sont abîmés, donc il reste verrouillé. Rien n’a été changé."
           "Remettez-les depuis votre plus récente copie, ou indiquez le bon fichier."
        en "The wallet’s secrets were altered or are damaged, so it stays locked. Nothing was changed."
           "Put them back from your most recent copy, or give the right file.";
    "secrets-older"
        fr "Les secrets sont plus anciens que le fichier du portefeuille, qui reste verrouillé. Rien n’a été changé."
           "Remettez les secrets les plus récents."
        en "The secrets are older than the wallet’s file, which stays locked. Nothing was changed."
           "Put back the most recent secrets.";
    "secrets-not-a-file"
        fr "À l’endroit indiqué pour les secrets se trouve un lien, un dossier ou un périphérique plutôt qu’un fichier. Rien n’a été lu ni remplacé."
           "Indiquez le chemin du fichier lui-même."
        en "What is in the place given for the secrets is a link, a folder or a device rather than a file. Nothing was read or replaced."
           "Give the path of the file itself.";
    "saved-secrets-behind"
        fr "Votre changement est enregistré, et il le restera. Les secrets que cet appareil garde pour le portefeuille n’ont pas pu être mis à jour\u{a0}: ils le seront à la prochaine ouverture."
           "Ne recommencez pas. Libérez de l’espace ou déverrouillez le trousseau du système, puis ouvrez de nouveau le portefeuille."
        en "Your change is saved, and it stays. The secrets that this device keeps for the wallet could not be brought up to date: they will be when it is next opened."
           "Do not do it again. Free some space or unlock the system’s keyring, then open the wallet again.";
    "wallet-file-missing"
        fr "Le fichier du portefeuille n’est plus là, mais ses secrets y sont encore. Rien n’a été changé."
           "Remettez le fichier à sa place, ou branchez le disque qui le porte. S’il est perdu pour de bon, effacez les secrets qui restent\u{a0}: vous pourrez alors créer un nouveau portefeuille."
        en "The wallet’s file is no longer here, though its secrets are. Nothing was changed."
           "Put the file back in its place, or connect the disk that holds it. If it is lost for good, erase the secrets that are left: you can then create a new wallet.";
    "wallet-file-truncated"
        fr "Il manque la fin du fichier du portefeuille, donc il reste verrouillé. Rien n’a été changé."
           "Remettez le fichier depuis votre plus récente copie, ou effacez le portefeuille et redemandez vos documents."
        en "The end of the wallet’s file is missing, so it stays locked. Nothing was changed."
           "Put the file back from your most recent copy, or erase the wallet and ask for your documents again.";
    "wallet-file-altered"
        fr "Le fichier du portefeuille a été modifié ou est abîmé, donc ce qu’il contient n’est pas montré. Rien n’a été changé."
           "Remettez le fichier depuis votre plus récente copie, ou effacez le portefeuille et redemandez vos documents."
        en "The wallet’s file was altered or is damaged, so what it holds is not shown. Nothing was changed."
           "Put the file back from your most recent copy, or erase the wallet and ask for your documents again.";
    "wallet-rows-changed"
        fr "Des éléments du fichier du portefeuille ont été enlevés, remis ou copiés hors de Coffret, donc il reste verrouillé. Rien n’a été changé."
           "Remettez le fichier depuis votre plus récente copie, ou effacez le portefeuille et redemandez vos documents."
        en "Parts of the wallet’s file were removed, put back or copied outside Coffret, so it stays locked. Nothing was changed."
           "Put the file back from your most recent copy, or erase the wallet and ask for your documents again.";
    "wallet-file-older"
        fr "Le fichier du portefeuille est plus ancien que ses secrets, comme après la restauration d’une copie, donc il reste verrouillé. Rien n’a été changé."
           "Remettez le fichier le plus récent."
        en "The wallet’s file is older than its secrets, as after a copy is restored, so it stays locked. Nothing was changed."
           "Put back the most recent file.";
    "wallet-format-newer"
        fr "Ce portefeuille a été écrit par une version plus récente de Coffret, que celle-ci ne sait pas lire. Rien n’a été changé."
           "Installez la version la plus récente, puis ouvrez-le de nouveau."
        en "This wallet was written by a later version of Coffret, which this one cannot read. Nothing was changed."
           "Install the latest version, then open it again.";
    "wallet-in-use"
        fr "Un autre programme a ouvert ce portefeuille, donc il ne peut pas l’être ici en même temps."
           "Fermez l’autre programme, puis recommencez."
        en "Another program has this wallet open, so it cannot be opened here at the same time."
           "Close the other program, then try again.";
    "disk-full"
        fr "Il n’y a plus de place sur le disque, donc rien n’a été enregistré. Ce qui l’était déjà est intact."
           "Libérez de l’espace, puis recommencez."
        en "There is no room left on the disk, so nothing was saved. What was saved before is intact."
           "Free some space, then try again.";
    "wallet-file-unavailable"
        fr "Le fichier du portefeuille n’a pas pu être lu ou écrit, donc rien n’a été fait."
           "Vérifiez que le dossier existe, que vous y avez accès et que le disque fonctionne, puis recommencez."
        en "The wallet’s file could not be read or written, so nothing was done."
           "Check that the folder exists, that you have access to it and that the disk works, then try again.";
    "write-unconfirmed"
        fr "Le disque a fait défaut à la fin de l’écriture, donc on ne sait pas si votre changement est enregistré. S’il l’est, il l’est en entier."
           "Ouvrez de nouveau le portefeuille pour le voir, puis faites vérifier le disque."
        en "The disk failed at the end of the write, so it is not known whether your change is saved. If it is, all of it is."
           "Open the wallet again to see, then have the disk checked.";
    "erased-file-left"
        fr "Le portefeuille est effacé\u{a0}: ses secrets n’existent plus et personne ne peut l’ouvrir. Une partie de son fichier, illisible, n’a pas pu être supprimée."
           "Vérifiez que vous avez accès au dossier, puis effacez de nouveau pour supprimer ce qui reste."
        en "The wallet is erased: its secrets are gone and nobody can open it. Part of its file, which cannot be read, could not be deleted."
           "Check that you have access to the folder, then erase again to delete what is left.";
    "wallet-file-there"
        fr "Le fichier du portefeuille est là, donc ses secrets n’ont pas été effacés\u{a0}: rien ne l’ouvrirait plus."
           "Ouvrez le portefeuille avec votre NIP. Pour vous en défaire, effacez-le en entier."
        en "The wallet’s file is here, so its secrets were not erased: nothing would open it any more."
           "Open the wallet with your PIN. To be rid of it, erase all of it.";
};
