use super::codes::{NAME_SUFFIX, PRESENT, SEX, TRUNCATION};
use super::rows::{LATIN1, TEXT, choices, elements, fields};
use super::{ElementType, Namespace, Presence, Shape};

/// AAMVA mDL Implementation Guidelines 1.2, Table 1: licences of North America.
pub(super) const NAMESPACE: Namespace = Namespace {
    id: "org.iso.18013.5.1.aamva",
    presence: Presence::Optional,
    elements: elements! {
        Person {
            optional "name_suffix": NAME_SUFFIX, "Suffixe du nom", "Name suffix";
            mandatory "family_name_truncation": TRUNCATION, "Nom de famille tronqué ou complet", "Family name truncated or not";
            mandatory "given_name_truncation": TRUNCATION, "Prénom tronqué ou complet", "Given name truncated or not";
            optional "aka_family_name": LATIN1, "Autre nom de famille", "Other family name";
            optional "aka_family_name.v2": LATIN1, "Autre nom de famille", "Other family name";
            optional "aka_given_name": LATIN1, "Autre prénom", "Other given name";
            optional "aka_given_name.v2": LATIN1, "Autre prénom", "Other given name";
            optional "aka_suffix": NAME_SUFFIX, "Suffixe de l’autre nom", "Suffix of the other name";
            mandatory "sex": SEX, "Sexe", "Sex";
            optional "race_ethnicity": RACE_ETHNICITY, "Origine ethnique", "Race or ethnicity", on_touch;
            optional "organ_donor": PRESENT, "Don d’organes", "Organ donor", on_touch;
            optional "veteran": PRESENT, "Vétéran", "Veteran", on_touch;
        }
        Appearance {
            optional "weight_range": WEIGHT_RANGE, "Poids", "Weight";
        }
        Address {
            optional "resident_county": ElementType::Text(Shape::Exactly("999")), "Comté de résidence", "County of residence";
        }
        Driving {
            optional "domestic_driving_privileges": DOMESTIC_DRIVING_PRIVILEGES, "Classes, conditions et mentions", "Classes, restrictions and endorsements";
            optional "CDL_indicator": PRESENT, "Permis commercial", "Commercial licence";
            optional "CDL_non_domiciled": PRESENT, "Permis commercial de non-résident", "Non-domiciled commercial licence";
            optional "hazmat_endorsement_expiration_date": ElementType::FullDate, "Fin de l’autorisation pour les matières dangereuses", "End of the hazardous materials endorsement", lapses;
        }
        Document {
            optional "EDL_credential": EDL_CREDENTIAL, "Permis Plus ou carte Plus", "Enhanced document";
            optional "DHS_compliance": COMPLIANCE, "Conformité REAL ID", "REAL ID compliance";
            optional "DHS_compliance_text": TEXT, "Précision sur la conformité REAL ID", "REAL ID compliance text";
            optional "DHS_temporary_lawful_status": PRESENT, "Document de durée limitée", "Limited-term document", on_touch;
            optional "audit_information": TEXT, "Renseignement de contrôle", "Audit information", on_touch;
            mandatory "aamva_version": ElementType::Unsigned, "Version des éléments AAMVA", "AAMVA version number";
        }
    },
};

const DOMESTIC_DRIVING_PRIVILEGES: ElementType = ElementType::List(&fields! {
    Optional "domestic_vehicle_class": CLASS, "Classe", "Class";
    Optional "domestic_vehicle_restrictions": ElementType::List(&RESTRICTION), "Conditions", "Restrictions";
    Optional "domestic_vehicle_endorsements": ElementType::List(&ENDORSEMENT), "Mentions", "Endorsements";
});

const CLASS: ElementType = fields! {
    Mandatory "domestic_vehicle_class_code": TEXT, "Code", "Code";
    Mandatory "domestic_vehicle_class_description": TEXT, "Description", "Description";
    Optional "issue_date": ElementType::FullDate, "Depuis le", "Since", Begins;
    Optional "expiry_date": ElementType::FullDate, "Jusqu’au", "Until", Lapses;
};

const RESTRICTION: ElementType = fields! {
    Optional "domestic_vehicle_restriction_code": TEXT, "Code", "Code";
    Mandatory "domestic_vehicle_restriction_description": TEXT, "Description", "Description";
};

const ENDORSEMENT: ElementType = fields! {
    Optional "domestic_vehicle_endorsement_code": TEXT, "Code", "Code";
    Mandatory "domestic_vehicle_endorsement_description": TEXT, "Description", "Description";
};

const RACE_ETHNICITY: ElementType = ElementType::TextChoice(choices! {
    "AI": "Autochtone d’Amérique", "Alaskan or American Indian";
    "AP": "Asie ou îles du Pacifique", "Asian or Pacific Islander";
    "BK": "Noire", "Black";
    "H": "Hispanique", "Hispanic origin";
    "O": "Non hispanique", "Non-Hispanic";
    "U": "Non précisée", "Unknown";
    "W": "Blanche", "White";
});

const WEIGHT_RANGE: ElementType = ElementType::UnsignedChoice(choices! {
    0: "Jusqu’à 31 kg", "Up to 31 kg";
    1: "De 32 à 45 kg", "32 to 45 kg";
    2: "De 46 à 59 kg", "46 to 59 kg";
    3: "De 60 à 70 kg", "60 to 70 kg";
    4: "De 71 à 86 kg", "71 to 86 kg";
    5: "De 87 à 100 kg", "87 to 100 kg";
    6: "De 101 à 113 kg", "101 to 113 kg";
    7: "De 114 à 127 kg", "114 to 127 kg";
    8: "De 128 à 145 kg", "128 to 145 kg";
    9: "146 kg et plus", "146 kg and over";
});

const EDL_CREDENTIAL: ElementType = ElementType::UnsignedChoice(choices! {
    1: "Permis de conduire Plus", "Enhanced driver’s licence";
    2: "Carte d’identité Plus", "Enhanced identification card";
});

const COMPLIANCE: ElementType = ElementType::TextChoice(choices! {
    "F": "Conforme", "Fully compliant";
    "N": "Non conforme", "Non-compliant";
});
