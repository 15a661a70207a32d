//! What was written, in steps that a person would call one: a word that was typed, a word that was rubbed out.

use super::Change;

/// Steps that can be taken back, and steps that can be done again.
#[derive(Debug, Default)]
pub(super) struct History {
    made: Vec<Step>,
    taken_back: Vec<Step>,
}

/// Changes that belong together, each with what undoes it.
#[derive(Debug)]
struct Step {
    changes: Vec<(Change, Change)>,
}

impl History {
    pub(super) fn made(&mut self, change: Change, reverse: Change) {
        self.taken_back.clear();
        match self.made.last_mut() {
            Some(step) if step.goes_on_with(&change) => step.changes.push((change, reverse)),
            _ => self.made.push(Step { changes: vec![(change, reverse)] }),
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.made.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.taken_back.is_empty()
    }

    /// The changes that take back the latest step.
    pub(super) fn undo(&mut self) -> Option<Vec<Change>> {
        let step = self.made.pop()?;
        let changes = step.changes.iter().rev().map(|(_, reverse)| reverse.clone()).collect();
        self.taken_back.push(step);
        Some(changes)
    }

    /// The changes that do the step again which was taken back last.
    pub(super) fn redo(&mut self) -> Option<Vec<Change>> {
        let step = self.taken_back.pop()?;
        let changes = step.changes.iter().map(|(change, _)| change.clone()).collect();
        self.made.push(step);
        Some(changes)
    }
}

impl Step {
    /// A sign typed right behind the last one, within the same word; or one rubbed out right before or behind.
    fn goes_on_with(&self, change: &Change) -> bool {
        let Some((last, _)) = self.changes.last() else { return false };
        let is_typing = |change: &Change| change.range.is_empty() && change.inserted.chars().count() == 1;
        let is_rubbing = |change: &Change| change.inserted.is_empty() && !change.range.is_empty();
        if is_typing(last) && is_typing(change) {
            let begins_a_word = last.inserted.ends_with(char::is_whitespace) && !change.inserted.ends_with(' ');
            return change.range.start == last.range.start + last.inserted.len() && !begins_a_word;
        }
        is_rubbing(last)
            && is_rubbing(change)
            && (change.range.end == last.range.start || change.range.start == last.range.start)
    }
}
