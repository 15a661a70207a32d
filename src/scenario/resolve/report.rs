//! What has been found so far.

use crate::scenario::finding::{Finding, Level, Part};
use crate::scenario::resolve::place::At;

/// The findings in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Report {
    found: Vec<Found>,
    errors: usize,
    /// Name comparisons made for "did you mean". A file full of wrong names must not take for ever.
    compared: usize,
}

/// A finding, and the names that an `allow` can call its place by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub finding: Finding,
    /// What the place stands in, innermost first: reply, node, encounter.
    pub names: Vec<String>,
}

/// Comparisons after which "did you mean" gives up.
const COMPARISONS: usize = 200_000;

impl Report {
    pub(super) fn error(&mut self, rule: &'static str, at: &At<'_>, message: impl Into<String>) -> Draft<'_> {
        self.errors += 1;
        self.add(rule, Level::Error, at, message.into())
    }

    pub(super) fn warning(&mut self, rule: &'static str, at: &At<'_>, message: impl Into<String>) -> Draft<'_> {
        self.add(rule, Level::Warning, at, message.into())
    }

    fn add(&mut self, rule: &'static str, level: Level, at: &At<'_>, message: String) -> Draft<'_> {
        let names = if level == Level::Warning { at.names() } else { Vec::new() };
        let finding = Finding { rule, level, path: at.path(), part: Part::Value, message, expected: None, help: None };
        self.found.push(Found { finding, names });
        let last = self.found.len() - 1;
        Draft(&mut self.found[last].finding)
    }

    /// How many errors there are so far.
    pub(super) const fn errors(&self) -> usize {
        self.errors
    }

    /// Whether `count` more names may be compared; counts them as compared.
    pub(super) const fn may_compare(&mut self, count: usize) -> bool {
        self.compared = self.compared.saturating_add(count);
        self.compared <= COMPARISONS
    }

    pub(super) fn into_found(self) -> Vec<Found> {
        self.found
    }
}

/// A finding that is still being described.
pub(super) struct Draft<'r>(&'r mut Finding);

impl Draft<'_> {
    pub(super) fn expected(self, text: impl Into<String>) -> Self {
        self.0.expected = Some(text.into());
        self
    }

    pub(super) fn help(self, text: impl Into<String>) -> Self {
        self.0.help = Some(text.into());
        self
    }

    /// The field's name or the map's key is meant, not the value.
    pub(super) fn at_key(self) -> Self {
        self.part(Part::Key)
    }

    pub(super) fn part(self, part: Part) -> Self {
        self.0.part = part;
        self
    }
}
