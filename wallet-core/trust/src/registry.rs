use coffret_cbor::{Decode, Encoded, Item, Map, Timestamp};
use coffret_crypto::PrivateKey;
use coffret_crypto::cose::{Payload, Sign1, Unsigned};
use der::Encode;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{KeyUsages, SubjectAltName};

use crate::{Certificate, Error};

/// The registry of readers: who asks for what, since ISO certificates carry no purpose. It is signed.
///
/// §1. Form:
///
/// ```cddl
/// ReaderRegistry = COSE_Sign1            ; payload: bstr .cbor Registry; x5chain: the registrar
/// Registry = {
///     "version": "1.0",
///     "issued": tdate,
///     "nextUpdate": tdate,               ; after issued
///     "anchors": [* bstr],               ; DER certificates of authorities of readers
///     "readers": [* Reader],
///     * tstr => any
/// }
/// Reader = {
///     "anchor": uint,                    ; place in anchors, from 0
///     ("subject": bstr // "san": tstr),  ; DER of the subject, or one of the alternative names:
///                                        ; DNS name, URI or e-mail address
///     "name": { "fr": tstr, "en": tstr },
///     "purposes": [+ tstr],              ; ids of the catalogue
///     "retains": bool,                   ; whether it keeps what it is shown
///     ? "privacy": tstr,                 ; URL of the page that says what for
///     * tstr => any
/// }
/// ```
///
/// §2. Trust: the registrar's certificate is one trusted for registries, byte for byte; it is valid
/// at the time and its key is for digital signatures. A registry is not taken before it is issued,
/// nor in place of one issued later. Past `nextUpdate` it stands, with a warning. An authority that
/// cannot be used disables its own readers only. Members that are not in the form are passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// When it was issued.
    pub issued: Timestamp,
    /// When there will be a newer one.
    pub next_update: Timestamp,
    /// The readers in it.
    pub readers: Vec<RegisteredReader>,
}

/// A reader, and how its certificate is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredReader {
    /// The authority that certifies it.
    pub authority: Certificate,
    /// What its certificate calls it.
    pub subject: ReaderSubject,
    /// What people are told about it.
    pub registration: Registration,
}

/// What a reader's certificate calls it, now and after renewals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderSubject {
    /// The whole subject, in DER.
    Name(Vec<u8>),
    /// One of its alternative names: a DNS name, a URI or an e-mail address.
    AlternativeName(String),
}

/// What the registry says of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its name in French.
    pub name_fr: String,
    /// Its name in English.
    pub name_en: String,
    /// The purposes it is registered for, by their ids in the catalogue.
    pub purposes: Vec<String>,
    /// Whether it keeps what it is shown.
    pub retention: Retention,
    /// The URL of the page that says what for.
    pub privacy: Option<String>,
}

/// Whether a reader keeps what it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// It looks, and forgets.
    NotKept,
    /// It keeps some or all of it.
    Kept,
}

impl Registry {
    /// The signed registry: a COSE_Sign1 with the registrar's certificate.
    ///
    /// # Errors
    /// [`Error::Crypto`] for a key that does not sign.
    pub fn sign(&self, registrar: &Certificate, key: &PrivateKey) -> Result<Vec<u8>, Error> {
        let algorithm = key.public_key().curve().algorithm()?;
        let payload = Encoded::from(self);
        let payload = Payload::Embedded(payload.as_bytes());
        let signed = Unsigned::new(algorithm, &[registrar.der()], payload, &[]).sign(key)?;
        Ok(Encoded::from(&signed).into_bytes())
    }

    /// Verifies by §2 and reads by §1.
    pub(crate) fn open<'a>(
        cose: &[u8],
        mut registrars: impl Iterator<Item = &'a Certificate>,
        now: Timestamp,
    ) -> Result<Registry, Error> {
        let signed = Sign1::decode(Item::parse(cose)?)?;
        let leaf = signed.x5chain().first().ok_or(Error::NoCertificate)?;
        let registrar =
            registrars.find(|registrar| registrar.der() == leaf).ok_or(Error::UntrustedRegistry)?;
        if !registrar.is_valid_at(now) {
            return Err(Error::IssuerNotValid);
        }
        if !registrar.allows(KeyUsages::DigitalSignature)? {
            return Err(Error::SignerKeyUsage);
        }
        signed.verify(registrar.public_key()?, &[])?;
        let registry = Registry::decode(Item::parse(signed.payload().unwrap_or_default())?)?;
        if registry.issued > now {
            return Err(Error::RegistryNotYetIssued);
        }
        Ok(registry)
    }

    /// The authorities of its readers, each once.
    pub(crate) fn authorities(&self) -> Vec<&Certificate> {
        let mut authorities = Vec::new();
        for reader in &self.readers {
            if !authorities.contains(&&reader.authority) {
                authorities.push(&reader.authority);
            }
        }
        authorities
    }

    /// What it says of the reader that `authority` certifies as `leaf`.
    pub(crate) fn find(
        &self,
        authority: &Certificate,
        leaf: &Certificate,
    ) -> Option<&Registration> {
        let mut readers = self.readers.iter();
        let is_it = |reader: &&RegisteredReader| {
            reader.authority == *authority && reader.subject.is_of(leaf)
        };
        readers.find(is_it).map(|reader| &reader.registration)
    }
}

impl ReaderSubject {
    /// The whole subject of a certificate.
    ///
    /// # Errors
    /// [`Error::MalformedCertificate`]
    pub fn of(certificate: &Certificate) -> Result<ReaderSubject, Error> {
        let subject = certificate.tbs().subject().to_der();
        subject.map(ReaderSubject::Name).map_err(|_| Error::MalformedCertificate)
    }

    fn is_of(&self, leaf: &Certificate) -> bool {
        match self {
            ReaderSubject::Name(_) => ReaderSubject::of(leaf).as_ref() == Ok(self),
            ReaderSubject::AlternativeName(name) => {
                let names = leaf.extension::<SubjectAltName>().ok().flatten();
                names
                    .is_some_and(|(_, names)| names.0.iter().any(|found| text(found) == Some(name)))
            }
        }
    }
}

fn text(name: &GeneralName) -> Option<&str> {
    match name {
        GeneralName::DnsName(text)
        | GeneralName::UniformResourceIdentifier(text)
        | GeneralName::Rfc822Name(text) => Some(text.as_str()),
        _ => None,
    }
}

const VERSION: &str = "1.0";

impl Decode for Registry {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Registry, Error> {
        let map = item.map()?;
        if map.require("version")?.text()? != VERSION {
            return Err(Error::MalformedRegistry);
        }
        let issued = Timestamp::decode(map.require("issued")?)?;
        let next_update = Timestamp::decode(map.require("nextUpdate")?)?;
        if next_update <= issued {
            return Err(Error::MalformedRegistry);
        }
        let anchors = map.require("anchors")?.array()?;
        let anchors = anchors.map(|der| Certificate::parse(&der.byte_string()?));
        let anchors: Vec<_> = anchors.collect::<Result<_, _>>()?;
        let readers = map.require("readers")?.array()?;
        let readers = readers.map(|item| reader(item.map()?, &anchors));
        Ok(Registry { issued, next_update, readers: readers.collect::<Result<_, _>>()? })
    }
}

fn reader(map: Map<'_>, anchors: &[Certificate]) -> Result<RegisteredReader, Error> {
    let place = usize::try_from(map.require("anchor")?.unsigned()?);
    let authority = anchors.get(place.unwrap_or(usize::MAX)).ok_or(Error::MalformedRegistry)?;
    let subject = match (map.get("subject"), map.get("san")) {
        (Some(name), None) => ReaderSubject::Name(name.byte_string()?.into_owned()),
        (None, Some(name)) => ReaderSubject::AlternativeName(name.text()?.into_owned()),
        _ => return Err(Error::MalformedRegistry),
    };
    let name = map.require("name")?.map()?;
    let text = |item: Item<'_>| item.text().map(String::from);
    let purposes = map.require("purposes")?.array()?.map(text).collect::<Result<Vec<_>, _>>()?;
    if purposes.is_empty() {
        return Err(Error::MalformedRegistry);
    }
    let retains = map.require("retains")?.boolean()?;
    let registration = Registration {
        name_fr: text(name.require("fr")?)?,
        name_en: text(name.require("en")?)?,
        purposes,
        retention: if retains { Retention::Kept } else { Retention::NotKept },
        privacy: map.get("privacy").map(text).transpose()?,
    };
    Ok(RegisteredReader { authority: authority.clone(), subject, registration })
}

impl From<&Registry> for Encoded {
    fn from(registry: &Registry) -> Encoded {
        let authorities = registry.authorities();
        let readers = registry.readers.iter().map(|reader| {
            let place = authorities.iter().take_while(|other| ***other != reader.authority).count();
            encoded_reader(reader, place as u64)
        });
        Encoded::map([
            ("version", VERSION.into()),
            ("issued", registry.issued.into()),
            ("nextUpdate", registry.next_update.into()),
            ("anchors", Encoded::array(authorities.iter().map(|each| Encoded::bytes(each.der())))),
            ("readers", Encoded::array(readers)),
        ])
    }
}

fn encoded_reader(reader: &RegisteredReader, anchor: u64) -> Encoded {
    let registration = &reader.registration;
    let text = |text: &String| Encoded::from(text.as_str());
    let name = [("fr", text(&registration.name_fr)), ("en", text(&registration.name_en))];
    let mut members = vec![
        ("anchor", anchor.into()),
        match &reader.subject {
            ReaderSubject::Name(der) => ("subject", Encoded::bytes(der)),
            ReaderSubject::AlternativeName(name) => ("san", text(name)),
        },
        ("name", Encoded::map(name)),
        ("purposes", Encoded::array(registration.purposes.iter().map(text))),
        ("retains", (registration.retention == Retention::Kept).into()),
    ];
    members.extend(registration.privacy.iter().map(|page| ("privacy", text(page))));
    Encoded::map(members)
}
