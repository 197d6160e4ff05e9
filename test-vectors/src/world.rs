use coffret_cbor::{Encoded, FullDate, Timestamp};
use coffret_crypto::{Algorithm, Curve, PrivateKey};
use coffret_issuer::{Identity, Pki};
use coffret_test_vectors::forge::{COMMON_NAME, COUNTRY, Draft, LEAF, ROOT, STATE, key};
use coffret_trust::{Certificate, Registration, Retention};
use data_encoding::BASE64;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::Result;

/// Everybody in the vectors, always the same.
pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) pki: Pki,
    /// Another document signer under the same root, on P-384.
    pub(crate) signer_p384: Identity,
    /// Another, with Ed25519.
    pub(crate) signer_ed25519: Identity,
    /// A document signer under the published specimen root.
    pub(crate) specimen_signer: Identity,
    pub(crate) specimen_root: Certificate,
    /// Nobody's: trusted by none.
    pub(crate) stranger: Pki,
    pub(crate) abroad: Vec<Abroad>,
    pub(crate) device_key: PrivateKey,
    pub(crate) e_reader_key: PrivateKey,
    pub(crate) e_device_key: PrivateKey,
}

/// The root of an issuing authority, and its document signer.
pub(crate) struct Abroad {
    country: Option<&'static str>,
    state: Option<&'static str>,
    pub(crate) root: Certificate,
    pub(crate) signer: Identity,
}

/// Countries and states as real certificates spell them, or leave them out.
const ABROAD: [(Option<&str>, Option<&str>); 10] = [
    (Some("US"), Some("US-UT")),
    (Some("US"), Some("LA")),
    (Some("US"), Some("Colorado")),
    (Some("US"), None),
    (Some("CA"), Some("Quebec")),
    (Some("CA"), Some("ON")),
    (Some("CA"), None),
    (Some("JP"), Some("Tokyo")),
    (Some("BE"), None),
    (None, None),
];

impl Abroad {
    fn new(country: Option<&'static str>, state: Option<&'static str>) -> Result<Abroad> {
        let place = [(COUNTRY, country), (STATE, state)];
        let place = place.into_iter().filter_map(|(oid, text)| Some((oid, text?)));
        let named = |name| place.clone().chain([(COMMON_NAME, name)]).collect::<Vec<_>>();
        let subject = named("Issuing authority");
        let root = Draft { issuer: subject.clone(), subject, ..Draft::issuer_root() };
        let issuer = root.subject.clone();
        let signer = Draft { issuer, subject: named("Signer"), ..Draft::document_signer() };
        let signer = BASE64.encode(&signer.der(&key(ROOT)));
        let signer = format!("-----BEGIN CERTIFICATE-----\n{signer}\n-----END CERTIFICATE-----\n");
        let signer = Identity::from_pem(&signer, &key(LEAF).to_pkcs8_pem())?;
        Ok(Abroad { country, state, root: root.certificate(&key(ROOT)), signer })
    }
}

impl World {
    /// The authority of this country and state, spelled so.
    pub(crate) fn abroad(&self, country: Option<&str>, state: Option<&str>) -> &Abroad {
        let found = self.abroad.iter().find(|one| (one.country, one.state) == (country, state));
        found.expect("a row of ABROAD")
    }

    pub(crate) fn new() -> Result<World> {
        let mut rng = ChaCha20Rng::from_seed(*b"Coffret: vectors for any wallet.");
        let rng = &mut rng;
        let now = Timestamp::parse("2026-11-22T12:00:00Z")?;
        let registration = |name: &str| Registration {
            name_fr: name.to_owned(),
            name_en: name.to_owned(),
            purposes: vec!["age-18".to_owned()],
            retention: Retention::NotKept,
            privacy: None,
        };
        let pki = Pki::generate(registration("Dépanneur du coin"), now, rng)?;
        let specimens = Identity::specimen_root()?;
        let stranger = Pki::generate(registration("Inconnu"), now, rng)?;
        Ok(World {
            now,
            signer_p384: pki.issuer.document_signer("P-384", Algorithm::Es384, now, rng)?,
            signer_ed25519: pki.issuer.document_signer("Ed25519", Algorithm::EdDsa, now, rng)?,
            specimen_signer: specimens.document_signer("SPÉCIMEN", Algorithm::Es256, now, rng)?,
            specimen_root: specimens.certificate().clone(),
            pki,
            stranger,
            abroad: ABROAD.iter().map(|(c, st)| Abroad::new(*c, *st)).collect::<Result<_>>()?,
            device_key: PrivateKey::generate(Curve::P256, rng),
            e_reader_key: PrivateKey::generate(Curve::P256, rng),
            e_device_key: PrivateKey::generate(Curve::P256, rng),
        })
    }

    /// The day of the clock.
    pub(crate) fn today(&self) -> FullDate {
        self.now.date()
    }

    /// `[DeviceEngagementBytes, EReaderKeyBytes, null]`: the holder's code was scanned.
    pub(crate) fn transcript(&self) -> Encoded {
        let key = |key: &PrivateKey| Encoded::embedded(&key.public_key().to_cose());
        let security = Encoded::array([1u64.into(), key(&self.e_device_key)]);
        let engagement = Encoded::map([(0i64, "1.0".into()), (1, security)]);
        let engagement = Encoded::embedded(&engagement);
        Encoded::array([engagement, key(&self.e_reader_key), Encoded::null()])
    }
}
