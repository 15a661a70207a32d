//! Every text of a scenario, once, with an id that outlives an edit: what translations, voice sheets and scripts are
//! made from.
//!
//! See `scenario-language`: "Every line of text has a stable id". How ids are made stands in `texts/id.rs`.

pub(in crate::scenario) mod id;
mod role;
mod walk;
pub mod written;

use crate::scenario::model::{Scenario, Speech};

pub use role::{Role, Voice};

/// One text of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'s> {
    /// `call/waited-in/says/rang-twice`; no other text of the scenario has it.
    pub id: String,
    pub role: Role,
    /// As a person reads them; of a spoken line with its marks, as an author writes them.
    pub words: String,
    /// Of a spoken line its phrases.
    pub speech: Option<&'s Speech>,
}

impl Text<'_> {
    /// Who says it.
    #[must_use]
    pub const fn voice(&self) -> Voice {
        self.role.voice()
    }
}

/// Every text of a scenario that people read or hear, in reading order.
///
/// What a text means never hangs on where it stands: a line, reply, tile or node more, anywhere, leaves all other ids
/// as they are. A text that stands twice in a list is one text. Not among them are the version, the licence, the
/// language and the author, who is a person, nor times, which Simmer reads and tells in words of its own.
#[must_use]
pub fn texts(scenario: &Scenario) -> Vec<Text<'_>> {
    walk::walk(scenario)
}

#[cfg(test)]
mod tests;
