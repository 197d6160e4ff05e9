//! Why a reader asks: the purpose among those it may have that fits its request best.

use coffret_catalogue::{Asker, Purpose, purposes};
use coffret_mdoc::{ElementName, ItemsRequest};
use coffret_trust::Registration;

/// The smallest purpose that covers the request, else the one with the fewest elements beyond it; one
/// for documents of another type, which none of it is for, only where there is no other.
///
/// A reader has the purposes that it is registered for; what anyone may ask, it may ask too, if it
/// asks for nothing else.
pub(super) fn choose(
    items: &ItemsRequest,
    registration: Option<&Registration>,
) -> Option<&'static Purpose> {
    let extras = |purpose: &Purpose| {
        let beyond = items.name_spaces.iter();
        beyond.filter(|(namespace, id, _)| !purpose.covers(&items.doc_type, namespace, id)).count()
    };
    let may = |purpose: &&Purpose| {
        is_registered(registration, purpose)
            || (purpose.asker == Asker::Anyone && extras(purpose) == 0)
    };
    let key = |purpose: &&Purpose| {
        (purpose.doc_type != items.doc_type, extras(purpose), purpose.needs.len())
    };
    purposes().iter().filter(may).min_by_key(key)
}

/// Whether a reader is registered for a purpose of this document type.
pub(super) fn registered_for(registration: Option<&Registration>, doc_type: &str) -> bool {
    let of_type = |purpose: &&Purpose| purpose.doc_type == doc_type;
    purposes().iter().filter(of_type).any(|purpose| is_registered(registration, purpose))
}

fn is_registered(registration: Option<&Registration>, purpose: &Purpose) -> bool {
    registration.is_some_and(|registration| registration.purposes.iter().any(|id| id == purpose.id))
}

/// The elements asked for that the purpose needs: of the alternatives of a need the first that is
/// held, else the first asked for.
///
/// `held` says of an element whether it is held; `None` if it is not asked for.
pub(super) fn needed(
    purpose: &Purpose,
    doc_type: &str,
    held: impl Fn(&str, &str) -> Option<bool>,
) -> Vec<ElementName> {
    if purpose.doc_type != doc_type {
        return Vec::new();
    }
    let first = |need: &coffret_catalogue::Need| {
        let asked = need.alternatives.iter().filter_map(|element| {
            let held = held(element.namespace, element.id)?;
            Some((element, held))
        });
        // `min_by_key` gives the first of equals.
        let (element, _) = asked.min_by_key(|(_, held)| !held)?;
        Some(ElementName::new(element.namespace, element.id))
    };
    purpose.needs.iter().filter_map(first).collect()
}
