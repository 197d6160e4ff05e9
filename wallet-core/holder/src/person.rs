use std::fmt;

use coffret_cbor::{Decode, Encoded, FullDate, Item, TAG_FULL_DATE, Value};
use coffret_mdoc::NameSpaces;
use coffret_store::{Changes, RecordId, Store, Table};
use rand_core::CryptoRng;
use unicode_normalization::UnicodeNormalization;

use crate::records::{self, DocumentRecord, ONLY, PersonId, Record, id, table};
use crate::{DocumentId, Error, Wallet};

/// Someone whose documents the wallet holds. The first is the wallet's own holder: who was there
/// first, or whom [`Wallet::set_holder`] has named.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// What the person is called here; `None` until a document says a name.
    pub name: Option<String>,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person([…])")
    }
}

/// The longest name, in characters: that of an element (ISO 18013-5 §7.2.1).
const MAX_NAME: usize = 150;

impl Wallet {
    /// The people whose documents are here, the wallet's own holder first.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::RecordForm`]
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        let people: Vec<(RecordId, People)> = records::all(&self.store)?;
        let people = people.into_iter().flat_map(|(_, people)| people.0);
        Ok(people.map(|known| Person { id: known.id, name: known.name }).collect())
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
        people.known(person)?.name = Some(chosen(name)?);
        self.commit(people.put(Changes::default()), rng)
    }

    /// A person whom no document has named yet.
    ///
    /// # Errors
    /// [`Error::PersonName`], [`Error::Store`]
    pub fn add_person(&mut self, name: &str, rng: &mut dyn CryptoRng) -> Result<PersonId, Error> {
        let mut people = People::read(&self.store)?;
        let person = PersonId::random(rng);
        people.0.push(Known { id: person, name: Some(chosen(name)?), about: None });
        self.commit(people.put(Changes::default()), rng)?;
        Ok(person)
    }

    /// Says who is the wallet's own holder, where the first document was someone else's.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`], [`Error::Store`]
    pub fn set_holder(&mut self, person: PersonId, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        let mut people = People::read(&self.store)?;
        people.known(person)?;
        people.0.sort_by_key(|known| known.id != person);
        self.commit(people.put(Changes::default()), rng)
    }

    /// Says whose a document is, where the wallet has guessed wrong.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::UnknownPerson`], [`Error::Store`]
    pub fn assign(
        &mut self,
        document: DocumentId,
        person: PersonId,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        People::read(&self.store)?.known(person)?;
        let record = DocumentRecord { person, ..self.record(document)? };
        self.commit(records::put(Changes::default(), document.record(), &record), rng)
    }
}

fn chosen(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let fits = (1..=MAX_NAME).contains(&name.chars().count());
    if fits { Ok(name.to_owned()) } else { Err(Error::PersonName) }
}

/// Everyone, in one record: the first is the wallet's own holder.
///
/// ```cddl
/// People = [* Known]
/// Known  = { "id": bstr .size 16, ? "name": tstr, ? "about": About }
/// About  = { "family": tstr, "given": tstr, "birth": full-date }   ; as the documents write them
/// ```
#[derive(Default)]
pub(crate) struct People(Vec<Known>);

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
    /// To be changed.
    pub(crate) fn read(store: &Store) -> Result<People, Error> {
        Ok(records::replaceable(store)?.unwrap_or_default())
    }

    pub(crate) fn put(&self, changes: Changes) -> Changes {
        records::put(changes, RecordId::from(ONLY), self)
    }

    fn known(&mut self, person: PersonId) -> Result<&mut Known, Error> {
        self.0.iter_mut().find(|known| known.id == person).ok_or(Error::UnknownPerson)
    }

    /// Whose a document is: of the one known person whom it is about, of someone not yet known, or,
    /// where it does not say, of the wallet's own holder.
    pub(crate) fn whose(
        &mut self,
        elements: &NameSpaces<Value>,
        rng: &mut dyn CryptoRng,
    ) -> PersonId {
        let about = About::read(elements);
        let found = match &about {
            Some(about) => self.the_one(about),
            None => self.0.first_mut(),
        };
        if let Some(known) = found {
            if known.about.is_none() {
                known.name = known.name.take().or(about.as_ref().map(About::name));
                known.about = about;
            }
            return known.id;
        }
        let id = PersonId::random(rng);
        self.0.push(Known { id, name: about.as_ref().map(About::name), about });
        id
    }

    /// The one person of those names, else the one of some of them. Two whom a document may be
    /// about are not told apart: it is then someone else's.
    fn the_one(&mut self, about: &About) -> Option<&mut Known> {
        let one = |likeness: Likeness| {
            let mut like = self.0.iter().enumerate().filter(|(_, known)| match &known.about {
                Some(other) => other.likeness(about) >= Some(likeness),
                None => known.name.is_none(),
            });
            like.next().filter(|_| like.next().is_none()).map(|(place, _)| place)
        };
        let place = one(Likeness::Same).or_else(|| one(Likeness::Alike))?;
        self.0.get_mut(place)
    }

    /// Forgets someone of whom there is no document left, unless it is the wallet's own holder.
    pub(crate) fn forget(&mut self, person: PersonId) {
        let mut place = 0..;
        self.0.retain(|known| place.next() == Some(0) || known.id != person);
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

    fn encoded(&self) -> Encoded {
        Encoded::array(self.0.iter().map(|known| {
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
        Ok(People(known.collect::<Result<_, _>>()?))
    }
}
