//! Which revocation lists count for a certificate, and what they say of it.
//!
//! A library for paths (`webpki`) takes the first list whose issuer has the right name and looks at no
//! other. So a list that came before could hide the one that revokes, and the lists of two keys of
//! one authority refused each other's certificates. Lists are chosen here instead, for each
//! certificate: those that the key of its issuer signed, and of each scope the newest.

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

impl<'a> Lists<'a> {
    /// Checks a certificate against the lists of its issuer.
    ///
    /// A list is its issuer's when it has the issuer's name and the issuer's key verifies it (RFC
    /// 5280 §6.3.3 f, g). One that names the key and that the key does not verify was altered, and
    /// perhaps it revoked this certificate: an error. One that does not name the key is of another
    /// key under the same name, as Arizona and Utah have several: no list of this issuer's.
    pub(crate) fn check(
        &self,
        subject: &Certificate,
        issuer: &Certificate,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let named = self.named(issuer);
        let (signed, other): (Vec<_>, Vec<_>) = named.partition(|list| is_signed_by(list, issuer));
        if other.iter().any(|list| list.names_key_of(issuer) == Some(true)) {
            errors.note(Error::CrlSignature);
        }
        if !signed.is_empty() {
            errors.check(Error::CrlKeyUsage, issuer.allows(KeyUsages::CRLSign));
        }
        self.heed(&signed, subject, errors, warnings);
    }

    /// Checks a certificate that is trusted for itself, where no path says who issued it.
    ///
    /// A list is given for a reason: it counts for such a certificate too. Where its issuer is not
    /// among the authorities, no list can be verified; then those with the name of its issuer count
    /// as they are, unless they say that another key signed them. The certificates that came with
    /// the signature do not serve here: anybody can compute a key that fits a signature.
    pub(crate) fn check_alone(
        &self,
        subject: &Certificate,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let mut authorities = self.authorities.iter();
        match authorities.find(|issuer| subject.is_issued_by(issuer)) {
            Some(issuer) => self.check(subject, issuer, errors, warnings),
            None => {
                let of_issuer = self.lists.iter().filter(|list| {
                    list.issuer() == subject.issuer_name()
                        && list.names_issuer_key_of(subject) != Some(false)
                });
                self.heed(&of_issuer.collect::<Vec<_>>(), subject, errors, warnings);
            }
        }
        self.check_proven(&[], warnings);
    }

    /// Notes a list that nobody has signed who is trusted, or who issued a certificate of the path:
    /// it was given for a reason, and serves for nothing.
    pub(crate) fn check_proven(&self, path: &[&Certificate], warnings: &mut Findings) {
        let is_proven = |list: &Crl| {
            let known = self.authorities.iter().chain(path);
            let mut namesakes = known.filter(|one| one.subject_name() == list.issuer());
            list.is_for_certificates() && namesakes.any(|one| is_signed_by(list, one))
        };
        warnings.check(Error::CrlUnproven, Ok(self.lists.iter().all(is_proven)));
    }

    fn named(&self, issuer: &Certificate) -> impl Iterator<Item = &'a Crl> {
        self.lists.iter().filter(move |list| list.issuer() == issuer.subject_name())
    }

    /// Notes what the lists of one issuer say of its certificate.
    ///
    /// Of those of one scope that are issued by now, the newest stands for all: a certificate on
    /// hold is off the list again when it is released. Past its next update it stands too, because
    /// whoever is revoked stays revoked. A list from the future replaces no other, or one with a wrong date
    /// would hide those that are right; what it revokes is revoked all the same, because it may be this machine's
    /// clock that is wrong.
    fn heed(
        &self,
        lists: &[&Crl],
        subject: &Certificate,
        errors: &mut Findings,
        warnings: &mut Findings,
    ) {
        let (issued, future): (Vec<&Crl>, Vec<&Crl>) =
            lists.iter().partition(|list| list.this_update() <= self.now);
        let newest: Vec<_> =
            issued.iter().filter(|list| !issued.iter().any(|other| other.replaces(list))).collect();
        let is_revoked = newest.iter().copied().chain(&future).any(|list| list.revokes(subject));
        errors.check(Error::Revoked, Ok(!is_revoked));

        let is_stale = |next: Timestamp| next <= self.now;
        let stale = newest.iter().any(|list| list.next_update().is_some_and(is_stale));
        warnings.check(Error::CrlStale, Ok(!stale));
        let undated = newest.iter().any(|list| list.next_update().is_none());
        warnings.check(Error::CrlNextUpdate, Ok(!undated));
        warnings.check(Error::CrlNotYetIssued, Ok(future.is_empty()));
        let is_covered = newest.iter().any(|list| list.covers(subject));
        warnings.check(Error::RevocationUnknown, Ok(self.lists.is_empty() || is_covered));
    }

    /// The moments at which something else may be found.
    pub(crate) fn turns(&self) -> impl Iterator<Item = Timestamp> + Clone + 'a {
        let of_list = |list: &Crl| [Some(list.this_update()), list.next_update()];
        self.lists.iter().flat_map(of_list).flatten()
    }
}

fn is_signed_by(list: &Crl, issuer: &Certificate) -> bool {
    issuer.public_key().is_ok_and(|key| list.is_signed_by(key))
}
