use std::path::Path;
use std::time::{Duration, Instant};

use coffret_catalogue::{Label, Lang};
use serde_json::{Value as Json, json};

use crate::error::Failure;
use crate::interrupt;
use crate::output::{Colour, Text, one_line};
use crate::progress::Progress;

/// A part of the story.
#[derive(Clone, Copy)]
pub(super) struct Scene {
    /// For programs.
    pub(super) id: &'static str,
    /// For people.
    pub(super) title: Label,
}

/// What was told so far, each scene with its time.
pub(super) struct Story {
    lang: Lang,
    progress: Progress,
    told: Vec<(Scene, Duration, Text)>,
}

const TITLE: Label = Label { fr: "Coffret, la démonstration", en: "Coffret, the demonstration" };
const INVENTED: Label = Label {
    fr: "Les personnes et les lieux sont inventés; la cryptographie est la vraie.",
    en: "The people and places are invented; the cryptography is real.",
};
const ALL: Label = Label { fr: "En tout, sans réseau", en: "In all, without a network" };
const KEPT: Label = Label {
    fr: "Images, messages et portefeuille sont dans",
    en: "Pictures, messages and wallet are in",
};

/// Columns of a scene's number and title; its time follows.
const WIDTH: usize = 76;

impl Story {
    /// From now on the person may stop it between two scenes, and what is temporary is removed all
    /// the same.
    pub(super) fn begin(lang: Lang) -> Story {
        interrupt::heed();
        Story { lang, progress: Progress::new(), told: Vec::new() }
    }

    /// A scene, by what happens in it.
    pub(super) fn tell<T>(
        &mut self,
        scene: Scene,
        happens: impl FnOnce(&mut Text) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        interrupt::check()?;
        self.progress.says(scene.title.text(self.lang));
        let (begun, mut text) = (Instant::now(), Text::default());
        let happened = happens(&mut text)?;
        self.told.push((scene, begun.elapsed(), text));
        Ok(happened)
    }

    /// The whole of it, for people and for programs.
    pub(super) fn end(self, kept: Option<&Path>) -> (Text, Json) {
        let lang = self.lang;
        let total = self.told.iter().map(|(_, elapsed, _)| *elapsed).sum();
        let steps = self.told.iter().map(|(scene, elapsed, _)| {
            json!({"step": scene.id, "milliseconds": elapsed.as_millis() as u64})
        });
        let steps = steps.collect();
        let mut text = Text::default();
        text.add(Colour::Strong, TITLE.text(lang))
            .line(Colour::Faint, format!("  {}", INVENTED.text(lang)));
        for (number, (scene, elapsed, told)) in self.told.into_iter().enumerate() {
            let title = scene.title.text(lang);
            let gap = " ".repeat(WIDTH.saturating_sub(title.chars().count() + 4));
            text.line(Colour::Plain, "")
                .add(Colour::Faint, format!("{:>2}  ", number + 1))
                .add(Colour::Strong, title)
                .line(Colour::Faint, format!("{gap}{:>10}", time(elapsed, lang)));
            text.append(told.indented(4));
        }
        let all = format!("{}\u{a0}: {}", ALL.text(lang), time(total, lang));
        text.line(Colour::Plain, "").line(Colour::Strong, all);
        if let Some(kept) = kept {
            let kept = format!("{} {}", KEPT.text(lang), kept.display());
            text.line(Colour::Plain, one_line(&kept));
        }
        (text, steps)
    }
}

/// `12 ms`, `1,2 s`
fn time(elapsed: Duration, lang: Lang) -> String {
    let milliseconds = elapsed.as_millis();
    if milliseconds < 1000 {
        return format!("{milliseconds}\u{a0}ms");
    }
    let point = if lang == Lang::French { ',' } else { '.' };
    format!("{}{point}{}\u{a0}s", milliseconds / 1000, milliseconds % 1000 / 100)
}
