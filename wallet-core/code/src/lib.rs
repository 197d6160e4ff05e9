//! The code by which an error is quoted: a number, a name, the clause that was broken.
//!
//! Each crate of the core declares its errors once, as rows of [`rules!`]; the catalogue gives each
//! code its sentences in French and English. A rule holds no data, so that no error can carry what
//! is personal.
//!
//! ```
//! coffret_code::rules! {
//!     /// What a door refuses.
//!     pub enum Refusal {
//!         /// The key does not fit the lock.
//!         WrongKey = (901, "wrong-key", "House rules §1"),
//!     }
//! }
//!
//! assert_eq!(Refusal::WrongKey.code().to_string(), "CW-901");
//! assert_eq!(Refusal::WrongKey.to_string(), "wrong-key (CW-901, House rules §1)");
//! assert_eq!(Refusal::ALL, [Refusal::WrongKey]);
//! ```

use std::fmt;

/// What a person quotes and a program compares. It is displayed as `CW-204`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// Unique in the product. The hundreds name the crate: 1 cbor, 2 crypto, 3 trust, 4 catalogue,
    /// 5 mdoc, 6 issuer, 7 store, 8 proximity, 9 the command line, 10 holder, 11 reader, 12 the bindings,
    /// 13 the verifier's page.
    pub number: u16,
    /// A kebab-case name, unique in the product, as stable as the number.
    pub name: &'static str,
    /// The specification and clause that set the rule.
    pub clause: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CW-{:03}", self.number)
    }
}

/// Declares a crate's error enum: a variant is a rule that was broken, its row the rule's code.
///
/// Variants after `..` wrap the error of a lower crate, whose code they pass on.
#[macro_export]
macro_rules! rules {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$doc:meta])+ $rule:ident = ($number:literal, $code:literal, $clause:literal), )*
            $( .. $( $(#[$wrap_doc:meta])+ $wrap:ident($inner:ty), )+ )?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $( $(#[$doc])+ $rule, )*
            $( $( $(#[$wrap_doc])+ $wrap($inner), )+ )?
        }

        impl $name {
            /// Every rule declared here, in the order of the declaration.
            $vis const ALL: &'static [Self] = &[ $( Self::$rule, )* ];

            /// The stable number, name and clause.
            $vis const fn code(&self) -> $crate::Code {
                match self {
                    $( Self::$rule => $crate::Code { number: $number, name: $code, clause: $clause }, )*
                    $( $( Self::$wrap(inner) => inner.code(), )+ )?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let code = self.code();
                write!(f, "{} ({code}, {})", code.name, code.clause)
            }
        }

        impl ::std::error::Error for $name {}

        $( $(
            impl From<$inner> for $name {
                fn from(inner: $inner) -> Self {
                    Self::$wrap(inner)
                }
            }
        )+ )?
    };
}
