use std::ops::RangeInclusive;

use coffret_catalogue::{KeyPurposes, Likeness, MDL_READER, Presence, READER_PURPOSES, Territory};
use coffret_cbor::Timestamp;
use der::asn1::ObjectIdentifier;
use der::oid::AssociatedOid;
use x509_cert::ext::pkix::{
    BasicConstraints, ExtendedKeyUsage, KeyUsages, NameConstraints, SubjectKeyIdentifier,
};

use crate::anchor::Anchor;
use crate::extension::AuthorityKey;
use crate::findings::Findings;
use crate::revocation::{Beside, Lists};
use crate::{Begun, Certificate, Chain, Error, Profile, constraint};

/// What a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role<'t> {
    /// Of documents of this type.
    DocumentSigner(&'t str),
    Reader,
}

impl<'t> Role<'t> {
    /// The type of the document; none for a reader.
    pub(crate) fn doc_type(self) -> Option<&'t str> {
        match self {
            Role::DocumentSigner(doc_type) => Some(doc_type),
            Role::Reader => None,
        }
    }

    fn profile(self) -> Profile {
        match self {
            Role::DocumentSigner(_) => Profile::DocumentSigner,
            Role::Reader => Profile::Reader,
        }
    }

    /// The rules of the profile that a certificate does not follow. Annex B asks for its own key
    /// purpose alone, which is no rule for the signers of other types.
    fn deviations(self, leaf: &Certificate) -> impl Iterator<Item = Error> {
        let is_open = self.purposes().presence == Presence::Optional;
        let of_others = move |rule: &Error| is_open && *rule == Error::ExtendedKeyUsageProfile;
        leaf.deviations(self.profile()).into_iter().filter(move |rule| !of_others(rule))
    }

    fn purposes(self) -> KeyPurposes {
        match self {
            Role::DocumentSigner(doc_type) => KeyPurposes::of(doc_type),
            Role::Reader => KeyPurposes { named: &[MDL_READER], presence: Presence::Mandatory },
        }
    }

    /// Checks what the key of the signer, or of an authority between that names purposes, is for.
    ///
    /// Only some types have a profile that gives their signers a purpose of their own; for the
    /// others a purpose that is not known, or none, is a warning. But a certificate that is for
    /// readers signs no document at all, or every reader of an authority could issue.
    fn check_purposes(
        self,
        certificate: &Certificate,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let found = match certificate.purposes() {
            Ok(found) => found,
            Err(rule) => return errors.note(rule),
        };
        let has = |oids: &[&str]| found.iter().any(|oid| oids.contains(&oid.to_string().as_str()));
        let expected = self.purposes();
        if !has(expected.named) {
            match expected.presence {
                Presence::Optional if !has(&READER_PURPOSES) => {
                    warnings.note(Error::KeyPurposeUnknown);
                }
                _ => errors.note(Error::ExtendedKeyUsage),
            }
        }
    }
}

/// What was found out about a chain.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Which of the anchors it leads to; none goes with [`Error::UntrustedIssuer`].
    pub(crate) anchor: Option<usize>,
    /// From the signer's issuer to the anchor; none without one.
    pub(crate) issuers: Vec<Certificate>,
    pub(crate) errors: Findings,
    pub(crate) warnings: Findings,
    /// When the same would be found.
    pub(crate) holds: RangeInclusive<Timestamp>,
}

/// Finds a path and every rule that it breaks (RFC 5280 §6.1, without policies).
///
/// This is not left to `webpki`: it compares names by their bytes, counts self-issued certificates in
/// the length of a path, chooses revocation lists by name alone, and checks neither key usage nor key
/// identifiers nor anything inside a root.
///
/// It tries every path whose names and signatures fit, and takes the one with the fewest errors: a root
/// may be renewed under the same name and key. Only a path without errors ends the search, so that every
/// reason is reported and not only the first.
pub(crate) fn judge(
    chain: &Chain,
    anchors: &[&Anchor],
    lists: &Lists<'_>,
    role: Role<'_>,
    now: Timestamp,
) -> Path {
    let leaf = chain.leaf();
    let (mut errors, mut warnings) = (Findings::default(), Findings::default());
    warnings.extend(role.deviations(leaf));
    errors.check_validity(leaf, now);
    warnings.check_clock(leaf, now);
    errors.check(Error::AuthorityAsSigner, leaf.is_authority().map(|is_authority| !is_authority));
    errors.check(Error::SignerKeyUsage, leaf.allows(KeyUsages::DigitalSignature));
    role.check_purposes(leaf, &mut errors, &mut warnings);
    check_form(leaf, &mut errors);

    let mut search = Search::new(chain, anchors, lists, role, now);
    search.from(&mut vec![leaf]);
    let Search { best, broken, unanchored, .. } = search;
    let Some(found) = best else {
        errors.extend(broken);
        errors.extend(unanchored.into_iter().flatten());
        errors.note(Error::UntrustedIssuer);
        return Path { anchor: None, issuers: Vec::new(), errors, warnings, holds: now..=now };
    };

    let is_good = errors.is_empty() && found.errors.is_empty();
    // At another moment, other rules may be broken.
    let holds = if is_good { found.holds(leaf, lists, now) } else { now..=now };
    errors.extend(found.errors);
    found.issuers.iter().for_each(|issuer| warnings.check_clock(issuer, now));
    warnings.extend(found.root.deviations().iter().copied());
    warnings.extend(found.warnings);
    lists.check_proven(&found.issuers, &mut warnings);
    let issuers = found.issuers.iter().copied().cloned().collect();
    Path { anchor: Some(found.anchor), issuers, errors, warnings, holds }
}

/// How many names are compared with subtrees in one search, as many as in `webpki`. A certificate of 16
/// KiB has room for thousands of either, and each pair on each path would be compared.
const MAX_COMPARISONS: usize = 250_000;

/// A walk from the signer over the certificates of the chain to each anchor.
struct Search<'a> {
    chain: &'a Chain,
    anchors: &'a [&'a Anchor],
    lists: &'a Lists<'a>,
    role: Role<'a>,
    now: Timestamp,
    /// The path with the fewest errors so far.
    best: Option<Candidate<'a>>,
    /// Why a certificate is not signed by whom it names, where no path is found.
    broken: Findings,
    /// What the issuers of the chain break, where no path is found: of several ends of the chain, the
    /// one with the fewest errors. An issuer of yesterday is of yesterday whoever is trusted.
    unanchored: Option<Findings>,
    /// How many more names may be compared with names that an authority may certify.
    comparisons: usize,
}

impl<'a> Search<'a> {
    fn new(
        chain: &'a Chain,
        anchors: &'a [&'a Anchor],
        lists: &'a Lists<'a>,
        role: Role<'a>,
        now: Timestamp,
    ) -> Search<'a> {
        Search {
            chain,
            anchors,
            lists,
            role,
            now,
            best: None,
            broken: Findings::default(),
            unanchored: None,
            comparisons: MAX_COMPARISONS,
        }
    }

    /// Goes on from the last certificate of `path`, which begins with the signer's.
    ///
    /// A chain has [`MAX_CHAIN`](crate::MAX_CHAIN) certificates, each of which is once on a path, and
    /// each signature is verified once: who forges a chain has us verify a few dozen at most.
    fn from(&mut self, path: &mut Vec<&'a Certificate>) {
        let Some(&last) = path.last() else { return };
        for (place, anchor) in self.anchors.iter().enumerate() {
            if self.is_done() {
                return;
            }
            if self.is_issued(last, anchor.certificate()) {
                let candidate = self.candidate(path, place, anchor);
                if self.best.as_ref().is_none_or(|best| candidate.rank() < best.rank()) {
                    self.best = Some(candidate);
                }
            }
        }
        let chain = self.chain;
        let mut is_end = true;
        for issuer in chain.rest() {
            // The same name and key again leads nowhere that the first of them does not.
            let is_again = path.iter().any(|before| {
                before.subject_name() == issuer.subject_name() && before.has_key_of(issuer)
            });
            if !is_again && !self.is_done() && self.is_issued(last, issuer) {
                is_end = false;
                path.push(issuer);
                self.from(path);
                path.pop();
            }
        }
        if is_end && self.best.is_none() {
            self.unanchored(path);
        }
    }

    fn is_done(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.rank() == (0, false))
    }

    /// Whether `issuer` has the name that `subject` gives and its key verifies the signature.
    fn is_issued(&mut self, subject: &'a Certificate, issuer: &'a Certificate) -> bool {
        if subject.issuer_name() != issuer.subject_name() {
            return false;
        }
        let verified = issuer.public_key().and_then(|key| subject.verify(key));
        match verified {
            Ok(()) => {}
            // A certificate that names another key is no forgery: a namesake of the issuer signed
            // it, or the issuer with a renewed key.
            Err(Error::Crypto(_)) if names_key_of(subject, issuer) != Ok(true) => {}
            Err(Error::Crypto(coffret_crypto::Error::InvalidSignature)) => {
                self.broken.note(Error::CertificateSignature);
            }
            Err(rule) => self.broken.note(rule),
        }
        verified.is_ok()
    }

    /// The rules of a path from the signer to an anchor.
    fn candidate(
        &mut self,
        path: &[&'a Certificate],
        place: usize,
        anchor: &'a Anchor,
    ) -> Candidate<'a> {
        let root = anchor.certificate();
        let issuers: Vec<_> = path.iter().skip(1).copied().chain([root]).collect();
        let (mut errors, mut warnings) = (Findings::default(), Findings::default());
        let mut revoked = Findings::default();
        let beside = Beside { path: &issuers, chain: self.chain.rest() };
        for (at, (subject, issuer)) in path.iter().zip(&issuers).enumerate() {
            let below = path.get(..=at).unwrap_or_default();
            if !std::ptr::eq(*issuer, root) {
                self.check_between(issuer, &mut errors, &mut warnings);
            }
            self.check_issuer(issuer, below, &mut errors);
            self.lists.check(subject, issuer, &beside, &mut revoked, &mut warnings);
        }
        if let Some(doc_type) = self.role.doc_type() {
            errors.check(Error::NotForType, Ok(anchor.allows(doc_type)));
            check_territory(self.chain.leaf(), root, &mut errors);
        }
        errors.extend(revoked);
        Candidate { anchor: place, root: anchor, issuers, errors, warnings }
    }

    /// The rules that the issuers of the chain break, where the path leads to no anchor.
    fn unanchored(&mut self, path: &[&'a Certificate]) {
        let (mut errors, mut warnings) = (Findings::default(), Findings::default());
        for (at, issuer) in path.iter().enumerate().skip(1) {
            self.check_between(issuer, &mut errors, &mut warnings);
            self.check_issuer(issuer, path.get(..at).unwrap_or_default(), &mut errors);
        }
        if self.unanchored.as_ref().is_none_or(|found| errors.len() < found.len()) {
            self.unanchored = Some(errors);
        }
    }

    /// The rules of an authority between signer and anchor: the purposes it names, if it names any,
    /// are all that those below it may have.
    fn check_between(&self, issuer: &Certificate, errors: &mut Findings, warnings: &mut Findings) {
        let is_for_any = issuer.purposes().is_ok_and(|found| found.contains(&ANY_PURPOSE));
        if issuer.has_extension(ExtendedKeyUsage::OID) && !is_for_any {
            self.role.check_purposes(issuer, errors, warnings);
        }
    }

    /// The rules of any issuer, the anchor too, given the certificates below it, the signer's first.
    fn check_issuer(
        &mut self,
        issuer: &Certificate,
        below: &[&Certificate],
        errors: &mut Findings,
    ) {
        check_form(issuer, errors);
        check_authority(issuer, below, &mut self.comparisons, errors);
        let is_valid = issuer.begun(self.now) != Begun::No && self.now <= issuer.not_after();
        errors.check(Error::IssuerNotValid, Ok(is_valid));
        errors.check(Error::IssuerKeyUsage, issuer.allows(KeyUsages::KeyCertSign));
        if let Some(subject) = below.last() {
            errors.check(Error::KeyIdentifierMismatch, names_key_of(subject, issuer));
        }
    }
}

/// anyExtendedKeyUsage, which limits nothing (RFC 5280 §4.2.1.12).
const ANY_PURPOSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");

/// A path that leads to an anchor.
struct Candidate<'a> {
    /// The place of the root among the anchors.
    anchor: usize,
    root: &'a Anchor,
    /// Above the signer, the root last.
    issuers: Vec<&'a Certificate>,
    errors: Findings,
    /// What the revocation lists leave open.
    warnings: Findings,
}

impl Candidate<'_> {
    /// The best path has the fewest errors and does not lead to specimens: with their published key,
    /// anybody can lay a second path beside that of a real document.
    fn rank(&self) -> (usize, bool) {
        (self.errors.len(), self.root.is_of_specimens())
    }

    /// While every certificate is valid and every list says the same of its own time.
    fn holds(
        &self,
        leaf: &Certificate,
        lists: &Lists<'_>,
        now: Timestamp,
    ) -> RangeInclusive<Timestamp> {
        let certificates = || [leaf].into_iter().chain(self.issuers.iter().copied());
        let (before, after): (Vec<_>, Vec<_>) = lists.turns().partition(|turn| *turn <= now);
        let first = certificates().map(Certificate::not_before).chain(before).max();
        // At a turn it is another already.
        let after = after.into_iter().filter_map(|turn| Timestamp::from_unix(turn.unix() - 1));
        let last = certificates().map(Certificate::not_after).chain(after).min();
        // What begins in a moment is found with a warning, which a moment later is wrong.
        if first.is_some_and(|first| now < first) {
            return now..=now;
        }
        first.unwrap_or(now)..=last.unwrap_or(now)
    }
}

/// Checks that a certificate is of version 3 and that every critical extension is understood. This goes
/// for roots too: a critical extension may limit what a root is to be trusted for.
fn check_form(certificate: &Certificate, errors: &mut Findings) {
    errors.check(Error::Version, Ok(certificate.is_version_3()));
    errors.check(Error::UnknownCritical, certificate.is_understood());
}

/// What an issuer may do, given the certificates below it, the signer's first.
fn check_authority(
    issuer: &Certificate,
    below: &[&Certificate],
    comparisons: &mut usize,
    errors: &mut Findings,
) {
    match issuer.extension::<BasicConstraints>() {
        Ok(Some((_, constraints))) if constraints.ca => {
            // The signer does not count, and neither does a new key that an authority certifies for
            // itself (RFC 5280 §4.2.1.9): a root that allows no authority below it can still renew
            // its key.
            let between = below.iter().skip(1).filter(|one| !one.is_self_issued()).count();
            let longest = constraints.path_len_constraint.map_or(usize::MAX, usize::from);
            errors.check(Error::PathLength, Ok(between <= longest));
        }
        other => errors.check(Error::NotAuthority, other.map(|_| false)),
    }
    match issuer.extension::<NameConstraints>() {
        Ok(None) => {}
        Ok(Some((_, constraints))) => {
            // The names of the signer, and of those between that are not self-issued (§6.1.3 b).
            let named =
                below.iter().enumerate().filter(|(at, one)| *at == 0 || !one.is_self_issued());
            for (_, certificate) in named {
                let allowed = constraint::allow(&constraints, certificate, comparisons);
                errors.check(Error::NameConstraint, allowed);
            }
        }
        Err(rule) => errors.note(rule),
    }
}

fn names_key_of(subject: &Certificate, issuer: &Certificate) -> Result<bool, Error> {
    let named = subject.extension::<AuthorityKey>()?.and_then(|(_, authority)| authority.0);
    let own = issuer.extension::<SubjectKeyIdentifier>()?.map(|(_, own)| own.0);
    Ok(named.zip(own).is_none_or(|(named, own)| named == own))
}

/// The signer is of its root's country, and of its state or province. §B.1.4 wants the same text in
/// both; roots and signers that spell one place in two ways are of one place all the same.
fn check_territory(signer: &Certificate, root: &Certificate, errors: &mut Findings) {
    let of_root = root.territory();
    let country = match signer.country() {
        Some(country) => of_root.is_in(country) == Likeness::Same,
        None => of_root.country.is_none(),
    };
    let state = match (signer.state(), of_root) {
        (Some(state), Territory { country: Some(_), .. }) => {
            of_root.is_state(state) == Likeness::Same
        }
        (state, _) => state == of_root.state,
    };
    errors.check(Error::CountryMismatch, Ok(country));
    errors.check(Error::StateMismatch, Ok(state));
}
