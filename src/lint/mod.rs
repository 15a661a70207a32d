//! What can be told of a scenario that loads: rules that look at it as a whole, one file each.
//!
//! `scenario` tells what keeps a file from being played. The rules here look at what can be played and say where it
//! would teach the wrong thing: a way round in circles, a skill that nothing asks for, a best reply that gives itself
//! away. Those of the first [`Tier`] read, and play nothing. Those of the second rest on what [`proof`] has worked out by
//! solving and by playing; some of them look at several scenarios together.
//!
//! [`rule::Rule`] is a rule, [`registry`] the list of all of them and of those of `scenario`, [`page`] what
//! `simmer explain` prints. A rule gets its places as paths ([`place::Place`]); the text is searched for them only where
//! there is something to say.

pub mod key;
pub mod logic;
pub mod page;
pub mod place;
pub mod proof;
pub mod registry;
pub mod roads;
pub mod rule;
mod rules;
pub mod subject;
pub mod words;

pub use registry::{Described, described};
pub use rule::{Group, LibraryRule, Rule, Tier};

use std::num::NonZeroUsize;

use crate::scenario::finding::Level;
use crate::scenario::load::Loaded;
use crate::scenario::parse::{Misspelt, locate};
use crate::scenario::resolve::{Found, Kept, keep};
use crate::scenario::unread::Unread;
use proof::{Proved, Watch, prove};
use rule::Report;
use subject::Subject;

/// Looks at a file that was loaded, and adds what is found to its findings, and what the author allows to what is
/// allowed. A file that cannot be played is left as it is: its errors come first.
pub fn lint(loaded: &mut Loaded, tier: Tier) {
    match tier {
        Tier::Typing => {
            let Some(subject) = subject_of(loaded) else { return };
            let found = typing(&subject);
            add(loaded, found, Asked { tier, library: false });
        }
        Tier::Proof => {
            // Nobody looks on, so nobody stops it.
            let _ = lint_library(&mut [loaded], NonZeroUsize::MIN, &());
        }
    }
}

/// Looks at several files with both tiers, each by itself and all of them as one library. False where `watch` stopped it:
/// then only the first tier has been asked.
pub fn lint_library(files: &mut [&mut Loaded], threads: NonZeroUsize, watch: &dyn Watch) -> bool {
    let subjects: Vec<_> =
        files.iter().enumerate().filter_map(|(file, loaded)| Some((file, subject_of(loaded)?))).collect();
    let scenarios: Vec<_> = subjects.iter().map(|(_, subject)| subject.scenario).collect();
    // Two versions of one scenario are no library.
    let library = scenarios.iter().any(|scenario| scenario.slug != scenarios[0].slug);
    let proved = prove(&scenarios, threads, watch);
    let was_proved = proved.is_some();
    let tier = if was_proved { Tier::Proof } else { Tier::Typing };
    let places: Vec<usize> = subjects.iter().map(|(file, _)| *file).collect();
    let mut found: Vec<Vec<Found>> = Vec::new();
    match proved {
        None => found.extend(subjects.iter().map(|(_, subject)| typing(subject))),
        Some(Proved { proofs, report: played }) => {
            let subjects = subjects.into_iter().zip(proofs).map(|((_, subject), proof)| subject.proved(proof));
            let subjects: Vec<_> = subjects.collect();
            found.extend(subjects.iter().map(|subject| {
                let mut found = typing(subject);
                found.extend(ask(subject, Tier::Proof));
                found
            }));
            let subjects: Vec<_> = subjects.iter().collect();
            for rule in registry::OF_LIBRARY.iter().filter(|_| library) {
                let mut reports: Vec<_> = subjects.iter().map(|_| Report::of(rule.name, Level::Warning)).collect();
                (rule.check)(&subjects, &played, &mut reports);
                for (found, report) in found.iter_mut().zip(reports) {
                    found.extend(report.into_found());
                }
            }
        }
    }
    for (file, found) in places.into_iter().zip(found) {
        add(files[file], found, Asked { tier, library });
    }
    was_proved
}

/// Which rules were asked.
#[derive(Debug, Clone, Copy)]
struct Asked {
    tier: Tier,
    /// Those about several scenarios as well.
    library: bool,
}

impl Asked {
    fn has(self, rule: &str) -> bool {
        let of_library = self.library && self.tier == Tier::Proof;
        registry::RULES.iter().any(|known| known.name == rule && known.tier <= self.tier)
            || of_library && registry::OF_LIBRARY.iter().any(|known| known.name == rule)
    }
}

/// None of a file that cannot be played.
fn subject_of(loaded: &Loaded) -> Option<Subject<'_>> {
    Some(Subject::of(loaded.document.as_ref()?, loaded.scenario.as_ref()?))
}

/// Asks the rules of the first tier, and tells the subject where something was found about the flow.
fn typing(subject: &Subject<'_>) -> Vec<Found> {
    let found = ask(subject, Tier::Typing);
    let is_of_flow = |rule: &str| registry::RULES.iter().any(|known| known.name == rule && known.group == Group::Flow);
    let places = found.iter().filter(|found| is_of_flow(found.finding.rule)).map(|found| found.finding.path.clone());
    subject.tell(places.collect());
    found
}

fn ask(subject: &Subject<'_>, tier: Tier) -> Vec<Found> {
    let mut found = Vec::new();
    for rule in registry::RULES.iter().filter(|rule| rule.tier == tier) {
        let mut report = Report::of(rule.name, rule.level);
        (rule.check)(subject, &mut report);
        found.extend(report.into_found());
    }
    found
}

/// Adds what was found, but for what the author allows.
fn add(loaded: &mut Loaded, found: Vec<Found>, asked: Asked) {
    let Some(document) = &loaded.document else { return };
    let Kept { findings, allowed } = keep(document, &Unread::default(), &|rule| asked.has(rule), found);
    loaded.findings.extend(locate(&loaded.source, &Misspelt::new(), findings));
    loaded.findings.sort_by_key(|finding| finding.span.map(|span| span.start));
    loaded.allowed.extend(allowed);
}

#[cfg(test)]
mod tests;
