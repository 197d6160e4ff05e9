use std::collections::BTreeMap;
use std::fmt;

use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use coffret_mdoc::{DeviceRequest, ElementName, IntentToRetain, ItemsRequest, SessionTranscript};
use coffret_trust::{ReaderVerdict, Retention, Trust, plain_name};

use crate::Error;

/// What the log says of one presentation.
///
/// ```cddl
/// Content  = { "time": tdate, ? "reader": Reader, "documents": [* Document],
///              "outcome": "shared" / "refused" / "unanswered" / "failed", ? "code": tstr,
///              ? "evidence": Evidence }
/// Reader   = { "standing": "none" / "untrusted" / "verified" / "invalid", ? "name": tstr,
///              ? "registered": { "fr": tstr, "en": tstr } }
/// Document = { "docType": tstr, ? "purpose": tstr, "elements": { + NameSpace => [+ Element] } }
/// Element  = [DataElementIdentifier, kept: bool, shown: DataElementIdentifier / null]
/// Evidence = { "request": bstr .cbor DeviceRequest, "transcript": SessionTranscriptBytes }
/// ```
/// Coffret log §1
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was asked.
    pub time: Timestamp,
    /// Who asked; `None` where nothing could be read.
    pub reader: Option<Reader>,
    /// What was asked.
    pub documents: Vec<Document>,
    /// How it ended.
    pub outcome: Outcome,
    /// What proves who asked for what.
    pub evidence: Option<Evidence>,
}

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// What was thought of its proof then.
    pub standing: Standing,
    /// The common name of its certificate.
    pub name: Option<String>,
    /// Its registered name, in French and in English.
    pub registered: Option<(String, String)>,
}

/// What was thought of a reader: see [`ReaderVerdict`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It did not say who it was.
    None,
    /// It was somebody whom nobody trusted knows.
    Untrusted,
    /// It was who it said.
    Verified,
    /// Its proof was not good.
    Invalid,
}

/// What was asked of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its type.
    pub doc_type: String,
    /// Why: the purpose's id in the catalogue.
    pub purpose: Option<String>,
    /// The elements, by namespace.
    pub elements: Vec<Element>,
}

/// What was asked of one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// As asked.
    pub asked: ElementName,
    /// Whether the reader said that it keeps it.
    pub retention: Retention,
    /// The identifier of the element that was shown: for an age it may be another. `None` where
    /// none was.
    pub shown: Option<String>,
}

/// How a presentation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The elements that are marked so were shown.
    Shared,
    /// Nothing was shown: the person would not, or nothing asked for was held.
    Refused,
    /// It ended before an answer was given.
    Unanswered,
    /// Something failed before an answer was given.
    Failed {
        /// The error, by the name of its code.
        code: String,
    },
}

/// What proves who asked for what: the request as received, with the reader's signature and
/// certificates in it, and the session that it is signed for.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The `DeviceRequest`.
    pub request: Vec<u8>,
    /// The `SessionTranscriptBytes` that the reader signed for.
    pub transcript: Encoded,
}

impl Entry {
    /// Whether who asked for what is what the evidence proves: the reader's own signature, if it
    /// signed, and its request. Of a request that could not be read, an entry says nothing but that
    /// it failed; and something is shown if it was shared.
    pub(super) fn check_evidence(&self) -> Result<(), Error> {
        let proven = match (&self.reader, &self.evidence) {
            (Some(reader), Some(evidence)) => self.is_proven_by(evidence, reader),
            (None, None) => {
                let failed = matches!(self.outcome, Outcome::Failed { .. });
                Ok(failed && self.documents.is_empty())
            }
            _ => Ok(false),
        };
        let mut elements = self.documents.iter().flat_map(|document| &document.elements);
        let is_shown = elements.any(|element| element.shown.is_some());
        let ends_well = is_shown == (self.outcome == Outcome::Shared);
        if proven == Ok(true) && ends_well { Ok(()) } else { Err(Error::LogEvidence) }
    }

    fn is_proven_by(&self, evidence: &Evidence, reader: &Reader) -> Result<bool, Error> {
        let request = DeviceRequest::parse(&evidence.request)?;
        let transcript = SessionTranscript::parse(evidence.transcript.as_bytes())?;
        // Whom the wallet trusted then is not in the evidence: nobody is trusted.
        let signed = request.reader(&transcript, &Trust::new(), self.time);
        let is_reader = match (reader.standing, signed) {
            (Standing::None, ReaderVerdict::None) => true,
            (Standing::Untrusted | Standing::Verified, ReaderVerdict::Untrusted { name, .. }) => {
                name == reader.name
            }
            (Standing::Invalid, verdict) => verdict != ReaderVerdict::None,
            _ => false,
        };
        let asked = request.doc_requests();
        let mut each = asked.iter().zip(&self.documents);
        let is_asked = asked.len() == self.documents.len()
            && each.all(|(asked, said)| said.says(asked.items()));
        Ok(is_reader && is_asked)
    }
}

impl Document {
    /// Whether it says what was asked: each element once, and kept where the reader meant to keep
    /// it. Its registration may say so of the others.
    fn says(&self, asked: &ItemsRequest) -> bool {
        let said: BTreeMap<_, _> =
            self.elements.iter().map(|element| (&element.asked, element.retention)).collect();
        let mut names = asked.name_spaces.iter();
        self.doc_type == asked.doc_type
            && said.len() == self.elements.len()
            && said.len() == asked.name_spaces.iter().count()
            && names.all(|(namespace, id, intent)| {
                match said.get(&ElementName::new(namespace, id)) {
                    Some(Retention::Kept) => true,
                    Some(Retention::NotKept) => *intent == IntentToRetain::NotRetained,
                    None => false,
                }
            })
    }
}

impl fmt::Debug for Evidence {
    /// Not the bytes: they tell one session from all others.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Evidence([…])")
    }
}

impl Entry {
    /// Reads a `Content`.
    pub(super) fn parse(content: &[u8]) -> Result<Entry, Error> {
        let entry = Item::parse(content).map_err(Error::from).and_then(Entry::decode);
        entry.map_err(|_| Error::LogForm)
    }

    /// `Content`
    pub(super) fn content(&self) -> Encoded {
        let text = |text: &String| Encoded::from(text.as_str());
        let (outcome, code) = match &self.outcome {
            Outcome::Shared => (SHARED, None),
            Outcome::Refused => (REFUSED, None),
            Outcome::Unanswered => (UNANSWERED, None),
            Outcome::Failed { code } => (FAILED, Some(code)),
        };
        let optional = [
            self.reader.as_ref().map(|reader| ("reader", reader.into())),
            code.map(|code| ("code", text(code))),
            self.evidence.as_ref().map(|evidence| ("evidence", evidence.into())),
        ];
        let always = [
            ("time", self.time.into()),
            ("documents", Encoded::array(self.documents.iter().map(Encoded::from))),
            ("outcome", outcome.into()),
        ];
        Encoded::map(always.into_iter().chain(optional.into_iter().flatten()))
    }
}

const SHARED: &str = "shared";
const REFUSED: &str = "refused";
const UNANSWERED: &str = "unanswered";
const FAILED: &str = "failed";

const STANDINGS: [(Standing, &str); 4] = [
    (Standing::None, "none"),
    (Standing::Untrusted, "untrusted"),
    (Standing::Verified, "verified"),
    (Standing::Invalid, "invalid"),
];

/// `tstr`
fn text(item: Item<'_>) -> Result<String, Error> {
    Ok(item.text()?.into_owned())
}

impl Decode for Entry {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Entry, Error> {
        let map = item.map()?;
        let code = map.get("code").map(text).transpose()?;
        let outcome = match (map.require("outcome")?.text()?.as_ref(), code) {
            (SHARED, None) => Outcome::Shared,
            (REFUSED, None) => Outcome::Refused,
            (UNANSWERED, None) => Outcome::Unanswered,
            (FAILED, Some(code)) => Outcome::Failed { code },
            _ => return Err(Error::LogForm),
        };
        let documents = map.require("documents")?.array()?.map(Document::decode);
        Ok(Entry {
            time: Timestamp::decode(map.require("time")?)?,
            reader: map.get("reader").map(Reader::decode).transpose()?,
            documents: documents.collect::<Result<_, _>>()?,
            outcome,
            evidence: map.get("evidence").map(Evidence::decode).transpose()?,
        })
    }
}

impl Decode for Reader {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Reader, Error> {
        let map = item.map()?;
        let standing = map.require("standing")?.text()?;
        let known = STANDINGS.iter().find(|(_, name)| *name == standing);
        let registered = map.get("registered").map(|names| {
            let names = names.map()?;
            Ok::<_, Error>((text(names.require("fr")?)?, text(names.require("en")?)?))
        });
        Ok(Reader {
            standing: known.map(|(standing, _)| *standing).ok_or(Error::LogForm)?,
            // As it can be shown, whatever an earlier version has written.
            name: map.get("name").map(text).transpose()?.as_deref().and_then(plain_name),
            registered: registered.transpose()?,
        })
    }
}

impl From<&Reader> for Encoded {
    fn from(reader: &Reader) -> Encoded {
        let known = STANDINGS.iter().find(|(standing, _)| *standing == reader.standing);
        let standing = known.map(|(_, name)| ("standing", (*name).into()));
        let name = reader.name.as_deref().map(|name| ("name", name.into()));
        let registered = reader.registered.as_ref().map(|(fr, en)| {
            ("registered", Encoded::map([("fr", fr.as_str().into()), ("en", en.as_str().into())]))
        });
        Encoded::map([standing, name, registered].into_iter().flatten())
    }
}

impl Decode for Document {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Document, Error> {
        let map = item.map()?;
        let mut elements = Vec::new();
        for (namespace, items) in map.require("elements")?.map()? {
            let namespace = namespace.text()?;
            for element in items.array()? {
                let [id, kept, shown] = element.array()?.exactly()?;
                elements.push(Element {
                    asked: ElementName::new(&namespace, &id.text()?),
                    retention: if kept.boolean()? { Retention::Kept } else { Retention::NotKept },
                    shown: if shown.is_null() { None } else { Some(text(shown)?) },
                });
            }
        }
        Ok(Document {
            doc_type: text(map.require("docType")?)?,
            purpose: map.get("purpose").map(text).transpose()?,
            elements,
        })
    }
}

impl From<&Document> for Encoded {
    fn from(document: &Document) -> Encoded {
        // A namespace once, whatever its length: the reader chooses it.
        let mut namespaces: Vec<(&str, Vec<Encoded>)> = Vec::new();
        for element in &document.elements {
            let namespace = element.asked.namespace.as_str();
            let encoded = Encoded::array([
                element.asked.identifier.as_str().into(),
                (element.retention == Retention::Kept).into(),
                element.shown.as_deref().map_or_else(Encoded::null, Encoded::from),
            ]);
            match namespaces.iter_mut().find(|(known, _)| *known == namespace) {
                Some((_, elements)) => elements.push(encoded),
                None => namespaces.push((namespace, vec![encoded])),
            }
        }
        let namespaces =
            namespaces.into_iter().map(|(name, elements)| (name, Encoded::array(elements)));
        let purpose = document.purpose.as_deref().map(|purpose| ("purpose", purpose.into()));
        let always = [
            ("docType", document.doc_type.as_str().into()),
            ("elements", Encoded::map(namespaces)),
        ];
        Encoded::map(always.into_iter().chain(purpose))
    }
}

impl Decode for Evidence {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Evidence, Error> {
        let map = item.map()?;
        Ok(Evidence {
            request: map.require("request")?.byte_string()?.into_owned(),
            transcript: map.require("transcript")?.into(),
        })
    }
}

impl From<&Evidence> for Encoded {
    fn from(evidence: &Evidence) -> Encoded {
        Encoded::map([
            ("request", Encoded::bytes(&evidence.request)),
            ("transcript", evidence.transcript.clone()),
        ])
    }
}
