//! An open file: its text as the editor counts it, and what can be asked of it.

use super::position::Text;
use crate::authoring::assist::Assist;

#[derive(Debug)]
pub(super) struct Document {
    /// As a person would name it.
    pub(super) name: String,
    pub(super) text: Text,
    /// The editor’s count of its changes.
    pub(super) version: i32,
    /// None for a plan or a list of inputs, of which nothing can be asked.
    pub(super) assist: Option<Assist>,
    /// Its lines end in `\r\n`.
    pub(super) has_carriage_returns: bool,
}

impl Document {
    pub(super) fn new(name: String, text: Text, version: i32, is_scenario: bool, has_carriage_returns: bool) -> Self {
        let assist = is_scenario.then(|| Assist::of(text.as_str()));
        Self { name, text, version, assist, has_carriage_returns }
    }

    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        Self::new("test.ron".to_owned(), Text::new(text, super::position::Encoding::Utf16), 0, true, false)
    }

    /// Takes another text. What was known of the old one is forgotten.
    pub(super) fn change(&mut self, text: Text, version: i32) {
        self.assist = self.assist.is_some().then(|| Assist::of(text.as_str()));
        self.text = text;
        self.version = version;
    }

    pub(super) fn source(&self) -> &str {
        self.text.as_str()
    }
}
