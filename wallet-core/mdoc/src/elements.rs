use std::fmt;

use coffret_cbor::{Array, Decode, Encoded, Item, Map, Value};

use crate::{Error, MAX_ELEMENTS, age, is_version_1};

/// A data element's name: its namespace and its identifier there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementName {
    /// `NameSpace`
    pub namespace: String,
    /// `DataElementIdentifier`
    pub identifier: String,
}

impl ElementName {
    /// The element `identifier` of `namespace`.
    pub fn new(namespace: &str, identifier: &str) -> ElementName {
        ElementName { namespace: namespace.to_owned(), identifier: identifier.to_owned() }
    }

    /// The NN of `age_over_NN`.
    pub fn age(&self) -> Option<u8> {
        age::over(&self.identifier)
    }

    pub(crate) fn is(&self, namespace: &str, identifier: &str) -> bool {
        self.namespace == namespace && self.identifier == identifier
    }
}

impl fmt::Display for ElementName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.identifier)
    }
}

/// Something for each element: `{ * NameSpace => { * DataElementIdentifier => T } }`.
#[derive(Clone, PartialEq)]
pub struct NameSpaces<T>(Vec<(String, Vec<(String, T)>)>);

impl<T> NameSpaces<T> {
    /// Namespace, identifier and what stands there, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &T)> {
        self.0.iter().flat_map(|(namespace, elements)| {
            elements.iter().map(|(id, value)| (namespace.as_str(), id.as_str(), value))
        })
    }

    /// What stands at an element.
    pub fn get(&self, namespace: &str, identifier: &str) -> Option<&T> {
        let (_, elements) = self.0.iter().find(|(name, _)| name == namespace)?;
        elements.iter().find(|(id, _)| id == identifier).map(|(_, value)| value)
    }

    /// The namespaces, each with its elements.
    pub fn namespaces(&self) -> &[(String, Vec<(String, T)>)] {
        &self.0
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// `{ * NameSpace => { + DataElementIdentifier => T } }`
    pub(crate) fn read(
        item: Item<'_>,
        mut value: impl FnMut(Item<'_>) -> Result<T, Error>,
    ) -> Result<Self, Error> {
        let mut count = Count::default();
        let namespaces = item.map()?.map(|(namespace, elements)| {
            let elements = members(elements)?.map(|(id, item)| {
                count.one_more()?;
                Ok((identifier(id)?, value(item)?))
            });
            Ok((name(namespace)?, elements.collect::<Result<_, Error>>()?))
        });
        Ok(NameSpaces(namespaces.collect::<Result<_, Error>>()?))
    }

    /// The same elements, with something else at each.
    pub(crate) fn map<U>(&self, value: impl Fn(&T) -> U) -> NameSpaces<U> {
        let namespaces = self.0.iter().map(|(namespace, elements)| {
            let elements = elements.iter().map(|(id, item)| (id.clone(), value(item)));
            (namespace.clone(), elements.collect())
        });
        NameSpaces(namespaces.collect())
    }

    /// The element that answers a request; `says` is what one says where it is a boolean.
    pub(crate) fn resolve(
        &self,
        namespace: &str,
        identifier: &str,
        says: impl Fn(&T) -> Option<bool>,
    ) -> Option<(&str, &T)> {
        let (_, elements) = self.0.iter().find(|(name, _)| name == namespace)?;
        let answer = match age::over(identifier) {
            Some(asked) => {
                age::resolve(asked, elements.iter().map(|(id, value)| (id.as_str(), says(value))))?
            }
            None => identifier,
        };
        elements.iter().find(|(id, _)| id == answer).map(|(id, value)| (id.as_str(), value))
    }

    pub(crate) fn write(&self, value: impl Fn(&T) -> Encoded) -> Encoded {
        Encoded::map(self.0.iter().map(|(namespace, elements)| {
            let elements = elements.iter().map(|(id, item)| (id.as_str(), value(item)));
            (namespace.as_str(), Encoded::map(elements))
        }))
    }
}

impl NameSpaces<Value> {
    /// The element that answers a request for another or itself: itself where it is held; else for
    /// `age_over_NN` the smallest MM > NN that is true, else the largest MM < NN that is false (ISO
    /// 18013-5 §7.2.5).
    pub fn answering(&self, namespace: &str, identifier: &str) -> Option<(&str, &Value)> {
        self.resolve(namespace, identifier, |value| match value {
            Value::Bool(is_over) => Some(*is_over),
            _ => None,
        })
    }
}

impl<T> Default for NameSpaces<T> {
    fn default() -> Self {
        NameSpaces(Vec::new())
    }
}

impl<N: Into<String>, I: Into<String>, T> FromIterator<(N, I, T)> for NameSpaces<T> {
    /// Groups by namespace, in order of first appearance; of an element named twice the first
    /// stays.
    fn from_iter<E: IntoIterator<Item = (N, I, T)>>(elements: E) -> Self {
        let mut grouped: Vec<(String, Vec<(String, T)>)> = Vec::new();
        for (namespace, id, value) in elements {
            let (namespace, id) = (namespace.into(), id.into());
            match grouped.iter_mut().find(|(name, _)| *name == namespace) {
                None => grouped.push((namespace, vec![(id, value)])),
                Some((_, elements)) if elements.iter().any(|(known, _)| *known == id) => {}
                Some((_, elements)) => elements.push((id, value)),
            }
        }
        NameSpaces(grouped)
    }
}

impl Decode for NameSpaces<Encoded> {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        NameSpaces::read(item, |item| Ok(item.plain()?.into()))
    }
}

impl<T> fmt::Debug for NameSpaces<T> {
    /// The elements' names, never what stands there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(namespace, id, _)| (namespace, id))).finish()
    }
}

/// `tstr`
pub(crate) fn text(item: Item<'_>) -> Result<String, Error> {
    Ok(item.text()?.into_owned())
}

/// `DocType` or `NameSpace`, in printable ASCII as every specification writes them. A letter of another
/// script, or a character that is not seen, would make a name look like one that is somebody else's, such
/// as `ca.qc.gouv`.
pub(crate) fn name(item: Item<'_>) -> Result<String, Error> {
    let name = text(item)?;
    if name.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(name) } else { Err(Error::Name) }
}

/// `DataElementIdentifier`: the same, with spaces between words. `age_over_18` in a letter of another script
/// would be read as that age, and be none.
pub(crate) fn identifier(item: Item<'_>) -> Result<String, Error> {
    let name = text(item)?;
    let is_plain = name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if is_plain && name.trim() == name { Ok(name) } else { Err(Error::Name) }
}

/// `"version": "1.x"`
pub(crate) fn check_version(map: Map<'_>) -> Result<(), Error> {
    if is_version_1(&text(map.require("version")?)?) { Ok(()) } else { Err(Error::Version) }
}

/// The members of an array that the CDDL writes `[+ …]`: one at least.
pub(crate) fn one_or_more(item: Item<'_>) -> Result<Array<'_>, Error> {
    let items = item.array()?;
    if items.count() == 0 { Err(Error::Empty) } else { Ok(items) }
}

/// The members of a map that the CDDL writes `{+ …}`: one at least.
pub(crate) fn members(item: Item<'_>) -> Result<Map<'_>, Error> {
    let members = item.map()?;
    if members.count() == 0 { Err(Error::Empty) } else { Ok(members) }
}

/// Counts what is bounded by [`MAX_ELEMENTS`].
#[derive(Default)]
pub(crate) struct Count(usize);

impl Count {
    pub(crate) fn one_more(&mut self) -> Result<(), Error> {
        self.0 += 1;
        if self.0 <= MAX_ELEMENTS { Ok(()) } else { Err(Error::TooManyElements) }
    }
}
