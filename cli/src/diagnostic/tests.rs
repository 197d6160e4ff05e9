use data_encoding::HEXLOWER_PERMISSIVE;

use super::*;

fn notation(hex: &str, byte_strings: ByteStrings) -> String {
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).unwrap();
    diagnostic(Item::parse(&bytes).unwrap(), byte_strings, Lang::English)
}

fn whole(hex: &str) -> String {
    notation(hex, ByteStrings::Whole)
}

#[test]
fn appendix_a_is_written_as_the_rfc_does() {
    for (hex, expected) in [
        ("00", "0"),
        ("1bffffffffffffffff", "18446744073709551615"),
        ("3bffffffffffffffff", "-18446744073709551616"),
        ("c249010000000000000000", "2(h'010000000000000000')"),
        ("f98000", "-0.0"),
        ("f93e00", "1.5"),
        ("fb3ff199999999999a", "1.1"),
        ("fa47c35000", "100000.0"),
        ("f97c00", "Infinity"),
        ("fa7f800000", "Infinity_2"),
        ("fbfff0000000000000", "-Infinity_3"),
        ("f97e00", "NaN"),
        ("f4", "false"),
        ("f6", "null"),
        ("f7", "undefined"),
        ("f0", "simple(16)"),
        ("f8ff", "simple(255)"),
        ("c074323031332d30332d32315432303a30343a30305a", "0(\"2013-03-21T20:04:00Z\")"),
        ("d818456449455446", "24(<<\"IETF\">>)"),
        ("4401020304", "h'01020304'"),
        ("62225c", "\"\\\"\\\\\""),
        ("62c3bc", "\"ü\""),
        ("8301820203820405", "[1, [2, 3], [4, 5]]"),
        ("a26161016162820203", "{\"a\": 1, \"b\": [2, 3]}"),
        ("5f42010243030405ff", "(_ h'0102', h'030405')"),
        ("7f657374726561646d696e67ff", "(_ \"strea\", \"ming\")"),
        ("9fff", "[_ ]"),
        ("bf61610161629f0203ffff", "{_ \"a\": 1, \"b\": [_ 2, 3]}"),
    ] {
        assert_eq!(whole(hex), expected, "{hex}");
    }
}

#[test]
fn longer_heads_than_needed_are_marked() {
    for (hex, expected) in [
        ("1801", "1_0"),
        ("190001", "1_1"),
        ("1a00000001", "1_2"),
        ("1b0000000000000001", "1_3"),
        ("3800", "-1_0"),
        ("580101", "h'01'_0"),
        ("780161", "\"a\"_0"),
        ("b90001617800", "{_1 \"x\": 0}"),
        ("980100", "[_0 0]"),
        ("d9001800", "24_1(0)"),
        ("fa3f800000", "1.0_2"),
    ] {
        assert_eq!(whole(hex), expected, "{hex}");
    }
}

#[test]
fn nested_cbor_is_opened() {
    assert_eq!(whole("d81843a10126"), "24(<<{1: -7}>>)");
    assert_eq!(whole("43a10126"), "<<{1: -7}>>");
    assert_eq!(whole("d8184101"), "24(<<1>>)", "tagged as CBOR");
    assert_eq!(whole("4101"), "h'01'", "not tagged, and no message");
    assert_eq!(whole("d81842a101"), "24(h'a101')", "not well-formed");
    assert_eq!(whole("d8185803a10126"), "24(h'a10126'_0)", "a head that the notation would lose");
}

#[test]
fn what_is_opened_ends() {
    let mut item = Encoded::null();
    for _ in 0..1000 {
        item = Encoded::embedded(&item);
    }
    let text = diagnostic(item.as_item(), ByteStrings::Whole, Lang::English);
    assert_eq!(text.matches("<<").count(), MAX_NESTED);
}

#[test]
fn long_byte_strings_say_their_length() {
    let hex = format!("5864{}", "ab".repeat(100));
    assert_eq!(
        notation(&hex, ByteStrings::Shortened),
        format!("h'{}…' / 100 bytes /", "ab".repeat(SHOWN))
    );
    assert_eq!(whole(&hex), format!("h'{}' / 100 bytes /", "ab".repeat(100)));
}

#[test]
fn what_does_not_fit_a_line_takes_several() {
    let long = Encoded::from("x".repeat(60).as_str());
    let item =
        Encoded::map([(1i64, long.clone()), (2i64, Encoded::array([long, Encoded::null()]))]);
    let text = diagnostic(item.as_item(), ByteStrings::Whole, Lang::English);
    let x = "x".repeat(60);
    assert_eq!(text, format!("{{\n  1: \"{x}\",\n  2: [\"{x}\", null]\n}}"));
}
