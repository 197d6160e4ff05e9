// Documents of an invented person.

import { readFileSync } from 'node:fs';

const file = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url));

const SMALL = file('wallet-core/catalogue/specimens/adulte_small.jpg');

/** A portrait as OpenJPEG writes it. */
export const JPEG_2000 = file('bindings/web/tests/portrait.jp2');

const bytes = (value) => ({ bytes: Buffer.from(value).toString('base64url') });

/** Nineteen: old enough for one purpose and not for another. */
const BORN = `${new Date().getUTCFullYear() - 19}-01-01`;

export const PERSON = {
  family: 'Ouellet-Fictive',
  given: 'Maëlle',
  born: BORN,
  insurance: 'OUEM01510112',
  licence: 'O430101010705',
  registration: '1-0107-5550123',
  mother: 'Ghislaine',
};

/** With one more portrait, larger. */
export const licence = (portrait) => ({
  docType: 'org.iso.18013.5.1.mDL',
  data: {
    'org.iso.18013.5.1': {
      family_name: PERSON.family,
      given_name: PERSON.given,
      birth_date: PERSON.born,
      issue_date: '2025-03-14',
      expiry_date: '2033-02-28',
      issuing_country: 'CA',
      issuing_jurisdiction: 'CA-QC',
      issuing_authority: 'Société de l’assurance automobile du Québec',
      document_number: PERSON.licence,
      portrait: bytes(portrait ?? SMALL),
      driving_privileges: [{ vehicle_category_code: 'B', issue_date: '2025-03-14', expiry_date: '2033-02-28' }],
      un_distinguishing_sign: 'CDN',
      sex: 2,
      age_over_16: true,
      age_over_18: true,
      age_over_21: false,
      age_over_65: false,
    },
    'ca.qc.gouv.saaq.1': { licence_classes: ['5'], licence_type: 'probationary', portrait_small: bytes(SMALL) },
  },
});

export const healthCard = () => ({
  docType: 'ca.qc.gouv.ramq.cam.1',
  data: {
    'ca.qc.gouv.ramq.cam.1': {
      health_insurance_number: PERSON.insurance,
      family_name_birth: PERSON.family,
      given_name: PERSON.given,
      birth_date: PERSON.born,
      sex: 2,
      issue_date: '2025-02-03',
      expiry_date: '2033-03-31',
      issuing_authority: 'Régie de l’assurance maladie du Québec',
      issuing_country: 'CA',
      issuing_jurisdiction: 'CA-QC',
      portrait: bytes(SMALL),
    },
  },
});

export const birthCertificate = () => ({
  docType: 'ca.qc.gouv.etatcivil.naissance.1',
  data: {
    'ca.qc.gouv.etatcivil.naissance.1': {
      family_name: PERSON.family,
      given_names: `${PERSON.given} Rose`,
      sex: 2,
      birth_date: PERSON.born,
      birth_time: '10:30',
      birth_place: 'Rimouski',
      registration_number: PERSON.registration,
      parents: [
        { family_name: 'Lavoie-Fictive', given_names: PERSON.mother },
        { family_name: PERSON.family, given_names: 'Jean-Guy' },
      ],
      certificate_number: 'CN-5550123',
      issue_date: '2025-02-03',
      registration_language: 'fr',
      issuing_authority: 'Directeur de l’état civil',
      issuing_country: 'CA',
      issuing_jurisdiction: 'CA-QC',
    },
  },
});
