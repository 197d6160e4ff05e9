use super::places::{COUNTRY, JURISDICTION};
use super::rows::{TEXT, choices, elements, fields};
use super::{DocumentType, ElementType, KeyPurposes, Namespace, Presence};
use crate::{ElementId, Label};

/// The European Union's person identification data (PID Rulebook).
pub(super) static TYPE: DocumentType = DocumentType {
    id: "eu.europa.ec.eudi.pid.1",
    aliases: &[],
    label: Label { fr: "Identité numérique européenne", en: "European digital identity" },
    refusable: None,
    signers: KeyPurposes::OPEN,
    number: ElementId { namespace: NAMESPACE.id, id: "document_number" },
    namespaces: &[NAMESPACE],
};

/// ISO/IEC 5218 and four codes of the Rulebook's own.
const SEX: ElementType = ElementType::UnsignedChoice(choices! {
    0: "Non précisé", "Not known";
    1: "M", "M";
    2: "F", "F";
    3: "Autre", "Other";
    4: "Intersexe", "Intersex";
    5: "Divers", "Diverse";
    6: "Ouvert", "Open";
    9: "X", "X";
});

const PLACE: ElementType = fields! {
    Optional "country": COUNTRY, "Pays", "Country";
    Optional "region": TEXT, "Région", "Region";
    Optional "locality": TEXT, "Localité", "Locality";
};

const NAMESPACE: Namespace = Namespace {
    id: "eu.europa.ec.eudi.pid.1",
    presence: Presence::Mandatory,
    elements: elements! {
        Person {
            mandatory "family_name": TEXT, "Nom de famille", "Family name";
            mandatory "given_name": TEXT, "Prénom", "Given name";
            mandatory "birth_date": ElementType::FullDate, "Date de naissance", "Date of birth", born;
            mandatory "birth_place": TEXT, "Lieu de naissance", "Place of birth";
            optional "place_of_birth": PLACE, "Lieu de naissance", "Place of birth";
            optional "birth_country": COUNTRY, "Pays de naissance", "Country of birth";
            optional "birth_state": TEXT, "Région de naissance", "State of birth";
            optional "birth_city": TEXT, "Ville de naissance", "City of birth";
            mandatory "nationality": ElementType::List(&COUNTRY), "Nationalité", "Nationality";
            optional "family_name_birth": TEXT, "Nom de famille à la naissance", "Family name at birth";
            optional "given_name_birth": TEXT, "Prénom à la naissance", "Given name at birth";
            optional "sex": SEX, "Sexe", "Sex";
            optional "email_address": TEXT, "Adresse courriel", "Email address", on_touch;
            optional "mobile_phone_number": TEXT, "Numéro de cellulaire", "Mobile phone number", on_touch;
        }
        Age {
            numbered "age_over_": ElementType::Boolean, "{} ans et plus", "{} or over";
            optional "age_in_years": ElementType::Unsigned, "Âge", "Age";
            optional "age_birth_year": ElementType::Unsigned, "Année de naissance", "Year of birth";
        }
        Appearance {
            optional "portrait": ElementType::Image, "Photo", "Photo";
            optional "portrait_capture_date": ElementType::FullDateOrDateTime, "Date de la photo", "Date of the photo";
        }
        Address {
            optional "resident_address": TEXT, "Adresse", "Address", on_touch;
            optional "resident_street": TEXT, "Rue", "Street", on_touch;
            optional "resident_house_number": TEXT, "Numéro civique", "House number", on_touch;
            optional "resident_city": TEXT, "Ville", "City";
            optional "resident_state": TEXT, "Région", "State";
            optional "resident_postal_code": TEXT, "Code postal", "Postal code";
            optional "resident_country": COUNTRY, "Pays de résidence", "Country of residence";
        }
        Document {
            optional "document_number": TEXT, "Numéro du document", "Document number", on_touch;
            optional "personal_administrative_number": TEXT, "Numéro personnel", "Personal number", on_touch;
            optional "issuance_date": ElementType::FullDateOrDateTime, "Date de délivrance", "Date of issue", issued;
            mandatory "expiry_date": ElementType::FullDateOrDateTime, "Date d’expiration", "Date of expiry", expires;
            mandatory "issuing_authority": TEXT, "Délivrée par", "Issued by";
            mandatory "issuing_country": COUNTRY, "Pays de délivrance", "Country of issue";
            optional "issuing_jurisdiction": JURISDICTION, "Région de délivrance", "Region of issue";
            optional "location_status": TEXT, "Adresse pour vérifier l’état", "Address to check the status";
            optional "trust_anchor": TEXT, "Adresse pour vérifier l’émetteur", "Address to check the issuer";
            optional "attestation_legal_category": TEXT, "Catégorie juridique", "Legal category";
        }
    },
};
