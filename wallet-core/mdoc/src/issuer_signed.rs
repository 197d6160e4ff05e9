use std::collections::HashSet;
use std::fmt;

use coffret_cbor::{Decode, Encoded, Item, Received};
use coffret_crypto::cose::Sign1;
use coffret_trust::Chain;

use crate::elements::{Count, identifier, members, name, one_or_more};
use crate::{ElementName, Error, MobileSecurityObject, NameSpaces, Outline};

/// What the issuer signed, with all elements or some.
///
/// ```cddl
/// IssuerSigned = { ? "nameSpaces": { + NameSpace => [ + IssuerSignedItemBytes ] },
///                  "issuerAuth": COSE_Sign1 }
/// IssuerSignedItemBytes = #6.24(bstr .cbor IssuerSignedItem)
/// ```
/// The payload of `issuerAuth` is `#6.24(bstr .cbor MobileSecurityObject)`.
/// ISO 18013-5 §8.3.2.1.2.2, §9.1.2.4
#[derive(Debug, Clone)]
pub struct IssuerSigned {
    pub(crate) name_spaces: Vec<(String, Vec<Received<IssuerSignedItem>>)>,
    pub(crate) issuer_auth: Received<Sign1>,
    chain: Chain,
    mso: Received<MobileSecurityObject>,
}

impl IssuerSigned {
    /// Reads one `IssuerSigned`.
    ///
    /// # Errors
    /// The rule of the form that is broken. No signature is checked: see [`verify`](crate::verify).
    pub fn parse(bytes: &[u8]) -> Result<IssuerSigned, Error> {
        IssuerSigned::decode(Item::parse(bytes)?)
    }

    pub(crate) fn new(
        name_spaces: Vec<(String, Vec<Received<IssuerSignedItem>>)>,
        issuer_auth: Received<Sign1>,
    ) -> Result<IssuerSigned, Error> {
        let mut count = Count::default();
        for (_, items) in &name_spaces {
            items.iter().try_for_each(|_| count.one_more())?;
            let (mut ids, mut names) = (HashSet::new(), HashSet::new());
            let unique = |item: &Received<IssuerSignedItem>| {
                ids.insert(item.digest_id) && names.insert(item.element_identifier.clone())
            };
            if !items.iter().all(unique) {
                return Err(Error::Repeated);
            }
        }
        let payload = issuer_auth.payload().ok_or(coffret_crypto::Error::PayloadDetached)?;
        let mso = Received::embedded(Item::parse(payload)?)?;
        let chain = Chain::parse(issuer_auth.x5chain().iter().map(Vec::as_slice))?;
        Ok(IssuerSigned { name_spaces, issuer_auth, chain, mso })
    }

    /// What the issuer signed of the document, not yet verified.
    pub fn mso(&self) -> &MobileSecurityObject {
        &self.mso
    }

    /// The signer's certificate and what came with it.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The names of the elements here.
    pub fn names(&self) -> impl Iterator<Item = ElementName> {
        self.items().map(|(namespace, item)| ElementName::new(namespace, &item.element_identifier))
    }

    /// The value of an element here, not yet verified.
    pub fn value(&self, namespace: &str, identifier: &str) -> Option<Item<'_>> {
        let mut items = self.items();
        let (_, item) =
            items.find(|(of, item)| *of == namespace && item.element_identifier == identifier)?;
        Some(item.element_value.as_item())
    }

    /// The names of the elements here, and what their ages say.
    pub fn outline(&self) -> Outline {
        let element = |(namespace, item): (_, &Received<IssuerSignedItem>)| {
            let says = item.element_value.as_item().boolean().ok();
            (namespace, item.element_identifier.clone(), says)
        };
        self.items().map(element).collect()
    }

    /// The elements here that answer a request, each `age_over_NN` resolved to the one that
    /// answers it: NN itself where it is held, else the smallest MM > NN that is true, else the largest
    /// MM < NN that is false.
    pub fn answering<T>(&self, requested: &NameSpaces<T>) -> Vec<ElementName> {
        let (outline, mut found) = (self.outline(), Vec::new());
        for (namespace, id, _) in requested.iter() {
            let answer = outline.answering(namespace, id);
            found.extend(answer.filter(|name| !found.contains(name)));
        }
        found
    }

    /// The same document with these elements only, as received.
    ///
    /// # Errors
    /// [`Error::ElementNotHeld`]
    pub(crate) fn select(&self, names: &[ElementName]) -> Result<IssuerSigned, Error> {
        let held: HashSet<_> = self.names().collect();
        if !names.iter().all(|name| held.contains(name)) {
            return Err(Error::ElementNotHeld);
        }
        let chosen = |namespace: &str, item: &IssuerSignedItem| {
            names.contains(&ElementName::new(namespace, &item.element_identifier))
        };
        let mut selected = self.clone();
        for (namespace, items) in &mut selected.name_spaces {
            items.retain(|item| chosen(namespace, item));
        }
        selected.name_spaces.retain(|(_, items)| !items.is_empty());
        Ok(selected)
    }

    pub(crate) fn elements(&self) -> NameSpaces<Encoded> {
        let element = |(namespace, item): (_, &Received<IssuerSignedItem>)| {
            (namespace, item.element_identifier.clone(), item.element_value.clone())
        };
        self.items().map(element).collect()
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = (&str, &Received<IssuerSignedItem>)> {
        let namespaces = self.name_spaces.iter();
        namespaces.flat_map(|(name, items)| items.iter().map(|item| (name.as_str(), item)))
    }
}

impl Decode for IssuerSigned {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        let mut name_spaces = Vec::new();
        for (namespace, items) in
            map.get("nameSpaces").map(members).transpose()?.into_iter().flatten()
        {
            let items =
                one_or_more(items)?.map(Received::embedded).collect::<Result<_, Error>>()?;
            name_spaces.push((name(namespace)?, items));
        }
        IssuerSigned::new(name_spaces, Received::item(map.require("issuerAuth")?)?)
    }
}

impl From<&IssuerSigned> for Encoded {
    fn from(signed: &IssuerSigned) -> Encoded {
        let name_spaces = signed.name_spaces.iter().map(|(namespace, items)| {
            (namespace.as_str(), Encoded::array(items.iter().map(Received::encoded)))
        });
        let name_spaces = Some(("nameSpaces", Encoded::map(name_spaces)));
        let issuer_auth = Some(("issuerAuth", signed.issuer_auth.encoded()));
        let name_spaces = name_spaces.filter(|_| !signed.name_spaces.is_empty());
        Encoded::map(name_spaces.into_iter().chain(issuer_auth))
    }
}

/// One element, with the random value that keeps its digest from being guessed.
///
/// ```cddl
/// IssuerSignedItem = { "digestID": uint, "random": bstr, "elementIdentifier": tstr,
///                      "elementValue": any }
/// ```
/// ISO 18013-5 §8.3.2.1.2.2
#[derive(Clone, PartialEq)]
pub(crate) struct IssuerSignedItem {
    pub(crate) digest_id: u64,
    pub(crate) random: Vec<u8>,
    pub(crate) element_identifier: String,
    /// As received: taken apart only where it is proven.
    pub(crate) element_value: Encoded,
}

impl Decode for IssuerSignedItem {
    type Error = Error;

    fn decode(item: Item<'_>) -> Result<Self, Error> {
        let map = item.map()?;
        Ok(IssuerSignedItem {
            digest_id: map.require("digestID")?.unsigned()?,
            random: map.require("random")?.byte_string()?.into_owned(),
            element_identifier: identifier(map.require("elementIdentifier")?)?,
            element_value: map.require("elementValue")?.plain()?.into(),
        })
    }
}

impl From<&IssuerSignedItem> for Encoded {
    fn from(item: &IssuerSignedItem) -> Encoded {
        Encoded::map([
            ("digestID", item.digest_id.into()),
            ("random", Encoded::bytes(&item.random)),
            ("elementIdentifier", item.element_identifier.as_str().into()),
            ("elementValue", item.element_value.clone()),
        ])
    }
}

impl fmt::Debug for IssuerSignedItem {
    /// The element's name, neither its value nor its random.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerSignedItem({}, […])", self.element_identifier)
    }
}
