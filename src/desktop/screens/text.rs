//! Numbers and sentences.

/// How many words of a quote a row shows.
const QUOTE_WORDS: usize = 14;

/// Hundredths as whole points, rounded half up, 0 to 100.
pub(super) fn whole(hundredths: i32) -> u8 {
    u8::try_from((hundredths.clamp(0, 10_000) + 50) / 100).unwrap_or(100)
}

/// Hundredths with one place after the point, and none where it is 0.
pub(super) fn tenths(hundredths: i32) -> String {
    let tenths = (hundredths + 5) / 10;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

pub(super) fn few_words(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    if words.len() <= QUOTE_WORDS {
        return text.to_owned();
    }
    format!("{}\u{2026}", words[..QUOTE_WORDS].join(" ").trim_end_matches([',', '.', ':', ';']))
}

pub(super) fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// With a full stop, where it has no end of its own.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '\u{2026}', '\u{201d}']) { text.to_owned() } else { format!("{text}.") }
}
