use super::codes::{REGISTRATION_LANGUAGE, SEX};
use super::places::{COUNTRY, JURISDICTION};
use super::rows::{TEXT, elements, fields};
use super::{DocumentType, ElementType, KeyPurposes, Namespace, Presence};
use crate::{ElementId, Label};

pub(super) static TYPE: DocumentType = DocumentType {
    id: "ca.qc.gouv.etatcivil.naissance.1",
    aliases: &[],
    label: Label { fr: "Certificat de naissance", en: "Birth certificate" },
    refusable: None,
    signers: KeyPurposes::QUEBEC,
    number: ElementId { namespace: NAMESPACE.id, id: "certificate_number" },
    namespaces: &[NAMESPACE],
};

const PARENTS: ElementType = ElementType::List(&fields! {
    Mandatory "family_name": TEXT, "Nom de famille", "Family name";
    Mandatory "given_names": TEXT, "Prénoms", "Given names";
});

/// Written in the language of registration; the numbers are opaque.
const NAMESPACE: Namespace = Namespace {
    id: "ca.qc.gouv.etatcivil.naissance.1",
    presence: Presence::Mandatory,
    elements: elements! {
        Person {
            mandatory "family_name": TEXT, "Nom de famille", "Family name";
            mandatory "given_names": TEXT, "Prénoms", "Given names";
            mandatory "sex": SEX, "Sexe", "Sex";
            mandatory "birth_date": ElementType::FullDate, "Date de naissance", "Date of birth", born;
            optional "birth_time": ElementType::Time, "Heure de naissance", "Time of birth";
            mandatory "birth_place": TEXT, "Lieu de naissance", "Place of birth";
        }
        Parents {
            optional "parents": PARENTS, "Parents", "Parents";
        }
        Document {
            mandatory "registration_number": TEXT, "Numéro d’inscription", "Registration number", on_touch;
            mandatory "certificate_number": TEXT, "Numéro du certificat", "Certificate number", on_touch;
            mandatory "registration_language": REGISTRATION_LANGUAGE, "Langue d’inscription", "Language of registration";
            mandatory "issue_date": ElementType::FullDate, "Date de délivrance", "Date of issue", issued;
            mandatory "issuing_authority": TEXT, "Délivré par", "Issued by";
            mandatory "issuing_country": COUNTRY, "Pays de délivrance", "Country of issue";
            mandatory "issuing_jurisdiction": JURISDICTION, "Province ou territoire de délivrance", "Province or territory of issue";
        }
    },
};
