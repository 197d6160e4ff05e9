use std::env;
use std::process;

use super::*;

/// A folder of its own, without the pictures of a side at the end.
fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("coffret-qr-{name}-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn pictures_that_keep_changing_do_not_make_the_wait_longer() {
    let folder = folder("changing");
    draw(&folder, Side::Wallet, 1, "FIRST").unwrap();
    let mut watch = Watch::new(&folder, Side::Wallet, Duration::ZERO);
    assert_eq!(watch.next(), Look::Code("FIRST".to_owned()), "what is there is read");
    draw(&folder, Side::Wallet, 1, "SECOND, AND LONGER").unwrap();
    assert_eq!(watch.next(), Look::Over);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_side_s_pictures_are_removed_at_the_end() {
    let folder = folder("removed");
    let shown = Shown::new(&folder, Side::Reader);
    draw(&folder, Side::Reader, 1, "CODE").unwrap();
    draw(&folder, Side::Wallet, 1, "ANSWER").unwrap();
    drop(shown);
    assert!(pictures(&folder, Side::Reader).unwrap().is_empty());
    assert_eq!(pictures(&folder, Side::Wallet).unwrap().len(), 1);
    fs::remove_dir_all(folder).unwrap();
}
