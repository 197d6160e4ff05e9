use coffret_catalogue::{ElementType, Meaning, dates, element};
use coffret_cbor::{Item, Timestamp};
use coffret_mdoc::IssuerSigned;

use crate::Validity;

/// The validity of a copy, cut short where the document's own dates say that it has ended. An
/// issuer renews the copy in a phone without looking at the licence, and readers reject what has
/// ended by either.
pub(super) fn of(
    doc_type: &str,
    document: &IssuerSigned,
    copy: Validity,
    now: Timestamp,
) -> Validity {
    let ended = document.names().filter_map(|name| {
        let row = element(doc_type, &name.namespace, &name.identifier)?;
        if matches!(row.kind, ElementType::Image | ElementType::SmallImage) {
            return None;
        }
        let value = document.value(&name.namespace, &name.identifier).map(Item::value)?;
        let mut dates = dates(Some(row), &value).into_iter();
        dates.find(|date| date.meaning == Some(Meaning::Expires))?.span
    });
    let ended = ended.filter(|span| span.is_over(now)).map(|span| span.last_day().start()).min();
    Validity { until: ended.map_or(copy.until, |ended| ended.min(copy.until)), ..copy }
}
