//! What stands below the customer's words: gists while they speak, replies when they are done.

use crate::desktop::customer::Attention;
use crate::desktop::runner::Moment;
use crate::desktop::screens::conversation::data::Seen;
use crate::desktop::screens::conversation::introduced::Control;
use crate::desktop::screens::conversation::transcript::Sign;
use crate::dialogue::{self, HOLD_EVERY, Mode, Stage, reply_order};
use crate::scenario::format::current::Prop;
use crate::scenario::id::ReplyId;
use crate::scenario::vocabulary::Channel;
use crate::scenario::vocabulary::capitalised;

/// Engine milliseconds before silence costs patience from which on it is said that they wait.
const WAITING_MILLIS: u64 = 6000;

/// The half of the screen in which the trainee acts.
#[derive(Debug, Clone, PartialEq)]
pub enum Below {
    Listening(Listening),
    Answering(Answering),
    /// The coach explains the last reply; time stands still.
    Coaching(Coaching),
    /// The last words are being said.
    Ending,
    /// The call is over.
    Done {
        label: &'static str,
    },
}

/// While the customer speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Listening {
    pub lapse: Option<LapseSeen>,
    /// What the trainee has just done, in quiet words.
    pub deed: Option<String>,
    pub gists: Vec<Gist>,
    /// "You have one ready. It opens when she has finished."
    pub ready: Option<String>,
    /// The author's ready sentence at this lapse.
    pub bait: Option<String>,
    /// Steps mode: the choice to hear on.
    pub keep_listening: bool,
    /// The caution beside *Speak now*, where that is shown.
    pub speak_now: Option<String>,
}

/// A pause in mid-thought.
#[derive(Debug, Clone, PartialEq)]
pub struct LapseSeen {
    pub words: String,
    /// How much of it is over, 0 to 1; none in steps mode, which has no clocks.
    pub gone: Option<f32>,
}

/// A reply in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gist {
    pub reply: ReplyId,
    pub key: String,
    pub text: String,
    pub pinned: bool,
}

/// When the replies are open.
#[derive(Debug, Clone, PartialEq)]
pub struct Answering {
    pub lead: Option<Lead>,
    pub deed: Option<String>,
    pub cards: Vec<CardSeen>,
    /// What Enter does, once something is chosen.
    pub speak: Option<dialogue::Action>,
    /// "Said slowly, in a level voice."
    pub manner: Option<String>,
    /// They wait; said before it costs anything.
    pub waiting: Option<String>,
}

/// The line above the replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    pub words: String,
    /// They were cut off.
    pub cut_off: bool,
}

/// A reply in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardSeen {
    pub reply: ReplyId,
    pub key: String,
    pub text: String,
    pub chosen: bool,
    /// What it says underneath, revealed by a right reading.
    pub subtext: Option<String>,
}

/// The coach on the last reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coaching {
    pub you_said: String,
    pub words: String,
}

impl Seen<'_> {
    pub(super) fn below(&self) -> Below {
        if self.is_coached() {
            return Below::Coaching(self.coaching());
        }
        if matches!(self.state().stage, Stage::Over(_)) {
            return match self.runner().moment() {
                Moment::Done => Below::Done { label: "Write the note" },
                _ => Below::Ending,
            };
        }
        if self.state().replies_open() {
            Below::Answering(self.answering())
        } else {
            Below::Listening(self.listening())
        }
    }

    fn coaching(&self) -> Coaching {
        let encounter = self.scenario.encounter(self.state().encounter);
        let reply = self.call.transcript.last_reply().map(|(_, reply)| encounter.reply(reply));
        Coaching {
            you_said: reply.map(|reply| reply.text.clone()).unwrap_or_default(),
            words: reply.map(|reply| reply.coach.clone().unwrap_or_else(|| reply.why.clone())).unwrap_or_default(),
        }
    }

    fn listening(&self) -> Listening {
        let pronoun = self.pronoun();
        let gists = self.gists();
        let ready = gists.iter().any(|gist| gist.pinned).then(|| {
            let she = pronoun.words();
            format!("You have one ready. It opens when {she} {} finished.", pronoun.verb("has", "have"))
        });
        let caution = format!("{} may not be done.", capitalised(pronoun.words()));
        Listening {
            lapse: self.lapse(),
            deed: self.deed(),
            ready,
            bait: self.bait(),
            keep_listening: self.state().mode == Mode::Steps,
            speak_now: self.shows(Control::SpeakNow).then_some(caution),
            gists,
        }
    }

    /// The replies in a few words each, as soon as the customer is past the answer to the last one.
    fn gists(&self) -> Vec<Gist> {
        let there =
            self.runner().is_past_answer() && (!self.aids.first_run || self.call.introduced.knows(Control::Pin));
        if !there {
            return Vec::new();
        }
        let encounter = self.scenario.encounter(self.state().encounter);
        let pinned = self.call.draft.pinned();
        let order = reply_order(self.scenario, self.state());
        let gists = order.iter().enumerate().map(|(index, &reply)| Gist {
            reply,
            key: (index + 1).to_string(),
            text: encounter.reply(reply).gist.clone(),
            pinned: pinned == Some(reply),
        });
        gists.collect()
    }

    fn lapse(&self) -> Option<LapseSeen> {
        let Moment::Lapse(gone) = self.runner().moment() else { return None };
        let steps = self.state().mode == Mode::Steps;
        Some(LapseSeen { words: self.lapse_words(), gone: (!steps).then_some(gone) })
    }

    fn lapse_words(&self) -> String {
        let pronoun = self.pronoun();
        let she = capitalised(pronoun.words());
        if self.call.introduced.fresh().contains(&Control::SpeakNow) {
            let is = capitalised(pronoun.verb("is", "are"));
            return format!("{she} stopped. {is} {} finished?", pronoun.words());
        }
        if !self.aids.captions {
            return format!("{she} stopped.");
        }
        if let Some(direction) = self.runner().lapse_direction() {
            return format!("A pause. {}.", capitalised(direction.trim_end_matches('.')));
        }
        let reading = self.reading();
        match (self.scenario.channel, reading.attention()) {
            (Channel::Counter, Attention::Hands) => {
                let eyes = capitalised(pronoun.possessive());
                format!("A pause. {eyes} eyes stay on {}.", self.held())
            }
            (Channel::Counter, Attention::Aside) => format!("A pause. {she} {} away.", pronoun.verb("looks", "look")),
            _ if self.state().mode == Mode::Steps => {
                format!("{she} {} mid-sentence.", pronoun.verb("pauses", "pause"))
            }
            _ => format!("{she} stopped."),
        }
    }

    fn held(&self) -> String {
        match self.scenario.customer.look.holds {
            Some(Prop::Envelope) => "the envelope".to_owned(),
            Some(Prop::Bag) => "the bag".to_owned(),
            Some(Prop::Box) => "the box".to_owned(),
            Some(Prop::Paper) => "the paper".to_owned(),
            None => format!("{} hands", self.pronoun().possessive()),
        }
    }

    /// The author's ready sentence, at its lapse and nowhere else.
    fn bait(&self) -> Option<String> {
        let state = self.state();
        let bait = self.node().bait.as_ref()?;
        let pausing = matches!(self.runner().moment(), Moment::Lapse(_)) && !self.runner().is_busy(state);
        let last = usize::from(state.turn.cursor).checked_sub(1)?;
        let here = dialogue::lines_spoken(self.scenario, state).beat(last)?.lapse_number == Some(bait.lapse);
        (pausing && here && self.shows(Control::SpeakNow)).then(|| bait.text.clone())
    }

    /// What the trainee has just done, as long as it takes.
    fn deed(&self) -> Option<String> {
        let state = self.state();
        if let Some(right) = state.turn.reflected {
            let she = self.pronoun().object();
            let words = if right { "That is how it is for" } else { "That is not how it is for" };
            return Some(format!("{words} {she}."));
        }
        let sign = self.call.transcript.latest()?;
        let lasts = match state.mode {
            Mode::Timed => self.runner().is_busy(state) || matches!(sign, Sign::Held | Sign::LookedAway),
            Mode::Steps => true,
        };
        let words = match sign {
            Sign::Nodded(_) if self.scenario.channel == Channel::Counter => "You nod.".to_owned(),
            Sign::Nodded(_) => "You say \u{201c}mm-hm\u{201d}.".to_owned(),
            Sign::Jotted(fact) => format!("Jotted: {}.", self.scenario.facts[fact.index()].text.trim_end_matches('.')),
            Sign::Held => "You say that you need a moment.".to_owned(),
            Sign::Breathed => "You take a breath.".to_owned(),
            Sign::LookedAway => {
                let she = self.pronoun();
                format!("You look at the screen while {} {}.", she.words(), she.verb("speaks", "speak"))
            }
        };
        lasts.then_some(words)
    }

    fn answering(&self) -> Answering {
        let state = self.state();
        let encounter = self.scenario.encounter(state.encounter);
        let chosen = self.call.draft.chosen();
        let revealed = self.node().reflect.as_ref().filter(|_| state.turn.reflected == Some(true));
        let cards = reply_order(self.scenario, state).into_iter().enumerate().map(|(index, reply)| CardSeen {
            reply,
            key: (index + 1).to_string(),
            text: encounter.reply(reply).text.clone(),
            chosen: chosen == Some(reply),
            subtext: revealed
                .filter(|reflect| reflect.reveals == reply)
                .and_then(|_| encounter.reply(reply).subtext.clone()),
        });
        let delivery = self.call.draft.delivery(state);
        let speak = chosen.map(|reply| dialogue::Action::Speak { reply, pace: delivery.pace, volume: delivery.volume });
        Answering {
            lead: self.lead(),
            deed: self.deed(),
            cards: cards.collect(),
            speak,
            manner: (speak.is_some() && self.shows(Control::Delivery))
                .then(|| format!("{} pace, {} voice.", capitalised(delivery.pace.words()), delivery.volume.words())),
            waiting: self.waiting(),
        }
    }

    fn lead(&self) -> Option<Lead> {
        let pronoun = self.pronoun();
        let she = capitalised(pronoun.words());
        if self.state().turn.cut_off.is_some() {
            return Some(Lead { words: format!("You cut in. {she} had more to say."), cut_off: true });
        }
        if self.call.draft.has_lapsed() {
            return Some(Lead { words: "What you had ready does not fit any more.".to_owned(), cut_off: false });
        }
        let told = self.aids.guidance || self.aids.first_run;
        let words = format!("{she} {} finished. Take your time.", pronoun.verb("has", "have"));
        told.then_some(Lead { words, cut_off: false })
    }

    fn waiting(&self) -> Option<String> {
        let left = self.runner().silence_left()?;
        let pronoun = self.pronoun();
        let state = self.state();
        let holds = state.held_in.is_none_or(|held| state.turn.number >= held + HOLD_EVERY);
        let way = if holds && self.shows(Control::Hold) { " H says that you need a moment." } else { "" };
        let she = capitalised(pronoun.words());
        (left <= WAITING_MILLIS).then(|| format!("{she} {} waiting.{way}", pronoun.verb("is", "are")))
    }
}
