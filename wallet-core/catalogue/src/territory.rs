//! Where an issuer is, and what only an issuer of some place may sign.

use std::borrow::Cow;

use crate::Lang;
use crate::types::{COUNTRIES, Choice, OTHER_SPELLINGS, SUBDIVISIONS};

/// The country and the state or province of an issuer, spelled as its certificate spells them.
///
/// Certificates write `ST=US-LA`, as ISO 18013-5 §7.2.1 has it in documents, but also `ST=LA` and
/// `ST=Louisiana`. Places are therefore compared by what the spellings mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Territory<'t> {
    /// `countryName`.
    pub country: Option<&'t str>,
    /// `stateOrProvinceName`.
    pub state: Option<&'t str>,
}

/// Whether two spellings mean one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They do.
    Same,
    /// They do not.
    Other,
    /// One of them is not given, or is a name in a country whose places are not listed here.
    Unknown,
}

impl Territory<'_> {
    /// Whether `country` is this country.
    pub fn is_in(self, country: &str) -> Likeness {
        match self.country {
            None => Likeness::Unknown,
            Some(own) if country_code(own) == country_code(country) => Likeness::Same,
            Some(_) => Likeness::Other,
        }
    }

    /// Whether `state` is this state or province.
    ///
    /// A code names its country too: `US-LA` is another place than any of Canada's, even where the
    /// certificate names no province.
    pub fn is_state(self, state: &str) -> Likeness {
        let Some(country) = self.country.map(country_code) else { return Likeness::Unknown };
        let said = State::read(&country, state);
        match self.state.map(|own| State::read(&country, own)) {
            Some(own) => own.compare(&said, &country),
            None if said.country().is_some_and(|other| other != country) => Likeness::Other,
            None => Likeness::Unknown,
        }
    }

    /// Whether its country leaves documents to states and provinces, so that a certificate which
    /// names none leaves open whose documents it signs.
    pub fn is_divided(self) -> bool {
        self.country.is_some_and(|country| is_listed(&country_code(country)))
    }

    /// Whether an issuer of this territory may sign documents of this type, or elements of this
    /// namespace.
    ///
    /// Whoever reads *Régie de l’assurance maladie du Québec* believes that Québec has signed. So no root
    /// of another place may sign Québec's types, however much it is trusted for its own. What is not
    /// reserved, anybody may sign.
    pub fn may_sign(self, type_or_namespace: &str) -> bool {
        reserved_to(type_or_namespace).is_none_or(|owner| {
            let country = owner.country.map(|country| self.is_in(country));
            let state = owner.state.map(|state| self.is_state(state));
            [country, state].into_iter().flatten().all(|found| found == Likeness::Same)
        })
    }

    /// The state or province and the country, as people call them: `Québec, Canada`. A spelling that
    /// is not listed is given as it is.
    pub fn label(self, lang: Lang) -> Option<String> {
        let country = self.country.map(country_code);
        let state = self.state.map(|state| {
            let code = country.as_deref().and_then(|country| listed_state(country, state));
            code.and_then(|code| name(SUBDIVISIONS, code, lang)).unwrap_or(state)
        });
        let country = country.as_deref().map(|code| name(COUNTRIES, code, lang).unwrap_or(code));
        let parts: Vec<_> = state.into_iter().chain(country).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// The territory whose issuers alone may sign this document type or namespace; none where any issuer
/// may.
fn reserved_to(type_or_namespace: &str) -> Option<Territory<'static>> {
    let is_under = |root: &str| {
        let start = type_or_namespace.get(..root.len());
        let rest = type_or_namespace.get(root.len()..);
        // Names are case-sensitive, but to a person `CA.QC.GOUV` is Québec too.
        start.is_some_and(|start| start.eq_ignore_ascii_case(root))
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let found = RESERVED.iter().find(|(root, _)| is_under(root));
    found.map(|(_, territory)| *territory)
}

/// The roots of names, and whose they are.
const RESERVED: &[(&str, Territory<'static>)] =
    &[("ca.qc.gouv", Territory { country: Some("CA"), state: Some("CA-QC") })];

/// A state or province, as far as its spelling can be read.
struct State {
    /// An ISO 3166-2 code, or a folded name.
    text: String,
    /// Whether it is surely a code: it is listed, or has its country before it. `Uri` might be either.
    is_code: bool,
}

impl State {
    fn read(country: &str, spelled: &str) -> State {
        if let Some(code) = listed_state(country, spelled) {
            return State { text: code.to_owned(), is_code: true };
        }
        let text = spelled.trim().to_ascii_uppercase();
        let is_short = |code: &str| {
            (1..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        match text.split_once('-') {
            Some((prefix, rest)) if prefix.len() == 2 && is_short(prefix) && is_short(rest) => {
                State { text, is_code: true }
            }
            _ if is_short(&text) => State { text: format!("{country}-{text}"), is_code: false },
            _ => State { text: folded(spelled).collect(), is_code: false },
        }
    }

    /// The country before a code.
    fn country(&self) -> Option<&str> {
        if self.is_code { self.text.split('-').next() } else { None }
    }

    fn compare(&self, other: &State, country: &str) -> Likeness {
        if self.text == other.text {
            Likeness::Same
        } else if (self.is_code && other.is_code) || is_listed(country) {
            Likeness::Other
        } else {
            Likeness::Unknown
        }
    }
}

/// The code of a country, or its spelling in capital letters where it is not listed.
fn country_code(spelled: &str) -> Cow<'static, str> {
    match listed(COUNTRIES, |code| code, spelled) {
        Some(code) => code.into(),
        None => spelled.trim().to_uppercase().into(),
    }
}

/// The code of a state or province of a listed country, with the country's before it.
fn listed_state(country: &str, spelled: &str) -> Option<&'static str> {
    let own = |code: &'static str| code.strip_prefix(country)?.strip_prefix('-');
    let of_country = |code| own(code).unwrap_or_default();
    listed(SUBDIVISIONS, of_country, spelled).filter(|code| own(code).is_some())
}

/// Whether every state or province of the country is listed.
fn is_listed(country: &str) -> bool {
    SUBDIVISIONS.iter().any(|row| row.code.split('-').next() == Some(country))
}

/// The code of the row that this is a spelling of: its code, the short form of it, or a name.
fn listed(
    rows: &'static [Choice<&'static str>],
    short: impl Fn(&'static str) -> &'static str,
    spelled: &str,
) -> Option<&'static str> {
    let spelled: String = folded(spelled).collect();
    let spelled = TITLES.iter().find_map(|title| spelled.strip_prefix(title)).unwrap_or(&spelled);
    if spelled.is_empty() {
        return None;
    }
    let is = |text: &str| folded(text).eq(spelled.chars());
    let row = rows.iter().find(|row| {
        let others = OTHER_SPELLINGS.iter().filter(|(code, _)| *code == row.code);
        let mut others = others.flat_map(|(_, others)| *others);
        let own = [row.code, short(row.code), row.label.fr, row.label.en];
        own.into_iter().any(is) || others.any(|other| is(other))
    });
    row.map(|row| row.code)
}

/// What stands before a name in full, folded.
const TITLES: [&str; 6] =
    ["stateof", "commonwealthof", "provinceof", "provincede", "provincedu", "etatde"];

fn name(rows: &[Choice<&'static str>], code: &str, lang: Lang) -> Option<&'static str> {
    rows.iter().find(|row| row.code == code).map(|row| row.label.text(lang))
}

/// Letters and digits, without case and accents: `Île-du-Prince-Édouard` is `ileduprinceedouard`.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let lower = text.chars().flat_map(char::to_lowercase);
    // A decomposed accent is no letter: it falls away with the hyphens.
    lower.map(unaccented).filter(|letter| letter.is_alphanumeric())
}

fn unaccented(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Territory, listed_state, reserved_to};
    use crate::Lang;
    use crate::types::SUBDIVISIONS;

    fn of<'t>(country: &'t str, state: &'t str) -> Territory<'t> {
        Territory { country: Some(country), state: Some(state) }
    }

    #[test]
    fn a_country_is_known_by_code_and_name() {
        for (own, said, expected) in [
            ("CA", "CA", Likeness::Same),
            ("CA", "ca", Likeness::Same),
            ("US", "USA", Likeness::Same),
            ("US", "États-Unis", Likeness::Same),
            ("CA", "Canada ", Likeness::Same),
            ("ZZ", "zz", Likeness::Same),
            ("US", "CA", Likeness::Other),
            ("CA", "California", Likeness::Other),
            ("CA", "", Likeness::Other),
        ] {
            let own = Territory { country: Some(own), state: None };
            assert_eq!(own.is_in(said), expected, "{own:?} {said}");
        }
        assert_eq!(Territory { country: None, state: None }.is_in("CA"), Likeness::Unknown);
    }

    #[test]
    fn a_state_is_known_by_code_and_name() {
        for (own, said) in [
            (of("US", "LA"), "US-LA"),
            (of("US", "Colorado"), "US-CO"),
            (of("US", "US-CO"), "Colorado"),
            (of("us", "us-co"), "CO"),
            (of("US", "State of Colorado"), "US-CO"),
            (of("US", "Commonwealth of Virginia"), "US-VA"),
            (of("US", "D.C."), "US-DC"),
            (of("US", "NEW MEXICO"), "US-NM"),
            (of("USA", "Louisiane"), "US-LA"),
            (of("CA", "QC"), "CA-QC"),
            (of("CA", "Quebec"), "CA-QC"),
            (of("CA", "Province de Québec"), "CA-QC"),
            (of("CA", "Que\u{301}bec"), "CA-QC"),
            (of("CA", "British Columbia"), "CA-BC"),
            (of("CA", "Colombie-Britannique"), "BC"),
            (of("CA", "PEI"), "Île-du-Prince-Édouard"),
            (of("AU", "Queensland"), "AU-QLD"),
            (of("GB", "EDH"), "GB-EDH"),
            (of("JP", "Tokyo"), "TOKYO"),
        ] {
            assert_eq!(own.is_state(said), Likeness::Same, "{own:?} {said}");
        }
    }

    #[test]
    fn another_state_is_another_however_it_is_spelled() {
        for (own, said) in [
            (of("US", "LA"), "US-CO"),
            (of("US", "Colorado"), "Utah"),
            (of("US", "Atlantis"), "US-CO"),
            (of("CA", "CA-QC"), "CA-ON"),
            (of("CA", "QC"), "US-QC"),
            (of("US", "CA"), "CA-QC"),
            (of("US", "WA"), "AU-WA"),
            (of("CA", "CA-QC"), ""),
            (of("GB", "GB-EDH"), "GB-GLG"),
            (Territory { country: Some("US"), state: None }, "CA-QC"),
        ] {
            assert_eq!(own.is_state(said), Likeness::Other, "{own:?} {said}");
        }
    }

    #[test]
    fn a_name_that_is_not_listed_is_not_another() {
        for (own, said) in [
            (of("JP", "Tokyo"), "JP-13"),
            (of("CH", "Uri"), "CH-UR"),
            (of("FR", "Bretagne"), "Breizh"),
            (Territory { country: Some("US"), state: None }, "US-CO"),
            (Territory { country: None, state: Some("US-CO") }, "US-CO"),
        ] {
            assert_eq!(own.is_state(said), Likeness::Unknown, "{own:?} {said}");
        }
    }

    #[test]
    fn every_spelling_is_of_one_place() {
        for row in SUBDIVISIONS {
            let (country, short) = row.code.split_once('-').unwrap();
            for spelled in [row.code, short, row.label.fr, row.label.en] {
                assert_eq!(listed_state(country, spelled), Some(row.code), "{spelled}");
            }
        }
    }

    #[test]
    fn places_are_said_in_both_languages() {
        for (territory, fr, en) in [
            (of("CA", "CA-QC"), "Québec, Canada", "Québec, Canada"),
            (of("US", "LA"), "Louisiane, États-Unis", "Louisiana, United States"),
            (of("JP", "Tokyo"), "Tokyo, Japon", "Tokyo, Japan"),
            (of("ZZ", "ZZ-1"), "ZZ-1, ZZ", "ZZ-1, ZZ"),
            (Territory { country: Some("BE"), state: None }, "Belgique", "Belgium"),
            (Territory { country: None, state: Some("CA-QC") }, "CA-QC", "CA-QC"),
        ] {
            assert_eq!(territory.label(Lang::French).as_deref(), Some(fr));
            assert_eq!(territory.label(Lang::English).as_deref(), Some(en));
        }
        assert_eq!(Territory { country: None, state: None }.label(Lang::French), None);
    }

    #[test]
    fn quebecs_names_are_quebecs() {
        let quebec = Some(of("CA", "CA-QC"));
        for name in ["ca.qc.gouv.ramq.cam.1", "ca.qc.gouv.saaq.1", "ca.qc.gouv", "CA.QC.Gouv.x.1"] {
            assert_eq!(reserved_to(name), quebec, "{name}");
        }
        for name in
            ["ca.qc.gouvernement.1", "org.iso.18013.5.1.mDL", "ca.qc", "", "ca.qc.gou\u{301}v"]
        {
            assert_eq!(reserved_to(name), None, "{name}");
        }
    }
}
