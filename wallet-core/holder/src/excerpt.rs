//! What a wallet notes of a document, so that it lists and offers it without reading a copy: what it
//! would answer, the end of its number, and when it ends.
//!
//! An issuer renews the copy in a phone without looking at the licence, and readers reject what has
//! ended by either: the copy's signed validity, or the date that the document says itself.

use coffret_catalogue::{Dated, ElementType, Meaning, Span, dated, dates};
use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use coffret_mdoc::{IssuerSigned, Outline};

use crate::consent::NumberEnd;
use crate::{Error, Validity};

/// What all copies of a document say alike.
///
/// ```cddl
/// Excerpt = { ? "ends": tdate, ? "number": tstr, "elements": bstr .cbor Outline }
/// ```
/// The outline is the large part. It is a byte string since a listing does without it: what is within a
/// byte string is not taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Excerpt {
    /// The last moment by the earliest of the document's own dates; `None` where it says none.
    pub(crate) ends: Option<Timestamp>,
    /// `None` where it has no number.
    pub(crate) number: Option<NumberEnd>,
    /// Its [`outline`](Excerpt::outline), encoded.
    pub(crate) elements: Vec<u8>,
}

impl Excerpt {
    pub(crate) fn of(doc_type: &str, document: &IssuerSigned) -> Excerpt {
        Excerpt {
            ends: ends(doc_type, document),
            number: NumberEnd::of(doc_type, document),
            elements: Encoded::from(&document.outline()).into_bytes(),
        }
    }

    /// The names of its elements, and what its ages say.
    ///
    /// # Errors
    /// [`Error::RecordDamaged`]
    pub(crate) fn outline(&self) -> Result<Outline, Error> {
        let item = Item::parse(&self.elements).map_err(|_| Error::RecordDamaged)?;
        Outline::decode(item).map_err(|_| Error::RecordDamaged)
    }

    /// The validity of a copy, cut short where the document ends before; and the last moment at which
    /// readers take it. They give a document's own date the grace of a day, since it names no time
    /// zone, and a copy's none.
    pub(crate) fn cut(&self, copy: Validity) -> (Validity, Timestamp) {
        let Some(last) = self.ends else { return (copy, copy.until) };
        let taken_until = Span::from(last).last_anywhere().min(copy.until);
        (Validity { until: last.min(copy.until), ..copy }, taken_until)
    }
}

fn ends(doc_type: &str, document: &IssuerSigned) -> Option<Timestamp> {
    let dated = document.names().filter_map(|name| {
        let row = dated(doc_type, &name.namespace, &name.identifier)?;
        // A portrait says no date, and is nearly all of the document.
        let is_picture = matches!(row.kind, ElementType::Image | ElementType::SmallImage);
        let item = document.value(&name.namespace, &name.identifier).filter(|_| !is_picture)?;
        Some(dates(Some(row), &item.value()))
    });
    let expires = |date: Dated| date.span.filter(|_| date.meaning == Some(Meaning::Expires));
    let ended = dated.flatten().filter_map(expires);
    ended.map(Span::last).min()
}

impl Decode for Excerpt {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        Ok(Excerpt {
            ends: map.get("ends").map(Timestamp::decode).transpose()?,
            number: map.get("number").map(NumberEnd::decode).transpose()?,
            elements: map.require("elements")?.byte_string()?.into_owned(),
        })
    }
}

impl From<&Excerpt> for Encoded {
    fn from(excerpt: &Excerpt) -> Encoded {
        let ends = excerpt.ends.map(|ends| ("ends", ends.into()));
        let number = excerpt.number.as_ref().map(|end| ("number", end.as_str().into()));
        let elements = Some(("elements", Encoded::bytes(&excerpt.elements)));
        Encoded::map([ends, number, elements].into_iter().flatten())
    }
}
