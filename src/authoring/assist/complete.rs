//! What may be written where the cursor stands.

use std::collections::HashSet;

use super::Assist;
use super::names::{Mention, Sense, around, encounter_of, encounters, is_spoken, sense_at};
use crate::diagnostic::Span;
use crate::lint::described;
use crate::scenario::name::Kind;
use crate::scenario::parse::{Cursor, Hint, Outline, Role, Wants, cursor, outline};
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Act, Flaw, Indicator};

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The name or the word, as a person picks it.
    pub label: String,
    pub kind: CompletionKind,
    /// What tells it from the others, in one line.
    pub detail: Option<String>,
    /// More of it: how a field may go on.
    pub documentation: Option<String>,
    /// The word that is being written, its end behind the cursor included.
    pub replaces: Span,
    pub inserts: String,
    /// The byte of `inserts` before which the cursor belongs then, where that is not its end.
    pub cursor: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    Field,
    /// Of a closed list.
    Word,
    /// That the author gives: a node, a fact.
    Name,
    /// A rule of `simmer check`.
    Rule,
}

pub(super) fn complete(assist: &Assist, byte: usize) -> Vec<Completion> {
    let Some(cursor) = cursor(&assist.text, byte) else { return Vec::new() };
    let before = outline(&assist.text[..cursor.start]);
    Completing { assist, before: &before, cursor: &cursor, byte }.items()
}

struct Completing<'a> {
    assist: &'a Assist,
    /// What stands before the word or text that is being written.
    before: &'a Outline,
    cursor: &'a Cursor,
    byte: usize,
}

impl Completing<'_> {
    fn items(&self) -> Vec<Completion> {
        let Cursor { site, role, wants, in_text, .. } = self.cursor;
        if let Some((sense, defines)) = sense_at(*site, *role) {
            return if defines { Vec::new() } else { self.names(sense) };
        }
        match wants {
            Wants::Fields(hints) => self.fields(hints),
            Wants::Words(hints) if !in_text => self.words(hints),
            Wants::Text if *in_text && is_spoken(*site) => self.facts(),
            _ => Vec::new(),
        }
    }

    fn names(&self, sense: Sense) -> Vec<Completion> {
        if sense == Sense::Rule {
            let rules = described();
            return rules.iter().map(|rule| self.item(rule.name, Some(rule.summary), CompletionKind::Rule)).collect();
        }
        let names = self.assist.names();
        let encounter = encounter_of(self.before, &encounters(self.before), self.cursor.site, sense);
        let mut seen = HashSet::new();
        let given = names.given(sense, encounter).filter(|given| !given.name.is_empty() && seen.insert(&given.name));
        given.map(|given| self.item(&given.name, self.about(given).as_deref(), CompletionKind::Name)).collect()
    }

    /// What tells a name from the others.
    fn about(&self, given: &Mention) -> Option<String> {
        let (names, source) = (self.assist.names(), self.assist.text());
        let field = |field| given.names.and_then(|bracket| names.field(source, bracket, field));
        let kind = given.given()?;
        let about = match kind {
            Kind::Fact => names.value(source, given.span),
            Kind::Node => field("says"),
            Kind::Reply => field("gist"),
            _ => field("text"),
        };
        about.map(|about| format!("{}: {about}", kind.noun()))
    }

    /// After an open curly bracket in a spoken line.
    fn facts(&self) -> Vec<Completion> {
        let said = &self.assist.text()[self.cursor.start..self.byte];
        let Some(open) = said.rfind('{').filter(|open| !said[*open..].contains('}')) else { return Vec::new() };
        let names = self.assist.names();
        let rest = &self.assist.text()[self.byte..];
        let written = rest.len() - rest.trim_start_matches(is_of_name).len();
        let close = if rest[written..].starts_with('}') { "" } else { "}" };
        let span = Span::new(self.cursor.start + open + 1, self.byte + written);
        let facts = names.given(Sense::Of(Kind::Fact), None);
        facts
            .map(|fact| {
                let about = names.value(self.assist.text(), fact.span);
                let mut item = self.item(&fact.name, about, CompletionKind::Name);
                item.replaces = span;
                item.inserts = format!("{}{close}", fact.name);
                item
            })
            .collect()
    }

    fn fields(&self, hints: &[Hint]) -> Vec<Completion> {
        let (required, optional): (Vec<&Hint>, Vec<_>) = hints.iter().partition(|hint| hint.required);
        let rest = &self.assist.text()[self.replaced().end..];
        let has_colon = rest.trim_start_matches(' ').starts_with(':');
        let item = |hint: &Hint| {
            let detail = if hint.required { "has to be there" } else { "may be left out" };
            let mut item = self.item(hint.name, Some(detail), CompletionKind::Field);
            item.documentation = Some(hint.example.clone());
            if !has_colon {
                item.inserts.push_str(": ");
            }
            item
        };
        required.into_iter().chain(optional).map(item).collect()
    }

    fn words(&self, hints: &[Hint]) -> Vec<Completion> {
        let site = self.cursor.site;
        let seat = self.seat();
        let mut named: Vec<(bool, &Hint, Option<String>)> = Vec::new();
        for hint in hints {
            let name = hint.name;
            let (fits, is_first, about) = match (site.owner, site.field) {
                ("Reply", "acts") | ("Used", "act") => match named_in(Act::ALL, name, Act::name) {
                    Some(act) => (act.is_for(seat), false, Some(act.words().to_owned())),
                    None => (true, false, None),
                },
                ("Node", "weigh") | ("Reply", "shows") => match named_in(Indicator::ALL, name, Indicator::name) {
                    Some(one) => {
                        let about = format!("{}: {}", one.skill().words(), one.words_for(seat));
                        (one.is_authored(), self.is_weighed(name), Some(about))
                    }
                    None => (true, false, None),
                },
                ("Reply" | "Choice", "flaw") => match named_in(Flaw::ALL, name, Flaw::name) {
                    Some(flaw) => (flaw.is_authored(), false, Some(flaw.words().to_owned())),
                    None => (true, false, None),
                },
                _ => (true, false, None),
            };
            if fits {
                named.push((!is_first, hint, about));
            }
        }
        named.sort_by_key(|(is_later, ..)| *is_later);
        let items = named.into_iter().map(|(_, hint, about)| {
            let about = about.unwrap_or_else(|| hint.example.clone());
            let mut item = self.item(hint.name, Some(&about), CompletionKind::Word);
            if hint.example.contains('(') && !self.rest().starts_with('(') {
                item.inserts.push_str("()");
                item.cursor = Some(hint.name.len() + 1);
            }
            item
        });
        items.collect()
    }

    /// The side of the desk in the encounter around the cursor.
    fn seat(&self) -> Seat {
        let turned = around(self.before, self.cursor.site.bracket)
            .find(|(_, bracket)| bracket.name == "Encounter")
            .and_then(|(index, _)| self.assist.names().field(self.assist.text(), index, "turned"));
        if turned == Some("true") { Seat::Customer } else { Seat::Agent }
    }

    /// Whether the node around the cursor weighs an indicator, of which a reply may then show something.
    fn is_weighed(&self, name: &str) -> bool {
        if self.cursor.site.field != "shows" {
            return false;
        }
        let source = self.assist.text();
        let node = around(self.before, self.cursor.site.bracket).find(|(_, bracket)| bracket.name == "Node");
        let Some((node, _)) = node else { return false };
        self.before.pieces.iter().any(|piece| {
            (piece.role, piece.site.owner, piece.site.field) == (Role::Key, "Node", "weigh")
                && &source[piece.span.range()] == name
                && around(self.before, piece.site.bracket).any(|(index, _)| index == node)
        })
    }

    fn item(&self, name: &str, detail: Option<&str>, kind: CompletionKind) -> Completion {
        let belongs_in_quotes = self.cursor.wants == Wants::Text && !self.cursor.in_text;
        Completion {
            label: name.to_owned(),
            kind,
            detail: detail.map(shortened),
            documentation: None,
            replaces: self.replaced(),
            inserts: if belongs_in_quotes { format!("\"{name}\"") } else { name.to_owned() },
            cursor: None,
        }
    }

    /// The word that is being written, its end behind the cursor included.
    fn replaced(&self) -> Span {
        let rest = &self.assist.text()[self.byte..];
        let end = self.byte + rest.len() - self.rest().len();
        Span::new(self.cursor.start, end)
    }

    /// What stands behind it.
    fn rest(&self) -> &str {
        self.assist.text()[self.byte..].trim_start_matches(is_of_name)
    }
}

fn named_in<T: Copy>(all: &[T], name: &str, name_of: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|one| name_of(*one) == name)
}

const fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// One line, for a list.
fn shortened(text: &str) -> String {
    const MOST: usize = 100;
    let short: String = text.chars().take(MOST).map(|letter| if letter == '\n' { ' ' } else { letter }).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
