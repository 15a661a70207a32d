//! What is wrong with a list of inputs, in words that do not presume to know RON.

use ron::error::{Position, SpannedError};

use super::spelling::words;
use crate::diagnostic::{Diagnostic, Place, SourceFile, Span, did_you_mean, nearest};

/// What `ron` came to a stop at.
pub(super) fn finding(source: &SourceFile, error: &SpannedError) -> Diagnostic {
    use ron::Error;

    let text = source.text();
    let byte = |position: &Position| source.byte(Place { line: position.line, column: position.col });
    let (start, end) = (byte(&error.span.start), byte(&error.span.end));
    // `ron` stops behind what it has understood: what it did not stands after the blanks.
    let at = end + text[end..].find(|letter: char| !letter.is_whitespace()).unwrap_or(0);
    let next = text[at..].chars().next();
    let here = Span::new(at, at + word_length(&text[at..]));
    let unread = |message: &str| Diagnostic::error("unreadable-inputs", message);
    if let Some(quote) = next.filter(|letter| is_typeset_quote(*letter)) {
        return unread("A typeset quotation mark stands here")
            .at(here)
            .expected("a plain one: `\"`")
            .help(format!("replace every {quote} of the list, and its partner"));
    }
    match &error.code {
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let finding = Diagnostic::error("unknown-name", format!("`{found}` is not known here"))
                .at(Span::new(start, end.max(start)))
                .expected(format!("one of {}", expected.join(", ")));
            match nearest(found, expected.iter().copied()) {
                Some(meant) => finding.help(did_you_mean(meant)),
                None => finding,
            }
        }
        Error::ExpectedStringEnd => unread("A text begins here that never ends").at(here).help("put a `\"` at its end"),
        _ if next.is_none() => unread("The list stops in the middle")
            .at(Span::point(at))
            .expected("`]` at its end, and `)` behind an input"),
        Error::ExpectedArray => unread("A list of inputs does not begin like this").at(here).expected("`[`"),
        Error::ExpectedComma if next == Some('(') => {
            unread("Nothing stands in brackets behind this input").at(here).help("take the brackets away")
        }
        Error::ExpectedComma => {
            unread("A comma is missing before this").at(here).help("put a `,` between one thing and the next")
        }
        Error::ExpectedString => {
            unread("A name stands here without quotes").at(here).expected("a name in quotes: `\"sorry\"`")
        }
        Error::ExpectedIdentifier => {
            unread("This is no input").at(here).expected("a word without quotes, such as `Listen`")
        }
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            unread("This input says more in brackets").at(here).expected("`(`")
        }
        Error::ExpectedStructLikeEnd => {
            unread("More stands in these brackets than belongs there").at(here).expected("`)`")
        }
        Error::ExpectedInteger => unread("This is no number").at(here).expected("a whole number"),
        Error::IntegerOutOfBounds => unread("This number is out of its range").at(Span::new(start, end.max(start))),
        Error::TrailingCharacters => unread("Something stands behind the end of the list")
            .at(here)
            .help("put it before the `]`, or take it away"),
        code => unread(&words(code)).at(Span::new(start, end.max(start))),
    }
}

/// How many bytes of a text belong together with its first letter.
fn word_length(text: &str) -> usize {
    let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let word = text.find(|letter| !is_of_word(letter)).unwrap_or(text.len());
    if word > 0 { word } else { text.chars().next().map_or(0, char::len_utf8) }
}

fn is_typeset_quote(letter: char) -> bool {
    matches!(letter, '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}')
}
