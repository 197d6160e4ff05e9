//! A revocation list, and what a verifier would warn of.

use coffret_trust::{Crl, Error};
use data_encoding::HEXLOWER;

use super::certificate::ISSUER;
use super::{Fact, Findings};
use crate::Context;
use crate::error::{About, Reason};

const NUMBER: Fact = Fact::new("crlNumber", "Numéro de la liste", "List number");
const THIS_UPDATE: Fact = Fact::new("thisUpdate", "Émise le", "Issued");
const NEXT_UPDATE: Fact = Fact::new("nextUpdate", "Prochaine liste", "Next list");
const REVOKED: Fact = Fact::new("revoked", "Certificats révoqués", "Revoked certificates");

/// Of a list that no verifier can use, only why.
pub(super) fn findings(read: &Result<Crl, Error>, context: Context) -> Findings {
    let begun = Findings::new("revocation list", "RFC 5280 §5");
    let list = match read {
        Ok(list) => list,
        Err(error) => return begun.judged(Err::<Crl, _>(*error)),
    };
    let next = list.next_update();
    let facts = [
        (NUMBER, list.number().map(|number| HEXLOWER.encode(number))),
        (THIS_UPDATE, Some(list.this_update().to_string())),
        (NEXT_UPDATE, next.map(|next| next.to_string())),
        (REVOKED, Some(list.revoked().to_string())),
    ];
    let mut findings = begun.fact(ISSUER, list.issuer());
    findings.facts.extend(facts.into_iter().filter_map(|(fact, value)| Some((fact, value?))));
    let warnings = [
        (!list.is_issued(context.now)).then_some(Error::CrlNotYetIssued),
        next.is_none().then_some(Error::CrlNextUpdate),
        list.is_stale(context.now).then_some(Error::CrlStale),
    ];
    let reason = |rule: Error| Reason::new(rule.code(), About::Whole);
    findings.warnings = warnings.into_iter().flatten().map(reason).collect();
    findings
}
