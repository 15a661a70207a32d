//! Texts in quotes: what they say, and where in the file each part of it stands.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Span;

/// A mistake after a backslash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadEscape {
    pub(super) span: Span,
}

/// What a text in quotes says, with its escapes read. A bad escape stands for nothing.
pub(super) fn content(source: &str, span: Span) -> Cow<'_, str> {
    let (inner, raw) = inside(source, span);
    let written = &source[inner.range()];
    if raw || !written.contains('\\') {
        return Cow::Borrowed(written);
    }
    Cow::Owned(pieces(source, inner).filter_map(|(character, _)| character.ok()).collect())
}

/// The bad escapes of a text in quotes.
pub(super) fn bad_escapes(source: &str, span: Span) -> Vec<BadEscape> {
    let (inner, raw) = inside(source, span);
    if raw || !source[inner.range()].contains('\\') {
        return Vec::new();
    }
    pieces(source, inner).filter_map(|(character, _)| character.err()).collect()
}

/// The characters of a text in quotes that are written by an escape, each with its escape.
pub(super) fn escapes(source: &str, span: Span) -> impl Iterator<Item = (char, Span)> + '_ {
    let (inner, raw) = inside(source, span);
    let pieces = (!raw && source[inner.range()].contains('\\')).then(|| pieces(source, inner));
    let escapes = pieces.into_iter().flatten().filter(|(_, span)| source[span.range()].starts_with('\\'));
    escapes.filter_map(|(character, span)| character.ok().map(|character| (character, span)))
}

/// Where in the file some bytes of a text's content stand. What lies past its end counts as the end.
pub(super) fn place(source: &str, span: Span, part: Range<usize>) -> Span {
    let (inner, raw) = inside(source, span);
    if raw || !source[inner.range()].contains('\\') {
        let clip = |at: usize| source.floor_char_boundary((inner.start + at).min(inner.end));
        return Span::new(clip(part.start), clip(part.end.max(part.start)));
    }
    let mut place = Span::point(inner.end);
    let mut offset = 0;
    for (character, written) in pieces(source, inner) {
        let Ok(character) = character else { continue };
        let next = offset + character.len_utf8();
        if offset <= part.start && part.start < next {
            place = Span::point(written.start);
        }
        if offset < part.end && part.start < part.end && place.start != inner.end {
            place.end = written.end;
        }
        offset = next;
    }
    place
}

/// The span between the quotes, and whether the text is raw: `r"..."`, `r#"..."#`.
fn inside(source: &str, span: Span) -> (Span, bool) {
    let written = &source[span.range()];
    if let Some(rest) = written.strip_prefix('r') {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        return (Span::new(span.start + hashes + 2, (span.end - hashes - 1).max(span.start + hashes + 2)), true);
    }
    (Span::new(span.start + 1, (span.end - 1).max(span.start + 1)), false)
}

/// The characters of a text, each with the place where it is written.
fn pieces(source: &str, inner: Span) -> impl Iterator<Item = (Result<char, BadEscape>, Span)> + '_ {
    let mut at = inner.start;
    std::iter::from_fn(move || {
        loop {
            let rest = &source[at..inner.end];
            let character = rest.chars().next()?;
            let start = at;
            if character != '\\' {
                at += character.len_utf8();
                return Some((Ok(character), Span::new(start, at)));
            }
            if let Some(continued) = rest.strip_prefix("\\\n") {
                at = inner.end - continued.trim_start_matches([' ', '\t', '\n']).len();
                continue;
            }
            let (read, length) = escape(rest);
            at += length;
            let span = Span::new(start, at);
            return Some((read.ok_or(BadEscape { span }), span));
        }
    })
}

/// The character that an escape stands for, and the escape's length in bytes; `None` if there is no such escape.
fn escape(rest: &str) -> (Option<char>, usize) {
    let Some(letter) = rest[1..].chars().next() else { return (None, 1) };
    let simple = match letter {
        '\'' | '"' | '\\' => Some(letter),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        _ => None,
    };
    if simple.is_some() {
        return (simple, 2);
    }
    match letter {
        'x' => byte_escapes(rest),
        'u' => {
            let digits = rest[2..].strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(digits, _)| digits);
            let read = digits
                .filter(|digits| digits.len() <= 6)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                .and_then(char::from_u32);
            match (read, digits) {
                (Some(_), Some(digits)) => (read, digits.len() + 4),
                _ => (None, 2),
            }
        }
        _ => (None, 1 + letter.len_utf8()),
    }
}

/// `\xNN`, up to four of which make one character in UTF-8.
fn byte_escapes(rest: &str) -> (Option<char>, usize) {
    let mut bytes = Vec::with_capacity(4);
    for escape in rest.as_bytes().chunks(4).take(4) {
        let [b'\\', b'x', digits @ ..] = escape else { break };
        let Some(byte) = str::from_utf8(digits).ok().filter(|digits| digits.len() == 2) else { break };
        let Ok(byte) = u8::from_str_radix(byte, 16) else { break };
        bytes.push(byte);
        if let Some(character) = str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            return (Some(character), bytes.len() * 4);
        }
    }
    (None, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, says: &str) {
        let span = Span::new(0, written.len());
        assert_eq!(content(written, span), says);
        assert_eq!(ron::from_str::<String>(written).unwrap(), says, "and so reads `ron`");
    }

    #[test]
    fn a_text_says_what_ron_reads() {
        check(r#""plain""#, "plain");
        check(r#""a \"b\" \\ \n\t\'\u{e9}\x41\xc3\xa9""#, "a \"b\" \\ \n\t'éAé");
        check("\"one \\\n   two\"", "one two");
        check(r##"r#"raw "\n"#"##, r#"raw "\n"#);
        check(r#""""#, "");
    }

    #[test]
    fn a_part_of_the_content_is_found_where_it_is_written() {
        let written = r#"  "a\"b\u{e9}c""#;
        let span = Span::new(2, written.len());
        let find = |part: Range<usize>| &written[place(written, span, part).range()];
        assert_eq!(find(0..1), "a");
        assert_eq!(find(1..2), r#"\""#);
        assert_eq!(find(2..3), "b");
        assert_eq!(find(3..5), r"\u{e9}");
        assert_eq!(find(5..6), "c");
        assert_eq!(find(1..6), r#"\"b\u{e9}c"#);
        assert_eq!(find(2..2), "");
        assert_eq!(place(written, span, 50..60), Span::point(written.len() - 1));
    }

    #[test]
    fn bad_escapes_have_their_place() {
        let written = r#""a\qb\u{zz}\x4""#;
        let spans: Vec<_> = bad_escapes(written, Span::new(0, written.len()))
            .into_iter()
            .map(|bad| &written[bad.span.range()])
            .collect();
        assert_eq!(spans, [r"\q", r"\u", r"\x"]);
    }
}
