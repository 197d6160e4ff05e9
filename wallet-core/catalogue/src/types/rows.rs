//! How the rows of the other files are written.

use super::{Element, ElementType, Exposure, Group, Name, Presence, Shape};
use crate::{Label, Meaning};

/// Elements by group: `mandatory "id": TYPE, "français", "English";`. Marks may follow: `on_touch` hides
/// the value until touched, `expires` and its like say what a date means.
macro_rules! elements {
    ($( $group:ident {
        $( $make:ident $id:literal: $kind:expr, $fr:literal, $en:literal $(, $mark:ident)*; )*
    } )*) => {
        &[$( $(
            $crate::types::rows::$make(
                $id,
                $kind,
                $crate::Group::$group,
                $crate::Label { fr: $fr, en: $en },
            )$(.$mark())*,
        )* )*]
    };
}

/// Fields of a structure: `Mandatory "key": TYPE, "français", "English";`, a last `Begins` or `Lapses`
/// says what a date means.
macro_rules! fields {
    ($( $presence:ident $name:literal: $kind:expr, $fr:literal, $en:literal $(, $meaning:ident)?; )*) => {
        $crate::ElementType::Record(&[$(
            $crate::Field {
                name: $name,
                presence: $crate::Presence::$presence,
                kind: $kind,
                label: $crate::Label { fr: $fr, en: $en },
                meaning: $crate::types::rows::meaning!($($meaning)?),
            },
        )*])
    };
}

/// The mark of a date, where there is one.
macro_rules! meaning {
    () => {
        None
    };
    ($meaning:ident) => {
        Some($crate::Meaning::$meaning)
    };
}

/// A code list: `"code": "français", "English";`.
macro_rules! choices {
    ($( $code:literal: $fr:literal, $en:literal; )*) => {
        &[$( $crate::Choice { code: $code, label: $crate::Label { fr: $fr, en: $en } }, )*]
    };
}

pub(super) use {choices, elements, fields, meaning};

pub(super) const TEXT: ElementType = ElementType::Text(Shape::Free);
pub(super) const LATIN1: ElementType = ElementType::Text(Shape::Latin1);

const fn row(name: Name, kind: ElementType, group: Group, label: Label) -> Element {
    let (presence, exposure) = (Presence::Optional, Exposure::Open);
    Element { name, presence, kind, group, exposure, label, meaning: None }
}

pub(super) const fn mandatory(
    id: &'static str,
    kind: ElementType,
    group: Group,
    label: Label,
) -> Element {
    Element { presence: Presence::Mandatory, ..row(Name::One(id), kind, group, label) }
}

pub(super) const fn optional(
    id: &'static str,
    kind: ElementType,
    group: Group,
    label: Label,
) -> Element {
    row(Name::One(id), kind, group, label)
}

/// A family: `prefix` and two digits.
pub(super) const fn numbered(
    prefix: &'static str,
    kind: ElementType,
    group: Group,
    label: Label,
) -> Element {
    row(Name::Numbered(prefix), kind, group, label)
}

/// A family: `prefix` and more.
pub(super) const fn suffixed(
    prefix: &'static str,
    kind: ElementType,
    group: Group,
    label: Label,
) -> Element {
    row(Name::Suffixed(prefix), kind, group, label)
}

impl Element {
    /// The value is hidden until touched.
    pub(super) const fn on_touch(self) -> Element {
        Element { exposure: Exposure::OnTouch, ..self }
    }

    /// The day on which the document expires.
    pub(super) const fn expires(self) -> Element {
        Element { meaning: Some(Meaning::Expires), ..self }
    }

    /// The day on which it was issued.
    pub(super) const fn issued(self) -> Element {
        Element { meaning: Some(Meaning::Issued), ..self }
    }

    /// The day on which its holder was born.
    pub(super) const fn born(self) -> Element {
        Element { meaning: Some(Meaning::Born), ..self }
    }

    /// The day after which one thing that it permits lapses.
    pub(super) const fn lapses(self) -> Element {
        Element { meaning: Some(Meaning::Lapses), ..self }
    }
}
