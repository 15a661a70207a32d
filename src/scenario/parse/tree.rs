//! Text to a tree of values with their places, whatever is wrong with the text.
//!
//! `ron` stops at the first mistake and its values know no places. This reader goes on after a mistake, so that one
//! run can tell all of them; it never decides whether a file is good: that is `ron`'s to say.

use super::lexer::{Bracket, Token, TokenKind, tokens};
use crate::diagnostic::{Diagnostic, Span};

/// How deep brackets may stand in each other, as in `ron`.
pub(super) const MAXIMUM_DEPTH: usize = 128;
/// After so many mistakes of writing, the rest of a file is not read: it is no scenario.
const MAXIMUM_PROBLEMS: usize = 100;
/// How often the rest of the file may be searched for what a wrong bracket was meant to be.
const MAXIMUM_SEARCHES: usize = 60;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A name without quotes: `Phone`, `true`.
    Word,
    Number,
    Character,
    Text,
    /// `(...)` or `Name(...)`.
    Group(Group),
    List(List),
    Map(Map),
    /// Something that could not be read, and has been reported.
    Broken,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// The name before the bracket.
    pub(super) name: Option<Span>,
    pub(super) items: Vec<Item>,
    /// Something inside was lost, so that what is missing may only seem so.
    pub(super) damaged: bool,
}

/// A field, or a value without a name.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) name: Option<Span>,
    pub(super) value: Value,
}

#[derive(Debug, Clone, Default)]
pub(super) struct List {
    pub(super) items: Vec<Value>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    pub(super) entries: Vec<(Value, Value)>,
    pub(super) damaged: bool,
}

/// A whole text: its value, if there is any, and every mistake of writing.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) root: Option<Value>,
    pub(super) problems: Vec<Diagnostic>,
}

pub(super) fn read(source: &str) -> Tree {
    let (tokens, mut problems) = tokens(source, MAXIMUM_PROBLEMS);
    let balanced = imbalance(&mut Vec::new(), &tokens) == 0;
    let gave_up = problems.len() >= MAXIMUM_PROBLEMS;
    let mut reader = Reader {
        source,
        tokens,
        at: 0,
        open: Vec::new(),
        problems: Vec::new(),
        lost: Vec::new(),
        mended_before: None,
        balanced,
        searches: 0,
        gave_up,
        too_deep: false,
        end_told: problems.iter().any(|problem| problem.rule == "unclosed-remark"),
    };
    let root = reader.document();
    let lost = std::mem::take(&mut reader.lost);
    // A sign inside a text that lacks its quote marks is no mistake of its own.
    problems.retain(|problem| {
        problem.rule != "unreadable-character"
            || !problem
                .span
                .is_some_and(|span| lost.iter().any(|lost| lost.start <= span.start && span.end <= lost.end))
    });
    problems.append(&mut reader.problems);
    problems.sort_by_key(|problem| problem.span);
    if reader.gave_up {
        problems.truncate(MAXIMUM_PROBLEMS);
        let last = problems.last().and_then(|problem| problem.span).unwrap_or(Span::point(source.len()));
        problems.push(
            Diagnostic::error("too-many-mistakes", "The file was not read further: too much of it cannot be read")
                .at(Span::point(last.end))
                .help("is this a scenario file at all?"),
        );
    }
    Tree { root, problems }
}

struct Reader<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    at: usize,
    /// The brackets around the place that is read, outermost first, each with where it opens.
    open: Vec<(Bracket, Span)>,
    problems: Vec<Diagnostic>,
    /// Where texts without quote marks stood, told as a whole.
    lost: Vec<Span>,
    /// The token before which a forgotten bracket was put; no comma stands there, of course.
    mended_before: Option<usize>,
    /// Every bracket of the file has its partner, so no value needs a search for a forgotten one.
    balanced: bool,
    searches: usize,
    gave_up: bool,
    too_deep: bool,
    /// Why the file ends too early has been told.
    end_told: bool,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<Value> {
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
        let kind = match bracket {
            Bracket::Round => Kind::Group(self.group(name)),
            Bracket::Square => Kind::List(self.list()),
            Bracket::Curly => Kind::Map(self.map()),
        };
        self.open.pop();
        Value { span: Span::new(start.start, self.end_of_last().max(opening.end)), kind }
    }

    fn group(&mut self, name: Option<Span>) -> Group {
        let mut group = Group { name, ..Group::default() };
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
            if token.kind == TokenKind::Text && named && self.is_better_closed() {
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
            if let Next::End { .. } = self.next_item() {
                return list;
            }
            let (token, after) = (self.peek(), self.peek_after());
            if matches!(token.kind, TokenKind::Word | TokenKind::Text) && after.kind == TokenKind::Colon {
                if self.is_better_closed() {
                    self.report_unclosed(token.span);
                    return list;
                }
                self.report(
                    Diagnostic::error("name-in-list", "A list in square brackets holds values without names")
                        .at(token.span.to(after.span))
                        .help("put the fields of each entry in round brackets: `[(name: ..., ...), ...]`"),
                );
                self.take();
                self.take();
                let value = self.value();
                list.items.push(Value { span: value.span, kind: Kind::Broken });
            } else {
                let value = self.value();
                list.items.push(value);
            }
            if self.separator()
                && let Some(item) = list.items.last_mut()
            {
                item.kind = Kind::Broken;
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
                self.lost.push(whole);
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
                self.lost.push(Span::new(last.span.end, self.end_of_last()));
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

    /// Goes to the next comma or closing bracket, or to the next line if a field begins there.
    fn skip_rest_of_item(&mut self) {
        let mut depth = 0_usize;
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::End => return,
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) if depth == 0 => return,
                TokenKind::Close(_) => depth -= 1,
                TokenKind::Comma if depth == 0 => {
                    // Half a text may hold commas: what follows on the line belongs to it, unless it is a field.
                    let after = self.peek_after();
                    let half_text = self.same_line(token, after)
                        && matches!(after.kind, TokenKind::Word | TokenKind::Broken | TokenKind::Number)
                        && !self.is_name_at(self.at + 1);
                    if !half_text {
                        self.take();
                        return;
                    }
                }
                _ if depth == 0 && self.begins_field() && !self.same_line(self.tokens[self.at - 1], token) => return,
                _ => {}
            }
            self.take();
        }
    }

    /// What a closing bracket that does not fit was meant to be: that under which the rest of the file fits best.
    fn meaning_of(&mut self, found: Bracket) -> Meaning {
        let outer = &self.open[..self.open.len() - 1];
        let fits_outside = outer.iter().any(|(bracket, _)| *bracket == found);
        if self.searches >= MAXIMUM_SEARCHES {
            return if fits_outside { Meaning::MineIsUnclosed } else { Meaning::Stray };
        }
        self.searches += 3;
        let mut outside: Vec<_> = outer.iter().map(|(bracket, _)| *bracket).collect();
        let mut inside: Vec<_> = self.open.iter().map(|(bracket, _)| *bracket).collect();
        let unclosed = if fits_outside { imbalance(&mut outside.clone(), &self.tokens[self.at..]) } else { usize::MAX };
        let meant = imbalance(&mut outside, &self.tokens[self.at + 1..]);
        let stray = imbalance(&mut inside, &self.tokens[self.at + 1..]);
        if unclosed <= meant && unclosed <= stray {
            Meaning::MineIsUnclosed
        } else if meant <= stray {
            Meaning::MeantMine
        } else {
            Meaning::Stray
        }
    }

    /// Whether the rest of the file fits better if the innermost bracket had been closed before this place.
    fn is_better_closed(&mut self) -> bool {
        if self.balanced || self.open.len() < 2 || self.searches >= MAXIMUM_SEARCHES {
            return false;
        }
        self.searches += 2;
        let mut inside: Vec<_> = self.open.iter().map(|(bracket, _)| *bracket).collect();
        let mut outside = inside.clone();
        outside.pop();
        imbalance(&mut outside, &self.tokens[self.at..]) < imbalance(&mut inside, &self.tokens[self.at..])
    }

    /// Passes over a bracket's content without going into it, however deep it is.
    fn skip_too_deep(&mut self, start: Span) -> Value {
        if !self.too_deep {
            self.too_deep = true;
            self.report(
                Diagnostic::error("too-deep", "Too many brackets stand inside each other here")
                    .at(start)
                    .expected(format!("at most {MAXIMUM_DEPTH}")),
            );
        }
        let mut depth = 1_usize;
        while depth > 0 {
            match self.peek().kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                // What is still open is told of no more: the depth is the trouble.
                TokenKind::End => {
                    self.end_told = true;
                    break;
                }
                _ => {}
            }
            self.take();
        }
        Value { span: Span::new(start.start, self.end_of_last()), kind: Kind::Broken }
    }

    fn report_open_at_end(&mut self, opening: Span) {
        // Told once, by the innermost bracket, with those around it.
        if self.gave_up || self.end_told {
            return;
        }
        let open: Vec<_> = self.open.iter().rev().copied().collect();
        let closing: String = open.iter().map(|(bracket, _)| bracket.close()).collect();
        let mut problem =
            Diagnostic::error("unclosed-bracket", format!("`{}` is never closed", open[0].0.open())).at(opening);
        for (_, around) in open.iter().skip(1).take(3) {
            problem = problem.also(*around, "open too");
        }
        problem = if open.len() == 1 {
            problem.expected(format!("`{closing}`"))
        } else {
            problem.expected(format!("`{closing}` before the end of the file, each where its bracket should end"))
        };
        self.report(problem);
        self.end_told = true;
    }

    fn report_unclosed(&mut self, before: Span) {
        let Some(&(bracket, opening)) = self.open.last() else { return };
        self.mended_before = Some(self.at);
        self.report(
            Diagnostic::error("unclosed-bracket", format!("`{}` is never closed", bracket.open()))
                .at(opening)
                .also(before, "before this")
                .expected(format!("`{}`", bracket.close())),
        );
    }

    fn report_missing_value(&mut self, at: usize) {
        self.report(
            Diagnostic::error("missing-value", "A value is missing here")
                .at(Span::point(at))
                .help("write a value, or delete what leads to it"),
        );
    }

    fn report_equals(&mut self, at: Span) {
        self.report(
            Diagnostic::error("missing-colon", "`=` stands where a colon belongs")
                .at(at)
                .expected("`:` between a name and its value"),
        );
    }

    fn report(&mut self, problem: Diagnostic) {
        if self.gave_up {
            return;
        }
        self.problems.push(problem);
        self.gave_up = self.problems.len() >= MAXIMUM_PROBLEMS;
    }

    /// The token that comes next; the end, once the reader has given up.
    fn peek(&self) -> Token {
        let at = if self.gave_up { self.tokens.len() - 1 } else { self.at };
        self.tokens[at]
    }

    fn peek_after(&self) -> Token {
        self.tokens[(self.at + 1).min(self.tokens.len() - 1)]
    }

    fn take(&mut self) -> Token {
        let token = self.peek();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn begins_field(&self) -> bool {
        self.is_name_at(self.at)
    }

    fn is_name_at(&self, at: usize) -> bool {
        let kind = |at: usize| self.tokens.get(at).map(|token| token.kind);
        kind(at) == Some(TokenKind::Word)
            && matches!(kind(at + 1), Some(TokenKind::Colon | TokenKind::Equals | TokenKind::Open(Bracket::Round)))
    }

    fn end_of_last(&self) -> usize {
        if self.at == 0 { 0 } else { self.tokens[self.at - 1].span.end }
    }

    fn same_line(&self, first: Token, second: Token) -> bool {
        self.source.get(first.span.end..second.span.start).is_none_or(|between| !between.contains('\n'))
    }

    /// A value as it is written, if it is short.
    fn excerpt(&self, span: Span) -> String {
        let written = &self.source[span.range()];
        if written.len() > 40 || written.contains('\n') { "This".to_owned() } else { format!("`{written}`") }
    }
}

enum Next {
    Item,
    /// The bracket is behind; `damaged` if it did not end as it should.
    End {
        damaged: bool,
    },
}

enum Meaning {
    /// It closes an outer bracket; the innermost was forgotten.
    MineIsUnclosed,
    /// It closes the innermost bracket, in the wrong shape.
    MeantMine,
    /// It closes nothing.
    Stray,
}

/// How many brackets of the tokens do not fit, coming from inside the brackets of `open`.
fn imbalance(open: &mut Vec<Bracket>, tokens: &[Token]) -> usize {
    let mut misfits = 0;
    for token in tokens {
        match token.kind {
            TokenKind::Open(bracket) => open.push(bracket),
            TokenKind::Close(bracket) if open.last() == Some(&bracket) => {
                open.pop();
            }
            TokenKind::Close(bracket) => {
                misfits += 1;
                if open.len() >= 2 && open[open.len() - 2] == bracket {
                    open.truncate(open.len() - 2);
                }
            }
            _ => {}
        }
    }
    misfits + open.len()
}
