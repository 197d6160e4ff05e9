use super::codes::SEX;
use super::places::{COUNTRY, JURISDICTION};
use super::rows::{TEXT, elements};
use super::{DocumentType, ElementType, KeyPurposes, Namespace, Presence, Shape};
use crate::{ElementId, Label};

pub(super) static TYPE: DocumentType = DocumentType {
    id: "ca.qc.gouv.ramq.cam.1",
    aliases: &[],
    label: Label { fr: "Carte d’assurance maladie", en: "Health insurance card" },
    refusable: Some(Label {
        fr: "La carte d’assurance maladie ne peut être exigée que pour des services de santé assurés\u{a0}: vous pouvez refuser.",
        en: "The health insurance card may be required only for insured health services: you may refuse.",
    }),
    signers: KeyPurposes::QUEBEC,
    number: ElementId { namespace: NAMESPACE.id, id: "health_insurance_number" },
    namespaces: &[NAMESPACE],
};

/// No portrait nor signature under 14, and by default at 75 and over.
const NAMESPACE: Namespace = Namespace {
    id: "ca.qc.gouv.ramq.cam.1",
    presence: Presence::Mandatory,
    elements: elements! {
        Person {
            mandatory "health_insurance_number": ElementType::Text(Shape::Nam), "Numéro d’assurance maladie", "Health insurance number", on_touch;
            mandatory "family_name_birth": TEXT, "Nom de famille à la naissance", "Family name at birth";
            mandatory "given_name": TEXT, "Prénom usuel", "Usual given name";
            optional "family_name_spouse": TEXT, "Nom de famille du conjoint ou de la conjointe", "Spouse’s family name";
            mandatory "birth_date": ElementType::FullDate, "Date de naissance", "Date of birth", born;
            mandatory "sex": SEX, "Sexe", "Sex";
        }
        Appearance {
            optional "portrait": ElementType::Image, "Photo", "Photo";
            optional "signature_usual_mark": ElementType::Image, "Signature", "Signature", on_touch;
        }
        Document {
            optional "issue_date": ElementType::FullDate, "Date de délivrance", "Date of issue", issued;
            mandatory "expiry_date": ElementType::FullDate, "Date d’expiration", "Date of expiry", expires;
            mandatory "issuing_authority": TEXT, "Délivrée par", "Issued by";
            mandatory "issuing_country": COUNTRY, "Pays de délivrance", "Country of issue";
            mandatory "issuing_jurisdiction": JURISDICTION, "Province ou territoire de délivrance", "Province or territory of issue";
        }
    },
};
