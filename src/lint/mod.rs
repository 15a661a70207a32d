//! What can be told of a scenario that loads: rules that look at it as a whole, one file each.
//!
//! `scenario` tells what keeps a file from being played. The rules here look at what can be played and say where it
//! would teach the wrong thing: a way round in circles, a skill that nothing asks for, a best reply that gives itself
//! away. They read, and play nothing, unless they stand in the second [`Tier`].
//!
//! [`rule::Rule`] is a rule, [`registry`] the list of all of them and of those of `scenario`, [`page`] what
//! `simmer explain` prints. A rule gets its places as paths ([`place::Place`]); the text is searched for them only where
//! there is something to say.

pub mod key;
pub mod logic;
pub mod page;
pub mod place;
pub mod registry;
pub mod roads;
pub mod rule;
mod rules;
pub mod subject;
pub mod words;

pub use registry::{Described, described};
pub use rule::{Group, Rule, Tier};

use crate::diagnostic::Diagnostic;
use crate::scenario::load::Loaded;
use crate::scenario::parse::{Misspelt, locate};
use crate::scenario::resolve::{Kept, keep};
use crate::scenario::unread::Unread;
use rule::Report;
use subject::Subject;

/// Looks at a file that was loaded, and adds what is found to its findings, and what the author allows to what is
/// allowed. A file that cannot be played is left as it is: its errors come first.
pub fn lint(loaded: &mut Loaded, tier: Tier) {
    let (Some(document), Some(scenario)) = (&loaded.document, &loaded.scenario) else { return };
    let subject = Subject::of(document, scenario);
    let mut found = Vec::new();
    for rule in registry::RULES.iter().filter(|rule| rule.tier <= tier) {
        let mut report = Report::of(rule);
        (rule.check)(&subject, &mut report);
        found.extend(report.into_found());
    }
    let is_own = |name: &str| registry::RULES.iter().any(|rule| rule.name == name && rule.tier <= tier);
    let Kept { findings, allowed } = keep(document, &Unread::default(), &is_own, found);
    loaded.findings.extend(located(loaded, findings));
    loaded.findings.sort_by_key(|finding| finding.span.map(|span| span.start));
    loaded.allowed.extend(allowed);
}

fn located(loaded: &Loaded, findings: Vec<crate::scenario::finding::Finding>) -> Vec<Diagnostic> {
    locate(&loaded.source, &Misspelt::new(), findings)
}

#[cfg(test)]
mod tests;
