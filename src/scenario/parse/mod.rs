//! RON text to a document, with every problem of the file and its place.
//!
//! bytes → [`decode()`] → [`SourceFile`] → [`parse`] → document. Most good files are `plain` and read fast. Any other is
//! read by `ron`, whose word holds, and, where it has escapes, looked through for what they hide. Only if `ron` refuses it,
//! it is read once more, by a reader that goes on after a mistake (`tree`), and held against the `shape` of the document's
//! types, so that all of its problems are told at once. What fits goes into a `copy` that `ron` can read, so that `resolve`
//! can judge it in the same run. Problems that later steps find get their places from [`locate()`].

mod check;
mod copy;
mod decode;
mod example;
mod hidden;
mod lexeme;
mod lexer;
mod locate;
mod number;
mod outline;
mod plain;
mod probe;
mod reader;
mod recovery;
pub mod rules;
mod shape;
mod text;
mod tree;
mod words;

use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, Place, SourceFile, Span};
use crate::scenario::format::{self, current};
use crate::scenario::unread::Unread;

pub use copy::Misspelt;
pub use decode::{Decoded, MAXIMUM_SIZE, Refused, decode};
pub use lexeme::{Lexeme, LexemeKind, lexemes};
pub use locate::{locate, place, places};
pub use outline::{Bracketed, Cursor, Hint, Outline, Piece, Role, Site, Wants, cursor, outline, remarks};

/// What the types of the current format say.
static SHAPES: LazyLock<shape::Shapes> = LazyLock::new(shape::Shapes::of::<current::Scenario>);

/// What became of a text.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The document. Where there are findings it is as much of it as could be read, if anything: then it may be judged,
    /// but not played.
    pub document: Option<current::Scenario>,
    /// What of the document could not be read, and is stood in for.
    pub unread: Unread,
    /// Where field names are misspelt, and as which they were read.
    pub misspelt: Misspelt,
    /// Every problem of the text, in its order.
    pub findings: Vec<Diagnostic>,
}

/// Reads a scenario file of any version that still loads.
pub fn parse(source: &SourceFile) -> Parsed {
    let is_read = |document: &current::Scenario| (format::MINIMUM..=format::CURRENT).contains(&document.format);
    if let Some(document) = plain::read(source.text()).filter(is_read) {
        // No escape that is read there hides anything.
        return Parsed { document: Some(document), ..Parsed::of(Vec::new()) };
    }
    match options().from_str::<current::Scenario>(source.text()) {
        Ok(document) if is_read(&document) => {
            Parsed { document: Some(document), ..Parsed::of(hidden::escaped(source.text())) }
        }
        Ok(document) => {
            let root = tree::read(source.text()).root;
            let span = root.as_ref().and_then(|root| version_of(source.text(), root)).map(|(span, _)| span);
            Parsed::of(vec![unsupported(i128::from(document.format), span)])
        }
        Err(error) => read_on(source, &error),
    }
}

impl Parsed {
    /// Nothing but findings.
    fn of(findings: Vec<Diagnostic>) -> Self {
        Self { document: None, unread: Unread::default(), misspelt: Misspelt::new(), findings }
    }
}

/// The dialect of RON that scenario files are written in.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// Everything that is wrong with a text that `ron` refused, never nothing, and what can be read of it.
fn read_on(source: &SourceFile, error: &ron::error::SpannedError) -> Parsed {
    let text = source.text();
    let tree = tree::read(text);
    let mut parsed = Parsed::of(tree.problems);
    if let Some(root) = &tree.root {
        if let Some((span, Some(version))) = version_of(text, root)
            && !(i128::from(format::MINIMUM)..=i128::from(format::CURRENT)).contains(&version)
        {
            // Whatever else is strange about the file, it follows other rules than these.
            return Parsed::of(vec![unsupported(version, Some(span))]);
        }
        let (misfits, copy) = check::check(text, root, tree.balanced, &SHAPES);
        if !tree.balanced {
            // A key of a map whose bracket is lost is no field.
            let is_field = |span: Span| SHAPES.know_field(text[span.range()].trim_matches('"'));
            parsed.findings.retain(|told| told.rule != "quoted-field" || told.span.is_some_and(is_field));
        }
        parsed.findings.extend(misfits);
        // Where `ron` refuses even the copy, what was found so far is told alone.
        parsed.document = options().from_str(&copy.text).ok();
        parsed.unread = copy.unread;
        parsed.misspelt = copy.misspelt;
    }
    if parsed.findings.is_empty() {
        parsed.findings.push(refused(source, error));
    }
    parsed.findings.extend(hidden::escaped(text));
    parsed.findings.sort_by_key(|finding| finding.span);
    parsed
}

/// Where the file says its version, and which, if it is a whole number.
fn version_of(text: &str, root: &tree::Value) -> Option<(Span, Option<i128>)> {
    let tree::Kind::Group(group) = &root.kind else { return None };
    let item = group.items.iter().find(|item| item.name.is_some_and(|span| &text[span.range()] == "format"))?;
    let version = match number::read(&text[item.value.span.range()]) {
        number::Read::Whole(version) => Some(version),
        number::Read::Huge => Some(i128::MAX),
        number::Read::Decimal | number::Read::NotANumber => None,
    };
    Some((item.value.span, version))
}

fn unsupported(version: i128, span: Option<Span>) -> Diagnostic {
    let (minimum, current) = (format::MINIMUM, format::CURRENT);
    let newer = version > i128::from(current);
    let message = if newer {
        "This file is written in a newer format than this version of Simmer can read"
    } else {
        "This file is written in a format that is no longer read"
    };
    let help = if newer { "get a newer version of Simmer" } else { "open and save it with an older version of Simmer" };
    let expected = if minimum == current { format!("{current}") } else { format!("{minimum} to {current}") };
    let mut finding = Diagnostic::error("unsupported-format", message).expected(expected).help(help);
    finding.span = span;
    finding
}

/// `ron`'s own words, for what only `ron` finds wrong.
fn refused(source: &SourceFile, error: &ron::error::SpannedError) -> Diagnostic {
    let byte = |position: ron::error::Position| source.byte(Place { line: position.line, column: position.col });
    let span = Span::new(byte(error.span.start), byte(error.span.end).max(byte(error.span.start)));
    let finding = match &error.code {
        ron::Error::ExceededRecursionLimit => {
            Diagnostic::error("too-deep", "Too many brackets stand inside each other here")
                .expected(format!("at most {}, and fewer with conditions", tree::MAXIMUM_DEPTH))
        }
        code => Diagnostic::error("unreadable", format!("The file cannot be read from here on: {code}"))
            .help("look at this line and the one before it, and compare them with a scenario that works"),
    };
    finding.at(span)
}

#[cfg(test)]
mod tests;
