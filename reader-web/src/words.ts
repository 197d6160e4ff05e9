// Every word of the page, in French and English: a row without one of them does not compile. What is said of
// documents, elements and verdicts comes from the core, in the same form.

import type { Outcome, Words } from 'coffret-web';

import { count, date, duration } from './format';

export type { Words };

/** A language of the page. */
export type Lang = keyof Words;

/** Says words in a language. */
export type Say = (words: Words) => string;

/** What says words in `lang`. */
export const speaker =
  (lang: Lang): Say =>
  (words) =>
    words[lang];

/** The page's words by what they are for; a row that takes something says it in both languages. */
export const words = {
  app: { fr: 'Coffret', en: 'Coffret' },
  role: { fr: 'Vérificateur', en: 'Verifier' },
  /** Said by the button that changes the language, in the language that it leads to. */
  otherLanguage: { fr: 'English', en: 'Français' },
  starting: { fr: 'Ouverture…', en: 'Opening…' },
  cannotStart: { fr: 'La page ne peut pas s’ouvrir', en: 'The page cannot open' },
  reload: { fr: 'Recharger la page', en: 'Reload the page' },
  back: { fr: 'Retour', en: 'Back' },
  home: { fr: 'Accueil', en: 'Home' },
  settings: { fr: 'Réglages', en: 'Settings' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  retry: { fr: 'Réessayer', en: 'Try again' },
  quote: (number: string): Words => ({ fr: `Code à mentionner\u00a0: ${number}`, en: `Code to quote: ${number}` }),

  // Home
  question: { fr: 'Que voulez-vous vérifier?', en: 'What do you want to check?' },
  how: {
    fr: 'La personne lit votre code avec son téléphone, approuve, puis montre son écran à votre caméra. Cette page n’enregistre et n’envoie rien d’elle.',
    en: 'The person scans your code with their phone, approves, then shows its screen to your camera. This page stores and sends nothing of them.',
  },
  forAnyone: { fr: 'Pour tous les vérificateurs', en: 'For any verifier' },
  forRegistered: { fr: 'Pour les vérificateurs inscrits', en: 'For registered verifiers' },
  forRegisteredNote: {
    fr: 'Si vous n’êtes pas inscrit pour cet usage, le portefeuille avertit la personne et ne coche rien d’avance.',
    en: 'If you are not registered for this use, the wallet warns the person and ticks nothing beforehand.',
  },
  otherRequest: { fr: 'Autre demande', en: 'Another request' },
  otherRequestNote: {
    fr: 'Choisir le document et les renseignements',
    en: 'Choose the document and the information',
  },
  trustHeading: { fr: 'À qui cette page se fie', en: 'Whom this page trusts' },
  onlySpecimens: {
    fr: 'Aucune autorité n’est ajoutée\u00a0: seuls des spécimens, sans valeur, peuvent être lus.',
    en: 'No authority has been added: only specimens, without value, can be read.',
  },
  addThem: { fr: 'Ajouter des autorités', en: 'Add authorities' },
  trustAge: (days: number, until: number | null): Words => ({
    fr: `Autorités ajoutées ${ago(days).fr}${until === null ? '.' : `; valables jusqu’au ${date.fr(until)}.`}`,
    en: `Authorities added ${ago(days).en}${until === null ? '.' : `; valid until ${date.en(until)}.`}`,
  }),
  authorityExpired: {
    fr: 'Le certificat d’une autorité est expiré\u00a0: les documents qu’il garantit sont refusés. Ajoutez le nouveau.',
    en: 'The certificate of an authority has expired: documents that rest on it are rejected. Add the new one.',
  },
  signedAs: (name: string): Words => ({
    fr: `Vos demandes sont signées par «\u00a0${name}\u00a0».`,
    en: `Your requests are signed by “${name}”.`,
  }),
  unsigned: {
    fr: 'Vos demandes ne sont pas signées\u00a0: les portefeuilles vous présentent comme un demandeur inconnu.',
    en: 'Your requests are not signed: wallets present you as an unknown requester.',
  },
  ownNotValid: {
    fr: 'Votre certificat n’est pas valable aujourd’hui\u00a0: vos demandes partent sans signature.',
    en: 'Your certificate is not valid today: your requests are not signed.',
  },

  // A request of one's own
  requestTitle: { fr: 'Autre demande', en: 'Another request' },
  whichDocument: { fr: 'Document', en: 'Document' },
  whichElements: { fr: 'Renseignements', en: 'Information' },
  chosenOf: (chosen: number, of: number): Words => ({ fr: `${chosen} sur ${of}`, en: `${chosen} of ${of}` }),
  keepQuestion: { fr: 'Allez-vous conserver ces renseignements?', en: 'Will you keep this information?' },
  keepNo: { fr: 'Non', en: 'No' },
  keepYes: { fr: 'Oui, et la personne en est avertie', en: 'Yes, and the person is told so' },
  askFor: (n: number): Words => ({
    fr: `Demander ${count.fr(n, 'renseignement', 'renseignements')}`,
    en: `Ask for ${count.en(n, 'item', 'items')}`,
  }),
  chooseSome: { fr: 'Choisissez au moins un renseignement.', en: 'Choose at least one item.' },

  // Reading
  reading: (what: Words): Words => ({ fr: `Lecture\u00a0: ${what.fr}`, en: `Reading: ${what.en}` }),
  step1: {
    fr: 'Faites lire ce code par le téléphone de la personne.',
    en: 'Have the person scan this code with their phone.',
  },
  step2: {
    fr: 'Quand elle a approuvé, placez l’écran de son téléphone devant la caméra.',
    en: 'Once they have approved, hold their phone’s screen to the camera.',
  },
  code: { fr: 'Code à lire avec le téléphone de la personne', en: 'Code to scan with the person’s phone' },
  preparing: { fr: 'Préparation du code…', en: 'Preparing the code…' },
  preview: { fr: 'Ce que voit la caméra', en: 'What the camera sees' },
  cameraStarting: {
    fr: 'Mise en marche de la caméra… Si le navigateur le demande, autorisez-la.',
    en: 'Starting the camera… If the browser asks, allow it.',
  },
  camera: { fr: 'Caméra', en: 'Camera' },
  cameraNumber: (n: number): Words => ({ fr: `Caméra ${n}`, en: `Camera ${n}` }),
  goodFor: (seconds: number): Words => ({
    fr: `Ce code est bon encore ${duration(seconds)}.`,
    en: `This code is good for another ${duration(seconds)}.`,
  }),
  partsRead: (have: number, of: number): Words => ({
    fr: `${count.fr(have, 'partie lue', 'parties lues')} sur ${of}`,
    en: `${count.en(have, 'part', 'parts')} read of ${of}`,
  }),
  nothingRead: { fr: 'En attente du téléphone', en: 'Waiting for the phone' },
  strangeCode: {
    fr: 'La caméra voit un code qui ne répond pas au vôtre. Demandez à la personne de lire votre code avec son portefeuille.',
    en: 'The camera sees a code that does not answer yours. Ask the person to scan your code with their wallet.',
  },
  comeCloser: {
    fr: 'Rien n’est lu? Approchez le téléphone jusqu’à ce que son code remplisse l’image, luminosité au maximum et sans reflet.',
    en: 'Is nothing being read? Bring the phone closer until its code fills the picture, at full brightness and without glare.',
  },
  percentRead: (percent: number): Words => ({ fr: `${percent}\u00a0% lu`, en: `${percent}% read` }),

  // Verdict
  accepted: { fr: 'Accepté', en: 'Accepted' },
  /** Of a request of one's own, which says nothing of what would do. */
  unjudged: { fr: 'Document valide\u00a0: lisez la réponse', en: 'Valid document: read the answer' },
  specimen: { fr: 'SPÉCIMEN, sans valeur', en: 'SPECIMEN, without value' },
  rejected: { fr: 'Refusé', en: 'Rejected' },
  refused: { fr: 'La personne n’a rien montré', en: 'The person showed nothing' },
  unanswered: { fr: 'Aucune réponse', en: 'No answer' },
  compare: {
    fr: 'Comparez la photo et le visage de la personne.',
    en: 'Compare the photo with the person’s face.',
  },
  noPortrait: {
    fr: 'Sans photo, rien ne dit que ce document est celui de la personne devant vous.',
    en: 'Without a photo, nothing says that this document belongs to the person in front of you.',
  },
  specimenMeans: {
    fr: 'Ce document est un exemple. Ne l’acceptez pas.',
    en: 'This document is an example. Do not accept it.',
  },
  rejectedMeans: {
    fr: 'N’acceptez pas ce document. Voici pourquoi.',
    en: 'Do not accept this document. Here is why.',
  },
  refusedMeans: {
    fr: 'Elle a refusé, comme elle en a le droit, ou n’a pas ce qui est demandé, ou son portefeuille ne vous connaît pas. Proposez-lui une autre preuve, par exemple sa carte.',
    en: 'They declined, as is their right, or do not have what is asked for, or their wallet does not know you. Offer to see another proof, such as their card.',
  },
  undrawable: {
    fr: 'Cette image ne peut pas être affichée. Demandez à voir la carte.',
    en: 'This image cannot be displayed. Ask to see the card.',
  },
  answerIsNo: { fr: 'La réponse est non.', en: 'The answer is no.' },
  notShown: { fr: 'Demandé, pas montré', en: 'Asked for, not shown' },
  details: { fr: 'Détails du document', en: 'About the document' },
  issuer: { fr: 'Émetteur', en: 'Issuer' },
  authority: { fr: 'Autorité qui en répond', en: 'Authority that vouches for it' },
  origin: (place: Words | null): Words => ({
    fr: `Provenance\u00a0: ${place?.fr ?? 'inconnue'}`,
    en: `From: ${place?.en ?? 'unknown'}`,
  }),
  nameless: { fr: 'sans nom', en: 'without a name' },
  validity: { fr: 'Validité', en: 'Validity' },
  fromUntil: (from: number, until: number): Words => ({
    fr: `du ${date.fr(from)} au ${date.fr(until)}`,
    en: `from ${date.en(from)} to ${date.en(until)}`,
  }),
  warnings: { fr: 'Remarques', en: 'Remarks' },
  again: { fr: 'Lire un autre document', en: 'Read another document' },
  newCode: { fr: 'Montrer un nouveau code', en: 'Show a new code' },
  longer: { fr: '60\u00a0secondes de plus', en: '60 more seconds' },
  forget: { fr: 'Effacer', en: 'Erase' },
  forgetsIn: (seconds: number): Words => ({
    fr: `Ce résultat s’efface dans ${duration(seconds)}.`,
    en: `This result is erased in ${duration(seconds)}.`,
  }),
  forgetsSoon: {
    fr: 'Le résultat s’efface bientôt. Un bouton le garde plus longtemps.',
    en: 'The result will soon be erased. A button keeps it for longer.',
  },
  forgotten: { fr: 'Le résultat est effacé.', en: 'The result is erased.' },

  // Settings
  authorities: { fr: 'Autorités', en: 'Authorities' },
  authoritiesNote: {
    fr: 'Les documents signés par ces autorités sont acceptés. N’ajoutez que des fichiers obtenus de l’autorité elle-même.',
    en: 'Documents signed by these authorities are accepted. Add only files that come from the authority itself.',
  },
  noAuthorities: {
    fr: 'Aucune autorité. Seuls des spécimens peuvent être lus.',
    en: 'No authority. Only specimens can be read.',
  },
  chooseAuthorities: { fr: 'Choisir les fichiers des autorités', en: 'Choose the authorities’ files' },
  trustedFor: { fr: 'Reconnue pour\u00a0:', en: 'Trusted for:' },
  anyDocument: { fr: 'tous les documents', en: 'any document' },
  authorityLimited: { fr: 'Le choix est enregistré.', en: 'The choice is saved.' },
  authoritiesAdded: (n: number): Words => ({
    fr: n < 2 ? 'L’autorité est ajoutée.' : `${n} fichiers d’autorités sont ajoutés.`,
    en: n < 2 ? 'The authority is added.' : `${n} files of authorities are added.`,
  }),
  /** Of what an added file holds, and the page had. */
  authorityKnown: (names: (string | Words)[], limit: Words): Words => ({
    fr: `Déjà là, et inchangée : ${names.map((name) => (typeof name === 'string' ? name : name.fr)).join(', ')} (reconnue pour : ${limit.fr}).`,
    en: `Already there, and unchanged: ${names.map((name) => (typeof name === 'string' ? name : name.en)).join(', ')} (trusted for: ${limit.en}).`,
  }),
  /** Of a certificate in a file that brings nothing new. */
  unusableCertificate: (why: Words): Words => ({
    fr: `Certificat inutilisable\u00a0: ${why.fr}`,
    en: `Unusable certificate: ${why.en}`,
  }),
  added: (time: number): Words => ({ fr: `Ajoutée le ${date.fr(time)}`, en: `Added on ${date.en(time)}` }),
  from: (time: number): Words => ({ fr: `valable à partir du ${date.fr(time)}`, en: `valid from ${date.en(time)}` }),
  until: (time: number): Words => ({ fr: `valable jusqu’au ${date.fr(time)}`, en: `valid until ${date.en(time)}` }),
  expiredOn: (time: number): Words => ({ fr: `expirée le ${date.fr(time)}`, en: `expired on ${date.en(time)}` }),
  unusable: (n: number): Words => ({
    fr: `${count.fr(n, 'certificat inutilisable', 'certificats inutilisables')} dans ce fichier`,
    en: `${count.en(n, 'unusable certificate', 'unusable certificates')} in this file`,
  }),
  lists: { fr: 'Listes de révocation', en: 'Revocation lists' },
  listsNote: {
    fr: 'Les autorités y nomment les signataires dont les documents ne sont plus acceptés. Ajoutez chaque nouvelle liste\u00a0: la plus récente compte.',
    en: 'In them, authorities name the signers whose documents are no longer accepted. Add each new list: the newest counts.',
  },
  noLists: {
    fr: 'Aucune liste\u00a0: un signataire révoqué n’est pas reconnu comme tel.',
    en: 'No list: a revoked signer is not recognised as such.',
  },
  chooseLists: { fr: 'Choisir les listes de révocation', en: 'Choose the revocation lists' },
  listsAdded: (n: number): Words => ({
    fr: n < 2 ? 'La liste est ajoutée.' : `${n} fichiers de listes sont ajoutés.`,
    en: n < 2 ? 'The list is added.' : `${n} files of lists are added.`,
  }),
  issued: (time: number): Words => ({ fr: `Émise le ${date.fr(time)}`, en: `Issued on ${date.en(time)}` }),
  nextList: (time: number): Words => ({
    fr: `la suivante est attendue d’ici le ${date.fr(time)}`,
    en: `the next one is due by ${date.en(time)}`,
  }),
  staleSince: (time: number): Words => ({ fr: `périmée depuis le ${date.fr(time)}`, en: `out of date since ${date.en(time)}` }),
  noNextList: { fr: 'sans date de la suivante', en: 'without a date for the next one' },
  listStale: {
    fr: 'Une liste de révocation est périmée\u00a0: un signataire révoqué depuis peut être accepté. Ajoutez la nouvelle.',
    en: 'A revocation list is out of date: a signer revoked since may be accepted. Add the new one.',
  },
  remove: { fr: 'Retirer', en: 'Remove' },
  removeNamed: (name: string): Words => ({ fr: `Retirer ${name}`, en: `Remove ${name}` }),
  removeReally: { fr: 'Retirer pour de bon', en: 'Remove for good' },
  keepIt: { fr: 'Garder', en: 'Keep' },
  removed: { fr: 'C’est retiré.', en: 'It is removed.' },
  own: { fr: 'Votre certificat de vérificateur', en: 'Your verifier’s certificate' },
  ownNote: {
    fr: 'Avec lui, vos demandes sont signées et les portefeuilles disent votre nom. La clé reste dans ce navigateur, qui ne la rend plus jamais\u00a0: gardez-en l’original sous clé.',
    en: 'With it, your requests are signed and wallets say your name. The key stays in this browser, which never gives it back: keep the original locked away.',
  },
  ownCertificate: { fr: 'Choisir le certificat', en: 'Choose the certificate' },
  ownKey: { fr: 'Choisir la clé privée', en: 'Choose the private key' },
  nothingChosen: { fr: 'Aucun fichier choisi', en: 'No file chosen' },
  useThem: { fr: 'Utiliser ce certificat', en: 'Use this certificate' },
  chooseBoth: { fr: 'Choisissez le certificat et sa clé.', en: 'Choose the certificate and its key.' },
  ownAdded: {
    fr: 'Le certificat et sa clé vont ensemble et sont gardés.',
    en: 'The certificate and its key belong together and are kept.',
  },
  ownSince: (time: number): Words => ({ fr: `Ajouté le ${date.fr(time)}`, en: `Added on ${date.en(time)}` }),
  ownExpiredOn: (time: number): Words => ({ fr: `expiré le ${date.fr(time)}`, en: `expired on ${date.en(time)}` }),
  language: { fr: 'Langue', en: 'Language' },
  french: { fr: 'Français', en: 'Français' },
  english: { fr: 'English', en: 'English' },
  about: { fr: 'À propos', en: 'About' },
  aboutDoes: {
    fr: 'Cette page vérifie un document montré par un portefeuille numérique\u00a0: qui l’a signé, s’il est valide, si le téléphone est celui auquel il a été remis. Elle n’affiche que ce que vous avez demandé et que la personne a approuvé.',
    en: 'This page checks a document shown by a digital wallet: who signed it, whether it is valid, whether the phone is the one that it was issued to. It displays only what you asked for and the person approved.',
  },
  aboutForgets: {
    fr: 'Elle efface le résultat après 60\u00a0secondes, à moins que vous n’en demandiez plus. Elle n’enregistre et n’envoie rien de la personne, et n’appelle que son propre serveur, pour sa mise à jour\u00a0: une fois chargée, elle se passe d’Internet.',
    en: 'It erases the result after 60 seconds, unless you ask for more. It stores and sends nothing of the person, and calls its own server only, to be updated: once loaded, it does without the Internet.',
  },
  aboutLimits: {
    fr: 'Elle ne sait pas si un document a été révoqué depuis sa délivrance, ne connaît de signataires révoqués que ceux des listes que vous ajoutez, et ne remplace pas votre regard\u00a0: comparez la photo et le visage.',
    en: 'It does not know whether a document was revoked since it was issued, knows of revoked signers only those in the lists that you add, and does not replace your eyes: compare the photo with the face.',
  },
  aboutTests: {
    fr: 'Coffret n’est pas terminé et n’a pas été audité\u00a0: ne l’utilisez qu’avec des documents d’essai.',
    en: 'Coffret is not finished and has not been audited: use it with test documents only.',
  },
  version: (version: string): Words => ({ fr: `Version ${version}`, en: `Version ${version}` }),
  licences: { fr: 'Licences', en: 'Licences' },
} satisfies Record<string, Words | ((...given: never[]) => Words)>;

/** What a verdict says first. */
export function verdictTitle({ type }: Outcome): Words {
  return words[type];
}

function ago(days: number): Words {
  if (days < 1) return { fr: 'aujourd’hui', en: 'today' };
  if (days < 2) return { fr: 'hier', en: 'yesterday' };
  return { fr: `il y a ${days}\u00a0jours`, en: `${days} days ago` };
}
