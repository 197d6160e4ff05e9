//! Ages: which `age_over_MM` answers a request for `age_over_NN` (ISO 18013-5 §7.2.5).

use coffret_cbor::Item;

use crate::NameSpaces;

/// The NN of `age_over_NN`.
pub(crate) fn over(identifier: &str) -> Option<u8> {
    let digits = identifier.strip_prefix("age_over_")?;
    (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// Whether `age_over_MM: holder` answers the question NN.
pub(crate) fn answers(asked: u8, held: u8, holder_is_over: bool) -> bool {
    if holder_is_over { held >= asked } else { held <= asked }
}

/// The element that answers `age_over_NN`: the smallest MM ≥ NN that is true, else the largest
/// MM ≤ NN that is false, else none.
pub(crate) fn resolve<'a>(
    asked: u8,
    held: impl Iterator<Item = (&'a str, bool)>,
) -> Option<&'a str> {
    let (mut smallest_true, mut largest_false) = (None, None);
    for (id, is_over) in held {
        let Some(age) = over(id) else { continue };
        if !answers(asked, age, is_over) {
            continue;
        }
        if is_over {
            smallest_true = smallest_true.into_iter().chain([(age, id)]).min();
        } else {
            largest_false = largest_false.max(Some((age, id)));
        }
    }
    smallest_true.or(largest_false).map(|(_, id)| id)
}

/// Whether a returned element answers one of the requested ages.
pub(crate) fn is_answer<T>(
    namespace: &str,
    identifier: &str,
    value: Item<'_>,
    requested: &NameSpaces<T>,
) -> bool {
    let (Some(held), Ok(is_over)) = (over(identifier), value.boolean()) else { return false };
    requested
        .iter()
        .filter(|(asked_in, _, _)| *asked_in == namespace)
        .filter_map(|(_, id, _)| over(id))
        .any(|asked| answers(asked, held, is_over))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(asked: u8, held: &[(u8, bool)]) -> Option<String> {
        let held: Vec<_> =
            held.iter().map(|(age, is_over)| (format!("age_over_{age:02}"), *is_over)).collect();
        resolve(asked, held.iter().map(|(id, is_over)| (id.as_str(), *is_over))).map(str::to_owned)
    }

    #[test]
    fn the_nearest_answer_is_chosen() {
        let adult = [(14, true), (16, true), (18, true), (21, false), (65, false)];
        assert_eq!(resolved(18, &adult).as_deref(), Some("age_over_18"));
        assert_eq!(resolved(15, &adult).as_deref(), Some("age_over_16"));
        assert_eq!(resolved(21, &adult).as_deref(), Some("age_over_21"));
        assert_eq!(resolved(25, &adult).as_deref(), Some("age_over_21"));
        assert_eq!(resolved(70, &adult).as_deref(), Some("age_over_65"));
        assert_eq!(resolved(19, &adult), None, "18 says too little, 21 too much");
        assert_eq!(resolved(18, &[]), None);
        assert_eq!(resolved(18, &[(16, true)]), None);
        assert_eq!(resolved(18, &[(21, false)]), None);
        assert_eq!(resolved(18, &[(21, true), (19, true)]).as_deref(), Some("age_over_19"));
        assert_eq!(resolved(18, &[(16, false), (14, false)]).as_deref(), Some("age_over_16"));
        assert_eq!(resolved(18, &[(18, false)]).as_deref(), Some("age_over_18"));
        assert_eq!(resolved(18, &[(16, false), (21, true)]).as_deref(), Some("age_over_21"));
    }

    #[test]
    fn only_two_digits_are_an_age() {
        assert_eq!(over("age_over_18"), Some(18));
        for other in ["age_over_+8", "age_over_8", "age_over_018", "age_over_NN", "age_in_years"] {
            assert_eq!(over(other), None, "{other}");
        }
    }
}
