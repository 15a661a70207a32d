//! How a customer was left (`engine-and-scoring`, "Outcome").

use crate::dialogue::{Exit, Stage, State};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Outcome;
use crate::scoring::tally::{SkillScore, Tally};

/// d·M + p·patience + i·(heard + trust)/2, in hundredths of a point, 0 to 10000.
pub fn satisfaction(scenario: &Scenario, state: &State) -> i32 {
    let focus = scenario.customer.focus;
    let meters = &state.meters;
    let met = state.needs_met(scenario) * 100;
    let twice = 2 * i32::from(focus.outcome) * met
        + 2 * i32::from(focus.process) * meters.patience
        + i32::from(focus.interaction) * (meters.heard + meters.trust);
    (twice + 100) / 200
}

/// How the customer was left, read from the meters at the end of the conversation and what the run has cost so far.
///
/// While the conversation goes on it is what it would be if it ended now.
pub fn outcome(scenario: &Scenario, state: &State, tally: &Tally, skills: &[SkillScore; 5]) -> Outcome {
    let authored = match state.stage {
        Stage::Over(Exit::Left) => Some(Outcome::Lost),
        Stage::Over(Exit::Escalated) => Some(Outcome::Escalated),
        Stage::Over(Exit::Ending(ending)) => scenario.encounter(state.encounter).ending(ending).outcome,
        Stage::Talking => None,
    };
    let outcome = authored.unwrap_or_else(|| by_meters(scenario, state, tally, skills));
    // "Rightly escalated" is the author's word for a call that should not have been settled: no cap lifts or lowers it
    // but those on the trainee's own conduct.
    let capped = tally.raised_voice || tally.broke_a_promise;
    if capped { outcome.min(Outcome::Pacified) } else { outcome }
}

fn by_meters(scenario: &Scenario, state: &State, tally: &Tally, skills: &[SkillScore; 5]) -> Outcome {
    let satisfaction = satisfaction(scenario, state);
    let anger = state.meters.anger;
    let advocate = satisfaction >= 8000
        && anger <= 2000
        && state.needs_met(scenario) >= 95
        && skills.iter().all(|skill| skill.score >= 7000)
        && !tally.has_moderate_or_worse()
        && tally.kept_a_promise;
    if advocate {
        Outcome::Advocate
    } else if satisfaction >= 6500 && anger <= 3500 {
        Outcome::Satisfied
    } else if satisfaction >= 4500 && anger <= 6000 {
        Outcome::Pacified
    } else {
        Outcome::Lost
    }
}
