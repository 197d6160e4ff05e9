use super::Sentence;
pub(super) const SENTENCES: &[Sentence] = &[];
