use super::codes::SEX;
use super::places::{COUNTRY, JURISDICTION};
use super::rows::{TEXT, elements};
use super::{DocumentType, ElementType, KeyPurposes, Namespace, Presence};
use crate::{ElementId, Label};

/// ISO/IEC TS 23220-4 Annex C.
pub(super) static TYPE: DocumentType = DocumentType {
    id: "org.iso.23220.photoID.1",
    aliases: &["org.iso.23220.photoid.1"],
    label: Label { fr: "Carte d’identité avec photo", en: "Photo ID" },
    refusable: None,
    signers: KeyPurposes::OPEN,
    number: ElementId { namespace: COMMON.id, id: "document_number" },
    namespaces: &[COMMON, PHOTO_ID, PHOTO_ID_LOWER, TRAVEL],
};

/// ISO/IEC 23220-2.
const COMMON: Namespace = Namespace {
    id: "org.iso.23220.1",
    presence: Presence::Mandatory,
    elements: elements! {
        Person {
            mandatory "family_name_unicode": TEXT, "Nom de famille", "Family name";
            mandatory "given_name_unicode": TEXT, "Prénom", "Given name";
            mandatory "family_name_latin1": TEXT, "Nom de famille (caractères latins)", "Family name (Latin characters)";
            mandatory "given_name_latin1": TEXT, "Prénom (caractères latins)", "Given name (Latin characters)";
            optional "name_at_birth": TEXT, "Nom à la naissance", "Name at birth";
            mandatory "birth_date": ElementType::FullDate, "Date de naissance", "Date of birth", born;
            optional "birthplace": TEXT, "Lieu de naissance", "Place of birth";
            optional "nationality": COUNTRY, "Nationalité", "Nationality";
            optional "sex": SEX, "Sexe", "Sex";
        }
        Age {
            numbered "age_over_": ElementType::Boolean, "{} ans et plus", "{} or over";
            optional "age_in_years": ElementType::Unsigned, "Âge", "Age";
            optional "age_birth_year": ElementType::Unsigned, "Année de naissance", "Year of birth";
        }
        Appearance {
            mandatory "portrait": ElementType::Image, "Photo", "Photo";
            optional "portrait_capture_date": ElementType::FullDateOrDateTime, "Date de la photo", "Date of the photo";
        }
        Address {
            optional "resident_address_unicode": TEXT, "Adresse", "Address", on_touch;
            optional "resident_city_unicode": TEXT, "Ville", "City";
            optional "resident_city_latin1": TEXT, "Ville (caractères latins)", "City (Latin characters)";
            optional "resident_postal_code": TEXT, "Code postal", "Postal code";
            optional "resident_country": COUNTRY, "Pays de résidence", "Country of residence";
        }
        Document {
            mandatory "document_number": TEXT, "Numéro du document", "Document number", on_touch;
            mandatory "issue_date": ElementType::FullDateOrDateTime, "Date de délivrance", "Date of issue", issued;
            mandatory "expiry_date": ElementType::FullDateOrDateTime, "Date d’expiration", "Date of expiry", expires;
            mandatory "issuing_authority_unicode": TEXT, "Délivrée par", "Issued by";
            optional "issuing_authority_latin1": TEXT, "Délivrée par (caractères latins)", "Issued by (Latin characters)";
            mandatory "issuing_country": COUNTRY, "Pays de délivrance", "Country of issue";
            optional "issuing_subdivision": JURISDICTION, "Région de délivrance", "Subdivision of issue";
        }
    },
};

const PHOTO_ID: Namespace = Namespace {
    id: "org.iso.23220.photoID.1",
    presence: Presence::Optional,
    elements: elements! {
        Person {
            optional "person_id": TEXT, "Identifiant de la personne", "Person identifier", on_touch;
            optional "birth_country": COUNTRY, "Pays de naissance", "Country of birth";
            optional "birth_state": TEXT, "Région de naissance", "State of birth";
            optional "birth_city": TEXT, "Ville de naissance", "City of birth";
        }
        Address {
            optional "resident_street": TEXT, "Rue", "Street", on_touch;
            optional "resident_house_number": TEXT, "Numéro civique", "House number", on_touch;
            optional "resident_state": TEXT, "Région", "State";
        }
        Document {
            optional "administrative_number": TEXT, "Numéro administratif", "Administrative number", on_touch;
            optional "travel_document_number": TEXT, "Numéro du document de voyage", "Travel document number", on_touch;
        }
    },
};

/// The other spelling of the wild.
const PHOTO_ID_LOWER: Namespace = Namespace { id: "org.iso.23220.photoid.1", ..PHOTO_ID };

/// The data groups of an electronic travel document (ICAO Doc 9303-10).
const TRAVEL: Namespace = Namespace {
    id: "org.iso.23220.dtc.1",
    presence: Presence::Optional,
    elements: elements! {
        Document {
            optional "dtc_version": TEXT, "Version du document de voyage numérique", "Digital travel credential version";
            optional "dtc_sod": ElementType::Bytes, "Signature du document de voyage", "Travel document signature", on_touch;
            suffixed "dtc_dg": ElementType::Bytes, "Groupe de données {} du document de voyage", "Travel document data group {}", on_touch;
            optional "dg_content_info": ElementType::Bytes, "Contenu du document de voyage", "Travel document contents", on_touch;
        }
    },
};
