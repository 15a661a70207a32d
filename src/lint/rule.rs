//! A rule, and what it reports.

use crate::explore::simulate::Report as Played;
use crate::lint::place::Place;
use crate::lint::subject::Subject;
use crate::scenario::finding::{Draft, Finding, Level};
use crate::scenario::resolve::Found;

/// One thing that can be wrong with a scenario that loads.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Says the problem, in kebab-case; the name of the file it stands in.
    pub name: &'static str,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    pub group: Group,
    /// A warning may be allowed in the file; an error makes `simmer check` end with exit code 1.
    pub level: Level,
    pub tier: Tier,
    pub check: fn(&Subject<'_>, &mut Report),
}

/// One thing that can be wrong with several scenarios taken together: how they do on the average. Asked by the second
/// tier alone, where there are two scenarios at least; a warning about guessability.
#[derive(Debug, Clone, Copy)]
pub struct LibraryRule {
    pub name: &'static str,
    pub summary: &'static str,
    /// Sees all scenarios, and what came of playing them; has a report for each, in the same order.
    pub check: fn(&[&Subject<'_>], &Played<'_>, &mut [Report]),
}

impl LibraryRule {
    pub const GROUP: Group = Group::Guessability;
    pub const TIER: Tier = Tier::Proof;
}

/// What kind of problem it is (`scenario-language`, "What the tools must catch").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Shape,
    Names,
    Flow,
    Fairness,
    Guessability,
    Writing,
    /// Of catalogues that lie beside a scenario.
    Translations,
    /// Of files and folders rather than of what stands in them.
    Files,
}

impl Group {
    pub const ALL: &'static [Self] = &[
        Self::Shape,
        Self::Names,
        Self::Flow,
        Self::Fairness,
        Self::Guessability,
        Self::Writing,
        Self::Translations,
        Self::Files,
    ];

    /// The name as it stands in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Names => "names",
            Self::Flow => "flow",
            Self::Fairness => "fairness",
            Self::Guessability => "guessability",
            Self::Writing => "writing",
            Self::Translations => "translations",
            Self::Files => "files",
        }
    }

    /// The words a person reads.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shape => "Shape: how the file is written",
            Self::Names => "Names: what leads nowhere, or is there for nothing",
            Self::Flow => "Flow: where the conversation can go",
            Self::Fairness => "Fairness: what the score rests on",
            Self::Guessability => "Guessability: what gives the best reply away",
            Self::Writing => "Writing: the words themselves",
            Self::Translations => "Translations: the same words in other languages",
            Self::Files => "Files: where scenarios lie",
        }
    }
}

/// When a rule is asked. Each tier takes in those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// While somebody types: whatever needs no play.
    Typing,
    /// Before publishing: what has to be played out.
    Proof,
}

impl Tier {
    /// The name as it stands in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typing => "typing",
            Self::Proof => "proof",
        }
    }
}

/// What one rule has found so far.
#[derive(Debug)]
pub struct Report {
    rule: &'static str,
    level: Level,
    found: Vec<Found>,
}

impl Report {
    pub(super) const fn of(rule: &'static str, level: Level) -> Self {
        Self { rule, level, found: Vec::new() }
    }

    /// Adds a finding. `message` is one sentence without a full stop, that names the thing.
    pub(super) fn add(&mut self, place: Place, message: impl Into<String>) -> Draft<'_> {
        let finding = Finding::new(self.rule, self.level, place.path, message);
        self.found.push(Found { finding, names: place.names });
        let last = self.found.len() - 1;
        Draft(&mut self.found[last].finding)
    }

    pub(super) fn into_found(self) -> Vec<Found> {
        self.found
    }
}
