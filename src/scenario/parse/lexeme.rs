//! Every piece of a RON text, remarks among them, for tools that write a file anew without changing what it says.

use super::lexer::{TokenKind, tokens_and_asides};
use super::tree;
use crate::diagnostic::{Diagnostic, Span};

/// A piece of a text and its place. Between pieces stand blanks and line ends, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme {
    pub kind: LexemeKind,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LexemeKind {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    Comma,
    Colon,
    /// A word, a number, a character or a text.
    Atom,
    /// `// to the end of the line`.
    LineRemark,
    /// `/* until here */`, over one line or several.
    BlockRemark,
    /// `#![enable(...)]` at the top.
    Attribute,
}

/// The pieces of a text in which every bracket, comma and quote mark is in its place, in their order; else every
/// mistake of writing. What the names in it mean is not asked.
pub fn lexemes(text: &str) -> Result<Vec<Lexeme>, Vec<Diagnostic>> {
    let problems = tree::read(text).problems;
    if !problems.is_empty() {
        return Err(problems);
    }
    let (tokens, asides) = tokens_and_asides(text);
    let mut lexemes: Vec<_> = asides
        .into_iter()
        .map(|span| {
            let kind = match &text[span.range()] {
                aside if aside.starts_with("//") => LexemeKind::LineRemark,
                aside if aside.starts_with("/*") => LexemeKind::BlockRemark,
                _ => LexemeKind::Attribute,
            };
            Lexeme { kind, span }
        })
        .collect();
    for token in tokens {
        let kind = match token.kind {
            TokenKind::Open(bracket) => LexemeKind::Open(bracket.open()),
            TokenKind::Close(bracket) => LexemeKind::Close(bracket.close()),
            TokenKind::Comma => LexemeKind::Comma,
            // Where nothing was reported, a sign of equality does not stand either.
            TokenKind::Colon | TokenKind::Equals => LexemeKind::Colon,
            TokenKind::Word | TokenKind::Number | TokenKind::Character | TokenKind::Text | TokenKind::Broken => {
                LexemeKind::Atom
            }
            TokenKind::End => continue,
        };
        lexemes.push(Lexeme { kind, span: token.span });
    }
    lexemes.sort_by_key(|lexeme| lexeme.span.start);
    Ok(lexemes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(LexemeKind, &str)]) {
        let found = lexemes(text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let found: Vec<_> = found.iter().map(|lexeme| (lexeme.kind, &text[lexeme.span.range()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn remarks_stand_between_the_tokens() {
        use LexemeKind::{Atom, Attribute, BlockRemark, Close, Colon, Comma, LineRemark, Open};
        check(
            "#![enable(implicit_some)]\n// one\n(a: \"//\", /* two /* 2 */ */) // three",
            &[
                (Attribute, "#![enable(implicit_some)]"),
                (LineRemark, "// one"),
                (Open('('), "("),
                (Atom, "a"),
                (Colon, ":"),
                (Atom, "\"//\""),
                (Comma, ","),
                (BlockRemark, "/* two /* 2 */ */"),
                (Close(')'), ")"),
                (LineRemark, "// three"),
            ],
        );
    }

    #[test]
    fn what_is_not_well_written_is_told_and_not_cut_up() {
        for text in ["(a: 1", "[1 2]", "(a: \"unclosed)", "(a = 1)", "(a: 1))", "", "/* no end"] {
            assert!(!lexemes(text).expect_err(text).is_empty(), "{text}");
        }
    }
}
