use super::places::{COUNTRY, DISTINGUISHING_SIGN, JURISDICTION};
use super::rows::{TEXT, elements, fields};
use super::{DocumentType, ElementType, KeyPurposes, Namespace, Presence};
use crate::{ElementId, Label};

/// ISO 7367, the mobile vehicle registration certificate, a draft: shown by what is known of it.
pub(super) static TYPE: DocumentType = DocumentType {
    id: "org.iso.7367.1.mVRC",
    aliases: &["org.iso.7367.1.mVC"],
    label: Label { fr: "Certificat d’immatriculation", en: "Vehicle registration certificate" },
    refusable: None,
    signers: KeyPurposes::OPEN,
    number: ElementId { namespace: VEHICLE.id, id: "registration_number" },
    namespaces: &[VEHICLE, COMMON],
};

/// ISO/IEC 23220-2.
const COMMON: Namespace = Namespace {
    id: "org.iso.23220.1",
    presence: Presence::Optional,
    elements: elements! {
        Document {
            optional "document_number": TEXT, "Numéro du document", "Document number", on_touch;
            optional "issue_date": ElementType::FullDateOrDateTime, "Date de délivrance", "Date of issue", issued;
            optional "expiry_date": ElementType::FullDateOrDateTime, "Date d’expiration", "Date of expiry", expires;
            optional "issuing_authority_unicode": TEXT, "Délivré par", "Issued by";
            optional "issuing_authority_latin1": TEXT, "Délivré par (caractères latins)", "Issued by (Latin characters)";
            optional "issuing_country": COUNTRY, "Pays de délivrance", "Country of issue";
            optional "issuing_jurisdiction": JURISDICTION, "Région de délivrance", "Region of issue";
        }
    },
};

const VEHICLE: Namespace = Namespace {
    id: "org.iso.7367.1",
    presence: Presence::Mandatory,
    elements: elements! {
        Vehicle {
            mandatory "registration_number": TEXT, "Numéro d’immatriculation", "Registration number";
            optional "registration_number_type": TEXT, "Type d’immatriculation", "Type of registration";
            optional "register_number": TEXT, "Numéro au registre", "Register number";
            mandatory "date_of_registration": ElementType::FullDateOrDateTime, "Date d’immatriculation", "Date of registration", issued;
            optional "date_of_first_registration": ElementType::FullDateOrDateTime, "Date de première immatriculation", "Date of first registration", issued;
            optional "year_of_manufacturing": ElementType::Any, "Année de fabrication", "Year of manufacture";
            optional "approval_date_technical_inspection": ElementType::FullDateOrDateTime, "Dernière inspection", "Last inspection";
            optional "expiry_date_technical_inspection": ElementType::FullDateOrDateTime, "Prochaine inspection", "Next inspection", lapses;
            mandatory "vehicle_identification_number": TEXT, "Numéro d’identification du véhicule", "Vehicle identification number", on_touch;
            mandatory "basic_vehicle_info": BASIC, "Véhicule", "Vehicle";
            optional "mass_info": MASS, "Masses", "Masses";
            optional "trailer_mass_info": ElementType::Any, "Masses de la remorque", "Trailer masses";
            optional "engine_info": ENGINE, "Moteur", "Engine";
            optional "seating_info": ElementType::Any, "Places", "Seating";
        }
        Person {
            optional "vehicle_holder": ElementType::List(&HOLDER), "Titulaire", "Holder", on_touch;
            optional "registered_user": ElementType::Any, "Utilisateur inscrit", "Registered user", on_touch;
            optional "registered_owner": ElementType::Any, "Propriétaire inscrit", "Registered owner", on_touch;
        }
        Document {
            optional "issuing_jurisdiction": JURISDICTION, "Région de délivrance", "Region of issue";
            mandatory "un_distinguishing_sign": DISTINGUISHING_SIGN, "Signe distinctif du pays", "Distinguishing sign of the country";
        }
    },
};

const HOLDER: ElementType = fields! {
    Optional "family_name_unicode": TEXT, "Nom de famille", "Family name";
    Optional "given_name_unicode": TEXT, "Prénom", "Given name";
    Optional "resident_address": TEXT, "Adresse", "Address";
    Optional "resident_city": TEXT, "Ville", "City";
    Optional "resident_postal_code": TEXT, "Code postal", "Postal code";
    Optional "resident_country": COUNTRY, "Pays de résidence", "Country of residence";
};

const BASIC: ElementType = fields! {
    Optional "make": TEXT, "Marque", "Make";
    Optional "commercial_name": TEXT, "Modèle", "Model";
    Optional "vehicle_category_code": TEXT, "Catégorie", "Category";
    Optional "type_approval_number": TEXT, "Numéro d’homologation", "Type approval number";
    Optional "colours": ElementType::Any, "Couleurs", "Colours";
};

const MASS: ElementType = fields! {
    Optional "unit": TEXT, "Unité", "Unit";
    Optional "techn_perm_max_laden_mass": ElementType::Unsigned, "Masse maximale en charge", "Maximum laden mass";
    Optional "vehicle_max_mass": ElementType::Unsigned, "Masse maximale du véhicule", "Maximum mass of the vehicle";
    Optional "whole_vehicle_max_mass": ElementType::Unsigned, "Masse maximale de l’ensemble", "Maximum mass of the combination";
    Optional "mass_in_running_order": ElementType::Unsigned, "Masse en ordre de marche", "Mass in running order";
};

const ENGINE: ElementType = fields! {
    Optional "engine_capacity": ElementType::Unsigned, "Cylindrée", "Capacity";
    Optional "engine_power": ElementType::Unsigned, "Puissance", "Power";
    Optional "energy_source": TEXT, "Énergie", "Energy source";
};
