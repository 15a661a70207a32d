//! Characters that nobody can see, and that make a text another than it looks.

use super::lexer::{TokenKind, tokens};
use super::text;
use crate::diagnostic::{Diagnostic, Span};

/// At most this many of one file are told.
pub(super) const MAXIMUM_FINDINGS: usize = 100;

/// What is told of a character that must not stand in a file; `None` for one that may.
pub(super) fn forbidden(character: char, span: Span) -> Option<Diagnostic> {
    let code = code(character);
    let finding = match Hidden::of(character)? {
        Hidden::Direction => Diagnostic::error(
            "hidden-direction-mark",
            format!("An invisible character stands here that turns the direction of the text ({code})"),
        )
        .help("delete it; it is often pasted in with text from the web"),
        Hidden::Control => {
            Diagnostic::error("control-character", format!("An invisible control character stands here ({code})"))
                .help("delete it; only line ends and tabs may stand in a file")
        }
        Hidden::Blank => {
            Diagnostic::error("invisible-character", format!("An invisible character stands here ({code})"))
                .help("delete it; it is often pasted in with text from the web")
        }
    };
    Some(finding.at(span))
}

/// What is told of such characters that are written into texts, keys and names by an escape: `\x1b`, `\u{202e}`.
pub(super) fn escaped(source: &str) -> Vec<Diagnostic> {
    // Most files have no such escape, and are not read for it.
    let may_hide = |at: usize| matches!(source.as_bytes().get(at + 1), Some(b'x' | b'u' | b'0' | b'r'));
    if !source.match_indices('\\').any(|(at, _)| may_hide(at)) {
        return Vec::new();
    }
    let (tokens, _) = tokens(source, MAXIMUM_FINDINGS);
    let texts = tokens.iter().filter(|token| token.kind == TokenKind::Text);
    let escapes = texts.flat_map(|token| text::escapes(source, token.span));
    let hidden = escapes.filter(|(character, _)| Hidden::of(*character).is_some());
    let findings = hidden.map(|(character, span)| {
        let message = format!("An invisible character is written into this text ({})", code(character));
        Diagnostic::error("control-character", message).at(span).help("delete its escape")
    });
    findings.take(MAXIMUM_FINDINGS).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    Control,
    /// Turns the direction of what follows.
    Direction,
    /// Has no width, or ends a line unseen.
    Blank,
}

impl Hidden {
    const fn of(character: char) -> Option<Self> {
        match character {
            '\n' | '\t' => None,
            '\0'..='\x1F' | '\x7F'..='\u{9F}' => Some(Self::Control),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}' => {
                Some(Self::Direction)
            }
            '\u{AD}' | '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{FEFF}' => Some(Self::Blank),
            _ => None,
        }
    }
}

fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
