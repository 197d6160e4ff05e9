use std::collections::HashSet;

use coffret_cbor::{Encoded, Item, Kind, Map};

use crate::Error;

const LABEL_ALG: i64 = 1;
const LABEL_CRIT: i64 = 2;
const LABEL_X5CHAIN: i64 = 33;

/// ```cddl
/// header_map = { ? 1 => int / tstr,        ; alg
///                ? 2 => [+ label],         ; crit
///                ? 33 => COSE_X509,        ; x5chain
///                * label => any }
/// COSE_X509  = bstr / [2* bstr]           ; an array of one is read too: some readers send it
/// label      = int / tstr
/// ```
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Headers {
    /// As received.
    pub(super) protected: Vec<u8>,
    /// As received.
    pub(super) unprotected: Encoded,
    /// Or why there is none, which verifying reports: a message by an unknown algorithm is still
    /// read.
    pub(super) algorithm: Result<i64, Error>,
    pub(super) x5chain: Vec<Vec<u8>>,
}

#[derive(PartialEq, Eq, Hash)]
enum Label {
    Integer(i64),
    Text(String),
}

impl Headers {
    pub(super) fn new(algorithm: i64, x5chain: &[&[u8]]) -> Headers {
        let certificates = match x5chain {
            [] => None,
            [only] => Some(Encoded::bytes(only)),
            several => Some(Encoded::array(several.iter().copied().map(Encoded::bytes))),
        };
        Headers {
            protected: Encoded::map([(LABEL_ALG, algorithm.into())]).into_bytes(),
            unprotected: Encoded::map(certificates.map(|chain| (LABEL_X5CHAIN, chain))),
            algorithm: Ok(algorithm),
            x5chain: x5chain.iter().map(|certificate| certificate.to_vec()).collect(),
        }
    }

    pub(super) fn read(protected: Vec<u8>, unprotected: Item<'_>) -> Result<Headers, Error> {
        const EMPTY_MAP: &[u8] = b"\xa0";
        // The empty string stands for the empty map (RFC 9052 §3).
        let inner = if protected.is_empty() { EMPTY_MAP } else { &protected };
        let protected_map = map(Item::parse(inner)?)?;
        let unprotected_map = map(unprotected)?;

        let labels: HashSet<_> =
            protected_map.map(|(label, _)| read_label(label)).collect::<Result<_, _>>()?;
        for (label, _) in unprotected_map {
            if labels.contains(&read_label(label)?) {
                return Err(Error::HeaderInBoth);
            }
        }
        check_critical(&labels, protected_map, unprotected_map)?;

        let x5chain = protected_map.get(LABEL_X5CHAIN).or(unprotected_map.get(LABEL_X5CHAIN));
        let algorithm = match protected_map.get(LABEL_ALG) {
            Some(id) => id.integer().map_err(|_| Error::UnsupportedAlgorithm),
            None => Err(Error::AlgorithmNotProtected),
        };
        Ok(Headers {
            algorithm,
            x5chain: x5chain.map(certificates).transpose()?.unwrap_or_default(),
            unprotected: unprotected.into(),
            protected,
        })
    }

    /// The bytes of Sig_structure or MAC_structure (RFC 9052 §4.4, §6.3).
    ///
    /// ```cddl
    /// [ context: tstr, body_protected: bstr, external_aad: bstr, payload: bstr ]
    /// ```
    pub(super) fn structure(&self, context: &str, external_aad: &[u8], payload: &[u8]) -> Vec<u8> {
        let strings = [&self.protected, external_aad, payload].map(Encoded::bytes);
        Encoded::array([context.into()].into_iter().chain(strings)).into_bytes()
    }
}

fn map(item: Item<'_>) -> Result<Map<'_>, Error> {
    item.map().map_err(|_| Error::MalformedHeader)
}

fn read_label(item: Item<'_>) -> Result<Label, Error> {
    match item.kind() {
        Kind::Text => item.text().map(|text| Label::Text(text.into_owned())),
        _ => item.integer().map(Label::Integer),
    }
    .map_err(|_| Error::MalformedHeader)
}

/// The critical labels are there, protected, and understood (RFC 9052 §3.1).
fn check_critical(
    labels: &HashSet<Label>,
    protected: Map<'_>,
    unprotected: Map<'_>,
) -> Result<(), Error> {
    if unprotected.get(LABEL_CRIT).is_some() {
        return Err(Error::MalformedHeader);
    }
    let Some(critical) = protected.get(LABEL_CRIT) else { return Ok(()) };
    let mut critical = critical.array().map_err(|_| Error::MalformedHeader)?.peekable();
    critical.peek().ok_or(Error::MalformedHeader)?;
    for label in critical {
        match read_label(label)? {
            label if !labels.contains(&label) => return Err(Error::MalformedHeader),
            Label::Integer(LABEL_ALG | LABEL_X5CHAIN) => {}
            _ => return Err(Error::UnknownCritical),
        }
    }
    Ok(())
}

fn certificates(chain: Item<'_>) -> Result<Vec<Vec<u8>>, Error> {
    let malformed = |_| Error::MalformedChain;
    if chain.kind() == Kind::Bytes {
        return Ok(vec![chain.byte_string().map_err(malformed)?.into_owned()]);
    }
    let certificates = chain.array().map_err(malformed)?;
    let certificates: Vec<_> = certificates
        .map(|certificate| certificate.byte_string().map(Vec::from).map_err(malformed))
        .collect::<Result<_, _>>()?;
    if certificates.is_empty() { Err(Error::MalformedChain) } else { Ok(certificates) }
}
