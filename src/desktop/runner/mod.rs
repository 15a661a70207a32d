//! Turns time into inputs: plays the customer's turn and tells the engine when a phrase is over.
//!
//! Pure: no clock, no window. Whoever holds a [`Runner`] tells it how much time has passed and passes on what is due:
//!
//! ```text
//! runner.advance(elapsed);
//! while let Some(input) = runner.due() {
//!     campaign::step(scenario, &mut run, &Input::Talk(input), sink)?;
//!     runner.follow(scenario, &run.talk);
//! }
//! ```
//!
//! In timed mode real time becomes *engine milliseconds* at the speech rate; the rate changes what is shown and nothing
//! else, since the engine judges phases. In steps mode there are no clocks: nothing is ever due, and the phrases that
//! have been heard are shown.

mod script;
mod voice;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::dialogue::{Action, Input, Mode, Part, Stage, State, reading_allowance};
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;

use script::Script;

pub use voice::{Speaking, Voiced};

/// Most points of patience that silence takes in an encounter (`engine-and-scoring`, "Time").
const MOST_DEAD_AIR: u8 = 5;
/// Silence beyond the reading time that takes one of them, in engine milliseconds.
const DEAD_AIR_MILLIS: u64 = 10_000;
/// After the last word the picture stands for this long before the call counts as over, in engine milliseconds.
const AFTERGLOW_MILLIS: u64 = 1200;
/// How long what has newly appeared takes to fade in, in steps mode.
const FADE: Duration = Duration::from_millis(220);

/// How fast speech is shown, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpeechRate(u16);

impl SpeechRate {
    /// As the engine counts.
    pub const NORMAL: Self = Self(100);

    /// From per cent; what lies outside of 50 to 200 is moved to the nearer end.
    pub fn percent(percent: u16) -> Self {
        Self(percent.clamp(50, 200))
    }
}

impl Default for SpeechRate {
    fn default() -> Self {
        Self::NORMAL
    }
}

/// Plays one turn after the other, and at the end of the call the last words.
#[derive(Debug, Clone, PartialEq)]
pub struct Runner {
    mode: Mode,
    rate: SpeechRate,
    paused: bool,
    turn: TurnKey,
    script: Script,
    /// Engine microseconds since the turn began.
    at: u64,
    /// The latest moment that the engine has been told of, in engine milliseconds.
    told: u32,
    /// When the next point of dead air falls due, in engine milliseconds.
    dead_air: Option<u64>,
    /// The customer was cut off: their words stand still, time goes on.
    cut_off_at: Option<u64>,
    /// Real time since then.
    quiet: Duration,
    /// Phrases that the engine counts as said.
    cursor: usize,
    finished: bool,
    /// Real time since the newest phrase appeared.
    fresh: Duration,
    /// Real time that the call has lasted.
    call: Duration,
}

/// Which turn is being played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TurnKey {
    encounter: EncounterId,
    number: u8,
    over: bool,
}

impl TurnKey {
    fn of(state: &State) -> Self {
        Self { encounter: state.encounter, number: state.turn.number, over: !matches!(state.stage, Stage::Talking) }
    }
}

/// What the customer is doing at this moment, as one sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Moment {
    Speaking,
    /// Silent in mid-thought: how much of the lapse has gone by, 0 to 1. In steps mode always 0.
    Lapse(f32),
    /// Silent: the turn is over, or it was cut off.
    Silent,
    /// The call is over and the last words are being said.
    Ending,
    /// The call is over and nothing more is to come.
    Done,
}

/// A phrase as far as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown<'a> {
    /// None for what is told of an ending.
    pub part: Option<Part>,
    pub direction: Option<&'a str>,
    /// The words shown so far.
    pub words: &'a str,
    /// Whether all of them are.
    pub whole: bool,
}

impl Runner {
    /// Plays the present turn from its first word.
    pub fn begin(scenario: &Scenario, state: &State, rate: SpeechRate) -> Self {
        let mut runner = Self {
            mode: state.mode,
            rate,
            paused: false,
            turn: TurnKey::of(state),
            script: Script::of(scenario, state),
            at: 0,
            told: 0,
            dead_air: None,
            cut_off_at: None,
            quiet: Duration::ZERO,
            cursor: 0,
            finished: false,
            fresh: Duration::ZERO,
            call: Duration::ZERO,
        };
        runner.read(scenario, state);
        runner
    }

    /// Plays on at the word at which a recorded call was left, paused. The place is the time of the latest input;
    /// [`mark`](Self::mark) records it to the word. `call` is how long the call had lasted.
    pub fn resume(scenario: &Scenario, state: &State, rate: SpeechRate, call: Duration) -> Self {
        let mut runner = Self::begin(scenario, state, rate);
        runner.paused = true;
        runner.call = call;
        runner.told = state.turn.clock;
        runner.at = u64::from(state.turn.clock) * 1000;
        if state.turn.cut_off.is_some() {
            runner.cut_off_at = state.turn.opened_at.map(|opened| u64::from(opened) * 1000);
        }
        // What was there before the window was closed does not appear anew.
        runner.fresh = Duration::from_mins(1);
        runner.quiet = Duration::from_mins(1);
        runner
    }

    /// Real time has passed. Says nothing to the engine: see [`due`](Self::due).
    pub fn advance(&mut self, elapsed: Duration) {
        if self.paused {
            return;
        }
        self.fresh = self.fresh.saturating_add(elapsed);
        self.quiet = self.quiet.saturating_add(elapsed);
        if !self.turn.over {
            self.call = self.call.saturating_add(elapsed);
        }
        if self.mode == Mode::Steps {
            return;
        }
        let micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
        let end = self.script.end() * 1000;
        let rate = u64::from(self.rate.0);
        let speaking = self.at < end && self.cut_off_at.is_none();
        // Whoever has speech slowed down keeps the same ease for reading; whoever has it hurried loses no time to read.
        let reading = rate.min(100);
        let rate = if speaking { rate } else { reading };
        let there = self.at.saturating_add(micros.saturating_mul(rate) / 100);
        self.at = if speaking && there > end { end + (there - end) * reading / rate } else { there };
    }

    /// The next thing that the engine is to be told because its time has come: the end of a phrase, the true end, or a
    /// point of dead air. To be asked again until there is none, following the state after each.
    pub fn due(&mut self) -> Option<Input> {
        if self.mode == Mode::Steps || self.turn.over {
            return None;
        }
        let now = self.at / 1000;
        let next = if self.finished || self.cut_off_at.is_some() {
            self.dead_air
        } else {
            self.script.next_boundary(u64::from(self.told))
        };
        let at = to_millis(next.filter(|&next| next <= now)?).max(self.told);
        self.told = at;
        if self.finished {
            self.dead_air = None;
        }
        Some(Input { at, action: Action::Listen })
    }

    /// A state has followed from an input. Where a new turn has begun, it is played from its first word.
    pub fn follow(&mut self, scenario: &Scenario, state: &State) {
        if self.turn != TurnKey::of(state) {
            let call = self.call;
            let paused = self.paused;
            *self = Self { paused, call, ..Self::begin(scenario, state, self.rate) };
            return;
        }
        self.read(scenario, state);
    }

    fn read(&mut self, scenario: &Scenario, state: &State) {
        let cursor = usize::from(state.turn.cursor);
        if cursor != self.cursor && self.mode == Mode::Steps {
            self.fresh = Duration::ZERO;
        }
        self.cursor = cursor;
        self.told = self.told.max(state.turn.clock);
        self.finished = state.turn.finished;
        if state.turn.cut_off.is_some() && self.cut_off_at.is_none() {
            self.cut_off_at = Some(self.at);
            self.quiet = Duration::ZERO;
        }
        self.dead_air = (state.turn.finished && state.dead_air < MOST_DEAD_AIR && self.mode == Mode::Timed)
            .then(|| {
                let opened = u64::from(state.turn.opened_at?);
                let allowed = u64::from(reading_allowance(scenario, state));
                Some(opened + allowed + DEAD_AIR_MILLIS * (u64::from(state.turn.dead_air) + 1))
            })
            .flatten();
    }

    /// The present moment as an input for `action`. In steps mode it is 0, as the engine asks.
    pub fn input(&self, action: Action) -> Input {
        Input { at: self.at(), action }
    }

    /// What to record when the call is left or paused, so that it goes on at this word. Nothing in steps mode, nor once
    /// the call is over.
    pub fn mark(&mut self) -> Option<Input> {
        if self.mode == Mode::Steps || self.turn.over || self.at() <= self.told {
            return None;
        }
        self.told = self.at();
        Some(self.input(Action::Listen))
    }

    /// Engine milliseconds since the turn began; 0 in steps mode.
    pub fn at(&self) -> u32 {
        if self.mode == Mode::Steps { 0 } else { to_millis(self.at / 1000).max(self.told) }
    }

    /// Stops time, or lets it go on.
    pub fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// Whether time stands still.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Changes how fast speech is shown, from this word on.
    pub fn set_rate(&mut self, rate: SpeechRate) {
        self.rate = rate;
    }

    /// How long the call has lasted, in real time without pauses.
    pub fn call(&self) -> Duration {
        self.call
    }

    /// What the customer is doing now.
    pub fn moment(&self) -> Moment {
        if self.turn.over {
            let over = self.mode == Mode::Steps || self.at >= (self.script.end() + AFTERGLOW_MILLIS) * 1000;
            return if over { Moment::Done } else { Moment::Ending };
        }
        if self.cut_off_at.is_some() || self.finished {
            return Moment::Silent;
        }
        match self.mode {
            Mode::Steps => {
                let lapse = self.cursor.checked_sub(1).is_some_and(|last| self.script.has_lapse_after(last));
                if lapse { Moment::Lapse(0.0) } else { Moment::Speaking }
            }
            Mode::Timed => match self.script.lapse_at(self.at) {
                Some((_, gone)) => Moment::Lapse(gone),
                None => Moment::Speaking,
            },
        }
    }

    /// What is to be seen while they are silent in mid-thought, where the author says so.
    pub fn lapse_direction(&self) -> Option<&str> {
        let after = match self.mode {
            Mode::Steps => self.cursor.checked_sub(1)?,
            Mode::Timed => self.script.lapse_at(self.at)?.0,
        };
        self.script.direction_around(after)
    }

    /// The phrases shown so far, each as far as it is shown.
    pub fn shown(&self) -> impl Iterator<Item = Shown<'_>> {
        let steps = self.mode == Mode::Steps;
        let moment = self.cut_off_at.unwrap_or(self.at);
        self.script.phrases.iter().enumerate().map_while(move |(index, phrase)| {
            let said = index < self.cursor && (steps || self.cut_off_at.is_some() || self.finished);
            let words = match (said || self.turn.over && steps, steps) {
                (true, _) => phrase.text.len(),
                (false, true) => return None,
                (false, false) if moment < phrase.begins * 1000 => return None,
                (false, false) => phrase.shown_at(moment),
            };
            Some(Shown {
                part: phrase.part,
                direction: phrase.direction.as_deref(),
                words: phrase.text.get(..words).unwrap_or_default(),
                whole: words == phrase.text.len(),
            })
        })
    }

    /// How many words are shown, for whoever moves a mouth.
    pub fn words_shown(&self) -> usize {
        self.shown().map(|shown| shown.words.split_whitespace().count()).sum()
    }

    /// How far what is newest has faded in, 0 to 1. Words that stream do not fade.
    pub fn fade(&self) -> f32 {
        if self.mode == Mode::Timed { 1.0 } else { (self.fresh.as_secs_f32() / FADE.as_secs_f32()).min(1.0) }
    }

    /// Real time since the turn began or, in steps mode, since the newest phrase appeared.
    pub fn since_fresh(&self) -> Duration {
        self.fresh
    }

    /// Real time since the customer was cut off in this turn.
    pub fn since_cut_off(&self) -> Option<Duration> {
        self.cut_off_at.map(|_| self.quiet)
    }

    /// Whether the answer to the last reply has been said, and the customer is on to what comes next.
    pub fn is_past_answer(&self) -> bool {
        let answers = self.script.answer_phrases();
        match self.mode {
            Mode::Steps => self.cursor >= answers,
            Mode::Timed => self.cut_off_at.is_some() || self.finished || self.at >= self.script.answer_ends() * 1000,
        }
    }

    /// Whether the trainee is taken up by a small action until some moment that has not come yet.
    pub fn is_busy(&self, state: &State) -> bool {
        self.mode == Mode::Timed && !self.turn.over && self.at < u64::from(state.turn.busy_until) * 1000
    }

    /// Engine milliseconds of silence until it costs patience; none where it cannot.
    pub fn silence_left(&self) -> Option<u64> {
        self.dead_air.map(|due| due.saturating_sub(self.at / 1000))
    }
}

fn to_millis(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
