use coffret_cbor::{Encoded, FullDate, Timestamp};
use coffret_crypto::{Algorithm, Curve, PrivateKey};
use coffret_issuer::{Identity, Pki};
use coffret_trust::{Certificate, Registration, Retention};
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
    pub(crate) device_key: PrivateKey,
    pub(crate) e_reader_key: PrivateKey,
    pub(crate) e_device_key: PrivateKey,
}

impl World {
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
