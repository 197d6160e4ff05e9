use super::codes::{EYE_COLOUR, HAIR_COLOUR, SEX, VEHICLE_CATEGORY};
use super::places::{COUNTRY, DISTINGUISHING_SIGN, JURISDICTION};
use super::rows::{LATIN1, TEXT, elements, fields};
use super::{DocumentType, ElementType, KeyPurposes, Namespace, Presence, Shape, aamva, saaq};
use crate::{ElementId, Label};

pub(super) static TYPE: DocumentType = DocumentType {
    id: "org.iso.18013.5.1.mDL",
    aliases: &[],
    label: Label { fr: "Permis de conduire", en: "Driver’s licence" },
    refusable: None,
    signers: KeyPurposes::LICENCE,
    number: ElementId { namespace: ISO.id, id: "document_number" },
    namespaces: &[ISO, saaq::NAMESPACE, aamva::NAMESPACE],
};

/// A licence number of Québec is a letter and twelve digits, printed `L1531-171274-08`.
const LICENCE_NUMBER: ElementType = ElementType::Text(Shape::Grouped("A9999-999999-99"));

/// ISO 18013-5 §7.2.4, `DrivingPrivileges = [* DrivingPrivilege]`.
const DRIVING_PRIVILEGES: ElementType = ElementType::List(&fields! {
    Mandatory "vehicle_category_code": VEHICLE_CATEGORY, "Catégorie", "Category";
    Optional "issue_date": ElementType::FullDate, "Depuis le", "Since", Begins;
    Optional "expiry_date": ElementType::FullDate, "Jusqu’au", "Until", Lapses;
    Optional "codes": ElementType::List(&CODE), "Conditions", "Conditions";
});

const CODE: ElementType = fields! {
    Mandatory "code": TEXT, "Code", "Code";
    Optional "sign": TEXT, "Signe", "Sign";
    Optional "value": TEXT, "Valeur", "Value";
};

/// ISO 18013-5 §7.2.1, Table 5. Some issuers write `portrait_capture_date` as a full-date: it is read
/// with a warning, and never written so.
const ISO: Namespace = Namespace {
    id: "org.iso.18013.5.1",
    presence: Presence::Mandatory,
    elements: elements! {
        Person {
            mandatory "family_name": LATIN1, "Nom de famille", "Family name";
            mandatory "given_name": LATIN1, "Prénom", "Given name";
            optional "family_name_national_character": TEXT, "Nom de famille (graphie d’origine)", "Family name (original spelling)";
            optional "given_name_national_character": TEXT, "Prénom (graphie d’origine)", "Given name (original spelling)";
            mandatory "birth_date": ElementType::FullDate, "Date de naissance", "Date of birth", born;
            optional "birth_place": LATIN1, "Lieu de naissance", "Place of birth";
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
            optional "portrait_capture_date": ElementType::DateTime, "Date de la photo", "Date of the photo";
            optional "height": ElementType::Unsigned, "Taille (cm)", "Height (cm)";
            optional "weight": ElementType::Unsigned, "Poids (kg)", "Weight (kg)";
            optional "eye_colour": EYE_COLOUR, "Couleur des yeux", "Eye colour";
            optional "hair_colour": HAIR_COLOUR, "Couleur des cheveux", "Hair colour";
            optional "signature_usual_mark": ElementType::Image, "Signature", "Signature", on_touch;
            optional "biometric_template_face": ElementType::Bytes, "Gabarit biométrique du visage", "Biometric template of the face", on_touch;
            optional "biometric_template_finger": ElementType::Bytes, "Gabarit biométrique des empreintes digitales", "Biometric template of the fingerprints", on_touch;
            optional "biometric_template_signature_sign": ElementType::Bytes, "Gabarit biométrique de la signature", "Biometric template of the signature", on_touch;
            optional "biometric_template_iris": ElementType::Bytes, "Gabarit biométrique de l’iris", "Biometric template of the iris", on_touch;
            suffixed "biometric_template_": ElementType::Bytes, "Gabarit biométrique ({})", "Biometric template ({})", on_touch;
        }
        Address {
            optional "resident_address": LATIN1, "Adresse", "Address", on_touch;
            optional "resident_city": LATIN1, "Ville", "City";
            optional "resident_state": LATIN1, "Province ou État", "Province or state";
            optional "resident_postal_code": LATIN1, "Code postal", "Postal code";
            optional "resident_country": COUNTRY, "Pays de résidence", "Country of residence";
        }
        Driving {
            mandatory "driving_privileges": DRIVING_PRIVILEGES, "Catégories de véhicules", "Vehicle categories";
        }
        Document {
            mandatory "document_number": LICENCE_NUMBER, "Numéro de permis", "Licence number", on_touch;
            optional "administrative_number": LATIN1, "Numéro administratif", "Administrative number", on_touch;
            mandatory "issue_date": ElementType::FullDateOrDateTime, "Date de délivrance", "Date of issue", issued;
            mandatory "expiry_date": ElementType::FullDateOrDateTime, "Date d’expiration", "Date of expiry", expires;
            mandatory "issuing_authority": LATIN1, "Délivré par", "Issued by";
            mandatory "issuing_country": COUNTRY, "Pays de délivrance", "Country of issue";
            optional "issuing_jurisdiction": JURISDICTION, "Province ou territoire de délivrance", "Province or territory of issue";
            mandatory "un_distinguishing_sign": DISTINGUISHING_SIGN, "Signe distinctif du pays", "Distinguishing sign of the country";
        }
    },
};
