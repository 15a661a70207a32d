//! For the tests of the screens: runs to show, and a screen to press keys on.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use crate::campaign::{self, Input, Run, RunStage};
use crate::desktop::theme::{Appearance, Motion, Scale, Theme, fonts, style};
use crate::dialogue::{self, Action, Event, HOT, Mode, lines_spoken};
use crate::scenario::Scenario;
use crate::scenario::id::{ChoiceId, TileId};
use crate::scenario::vocabulary::{Pace, Volume};
use crate::scoring::{Debrief, debrief};

/// A shipped scenario.
pub(super) fn shipped(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads what is shipped")]
    let bytes = std::fs::read(&path).unwrap();
    crate::scenario::load::load(&path, &bytes).scenario.unwrap()
}

/// A run in the playing.
pub(super) struct Playing {
    pub(super) scenario: Scenario,
    pub(super) run: Run,
    pub(super) events: Vec<Event>,
}

impl Playing {
    pub(super) fn begin(name: &str) -> Self {
        Self::of(shipped(name))
    }

    pub(super) fn input(&mut self, input: &Input) {
        campaign::step(&self.scenario, &mut self.run, input, &mut self.events).unwrap();
    }

    pub(super) fn act(&mut self, action: Action) {
        self.input(&Input::Talk(dialogue::Input::step(action)));
    }

    /// A run of a scenario that a test has changed.
    pub(super) fn of(scenario: Scenario) -> Self {
        let mut events = Vec::new();
        let run = campaign::begin(&scenario, 1, Mode::Steps, &mut events);
        Self { scenario, run, events }
    }

    /// Interrupts at the first false lapse.
    pub(super) fn overlap(&mut self) {
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

    pub(super) fn say(&mut self, reply: &str, pace: Pace, volume: Volume) {
        while !self.run.talk.replies_open() {
            self.act(Action::Listen);
        }
        let reply = self.scenario.encounter(self.run.talk.encounter).reply_named(reply).unwrap();
        self.act(Action::Speak { reply, pace, volume });
    }

    pub(super) fn answer(&mut self, replies: &[&str]) {
        for reply in replies {
            let pace = if self.run.talk.meters.anger >= HOT { Pace::Slow } else { Pace::Even };
            self.say(reply, pace, Volume::Level);
        }
    }

    pub(super) fn file(&mut self, tiles: &[&str]) {
        let encounter = self.scenario.encounter(self.run.talk.encounter);
        let tiles: Vec<TileId> = tiles.iter().map(|tile| encounter.tile_named(tile).unwrap()).collect();
        self.input(&Input::File { tiles, line: String::new() });
    }

    pub(super) fn choose(&mut self, name: &str) {
        let RunStage::Diary(event) = self.run.stage else { panic!("nothing is due") };
        let event = &self.scenario.encounter(self.run.talk.encounter).diary[event.index()];
        let place = event.choices.iter().position(|choice| choice.name == name).unwrap();
        self.input(&Input::Choose(ChoiceId::at(place)));
    }

    pub(super) fn debrief(&self) -> Debrief {
        debrief(&self.scenario, &self.events, campaign::result(&self.scenario, &self.run))
    }
}

/// The design's worked example up to the end of the call.
pub(super) fn worked_call(last: Volume) -> Playing {
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
pub(super) fn worked_run() -> Playing {
    let mut playing = worked_call(Volume::Level);
    playing.file(&["wrong-door", "must-stay-cold", "chiller-to-sunday"]);
    playing.choose("tell-her-now");
    playing.choose("text-then-ring");
    playing
}

/// A theme at 100 or 200 %.
pub(super) fn theme(percent: u16) -> Theme {
    Theme::new(Appearance::Light, Scale::percent(percent), Motion::Reduced)
}

/// A window of 1280×720 with a screen in it; `state` is what the screen draws from and what came back.
pub(super) fn window<'a, S: 'a>(
    theme: Theme,
    state: S,
    mut draw: impl FnMut(&mut egui::Ui, &Theme, &mut S) + 'a,
) -> Harness<'a, S> {
    let mut dressed = false;
    Harness::builder().with_size(egui::vec2(1280.0, 720.0)).build_ui_state(
        move |ui, state| {
            if !dressed {
                ui.ctx().set_fonts(fonts::definitions());
                style::apply(ui.ctx(), &theme);
                dressed = true;
                ui.ctx().request_discard("the fonts are there from the next pass on");
                return;
            }
            draw(ui, &theme, state);
        },
        state,
    )
}

/// Nothing that can be used is wider than the window or stands beside it: what is below is reached by scrolling.
pub(super) fn assert_fits<S>(harness: &Harness<'_, S>) {
    use egui::accesskit::Role;
    let usable = |role| {
        matches!(
            role,
            Role::Button
                | Role::Link
                | Role::RadioButton
                | Role::TextInput
                | Role::Slider
                | Role::Switch
                | Role::CheckBox
        )
    };
    let mut seen = 0;
    for node in harness.get_all(by().predicate(move |node| usable(node.role()))) {
        let rect = node.rect();
        seen += 1;
        let name = node.accesskit_node().label();
        assert!(rect.left() >= -1.0 && rect.right() <= 1281.0, "{name:?} reaches from {rect:?}");
    }
    assert!(seen > 0, "nothing can be used");
}

/// Everything that Tab reaches, by name, in its order.
pub(super) fn reached_by_tab<S>(harness: &mut Harness<'_, S>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..80 {
        harness.key_press(egui::Key::Tab);
        harness.run();
        let focused = harness.root().children_recursive().find(egui_kittest::Node::is_focused);
        let Some(name) = focused.and_then(|node| node.accesskit_node().label()) else { continue };
        if names.contains(&name) {
            break;
        }
        names.push(name);
    }
    names
}
