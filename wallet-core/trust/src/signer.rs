use coffret_catalogue::Territory;
use coffret_cbor::Timestamp;

use crate::anchor::Anchor;
use crate::findings::Findings;
use crate::path::Role;
use crate::{Certificate, Chain, Error, Trust};

/// What is to be thought of the signer of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerVerdict {
    /// Why the signer is trusted. It is if, and only if, there are no errors.
    pub trusted_by: Option<TrustedBy>,
    /// Whether it signs specimens, by which it is no more trusted than a real one.
    pub specimen: bool,
    /// Of the signer's subject, the country.
    pub country: Option<String>,
    /// Of the signer's subject, the state or province.
    pub state: Option<String>,
    /// Of the signer's subject, the common name.
    pub name: Option<String>,
    /// The common name of the root that the path leads to; none without a path.
    pub authority: Option<String>,
    /// Every rule broken that withholds trust, [`Error::UntrustedIssuer`] where there is no path.
    pub errors: Vec<Error>,
    /// Every rule of the profiles that signer and root do not follow.
    pub warnings: Vec<Error>,
}

/// Why a signer is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustedBy {
    /// A path leads to an anchor.
    Root,
    /// The certificate itself is trusted.
    Signer,
}

impl SignerVerdict {
    /// The country and the state or province of the signer's subject.
    pub fn territory(&self) -> Territory<'_> {
        Territory { country: self.country.as_deref(), state: self.state.as_deref() }
    }
}

impl Trust {
    /// Judges the signer of a document of this type, which the catalogue may not know.
    ///
    /// A signer trusted by its very certificate has to be valid at the time and not revoked, and
    /// nothing else. Any other needs a path to an anchor for issuers or specimens of the type.
    pub fn signer(&self, chain: &Chain, doc_type: &str, now: Timestamp) -> SignerVerdict {
        let leaf = chain.leaf();
        let verdict =
            |why: TrustedBy, specimen, errors: Findings, warnings: Findings| SignerVerdict {
                trusted_by: errors.is_empty().then_some(why),
                specimen,
                country: leaf.country().map(str::to_owned),
                state: leaf.state().map(str::to_owned),
                name: leaf.common_name().map(str::to_owned),
                authority: None,
                errors: errors.into(),
                warnings: warnings.into(),
            };
        if self.is_trusted_signer(leaf) {
            let specimen = self.leads_to_specimens(vec![leaf.clone()], chain);
            let (mut errors, mut warnings) = (Findings::default(), Findings::default());
            errors.check_validity(leaf, now);
            warnings.check_clock(leaf, now);
            self.lists(now).check_alone(leaf, &mut errors, &mut warnings);
            return verdict(TrustedBy::Signer, specimen, errors, warnings);
        }
        let (path, anchor) = self.path(chain, Role::DocumentSigner(doc_type), now);
        let authority = anchor.and_then(|anchor| anchor.certificate().common_name());
        let specimen = self.leads_to_specimens(path.issuers, chain);
        SignerVerdict {
            authority: authority.map(str::to_owned),
            ..verdict(TrustedBy::Root, specimen, path.errors, path.warnings)
        }
    }

    /// Whether one of these certificates has or is signed by the key of a specimen root, or leads to
    /// one that is.
    ///
    /// Anybody can sign with the specimens' key, which is published, and so certify an authority
    /// whose own key is secret, under any name. Added as an issuer, that authority would make
    /// specimens green. Whatever may be on the way up serves: other anchors, and what came with the
    /// signature.
    fn leads_to_specimens(&self, from: Vec<Certificate>, chain: &Chain) -> bool {
        let others = || self.anchors().map(Anchor::certificate).chain(chain.rest());
        let (mut ahead, mut seen) = (from, Vec::new());
        while let Some(certificate) = ahead.pop() {
            let is_specimen = |root: &Certificate| {
                let key = root.public_key();
                certificate.has_key_of(root) || key.is_ok_and(|key| certificate.is_signed_by(key))
            };
            if self.specimens().any(|anchor| is_specimen(anchor.certificate())) {
                return true;
            }
            let above = others().filter(|other| {
                !seen.contains(*other) && **other != certificate && certificate.is_issued_by(other)
            });
            let above: Vec<_> = above.cloned().collect();
            seen.push(certificate);
            ahead.extend(above);
        }
        false
    }
}
