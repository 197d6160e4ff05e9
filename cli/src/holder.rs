//! The commands about a wallet: each opens it, does one thing, and says what it did.

mod add;
mod erase;
mod export;
mod init;
mod keys;
mod list;
mod log;
mod notices;
mod person;
mod pin;
mod remove;
mod secrets;
mod show;
mod trust;
mod unreadable;

use std::fmt::Display;

pub(crate) use add::Add;
pub(crate) use erase::Erase;
pub(crate) use export::Export;
pub(crate) use init::Init;
pub(crate) use keys::Keys;
pub(crate) use list::{List, state};
pub(crate) use log::Log;
pub(crate) use notices::Notices;
pub(crate) use person::Person;
pub(crate) use pin::NewPin;
pub(crate) use remove::Remove;
pub(crate) use secrets::Secrets;
pub(crate) use show::Show;
pub(crate) use trust::Trust;

/// The digits of an id that people see; the first of its 32, as many as tell it from others, name it.
const SHORT: usize = 8;

fn short(id: impl Display) -> String {
    id.to_string().chars().take(SHORT).collect()
}

/// The one whose id begins as given.
fn named<I: Display>(given: &str, ids: impl IntoIterator<Item = I>) -> Option<I> {
    let given = given.to_ascii_lowercase();
    let mut found = ids.into_iter().filter(|id| id.to_string().starts_with(&given));
    let first = found.next();
    if given.is_empty() || found.next().is_some() { None } else { first }
}
