//! What was signed or digested is what arrived.

use coffret_cbor::{Decode, Encoded, Error, Item, Received, Value};
use data_encoding::HEXLOWER_PERMISSIVE;
use sha2::{Digest, Sha256};

/// `{"digestID": uint, "elementIdentifier": tstr, "elementValue": any}`
struct Element {
    identifier: String,
    value: Value,
}

impl Decode for Element {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        map.require("digestID")?.unsigned()?;
        let identifier = map.require("elementIdentifier")?.text()?.into_owned();
        Ok(Element { identifier, value: Value::decode(map.require("elementValue")?)? })
    }
}

/// The same element as issuers have been seen to write it, and in other ways.
#[rustfmt::skip]
const SPELLINGS: [(&str, &str); 5] = [
    ("deterministic", "a3 68 6469676573744944 00 6c 656c656d656e7456616c7565 63 416e61 \
        71 656c656d656e744964656e746966696572 6a 676976656e5f6e616d65"),
    ("map head b90003", "b90003 68 6469676573744944 00 71 656c656d656e744964656e746966696572 \
        6a 676976656e5f6e616d65 6c 656c656d656e7456616c7565 63 416e61"),
    ("longer heads", "ba00000003 7808 6469676573744944 190000 7a00000011 656c656d656e744964656e746966696572 \
        7b000000000000000a 676976656e5f6e616d65 780c 656c656d656e7456616c7565 790003 416e61"),
    ("up to a break", "bf 68 6469676573744944 00 71 656c656d656e744964656e746966696572 \
        6a 676976656e5f6e616d65 6c 656c656d656e7456616c7565 63 416e61 ff"),
    ("chunks", "a3 7f 64 64696765 64 73744944 ff 00 71 656c656d656e744964656e746966696572 \
        7f 65 676976656e 65 5f6e616d65 ff 6c 656c656d656e7456616c7565 7f 63 416e61 60 ff"),
];

type Wrap = fn(&[u8]) -> Vec<u8>;

/// Bytes inside `#6.24(bstr)`: as it should be, with longer heads, in chunks.
const ENVELOPES: [(&str, Wrap); 3] = [
    ("deterministic", |inner| [&[0xd8, 0x18, 0x58, inner.len() as u8], inner].concat()),
    ("longer heads", |inner| [&[0xda, 0, 0, 0, 0x18, 0x59, 0, inner.len() as u8], inner].concat()),
    ("chunks", |inner| {
        let (start, end) = inner.split_at(20);
        let (first, second) = ([0xd8, 0x18, 0x5f, 0x54], [0x58, end.len() as u8]);
        [&first, start, &second, end, &[0xff]].concat()
    }),
];

fn hex(text: &str) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(text.replace(' ', "").as_bytes()).unwrap()
}

#[test]
fn an_item_digests_as_received() {
    let deterministic = hex(SPELLINGS[0].1);
    for (name, spelling) in SPELLINGS {
        let sent = hex(spelling);
        let element = Received::<Element>::parse(&sent).unwrap();
        assert_eq!(element.identifier, "given_name", "{name}");
        assert_eq!(element.value, Value::from("Ana"), "{name}");
        assert_eq!(Sha256::digest(element.bytes()), Sha256::digest(&sent), "{name}");
        assert_eq!(element.encoded().as_bytes(), sent, "{name}");
        let read_again = Encoded::from(&Item::parse(&sent).unwrap().value());
        assert_eq!(read_again.as_bytes(), deterministic, "{name}");
    }
}

#[test]
fn an_embedded_item_digests_with_its_tag_as_received() {
    for (name, spelling) in SPELLINGS {
        for (envelope, wrap) in ENVELOPES {
            let sent = wrap(&hex(spelling));
            let element = Received::<Element>::embedded(Item::parse(&sent).unwrap()).unwrap();
            assert_eq!(element.identifier, "given_name", "{name} in {envelope}");
            assert_eq!(
                Sha256::digest(element.bytes()),
                Sha256::digest(&sent),
                "{name} in {envelope}"
            );
        }
    }
}

/// A member of an array or a map is cut out exactly where it stood.
#[test]
fn a_member_keeps_its_own_bytes() {
    for (name, spelling) in SPELLINGS {
        let element = hex(spelling);
        let message =
            [&[0xbf, 0x61, b'a', 0x9f, 0x18, 0x00], &element[..], &[0x5f, 0xff, 0xff, 0xff]]
                .concat();
        let array = Item::parse(&message).unwrap().map().unwrap().require("a").unwrap();
        assert_eq!(array.bytes(), &message[3..message.len() - 1], "{name}");
        let [number, kept, bytes] = array.array().unwrap().exactly().unwrap();
        assert_eq!((number.bytes(), bytes.bytes()), (&[0x18, 0x00][..], &[0x5f, 0xff][..]));
        let kept = Received::<Element>::item(kept).unwrap();
        assert_eq!(kept.bytes(), element, "{name}");
    }
}

/// What is kept as received is sent on inside what we write.
#[test]
fn a_received_item_is_sent_on_verbatim() {
    let received = hex(SPELLINGS[1].1);
    let element = Received::<Element>::parse(&received).unwrap();
    let sent = Encoded::map([("elements", Encoded::array([element.encoded()]))]);
    assert!(sent.as_bytes().ends_with(&received));
    assert_eq!(Item::parse(sent.as_bytes()), Ok(sent.as_item()));
    let sent = Encoded::embedded(&element.encoded());
    assert_eq!(Received::<Element>::embedded(sent.as_item()).unwrap().bytes(), sent.as_bytes());
}

/// What is embedded is judged like what arrives by itself.
#[test]
fn an_embedded_item_is_one_well_formed_item() {
    #[rustfmt::skip]
    let cases = [
        ("d818 40", Error::Truncated),
        ("d818 41 61", Error::Truncated),
        ("d818 42 00 00", Error::TrailingBytes),
        ("d818 5f 41 00 41 00 ff", Error::TrailingBytes),
        ("d818 45 a2 00 00 00 00", Error::DuplicateKey),
        ("d818 58 22 8181818181818181818181818181818181818181818181818181818181818181 81 00", Error::TooDeep),
        ("d818 41 ff", Error::UnexpectedBreak),
    ];
    for (input, rule) in cases {
        let bytes = hex(input);
        let read = Received::<Value>::embedded(Item::parse(&bytes).unwrap());
        assert_eq!(read.err(), Some(rule), "{input}");
    }
}
