//! What a turn did: the meters with what moved them, and what was shown. Read off the debrief of that turn alone.

use super::why::hundredths;
use crate::dialogue::Event;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Severity, Skill, capitalised};
use crate::scoring::{Score, credit, debrief, points};

/// What came of one decision, in words that stay as they are when the text changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// What was said or done.
    pub done: String,
    /// Movements of the meters, each with its cause: "A right paraphrase: anger −4, trust +4".
    pub moves: Vec<String>,
    /// What was shown of what could be.
    pub shown: Vec<Shown>,
    /// What took points: what happened, and how heavily it weighs on which skill.
    pub slips: Vec<(String, String)>,
    /// What came to light, was met, promised or set.
    pub besides: Vec<String>,
    /// The whole score before and after, 0 to 1000.
    pub overall: (u16, u16),
}

/// One row of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// "Accurate paraphrase"
    pub words: String,
    pub skill: Skill,
    /// "1.5 of 2"
    pub credit: String,
    /// As much as was on offer.
    pub is_full: bool,
}

const METERS: [&str; 5] = ["anger", "trust", "patience", "feeling heard", "clarity"];

/// `events` are those of one turn, or of one decision after the call, behind the one by which the encounter began.
pub(super) fn effect(scenario: &Scenario, events: &[Event], done: String, before: u16, after: Score) -> Effect {
    let overall = (before, after.overall);
    let read = debrief(scenario, events, after);
    let moves = read.turns.iter().flat_map(|turn| &turn.moves).filter_map(|step| {
        let parts = METERS.iter().zip(step.by).filter(|(_, by)| *by != 0);
        let parts: Vec<_> = parts.map(|(name, by)| format!("{name} {}", signed(by))).collect();
        (!parts.is_empty()).then(|| format!("{}: {}", capitalised(&step.words), parts.join(", ")))
    });
    let shown = read.skills.iter().flat_map(|skill| {
        skill.rows.iter().map(|row| Shown {
            words: capitalised(row.words()),
            skill: skill.skill,
            credit: format!("{} of {}", points(row.earned), points(row.available)),
            is_full: credit(row.quality) == credit(row.best),
        })
    });
    let slips = read.skills.iter().flat_map(|skill| {
        let weighs = |severity: Severity| format!("{} slip, {}", severity.words(), skill.skill.words());
        skill.violations.iter().map(move |line| (line.words.clone(), capitalised(&weighs(line.severity))))
    });
    Effect {
        done,
        moves: moves.collect(),
        shown: shown.collect(),
        slips: slips.collect(),
        besides: events.iter().filter_map(|event| besides(scenario, event)).collect(),
        overall,
    }
}

fn signed(by: i32) -> String {
    if by > 0 { format!("+{}", hundredths(by)) } else { hundredths(by) }
}

fn besides(scenario: &Scenario, event: &Event) -> Option<String> {
    Some(match *event {
        Event::FactHeard(fact) => format!("Came to light: “{}”", scenario.facts[fact.index()].name),
        Event::NeedMet(need) => format!("Met: “{}”", scenario.needs[need.index()].name),
        Event::Promised(promise) => format!("Promised: “{}”", scenario.promises[promise.index()].name),
        Event::FlagSet(flag) => format!("Set: “{}”", scenario.flags[flag.index()]),
        Event::FlagCleared(flag) => format!("Cleared: “{}”", scenario.flags[flag.index()]),
        Event::FobOff(_) => "The compromise came too early: it worked as a premature solution".to_owned(),
        Event::Repaired { .. } => "Mends half of what the turn before cost".to_owned(),
        Event::Matured { promise, fulfilment } => {
            format!("The promise “{}”: {}", scenario.promises[promise.index()].name, fulfilment.words())
        }
        _ => return None,
    })
}
