// The names by which a person finds things on the page: French, and English where a test reads it in English.

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
  back: 'Retour',
  cancel: 'Annuler',
  code: 'Code à lire avec le téléphone de la personne',
  useOwn: 'Utiliser ce certificat',
  authorityAdded: 'L’autorité est ajoutée.',
  ownAdded: 'Le certificat et sa clé vont ensemble et sont gardés.',
  again: 'Lire un autre document',
  forget: 'Effacer',
};
