use proptest::prelude::*;

use super::*;

fn tag(number: u64, inner: Cbor) -> Cbor {
    Cbor::Tag(number, Box::new(inner))
}

fn map<const N: usize>(pairs: [(Cbor, Cbor); N]) -> Cbor {
    Cbor::Map(pairs.into())
}

#[test]
fn every_form_is_as_the_contract_has_it() {
    let one = || Cbor::Unsigned(1);
    for (value, form) in [
        (Cbor::Null, r#"null"#),
        (Cbor::Bool(true), r#"true"#),
        (Cbor::Unsigned(1 << 53), r#"9007199254740992"#),
        (Cbor::Unsigned((1 << 53) + 1), r#"{"int":"9007199254740993"}"#),
        (Cbor::Unsigned(u64::MAX), r#"{"int":"18446744073709551615"}"#),
        (Cbor::Negative(0), r#"-1"#),
        (Cbor::Negative((1 << 53) - 1), r#"-9007199254740992"#),
        (Cbor::Negative(1 << 53), r#"{"int":"-9007199254740993"}"#),
        (Cbor::Negative(u64::MAX), r#"{"int":"-18446744073709551616"}"#),
        (Cbor::Float(1.5), r#"1.5"#),
        (Cbor::Float(2.0), r#"2.0"#),
        (Cbor::Float(-0.0), r#"-0.0"#),
        (Cbor::Float(1e300), r#"1e+300"#),
        (Cbor::Float(f64::INFINITY), r#"{"float":"Infinity"}"#),
        (Cbor::Float(f64::NEG_INFINITY), r#"{"float":"-Infinity"}"#),
        ("Québec".into(), r#""Québec""#),
        ("2026-11-22".into(), r#"{"text":"2026-11-22"}"#),
        ("2026-11-22T10:30:00.5-05:00".into(), r#"{"text":"2026-11-22T10:30:00.5-05:00"}"#),
        ("2026-11-31".into(), r#""2026-11-31""#),
        (tag(1004, "2026-11-22".into()), r#""2026-11-22""#),
        (tag(0, "2026-11-22T10:30:00Z".into()), r#""2026-11-22T10:30:00Z""#),
        (tag(1004, "demain".into()), r#"{"tag":1004,"value":"demain"}"#),
        (
            tag(1004, "2026-11-22T10:30:00Z".into()),
            r#"{"tag":1004,"value":{"text":"2026-11-22T10:30:00Z"}}"#,
        ),
        (
            tag(0, tag(1004, "2026-11-22".into())),
            r#"{"tag":0,"value":{"tag":1004,"value":{"text":"2026-11-22"}}}"#,
        ),
        (tag(37, tag(1004, "2026-11-22".into())), r#"{"tag":37,"value":"2026-11-22"}"#),
        (tag(u64::MAX, Cbor::Null), r#"{"tag":{"int":"18446744073709551615"},"value":null}"#),
        (Cbor::Bytes(vec![0xfb, 0xff]), r#"{"bytes":"-_8"}"#),
        (Cbor::Bytes(vec![]), r#"{"bytes":""}"#),
        (Cbor::Simple(Simple::UNDEFINED), r#"{"undefined":true}"#),
        (Cbor::Simple(Simple::new(255).unwrap()), r#"{"simple":255}"#),
        (Cbor::Array(vec![one(), "a".into()]), r#"[1,"a"]"#),
        (map([]), r#"{}"#),
        (map([("b".into(), one()), ("a".into(), one())]), r#"{"b":1,"a":1}"#),
        (map([("tag".into(), one()), ("a".into(), one())]), r#"{"tag":1,"a":1}"#),
        (map([("tag".into(), one())]), r#"{"map":[["tag",1]]}"#),
        (map([("text".into(), "a".into())]), r#"{"map":[["text","a"]]}"#),
        (map([(one(), Cbor::Null)]), r#"{"map":[[1,null]]}"#),
        (map([("2026-11-22".into(), one())]), r#"{"2026-11-22":1}"#),
        (
            map([("2026-11-22".into(), one()), (one(), one())]),
            r#"{"map":[[{"text":"2026-11-22"},1],[1,1]]}"#,
        ),
    ] {
        assert_eq!(write(&value).to_string(), form);
        let read = read(&serde_json::from_str(form).unwrap(), Strings::Dates);
        assert!(read == Ok(value), "{form}");
    }
}

#[test]
fn an_issuer_s_strings_are_text() {
    let read = |form| read(&serde_json::from_str(form).unwrap(), Strings::Text);
    assert!(read(r#""2026-11-22""#) == Ok("2026-11-22".into()));
    assert!(read(r#"["2026-11-22"]"#) == Ok(Cbor::Array(vec!["2026-11-22".into()])));
    let date = r#"{"tag":1004,"value":"2026-11-22"}"#;
    assert!(read(date) == Ok(tag(1004, "2026-11-22".into())));
}

#[test]
fn integers_beyond_the_form_are_read_while_they_are_exact() {
    let read = |form| read(&serde_json::from_str(form).unwrap(), Strings::Dates);
    assert!(read("18446744073709551615") == Ok(Cbor::Unsigned(u64::MAX)));
    assert!(read("-9223372036854775808") == Ok(Cbor::Negative(i64::MAX as u64)));
}

#[test]
fn other_forms_are_refused() {
    for form in [
        r#"{"bytes":"a"}"#,
        r#"{"bytes":"+/8"}"#,
        r#"{"bytes":1}"#,
        r#"{"text":1}"#,
        r#"{"int":"01"}"#,
        r#"{"int":"+1"}"#,
        r#"{"int":"18446744073709551616"}"#,
        r#"{"int":"-18446744073709551617"}"#,
        r#"{"int":1}"#,
        r#"{"float":"1.5"}"#,
        r#"{"undefined":false}"#,
        r#"{"simple":20}"#,
        r#"{"simple":23}"#,
        r#"{"simple":31}"#,
        r#"{"simple":256}"#,
        r#"{"tag":1}"#,
        r#"{"tag":-1,"value":1}"#,
        r#"{"tag":1,"value":1,"text":"a"}"#,
        r#"{"value":1}"#,
        r#"{"map":{}}"#,
        r#"{"map":[[1]]}"#,
        r#"{"map":[[1,2],[1,3]]}"#,
        r#"{"map":[["a",2],[{"text":"a"},3]]}"#,
        r#"{"text":"a","bytes":""}"#,
    ] {
        let read = read(&serde_json::from_str(form).unwrap(), Strings::Dates);
        assert!(read == Err(Error::JsonForm), "{form}");
    }
}

/// Two spellings of NaN are one.
fn equal(a: &Cbor, b: &Cbor) -> bool {
    Encoded::from(a) == Encoded::from(b) && write(a) == write(b)
}

fn leaf() -> impl Strategy<Value = Cbor> {
    let edge = prop_oneof![any::<u64>(), 0u64..100, MAX_EXACT - 2..MAX_EXACT + 3, Just(u64::MAX),];
    let text = prop_oneof![
        any::<String>(),
        "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        "[0-9]{4}-0[1-9]-[01][1-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?(Z|[+-]0[0-9]:00)",
        prop::sample::select(&RESERVED[..]).prop_map(str::to_owned),
    ];
    let simple = any::<u8>().prop_filter_map("reserved", Simple::new);
    prop_oneof![
        edge.clone().prop_map(Cbor::Unsigned),
        edge.prop_map(Cbor::Negative),
        any::<Vec<u8>>().prop_map(Cbor::Bytes),
        text.prop_map(Cbor::Text),
        any::<bool>().prop_map(Cbor::Bool),
        Just(Cbor::Null),
        simple.prop_map(Cbor::Simple),
        prop_oneof![any::<f64>(), any::<i32>().prop_map(f64::from), Just(f64::NAN)]
            .prop_map(Cbor::Float),
    ]
}

fn value() -> impl Strategy<Value = Cbor> {
    leaf().prop_recursive(5, 48, 6, |inner| {
        let number = prop_oneof![Just(0u64), Just(1004), Just(24), any::<u64>()];
        let members = prop::collection::vec((inner.clone(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Cbor::Array),
            members
                .prop_filter("distinct keys", |pairs| has_distinct_keys(pairs))
                .prop_map(Cbor::Map),
            (number, inner).prop_map(|(number, inner)| tag(number, inner)),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_comes_back(value in value()) {
        let text = write(&value).to_string();
        let back = read(&serde_json::from_str(&text).unwrap(), Strings::Dates).unwrap();
        prop_assert!(equal(&back, &value), "{}", text);
    }
}
