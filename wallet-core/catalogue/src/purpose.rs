use crate::Label;

const MDL: &str = "org.iso.18013.5.1.mDL";
const ISO: &str = "org.iso.18013.5.1";
const SAAQ: &str = "ca.qc.gouv.saaq.1";
const CARD: &str = "ca.qc.gouv.ramq.cam.1";
const BIRTH: &str = "ca.qc.gouv.etatcivil.naissance.1";

/// A reason to ask, and the elements that it justifies. Its id is a contract.
#[derive(Debug, Clone, Copy)]
pub struct Purpose {
    /// What the registry of readers and the command line call it.
    pub id: &'static str,
    /// What people call it.
    pub label: Label,
    /// Said of an element that the purpose does not justify: *Pas nécessaire pour …*
    pub not_needed: Label,
    /// The document type asked for.
    pub doc_type: &'static str,
    /// What it needs, and all that it justifies.
    pub needs: &'static [Need],
    /// Who may ask without a warning.
    pub asker: Asker,
}

/// One thing that a purpose needs.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The elements that answer it, the best first: the first that is held is enough.
    pub alternatives: &'static [ElementId],
}

/// An element by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementId {
    /// Its namespace.
    pub namespace: &'static str,
    /// Its identifier there.
    pub id: &'static str,
}

/// Who may ask for a purpose without a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Anyone: a reader that is not registered is shown neutrally, the elements required.
    Anyone,
    /// A reader registered for the purpose; from any other it is red, everything off.
    Registered,
}

impl Purpose {
    /// Whether the purpose justifies asking for this element.
    pub fn covers(&self, doc_type: &str, namespace: &str, id: &str) -> bool {
        let named = |element: &ElementId| element.namespace == namespace && element.id == id;
        self.doc_type == doc_type
            && self.needs.iter().any(|need| need.alternatives.iter().any(named))
    }
}

/// The purpose of this id.
pub fn purpose(id: &str) -> Option<&'static Purpose> {
    PURPOSES.iter().find(|purpose| purpose.id == id)
}

/// Every purpose, in the order offered.
pub fn purposes() -> &'static [Purpose] {
    PURPOSES
}

/// A need a line, its alternatives after `or`.
macro_rules! needs {
    ($( $namespace:ident $id:literal $( or $other:ident $other_id:literal )*; )*) => {
        &[$( Need { alternatives: &[
            ElementId { namespace: $namespace, id: $id },
            $( ElementId { namespace: $other, id: $other_id }, )*
        ] }, )*]
    };
}

static PURPOSES: &[Purpose] = &[
    Purpose {
        id: "age-18",
        label: Label { fr: "18 ans et plus", en: "18 and over" },
        not_needed: Label {
            fr: "Pas nécessaire pour prouver que vous avez 18 ans ou plus.",
            en: "Not needed to prove that you are 18 or over.",
        },
        doc_type: MDL,
        needs: needs! {
            SAAQ "portrait_small" or ISO "portrait";
            ISO "age_over_18";
        },
        asker: Asker::Anyone,
    },
    Purpose {
        id: "age-21",
        label: Label { fr: "21 ans et plus (cannabis)", en: "21 and over (cannabis)" },
        not_needed: Label {
            fr: "Pas nécessaire pour prouver que vous avez 21 ans ou plus.",
            en: "Not needed to prove that you are 21 or over.",
        },
        doc_type: MDL,
        needs: needs! {
            SAAQ "portrait_small" or ISO "portrait";
            ISO "age_over_21";
        },
        asker: Asker::Anyone,
    },
    Purpose {
        id: "age-65",
        label: Label { fr: "65 ans et plus", en: "65 and over" },
        not_needed: Label {
            fr: "Pas nécessaire pour prouver que vous avez 65 ans ou plus.",
            en: "Not needed to prove that you are 65 or over.",
        },
        doc_type: MDL,
        needs: needs! {
            SAAQ "portrait_small" or ISO "portrait";
            ISO "age_over_65";
        },
        asker: Asker::Anyone,
    },
    Purpose {
        id: "pharmacy",
        label: Label { fr: "Pharmacie", en: "Pharmacy" },
        not_needed: Label {
            fr: "Pas nécessaire pour obtenir vos médicaments.",
            en: "Not needed to get your medication.",
        },
        doc_type: CARD,
        needs: needs! {
            CARD "health_insurance_number";
            CARD "family_name_birth";
            CARD "given_name";
            CARD "family_name_spouse";
            CARD "birth_date";
            CARD "expiry_date";
        },
        asker: Asker::Registered,
    },
    Purpose {
        id: "care",
        label: Label { fr: "Clinique ou hôpital", en: "Clinic or hospital" },
        not_needed: Label {
            fr: "Pas nécessaire pour recevoir des soins.",
            en: "Not needed to receive care.",
        },
        doc_type: CARD,
        needs: needs! {
            CARD "health_insurance_number";
            CARD "family_name_birth";
            CARD "given_name";
            CARD "family_name_spouse";
            CARD "birth_date";
            CARD "sex";
            CARD "expiry_date";
        },
        asker: Asker::Registered,
    },
    Purpose {
        id: "traffic-stop",
        label: Label { fr: "Interception policière", en: "Traffic stop" },
        not_needed: Label {
            fr: "Pas nécessaire pour une interception policière.",
            en: "Not needed for a traffic stop.",
        },
        doc_type: MDL,
        needs: needs! {
            ISO "family_name";
            ISO "given_name";
            ISO "birth_date";
            ISO "portrait" or SAAQ "portrait_small";
            SAAQ "licence_classes" or ISO "driving_privileges";
            SAAQ "licence_conditions";
            ISO "document_number";
            ISO "issue_date";
            ISO "expiry_date";
        },
        asker: Asker::Registered,
    },
    Purpose {
        id: "identity",
        label: Label { fr: "Identité", en: "Identity" },
        not_needed: Label {
            fr: "Pas nécessaire pour prouver votre identité.",
            en: "Not needed to prove your identity.",
        },
        doc_type: MDL,
        needs: needs! {
            ISO "family_name";
            ISO "given_name";
            ISO "birth_date";
            ISO "portrait" or SAAQ "portrait_small";
        },
        asker: Asker::Registered,
    },
    Purpose {
        id: "school-enrolment",
        label: Label { fr: "Inscription à l’école", en: "School enrolment" },
        not_needed: Label {
            fr: "Pas nécessaire pour une inscription à l’école.",
            en: "Not needed for a school enrolment.",
        },
        doc_type: BIRTH,
        needs: needs! {
            BIRTH "family_name";
            BIRTH "given_names";
            BIRTH "birth_date";
            BIRTH "parents";
        },
        asker: Asker::Registered,
    },
    Purpose {
        id: "filiation",
        label: Label { fr: "Lien de parenté", en: "Family relationship" },
        not_needed: Label {
            fr: "Pas nécessaire pour prouver un lien de parenté.",
            en: "Not needed to prove a family relationship.",
        },
        doc_type: BIRTH,
        needs: needs! {
            BIRTH "family_name";
            BIRTH "given_names";
            BIRTH "parents";
        },
        asker: Asker::Registered,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::document_type;

    #[test]
    fn ids_are_a_contract() {
        let ids: Vec<&str> = purposes().iter().map(|purpose| purpose.id).collect();
        assert_eq!(
            ids,
            [
                "age-18",
                "age-21",
                "age-65",
                "pharmacy",
                "care",
                "traffic-stop",
                "identity",
                "school-enrolment",
                "filiation",
            ]
        );
        assert!(ids.iter().all(|id| purpose(id).is_some()));
        assert!(purpose("age-19").is_none());
    }

    #[test]
    fn needs_are_elements_of_the_document() {
        for purpose in purposes() {
            let doc_type = document_type(purpose.doc_type).unwrap();
            let mut seen = HashSet::new();
            for element in purpose.needs.iter().flat_map(|need| need.alternatives) {
                assert!(doc_type.element(element.namespace, element.id).is_some(), "{element:?}");
                assert!(seen.insert((element.namespace, element.id)), "{element:?} twice");
            }
        }
    }

    #[test]
    fn a_purpose_covers_its_needs_and_nothing_else() {
        let age = purpose("age-18").unwrap();
        assert!(age.covers(MDL, SAAQ, "portrait_small"));
        assert!(age.covers(MDL, ISO, "portrait"));
        assert!(age.covers(MDL, ISO, "age_over_18"));
        for id in ["age_over_21", "birth_date", "family_name", "document_number"] {
            assert!(!age.covers(MDL, ISO, id), "{id}");
        }
        assert!(!age.covers(MDL, SAAQ, "portrait"));
        assert!(!age.covers(CARD, ISO, "portrait"));
    }

    #[test]
    fn only_ages_may_be_asked_by_anyone() {
        for purpose in purposes() {
            assert_eq!(purpose.asker == Asker::Anyone, purpose.id.starts_with("age-"));
        }
    }
}
