//! Who may sign what: the signer's country and state, what is reserved to Québec, what an authority is
//! trusted for.

use coffret_cbor::Value;

use super::{Scene, authorise_all_of, signed_by};
use crate::case::Case;
use crate::plan::{MDL, map, set};
use crate::world::World;

pub(super) fn cases(world: &World) -> impl Iterator<Item = Case> {
    CASES.iter().map(|case| {
        let name = match case.codes {
            [] => case.name.to_owned(),
            [first, ..] => format!("{first}: {}", case.name),
        };
        let judged = match case.codes {
            [] => Case::valid(&name),
            codes => Case::refused(&name, codes),
        };
        let judged = match case.warnings {
            [] => judged,
            warnings => judged.expect("warnings", warnings),
        };
        let judged =
            if case.specimen { judged.expect("specimens", [MDL].as_slice()) } else { judged };
        Scene::play(world, judged, case.stage)
    })
}

struct Judged {
    codes: &'static [&'static str],
    warnings: &'static [&'static str],
    name: &'static str,
    /// Whether its type is that of a specimen.
    specimen: bool,
    stage: super::Stage,
}

const fn valid(name: &'static str, stage: super::Stage) -> Judged {
    Judged { codes: &[], warnings: &[], name, specimen: false, stage }
}

const fn refused(code: &'static [&'static str], name: &'static str, stage: super::Stage) -> Judged {
    Judged { codes: code, warnings: &[], name, specimen: false, stage }
}

impl Judged {
    const fn warned(self, warnings: &'static [&'static str]) -> Judged {
        Judged { warnings, ..self }
    }
}

const NOT_FOR_TYPE: &[&str] = &["authority-not-for-type"];
const MISMATCH: &[&str] = &["issuing-territory-mismatch"];
const UNPROVEN: &[&str] = &["issuing-territory-unproven"];
const RESERVED: &[&str] = &["reserved-to-another-territory"];

const CARD: &str = "ca.qc.gouv.ramq.cam.1";
const QUEBECS_OF_LICENCE: &str = "ca.qc.gouv.saaq.1";

/// What looks like a name of Québec, and is none.
const LOOK_ALIKE: &[&str] = &["mdoc-name"];

const CASES: [Judged; 53] = [
    refused(LOOK_ALIKE, "a type of Québec with a space of no width, by Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.doc_type = "ca\u{200b}.qc.gouv.ramq.cam.1";
    }),
    refused(LOOK_ALIKE, "a type of Québec in Cyrillic letters, by Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.doc_type = "\u{441}\u{430}.qc.gouv.ramq.cam.1";
    }),
    refused(LOOK_ALIKE, "a type of Québec in full-width letters, by Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.doc_type = "\u{ff43}\u{ff41}.qc.gouv.ramq.cam.1";
    }),
    refused(LOOK_ALIKE, "a namespace of Québec with a soft hyphen, by Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.namespace = "ca.qc.gouv\u{ad}.saaq.1";
    }),
    refused(LOOK_ALIKE, "a namespace of Québec after a space, by the device", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.device_elements = |elements| {
            set(elements, " ca.qc.gouv.saaq.1", map([("licence_type", "permanent".into())]));
        };
    }),
    refused(LOOK_ALIKE, "an element whose name is turned around", |scene, _| {
        says(scene, "\u{202e}81_revo_ega\u{202c}", Value::Bool(true));
    }),
    refused(LOOK_ALIKE, "an age in a Cyrillic letter", |scene, _| {
        says(scene, "\u{430}ge_over_21", Value::Bool(true));
    }),
    refused(LOOK_ALIKE, "an age before a space", |scene, _| {
        says(scene, "age_over_21 ", Value::Bool(true));
    }),
    valid("an element of two words", |scene, _| says(scene, "also known as", "Zoé")),
    refused(LOOK_ALIKE, "an age in full-width letters", |scene, _| {
        says(scene, "\u{ff41}\u{ff47}\u{ff45}_over_21", Value::Bool(true));
    }),
    valid("an authority trusted for the type", |scene, _| scene.doc_types = Some(vec![MDL])),
    valid("an authority trusted for the type among others, spelled otherwise", |scene, _| {
        scene.plan.doc_type = "org.iso.23220.photoid.1";
        scene.doc_types = Some(vec![MDL, "org.iso.23220.photoID.1"]);
    }),
    valid(
        "a signer trusted by its certificate, under an authority for another type",
        |scene, world| {
            scene.doc_types = Some(vec![CARD]);
            scene.signers = vec![world.pki.document_signer.certificate()];
        },
    ),
    refused(NOT_FOR_TYPE, "an authority trusted for another type", |scene, _| {
        scene.doc_types = Some(vec![CARD]);
    }),
    refused(NOT_FOR_TYPE, "an authority trusted for no type", |scene, _| {
        scene.doc_types = Some(Vec::new());
    }),
    Judged {
        specimen: true,
        ..refused(NOT_FOR_TYPE, "a root of specimens of another type", |scene, world| {
            signed_by(scene, &world.specimen_signer);
            scene.specimens = vec![&world.specimen_root];
            scene.doc_types = Some(vec![CARD]);
        })
    },
    valid("its country and province", |scene, _| {
        says(scene, "issuing_country", "CA");
        says(scene, "issuing_jurisdiction", "CA-QC");
    }),
    valid("a state by its letters alone", |scene, world| {
        under(scene, world, Some("US"), Some("LA"));
        says(scene, "issuing_country", "US");
        says(scene, "issuing_jurisdiction", "US-LA");
    }),
    valid("a state by its name", |scene, world| {
        under(scene, world, Some("US"), Some("Colorado"));
        says(scene, "issuing_jurisdiction", "US-CO");
    }),
    valid("a state by its name in the document", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        says(scene, "issuing_country", "USA");
        says(scene, "issuing_jurisdiction", "utah");
    }),
    valid("a province by its name, without accents", |scene, world| {
        under(scene, world, Some("CA"), Some("Quebec"));
        says(scene, "issuing_jurisdiction", "CA-QC");
    }),
    valid("a province by its letters alone", |scene, world| {
        under(scene, world, Some("CA"), Some("ON"));
        says(scene, "issuing_jurisdiction", "Ontario");
    }),
    valid("a country that issues its documents itself", |scene, world| {
        under(scene, world, Some("BE"), None);
        says(scene, "issuing_country", "BE");
    }),
    valid("a card of Québec by an authority that spells Québec by name", |scene, world| {
        under(scene, world, Some("CA"), Some("Quebec"));
        card(scene);
    }),
    valid(
        "a card of Québec by a signer of Québec, trusted by its certificate",
        |scene, world| {
            scene.issuers.clear();
            scene.signers = vec![world.pki.document_signer.certificate()];
            card(scene);
        },
    ),
    valid("no state, from a country of states", |scene, world| {
        under(scene, world, Some("US"), None);
    })
    .warned(UNPROVEN),
    valid("a state that no certificate confirms", |scene, world| {
        under(scene, world, Some("US"), None);
        says(scene, "issuing_jurisdiction", "US-CO");
    })
    .warned(UNPROVEN),
    valid("a region that no certificate confirms", |scene, world| {
        under(scene, world, Some("BE"), None);
        says(scene, "issuing_jurisdiction", "BE-BRU");
    })
    .warned(UNPROVEN),
    valid("a prefecture by its name, which is in no table", |scene, world| {
        under(scene, world, Some("JP"), Some("Tokyo"));
        says(scene, "issuing_jurisdiction", "JP-13");
    })
    .warned(UNPROVEN),
    valid("no country in any certificate", |scene, world| {
        under(scene, world, None, None);
    })
    .warned(&["subject-country", "issuing-territory-unproven"]),
    valid("another country, by a signer trusted for any", |scene, world| {
        scene.signers = vec![world.pki.document_signer.certificate()];
        says(scene, "issuing_country", "US");
    })
    .warned(UNPROVEN),
    valid("another province, by a signer trusted for any", |scene, world| {
        scene.signers = vec![world.pki.document_signer.certificate()];
        says(scene, "issuing_jurisdiction", "CA-ON");
    })
    .warned(UNPROVEN),
    refused(MISMATCH, "another country than the signer's", |scene, _| {
        says(scene, "issuing_country", "US");
    }),
    refused(MISMATCH, "another province than the signer's", |scene, _| {
        says(scene, "issuing_jurisdiction", "CA-ON");
    }),
    refused(MISMATCH, "another state, spelled otherwise", |scene, world| {
        under(scene, world, Some("US"), Some("LA"));
        says(scene, "issuing_jurisdiction", "Colorado");
    }),
    refused(MISMATCH, "a state that there is none of", |scene, world| {
        under(scene, world, Some("US"), Some("Colorado"));
        says(scene, "issuing_jurisdiction", "Atlantis");
    }),
    refused(MISMATCH, "letters that are a province's elsewhere", |scene, _| {
        says(scene, "issuing_jurisdiction", "US-QC");
    }),
    refused(MISMATCH, "a province of another country, under no state", |scene, world| {
        under(scene, world, Some("US"), None);
        says(scene, "issuing_jurisdiction", "CA-QC");
    })
    .warned(UNPROVEN),
    refused(MISMATCH, "a country that no certificate has", |scene, world| {
        under(scene, world, None, None);
        says(scene, "issuing_country", "CA");
    })
    .warned(&["subject-country", "issuing-territory-unproven"]),
    refused(MISMATCH, "a country that is no text", |scene, _| {
        says(scene, "issuing_country", Value::Unsigned(124));
    }),
    refused(MISMATCH, "a country in bytes", |scene, _| {
        says(scene, "issuing_country", Value::Bytes(b"CA".into()));
    }),
    refused(MISMATCH, "no country at all", |scene, _| {
        says(scene, "issuing_country", Value::Null);
    }),
    refused(MISMATCH, "an empty country", |scene, _| says(scene, "issuing_country", "")),
    refused(MISMATCH, "a list of provinces", |scene, _| {
        says(scene, "issuing_jurisdiction", Value::Array(vec!["CA-QC".into()]));
    }),
    refused(MISMATCH, "another subdivision, as ISO/IEC 23220 names it", |scene, _| {
        scene.plan.namespace = "org.iso.23220.1";
        says(scene, "issuing_subdivision", "CA-ON");
    }),
    refused(RESERVED, "a card of Québec by Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        card(scene);
    }),
    refused(RESERVED, "a card of Québec by Ontario", |scene, world| {
        under(scene, world, Some("CA"), Some("ON"));
        card(scene);
    }),
    refused(RESERVED, "a card of Québec by an authority of no province", |scene, world| {
        under(scene, world, Some("CA"), None);
        card(scene);
    })
    .warned(UNPROVEN),
    refused(RESERVED, "a card of Québec by an authority of no place", |scene, world| {
        under(scene, world, None, None);
        card(scene);
    })
    .warned(&["subject-country", "issuing-territory-unproven"]),
    refused(RESERVED, "a card of Québec by a signer of Utah, trusted for any", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.signers = vec![world.abroad(Some("US"), Some("US-UT")).signer.certificate()];
        card(scene);
    }),
    refused(RESERVED, "a type of Québec that nobody knows, in capitals", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.doc_type = "CA.QC.GOUV.permis.1";
    }),
    refused(RESERVED, "classes of Québec in a licence of Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.namespace = QUEBECS_OF_LICENCE;
    }),
    refused(RESERVED, "classes of Québec, by the device of a licence of Utah", |scene, world| {
        under(scene, world, Some("US"), Some("US-UT"));
        scene.plan.mso = |mso| authorise_all_of(mso, QUEBECS_OF_LICENCE);
        scene.plan.device_elements = |elements| {
            set(elements, QUEBECS_OF_LICENCE, map([("licence_type", "permanent".into())]));
        };
    }),
];

fn says(scene: &mut Scene<'_>, element: &'static str, value: impl Into<Value>) {
    scene.plan.elements.push((element, value.into()));
}

/// Signed under the authority of this country and state, which alone is trusted.
fn under<'w>(scene: &mut Scene<'w>, world: &'w World, country: Option<&str>, state: Option<&str>) {
    let abroad = world.abroad(country, state);
    signed_by(scene, &abroad.signer);
    scene.issuers = vec![&abroad.root];
}

/// A health insurance card, as far as this goes.
fn card(scene: &mut Scene<'_>) {
    scene.plan.doc_type = CARD;
    scene.plan.namespace = CARD;
}
