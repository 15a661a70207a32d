//! The bracket that belongs to the one at the caret.

use super::Editor;
use crate::studio::highlight::Ink;

/// How many lines are looked through for it.
const MOST_LINES: usize = 2000;

impl Editor {
    /// The bracket beside the caret and the one that belongs to it, as the bytes at which they stand. None where there
    /// is none beside it, or its other half is far away.
    pub fn brackets(&self) -> Option<[usize; 2]> {
        let caret = self.caret();
        let is_bracket =
            |byte: &usize| matches!(self.text.as_bytes().get(*byte), Some(b'(' | b')' | b'[' | b']' | b'{' | b'}'));
        let line = self.lines.line_at(caret);
        let beside = [Some(caret), caret.checked_sub(1)].into_iter().flatten();
        let at = beside.filter(is_bracket).find(|byte| self.brackets_of(line).contains(byte))?;
        let goes_on = matches!(self.text.as_bytes()[at], b'(' | b'[' | b'{');
        let mut depth = 0_usize;
        let count = self.lines.count();
        for step in 0..MOST_LINES {
            let line = if goes_on { Some(line + step).filter(|line| *line < count) } else { line.checked_sub(step) }?;
            let mut brackets = self.brackets_of(line);
            if !goes_on {
                brackets.reverse();
            }
            for byte in brackets.into_iter().filter(|byte| if goes_on { *byte >= at } else { *byte <= at }) {
                let opens = matches!(self.text.as_bytes()[byte], b'(' | b'[' | b'{');
                if opens == goes_on {
                    depth += 1;
                } else {
                    depth -= 1;
                }
                if depth == 0 {
                    return Some([at, byte]);
                }
            }
        }
        None
    }

    fn brackets_of(&self, line: usize) -> Vec<usize> {
        let stretches = self.stretches(line).into_iter();
        stretches.filter(|stretch| stretch.ink == Ink::Bracket).map(|stretch| stretch.range.start).collect()
    }
}
