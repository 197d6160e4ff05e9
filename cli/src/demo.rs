//! `coffret demo`: the whole story, with invented people and real cryptography. Three documents are
//! issued, checked, held, shown by pictures of QR codes and over a session, and verified.

mod cast;
mod holding;
mod pictures;
mod place;
mod session;
mod story;

use std::path::PathBuf;

use clap::Args;
use coffret_catalogue::{Label, Lang};
use coffret_holder::{Consent, Wallet};
use coffret_mdoc::DeviceAuthMethod;
use coffret_reader::Outcome;
use rand_core::CryptoRng;
use serde_json::{Value as Json, json};

use self::cast::Cast;
use self::place::Place;
use self::story::{Scene, Story};
use crate::clock::Clock;
use crate::error::{About, Error, Failure};
use crate::output::{Colour, Report, Text, done};
use crate::present::Bearer;
use crate::read::{Reply, Standing};
use crate::verify::Basis;
use crate::wallet::destroy_keys;
use crate::{Context, consent, randomness};

#[derive(Args)]
pub(crate) struct Demo {
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const WALLET: Scene = Scene {
    id: "wallet",
    title: Label { fr: "Un portefeuille est créé", en: "A wallet is made" },
};
const ISSUE: Scene = Scene {
    id: "issue",
    title: Label {
        fr: "Une autorité d’essai émet trois documents",
        en: "A test authority issues three documents",
    },
};
const ADD: Scene = Scene {
    id: "add",
    title: Label {
        fr: "Le portefeuille les vérifie et les range",
        en: "The wallet checks them and puts them away",
    },
};
const ASK: Scene = Scene {
    id: "ask",
    title: Label { fr: "Le dépanneur montre un code QR", en: "The corner shop shows a QR code" },
};
const CONSENT: Scene = Scene {
    id: "consent",
    title: Label {
        fr: "La personne lit la demande et accepte",
        en: "The person reads the request and accepts",
    },
};
const ANSWER: Scene = Scene {
    id: "answer",
    title: Label {
        fr: "Le portefeuille répond par une suite de codes QR",
        en: "The wallet answers by a sequence of QR codes",
    },
};
/// By the purpose of who asks.
const SESSIONS: [(&str, Scene); 2] = [
    (
        "pharmacy",
        Scene {
            id: "health-card",
            title: Label {
                fr: "À la pharmacie, par une session ISO 18013-5",
                en: "At the pharmacy, over an ISO 18013-5 session",
            },
        },
    ),
    (
        "school-enrolment",
        Scene {
            id: "birth-certificate",
            title: Label {
                fr: "À l’école, par une session ISO 18013-5",
                en: "At school, over an ISO 18013-5 session",
            },
        },
    ),
];
const FILES: Scene = Scene {
    id: "files",
    title: Label {
        fr: "Les fichiers du portefeuille ne disent rien",
        en: "The wallet’s files tell nothing",
    },
};

const KEYS: Label = Label { fr: "clés d’appareil, sous un NIP", en: "device keys, under a PIN" };
const CHECKED: Label = Label {
    fr: "émetteur, dates et clés vérifiés; chiffrés; verrouillé, puis rouvert par le NIP",
    en: "issuer, dates and keys checked; encrypted; locked, then opened again by the PIN",
};
const DRAWN: Label = Label { fr: "dessinées", en: "drawn" };
const PICTURES: Label = Label { fr: "Images PNG\u{a0}:", en: "PNG pictures:" };
const LOST: Label = Label { fr: "perdues", en: "lost" };
const UNORDERED: Label = Label { fr: "relues dans le désordre", en: "read back out of order" };
const SEARCHED: Label = Label {
    fr: "valeurs y ont été cherchées; aucune n’y est en clair",
    en: "values were searched for in them; none is there in clear",
};

/// Between the values of a list, as the catalogue shows them.
const SEVERAL: &str = " / ";

impl Demo {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let mut story = Story::begin(context.lang);
        let mut rng = randomness()?;
        let place = Place::new(self.out.as_deref(), &mut rng)?;
        let play = Play { cast: Cast::gather(context.now, &mut rng)?, place, context };

        let mut wallet = play.holds(&mut story, &mut rng)?;
        let mut verdicts = vec![play.shows_pictures(&mut story, &mut wallet, &mut rng)?];
        verdicts.extend(play.holds_sessions(&mut story, &mut wallet, &mut rng)?);
        destroy_keys(&mut wallet, &mut rng);
        drop(wallet);
        play.searches(&mut story)?;

        let kept = play.place.kept();
        let (text, steps) = story.end(kept);
        let verdicts: Json = verdicts.into_iter().collect();
        let out = kept.map(|path| path.display().to_string());
        Ok(done(text, json!({"steps": steps, "verdicts": verdicts, "out": out})))
    }
}

/// Who takes part, where and when.
struct Play {
    cast: Cast,
    place: Place,
    context: Context,
}

impl Play {
    /// From an empty folder to a wallet with three documents.
    fn holds(&self, story: &mut Story, rng: &mut dyn CryptoRng) -> Result<Wallet, Failure> {
        let Context { lang, now, .. } = self.context;
        let (mut wallet, keys) = story.tell(WALLET, |text| {
            let mut wallet = holding::create(&self.place.wallet(), rng)?;
            holding::trust(&mut wallet, &self.cast, now, rng)?;
            let keys = holding::keys(&mut wallet, rng)?;
            text.line(Colour::Plain, format!("{} {}", keys.len(), KEYS.text(lang)));
            Ok((wallet, keys))
        })?;
        let credentials = story.tell(ISSUE, |text| {
            let credentials = self.cast.issue(&keys, now, rng)?;
            for (doc_type, _) in &credentials {
                text.line(Colour::Plain, consent::name(doc_type, lang));
            }
            Ok(credentials)
        })?;
        story.tell(ADD, |text| {
            for (_, credentials) in &credentials {
                holding::add(&mut wallet, credentials, now, rng)?;
            }
            text.add(Colour::Green, "✓ ").line(Colour::Plain, CHECKED.text(lang));
            holding::reopen(wallet)
        })
    }

    /// An age check by pictures of QR codes: what the reader has come to, in JSON.
    fn shows_pictures(
        &self,
        story: &mut Story,
        wallet: &mut Wallet,
        rng: &mut dyn CryptoRng,
    ) -> Result<Json, Failure> {
        let (Context { lang, now, .. }, place) = (self.context, &self.place);
        let people = wallet.people().map_err(|error| Failure::refused(error, About::Whole))?;
        let shop = self.cast.counter("age-18", rng)?;
        let mut invitation = story.tell(ASK, |text| {
            let invitation = pictures::invite(&shop, place, now, rng)?;
            let drawn = format!("{} {}", invitation.drawn, DRAWN.text(lang));
            text.line(Colour::Plain, format!("{} {drawn}", PICTURES.text(lang)));
            Ok(invitation)
        })?;
        let approve = |consent: &Consent, _| Ok(consent.required());
        let mut bearer =
            Bearer::new(wallet, DeviceAuthMethod::Signature, approve, Clock::Stopped(now), rng);
        let answer = story.tell(CONSENT, |text| {
            let answer = pictures::accept(&mut bearer, place)?;
            let asked = bearer.decided().ok_or_else(astray)?;
            text.append(consent::text(&asked.consent, &asked.approval, &people, lang));
            Ok(answer)
        })?;
        story.tell(ANSWER, |text| {
            let (seen, outcome) = pictures::scan(&mut invitation, answer, place, now)?;
            let drawn = format!("{} {}", seen.drawn, DRAWN.text(lang));
            let lost = format!("{} {}", seen.lost, LOST.text(lang));
            let words =
                format!("{} {drawn}, {lost}, {}", PICTURES.text(lang), UNORDERED.text(lang));
            text.line(Colour::Plain, words);
            accepted(outcome, text, lang)
        })
    }

    /// The other two documents, each over a session of its own.
    fn holds_sessions(
        &self,
        story: &mut Story,
        wallet: &mut Wallet,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Json>, Failure> {
        let Context { lang, now, .. } = self.context;
        let sessions = SESSIONS.into_iter().map(|(purpose, scene)| {
            let counter = self.cast.counter(purpose, rng)?;
            story.tell(scene, |text| {
                let outcome = session::hold(&counter, wallet, scene.id, &self.place, now, rng)?;
                accepted(outcome, text, lang)
            })
        });
        sessions.collect()
    }

    /// That none of it is in the wallet's files.
    fn searches(&self, story: &mut Story) -> Result<(), Failure> {
        story.tell(FILES, |text| {
            let words = SEARCHED.text(self.context.lang);
            text.line(Colour::Plain, format!("{} {words}", self.place.search()?));
            Ok(())
        })
    }
}

/// What the reader has seen, told and in JSON. Anything but good documents is not the story.
fn accepted(outcome: Outcome, text: &mut Text, lang: Lang) -> Result<Json, Failure> {
    let reply = Reply::new(outcome, Basis::Purpose, Vec::new());
    if reply.standing() != Standing::Accepted {
        return Err(astray());
    }
    reply.head(text, lang);
    let values = reply.values(lang);
    let width = values.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, value) in &values {
        let (mut name, parts) = (name.as_str(), value.split(SEVERAL));
        for part in parts {
            text.row(2, std::mem::take(&mut name), width, part);
        }
    }
    Ok(reply.to_json(lang))
}

fn astray() -> Failure {
    Failure::refused(Error::DemoAstray, About::Whole)
}
