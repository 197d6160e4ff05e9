use coffret_cbor::{Decode, Encoded, Item};

use crate::{ElementName, Error, NameSpaces, age};

/// The names of a document's elements, and what its ages say: enough to tell which request it answers,
/// without the document.
///
/// ```cddl
/// Outline = { * NameSpace => { + DataElementIdentifier => bool / null } }
/// ```
/// What `age_over_NN` says is there; of every other element there is the name only.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline(NameSpaces<Option<bool>>);

impl Outline {
    /// The element that answers a request for this one, as in
    /// [`IssuerSigned::answering`](crate::IssuerSigned::answering).
    pub fn answering(&self, namespace: &str, identifier: &str) -> Option<ElementName> {
        let (id, _) = self.0.resolve(namespace, identifier, |is_over| *is_over)?;
        Some(ElementName::new(namespace, id))
    }
}

impl<N: Into<String>> FromIterator<(N, String, Option<bool>)> for Outline {
    /// Of namespace, identifier and, where the value is a boolean, what it says.
    fn from_iter<E: IntoIterator<Item = (N, String, Option<bool>)>>(elements: E) -> Self {
        let says = |id: &str, value: Option<bool>| age::over(id).and(value);
        let elements = elements.into_iter().map(|(namespace, id, value)| {
            let value = says(&id, value);
            (namespace, id, value)
        });
        Outline(elements.collect())
    }
}

impl Decode for Outline {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let says = |value: Item<'_>| {
            if value.is_null() { Ok(None) } else { Ok(Some(value.boolean()?)) }
        };
        NameSpaces::read(item, says).map(Outline)
    }
}

impl From<&Outline> for Encoded {
    fn from(outline: &Outline) -> Encoded {
        outline.0.write(|is_over| is_over.map_or_else(Encoded::null, Encoded::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_values_only_what_ages_say_is_there() {
        let says = |says: &[(&str, Option<bool>)]| -> Outline {
            says.iter().map(|(id, is_over)| ("a", (*id).to_owned(), *is_over)).collect()
        };
        let noted = says(&[("age_over_18", Some(true)), ("organ_donor", Some(true)), ("x", None)]);
        let encoded = Encoded::from(&noted);
        let elements = [
            ("age_over_18", true.into()),
            ("organ_donor", Encoded::null()),
            ("x", Encoded::null()),
        ];
        assert_eq!(encoded, Encoded::map([("a", Encoded::map(elements))]));
        let read = Outline::decode(encoded.as_item()).unwrap();
        for (asked, answer) in [
            ("age_over_18", Some("age_over_18")),
            ("age_over_16", Some("age_over_18")),
            ("age_over_21", None),
            ("organ_donor", Some("organ_donor")),
            ("y", None),
        ] {
            let answer = answer.map(|id| ElementName::new("a", id));
            assert_eq!(read.answering("a", asked), answer, "{asked}");
            assert_eq!(read.answering("b", asked), None);
        }
        let text = Encoded::map([("a", Encoded::map([("x", "text".into())]))]);
        assert!(Outline::decode(text.as_item()).is_err());
    }
}
