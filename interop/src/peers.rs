//! The peers, as data.

use coffret_mdoc::DeviceAuthMethod::{Mac, Signature};

use crate::row::{Cose, DOCUMENTS, FRAMES, MESSAGES, SESSIONS, Step, Subject};

/// One implementation of others.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) lane: &'static str,
    /// Its driver, in which `{tools}` is where the peers are set up and `{interop}` is this folder.
    pub(crate) command: &'static [&'static str],
    pub(crate) authority: Authority,
    pub(crate) speaks: &'static [Subject],
    pub(crate) known: &'static [Known],
}

/// Under whose certificates a peer issues, and asks.
#[derive(Clone, Copy)]
pub(crate) enum Authority {
    Own,
    Ours,
}

/// Why a cell is empty.
pub(crate) struct Known {
    /// What the peer does not do, or not well.
    pub(crate) steps: &'static [Step],
    /// A part of what is then said.
    pub(crate) shows: &'static str,
    pub(crate) reason: &'static str,
}

pub(crate) const PEERS: &[Peer] = &[AUTH0, OWF, BC_UR, PYMDOC, PYCOSE, MULTIPAZ, AUTHLETE];

const AUTH0: Peer = Peer {
    name: "auth0",
    lane: "js",
    command: &["node", "{interop}/js/auth0.mjs"],
    authority: Authority::Ours,
    speaks: &[DOCUMENTS, SESSIONS],
    known: &[Known {
        steps: &[Step::Ask, Step::Judge],
        shows: "no verb",
        reason: "it knows no reader authentication",
    }],
};

const OWF: Peer = Peer {
    name: "owf",
    lane: "js",
    command: &["node", "{interop}/js/owf.mjs"],
    authority: Authority::Ours,
    speaks: &[DOCUMENTS, SESSIONS],
    known: &[
        Known {
            steps: &[Step::Present(Mac)],
            shows: "Private key is not valid for specified curve",
            reason: "it agrees on MAC keys with COSE_Keys in CBOR for keys, and leaves an empty \
                     external_aad out of MAC_structure (RFC 9052 §6.3)",
        },
        Known {
            steps: &[Step::Verify(Some(Mac)), Step::Read(Mac)],
            shows: "Device MAC must use alg 5 (HMAC 256/256)",
            reason: "it compares the name of a MAC's algorithm with its number, and so accepts none",
        },
    ],
};

const BC_UR: Peer = Peer {
    name: "bc-ur",
    lane: "js",
    command: &["node", "{interop}/js/bc-ur.mjs"],
    authority: Authority::Ours,
    speaks: &[FRAMES],
    known: &[],
};

const PYMDOC: Peer = Peer {
    name: "pymdoc",
    lane: "python",
    command: &["{tools}/python/bin/python", "-B", "{interop}/python/pymdoc.py"],
    authority: Authority::Own,
    speaks: &[DOCUMENTS],
    known: &[
        Known {
            steps: &[Step::Present(Signature), Step::Present(Mac), Step::Ask, Step::Judge],
            shows: "no verb",
            reason: "it neither presents nor asks",
        },
        Known {
            steps: &[Step::Verify(Some(Signature)), Step::Verify(Some(Mac))],
            shows: "deviceResponse",
            reason: "it knows no device authentication",
        },
    ],
};

const PYCOSE: Peer = Peer {
    name: "pycose",
    lane: "python",
    command: &["{tools}/python/bin/python", "-B", "{interop}/python/cose.py"],
    authority: Authority::Ours,
    speaks: &[MESSAGES],
    known: &[],
};

const MULTIPAZ: Peer = Peer {
    name: "multipaz",
    lane: "jvm",
    command: &java("multipaz"),
    authority: Authority::Own,
    speaks: &[DOCUMENTS, SESSIONS],
    known: &[Known {
        steps: &[Step::Verify(None)],
        shows: "deviceResponse",
        reason: "it judges the issuer's part only together with the device's",
    }],
};

const AUTHLETE: Peer = Peer {
    name: "authlete",
    lane: "jvm",
    command: &java("authlete"),
    authority: Authority::Ours,
    speaks: &[DOCUMENTS, MESSAGES],
    known: &[
        Known {
            steps: &[
                Step::Present(Signature),
                Step::Present(Mac),
                Step::Verify(None),
                Step::Verify(Some(Signature)),
                Step::Verify(Some(Mac)),
                Step::Ask,
                Step::Judge,
            ],
            shows: "no verb",
            reason: "it is an issuer's: it neither presents, verifies nor asks",
        },
        Known {
            steps: &[Step::Seal(Cose::Mac0), Step::Open(Cose::Mac0)],
            shows: "no verb",
            reason: "it knows no COSE_Mac0",
        },
    ],
};

/// A machine that begins quickly and does little.
const fn java(peer: &'static str) -> [&'static str; 7] {
    [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        "{tools}/jvm/jvm-peers.jar:{tools}/jvm/lib/*",
        "interop.MainKt",
        peer,
    ]
}
