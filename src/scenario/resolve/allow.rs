//! Findings that the author keeps on purpose.

use crate::diagnostic::{did_you_mean, nearest};
use crate::scenario::finding::{Allowed, Finding, Level};
use crate::scenario::format::current as format;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::report::{Found, Report};
use crate::scenario::resolve::rules;
use crate::scenario::unread::Unread;

/// What became of findings once the `allow` list was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub findings: Vec<Finding>,
    /// Those that the author keeps.
    pub allowed: Vec<Allowed>,
}

/// Sets aside the warnings that the scenario's `allow` list names, and adds what the list names in vain, as far as it
/// concerns the rules that `is_own` knows. Each checker calls it for the rules of its own.
///
/// Errors cannot be allowed: what cannot be played cannot be kept on purpose.
/// Where the list itself could not be read, any warning may be allowed, and is left out.
pub fn keep(
    document: &format::Scenario,
    unread: &Unread,
    is_own: &dyn Fn(&str) -> bool,
    mut found: Vec<Found>,
) -> Kept {
    let mut report = Report::of(unread.clone());
    let top = At::TOP;
    let all = top.field("allow");
    if !report.has_read_all(&all) {
        found.retain(|found| found.finding.level == Level::Error);
    }
    // What was not judged may come up once the errors are mended.
    let all_judged = unread.is_empty() && found.iter().all(|found| found.finding.level != Level::Error);
    if document.allow.is_empty() {
        return Kept { findings: found.into_iter().map(|found| found.finding).collect(), allowed: Vec::new() };
    }
    let mut used = vec![false; document.allow.len()];
    let mut errors_named = vec![false; document.allow.len()];
    let mut kept = Kept::default();
    for Found { finding, names } in found {
        let mut because = None;
        for (index, allow) in document.allow.iter().enumerate() {
            if allow.rule != finding.rule {
                continue;
            }
            if finding.level == Level::Error {
                errors_named[index] = true;
            } else if allow.at.as_ref().is_none_or(|at| names.contains(at)) {
                used[index] = true;
                because = because.or(Some(&allow.because));
            }
        }
        match because {
            Some(because) => kept.allowed.push(Allowed { finding, because: because.clone() }),
            None => kept.findings.push(finding),
        }
    }
    for (index, allow) in document.allow.iter().enumerate().filter(|(_, allow)| is_own(&allow.rule)) {
        let at = all.index(index);
        let rule = &allow.rule;
        if used[index] || !(all_judged || errors_named[index]) {
            continue;
        }
        let (message, help) = if errors_named[index] {
            (format!("`{rule}` is an error here, and an error cannot be allowed"), "mend the error and take this out")
        } else if let Some(place) = &allow.at {
            (format!("`{rule}` is allowed at `{place}`, but it is not found there"), "take this out")
        } else {
            (format!("`{rule}` is allowed, but it is not found anywhere"), "take this out")
        };
        report.warning(rules::UNUSED_ALLOW, &at, message).help(help);
    }
    kept.findings.extend(report.into_found().into_iter().map(|found| found.finding));
    kept
}

/// Reports what of the `allow` list keeps nothing, whatever is found: an entry without a reason, and a rule that no
/// checker knows.
pub(super) fn judge_entries(document: &format::Scenario, report: &mut Report) {
    let top = At::TOP;
    let all = top.field("allow");
    for (index, allow) in document.allow.iter().enumerate() {
        let at = all.index(index);
        let rule = &allow.rule;
        if !rules::is_known(rule) {
            let known = || rules::RULES.iter().map(|(name, _)| *name).chain(rules::OF_LINT.iter().copied());
            let near = if report.may_compare(known().count()) { nearest(rule, known()) } else { None };
            let message = format!("`{rule}` is not the name of a finding that can be allowed");
            report
                .warning(rules::UNKNOWN_RULE, &at.field("rule"), message)
                .expected("the name in square brackets after `warning`")
                .help(near.map_or_else(|| "take this out".to_owned(), did_you_mean));
        } else if allow.because.trim().is_empty() {
            report
                .error(
                    rules::ALLOW_WITHOUT_REASON,
                    &at.field("because"),
                    format!("`{rule}` is allowed without a reason"),
                )
                .expected("a sentence on why this finding is meant to stay");
        }
    }
}
