//! Which revocation lists count for a certificate, and what they say of it.
//!
//! For each certificate, the lists count that its issuer's key signed, and of each scope the newest
//! one. A library for paths, `webpki`, takes the first list with the issuer's name instead and looks
//! at no other. An older list could then hide the one that revokes, and where one authority has two
//! keys, the list of one key refused the certificates of the other.

use coffret_cbor::Timestamp;
use x509_cert::ext::pkix::KeyUsages;

use crate::crl::Crl;
use crate::findings::Findings;
use crate::{Certificate, Error};

/// The lists at hand, at a time.
pub(crate) struct Lists<'a> {
    pub(crate) lists: &'a [Crl],
    /// The authorities that are trusted for anything.
    pub(crate) authorities: Vec<&'a Certificate>,
    pub(crate) now: Timestamp,
}

/// The certificates beside the one that is checked.
#[derive(Default)]
pub(crate) struct Beside<'a> {
    /// The issuers on its path, which lead to an anchor.
    pub(crate) path: &'a [&'a Certificate],
    /// What came with the signature, which nothing proves.
    pub(crate) chain: &'a [Certificate],
}

impl<'a> Lists<'a> {
    /// Checks a certificate against the lists of its issuer.
    ///
    /// A list is its issuer's when it has the issuer's name and the issuer's key verifies it (RFC
    /// 5280 §6.3.3 f, g). One that names the key and that the key does not verify was altered, and
    /// perhaps it revoked this certificate: an error. One that does not name the key is of another
    /// key under the same name: Arizona and Utah each have several authorities of one name.
    ///
    /// A list by another key of the same issuer is not compared with those of this key, but what it
    /// revokes is revoked: an authority that renewed its key signs its lists with the new one. The
    /// certificates beside it may link the two keys.
    pub(crate) fn check(
        &self,
        subject: &Certificate,
        issuer: &Certificate,
        beside: &Beside<'_>,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let named = self.lists.iter().filter(|list| list.issuer_name() == issuer.subject_name());
        let (signed, other): (Vec<_>, Vec<_>) = named.partition(|list| is_signed_by(list, issuer));
        if other.iter().any(|list| is_altered(list, issuer)) {
            errors.note(Error::CrlSignature);
        }
        if !signed.is_empty() {
            errors.check(Error::CrlKeyUsage, issuer.allows(KeyUsages::CRLSign));
        }
        self.heed(&signed, subject, errors, warnings);

        let revoking: Vec<_> = other.iter().filter(|list| list.revokes(subject)).collect();
        if !revoking.is_empty() {
            let renewed = self.renewed(issuer, beside);
            let is_known = |list: &Crl| renewed.iter().any(|one| is_signed_by(list, one));
            errors.check(Error::Revoked, Ok(!revoking.into_iter().any(|list| is_known(list))));
        }
    }

    /// The certificates of the issuer's other keys. Self-issued certificates link them to this key, in
    /// one step or several (RFC 4210 §4.4); a name alone links nothing.
    ///
    /// A key that this one certified is the issuer's, whoever sent the certificate. A key that certified
    /// this one is the issuer's only where somebody trusted has it: anybody can make a key of that name
    /// and certify others with it.
    fn renewed<'b>(&'b self, issuer: &'b Certificate, beside: &Beside<'b>) -> Vec<&'b Certificate> {
        let is_namesake = |one: &&Certificate| one.subject_name() == issuer.subject_name();
        let trusted = self.authorities.iter().copied().chain(beside.path.iter().copied());
        let trusted: Vec<_> = trusted.filter(is_namesake).collect();
        let others: Vec<_> =
            trusted.iter().copied().chain(beside.chain.iter().filter(is_namesake)).collect();
        let certifies = |by: &Certificate, of: &Certificate| {
            // All of them have one name, so what one of them issued to another is self-issued.
            others.iter().any(|link| link.has_key_of(of) && link.is_issued_by(by))
        };
        let (mut linked, mut at) = (vec![issuer], 0);
        while let Some(one) = linked.get(at).copied() {
            at += 1;
            for other in &others {
                let is_known = linked.iter().any(|known| known.has_key_of(other));
                let is_trusted = trusted.iter().any(|known| known.has_key_of(other));
                if !is_known && (certifies(one, other) || (is_trusted && certifies(other, one))) {
                    linked.push(other);
                }
            }
        }
        linked.split_off(1)
    }

    /// Checks a certificate that is trusted for itself, where no path says who issued it.
    ///
    /// A list is given for a reason, so it counts for such a certificate too. Where no authority at hand
    /// is its issuer, no list can be verified. Then every list with the issuer's name counts, unless it
    /// says that another key signed it. None of them replaces another there, because anybody can make a
    /// newer list that is empty. The certificates that came with the signature are not asked, because
    /// anybody can compute a key that fits a signature.
    pub(crate) fn check_alone(
        &self,
        subject: &Certificate,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let mut authorities = self.authorities.iter();
        match authorities.find(|issuer| subject.is_issued_by(issuer)) {
            Some(issuer) => self.check(subject, issuer, &Beside::default(), errors, warnings),
            None => {
                let of_issuer = self.lists.iter().filter(|list| {
                    list.issuer_name() == subject.issuer_name()
                        && list.names_issuer_key_of(subject) != Some(false)
                });
                let of_issuer: Vec<_> = of_issuer.collect();
                let is_revoked = of_issuer.iter().any(|list| list.revokes(subject));
                errors.check(Error::Revoked, Ok(!is_revoked));
                self.heed(&of_issuer, subject, errors, warnings);
            }
        }
        self.check_proven(&[], warnings);
    }

    /// Warns of a list that neither an authority nor an issuer on the path signed: somebody gave it for
    /// a reason, and it proves nothing.
    pub(crate) fn check_proven(&self, path: &[&Certificate], warnings: &mut Findings) {
        let is_proven = |list: &Crl| {
            let known = self.authorities.iter().chain(path);
            let mut namesakes = known.filter(|one| one.subject_name() == list.issuer_name());
            list.is_for_certificates() && namesakes.any(|one| is_signed_by(list, one))
        };
        warnings.check(Error::CrlUnproven, Ok(self.lists.iter().all(is_proven)));
    }

    /// Notes what the lists of one issuer say of its certificate.
    ///
    /// Of the lists of one scope that are issued by now, the newest stands for all: a certificate on
    /// hold is off the list again when it is released. A list past its next update still counts, because
    /// whoever is revoked stays revoked. A list from the future replaces no other, or one with a wrong
    /// date would hide those that are right. What it revokes is revoked all the same, because it may be
    /// this machine's clock that is wrong.
    fn heed(
        &self,
        lists: &[&Crl],
        subject: &Certificate,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let (issued, future): (Vec<&Crl>, Vec<&Crl>) =
            lists.iter().partition(|list| list.is_issued(self.now));
        let newest: Vec<_> =
            issued.iter().filter(|list| !issued.iter().any(|other| other.replaces(list))).collect();
        let is_revoked = newest.iter().copied().chain(&future).any(|list| list.revokes(subject));
        errors.check(Error::Revoked, Ok(!is_revoked));

        let stale = newest.iter().any(|list| list.is_stale(self.now));
        warnings.check(Error::CrlStale, Ok(!stale));
        let undated = newest.iter().any(|list| list.next_update().is_none());
        warnings.check(Error::CrlNextUpdate, Ok(!undated));
        warnings.check(Error::CrlNotYetIssued, Ok(future.is_empty()));
        let is_covered = newest.iter().any(|list| list.covers(subject));
        warnings.check(Error::RevocationUnknown, Ok(self.lists.is_empty() || is_covered));
    }

    /// The moments at which the verdict may change.
    pub(crate) fn turns(&self) -> impl Iterator<Item = Timestamp> + Clone + 'a {
        let of_list = |list: &Crl| [Some(list.this_update()), list.next_update()];
        self.lists.iter().flat_map(of_list).flatten()
    }
}

/// Whether the list says that the issuer's key signed it, and the key does not verify it. Where the
/// algorithm is unknown, that cannot be said.
fn is_altered(list: &Crl, issuer: &Certificate) -> bool {
    let verified = issuer.public_key().and_then(|key| list.verify(key));
    list.names_key_of(issuer) == Some(true)
        && !matches!(verified, Ok(()) | Err(Error::SignatureAlgorithm))
}

fn is_signed_by(list: &Crl, issuer: &Certificate) -> bool {
    issuer.public_key().is_ok_and(|key| list.is_signed_by(key))
}
