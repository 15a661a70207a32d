//! What to make of a mistake: how far to skip, and what a bracket that does not fit was meant to be.

use super::lexer::{Bracket, Token, TokenKind};
use super::reader::Reader;
use super::tree::{Kind, MAXIMUM_DEPTH, Value};
use crate::diagnostic::{Diagnostic, Span};

/// How often the rest of the file may be searched for what a wrong bracket was meant to be.
const MAXIMUM_SEARCHES: usize = 60;

pub(super) enum Meaning {
    /// It closes an outer bracket; the innermost was forgotten.
    MineIsUnclosed,
    /// It closes the innermost bracket, in the wrong shape.
    MeantMine,
    /// It closes nothing.
    Stray,
}

/// How the items in a bracket are indented.
#[derive(Debug, Default)]
pub(super) struct Margin {
    /// The indentation of the line on which the bracket opens, once it is known.
    least: Option<usize>,
    /// The items stand no deeper than that.
    is_flat: bool,
}

impl Reader<'_> {
    pub(super) fn report_missing_value(&mut self, at: usize) {
        self.report(
            Diagnostic::error("missing-value", "A value is missing here")
                .at(Span::point(at))
                .help("write a value, or delete what leads to it"),
        );
    }

    /// Goes to the next comma or closing bracket, or to the next line if a field begins there.
    pub(super) fn skip_rest_of_item(&mut self) {
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
    pub(super) fn meaning_of(&mut self, found: Bracket) -> Meaning {
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
    pub(super) fn is_better_closed(&mut self) -> bool {
        if self.balanced || self.open.len() < 2 || self.searches >= MAXIMUM_SEARCHES {
            return false;
        }
        self.searches += 2;
        let mut inside: Vec<_> = self.open.iter().map(|(bracket, _)| *bracket).collect();
        let mut outside = inside.clone();
        outside.pop();
        imbalance(&mut outside, &self.tokens[self.at..]) < imbalance(&mut inside, &self.tokens[self.at..])
    }

    /// Whether an item that begins a line of a file with misfits is indented no deeper than the line on which the innermost
    /// bracket opens, so that it seems to belong outside. Where its first item is so already, it tells nothing.
    pub(super) fn stands_outside(&self, item: Token, is_first: bool, margin: &mut Margin) -> bool {
        if self.balanced || margin.is_flat || self.at == 0 || self.same_line(self.tokens[self.at - 1], item) {
            return false;
        }
        let Some(&(_, opening)) = self.open.last() else { return false };
        let least = *margin.least.get_or_insert_with(|| self.indentation(opening.start));
        let stands_outside = self.indentation(item.span.start) <= least;
        margin.is_flat = stands_outside && is_first;
        stands_outside && !is_first
    }

    /// How far in the line begins that a byte is in.
    fn indentation(&self, at: usize) -> usize {
        let line = &self.source[self.source[..at].rfind('\n').map_or(0, |end| end + 1)..];
        line.chars().take_while(|character| matches!(character, ' ' | '\t')).count()
    }

    /// Passes over a bracket's content without going into it, however deep it is.
    pub(super) fn skip_too_deep(&mut self, start: Span) -> Value {
        // Once is enough, wherever else it is so.
        if self.problems.iter().all(|problem| problem.rule != "too-deep") {
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

    pub(super) fn report_open_at_end(&mut self, opening: Span) {
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

    pub(super) fn report_unclosed(&mut self, before: Span) {
        let Some(&(bracket, opening)) = self.open.last() else { return };
        self.mended_before = Some(self.at);
        // The comma that seemed to be missing here stands behind the forgotten bracket, if at all.
        let here = Span::point(self.end_of_last());
        self.problems.pop_if(|last| last.rule == "missing-comma" && last.span == Some(here));
        self.report(
            Diagnostic::error("unclosed-bracket", format!("`{}` is never closed", bracket.open()))
                .at(opening)
                .also(before, "before this")
                .expected(format!("`{}`", bracket.close())),
        );
    }

    pub(super) fn report_equals(&mut self, at: Span) {
        self.report(
            Diagnostic::error("missing-colon", "`=` stands where a colon belongs")
                .at(at)
                .expected("`:` between a name and its value"),
        );
    }
}

/// Makes curly brackets of the square ones around entries with keys (`["key": ...]`): no list holds such, so nothing else
/// can be meant, and what stands in them can be read. It is told by `check`, which knows what belongs there.
pub(super) fn curl_entries(source: &str, tokens: &mut [Token]) {
    let mut searches = 0;
    for at in 0..tokens.len() {
        let [opening, key, colon, ..] = &tokens[at..] else { return };
        // Names in lower case are those of fields, which stand in round brackets.
        let is_key = match key.kind {
            TokenKind::Text => true,
            TokenKind::Word => source[key.span.range()].starts_with(char::is_uppercase),
            _ => false,
        };
        if opening.kind != TokenKind::Open(Bracket::Square) || !is_key || colon.kind != TokenKind::Colon {
            continue;
        }
        searches += 1;
        if searches > MAXIMUM_SEARCHES {
            return;
        }
        let mut depth = 0_usize;
        let closing = tokens[at..].iter().position(|token| {
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some(closing) = closing.map(|length| at + length) else { continue };
        if tokens[closing].kind != TokenKind::Close(Bracket::Round) {
            tokens[at].kind = TokenKind::Open(Bracket::Curly);
            tokens[closing].kind = TokenKind::Close(Bracket::Curly);
        }
    }
}

/// How many brackets of the tokens do not fit, coming from inside the brackets of `open`.
pub(super) fn imbalance(open: &mut Vec<Bracket>, tokens: &[Token]) -> usize {
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
