//! Which controls the trainee has met.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::desktop::runner::{Moment, Runner};
use crate::dialogue::{Mode, State, beats, reply_order};
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;
use crate::scenario::model::Nod;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Channel, Pronoun};

/// Something on the screen that has to be explained once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Control {
    Mood,
    KeepListening,
    Replies,
    SpeakNow,
    Delivery,
    Nod,
    Reflect,
    Breathe,
    Pin,
    Jot,
    Posture,
    Record,
    Hold,
}

impl Control {
    /// In the order in which they are introduced where several are needed at once.
    pub const ALL: [Self; 13] = [
        Self::Mood,
        Self::KeepListening,
        Self::Replies,
        Self::SpeakNow,
        Self::Delivery,
        Self::Nod,
        Self::Reflect,
        Self::Breathe,
        Self::Pin,
        Self::Jot,
        Self::Posture,
        Self::Record,
        Self::Hold,
    ];

    /// Without these there is no conversation; they come beside another one.
    const fn is_basic(self) -> bool {
        matches!(self, Self::Mood | Self::KeepListening | Self::Replies)
    }

    /// Left for later calls: the first one brings in one thing a turn, and has five turns.
    const fn can_wait(self) -> bool {
        matches!(self, Self::Pin | Self::Jot | Self::Posture | Self::Record | Self::Hold)
    }

    /// Whether the turn asks for it now.
    fn is_needed(self, scenario: &Scenario, state: &State, runner: &Runner) -> bool {
        let node = scenario.encounter(state.encounter).node(state.node());
        let open = state.replies_open();
        let heard = usize::from(state.turn.cursor);
        let speaks = !open && runner.is_past_answer();
        match self {
            Self::Mood => true,
            Self::KeepListening => state.mode == Mode::Steps && !open,
            Self::Replies | Self::Record => open,
            Self::Hold => open && scenario.encounter(state.encounter).seat == Seat::Agent,
            Self::SpeakNow => matches!(runner.moment(), Moment::Lapse(_)),
            Self::Delivery => node.tempts_calm_delivery,
            Self::Nod => {
                heard > 0 && beats(scenario, state).nth(heard - 1).is_some_and(|beat| beat.phrase.nod != Nod::Unmarked)
            }
            Self::Reflect => node.reflect.is_some() && (open || heard > 0 && runner.is_past_answer()),
            Self::Breathe => state.own_heat > 0,
            Self::Pin => speaks && reply_order(scenario, state).len() > 2,
            Self::Jot => !state.facts.iter().all(|fact| state.jotted.contains(fact)),
            Self::Posture => speaks && scenario.channel == Channel::Counter,
        }
    }

    /// The one line that says what it does.
    pub fn line(self, channel: Channel, pronoun: Pronoun, seat: Seat) -> String {
        let (she, her, hers) = (pronoun.words(), pronoun.object(), pronoun.possessive());
        match self {
            Self::Mood => format!("The face and the word on top tell you {hers} mood."),
            Self::KeepListening => {
                format!("Enter keeps listening, until {she} {} finished.", pronoun.verb("has", "have"))
            }
            Self::Replies => {
                "A number chooses what you will say. Enter says it; until then you can change it.".to_owned()
            }
            Self::SpeakNow => "Waiting hears the rest, if there is one. Speak now cuts it off.".to_owned(),
            Self::Delivery => {
                "Pace is how fast you say it, whatever the words are. Slow is easier to follow.".to_owned()
            }
            Self::Nod => match channel {
                Channel::Phone => {
                    format!("N says \u{201c}mm-hm\u{201d}: it tells {her} that you are there, and that you agree.")
                }
                Channel::Counter => format!("N nods: it tells {her} that you are with {her}, and that you agree."),
            },
            Self::Reflect => {
                format!("R offers three readings of what {she} {}. One of them fits.", pronoun.verb("feels", "feel"))
            }
            Self::Breathe => "B takes a breath. It costs two seconds, and your own pulse comes down.".to_owned(),
            Self::Pin => format!("A number gets one ready while {she} {}.", pronoun.verb("speaks", "speak")),
            Self::Jot => "J jots down what you were just told, for the note.".to_owned(),
            Self::Posture => format!("O turns you to {her}, hands open."),
            Self::Record => match seat {
                Seat::Agent => "C looks at the record. In the middle of a story, say so first.".to_owned(),
                Seat::Customer => "C looks at what you have with you.".to_owned(),
            },
            Self::Hold => "H says that you need a moment.".to_owned(),
        }
    }
}

/// The controls met so far, kept for good, and the ones met in this turn, whose lines are still shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Introduced {
    known: BTreeSet<Control>,
    #[serde(skip)]
    fresh: Vec<Control>,
    #[serde(skip)]
    turn: Option<(EncounterId, u8)>,
    /// Whether a control that is not a basic one was introduced in this turn: one is enough.
    #[serde(skip)]
    had_one: bool,
}

impl Introduced {
    /// Somebody who knows them all.
    pub fn all() -> Self {
        Self { known: Control::ALL.into_iter().collect(), ..Self::default() }
    }

    /// Meets what the present moment needs: the basics, and at most one more a turn. `first_run` leaves some for later.
    pub fn meet(&mut self, scenario: &Scenario, state: &State, runner: &Runner, first_run: bool) {
        let turn = (state.encounter, state.turn.number);
        if self.turn != Some(turn) {
            self.turn = Some(turn);
            self.fresh.clear();
            self.had_one = false;
        }
        for control in Control::ALL {
            let skip = self.known.contains(&control)
                || first_run && control.can_wait()
                || self.had_one && !control.is_basic()
                || !control.is_needed(scenario, state, runner);
            if skip {
                continue;
            }
            self.known.insert(control);
            self.fresh.push(control);
            self.had_one |= !control.is_basic();
        }
    }

    /// A control is used. Whoever finds it before it was introduced reads its line now, and not once it is known.
    pub fn used(&mut self, control: Control) {
        if self.known.insert(control) {
            self.fresh.push(control);
        }
    }

    /// The line of a control has been read.
    pub fn seen(&mut self, control: Control) {
        self.known.insert(control);
        self.fresh.retain(|fresh| *fresh != control);
    }

    /// The same knowledge at the beginning of another call, with no line left over from the last one.
    #[must_use]
    pub fn for_another_call(&self) -> Self {
        Self { known: self.known.clone(), ..Self::default() }
    }

    /// How many controls have been met.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// Whether it has been introduced.
    pub fn knows(&self, control: Control) -> bool {
        self.known.contains(&control)
    }

    /// The controls whose lines are still to be shown.
    pub fn fresh(&self) -> &[Control] {
        &self.fresh
    }
}
