//! A call that is played in a test, with or without a window.

use std::time::Duration;

use egui_kittest::Harness;

use crate::campaign::{self, Run};
use crate::desktop::runner::SpeechRate;
use crate::desktop::runner::fixture::maureen;
use crate::desktop::screens::conversation::{Action, Aids, Call, Exit, Introduced, Memory, View, draw};
use crate::desktop::theme::testing::harness;
use crate::desktop::theme::{Appearance, Motion, Scale, Theme};
use crate::dialogue::{self, Event, Mode};
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::vocabulary::Channel;

pub(super) const DORIS: &str = include_str!("../../../../../scenarios/can-i-have-it-on.ron");
pub(super) const QUINT: &str = include_str!("../../../../../scenarios/before-saturday.ron");
pub(super) const TALLIS: &str = include_str!("../../../../../scenarios/one-twelve.ron");

pub(super) fn shipped(text: &str) -> Scenario {
    load("shipped.ron", text.as_bytes()).scenario.expect("a shipped scenario loads")
}

/// Everything that the integrator holds.
pub(super) struct Play {
    pub(super) scenario: Scenario,
    pub(super) run: Run,
    pub(super) call: Call,
    pub(super) aids: Aids,
    pub(super) memory: Memory,
    pub(super) inputs: Vec<campaign::Input>,
    /// Every action that the screen returned.
    pub(super) actions: Vec<Action>,
    pub(super) exit: Option<Exit>,
    /// Where a script plays, nothing is carried out.
    pub(super) only_look: bool,
}

impl Play {
    /// The first call of somebody who has met nothing yet.
    pub(super) fn first(scenario: Scenario) -> Self {
        let aids = Aids { first_run: true, guidance: true, ..Aids::default() };
        Self::new(scenario, Mode::Steps, aids, Introduced::default())
    }

    pub(super) fn new(scenario: Scenario, mode: Mode, aids: Aids, introduced: Introduced) -> Self {
        let mut events: Vec<Event> = Vec::new();
        let run = campaign::begin(&scenario, 11, mode, &mut events);
        let call = Call::begin(&scenario, &run, &events, SpeechRate::NORMAL, introduced);
        let mut play = Self {
            scenario,
            run,
            call,
            aids,
            memory: Memory::default(),
            inputs: Vec::new(),
            actions: Vec::new(),
            exit: None,
            only_look: false,
        };
        play.pass(0);
        play
    }

    /// Maureen at the counter, everything known.
    pub(super) fn maureen(mode: Mode) -> Self {
        Self::new(maureen(Channel::Counter), mode, Aids::default(), Introduced::all())
    }

    pub(super) fn pass(&mut self, millis: u64) {
        let Self { scenario, run, call, aids, inputs, .. } = self;
        call.advance(scenario, run, aids, Duration::from_millis(millis), inputs);
    }

    pub(super) fn act(&mut self, action: Action) {
        let Self { scenario, run, call, inputs, .. } = self;
        if let Some(exit) = call.act(scenario, run, action, inputs).expect("the screen offers only what is taken") {
            self.exit = Some(exit);
        }
        self.pass(0);
    }

    pub(super) fn deed(&mut self, deed: dialogue::Action) {
        self.act(Action::Do(deed));
    }

    pub(super) fn view(&self) -> View {
        View::of(&self.scenario, &self.run, &self.call, &self.aids)
    }

    /// To the true end of the turn.
    pub(super) fn hear_out(&mut self) {
        while !self.run.talk.replies_open() {
            match self.run.talk.mode {
                Mode::Timed => self.pass(250),
                Mode::Steps => self.deed(dialogue::Action::Listen),
            }
        }
    }

    /// Chooses the reply of this name and says it.
    pub(super) fn say(&mut self, name: &str) {
        self.hear_out();
        let encounter = self.scenario.encounter(self.run.talk.encounter);
        let reply = encounter.reply_named(name).expect("a reply of this name");
        self.act(Action::Choose(reply));
        let delivery = self.call.draft.delivery(&self.run.talk);
        self.deed(dialogue::Action::Speak { reply, pace: delivery.pace, volume: delivery.volume });
    }

    /// In a window of 1280 by 720 points.
    pub(super) fn window<'a>(self, scale: u16) -> Harness<'a, Self> {
        self.themed(Theme::new(Appearance::Light, Scale::percent(scale), Motion::Reduced))
    }

    pub(super) fn themed<'a>(self, theme: Theme) -> Harness<'a, Self> {
        let mut window = harness(theme, self, |ui, theme, play: &mut Self| {
            let view = play.view();
            for action in draw(ui, theme, &view, &mut play.memory) {
                play.actions.push(action);
                if !play.only_look {
                    play.act(action);
                }
            }
        });
        settle(&mut window);
        window
    }
}

/// Enough frames for what fades to have faded.
pub(super) fn settle(window: &mut Harness<'_, Play>) {
    for _ in 0..4 {
        window.step();
    }
}

/// Presses a key and lets the screen follow.
pub(super) fn press(window: &mut Harness<'_, Play>, key: egui::Key) {
    window.key_press(key);
    settle(window);
}
