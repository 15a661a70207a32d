//! Looking for words in a text, and replacing them.

use std::ops::Range;

use crate::studio::document::Change;

/// No more places are found than these.
pub const MOST: usize = 100_000;

/// Every place of some words, in their order, none over another. Upper and lower case are the same where they are
/// letters of English, unless `exact`.
pub fn places(text: &str, words: &str, exact: bool) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    if exact {
        return text.match_indices(words).take(MOST).map(|(at, found)| at..at + found.len()).collect();
    }
    let (bytes, words) = (text.as_bytes(), words.as_bytes());
    let (low, high) = (words[0].to_ascii_lowercase(), words[0].to_ascii_uppercase());
    let mut places = Vec::new();
    let mut at = 0;
    while at + words.len() <= bytes.len() && places.len() < MOST {
        let first = bytes[at];
        if (first == low || first == high) && bytes[at..at + words.len()].eq_ignore_ascii_case(words) {
            places.push(at..at + words.len());
            at += words.len();
        } else {
            at += 1;
        }
    }
    places
}

/// The one change that writes `by` in all these places. None where there are none.
pub fn replace_all(text: &str, places: &[Range<usize>], by: &str) -> Option<Change> {
    let (first, last) = (places.first()?, places.last()?);
    let mut inserted = String::new();
    let mut end = first.start;
    for place in places {
        inserted.push_str(&text[end..place.start]);
        inserted.push_str(by);
        end = place.end;
    }
    Some(Change { range: first.start..last.end, inserted })
}

/// The place to go to from a byte: the first that begins there or behind it, else the first of all.
pub fn next(places: &[Range<usize>], from: usize) -> Option<usize> {
    let at = places.partition_point(|place| place.start < from);
    if at < places.len() { Some(at) } else { (!places.is_empty()).then_some(0) }
}

/// The place to go back to from a byte: the last that begins before it, else the last of all.
pub fn previous(places: &[Range<usize>], from: usize) -> Option<usize> {
    let at = places.partition_point(|place| place.start < from);
    if at > 0 { Some(at - 1) } else { places.len().checked_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_either_case_or_exactly() {
        assert_eq!(places("To to tO tot", "to", false), [0..2, 3..5, 6..8, 9..11]);
        assert_eq!(places("To to tO tot", "to", true), [3..5, 9..11]);
        assert_eq!(places("Éé é", "é", false), [2..4, 5..7]);
        assert_eq!(places("aaa", "aa", false), vec![0..2]);
        assert!(places("a", "", false).is_empty() && places("a", "ab", false).is_empty());
    }

    #[test]
    fn one_goes_round_the_end() {
        let found = places("to be to", "to", false);
        assert_eq!([next(&found, 0), next(&found, 1), next(&found, 7)], [Some(0), Some(1), Some(0)]);
        assert_eq!([previous(&found, 0), previous(&found, 6), previous(&found, 9)], [Some(1), Some(0), Some(1)]);
        assert_eq!((next(&[], 0), previous(&[], 0)), (None, None));
    }

    #[test]
    fn all_are_replaced_at_once() {
        let text = "a to b to c";
        let change = replace_all(text, &places(text, "to", false), "from").expect("there are two");
        assert_eq!((change.range, &*change.inserted), (2..9, "from b from"));
        assert_eq!(replace_all(text, &[], "x"), None);
    }
}
