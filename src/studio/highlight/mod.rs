//! What is what in the text, for its colours: line by line, in a text in any state.
//!
//! A line is read by itself, from what was open at its beginning ([`Open`]); [`Opens`] keeps that for every line and
//! reads no more than a change makes necessary. Nothing is judged, and no shape is asked: a text that is nothing but
//! lower-case words joined by hyphens is taken for a name, which texts that are spoken never are.

mod opens;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use opens::Opens;

/// How far ahead the end of a text is looked for that does not end in its line, in bytes.
const SIGHT: usize = 4096;

/// What a stretch of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The name of a field.
    Field,
    /// A word of the language: a variant, a type, `true`.
    Word,
    /// A name that the author gives, or leads to.
    Name,
    Text,
    Number,
    Bracket,
    /// A comma, a colon.
    Sign,
    Remark,
    /// What cannot stand where it stands.
    Strange,
}

/// A stretch of the text, in bytes. Blanks are in none, but for those within texts and remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub range: Range<usize>,
    pub ink: Ink,
}

/// What is open where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Open {
    #[default]
    Nothing,
    Text,
    /// A text with so many `#` at its ends.
    RawText(u8),
    /// So many remarks, one in another.
    Remark(u8),
}

/// What a line came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub stretches: Vec<Stretch>,
    /// What is open at its end.
    pub open: Open,
    /// Whether lines behind it were looked at, to find the end of a text.
    pub looked_ahead: bool,
}

/// Reads one line of a text: `range`, in bytes, without its line end.
pub fn line(text: &str, range: Range<usize>, open: Open) -> Line {
    let mut reader = Reader { text, at: range.start, end: range.end, stretches: Vec::new(), looked_ahead: false };
    let open = reader.read(open);
    Line { stretches: reader.stretches, open, looked_ahead: reader.looked_ahead }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    stretches: Vec<Stretch>,
    looked_ahead: bool,
}

impl Reader<'_> {
    fn read(&mut self, open: Open) -> Open {
        let mut open = match open {
            Open::Nothing => Open::Nothing,
            Open::Text => self.text_goes_on(self.at, self.at),
            Open::RawText(hashes) => self.raw_text(self.at, self.at, hashes),
            Open::Remark(depth) => self.remark(self.at, depth),
        };
        while self.at < self.end {
            open = self.token();
        }
        open
    }

    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    fn token(&mut self) -> Open {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Open::Nothing };
        let second = rest[first.len_utf8()..].chars().next().unwrap_or(' ');
        match first {
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            '/' if second == '/' => self.push(self.end, Ink::Remark),
            '/' if second == '*' => {
                let start = self.at;
                self.at += 2;
                return self.remark(start, 1);
            }
            '(' | ')' | '[' | ']' | '{' | '}' => self.push(self.at + 1, Ink::Bracket),
            ',' | ':' => self.push(self.at + 1, Ink::Sign),
            '"' => return self.text_goes_on(self.at, self.at + 1),
            'r' if is_raw(rest) => {
                let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
                let begin = self.at + hashes + 2;
                return self.raw_text(self.at, begin, u8::try_from(hashes).unwrap_or(u8::MAX));
            }
            '\'' => self.character(),
            _ if first.is_ascii_digit() || (matches!(first, '+' | '-' | '.') && second.is_ascii_digit()) => {
                let length = rest[1..].find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '.' | '_'));
                self.push(length.map_or(self.end, |length| self.at + 1 + length), Ink::Number);
            }
            _ if first == '_' || first.is_alphabetic() => self.word(first),
            '#' if rest.starts_with("#![") => {
                let length = rest.find(']').map_or(rest.len(), |length| length + 1);
                self.push(self.at + length, Ink::Remark);
            }
            _ => self.push(self.at + first.len_utf8(), Ink::Strange),
        }
        Open::Nothing
    }

    fn word(&mut self, first: char) {
        let rest = self.rest();
        let length =
            rest.find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '-')).unwrap_or(rest.len());
        let is_named = rest[length..].trim_start().starts_with(':');
        let ink = if is_named && !first.is_uppercase() { Ink::Field } else { Ink::Word };
        self.push(self.at + length, ink);
    }

    /// A sign in single quote marks, and whatever else stands between them.
    fn character(&mut self) {
        let rest = &self.rest()[1..];
        let length = rest.find('\'').map_or(rest.len(), |length| length + 1);
        self.push(self.at + 1 + length, Ink::Strange);
    }

    /// A text that was opened at `start`, if not in an earlier line, and is read from `from` on.
    fn text_goes_on(&mut self, start: usize, from: usize) -> Open {
        match closing(self.text.as_bytes(), from, self.end) {
            Some(end) => {
                self.spoken(start, end);
                Open::Nothing
            }
            None if self.is_lost(from) => {
                let line = self.end;
                self.spoken(start, line);
                Open::Nothing
            }
            None => {
                let line = self.end;
                self.spoken(start, line);
                Open::Text
            }
        }
    }

    /// Whether the closing quote mark of a text that does not end in its line was forgotten: then the next one begins
    /// another text, and what follows it is that text’s first word and no comma or bracket.
    fn is_lost(&mut self, from: usize) -> bool {
        self.looked_ahead = true;
        let most = self.text.floor_char_boundary((from + SIGHT).min(self.text.len()));
        let Some(end) = closing(self.text.as_bytes(), from, most) else { return true };
        self.text[end..].chars().next().is_some_and(|next| next.is_alphanumeric() || matches!(next, '[' | '_' | '"'))
    }

    fn raw_text(&mut self, start: usize, from: usize, hashes: u8) -> Open {
        let close = format!("\"{}", "#".repeat(usize::from(hashes)));
        let from = from.min(self.end);
        self.at = start;
        if let Some(length) = self.text[from..self.end].find(&close) {
            self.push(from + length + close.len(), Ink::Text);
            Open::Nothing
        } else {
            self.push(self.end, Ink::Text);
            Open::RawText(hashes)
        }
    }

    fn remark(&mut self, start: usize, mut depth: u8) -> Open {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while at < self.end && depth > 0 {
            let pair = &bytes[at..self.end.min(at + 2)];
            match pair {
                b"/*" => depth = depth.saturating_add(1),
                b"*/" => depth -= 1,
                _ => {}
            }
            at += if matches!(pair, b"/*" | b"*/") { 2 } else { 1 };
        }
        self.at = start;
        self.push(at, Ink::Remark);
        if depth == 0 { Open::Nothing } else { Open::Remark(depth) }
    }

    /// A text from `start` to `end`: a name, or words with names in curly brackets.
    fn spoken(&mut self, start: usize, end: usize) {
        self.at = start;
        if start == end {
            return;
        }
        let written = &self.text[start..end];
        let inside = written.strip_prefix('"').and_then(|written| written.strip_suffix('"'));
        if inside.is_some_and(is_name) {
            self.push(end, Ink::Name);
            return;
        }
        let mut from = start;
        while let Some(open) = self.text[from..end].find('{').map(|length| from + length) {
            let Some(close) = self.text[open..end].find('}').map(|length| open + length + 1) else { break };
            if is_name(&self.text[open + 1..close - 1]) {
                if self.at < open {
                    self.push(open, Ink::Text);
                }
                self.push(close, Ink::Name);
            }
            from = close;
        }
        if self.at < end {
            self.push(end, Ink::Text);
        }
    }

    fn push(&mut self, end: usize, ink: Ink) {
        if self.at < end {
            self.stretches.push(Stretch { range: self.at..end, ink });
        }
        self.at = end;
    }
}

/// The byte behind the closing quote mark of a text that is read from `from` on.
fn closing(bytes: &[u8], from: usize, end: usize) -> Option<usize> {
    let mut at = from;
    while at < end {
        match bytes[at] {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

fn is_raw(rest: &str) -> bool {
    rest[1..].trim_start_matches('#').starts_with('"')
}

/// What the author calls something: lower-case words and figures, joined by hyphens.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
