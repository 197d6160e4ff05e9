use std::sync::OnceLock;

use coffret_catalogue::document_type;
use coffret_cbor::Timestamp;
use x509_cert::ext::pkix::{KeyUsage, SubjectKeyIdentifier};

use crate::cache::Cache;
use crate::crl::Crl;
use crate::path::{self, Path, Role};
use crate::revocation::Lists;
use crate::{Certificate, Chain, Error, Filed, Profile, Registry};

/// What an anchor is trusted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Its document signers sign real documents.
    Issuer,
    /// Its readers are who they say.
    Reader,
    /// Its document signers sign specimens, which are never taken for the real thing.
    Specimen,
    /// It signs the registry of readers itself.
    Registry,
}

/// A [`Purpose`], and the document types that it is for.
///
/// A source may vouch for an authority for some types only: a list of authorities names them for each
/// (ISO 18013-5 §C.1.7.1), and so may whoever adds a certificate. Without a limit, an authority that
/// issues licences would be believed about health cards too.
///
/// A limit is one certificate's, as in such a list and in RFC 5280 §6.2. An authority's renewed root is
/// another certificate, and gets the limit that it is added with: a link certificate says that the new
/// key is the authority's, not for what types somebody trusts it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Grant {
    purpose: Purpose,
    doc_types: Option<Vec<String>>,
}

impl Purpose {
    /// This purpose, for these document types and no others. It limits [`Purpose::Issuer`] and
    /// [`Purpose::Specimen`]; the others sign no documents.
    pub fn limited_to<T: Into<String>>(self, doc_types: impl IntoIterator<Item = T>) -> Grant {
        let doc_types = doc_types.into_iter().map(T::into).collect();
        Grant { purpose: self, doc_types: Some(doc_types) }
    }
}

impl From<Purpose> for Grant {
    /// For documents of any type, unless the same certificate is limited elsewhere.
    fn from(purpose: Purpose) -> Grant {
        Grant { purpose, doc_types: None }
    }
}

impl Grant {
    /// Whether documents of this type are among those that it is for, however the type is spelled.
    fn allows(&self, doc_type: &str) -> bool {
        let known = |id| document_type(id).map_or(id, |known| known.id);
        let doc_types = self.doc_types.as_ref();
        doc_types.is_none_or(|types| types.iter().any(|one| known(one) == known(doc_type)))
    }
}

/// What a file of anchors brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Added {
    /// How many are now trusted.
    pub anchors: usize,
    /// The place in the file, from 0, of each that cannot be used, and why. It disables itself only.
    pub unusable: Vec<(usize, Error)>,
}

impl Added {
    /// Whether the file was of use, or was no file of anchors.
    ///
    /// # Errors
    /// What is wrong with the first anchor, where none can be used.
    pub fn is_of_use(&self) -> Result<(), Error> {
        match (self.anchors, self.unusable.first()) {
            (0, Some((_, rule))) => Err(*rule),
            _ => Ok(()),
        }
    }

    pub(crate) fn count(&mut self, index: usize, result: Result<(), Error>) {
        match result {
            Ok(()) => self.anchors += 1,
            Err(error) => self.unusable.push((index, error)),
        }
    }
}

/// The root of the specimens, whose private key is published, in PEM: anybody can sign with it.
///
/// It is trusted for nothing unless added, with [`Purpose::Specimen`]; but what it has signed is a
/// specimen under whatever purpose it is added.
pub const SPECIMEN_ROOT: &str = include_str!("specimen-root.pem");

/// Who is trusted for what, with revocation lists and the registry of readers.
///
/// It judges signers of documents ([`Trust::signer`]) and readers ([`Trust::reader`]).
#[derive(Clone, Default)]
pub struct Trust {
    anchors: Vec<Anchor>,
    signers: Vec<Certificate>,
    crls: Vec<Crl>,
    registry: Option<Registered>,
    pub(crate) cache: Cache,
}

/// A registry, and the authorities of its readers that can be used.
#[derive(Clone)]
struct Registered {
    registry: Registry,
    anchors: Vec<Anchor>,
}

impl Trust {
    /// Trusts nobody.
    pub fn new() -> Trust {
        Trust::default()
    }

    /// Trusts the certificates of a file: PEM, or the DER of one.
    ///
    /// # Errors
    /// [`Error::NoCertificate`]; what is wrong with one of them is in [`Added::unusable`].
    pub fn add_anchors(
        &mut self,
        file: impl AsRef<[u8]>,
        grant: impl Into<Grant>,
    ) -> Result<Added, Error> {
        let (grant, mut added) = (grant.into(), Added::default());
        for (index, certificate) in Filed::certificates(file.as_ref()).enumerate() {
            added.count(index, certificate.and_then(|root| self.add_anchor(root, grant.clone())));
        }
        if added == Added::default() { Err(Error::NoCertificate) } else { Ok(added) }
    }

    /// Trusts a certificate, as a rule self-signed, and what it has signed.
    ///
    /// A certificate that is added for some types, and again for others, is trusted for both. A limit
    /// outlasts the same certificate without one, whichever comes first: a file that is added again, or
    /// a larger one with the same certificate in it, must not widen what somebody has limited.
    ///
    /// # Errors
    /// [`Error::Crypto`] for a key that the product does not use; [`Error::Version`],
    /// [`Error::MalformedExtension`] for a root that no path could be verified with.
    pub fn add_anchor(
        &mut self,
        certificate: Certificate,
        grant: impl Into<Grant>,
    ) -> Result<(), Error> {
        let anchor = Anchor::new(certificate, grant.into())?;
        let limits = |held: &Anchor| held.is_of(&anchor) && held.is_limited();
        if !anchor.is_limited() && self.anchors.iter().any(limits) {
            return Ok(());
        }
        if anchor.is_limited() {
            self.anchors.retain(|held| !held.is_of(&anchor) || held.is_limited());
        }
        self.anchors.push(anchor);
        self.cache.changed();
        Ok(())
    }

    /// Trusts one document signer by its very certificate, in place of a path and a profile.
    pub fn add_signer(&mut self, certificate: Certificate) {
        self.signers.push(certificate);
        self.cache.changed();
    }

    /// Heeds a revocation list of any authority, in DER, or each of a PEM file.
    ///
    /// The order does not matter, and an older list takes nothing away: every list is kept, and for
    /// each certificate the newest of those that its issuer's key signed is the one that counts. A
    /// list is not known to be anybody's before a path leads to a key, so none is dropped here for
    /// another that only says that it is newer.
    ///
    /// # Errors
    /// Those of [`Crl::parse_file`]; then none of the file is taken.
    pub fn add_crl(&mut self, file: &[u8]) -> Result<(), Error> {
        for list in Crl::parse_file(file)? {
            // A list that is given again and again costs what it costs once.
            if !self.crls.iter().any(|held| held.is(&list)) {
                self.crls.push(list);
            }
        }
        self.cache.changed();
        Ok(())
    }

    /// Takes the [registry of readers](Registry) in place of the one held. Its authorities
    /// are trusted for readers as long as it is held.
    ///
    /// # Errors
    /// [`Error::UntrustedRegistry`], [`Error::IssuerNotValid`], [`Error::SignerKeyUsage`],
    /// [`Error::RegistryNotYetIssued`], [`Error::RegistryOlder`], [`Error::MalformedRegistry`], and
    /// those of CBOR and COSE.
    pub fn add_registry(&mut self, cose: &[u8], now: Timestamp) -> Result<Added, Error> {
        let registrars = self.anchors_for(&[Purpose::Registry]).map(Anchor::certificate);
        let registry = Registry::open(cose, registrars, now)?;
        if self.registry().is_some_and(|held| held.issued > registry.issued) {
            return Err(Error::RegistryOlder);
        }
        let (mut added, mut anchors) = (Added::default(), Vec::new());
        for (index, authority) in registry.authorities().into_iter().enumerate() {
            let anchor = Anchor::new(authority.clone(), Purpose::Reader.into());
            added.count(index, anchor.map(|anchor| anchors.push(anchor)));
        }
        self.registry = Some(Registered { registry, anchors });
        self.cache.changed();
        Ok(added)
    }

    pub(crate) fn is_trusted_signer(&self, certificate: &Certificate) -> bool {
        self.signers.contains(certificate)
    }

    /// The registry of readers that is held.
    pub fn registry(&self) -> Option<&Registry> {
        self.registry.as_ref().map(|registered| &registered.registry)
    }

    /// The anchors whose signers sign specimens, whether trusted for it or not.
    pub(crate) fn specimens(&self) -> impl Iterator<Item = &Anchor> {
        static ROOT: OnceLock<Option<Anchor>> = OnceLock::new();
        let published = ROOT.get_or_init(|| {
            let root = Certificate::parse_file(SPECIMEN_ROOT).ok()?.pop()?;
            Anchor::new(root, Purpose::Specimen.into()).ok()
        });
        self.anchors_for(&[Purpose::Specimen]).chain(published)
    }

    /// The path of a chain, and the anchor that it leads to.
    pub(crate) fn path(
        &self,
        chain: &Chain,
        role: Role<'_>,
        now: Timestamp,
    ) -> (Path, Option<&Anchor>) {
        let anchors: Vec<_> = match role {
            Role::DocumentSigner(_) => {
                self.anchors_for(&[Purpose::Issuer, Purpose::Specimen]).collect()
            }
            Role::Reader => self.anchors_for(&[Purpose::Reader]).chain(self.registered()).collect(),
        };
        let judge = || path::judge(chain, &anchors, &self.lists(now), role, now);
        let path = self.cache.find_or(chain, role, now, judge);
        let anchor = path.anchor.and_then(|index| anchors.get(index).copied());
        (path, anchor)
    }

    /// The revocation lists, and everybody who may have signed one.
    pub(crate) fn lists(&self, now: Timestamp) -> Lists<'_> {
        Lists {
            lists: &self.crls,
            authorities: self.anchors().map(Anchor::certificate).collect(),
            now,
        }
    }

    /// Of every purpose.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        self.anchors.iter().chain(self.registered())
    }

    fn registered(&self) -> impl Iterator<Item = &Anchor> {
        self.registry.iter().flat_map(|held| &held.anchors)
    }

    fn anchors_for(&self, purposes: &'static [Purpose]) -> impl Iterator<Item = &Anchor> {
        self.anchors.iter().filter(|anchor| purposes.contains(&anchor.grant.purpose))
    }
}

impl std::fmt::Debug for Trust {
    /// How many of each.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust")
            .field("anchors", &self.anchors.len())
            .field("signers", &self.signers.len())
            .field("crls", &self.crls.len())
            .field("registry", &self.registry.is_some())
            .finish()
    }
}

/// A certificate that paths may end at.
#[derive(Clone)]
pub(crate) struct Anchor {
    certificate: Certificate,
    grant: Grant,
    /// They cost a signature: found when first asked for.
    deviations: OnceLock<Vec<Error>>,
}

impl Anchor {
    fn new(certificate: Certificate, grant: Grant) -> Result<Anchor, Error> {
        if !certificate.is_version_3() {
            return Err(Error::Version);
        }
        certificate.public_key()?;
        certificate.is_authority()?;
        certificate.extension::<KeyUsage>()?;
        certificate.extension::<SubjectKeyIdentifier>()?;
        Ok(Anchor { certificate, grant, deviations: OnceLock::new() })
    }

    pub(crate) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Whether it is the same certificate, trusted for the same purpose.
    fn is_of(&self, other: &Anchor) -> bool {
        self.certificate == other.certificate && self.grant.purpose == other.grant.purpose
    }

    fn is_limited(&self) -> bool {
        self.grant.doc_types.is_some()
    }

    /// Whether it is trusted for documents of this type.
    pub(crate) fn allows(&self, doc_type: &str) -> bool {
        self.grant.allows(doc_type)
    }

    /// Whether its signers sign specimens.
    pub(crate) fn is_of_specimens(&self) -> bool {
        self.grant.purpose == Purpose::Specimen
    }

    pub(crate) fn deviations(&self) -> &[Error] {
        let profile = match self.grant.purpose {
            Purpose::Issuer | Purpose::Specimen => Profile::IssuerRoot,
            Purpose::Reader | Purpose::Registry => Profile::ReaderRoot,
        };
        self.deviations.get_or_init(|| self.certificate.deviations(profile))
    }
}
