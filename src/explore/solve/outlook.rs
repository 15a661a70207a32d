//! What can still be scored from a place of a scenario on.

use super::bounds::Bounds;
use super::{Options, Part, Progress, Question, Settled, Side, Verdict};
use crate::campaign;
use crate::dialogue::Mode;
use crate::scenario::Scenario;

/// Between which the overall score must end up, 0 to 1000, once a node has been come to as its witness comes to it.
/// Proved; that a playthrough reaches either of the two is not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Outlook {
    /// Of the node; see [`super::Element::name`].
    pub name: String,
    pub best: i64,
    pub worst: i64,
}

/// Looks ahead from every node that is reached in steps. `settled` is what [`super::reachability`] found.
pub fn outlooks(
    scenario: &Scenario,
    options: &Options,
    settled: &[Settled],
    progress: &mut impl Progress,
) -> Vec<Outlook> {
    let bounds = Bounds::new(scenario, options.timing);
    let mut outlooks = Vec::new();
    for settled in settled.iter().filter(|settled| matches!(settled.element.part, Part::Node(_))) {
        if progress.is_stopped() {
            break;
        }
        let Verdict::Reached { witness, .. } = &settled.verdict else { continue };
        if witness.mode != Mode::Steps {
            continue;
        }
        let mut run = campaign::begin(scenario, witness.seed, witness.mode, &mut ());
        let plays = witness.inputs.iter().all(|input| campaign::step(scenario, &mut run, input, &mut ()).is_ok());
        if plays {
            let bound = |side| bounds.bound(&run, Question { skill: None, side });
            let (best, worst) = (bound(Side::Best), bound(Side::Worst));
            outlooks.push(Outlook { name: settled.name.clone(), best, worst });
        }
    }
    outlooks
}
