//! What an author writes: the scenario language, from text to a resolved [`Scenario`].
//!
//! text → [`parse`] → [`mod@format`] document → [`resolve`] → [`Scenario`], with every finding on the way.

pub mod brief;
pub mod calendar;
pub mod finding;
pub mod format;
pub mod hash;
pub mod id;
pub mod in_words;
pub mod language;
pub mod load;
pub mod model;
pub mod name;
pub mod parse;
pub(crate) mod quote;
pub mod range;
pub mod resolve;
pub mod seat;
pub mod speech;
pub mod texts;
pub mod translation;
pub mod unread;
pub mod vocabulary;

pub use model::{Encounter, Node, Reply, Scenario};
pub use texts::texts;
