//! The parts of a text, each with the remarks that belong to it.

use crate::scenario::parse::{Lexeme, LexemeKind};

/// What stands between two brackets, or in the whole file.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    /// Behind the opening bracket, on its line.
    pub(super) beside_open: Vec<Remark<'a>>,
    pub(super) list: Vec<Part<'a>>,
    /// After the last part.
    pub(super) last: Vec<Remark<'a>>,
    /// The author gave the first part a line of its own.
    pub(super) broken: bool,
    /// The author wrote all of it, brackets included, on one line.
    pub(super) on_one_line: bool,
}

/// A value, or a field or an entry with its name.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) before: Vec<Remark<'a>>,
    /// An empty line stands between it and what is before it.
    pub(super) blank_before: bool,
    /// The author put it on the line of the part before it.
    pub(super) goes_on: bool,
    pub(super) key: Option<Value<'a>>,
    pub(super) value: Value<'a>,
    /// Behind it, on its line.
    pub(super) behind: Vec<Remark<'a>>,
}

#[derive(Debug)]
pub(super) enum Value<'a> {
    Atom(&'a str),
    Group { name: Option<&'a str>, open: char, close: char, parts: Parts<'a> },
}

#[derive(Debug)]
pub(super) struct Remark<'a> {
    pub(super) text: &'a str,
    pub(super) blank_before: bool,
    /// Nothing follows it on its line.
    pub(super) ends_line: bool,
}

/// Puts together what [`lexemes`](crate::scenario::parse::lexemes) has cut.
pub(super) fn read<'a>(text: &'a str, lexemes: &[Lexeme]) -> Parts<'a> {
    Reader { text, lexemes, at: 0 }.parts()
}

struct Reader<'a, 'l> {
    text: &'a str,
    lexemes: &'l [Lexeme],
    at: usize,
}

impl<'a> Reader<'a, '_> {
    /// Reads up to a closing bracket, or to the end.
    fn parts(&mut self) -> Parts<'a> {
        let mut parts = Parts { broken: self.lines_before() > 0, ..Parts::default() };
        let mut waiting: Vec<Remark<'a>> = Vec::new();
        loop {
            while let Some(remark) = self.remark() {
                let (on_the_line, remark) = remark;
                let beside = parts.list.last().map_or(&parts.beside_open, |part| &part.behind);
                let line_is_full = beside.last().is_some_and(|last| last.text.starts_with("//"));
                let belongs_before = !on_the_line || !remark.ends_line || line_is_full || !waiting.is_empty();
                match parts.list.last_mut() {
                    _ if belongs_before => waiting.push(remark),
                    Some(part) => part.behind.push(remark),
                    // The top of the file has no bracket to stand behind.
                    None if self.at == 1 => waiting.push(remark),
                    None => parts.beside_open.push(remark),
                }
            }
            match self.peek() {
                None | Some(LexemeKind::Close(_)) => break,
                Some(LexemeKind::Comma) => self.at += 1,
                Some(_) => {
                    let part = self.part(std::mem::take(&mut waiting));
                    parts.list.push(part);
                }
            }
        }
        parts.last = waiting;
        parts
    }

    fn part(&mut self, before: Vec<Remark<'a>>) -> Part<'a> {
        let lines_before = self.lines_before();
        let mut strays = Vec::new();
        let mut value = self.value(&mut strays);
        let mut key = None;
        let after_value = self.at;
        let mut between = Vec::new();
        while let Some((_, remark)) = self.remark() {
            between.push(remark);
        }
        if self.peek() == Some(LexemeKind::Colon) {
            self.at += 1;
            strays.append(&mut between);
            while let Some((_, remark)) = self.remark() {
                strays.push(remark);
            }
            key = Some(value);
            value = self.value(&mut strays);
        } else {
            self.at = after_value;
        }
        let mut behind = Vec::new();
        while self.is_remark() && self.lines_before() == 0 && self.is_before_comma_or_end() {
            behind.extend(self.remark().map(|(_, remark)| remark));
        }
        let mut before = before;
        // Remarks in the middle of a field go before it, each on a line of its own.
        if !strays.is_empty() {
            for remark in &mut before {
                remark.ends_line = true;
            }
        }
        before.extend(strays.into_iter().map(|stray| Remark { ends_line: true, blank_before: false, ..stray }));
        let goes_on = lines_before == 0 && before.is_empty();
        Part { before, blank_before: lines_before > 1, goes_on, key, value, behind }
    }

    fn value(&mut self, strays: &mut Vec<Remark<'a>>) -> Value<'a> {
        let mut name = None;
        if self.peek() == Some(LexemeKind::Atom) {
            let atom = self.written();
            self.at += 1;
            let after = self.at;
            let mut between = Vec::new();
            while let Some((_, remark)) = self.remark() {
                between.push(remark);
            }
            if self.peek() != Some(LexemeKind::Open('(')) {
                self.at = after;
                return Value::Atom(atom);
            }
            strays.append(&mut between);
            name = Some(atom);
        }
        let Some(LexemeKind::Open(open)) = self.peek() else {
            // Nothing else begins a value in a text that is well written.
            return Value::Atom("");
        };
        let opened = self.lexemes[self.at].span.start;
        self.at += 1;
        let mut parts = self.parts();
        let closed = self.lexemes.get(self.at).map_or(self.text.len(), |bracket| bracket.span.end);
        parts.on_one_line = !self.text[opened..closed].contains('\n');
        let close = match open {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        self.at += 1;
        Value::Group { name, open, close, parts }
    }

    /// Takes a remark, if one is next, and says whether it stands on the line of what is before it.
    fn remark(&mut self) -> Option<(bool, Remark<'a>)> {
        if !self.is_remark() {
            return None;
        }
        let lines = self.lines_before();
        let ends_line = self.ends_line();
        let text = self.written().trim_end();
        self.at += 1;
        Some((lines == 0 && self.at > 1, Remark { text, blank_before: lines > 1, ends_line }))
    }

    /// Whether nothing but remarks follows on the line of the one that is next.
    fn ends_line(&self) -> bool {
        let mut end = self.lexemes[self.at].span.end;
        for lexeme in &self.lexemes[self.at..] {
            let is_new_line = self.text[end.min(lexeme.span.start)..lexeme.span.start].contains('\n');
            match lexeme.kind {
                _ if is_new_line => return true,
                LexemeKind::LineRemark | LexemeKind::Attribute => return true,
                LexemeKind::BlockRemark => end = lexeme.span.end,
                _ => return false,
            }
        }
        true
    }

    fn is_remark(&self) -> bool {
        use LexemeKind::{Attribute, BlockRemark, LineRemark};
        matches!(self.peek(), Some(LineRemark | BlockRemark | Attribute))
    }

    /// Whether the remark that is next belongs to the value before it: only a comma, a bracket or a new line follows.
    fn is_before_comma_or_end(&self) -> bool {
        let line = self.lexemes[self.at].kind == LexemeKind::LineRemark;
        let next = self.lexemes.get(self.at + 1);
        line || next.is_none_or(|next| matches!(next.kind, LexemeKind::Comma | LexemeKind::Close(_)))
    }

    /// How many line ends stand before what is next.
    fn lines_before(&self) -> usize {
        let start = self.at.checked_sub(1).map_or(0, |before| self.lexemes[before].span.end);
        let end = self.lexemes.get(self.at).map_or(self.text.len(), |next| next.span.start);
        self.text[start..end].matches('\n').count()
    }

    fn peek(&self) -> Option<LexemeKind> {
        self.lexemes.get(self.at).map(|lexeme| lexeme.kind)
    }

    fn written(&self) -> &'a str {
        &self.text[self.lexemes[self.at].span.range()]
    }
}
