use coffret_catalogue::{
    Element, ElementType, Force, Need, Presence, Purpose, document_type, element, force,
};
use coffret_cbor::{Timestamp, Value};
use coffret_mdoc::{DeviceRequest, DocRequest, ElementName, IntentToRetain, ItemsRequest};

use crate::{Error, Source};

/// What a reader wants to know.
#[derive(Debug, Clone)]
pub enum Ask {
    /// What a purpose needs, to look at and not to keep.
    ///
    /// Every alternative of a need is requested, since the reader cannot know which is held; the
    /// first that is shown answers.
    Purpose(&'static Purpose),
    /// These elements, each for its own sake: whatever is shown will do, and nobody but the person
    /// who reads it judges what it says.
    Items(Vec<ItemsRequest>),
}

/// What judges an answer beyond its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// What a purpose needs.
    Purpose,
    /// Nothing: who reads it does.
    Free,
}

/// The most ages that one request may ask for (ISO 18013-5 §7.2.5).
const MAX_AGES: usize = 2;

impl Ask {
    /// What the purpose of this id needs.
    ///
    /// # Errors
    /// [`Error::UnknownPurpose`]
    pub fn purpose(id: &str) -> Result<Ask, Error> {
        coffret_catalogue::purpose(id).map(Ask::Purpose).ok_or(Error::UnknownPurpose)
    }

    /// What to request, not signed, such as every wallet reads.
    pub(crate) fn request(&self) -> Result<DeviceRequest, Error> {
        let requests = match self {
            Ask::Purpose(purpose) => {
                let needed = purpose.needs.iter().flat_map(|need| need.alternatives);
                let needed = needed
                    .map(|element| (element.namespace, element.id, IntentToRetain::NotRetained));
                vec![DocRequest::unsigned(&ItemsRequest::new(purpose.doc_type, needed))?]
            }
            Ask::Items(items) => {
                items.iter().map(DocRequest::unsigned).collect::<Result<_, _>>()?
            }
        };
        if requests.iter().map(|request| request.items().ages()).sum::<usize>() > MAX_AGES {
            return Err(Error::TooManyAges);
        }
        readable(requests)
    }

    /// What judges the answers.
    pub(crate) fn judged(&self) -> Judged {
        match self {
            Ask::Purpose(_) => Judged::Purpose,
            Ask::Items(_) => Judged::Free,
        }
    }

    /// What is to be answered.
    pub(crate) fn questions(&self) -> Vec<Question> {
        match self {
            Ask::Purpose(purpose) => {
                purpose.needs.iter().map(|need| Question::of(purpose, need)).collect()
            }
            Ask::Items(items) => {
                let question =
                    |request, items: &ItemsRequest, namespace: &str, id: &str| Question {
                        request,
                        doc_type: items.doc_type.clone(),
                        alternatives: vec![ElementName::new(namespace, id)],
                        demand: Demand::Anything,
                    };
                let elements = items.iter().enumerate().flat_map(|(request, items)| {
                    let elements = items.name_spaces.iter();
                    elements.map(move |(ns, id, _)| question(request, items, ns, id))
                });
                elements.collect()
            }
        }
    }
}

/// A request that every wallet reads.
pub(crate) fn readable(requests: Vec<DocRequest>) -> Result<DeviceRequest, Error> {
    Ok(DeviceRequest::parse(DeviceRequest::new(requests).encoded().as_bytes())?)
}

/// One thing to be answered.
#[derive(Debug)]
pub(crate) struct Question {
    /// The place of the request that asks it.
    pub(crate) request: usize,
    pub(crate) doc_type: String,
    /// The elements any of which answers it, the best first.
    pub(crate) alternatives: Vec<ElementName>,
    demand: Demand,
}

/// What a question cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demand {
    /// Not even an answer, and it may be the device's: no purpose rests on it.
    Anything,
    /// Not even an answer, but a purpose may rest on it: only the issuer's counts.
    Nothing,
    /// An answer.
    Answer,
    /// The answer *yes*.
    Yes,
}

/// What a document says of one alternative of a question.
#[derive(Debug)]
pub(crate) struct Said<'s> {
    pub(crate) name: ElementName,
    pub(crate) value: &'s Value,
    /// The place of the document that says it.
    pub(crate) document: usize,
    pub(crate) by: Source,
}

impl Question {
    fn of(purpose: &Purpose, need: &Need) -> Question {
        let doc_type = document_type(purpose.doc_type);
        let rows = need.alternatives.iter();
        let mut rows = rows.filter_map(|element| doc_type?.element(element.namespace, element.id));
        let demand = if rows.clone().any(|row| matches!(row.kind, ElementType::Boolean)) {
            Demand::Yes
        } else if rows.any(|row| row.presence == Presence::Mandatory) {
            Demand::Answer
        } else {
            Demand::Nothing
        };
        let names = need.alternatives.iter();
        Question {
            // A purpose asks for one document.
            request: 0,
            doc_type: purpose.doc_type.to_owned(),
            alternatives: names.map(|name| ElementName::new(name.namespace, name.id)).collect(),
            demand,
        }
    }

    /// What answers, of all that is said of the alternatives, the best first.
    ///
    /// A small portrait that does not draw leaves the large one to look at.
    pub(crate) fn answer<'a, 's>(&self, said: &'a [Said<'s>]) -> Option<&'a Said<'s>> {
        let mut counts = said.iter().filter(|said| self.counts(said.by));
        match self.demand {
            Demand::Anything | Demand::Nothing => counts.next(),
            Demand::Answer | Demand::Yes => counts.find(|said| self.is_met_by(said)),
        }
    }

    /// The rules that are broken by what is said of the alternatives, and where.
    pub(crate) fn unmet(
        &self,
        said: &[Said<'_>],
        now: Timestamp,
    ) -> impl Iterator<Item = (Error, Option<ElementName>)> {
        let missing = self.missing(said).map(|rule| (rule, self.alternatives.first().cloned()));
        let counts = said.iter().filter(|said| self.counts(said.by));
        let void = counts.filter(|said| {
            let row = self.row(&said.name);
            let force = row.and_then(|row| force(row, said.value, now));
            self.demand != Demand::Anything && force == Some(Force::Nothing)
        });
        let void: Vec<_> =
            void.map(|said| (Error::NothingInForce, Some(said.name.clone()))).collect();
        missing.into_iter().chain(void)
    }

    fn missing(&self, said: &[Said<'_>]) -> Option<Error> {
        if matches!(self.demand, Demand::Anything | Demand::Nothing) {
            return None;
        }
        match self.answer(said) {
            Some(said) if self.demand == Demand::Yes && *said.value != Value::Bool(true) => {
                Some(Error::NotOfAge)
            }
            Some(_) => None,
            None if said.is_empty() => Some(Error::NeedMissing),
            None if said.iter().any(|said| self.counts(said.by)) => Some(Error::NeedUnusable),
            None => Some(Error::NeedSaidByDevice),
        }
    }

    fn counts(&self, by: Source) -> bool {
        by == Source::Issuer || self.demand == Demand::Anything
    }

    fn is_met_by(&self, said: &Said<'_>) -> bool {
        self.row(&said.name).is_some_and(|row| row.meets(said.value))
    }

    fn row(&self, name: &ElementName) -> Option<&'static Element> {
        element(&self.doc_type, &name.namespace, &name.identifier)
    }
}
