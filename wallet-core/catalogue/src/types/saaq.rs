use super::rows::{choices, elements};
use super::{ElementType, Namespace, Presence, Shape};

/// What Québec's licence says in its own codes.
pub(super) const NAMESPACE: Namespace = Namespace {
    id: "ca.qc.gouv.saaq.1",
    presence: Presence::Optional,
    elements: elements! {
        Driving {
            optional "licence_type": TYPE, "Type de permis", "Type of licence";
            optional "licence_classes": ElementType::List(&CLASS), "Classes", "Classes";
            optional "licence_conditions": ElementType::List(&CONDITION), "Conditions", "Conditions";
            optional "licence_mentions": ElementType::List(&MENTION), "Mentions", "Endorsements";
        }
        Appearance {
            optional "portrait_small": ElementType::SmallImage, "Petite photo", "Small photo";
        }
    },
};

const TYPE: ElementType = ElementType::TextChoice(choices! {
    "permanent": "Permis de conduire", "Driver’s licence";
    "probationary": "Permis probatoire", "Probationary licence";
    "learner": "Permis d’apprenti conducteur", "Learner’s licence";
});

/// Règlement sur les permis (C-24.2, r. 34).
const CLASS: ElementType = ElementType::TextChoice(choices! {
    "1": "1 (ensemble de véhicules routiers)", "1 (combination of road vehicles)";
    "2": "2 (autobus de plus de 24 passagers)", "2 (bus for more than 24 passengers)";
    "3": "3 (camion)", "3 (truck)";
    "4A": "4A (véhicule d’urgence)", "4A (emergency vehicle)";
    "4B": "4B (petit autobus ou minibus)", "4B (small bus or minibus)";
    "4C": "4C (taxi)", "4C (taxi)";
    "5": "5 (véhicule de promenade)", "5 (passenger vehicle)";
    "6A": "6A (motocyclette)", "6A (motorcycle)";
    "6B": "6B (motocyclette de 400 cm³ ou moins)", "6B (motorcycle of 400 cc or less)";
    "6C": "6C (motocyclette de 125 cm³ ou moins)", "6C (motorcycle of 125 cc or less)";
    "6D": "6D (cyclomoteur)", "6D (moped)";
    "6E": "6E (motocyclette à trois roues)", "6E (three-wheeled motorcycle)";
    "8": "8 (tracteur de ferme)", "8 (farm tractor)";
});

const MENTION: ElementType = ElementType::TextChoice(choices! {
    "F": "F (freinage pneumatique)", "F (air brakes)";
    "M": "M (transmission manuelle)", "M (manual transmission)";
    "T": "T (train routier)", "T (road train)";
});

/// The letters whose meaning is public and settled; another is shown as it is.
const CONDITION: ElementType = ElementType::OpenTextChoice(
    Shape::Exactly("A"),
    choices! {
        "A": "A (lunettes ou lentilles cornéennes)", "A (glasses or contact lenses)";
        "I": "I (antidémarreur éthylométrique)", "I (alcohol ignition interlock)";
        "X": "X (antidémarreur éthylométrique)", "X (alcohol ignition interlock)";
    },
);
