//! What a person takes along to read elsewhere: documents and log, sealed under a passphrase.
//!
//! §1. Form. The header is associated data of the sealing, byte for byte:
//!
//! ```cddl
//! Export  = [ header: bstr .cbor Header, sealed: bstr ]
//! Header  = { "format": "coffret-export", "version": "1.0", "memory": uint, "passes": uint,
//!             "salt": bstr .size 16, "nonce": bstr .size 12 }
//! Content = {
//!     "exported": tdate,
//!     "notice": { "fr": tstr, "en": tstr },   ; what it is for
//!     "people": [* { "id": bstr .size 16, ? "name": tstr }],   ; the wallet's own holder first
//!     "documents": [* Document],
//!     "log": any,                             ; see the module `log`
//!     "unreadable": [* Unreadable]            ; what did not read in the wallet: see §3
//! }
//! Document = {
//!     "docType": tstr, "person": bstr .size 16, "specimen": bool,
//!     "elements": { * NameSpace => { * DataElementIdentifier => any } },
//!     "issuerSigned": IssuerSigned            ; as the issuer signed it; no key goes with it
//! }
//! ```
//!
//! §2. Sealing. `sealed` is Content under AES-256-GCM. The key is HKDF-SHA-256 with the secret
//! Argon2id (version 1.3, one lane, `memory` KiB, `passes`, 32 bytes) of the passphrase in UTF-8 and
//! the salt, again the salt, and the info "Coffret export". A passphrase has 12 characters or more:
//! whoever finds the file may try as many as they like.
//!
//! §3. Completeness. A record that does not read stops no export: the rest leaves, and
//! [`Wallet::unreadable`] is part of it.
//!
//! ```cddl
//! Unreadable = { "kind": tstr, "id": bstr .size 16, "rule": tstr }
//! ```
//!
//! `kind` is a [name](crate::RecordKind::name) and `rule` the name of an error's code. An export lacks
//! something where there is a "document", "people" or "log" among them; the log says itself which of
//! its entries did not read.

use coffret_cbor::{Encoded, Item, Limits, Timestamp};
use coffret_crypto::aead::{self, Nonce};
use coffret_crypto::password::{self, Cost, Salt};
use coffret_crypto::{SymmetricKey, Wiped};
use rand_core::CryptoRng;

use crate::documents::Document;
use crate::records::readable;
use crate::{Error, Unreadable, Wallet};

const FORMAT: &str = "coffret-export";
const VERSION: &str = "1.0";
const INFO: &[u8] = b"Coffret export";
/// Four words that nobody has said in this order before.
const SHORTEST: usize = 12;

/// The most that an export, or what is in it, is read of: a hundred documents with portraits, and
/// the log of years.
pub const LIMITS: Limits =
    Limits { items: 1 << 21, string: 192 << 20, total: 200 << 20, ..Limits::MESSAGE };

const NOTICE_FR: &str = "Cet export sert à lire vos documents et votre journal. \
    Il ne peut pas être présenté : les clés qui prouvent que les documents sont les vôtres n’y sont pas.";
const NOTICE_EN: &str = "This export is for reading your documents and your log. It cannot be \
    presented: the keys that prove that the documents are yours are not in it.";

impl Wallet {
    /// What the wallet holds, to be read elsewhere by [`open`]. It cannot be presented: no key is
    /// in it. What does not read is left out, and listed there as by [`Wallet::unreadable`].
    ///
    /// # Errors
    /// [`Error::ShortPassphrase`], [`Error::Store`], [`Error::Crypto`] for a cost out of bounds.
    pub fn export(
        &mut self,
        passphrase: &str,
        cost: Cost,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        if passphrase.chars().count() < SHORTEST {
            return Err(Error::ShortPassphrase);
        }
        let content = Wiped::from(self.content(now, rng)?.into_bytes());
        let (mut salt, mut nonce) = (Salt::default(), Nonce::default());
        rng.fill_bytes(&mut salt);
        rng.fill_bytes(&mut nonce);
        let header = Encoded::map([
            ("format", FORMAT.into()),
            ("version", VERSION.into()),
            ("memory", u64::from(cost.memory_kib()).into()),
            ("passes", u64::from(cost.passes()).into()),
            ("salt", Encoded::bytes(&salt)),
            ("nonce", Encoded::bytes(&nonce)),
        ]);
        let key = key(passphrase, &salt, cost)?;
        let sealed = aead::seal(&key, &nonce, header.as_bytes(), &content)?;
        let export = [Encoded::bytes(header.as_bytes()), Encoded::bytes(&sealed)];
        Ok(Encoded::array(export).into_bytes())
    }

    fn content(&mut self, now: Timestamp, rng: &mut dyn CryptoRng) -> Result<Encoded, Error> {
        let people = self.people()?.into_iter().map(|person| {
            let name = person.name.as_deref().map(|name| ("name", name.into()));
            let id = [("id", Encoded::bytes(person.id.record().as_bytes()))];
            Encoded::map(id.into_iter().chain(name))
        });
        let mut documents = Vec::new();
        for card in self.documents(now)? {
            let document = readable(self.document(card.id, now).map(Some))?;
            documents.extend(document.as_ref().map(exported));
        }
        let unreadable = Encoded::array(self.unreadable()?.iter().map(Encoded::from));
        let notice = [("fr", NOTICE_FR.into()), ("en", NOTICE_EN.into())];
        Ok(Encoded::map([
            ("exported", now.into()),
            ("notice", Encoded::map(notice)),
            ("people", Encoded::array(people)),
            ("documents", Encoded::array(documents)),
            ("log", self.exported_log(now, rng)?),
            ("unreadable", unreadable),
        ]))
    }
}

fn exported(document: &Document) -> Encoded {
    let namespaces = document.elements().namespaces().iter().map(|(namespace, elements)| {
        let elements = elements.iter().map(|(id, value)| (id.as_str(), value.into()));
        (namespace.as_str(), Encoded::map(elements))
    });
    Encoded::map([
        ("docType", document.card.doc_type.as_str().into()),
        ("person", Encoded::bytes(document.card.person.record().as_bytes())),
        ("specimen", document.card.specimen.into()),
        ("elements", Encoded::map(namespaces)),
        ("issuerSigned", (&document.issuer_signed).into()),
    ])
}

impl From<&Unreadable> for Encoded {
    fn from(found: &Unreadable) -> Encoded {
        Encoded::map([
            ("kind", found.kind.name().into()),
            ("id", Encoded::bytes(&found.id)),
            ("rule", found.rule.code().name.into()),
        ])
    }
}

/// What an export holds, as `Content` in CBOR: readable by anyone, presentable by nobody.
///
/// # Errors
/// [`Error::ExportForm`], [`Error::ExportSealed`]; [`Error::Crypto`] for a cost that is not worth
/// paying.
pub fn open(export: &[u8], passphrase: &str) -> Result<Wiped, Error> {
    let sealed = Sealed::read(export).ok_or(Error::ExportForm)?;
    let key = key(passphrase, &sealed.salt, sealed.cost?)?;
    aead::open(&key, &sealed.nonce, &sealed.header, &sealed.content)
        .map_err(|_| Error::ExportSealed)
}

/// An export as received.
struct Sealed {
    header: Vec<u8>,
    cost: Result<Cost, coffret_crypto::Error>,
    salt: Salt,
    nonce: Nonce,
    content: Vec<u8>,
}

impl Sealed {
    fn read(export: &[u8]) -> Option<Sealed> {
        let [header, content] =
            Item::parse_within(export, &LIMITS).ok()?.array().ok()?.exactly().ok()?;
        let header = header.byte_string().ok()?.into_owned();
        let map = Item::parse(&header).ok()?.map().ok()?;
        let text = |key: &str| map.get(key)?.text().ok();
        let bytes = |key: &str| Some(map.get(key)?.byte_string().ok()?.into_owned());
        let number = |key: &str| u32::try_from(map.get(key)?.unsigned().ok()?).ok();
        let is_known = text("format")? == FORMAT && text("version")? == VERSION;
        is_known.then_some(())?;
        Some(Sealed {
            cost: Cost::new(number("memory")?, number("passes")?),
            salt: bytes("salt")?.try_into().ok()?,
            nonce: bytes("nonce")?.try_into().ok()?,
            content: content.byte_string().ok()?.into_owned(),
            header,
        })
    }
}

fn key(passphrase: &str, salt: &Salt, cost: Cost) -> Result<SymmetricKey, Error> {
    Ok(password::derive(passphrase.as_bytes(), salt, cost)?.derive(salt, INFO))
}
