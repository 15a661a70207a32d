//! What is open at the beginning of each line, kept while the text is written.

use std::ops::Range;

use super::{Open, line};

/// How many lines back a line may stand that looked ahead as far as a change.
const BACK: usize = 64;

/// For every line of a text what is open at its beginning.
#[derive(Debug, Clone, Default)]
pub struct Opens {
    lines: Vec<At>,
}

#[derive(Debug, Clone, Copy, Default)]
struct At {
    open: Open,
    /// Whether the line looked at those behind it.
    looks_ahead: bool,
}

impl Opens {
    /// Reads a whole text. `lines`: how many it has; `range` gives each of them, without its line end.
    pub fn of(text: &str, lines: usize, range: impl Fn(usize) -> Range<usize>) -> Self {
        let mut opens = Self { lines: vec![At::default(); lines] };
        opens.read(text, 0, lines, range);
        opens
    }

    /// What is open where a line begins.
    pub fn at(&self, line: usize) -> Open {
        self.lines.get(line).map_or(Open::Nothing, |at| at.open)
    }

    /// The lines `old` became as many as `new` says, in a text that now has `range`s.
    pub fn changed(&mut self, text: &str, old: Range<usize>, new: usize, range: impl Fn(usize) -> Range<usize>) {
        let old = old.start.min(self.lines.len())..old.end.min(self.lines.len());
        let first = self.lines.get(old.start).copied().unwrap_or_default();
        self.lines.splice(old.clone(), std::iter::repeat_n(first, new));
        let back = old.start.saturating_sub(BACK);
        let from = (back..old.start).find(|line| self.lines[*line].looks_ahead).unwrap_or(old.start);
        self.read(text, from, old.start + new, range);
    }

    /// Reads from a line on: up to `sure`, and further until what is open is what was known to be.
    fn read(&mut self, text: &str, from: usize, sure: usize, range: impl Fn(usize) -> Range<usize>) {
        let mut open = self.at(from);
        for at in from..self.lines.len() {
            if at >= sure && self.lines[at].open == open {
                break;
            }
            let read = line(text, range(at), open);
            self.lines[at] = At { open, looks_ahead: read.looked_ahead };
            open = read.open;
        }
    }
}
