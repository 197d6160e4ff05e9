use super::rows::{choices, elements};
use super::{ElementType, Namespace, Presence};

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

/// The letters whose meaning is public and settled are spelled out; the SAAQ explains the others.
const CONDITION: ElementType = ElementType::TextChoice(choices! {
    "A": "A (lunettes ou lentilles cornéennes)", "A (glasses or contact lenses)";
    "B": "B (voir la SAAQ)", "B (see the SAAQ)";
    "C": "C (voir la SAAQ)", "C (see the SAAQ)";
    "D": "D (voir la SAAQ)", "D (see the SAAQ)";
    "E": "E (voir la SAAQ)", "E (see the SAAQ)";
    "F": "F (voir la SAAQ)", "F (see the SAAQ)";
    "G": "G (voir la SAAQ)", "G (see the SAAQ)";
    "H": "H (voir la SAAQ)", "H (see the SAAQ)";
    "I": "I (antidémarreur éthylométrique)", "I (alcohol ignition interlock)";
    "J": "J (voir la SAAQ)", "J (see the SAAQ)";
    "K": "K (voir la SAAQ)", "K (see the SAAQ)";
    "L": "L (voir la SAAQ)", "L (see the SAAQ)";
    "M": "M (voir la SAAQ)", "M (see the SAAQ)";
    "N": "N (voir la SAAQ)", "N (see the SAAQ)";
    "O": "O (voir la SAAQ)", "O (see the SAAQ)";
    "P": "P (voir la SAAQ)", "P (see the SAAQ)";
    "Q": "Q (voir la SAAQ)", "Q (see the SAAQ)";
    "R": "R (voir la SAAQ)", "R (see the SAAQ)";
    "S": "S (voir la SAAQ)", "S (see the SAAQ)";
    "T": "T (voir la SAAQ)", "T (see the SAAQ)";
    "U": "U (voir la SAAQ)", "U (see the SAAQ)";
    "V": "V (voir la SAAQ)", "V (see the SAAQ)";
    "W": "W (voir la SAAQ)", "W (see the SAAQ)";
    "X": "X (antidémarreur éthylométrique)", "X (alcohol ignition interlock)";
    "Y": "Y (voir la SAAQ)", "Y (see the SAAQ)";
    "Z": "Z (voir la SAAQ)", "Z (see the SAAQ)";
});
