//! Answers to a request of a person's own, which no purpose judges.

use coffret_cbor::Value;

use super::data::{PAST, categories};
use super::{Scene, Stage, authorise_all_of, signed_by, twice};
use crate::case::Case;
use crate::plan::{NAMESPACE, map, member, nth, set};
use crate::world::World;

pub(super) fn cases(world: &World) -> impl Iterator<Item = Case> {
    CASES.iter().map(|case| {
        let judged = Case::valid(case.name).expect("verdict", case.verdict);
        Scene::play(world, judged.expect("answers", case.answers), case.stage)
    })
}

/// A response of which every document is good: that it is never accepted is the rule.
struct Free {
    name: &'static str,
    verdict: &'static str,
    /// For each element asked, in the order in which CBOR sorts them, what answers it.
    answers: &'static [Option<&'static str>],
    stage: Stage,
}

const UNJUDGED: &str = "unjudged";

const CASES: [Free; 11] = [
    Free {
        name: "a free request, all of it answered",
        verdict: UNJUDGED,
        answers: &[Some("0 given_name"), Some("0 age_over_18"), Some("0 family_name")],
        stage: |scene, _| asks(scene, &[&["family_name", "given_name", "age_over_18"]]),
    },
    Free {
        name: "a free request, an age answered no",
        verdict: UNJUDGED,
        answers: &[Some("0 given_name"), Some("0 age_over_18 no"), Some("0 family_name")],
        stage: |scene, _| {
            asks(scene, &[&["family_name", "given_name", "age_over_18"]]);
            scene.plan.elements.retain(|(id, _)| *id != "age_over_18");
            scene.plan.elements.push(("age_over_18", Value::Bool(false)));
        },
    },
    Free {
        name: "a free request, an age that answers another",
        verdict: UNJUDGED,
        answers: &[Some("0 given_name"), Some("0 age_over_18"), Some("0 family_name")],
        stage: |scene, _| asks(scene, &[&["family_name", "given_name", "age_over_16"]]),
    },
    Free {
        name: "a free request, something not answered",
        verdict: UNJUDGED,
        answers: &[None, Some("0 given_name"), Some("0 age_over_18"), Some("0 family_name")],
        stage: |scene, _| {
            asks(scene, &[&["family_name", "portrait", "given_name", "age_over_18"]]);
        },
    },
    Free {
        name: "a free request, something false that is no age",
        verdict: UNJUDGED,
        answers: &[
            Some("0 donor"),
            Some("0 given_name"),
            Some("0 age_over_18"),
            Some("0 family_name"),
        ],
        stage: |scene, _| {
            asks(scene, &[&["donor", "family_name", "given_name", "age_over_18"]]);
            scene.plan.elements.push(("donor", Value::Bool(false)));
        },
    },
    Free {
        name: "a free request, something that the device says",
        verdict: UNJUDGED,
        answers: &[
            Some("0 sex by the device"),
            Some("0 given_name"),
            Some("0 age_over_18"),
            Some("0 family_name"),
        ],
        stage: |scene, _| {
            asks(scene, &[&["family_name", "given_name", "age_over_18", "sex"]]);
            scene.plan.mso = |mso| authorise_all_of(mso, NAMESPACE);
            scene.plan.device_elements = |elements| {
                set(elements, NAMESPACE, map([("sex", Value::Unsigned(2))]));
            };
        },
    },
    Free {
        name: "a free request of one type twice, each answered by its own document",
        verdict: UNJUDGED,
        answers: &[
            Some("0 given_name"),
            Some("0 age_over_18"),
            Some("0 family_name"),
            Some("1 given_name"),
            Some("1 age_over_18"),
            Some("1 family_name"),
        ],
        stage: |scene, _| {
            let all: &[&str] = &["family_name", "given_name", "age_over_18"];
            asks(scene, &[all, all]);
            scene.plan.response = twice;
        },
    },
    Free {
        name: "a free request of one type twice, answered in another order",
        verdict: UNJUDGED,
        answers: &[
            Some("1 portrait"),
            Some("1 given_name"),
            Some("1 age_over_18"),
            Some("1 family_name"),
            Some("0 given_name"),
            Some("0 age_over_18"),
            Some("0 family_name"),
        ],
        stage: |scene, _| {
            let less: &[&str] = &["family_name", "given_name", "age_over_18"];
            asks(scene, &[&["family_name", "given_name", "age_over_18", "portrait"], less]);
            scene.plan.elements.push(("portrait", Value::Bytes(vec![1])));
            // The first document would answer either request, the second only the first one.
            scene.plan.response = |response| {
                twice(response);
                let first = nth(member(response, "documents"), 0);
                let spaces = member(member(first, "issuerSigned"), "nameSpaces");
                if let Value::Array(items) = member(spaces, NAMESPACE) {
                    items.pop();
                }
            };
        },
    },
    Free {
        name: "a free request, permissions that have all lapsed",
        verdict: UNJUDGED,
        answers: &[
            Some("0 given_name"),
            Some("0 age_over_18"),
            Some("0 family_name"),
            Some("0 driving_privileges"),
        ],
        stage: |scene, _| {
            scene.warned = &["permission-not-in-force"];
            let asked = &["family_name", "given_name", "age_over_18", "driving_privileges"];
            asks(scene, &[asked]);
            scene.plan.elements.push(("driving_privileges", categories(&[PAST])));
        },
    },
    Free {
        name: "a free request of one type twice, answered once",
        verdict: UNJUDGED,
        answers: &[
            Some("0 given_name"),
            Some("0 age_over_18"),
            Some("0 family_name"),
            None,
            None,
            None,
        ],
        stage: |scene, _| {
            let all: &[&str] = &["family_name", "given_name", "age_over_18"];
            asks(scene, &[all, all]);
        },
    },
    Free {
        name: "a free request, a specimen",
        verdict: "specimen",
        answers: &[Some("0 given_name"), Some("0 age_over_18"), Some("0 family_name")],
        stage: |scene, world| {
            asks(scene, &[&["family_name", "given_name", "age_over_18"]]);
            signed_by(scene, &world.specimen_signer);
            scene.specimens = vec![&world.specimen_root];
        },
    },
];

fn asks(scene: &mut Scene<'_>, requests: &[&[&str]]) {
    scene.free = true;
    scene.asks_each(requests);
}
