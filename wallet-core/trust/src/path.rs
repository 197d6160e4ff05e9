use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::time::Duration;

use coffret_cbor::Timestamp;
use der::asn1::ObjectIdentifier;
use rustls_pki_types::{CertificateDer, Der, TrustAnchor, UnixTime};
use webpki::{
    CertRevocationList, EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter,
    RevocationOptions, RevocationOptionsBuilder, UnknownStatusPolicy, VerifiedPath,
};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier,
};

use crate::anchor::Anchor;
use crate::crl::Crl;
use crate::profile::{DOCUMENT_SIGNING, READER_AUTHENTICATION};
use crate::signature::SUPPORTED;
use crate::{Certificate, Chain, Error, Profile};

/// What a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    DocumentSigner,
    Reader,
}

impl Role {
    fn purpose(self) -> ObjectIdentifier {
        match self {
            Role::DocumentSigner => DOCUMENT_SIGNING,
            Role::Reader => READER_AUTHENTICATION,
        }
    }

    fn leaf(self) -> Profile {
        match self {
            Role::DocumentSigner => Profile::DocumentSigner,
            Role::Reader => Profile::Reader,
        }
    }

    fn root(self) -> Profile {
        match self {
            Role::DocumentSigner => Profile::IssuerRoot,
            Role::Reader => Profile::ReaderRoot,
        }
    }
}

/// What was found out about a chain.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Which of the anchors it leads to; none goes with [`Error::UntrustedIssuer`].
    pub(crate) anchor: Option<usize>,
    pub(crate) errors: Vec<Error>,
    pub(crate) warnings: Vec<Error>,
    /// When the same would be found.
    pub(crate) holds: RangeInclusive<Timestamp>,
}

/// Finds a path and every rule that it breaks.
///
/// `webpki` builds the paths and verifies signatures, CA flags, path lengths, critical extensions,
/// name constraints and revocation. It passes over key usage, key identifiers and what is inside a
/// root: those are looked at here, for each path that it proposes, so that a good one is found
/// beside bad ones (a root renewed under the same name and key). The signer's own rules stay out of
/// its way, so that all reasons are found and not the first: hence its clock, which stops at the
/// ends of the signer's validity, and a rule of our own for key purposes.
pub(crate) fn judge(
    chain: &Chain,
    anchors: &[&Anchor],
    crls: &[Crl],
    role: Role,
    now: Timestamp,
) -> Path {
    let leaf = chain.leaf();
    let (mut errors, mut warnings) = (Vec::new(), leaf.deviations(role.leaf()));
    leaf_rules(leaf, role, now, &mut errors);

    let search = Search { chain, anchors, crls, role, now };
    let Some(found) = search.run(&mut errors) else {
        note(&mut errors, Error::UntrustedIssuer);
        return Path { anchor: None, errors, warnings, holds: now..=now };
    };

    for error in found.errors {
        note(&mut errors, error);
    }
    let root = anchors.get(found.anchor);
    for warning in root.map_or(&[][..], |root| root.deviations(role.root())) {
        note(&mut warnings, *warning);
    }
    if found.stale {
        note(&mut warnings, Error::CrlStale);
    }
    let mut holds = leaf.not_before()..=leaf.not_after();
    for issuer in &found.issuers {
        holds = *holds.start().max(&issuer.not_before())..=*holds.end().min(&issuer.not_after());
    }
    let next = crls.iter().map(Crl::next_update).filter(|next| *next > now).min();
    let end = next.map_or(*holds.end(), |next| next.min(*holds.end()));
    Path { anchor: Some(found.anchor), errors, warnings, holds: *holds.start()..=end }
}

fn leaf_rules(leaf: &Certificate, role: Role, now: Timestamp, errors: &mut Vec<Error>) {
    if now < leaf.not_before() {
        note(errors, Error::NotYetValid);
    }
    if now > leaf.not_after() {
        note(errors, Error::Expired);
    }
    match leaf.extension::<KeyUsage>() {
        Err(error) => note(errors, error),
        Ok(Some((_, usage))) if usage.digital_signature() => {}
        Ok(_) => note(errors, Error::SignerKeyUsage),
    }
    match leaf.purposes() {
        Err(error) => note(errors, error),
        Ok(purposes) if purposes.contains(&role.purpose()) => {}
        Ok(_) => note(errors, Error::ExtendedKeyUsage),
    }
}

struct Search<'a> {
    chain: &'a Chain,
    anchors: &'a [&'a Anchor],
    crls: &'a [Crl],
    role: Role,
    now: Timestamp,
}

/// A path that `webpki` proposes.
struct Candidate<'a> {
    anchor: usize,
    /// Above the leaf, the root last.
    issuers: Vec<&'a Certificate>,
    errors: Vec<Error>,
    /// Whether a revocation list on it is past its next update.
    stale: bool,
}

impl<'a> Search<'a> {
    /// The path with the fewest errors. What keeps `webpki` from any goes to `errors`.
    fn run(&self, errors: &mut Vec<Error>) -> Option<Candidate<'a>> {
        let leaf = CertificateDer::from(self.chain.leaf().der());
        let leaf = match EndEntityCert::try_from(&leaf) {
            Ok(leaf) => leaf,
            Err(error) => {
                note(errors, rule(&error));
                return None;
            }
        };
        let rest: Vec<_> =
            self.chain.rest().iter().map(|other| CertificateDer::from(other.der())).collect();
        let roots: Vec<_> = self.anchors.iter().map(|anchor| borrowed(anchor.root())).collect();
        let lists: Vec<_> = self.crls.iter().map(Crl::list).collect();

        let best = RefCell::new(None::<Candidate<'a>>);
        let propose = |path: &VerifiedPath<'_>| {
            let candidate = self.candidate(path, &roots).ok_or(webpki::Error::UnknownIssuer)?;
            let is_good = candidate.errors.is_empty();
            let mut best = best.borrow_mut();
            if best.as_ref().is_none_or(|best| candidate.errors.len() < best.errors.len()) {
                *best = Some(candidate);
            }
            if is_good { Ok(()) } else { Err(webpki::Error::UnknownIssuer) }
        };
        let mut revocation = revocation(&lists);
        loop {
            let verified = leaf.verify_for_usage(
                SUPPORTED,
                &roots,
                &rest,
                self.clock(),
                AnyPurpose,
                revocation,
                Some(&propose),
            );
            match verified {
                Err(error) if best.borrow().is_none() => {
                    let rule = rule(&error);
                    note(errors, rule);
                    // Once more without the lists: what else is there?
                    if !REVOCATION.contains(&rule) || revocation.take().is_none() {
                        break;
                    }
                }
                _ => break,
            }
        }
        best.into_inner()
    }

    /// The time at which `webpki` looks: now, or the nearest at which the leaf is valid.
    fn clock(&self) -> UnixTime {
        let leaf = self.chain.leaf();
        let time = self.now.min(leaf.not_after()).max(leaf.not_before());
        let seconds = u64::try_from(time.unix()).unwrap_or_default();
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    fn candidate(
        &self,
        path: &VerifiedPath<'_>,
        roots: &[TrustAnchor<'_>],
    ) -> Option<Candidate<'a>> {
        let anchor = roots.iter().position(|root| std::ptr::eq(root, path.anchor()))?;
        let root = self.anchors.get(anchor)?.certificate();
        let mut issuers = Vec::new();
        for between in path.intermediate_certificates() {
            let der = between.der();
            issuers.push(self.chain.rest().iter().find(|other| other.der() == &*der)?);
        }
        let mut errors = Vec::new();
        for between in &issuers {
            purpose_rule(between, self.role, &mut errors);
        }
        root_rules(root, issuers.len(), &mut errors);
        issuers.push(root);

        let subjects = std::iter::once(self.chain.leaf()).chain(issuers.iter().copied());
        for (subject, issuer) in subjects.zip(&issuers) {
            issuer_rules(subject, issuer, self.now, &mut errors);
        }
        if self.role == Role::DocumentSigner {
            territory_rules(self.chain.leaf(), root, &mut errors);
        }

        let names: Vec<_> = std::iter::once(path.end_entity().issuer())
            .chain(path.intermediate_certificates().map(|between| between.issuer()))
            .collect();
        let lists = self.crls.iter().filter(|crl| names.contains(&crl.list().issuer()));
        let mut stale = false;
        for crl in lists {
            stale |= crl.next_update() <= self.now;
            if crl.list().issuer() == roots.get(anchor)?.subject.as_ref() {
                crl_rule(root, &mut errors);
            }
        }
        Some(Candidate { anchor, issuers, errors, stale })
    }
}

fn issuer_rules(
    subject: &Certificate,
    issuer: &Certificate,
    now: Timestamp,
    errors: &mut Vec<Error>,
) {
    if !issuer.is_valid_at(now) {
        note(errors, Error::IssuerNotValid);
    }
    match issuer.extension::<KeyUsage>() {
        Err(error) => note(errors, error),
        Ok(Some((_, usage))) if usage.key_cert_sign() => {}
        Ok(_) => note(errors, Error::IssuerKeyUsage),
    }
    let authority = subject.extension::<AuthorityKeyIdentifier>();
    match (authority, issuer.extension::<SubjectKeyIdentifier>()) {
        (Err(error), _) | (_, Err(error)) => note(errors, error),
        (Ok(Some((_, authority))), Ok(Some((_, own)))) => {
            if authority.key_identifier.is_some_and(|named| named != own.0) {
                note(errors, Error::KeyIdentifierMismatch);
            }
        }
        _ => {}
    }
}

/// A certificate between may name no purpose, and then allows any.
fn purpose_rule(between: &Certificate, role: Role, errors: &mut Vec<Error>) {
    match between.purposes() {
        Err(error) => note(errors, error),
        Ok(purposes) if purposes.is_empty() || purposes.contains(&role.purpose()) => {}
        Ok(_) => note(errors, Error::ExtendedKeyUsage),
    }
}

fn root_rules(root: &Certificate, below: usize, errors: &mut Vec<Error>) {
    match root.extension::<BasicConstraints>() {
        Err(error) => note(errors, error),
        Ok(Some((_, constraints))) if constraints.ca => {
            if constraints.path_len_constraint.is_some_and(|longest| below > longest.into()) {
                note(errors, Error::PathLength);
            }
        }
        Ok(_) => note(errors, Error::NotAuthority),
    }
}

fn territory_rules(signer: &Certificate, root: &Certificate, errors: &mut Vec<Error>) {
    let country = |certificate: &Certificate| certificate.country().map(str::to_ascii_uppercase);
    if country(signer) != country(root) {
        note(errors, Error::CountryMismatch);
    }
    if signer.state() != root.state() {
        note(errors, Error::StateMismatch);
    }
}

fn crl_rule(root: &Certificate, errors: &mut Vec<Error>) {
    if !matches!(root.extension::<KeyUsage>(), Ok(Some((_, usage))) if usage.crl_sign()) {
        note(errors, Error::CrlKeyUsage);
    }
}

/// Leaves key purposes to the rules above: `webpki` would stop at the first that is not there.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}

/// A list is asked where there is one, and past its next update too: what it revokes stays revoked.
fn revocation<'a>(lists: &'a [&'a CertRevocationList<'a>]) -> Option<RevocationOptions<'a>> {
    let options = RevocationOptionsBuilder::new(lists).ok()?;
    Some(options.with_status_policy(UnknownStatusPolicy::Allow).build())
}

fn borrowed<'a>(root: &'a TrustAnchor<'static>) -> TrustAnchor<'a> {
    TrustAnchor {
        subject: Der::from_slice(&root.subject),
        subject_public_key_info: Der::from_slice(&root.subject_public_key_info),
        name_constraints: root.name_constraints.as_deref().map(Der::from_slice),
    }
}

/// The rules that a path breaks by a revocation list.
const REVOCATION: [Error; 3] = [Error::Revoked, Error::CrlSignature, Error::CrlKeyUsage];

/// Our name for what `webpki` found.
fn rule(error: &webpki::Error) -> Error {
    use webpki::Error as Found;
    match error {
        Found::UnknownIssuer => Error::UntrustedIssuer,
        Found::InvalidSignatureForPublicKey => Error::CertificateSignature,
        Found::UnsupportedSignatureAlgorithmContext(_)
        | Found::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
        | Found::SignatureAlgorithmMismatch => Error::SignatureAlgorithm,
        Found::CertNotValidYet { .. } | Found::CertExpired { .. } => Error::IssuerNotValid,
        Found::CaUsedAsEndEntity => Error::AuthorityAsSigner,
        Found::EndEntityUsedAsCa => Error::NotAuthority,
        Found::PathLenConstraintViolated => Error::PathLength,
        Found::UnsupportedCriticalExtension => Error::UnknownCritical,
        Found::NameConstraintViolation => Error::NameConstraint,
        Found::CertRevoked => Error::Revoked,
        Found::InvalidCrlSignatureForPublicKey
        | Found::UnsupportedCrlSignatureAlgorithmContext(_)
        | Found::UnsupportedCrlSignatureAlgorithmForPublicKeyContext(_) => Error::CrlSignature,
        Found::IssuerNotCrlSigner => Error::CrlKeyUsage,
        Found::MaximumSignatureChecksExceeded
        | Found::MaximumPathBuildCallsExceeded
        | Found::MaximumPathDepthExceeded
        | Found::MaximumNameConstraintComparisonsExceeded => Error::ChainTooLong,
        Found::UnsupportedCertVersion => Error::Version,
        _ => Error::MalformedCertificate,
    }
}

/// Each rule once, in the order found.
fn note(rules: &mut Vec<Error>, rule: Error) {
    if !rules.contains(&rule) {
        rules.push(rule);
    }
}
