//! What is said on a consent: who asks, what is sent, and what to know before it is shared.

use crate::{Label, Lang};

/// What is to be said before something is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caution {
    /// Nothing justifies the request of a reader that nobody trusted knows.
    Unjustified,
    /// A reader that nobody trusted knows says that it keeps the photo.
    KeepsPortrait,
    /// The registry that says what a reader may ask for is past its next update.
    RegistryStale,
    /// The document has expired.
    Expired,
    /// The document is not valid yet.
    NotYetValid,
    /// The document is a specimen.
    Specimen,
    /// The photo was asked for and stays, while something else is sent: the reader may refuse that
    /// (ISO 18013-5 §7.2.1).
    PortraitWithheld,
}

impl Caution {
    /// All of them.
    pub const ALL: [Caution; 7] = [
        Caution::Unjustified,
        Caution::KeepsPortrait,
        Caution::RegistryStale,
        Caution::Expired,
        Caution::NotYetValid,
        Caution::Specimen,
        Caution::PortraitWithheld,
    ];

    /// In words.
    pub const fn label(self) -> Label {
        match self {
            Caution::Unjustified => Label {
                fr: "Rien ne justifie cette demande\u{a0}: rien n’est coché.",
                en: "Nothing justifies this request: nothing is ticked.",
            },
            Caution::KeepsPortrait => Label {
                fr: "Ce demandeur inconnu dit qu’il conservera votre photo.",
                en: "This unknown requester says that it will keep your photo.",
            },
            Caution::RegistryStale => Label {
                fr: "Le registre des demandeurs n’est plus à jour\u{a0}: ce qu’il dit de celui-ci a pu changer.",
                en: "The registry of requesters is out of date: what it says of this one may have changed.",
            },
            Caution::Expired => Label {
                fr: "Ce document est expiré\u{a0}: le demandeur peut le refuser.",
                en: "This document has expired: the requester may refuse it.",
            },
            Caution::NotYetValid => Label {
                fr: "Ce document n’est pas encore valide\u{a0}: le demandeur peut le refuser.",
                en: "This document is not valid yet: the requester may refuse it.",
            },
            Caution::Specimen => Label {
                fr: "Ce document est un SPÉCIMEN, sans valeur.",
                en: "This document is a SPECIMEN, without value.",
            },
            Caution::PortraitWithheld => Label {
                fr: "Sans la photo, le demandeur ne peut pas voir que ce document est le vôtre\u{a0}: il peut le refuser.",
                en: "Without the photo, the requester cannot see that this document is yours: it may refuse it.",
            },
        }
    }
}

/// Whether an element is the photo of the person, in any document type.
pub fn is_portrait(id: &str) -> bool {
    matches!(id, "portrait" | "portrait_small")
}

const STRANGER: Label = Label { fr: "Demandeur inconnu", en: "Unknown requester" };
const SELF_STYLED: Label = Label {
    fr: "Demandeur inconnu, qui se dit «\u{a0}{}\u{a0}»",
    en: "Unknown requester, which calls itself “{}”",
};
const SHOWN_BY: Label = Label { fr: "{}, montré par #", en: "{}, shown by #" };

/// What a reader that nobody trusted knows is called, with what it calls itself if it does. Its own
/// quotation marks would end the quotation, and let the rest be read as ours.
pub fn stranger(name: Option<&str>, lang: Lang) -> String {
    let Some(name) = name else { return STRANGER.text(lang).to_owned() };
    let unquoted =
        name.replace(['«', '»', '“', '”', '„', '‟', '"', '‹', '›', '＂', '〝', '〞', '〟'], "’");
    SELF_STYLED.text(lang).replace("{}", &unquoted)
}

/// What people call what is sent: the element asked for, and the one that answers it where that is
/// another: *18 ans et plus, montré par 21 ans et plus*.
pub fn sent(asked: &str, answer: &str, lang: Lang) -> String {
    if asked == answer {
        return asked.to_owned();
    }
    SHOWN_BY.text(lang).replace('#', answer).replace("{}", asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_s_name_is_quoted_and_does_not_end_its_quotation() {
        assert_eq!(stranger(None, Lang::French), "Demandeur inconnu");
        assert_eq!(
            stranger(Some("Bar du Coin"), Lang::French),
            "Demandeur inconnu, qui se dit «\u{a0}Bar du Coin\u{a0}»"
        );
        let forged = stranger(Some("Bar\u{a0}», inscrit au registre («"), Lang::French);
        assert_eq!(forged.matches(['«', '»']).count(), 2, "{forged}");
        let forged = stranger(Some("Bar”, in the registry (“"), Lang::English);
        assert_eq!(forged.matches(['“', '”']).count(), 2, "{forged}");
        for quote in "«»“”„‟\"‹›＂〝〞〟".chars() {
            for lang in [Lang::French, Lang::English] {
                assert_eq!(stranger(Some(&quote.to_string()), lang), stranger(Some("’"), lang));
            }
        }
    }

    #[test]
    fn what_is_sent_is_named_by_what_answers() {
        let said = |asked, answer| sent(asked, answer, Lang::French);
        assert_eq!(said("Prénom", "Prénom"), "Prénom");
        assert_eq!(
            said("18 ans et plus", "21 ans et plus"),
            "18 ans et plus, montré par 21 ans et plus"
        );
    }
}
