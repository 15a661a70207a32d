//! Playing a run by names, twice over: once as it is, and beside it through save and load after every input.

pub(crate) mod bench;
#[cfg(all(feature = "server", target_os = "linux"))]
pub(crate) mod service;

use simmer::campaign::{self, Input, Refused, Run, RunStage};
use simmer::dialogue::{self, Action, Event, HOT, Mode, lines_spoken};
use simmer::scenario::id::{ChoiceId, TileId};
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Pace, Volume};
use simmer::scoring::Score;

/// A shipped scenario, which must load without any error.
pub(crate) fn shipped(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let loaded = simmer::scenario::load::load(&path, &bytes);
    loaded.scenario.unwrap_or_else(|| panic!("{path} does not load: {:#?}", loaded.findings))
}

/// A scenario in which the trainee is the customer.
pub(crate) const TURNED: &str = include_str!("../fixtures/tables-turned.ron");

/// The same, which must load without any finding.
pub(crate) fn turned() -> Scenario {
    let loaded = simmer::scenario::load::load("tables-turned.ron", TURNED.as_bytes());
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    loaded.scenario.unwrap()
}

/// Plays one run, and beside it a shadow of it that is saved and loaded after every input.
pub(crate) struct Player<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) run: Run,
    pub(crate) events: Vec<Event>,
    shadow: Run,
    shadow_events: Vec<Event>,
}

impl<'a> Player<'a> {
    pub(crate) fn begin(scenario: &'a Scenario, seed: u64, mode: Mode) -> Self {
        let mut events = Vec::new();
        let run = campaign::begin(scenario, seed, mode, &mut events);
        let shadow = saved_and_loaded(&run);
        Self { scenario, run, shadow_events: events.clone(), events, shadow }
    }

    /// Gives the input to the run and to its shadow, which must come to the same.
    pub(crate) fn input(&mut self, input: &Input) -> Result<(), Refused> {
        let before = self.events.len();
        let result = campaign::step(self.scenario, &mut self.run, input, &mut self.events);
        let shadowed = campaign::step(self.scenario, &mut self.shadow, input, &mut self.shadow_events);
        assert_eq!(result, shadowed, "{input:?}");
        assert_eq!(self.events[before..], self.shadow_events[before..], "{input:?}");
        self.shadow = saved_and_loaded(&self.shadow);
        assert_eq!(self.run, self.shadow, "what was saved is what is loaded: {input:?}");
        result
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.input(&Input::Talk(dialogue::Input::step(action))).unwrap_or_else(|why| panic!("{action:?}: {why}"));
    }

    /// Hears the turn to its true end.
    pub(crate) fn hear_out(&mut self) {
        while !self.run.talk.replies_open() {
            self.act(Action::Listen);
        }
    }

    /// Listens up to the first false lapse.
    pub(crate) fn hear_to_lapse(&mut self) {
        loop {
            let last = usize::from(self.run.talk.turn.cursor).checked_sub(1);
            let beat = last.and_then(|last| lines_spoken(self.scenario, &self.run.talk).beat(last));
            if beat.is_some_and(|beat| beat.lapse.is_some()) {
                return;
            }
            self.act(Action::Listen);
        }
    }

    pub(crate) fn say(&mut self, reply: &str, pace: Pace, volume: Volume) {
        let encounter = self.scenario.encounter(self.run.talk.encounter);
        let reply = encounter.reply_named(reply).unwrap_or_else(|| panic!("no reply {reply}"));
        self.act(Action::Speak { reply, pace, volume });
    }

    /// Hears the turn out and replies: slowly while the customer is hot, else at an even pace.
    pub(crate) fn answer(&mut self, reply: &str) {
        self.hear_out();
        let pace = if self.run.talk.meters.anger >= HOT { Pace::Slow } else { Pace::Even };
        self.say(reply, pace, Volume::Level);
    }

    pub(crate) fn file(&mut self, tiles: &[&str]) {
        let encounter = self.scenario.encounter(self.run.talk.encounter);
        let tiles: Vec<TileId> =
            tiles.iter().map(|tile| encounter.tile_named(tile).unwrap_or_else(|| panic!("no tile {tile}"))).collect();
        self.input(&Input::File { tiles, line: String::new() }).unwrap();
    }

    /// Answers diary events by the names given, as long as there are events that know one of them.
    pub(crate) fn choose(&mut self, names: &[&str]) {
        while let RunStage::Diary(event) = self.run.stage {
            let event = &self.scenario.encounter(self.run.talk.encounter).diary[event.index()];
            let place = event.choices.iter().position(|choice| names.contains(&choice.name.as_str()));
            let place = place.unwrap_or_else(|| panic!("nothing chosen for {}", event.name));
            self.input(&Input::Choose(ChoiceId::at(place))).unwrap();
        }
    }

    pub(crate) fn score(&self) -> Score {
        campaign::result(self.scenario, &self.run)
    }
}

fn saved_and_loaded(run: &Run) -> Run {
    ron::from_str(&ron::to_string(run).unwrap()).unwrap()
}

/// Perfect sentences throughout, on `before-saturday`.
pub(crate) const PERFECT: [&str; 10] = [
    "went-back-over-it",
    "whats-in-there",
    "friday-to-saturday",
    "door-colour",
    "wrong-house",
    "ideal-version",
    "through-to-sunday",
    "both-bookings",
    "good-or-bad",
    "two-oh-eight",
];
