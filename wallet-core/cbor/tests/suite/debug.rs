//! Nothing that a person's document holds is printed.

use std::fmt::Debug;

use coffret_cbor::{Encoded, Error, FullDate, Item, Received, Value};

/// Marked content: a name, a number, bytes and a day that stand nowhere else.
const NAME: &str = "Tremblay";
const NUMBER: u64 = 7_351_942;
const BYTES: [u8; 4] = [222, 173, 190, 239];
const DAY: &str = "1986-04-27";
const MARKS: [&str; 9] =
    ["rembl", "7351942", "7_351_942", "222", "173", "dead", "deAD", "1986", "04-27"];

fn marked() -> Encoded {
    let day = FullDate::parse(DAY).unwrap();
    Encoded::map([
        (NAME, Encoded::array([NUMBER.into(), Encoded::bytes(&BYTES)])),
        ("birth", day.into()),
        ("inner", Encoded::embedded(&NAME.into())),
    ])
}

fn hides(what: &str, value: &dyn Debug) {
    for printed in [format!("{value:?}"), format!("{value:#?}"), format!("{:?}", Some(value))] {
        for mark in MARKS {
            assert!(!printed.contains(mark), "{what} prints {mark}: {printed}");
        }
    }
}

#[test]
fn no_type_prints_what_it_holds() {
    let encoded = marked();
    let item = encoded.as_item();
    let value = item.value();
    let Value::Map(pairs) = &value else { panic!("a map") };
    hides("Encoded", &encoded);
    hides("Item", &item);
    hides("Value", &value);
    for (key, value) in pairs {
        hides("Value", &(key, value));
    }
    for (key, value) in item.map().unwrap() {
        hides("Item", &(key, value));
    }
    hides("Received<Value>", &Received::<Value>::item(item).unwrap());
    hides(
        "Received<FullDate>",
        &Received::<FullDate>::item(item.map().unwrap().require("birth").unwrap()).unwrap(),
    );
    hides("FullDate", &FullDate::parse(DAY).unwrap());
}

/// An error is a rule; what broke it is not in it.
#[test]
fn no_error_prints_what_broke_a_rule() {
    let marked = marked();
    let item = marked.as_item();
    let birth = item.map().unwrap().require(NAME).unwrap();
    let cut = &marked.as_bytes()[..marked.as_bytes().len() - 1];
    let errors = [
        item.text().err(),
        item.map().unwrap().require("Tremblay-Roy").err(),
        FullDate::parse("1986-04-27T").err(),
        birth.tagged(7_351_942).err(),
        Item::parse(cut).err(),
    ];
    for error in errors {
        hides("Error", &error.unwrap());
        hides("Error", &error.unwrap().to_string());
    }
    for error in Error::ALL {
        assert_eq!(
            error.to_string(),
            format!("{} ({}, {})", error.code().name, error.code(), error.code().clause)
        );
    }
}
