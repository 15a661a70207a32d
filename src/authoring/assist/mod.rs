//! What an editor can ask of a scenario while it is written: what may come here, where a name is given and used, what
//! it is, and how a finding is mended.
//!
//! [`Assist`] is all of it. It takes a text in any state, half-written or broken, and speaks in bytes of that text; it
//! knows no protocol and no window. Whatever takes its time is found out when it is asked for: the names, from the shape
//! of the text alone, and the findings, by reading and linting it. What takes longer, [`Solving`] finds out on a thread
//! of its own.

mod complete;
mod fix;
mod hover;
mod names;
mod navigate;
mod rename;
mod solving;
mod tokens;

use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Span};
use crate::lint::{Tier, lint};
use crate::scenario::Scenario;
use crate::scenario::load::{Loaded, load};

pub use complete::{Completion, CompletionKind};
pub use fix::{Fix, mend};
pub use hover::Hover;
use names::Names;
pub use navigate::Symbol;
pub use rename::{Edit, NotRenamed};
pub use solving::{Known, Solving};
pub use tokens::{Token, TokenKind};

/// A scenario file as it stands, and what can be asked of it. All places are bytes of [`Assist::text`].
#[derive(Debug)]
pub struct Assist {
    text: String,
    names: OnceLock<Names>,
    loaded: OnceLock<Loaded>,
}

impl Assist {
    /// Takes a text and looks at nothing yet. A byte order mark is dropped and every line end becomes `\n`, so that all
    /// places agree with each other.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        Self { text, names: OnceLock::new(), loaded: OnceLock::new() }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Everything that is wrong with the text, as `simmer check` tells it without `--proof`, in its order.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.loaded().findings
    }

    /// The scenario; none while the text has errors.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.loaded().scenario.as_ref()
    }

    /// Everything that fits at a byte, the most fitting first. Nothing inside a remark, and where a name is given.
    pub fn complete(&self, byte: usize) -> Vec<Completion> {
        complete::complete(self, self.whole(byte))
    }

    /// Where the name at a byte is given. Several places where it is given twice, none where it is nowhere.
    pub fn definitions(&self, byte: usize) -> Vec<Span> {
        navigate::definitions(self.names(), byte)
    }

    /// Every place where the name at a byte is used.
    pub fn references(&self, byte: usize) -> Vec<Span> {
        navigate::references(self.names(), byte)
    }

    /// The name at a byte, if it is one that can be changed.
    pub fn renameable(&self, byte: usize) -> Result<Span, NotRenamed> {
        rename::renameable(self, byte)
    }

    /// What to write, and where, so that the thing whose name stands at a byte has another name. No two of the edits
    /// touch. Plans and recorded attempts, which name nodes and replies too, are files of their own.
    pub fn rename(&self, byte: usize, name: &str) -> Result<Vec<Edit>, NotRenamed> {
        rename::rename(self, byte, name)
    }

    /// What every word is, for showing it in colours: in their order, none within another.
    pub fn tokens(&self) -> Vec<Token> {
        tokens::tokens(&self.text, self.names())
    }

    /// Encounters, in them their nodes, in these their replies; endings, tiles and diary events beside the nodes.
    pub fn symbols(&self) -> Vec<Symbol> {
        navigate::symbols(&self.text, self.names())
    }

    /// What there is to say of the thing at a byte. `known` is what was found out about [`Assist::scenario`].
    pub fn hover(&self, byte: usize, known: Option<&Known>) -> Option<Hover> {
        hover::hover(self, known, self.whole(byte))
    }

    /// The mends of what is found in a stretch of the text, that need no thought.
    pub fn fixes(&self, within: Span) -> Vec<Fix<'_>> {
        fix::fixes(self, within)
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.text))
    }

    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let mut loaded = load("", self.text.as_bytes());
            lint(&mut loaded, Tier::Typing);
            loaded
        })
    }

    /// The start of the character that a byte is in; of one past the end, the end.
    fn whole(&self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte)
    }
}

#[cfg(test)]
mod tests;
