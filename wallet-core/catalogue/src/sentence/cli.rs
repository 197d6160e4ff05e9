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
        fr "Le texte en base64url est incomplet ou mal copié, donc il n’a pas pu être lu."
           "Copiez-le de nouveau, en entier."
        en "The base64url text is incomplete or badly copied, so it could not be read."
           "Copy it again, in full.";
    "file-not-text"
        fr "Le fichier devait contenir du texte et n’en contient pas."
           "Vérifiez que c’est bien un fichier PEM."
        en "The file was to hold text, and does not."
           "Check that it is a PEM file.";
    "json-malformed"
        fr "Le fichier devait être en JSON et ne peut pas être lu comme tel."
           "Corrigez-le, puis recommencez."
        en "The file was to be JSON, and cannot be read as such."
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
    "purpose-unknown"
        fr "Cette raison de demander des renseignements n’est pas au catalogue."
           "Choisissez-en une de la liste, par exemple age-18 ou pharmacy."
        en "This reason to ask for information is not in the catalogue."
           "Choose one from the list, for example age-18 or pharmacy.";
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
};
