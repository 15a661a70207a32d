//! Text to a tree of values with their places, whatever is wrong with the text.
//!
//! `ron` stops at the first mistake and its values know no places. This reader goes on after a mistake, so that one
//! run can tell all of them; it never decides whether a file is good: that is `ron`'s to say.

use super::lexer::tokens;
use super::reader::Reader;
use super::recovery::{curl_entries, imbalance};
use crate::diagnostic::{Diagnostic, Span};

/// How deep brackets may stand in each other, as in `ron`.
pub(super) const MAXIMUM_DEPTH: usize = 128;
/// After so many mistakes of writing, the rest of a file is not read: it is no scenario.
pub(super) const MAXIMUM_PROBLEMS: usize = 100;

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

impl Kind {
    /// Notes that something of a value in brackets was lost.
    pub(super) fn damage(&mut self) {
        match self {
            Self::Group(group) => group.damaged = true,
            Self::List(list) => list.damaged = true,
            Self::Map(map) => map.damaged = true,
            Self::Word | Self::Number | Self::Character | Self::Text | Self::Broken => {}
        }
    }
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
    /// Something inside was lost, so that there may have been more.
    pub(super) damaged: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    pub(super) entries: Vec<(Value, Value)>,
    /// The entries stand in square brackets.
    pub(super) square: bool,
    pub(super) damaged: bool,
}

/// A whole text: its value, if there is any, and every mistake of writing.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) root: Option<Value>,
    pub(super) problems: Vec<Diagnostic>,
    /// Every bracket that opens is closed by its like.
    pub(super) balanced: bool,
}

pub(super) fn read(source: &str) -> Tree {
    let (mut tokens, mut problems) = tokens(source, MAXIMUM_PROBLEMS);
    curl_entries(source, &mut tokens);
    let balanced = imbalance(&mut Vec::new(), &tokens) == 0;
    let gave_up = problems.len() >= MAXIMUM_PROBLEMS;
    let mut reader = Reader {
        source,
        tokens,
        at: 0,
        open: Vec::new(),
        problems: Vec::new(),
        unquoted: Vec::new(),
        mended_before: None,
        balanced,
        searches: 0,
        misfits: 0,
        gave_up,
        end_told: problems.iter().any(|problem| problem.rule == "unclosed-remark"),
    };
    let root = reader.document();
    let unquoted = std::mem::take(&mut reader.unquoted);
    // A sign inside a text that lacks its quote marks is no mistake of its own.
    problems.retain(|problem| {
        problem.rule != "unreadable-character"
            || !problem
                .span
                .is_some_and(|span| unquoted.iter().any(|text| text.start <= span.start && span.end <= text.end))
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
    Tree { root, problems, balanced }
}
