//! Certificates, in DER and in PEM: what is read can be shown, measured, judged and trusted.
#![no_main]

use coffret_fuzz::now;
use coffret_trust::{Certificate, Chain, Profile, Purpose, SPECIMEN_ROOT, Trust};
use libfuzzer_sys::fuzz_target;

const LICENCE: &str = "org.iso.18013.5.1.mDL";

fuzz_target!(|bytes: &[u8]| {
    let _ = Trust::new().add_anchors(bytes, Purpose::Issuer);
    let Ok(certificate) = Certificate::parse(bytes) else { return };
    assert_eq!(certificate.der(), bytes);
    let _shown = (certificate.subject(), certificate.issuer(), certificate.extensions().count());
    for profile in
        [Profile::IssuerRoot, Profile::DocumentSigner, Profile::ReaderRoot, Profile::Reader]
    {
        certificate.deviations(profile);
    }
    let chain = Chain::parse([bytes]).expect("a chain of one certificate that was read");
    let mut trust = Trust::new();
    trust.add_anchors(SPECIMEN_ROOT, Purpose::Specimen).expect("our own root");
    trust.signer(&chain, LICENCE, now());
    // As an anchor and as a signer, it is still judged without a panic.
    let _ = trust.add_anchor(certificate.clone(), Purpose::Issuer);
    trust.signer(&chain, LICENCE, now());
    trust.add_signer(certificate);
    trust.signer(&chain, LICENCE, now());
});
