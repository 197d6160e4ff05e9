use std::fmt;

use coffret_code::Code;
use coffret_store::Error as StoreError;

coffret_code::rules! {
    /// What a call across the boundary of the languages can break.
    pub enum Boundary {
        /// The object was closed, or what it belongs to.
        Closed = (1201, "object-closed", "Coffret bindings §1"),
        /// The wallet is not unlocked, or there is none yet.
        NotOpen = (1202, "wallet-not-open", "Coffret bindings §1"),
        /// The wallet does not wait for its PIN.
        NotLocked = (1203, "wallet-not-locked", "Coffret bindings §1"),
        /// There is a wallet already.
        MadeAlready = (1204, "wallet-made-already", "Coffret bindings §1"),
        /// What the core's own keystore has done, handed back a second time.
        SpentOutcome = (1205, "key-outcome-spent", "Coffret bindings §1"),
        /// A call from inside a call: of `PlatformSecrets`, back into the core.
        CalledFromInside = (1211, "call-from-inside", "Coffret bindings §2"),
        /// A fault of this library. What was stored before stands.
        Panicked = (1221, "internal-fault", "Coffret bindings §3"),
    }
}

/// Why a call was refused, by what can be done about it. The message is the name of the stable code,
/// such as `pin-wrong`; nothing else travels. [`codes`](crate::codes) has them all, with what a
/// person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Error)]
#[uniffi(flat_error)]
pub enum CoffretError {
    /// The PIN is wrong, must wait, or cannot be chosen: ask for another.
    Pin(Code),
    /// The wallet's file or its secrets cannot be opened or written as they are.
    Storage(Code),
    /// What was given is not what it should be, or is not there.
    Input(Code),
    /// The call does not fit the state that the object is in, which has not changed.
    State(Code),
    /// A fault of this library: close the object. What was stored before stands.
    Internal(Code),
}

/// Every call's result.
pub(crate) type Result<T> = std::result::Result<T, CoffretError>;

impl CoffretError {
    fn code(&self) -> Code {
        match self {
            CoffretError::Pin(code)
            | CoffretError::Storage(code)
            | CoffretError::Input(code)
            | CoffretError::State(code)
            | CoffretError::Internal(code) => *code,
        }
    }
}

impl fmt::Display for CoffretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().name)
    }
}

impl std::error::Error for CoffretError {}

impl From<Boundary> for CoffretError {
    fn from(rule: Boundary) -> Self {
        match rule {
            Boundary::Panicked => CoffretError::Internal(rule.code()),
            rule => CoffretError::State(rule.code()),
        }
    }
}

impl From<StoreError> for CoffretError {
    fn from(error: StoreError) -> Self {
        use StoreError::{MustWait, PinForm, PinObvious, WrongPin};
        match error {
            PinForm | PinObvious | WrongPin | MustWait => CoffretError::Pin(error.code()),
            _ => CoffretError::Storage(error.code()),
        }
    }
}

impl From<coffret_holder::Error> for CoffretError {
    fn from(error: coffret_holder::Error) -> Self {
        use coffret_holder::Error::{
            KeyTasks, LogChain, LogEvidence, LogForm, LogLength, LogSignature, NotNow,
            PresentationKeys, RecordDamaged, RecordForm, Store,
        };
        match error {
            Store(error) => error.into(),
            RecordForm | RecordDamaged | LogForm | LogChain | LogLength | LogSignature
            | LogEvidence => CoffretError::Storage(error.code()),
            NotNow | KeyTasks | PresentationKeys => CoffretError::State(error.code()),
            _ => CoffretError::Input(error.code()),
        }
    }
}

impl From<coffret_reader::Error> for CoffretError {
    fn from(error: coffret_reader::Error) -> Self {
        match error {
            coffret_reader::Error::OutOfTurn => CoffretError::State(error.code()),
            _ => CoffretError::Input(error.code()),
        }
    }
}

macro_rules! input {
    ($($error:ty)*) => {
        $(impl From<$error> for CoffretError {
            fn from(error: $error) -> Self {
                CoffretError::Input(error.code())
            }
        })*
    };
}

input! {
    coffret_cbor::Error
    coffret_crypto::Error
    coffret_mdoc::Error
    coffret_proximity::Error
    coffret_trust::Error
}
