//! What has been found so far.

use crate::scenario::finding::{Draft, Finding, Level, Path};
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::rules;
use crate::scenario::unread::Unread;

/// The findings in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// What nobody has seen, and nothing is found in.
    unread: Unread,
    found: Vec<Found>,
    errors: usize,
    /// Errors that leave a road out of the graph: what lies behind it is not to blame.
    broken_roads: usize,
    /// Name comparisons made for "did you mean". A file full of wrong names must not take for ever.
    compared: usize,
    /// Takes what is found beyond the limit.
    beyond: Option<Found>,
    /// Takes what is no finding, because it is about what was not read.
    echo: Option<Finding>,
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
/// Findings after which no more are kept: nobody mends more in one go, and memory is finite.
const FINDINGS: usize = 10_000;

impl Report {
    pub(super) fn of(unread: Unread) -> Self {
        Self { unread, ..Self::default() }
    }

    pub(super) fn error(&mut self, rule: &'static str, at: &At<'_>, message: impl Into<String>) -> Draft<'_> {
        self.error_if(true, rule, at, message)
    }

    /// An error that is told only if it is certain. Either way what it breaks is broken.
    pub(super) fn error_if(
        &mut self,
        is_certain: bool,
        rule: &'static str,
        at: &At<'_>,
        message: impl Into<String>,
    ) -> Draft<'_> {
        let breaks_road =
            [rules::UNKNOWN_TARGET, rules::UNKNOWN_NODE, rules::DUPLICATE_NAME, rules::TOO_MANY, rules::REPLY_COUNT];
        self.broken_roads += usize::from(breaks_road.contains(&rule));
        if is_certain && self.has_read(at) {
            self.errors += 1;
            self.add(rule, Level::Error, at, message.into())
        } else {
            self.overhear(rule, Level::Error, message.into())
        }
    }

    pub(super) fn warning(&mut self, rule: &'static str, at: &At<'_>, message: impl Into<String>) -> Draft<'_> {
        if self.has_read(at) {
            self.add(rule, Level::Warning, at, message.into())
        } else {
            self.overhear(rule, Level::Warning, message.into())
        }
    }

    /// Whether the value there was read, and no part of it is missing; what is inside its parts does not matter.
    pub(super) fn has_read(&self, at: &At<'_>) -> bool {
        self.unread.is_empty() || !self.unread.covers(&at.path().0)
    }

    /// Whether the value there was read with all that is in it.
    pub(super) fn has_read_all(&self, at: &At<'_>) -> bool {
        self.unread.is_empty() || !self.unread.touches(&at.path().0)
    }

    /// Whether every name that is used in the value there was read.
    pub(super) fn has_read_names(&self, at: &At<'_>) -> bool {
        self.unread.is_empty() || !self.unread.hides_names_in(&at.path().0)
    }

    /// Whether the whole document was read.
    pub(super) fn has_read_everything(&self) -> bool {
        self.unread.is_empty()
    }

    /// Notes that a road may be missing from the graph.
    pub(super) const fn break_road(&mut self) {
        self.broken_roads += 1;
    }

    fn overhear(&mut self, rule: &'static str, level: Level, message: String) -> Draft<'_> {
        Draft(self.echo.insert(Finding::new(rule, level, Path::default(), message)))
    }

    fn add(&mut self, rule: &'static str, level: Level, at: &At<'_>, message: String) -> Draft<'_> {
        let names = if level == Level::Warning { at.names() } else { Vec::new() };
        let found = Found { finding: Finding::new(rule, level, at.path(), message), names };
        if self.found.len() >= FINDINGS {
            return Draft(&mut self.beyond.insert(found).finding);
        }
        self.found.push(found);
        let last = self.found.len() - 1;
        Draft(&mut self.found[last].finding)
    }

    /// How many errors there are so far.
    pub(super) const fn errors(&self) -> usize {
        self.errors
    }

    /// How many of them leave a road out of the graph.
    pub(super) const fn broken_roads(&self) -> usize {
        self.broken_roads
    }

    /// Whether `count` more names may be compared; counts them as compared.
    pub(super) const fn may_compare(&mut self, count: usize) -> bool {
        self.compared = self.compared.saturating_add(count);
        self.compared <= COMPARISONS
    }

    /// All that was found, and a word where that is not everything.
    pub(super) fn into_found(mut self) -> Vec<Found> {
        if let Some(mut beyond) = self.beyond.take() {
            let message = format!("There are more than {FINDINGS} problems; the rest is not shown");
            let Finding { level, path, .. } = beyond.finding;
            beyond.finding = Finding::new(rules::TOO_MANY, level, path, message);
            Draft(&mut beyond.finding).help("mend these first");
            self.found.push(beyond);
        }
        self.found
    }
}
