//! What every word of a text is, so that it can be shown in colours.

use super::names::{Mention, Names, Sense, sense_at, unquoted};
use crate::diagnostic::Span;
use crate::scenario::name::Kind;
use crate::scenario::parse::{Role, remarks};

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// The name of a field.
    Field,
    /// A word of a closed list, or the name before a bracket.
    Word,
    /// A name that the author gives, where it is given.
    Given,
    /// The same where it is used, in a spoken line as well.
    Used,
    Number,
    /// With its quote marks.
    Text,
    Remark,
}

/// All of them, in their order; none lies in another.
pub(super) fn tokens(source: &str, names: &Names) -> Vec<Token> {
    let mut tokens: Vec<Token> =
        remarks(source).into_iter().map(|span| Token { span, kind: TokenKind::Remark }).collect();
    let mut mentions = names.mentions.iter().filter(|mention| mention.sense == Sense::Of(Kind::Fact)).peekable();
    for piece in &names.outline.pieces {
        let kind = match sense_at(piece.site, piece.role) {
            _ if piece.role == Role::Field => TokenKind::Field,
            Some((_, true)) => TokenKind::Given,
            Some((_, false)) => TokenKind::Used,
            None if piece.is_text => TokenKind::Text,
            None if source[piece.span.range()].starts_with(|first: char| first.is_ascii_digit() || first == '-') => {
                TokenKind::Number
            }
            None => TokenKind::Word,
        };
        if kind != TokenKind::Text {
            tokens.push(Token { span: piece.span, kind });
            continue;
        }
        // The facts in a spoken line part it.
        let inner = unquoted(source, piece);
        let mut start = piece.span.start;
        while mentions.next_if(|mention| mention.span.start < inner.start).is_some() {}
        while let Some(Mention { span, .. }) = mentions.next_if(|mention| mention.span.end <= inner.end) {
            tokens.push(Token { span: Span::new(start, span.start), kind });
            tokens.push(Token { span: *span, kind: TokenKind::Used });
            start = span.end;
        }
        tokens.push(Token { span: Span::new(start, piece.span.end), kind });
    }
    tokens.retain(|token| token.span.start < token.span.end);
    tokens.sort_unstable_by_key(|token| token.span);
    tokens
}
