//! Best replies that look like best replies, whatever the customer says.

use crate::explore::simulate::{CLASSIFIED, Report as Played};
use crate::lint::place::Place;
use crate::lint::rule::{LibraryRule, Report};
use crate::lint::subject::Subject;
use crate::lint::words::listed;

pub(in crate::lint) const RULE: LibraryRule = LibraryRule {
    name: "best-reply-known-by-looks",
    summary: "Over all scenarios, more than 40 % of the best replies can be told without what the customer says.",
    check,
};

/// How many nodes are named.
const NAMED: usize = 4;

fn check(subjects: &[&Subject<'_>], played: &Played<'_>, reports: &mut [Report]) {
    let classified = &played.classified;
    let (Some(result), Some(surely)) = (&classified.result, classified.surely()) else { return };
    if surely <= CLASSIFIED {
        return;
    }
    let per_mille = |place: &usize| {
        let (nodes, right) = result.by_scenario[*place];
        (right * 1000).checked_div(nodes).unwrap_or(0)
    };
    let Some(place) = (0..subjects.len()).max_by_key(per_mille) else { return };
    let subject = subjects[place];
    let right_at = &result.right_at[place];
    let name = |(encounter, node): &(_, _)| &*subject.scenario.encounter(*encounter).node(*node).name;
    let message = format!(
        "Over {} scenarios the best reply of {} of {} nodes can be told by its looks alone; in this one most, surest at {}",
        subjects.len(),
        result.right,
        classified.nodes,
        listed(right_at.iter().take(NAMED).map(name))
    );
    let signs = result.signs.iter().map(|(sign, more)| format!("{} {sign}", if *more { "more" } else { "less" }));
    let signs: Vec<_> = signs.collect();
    let worst = right_at.first().map(|(encounter, node)| Place::node(subject.scenario, *encounter, *node).field("replies"));
    reports[place]
        .add(worst.unwrap_or_else(|| Place::top().field("encounters")), message)
        .expected(format!("{} % of them at most, and chance is {} %", CLASSIFIED / 10, result.chance / 10))
        .help(format!("best replies have {}: give wrong ones as much of it", signs.join(", ")))
        .at_key();
}
