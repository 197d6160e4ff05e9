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
        let chain = &self.cache.seen(chain);
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
            let specimen = self.leads_to_specimens(leaf, chain);
            let (mut errors, mut warnings) = (Findings::default(), Findings::default());
            errors.check_validity(leaf, now);
            warnings.check_clock(leaf, now);
            self.lists(now).check_alone(leaf, &mut errors, &mut warnings);
            return verdict(TrustedBy::Signer, specimen, errors, warnings);
        }
        let (path, anchor) = self.path(chain, Role::DocumentSigner(doc_type), now);
        let authority = anchor.and_then(|anchor| anchor.certificate().common_name());
        // Nothing above the issuers on the path counts but what is above the anchor: the path proves
        // who issued the others.
        let specimen = path.issuers.iter().any(|issuer| self.is_of_specimens(issuer))
            || path.issuers.last().is_some_and(|root| self.leads_to_specimens(root, chain));
        SignerVerdict {
            authority: authority.map(str::to_owned),
            ..verdict(TrustedBy::Root, specimen, path.errors, path.warnings)
        }
    }

    /// Whether the certificate leads up to one that [is of the specimens](Trust::is_of_specimens).
    ///
    /// Anybody can sign with the published key of the specimens, and so certify an authority whose own
    /// key is secret, under any name. Added as an issuer, that authority would make specimens green. So
    /// the certificates above it are looked for among the anchors and in the chain.
    ///
    /// The chain proves nothing, though: anybody can have the published key certify a real root's name
    /// and key, and send that along with a real document. So nothing is above a certificate that its
    /// own key signed, and the chain is not asked where an anchor is the issuer.
    fn leads_to_specimens(&self, from: &Certificate, chain: &Chain) -> bool {
        let (mut ahead, mut seen) = (vec![from], Vec::new());
        while let Some(certificate) = ahead.pop() {
            if self.is_of_specimens(certificate) {
                return true;
            }
            seen.push(certificate);
            if certificate.is_signed_by_itself() {
                continue;
            }
            let is_issuer = |other: &&Certificate| certificate.is_issued_by(other);
            let mut above: Vec<_> =
                self.anchors().map(Anchor::certificate).filter(is_issuer).collect();
            if above.is_empty() {
                above = chain.rest().iter().filter(is_issuer).collect();
            }
            ahead.extend(above.into_iter().filter(|one| !seen.contains(one)));
        }
        false
    }

    /// Whether the certificate has the key of a specimen root, or that key signed it. What its own key
    /// signed no other did, so a real root costs the signature that its warnings cost anyway.
    fn is_of_specimens(&self, certificate: &Certificate) -> bool {
        let is_its_own = certificate.is_self_issued() && certificate.is_signed_by_itself();
        self.specimens().map(Anchor::certificate).any(|root| {
            let is_signed = |key| !is_its_own && certificate.is_signed_by(key);
            certificate.has_key_of(root) || root.public_key().is_ok_and(is_signed)
        })
    }
}
