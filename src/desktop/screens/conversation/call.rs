//! A running call as it is presented, and the one order in which inputs, events and pictures follow each other.

use std::time::Duration;

use crate::campaign::{self, Refused, Run, RunStage};
use crate::desktop::runner::{Moment, Runner, SpeechRate};
use crate::desktop::screens::conversation::action::Action;
use crate::desktop::screens::conversation::data::Aids;
use crate::desktop::screens::conversation::draft::Draft;
use crate::desktop::screens::conversation::introduced::Introduced;
use crate::desktop::screens::conversation::transcript::Transcript;
use crate::dialogue::{self, Event, Input};
use crate::scenario::Scenario;

/// All that plays beside the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub runner: Runner,
    pub draft: Draft,
    pub transcript: Transcript,
    pub introduced: Introduced,
}

/// Keeps what was done, so that nothing of it is lost.
pub trait Recorder {
    /// An input that the engine has taken, and what it brought about.
    fn record(&mut self, input: campaign::Input, events: &[Event]);
}

/// For whoever keeps nothing, and for tests.
impl Recorder for Vec<campaign::Input> {
    fn record(&mut self, input: campaign::Input, _: &[Event]) {
        self.push(input);
    }
}

/// Where an action leads besides the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Away from the call, which is kept at this word.
    Leave,
    /// The call is over: on to the note.
    Finish,
}

impl Call {
    /// Begins to play an encounter that has just begun. `events` are those of its beginning.
    pub fn begin(scenario: &Scenario, run: &Run, events: &[Event], rate: SpeechRate, introduced: Introduced) -> Self {
        let runner = Runner::begin(scenario, &run.talk, rate);
        Self::with(scenario, run, events, runner, introduced)
    }

    /// Plays on at the word at which a recorded call was left, paused. `events` are all of the run; `lasted` is how long
    /// the call had lasted.
    pub fn resume(
        scenario: &Scenario,
        run: &Run,
        events: &[Event],
        rate: SpeechRate,
        lasted: Duration,
        introduced: Introduced,
    ) -> Self {
        let runner = Runner::resume(scenario, &run.talk, rate, lasted);
        Self::with(scenario, run, events, runner, introduced)
    }

    fn with(scenario: &Scenario, run: &Run, events: &[Event], runner: Runner, introduced: Introduced) -> Self {
        let mut draft = Draft::default();
        draft.follow(scenario, &run.talk);
        Self { runner, draft, transcript: Transcript::of(scenario, events), introduced }
    }

    /// Time has passed. Stands still while the call is paused or the coach is being read.
    pub fn advance(
        &mut self,
        scenario: &Scenario,
        run: &mut Run,
        aids: &Aids,
        elapsed: Duration,
        recorder: &mut impl Recorder,
    ) {
        if !self.waits_for_coach(scenario, run, aids) {
            self.runner.advance(elapsed);
        }
        while let Some(input) = self.runner.due() {
            // A refusal here could only mean that the call ended at this very moment; the runner has seen that then.
            if self.pass_on(scenario, run, input, recorder).is_err() {
                break;
            }
        }
        if run.stage == RunStage::Talking {
            self.introduced.meet(scenario, &run.talk, &self.runner, aids.first_run);
        }
    }

    /// Carries out what was done on the screen.
    ///
    /// # Errors
    /// What the engine does not take. Nothing has changed then, and the screen need not say so: it offers only what can
    /// be done, and this is the rare case of a moment that has passed.
    pub fn act(
        &mut self,
        scenario: &Scenario,
        run: &mut Run,
        action: Action,
        recorder: &mut impl Recorder,
    ) -> Result<Option<Exit>, Refused> {
        let control = action.control();
        match action {
            Action::Do(deed) => {
                let input = self.runner.input(deed);
                self.pass_on(scenario, run, input, recorder)?;
            }
            Action::Pause | Action::Leave => {
                if let Some(mark) = self.runner.mark() {
                    self.pass_on(scenario, run, mark, recorder)?;
                }
                self.runner.set_paused(true);
            }
            Action::GoOn => self.runner.set_paused(false),
            Action::HintSeen(control) => self.introduced.seen(control),
            Action::Finish if run.stage == RunStage::Talking => return Ok(None),
            _ => self.draft.apply(action, scenario, &run.talk),
        }
        if let Some(control) = control {
            self.introduced.used(control);
        }
        Ok(match action {
            Action::Leave => Some(Exit::Leave),
            Action::Finish => Some(Exit::Finish),
            _ => None,
        })
    }

    fn pass_on(
        &mut self,
        scenario: &Scenario,
        run: &mut Run,
        input: Input,
        recorder: &mut impl Recorder,
    ) -> Result<(), Refused> {
        let input = campaign::Input::Talk(input);
        let mut events: Vec<Event> = Vec::new();
        campaign::step(scenario, run, &input, &mut events)?;
        for event in &events {
            self.transcript.take(scenario, event);
        }
        self.runner.follow(scenario, &run.talk);
        self.draft.follow(scenario, &run.talk);
        recorder.record(input, &events);
        Ok(())
    }

    /// Whether the coach has something to say about the last reply, which the customer has answered by now.
    pub fn waits_for_coach(&self, scenario: &Scenario, run: &Run, aids: &Aids) -> bool {
        let answered = match run.talk.stage {
            dialogue::Stage::Talking => self.runner.is_past_answer(),
            dialogue::Stage::Over(_) => self.runner.moment() == Moment::Done,
        };
        aids.coach
            && answered
            && !self.draft.has_seen_coach(&run.talk)
            && self.transcript.last_reply().is_some_and(|(_, reply)| {
                let reply = scenario.encounter(run.talk.encounter).reply(reply);
                reply.coach.is_some() || !reply.why.is_empty()
            })
    }
}
