use std::collections::HashSet;
use std::fmt;

use coffret_cbor::{Decode, Encoded, FullDate, Item, TAG_FULL_DATE, Value};
use coffret_mdoc::NameSpaces;
use coffret_store::{Changes, RecordId, Store, Table};
use rand_core::CryptoRng;
use unicode_normalization::UnicodeNormalization;

use crate::records::{self, DocumentRecord, Numbered, ONLY, PersonId, Record, id, table};
use crate::{DocumentId, Error, Wallet, Whose};

/// Someone whose documents the wallet holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// What the person is called here; `None` until a document says a name.
    pub name: Option<String>,
    /// Whether that is the wallet's own holder: who was there first, or whom
    /// [`Wallet::set_holder`] has named.
    pub whose: Whose,
    /// How many documents are this person's.
    pub documents: usize,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person([…])")
    }
}

/// The longest name, in characters: that of an element (ISO 18013-5 §7.2.1).
const MAX_NAME: usize = 150;

impl Wallet {
    /// The people whose documents are here, the wallet's own holder first and those of specimens
    /// last.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        let people = People::readable(&self.store)?;
        let person = |known: &Known| Person {
            id: known.id,
            name: known.name.clone(),
            whose: people.whose_is(known.id),
            documents: people.documents_of(known.id),
        };
        Ok(people.known.iter().map(person).collect())
    }

    /// Calls a person by another name here; no document changes.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`], [`Error::PersonName`], [`Error::Store`]
    pub fn rename_person(
        &mut self,
        person: PersonId,
        name: &str,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let mut people = People::read(&self.store)?;
        people.find(person)?.name = Some(chosen(name)?);
        self.commit(people.put(Changes::default()), rng)
    }

    /// A person whom no document has named yet.
    ///
    /// # Errors
    /// [`Error::PersonName`], [`Error::Store`]
    pub fn add_person(&mut self, name: &str, rng: &mut dyn CryptoRng) -> Result<PersonId, Error> {
        let mut people = People::read(&self.store)?;
        let person = PersonId::random(rng);
        people.known.push(Known { id: person, name: Some(chosen(name)?), about: None });
        self.commit(people.put(Changes::default()), rng)?;
        Ok(person)
    }

    /// Says who is the wallet's own holder, where the first document was someone else's.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::SpecimenPerson`] for someone whose documents are all
    /// specimens; [`Error::Store`]
    pub fn set_holder(&mut self, person: PersonId, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let mut people = People::read(&self.store)?;
        people.find(person)?;
        if people.is_invented(person) {
            return Err(Error::SpecimenPerson);
        }
        people.put_first(person);
        self.commit(people.put(Changes::default()), rng)
    }

    /// Says whose a document is, where the wallet has guessed wrong. Who has no document left goes,
    /// as when one is [removed](Wallet::remove).
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::UnknownPerson`]; [`Error::SpecimenPerson`] for a specimen
    /// and a real person, or a real document and an invented one; [`Error::Store`]
    pub fn assign(
        &mut self,
        document: DocumentId,
        person: PersonId,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let mut people = People::read(&self.store)?;
        people.find(person)?;
        let former = self.record(document)?;
        if former.specimen != people.is_invented(person) {
            return Err(Error::SpecimenPerson);
        }
        if former.person != person && people.documents_of(former.person) == 1 {
            people.forget(former.person);
        }
        let record = DocumentRecord { person, ..former };
        let changes = people.put(Changes::default());
        self.commit(records::put(changes, document.record(), &record), rng)
    }

    /// Makes one person of two: the documents of `person` are `other`'s from then on. The wallet's
    /// own holder stays so under the name of the other.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::SpecimenPerson`] for a real person and an invented one;
    /// [`Error::Store`]
    pub fn merge_people(
        &mut self,
        person: PersonId,
        other: PersonId,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let mut people = People::read(&self.store)?;
        people.find(person)?;
        people.find(other)?;
        if person == other {
            return Ok(());
        }
        if people.is_invented(person) != people.is_invented(other) {
            return Err(Error::SpecimenPerson);
        }
        people.merge(person, other);
        let mut changes = people.put(Changes::default()).erasing();
        for (id, record) in records::all::<DocumentRecord>(&self.store)? {
            if record.person == person {
                changes = records::put(changes, id, &DocumentRecord { person: other, ..record });
            }
        }
        self.commit(changes, rng)
    }

    /// Forgets a person without documents.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`]; [`Error::PersonHasDocuments`]; [`Error::PersonIsHolder`] for the
    /// wallet's own holder while there are other people, of whom the next would be taken for the
    /// holder; [`Error::Store`]
    pub fn delete_person(
        &mut self,
        person: PersonId,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let mut people = People::read(&self.store)?;
        people.find(person)?;
        if people.documents_of(person) > 0 {
            return Err(Error::PersonHasDocuments);
        }
        if !people.forget(person) {
            return Err(Error::PersonIsHolder);
        }
        self.commit(people.put(Changes::default()).erasing(), rng)
    }
}

fn chosen(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let fits = (1..=MAX_NAME).contains(&name.chars().count());
    if fits { Ok(name.to_owned()) } else { Err(Error::PersonName) }
}

/// Everyone, in one record: the first is the wallet's own holder, unless all documents of theirs are
/// specimens.
///
/// ```cddl
/// People = [* Known]
/// Known  = { "id": bstr .size 16, ? "name": tstr, ? "about": About }
/// About  = { "family": tstr, "given": tstr, "birth": full-date }   ; as the documents write them
/// ```
#[derive(Default)]
pub(crate) struct People {
    known: Vec<Known>,
    /// Whose each document is, and whether it is a specimen: not of the record.
    documents: Vec<(PersonId, bool)>,
    /// A later version has written the record: it stays as it is.
    is_later: bool,
}

struct Known {
    id: PersonId,
    name: Option<String>,
    about: Option<About>,
}

/// What documents say of whose they are.
#[derive(PartialEq, Eq)]
struct About {
    family: String,
    given: String,
    birth: FullDate,
}

impl People {
    /// To be shown, or changed along with a document: a record that does not read disables itself
    /// only, and documents come and go without it.
    pub(crate) fn readable(store: &Store) -> Result<People, Error> {
        let people = match records::replaceable(store, RecordId::from(ONLY)) {
            Err(Error::RecordForm) => People { is_later: true, ..People::default() },
            people => people?.unwrap_or_default(),
        };
        people.with_documents(store)
    }

    /// To be changed.
    ///
    /// # Errors
    /// [`Error::RecordForm`] where a later version has written it, [`Error::Store`]
    pub(crate) fn read(store: &Store) -> Result<People, Error> {
        let people = records::replaceable(store, RecordId::from(ONLY))?;
        people.unwrap_or_else(People::default).with_documents(store)
    }

    /// Those of specimens come last: none is ever taken for the wallet's own holder, be it the first
    /// that was added.
    fn with_documents(mut self, store: &Store) -> Result<People, Error> {
        let documents = records::all::<DocumentRecord>(store)?.into_iter();
        self.documents = documents.map(|(_, held)| (held.person, held.specimen)).collect();
        let ids = self.known.iter().map(|known| known.id);
        let invented: HashSet<PersonId> = ids.filter(|id| self.is_invented(*id)).collect();
        self.known.sort_by_key(|known| invented.contains(&known.id));
        Ok(self)
    }

    pub(crate) fn put(&self, changes: Changes) -> Changes {
        if self.is_later {
            return changes;
        }
        records::put(changes, RecordId::from(ONLY), self)
    }

    pub(crate) fn whose_is(&self, person: PersonId) -> Whose {
        match self.known.first() {
            _ if self.is_invented(person) => Whose::Nobody,
            Some(holder) if holder.id == person => Whose::Holder,
            _ => Whose::Other,
        }
    }

    pub(crate) fn documents_of(&self, person: PersonId) -> usize {
        self.documents.iter().filter(|(whose, _)| *whose == person).count()
    }

    /// Whether all documents of a person are specimens, and there is one.
    fn is_invented(&self, person: PersonId) -> bool {
        let mut theirs = self.documents.iter().filter(|(whose, _)| *whose == person).peekable();
        theirs.peek().is_some() && theirs.all(|(_, specimen)| *specimen)
    }

    fn find(&mut self, person: PersonId) -> Result<&mut Known, Error> {
        self.known.iter_mut().find(|known| known.id == person).ok_or(Error::UnknownPerson)
    }

    fn put_first(&mut self, person: PersonId) {
        self.known.sort_by_key(|known| known.id != person);
    }

    fn merge(&mut self, person: PersonId, other: PersonId) {
        let was_holder = self.whose_is(person) == Whose::Holder;
        let Some(place) = self.known.iter().position(|known| known.id == person) else { return };
        let gone = self.known.remove(place);
        if let Ok(known) = self.find(other) {
            known.name = known.name.take().or(gone.name);
            known.about = known.about.take().or(gone.about);
        }
        if was_holder {
            self.put_first(other);
        }
    }

    /// Whose a document is: of the one known person whom it is about, of someone not yet known, or,
    /// where it does not say, of the wallet's own holder. A specimen is about an invented person,
    /// whatever it says: it is never a real person's, and never makes one.
    pub(crate) fn whose(
        &mut self,
        elements: &NameSpaces<Value>,
        specimen: bool,
        rng: &mut dyn CryptoRng,
    ) -> PersonId {
        let about = About::read(elements);
        let place = match &about {
            Some(about) => self.the_one(about, specimen),
            None => self.known.iter().position(|known| self.is_invented(known.id) == specimen),
        };
        let id = match place.and_then(|place| self.known.get_mut(place)) {
            Some(known) => {
                if known.about.is_none() {
                    known.name = known.name.take().or(about.as_ref().map(About::name));
                    known.about = about;
                }
                known.id
            }
            None => {
                let id = PersonId::random(rng);
                self.known.push(Known { id, name: about.as_ref().map(About::name), about });
                id
            }
        };
        self.documents.push((id, specimen));
        id
    }

    /// The place of the one person of those names, else of the one of some of them. Two whom a
    /// document may be about are not told apart: it is then someone else's.
    fn the_one(&self, about: &About, specimen: bool) -> Option<usize> {
        let one = |likeness: Likeness| {
            let mut like = self.known.iter().enumerate().filter(|(_, known)| {
                let is_like = match &known.about {
                    Some(other) => other.likeness(about) >= Some(likeness),
                    None => known.name.is_none(),
                };
                is_like && self.is_invented(known.id) == specimen
            });
            like.next().filter(|_| like.next().is_none()).map(|(place, _)| place)
        };
        one(Likeness::Same).or_else(|| one(Likeness::Alike))
    }

    /// Forgets someone of whom there is no document left. The wallet's own holder stays while there
    /// are other people, of whom the next would be taken for the holder: whether they have gone.
    pub(crate) fn forget(&mut self, person: PersonId) -> bool {
        let mut others = self.known.iter().map(|known| self.whose_is(known.id));
        let has_others = others.any(|whose| whose == Whose::Other);
        let goes = self.whose_is(person) != Whose::Holder || !has_others;
        if goes {
            self.known.retain(|known| known.id != person);
        }
        goes
    }
}

/// What documents call the family name, the given names and the birth date, in whatever namespace;
/// the first that is there.
const FAMILY: [&str; 2] = ["family_name_birth", "family_name"];
const GIVEN: [&str; 2] = ["given_name", "given_names"];
const BIRTH: [&str; 1] = ["birth_date"];

impl About {
    fn read(elements: &NameSpaces<Value>) -> Option<About> {
        let find = |ids: &[&str]| {
            let named = |id: &str| elements.iter().find(|(_, found, _)| *found == id);
            ids.iter().find_map(|id| named(id)).map(|(_, _, value)| value)
        };
        match (find(&FAMILY)?, find(&GIVEN)?, find(&BIRTH)?) {
            (Value::Text(family), Value::Text(given), Value::Tag(TAG_FULL_DATE, birth)) => {
                let Value::Text(birth) = birth.as_ref() else { return None };
                let birth = FullDate::parse(birth).ok()?;
                let fits = |name: &String| name.chars().count() <= MAX_NAME;
                (fits(family) && fits(given)).then_some(())?;
                Some(About { family: family.clone(), given: given.clone(), birth })
            }
            _ => None,
        }
    }

    fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// Whether both may be one person: born the same day under the same family name.
    fn likeness(&self, other: &About) -> Option<Likeness> {
        let words = |given: &str| given.split_whitespace().map(letters).collect::<Vec<_>>();
        let (own, others) = (words(&self.given), words(&other.given));
        let holds = |all: &[String], some: &[String]| some.iter().all(|word| all.contains(word));
        let family = letters(&self.family) == letters(&other.family);
        match self.birth == other.birth && family {
            true if own.concat() == others.concat() => Some(Likeness::Same),
            true if holds(&own, &others) || holds(&others, &own) => Some(Likeness::Alike),
            _ => None,
        }
    }
}

/// How like each other the given names of two documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// One has all that the other has: a certificate of birth lists those that a card leaves out.
    Alike,
    /// They are the same.
    Same,
}

/// The letters of a name, without case, diacritics, hyphens or apostrophes.
pub(crate) fn letters(name: &str) -> String {
    let folded = name.nfkd().flat_map(char::to_lowercase);
    let letters = folded.filter(|letter| letter.is_alphanumeric());
    letters.collect::<String>().replace('œ', "oe").replace('æ', "ae")
}

impl Record for People {
    const TABLE: Table = table::PEOPLE;
}

impl Numbered for People {
    const FORM: u64 = 1;

    fn encoded(&self) -> Encoded {
        Encoded::array(self.known.iter().map(|known| {
            let name = known.name.as_deref().map(|name| ("name", name.into()));
            let about = known.about.as_ref().map(|about| {
                let about = [
                    ("family", about.family.as_str().into()),
                    ("given", about.given.as_str().into()),
                    ("birth", about.birth.into()),
                ];
                ("about", Encoded::map(about))
            });
            let id = [("id", Encoded::bytes(known.id.record().as_bytes()))];
            Encoded::map(id.into_iter().chain(name).chain(about))
        }))
    }
}

impl Decode for People {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<People, Error> {
        let text = |item: Item<'_>| item.text().map(String::from);
        let known = item.array()?.map(|item| -> Result<Known, Error> {
            let map = item.map()?;
            let about = map.get("about").map(|about| -> Result<About, Error> {
                let about = about.map()?;
                Ok(About {
                    family: text(about.require("family")?)?,
                    given: text(about.require("given")?)?,
                    birth: FullDate::decode(about.require("birth")?)?,
                })
            });
            Ok(Known {
                id: id(map.require("id")?)?.into(),
                name: map.get("name").map(text).transpose()?,
                about: about.transpose()?,
            })
        });
        Ok(People { known: known.collect::<Result<_, _>>()?, ..People::default() })
    }
}
