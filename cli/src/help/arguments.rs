use coffret_catalogue::Label;

/// What every command takes.
pub(super) const GENERAL_HELP: &[(&str, Label)] = &[
    (
        "json",
        Label {
            fr: "Un seul objet JSON sur la sortie standard",
            en: "One JSON object on standard output",
        },
    ),
    (
        "lang",
        Label {
            fr: "Langue; sinon celle du système, sinon le français",
            en: "Language; else the system’s, else French",
        },
    ),
    (
        "now",
        Label {
            fr: "L’heure qu’il est, au lieu de celle du système",
            en: "The time, in place of the system’s",
        },
    ),
    ("help", Label { fr: "Cette aide", en: "This help" }),
    ("version", Label { fr: "La version", en: "The version" }),
];

/// What every command about a wallet takes.
pub(super) const WALLET_HELP: &[(&str, Label)] = &[
    (
        "wallet",
        Label {
            fr: "Dossier du portefeuille; par défaut, celui des données du système",
            en: "Folder of the wallet; by default, the system’s for data",
        },
    ),
    (
        "pin_file",
        Label {
            fr: "Fichier dont la première ligne est le NIP; sinon, il est demandé",
            en: "File whose first line is the PIN; else it is asked for",
        },
    ),
    (
        "secrets",
        Label {
            fr: "Où sont gardés les secrets de l’appareil; par défaut, là où ils étaient, sinon le trousseau",
            en: "Where the device’s secrets are kept; by default, where they were, else the keyring",
        },
    ),
];

/// The words of the command (none for several), the argument, what it is.
pub(super) const HELP: &[(&str, &str, Label)] = &[
    (
        "",
        "raw",
        Label {
            fr: "Le fichier est binaire, même s’il semble du texte",
            en: "The file is binary, even if it looks like text",
        },
    ),
    (
        "pki",
        "dir",
        Label {
            fr: "Dossier à créer ou à remplir; rien n’y est remplacé",
            en: "Folder to make or fill; nothing in it is replaced",
        },
    ),
    (
        "pki",
        "purposes",
        Label {
            fr: "Fins pour lesquelles le lecteur est inscrit au registre; toutes, par défaut",
            en: "Purposes that the reader is registered for; all, by default",
        },
    ),
    ("issue", "doc_type", Label { fr: "Type de document", en: "Document type" }),
    (
        "issue",
        "data",
        Label {
            fr: "Données\u{a0}: {espace: {élément: valeur}}",
            en: "Data: {namespace: {element: value}}",
        },
    ),
    (
        "issue",
        "pki",
        Label {
            fr: "Dossier fait par «\u{a0}coffret pki\u{a0}»",
            en: "Folder made by “coffret pki”",
        },
    ),
    (
        "issue",
        "keys",
        Label {
            fr: "Clés publiques des appareils\u{a0}: {\"keys\": [JWK…]}",
            en: "The devices’ public keys: {\"keys\": [JWK…]}",
        },
    ),
    (
        "issue",
        "alg",
        Label {
            fr: "Algorithme de la signature; par défaut, celui de ds.pem",
            en: "Algorithm of the signature; by default, that of ds.pem",
        },
    ),
    ("issue", "days", Label { fr: "Jours de validité", en: "Days of validity" }),
    (
        "issue",
        "one_time",
        Label {
            fr: "Chaque exemplaire ne servira qu’une fois",
            en: "Each copy is to be used once",
        },
    ),
    ("issue", "out", Label { fr: "Fichier à écrire", en: "File to write" }),
    (
        "verify",
        "trust",
        Label {
            fr: "Racines d’émetteurs à reconnaître; les listes de révocation du fichier comptent aussi",
            en: "Issuers’ roots to trust; revocation lists in the file count too",
        },
    ),
    (
        "verify",
        "trust_for",
        Label {
            fr: "Racines d’émetteurs à reconnaître pour ces types de documents seulement (séparés par des virgules)",
            en: "Issuers’ roots to trust for these document types only (with commas between)",
        },
    ),
    (
        "verify",
        "signer",
        Label {
            fr: "Signataires à reconnaître par leur certificat même",
            en: "Signers to trust by their very certificate",
        },
    ),
    (
        "verify",
        "crl",
        Label {
            fr: "Listes de certificats annulés, dans n’importe quel ordre",
            en: "Lists of revoked certificates, in any order",
        },
    ),
    (
        "verify",
        "transcript",
        Label {
            fr: "SessionTranscript de la présentation",
            en: "SessionTranscript of the presentation",
        },
    ),
    (
        "verify",
        "reader_key",
        Label {
            fr: "Clé privée éphémère du lecteur (JWK), qu’il faut pour un MAC",
            en: "The reader’s private ephemeral key (JWK), which a MAC needs",
        },
    ),
    (
        "verify",
        "request",
        Label {
            fr: "DeviceRequest, pour comparer ce qui est reçu à ce qui a été demandé",
            en: "DeviceRequest, to compare what is received with what was asked",
        },
    ),
    (
        "verify",
        "issuer_only",
        Label {
            fr: "Ne vérifier que la part de l’émetteur", en: "Verify the issuer’s part only"
        },
    ),
    (
        "verify",
        "show_invalid",
        Label {
            fr: "Montrer aussi les éléments d’un document non valide",
            en: "Show the elements of an invalid document too",
        },
    ),
    (
        "verify",
        "file",
        Label {
            fr: "Fichier, ou «\u{a0}-\u{a0}»\u{a0}: CBOR, en hexadécimal ou en base64url s’il y a lieu",
            en: "File, or “-”: CBOR, in hexadecimal or base64url where it is",
        },
    ),
    (
        "inspect",
        "subject",
        Label {
            fr: "Fichier, «\u{a0}-\u{a0}», ou la chose même en texte",
            en: "File, “-”, or the thing itself in text",
        },
    ),
    (
        "inspect",
        "passphrase_file",
        Label {
            fr: "Fichier dont la première ligne est la phrase de passe d’un export, à ouvrir",
            en: "File whose first line is the passphrase of an export, to be opened",
        },
    ),
    (
        "inspect",
        "full",
        Label {
            fr: "Montrer les longues suites d’octets en entier",
            en: "Show long byte strings whole",
        },
    ),
    (
        "pin",
        "new_pin_file",
        Label {
            fr: "Fichier dont la première ligne est le nouveau NIP; sinon, il est demandé",
            en: "File whose first line is the new PIN; else it is asked for",
        },
    ),
    ("keys", "count", Label { fr: "Nombre de clés", en: "Number of keys" }),
    (
        "trust add",
        "file",
        Label {
            fr: "Certificats et listes de révocation (PEM, ou un seul en DER), ou registre des vérificateurs",
            en: "Certificates and revocation lists (PEM, or one in DER), or registry of verifiers",
        },
    ),
    (
        "trust add",
        "purpose",
        Label {
            fr: "Ce pour quoi les certificats sont reconnus; émettre des documents, par défaut",
            en: "What the certificates are trusted for; to issue documents, by default",
        },
    ),
    (
        "trust add",
        "doc_type",
        Label {
            fr: "Type des seuls documents que ces émetteurs peuvent signer; par défaut, tous, ou la limite déjà choisie",
            en: "Type of the only documents that these issuers may sign; by default any, or the limit chosen before",
        },
    ),
    (
        "trust remove",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret trust list\u{a0}» le montre",
            en: "Start of the id, as “coffret trust list” shows it",
        },
    ),
    ("add", "file", Label { fr: "Ce que l’émetteur a remis", en: "What the issuer handed over" }),
    (
        "show",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret list\u{a0}» le montre",
            en: "Start of the id, as “coffret list” shows it",
        },
    ),
    (
        "show",
        "reveal",
        Label {
            fr: "Montrer aussi les numéros et ce qui ne regarde que vous",
            en: "Show the numbers too, and what is only your business",
        },
    ),
    (
        "remove",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret list\u{a0}» le montre",
            en: "Start of the id, as “coffret list” shows it",
        },
    ),
    (
        "erase",
        "yes",
        Label {
            fr: "Répondre oui d’avance; le NIP reste nécessaire à un script, s’il ouvre le portefeuille",
            en: "Answer yes in advance; a script still needs the PIN, if it opens the wallet",
        },
    ),
    (
        "secrets restore",
        "file",
        Label { fr: "Copie du fichier des secrets", en: "Copy of the file of secrets" },
    ),
    ("secrets erase", "yes", Label { fr: "Répondre oui d’avance", en: "Answer yes in advance" }),
    (
        "log",
        "verify",
        Label {
            fr: "Vérifier que rien n’a été changé ni retiré",
            en: "Verify that nothing was changed or taken out",
        },
    ),
    (
        "log",
        "since",
        Label {
            fr: "Depuis ce jour, ou ce moment\u{a0}: 2026-11-22, 2026-11-22T12:00:00Z",
            en: "Since this day, or this moment: 2026-11-22, 2026-11-22T12:00:00Z",
        },
    ),
    (
        "log",
        "reader",
        Label {
            fr: "Texte dans le nom du demandeur, sans égard aux accents ni aux majuscules",
            en: "Text in the requester’s name, whatever the accents and the case",
        },
    ),
    ("log", "limit", Label { fr: "Nombre d’entrées, au plus", en: "Number of entries, at most" }),
    (
        "log delete",
        "entry",
        Label {
            fr: "Numéro de l’entrée, ou «\u{a0}all\u{a0}»",
            en: "Number of the entry, or “all”",
        },
    ),
    ("export", "file", Label { fr: "Fichier à écrire", en: "File to write" }),
    (
        "export",
        "passphrase_file",
        Label {
            fr: "Fichier dont la première ligne est la phrase de passe; sinon, elle est demandée",
            en: "File whose first line is the passphrase; else it is asked for",
        },
    ),
    (
        "demo",
        "out",
        Label {
            fr: "Dossier vide où garder images, messages et portefeuille",
            en: "Empty folder to keep pictures, messages and wallet in",
        },
    ),
    (
        "",
        "link",
        Label {
            fr: "Lignes de l’entrée et de la sortie standard, ou images dans un dossier",
            en: "Lines of standard input and output, or pictures in a folder",
        },
    ),
    (
        "",
        "wait",
        Label {
            fr: "Secondes à attendre les images de l’autre côté, 120 au plus",
            en: "Seconds to wait for the other side’s pictures, 120 at most",
        },
    ),
    (
        "",
        "result",
        Label {
            fr: "Fichier où écrire le résultat en JSON",
            en: "File to write the result to, as JSON",
        },
    ),
    (
        "present",
        "approve",
        Label {
            fr: "Tout ce qui est demandé, le nécessaire, rien, ou le demander ici",
            en: "All that is asked, what is required, nothing, or ask here",
        },
    ),
    (
        "person rename",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret person list\u{a0}» le montre",
            en: "Start of the id, as “coffret person list” shows it",
        },
    ),
    (
        "person merge",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret person list\u{a0}» le montre",
            en: "Start of the id, as “coffret person list” shows it",
        },
    ),
    (
        "person delete",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret person list\u{a0}» le montre",
            en: "Start of the id, as “coffret person list” shows it",
        },
    ),
    (
        "person me",
        "id",
        Label {
            fr: "Début de l’identifiant, tel que «\u{a0}coffret person list\u{a0}» le montre",
            en: "Start of the id, as “coffret person list” shows it",
        },
    ),
    ("person rename", "name", Label { fr: "Nouveau nom", en: "New name" }),
    ("person merge", "into", Label { fr: "La personne qui reste", en: "The person who stays" }),
    (
        "present",
        "allow_expired",
        Label {
            fr: "Laisse aussi partir un document expiré, ou pas encore valide",
            en: "Lets a document go that has expired, or is not valid yet",
        },
    ),
    (
        "present",
        "device_auth",
        Label { fr: "Preuve de la clé de l’appareil", en: "Proof of the device’s key" },
    ),
    (
        "read",
        "purpose",
        Label {
            fr: "Fin de la demande, telle que age-18 ou pharmacy",
            en: "Purpose of the request, such as age-18 or pharmacy",
        },
    ),
    (
        "read",
        "request",
        Label {
            fr: "Demande libre\u{a0}: {\"docRequests\": [{\"docType\", \"nameSpaces\"}]}",
            en: "Free request: {\"docRequests\": [{\"docType\", \"nameSpaces\"}]}",
        },
    ),
    (
        "read",
        "reader_pki",
        Label {
            fr: "Dossier de reader.pem et reader.key, qui signent la demande",
            en: "Folder of reader.pem and reader.key, which sign the request",
        },
    ),
    (
        "read",
        "trust",
        Label {
            fr: "Racines d’émetteurs à reconnaître; les listes de révocation du fichier comptent aussi",
            en: "Issuers’ roots to trust; revocation lists in the file count too",
        },
    ),
    (
        "read",
        "trust_for",
        Label {
            fr: "Racines d’émetteurs à reconnaître pour ces types de documents seulement (séparés par des virgules)",
            en: "Issuers’ roots to trust for these document types only (with commas between)",
        },
    ),
    (
        "read",
        "signer",
        Label {
            fr: "Signataires à reconnaître par leur certificat même",
            en: "Signers to trust by their very certificate",
        },
    ),
    (
        "read",
        "crl",
        Label {
            fr: "Listes de certificats annulés, dans n’importe quel ordre",
            en: "Lists of revoked certificates, in any order",
        },
    ),
];
