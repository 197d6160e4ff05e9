use std::sync::Arc;
use std::time::SystemTime;

use coffret_crypto::{KeyRef, KeyTask as CoreTask, PrivateKey, SoftwareKeys as CoreKeys};
use coffret_mdoc::{self as mdoc, IntentToRetain, ItemsRequest, Judgement};
use coffret_proximity::DeviceEngagement;
use coffret_reader::{self as reader};
use coffret_trust::{Certificate, Trust};

use crate::call::{Guarded, call, randomness};
use crate::documents::{Element, Validity, device_elements, elements, findings, opaque};
use crate::error::{CoffretError, Result};
use crate::frames::Frames;
use crate::keys::{self, KeyOutcome, KeyTask};
use crate::presentation::DeviceAuth;
use crate::trust::TrustData;
use crate::words::{ElementName, Finding, KeyId, Label, system_time, timestamp, type_label};

/// Who a reader says it is: its requests are signed.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ReaderIdentity {
    /// The key, in the keystore that does its tasks.
    pub key: KeyId,
    /// Its certificate, in PEM: the first, where there are several.
    pub certificate: String,
}

/// What a reader wants to know.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Ask {
    /// What a purpose needs, to look at and not to keep.
    Purpose {
        /// The purpose's id.
        id: String,
    },
    /// These elements, each for its own sake.
    Items {
        /// A document each.
        documents: Vec<AskDocument>,
    },
}

/// What is asked of one document.
#[derive(Debug, Clone, uniffi::Record)]
pub struct AskDocument {
    /// Its type.
    pub doc_type: String,
    /// The elements.
    pub elements: Vec<AskElement>,
}

/// One element that is asked for.
#[derive(Debug, Clone, uniffi::Record)]
pub struct AskElement {
    /// Its name.
    pub name: ElementName,
    /// Whether the reader means to keep it, which the holder is told.
    pub keep: bool,
}

/// Who begins.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Start {
    /// The holder has shown its engagement (ISO 18013-5's order).
    Engagement {
        /// The text of its QR code: `mdoc:` and base64url.
        uri: String,
    },
    /// The reader shows its code (QR link).
    Code,
}

/// What has happened outside a reading.
#[derive(uniffi::Enum)]
pub enum ReaderEvent {
    /// The keystore has done the tasks of [`ReaderEffect::UseKeys`], in order.
    KeysDone {
        /// As many as there were tasks.
        outcomes: Vec<KeyOutcome>,
    },
    /// A message of the link.
    Received {
        /// As it came.
        message: Vec<u8>,
    },
    /// The text of a QR code.
    Frame {
        /// As it was read.
        text: String,
    },
    /// The link is closed: nothing more is heard of the holder, nor heard by it.
    Closed,
    /// The person at the reader gives up. The holder is told, where there is a session.
    GivenUp,
    /// Time has passed.
    Tick,
}

/// What a reading wants done outside.
#[derive(uniffi::Enum)]
pub enum ReaderEffect {
    /// Have the keystore do this.
    UseKeys {
        /// In order.
        tasks: Vec<KeyTask>,
    },
    /// Send this message over the link.
    Send {
        /// As it is to go.
        message: Vec<u8>,
    },
    /// Show the reader's code, until the end.
    Show {
        /// Its frames.
        frames: Arc<Frames>,
    },
    /// Say how much of the holder's code has been read.
    Progress {
        /// Fragments read.
        have: u64,
        /// Fragments in all.
        of: u64,
    },
    /// Give [`ReaderEvent::Tick`] then.
    WakeAt {
        /// When.
        time: SystemTime,
    },
    /// It is over.
    Ended {
        /// How it went.
        outcome: ReaderOutcome,
    },
}

/// How a reading ended. It prints none of it.
#[derive(Clone, uniffi::Enum)]
#[uniffi::export(Debug)]
pub enum ReaderOutcome {
    /// With an answer.
    Read {
        /// What is to be thought of it.
        verdict: Verdict,
        /// What it answers of what was asked, in the order asked.
        answers: Vec<Answer>,
    },
    /// With an answer that shows nothing: the holder will not, or has nothing to show.
    Refused,
    /// Without an answer.
    Unanswered {
        /// Why: the name of a code.
        code: String,
    },
}

/// What is to be thought of an answer. Only good documents show values, and none is printed.
#[derive(Clone, uniffi::Enum)]
#[uniffi::export(Debug)]
pub enum Verdict {
    /// Good, and what the purpose needs: green.
    Accepted {
        /// What they say.
        documents: Vec<VerifiedDocument>,
    },
    /// Good documents, the answer to a request of the app's own: a colour of its own, never green.
    /// Nobody judges what they say, which may be *no* or nothing of what was asked.
    Unjudged {
        /// What they say.
        documents: Vec<VerifiedDocument>,
    },
    /// As either, but one of the documents at least is a specimen, worth nothing: orange.
    Specimen {
        /// What they say.
        documents: Vec<VerifiedDocument>,
    },
    /// Not good, or not what the purpose needs: red.
    Rejected {
        /// One for each document that could be read, in order, good ones too.
        documents: Vec<JudgedDocument>,
        /// What is wrong with the response as a whole, or how it fails the purpose.
        errors: Vec<Finding>,
    },
}

/// A document with which nothing is wrong, and what it says. It prints none of it.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct VerifiedDocument {
    /// What was found of it.
    pub judged: JudgedDocument,
    /// What the issuer says of the holder.
    pub elements: Vec<Element>,
    /// What the device says, where the issuer authorised it, each marked as such. A purpose never rests on
    /// it.
    pub device_elements: Vec<Element>,
}

/// What was found of one document, its values left out.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct JudgedDocument {
    /// Its type.
    pub doc_type: String,
    /// What people call the type.
    pub label: Label,
    /// Whether it is a specimen, worth nothing.
    pub specimen: bool,
    /// Of the signer's subject, the country.
    pub issuer_country: Option<String>,
    /// Of the signer's subject, the state or province, as it is spelled there.
    pub issuer_state: Option<String>,
    /// Both, as people call them: `Québec, Canada`. Say it wherever the verdict is shown.
    pub issuer_place: Option<Label>,
    /// Of the signer's subject, the common name.
    pub issuer_name: Option<String>,
    /// The name of the root that the path leads to; none without a path.
    pub issuer_authority: Option<String>,
    /// Whether a path leads from the signer to a root that is trusted.
    pub trusted: bool,
    /// From when to when it says it is valid.
    pub validity: Validity,
    /// How the device proved its key, or claims to.
    pub device_auth: Option<DeviceAuth>,
    /// Whether that proof was judged.
    pub device_auth_checked: bool,
    /// Why it is not valid.
    pub errors: Vec<Finding>,
    /// Deviations that do no harm, and what was not looked up, such as `status-not-checked`.
    pub warnings: Vec<Finding>,
}

/// One thing that was asked, and what was shown for it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Answer {
    /// The document's type.
    pub doc_type: String,
    /// The elements any of which answers, the best first.
    pub asked: Vec<ElementName>,
    /// What does.
    pub given: Option<Given>,
}

/// What was shown for one thing that was asked.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Given {
    /// The element: one of those asked, or another age that tells.
    pub name: ElementName,
    /// The place of its document among those of the verdict.
    pub document: u64,
    /// Who says it.
    pub by: Source,
    /// Whether it is an age, and the answer is *no*.
    pub is_no: bool,
}

/// Who says what a document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Source {
    /// The issuer, which answers for it.
    Issuer,
    /// The device: its holder may say whatever the issuer lets them.
    Device,
}

/// A reading that has begun, and what it wants first.
#[derive(uniffi::Record)]
pub struct Started {
    /// The reading.
    pub reading: Arc<Reading>,
    /// What is to be done.
    pub effects: Vec<ReaderEffect>,
}

/// Who reads: whom it trusts, and who it says it is.
#[derive(uniffi::Object)]
pub struct Reader(reader::Reader);

/// One reading, from the request to the verdict: events in, effects out.
#[derive(uniffi::Object)]
pub struct Reading {
    reader: Arc<Reader>,
    machine: Guarded<reader::Reading>,
}

#[uniffi::export]
impl Reader {
    /// A reader that trusts this, and is `identity` or does not say who it is.
    ///
    /// # Errors
    /// What is wrong with trust data of which nothing can be used, with a revocation list, or with the
    /// certificate.
    #[uniffi::constructor]
    pub fn new(
        trust: Vec<TrustData>,
        identity: Option<ReaderIdentity>,
        now: SystemTime,
    ) -> Result<Reader> {
        call(|| {
            let (mut trusted, now) = (Trust::new(), timestamp(now)?);
            trust.iter().try_for_each(|data| data.read().add_to(&mut trusted, now))?;
            let identity = identity.map(|identity| {
                let certificate = Certificate::parse_file(&identity.certificate)?;
                let certificate = certificate.into_iter().next();
                let certificate = certificate.ok_or(coffret_trust::Error::NoCertificate)?;
                let key = KeyRef::from(&identity.key);
                Ok::<_, CoffretError>(reader::ReaderIdentity { key, certificate })
            });
            Ok(Reader(reader::Reader::new(trusted, identity.transpose()?)))
        })
    }

    /// Begins to ask.
    ///
    /// # Errors
    /// What is wrong with the engagement, or with a request that no wallet would read.
    pub fn start(self: Arc<Self>, ask: Ask, how: Start, now: SystemTime) -> Result<Started> {
        call(|| {
            let ask = ask.read()?;
            let engagement = match &how {
                Start::Engagement { uri } => Some(DeviceEngagement::from_uri(uri)?),
                Start::Code => None,
            };
            let how = engagement.as_ref().map_or(reader::Start::Code, reader::Start::Engagement);
            let (reading, effects) = self.0.start(&ask, how, timestamp(now)?, &mut randomness())?;
            let reading = Reading { reader: Arc::clone(&self), machine: Guarded::new(reading) };
            Ok(Started { reading: Arc::new(reading), effects: written(effects) })
        })
    }
}

#[uniffi::export]
impl Reading {
    /// Takes an event. What comes after the end is passed over.
    ///
    /// # Errors
    /// The reading is then as it was.
    pub fn step(&self, event: ReaderEvent, now: SystemTime) -> Result<Vec<ReaderEffect>> {
        self.machine.call(|machine| {
            let effects = self.reader.0.step(machine, event.try_into()?, timestamp(now)?)?;
            Ok(written(effects))
        })
    }
}

fn written(effects: Vec<reader::Effect>) -> Vec<ReaderEffect> {
    effects.into_iter().map(ReaderEffect::from).collect()
}

impl Ask {
    fn read(self) -> Result<reader::Ask> {
        match self {
            Ask::Purpose { id } => Ok(reader::Ask::purpose(&id)?),
            Ask::Items { documents } => {
                let items = documents.iter().map(|document| {
                    let elements = document.elements.iter().map(|element| {
                        let intent = match element.keep {
                            true => IntentToRetain::Retained,
                            false => IntentToRetain::NotRetained,
                        };
                        (element.name.namespace.as_str(), element.name.identifier.as_str(), intent)
                    });
                    ItemsRequest::new(&document.doc_type, elements)
                });
                Ok(reader::Ask::Items(items.collect()))
            }
        }
    }
}

impl TryFrom<ReaderEvent> for reader::Event {
    type Error = CoffretError;

    fn try_from(event: ReaderEvent) -> Result<reader::Event> {
        Ok(match event {
            ReaderEvent::KeysDone { outcomes } => {
                reader::Event::KeysDone(keys::outcomes(outcomes)?)
            }
            ReaderEvent::Received { message } => reader::Event::Received(message),
            ReaderEvent::Frame { text } => reader::Event::Frame(text),
            ReaderEvent::Closed => reader::Event::Closed,
            ReaderEvent::GivenUp => reader::Event::GivenUp,
            ReaderEvent::Tick => reader::Event::Tick,
        })
    }
}

impl From<reader::Effect> for ReaderEffect {
    fn from(effect: reader::Effect) -> Self {
        match effect {
            reader::Effect::UseKeys(tasks) => ReaderEffect::UseKeys { tasks: keys::tasks(tasks) },
            reader::Effect::Send(message) => ReaderEffect::Send { message },
            reader::Effect::Show(frames) => ReaderEffect::Show { frames: Arc::new(frames.into()) },
            reader::Effect::Progress { have, of } => {
                ReaderEffect::Progress { have: have as u64, of: of as u64 }
            }
            reader::Effect::WakeAt(time) => ReaderEffect::WakeAt { time: system_time(time) },
            reader::Effect::Ended(outcome) => ReaderEffect::Ended { outcome: outcome.into() },
        }
    }
}

impl From<reader::Outcome> for ReaderOutcome {
    fn from(outcome: reader::Outcome) -> Self {
        match outcome {
            reader::Outcome::Read { verdict, answers } => ReaderOutcome::Read {
                verdict: verdict.into(),
                answers: answers.into_iter().map(Answer::from).collect(),
            },
            reader::Outcome::Refused => ReaderOutcome::Refused,
            reader::Outcome::Unanswered(error) => {
                ReaderOutcome::Unanswered { code: error.code().name.to_owned() }
            }
        }
    }
}

impl From<reader::Verdict> for Verdict {
    fn from(verdict: reader::Verdict) -> Self {
        let verified = |documents: Vec<mdoc::VerifiedDocument>| {
            documents.iter().map(VerifiedDocument::from).collect()
        };
        match verdict {
            reader::Verdict::Accepted(documents) => {
                Verdict::Accepted { documents: verified(documents) }
            }
            reader::Verdict::Unjudged(documents) => {
                Verdict::Unjudged { documents: verified(documents) }
            }
            reader::Verdict::Specimen(documents) => {
                Verdict::Specimen { documents: verified(documents) }
            }
            reader::Verdict::Rejected(rejection) => Verdict::Rejected {
                documents: rejection.documents.iter().map(JudgedDocument::from).collect(),
                errors: rejection
                    .errors
                    .iter()
                    .map(|found| Finding::new(found.rule.code(), found.element.as_ref()))
                    .collect(),
            },
        }
    }
}

impl From<&mdoc::VerifiedDocument> for VerifiedDocument {
    fn from(document: &mdoc::VerifiedDocument) -> Self {
        let doc_type = document.doc_type();
        VerifiedDocument {
            elements: elements(doc_type, document.elements()),
            device_elements: device_elements(doc_type, document.device_elements()),
            judged: JudgedDocument::from(&**document),
        }
    }
}

impl From<&Judgement> for JudgedDocument {
    fn from(judgement: &Judgement) -> Self {
        let (issuer, validity) = (judgement.issuer(), judgement.validity());
        JudgedDocument {
            doc_type: judgement.doc_type().to_owned(),
            label: type_label(judgement.doc_type()),
            specimen: issuer.specimen,
            issuer_country: issuer.country.clone(),
            issuer_state: issuer.state.clone(),
            issuer_place: Label::of_place(issuer.territory()),
            issuer_name: issuer.name.clone(),
            issuer_authority: issuer.authority.clone(),
            trusted: issuer.trusted_by.is_some(),
            validity: Validity {
                signed: system_time(validity.signed),
                from: system_time(validity.from),
                until: system_time(validity.until),
            },
            device_auth: judgement.device_auth().map(|method| match method {
                mdoc::DeviceAuthMethod::Signature => DeviceAuth::Signature,
                mdoc::DeviceAuthMethod::Mac => DeviceAuth::Mac,
            }),
            device_auth_checked: judgement.device_auth_checked(),
            errors: findings(judgement.errors()),
            warnings: findings(judgement.warnings()),
        }
    }
}

impl From<reader::Answer> for Answer {
    fn from(answer: reader::Answer) -> Self {
        Answer {
            doc_type: answer.doc_type,
            asked: answer.asked.iter().map(ElementName::from).collect(),
            given: answer.given.as_ref().map(Given::from),
        }
    }
}

impl From<&reader::Given> for Given {
    fn from(given: &reader::Given) -> Self {
        Given {
            name: ElementName::from(&given.name),
            document: given.document as u64,
            by: match given.by {
                reader::Source::Issuer => Source::Issuer,
                reader::Source::Device => Source::Device,
            },
            is_no: given.is_no,
        }
    }
}

/// Keys in memory, which ask nobody: for a reader on a desktop, and for tests.
#[derive(uniffi::Object)]
pub struct SoftwareKeys(Guarded<CoreKeys>);

#[uniffi::export]
impl SoftwareKeys {
    /// No keys yet.
    ///
    /// # Errors
    /// A fault of this library.
    #[uniffi::constructor]
    pub fn new() -> Result<SoftwareKeys> {
        call(|| Ok(SoftwareKeys(Guarded::new(CoreKeys::default()))))
    }

    /// Takes in a private key, and gives its name.
    ///
    /// # Errors
    /// What is wrong with PKCS #8 in PEM.
    pub fn insert(&self, pem: String) -> Result<KeyId> {
        let pem = zeroize::Zeroizing::new(pem);
        self.0.call(|keys| {
            let private = PrivateKey::from_pkcs8_pem(&pem)?;
            Ok(keys.insert(private, &mut randomness()).into())
        })
    }

    /// Does what is asked, in order.
    ///
    /// # Errors
    /// What is wrong with a peer's key.
    pub fn perform(&self, tasks: Vec<KeyTask>) -> Result<Vec<KeyOutcome>> {
        self.0.call(|keys| {
            let tasks: Vec<CoreTask> =
                tasks.into_iter().map(CoreTask::try_from).collect::<Result<_>>()?;
            Ok(tasks.iter().map(|task| keys.execute(task, &mut randomness()).into()).collect())
        })
    }
}

opaque! { ReaderOutcome Verdict VerifiedDocument }

#[cfg(all(test, feature = "testing"))]
mod tests {
    use coffret_catalogue::SAID_BY_DEVICE;
    use coffret_cbor::Timestamp;
    use coffret_mdoc::{Binding, Check, DeviceResponse, SessionTranscript, verify};
    use coffret_test_vectors::judge::cases;
    use coffret_trust::{Certificate, Purpose, Trust};
    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn what_the_device_of_a_verified_document_says_is_marked() {
        let cases = cases(include_str!("../../../test-vectors/documents.json"));
        let named =
            |case: &&serde_json::Value| case["name"] == "an element by an authorised device";
        let input = &cases.iter().find(named).unwrap()["input"];
        let hex =
            |json: &serde_json::Value| HEXLOWER.decode(json.as_str().unwrap().as_bytes()).unwrap();
        let mut trust = Trust::new();
        let root = Certificate::parse(&hex(&input["issuers"][0])).unwrap();
        trust.add_anchor(root, Purpose::Issuer).unwrap();
        let transcript = SessionTranscript::parse(&hex(&input["transcript"])).unwrap();
        let now = Timestamp::parse(input["now"].as_str().unwrap()).unwrap();
        let binding = Binding::Session { transcript: Some(&transcript), e_reader_key: None };
        let check = Check { trust: &trust, now, binding, request: None };
        let response = DeviceResponse::parse(&hex(&input["response"])).unwrap();
        let document = verify(&response, &check).documents.remove(0).into_verified().unwrap();

        let shown = VerifiedDocument::from(&document);
        let marks = |elements: &[Element]| -> Vec<_> {
            elements.iter().map(|element| element.said_by_device.clone()).collect()
        };
        assert_eq!(marks(&shown.elements), [None, None, None]);
        assert_eq!(marks(&shown.device_elements), [Some(Label::from(SAID_BY_DEVICE))]);
    }
}
