//! Where a sentence ends, and how a lapse is written.

use crate::scenario::model::Lapse;

/// The shortest and the longest lapse an author can write, in milliseconds.
const LAPSE_MILLIS: std::ops::RangeInclusive<u32> = 200..=20_000;

/// The lapse of `||` and what directly follows it.
pub(super) fn read_lapse(number: &str) -> Option<Lapse> {
    if number.is_empty() {
        return Some(Lapse::Seeded);
    }
    let (whole, part) = number.split_once('.')?;
    let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, 1..=2) || !digits(part, 1..=2) {
        return None;
    }
    let part_millis = part.parse::<u32>().ok()? * if part.len() == 1 { 100 } else { 10 };
    let millis = whole.parse::<u32>().ok()? * 1000 + part_millis;
    LAPSE_MILLIS.contains(&millis).then_some(Lapse::Millis(millis))
}

/// Whether the byte before `at` belongs to a word, so that a `!` here ends that word.
pub(super) fn follows_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|before| {
        !before.is_whitespace()
            && !matches!(before, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | ')' | '}' | ']' | '~' | '|')
    })
}

/// What stands inside a word, or behind it without ending a sentence.
pub(super) const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b',' | b';' | b':' | b'\'' | b'-')
}

/// The length of the sentence end that the text begins with.
pub(super) fn terminator(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'.' | b'!' | b'?', ..] => Some(1),
        _ if text.starts_with('…') => Some('…'.len_utf8()),
        _ => None,
    }
}

/// The length of the closing quote or bracket that the text begins with.
pub(super) fn closer(text: &str) -> Option<usize> {
    text.chars().next().filter(|first| matches!(first, '"' | '\'' | '”' | '’' | '»' | ')')).map(char::len_utf8)
}

/// Whether the full stop at `stop` belongs to an abbreviation. `start` is where the word begins, `end` where its
/// punctuation ends.
pub(super) fn abbreviates(text: &str, start: usize, stop: usize, end: usize) -> bool {
    if &text[stop..end] != "." {
        return false;
    }
    let word = text[start..stop].trim_start_matches(|first: char| !first.is_alphanumeric());
    if matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "Rev" | "St" | "vs" | "e.g" | "i.e") {
        return true;
    }
    // "No." is also an answer.
    let before_number = matches!(word, "no" | "No" | "nos" | "Nos" | "ext" | "Ext" | "approx");
    before_number && text[end..].trim_start().starts_with(|next: char| next.is_ascii_digit())
}
