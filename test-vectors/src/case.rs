use std::collections::{BTreeMap, HashSet};

use coffret_crypto::PrivateKey;
use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};

/// One file of vectors.
pub(crate) struct File {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) cases: Vec<Case>,
}

impl File {
    /// A case a line, so that a change of one shows as a change of one. What most cases have in
    /// common is written once.
    pub(crate) fn text(&self) -> String {
        let common = self.common();
        let case = |case: &Case| {
            let own =
                case.input.iter().filter(|(member, value)| common.get(*member) != Some(value));
            let own: Map<_, _> =
                own.map(|(member, value)| (member.clone(), value.clone())).collect();
            format!("    {}", json!({ "name": case.name, "input": own, "expect": case.expect }))
        };
        let cases: Vec<_> = self.cases.iter().map(case).collect();
        format!(
            "{{\n  \"about\": {},\n  \"clauses\": {},\n  \"common\": {},\n  \"cases\": [\n{}\n  ]\n}}\n",
            json!(self.about),
            json!(self.clauses()),
            json!(common),
            cases.join(",\n"),
        )
    }

    /// The clause that sets each rule of the file.
    fn clauses(&self) -> BTreeMap<&'static str, &'static str> {
        let named = |member| {
            let lists =
                self.cases.iter().filter_map(move |case| case.expect.get(member)?.as_array());
            lists.flatten().filter_map(Value::as_str)
        };
        let names: HashSet<&str> = RULES_IN.into_iter().flat_map(named).collect();
        let rules = coffret_cbor::Error::ALL.iter().map(|rule| rule.code());
        let rules = rules.chain(coffret_crypto::Error::ALL.iter().map(|rule| rule.code()));
        let rules = rules.chain(coffret_trust::Error::ALL.iter().map(|rule| rule.code()));
        let rules = rules.chain(coffret_mdoc::Error::ALL.iter().map(|rule| rule.code()));
        let rules = rules.chain(coffret_proximity::Error::ALL.iter().map(|rule| rule.code()));
        let rules = rules.chain(coffret_reader::Error::ALL.iter().map(|rule| rule.code()));
        let rules = rules.filter(|rule| names.contains(rule.name));
        rules.map(|rule| (rule.name, rule.clause)).collect()
    }

    /// The inputs that are in every case, and the same in more than half.
    fn common(&self) -> Map<String, Value> {
        let Some(first) = self.cases.first() else { return Map::new() };
        let values = |member| self.cases.iter().filter_map(move |case| case.input.get(member));
        let shared = first.input.iter().filter(|(member, value)| {
            let same = values(*member).filter(|other| other == value).count();
            values(*member).count() == self.cases.len() && same * 2 > self.cases.len()
        });
        shared.map(|(member, value)| (member.clone(), value.clone())).collect()
    }
}

/// The members of a verdict that name rules.
const RULES_IN: [&str; 3] = ["codes", "warnings", "unusable"];

/// An input and the verdict it must get.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) input: Map<String, Value>,
    pub(crate) expect: Map<String, Value>,
}

impl Case {
    pub(crate) fn valid(name: &str) -> Case {
        Case::new(name).expect("valid", true)
    }

    /// A case that must be refused for these reasons and no others.
    pub(crate) fn refused(name: &str, codes: &[&str]) -> Case {
        Case::new(name).expect("valid", false).expect("codes", codes)
    }

    fn new(name: &str) -> Case {
        Case { name: name.to_owned(), input: Map::new(), expect: Map::new() }
    }

    pub(crate) fn input(mut self, member: &str, value: impl Into<Value>) -> Case {
        self.input.insert(member.to_owned(), value.into());
        self
    }

    /// Of a valid case only.
    pub(crate) fn expect_valid(self, member: &str, value: impl Into<Value>) -> Case {
        if self.expect.contains_key("codes") { self } else { self.expect(member, value) }
    }

    pub(crate) fn expect(mut self, member: &str, value: impl Into<Value>) -> Case {
        self.expect.insert(member.to_owned(), value.into());
        self
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// A private key, published.
pub(crate) fn jwk(key: &PrivateKey) -> Value {
    key.to_jwk().parse().expect("a key in JSON")
}
