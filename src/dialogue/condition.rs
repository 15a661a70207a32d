//! Whether a condition holds.

use crate::dialogue::state::{Standing, State};
use crate::scenario::model::Condition;
use crate::scenario::vocabulary::Fulfilment;

/// Whether `condition` holds in `state`.
pub fn holds(condition: &Condition, state: &State) -> bool {
    let standing = |promise: &crate::scenario::id::PromiseId| {
        state.promises.get(promise.index()).copied().unwrap_or(Standing::NotMade)
    };
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, state)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, state)),
        Condition::Not(part) => !holds(part, state),
        Condition::Meter(meter, from, below) => (*from..*below).contains(&state.meters.get(*meter)),
        Condition::Chose(reply) => state.chosen.contains(reply.index()),
        Condition::Heard(fact) => state.facts.contains(fact.index()),
        Condition::Reached(node) => state.visit(*node) > 0,
        Condition::Met(need) => state.needs.contains(need.index()),
        Condition::Flag(flag) => state.flags.contains(flag.index()),
        Condition::Promised(promise) => standing(promise) != Standing::NotMade,
        Condition::Kept(promise) => {
            matches!(standing(promise), Standing::Done(Fulfilment::Kept | Fulfilment::Exceeded))
        }
        Condition::Warned(promise) => standing(promise) == Standing::Done(Fulfilment::LateWarned),
        Condition::Broken(promise) => {
            matches!(standing(promise), Standing::Done(Fulfilment::Broken | Fulfilment::Late))
        }
        Condition::Noted(_, tile) => state.noted.contains(tile.index()),
        Condition::CutOff => state.turn.cut_off.is_some(),
        Condition::Used(act, times) => state.used[act.index()] >= *times,
        Condition::Ended(outcome) => state.ended.is_some_and(|ended| ended >= *outcome),
    }
}
