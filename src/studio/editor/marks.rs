//! Stretches of the text that stay with their words while it is written.

use std::ops::Range;

use crate::studio::document::Change;

/// Where a stretch of the text is after a change. What is written at its edge is no part of it; of what is written
/// over, the borders remain.
pub fn moved(range: Range<usize>, change: &Change) -> Range<usize> {
    let Change { range: taken, inserted } = change;
    let after = |byte: usize| byte + inserted.len() - taken.len();
    let start =
        if range.start >= taken.end { after(range.start) } else { range.start.min(taken.start + inserted.len()) };
    let is_place = range.is_empty();
    let end = if range.end > taken.end || (is_place && range.end == taken.end) {
        after(range.end)
    } else if range.end <= taken.start {
        range.end
    } else {
        taken.start + inserted.len()
    };
    start.min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: Range<usize>, taken: Range<usize>, inserted: &str, expected: Range<usize>) {
        assert_eq!(moved(range, &Change { range: taken, inserted: inserted.to_owned() }), expected);
    }

    #[test]
    fn a_stretch_stays_with_its_words() {
        check(4..8, 0..2, "", 2..6);
        check(4..8, 4..4, "ab", 6..10);
        check(4..8, 8..8, "ab", 4..8);
        check(4..8, 6..6, "ab", 4..10);
        check(4..8, 9..12, "ab", 4..8);
        check(4..8, 6..12, "ab", 4..8);
        check(4..8, 2..6, "", 2..4);
        check(4..8, 0..12, "a", 1..1);
        check(4..4, 4..4, "ab", 6..6);
        check(4..4, 2..4, "a", 3..3);
    }
}
