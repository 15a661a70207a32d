//! How wide a text is on a grid of cells, and where a long line goes on in the next row.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The width of a tab, as it is drawn.
const TAB: usize = 4;
/// No row is broken to fewer cells than these.
pub const LEAST: usize = 16;

/// The length in bytes of the first sign of a text as a person sees it; 0 of an empty one.
pub fn first(text: &str) -> usize {
    match text.as_bytes() {
        [] => 0,
        [one] | [one, 0..=0x7F, ..] if one.is_ascii() => 1,
        _ => text.graphemes(true).next().map_or(0, str::len),
    }
}

/// The length in bytes of the last sign of a text as a person sees it; 0 of an empty one.
pub fn last(text: &str) -> usize {
    match text.as_bytes() {
        [] => 0,
        [one] | [.., 0..=0x7F, one] if one.is_ascii() => 1,
        _ => text.graphemes(true).next_back().map_or(0, str::len),
    }
}

/// The signs of a text as a person sees them, each with the byte it begins at.
pub fn signs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let length = first(&text[at..]);
        let sign = (at, &text[at..at + length]);
        at += length;
        (length > 0).then_some(sign)
    })
}

/// How many cells a text takes.
pub fn cells(text: &str) -> usize {
    signs(text).map(|(_, sign)| wide(sign)).sum()
}

fn wide(sign: &str) -> usize {
    match sign {
        "\t" => TAB,
        _ if sign.is_ascii() => sign.len(),
        _ => sign.width(),
    }
}

/// The byte of a text that stands nearest to a cell.
pub fn at_cell(text: &str, cell: usize) -> usize {
    let mut cells = 0;
    for (at, sign) in signs(text) {
        let wide = wide(sign);
        if cells + wide.div_ceil(2) > cell {
            return at;
        }
        cells += wide;
    }
    text.len()
}

/// How many cells the further rows of a line are moved in: as far as the line itself and a little more, while that
/// leaves them at least half of the width.
pub fn indent(line: &str, columns: usize) -> usize {
    let own = line.len() - line.trim_start_matches(' ').len();
    (own + 2).min(columns / 2)
}

/// The bytes at which a line goes on in a further row of `columns` cells. A row ends behind a blank, where it has one.
pub fn breaks(line: &str, columns: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    // A line of so few bytes fits, unless there are tabs in it.
    if line.len() <= columns && !line.contains('\t') {
        return breaks;
    }
    let mut end = row_end(line, 0, columns);
    while end < line.len() {
        breaks.push(end);
        end = row_end(line, end, columns - indent(line, columns));
    }
    breaks
}

/// Where a row ends that begins at a byte. Blanks at its end may stand out.
fn row_end(line: &str, start: usize, columns: usize) -> usize {
    let mut filled = 0;
    let mut gap = None;
    let mut has_words = false;
    for (at, sign) in signs(&line[start..]) {
        let is_blank = sign.chars().all(char::is_whitespace);
        filled += wide(sign);
        if filled > columns && !is_blank && at > 0 {
            return start + gap.unwrap_or(at);
        }
        has_words |= !is_blank;
        if is_blank && has_words {
            gap = Some(at + sign.len());
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let breaks = breaks(line, 20);
        let starts = std::iter::once(0).chain(breaks.iter().copied());
        let ends = breaks.iter().copied().chain([line.len()]);
        let rows: Vec<_> = starts.zip(ends).map(|(start, end)| &line[start..end]).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_row_ends_behind_a_blank_where_there_is_one() {
        check("", &[""]);
        check("short", &["short"]);
        check("twenty cells are here", &["twenty cells are ", "here"]);
        check("    in: \"it goes on and on\"", &["    in: \"it goes on ", "and on\""]);
        check("0123456789012345678901234", &["01234567890123456789", "01234"]);
        check("éééééééééé ééééééééé ééé", &["éééééééééé ééééééééé ", "ééé"]);
        check("ああああああああああああ", &["ああああああああああ", "ああ"]);
    }

    #[test]
    fn a_sign_is_what_a_person_sees() {
        let family = "👨\u{200D}👩\u{200D}👧";
        assert_eq!((first(family), last(family)), (family.len(), family.len()));
        assert_eq!((first("e\u{301}a"), last("ae\u{301}")), (3, 3));
        assert_eq!((first(""), last("")), (0, 0));
        assert_eq!(cells("a\té"), 1 + TAB + 1);
        assert_eq!((at_cell("aébc", 2), at_cell("ab", 9), at_cell("ああ", 1)), (3, 2, 3));
    }

    proptest! {
        #[test]
        fn no_row_is_empty_and_none_is_too_wide(line in "[ a-cé“\tあ]{0,80}", columns in LEAST..60) {
            let mut start = 0;
            for end in breaks(&line, columns).into_iter().chain([line.len()]) {
                let row = &line[start..end];
                prop_assert!(end > start || line.is_empty());
                prop_assert!(cells(row.trim_end()) <= columns);
                start = end;
            }
        }
    }
}
