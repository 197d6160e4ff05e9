//! The test infrastructure, judged by our own trust and by OpenSSL.

#![cfg(test)]

use std::path::{Path, PathBuf};
use std::process::Command;

use coffret_cbor::Timestamp;
use coffret_crypto::Algorithm;
use coffret_crypto::cose::{Payload, Unsigned};
use coffret_issuer::{DOCUMENT_SIGNER_NAME, Error, Identity, Pki};
use coffret_trust::{
    Chain, Profile, Purpose, ReaderSigned, ReaderVerdict, Registration, Retention, SPECIMEN_ROOT,
    SignerVerdict, Trust, TrustedBy,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const MDL: &str = "org.iso.18013.5.1.mDL";

const ALGORITHMS: [Algorithm; 4] =
    [Algorithm::Es256, Algorithm::Es384, Algorithm::Es512, Algorithm::EdDsa];

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([7; 32])
}

fn registration() -> Registration {
    Registration {
        name_fr: "Pharmacie d’essai, Québec".into(),
        name_en: "Test pharmacy, Québec".into(),
        purposes: vec!["pharmacy".into()],
        retention: Retention::NotKept,
        privacy: None,
    }
}

fn pki() -> Pki {
    Pki::generate(registration(), now(), &mut rng()).unwrap()
}

fn judge(root: &Identity, purpose: Purpose, signer: &Identity) -> SignerVerdict {
    let mut trust = Trust::new();
    trust.add_anchors(root.certificate_pem().unwrap(), purpose).unwrap();
    trust.signer(&Chain::parse([signer.certificate().der()]).unwrap(), MDL, now())
}

#[test]
fn a_document_signer_follows_every_rule() {
    let pki = pki();
    for algorithm in ALGORITHMS {
        let signer = pki.issuer.document_signer(DOCUMENT_SIGNER_NAME, algorithm, now(), &mut rng());
        let verdict = judge(&pki.issuer, Purpose::Issuer, &signer.unwrap());
        assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]), "{algorithm:?}");
        assert_eq!((verdict.trusted_by, verdict.specimen), (Some(TrustedBy::Root), false));
        assert_eq!(verdict.country.as_deref(), Some("CA"));
        assert_eq!(verdict.state.as_deref(), Some("CA-QC"));
    }
}

#[test]
fn every_certificate_follows_its_profile() {
    let pki = pki();
    let identities = [
        (&pki.issuer, Profile::IssuerRoot),
        (&pki.document_signer, Profile::DocumentSigner),
        // The readers' authority follows what is asked of issuers' too.
        (&pki.reader_authority, Profile::IssuerRoot),
        (&pki.reader_authority, Profile::ReaderRoot),
        (&pki.reader, Profile::Reader),
    ];
    for (identity, profile) in identities {
        assert_eq!(identity.certificate().deviations(profile), [], "{profile:?}");
    }
}

#[test]
fn certificates_begin_with_the_day_before() {
    let pki = pki();
    for identity in
        [&pki.issuer, &pki.document_signer, &pki.reader_authority, &pki.reader, &pki.registrar]
    {
        let (first, last) =
            (identity.certificate().not_before(), identity.certificate().not_after());
        assert_eq!(first.to_string(), "2026-11-21T00:00:00Z");
        assert!(last.to_string().ends_with("T23:59:59Z"), "{last}");
    }
}

#[test]
fn the_reader_is_registered() {
    let pki = pki();
    let mut trust = Trust::new();
    trust.add_anchor(pki.registrar.certificate().clone(), Purpose::Registry).unwrap();
    let added = trust.add_registry(&pki.readers, now()).unwrap();
    assert_eq!((added.anchors, added.unusable), (1, vec![]));

    let payload = b"the bytes of ReaderAuthenticationBytes";
    let certificates = [pki.reader.certificate().der()];
    let message = Unsigned::new(Algorithm::Es256, &certificates, Payload::Detached(payload), &[]);
    let signature = message.sign(pki.reader.key()).unwrap();
    let signed = [Some(ReaderSigned { signature: &signature, payload })];
    let ReaderVerdict::Verified(reader) = trust.reader(&signed, now()) else { panic!() };
    assert_eq!(reader.name.as_deref(), Some("Pharmacie d’essai, Québec"));
    assert_eq!(reader.registration, Some(registration()));
    assert_eq!(reader.warnings, []);
}

#[test]
fn specimens_are_specimens_however_they_are_trusted() {
    let root = Identity::specimen_root().unwrap();
    let name = "SPÉCIMEN, sans valeur";
    let signer = root.document_signer(name, Algorithm::Es256, now(), &mut rng()).unwrap();
    for purpose in [Purpose::Specimen, Purpose::Issuer] {
        let verdict = judge(&root, purpose, &signer);
        assert_eq!((verdict.errors, verdict.warnings), (vec![], vec![]));
        assert_eq!((verdict.trusted_by, verdict.specimen), (Some(TrustedBy::Root), true));
    }
    let mut trust = Trust::new();
    let chain = Chain::parse([signer.certificate().der()]).unwrap();
    assert_eq!(trust.signer(&chain, MDL, now()).trusted_by, None);
    trust.add_signer(signer.certificate().clone());
    let verdict = trust.signer(&chain, MDL, now());
    assert_eq!((verdict.trusted_by, verdict.specimen), (Some(TrustedBy::Signer), true));
}

#[test]
fn an_identity_is_read_as_it_was_written() {
    let pki = pki();
    let (certificate, key) = (pki.reader.certificate_pem().unwrap(), pki.reader.key_pem());
    let read = Identity::from_pem(&certificate, &key).unwrap();
    assert_eq!(read.certificate(), pki.reader.certificate());
    assert_eq!(read.key().public_key(), pki.reader.key().public_key());

    let other = pki.registrar.key_pem();
    let mismatch = Identity::from_pem(&certificate, &other);
    assert_eq!(mismatch.unwrap_err(), Error::KeyMismatch);
}

#[test]
fn a_common_name_has_1_to_64_characters() {
    let authority = pki().reader_authority;
    let named = |name: &str| authority.reader(name, now(), &mut rng()).map(drop);
    assert_eq!(named("é"), Ok(()));
    assert_eq!(named(&"é".repeat(64)), Ok(()));
    assert_eq!(named(""), Err(Error::CommonName));
    assert_eq!(named(&"é".repeat(65)), Err(Error::CommonName));
}

#[test]
fn no_private_key_is_printed() {
    assert!(format!("{:?}", pki()).contains("PrivateKey([…])"));
}

/// A folder of this test's own.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pki");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn openssl(arguments: &[&str], folder: &Path) -> (bool, String) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    (
        output.status.success(),
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into(),
    )
}

#[test]
fn openssl_verifies_the_paths() {
    if Command::new("openssl").arg("version").output().is_err() {
        println!("skipped: there is no openssl");
        return;
    }
    let (pki, folder) = (pki(), folder());
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    let mut signers = vec![("ds", "iaca"), ("reader", "reader-ca")];
    for (name, identity) in [
        ("iaca", &pki.issuer),
        ("ds", &pki.document_signer),
        ("reader-ca", &pki.reader_authority),
        ("reader", &pki.reader),
    ] {
        write(&format!("{name}.pem"), &identity.certificate_pem().unwrap());
    }
    for (name, algorithm) in ["ds-0", "ds-1", "ds-2", "ds-3"].into_iter().zip(ALGORITHMS) {
        let signer = pki.issuer.document_signer(DOCUMENT_SIGNER_NAME, algorithm, now(), &mut rng());
        let signer = signer.unwrap();
        write(&format!("{name}.pem"), &signer.certificate_pem().unwrap());
        write(&format!("{name}.key"), &signer.key_pem());
        signers.push((name, "iaca"));
        let (read, says) = openssl(&["pkey", "-in", &format!("{name}.key"), "-noout"], &folder);
        assert!(read, "{says}");
    }
    for (signer, root) in signers {
        let (signer, root) = (format!("{signer}.pem"), format!("{root}.pem"));
        let time = now().unix().to_string();
        let arguments = [
            "verify",
            "-x509_strict",
            "-check_ss_sig",
            "-attime",
            &time,
            "-CAfile",
            &root,
            &signer,
        ];
        let (verified, says) = openssl(&arguments, &folder);
        assert!(verified, "{signer}: {says}");
    }
    write("specimen.pem", SPECIMEN_ROOT);
    let (_, says) = openssl(&["x509", "-in", "specimen.pem", "-noout", "-text"], &folder);
    assert!(says.contains("CA:TRUE, pathlen:0"), "{says}");
}
