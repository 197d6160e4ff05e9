use super::Datum::{Bool, Bytes, List, Record, Text, Unsigned};
use super::{Specimen, SpecimenDocument};
use crate::Label;

const MDL: &str = "org.iso.18013.5.1.mDL";
const ISO: &str = "org.iso.18013.5.1";
const SAAQ: &str = "ca.qc.gouv.saaq.1";
const AAMVA: &str = "org.iso.18013.5.1.aamva";
const CARD: &str = "ca.qc.gouv.ramq.cam.1";
const BIRTH: &str = "ca.qc.gouv.etatcivil.naissance.1";

macro_rules! document {
    ($doc_type:ident { $( $namespace:ident $id:literal: $datum:expr; )* }) => {
        SpecimenDocument { doc_type: $doc_type, rows: &[$( ($namespace, $id, $datum), )*] }
    };
}

macro_rules! portrait {
    ($file:literal) => {
        Bytes(include_bytes!(concat!("../../specimens/", $file, ".jpg")))
    };
}

/// Nobody can hold their numbers: a health insurance number has a check digit that fits neither
/// century, and a licence number has no day of birth.
pub(super) static PEOPLE: &[Specimen] = &[
    Specimen {
        id: "adulte",
        label: Label { fr: "Adulte qui conduit", en: "Adult who drives" },
        documents: &[
            document!(MDL {
                ISO "family_name": Text("Tremblay SPÉCIMEN");
                ISO "given_name": Text("Marie-Ève");
                ISO "birth_date": Text("1985-03-12");
                ISO "birth_place": Text("Rimouski");
                ISO "nationality": Text("CA");
                ISO "sex": Unsigned(2);
                ISO "age_over_14": Bool(true);
                ISO "age_over_16": Bool(true);
                ISO "age_over_18": Bool(true);
                ISO "age_over_21": Bool(true);
                ISO "age_over_65": Bool(false);
                ISO "portrait": portrait!("adulte");
                ISO "portrait_capture_date": Text("2025-02-03T15:00:00Z");
                ISO "height": Unsigned(168);
                ISO "eye_colour": Text("brown");
                ISO "hair_colour": Text("brown");
                ISO "resident_address": Text("1, rue SPÉCIMEN");
                ISO "resident_city": Text("Québec");
                ISO "resident_state": Text("QC");
                ISO "resident_postal_code": Text("H0H 0H0");
                ISO "resident_country": Text("CA");
                ISO "driving_privileges": List(&[Record(&[
                    ("vehicle_category_code", Text("B")),
                    ("issue_date", Text("2003-05-20")),
                    ("expiry_date", Text("2033-03-12")),
                ])]);
                ISO "document_number": Text("T654100000004");
                ISO "issue_date": Text("2025-02-03");
                ISO "expiry_date": Text("2033-03-12");
                ISO "issuing_authority": Text("Société de l'assurance automobile du Québec");
                ISO "issuing_country": Text("CA");
                ISO "issuing_jurisdiction": Text("CA-QC");
                ISO "un_distinguishing_sign": Text("CDN");
                SAAQ "licence_type": Text("permanent");
                SAAQ "licence_classes": List(&[Text("5"), Text("6D"), Text("8")]);
                SAAQ "licence_conditions": List(&[Text("A")]);
                SAAQ "licence_mentions": List(&[]);
                SAAQ "portrait_small": portrait!("adulte_small");
                AAMVA "family_name_truncation": Text("N");
                AAMVA "given_name_truncation": Text("N");
                AAMVA "sex": Unsigned(2);
                AAMVA "aamva_version": Unsigned(2);
            }),
            document!(CARD {
                CARD "health_insurance_number": Text("TREM85531211");
                CARD "family_name_birth": Text("Tremblay SPÉCIMEN");
                CARD "given_name": Text("Marie-Ève");
                CARD "birth_date": Text("1985-03-12");
                CARD "sex": Unsigned(2);
                CARD "portrait": portrait!("adulte");
                CARD "issue_date": Text("2025-02-03");
                CARD "expiry_date": Text("2033-03-31");
                CARD "issuing_authority": Text("Régie de l’assurance maladie du Québec");
                CARD "issuing_country": Text("CA");
                CARD "issuing_jurisdiction": Text("CA-QC");
            }),
            document!(BIRTH {
                BIRTH "family_name": Text("Tremblay SPÉCIMEN");
                BIRTH "given_names": Text("Marie-Ève Sophie");
                BIRTH "sex": Unsigned(2);
                BIRTH "birth_date": Text("1985-03-12");
                BIRTH "birth_time": Text("10:30");
                BIRTH "birth_place": Text("Rimouski");
                BIRTH "registration_number": Text("SPECIMEN-0001");
                BIRTH "parents": List(&[
                    Record(&[
                        ("family_name", Text("Lavoie SPÉCIMEN")),
                        ("given_names", Text("Sylvie")),
                    ]),
                    Record(&[
                        ("family_name", Text("Tremblay SPÉCIMEN")),
                        ("given_names", Text("Jean-Guy")),
                    ]),
                ]);
                BIRTH "certificate_number": Text("SPECIMEN-CN-0001");
                BIRTH "issue_date": Text("2025-02-03");
                BIRTH "registration_language": Text("fr");
                BIRTH "issuing_authority": Text("Directeur de l’état civil");
                BIRTH "issuing_country": Text("CA");
                BIRTH "issuing_jurisdiction": Text("CA-QC");
            }),
        ],
    },
    Specimen {
        id: "enfant",
        label: Label { fr: "Enfant de moins de 14 ans", en: "Child under 14" },
        documents: &[
            document!(CARD {
                CARD "health_insurance_number": Text("GAGL17090116");
                CARD "family_name_birth": Text("Gagnon SPÉCIMEN");
                CARD "given_name": Text("Loïc");
                CARD "birth_date": Text("2017-09-01");
                CARD "sex": Unsigned(1);
                CARD "issue_date": Text("2025-02-03");
                CARD "expiry_date": Text("2031-09-30");
                CARD "issuing_authority": Text("Régie de l’assurance maladie du Québec");
                CARD "issuing_country": Text("CA");
                CARD "issuing_jurisdiction": Text("CA-QC");
            }),
            document!(BIRTH {
                BIRTH "family_name": Text("Gagnon SPÉCIMEN");
                BIRTH "given_names": Text("Loïc Émile");
                BIRTH "sex": Unsigned(1);
                BIRTH "birth_date": Text("2017-09-01");
                BIRTH "birth_place": Text("Gatineau");
                BIRTH "registration_number": Text("SPECIMEN-0002");
                BIRTH "parents": List(&[Record(&[
                    ("family_name", Text("Gagnon SPÉCIMEN")),
                    ("given_names", Text("Noémie")),
                ])]);
                BIRTH "certificate_number": Text("SPECIMEN-CN-0002");
                BIRTH "issue_date": Text("2025-02-03");
                BIRTH "registration_language": Text("fr");
                BIRTH "issuing_authority": Text("Directeur de l’état civil");
                BIRTH "issuing_country": Text("CA");
                BIRTH "issuing_jurisdiction": Text("CA-QC");
            }),
        ],
    },
    Specimen {
        id: "ainee",
        label: Label { fr: "Personne de 75 ans et plus", en: "Person of 75 and over" },
        documents: &[
            document!(MDL {
                ISO "family_name": Text("Côté SPÉCIMEN");
                ISO "given_name": Text("Thérèse");
                ISO "birth_date": Text("1948-06-24");
                ISO "sex": Unsigned(2);
                ISO "age_over_14": Bool(true);
                ISO "age_over_16": Bool(true);
                ISO "age_over_18": Bool(true);
                ISO "age_over_21": Bool(true);
                ISO "age_over_65": Bool(true);
                ISO "portrait": portrait!("ainee");
                ISO "driving_privileges": List(&[Record(&[
                    ("vehicle_category_code", Text("B")),
                    ("issue_date", Text("1967-07-04")),
                    ("expiry_date", Text("2033-06-24")),
                ])]);
                ISO "document_number": Text("C300000000002");
                ISO "issue_date": Text("2025-02-03");
                ISO "expiry_date": Text("2033-06-24");
                ISO "issuing_authority": Text("Société de l'assurance automobile du Québec");
                ISO "issuing_country": Text("CA");
                ISO "issuing_jurisdiction": Text("CA-QC");
                ISO "un_distinguishing_sign": Text("CDN");
                SAAQ "licence_type": Text("permanent");
                SAAQ "licence_classes": List(&[Text("5")]);
                SAAQ "licence_conditions": List(&[Text("A")]);
                SAAQ "portrait_small": portrait!("ainee_small");
            }),
            document!(CARD {
                CARD "health_insurance_number": Text("COTT48562415");
                CARD "family_name_birth": Text("Côté SPÉCIMEN");
                CARD "given_name": Text("Thérèse");
                CARD "family_name_spouse": Text("Bouchard SPÉCIMEN");
                CARD "birth_date": Text("1948-06-24");
                CARD "sex": Unsigned(2);
                CARD "issue_date": Text("2025-02-03");
                CARD "expiry_date": Text("2033-06-30");
                CARD "issuing_authority": Text("Régie de l’assurance maladie du Québec");
                CARD "issuing_country": Text("CA");
                CARD "issuing_jurisdiction": Text("CA-QC");
            }),
            document!(BIRTH {
                BIRTH "family_name": Text("Côté SPÉCIMEN");
                BIRTH "given_names": Text("Marie Thérèse");
                BIRTH "sex": Unsigned(2);
                BIRTH "birth_date": Text("1948-06-24");
                BIRTH "birth_place": Text("Baie-Saint-Paul");
                BIRTH "registration_number": Text("SPECIMEN-0003");
                BIRTH "certificate_number": Text("SPECIMEN-CN-0003");
                BIRTH "issue_date": Text("2025-02-03");
                BIRTH "registration_language": Text("fr");
                BIRTH "issuing_authority": Text("Directeur de l’état civil");
                BIRTH "issuing_country": Text("CA");
                BIRTH "issuing_jurisdiction": Text("CA-QC");
            }),
        ],
    },
    Specimen {
        id: "accents",
        label: Label {
            fr: "Deux noms, des accents, un 29 février",
            en: "Two surnames, diacritics, a 29 February",
        },
        documents: &[
            document!(MDL {
                ISO "family_name": Text("D'Amours-Lévêque SPÉCIMEN");
                ISO "given_name": Text("Zoé-Anaïs");
                ISO "birth_date": Text("1996-02-29");
                ISO "sex": Unsigned(9);
                ISO "age_over_14": Bool(true);
                ISO "age_over_16": Bool(true);
                ISO "age_over_18": Bool(true);
                ISO "age_over_21": Bool(true);
                ISO "age_over_65": Bool(false);
                ISO "portrait": portrait!("accents");
                ISO "driving_privileges": List(&[
                    Record(&[
                        ("vehicle_category_code", Text("A")),
                        ("issue_date", Text("2018-08-01")),
                        ("expiry_date", Text("2033-02-28")),
                    ]),
                    Record(&[
                        ("vehicle_category_code", Text("B")),
                        ("issue_date", Text("2014-08-01")),
                        ("expiry_date", Text("2033-02-28")),
                    ]),
                ]);
                ISO "document_number": Text("D562400000007");
                ISO "issue_date": Text("2025-02-03");
                ISO "expiry_date": Text("2033-02-28");
                ISO "issuing_authority": Text("Société de l'assurance automobile du Québec");
                ISO "issuing_country": Text("CA");
                ISO "issuing_jurisdiction": Text("CA-QC");
                ISO "un_distinguishing_sign": Text("CDN");
                SAAQ "licence_type": Text("probationary");
                SAAQ "licence_classes": List(&[Text("5"), Text("6A"), Text("6D"), Text("8")]);
                SAAQ "licence_mentions": List(&[Text("M")]);
                SAAQ "portrait_small": portrait!("accents_small");
            }),
            document!(CARD {
                CARD "health_insurance_number": Text("DAMZ96022914");
                CARD "family_name_birth": Text("D’Amours-Lévêque SPÉCIMEN");
                CARD "given_name": Text("Zoé-Anaïs");
                CARD "birth_date": Text("1996-02-29");
                CARD "sex": Unsigned(9);
                CARD "portrait": portrait!("accents");
                CARD "issue_date": Text("2025-02-03");
                CARD "expiry_date": Text("2033-02-28");
                CARD "issuing_authority": Text("Régie de l’assurance maladie du Québec");
                CARD "issuing_country": Text("CA");
                CARD "issuing_jurisdiction": Text("CA-QC");
            }),
            document!(BIRTH {
                BIRTH "family_name": Text("D’Amours-Lévêque SPÉCIMEN");
                BIRTH "given_names": Text("Zoé-Anaïs");
                BIRTH "sex": Unsigned(9);
                BIRTH "birth_date": Text("1996-02-29");
                BIRTH "birth_time": Text("00:05");
                BIRTH "birth_place": Text("Kuujjuaq");
                BIRTH "registration_number": Text("SPECIMEN-0004");
                BIRTH "parents": List(&[
                    Record(&[
                        ("family_name", Text("D’Amours SPÉCIMEN")),
                        ("given_names", Text("Hélène")),
                    ]),
                    Record(&[
                        ("family_name", Text("Lévêque SPÉCIMEN")),
                        ("given_names", Text("André")),
                    ]),
                ]);
                BIRTH "certificate_number": Text("SPECIMEN-CN-0004");
                BIRTH "issue_date": Text("2025-02-03");
                BIRTH "registration_language": Text("en");
                BIRTH "issuing_authority": Text("Directeur de l’état civil");
                BIRTH "issuing_country": Text("CA");
                BIRTH "issuing_jurisdiction": Text("CA-QC");
            }),
        ],
    },
];
