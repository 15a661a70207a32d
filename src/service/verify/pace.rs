//! How fast an attempt was played, for a person to look at (`leaderboards`, "Threats": never an automatic ban).

use crate::attempt::{Attempt, Verb, to_input};
use crate::campaign::{self, Run};
use crate::dialogue::{Mode, schedule};
use crate::scenario::Scenario;

/// Milliseconds that a word takes to read at 600 words a minute, which hardly anybody does.
const READING_MILLIS: u64 = 100;
/// The fastest that a window shows speech, in per cent of engine time.
const FASTEST_SPEECH: u64 = 200;
/// Fewer replies than this tell nothing.
const LEAST_REPLIES: u32 = 3;

/// What the times of an attempt say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::service) struct Pace {
    /// Replies spoken.
    pub(in crate::service) replies: u32,
    /// Those of them that were spoken sooner after their wording was open than it can be read. Timed mode alone.
    pub(in crate::service) too_soon: u32,
    /// Milliseconds that the wording of all replies spoken takes to read.
    pub(in crate::service) reading_millis: u64,
    /// Engine milliseconds of all turns. Timed mode alone.
    pub(in crate::service) engine_millis: u64,
}

impl Pace {
    /// The pace of an attempt whose inputs are all possible.
    pub(in crate::service) fn of(scenario: &Scenario, attempt: &Attempt) -> Self {
        let mut run = campaign::begin(scenario, attempt.seed, attempt.mode, &mut ());
        let mut pace = Self::default();
        for written in &attempt.inputs {
            let Ok(inputs) = to_input(scenario, &run, written) else { break };
            for input in inputs {
                if let Verb::Speak { .. } = written.verb {
                    pace.reply(scenario, &run, &input);
                }
                if campaign::step(scenario, &mut run, &input, &mut ()).is_err() {
                    return pace;
                }
            }
        }
        pace
    }

    fn reply(&mut self, scenario: &Scenario, run: &Run, input: &campaign::Input) {
        let campaign::Input::Talk(input) = input else { return };
        let crate::dialogue::Action::Speak { reply, .. } = input.action else { return };
        let words = scenario.encounter(run.talk.encounter).reply(reply).words;
        let reading = u64::from(words) * READING_MILLIS;
        self.replies += 1;
        self.reading_millis += reading;
        if run.talk.mode == Mode::Timed {
            let turn = &run.talk.turn;
            let opened = turn.opened_at.unwrap_or_else(|| schedule(scenario, &run.talk).true_end.max(turn.busy_until));
            self.too_soon += u32::from(u64::from(input.at.saturating_sub(opened)) < reading);
            self.engine_millis += u64::from(input.at);
        }
    }

    /// Whether more than half of the replies came sooner than they can be read; or all of them together, where only the
    /// whole is known. `seconds` is the most wall time that it can have taken.
    pub(in crate::service) fn is_faster_than_reading(&self, seconds: u64) -> bool {
        self.replies >= LEAST_REPLIES
            && (self.too_soon * 2 > self.replies || (seconds + 1) * 1000 < self.reading_millis)
    }

    /// The least wall time that the speech of it takes, in seconds.
    pub(in crate::service) fn least_seconds(&self) -> u64 {
        self.engine_millis * 100 / FASTEST_SPEECH / 1000
    }
}
