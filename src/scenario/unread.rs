//! What of a document could not be read, so that nobody judges what nobody has seen.
//!
//! Where a file has mistakes, `parse` reads the rest of it and stands in for what it could not read. `resolve` judges
//! that rest as far as it is certain: it blames nothing for what may stand in an unread part.

use std::collections::BTreeMap;

use crate::scenario::finding::Step;

/// The places of a document that could not be read, or not wholly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread(BTreeMap<Vec<Step>, Gap>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gap {
    /// Nothing of the value was read. Otherwise parts of it may be missing, but those that are there were read.
    whole: bool,
    /// What is missing may name a fact, a flag or the like. A number cannot.
    may_name: bool,
}

/// More than a file has in which anything is worth judging.
const MOST_GAPS: usize = 10_000;

impl Unread {
    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes a value of which nothing was read.
    pub(super) fn add_value(&mut self, path: &[Step], may_name: bool) {
        if self.has_room() {
            self.0.insert(path.to_vec(), Gap { whole: true, may_name });
        }
    }

    /// Notes a value of which parts may be missing.
    pub(super) fn add_parts(&mut self, path: &[Step], may_name: bool) {
        if self.has_room() {
            self.0.entry(path.to_vec()).or_insert(Gap { whole: false, may_name });
        }
    }

    /// Of a file with more gaps than anybody mends, nothing counts as read.
    fn has_room(&mut self) -> bool {
        if self.0.len() == MOST_GAPS {
            self.0 = BTreeMap::from([(Vec::new(), Gap { whole: true, may_name: true })]);
        }
        !self.0.first_key_value().is_some_and(|(path, gap)| path.is_empty() && gap.whole)
    }

    /// Whether the value at a path, or one around it, was not read, or whether parts of this very value may be missing.
    pub fn covers(&self, path: &[Step]) -> bool {
        let around = (0..path.len()).any(|length| self.0.get(&path[..length]).is_some_and(|gap| gap.whole));
        around || self.0.contains_key(path)
    }

    /// The same, or anything inside the value was not read.
    pub fn touches(&self, path: &[Step]) -> bool {
        self.covers(path) || self.within(path).next().is_some()
    }

    /// Whether a name of something else may stand in what was not read of the value at a path.
    pub fn hides_names_in(&self, path: &[Step]) -> bool {
        let around = (0..path.len()).any(|length| self.0.get(&path[..length]).is_some_and(|gap| gap.whole));
        around || self.within(path).any(|gap| gap.may_name)
    }

    /// The gaps at a path and below. They stand side by side, because a path comes directly before those it begins.
    fn within(&self, path: &[Step]) -> impl Iterator<Item = &Gap> {
        let from = self.0.range(path.to_vec()..);
        from.take_while(move |(gap, _)| gap.starts_with(path)).map(|(_, gap)| gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::finding::Path;

    fn unread() -> Unread {
        let mut unread = Unread::default();
        let top = Path::default();
        unread.add_value(&top.field("customer").field("mood").0, false);
        unread.add_parts(&top.field("facts").0, true);
        unread.add_value(&top.field("needs").key("cold").0, true);
        unread
    }

    fn check(path: &Path, covers: bool, touches: bool, hides_names: bool) {
        let unread = unread();
        let found = (unread.covers(&path.0), unread.touches(&path.0), unread.hides_names_in(&path.0));
        assert_eq!(found, (covers, touches, hides_names), "{path}");
    }

    #[test]
    fn a_gap_covers_what_is_in_it_and_touches_what_is_around_it() {
        let top = Path::default();
        check(&top, false, true, true);
        check(&top.field("customer"), false, true, false);
        check(&top.field("customer").field("mood"), true, true, false);
        check(&top.field("customer").field("mood").field("anger"), true, true, true);
        check(&top.field("customer").field("name"), false, false, false);
        check(&top.field("needs"), false, true, true);
        check(&top.field("needs").key("cold").field("text"), true, true, true);
        check(&top.field("needs").key("col"), false, false, false);
    }

    #[test]
    fn of_a_heap_of_gaps_nothing_counts_as_read() {
        let mut unread = Unread::default();
        let list = Path::default().field("record");
        for index in 0..=MOST_GAPS {
            assert!(!unread.covers(&Path::default().field("title").0), "{index}");
            unread.add_value(&list.index(index).0, true);
        }
        assert!(unread.covers(&Path::default().field("title").0));
        unread.add_value(&list.0, true);
        assert_eq!(unread.0.len(), 1);
    }

    #[test]
    fn what_is_there_of_a_list_with_missing_parts_was_read() {
        let top = Path::default();
        check(&top.field("facts"), true, true, true);
        check(&top.field("facts").key("stall"), false, false, false);
    }
}
