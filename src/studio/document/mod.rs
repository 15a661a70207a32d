//! The text on the bench, and every state of it that can be gone back to.

mod history;

use std::ops::Range;
use std::sync::Arc;

use history::History;

/// Some bytes of the text, and what stands there instead from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In bytes, on borders of characters.
    pub range: Range<usize>,
    pub inserted: String,
}

impl Change {
    /// What makes `new` of `old`: one change, as small as can be. None where they are the same.
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let same = |(one, other): &(char, char)| one == other;
        let start: usize = old.chars().zip(new.chars()).take_while(same).map(|(sign, _)| sign.len_utf8()).sum();
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let back = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same);
        let end: usize = back.map(|(sign, _)| sign.len_utf8()).sum();
        let inserted = new_rest[..new_rest.len() - end].to_owned();
        Some(Self { range: start..old.len() - end, inserted })
    }

    /// Where a place of the old text is in the new one; within what was replaced, at its beginning.
    pub fn moved(&self, place: usize) -> usize {
        if place >= self.range.end {
            place - self.range.len() + self.inserted.len()
        } else {
            place.min(self.range.start)
        }
    }
}

/// A text that is being written.
#[derive(Debug)]
pub struct Document {
    name: String,
    text: Arc<str>,
    version: u64,
    history: History,
}

impl Document {
    pub fn new(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.into(), version: 0, history: History::default() }
    }

    /// What findings call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// It is called so from now on.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Another with every change of the text.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Makes a change. One that reaches beyond the text or cuts a character in two is not made.
    pub fn edit(&mut self, change: Change) {
        let Some(taken) = self.text.get(change.range.clone()) else { return };
        let reverse = Change {
            range: change.range.start..change.range.start + change.inserted.len(),
            inserted: taken.to_owned(),
        };
        self.make(&change);
        self.history.made(change, reverse);
    }

    /// Whether there is anything to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether anything was taken back that could be done again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes back the latest edit, and says where one would write on, in bytes.
    pub fn undo(&mut self) -> Option<usize> {
        let changes = self.history.undo()?;
        self.make_all(changes)
    }

    /// Does again what was taken back last, and says where one would write on, in bytes.
    pub fn redo(&mut self) -> Option<usize> {
        let changes = self.history.redo()?;
        self.make_all(changes)
    }

    fn make_all(&mut self, changes: Vec<Change>) -> Option<usize> {
        let mut place = None;
        for change in changes {
            self.make(&change);
            place = Some(change.range.start + change.inserted.len());
        }
        place
    }

    fn make(&mut self, change: &Change) {
        let mut text = String::with_capacity(self.text.len() + change.inserted.len());
        text.push_str(&self.text[..change.range.start]);
        text.push_str(&change.inserted);
        text.push_str(&self.text[change.range.end..]);
        self.text = text.into();
        self.version += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(document: &mut Document, at: usize, text: &str) {
        for (offset, sign) in text.char_indices() {
            document.edit(Change { range: at + offset..at + offset, inserted: sign.to_string() });
        }
    }

    #[test]
    fn a_word_that_was_typed_is_taken_back_as_one() {
        let mut document = Document::new("a.ron", "");
        typed(&mut document, 0, "listen well");
        assert_eq!(document.undo(), Some(7), "where the word stood");
        assert_eq!(&**document.text(), "listen ");
        assert_eq!(document.undo(), Some(0));
        assert_eq!(&**document.text(), "");
        assert!(!document.can_undo());
        assert_eq!(document.redo(), Some(7));
        assert_eq!(&**document.text(), "listen ");
    }

    #[test]
    fn what_was_taken_back_is_gone_once_something_else_is_written() {
        let mut document = Document::new("a.ron", "a");
        typed(&mut document, 1, "b");
        document.undo();
        typed(&mut document, 1, "c");
        assert!(!document.can_redo());
        assert_eq!(&**document.text(), "ac");
    }

    #[test]
    fn a_change_beyond_the_text_or_within_a_character_is_not_made() {
        let mut document = Document::new("a.ron", "é");
        for range in [1..1, 0..1, 3..3, 0..9] {
            document.edit(Change { range, inserted: "x".to_owned() });
        }
        assert_eq!((&**document.text(), document.version()), ("é", 0));
    }

    #[test]
    fn a_place_stays_at_its_words() {
        let change = Change { range: 2..4, inserted: "xyz".to_owned() };
        let moved: Vec<_> = (0..7).map(|place| change.moved(place)).collect();
        assert_eq!(moved, [0, 1, 2, 2, 5, 6, 7]);
    }

    proptest! {
        #[test]
        fn the_change_between_two_texts_makes_one_of_the_other(old in "[abé\n]{0,12}", new in "[abé\n]{0,12}") {
            let mut document = Document::new("a.ron", &old);
            if let Some(change) = Change::between(&old, &new) {
                document.edit(change);
            }
            prop_assert_eq!(&**document.text(), &new);
        }

        #[test]
        fn all_can_be_taken_back_and_done_again(texts in prop::collection::vec("[abé \n]{0,8}", 1..12)) {
            let mut document = Document::new("a.ron", "");
            for text in &texts {
                if let Some(change) = Change::between(document.text(), text) {
                    document.edit(change);
                }
            }
            let last = document.text().to_string();
            while document.undo().is_some() {}
            prop_assert_eq!(&**document.text(), "");
            while document.redo().is_some() {}
            prop_assert_eq!(&**document.text(), last);
        }
    }
}
