//! Revocation lists, alone and in files of certificates: a list counts only where a file holds one.
#![no_main]

use coffret_trust::{Filed, Trust};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let heeded = Trust::new().add_crl(bytes).is_ok();
    let things = Filed::read(bytes);
    let mut lists = things.iter().filter(|thing| thing.is_list()).peekable();
    let has_lists = lists.peek().is_some();
    assert_eq!(heeded, has_lists && lists.all(|list| matches!(list, Filed::List(Ok(_)))));
});
