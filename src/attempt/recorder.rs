//! A run while it is played: every input goes through here, into the run and into the attempt.

use std::sync::Arc;

use jiff::{Timestamp, Unit};
use uuid::Uuid;

use super::RULES_VERSION;
use super::file::MAXIMUM_SIZE;
use super::format::current::{Attempt, Rewound};
use super::inputs::{MAXIMUM_INPUTS, Problem, WrittenInput, from_input, to_input};
use super::replay::{Verdict, play_back, refuse, score_seen};
use crate::campaign::{self, Input, Refused, Run, RunStage};
use crate::dialogue::{self, Action, Event, Mode};
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;
use crate::scoring::{Debrief, Score, debrief};

/// Bytes of an attempt's file that its inputs may take; the rest is for the header.
const ROOM_FOR_INPUTS: usize = MAXIMUM_SIZE - 256 * 1024;

/// A run, its scenario and its attempt, kept in step.
#[derive(Debug, Clone)]
pub struct Recorder {
    scenario: Arc<Scenario>,
    run: Run,
    attempt: Attempt,
    events: Vec<Event>,
    /// The last input recorded is a `Listen` of timed mode that brought nothing about but the time. The next input
    /// takes its place: its own time says as much.
    idle: bool,
    /// Bytes that the inputs take in the file.
    size: usize,
    /// Since when time is counted; none while paused.
    counting_since: Option<Timestamp>,
    /// Seconds of the time before that.
    counted: i64,
}

/// What a run is begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// See [`fresh_seed`].
    pub seed: u64,
    pub mode: Mode,
    /// A language tag.
    pub language: String,
    /// A pseudonym.
    pub player: String,
    pub team: Option<String>,
    pub practice: bool,
    /// The leave of a team service, which `seed` came with; none for a run of one's own.
    pub start: Option<Uuid>,
    pub intention: Option<String>,
}

/// What came of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the attempt may have to be saved"]
pub struct Applied {
    pub events: Vec<Event>,
    /// Whether the attempt is to be saved now.
    pub save: bool,
}

/// Why an input was not taken. Run and attempt are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("this is more than the file of an attempt may hold")]
    TooMuch,
}

/// Why an attempt cannot be played on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotResume {
    #[error("{}", .0.words())]
    Unfit(Verdict),
    #[error("input {} of the attempt is not possible on this scenario: {problem}", index + 1)]
    Broken {
        /// The first is 0.
        index: usize,
        problem: Problem,
    },
}

/// A turn to rewind to that was not played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("turn {turn} of encounter {} was not played", encounter.0 + 1)]
pub struct NoSuchTurn {
    pub encounter: EncounterId,
    pub turn: u8,
}

/// A seed from the system's randomness.
pub fn fresh_seed() -> u64 {
    let bytes = *blake3::hash(Uuid::now_v7().as_bytes()).as_bytes();
    bytes.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

impl Recorder {
    /// Begins a run. Its first events are in [`Self::events`].
    pub fn begin(scenario: Arc<Scenario>, beginning: Beginning) -> Self {
        let now = now();
        let attempt = Attempt {
            id: Uuid::now_v7(),
            scenario: scenario.slug.clone(),
            full_hash: scenario.hashes.full,
            structure_hash: scenario.hashes.structure,
            rules: RULES_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            seed: beginning.seed,
            mode: beginning.mode,
            language: beginning.language,
            player: beginning.player,
            team: beginning.team,
            started: now,
            ended: None,
            elapsed_seconds: 0,
            practice: beginning.practice,
            start: beginning.start,
            rewound: None,
            intention: beginning.intention,
            score: None,
            inputs: Vec::new(),
        };
        let mut events = Vec::new();
        let run = campaign::begin(&scenario, attempt.seed, attempt.mode, &mut events);
        Self { scenario, run, attempt, events, idle: false, size: 0, counting_since: Some(now), counted: 0 }
    }

    /// Plays an attempt up to where it stopped, to go on from there (or, if it is finished, to look at it or rewind).
    ///
    /// A scenario whose wording alone has changed will do: the attempt goes on as one of the new wording, on which all
    /// of its inputs have then been played.
    pub fn resume(scenario: Arc<Scenario>, mut attempt: Attempt) -> Result<Self, CannotResume> {
        if let Some(verdict) = refuse(&scenario, &attempt) {
            return Err(CannotResume::Unfit(verdict));
        }
        let again = play_back(&scenario, &attempt);
        if let Some((index, problem)) = again.broken {
            return Err(CannotResume::Broken { index, problem });
        }
        attempt.full_hash = scenario.hashes.full;
        attempt.score = again.seen;
        let counted = i64::from(attempt.elapsed_seconds);
        let counting_since = attempt.ended.is_none().then(now);
        let size = attempt.inputs.iter().map(written_size).sum();
        let (run, events) = (again.run, again.events);
        Ok(Self { scenario, run, attempt, events, idle: false, size, counting_since, counted })
    }

    /// Takes one input: plays it, records it, and says whether it is time to save.
    pub fn apply(&mut self, input: &Input) -> Result<Applied, NotTaken> {
        // Names are those of the moment before. Where there are none, the engine refuses the input.
        let written = from_input(&self.scenario, &self.run, input);
        let size = written.as_ref().map_or(0, written_size);
        let count = self.attempt.inputs.len() - usize::from(self.idle) + 1;
        if count > MAXIMUM_INPUTS || self.size + size > ROOM_FOR_INPUTS {
            return Err(NotTaken::TooMuch);
        }
        let first = self.events.len();
        campaign::step(&self.scenario, &mut self.run, input, &mut self.events)?;
        let events = self.events[first..].to_vec();
        if self.idle {
            let dropped = self.attempt.inputs.pop();
            self.size -= dropped.as_ref().map_or(0, written_size);
        }
        self.size += size;
        self.attempt.inputs.extend(written);
        let listens = matches!(input, Input::Talk(dialogue::Input { action: Action::Listen, .. }));
        self.idle = listens && events.is_empty();
        self.attempt.score = score_seen(&self.scenario, &self.run, self.attempt.score);
        self.attempt.elapsed_seconds = self.elapsed_seconds();
        if self.run.stage == RunStage::Closed {
            self.attempt.ended = Some(now());
            self.pause();
        }
        let turning = |event: &Event| matches!(event, Event::TurnBegan { .. } | Event::Ended { .. });
        let save = !listens || events.iter().any(turning);
        Ok(Applied { events, save })
    }

    /// The same run up to the beginning of a turn, as practice of its own: everything before is played again.
    pub fn rewind(&self, encounter: EncounterId, turn: u8) -> Result<Self, NoSuchTurn> {
        let mut again = Self::begin(
            Arc::clone(&self.scenario),
            Beginning {
                seed: self.attempt.seed,
                mode: self.attempt.mode,
                language: self.attempt.language.clone(),
                player: self.attempt.player.clone(),
                team: self.attempt.team.clone(),
                practice: true,
                // The leave is for one run, and that is the one gone back in.
                start: None,
                intention: self.attempt.intention.clone(),
            },
        );
        again.attempt.rewound = Some(Rewound { attempt: self.attempt.id, encounter: encounter.0, turn });
        // Turns only go up within an encounter, so the first moment at which both fit is the beginning of the turn.
        let is_there = |run: &Run| run.talk.encounter == encounter && run.talk.turn.number == turn;
        for written in &self.attempt.inputs {
            if is_there(&again.run) {
                break;
            }
            again.take_again(written).map_err(|_| NoSuchTurn { encounter, turn })?;
        }
        if is_there(&again.run) { Ok(again) } else { Err(NoSuchTurn { encounter, turn }) }
    }

    fn take_again(&mut self, written: &WrittenInput) -> Result<(), Problem> {
        for input in to_input(&self.scenario, &self.run, written)? {
            match self.apply(&input) {
                Err(NotTaken::Refused(refused)) => return Err(refused.into()),
                // What fitted into one attempt fits into the other.
                Ok(_) | Err(NotTaken::TooMuch) => {}
            }
        }
        Ok(())
    }

    /// Stops counting time: the screen is veiled, or the window not looked at.
    pub fn pause(&mut self) {
        self.counted = i64::from(self.elapsed_seconds());
        self.counting_since = None;
        self.attempt.elapsed_seconds = self.elapsed_seconds();
    }

    /// Counts time again.
    pub fn unpause(&mut self) {
        if self.counting_since.is_none() && self.attempt.ended.is_none() {
            self.counting_since = Some(now());
        }
    }

    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    pub fn run(&self) -> &Run {
        &self.run
    }

    /// As it stands, ready to be saved.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// All events from the first on.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The score as it stands: provisional until the run is closed.
    pub fn score(&self) -> Score {
        campaign::result(&self.scenario, &self.run)
    }

    pub fn debrief(&self) -> Debrief {
        debrief(&self.scenario, &self.events, self.score())
    }

    /// A clock that was set back counts nothing.
    fn elapsed_seconds(&self) -> u32 {
        let since = self.counting_since.map_or(0, |since| now().as_second() - since.as_second());
        u32::try_from(self.counted + since.max(0)).unwrap_or(u32::MAX)
    }
}

/// Bytes that an input takes in the file, on a line of its own.
fn written_size(input: &WrittenInput) -> usize {
    input.to_string().len() + 10
}

/// The wall clock, in whole seconds.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now)
}

#[cfg(test)]
mod tests;
