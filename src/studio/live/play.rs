//! A run being played, with what was said in it, what can be taken back, and what a decision did.

use std::sync::Arc;

use super::carry::{Lost, carry, gone};
use super::effect::{Effect, effect};
use super::names::Left;
use super::said::{Line, Speaker, ended, lines, said, spoken};
use crate::campaign::{self, Input, Refused, Run, RunStage};
use crate::dialogue::{self, Action, Cause, Event, Mode, begin_at};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId};

/// So many decisions can be taken back.
const MOST_MOMENTS: usize = 512;

/// A run in the playing.
#[derive(Debug, Clone)]
pub(super) struct Play {
    pub(super) scenario: Arc<Scenario>,
    pub(super) run: Run,
    pub(super) transcript: Vec<Line>,
    /// The state was changed by hand.
    pub(super) is_edited: bool,
    pub(super) last: Option<Arc<Effect>>,
    /// The events of the present turn, behind the one by which its encounter began.
    turn: Vec<Event>,
    moments: Vec<Moment>,
}

/// The run right before a decision.
#[derive(Debug, Clone)]
struct Moment {
    run: Run,
    /// How long the transcript was.
    lines: usize,
    turn: Vec<Event>,
    is_edited: bool,
    last: Option<Arc<Effect>>,
}

impl Play {
    pub(super) fn begin(scenario: &Arc<Scenario>, seed: u64) -> Self {
        let mut turn = Vec::new();
        let run = campaign::begin(scenario, seed, Mode::Steps, &mut turn);
        let scenario = Arc::clone(scenario);
        Self { scenario, run, transcript: Vec::new(), is_edited: false, last: None, turn, moments: Vec::new() }
    }

    /// Takes one input; a refused one changes nothing.
    pub(super) fn take(&mut self, input: &Input) -> Result<(), Refused> {
        let before = self.run.clone();
        let score = campaign::result(&self.scenario, &before).overall;
        let mut events = Vec::new();
        campaign::step(&self.scenario, &mut self.run, input, &mut events)?;
        if is_decision(input) {
            if self.moments.len() == MOST_MOMENTS {
                self.moments.remove(0);
            }
            self.moments.push(Moment {
                run: before.clone(),
                lines: self.transcript.len(),
                turn: self.turn.clone(),
                is_edited: self.is_edited,
                last: self.last.clone(),
            });
        }
        self.tell(&before, input, &events, score);
        Ok(())
    }

    pub(super) fn can_go_back(&self) -> bool {
        !self.moments.is_empty()
    }

    /// Takes the latest decision back.
    pub(super) fn back(&mut self) -> bool {
        let Some(moment) = self.moments.pop() else { return false };
        self.run = moment.run;
        self.transcript.truncate(moment.lines);
        self.turn = moment.turn;
        self.is_edited = moment.is_edited;
        self.last = moment.last;
        true
    }

    /// Goes to a node and leaves the state as it is.
    pub(super) fn stand_at(&mut self, goal: (EncounterId, NodeId)) {
        let mut events = Vec::new();
        let Run { talk, tally, stage } = &mut self.run;
        begin_at(&self.scenario, talk, goal, &mut (tally, &mut events));
        *stage = RunStage::Talking;
        self.turn = events;
        self.is_edited = true;
    }

    /// Says something about the conversation itself.
    pub(super) fn remark(&mut self, words: String) {
        self.transcript.push(Line::new(Speaker::Studio, words));
    }

    /// Goes over to a text that was edited.
    pub(super) fn follow(&mut self, scenario: &Arc<Scenario>) {
        let old = std::mem::replace(&mut self.scenario, Arc::clone(scenario));
        let left = Left::of(&old, scenario);
        if left.is_all() {
            return;
        }
        let lost_things = gone(&left, &self.run);
        let renamed = self.renamed(&left);
        self.moments.retain_mut(|moment| match carry(&left, &moment.run) {
            Ok(run) => {
                moment.turn = retold(scenario, &run, &moment.turn);
                moment.run = run;
                true
            }
            Err(_) => false,
        });
        match carry(&left, &self.run) {
            Ok(run) => {
                self.turn = retold(scenario, &run, &self.turn);
                self.run = run;
                if let Some(words) = renamed {
                    self.remark(words);
                }
                if !lost_things.is_empty() {
                    self.remark(format!("Gone from the text, and so from here: {}.", lost_things.join(", ")));
                }
            }
            Err(lost) => self.fall_back(&left, &lost),
        }
    }

    /// The node that the conversation stands at has another name now.
    fn renamed(&self, left: &Left<'_>) -> Option<String> {
        let talk = &self.run.talk;
        let was = &left.old.encounter(talk.encounter).node(talk.node()).name;
        let (encounter, node) = left.node(talk.encounter, talk.node())?;
        let now = &left.new.encounter(encounter).node(node).name;
        (was != now && self.run.stage == RunStage::Talking)
            .then(|| format!("The node ‘{was}’ is called ‘{now}’ now: the conversation goes on there."))
    }

    /// Where the run stood is gone.
    fn fall_back(&mut self, left: &Left<'_>, lost: &Lost) {
        if let Some(moment) = self.moments.pop() {
            let place = self.place_words(&moment.run);
            self.run = moment.run;
            self.turn = moment.turn;
            self.is_edited = moment.is_edited;
            self.last = moment.last;
            self.remark(format!("{lost}: the conversation stands at the last place that is left, {place}."));
            return;
        }
        let seed = self.run.talk.seed;
        let kept = left.encounters[self.run.talk.encounter.index()].map(EncounterId::at);
        let transcript = std::mem::take(&mut self.transcript);
        *self = Self { transcript, ..Self::begin(&self.scenario, seed) };
        // Nothing that was decided is left to go back to: a later encounter is begun as it stands.
        if let Some(encounter) = kept.filter(|encounter| encounter.index() > 0) {
            let start = self.scenario.encounter(encounter).start;
            self.stand_at((encounter, start));
        }
        self.remark(format!("{lost}: the conversation begins anew."));
    }

    fn place_words(&self, run: &Run) -> String {
        let encounter = self.scenario.encounter(run.talk.encounter);
        match run.stage {
            RunStage::Talking => format!("‘{}’", encounter.node(run.talk.node()).name),
            RunStage::Note => "the note".to_owned(),
            RunStage::Diary(event) => format!("‘{}’", encounter.diary[event.index()].name),
            RunStage::Between | RunStage::Closed => format!("the end of ‘{}’", encounter.name),
        }
    }

    /// Writes down what an input brought about.
    fn tell(&mut self, before: &Run, input: &Input, events: &[Event], score: u16) {
        let scenario = Arc::clone(&self.scenario);
        let encounter = scenario.encounter(before.talk.encounter);
        let began = events.iter().rposition(|event| matches!(event, Event::TurnBegan { .. }));
        let rest = events[began.unwrap_or(events.len())..].to_vec();
        let own = &events[..began.unwrap_or(events.len())];
        let end = own.iter().find_map(|event| match *event {
            Event::Ended { exit, answer } => Some((exit, answer)),
            _ => None,
        });
        let mut done = None;
        match input {
            Input::Talk(dialogue::Input { action: Action::Speak { reply, pace, volume }, .. }) => {
                self.transcript.extend(lines(&said(&scenario, &before.talk)));
                let line = spoken(encounter, *reply, *pace, *volume);
                done = Some(line.text.clone());
                self.transcript.push(line);
            }
            Input::Talk(_) if end.is_some() => self.transcript.extend(lines(&said(&scenario, &self.run.talk))),
            Input::Talk(_) => {}
            Input::File { tiles, line } => {
                let texts = tiles.iter().map(|tile| encounter.tile(*tile).text.clone());
                let texts: Vec<_> = texts.chain(Some(line.clone()).filter(|line| !line.is_empty())).collect();
                let words = if texts.is_empty() { "An empty note".to_owned() } else { texts.join(" · ") };
                self.transcript.push(Line::new(Speaker::Told, format!("You file the note: {words}.")));
                done = Some("The note".to_owned());
            }
            Input::Choose(choice) => {
                if let RunStage::Diary(event) = before.stage {
                    let event = &encounter.diary[event.index()];
                    self.transcript.push(Line::new(Speaker::Told, format!("{}: {}", event.at, event.text)));
                    self.transcript.push(Line::new(Speaker::You, event.choice(*choice).text.clone()));
                    self.transcript.push(Line::new(Speaker::Told, event.choice(*choice).result.clone()));
                    done = Some(event.choice(*choice).text.clone());
                }
            }
            Input::GoOn => {
                let next = scenario.encounter(self.run.talk.encounter);
                self.transcript.push(Line::new(Speaker::Told, next.title.clone()));
            }
        }
        if let Some((exit, answer)) = end {
            self.transcript.extend(ended(encounter, exit, answer));
        }
        self.transcript.retain(|line| !line.text.is_empty());
        self.turn.extend_from_slice(own);
        if let Some(done) = done {
            let after = campaign::result(&scenario, &self.run);
            self.last = Some(Arc::new(effect(&scenario, &self.turn, done, score, after)));
        }
        if began.is_some() {
            self.turn = vec![Event::EncounterBegan(self.run.talk.encounter)];
            self.turn.extend(rest);
        } else if !matches!(input, Input::Talk(_)) {
            self.turn = vec![Event::EncounterBegan(self.run.talk.encounter)];
        }
    }
}

/// What can be taken back: everything but small actions.
fn is_decision(input: &Input) -> bool {
    match input {
        Input::Talk(input) => {
            matches!(input.action, Action::Speak { .. } | Action::Interrupt | Action::TakeBait | Action::Reflect(_))
        }
        _ => true,
    }
}

/// The events of a turn whose ids mean something else now, as far as the state still tells them.
fn retold(scenario: &Scenario, run: &Run, events: &[Event]) -> Vec<Event> {
    let state = &run.talk;
    let turn = &state.turn;
    let mut retold = vec![Event::EncounterBegan(state.encounter)];
    if run.stage != RunStage::Talking {
        return retold;
    }
    debug_assert!(state.node().index() < scenario.encounter(state.encounter).nodes.len(), "it was carried over");
    retold.push(Event::TurnBegan { node: state.node(), turn: turn.number, answer: turn.answer, line: turn.line });
    retold.extend((0..turn.cursor).map(|phrase| Event::Said { phrase }));
    if let Some(how) = turn.cut_off {
        retold.push(Event::CutOff { node: state.node(), how, bait: turn.took_bait });
    }
    let is_of_ids = |cause: Cause| matches!(cause, Cause::Retelling(_) | Cause::Promise(..));
    retold.extend(events.iter().filter(|event| matches!(event, Event::Moved { cause, .. } if !is_of_ids(*cause))));
    retold
}
