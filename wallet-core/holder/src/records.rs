//! What the sealed records hold. The store knows none of it.
//!
//! A listing reads the records of [`DocumentRecord`] and of people, a kilobyte or two each, and so does
//! a consent of the documents that it offers. What the issuer signed, portrait included, is a record of
//! its own for each copy.

use coffret_catalogue::Territory;
use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use coffret_crypto::KeyRef;
use coffret_mdoc::ValidityInfo;
use coffret_store::{Changes, RecordId, Store, Table};
use rand_core::CryptoRng;

use crate::Error;
use crate::excerpt::Excerpt;

/// The tables, by number: a number is never given another meaning.
pub(crate) mod table {
    use coffret_store::Table;

    pub(crate) const SETTINGS: Table = Table(1);
    pub(crate) const PEOPLE: Table = Table(2);
    pub(crate) const DOCUMENTS: Table = Table(3);
    /// `IssuerSigned`, as received, of each copy; the term is its device key, a COSE_Key.
    pub(crate) const COPIES: Table = Table(4);
    /// The device keys that no credential is bound to yet, a COSE_Key each, which is the term too.
    /// A record's id is the key's [`KeyRef`](coffret_crypto::KeyRef).
    pub(crate) const UNUSED_KEYS: Table = Table(5);
    /// Private keys of desktops: PKCS #8 in PEM, by their [`KeyRef`](coffret_crypto::KeyRef).
    pub(crate) const SOFTWARE_KEYS: Table = Table(6);
    pub(crate) const TRUST: Table = Table(7);
    pub(crate) const LOG: Table = Table(8);
    pub(crate) const LOG_KEY: Table = Table(9);
    /// The device keys that are not needed, or not any more, and that the keystore may still have:
    /// an empty record each, by their [`KeyRef`](coffret_crypto::KeyRef).
    pub(crate) const ABANDONED_KEYS: Table = Table(10);
    /// The heads of the log that a later version wrote, as they were: see [`crate::log`] §4.
    pub(crate) const LOG_HEADS: Table = Table(11);
}

/// The id of a table's only record.
pub(crate) const ONLY: [u8; 16] = [0; 16];

/// What is kept with the number of its form before it.
///
/// ```cddl
/// Numbered = [form: uint, value: any]
/// ```
///
/// Form 0 is the value by itself. Every form so far is read, from files that the tests keep
/// (`tests/records`); a value takes the present form when it is next written. Each kind counts its own
/// forms, so that a change of one leaves the others readable to the version before. Credentials and
/// keys are written in forms that others have specified, and are not numbered.
pub(crate) trait Numbered: Decode<Error = Error> {
    /// The form that is written: one more for each change of the encoding. An earlier version would
    /// otherwise pass over what it does not know, such as a limit.
    const FORM: u64;

    fn encoded(&self) -> Encoded;

    /// Of the present form, with its number.
    fn numbered(&self) -> Vec<u8> {
        Encoded::array([Self::FORM.into(), self.encoded()]).into_bytes()
    }
}

/// A value that is one sealed record.
pub(crate) trait Record: Numbered {
    const TABLE: Table;

    /// What the record is found by beside its id.
    fn term(&self) -> Option<Vec<u8>> {
        None
    }
}

/// The record of this id.
///
/// # Errors
/// [`Error::RecordForm`], [`Error::RecordDamaged`], [`Error::Store`]
pub(crate) fn read<R: Record>(store: &Store, id: RecordId) -> Result<Option<R>, Error> {
    store.read(R::TABLE, id).map_err(sealed)?.map(|bytes| opened(&bytes)).transpose()
}

/// Every record of a table that reads, in the order of insertion. One that does not disables itself
/// only: see [`Wallet::unreadable`](crate::Wallet::unreadable).
pub(crate) fn all<R: Record>(store: &Store) -> Result<Vec<(RecordId, R)>, Error> {
    let mut records = Vec::new();
    store.each(R::TABLE, |id, bytes| {
        let record = bytes.map_err(sealed).and_then(|bytes| opened(&bytes)).map(Some);
        records.extend(readable(record)?.map(|record| (id, record)));
        Ok::<_, Error>(())
    })?;
    Ok(records)
}

/// What was read, or nothing where it does not read: that disables itself only.
pub(crate) fn readable<T>(read: Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    match read {
        Err(Error::RecordForm | Error::RecordDamaged) => Ok(None),
        read => read,
    }
}

/// The record of this id, to be changed. One that is damaged is lost: another takes its place. What a
/// later version has written is not written over.
///
/// # Errors
/// [`Error::RecordForm`], [`Error::Store`]
pub(crate) fn replaceable<R: Record>(store: &Store, id: RecordId) -> Result<Option<R>, Error> {
    match read(store, id) {
        Err(Error::RecordDamaged) => Ok(None),
        read => read,
    }
}

/// Inserts a record, or replaces it.
pub(crate) fn put<R: Record>(changes: Changes, id: RecordId, record: &R) -> Changes {
    changes.put(R::TABLE, id, record.term().as_deref(), record.numbered())
}

/// # Errors
/// [`Error::RecordForm`] for a form that a later version writes, else [`Error::RecordDamaged`].
pub(crate) fn opened<R: Numbered>(bytes: &[u8]) -> Result<R, Error> {
    let item = Item::parse(bytes).map_err(|_| Error::RecordDamaged)?;
    let pair = item.array().and_then(|items| items.exactly());
    let (form, record) = match pair.map(|[form, record]| (form.unsigned(), record)) {
        Ok((Ok(form), record)) => (form, record),
        _ => (0, item),
    };
    if form > R::FORM {
        return Err(Error::RecordForm);
    }
    R::decode(record).map_err(|_| Error::RecordDamaged)
}

/// A record whose seal does not open is one that is damaged.
pub(crate) fn sealed(error: coffret_store::Error) -> Error {
    match error {
        coffret_store::Error::Altered => Error::RecordDamaged,
        error => error.into(),
    }
}

macro_rules! ids {
    ($( $(#[$doc:meta])* $vis:vis struct $name:ident; )*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $vis struct $name(RecordId);

            impl $name {
                pub(crate) fn random(rng: &mut dyn CryptoRng) -> $name {
                    $name(RecordId::random(rng))
                }

                pub(crate) fn record(self) -> RecordId {
                    self.0
                }
            }

            impl From<[u8; 16]> for $name {
                fn from(id: [u8; 16]) -> Self {
                    $name(RecordId::from(id))
                }
            }

            impl From<RecordId> for $name {
                fn from(id: RecordId) -> Self {
                    $name(id)
                }
            }

            impl std::fmt::Display for $name {
                /// 32 hexadecimal digits.
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
                }
            }
        )*
    };
}

ids! {
    /// A document in the wallet. Random: it says nothing of the document.
    pub struct DocumentId;
    /// A person whose documents the wallet holds. Random.
    pub struct PersonId;
    /// Trust data in the wallet. Random.
    pub struct TrustId;
    /// One copy of a document.
    pub(crate) struct CopyId;
}

/// What a listing says of a document, and which copies there are.
///
/// ```cddl
/// DocumentRecord = {
///     "docType": tstr, "person": id, "fingerprint": bstr .size 32, "specimen": bool,
///     "oneTime": bool, "issuer": Issuer, "given": uint, "uses": uint, "copies": [+ Copy],
///     ? "excerpt": Excerpt               ; since form 3: see `excerpt`. A copy says it where it is not
/// }
/// Issuer = { ? "country": tstr, ? "state": tstr, ? "name": tstr, ? "authority": tstr }
/// Copy   = { "id": id, "key": id, "uses": uint, "lost": bool, "signed": tdate, "from": tdate,
///            "until": tdate }
/// id     = bstr .size 16
/// ```
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DocumentRecord {
    pub(crate) doc_type: String,
    pub(crate) person: PersonId,
    /// What tells it from other documents, and makes copies of one: see `add`.
    pub(crate) fingerprint: Vec<u8>,
    pub(crate) specimen: bool,
    pub(crate) reuse: Reuse,
    pub(crate) issuer: Issuer,
    /// How many copies there were, those that are gone included.
    pub(crate) given: u64,
    /// How often the copy was shown that was shown most, be it gone.
    pub(crate) uses: u64,
    /// Those that may be shown; where there is none, the last one, to be read.
    pub(crate) copies: Vec<CopyRecord>,
    /// What all copies say alike; `None` where an earlier form did not note it.
    pub(crate) excerpt: Option<Excerpt>,
}

/// Whether a copy may be shown more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reuse {
    /// Once: its signature and its key tell it from all others.
    OneTime,
    /// As often as need be.
    Reusable,
}

/// Who issued a document, by the certificate that signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The country: two letters (ISO 3166-1).
    pub country: Option<String>,
    /// The state or province, spelled as the certificate spells it.
    pub state: Option<String>,
    /// The signer's common name.
    pub name: Option<String>,
    /// The common name of the root that vouched for the signer when the document was added.
    pub authority: Option<String>,
}

impl Issuer {
    /// The country and the state or province.
    pub fn territory(&self) -> Territory<'_> {
        Territory { country: self.country.as_deref(), state: self.state.as_deref() }
    }
}

/// From when to when a document is valid (ISO 18013-5 §9.1.2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// When it was signed.
    pub signed: Timestamp,
    /// The first moment.
    pub from: Timestamp,
    /// The last moment.
    pub until: Timestamp,
}

/// One copy of a document: an `IssuerSigned` and the key that it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CopyRecord {
    pub(crate) id: CopyId,
    pub(crate) key: KeyRef,
    pub(crate) uses: u64,
    /// Its key is gone from the keystore, or it has expired and others have come.
    pub(crate) lost: bool,
    pub(crate) validity: Validity,
}

impl DocumentRecord {
    /// Takes a copy in.
    pub(crate) fn give_copy(&mut self, copy: CopyRecord) {
        self.given = self.given.saturating_add(1);
        self.copies.push(copy);
    }

    /// Counts a use of a copy.
    pub(crate) fn use_copy(&mut self, id: CopyId) {
        for copy in self.copies.iter_mut().filter(|copy| copy.id == id) {
            copy.uses = copy.uses.saturating_add(1);
            self.uses = self.uses.max(copy.uses);
        }
    }

    /// Gives up a copy whose key is gone.
    pub(crate) fn lose_copy(&mut self, id: CopyId) {
        let copies = self.copies.iter_mut().filter(|copy| copy.id == id);
        copies.for_each(|copy| copy.lost = true);
    }

    /// Gives up the copies that have expired: others take their place.
    pub(crate) fn expire_copies(&mut self, now: Timestamp) {
        let copies = self.copies.iter_mut().filter(|copy| copy.validity.until < now);
        copies.for_each(|copy| copy.lost = true);
    }

    /// The validity of the copy that is valid longest, cut short where the document ends before; and the
    /// last moment at which readers take it.
    ///
    /// # Errors
    /// [`Error::RecordDamaged`] where there is no copy.
    pub(crate) fn cut(&self) -> Result<(Validity, Timestamp), Error> {
        let validities = self.copies.iter().map(|copy| copy.validity);
        let longest = validities.max_by_key(|validity| validity.until);
        let longest = longest.ok_or(Error::RecordDamaged)?;
        let excerpt = self.excerpt.as_ref();
        Ok(excerpt.map_or((longest, longest.until), |excerpt| excerpt.cut(longest)))
    }

    /// How many copies may be shown.
    pub(crate) fn left(&self) -> usize {
        self.copies.iter().filter(|copy| copy.is_left(self.reuse)).count()
    }

    /// The copies that may be shown, the next one first: unused before used, the least used before
    /// others. A one-time copy is never shown twice.
    pub(crate) fn usable(&self, now: Timestamp) -> Vec<&CopyRecord> {
        let mut usable: Vec<_> =
            self.copies.iter().filter(|copy| copy.is_left(self.reuse)).collect();
        usable.sort_by_key(|copy| (!copy.validity.holds(now), copy.uses));
        usable
    }

    /// Puts the record. The copies that are shown no more go, but for the last one where none is
    /// left to read the document by; the keys of all of these are abandoned.
    pub(crate) fn put(mut self, changes: Changes, id: DocumentId) -> Changes {
        let copies = std::mem::take(&mut self.copies).into_iter();
        let (left, mut gone): (Vec<_>, Vec<_>) = copies.partition(|copy| copy.is_left(self.reuse));
        let changes = gone.iter().fold(changes, |changes, copy| abandon(changes, copy.key));
        self.copies = left;
        if self.copies.is_empty() {
            self.copies.extend(gone.pop());
        }
        let changes = gone
            .iter()
            .fold(changes, |changes, copy| changes.delete(table::COPIES, copy.id.record()));
        put(changes, id.record(), &self)
    }
}

impl CopyRecord {
    /// Whether it may be shown.
    fn is_left(&self, reuse: Reuse) -> bool {
        let is_spent = reuse == Reuse::OneTime && self.uses > 0;
        !self.lost && !is_spent
    }
}

impl Validity {
    /// Whether it is valid at the moment.
    pub(crate) fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && now <= self.until
    }
}

impl From<&ValidityInfo> for Validity {
    fn from(info: &ValidityInfo) -> Self {
        Validity { signed: info.signed, from: info.from, until: info.until }
    }
}

impl Numbered for DocumentRecord {
    /// 1: an issuer's state and authority. 2: when the document ends by its own dates, which 3 has in
    /// an excerpt, with more.
    const FORM: u64 = 3;

    fn encoded(&self) -> Encoded {
        let always = [
            ("docType", self.doc_type.as_str().into()),
            ("person", Encoded::bytes(self.person.record().as_bytes())),
            ("fingerprint", Encoded::bytes(&self.fingerprint)),
            ("specimen", self.specimen.into()),
            ("oneTime", (self.reuse == Reuse::OneTime).into()),
            ("issuer", (&self.issuer).into()),
            ("given", self.given.into()),
            ("uses", self.uses.into()),
            ("copies", Encoded::array(self.copies.iter().map(Encoded::from))),
        ];
        let excerpt = self.excerpt.as_ref().map(|excerpt| ("excerpt", excerpt.into()));
        Encoded::map(always.into_iter().chain(excerpt))
    }
}

impl Record for DocumentRecord {
    const TABLE: Table = table::DOCUMENTS;

    fn term(&self) -> Option<Vec<u8>> {
        Some(self.fingerprint.clone())
    }
}

impl Decode for DocumentRecord {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let [
            doc_type,
            person,
            fingerprint,
            specimen,
            one_time,
            issuer,
            given,
            uses,
            copies,
            excerpt,
        ] = item.map()?.fields([
            "docType",
            "person",
            "fingerprint",
            "specimen",
            "oneTime",
            "issuer",
            "given",
            "uses",
            "copies",
            "excerpt",
        ]);
        let copies = present(copies)?.array()?.map(CopyRecord::decode);
        let copies: Vec<_> = copies.collect::<Result<_, _>>()?;
        if copies.is_empty() {
            return Err(Error::RecordDamaged);
        }
        let reuse = |one_time| if one_time { Reuse::OneTime } else { Reuse::Reusable };
        Ok(DocumentRecord {
            doc_type: present(doc_type)?.text()?.into_owned(),
            person: id(present(person)?)?.into(),
            fingerprint: present(fingerprint)?.byte_string()?.into_owned(),
            specimen: present(specimen)?.boolean()?,
            reuse: present(one_time)?.boolean().map(reuse)?,
            issuer: Issuer::decode(present(issuer)?)?,
            given: present(given)?.unsigned()?,
            uses: present(uses)?.unsigned()?,
            copies,
            excerpt: excerpt.map(Excerpt::decode).transpose()?,
        })
    }
}

impl Decode for Issuer {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let said = item.map()?.fields(["country", "state", "name", "authority"]);
        let text = |said: Option<Item<'_>>| said.map(|said| said.text().map(String::from));
        let [country, state, name, authority] = said.map(|said| text(said).transpose());
        Ok(Issuer { country: country?, state: state?, name: name?, authority: authority? })
    }
}

impl From<&Issuer> for Encoded {
    fn from(issuer: &Issuer) -> Encoded {
        let members = [
            ("country", &issuer.country),
            ("state", &issuer.state),
            ("name", &issuer.name),
            ("authority", &issuer.authority),
        ];
        let said =
            members.into_iter().filter_map(|(key, text)| Some((key, text.as_deref()?.into())));
        Encoded::map(said)
    }
}

impl Decode for CopyRecord {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let [copy, key, uses, lost, signed, from, until] =
            item.map()?.fields(["id", "key", "uses", "lost", "signed", "from", "until"]);
        let date = |found| present(found).and_then(Timestamp::decode);
        Ok(CopyRecord {
            id: id(present(copy)?)?.into(),
            key: id(present(key)?)?.into(),
            uses: present(uses)?.unsigned()?,
            lost: present(lost)?.boolean()?,
            validity: Validity { signed: date(signed)?, from: date(from)?, until: date(until)? },
        })
    }
}

impl From<&CopyRecord> for Encoded {
    fn from(copy: &CopyRecord) -> Encoded {
        Encoded::map([
            ("id", Encoded::bytes(copy.id.record().as_bytes())),
            ("key", Encoded::bytes(copy.key.as_bytes())),
            ("uses", copy.uses.into()),
            ("lost", copy.lost.into()),
            ("signed", copy.validity.signed.into()),
            ("from", copy.validity.from.into()),
            ("until", copy.validity.until.into()),
        ])
    }
}

/// Where what belongs to a key is kept.
pub(crate) fn of_key(key: KeyRef) -> RecordId {
    RecordId::from(*key.as_bytes())
}

/// Says of a key that it is to be destroyed.
pub(crate) fn abandon(changes: Changes, key: KeyRef) -> Changes {
    changes.put(table::ABANDONED_KEYS, of_key(key), None, Vec::new())
}

/// A member that is always there.
fn present(member: Option<Item<'_>>) -> Result<Item<'_>, coffret_cbor::Error> {
    member.ok_or(coffret_cbor::Error::MissingKey)
}

/// `bstr .size 16`
pub(crate) fn id(item: Item<'_>) -> Result<[u8; 16], Error> {
    <[u8; 16]>::try_from(item.byte_string()?.as_ref()).map_err(|_| Error::RecordDamaged)
}

#[cfg(test)]
pub(crate) mod kept;
#[cfg(test)]
mod tests;
