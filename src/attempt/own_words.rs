//! What a person said about a run of theirs: a guess, their own scores, why the customer reacted as they did.
//!
//! An attempt is handed on, to a trainer or a board; these words are for the one who wrote them. So they stand in a file
//! of their own, and nothing of them is hashed or scored.

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

use crate::scenario::vocabulary::Outcome;

/// The version that such files are written in today.
const CURRENT: u32 = 1;

/// What a person said about one run. Fields that are missing are empty, and unknown ones are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnWords {
    /// How the customer left, as they guessed before they saw the score.
    pub left: Option<Outcome>,
    /// Their own five scores, 0 to 100, by [`Skill::index`](crate::scenario::vocabulary::Skill::index).
    pub skills: Option<[u8; 5]>,
    pub reasons: Vec<Reason>,
}

/// Why the customer reacted so at a turn, in the person's own sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The first is 0.
    pub encounter: u16,
    /// The first of the encounter is 1.
    pub turn: u8,
    pub text: String,
}

impl OwnWords {
    /// The sentence on this turn.
    pub fn reason(&self, encounter: u16, turn: u8) -> Option<&str> {
        let here = |reason: &&Reason| (reason.encounter, reason.turn) == (encounter, turn);
        self.reasons.iter().find(here).map(|reason| &*reason.text)
    }

    /// Keeps a sentence in place of the one before it on the same turn.
    pub fn explain(&mut self, reason: Reason) {
        self.reasons.retain(|old| (old.encounter, old.turn) != (reason.encounter, reason.turn));
        self.reasons.push(reason);
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    words: T,
}

/// Reads the version and passes over all else.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// The file of such words.
///
/// # Panics
/// Never: they are made of what RON can write.
pub(super) fn write(words: &OwnWords) -> String {
    let document = Versioned { format: CURRENT, words };
    let pretty = ron::ser::PrettyConfig::new().new_line("\n");
    let mut text = options().to_string_pretty(&document, pretty).expect("words have nothing that RON cannot write");
    text.push('\n');
    text
}

/// Reads such a file, or says why not.
pub(super) fn read(text: &str) -> Result<OwnWords, String> {
    let Head { format } = options().from_str(text).map_err(|error| error.to_string())?;
    if format > CURRENT {
        return Err(format!("it is of format {format}, and this Simmer knows up to {CURRENT}"));
    }
    options().from_str::<Versioned<OwnWords>>(text).map(|document| document.words).map_err(|error| error.to_string())
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut words = OwnWords { left: Some(Outcome::Pacified), skills: Some([50; 5]), reasons: Vec::new() };
        words.explain(Reason { encounter: 0, turn: 8, text: "It was about me".to_owned() });
        words.explain(Reason { encounter: 0, turn: 8, text: "It was \"about\" me\n…".to_owned() });
        assert_eq!(read(&write(&words)), Ok(words.clone()));
        assert_eq!(words.reason(0, 8), Some("It was \"about\" me\n…"));
        assert_eq!(words.reason(1, 8), None);
    }

    #[test]
    fn an_older_file_loads_and_a_newer_one_is_told() {
        let words = read("(format: 1, words: (reasons: [(encounter: 0, turn: 2, text: \"so\")]))").unwrap();
        assert_eq!(words.reason(0, 2), Some("so"));
        assert_eq!(read("(format: 1, words: (teapot: true))"), Ok(OwnWords::default()));
        assert!(read("(format: 2, sentences: [])").unwrap_err().contains("up to 1"));
        assert!(read("nothing").is_err());
    }
}
