//! Paths through a document to places in its text.

use super::copy::Misspelt;
use super::text;
use super::tree::{self, Group, Kind, Value};
use crate::diagnostic::{Also, Diagnostic, Severity, SourceFile, Span};
use crate::scenario::finding::{Finding, Level, Part, Path, Step};

/// Gives findings their places. The text is read again for it, once, and only if there is a finding.
///
/// A path that leads nowhere gets the place of the last thing on it that is there. `misspelt` is what [`parse`] gave.
///
/// [`parse`]: super::parse
pub fn locate(source: &SourceFile, misspelt: &Misspelt, findings: Vec<Finding>) -> Vec<Diagnostic> {
    if findings.is_empty() {
        return Vec::new();
    }
    let tree = tree::read(source.text());
    let locator = Locator { source: source.text(), misspelt };
    findings
        .into_iter()
        .map(|finding| {
            let place = |path: &Path, part: &Part| tree.root.as_ref().map(|root| locator.place(root, path, part));
            let span = place(&finding.path, &finding.part);
            let first = finding.first.as_ref().and_then(|(path, part)| place(path, part));
            Diagnostic {
                rule: finding.rule,
                severity: match finding.level {
                    Level::Warning => Severity::Warning,
                    Level::Error => Severity::Error,
                },
                span,
                message: finding.message,
                expected: finding.expected,
                help: finding.help,
                also: first.map(|span| Also { span, label: "the first one".to_owned() }).into_iter().collect(),
            }
        })
        .collect()
}

/// The place of what a path leads to in a text, whatever is wrong with it; of the last thing on the path that is there.
/// None in a text that holds nothing.
pub fn place(source: &str, path: &Path, part: &Part) -> Option<Span> {
    places(source, std::slice::from_ref(path), part).pop()
}

/// The same of several paths, with one reading of the text; nothing at all in a text that holds nothing.
pub fn places(source: &str, paths: &[Path], part: &Part) -> Vec<Span> {
    let misspelt = Misspelt::new();
    let locator = Locator { source, misspelt: &misspelt };
    let tree = tree::read(source);
    let Some(root) = &tree.root else { return Vec::new() };
    paths.iter().map(|path| locator.place(root, path, part)).collect()
}

struct Locator<'a> {
    source: &'a str,
    misspelt: &'a Misspelt,
}

impl Locator<'_> {
    fn place(&self, root: &Value, path: &Path, part: &Part) -> Span {
        let mut value = root;
        // The name or key that led to the value.
        let mut key = None;
        for step in &path.0 {
            let Some((next, name)) = self.follow(value, step) else {
                // The nearest there is, whatever part of it was meant.
                return opening(self.source, value);
            };
            value = next;
            if matches!(step, Step::Field(_) | Step::Key(..)) || name.is_some() {
                key = name;
            }
        }
        let value = unwrapped(self.source, value);
        match part {
            Part::Key => key.unwrap_or_else(|| opening(self.source, value)),
            Part::Text(range) if matches!(value.kind, Kind::Text) => {
                text::place(self.source, value.span, range.clone())
            }
            Part::Value | Part::Text(_) => value.span,
        }
    }

    /// One step into a value: what it leads to, and the name or key that stands there.
    fn follow<'v>(&self, value: &'v Value, step: &Step) -> Option<(&'v Value, Option<Span>)> {
        let source = self.source;
        let value = unwrapped(source, value);
        match (step, &value.kind) {
            (Step::Field(name), Kind::Group(group)) => {
                let item = group.items.iter().find(|item| item.name.is_some_and(|span| self.is_field(span, name)))?;
                Some((&item.value, item.name))
            }
            (Step::Key(key, occurrence), Kind::Map(map)) => {
                let mut same = map.entries.iter().filter(|(written, _)| is_key(source, written, key));
                let (key, value) = same.nth(*occurrence)?;
                Some((value, Some(key.span)))
            }
            (Step::Index(index), Kind::List(list)) => list.items.get(*index).map(|item| (item, None)),
            (Step::Index(index), Kind::Group(group)) => group.items.get(*index).map(|item| (&item.value, None)),
            (Step::Variant(name), Kind::Group(group)) if group.name.is_some_and(|span| is_name(source, span, name)) => {
                Some((content(group).unwrap_or(value), group.name))
            }
            // A variant without content is its own content.
            (Step::Variant(name), Kind::Word) if is_name(source, value.span, name) => Some((value, Some(value.span))),
            _ => None,
        }
    }

    fn is_field(&self, span: Span, name: &str) -> bool {
        match self.misspelt.get(&span) {
            Some(meant) => *meant == name,
            None => is_name(self.source, span, name),
        }
    }
}

/// `Some(...)` may stand around any value that may be left out; a path knows nothing of it.
fn unwrapped<'a>(source: &str, value: &'a Value) -> &'a Value {
    match &value.kind {
        Kind::Group(group) if group.name.is_some_and(|span| &source[span.range()] == "Some") => {
            content(group).unwrap_or(value)
        }
        _ => value,
    }
}

/// The one value in a group's brackets, if it is one and has no name.
fn content(group: &Group) -> Option<&Value> {
    match group.items.as_slice() {
        [item] if item.name.is_none() => Some(&item.value),
        _ => None,
    }
}

fn is_name(source: &str, span: Span, name: &str) -> bool {
    let written = source[span.range()].trim_matches('"');
    written.strip_prefix("r#").unwrap_or(written) == name
}

fn is_key(source: &str, written: &Value, key: &str) -> bool {
    match written.kind {
        Kind::Text => text::content(source, written.span) == key,
        _ => is_name(source, written.span, key),
    }
}

fn opening(source: &str, value: &Value) -> Span {
    match &value.kind {
        Kind::Group(_) | Kind::List(_) | Kind::Map(_) => {
            let written = &source[value.span.range()];
            let length = written.find(['(', '[', '{']).map_or(written.len(), |at| at + 1);
            Span::new(value.span.start, value.span.start + length)
        }
        _ => value.span,
    }
}
