//! Every rule there is: those of this room, and those that `scenario` and the library report by themselves.

use crate::diagnostic::nearest;
use crate::lint::page::Page;
use crate::lint::rule::{Group, LibraryRule, Rule, Tier};
use crate::lint::rules;
use crate::scenario::parse;
use crate::scenario::resolve;
use crate::scenario::translation;

/// The rules of this room, in the order in which they are asked and listed.
pub const RULES: &[Rule] = rules::ALL;

/// Those that look at several scenarios together.
pub const OF_LIBRARY: &[LibraryRule] = rules::OF_LIBRARY;

/// What is found of files and folders rather than in them: by the library, and by the verbs that are given a path.
pub const OF_FILES: &[(&str, &str)] = &[
    ("not-there", "A path leads to nothing."),
    ("no-scenarios", "A folder holds no scenario file."),
    ("not-a-scenario", "A file is a plan, and was checked as a scenario."),
    ("unreadable-file", "A file or a folder cannot be read."),
    ("duplicate-id", "Two files have the same `id`, so that only one of them can be played."),
    ("id-taken", "Another file of the library has the same `id`: one takes the other’s place."),
    ("unreadable-plan", "A plan for `simmer test` cannot be read."),
    ("unreadable-inputs", "A list of inputs for `simmer replay` cannot be read."),
];

/// A rule of any room, as `simmer explain` speaks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    pub name: &'static str,
    pub summary: &'static str,
    pub group: Group,
    pub tier: Tier,
}

/// All of them, each once, by group.
#[must_use]
pub fn described() -> Vec<Described> {
    let listed = |name, summary, group| Described { name, summary, group, tier: Tier::Typing };
    let of_parse = parse::rules::RULES.iter().map(|(name, summary)| listed(name, summary, Group::Shape));
    let of_resolve = resolve::rules::RULES.iter().map(|(name, summary)| listed(name, summary, group_of(name)));
    let own = RULES.iter().map(|rule| Described {
        name: rule.name,
        summary: rule.summary,
        group: rule.group,
        tier: rule.tier,
    });
    let of_library = OF_LIBRARY.iter().map(|rule| Described {
        name: rule.name,
        summary: rule.summary,
        group: LibraryRule::GROUP,
        tier: LibraryRule::TIER,
    });
    let of_translations =
        translation::rules::RULES.iter().map(|(name, summary)| listed(name, summary, Group::Translations));
    let of_files = OF_FILES.iter().map(|(name, summary)| listed(name, summary, Group::Files));
    let mut all: Vec<Described> = Vec::new();
    for rule in of_parse.chain(of_resolve).chain(own).chain(of_library).chain(of_translations).chain(of_files) {
        // A number out of its range is found by reading and by resolving alike.
        if all.iter().all(|known| known.name != rule.name) {
            all.push(rule);
        }
    }
    all.sort_by_key(|rule| rule.group);
    all
}

/// The rule of a name.
#[must_use]
pub fn find(name: &str) -> Option<Described> {
    described().into_iter().find(|rule| rule.name == name)
}

/// The rule that was most likely meant by a name.
#[must_use]
pub fn meant(name: &str) -> Option<&'static str> {
    nearest(name, described().into_iter().map(|rule| rule.name))
}

impl Described {
    /// What `simmer explain` prints of it.
    #[must_use]
    pub fn page(&self) -> Option<Page> {
        Page::of(self.name)
    }
}

/// The kind of problem that a rule of `resolve` is about.
fn group_of(name: &str) -> Group {
    match name {
        "out-of-range" | "empty-text" | "text-too-long" | "too-many" | "empty-condition" | "deep-condition"
        | "reply-count" | "reading-count" | "no-choices" | "no-encounters" | "malformed-mark" | "unreadable-time" => {
            Group::Shape
        }
        "unreachable-node" | "unreachable-ending" | "useless-start" => Group::Flow,
        "shows-unweighed"
        | "engine-indicator"
        | "engine-flaw"
        | "free-temptation"
        | "promise-never-made"
        | "promise-never-matures"
        | "start-after-due"
        | "kept-before-start"
        | "kept-after-due"
        | "wrong-side"
        | "need-never-met"
        | "bait-without-lapse" => Group::Fairness,
        "gist-length" | "missing-subtext" | "unnamed-line" => Group::Writing,
        _ => Group::Names,
    }
}
