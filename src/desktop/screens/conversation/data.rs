//! The view: all that the screen says and offers at one moment, worded and decided.

mod below;
mod panel;
mod words;

use std::time::Duration;

use crate::campaign::Run;
use crate::desktop::customer::{Meters, Moment as Sign, Reading, Turn, caption};
use crate::desktop::redraw::Rate;
use crate::desktop::runner::{Moment, Runner, Shown};
use crate::desktop::screens::conversation::action::{Action, Panel};
use crate::desktop::screens::conversation::call::Call;
use crate::desktop::screens::conversation::introduced::Control;
use crate::desktop::screens::conversation::transcript;
use crate::dialogue::{self, CutOff, HOLD_EVERY, Mode, Part, Posture, Stage, State, beats, temper};
use crate::scenario::Scenario;
use crate::scenario::format::current::Look;
use crate::scenario::model::Nod;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Channel, Pace, Pronoun, Volume};

pub use below::{Answering, Below, CardSeen, Coaching, Gist, LapseSeen, Lead, Listening};
pub use panel::PanelSeen;

/// How long what has just happened shows in the face.
const SIGN: Duration = Duration::from_millis(1600);

/// What helps, by the settings and by how many calls the trainee has had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the settings")]
pub struct Aids {
    /// Stage directions and the caption under the customer.
    pub captions: bool,
    /// The first five runs: one mood word, and words for the true end.
    pub guidance: bool,
    /// Pauses after each reply and explains.
    pub coach: bool,
    /// The first run of all: controls appear one by one.
    pub first_run: bool,
}

impl Default for Aids {
    fn default() -> Self {
        Self { captions: true, guidance: false, coach: false, first_run: false }
    }
}

/// All that the screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub stage: StageSeen,
    /// "Third turn".
    pub turn: String,
    /// "Mood: irritated", for the first runs.
    pub mood: Option<String>,
    /// How many facts were jotted down.
    pub notes: usize,
    /// What the customer has said in this turn, as far as it is shown.
    pub speech: Vec<Said>,
    /// Whether more words are streaming in.
    pub is_streaming: bool,
    /// How far the newest words have faded in, 0 to 1.
    pub fade: f32,
    /// The coach's line on this node: what to listen for, while there is something to hear.
    pub coach: Option<String>,
    pub hints: Vec<Hint>,
    pub below: Below,
    /// Pace and volume, once they have been introduced.
    pub delivery: Option<DeliverySeen>,
    pub gestures: Vec<Gesture>,
    pub panel: Option<PanelSeen>,
    pub veil: Option<Veil>,
    pub rate: Rate,
}

/// What the stage shows.
#[derive(Debug, Clone, PartialEq)]
pub struct StageSeen {
    pub channel: Channel,
    pub look: Look,
    pub pronoun: Pronoun,
    pub name: String,
    pub place: String,
    pub reading: Reading,
    pub caption: String,
    pub show_caption: bool,
    /// 0 to 100.
    pub own_heat: u8,
    /// "2:05" on the phone with clocks, else empty.
    pub call_length: String,
    /// Decides when this person blinks.
    pub seed: u64,
    /// Words shown so far in this turn, for the mouth.
    pub words: usize,
}

/// A piece of the customer's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// What is seen or heard besides the words.
    Direction(String),
    Words(String),
    /// The words after this begin a new paragraph.
    Break,
    /// They were cut off here.
    CutOff,
    /// What they say to being cut off.
    Objection(String),
    /// What is told of an ending.
    Told(String),
}

/// A line that introduces a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    pub control: Control,
    pub words: String,
}

/// Pace and volume of the next reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverySeen {
    pub pace: Pace,
    pub volume: Volume,
    /// What the trainee's own heat has pre-set, and how to set it back.
    pub preset: Option<String>,
}

/// A small action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gesture {
    pub key: &'static str,
    pub label: &'static str,
    /// What it does, one after the other.
    pub actions: Vec<Action>,
    pub enabled: bool,
}

/// Over the whole screen while the call is paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veil {
    pub title: &'static str,
    pub words: String,
}

/// What the parts of a view are made from.
#[derive(Clone, Copy)]
struct Seen<'a> {
    scenario: &'a Scenario,
    run: &'a Run,
    call: &'a Call,
    aids: &'a Aids,
}

impl View {
    /// The view of a moment.
    pub fn of(scenario: &Scenario, run: &Run, call: &Call, aids: &Aids) -> Self {
        Seen { scenario, run, call, aids }.view()
    }

    /// Whether time stands still because something is to be read first.
    pub fn time_stands(&self) -> bool {
        self.veil.is_some() || matches!(self.below, Below::Coaching(_))
    }
}

impl<'a> Seen<'a> {
    fn state(&self) -> &'a State {
        &self.run.talk
    }

    fn runner(&self) -> &'a Runner {
        &self.call.runner
    }

    /// Time stands still while the coach explains.
    fn is_coached(&self) -> bool {
        self.call.waits_for_coach(self.scenario, self.run, self.aids)
    }

    /// Whether the coach speaks between the answer to the last reply and what the customer says next.
    fn is_held_back(&self) -> bool {
        self.state().stage == Stage::Talking && self.is_coached()
    }

    /// What the customer has said as far as it is shown: while the coach explains the last reply, only the answer to it.
    fn shown(&self) -> impl Iterator<Item = Shown<'a>> {
        let held_back = self.is_held_back();
        self.runner().shown().filter(move |shown| !held_back || shown.part != Some(Part::Line))
    }

    fn pronoun(&self) -> Pronoun {
        self.scenario.customer.pronoun
    }

    fn node(&self) -> &'a crate::scenario::Node {
        self.scenario.encounter(self.state().encounter).node(self.state().node())
    }

    /// On the first run a control is there from the moment it is needed; later all are there.
    fn shows(&self, control: Control) -> bool {
        !self.aids.first_run || self.call.introduced.knows(control)
    }

    fn view(&self) -> View {
        let moment = self.runner().moment();
        let below = self.below();
        let hints = self.hints();
        let is_streaming = matches!(moment, Moment::Speaking | Moment::Ending) && self.state().mode == Mode::Timed;
        View {
            stage: self.stage(),
            turn: words::turn(self.state().turn.number),
            mood: self.mood(),
            notes: self.state().jotted.iter().count(),
            speech: self.speech(),
            is_streaming,
            fade: self.fade(),
            coach: self.coach_line(&below),
            hints,
            delivery: self.delivery(),
            gestures: self.gestures(),
            panel: self.panel(),
            veil: self.veil(),
            rate: self.rate(is_streaming, &below),
            below,
        }
    }

    fn stage(&self) -> StageSeen {
        let scenario = self.scenario;
        let state = self.state();
        let customer = &scenario.customer;
        let reading = self.reading();
        let encounter = scenario.encounter(state.encounter);
        let clocked = scenario.channel == Channel::Phone && state.mode == Mode::Timed;
        StageSeen {
            channel: scenario.channel,
            look: customer.look,
            pronoun: customer.pronoun,
            name: customer.name.clone(),
            place: words::place(&encounter.setting),
            reading,
            caption: caption(reading, scenario.channel, customer.pronoun, customer.look.holds),
            show_caption: self.aids.captions,
            own_heat: state.own_heat,
            call_length: if clocked { words::clock(self.runner().call()) } else { String::new() },
            seed: state.seed,
            words: self.shown().map(|shown| shown.words.split_whitespace().count()).sum(),
        }
    }

    fn reading(&self) -> Reading {
        let state = self.state();
        let points = |hundredths: i32| u8::try_from(hundredths.clamp(0, 10_000) / 100).unwrap_or(100);
        let meters = Meters {
            anger: points(state.meters.anger),
            trust: points(state.meters.trust),
            patience: points(state.meters.patience),
            heard: points(state.meters.heard),
        };
        let told = self.runner().shown().any(|shown| shown.part.is_none());
        let turn = match self.runner().moment() {
            _ if self.is_held_back() => Turn::Listening,
            Moment::Speaking => Turn::Speaking,
            Moment::Ending if !told => Turn::Speaking,
            Moment::Lapse(_) => Turn::Pausing,
            Moment::Silent if state.turn.cut_off.is_none() => Turn::Finished,
            Moment::Silent | Moment::Ending | Moment::Done => Turn::Listening,
        };
        Reading { meters, upset: self.scenario.customer.upset, turn, moment: self.sign() }
    }

    /// What has just happened to them and still shows.
    fn sign(&self) -> Option<Sign> {
        let runner = self.runner();
        let state = self.state();
        if runner.since_cut_off().is_some_and(|since| since < SIGN) {
            return Some(Sign::CutOff);
        }
        // In a pause the eyes tell that there is more to come: nothing may cover that.
        if runner.moment() != Moment::Speaking {
            return None;
        }
        let nodded = self.call.transcript.latest() == Some(transcript::Sign::Nodded(Nod::Welcome));
        let recent = runner.since_fresh() < SIGN;
        if nodded && (runner.is_busy(state) || state.mode == Mode::Steps && recent) {
            return Some(Sign::NoddedAt);
        }
        let begins = state.mode == Mode::Timed || state.turn.cursor <= 1;
        (self.call.transcript.felt_heard() && recent && begins).then_some(Sign::FeltHeard)
    }

    /// The coach stops time where the answer has just appeared: it stands there in full, and does not fade in afterwards.
    fn fade(&self) -> f32 {
        let is_answer = self.shown().last().is_some_and(|shown| shown.part == Some(Part::Answer));
        if self.aids.coach && is_answer && self.runner().is_past_answer() { 1.0 } else { self.runner().fade() }
    }

    fn mood(&self) -> Option<String> {
        let shown = (self.aids.guidance || self.aids.first_run) && self.shows(Control::Mood);
        let mood = || temper(self.state().meters.anger).shown(self.scenario.customer.upset);
        shown.then(|| format!("Mood: {}", mood()))
    }

    fn speech(&self) -> Vec<Said> {
        let state = self.state();
        let mut said = Vec::new();
        let mut part = None;
        for shown in self.shown() {
            if let Some(direction) = shown.direction.filter(|_| self.aids.captions) {
                if part == Some(Part::Answer) && shown.part == Some(Part::Line) {
                    said.push(Said::Break);
                    part = shown.part;
                }
                said.push(Said::Direction(direction.to_owned()));
            }
            if shown.words.is_empty() {
                continue;
            }
            if part == Some(Part::Answer) && shown.part == Some(Part::Line) {
                said.push(Said::Break);
            }
            part = shown.part;
            said.push(match shown.part {
                Some(_) => Said::Words(shown.words.to_owned()),
                None => Said::Told(shown.words.to_owned()),
            });
        }
        if state.stage == Stage::Talking && state.turn.cut_off.is_some() {
            said.push(Said::CutOff);
            let bait = self.node().bait.as_ref().filter(|_| state.turn.took_bait).map(|bait| &bait.answer);
            let spoken_over = state.turn.cut_off == Some(CutOff::Soft);
            let objection = bait.or_else(|| spoken_over.then_some(&self.scenario.customer.objects));
            said.extend(objection.map(|words| Said::Objection(words.plain())));
        }
        said
    }

    /// It tells what to listen for, so it goes where there is nothing more to hear.
    fn coach_line(&self, below: &Below) -> Option<String> {
        let there = matches!(below, Below::Listening(_)) && self.runner().is_past_answer();
        self.node().coach.clone().filter(|_| self.aids.coach && there)
    }

    fn hints(&self) -> Vec<Hint> {
        let open = self.state().replies_open();
        let belongs = |control: &Control| match control {
            // The mood has its say before the replies open.
            Control::KeepListening | Control::SpeakNow | Control::Pin | Control::Mood => !open,
            Control::Replies => open,
            _ => true,
        };
        let customer = &self.scenario.customer;
        let fresh = self.call.introduced.fresh().iter().copied().filter(belongs);
        fresh
            .filter(|control| *control != Control::Mood || self.mood().is_some())
            .filter(|_| self.state().stage == Stage::Talking)
            .map(|control| Hint { control, words: control.line(self.scenario.channel, customer.pronoun, self.seat()) })
            .collect()
    }

    fn delivery(&self) -> Option<DeliverySeen> {
        if !self.shows(Control::Delivery) || self.state().stage != Stage::Talking {
            return None;
        }
        let draft = &self.call.draft;
        let now = draft.delivery(self.state());
        let preset = draft.preset(self.state()).map(|preset| words::preset(preset.volume).to_owned());
        Some(DeliverySeen { pace: now.pace, volume: now.volume, preset })
    }

    fn gestures(&self) -> Vec<Gesture> {
        let state = self.state();
        if state.stage != Stage::Talking {
            return Vec::new();
        }
        let free = !self.is_coached() && !self.runner().is_busy(state);
        let face_to_face = self.scenario.channel == Channel::Counter;
        let turn = &state.turn;
        let deed = |deed: dialogue::Action| vec![Action::Do(deed)];
        let mut gestures = Vec::new();
        let mut offer = |control: Control, key, label, actions: Vec<Action>, enabled: bool| {
            if self.shows(control) {
                gestures.push(Gesture { key, label, actions, enabled: enabled && free });
            }
        };
        let answerable = turn.cursor > 0 && turn.nodded_at != turn.cursor && turn.cut_off.is_none();
        let nod = if face_to_face { "Nod" } else { "Mm-hm" };
        offer(Control::Nod, "N", nod, deed(dialogue::Action::Nod), answerable);
        if face_to_face {
            let (label, posture) = match turn.posture {
                Posture::Neutral => ("Turn to face", Posture::Open),
                Posture::Open => ("Sit back", Posture::Neutral),
            };
            offer(Control::Posture, "O", label, deed(dialogue::Action::Posture(posture)), true);
        }
        offer(Control::Jot, "J", "Jot", deed(dialogue::Action::Jot), self.can_jot());
        offer(Control::Breathe, "B", "Breathe", deed(dialogue::Action::Breathe), true);
        let reflects = self.node().reflect.is_some() && turn.reflected.is_none();
        offer(Control::Reflect, "R", "Reflect", vec![Action::Open(Panel::Readings)], reflects);
        let holds = state.held_in.is_none_or(|held| turn.number >= held + HOLD_EVERY);
        let mut look = vec![Action::Open(Panel::Record)];
        match self.seat() {
            Seat::Agent => {
                offer(Control::Hold, "H", "Hold", deed(dialogue::Action::Hold), holds);
                // To look away is an act of its own, announced or not; once the replies are open nobody minds.
                if !state.replies_open() {
                    look.insert(0, Action::Do(dialogue::Action::Consult));
                }
                offer(Control::Record, "C", "Record", look, true);
            }
            // The screen is on the other side of the desk.
            Seat::Customer => offer(Control::Record, "C", "Papers", look, true),
        }
        gestures
    }

    /// The trainee's side of the desk.
    fn seat(&self) -> Seat {
        self.scenario.encounter(self.state().encounter).seat
    }

    /// Whether something said in this turn is not jotted down.
    fn can_jot(&self) -> bool {
        let state = self.state();
        beats(self.scenario, state)
            .take(usize::from(state.turn.cursor))
            .flat_map(|beat| beat.phrase.facts.iter())
            .any(|fact| !state.jotted.contains(fact.index()))
    }

    fn veil(&self) -> Option<Veil> {
        self.runner().is_paused().then(|| Veil {
            title: "Paused",
            words: format!("The {} is kept at this word. Nothing is lost.", self.scenario.channel.conversation()),
        })
    }

    /// How soon there is something new to see or to do, the person on the stage apart.
    fn rate(&self, is_streaming: bool, below: &Below) -> Rate {
        if self.runner().is_paused() {
            return Rate::Still;
        }
        let lapse = matches!(self.runner().moment(), Moment::Lapse(_)) && self.state().mode == Mode::Timed;
        let still = matches!(below, Below::Coaching(_));
        if !still && (is_streaming || lapse || self.fade() < 1.0) {
            Rate::Speaking
        } else if self.state().mode == Mode::Timed {
            Rate::Waiting
        } else {
            Rate::Still
        }
    }
}
