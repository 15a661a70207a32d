//! Timed mode: the customer speaks at their own pace while the terminal listens.

use std::time::Duration;

use crate::cli::error::Error;
use crate::cli::page::Line;
use crate::cli::play::{Flow, Game, screen};
use crate::cli::terminal::Typed;
use crate::dialogue::{Action, State, beats, schedule};
use crate::scenario::Scenario;

/// What is shown at a moment of the turn, in engine milliseconds.
pub(super) struct Cue {
    pub(super) at: u32,
    pub(super) lines: Vec<Line>,
}

/// The customer's turn: each phrase as it begins, each pause as it is heard.
pub(super) fn cues(scenario: &Scenario, state: &State) -> Vec<Cue> {
    let node = scenario.encounter(state.encounter).node(state.node());
    let mut cues = Vec::new();
    for (beat, times) in beats(scenario, state).zip(schedule(scenario, state).phrases) {
        let mut lines = screen::phrase(scenario, &beat);
        let pause = beat.lapse.is_some().then(|| lines.pop()).flatten();
        cues.push(Cue { at: times.begins, lines });
        if let Some(pause) = pause {
            let mut lines = vec![pause];
            let bait = node.bait.as_ref().filter(|bait| beat.lapse_number == Some(bait.lapse));
            lines.extend(bait.map(screen::bait_line));
            cues.push(Cue { at: times.ends, lines });
        }
    }
    cues
}

impl Game<'_, '_> {
    /// Shows what is said as its time comes, and takes what is typed meanwhile.
    pub(super) fn listen_by_the_clock(&mut self) -> Result<Flow, Error> {
        let scenario = self.scenario();
        let cues = cues(&scenario, &self.recorder.run().talk);
        let true_end = schedule(&scenario, &self.recorder.run().talk).true_end;
        if self.turn.cues_shown == 0 {
            self.show_gists()?;
            let prompt = screen::clock_prompt(&scenario, &self.recorder.run().talk);
            self.terminal.show(&prompt)?;
        }
        loop {
            let now = self.millis();
            while let Some(cue) = cues.get(self.turn.cues_shown).filter(|cue| cue.at <= now) {
                self.terminal.show_all(&cue.lines)?;
                self.turn.cues_shown += 1;
            }
            if now >= true_end {
                self.act(Action::Listen)?;
                return Ok(Flow::On);
            }
            let next = cues.get(self.turn.cues_shown).map_or(true_end, |cue| cue.at.min(true_end));
            let moment = self.turn.began + Duration::from_millis(next.into());
            match self.terminal.wait(Some(moment))? {
                Typed::Nothing => {}
                Typed::End => return Ok(Flow::Stop),
                Typed::Line(typed) => return self.take_listening(&typed),
            }
        }
    }
}
