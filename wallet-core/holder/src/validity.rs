//! Until when a document is good. An issuer renews the copy in a phone without looking at the licence,
//! and readers reject what has ended by either: the copy's signed validity, or the date that the
//! document says itself.

use coffret_catalogue::{Dated, ElementType, Meaning, Span, dates, element};
use coffret_cbor::Timestamp;
use coffret_mdoc::IssuerSigned;

use crate::Validity;
use crate::records::Ends;

/// When a document ends by its own dates: by the earliest of them.
pub(crate) fn ends(doc_type: &str, document: &IssuerSigned) -> Ends {
    let dated = document.names().filter_map(|name| {
        let row = element(doc_type, &name.namespace, &name.identifier)?;
        // A portrait says no date, and is nearly all of the document.
        let is_picture = matches!(row.kind, ElementType::Image | ElementType::SmallImage);
        let item = document.value(&name.namespace, &name.identifier).filter(|_| !is_picture)?;
        Some(dates(Some(row), &item.value()))
    });
    let expires = |date: Dated| date.span.filter(|_| date.meaning == Some(Meaning::Expires));
    let ended = dated.flatten().filter_map(expires);
    ended.map(Span::last).min().map_or(Ends::Never, Ends::At)
}

impl Ends {
    /// The validity of a copy, cut short where the document ends before; and the last moment at which
    /// readers take it. They give a document's own date the grace of a day, since it names no time
    /// zone, and a copy's none.
    pub(crate) fn cut(self, copy: Validity) -> (Validity, Timestamp) {
        let Ends::At(last) = self else { return (copy, copy.until) };
        let taken_until = Span::from(last).last_anywhere().min(copy.until);
        (Validity { until: last.min(copy.until), ..copy }, taken_until)
    }
}
