//! Every word of the catalogue, read for gaps and for slips of typography.

use std::collections::HashSet;

use crate::*;

const LANGS: [Lang; 2] = [Lang::French, Lang::English];

/// Every label, with the row that it comes from.
fn labels() -> Vec<(String, Lang, String)> {
    let mut rows = Vec::new();
    for doc_type in document_types() {
        add(&mut rows, doc_type.id, doc_type.label);
        doc_type.refusable.into_iter().for_each(|label| add(&mut rows, doc_type.id, label));
        for namespace in doc_type.namespaces {
            for element in namespace.elements {
                let id = element.name.to_string();
                for lang in LANGS {
                    rows.push((id.clone(), lang, element.label(&id, lang).into_owned()));
                }
                add(&mut rows, &id, element.group.label());
                add_kind(&mut rows, &id, &element.kind);
            }
        }
    }
    for purpose in purposes() {
        add(&mut rows, purpose.id, purpose.label);
        add(&mut rows, purpose.id, purpose.not_needed);
    }
    for caution in Caution::ALL {
        add(&mut rows, "caution", caution.label());
    }
    for specimen in specimens() {
        add(&mut rows, specimen.id, specimen.label);
    }
    rows
}

fn add(rows: &mut Vec<(String, Lang, String)>, row: &str, label: Label) {
    rows.extend(LANGS.map(|lang| (row.to_owned(), lang, label.text(lang).to_owned())));
}

fn add_kind(rows: &mut Vec<(String, Lang, String)>, id: &str, kind: &ElementType) {
    match kind {
        ElementType::TextChoice(choices) | ElementType::OpenTextChoice(_, choices) => {
            choices.iter().for_each(|choice| add(rows, choice.code, choice.label));
        }
        ElementType::UnsignedChoice(choices) => {
            choices.iter().for_each(|choice| add(rows, id, choice.label));
        }
        ElementType::List(kind) => add_kind(rows, id, kind),
        ElementType::Record(fields) => {
            for field in *fields {
                add(rows, field.name, field.label);
                add_kind(rows, field.name, &field.kind);
            }
        }
        _ => {}
    }
}

/// What Québec's typography would correct in `text`.
fn slip(text: &str, lang: Lang) -> Option<&'static str> {
    let before = |mark: char| text.match_indices(mark).map(|(at, _)| text[..at].chars().last());
    let after = |mark: char| {
        text.match_indices(mark).map(move |(at, _)| text[at + mark.len_utf8()..].chars().next())
    };
    // A colon inside a time or a URI has no space: those after which there is none are let be.
    let colons = || before(':').zip(after(':')).filter(|(_, after)| *after == Some(' '));
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let french = lang == Lang::French;
    let slips = [
        ("empty, or space at an end", text.is_empty() || text.trim() != text),
        ("straight apostrophe", text.contains('\'')),
        ("straight quotation mark", text.contains('"')),
        ("three dots", text.contains("...")),
        ("two spaces", text.contains("  ")),
        ("space before a mark", [';', '!', '?', ',', '.'].iter().any(|m| before(*m).any(is_space))),
        ("no non-breaking space before a colon", french && colons().any(|c| c.0 != Some('\u{a0}'))),
        ("space before a colon", !french && colons().any(|c| is_space(c.0))),
        (
            "guillemets without their spaces",
            after('«').any(|c| c != Some('\u{a0}')) || before('»').any(|c| c != Some('\u{a0}')),
        ),
    ];
    slips.into_iter().find(|(_, slipped)| *slipped).map(|(name, _)| name)
}

#[test]
fn labels_are_written_in_both_languages() {
    let labels = labels();
    for (row, lang, text) in &labels {
        assert_eq!(slip(text, *lang), None, "{row}: {text}");
    }
    println!("{} labels in each language", labels.len() / LANGS.len());
}

/// A family's label says which member it is; another label has no such place.
#[test]
fn family_labels_have_their_place() {
    let elements = document_types().iter().flat_map(|doc_type| doc_type.namespaces);
    for element in elements.flat_map(|namespace| namespace.elements) {
        for lang in LANGS {
            let one = matches!(element.name, Name::One(_));
            let (here, there) = (element.label("a", lang), element.label("b", lang));
            assert_eq!(here == there, one, "{}", element.name);
            assert!(!here.contains("{}"), "{}", element.name);
        }
    }
}

#[test]
fn the_typography_test_sees_slips() {
    for text in [
        "",
        " a",
        "l'iris",
        "\"oui\"",
        "oui...",
        "a  b",
        "oui ?",
        "oui\u{a0}!",
        "oui\u{a0};",
        "oui: non",
        "oui : non",
        "«oui»",
        "« oui »",
    ] {
        assert!(slip(text, Lang::French).is_some(), "{text:?}");
    }
    for text in ["l’iris", "oui\u{a0}: non", "oui; non?", "«\u{a0}oui\u{a0}»", "15:30"] {
        assert_eq!(slip(text, Lang::French), None, "{text:?}");
    }
    assert!(slip("yes : no", Lang::English).is_some());
    assert_eq!(slip("yes: no", Lang::English), None);
}

/// What a person at a counter would not say.
fn jargon(text: &str) -> Option<&'static str> {
    const JARGON: &[&str] = &[
        "cbor", "cose", "x.509", "x5chain", "mso", "mdoc", "octet", "byte", "hash", "digest",
        "payload", "nonce", "relying", "bstr", "tstr", "parse", "token", "crl", "p-256", "p-384",
        "p-521", "es256", "es384", "es512", "eddsa", "ed25519", "sha-256",
    ];
    let text = text.to_lowercase();
    let is_word = |at: usize, word: &str| {
        let after = &text[at + word.len()..];
        let after = after.strip_prefix('s').unwrap_or(after);
        !text[..at].ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    };
    let is_said = |word: &str| text.match_indices(word).any(|(at, word)| is_word(at, word));
    JARGON.iter().copied().find(|word| is_said(word))
}

#[test]
fn the_jargon_test_hears_codes() {
    for text in ["Une clé P-256.", "Le MSO.", "Des octets", "L’octet", "X.509, ici", "hash-based"]
    {
        assert!(jargon(text).is_some(), "{text}");
    }
    assert_eq!(jargon("Demandez un document plus récent que le 22 octobre."), None);
}

#[test]
fn sentences_say_what_happened_and_what_to_do() {
    let (mut codes, mut heard) = (HashSet::new(), HashSet::new());
    for sentence in sentences() {
        assert!(codes.insert(sentence.code), "{} twice", sentence.code);
        for lang in LANGS {
            let said = sentence.said(lang);
            assert!(heard.insert(said.happened), "{}: said of another code", sentence.code);
            for text in [said.happened, said.next] {
                assert_eq!(slip(text, lang), None, "{}: {text}", sentence.code);
                assert!(text.ends_with('.'), "{}: {text}", sentence.code);
                assert!(text.matches(". ").count() < 2, "{}: two sentences at most", sentence.code);
                assert!(text.chars().next().is_some_and(char::is_uppercase), "{text}");
                assert_eq!(jargon(text), None, "{}: {text}", sentence.code);
            }
        }
    }
    println!("{} codes, what happened and what to do, in two languages", codes.len());
}

#[test]
fn this_crate_has_its_sentences() {
    for error in Error::ALL {
        assert!(sentence(error.code().name).is_some(), "{error}");
    }
    for error in coffret_cbor::Error::ALL {
        assert!(sentence(error.code().name).is_some(), "{error}");
    }
    assert!(sentence("no-such-code").is_none());
}
