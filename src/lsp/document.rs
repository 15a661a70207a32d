//! An open file: its text, and what is known of it so far.

use std::cell::OnceCell;

use super::names::Names;
use super::position::Text;
use crate::lint::{Tier, lint};
use crate::scenario::load::{Loaded, load};

#[derive(Debug)]
pub(super) struct Document {
    /// As a person would name it.
    pub(super) name: String,
    pub(super) text: Text,
    /// The editor’s count of its changes.
    pub(super) version: i32,
    /// It is a scenario, not a plan or a list of inputs.
    pub(super) is_scenario: bool,
    /// Its lines end in `\r\n`.
    pub(super) has_carriage_returns: bool,
    loaded: OnceCell<Loaded>,
    names: OnceCell<Names>,
}

impl Document {
    pub(super) fn new(name: String, text: Text, version: i32, is_scenario: bool, has_carriage_returns: bool) -> Self {
        Self { name, text, version, is_scenario, has_carriage_returns, loaded: OnceCell::new(), names: OnceCell::new() }
    }

    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        Self::new("test.ron".to_owned(), Text::new(text, super::position::Encoding::Utf16), 0, true, false)
    }

    /// Takes another text. What was known of the old one is forgotten.
    pub(super) fn change(&mut self, text: Text, version: i32) {
        self.text = text;
        self.version = version;
        self.loaded = OnceCell::new();
        self.names = OnceCell::new();
    }

    pub(super) fn source(&self) -> &str {
        self.text.as_str()
    }

    /// The file, read and looked at.
    pub(super) fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let mut loaded = load(&self.name, self.source().as_bytes());
            lint(&mut loaded, Tier::Typing);
            loaded
        })
    }

    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self.source()))
    }
}
