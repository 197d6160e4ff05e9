//! What of a wallet does not read, in words and for programs.

use coffret_catalogue::Label;
use coffret_holder::{DocumentId, RecordKind, Unreadable};
use serde_json::{Value as Json, json};

use crate::Context;
use crate::output::{Colour, Text};

/// Where each record that does not read is named, with the reason.
pub(super) const WHY: Label =
    Label { fr: "Pour savoir pourquoi\u{a0}: coffret list", en: "To see why: coffret list" };
const INCOMPLETE: Label = Label {
    fr: "L’export est incomplet\u{a0}: ceci n’a pas pu être lu dans le portefeuille.",
    en: "The export is incomplete: this could not be read in the wallet.",
};

/// `[* {"kind", "id", "code"}]`
pub(super) fn json(found: &[Unreadable]) -> Json {
    let one = |found: &Unreadable| {
        let id = DocumentId::from(found.id).to_string();
        json!({"kind": found.kind.name(), "id": id, "code": found.rule.code().name})
    };
    found.iter().map(one).collect()
}

/// What people call a record of this kind.
pub(super) fn label(kind: RecordKind) -> Label {
    match kind {
        RecordKind::Settings => Label { fr: "Réglages", en: "Settings" },
        RecordKind::People => Label { fr: "Personnes", en: "People" },
        RecordKind::Document => Label { fr: "Document", en: "Document" },
        RecordKind::Copy => Label { fr: "Exemplaire d’un document", en: "Copy of a document" },
        RecordKind::Key => Label { fr: "Clé d’un document", en: "Key of a document" },
        RecordKind::Trust => Label { fr: "Données de confiance", en: "Trust data" },
        RecordKind::LogEntry => Label { fr: "Entrée du journal", en: "Entry of the log" },
        RecordKind::LogHead => Label { fr: "Sceau du journal", en: "Seal of the log" },
        RecordKind::LogKey => Label { fr: "Clé du journal", en: "Key of the log" },
    }
}

/// How many of each kind an export lacks.
pub(super) fn lacks(found: &[Unreadable]) -> Vec<(RecordKind, usize)> {
    let of = |kind| found.iter().filter(|found| found.kind == kind).count();
    let kinds = RecordKind::ALL.into_iter().filter(|kind| kind.is_exported());
    kinds.map(|kind| (kind, of(kind))).filter(|(_, count)| *count > 0).collect()
}

/// Says what an export lacks, if anything.
pub(super) fn print_lacks(
    text: &mut Text,
    lacks: &[(RecordKind, usize)],
    Context { lang, .. }: Context,
) {
    if lacks.is_empty() {
        return;
    }
    text.line(Colour::Orange, INCOMPLETE.text(lang));
    let labels = lacks.iter().map(|(kind, _)| label(*kind).text(lang).chars().count());
    let width = labels.max().unwrap_or(0);
    for (kind, count) in lacks {
        text.row(2, label(*kind).text(lang), width, &count.to_string());
    }
    text.line(Colour::Faint, WHY.text(lang));
}
