//! How the rows of the other files are written.

use super::{Element, ElementType, Exposure, Group, Name, Presence, Shape};
use crate::Label;

/// Elements by group: `mandatory "id": TYPE, "français", "English";`, a last `on_touch` hides the
/// value until touched.
macro_rules! elements {
    ($( $group:ident {
        $( $make:ident $id:literal: $kind:expr, $fr:literal, $en:literal $(, $on_touch:ident)?; )*
    } )*) => {
        &[$( $(
            $crate::types::rows::$make(
                $id,
                $kind,
                $crate::Group::$group,
                $crate::Label { fr: $fr, en: $en },
            )$(.$on_touch())?,
        )* )*]
    };
}

/// Fields of a structure: `Mandatory "key": TYPE, "français", "English";`.
macro_rules! fields {
    ($( $presence:ident $name:literal: $kind:expr, $fr:literal, $en:literal; )*) => {
        $crate::ElementType::Record(&[$(
            $crate::Field {
                name: $name,
                presence: $crate::Presence::$presence,
                kind: $kind,
                label: $crate::Label { fr: $fr, en: $en },
            },
        )*])
    };
}

/// A code list: `"code": "français", "English";`.
macro_rules! choices {
    ($( $code:literal: $fr:literal, $en:literal; )*) => {
        &[$( $crate::Choice { code: $code, label: $crate::Label { fr: $fr, en: $en } }, )*]
    };
}

pub(super) use {choices, elements, fields};

pub(super) const TEXT: ElementType = ElementType::Text(Shape::Free);
pub(super) const LATIN1: ElementType = ElementType::Text(Shape::Latin1);

const fn row(name: Name, kind: ElementType, group: Group, label: Label) -> Element {
    let (presence, exposure) = (Presence::Optional, Exposure::Open);
    Element { name, presence, kind, group, exposure, label }
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
}
