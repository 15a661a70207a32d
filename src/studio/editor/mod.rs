//! The text as it stands under a trainer’s hands: a copy of the document that never waits for it.
//!
//! Whatever is typed changes the copy at once and is kept as [`Change`]s, which are passed on to the document
//! ([`Editor::take_changes`]). When the document comes back ([`Editor::agree`]) it is as it was passed on, or it has been
//! changed from elsewhere: by taking back, by laying out, by another program. Then the document’s text holds.
//!
//! Places are bytes, on borders of what a person sees as one sign. There is no window here: columns are cells, and rows
//! are lines that were broken to fit.

pub mod cells;
pub mod find;
mod lines;
mod marks;
mod moves;
mod pairs;
#[cfg(test)]
mod tests;
mod typing;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::document::Change;
use super::highlight::{self, Opens, Stretch};
pub use lines::Lines;
pub use marks::moved;
pub use moves::Move;

/// How often the document may come back unchanged, while something was passed on to it, before it is taken at its word.
const PATIENCE: u8 = 3;
/// How many changes are kept to move marks by that were made of an older text.
const JOURNAL: usize = 4096;

/// What is selected, from where it was begun to where the caret is. Nothing is where both are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    pub anchor: usize,
    pub caret: usize,
}

impl Selection {
    pub const fn at(caret: usize) -> Self {
        Self { anchor: caret, caret }
    }

    pub fn range(self) -> Range<usize> {
        self.anchor.min(self.caret)..self.anchor.max(self.caret)
    }

    pub const fn is_empty(self) -> bool {
        self.anchor == self.caret
    }
}

/// The text, its lines, the caret.
#[derive(Debug, Clone)]
pub struct Editor {
    text: String,
    lines: Lines,
    opens: Opens,
    selection: Selection,
    /// The column in cells that going up and down keeps to.
    goal: Option<usize>,
    /// Closing signs that were written by themselves, and are passed over when they are typed.
    closers: Vec<usize>,
    /// Made here and not yet passed on.
    fresh: Vec<Change>,
    /// The version of the document once everything that was passed on has come to it.
    version: u64,
    /// The changes of late, each with the version of the document that it led to.
    journal: VecDeque<(u64, Change)>,
    /// The document as it came back last.
    seen: (Arc<str>, u64),
    waited: u8,
}

impl Default for Editor {
    fn default() -> Self {
        Self::of(&Arc::from(""), 0)
    }
}

impl Editor {
    /// A copy of a document, the caret at its beginning.
    pub fn of(text: &Arc<str>, version: u64) -> Self {
        let lines = Lines::of(text, 80);
        let opens = Opens::of(text, lines.count(), |line| lines.range(line));
        Self {
            text: text.to_string(),
            lines,
            opens,
            selection: Selection::default(),
            goal: None,
            closers: Vec::new(),
            fresh: Vec::new(),
            version,
            journal: VecDeque::new(),
            seen: (Arc::clone(text), version),
            waited: 0,
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The version of the document that this is, or will be.
    pub fn version(&self) -> u64 {
        self.version + self.fresh.len() as u64
    }

    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    pub fn selection(&self) -> Selection {
        self.selection
    }

    pub fn caret(&self) -> usize {
        self.selection.caret
    }

    /// The text that is selected.
    pub fn selected(&self) -> &str {
        &self.text[self.selection.range()]
    }

    /// What is what in a line.
    pub fn stretches(&self, line: usize) -> Vec<Stretch> {
        highlight::line(&self.text, self.lines.range(line), self.opens.at(line)).stretches
    }

    /// Breaks lines at so many cells.
    pub fn set_columns(&mut self, columns: usize) {
        self.lines.set_columns(&self.text, columns);
    }

    /// What was done since this was asked last, in its order, for the document.
    pub fn take_changes(&mut self) -> Vec<Change> {
        for change in &self.fresh {
            self.version += 1;
            self.journal.push_back((self.version, change.clone()));
        }
        let surplus = self.journal.len().saturating_sub(JOURNAL);
        self.journal.drain(..surplus);
        std::mem::take(&mut self.fresh)
    }

    /// The document as it is now. Says whether it was changed from elsewhere, so that this became another text; the
    /// caret then stays where it was in the words around it.
    pub fn agree(&mut self, text: &Arc<str>, version: u64) -> bool {
        let is_news = version != self.seen.1 || !Arc::ptr_eq(text, &self.seen.0);
        let is_behind = version < self.version;
        if is_news {
            let went_back = version < self.seen.1;
            self.seen = (Arc::clone(text), version);
            self.waited = 0;
            // What was passed on is still on its way.
            if is_behind && !went_back {
                return false;
            }
        } else {
            if !is_behind {
                return false;
            }
            self.waited += 1;
            if self.waited < PATIENCE {
                return false;
            }
            self.waited = 0;
        }
        let change = between(&self.text, text);
        self.version = version;
        self.fresh.clear();
        let Some(change) = change else { return false };
        self.make(&change);
        self.journal.push_back((version, change));
        true
    }

    /// Where a stretch of the document, as it was at a version, is now.
    pub fn today(&self, version: u64, range: Range<usize>) -> Range<usize> {
        let since = self.journal.iter().filter(|(led_to, _)| *led_to > version).map(|(_, change)| change);
        let range = since.chain(&self.fresh).fold(range, moved);
        let whole = |byte: usize| self.text.floor_char_boundary(byte);
        whole(range.start)..whole(range.end)
    }

    /// Writes `inserted` instead of a stretch of the text, as one step. The caret goes behind it.
    pub fn replace(&mut self, range: Range<usize>, inserted: &str) {
        let caret = range.start + inserted.len();
        self.write(range, inserted, Selection::at(caret));
    }

    /// Selects something, the caret at its end.
    pub fn select(&mut self, selection: Selection) {
        self.selection = Selection { anchor: self.border(selection.anchor), caret: self.border(selection.caret) };
        self.goal = None;
        let line = self.lines.range(self.lines.line_at(self.selection.caret));
        self.closers.retain(|closer| line.contains(closer));
    }

    /// The one way in which something is written here. A stretch that is no stretch of the text is left alone.
    fn write(&mut self, range: Range<usize>, inserted: &str, selection: Selection) {
        let Some(taken) = self.text.get(range.clone()) else { return };
        let inserted = if inserted.contains('\r') {
            inserted.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            inserted.to_owned()
        };
        if taken == inserted {
            self.select(selection);
            return;
        }
        let change = Change { range, inserted };
        self.make(&change);
        self.fresh.push(change);
        self.select(selection);
    }

    fn make(&mut self, change: &Change) {
        let Change { range, inserted } = change;
        self.text.replace_range(range.clone(), inserted);
        let (old, now) = self.lines.changed(&self.text, range, inserted.len());
        let lines = &self.lines;
        self.opens.changed(&self.text, old, now, |line| lines.range(line));
        for closer in &mut self.closers {
            *closer = moved(*closer..*closer + 1, change).start;
        }
        let at = |byte: usize| moved(byte..byte, change).end;
        self.selection = Selection { anchor: at(self.selection.anchor), caret: at(self.selection.caret) };
        self.goal = None;
    }
}

/// What makes `new` of `old`, looked for by bytes: both may be large, and differ in little.
fn between(old: &str, new: &str) -> Option<Change> {
    if old == new {
        return None;
    }
    let same = |(one, other): &(&u8, &u8)| one == other;
    let start = old.as_bytes().iter().zip(new.as_bytes()).take_while(same).count();
    let start = old.floor_char_boundary(start);
    let (old_rest, new_rest) = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let mut end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    while !old.is_char_boundary(old.len() - end) {
        end -= 1;
    }
    Some(Change { range: start..old.len() - end, inserted: new[start..new.len() - end].to_owned() })
}
