use coffret_catalogue::Label;

/// The words of a command, what it does, an example of its use.
pub(super) const ABOUT: &[(&str, Label, Label)] = &[
    (
        "",
        Label {
            fr: "Portefeuille d’identité numérique\u{a0}: garder, présenter, vérifier, émettre et \
                 examiner des documents ISO 18013-5.",
            en: "A digital identity wallet: hold, present, verify, issue and inspect ISO 18013-5 \
                 documents.",
        },
        Label {
            fr: "Codes de sortie\u{a0}: 0 fait ou valide; 1 non valide ou refusé; 2 mauvaise \
                 utilisation ou entrée illisible; 130 arrêté par Ctrl-C.\n«\u{a0}coffret COMMANDE --help\u{a0}» donne un exemple.",
            en: "Exit codes: 0 done or valid; 1 not valid or refused; 2 wrong use or unreadable \
                 input; 130 stopped by Ctrl-C.\n“coffret COMMAND --help” shows an example.",
        },
    ),
    (
        "pki",
        Label {
            fr: "Crée dans un dossier de quoi faire des essais\u{a0}: autorités, signataire de \
                 documents, lecteur et registre.",
            en: "Makes what tests need in a folder: authorities, document signer, reader and \
                 registry.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret pki essai --purposes age-18,pharmacy",
            en: "Example: coffret pki test --purposes age-18,pharmacy",
        },
    ),
    (
        "issue",
        Label {
            fr: "Émet un document pour chaque clé d’appareil.",
            en: "Issues a document for each device key.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret issue --type ca.qc.gouv.ramq.cam.1 --data carte.json \\\n         \
                 --pki essai --keys cles.json --out carte.cbor",
            en: "Example: coffret issue --type ca.qc.gouv.ramq.cam.1 --data card.json \\\n         \
                 --pki test --keys keys.json --out card.cbor",
        },
    ),
    (
        "verify",
        Label {
            fr: "Vérifie une présentation, ou un document tel qu’il est émis.",
            en: "Verifies a presentation, or a document as it is issued.",
        },
        Label {
            fr: "Un spécimen sous une racine reconnue est valide, avec \"specimen\": true dans le JSON\u{a0}: il ne vaut rien.\n\
                 Exemple\u{a0}: coffret verify --trust essai/iaca.pem --issuer-only carte.cbor",
            en: "A specimen under a trusted root is valid, with \"specimen\": true in the JSON: it is worth nothing.\n\
                 Example: coffret verify --trust test/iaca.pem --issuer-only card.cbor",
        },
    ),
    (
        "inspect",
        Label {
            fr: "Dit ce qu’est une chose, la montre en détail, et dit ce qui n’y va pas.",
            en: "Says what a thing is, shows it in detail, and says what is wrong with it.",
        },
        Label {
            fr: "Exemples\u{a0}: coffret inspect carte.cbor\n           coffret inspect essai/ds.pem\n           \
                 coffret inspect a10126",
            en: "Examples: coffret inspect card.cbor\n          coffret inspect test/ds.pem\n          \
                 coffret inspect a10126",
        },
    ),
    (
        "init",
        Label {
            fr: "Crée un portefeuille, ouvert par un NIP de 6 chiffres ou plus.",
            en: "Makes a wallet, opened by a PIN of 6 digits or more.",
        },
        Label { fr: "Exemple\u{a0}: coffret init", en: "Example: coffret init" },
    ),
    (
        "pin",
        Label { fr: "Change le NIP.", en: "Changes the PIN." },
        Label { fr: "Exemple\u{a0}: coffret pin", en: "Example: coffret pin" },
    ),
    (
        "erase",
        Label {
            fr: "Efface le portefeuille, ses documents, ses clés et son journal.",
            en: "Erases the wallet, its documents, its keys and its log.",
        },
        Label { fr: "Exemple\u{a0}: coffret erase", en: "Example: coffret erase" },
    ),
    (
        "secrets",
        Label {
            fr: "Remédie à un portefeuille sans ses secrets, ou à des secrets sans leur portefeuille.",
            en: "Mends a wallet without its secrets, or secrets without their wallet.",
        },
        Label {
            fr: "Exemples\u{a0}: coffret secrets restore copie-des-secrets\n           coffret secrets erase",
            en: "Examples: coffret secrets restore copy-of-secrets\n          coffret secrets erase",
        },
    ),
    (
        "secrets restore",
        Label {
            fr: "Restaure les secrets depuis une copie, si elle ouvre le portefeuille tel qu’il est.",
            en: "Restores the secrets from a copy, if it opens the wallet as it is.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret secrets restore copie-des-secrets",
            en: "Example: coffret secrets restore copy-of-secrets",
        },
    ),
    (
        "secrets erase",
        Label {
            fr: "Efface les secrets d’un portefeuille dont le fichier est perdu.",
            en: "Erases the secrets of a wallet whose file is lost.",
        },
        Label { fr: "Exemple\u{a0}: coffret secrets erase", en: "Example: coffret secrets erase" },
    ),
    (
        "keys",
        Label {
            fr: "Fait des clés d’appareil, auxquelles un émetteur liera des documents.",
            en: "Makes device keys, for an issuer to bind documents to.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret keys --count 3 --json > cles.json",
            en: "Example: coffret keys --count 3 --json > keys.json",
        },
    ),
    (
        "trust",
        Label { fr: "Dit en qui le portefeuille a confiance.", en: "Says whom the wallet trusts." },
        Label {
            fr: "Exemples\u{a0}: coffret trust add essai/iaca.pem\n           coffret trust list",
            en: "Examples: coffret trust add test/iaca.pem\n          coffret trust list",
        },
    ),
    (
        "trust add",
        Label {
            fr: "Fait confiance à des certificats, prend des listes de révocation ou un registre des vérificateurs.",
            en: "Trusts certificates, takes revocation lists or a registry of verifiers.",
        },
        Label {
            fr: "Exemples\u{a0}: coffret trust add utah.pem --type org.iso.18013.5.1.mDL\n           coffret trust add essai/registry.pem --purpose registry\n           coffret trust add essai/readers.cose",
            en: "Examples: coffret trust add utah.pem --type org.iso.18013.5.1.mDL\n          coffret trust add test/registry.pem --purpose registry\n          coffret trust add test/readers.cose",
        },
    ),
    (
        "trust list",
        Label {
            fr: "Montre les données de confiance, d’où elles viennent et depuis quand.",
            en: "Shows the trust data, where they come from and since when.",
        },
        Label { fr: "Exemple\u{a0}: coffret trust list", en: "Example: coffret trust list" },
    ),
    (
        "trust remove",
        Label { fr: "Retire des données de confiance.", en: "Removes trust data." },
        Label {
            fr: "Exemple\u{a0}: coffret trust remove 3f2a91c0",
            en: "Example: coffret trust remove 3f2a91c0",
        },
    ),
    (
        "add",
        Label {
            fr: "Vérifie des documents comme le ferait un vérificateur, et les garde.",
            en: "Checks documents as a verifier would, and keeps them.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret add permis.cbor",
            en: "Example: coffret add licence.cbor",
        },
    ),
    (
        "list",
        Label { fr: "Montre les documents, par personne.", en: "Shows the documents, by person." },
        Label { fr: "Exemple\u{a0}: coffret list", en: "Example: coffret list" },
    ),
    (
        "show",
        Label {
            fr: "Montre un document et ce qu’il dit.",
            en: "Shows a document and what it says.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret show 3f2a91c0 --reveal",
            en: "Example: coffret show 3f2a91c0 --reveal",
        },
    ),
    (
        "remove",
        Label {
            fr: "Retire un document du portefeuille.",
            en: "Removes a document from the wallet.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret remove 3f2a91c0",
            en: "Example: coffret remove 3f2a91c0",
        },
    ),
    (
        "notices",
        Label {
            fr: "Dit ce qui expire, ce qui manque et ce qui n’est plus à jour.",
            en: "Says what expires, what is missing and what is out of date.",
        },
        Label { fr: "Exemple\u{a0}: coffret notices", en: "Example: coffret notices" },
    ),
    (
        "log",
        Label {
            fr: "Montre qui a demandé quoi, pourquoi, et comment cela a fini.",
            en: "Shows who asked for what, why, and how it ended.",
        },
        Label {
            fr: "Exemples\u{a0}: coffret log\n           coffret log --since 2026-11-01 --reader pharmacie --limit 10\n           coffret log --verify\n           coffret log delete 4",
            en: "Examples: coffret log\n          coffret log --since 2026-11-01 --reader pharmacy --limit 10\n          coffret log --verify\n          coffret log delete 4",
        },
    ),
    (
        "log delete",
        Label {
            fr: "Supprime ce que dit une entrée du journal, ou toutes; la preuve que le reste est intact demeure.",
            en: "Deletes what an entry of the log says, or all; the proof that the rest is sound remains.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret log delete all",
            en: "Example: coffret log delete all",
        },
    ),
    (
        "export",
        Label {
            fr: "Écrit dans un fichier chiffré ce que contient le portefeuille, pour le lire ailleurs.",
            en: "Writes what the wallet holds to an encrypted file, to be read elsewhere.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret export coffret.export",
            en: "Example: coffret export coffret.export",
        },
    ),
    (
        "demo",
        Label {
            fr: "Raconte tout, de l’émission à la vérification, avec des personnes inventées.",
            en: "Tells the whole story, from issuing to verifying, with invented people.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret demo --out demonstration",
            en: "Example: coffret demo --out demonstration",
        },
    ),
    (
        "person",
        Label {
            fr: "Dit à qui sont les documents du portefeuille.",
            en: "Says whose the documents of the wallet are.",
        },
        Label {
            fr: "Exemples\u{a0}: coffret person list\n           coffret person me 3f2a91c0",
            en: "Examples: coffret person list\n          coffret person me 3f2a91c0",
        },
    ),
    (
        "person list",
        Label { fr: "Montre les personnes, vous d’abord.", en: "Shows the people, you first." },
        Label { fr: "Exemple\u{a0}: coffret person list", en: "Example: coffret person list" },
    ),
    (
        "person rename",
        Label {
            fr: "Change le nom d’une personne ici; les documents ne changent pas.",
            en: "Changes the name of a person here; no document changes.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret person rename 3f2a91c0 «\u{a0}Grand-maman\u{a0}»",
            en: "Example: coffret person rename 3f2a91c0 “Grandma”",
        },
    ),
    (
        "person merge",
        Label {
            fr: "Réunit deux personnes qui n’en font qu’une.", en: "Makes one person of two."
        },
        Label {
            fr: "Exemple\u{a0}: coffret person merge 3f2a91c0 77b0e4d2",
            en: "Example: coffret person merge 3f2a91c0 77b0e4d2",
        },
    ),
    (
        "person delete",
        Label {
            fr: "Retire une personne qui n’a pas de document.",
            en: "Removes a person without documents.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret person delete 3f2a91c0",
            en: "Example: coffret person delete 3f2a91c0",
        },
    ),
    (
        "person me",
        Label {
            fr: "Dit laquelle des personnes vous êtes.",
            en: "Says which of the people is you.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret person me 3f2a91c0",
            en: "Example: coffret person me 3f2a91c0",
        },
    ),
    (
        "present",
        Label {
            fr: "Présente ce qu’un lecteur demande et que la personne approuve.",
            en: "Presents what a reader asks for and the person approves.",
        },
        Label {
            fr: "Exemple\u{a0}: coffret present --link qr:images --approve ask\n\n\
                 Le résultat va à --result, sinon à la sortie standard; avec --link stdio, qui s’en sert\n\
                 pour les messages, à la dernière ligne de l’erreur standard.",
            en: "Example: coffret present --link qr:pictures --approve ask\n\n\
                 The result goes to --result, else to standard output; with --link stdio, which uses it\n\
                 for the messages, to the last line of standard error.",
        },
    ),
    (
        "read",
        Label {
            fr: "Demande à un portefeuille ce qu’il faut pour une fin, et vérifie ce qu’il montre.",
            en: "Asks a wallet for what a purpose needs, and verifies what it shows.",
        },
        Label {
            fr: "Un spécimen sous une racine reconnue est valide, avec \"specimen\": true dans le JSON\u{a0}: il ne vaut rien.\n\
                 Exemple\u{a0}: coffret read --purpose age-18 --link qr:images --trust essai/iaca.pem \\\n         \
                 --reader-pki essai",
            en: "A specimen under a trusted root is valid, with \"specimen\": true in the JSON: it is worth nothing.\n\
                 Example: coffret read --purpose age-18 --link qr:pictures --trust test/iaca.pem \\\n         \
                 --reader-pki test",
        },
    ),
];
