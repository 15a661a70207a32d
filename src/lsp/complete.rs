//! What may be written where the cursor stands.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, InsertTextFormat, TextEdit};

use super::document::Document;
use super::names::{Kind, Mention, around, encounter_of, is_spoken, kind_at};
use crate::diagnostic::Span;
use crate::lint::described;
use crate::scenario::parse::{Cursor, Hint, Outline, Role, Wants, cursor, outline};
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Act, Flaw, Indicator};

/// Everything that fits at a byte, the most fitting first. With `snippets` an item may say where the cursor goes.
pub(super) fn complete(document: &Document, byte: usize, snippets: bool) -> Vec<CompletionItem> {
    let source = document.source();
    let Some(cursor) = cursor(source, byte) else { return Vec::new() };
    let before = outline(&source[..cursor.start]);
    let completion = Completion { document, before: &before, cursor: &cursor, byte, snippets };
    let mut items = completion.items();
    for (place, item) in items.iter_mut().enumerate() {
        item.sort_text = Some(format!("{place:04}"));
    }
    items
}

struct Completion<'a> {
    document: &'a Document,
    /// What stands before the word or text that is being written.
    before: &'a Outline,
    cursor: &'a Cursor,
    byte: usize,
    snippets: bool,
}

impl Completion<'_> {
    fn items(&self) -> Vec<CompletionItem> {
        let Cursor { site, role, wants, in_text, .. } = self.cursor;
        if let Some((kind, defines)) = kind_at(*site, *role) {
            return if defines { Vec::new() } else { self.names(kind) };
        }
        match wants {
            Wants::Fields(hints) => self.fields(hints),
            Wants::Words(hints) if !in_text => self.words(hints),
            Wants::Text if *in_text && is_spoken(*site) => self.facts(),
            _ => Vec::new(),
        }
    }

    fn names(&self, kind: Kind) -> Vec<CompletionItem> {
        if kind == Kind::Rule {
            let rules = described();
            return rules
                .iter()
                .map(|rule| self.item(rule.name, Some(rule.summary), CompletionItemKind::VALUE))
                .collect();
        }
        let names = self.document.names();
        let encounter = encounter_of(self.before, self.cursor.site, kind);
        let mut seen = Vec::new();
        let given = names.given(kind, encounter).filter(|given| {
            let is_new = !seen.contains(&given.name);
            seen.push(given.name.clone());
            is_new && !given.name.is_empty()
        });
        given.map(|given| self.item(&given.name, self.about(given).as_deref(), CompletionItemKind::REFERENCE)).collect()
    }

    /// What tells a name from the others.
    fn about(&self, given: &Mention) -> Option<String> {
        let (names, source) = (self.document.names(), self.document.source());
        let field = |field| given.names.and_then(|bracket| names.field(source, bracket, field));
        let about = match given.kind {
            Kind::Fact => names.value(source, given.span),
            Kind::Node => field("says"),
            Kind::Reply => field("gist"),
            _ => field("text"),
        };
        about.map(|about| format!("{}: {about}", given.kind.words()))
    }

    /// After an open curly bracket in a spoken line.
    fn facts(&self) -> Vec<CompletionItem> {
        let said = &self.document.source()[self.cursor.start..self.byte];
        let Some(open) = said.rfind('{').filter(|open| !said[*open..].contains('}')) else { return Vec::new() };
        let names = self.document.names();
        let rest = &self.document.source()[self.byte..];
        let written = rest.len() - rest.trim_start_matches(is_of_name).len();
        let close = if rest[written..].starts_with('}') { "" } else { "}" };
        let span = Span::new(self.cursor.start + open + 1, self.byte + written);
        let facts = names.given(Kind::Fact, None);
        facts
            .map(|fact| {
                let about = names.value(self.document.source(), fact.span);
                let mut item = self.item(&fact.name, about, CompletionItemKind::REFERENCE);
                item.text_edit = self.edit(span, format!("{}{close}", fact.name));
                item
            })
            .collect()
    }

    fn fields(&self, hints: &[Hint]) -> Vec<CompletionItem> {
        let (required, optional): (Vec<&Hint>, Vec<_>) = hints.iter().partition(|hint| hint.required);
        let rest = &self.document.source()[self.replaced().end..];
        let has_colon = rest.trim_start_matches(' ').starts_with(':');
        let item = |hint: &Hint| {
            let detail = if hint.required { "has to be there" } else { "may be left out" };
            let mut item = self.item(hint.name, Some(detail), CompletionItemKind::FIELD);
            item.documentation = Some(lsp_types::Documentation::String(hint.example.clone()));
            let text = if has_colon { hint.name.to_owned() } else { format!("{}: ", hint.name) };
            item.text_edit = self.edit(self.replaced(), text);
            item
        };
        required.into_iter().chain(optional).map(item).collect()
    }

    fn words(&self, hints: &[Hint]) -> Vec<CompletionItem> {
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
            let mut item = self.item(hint.name, Some(&about), CompletionItemKind::ENUM_MEMBER);
            let opens = self.snippets && hint.example.contains('(') && !self.rest().starts_with('(');
            if opens {
                item.text_edit = self.edit(self.replaced(), format!("{}($0)", hint.name));
                item.insert_text_format = Some(InsertTextFormat::SNIPPET);
            }
            item
        });
        items.collect()
    }

    /// The side of the desk in the encounter around the cursor.
    fn seat(&self) -> Seat {
        let turned = around(self.before, self.cursor.site.bracket)
            .find(|(_, bracket)| bracket.name == "Encounter")
            .and_then(|(index, _)| self.document.names().field(self.document.source(), index, "turned"));
        if turned == Some("true") { Seat::Customer } else { Seat::Agent }
    }

    /// Whether the node around the cursor weighs an indicator, of which a reply may then show something.
    fn is_weighed(&self, name: &str) -> bool {
        if self.cursor.site.field != "shows" {
            return false;
        }
        let source = self.document.source();
        let node = around(self.before, self.cursor.site.bracket).find(|(_, bracket)| bracket.name == "Node");
        let Some((node, _)) = node else { return false };
        self.before.pieces.iter().any(|piece| {
            (piece.role, piece.site.owner, piece.site.field) == (Role::Key, "Node", "weigh")
                && &source[piece.span.range()] == name
                && around(self.before, piece.site.bracket).any(|(index, _)| index == node)
        })
    }

    fn item(&self, name: &str, detail: Option<&str>, kind: CompletionItemKind) -> CompletionItem {
        let belongs_in_quotes = self.cursor.wants == Wants::Text && !self.cursor.in_text;
        let text = if belongs_in_quotes { format!("\"{name}\"") } else { name.to_owned() };
        CompletionItem {
            label: name.to_owned(),
            kind: Some(kind),
            detail: detail.map(shortened),
            text_edit: self.edit(self.replaced(), text),
            ..CompletionItem::default()
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is an optional field of the protocol’s item")]
    fn edit(&self, span: Span, new_text: String) -> Option<CompletionTextEdit> {
        Some(CompletionTextEdit::Edit(TextEdit { range: self.document.text.range(span), new_text }))
    }

    /// The word that is being written, its end behind the cursor included.
    fn replaced(&self) -> Span {
        let rest = &self.document.source()[self.byte..];
        let end = self.byte + rest.len() - self.rest().len();
        Span::new(self.cursor.start, end)
    }

    /// What stands behind it.
    fn rest(&self) -> &str {
        self.document.source()[self.byte..].trim_start_matches(is_of_name)
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
