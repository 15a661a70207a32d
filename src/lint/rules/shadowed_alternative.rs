//! Of several things to choose from by condition, one that always loses to those before it.

use crate::lint::logic::{Cases, Owner, Site, sites};
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::Level;
use crate::scenario::model::Condition;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "shadowed-alternative",
    summary: "A line, an answer, a way on or a start never comes up, because one before it always does.",
    group: Group::Flow,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

fn check(subject: &Subject<'_>, report: &mut Report) {
    let all = sites(subject.scenario);
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        let group = rest.iter().take_while(|site| is_together(first, site)).count().max(1);
        let (alternatives, others) = rest.split_at(group);
        rest = others;
        judge(subject, alternatives, report);
    }
}

/// Whether two conditions stand in one list, of which the first that holds is taken.
fn is_together(one: &Site<'_>, other: &Site<'_>) -> bool {
    one.encounter == other.encounter
        && match (one.owner, other.owner) {
            (Owner::Start(_), Owner::Start(_)) => true,
            (Owner::Line(one, _), Owner::Line(other, _)) => one == other,
            (Owner::Answer(one, _), Owner::Answer(other, _)) | (Owner::Jump(one, _), Owner::Jump(other, _)) => {
                one == other
            }
            _ => false,
        }
}

fn judge(subject: &Subject<'_>, alternatives: &[Site<'_>], report: &mut Report) {
    let Some(first) = alternatives.first() else { return };
    let conditions: Vec<&Condition> = alternatives.iter().map(|site| site.when).collect();
    let Some(cases) = Cases::of(subject, first, &conditions) else { return };
    for (place, site) in alternatives.iter().enumerate() {
        let before = &conditions[..place];
        // What always or never holds by itself is told by the rules for that.
        let is_open = |condition: &Condition| {
            cases.any(|case| case.holds(condition)) && cases.any(|case| !case.holds(condition))
        };
        if !is_open(site.when) || !before.iter().all(|condition| is_open(condition)) {
            continue;
        }
        let is_left = |case: &crate::lint::logic::Case<'_>| !before.iter().any(|condition| case.holds(condition));
        if !cases.any(|case| case.holds(site.when) && is_left(case)) {
            report
                .add(site.place(subject.scenario), format!("{} never comes up: those before it take every case", what(site)))
                .help("put the narrower condition first, or take this out");
        }
    }
    let all_open = conditions.iter().all(|condition| cases.any(|case| !case.holds(condition)));
    if let Some((place, words)) = plain(subject, first)
        && all_open
        && !cases.any(|case| !conditions.iter().any(|condition| case.holds(condition)))
    {
        report
            .add(place, format!("{words} never comes up: the conditions leave no case to it"))
            .help("make it the last of those cases, and take that condition out");
    }
}

const fn what(site: &Site<'_>) -> &'static str {
    match site.owner {
        Owner::Start(_) => "This start",
        Owner::Line(..) => "This line",
        Owner::Answer(..) => "This answer",
        _ => "This way on",
    }
}

/// What is taken where none of the conditions holds.
fn plain(subject: &Subject<'_>, site: &Site<'_>) -> Option<(Place, &'static str)> {
    let scenario = subject.scenario;
    let encounter = scenario.encounter(site.encounter);
    match site.owner {
        Owner::Line(node, _) => Some((Place::node(scenario, site.encounter, node).field("says"), "The plain line")),
        Owner::Answer(reply, _) => {
            let has_plain = encounter.reply(reply).answers.iter().any(|line| line.when.is_none());
            let place = Place::reply(scenario, site.encounter, reply).field("answer");
            has_plain.then_some((place, "The plain answer"))
        }
        Owner::Jump(reply, _) => Some((Place::reply(scenario, site.encounter, reply).field("to"), "This way on")),
        _ => None,
    }
}
