//! Tokens to values, going on after every mistake.

use super::lexer::{Bracket, Token, TokenKind};
use super::recovery::{Margin, Meaning};
use super::tree::{Group, Item, Kind, List, MAXIMUM_DEPTH, MAXIMUM_PROBLEMS, Map, Value};
use crate::diagnostic::{Diagnostic, Span};

pub(super) struct Reader<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    /// The brackets around the place that is read, outermost first, each with where it opens.
    pub(super) open: Vec<(Bracket, Span)>,
    pub(super) problems: Vec<Diagnostic>,
    /// Where texts without quote marks stood, told as a whole.
    pub(super) unquoted: Vec<Span>,
    /// The token before which a forgotten bracket was put; no comma stands there, of course.
    pub(super) mended_before: Option<usize>,
    /// Every bracket of the file has its partner, so no value needs a search for a forgotten one.
    pub(super) balanced: bool,
    pub(super) searches: usize,
    /// How many brackets have not fitted so far.
    pub(super) misfits: usize,
    pub(super) gave_up: bool,
    /// Why the file ends too early has been told.
    pub(super) end_told: bool,
}

impl Reader<'_> {
    pub(super) fn document(&mut self) -> Option<Value> {
        if self.peek().kind == TokenKind::End {
            if !self.gave_up {
                self.report(
                    Diagnostic::error("empty-file", "There is no scenario in this file")
                        .at(Span::point(self.source.len()))
                        .expected("`Scenario(...)`"),
                );
            }
            return None;
        }
        let root = self.value();
        while self.peek().kind == TokenKind::Comma && self.peek_after().kind == TokenKind::End {
            self.take();
        }
        let rest = self.peek();
        if rest.kind != TokenKind::End {
            let (message, help) = match rest.kind {
                TokenKind::Close(bracket) => (
                    format!("`{}` closes a bracket that was never opened, or is closed already", bracket.close()),
                    "delete it, or look for one too many above",
                ),
                _ => ("The scenario has ended before this".to_owned(), "look for a closing bracket too many above"),
            };
            self.report(Diagnostic::error("text-after-end", message).at(rest.span).help(help));
        }
        Some(root)
    }

    fn value(&mut self) -> Value {
        let token = self.peek();
        let leaf = |kind| Value { span: token.span, kind };
        match token.kind {
            TokenKind::Open(bracket) => self.bracketed(bracket, None),
            TokenKind::Word if self.peek_after().kind == TokenKind::Open(Bracket::Round) => {
                self.take();
                self.bracketed(Bracket::Round, Some(token.span))
            }
            TokenKind::Word => {
                self.take();
                leaf(Kind::Word)
            }
            TokenKind::Number => {
                self.take();
                leaf(Kind::Number)
            }
            TokenKind::Character => {
                self.take();
                leaf(Kind::Character)
            }
            TokenKind::Text => {
                self.take();
                leaf(Kind::Text)
            }
            TokenKind::Broken => {
                self.take();
                leaf(Kind::Broken)
            }
            TokenKind::Close(_) | TokenKind::Comma | TokenKind::Colon | TokenKind::Equals | TokenKind::End => {
                let at = self.end_of_last();
                self.report_missing_value(at);
                Value { span: Span::point(at), kind: Kind::Broken }
            }
        }
    }

    /// The value after a field's colon; none, if the next field begins there.
    fn field_value(&mut self) -> Value {
        let is_missing = self.peek().kind == TokenKind::Word
            && matches!(self.peek_after().kind, TokenKind::Colon | TokenKind::Equals);
        if !is_missing {
            return self.value();
        }
        let at = self.end_of_last();
        self.report_missing_value(at);
        Value { span: Span::point(at), kind: Kind::Broken }
    }

    fn bracketed(&mut self, bracket: Bracket, name: Option<Span>) -> Value {
        let opening = self.take().span;
        let start = name.unwrap_or(opening);
        if self.open.len() >= MAXIMUM_DEPTH {
            return self.skip_too_deep(start);
        }
        self.open.push((bracket, opening));
        let misfits = self.misfits;
        let mut kind = match bracket {
            Bracket::Round => Kind::Group(self.group(name)),
            Bracket::Square => Kind::List(self.list()),
            Bracket::Curly => {
                let square = &self.source[opening.range()] == "[";
                Kind::Map(Map { square, ..self.map() })
            }
        };
        if self.misfits > misfits {
            // Something may stand in the wrong bracket.
            kind.damage();
        }
        self.open.pop();
        Value { span: Span::new(start.start, self.end_of_last().max(opening.end)), kind }
    }

    fn group(&mut self, name: Option<Span>) -> Group {
        let mut group = Group { name, ..Group::default() };
        let mut margin = Margin::default();
        loop {
            match self.next_item() {
                Next::End { damaged } => {
                    group.damaged |= damaged;
                    return group;
                }
                Next::Item => {}
            }
            let (token, after) = (self.peek(), self.peek_after());
            let named = matches!(after.kind, TokenKind::Colon | TokenKind::Equals);
            let opens = |token: Token| token.kind == TokenKind::Open(Bracket::Round);
            let is_outside = match token.kind {
                TokenKind::Text => named,
                _ if opens(token) || (token.kind == TokenKind::Word && (named || opens(after))) => {
                    self.stands_outside(token, group.items.is_empty(), &mut margin)
                }
                _ => false,
            };
            if is_outside && self.is_better_closed() {
                self.report_unclosed(token.span);
                group.damaged = true;
                return group;
            }
            if matches!(token.kind, TokenKind::Word | TokenKind::Text) && named {
                self.take();
                self.take();
                let written = &self.source[token.span.range()];
                if token.kind == TokenKind::Text {
                    let plain = written.trim_matches('"');
                    self.report(
                        Diagnostic::error("quoted-field", format!("The field name {written} stands in quote marks"))
                            .at(token.span)
                            .expected("a field name without quote marks")
                            .help(format!("write `{plain}:`")),
                    );
                    group.damaged = true;
                } else if after.kind == TokenKind::Equals {
                    self.report_equals(after.span);
                }
                let value = self.field_value();
                group.items.push(Item { name: Some(token.span), value });
            } else if token.kind == TokenKind::Word && after.kind == TokenKind::Text && self.same_line(token, after) {
                self.report(
                    Diagnostic::error("missing-colon", "A colon is missing here")
                        .at(Span::point(token.span.end))
                        .help(format!("write `{}: ...`", &self.source[token.span.range()])),
                );
                self.take();
                let value = self.value();
                group.items.push(Item { name: Some(token.span), value });
            } else {
                let value = self.value();
                group.items.push(Item { name: None, value });
            }
            if self.separator() {
                group.damaged = true;
                if let Some(item) = group.items.last_mut() {
                    item.value.kind = Kind::Broken;
                }
            }
        }
    }

    fn list(&mut self) -> List {
        let mut list = List::default();
        loop {
            if let Next::End { damaged } = self.next_item() {
                list.damaged |= damaged;
                return list;
            }
            let (token, after) = (self.peek(), self.peek_after());
            if matches!(token.kind, TokenKind::Word | TokenKind::Text) && after.kind == TokenKind::Colon {
                if self.is_better_closed() {
                    self.report_unclosed(token.span);
                    return list;
                }
                self.report(name_in_list(token.span.to(after.span)));
                self.take();
                self.take();
                let value = self.value();
                list.items.push(Value { span: value.span, kind: Kind::Broken });
            } else {
                let value = self.value();
                list.items.push(value);
            }
            if self.separator() {
                list.damaged = true;
                if let Some(item) = list.items.last_mut() {
                    item.kind = Kind::Broken;
                }
            }
        }
    }

    fn map(&mut self) -> Map {
        let mut map = Map::default();
        loop {
            if let Next::End { damaged } = self.next_item() {
                map.damaged |= damaged;
                return map;
            }
            let token = self.peek();
            let texts_so_far = map.entries.first().is_some_and(|(key, _)| matches!(key.kind, Kind::Text));
            let named = self.peek_after().kind == TokenKind::Colon;
            if texts_so_far && token.kind == TokenKind::Word && named && self.is_better_closed() {
                self.report_unclosed(token.span);
                return map;
            }
            let key = self.value();
            match self.peek().kind {
                TokenKind::Colon => {
                    self.take();
                }
                TokenKind::Equals => {
                    let equals = self.take().span;
                    self.report_equals(equals);
                }
                _ => {
                    if !matches!(key.kind, Kind::Broken) {
                        let written = self.excerpt(key.span);
                        self.report(
                            Diagnostic::error("missing-colon", format!("{written} has no value"))
                                .at(key.span)
                                .expected("in curly brackets, a key, a colon and a value: `{ key: value, ... }`"),
                        );
                    }
                    map.damaged = true;
                    map.damaged |= self.separator();
                    continue;
                }
            }
            let mut value = self.value();
            if self.separator() {
                value.kind = Kind::Broken;
            }
            map.entries.push((key, value));
        }
    }

    /// Stands before an item, past any comma too many, or has left the bracket.
    fn next_item(&mut self) -> Next {
        let Some(&(mine, opening)) = self.open.last() else { return Next::End { damaged: true } };
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::End => {
                    self.report_open_at_end(opening);
                    return Next::End { damaged: true };
                }
                TokenKind::Close(found) if found == mine => {
                    self.take();
                    return Next::End { damaged: false };
                }
                TokenKind::Close(found) => match self.meaning_of(found) {
                    Meaning::MineIsUnclosed => {
                        self.report_unclosed(token.span);
                        return Next::End { damaged: true };
                    }
                    Meaning::MeantMine => {
                        self.take();
                        self.report(
                            Diagnostic::error("wrong-bracket", format!("`{}` closes `{}`", found.close(), mine.open()))
                                .at(token.span)
                                .also(opening, "opened here")
                                .expected(format!("`{}`", mine.close())),
                        );
                        return Next::End { damaged: false };
                    }
                    Meaning::Stray => {
                        self.take();
                        self.report(
                            Diagnostic::error("stray-bracket", format!("`{}` closes nothing", found.close()))
                                .at(token.span)
                                .help("delete it"),
                        );
                        // The comma after it parts what stands before it from what follows.
                        if self.peek().kind == TokenKind::Comma
                            && self.at >= 2
                            && self.tokens[self.at - 2].kind != TokenKind::Comma
                        {
                            self.take();
                        }
                    }
                },
                TokenKind::Comma => {
                    self.take();
                    self.report(
                        Diagnostic::error("extra-comma", "There is a comma too many here")
                            .at(token.span)
                            .help("delete it"),
                    );
                }
                _ => return Next::Item,
            }
        }
    }

    /// Goes past the comma after an item. Says whether something was lost there.
    fn separator(&mut self) -> bool {
        let from = self.tokens[self.at.saturating_sub(1)].span.start;
        let is_lost = self.after_item();
        if is_lost {
            // With half a text its brackets and keys are lost, and whatever stood in or after them.
            let lost = &self.source[from..self.end_of_last().max(from)];
            self.misfits += usize::from(lost.contains(['(', ')', '{', '}']) || lost.contains("\":"));
        }
        is_lost
    }

    fn after_item(&mut self) -> bool {
        let token = self.peek();
        let last = self.tokens[self.at.saturating_sub(1)];
        match token.kind {
            TokenKind::Comma => {
                self.take();
                false
            }
            TokenKind::Close(_) | TokenKind::End => false,
            _ if self.mended_before == Some(self.at) => false,
            TokenKind::Colon | TokenKind::Equals => {
                let sign = &self.source[token.span.range()];
                self.report(
                    Diagnostic::error("stray-sign", format!("`{sign}` cannot stand here"))
                        .at(token.span)
                        .help("is this a text? Texts stand in double quote marks"),
                );
                self.skip_rest_of_item();
                true
            }
            // The value was missing, and has been reported.
            TokenKind::Word if matches!(last.kind, TokenKind::Colon | TokenKind::Equals) => false,
            _ if last.kind == TokenKind::Broken || token.kind == TokenKind::Broken => {
                self.skip_rest_of_item();
                true
            }
            TokenKind::Word | TokenKind::Number | TokenKind::Text
                if self.same_line(last, token)
                    && matches!(last.kind, TokenKind::Word | TokenKind::Number)
                    && !self.begins_field() =>
            {
                self.skip_rest_of_item();
                let written = self.source[last.span.start..self.end_of_last()].trim_end_matches([',', ' ']);
                let whole = Span::new(last.span.start, last.span.start + written.len());
                self.unquoted.push(whole);
                self.report(
                    Diagnostic::error("unquoted-text", "This text does not stand in quote marks")
                        .at(whole)
                        .expected("double quote marks around a text")
                        .help(format!("write `\"{}\"`", self.source[whole.range()].trim_matches('"'))),
                );
                true
            }
            TokenKind::Word | TokenKind::Number
                if self.same_line(last, token) && last.kind == TokenKind::Text && !self.begins_field() =>
            {
                self.report(
                    Diagnostic::error("quote-inside-text", "The text ends at this quote mark, but more follows")
                        .at(Span::new(last.span.end - 1, last.span.end))
                        .expected("`,` after the text")
                        .help("write `\\\"` for a quote mark inside a text"),
                );
                self.skip_rest_of_item();
                self.unquoted.push(Span::new(last.span.end, self.end_of_last()));
                true
            }
            _ => {
                self.report(
                    Diagnostic::error("missing-comma", "A comma is missing here")
                        .at(Span::point(last.span.end))
                        .expected("`,` between one entry and the next"),
                );
                false
            }
        }
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        if self.gave_up {
            return;
        }
        let is_misfit = matches!(
            problem.rule,
            "unclosed-bracket" | "wrong-bracket" | "stray-bracket" | "name-in-list" | "too-deep"
        );
        self.misfits += usize::from(is_misfit);
        self.problems.push(problem);
        self.gave_up = self.problems.len() >= MAXIMUM_PROBLEMS;
    }

    /// The token that comes next; the end, once the reader has given up.
    pub(super) fn peek(&self) -> Token {
        let at = if self.gave_up { self.tokens.len() - 1 } else { self.at };
        self.tokens[at]
    }

    pub(super) fn peek_after(&self) -> Token {
        self.tokens[(self.at + 1).min(self.tokens.len() - 1)]
    }

    pub(super) fn take(&mut self) -> Token {
        let token = self.peek();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    pub(super) fn begins_field(&self) -> bool {
        self.is_name_at(self.at)
    }

    pub(super) fn is_name_at(&self, at: usize) -> bool {
        let kind = |at: usize| self.tokens.get(at).map(|token| token.kind);
        kind(at) == Some(TokenKind::Word)
            && matches!(kind(at + 1), Some(TokenKind::Colon | TokenKind::Equals | TokenKind::Open(Bracket::Round)))
    }

    pub(super) fn end_of_last(&self) -> usize {
        if self.at == 0 { 0 } else { self.tokens[self.at - 1].span.end }
    }

    pub(super) fn same_line(&self, first: Token, second: Token) -> bool {
        self.source.get(first.span.end..second.span.start).is_none_or(|between| !between.contains('\n'))
    }

    /// A value as it is written, if it is short.
    fn excerpt(&self, span: Span) -> String {
        let written = &self.source[span.range()];
        if written.len() > 40 || written.contains('\n') { "This".to_owned() } else { format!("`{written}`") }
    }
}

pub(super) fn name_in_list(at: Span) -> Diagnostic {
    Diagnostic::error("name-in-list", "A list in square brackets holds values without names")
        .at(at)
        .help("put the fields of each entry in round brackets: `[(name: ..., ...), ...]`")
}

enum Next {
    Item,
    /// The bracket is behind; `damaged` if it did not end as it should.
    End {
        damaged: bool,
    },
}
