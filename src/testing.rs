//! For the tests of the library: shipped scenarios, and runs played by names.

use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, Event, HOT, Mode, lines_spoken};
use crate::scenario::Scenario;
use crate::scenario::id::{ChoiceId, TileId};
use crate::scenario::vocabulary::{Pace, Volume};
use crate::scoring::{Debrief, debrief};

/// A shipped scenario.
pub(crate) fn shipped(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads what is shipped")]
    let bytes = std::fs::read(&path).unwrap();
    crate::scenario::load::load(&path, &bytes).scenario.unwrap()
}

/// A run in the playing.
pub(crate) struct Playing {
    pub(crate) scenario: Scenario,
    pub(crate) run: Run,
    pub(crate) events: Vec<Event>,
}

impl Playing {
    pub(crate) fn begin(name: &str) -> Self {
        Self::of(shipped(name))
    }

    pub(crate) fn input(&mut self, input: &Input) {
        campaign::step(&self.scenario, &mut self.run, input, &mut self.events).unwrap();
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.input(&Input::Talk(dialogue::Input::step(action)));
    }

    /// A run of a scenario that a test has changed.
    pub(crate) fn of(scenario: Scenario) -> Self {
        let mut events = Vec::new();
        let run = campaign::begin(&scenario, 1, Mode::Steps, &mut events);
        Self { scenario, run, events }
    }

    /// Interrupts at the first false lapse.
    pub(crate) fn overlap(&mut self) {
        loop {
            let last = usize::from(self.run.talk.turn.cursor).checked_sub(1);
            let beat = last.and_then(|last| lines_spoken(&self.scenario, &self.run.talk).beat(last));
            if beat.is_some_and(|beat| beat.lapse.is_some()) {
                break;
            }
            self.act(Action::Listen);
        }
        self.act(Action::Interrupt);
    }

    pub(crate) fn say(&mut self, reply: &str, pace: Pace, volume: Volume) {
        while !self.run.talk.replies_open() {
            self.act(Action::Listen);
        }
        let reply = self.scenario.encounter(self.run.talk.encounter).reply_named(reply).unwrap();
        self.act(Action::Speak { reply, pace, volume });
    }

    pub(crate) fn answer(&mut self, replies: &[&str]) {
        for reply in replies {
            let pace = if self.run.talk.meters.anger >= HOT { Pace::Slow } else { Pace::Even };
            self.say(reply, pace, Volume::Level);
        }
    }

    pub(crate) fn file(&mut self, tiles: &[&str]) {
        let encounter = self.scenario.encounter(self.run.talk.encounter);
        let tiles: Vec<TileId> = tiles.iter().map(|tile| encounter.tile_named(tile).unwrap()).collect();
        self.input(&Input::File { tiles, line: String::new() });
    }

    pub(crate) fn choose(&mut self, name: &str) {
        let RunStage::Diary(event) = self.run.stage else { panic!("nothing is due") };
        let event = &self.scenario.encounter(self.run.talk.encounter).diary[event.index()];
        let place = event.choices.iter().position(|choice| choice.name == name).unwrap();
        self.input(&Input::Choose(ChoiceId::at(place)));
    }

    pub(crate) fn debrief(&self) -> Debrief {
        debrief(&self.scenario, &self.events, campaign::result(&self.scenario, &self.run))
    }
}

/// The design's worked example up to the end of the call.
pub(crate) fn worked_call(last: Volume) -> Playing {
    let mut playing = Playing::begin("before-saturday");
    playing.overlap();
    playing.say("went-back-over-it", Pace::Slow, Volume::Level);
    playing.say("nineteen-minutes", Pace::Quick, Volume::Level);
    playing.answer(&[
        "months-takings",
        "door-colour",
        "wrong-house",
        "three-choices",
        "through-to-sunday",
        "judged-on-that",
        "good-or-bad",
    ]);
    playing.say("some-leeway", Pace::Even, last);
    playing
}

/// The whole of it: three facts of four, and the callback late after a word.
pub(crate) fn worked_run() -> Playing {
    let mut playing = worked_call(Volume::Level);
    playing.file(&["wrong-door", "must-stay-cold", "chiller-to-sunday"]);
    playing.choose("tell-her-now");
    playing.choose("text-then-ring");
    playing
}
