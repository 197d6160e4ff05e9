use coffret_cbor::{Decode, Encoded, Item, Timestamp};
use coffret_store::{Changes, Store, Table};
use coffret_trust::{Added, Certificate, Crl, Error as Rule, Filed, Purpose, Trust};
use rand_core::CryptoRng;

use crate::records::{self, Numbered, Record, table};
use crate::{Error, TrustId, Wallet};

/// What a wallet is told of whom to trust.
#[derive(Debug, Clone, Copy)]
pub enum TrustData<'a> {
    /// A file of certificates, PEM or the DER of one, trusted for one purpose. The revocation lists in
    /// the file are heeded too: whoever publishes both in one file has said whom not to believe.
    Anchors(&'a [u8], Purpose),
    /// The same, trusted to sign documents of these types and no others.
    AnchorsFor(&'a [u8], Purpose, &'a [String]),
    /// The signed [registry of readers](coffret_trust::Registry). A wallet holds one: the newest.
    Registry(&'a [u8]),
    /// A revocation list in DER, or those of a PEM file, whose certificates are passed over. Each is
    /// kept until it is removed: which one counts is judged when a certificate is.
    RevocationLists(&'a [u8]),
}

impl TrustData<'_> {
    /// Brings it to whoever has no wallet, such as a reader, as a wallet would take it.
    ///
    /// # Errors
    /// Those of [`Wallet::import_trust`] about what was given; then some of it may have been added.
    pub fn add_to(self, trust: &mut Trust, now: Timestamp) -> Result<(), Rule> {
        let mut records = TrustRecord::all(self, "", now).into_iter();
        records.try_for_each(|record| record.bring(trust)?.is_of_use())
    }
}

/// Trust data that the wallet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustEntry {
    /// Its id.
    pub id: TrustId,
    /// What it is; `None` where this version does not read it, and it brings nothing.
    pub kind: Option<TrustKind>,
    /// Where it came from, as told.
    pub source: String,
    /// When it came, if it reads.
    pub added: Option<Timestamp>,
    /// The common names: of certificates, and of the issuers of revocation lists.
    pub names: Vec<String>,
    /// Of certificates that are trusted for documents of some types only, those types.
    pub doc_types: Option<Vec<String>>,
    /// From when on it is old: a certificate has expired, a newer registry or list is due.
    pub until: Option<Timestamp>,
    /// How many anchors it brought, and which could not be used.
    pub brought: Added,
}

/// What trust data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrustKind {
    /// Certificates trusted for a purpose.
    Anchors(Purpose),
    /// The registry of readers.
    Registry,
    /// Revocation lists, of issuers and of readers' authorities alike.
    RevocationLists,
}

impl Wallet {
    /// Trusts what it is told, and gives the id of each thing that it brings: a file of certificates
    /// with revocation lists brings both, certificates first. Where one part is refused, none is taken:
    /// an authority must not be trusted without what it says of whom not to believe.
    ///
    /// A registry takes the place of the one before, and the same file the place of itself; `source`
    /// says where it comes from, such as a file's name.
    ///
    /// A new limit replaces the one before. Without a limit, the one before stays: an app that imports
    /// its certificates again at each start must not widen what a person has limited. Who wants it
    /// wider removes the certificates first.
    ///
    /// # Errors
    /// [`Error::RecordForm`] where a later version has written the one that it would replace;
    /// [`Error::TrustTooLarge`]; [`Error::Trust`]: those of [`Trust::add_anchors`],
    /// [`Trust::add_registry`] and [`Trust::add_crl`], or that of [`Added::is_of_use`]; [`Error::Store`]
    pub fn import_trust(
        &mut self,
        data: TrustData<'_>,
        source: &str,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<TrustId>, Error> {
        let mut import = Import { held: held(&self.store)?, changes: Changes::default() };
        let records = TrustRecord::all(data, source, now).into_iter();
        let ids = records.map(|record| import.add(record, self, rng));
        let ids = ids.collect::<Result<_, _>>()?;
        self.trusts(import.held, import.changes, rng)?;
        Ok(ids)
    }

    /// What the wallet trusts, and since when.
    pub fn trust_list(&self) -> &[TrustEntry] {
        &self.trusted.entries
    }

    /// Trusts it no longer. Documents that rest on it stay.
    ///
    /// # Errors
    /// [`Error::UnknownTrust`], [`Error::Store`]
    pub fn remove_trust(&mut self, id: TrustId, rng: &mut dyn CryptoRng) -> Result<(), Error> {
        if self.trusted.entries.iter().all(|entry| entry.id != id) {
            return Err(Error::UnknownTrust);
        }
        let mut held = held(&self.store)?;
        held.retain(|(known, _)| *known != id);
        let changes = Changes::default().delete(table::TRUST, id.record());
        self.trusts(held, changes.essential().erasing(), rng)
    }

    /// Trusts what is held once the file has the changes, and not before.
    fn trusts(
        &mut self,
        held: Held,
        changes: Changes,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), Error> {
        let trusted = Trusted::new(held);
        let committed = self.commit(changes, rng);
        if let Ok(()) | Err(Error::Store(coffret_store::Error::SecretsBehind)) = committed {
            self.trusted = trusted;
        }
        committed
    }
}

/// What will be held, and what is to be written for it.
struct Import {
    held: Held,
    changes: Changes,
}

impl Import {
    fn add(
        &mut self,
        mut record: TrustRecord,
        wallet: &Wallet,
        rng: &mut dyn CryptoRng,
    ) -> Result<TrustId, Error> {
        let term = record.term().unwrap_or_default();
        let found = wallet.store.find(table::TRUST, &term).first().copied();
        if let Some(id) = found {
            // It may limit what these certificates are trusted for in a way that is not known here.
            records::replaceable::<TrustRecord>(&wallet.store, id)?;
        }
        let id = found.map_or_else(|| TrustId::random(rng), TrustId::from);
        let place = self.held.iter().position(|(known, _)| *known == id);
        let before = place.map(|place| self.held.remove(place)).and_then(|(_, record)| record);
        record.doc_types = record.doc_types.or(before.and_then(|before| before.doc_types));

        Item::parse(record.encoded().as_bytes()).map_err(|_| Error::TrustTooLarge)?;
        record.bring(&mut wallet.trust().clone())?.is_of_use()?;
        self.changes = records::put(std::mem::take(&mut self.changes), id.record(), &record);
        self.held.insert(place.unwrap_or(self.held.len()), (id, Some(record)));
        Ok(id)
    }
}

/// Trust data; `None` is what does not read.
type Held = Vec<(TrustId, Option<TrustRecord>)>;

fn held(store: &Store) -> Result<Held, Error> {
    let records = store.ids(table::TRUST).into_iter().map(|id| match records::read(store, id) {
        Err(Error::RecordForm | Error::RecordDamaged) => Ok((id.into(), None)),
        record => Ok((id.into(), record?)),
    });
    records.collect()
}

/// The trust data of an open wallet.
pub(crate) struct Trusted {
    pub(crate) trust: Trust,
    entries: Vec<TrustEntry>,
}

impl Trusted {
    pub(crate) fn read(store: &Store) -> Result<Trusted, Error> {
        held(store).map(Trusted::new)
    }

    /// Each is judged as of when it came: what time has done to it since is for verdicts to say.
    /// What cannot be used any more, or be read by this version, disables itself only.
    fn new(mut held: Held) -> Trusted {
        let is_registry = |record: &TrustRecord| record.kind == TrustKind::Registry;
        // A registry stands on its registrar's certificate.
        held.sort_by_key(|(_, record)| record.as_ref().is_some_and(is_registry));
        let mut trust = Trust::new();
        let entries = held.into_iter().map(|(id, record)| match record {
            Some(record) => record.entry(id, &mut trust),
            None => TrustEntry::unreadable(id),
        });
        let entries = entries.collect();
        Trusted { trust, entries }
    }
}

impl TrustEntry {
    fn unreadable(id: TrustId) -> TrustEntry {
        TrustEntry {
            id,
            kind: None,
            source: String::new(),
            added: None,
            names: Vec::new(),
            doc_types: None,
            until: None,
            brought: Added::default(),
        }
    }
}

/// ```cddl
/// TrustRecord = { "kind": Kind, "source": tstr, "added": tdate, "data": bstr,
///                 ? "docTypes": [* tstr] }           ; since form 2; without it, of any type
/// Kind        = "issuer" / "reader" / "specimen" / "registry"      ; data: certificates in PEM or DER
///             / "readers"                                          ; data: ReaderRegistry
///             / "revoked"                                          ; data: lists in DER or PEM
/// ```
pub(crate) struct TrustRecord {
    kind: TrustKind,
    doc_types: Option<Vec<String>>,
    source: String,
    added: Timestamp,
    data: Vec<u8>,
}

impl TrustKind {
    const NAMES: [(&str, TrustKind); 6] = [
        ("issuer", TrustKind::Anchors(Purpose::Issuer)),
        ("reader", TrustKind::Anchors(Purpose::Reader)),
        ("specimen", TrustKind::Anchors(Purpose::Specimen)),
        ("registry", TrustKind::Anchors(Purpose::Registry)),
        ("readers", TrustKind::Registry),
        ("revoked", TrustKind::RevocationLists),
    ];

    fn name(self) -> &'static str {
        let named = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        named.map_or("", |(name, _)| name)
    }
}

impl TrustRecord {
    /// A record for each kind of thing that the data bring. Those of one file can be told apart and
    /// removed one by one: each has the file, and takes from it what is of its kind.
    fn all(data: TrustData<'_>, source: &str, added: Timestamp) -> Vec<TrustRecord> {
        let (kind, data, doc_types) = match data {
            TrustData::Anchors(file, purpose) => (TrustKind::Anchors(purpose), file, None),
            TrustData::AnchorsFor(file, purpose, doc_types) => {
                (TrustKind::Anchors(purpose), file, Some(doc_types.to_vec()))
            }
            TrustData::Registry(cose) => (TrustKind::Registry, cose, None),
            TrustData::RevocationLists(file) => (TrustKind::RevocationLists, file, None),
        };
        let record = |kind, doc_types| TrustRecord {
            kind,
            doc_types,
            source: source.to_owned(),
            added,
            data: data.to_vec(),
        };
        let has_lists_beside =
            matches!(kind, TrustKind::Anchors(_)) && Filed::read(data).iter().any(Filed::is_list);
        let lists = has_lists_beside.then(|| record(TrustKind::RevocationLists, None));
        std::iter::once(record(kind, doc_types)).chain(lists).collect()
    }

    fn bring(&self, trust: &mut Trust) -> Result<Added, Rule> {
        match self.kind {
            TrustKind::Anchors(purpose) => {
                let doc_types = self.doc_types.as_ref();
                let grant =
                    doc_types.map_or_else(|| purpose.into(), |types| purpose.limited_to(types));
                trust.add_anchors(&self.data, grant)
            }
            TrustKind::Registry => trust.add_registry(&self.data, self.added),
            TrustKind::RevocationLists => trust.add_crl(&self.data).map(|()| Added::default()),
        }
    }

    fn entry(self, id: TrustId, trust: &mut Trust) -> TrustEntry {
        let brought = self.bring(trust);
        let (names, until) = match self.kind {
            TrustKind::Anchors(_) => {
                let certificates = Certificate::parse_file(&self.data).unwrap_or_default();
                let names = certificates.iter().filter_map(Certificate::common_name);
                let names = names.map(str::to_owned).collect();
                (names, certificates.iter().map(Certificate::not_after).min())
            }
            TrustKind::Registry => {
                let held = trust.registry().filter(|_| brought.is_ok());
                (Vec::new(), held.map(|registry| registry.next_update))
            }
            TrustKind::RevocationLists => {
                let lists = Crl::parse_file(&self.data).unwrap_or_default();
                let until = lists.iter().filter_map(Crl::next_update).min();
                (lists.iter().filter_map(Crl::issuer_common_name).collect(), until)
            }
        };
        let unusable = |rule| Added { anchors: 0, unusable: vec![(0, rule)] };
        TrustEntry {
            id,
            kind: Some(self.kind),
            source: self.source,
            added: Some(self.added),
            names,
            doc_types: self.doc_types,
            until,
            brought: brought.unwrap_or_else(unusable),
        }
    }
}

impl Numbered for TrustRecord {
    /// 2: the types that certificates are trusted for, and revocation lists. Whoever does not know the
    /// types would trust for all.
    const FORM: u64 = 2;

    fn encoded(&self) -> Encoded {
        let types = self.doc_types.as_ref();
        let types = types.map(|types| Encoded::array(types.iter().map(|one| one.as_str().into())));
        let always = [
            ("kind", self.kind.name().into()),
            ("source", self.source.as_str().into()),
            ("added", self.added.into()),
            ("data", Encoded::bytes(&self.data)),
        ];
        Encoded::map(always.into_iter().chain(types.map(|types| ("docTypes", types))))
    }
}

impl Record for TrustRecord {
    const TABLE: Table = table::TRUST;

    /// There is one registry, each file of certificates once for a purpose, and each of lists once.
    fn term(&self) -> Option<Vec<u8>> {
        let kind = self.kind.name().as_bytes();
        Some(match self.kind {
            TrustKind::Anchors(_) | TrustKind::RevocationLists => [kind, &self.data].concat(),
            TrustKind::Registry => kind.to_vec(),
        })
    }
}

impl Decode for TrustRecord {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<TrustRecord, Error> {
        let map = item.map()?;
        let kind = map.require("kind")?.text()?;
        let kind = TrustKind::NAMES.iter().find(|(name, _)| *name == kind);
        let texts = |item: Item<'_>| {
            let texts = item.array()?.map(|item| Ok(item.text()?.into_owned()));
            texts.collect::<Result<Vec<_>, Error>>()
        };
        Ok(TrustRecord {
            kind: kind.ok_or(Error::RecordForm)?.1,
            doc_types: map.get("docTypes").map(texts).transpose()?,
            source: map.require("source")?.text()?.into_owned(),
            added: Timestamp::decode(map.require("added")?)?,
            data: map.require("data")?.byte_string()?.into_owned(),
        })
    }
}
