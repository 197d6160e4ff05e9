use coffret_cbor::Timestamp;

use crate::{Begun, Certificate, Error};

/// Rules broken, each once, in the order found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings(Vec<Error>);

impl Findings {
    pub(crate) fn note(&mut self, rule: Error) {
        if !self.0.contains(&rule) {
            self.0.push(rule);
        }
    }

    /// Notes `rule` unless it is followed, or why that cannot be said.
    pub(crate) fn check(&mut self, rule: Error, followed: Result<bool, Error>) {
        match followed {
            Ok(true) => {}
            Ok(false) => self.note(rule),
            Err(error) => self.note(error),
        }
    }

    /// Notes whether the signer's certificate is too young or too old.
    pub(crate) fn check_validity(&mut self, signer: &Certificate, now: Timestamp) {
        self.check(Error::NotYetValid, Ok(signer.begun(now) != Begun::No));
        self.check(Error::Expired, Ok(now <= signer.not_after()));
    }

    /// Notes, as a warning, that a certificate begins in a moment.
    pub(crate) fn check_clock(&mut self, certificate: &Certificate, now: Timestamp) {
        self.check(Error::ClockSkew, Ok(certificate.begun(now) != Begun::Almost));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl IntoIterator for Findings {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Error> for Findings {
    fn extend<I: IntoIterator<Item = Error>>(&mut self, rules: I) {
        rules.into_iter().for_each(|rule| self.note(rule));
    }
}

impl From<Findings> for Vec<Error> {
    fn from(findings: Findings) -> Self {
        findings.0
    }
}
