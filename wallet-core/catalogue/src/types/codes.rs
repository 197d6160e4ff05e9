//! Code lists that more than one document type uses.

use super::rows::choices;
use super::{ElementType, Shape};

/// ISO/IEC 5218; 9 is X on Québec's cards since 2024.
pub(super) const SEX: ElementType = ElementType::UnsignedChoice(choices! {
    0: "Non précisé", "Not known";
    1: "M", "M";
    2: "F", "F";
    9: "X", "X";
});

/// ISO 18013-5 §7.2.1, `eye_colour`.
pub(super) const EYE_COLOUR: ElementType = ElementType::TextChoice(choices! {
    "black": "Noirs", "Black";
    "blue": "Bleus", "Blue";
    "brown": "Bruns", "Brown";
    "dichromatic": "Vairons", "Dichromatic";
    "grey": "Gris", "Grey";
    "green": "Verts", "Green";
    "hazel": "Noisette", "Hazel";
    "maroon": "Bordeaux", "Maroon";
    "pink": "Roses", "Pink";
    "unknown": "Non précisée", "Unknown";
});

/// ISO 18013-5 §7.2.1, `hair_colour`.
pub(super) const HAIR_COLOUR: ElementType = ElementType::TextChoice(choices! {
    "bald": "Chauve", "Bald";
    "black": "Noirs", "Black";
    "blond": "Blonds", "Blond";
    "brown": "Bruns", "Brown";
    "grey": "Gris", "Grey";
    "red": "Roux", "Red";
    "auburn": "Auburn", "Auburn";
    "sandy": "Blond sable", "Sandy";
    "white": "Blancs", "White";
    "unknown": "Non précisée", "Unknown";
});

/// ISO/IEC 18013-1 Annex B; issuers add categories of their own.
pub(super) const VEHICLE_CATEGORY: ElementType = ElementType::OpenTextChoice(
    Shape::Free,
    choices! {
        "AM": "AM (cyclomoteurs)", "AM (mopeds)";
        "A1": "A1 (motocyclettes légères)", "A1 (light motorcycles)";
        "A2": "A2 (motocyclettes moyennes)", "A2 (medium motorcycles)";
        "A": "A (motocyclettes)", "A (motorcycles)";
        "B1": "B1 (véhicules légers à trois ou quatre roues)", "B1 (light three- or four-wheeled vehicles)";
        "B": "B (automobiles)", "B (cars)";
        "BE": "BE (automobiles avec remorque)", "BE (cars with a trailer)";
        "C1": "C1 (camions moyens)", "C1 (medium trucks)";
        "C1E": "C1E (camions moyens avec remorque)", "C1E (medium trucks with a trailer)";
        "C": "C (camions)", "C (trucks)";
        "CE": "CE (camions avec remorque)", "CE (trucks with a trailer)";
        "D1": "D1 (minibus)", "D1 (minibuses)";
        "D1E": "D1E (minibus avec remorque)", "D1E (minibuses with a trailer)";
        "D": "D (autobus)", "D (buses)";
        "DE": "DE (autobus avec remorque)", "DE (buses with a trailer)";
    },
);

/// Languages in which the Directeur de l’état civil registers.
pub(super) const REGISTRATION_LANGUAGE: ElementType = ElementType::TextChoice(choices! {
    "fr": "Français", "French";
    "en": "Anglais", "English";
});

/// Suffixes of a name, as AAMVA writes them.
pub(super) const NAME_SUFFIX: ElementType = ElementType::TextChoice(choices! {
    "JR": "fils", "Jr.";
    "SR": "père", "Sr.";
    "1ST": "1er", "1st";
    "2ND": "2e", "2nd";
    "3RD": "3e", "3rd";
    "4TH": "4e", "4th";
    "5TH": "5e", "5th";
    "6TH": "6e", "6th";
    "7TH": "7e", "7th";
    "8TH": "8e", "8th";
    "9TH": "9e", "9th";
    "I": "I", "I";
    "II": "II", "II";
    "III": "III", "III";
    "IV": "IV", "IV";
    "V": "V", "V";
    "VI": "VI", "VI";
    "VII": "VII", "VII";
    "VIII": "VIII", "VIII";
    "IX": "IX", "IX";
});

/// Whether a name was cut, as AAMVA writes it.
pub(super) const TRUNCATION: ElementType = ElementType::TextChoice(choices! {
    "T": "Tronqué", "Truncated";
    "N": "Complet", "Not truncated";
    "U": "Non précisé", "Unknown";
});

/// What AAMVA writes as 1 or leaves out.
pub(super) const PRESENT: ElementType = ElementType::UnsignedChoice(choices! {
    1: "Oui", "Yes";
});
