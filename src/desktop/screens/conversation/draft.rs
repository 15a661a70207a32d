//! What the trainee has ready and has not said.

use crate::desktop::screens::conversation::action::{Action, Panel};
use crate::dialogue::{Delivery, Stage, State, preset_delivery, reply_order};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, ReplyId};
use crate::scenario::vocabulary::{Pace, Volume};

/// A pin, a choice, a delivery, an open panel. Nothing of it is an act: it is gone or done when a reply is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    turn: Option<TurnKey>,
    /// Whether the replies of this turn have been seen in full.
    opened: bool,
    pinned: Option<ReplyId>,
    chosen: Option<ReplyId>,
    /// What was pinned is not on offer any more.
    lapsed: bool,
    pace: Pace,
    volume: Volume,
    /// The trainee has taken back what their own heat had pre-set.
    set_back: bool,
    panel: Option<Panel>,
    /// The turn at whose beginning the coach has been read.
    coach_seen: Option<TurnKey>,
}

type TurnKey = (EncounterId, u8, bool);

fn key_of(state: &State) -> TurnKey {
    (state.encounter, state.turn.number, state.stage != Stage::Talking)
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            turn: None,
            opened: false,
            pinned: None,
            chosen: None,
            lapsed: false,
            pace: Pace::Even,
            volume: Volume::Level,
            set_back: false,
            panel: None,
            coach_seen: None,
        }
    }
}

impl Draft {
    /// A state has followed from an input. A new turn clears the table; pace stays as the trainee had it, the voice
    /// comes back to level, so that nobody shouts by having forgotten a switch.
    pub fn follow(&mut self, scenario: &Scenario, state: &State) {
        let key = key_of(state);
        if self.turn != Some(key) {
            let panel = self.panel.filter(|panel| *panel != Panel::Readings);
            *self = Self { turn: Some(key), pace: self.pace, panel, coach_seen: self.coach_seen, ..Self::default() };
        }
        if state.replies_open() && !self.opened {
            self.opened = true;
            let offered = reply_order(scenario, state);
            self.chosen = self.pinned.filter(|pinned| offered.contains(pinned));
            self.lapsed = self.pinned.is_some() && self.chosen.is_none();
        }
        if state.turn.reflected.is_some() && self.panel == Some(Panel::Readings) {
            self.panel = None;
        }
    }

    /// Takes what concerns only what is shown; other actions change nothing here.
    pub fn apply(&mut self, action: Action, scenario: &Scenario, state: &State) {
        let offers = |reply: &ReplyId| reply_order(scenario, state).contains(reply);
        match action {
            Action::Pin(reply) if !self.opened && offers(&reply) => {
                self.pinned = (self.pinned != Some(reply)).then_some(reply);
            }
            Action::Choose(reply) if self.opened && offers(&reply) => self.chosen = Some(reply),
            Action::PutBack if self.opened => self.chosen = None,
            Action::PutBack => self.pinned = None,
            Action::SetPace(pace) => self.deliver(Delivery { pace, ..self.delivery(state) }),
            Action::SetVolume(volume) => self.deliver(Delivery { volume, ..self.delivery(state) }),
            Action::SetBack => self.set_back = true,
            Action::Open(panel) => self.panel = Some(panel),
            Action::Close => self.panel = None,
            Action::CoachSeen => self.coach_seen = Some(key_of(state)),
            _ => {}
        }
    }

    fn deliver(&mut self, delivery: Delivery) {
        self.pace = delivery.pace;
        self.volume = delivery.volume;
        self.set_back = true;
    }

    /// How a reply would be spoken now.
    pub fn delivery(&self, state: &State) -> Delivery {
        self.preset(state).unwrap_or(Delivery { pace: self.pace, volume: self.volume })
    }

    /// What the trainee's own heat has pre-set, until they set it back or choose for themselves.
    pub fn preset(&self, state: &State) -> Option<Delivery> {
        preset_delivery(state).filter(|_| !self.set_back)
    }

    pub fn pinned(&self) -> Option<ReplyId> {
        self.pinned
    }

    pub fn chosen(&self) -> Option<ReplyId> {
        self.chosen
    }

    /// Whether what was ready is not on offer any more.
    pub fn has_lapsed(&self) -> bool {
        self.lapsed
    }

    pub fn panel(&self) -> Option<Panel> {
        self.panel
    }

    /// Whether the coach has been read since the turn of this state began.
    pub fn has_seen_coach(&self, state: &State) -> bool {
        self.coach_seen == Some(key_of(state))
    }
}
