// The names by which a person finds things on the page, in French.

export const PURPOSES = {
  'age-18': '18 ans et plus',
  'age-21': '21 ans et plus (cannabis)',
  pharmacy: 'Pharmacie',
  identity: 'Identité',
  'school-enrolment': 'Inscription à l’école',
};

export const WORDS = {
  settings: 'Réglages',
  otherRequest: 'Autre demande',
  portrait: 'Photo',
  smallPortrait: 'Petite photo',
  ageOver18: '18 ans et plus',
  ageOver65: '65 ans et plus',
  back: 'Retour',
  cancel: 'Annuler',
  retry: 'Réessayer',
  camera: 'Caméra',
  removeReally: 'Retirer pour de bon',
  code: 'Code à lire avec le téléphone de la personne',
  keepYes: 'Oui, et la personne en est avertie',
  useOwn: 'Utiliser ce certificat',
  authorityAdded: 'L’autorité est ajoutée.',
  listAdded: 'La liste est ajoutée.',
  trustedFor: 'Reconnue pour\u00a0:',
  authorityLimited: 'Le choix est enregistré.',
  ownAdded: 'Le certificat et sa clé vont ensemble et sont gardés.',
  again: 'Lire un autre document',
  longer: '60\u00a0secondes de plus',
  forget: 'Effacer',
};
