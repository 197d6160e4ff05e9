use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::time::Duration;

use coffret_cbor::Timestamp;
use der::asn1::ObjectIdentifier;
use rustls_pki_types::{CertificateDer, Der, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, VerifiedPath};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsages, SubjectKeyIdentifier,
};

use crate::anchor::Anchor;
use crate::findings::Findings;
use crate::profile::{DOCUMENT_SIGNING, READER_AUTHENTICATION};
use crate::revocation::Lists;
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

    fn profile(self) -> Profile {
        match self {
            Role::DocumentSigner => Profile::DocumentSigner,
            Role::Reader => Profile::Reader,
        }
    }
}

/// What was found out about a chain.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Which of the anchors it leads to; none goes with [`Error::UntrustedIssuer`].
    pub(crate) anchor: Option<usize>,
    pub(crate) errors: Findings,
    pub(crate) warnings: Findings,
    /// When the same would be found.
    pub(crate) holds: RangeInclusive<Timestamp>,
}

/// Finds a path and every rule that it breaks.
///
/// `webpki` builds the paths and verifies signatures, authority and path length of what is between,
/// critical extensions and name constraints. It passes over key usage, key identifiers and what is
/// inside a root, and chooses revocation lists by name alone: those are looked at here, for each path that it proposes, so that a
/// good one is found beside bad ones (a root renewed under the same name and key). The signer's own
/// rules stay out of its way, so that all reasons are found and not the first.
pub(crate) fn judge(
    chain: &Chain,
    anchors: &[&Anchor],
    lists: &Lists<'_>,
    role: Role,
    now: Timestamp,
) -> Path {
    let leaf = chain.leaf();
    let (mut errors, mut warnings) = (Findings::default(), Findings::default());
    warnings.extend(leaf.deviations(role.profile()));
    errors.check_validity(leaf, now);
    errors.check(Error::SignerKeyUsage, leaf.allows(KeyUsages::DigitalSignature));
    let purposes = leaf.purposes();
    let is_for = |purposes: Vec<_>| purposes.contains(&role.purpose());
    errors.check(Error::ExtendedKeyUsage, purposes.map(is_for));

    let search = Search { chain, anchors, lists, role, now };
    let Some(found) = search.run(&mut errors) else {
        errors.note(Error::UntrustedIssuer);
        return Path { anchor: None, errors, warnings, holds: now..=now };
    };

    let holds = found.holds(leaf, lists, now);
    errors.extend(found.errors);
    warnings.extend(found.root.deviations().iter().copied());
    warnings.extend(found.warnings);
    lists.check_proven(&found.issuers, &mut warnings);
    Path { anchor: Some(found.anchor), errors, warnings, holds }
}

struct Search<'a> {
    chain: &'a Chain,
    anchors: &'a [&'a Anchor],
    lists: &'a Lists<'a>,
    role: Role,
    now: Timestamp,
}

impl<'a> Search<'a> {
    /// The path with the fewest errors. What keeps `webpki` from any goes to `errors`.
    fn run(&self, errors: &mut Findings) -> Option<Candidate<'a>> {
        let leaf = CertificateDer::from(self.chain.leaf().der());
        let leaf =
            EndEntityCert::try_from(&leaf).map_err(|error| errors.note(rule(&error))).ok()?;
        let rest: Vec<_> =
            self.chain.rest().iter().map(|other| CertificateDer::from(other.der())).collect();
        let roots: Vec<_> = self.anchors.iter().map(|anchor| borrowed(anchor.root())).collect();

        let best = RefCell::new(None::<Candidate<'a>>);
        let propose = |path: &VerifiedPath<'_>| {
            let candidate = self.candidate(path, &roots).ok_or(webpki::Error::UnknownIssuer)?;
            let mut best = best.borrow_mut();
            let broken = candidate.errors.len();
            if best.as_ref().is_none_or(|best| broken < best.errors.len()) {
                *best = Some(candidate);
            }
            // Any error sends it to the next path.
            if broken == 0 { Ok(()) } else { Err(webpki::Error::UnknownIssuer) }
        };
        let verified = leaf.verify_for_usage(
            SUPPORTED,
            &roots,
            &rest,
            self.clock(),
            AnyPurpose,
            None,
            Some(&propose),
        );
        if let (Err(error), None) = (verified, &*best.borrow()) {
            let rule = rule(&error);
            if rule != Error::CertificateSignature || self.names_a_root() {
                errors.note(rule);
            }
        }
        best.into_inner()
    }

    /// Whether the chain may name the key of a root. One that names another is by a namesake of the
    /// root, or by the root under a renewed key, and no forgery.
    fn names_a_root(&self) -> bool {
        let mut chain = [self.chain.leaf()].into_iter().chain(self.chain.rest());
        chain.any(|subject| {
            let names = |root: &&Anchor| names_key_of(subject, root.certificate()) == Ok(true);
            self.anchors.iter().any(names)
        })
    }

    /// The time at which `webpki` looks: now, or the nearest at which the signer is valid, since it
    /// would look no further.
    fn clock(&self) -> UnixTime {
        let leaf = self.chain.leaf();
        let time = self.now.min(leaf.not_after()).max(leaf.not_before());
        let seconds = u64::try_from(time.unix()).unwrap_or_default();
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    /// The rules that `webpki` passes over, on a path that it proposes.
    fn candidate(
        &self,
        path: &VerifiedPath<'_>,
        roots: &[TrustAnchor<'_>],
    ) -> Option<Candidate<'a>> {
        let anchor = roots.iter().position(|root| std::ptr::eq(root, path.anchor()))?;
        let root = *self.anchors.get(anchor)?;
        let between = path.intermediate_certificates().map(|between| {
            self.chain.rest().iter().find(|other| other.der() == between.der().as_ref())
        });
        let between: Vec<_> = between.collect::<Option<_>>()?;
        let issuers: Vec<_> = between.iter().copied().chain([root.certificate()]).collect();

        let (mut errors, mut warnings) = (Findings::default(), Findings::default());
        let mut revoked = Findings::default();
        for authority in &between {
            errors.check(Error::ExtendedKeyUsage, allows_purpose(authority, self.role.purpose()));
        }
        check_root(root.certificate(), between.len(), &mut errors);
        let subjects = [self.chain.leaf()].into_iter().chain(between);
        for (subject, issuer) in subjects.zip(&issuers) {
            self.lists.check(subject, issuer, &mut revoked, &mut warnings);
            errors.check(Error::IssuerNotValid, Ok(issuer.is_valid_at(self.now)));
            errors.check(Error::IssuerKeyUsage, issuer.allows(KeyUsages::KeyCertSign));
            errors.check(Error::KeyIdentifierMismatch, names_key_of(subject, issuer));
        }
        if self.role == Role::DocumentSigner {
            check_territory(self.chain.leaf(), root.certificate(), &mut errors);
        }

        errors.extend(revoked);
        Some(Candidate { anchor, root, issuers, errors, warnings })
    }
}

/// A path that `webpki` proposes.
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
        first.unwrap_or(now)..=last.unwrap_or(now)
    }
}

/// A certificate between that names no purpose allows any.
fn allows_purpose(between: &Certificate, purpose: ObjectIdentifier) -> Result<bool, Error> {
    between.purposes().map(|purposes| purposes.is_empty() || purposes.contains(&purpose))
}

fn check_root(root: &Certificate, below: usize, errors: &mut Findings) {
    errors.check(Error::NotAuthority, root.is_authority());
    if let Ok(Some((_, constraints))) = root.extension::<BasicConstraints>() {
        let longest = constraints.path_len_constraint.map_or(usize::MAX, usize::from);
        errors.check(Error::PathLength, Ok(below <= longest));
    }
}

fn names_key_of(subject: &Certificate, issuer: &Certificate) -> Result<bool, Error> {
    let authority = subject.extension::<AuthorityKeyIdentifier>()?;
    let named = authority.and_then(|(_, authority)| authority.key_identifier);
    let own = issuer.extension::<SubjectKeyIdentifier>()?.map(|(_, own)| own.0);
    Ok(named.zip(own).is_none_or(|(named, own)| named == own))
}

fn check_territory(signer: &Certificate, root: &Certificate, errors: &mut Findings) {
    let country = |certificate: &Certificate| certificate.country().map(str::to_ascii_uppercase);
    errors.check(Error::CountryMismatch, Ok(country(signer) == country(root)));
    errors.check(Error::StateMismatch, Ok(signer.state() == root.state()));
}

/// Leaves key purposes to the rules above: `webpki` would stop at the first that is not there.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}

fn borrowed<'a>(root: &'a TrustAnchor<'static>) -> TrustAnchor<'a> {
    TrustAnchor {
        subject: Der::from_slice(&root.subject),
        subject_public_key_info: Der::from_slice(&root.subject_public_key_info),
        name_constraints: root.name_constraints.as_deref().map(Der::from_slice),
    }
}

/// Our name for what `webpki` found.
fn rule(error: &webpki::Error) -> Error {
    use webpki::Error as Found;
    match error {
        Found::UnknownIssuer => Error::UntrustedIssuer,
        Found::InvalidSignatureForPublicKey => Error::CertificateSignature,
        Found::UnsupportedSignatureAlgorithmContext(_)
        | Found::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
        | Found::SignatureAlgorithmMismatch => Error::SignatureAlgorithm,
        // Of a certificate between: at the clock given, the signer is valid.
        Found::CertNotValidYet { .. } | Found::CertExpired { .. } => Error::IssuerNotValid,
        Found::CaUsedAsEndEntity => Error::AuthorityAsSigner,
        Found::EndEntityUsedAsCa => Error::NotAuthority,
        Found::PathLenConstraintViolated => Error::PathLength,
        Found::UnsupportedCriticalExtension => Error::UnknownCritical,
        Found::NameConstraintViolation => Error::NameConstraint,
        Found::MaximumSignatureChecksExceeded
        | Found::MaximumPathBuildCallsExceeded
        | Found::MaximumPathDepthExceeded
        | Found::MaximumNameConstraintComparisonsExceeded => Error::ChainTooLong,
        Found::UnsupportedCertVersion => Error::Version,
        _ => Error::MalformedCertificate,
    }
}
