//! Text to tokens, with what cannot be a token reported and left out.

use super::text;
use crate::diagnostic::{Diagnostic, Span};

/// A round, square or curly bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
}

impl Bracket {
    pub(super) const fn open(self) -> char {
        match self {
            Self::Round => '(',
            Self::Square => '[',
            Self::Curly => '{',
        }
    }

    pub(super) const fn close(self) -> char {
        match self {
            Self::Round => ')',
            Self::Square => ']',
            Self::Curly => '}',
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    /// A colon is meant: reported where it stands.
    Equals,
    /// A name without quotes.
    Word,
    Number,
    /// One character in single quotes.
    Character,
    /// A text in double quotes.
    Text,
    /// Meant as a value, but not readable as one; already reported.
    Broken,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// All tokens, the last being [`TokenKind::End`], and what was wrong on the way.
pub(super) fn tokens(source: &str, most_problems: usize) -> (Vec<Token>, Vec<Diagnostic>) {
    let lexer = Lexer::run(source, most_problems);
    (lexer.tokens, lexer.problems)
}

/// All tokens of a text in which nothing is wrong, and between them its remarks and attributes, in their order.
pub(super) fn tokens_and_asides(source: &str) -> (Vec<Token>, Vec<Span>) {
    let lexer = Lexer::run(source, usize::MAX);
    (lexer.tokens, lexer.asides)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token>,
    problems: Vec<Diagnostic>,
    /// Remarks and attributes: what stands between tokens and is no blank.
    asides: Vec<Span>,
}

impl<'a> Lexer<'a> {
    fn run(source: &'a str, most_problems: usize) -> Self {
        let mut lexer = Self { source, at: 0, tokens: Vec::new(), problems: Vec::new(), asides: Vec::new() };
        lexer.skip_attributes();
        while lexer.problems.len() < most_problems && lexer.token() {}
        lexer.push(TokenKind::End, source.len());
        lexer
    }

    /// Reads one token, or reports what stands in its place; `false` at the end.
    fn token(&mut self) -> bool {
        self.skip_blank();
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let second = rest[first.len_utf8()..].chars().next().unwrap_or(' ');
        let single = match first {
            '(' => Some(TokenKind::Open(Bracket::Round)),
            '[' => Some(TokenKind::Open(Bracket::Square)),
            '{' => Some(TokenKind::Open(Bracket::Curly)),
            ')' => Some(TokenKind::Close(Bracket::Round)),
            ']' => Some(TokenKind::Close(Bracket::Square)),
            '}' => Some(TokenKind::Close(Bracket::Curly)),
            ',' => Some(TokenKind::Comma),
            ':' => Some(TokenKind::Colon),
            '=' => Some(TokenKind::Equals),
            _ => None,
        };
        if let Some(kind) = single {
            self.push(kind, start + 1);
        } else if is_foreign_blank(first) {
            self.foreign_blanks();
        } else if first == '"' {
            self.text();
        } else if first == 'r' && is_raw_text(rest) {
            self.raw_text();
        } else if first == '\'' {
            self.single_quoted();
        } else if matches!(first, '“' | '”' | '„' | '«' | '»') {
            self.typographic();
        } else if first.is_ascii_digit()
            || (matches!(first, '+' | '-' | '.') && (second.is_alphanumeric() || second == '.'))
        {
            let end = start + number_length(rest);
            self.push(TokenKind::Number, end);
        } else if first == '_' || first.is_alphabetic() {
            let end = start + word_length(rest);
            self.push(TokenKind::Word, end);
        } else {
            self.unreadable();
        }
        true
    }

    fn text(&mut self) {
        let start = self.at;
        let end = quoted_end(self.source, start + 1);
        // Where a quote mark is forgotten, the text runs on to the next one, which begins another text: what follows
        // it is then no comma or bracket but that text's first word.
        let swallowed = end.is_none_or(|end| {
            self.source[start..end].contains('\n')
                && self.source[end..]
                    .chars()
                    .next()
                    .is_some_and(|next| next.is_alphanumeric() || matches!(next, '[' | '_'))
        });
        if let Some(end) = end.filter(|_| !swallowed) {
            for bad in text::bad_escapes(self.source, Span::new(start, end)) {
                let written = &self.source[bad.span.range()];
                self.problems.push(
                    Diagnostic::error("unknown-escape", format!("`{written}` means nothing inside a text"))
                        .at(bad.span)
                        .expected("after a backslash one of `\"`, `\\`, `n` (new line), `t` (tab), `u{...}`")
                        .help("write `\\\\` if a backslash itself is meant"),
                );
            }
            self.push(TokenKind::Text, end);
            return;
        }
        let line_end = self.line_end();
        let end = start + self.source[start..line_end].trim_end_matches([',', ' ', '\t', ')', ']', '}']).len();
        self.problems.push(
            Diagnostic::error("unclosed-text", "This text has no quote mark at its end")
                .at(Span::new(start, end))
                .expected("`\"` at the end of the text"),
        );
        self.push(TokenKind::Broken, end);
    }

    fn raw_text(&mut self) {
        let start = self.at;
        let hashes = self.rest()[1..].bytes().take_while(|byte| *byte == b'#').count();
        let close = format!("\"{}", "#".repeat(hashes));
        let begin = start + hashes + 2;
        if let Some(length) = self.source[begin..].find(&close) {
            self.push(TokenKind::Text, begin + length + close.len());
        } else {
            let end = self.line_end();
            self.problems.push(
                Diagnostic::error("unclosed-text", "This raw text has no end")
                    .at(Span::new(start, begin))
                    .expected(format!("`{close}` at the end of the text")),
            );
            self.push(TokenKind::Broken, end);
        }
    }

    /// A character, or a text in the wrong quotes.
    fn single_quoted(&mut self) {
        let start = self.at;
        let line = &self.source[start + 1..self.line_end()];
        let escaped = line.starts_with('\\');
        let close = line.char_indices().skip(1 + usize::from(escaped)).find(|(_, next)| *next == '\'');
        let Some((length, _)) = close else { return self.unreadable() };
        let end = start + length + 2;
        if escaped || line[..length].chars().count() == 1 {
            self.push(TokenKind::Character, end);
            return;
        }
        let said = &line[..length];
        self.problems.push(
            Diagnostic::error("single-quotes", "This text stands in single quote marks")
                .at(Span::new(start, end))
                .expected("double quote marks around a text")
                .help(format!("write `\"{said}\"`")),
        );
        self.push(TokenKind::Broken, end);
    }

    fn typographic(&mut self) {
        let start = self.at;
        let line = &self.source[start..self.line_end()];
        let close = line.char_indices().skip(1).find(|(_, next)| matches!(next, '“' | '”' | '«' | '»' | '"'));
        let end = start + close.map_or_else(|| line.trim_end_matches(',').len(), |(at, close)| at + close.len_utf8());
        self.problems.push(
            Diagnostic::error("typographic-quotes", "This text stands in curly quote marks")
                .at(Span::new(start, end))
                .expected("straight double quote marks around a text: `\"`")
                .help("turn off \"smart quotes\" in the editor; inside a text they may stand"),
        );
        self.push(TokenKind::Broken, end);
    }

    /// A run of characters that nothing begins with.
    fn unreadable(&mut self) {
        let start = self.at;
        let run = |character: &char| {
            !character.is_alphanumeric() && !character.is_whitespace() && !"\"'()[]{},:=".contains(*character)
        };
        let length: usize = self.rest().chars().take_while(run).map(char::len_utf8).sum();
        let first = self.rest().chars().next().map_or(0, char::len_utf8);
        let span = Span::new(start, start + length.max(first));
        let written = &self.source[span.range()];
        let help = match written {
            "#" => "a remark begins with `//`".to_owned(),
            ";" => "entries are parted by commas".to_owned(),
            _ => self
                .comparison(written, span.end)
                .unwrap_or_else(|| "delete it, or put the text it belongs to in double quote marks".to_owned()),
        };
        self.problems.push(
            Diagnostic::error("unreadable-character", format!("`{written}` cannot stand here")).at(span).help(help),
        );
        self.push(TokenKind::Broken, span.end);
    }

    /// How to write `Anger > 60`, which a sign after a word and before a number is meant for.
    fn comparison(&self, sign: &str, end: usize) -> Option<String> {
        let bound = match sign {
            ">" | "≥" => "from",
            "<" | "≤" => "below",
            _ => return None,
        };
        let meter = self.tokens.last().filter(|token| token.kind == TokenKind::Word)?;
        let number = self.source[end..].trim_start_matches(['=', ' ']);
        let digits = &number[..number.bytes().take_while(u8::is_ascii_digit).count()];
        let meter = &self.source[meter.span.range()];
        (!digits.is_empty()).then(|| format!("write `{meter}({bound}: {digits})`"))
    }

    /// A run of spaces of other kinds than the one that the space bar gives. They part what an ordinary one parts.
    fn foreign_blanks(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let run = &rest[..rest.find(|next| next != ' ' && !is_foreign_blank(next)).unwrap_or(rest.len())];
        let run = run.trim_end_matches(' ');
        self.at += run.len();
        let is_no_break = run.chars().all(|blank| matches!(blank, ' ' | '\u{A0}' | '\u{202F}'));
        let name = if is_no_break { "A no-break space" } else { "A space of an unusual width" };
        self.problems.push(
            Diagnostic::error("unreadable-character", format!("{name} stands here"))
                .at(Span::new(start, self.at))
                .help("replace it by an ordinary one"),
        );
    }

    /// Blanks and remarks.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest().trim_start_matches(is_blank);
            self.at = self.source.len() - rest.len();
            let start = self.at;
            if rest.starts_with("//") {
                self.at = self.line_end();
                self.asides.push(Span::new(start, self.at));
            } else if rest.starts_with("/*") {
                self.skip_block_remark();
                self.asides.push(Span::new(start, self.at));
            } else {
                return;
            }
        }
    }

    fn skip_block_remark(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        let bytes = self.source.as_bytes();
        let mut at = start;
        while at < bytes.len() {
            if bytes[at..].starts_with(b"/*") {
                depth += 1;
                at += 2;
            } else if bytes[at..].starts_with(b"*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    self.at = at;
                    return;
                }
            } else {
                at += 1;
            }
        }
        self.problems.push(
            Diagnostic::error("unclosed-remark", "This remark has no end")
                .at(Span::new(start, start + 2))
                .expected("`*/` at the end of the remark"),
        );
        self.at = self.source.len();
    }

    /// `#![enable(...)]` at the top is `ron`'s own business.
    fn skip_attributes(&mut self) {
        loop {
            self.skip_blank();
            let rest = self.rest();
            match rest.find(']').filter(|_| rest.starts_with("#!")) {
                Some(end) => {
                    let start = self.at;
                    self.at += end + 1;
                    self.asides.push(Span::new(start, self.at));
                }
                None => return,
            }
        }
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(self.at, end) });
        self.at = end;
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn line_end(&self) -> usize {
        self.rest().find('\n').map_or(self.source.len(), |length| self.at + length)
    }
}

/// What `ron` takes for blanks.
fn is_blank(character: char) -> bool {
    matches!(
        character,
        ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

/// A space, but none to `ron`.
fn is_foreign_blank(character: char) -> bool {
    character.is_whitespace() && !is_blank(character)
}

fn is_raw_text(rest: &str) -> bool {
    rest[1..].trim_start_matches('#').starts_with('"')
}

/// The byte after the closing quote mark of a text whose content starts at `from`.
pub(super) fn quoted_end(source: &str, from: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

fn number_length(rest: &str) -> usize {
    let mut before = ' ';
    rest.find(|character: char| {
        let sign = matches!(character, '+' | '-')
            && (before == ' ' || (matches!(before, 'e' | 'E') && !rest.starts_with("0x")));
        let inside = sign || character == '.' || character == '_' || character.is_alphanumeric();
        before = character;
        !inside
    })
    .unwrap_or(rest.len())
}

/// A word, with hyphens between letters: no RON, but it is one word to whoever wrote it.
fn word_length(rest: &str) -> usize {
    let inside = |character: char| character == '_' || character.is_alphanumeric();
    let mut length = if rest.starts_with("r#") { 2 } else { 0 };
    loop {
        length += rest[length..].find(|character| !inside(character)).unwrap_or(rest.len() - length);
        match rest[length..].strip_prefix('-') {
            Some(next) if next.starts_with(inside) => length += 1,
            _ => return length,
        }
    }
}
