//! Certificates and lists as bytes: limits, forms, and that nothing panics.

#![cfg(test)]

use coffret_test_vectors::forge::*;
use coffret_trust::{
    Added, Certificate, Chain, Crl, Error, Extension, Filed, MAX_CERTIFICATE, MAX_CHAIN, MAX_CRL,
    Purpose, SPECIMEN_ROOT, Trust,
};
use data_encoding::BASE64;
use proptest::prelude::*;

const MDL: &str = "org.iso.18013.5.1.mDL";

fn pem(certificates: &[Vec<u8>]) -> String {
    let section = |der: &Vec<u8>| {
        let base64 = BASE64.encode(der);
        format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
    };
    certificates.iter().map(section).collect()
}

#[test]
fn a_certificate_says_what_it_is() {
    let certificate = Draft::document_signer().certificate(&key(ROOT));
    assert_eq!(certificate.subject(), "CN=Test signer,ST=CA-QC,C=CA");
    assert_eq!(certificate.issuer(), "CN=Test root,ST=CA-QC,C=CA");
    assert_eq!(certificate.serial(), [0x11; 16]);
    assert_eq!(certificate.not_before(), time("2026-11-01T00:00:00Z"));
    assert_eq!(certificate.not_after(), time("2027-11-01T00:00:00Z"));
    assert_eq!(certificate.public_key(), Ok(&key(LEAF).public_key()));
    let critical: Vec<_> = certificate.extensions().filter(|found| found.critical).collect();
    let expected = [KEY_USAGE, EXTENDED_KEY_USAGE];
    assert_eq!(critical, expected.map(|oid| Extension { oid: oid.into(), critical: true }));
    assert_eq!(
        format!("{certificate:?}"),
        format!("Certificate({} bytes)", certificate.der().len())
    );
}

#[test]
fn a_certificate_is_not_too_large() {
    let filled = |bytes: usize| Draft::reader().with("1.2.3.4", false, octets(&vec![0; bytes]));
    let size = |bytes| filled(bytes).der(&key(ROOT)).len();
    let most = MAX_CERTIFICATE - size(1024) + 1024;
    // The signature's length is not the same each time, by a byte or two.
    assert!(Certificate::parse(&filled(most - 4).der(&key(ROOT))).is_ok());
    let large = filled(most + 4).der(&key(ROOT));
    assert_eq!(Certificate::parse(&large), Err(Error::CertificateTooLarge));
}

#[test]
fn a_chain_is_neither_empty_nor_too_long() {
    let der = Draft::reader().der(&key(ROOT));
    let chain = |length: usize| Chain::parse(std::iter::repeat_n(der.as_slice(), length));
    assert_eq!(chain(0).unwrap_err(), Error::NoCertificate);
    assert!(chain(MAX_CHAIN).is_ok());
    assert_eq!(chain(MAX_CHAIN + 1).unwrap_err(), Error::ChainTooLong);
}

#[test]
fn a_chain_of_one_certificate_many_times_ends() {
    let certificate = Draft::between().der(&key(ROOT));
    let chain = Chain::parse(std::iter::repeat_n(certificate.as_slice(), MAX_CHAIN)).unwrap();
    assert!(Trust::new().signer(&chain, MDL, now()).errors.contains(&Error::UntrustedIssuer));
}

#[test]
fn a_key_of_an_unsupported_curve_is_an_error_of_who_asks_for_it() {
    let certificate = Draft::reader().on_unknown_curve().certificate(&key(ROOT));
    let unsupported = Error::Crypto(coffret_crypto::Error::UnsupportedCurve);
    assert_eq!(certificate.public_key(), Err(unsupported));
    assert_eq!(Trust::new().add_anchor(certificate, Purpose::Issuer), Err(unsupported));
}

#[test]
fn a_pem_file_holds_several_certificates() {
    let roots = [Draft::issuer_root(), Draft::reader_root()].map(|draft| draft.der(&key(ROOT)));
    let read = Certificate::parse_file(pem(&roots)).unwrap();
    assert_eq!(read.iter().map(|root| root.der().to_vec()).collect::<Vec<_>>(), roots);
    for (root, der) in read.iter().zip(&roots) {
        let alone = root.to_pem().unwrap();
        assert_eq!(
            Certificate::parse_file(alone),
            Certificate::parse_file(der),
            "in PEM and in DER"
        );
    }
    for none in ["", "no PEM at all"] {
        assert_eq!(Certificate::parse_file(none), Err(Error::NoCertificate));
        assert_eq!(Trust::new().add_anchors(none, Purpose::Issuer), Err(Error::NoCertificate));
    }
}

#[test]
fn an_anchor_that_cannot_be_used_disables_itself_only() {
    let broken =
        |extension| Draft::issuer_root().with(extension, false, tlv(5, &[])).der(&key(ROOT));
    let files = [
        Draft::issuer_root().on_unknown_curve().der(&key(ROOT)),
        Draft::issuer_root().der(&key(ROOT)),
        b"\x30\x00".to_vec(),
        broken(BASIC_CONSTRAINTS),
        broken(KEY_USAGE),
        broken(SUBJECT_KEY),
    ];
    let mut trust = Trust::new();
    let unusable = vec![
        (0, Error::Crypto(coffret_crypto::Error::UnsupportedCurve)),
        (2, Error::MalformedCertificate),
        (3, Error::MalformedExtension),
        (4, Error::MalformedExtension),
        (5, Error::MalformedExtension),
    ];
    assert_eq!(trust.add_anchors(pem(&files), Purpose::Issuer), Ok(Added { anchors: 1, unusable }));
    let signer = Draft::document_signer().der(&key(ROOT));
    let chain = Chain::parse([signer.as_slice()]).unwrap();
    assert_eq!(trust.signer(&chain, MDL, now()).errors, []);
}

fn list_pem(der: &[u8]) -> String {
    let base64 = BASE64.encode(der);
    format!("-----BEGIN X509 CRL-----\n{base64}\n-----END X509 CRL-----\n")
}

/// `c` and `l` for a certificate and a list, capital where it can be used.
fn things(file: &[u8]) -> String {
    let letter = |thing: &Filed| match thing {
        Filed::Certificate(read) => {
            if read.is_ok() {
                'C'
            } else {
                'c'
            }
        }
        Filed::List(read) => {
            if read.is_ok() {
                'L'
            } else {
                'l'
            }
        }
    };
    Filed::read(file).iter().map(letter).collect()
}

#[test]
fn a_file_holds_what_reads() {
    let der = Draft::issuer_root().der(&key(ROOT));
    let list = List::of_issuer_root(&[]).der(&key(ROOT));
    let certificate = pem(std::slice::from_ref(&der));
    let key_section = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    let both = format!("0 de mes autorités\n{key_section}{certificate}{}", list_pem(&list));
    assert_eq!(things(both.as_bytes()), "CL");
    let joined = format!("{}{}", certificate.trim_end(), list_pem(&list));
    assert_eq!(things(joined.as_bytes()), "CL");
    let long = format!("0{}\n{certificate}", " ".repeat(MAX_CRL));
    assert_eq!(things(long.as_bytes()), "C");
    assert_eq!(things(both.replace('\n', "\r").as_bytes()), "CL");
    assert_eq!(things(format!("{}{certificate}", list_pem(&list)).as_bytes()), "LC");
    assert_eq!(
        things((list_pem(&der) + &pem(std::slice::from_ref(&list))).as_bytes()),
        "lc",
        "as it is said"
    );
    assert_eq!(things(format!("\u{feff}{certificate}{}", list_pem(&list)).as_bytes()), "CL");
    let indented = certificate.replace("-----B", " \t-----B").replace("-----E", "  -----E");
    assert_eq!(things((indented + &list_pem(&list)).as_bytes()), "cL", "said, not passed over");
    assert_eq!((things(&der).as_str(), things(&list).as_str()), ("C", "L"));
    assert_eq!(things(&list[..40]), "l");
    for nothing in
        [&b""[..], b"text", key_section.as_bytes(), b"\xa0", b"a -----BEGIN X509 CRL-----"]
    {
        assert_eq!(things(nothing), "");
    }
}

#[test]
fn a_section_that_is_cut_off_does_not_take_the_next_one_with_it() {
    let certificate = pem(&[Draft::issuer_root().der(&key(ROOT))]);
    let list = list_pem(&List::of_issuer_root(&[]).der(&key(ROOT)));
    for (whole, cut, found) in
        [(&certificate, &list, "lC"), (&list, &certificate, "cL"), (&list, &list, "lL")]
    {
        for end in [cut.len() - 40, cut.find('\n').unwrap()] {
            let cut = &cut[..end];
            assert_eq!(things(format!("{cut}\n{whole}").as_bytes()), found);
        }
    }
}

/// A text inside a certificate or a list is the issuer's, and no file.
#[test]
fn what_reads_in_der_is_one_thing_whatever_it_quotes() {
    let quoted = list_pem(&List::of_issuer_root(&[]).der(&key(ROOT)));
    let text = [&b"\n"[..], quoted.as_bytes()].concat();
    let root = Draft::issuer_root().with("1.2.3.4", false, text.clone()).der(&key(ROOT));
    assert_eq!(things(&root), "C");
    let list = List::of_issuer_root(&[&[1]]).with("1.2.3.4", false, text).der(&key(ROOT));
    assert_eq!(Crl::parse_file(&list).unwrap()[0].revoked(), 1);
    // It alone in PEM is the same list, byte for byte.
    let alone = Crl::parse_file(&list).unwrap()[0].to_pem().unwrap();
    let body: String = alone.lines().filter(|line| !line.starts_with("-----")).collect();
    assert_eq!(data_encoding::BASE64.decode(body.as_bytes()).unwrap(), list);
}

#[test]
fn the_specimen_root_can_be_an_anchor() {
    let added = Trust::new().add_anchors(SPECIMEN_ROOT, Purpose::Specimen).unwrap();
    assert_eq!(added, Added { anchors: 1, unusable: vec![] });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_altered_certificate_is_trusted_or_panics(
        at in any::<prop::sample::Index>(),
        change in 1..=255u8,
    ) {
        let mut trust = Trust::new();
        trust.add_anchor(Draft::issuer_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
        let mut der = Draft::document_signer().der(&key(ROOT));
        let at = at.index(der.len());
        der[at] ^= change;
        if let Ok(chain) = Chain::parse([der.as_slice()]) {
            let leaf = chain.leaf();
            if let Some(profile) = leaf.profile() {
                let _ = leaf.deviations(profile);
            }
            prop_assert_eq!(trust.signer(&chain, MDL, now()).trusted_by, None);
        }
        let _ = trust.add_anchor(match Certificate::parse(&der) {
            Ok(certificate) => certificate,
            Err(_) => return Ok(()),
        }, Purpose::Issuer);
    }

    #[test]
    fn no_altered_list_panics(at in any::<prop::sample::Index>(), change in 1..=255u8) {
        let mut trust = Trust::new();
        trust.add_anchor(Draft::issuer_root().certificate(&key(ROOT)), Purpose::Issuer).unwrap();
        let mut list = List::of_issuer_root(&[&[1], &[2, 3]]).der(&key(ROOT));
        let at = at.index(list.len());
        list[at] ^= change;
        if trust.add_crl(&list).is_ok() {
            let signer = Draft::document_signer().der(&key(ROOT));
            let _ = trust.signer(&Chain::parse([signer.as_slice()]).unwrap(), MDL, now());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Certificate::parse(&bytes);
        let _ = Trust::new().add_crl(&bytes);
        let _ = Trust::new().add_registry(&bytes, now());
        let _ = Trust::new().add_anchors(&bytes, Purpose::Issuer);
    }
}
