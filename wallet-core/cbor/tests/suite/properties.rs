//! What holds for every value and for any bytes.

use coffret_cbor::{Encoded, Error, Item, Limits, Value};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::values::{self, config, spell};

/// Far from every bound.
const WIDE: Limits =
    Limits { depth: 64, key_depth: 64, items: 1 << 20, string: 1 << 20, total: 1 << 20 };

/// What a value costs in its deterministic encoding.
fn cost(value: &Value) -> Limits {
    let bytes = Encoded::from(value).into_bytes();
    let mut cost = Limits { depth: 0, key_depth: 0, items: 0, string: 0, total: bytes.len() };
    add(value, 0, &mut cost);
    cost
}

fn add(value: &Value, depth: u16, cost: &mut Limits) {
    cost.items += 1;
    cost.depth = cost.depth.max(depth);
    let nested = depth + 1;
    match value {
        Value::Bytes(bytes) => cost.string = cost.string.max(bytes.len()),
        Value::Text(text) => cost.string = cost.string.max(text.len()),
        Value::Tag(_, inner) => add(inner, nested, cost),
        Value::Array(items) => {
            cost.depth = cost.depth.max(nested);
            items.iter().for_each(|item| add(item, nested, cost));
        }
        Value::Map(pairs) => {
            cost.depth = cost.depth.max(nested);
            for (key, value) in pairs {
                cost.key_depth = cost.key_depth.max(self::cost(key).depth);
                add(key, nested, cost);
                add(value, nested, cost);
            }
        }
        _ => {}
    }
}

/// What is read from bytes that someone sent: nothing, or a value that survives being sent on.
fn judge(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(item) = Item::parse(bytes) else { return Ok(()) };
    let sent = Encoded::from(&item.value());
    let again = Item::parse(sent.as_bytes());
    prop_assert_eq!(again.map(|item| Encoded::from(&item.value())), Ok(sent));
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_value_survives_the_round_trip(value in values::every()) {
        let encoded = Encoded::from(&value);
        let item = Item::parse(encoded.as_bytes()).map_err(|rule| TestCaseError::fail(rule.to_string()))?;
        prop_assert_eq!(item, encoded.as_item());
        prop_assert_eq!(&item.value(), &value);
        prop_assert_eq!(Encoded::from(&item.value()), encoded);
    }

    #[test]
    fn every_encoding_of_a_value_is_read(value in values::every(), choices in vec(any::<u8>(), 1..40)) {
        let received = spell(&value, &choices);
        let item = Item::parse(&received).map_err(|rule| TestCaseError::fail(rule.to_string()))?;
        prop_assert_eq!(item.bytes(), &received);
        prop_assert_eq!(Encoded::from(item).into_bytes(), received.clone());
        prop_assert_eq!(Encoded::from(&item.value()), Encoded::from(&value));
        judge(&received)?;
    }

    #[test]
    fn a_part_or_more_than_an_item_is_refused(
        value in values::every(), choices in vec(any::<u8>(), 1..40), more in any::<u8>(),
    ) {
        let mut received = spell(&value, &choices);
        for end in 0..received.len() {
            prop_assert_eq!(Item::parse(&received[..end]), Err(Error::Truncated));
        }
        received.push(more);
        prop_assert_eq!(Item::parse(&received), Err(Error::TrailingBytes));
    }

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in vec(any::<u8>(), 0..64)) {
        judge(&bytes)?;
    }

    #[test]
    fn an_altered_item_never_panics(
        value in values::every(),
        choices in vec(any::<u8>(), 1..40),
        edits in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut received = spell(&value, &choices);
        for (at, byte) in edits {
            let at = at.index(received.len());
            received[at] = byte;
        }
        judge(&received)?;
    }

    #[test]
    fn each_limit_is_a_strict_bound(value in values::every()) {
        let encoded = Encoded::from(&value);
        let parse = |limits: Limits| Item::parse_within(encoded.as_bytes(), &limits).err();
        let cost = cost(&value);
        prop_assert_eq!(parse(cost), None);
        let bounds = [
            (cost.depth.checked_sub(1).map(|depth| Limits { depth, ..WIDE }), Error::TooDeep),
            (cost.key_depth.checked_sub(1).map(|key_depth| Limits { key_depth, ..WIDE }), Error::TooDeep),
            (cost.items.checked_sub(1).map(|items| Limits { items, ..WIDE }), Error::TooManyItems),
            (cost.string.checked_sub(1).map(|string| Limits { string, ..WIDE }), Error::StringTooLong),
            (cost.total.checked_sub(1).map(|total| Limits { total, ..WIDE }), Error::TooLarge),
        ];
        for (limits, rule) in bounds {
            if let Some(limits) = limits {
                prop_assert_eq!(parse(limits), Some(rule));
            }
        }
    }
}

/// A key given twice, by whatever path, cannot be sent.
#[test]
fn of_a_key_given_twice_the_first_stays() {
    let map = Encoded::map([(2u64, 0u64.into()), (1, 1u64.into()), (2, 2u64.into())]);
    assert_eq!(map.as_bytes(), b"\xa2\x01\x01\x02\x00");
    let pair = |value| (Value::Unsigned(0), Value::Unsigned(value));
    let map = Encoded::from(&Value::Map(vec![pair(1), pair(2)]));
    assert_eq!(map.as_bytes(), b"\xa1\x00\x01");
}
