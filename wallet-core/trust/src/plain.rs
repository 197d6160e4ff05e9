//! Names that somebody unknown has chosen, made fit to be shown.

/// The longest common name (RFC 5280, `ub-common-name`): a longer one would push the rest of a
/// consent off the screen.
const LONGEST: usize = 64;

/// A name as it can be shown: one line, of what is seen, read in one direction.
///
/// A certificate's name is chosen by whoever asks for it. Bidirectional controls would reverse the
/// words that stand beside it, line breaks would start a line of their own, and what is not seen
/// would make two names look alike. `None` where nothing is left.
pub fn plain_name(name: &str) -> Option<String> {
    let seen = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let seen: String = seen.filter(|c| !is_unseen(*c)).collect();
    let plain = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut kept: String = plain.chars().take(LONGEST).collect();
    if kept.len() < plain.len() {
        kept.push('…');
    }
    (!kept.is_empty()).then_some(kept)
}

/// Controls, formats (Unicode's category Cf, the bidirectional ones among them), fillers that are
/// drawn as nothing, variation selectors, private use and what is no character.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{ffff}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of everything that is drawn as nothing or turns what stands beside it: two names that
    /// look alike are the same name.
    #[test]
    fn nothing_unseen_stays_in_a_name() {
        let unseen = "\0\u{8}\u{e}\u{7f}\u{86}\u{9f}\u{ad}\u{34f}\u{600}\u{605}\u{61c}\u{6dd}\u{70f}\
            \u{890}\u{891}\u{8e2}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{180e}\u{180f}\u{200b}\u{200d}\
            \u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2060}\u{2064}\u{2066}\u{2069}\u{206f}\
            \u{2800}\u{3164}\u{e000}\u{f8ff}\u{fdd0}\u{fdef}\u{fe00}\u{fe0f}\u{feff}\u{ffa0}\u{fff0}\u{fff9}\
            \u{fffb}\u{fffe}\u{ffff}\u{110bd}\u{110cd}\u{13430}\u{1345f}\u{1bca0}\u{1bca3}\u{1d173}\u{1d17a}\
            \u{e0001}\u{e0020}\u{e007f}\u{e0100}\u{e01ef}\u{f0000}\u{10ffff}";
        for c in unseen.chars() {
            let name = format!("Ba{c}r");
            assert_eq!(plain_name(&name).as_deref(), Some("Bar"), "{c:?}");
            assert_eq!(plain_name(&c.to_string()), None, "{c:?}");
        }
        for c in
            "\u{85}\u{a0}\u{1680}\u{2000}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}".chars()
        {
            assert_eq!(plain_name(&format!("Ba{c}{c}r")).as_deref(), Some("Ba r"), "{c:?}");
        }
    }

    #[test]
    fn a_name_is_one_line_of_what_is_seen() {
        for (name, plain) in [
            ("Bar du Coin", Some("Bar du Coin")),
            ("Épicerie Łódź 東京", Some("Épicerie Łódź 東京")),
            ("  Bar\tdu\r\nCoin\u{2028}inscrit ", Some("Bar du Coin inscrit")),
            ("Bar\u{202e}eiruces\u{202c}", Some("Bareiruces")),
            ("\u{2066}Bar\u{2069}\u{200f}\u{61c}", Some("Bar")),
            ("Ba\u{200b}r\u{ad}\u{feff}\u{e0041}", Some("Bar")),
            ("\u{1b}[31mBar\u{7}\u{9b}", Some("[31mBar")),
            ("\u{3164}\u{2800}\u{115f}", None),
            (" \u{a0}\u{3000} ", None),
            ("", None),
        ] {
            assert_eq!(plain_name(name).as_deref(), plain, "{name:?}");
        }
        let long = plain_name(&"é".repeat(65)).unwrap();
        assert_eq!((long.chars().count(), long.ends_with('…')), (65, true));
        let longest = "é".repeat(64);
        assert_eq!(plain_name(&longest), Some(longest));
    }
}
