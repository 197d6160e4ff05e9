use super::Sentence;

pub(super) const SENTENCES: &[Sentence] = sentences! {
    "usage"
        fr "La commande n’est pas écrite comme Coffret l’attend, donc rien n’a été fait."
           "Ajoutez --help à la commande pour voir un exemple."
        en "The command is not written as Coffret expects, so nothing was done."
           "Add --help to the command to see an example.";
    "file-unreadable"
        fr "Le fichier n’existe pas ou vous n’avez pas le droit de le lire."
           "Vérifiez son nom et ses permissions, puis recommencez."
        en "The file does not exist, or you may not read it."
           "Check its name and permissions, then try again.";
    "file-too-large"
        fr "Le fichier est trop gros pour être lu sans risque."
           "Vérifiez que c’est le bon fichier."
        en "The file is too large to be read safely."
           "Check that it is the right file.";
    "standard-input-twice"
        fr "Deux fichiers devaient venir de l’entrée standard, et un seul peut en venir."
           "Donnez le nom de l’autre fichier."
        en "Two files were to come from standard input, and only one can."
           "Give the name of the other file.";
    "hex-odd"
        fr "Il manque un chiffre au texte hexadécimal, donc il n’a pas pu être lu."
           "Copiez-le de nouveau, en entier."
        en "A digit is missing from the hexadecimal text, so it could not be read."
           "Copy it again, in full.";
    "base64url-malformed"
        fr "Le texte en base64url est incomplet ou mal copié (ses derniers caractères, ou les = de la fin), donc il n’a pas pu être lu."
           "Copiez-le de nouveau, en entier."
        en "The base64url text is incomplete or badly copied (its last characters, or the = at its end), so it could not be read."
           "Copy it again, in full.";
    "file-not-text"
        fr "Le fichier devait contenir du texte et n’en contient pas."
           "Vérifiez que c’est bien un fichier PEM."
        en "The file was to hold text, and does not."
           "Check that it is a PEM file.";
    "json-malformed"
        fr "Le fichier devait être en JSON et ne peut pas être lu comme tel, ou un même nom y figure deux fois au même endroit."
           "Corrigez-le, puis recommencez."
        en "The file was to be JSON and cannot be read as such, or has the same name twice in one place."
           "Correct it, then try again.";
    "json-form"
        fr "Une valeur du fichier JSON n’est pas écrite comme Coffret l’attend."
           "Corrigez cette valeur, puis recommencez."
        en "A value in the JSON file is not written as Coffret expects."
           "Correct that value, then try again.";
    "keys-form"
        fr "Le fichier de clés ne contient aucune clé lisible."
           "Vérifiez que c’est le bon fichier, et que chaque clé y est écrite comme dans l’exemple."
        en "The file of keys holds no readable key."
           "Check that it is the right file, and that each key is written as in the example.";
    "data-form"
        fr "Les données du document ne sont pas rangées comme Coffret l’attend."
           "Rangez chaque renseignement sous son espace de noms, puis recommencez."
        en "The document’s data are not arranged as Coffret expects."
           "Put each element under its namespace, then try again.";
    "file-exists"
        fr "Le fichier existe déjà et n’a pas été remplacé."
           "Choisissez un autre dossier, ou retirez d’abord ce fichier."
        en "The file exists already and was not replaced."
           "Choose another folder, or remove the file first.";
    "file-unwritable"
        fr "Le fichier n’a pas pu être écrit."
           "Vérifiez l’espace libre et vos droits sur le dossier, puis recommencez."
        en "The file could not be written."
           "Check the free space and your rights on the folder, then try again.";
    "randomness-missing"
        fr "L’appareil n’a pas pu tirer de nombres au hasard; par sécurité, rien n’a été créé."
           "Redémarrez l’appareil, puis recommencez."
        en "The device could not draw random numbers; for safety, nothing was created."
           "Restart the device, then try again.";
    "issuer-only-missing"
        fr "Ce fichier est un document et non la réponse d’un appareil, donc son titulaire ne peut pas être vérifié."
           "Ajoutez --issuer-only pour vérifier l’émetteur seulement."
        en "This file is a document and not a device’s answer, so its holder cannot be checked."
           "Add --issuer-only to check the issuer only.";
    "clock-unusable"
        fr "L’horloge de l’appareil n’est pas à l’heure, donc aucune date n’a pu être vérifiée."
           "Réglez la date et l’heure, puis recommencez."
        en "The device’s clock is wrong, so no date could be checked."
           "Set the date and time, then try again.";
    "terminal-missing"
        fr "Une réponse ou un NIP doit être donné, et il n’y a pas de terminal où le demander\u{a0}: rien n’a été fait."
           "Lancez la commande dans un terminal, ou donnez --pin-file et ce que l’aide de la commande indique."
        en "An answer or a PIN has to be given, and there is no terminal to ask on: nothing was done."
           "Run the command in a terminal, or give --pin-file and what the command’s help says.";
    "not-confirmed"
        fr "Vous n’avez pas confirmé, donc rien n’a été fait."
           "Si vous le voulez vraiment, recommencez et répondez «\u{a0}oui\u{a0}»."
        en "You did not confirm, so nothing was done."
           "If you really want it, start again and answer “yes”.";
    "typed-secrets-differ"
        fr "Les deux saisies ne sont pas identiques, donc rien n’a été changé."
           "Recommencez en tapant deux fois la même chose."
        en "The two entries are not the same, so nothing was changed."
           "Start again and type the same thing twice.";
    "wallet-missing"
        fr "Il n’y a pas de portefeuille à cet endroit."
           "Vérifiez le dossier donné par --wallet, ou créez un portefeuille avec «\u{a0}coffret init\u{a0}»."
        en "There is no wallet in this place."
           "Check the folder given by --wallet, or make a wallet with “coffret init”.";
    "wallet-exists"
        fr "Il y a déjà un portefeuille à cet endroit; il n’a pas été touché."
           "Choisissez un autre dossier avec --wallet, ou effacez d’abord ce portefeuille avec «\u{a0}coffret erase\u{a0}»."
        en "There is a wallet in this place already; it was not touched."
           "Choose another folder with --wallet, or erase this wallet first with “coffret erase”.";
    "boot-clock-missing"
        fr "L’appareil ne dit pas depuis quand il est allumé, donc l’attente entre les essais du NIP ne peut pas être comptée et le portefeuille reste verrouillé."
           "Ouvrez ce portefeuille sous Linux ou sous macOS."
        en "The device does not say for how long it has been on, so the wait between tries of the PIN cannot be counted and the wallet stays locked."
           "Open this wallet on Linux or on macOS.";
    "keyring-missing"
        fr "Ce système n’a pas de trousseau que Coffret peut ouvrir, donc les secrets du portefeuille n’ont pas d’endroit où être gardés."
           "Ouvrez une session avec trousseau, ou gardez les secrets dans un fichier avec --secrets file:CHEMIN, de préférence sur un autre support."
        en "This system has no keyring that Coffret can open, so there is no place to keep the wallet’s secrets."
           "Log in to a session with a keyring, or keep the secrets in a file with --secrets file:PATH, preferably on another device.";
    "secrets-over-wallet-file"
        fr "Le fichier indiqué pour les secrets est l’un de ceux du portefeuille lui-même, qu’il aurait remplacé. Rien n’a été changé."
           "Indiquez un autre fichier, de préférence sur un autre support."
        en "The file given for the secrets is one of the wallet’s own, which it would have replaced. Nothing was changed."
           "Give another file, preferably on another device.";
    "file-is-picture"
        fr "Le fichier est une image, et la commande attend un document ou un message tel quel."
           "Pour faire lire des codes QR, mettez leurs images dans un dossier et donnez-le à «\u{a0}coffret read\u{a0}» ou à «\u{a0}coffret present\u{a0}» par --link qr:DOSSIER."
        en "The file is a picture, and the command takes a document or a message as it is."
           "To have QR codes read, put their pictures in a folder and give it to “coffret read” or “coffret present” by --link qr:FOLDER.";
    "file-is-pem"
        fr "Le fichier est en PEM\u{a0}: il contient un certificat ou une clé, et la commande attend un document ou un message tel quel."
           "Donnez un certificat reconnu à «\u{a0}coffret trust add\u{a0}», ou par --trust ou --signer; «\u{a0}coffret inspect\u{a0}» montre ce que le fichier contient."
        en "The file is PEM: it holds a certificate or a key, and the command takes a document or a message as it is."
           "Give a trusted certificate to “coffret trust add”, or by --trust or --signer; “coffret inspect” shows what the file holds.";
    "link-silent"
        fr "L’autre côté n’a rien envoyé dans le temps prévu, donc rien n’a été échangé."
           "Vérifiez que l’autre commande tourne et utilise le même lien, puis recommencez."
        en "The other side sent nothing in time, so nothing was exchanged."
           "Check that the other command is running and uses the same link, then start again.";
    "code-too-long"
        fr "Ce texte est trop long pour un code QR, donc aucune image n’a été faite."
           "Demandez moins d’éléments à la fois, puis recommencez."
        en "This text is too long for a QR code, so no picture was made."
           "Ask for fewer elements at a time, then start again.";
    "request-form"
        fr "Le fichier ne dit pas quoi demander sous la forme que montre «\u{a0}coffret read --help\u{a0}»."
           "Corrigez le fichier, ou demandez selon une fin avec --purpose."
        en "The file does not say what to ask in the form that “coffret read --help” shows."
           "Correct the file, or ask by a purpose with --purpose.";
    "nothing-shown"
        fr "La personne n’a rien montré\u{a0}: elle a refusé, ou n’a pas ce document."
           "Dites-lui ce que vous demandez et pourquoi, ou proposez-lui de montrer un document papier."
        en "The person showed nothing: they refused, or do not have this document."
           "Tell them what you ask and why, or offer them to show a paper document.";
    "demo-astray"
        fr "La démonstration ne s’est pas passée comme prévu\u{a0}: quelque chose ne fonctionne pas sur cet appareil."
           "Relancez-la avec --out DOSSIER, et signalez ce qui s’y trouve."
        en "The demonstration did not go as it should: something does not work on this device."
           "Run it again with --out FOLDER, and report what is in it.";
    "interrupted"
        fr "Vous avez arrêté la commande avant la fin; ce qu’elle avait fait de temporaire est effacé."
           "Relancez-la quand vous voudrez."
        en "You stopped the command before its end; what it had made for the time being is removed."
           "Run it again whenever you like.";
};
