use std::sync::atomic::Ordering;

use coffret_holder::{Error, Reuse, TrustData, TrustId, TrustKind, Wallet};
use coffret_store::{Changes, RecordId, Table};
use coffret_trust::{Added, Chain, Error as Rule, Purpose, SPECIMEN_ROOT, Trust};

use crate::story::{CARD, MDL, P256, Story, time};

const BROKEN: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

#[test]
fn each_has_a_source_a_purpose_and_an_age() {
    let (mut story, mut wallet) = Story::begin();
    let later = story.now.plus_days(1);
    let root = TrustData::Anchors(SPECIMEN_ROOT.as_bytes(), Purpose::Specimen);
    let id = wallet.import_trust(root, "specimens.pem", later, &mut story.rng).unwrap()[0];
    let wallet = story.reopen(wallet);
    let list = wallet.trust_list();
    assert_eq!(list.len(), 2);
    assert_eq!(list[0].kind, Some(TrustKind::Anchors(Purpose::Issuer)));
    assert_eq!(list[0].names, ["Coffret test IACA"]);
    assert_eq!((list[0].source.as_str(), list[0].added), ("iaca.pem", Some(story.now)));
    assert_eq!(list[1].kind, Some(TrustKind::Anchors(Purpose::Specimen)));
    assert_eq!((list[1].id, list[1].source.as_str()), (id, "specimens.pem"));
    assert_eq!(list[1].added, Some(later));
    assert_eq!(list[1].brought, Added { anchors: 1, unusable: vec![] });
}

#[test]
fn what_is_told_twice_is_held_once() {
    let (mut story, mut wallet) = Story::begin();
    let before = wallet.trust_list()[0].id;
    let root = story.pki.issuer.certificate_pem().unwrap();
    let later = story.now.plus_days(9);
    let mut import = |purpose| {
        let data = TrustData::Anchors(root.as_bytes(), purpose);
        wallet.import_trust(data, "", later, &mut story.rng).unwrap()
    };
    assert_eq!(import(Purpose::Issuer), [before]);
    assert_ne!(import(Purpose::Reader), [before], "another purpose is another thing");
    assert_eq!(wallet.trust_list()[0].added, Some(later));
    assert_eq!(wallet.trust_list().len(), 2);
}

#[test]
fn a_limit_stays_until_another_is_named_or_the_certificate_goes() {
    let (mut story, mut wallet) = Story::begin();
    let root = story.pki.issuer.certificate_pem().unwrap();
    let bundle = format!("{SPECIMEN_ROOT}{root}");
    let signer = Chain::parse([story.pki.document_signer.certificate().der()]).unwrap();
    let now = story.now;
    let signs = |wallet: &Wallet, doc_type| {
        let errors = wallet.trust().signer(&signer, doc_type, now).errors;
        !errors.contains(&Rule::NotForType)
    };
    let mut import = |wallet: &mut Wallet, data| {
        let id = wallet.import_trust(data, "", now, &mut story.rng).unwrap()[0];
        let entry = wallet.trust_list().iter().find(|entry| entry.id == id).unwrap();
        (id, entry.doc_types.clone())
    };
    let without_limit = |file| TrustData::Anchors(file, Purpose::Issuer);
    let (card, licence) = ([CARD.to_owned()], [MDL.to_owned()]);

    let limited = TrustData::AnchorsFor(root.as_bytes(), Purpose::Issuer, &card);
    let (id, types) = import(&mut wallet, limited);
    assert_eq!(types.as_deref(), Some(&card[..]));
    assert_eq!(
        import(&mut wallet, without_limit(root.as_bytes())),
        (id, types),
        "the same file again"
    );
    let (other, _) = import(&mut wallet, without_limit(bundle.as_bytes()));
    assert_ne!(other, id, "another file with the same certificate");
    assert!(signs(&wallet, CARD) && !signs(&wallet, MDL));

    let limited = TrustData::AnchorsFor(root.as_bytes(), Purpose::Issuer, &licence);
    assert_eq!(import(&mut wallet, limited), (id, Some(licence.to_vec())));
    assert!(signs(&wallet, MDL) && !signs(&wallet, CARD));
    wallet.remove_trust(id, &mut story.rng).unwrap();
    assert!(signs(&wallet, MDL) && signs(&wallet, CARD), "what is left of it has no limit");
}

#[test]
fn a_revocation_list_is_heeded_as_long_as_it_is_held() {
    let (mut story, mut wallet) = Story::begin();
    let now = story.now;
    let revoked = [story.pki.document_signer.certificate()];
    let list = story.pki.issuer.revocation_list(&revoked, 1, now, 30).unwrap();
    let signer = Chain::parse([story.pki.document_signer.certificate().der()]).unwrap();
    let errors = |wallet: &Wallet| wallet.trust().signer(&signer, MDL, now).errors;
    assert_eq!(errors(&wallet), []);

    let data = TrustData::RevocationLists(&list);
    let ids = wallet.import_trust(data, "list.crl", now, &mut story.rng);
    assert_eq!(wallet.import_trust(data, "list.crl", now, &mut story.rng), ids, "twice is once");
    let [id] = ids.unwrap()[..] else { panic!() };
    assert_eq!(errors(&wallet), [Rule::Revoked]);
    let mut wallet = story.reopen(wallet);
    assert_eq!(errors(&wallet), [Rule::Revoked]);
    let entry = wallet.trust_list().iter().find(|entry| entry.id == id).unwrap();
    assert_eq!(entry.kind, Some(TrustKind::RevocationLists));
    assert_eq!(entry.names, ["Coffret test IACA"]);
    assert_eq!(entry.until.unwrap().to_string(), "2026-12-21T23:59:59Z");

    // An older list beside it takes nothing away.
    let older = story.pki.issuer.revocation_list(&[], 0, now.plus_days(-9), 30).unwrap();
    let data = TrustData::RevocationLists(&older);
    assert_ne!(wallet.import_trust(data, "old.crl", now, &mut story.rng), Ok(vec![id]));
    assert_eq!(errors(&wallet), [Rule::Revoked]);

    wallet.remove_trust(id, &mut story.rng).unwrap();
    assert_eq!(errors(&wallet), []);
    let data = TrustData::RevocationLists(b"no list");
    let malformed = Err(Error::Trust(Rule::MalformedCrl));
    assert_eq!(wallet.import_trust(data, "", now, &mut story.rng), malformed);
}

fn list_pem(der: &[u8]) -> String {
    let base64 = data_encoding::BASE64.encode(der);
    format!("-----BEGIN X509 CRL-----\n{base64}\n-----END X509 CRL-----\n")
}

#[test]
fn a_file_is_trusted_whole_or_not_at_all() {
    let (mut story, mut wallet) = Story::begin();
    let now = story.now;
    let before = wallet.trust_list().to_vec();
    let list = story.pki.issuer.revocation_list(&[], 1, now, 30).unwrap();
    let (whole, cut) = (list_pem(&list), list_pem(&list[..40]));
    for (file, rule) in [
        (format!("{SPECIMEN_ROOT}{cut}"), Rule::MalformedCrl),
        (format!("{cut}{SPECIMEN_ROOT}{whole}"), Rule::MalformedCrl),
        (format!("{BROKEN}{whole}"), Rule::MalformedCertificate),
        (whole.clone(), Rule::NoCertificate),
    ] {
        let data = TrustData::Anchors(file.as_bytes(), Purpose::Specimen);
        let refused = wallet.import_trust(data, "both", now, &mut story.rng);
        assert_eq!(refused, Err(Error::Trust(rule)));
        assert_eq!(data.add_to(&mut Trust::new(), now), Err(rule), "a reader refuses it too");
        assert_eq!(wallet.trust_list(), before);
        wallet = story.reopen(wallet);
        assert_eq!(wallet.trust_list(), before);
    }
    let both = format!("{whole}{SPECIMEN_ROOT}");
    let both = TrustData::Anchors(both.as_bytes(), Purpose::Specimen);
    let ids = wallet.import_trust(both, "both", now, &mut story.rng).unwrap();
    let again = wallet.import_trust(both, "both", now, &mut story.rng);
    assert_eq!(again.as_ref(), Ok(&ids), "twice is once");
    let held: Vec<_> =
        wallet.trust_list()[1..].iter().map(|entry| (entry.id, entry.kind)).collect();
    let kinds = [TrustKind::Anchors(Purpose::Specimen), TrustKind::RevocationLists];
    assert_eq!(held, [(ids[0], Some(kinds[0])), (ids[1], Some(kinds[1]))]);
    let list = wallet.trust_list().to_vec();
    assert_eq!(story.reopen(wallet).trust_list(), list);
}

/// Whatever the authority is trusted for: its list says whom not to believe.
#[test]
fn the_lists_of_a_file_of_certificates_are_heeded_until_they_are_removed() {
    let (mut story, mut wallet) = Story::begin();
    let now = story.now;
    let revoked = [story.pki.document_signer.certificate()];
    let list = list_pem(&story.pki.issuer.revocation_list(&revoked, 1, now, 30).unwrap());
    let file = story.pki.issuer.certificate_pem().unwrap() + &list;
    let signer = Chain::parse([story.pki.document_signer.certificate().der()]).unwrap();
    let errors = |trust: &Trust| trust.signer(&signer, MDL, now).errors;
    let types = [MDL.to_owned()];
    for purpose in [Purpose::Issuer, Purpose::Reader, Purpose::Specimen, Purpose::Registry] {
        for data in [
            TrustData::Anchors(file.as_bytes(), purpose),
            TrustData::AnchorsFor(file.as_bytes(), purpose, &types),
        ] {
            let ids = wallet.import_trust(data, "both", now, &mut story.rng).unwrap();
            assert_eq!(errors(wallet.trust()), [Rule::Revoked], "{purpose:?}");
            let mut trust = wallet.trust().clone();
            wallet.remove_trust(ids[1], &mut story.rng).unwrap();
            assert_eq!(errors(wallet.trust()), [], "{purpose:?}");
            trust.clone_from(wallet.trust());
            data.add_to(&mut trust, now).unwrap();
            assert_eq!(errors(&trust), [Rule::Revoked], "a reader's, {purpose:?}");
        }
    }
}

/// A text beside the certificates is in whatever encoding its author had.
#[test]
fn a_certificate_is_trusted_in_der_and_beside_any_text() {
    let (mut story, mut wallet) = Story::begin();
    let der = story.pki.issuer.certificate().der().to_vec();
    let latin = [b"Qu\xe9bec\n", story.pki.issuer.certificate_pem().unwrap().as_bytes()].concat();
    let issuer = wallet.trust_list()[0].id;
    wallet.remove_trust(issuer, &mut story.rng).unwrap();
    for file in [der, latin] {
        let data = TrustData::Anchors(&file, Purpose::Issuer);
        let ids = wallet.import_trust(data, "", story.now, &mut story.rng).unwrap();
        wallet = story.reopen(wallet);
        let [entry] = wallet.trust_list() else { panic!("{:?}", wallet.trust_list()) };
        assert_eq!((vec![entry.id], entry.brought.anchors), (ids, 1));
        assert_eq!(entry.names, ["Coffret test IACA"]);
        let id = entry.id;
        wallet.remove_trust(id, &mut story.rng).unwrap();
    }
}

#[test]
fn a_removed_anchor_is_trusted_no_longer() {
    let (mut story, mut wallet) = Story::begin();
    let id = wallet.trust_list()[0].id;
    let document = story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    wallet.remove_trust(id, &mut story.rng).unwrap();
    assert_eq!(wallet.remove_trust(id, &mut story.rng), Err(Error::UnknownTrust));
    let wallet = story.reopen(wallet);
    assert_eq!(wallet.trust_list(), []);
    let document = wallet.document(document, story.now).unwrap();
    let untrusted = coffret_mdoc::Error::Trust(Rule::UntrustedIssuer);
    assert!(document.verdict().errors().iter().any(|finding| finding.rule == untrusted));
    assert!(!document.elements().is_empty(), "it is the holder's all the same");
    let unknown = TrustId::from([0; 16]);
    let (mut story, mut wallet) = Story::begin();
    assert_eq!(wallet.remove_trust(unknown, &mut story.rng), Err(Error::UnknownTrust));
}

fn registrar(story: &mut Story, wallet: &mut Wallet) -> TrustId {
    let registrar = story.pki.registrar.certificate_pem().unwrap();
    let registrar = TrustData::Anchors(registrar.as_bytes(), Purpose::Registry);
    wallet.import_trust(registrar, "registry.pem", story.now, &mut story.rng).unwrap()[0]
}

#[test]
fn the_registry_of_readers_stands_on_its_registrar() {
    let (mut story, mut wallet) = Story::begin();
    let readers = story.pki.readers.clone();
    let readers = TrustData::Registry(&readers);
    let import = |wallet: &mut Wallet, story: &mut Story| {
        wallet.import_trust(readers, "readers.cose", story.now, &mut story.rng)
    };
    let untrusted = Err(Error::Trust(Rule::UntrustedRegistry));
    assert_eq!(import(&mut wallet, &mut story), untrusted);
    let registrar = registrar(&mut story, &mut wallet);
    import(&mut wallet, &mut story).unwrap();
    let mut wallet = story.reopen(wallet);
    let held = wallet.trust_list().last().unwrap();
    assert_eq!(held.kind, Some(TrustKind::Registry));
    assert_eq!(held.until, Some(story.now.date().start().plus_days(90)));
    assert_eq!(held.brought, Added { anchors: 1, unusable: vec![] });
    assert!(wallet.trust().registry().is_some());
    wallet.remove_trust(registrar, &mut story.rng).unwrap();
    let held = wallet.trust_list().last().unwrap();
    assert_eq!(held.brought, Added { anchors: 0, unusable: vec![(0, Rule::UntrustedRegistry)] });
    assert_eq!(held.until, None);
    assert!(wallet.trust().registry().is_none());
    self::registrar(&mut story, &mut wallet);
    assert!(wallet.trust().registry().is_some(), "whichever came first");
}

/// A registry that was good when it came is held when its registrar's certificate has expired.
#[test]
fn trust_data_is_judged_as_of_when_it_came() {
    let (mut story, mut wallet) = Story::begin();
    registrar(&mut story, &mut wallet);
    let readers = story.pki.readers.clone();
    let readers = TrustData::Registry(&readers);
    let late = time("2090-01-01T00:00:00Z");
    let expired = Err(Error::Trust(Rule::IssuerNotValid));
    assert_eq!(wallet.import_trust(readers, "", late, &mut story.rng), expired);
    wallet.import_trust(readers, "", story.now, &mut story.rng).unwrap();
    assert!(story.reopen(wallet).trust().registry().is_some());
}

#[test]
fn a_newer_registry_takes_the_place_of_the_one_before() {
    let (mut story, mut wallet) = Story::begin();
    registrar(&mut story, &mut wallet);
    let old = story.pki.readers.clone();
    let old = TrustData::Registry(&old);
    let first = wallet.import_trust(old, "", story.now, &mut story.rng).unwrap();
    let later = story.now.plus_days(1);
    let registry = coffret_trust::Registry {
        issued: later,
        next_update: later.plus_days(30),
        readers: Vec::new(),
    };
    let registrar = &story.pki.registrar;
    let newer = registry.sign(registrar.certificate(), registrar.key()).unwrap();
    let newer = TrustData::Registry(&newer);
    let second = wallet.import_trust(newer, "", later, &mut story.rng).unwrap();
    assert_eq!(first, second);
    let older = Err(Error::Trust(Rule::RegistryOlder));
    assert_eq!(wallet.import_trust(old, "", later, &mut story.rng), older);
}

#[test]
fn what_holds_no_usable_certificate_is_refused() {
    let (mut story, mut wallet) = Story::begin();
    let import = |wallet: &mut Wallet, story: &mut Story, pem: &str| {
        let anchors = TrustData::Anchors(pem.as_bytes(), Purpose::Issuer);
        wallet.import_trust(anchors, "", story.now, &mut story.rng)
    };
    let none = Err(Error::Trust(Rule::NoCertificate));
    assert_eq!(import(&mut wallet, &mut story, "oui"), none);
    let malformed = Err(Error::Trust(Rule::MalformedCertificate));
    assert_eq!(import(&mut wallet, &mut story, BROKEN), malformed);
    let mixed = [BROKEN, SPECIMEN_ROOT].concat();
    import(&mut wallet, &mut story, &mixed).unwrap();
    let unusable = vec![(0, Rule::MalformedCertificate)];
    assert_eq!(wallet.trust_list()[1].brought, Added { anchors: 1, unusable });
}

/// A record of a later version, in this case of one that trusts in another way.
#[test]
fn a_record_that_does_not_read_disables_itself_only() {
    let (mut story, wallet) = Story::begin();
    drop(wallet);
    let mut store = story.store();
    let record = RecordId::from([1; 16]);
    let changes = Changes::default().put(Table(7), record, None, b"\xa1\x64kind\x63new".to_vec());
    store.commit(changes, &mut story.rng).unwrap();
    drop(store);
    let mut wallet = Wallet::open(story.store()).unwrap();
    story.add(&mut wallet, "adulte", MDL, 1, Reuse::Reusable);
    let [issuer, unreadable] = wallet.trust_list() else { panic!("{:?}", wallet.trust_list()) };
    assert_eq!((unreadable.id, unreadable.kind, unreadable.added), (record.into(), None, None));
    assert_eq!(unreadable.brought, Added::default());
    let issuer = issuer.clone();
    wallet.remove_trust(unreadable.id, &mut story.rng).unwrap();
    assert_eq!(story.reopen(wallet).trust_list(), [issuer]);
}

/// What is kept reads back.
#[test]
fn what_is_too_large_to_be_read_again_is_refused() {
    let (mut story, mut wallet) = Story::begin();
    let large = [&"\n".repeat(4 << 20), SPECIMEN_ROOT].concat();
    let before = wallet.trust_list().to_vec();
    let mut import = |pem: &str| {
        let data = TrustData::Anchors(pem.as_bytes(), Purpose::Specimen);
        wallet.import_trust(data, "", story.now, &mut story.rng)
    };
    assert_eq!(import(&large), Err(Error::TrustTooLarge));
    import(&large[SPECIMEN_ROOT.len()..]).unwrap();
    let list = wallet.trust_list().to_vec();
    assert_eq!(list[..1], before);
    assert_eq!(list[1].brought, Added { anchors: 1, unusable: vec![] });
    assert_eq!(story.reopen(wallet).trust_list(), list);
}

/// What the store does not write is trusted no more than before, and no less.
#[test]
fn what_is_not_written_changes_nothing() {
    let (mut story, wallet) = Story::begin();
    let (mut wallet, fails) = story.reopen_failing(wallet);
    let before = wallet.trust_list().to_vec();
    fails.store(true, Ordering::Relaxed);
    // From here the platform's secrets are behind, and nothing more is written.
    wallet.new_keys(1, P256, &mut story.rng).unwrap();
    let unavailable = Error::Store(coffret_store::Error::SecretsUnavailable);
    let root = TrustData::Anchors(SPECIMEN_ROOT.as_bytes(), Purpose::Specimen);
    let imported = wallet.import_trust(root, "", story.now, &mut story.rng);
    assert_eq!(imported, Err(unavailable));
    assert_eq!(wallet.trust_list(), before);
    assert_eq!(wallet.remove_trust(before[0].id, &mut story.rng), Err(unavailable));
    assert_eq!(wallet.trust_list(), before);
    let unmade = wallet.new_keys(1, P256, &mut story.rng);
    assert_eq!(unmade, Err(unavailable), "no key is asked for that is not known");
}
