// What can go wrong in the page itself. The core's reasons have the same form and numbers of their own: 13 hundreds
// are the page's.

import type { Reason, Words } from 'coffret-web';

/** What goes wrong here, by the name that the code uses. */
export const problems = {
  tooOld: problem(
    1301,
    'browser-too-old',
    {
      fr: 'Ce navigateur n’a pas ce qu’il faut pour vérifier un document, donc la page ne peut rien faire.',
      en: 'This browser lacks what it takes to check a document, so the page can do nothing.',
    },
    {
      fr: 'Mettez-le à jour, ou servez-vous d’un autre\u00a0: Chrome, Edge, Firefox ou Safari.',
      en: 'Update it, or use another: Chrome, Edge, Firefox or Safari.',
    },
  ),
  notLoaded: problem(
    1302,
    'page-not-loaded',
    {
      fr: 'Une partie de la page n’a pas pu être chargée, donc rien ne peut être lu.',
      en: 'A part of the page could not be loaded, so nothing can be read.',
    },
    {
      fr: 'Vérifiez la connexion à Internet, puis rechargez la page.',
      en: 'Check the Internet connection, then reload the page.',
    },
  ),
  unexpected: problem(
    1303,
    'page-fault',
    {
      fr: 'La page a rencontré un défaut et a arrêté ce qu’elle faisait. Rien n’a été conservé.',
      en: 'The page met with a fault and stopped what it was doing. Nothing was kept.',
    },
    {
      fr: 'Rechargez la page et, si cela se répète, signalez ce code.',
      en: 'Reload the page and, if it happens again, report this code.',
    },
  ),
  cameraRefused: problem(
    1310,
    'camera-refused',
    {
      fr: 'La page n’a pas la permission de se servir de la caméra, donc elle ne peut pas lire le téléphone.',
      en: 'The page is not allowed to use the camera, so it cannot read the phone.',
    },
    {
      fr: 'Autorisez la caméra dans la barre d’adresse ou dans les réglages du navigateur, puis réessayez.',
      en: 'Allow the camera in the address bar or in the browser’s settings, then try again.',
    },
  ),
  noCamera: problem(
    1311,
    'camera-missing',
    {
      fr: 'Aucune caméra n’a été trouvée, donc la page ne peut pas lire le téléphone.',
      en: 'No camera was found, so the page cannot read the phone.',
    },
    {
      fr: 'Branchez une caméra ou ouvrez cette page sur un appareil qui en a une, puis réessayez.',
      en: 'Connect a camera or open this page on a device that has one, then try again.',
    },
  ),
  cameraBusy: problem(
    1312,
    'camera-busy',
    {
      fr: 'La caméra ne répond pas\u00a0: un autre programme s’en sert peut-être.',
      en: 'The camera does not respond: another program may be using it.',
    },
    {
      fr: 'Fermez les autres programmes qui filment, puis réessayez.',
      en: 'Close the other programs that film, then try again.',
    },
  ),
  cameraStopped: problem(
    1313,
    'camera-stopped',
    {
      fr: 'La caméra s’est arrêtée pendant la lecture.',
      en: 'The camera stopped during the reading.',
    },
    {
      fr: 'Rebranchez-la ou choisissez-en une autre, puis réessayez.',
      en: 'Connect it again or choose another, then try again.',
    },
  ),
  insecure: problem(
    1314,
    'page-not-secure',
    {
      fr: 'L’adresse de cette page n’est pas sûre, donc le navigateur lui refuse la caméra et les clés.',
      en: 'The address of this page is not secure, so the browser denies it the camera and keys.',
    },
    {
      fr: 'Ouvrez la page à une adresse qui commence par https.',
      en: 'Open the page at an address that begins with https.',
    },
  ),
  clockBehind: problem(
    1315,
    'clock-behind',
    {
      fr: 'L’horloge de cet appareil retarde\u00a0: elle indique une date antérieure à celle de vos réglages. Un document expiré passerait pour bon, donc rien n’a été demandé.',
      en: 'The clock of this device is behind: it shows a date earlier than that of your settings. An expired document would pass for a good one, so nothing was asked.',
    },
    {
      fr: 'Réglez la date et l’heure de l’appareil. Si elles sont justes, retirez vos réglages et ajoutez-les de nouveau.',
      en: 'Set the date and time of the device. If they are right, remove your settings and add them again.',
    },
  ),
  notKept: problem(
    1320,
    'storage-refused',
    {
      fr: 'Ce navigateur n’enregistre rien pour cette page, donc les réglages ne sont pas gardés.',
      en: 'This browser stores nothing for this page, so settings are not kept.',
    },
    {
      fr: 'Sortez de la navigation privée, ou autorisez le stockage pour cette page, puis recommencez.',
      en: 'Leave private browsing, or allow storage for this page, then start again.',
    },
  ),
  fileTooLarge: problem(
    1321,
    'file-too-large',
    {
      fr: 'Le fichier est trop gros pour des certificats, des listes ou une clé, donc il n’a pas été lu.',
      en: 'The file is too large for certificates, lists or a key, so it was not read.',
    },
    {
      fr: 'Choisissez un fichier d’un mégaoctet au plus.',
      en: 'Choose a file of one megabyte at most.',
    },
  ),
  noKey: problem(
    1322,
    'key-missing',
    {
      fr: 'Le fichier ne contient pas de clé privée, donc rien n’a été gardé.',
      en: 'The file holds no private key, so nothing was kept.',
    },
    {
      fr: 'Choisissez le fichier PEM qui contient «\u00a0BEGIN PRIVATE KEY\u00a0».',
      en: 'Choose the PEM file that contains “BEGIN PRIVATE KEY”.',
    },
  ),
  lockedKey: problem(
    1323,
    'key-encrypted',
    {
      fr: 'La clé privée est protégée par un mot de passe, que cette page ne demande pas\u00a0: rien n’a été gardé.',
      en: 'The private key is protected by a password, which this page does not ask for: nothing was kept.',
    },
    {
      fr: 'Exportez-la sans mot de passe (openssl pkcs8 -topk8 -nocrypt), choisissez ce fichier, puis détruisez-le.',
      en: 'Export it without a password (openssl pkcs8 -topk8 -nocrypt), choose that file, then destroy it.',
    },
  ),
  olderKey: problem(
    1324,
    'key-form',
    {
      fr: 'La clé privée est dans une forme que les navigateurs ne lisent pas, donc rien n’a été gardé.',
      en: 'The private key is in a form that browsers do not read, so nothing was kept.',
    },
    {
      fr: 'Convertissez-la en PKCS #8 (openssl pkcs8 -topk8 -nocrypt), puis choisissez ce fichier.',
      en: 'Convert it to PKCS #8 (openssl pkcs8 -topk8 -nocrypt), then choose that file.',
    },
  ),
  unusedCurve: problem(
    1326,
    'key-not-supported',
    {
      fr: 'Ce navigateur ne sait pas signer avec une clé de cette sorte, donc rien n’a été gardé.',
      en: 'This browser cannot sign with a key of this kind, so nothing was kept.',
    },
    {
      fr: 'Mettez le navigateur à jour, ou demandez un certificat pour une clé P-256.',
      en: 'Update the browser, or ask for a certificate for a P-256 key.',
    },
  ),
  otherKey: problem(
    1325,
    'key-not-the-certificates',
    {
      fr: 'La clé privée n’est pas celle du certificat, ou elle est abîmée, donc rien n’a été gardé.',
      en: 'The private key is not the certificate’s, or it is damaged, so nothing was kept.',
    },
    {
      fr: 'Choisissez le certificat et la clé qui ont été délivrés ensemble.',
      en: 'Choose the certificate and the key that were issued together.',
    },
  ),
} satisfies Record<string, Reason>;

/** A reason of the core or of the page as it is; of anything else, that there is a fault. */
export function asReason(thrown: unknown): Reason {
  return isReason(thrown) ? thrown : problems.unexpected;
}

/** Whether the browser threw this, by the names of its errors. */
export function isNamed(thrown: unknown, ...names: string[]): boolean {
  return thrown instanceof Error && names.includes(thrown.name);
}

function isReason(thrown: unknown): thrown is Reason {
  return (
    typeof thrown === 'object' && thrown !== null && 'number' in thrown && 'happened' in thrown && 'next' in thrown
  );
}

function problem(number: number, code: string, happened: Words, next: Words): Reason {
  return { code, number: `CW-${number}`, happened, next, document: null, element: null };
}
