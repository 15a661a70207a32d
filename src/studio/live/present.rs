//! The conversation as it stands, put into words once after each change: what a window shows of it.

use std::sync::Arc;

use super::effect::Effect;
use super::said::{Line, Said, said};
use super::why::{Asked, Part};
use crate::campaign::{self, Input, Run, RunStage, choice_order, tile_order};
use crate::dialogue::{self, Action, Posture, State, holds, reading_order, reply_order};
use crate::lint::logic::{Owner, Site};
use crate::lint::place::Place;
use crate::scenario::finding::Path;
use crate::scenario::id::{EncounterId, EventId, NodeId, ReplyId, TileId};
use crate::scenario::model::Condition;
use crate::scenario::vocabulary::{Channel, Pace, Volume, capitalised};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::Score;

/// All that is shown of a conversation.
#[derive(Debug, Clone)]
pub struct Present {
    /// What is played: the last text without errors.
    pub scenario: Arc<Scenario>,
    pub run: Run,
    /// What was said before this turn, and what happened to the conversation since.
    pub transcript: Arc<[Line]>,
    /// What was said in this turn so far.
    pub said: Vec<Said>,
    /// Where the node, or the diary event, stands in the text.
    pub place: Path,
    pub stage: Stage,
    /// The small things that can be done now.
    pub deeds: Vec<Deed>,
    /// The readings of the feeling that can be chosen now, in the order of the screen.
    pub readings: Vec<(Input, String)>,
    /// What the present node says in other states, and the line that is said now.
    pub lines: Vec<OtherLine>,
    /// What the latest decision did.
    pub last: Option<Arc<Effect>>,
    /// The score if it ended as it stands.
    pub score: Score,
    /// The state was changed by hand: the score says nothing then.
    pub is_edited: bool,
    /// There is a decision to take back.
    pub can_go_back: bool,
}

/// What can be decided.
#[derive(Debug, Clone)]
pub enum Stage {
    /// The customer speaks; these replies are to come.
    Listening(Replies),
    Answering(Replies),
    /// The tiles on offer, and those that are not.
    Note {
        tiles: Vec<(TileId, String)>,
        hidden: Vec<Hidden>,
    },
    Diary {
        at: String,
        text: String,
        choices: Vec<Offer>,
        hidden: Vec<Hidden>,
    },
    /// The next encounter can begin.
    Between {
        title: String,
    },
    Closed,
}

/// The replies of a node.
#[derive(Debug, Clone)]
pub struct Replies {
    /// In the order of the screen.
    pub offered: Vec<Offer>,
    pub hidden: Vec<Hidden>,
    /// No reply’s condition holds: then the engine offers all of them.
    pub are_all_hidden: bool,
}

/// Something that can be chosen.
#[derive(Debug, Clone)]
pub struct Offer {
    pub choice: Choice,
    pub name: String,
    pub text: String,
    /// In a few words, while the customer speaks.
    pub gist: String,
    /// What a right reading of the feeling has revealed of it.
    pub subtext: Option<String>,
    pub path: Path,
}

/// What is chosen by choosing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Reply(ReplyId),
    Diary(crate::scenario::id::ChoiceId),
}

/// Something that is not on offer, and why.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub name: String,
    pub text: String,
    pub why: Part,
}

/// A line of the node.
#[derive(Debug, Clone)]
pub struct OtherLine {
    pub text: String,
    /// It is what is said in this turn.
    pub is_said: bool,
    /// How many variants there are, where the seed picks one.
    pub variants: usize,
    /// Its condition as it stands now; none for the plain line.
    pub why: Option<Part>,
    pub path: Path,
}

/// Something small that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The letter that does it.
    pub key: &'static str,
    pub words: String,
    pub act: Act,
}

/// What is done by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Input(Input),
    /// Hears the turn to its end.
    HearOut,
    /// Speaks before the end.
    Interrupt(Input),
}

/// What else is shown.
#[derive(Debug)]
pub(super) struct Around<'a> {
    pub(super) transcript: &'a [Line],
    pub(super) last: Option<&'a Arc<Effect>>,
    pub(super) is_edited: bool,
    pub(super) can_go_back: bool,
}

impl Present {
    pub(super) fn of(scenario: &Arc<Scenario>, run: &Run, around: &Around<'_>) -> Self {
        let looking = Looking { scenario, encounter: scenario.encounter(run.talk.encounter), run, state: &run.talk };
        let is_talking = run.stage == RunStage::Talking;
        Self {
            transcript: around.transcript.into(),
            said: if is_talking { said(scenario, &run.talk) } else { Vec::new() },
            place: looking.place(),
            stage: looking.stage(),
            deeds: looking.deeds(),
            readings: looking.readings(),
            lines: if is_talking { looking.lines() } else { Vec::new() },
            last: around.last.cloned(),
            score: campaign::result(scenario, run),
            is_edited: around.is_edited,
            can_go_back: around.can_go_back,
            run: run.clone(),
            scenario: Arc::clone(scenario),
        }
    }

    /// The encounter that is on.
    pub fn encounter(&self) -> &Encounter {
        self.scenario.encounter(self.run.talk.encounter)
    }

    /// The name of the present node.
    pub fn node(&self) -> &str {
        &self.encounter().node(self.run.talk.node()).name
    }

    /// Every node there is, with the encounter it stands in.
    pub fn nodes(&self) -> impl Iterator<Item = (EncounterId, NodeId, &str)> {
        self.scenario.encounters.iter().enumerate().flat_map(|(index, encounter)| {
            let nodes = encounter.nodes.iter().enumerate();
            nodes.map(move |(place, node)| (EncounterId::at(index), NodeId::at(place), node.name.as_str()))
        })
    }

    /// Every input that is on offer now: each reply in an even pace and a level voice, the note with all tiles.
    pub fn offers(&self) -> Vec<Input> {
        let mut offers: Vec<Input> = self.deeds.iter().filter_map(|deed| deed.act.input()).cloned().collect();
        offers.extend(self.readings.iter().map(|(input, _)| input.clone()));
        match &self.stage {
            Stage::Answering(replies) => offers.extend(replies.offered.iter().map(Offer::input)),
            Stage::Note { tiles, .. } => {
                offers.push(Input::File { tiles: tiles.iter().map(|(id, _)| *id).collect(), line: String::new() });
            }
            Stage::Diary { choices, .. } => offers.extend(choices.iter().map(Offer::input)),
            Stage::Between { .. } => offers.push(Input::GoOn),
            Stage::Listening(_) | Stage::Closed => {}
        }
        offers
    }
}

impl Offer {
    fn input(&self) -> Input {
        match self.choice {
            Choice::Reply(reply) => talk(Action::Speak { reply, pace: Pace::Even, volume: Volume::Level }),
            Choice::Diary(choice) => Input::Choose(choice),
        }
    }
}

impl Act {
    fn input(&self) -> Option<&Input> {
        match self {
            Self::Input(input) | Self::Interrupt(input) => Some(input),
            Self::HearOut => None,
        }
    }
}

pub(super) const fn talk(action: Action) -> Input {
    Input::Talk(dialogue::Input::step(action))
}

#[derive(Clone, Copy)]
struct Looking<'a> {
    scenario: &'a Scenario,
    encounter: &'a Encounter,
    run: &'a Run,
    state: &'a State,
}

impl Looking<'_> {
    fn place(&self) -> Path {
        let id = self.state.encounter;
        match self.run.stage {
            RunStage::Talking => Place::node(self.scenario, id, self.state.node()).path().clone(),
            RunStage::Note => Place::encounter(self.scenario, id).field("note").path().clone(),
            RunStage::Diary(event) => self.named(Owner::Event(event.index())),
            RunStage::Between | RunStage::Closed => Place::encounter(self.scenario, id).field("id").path().clone(),
        }
    }

    /// The place of something that may have a condition; of the condition itself, where one is given.
    fn site(&self, owner: Owner, when: Option<&Condition>) -> Place {
        let site = Site { encounter: self.state.encounter, owner, when: when.unwrap_or(&Condition::CutOff) };
        if when.is_some() { site.place(self.scenario) } else { site.around(self.scenario) }
    }

    /// Where the name stands of something that may have a condition.
    fn named(&self, owner: Owner) -> Path {
        self.site(owner, None).field("id").path().clone()
    }

    fn why(&self, owner: Owner, when: &Condition) -> Part {
        let asked = Asked { scenario: self.scenario, encounter: self.encounter, state: self.state };
        Part::of(asked, when, self.site(owner, Some(when)).path().clone())
    }

    fn stage(&self) -> Stage {
        match self.run.stage {
            RunStage::Talking if self.state.replies_open() => Stage::Answering(self.replies()),
            RunStage::Talking => Stage::Listening(self.replies()),
            RunStage::Note => self.note(),
            RunStage::Diary(event) => self.diary(event),
            RunStage::Between => {
                let next = self.scenario.encounters.get(self.state.encounter.index() + 1);
                Stage::Between { title: next.map(|next| next.title.clone()).unwrap_or_default() }
            }
            RunStage::Closed => Stage::Closed,
        }
    }

    fn replies(&self) -> Replies {
        let node = self.encounter.node(self.state.node());
        let order = reply_order(self.scenario, self.state);
        let revealed = node.reflect.as_ref().filter(|_| self.state.turn.reflected == Some(true));
        let offered = order.iter().map(|&id| {
            let reply = self.encounter.reply(id);
            Offer {
                choice: Choice::Reply(id),
                name: reply.name.clone(),
                text: reply.text.clone(),
                gist: reply.gist.clone(),
                subtext: revealed.filter(|reflect| reflect.reveals == id).and_then(|_| reply.subtext.clone()),
                path: self.named(Owner::Reply(id)),
            }
        });
        let fails = |when: &Condition| !holds(when, self.state);
        let hidden = self.encounter.replies_of(self.state.node()).filter_map(|(id, reply)| {
            let when = reply.when.as_ref().filter(|when| fails(when))?;
            let why = self.why(Owner::Reply(id), when);
            Some(Hidden { name: reply.name.clone(), text: reply.text.clone(), why })
        });
        let hidden: Vec<_> = hidden.collect();
        let are_all_hidden = hidden.len() == node.replies.len();
        Replies { offered: offered.collect(), hidden, are_all_hidden }
    }

    fn note(&self) -> Stage {
        let tiles = tile_order(self.encounter, self.state).into_iter();
        let tiles = tiles.map(|id| (id, self.encounter.tile(id).text.clone()));
        let hidden = self.encounter.note.iter().enumerate().filter_map(|(index, tile)| {
            let owner = Owner::Tile(index);
            let why = match (&tile.when, tile.fact) {
                (Some(when), _) if !holds(when, self.state) => self.why(owner, when),
                (_, Some(fact)) if !self.state.facts.contains(fact.index()) => {
                    let at = self.site(owner, None).field("fact");
                    let asked = Asked { scenario: self.scenario, encounter: self.encounter, state: self.state };
                    Part::of(asked, &Condition::Heard(fact), at.path().clone())
                }
                _ => return None,
            };
            Some(Hidden { name: tile.name.clone(), text: tile.text.clone(), why })
        });
        Stage::Note { tiles: tiles.collect(), hidden: hidden.collect() }
    }

    fn diary(&self, id: EventId) -> Stage {
        let event = &self.encounter.diary[id.index()];
        let choices = choice_order(self.encounter, id, self.state).into_iter().map(|choice| Offer {
            choice: Choice::Diary(choice),
            name: event.choice(choice).name.clone(),
            text: event.choice(choice).text.clone(),
            gist: String::new(),
            subtext: None,
            path: self.named(Owner::Choice(id.index(), choice.index())),
        });
        let hidden = event.choices.iter().enumerate().filter_map(|(index, choice)| {
            let when = choice.when.as_ref().filter(|when| !holds(when, self.state))?;
            let why = self.why(Owner::Choice(id.index(), index), when);
            Some(Hidden { name: choice.name.clone(), text: choice.text.clone(), why })
        });
        Stage::Diary {
            at: event.at.clone(),
            text: event.text.clone(),
            choices: choices.collect(),
            hidden: hidden.collect(),
        }
    }

    fn lines(&self) -> Vec<OtherLine> {
        let node = self.encounter.node(self.state.node());
        let here = Place::node(self.scenario, self.state.encounter, self.state.node());
        let lines = node.lines.iter().enumerate().map(|(index, line)| {
            let is_said = usize::from(self.state.turn.line.0) == index;
            let variant = if is_said { usize::from(self.state.turn.line.1) } else { 0 };
            let owner = Owner::Line(self.state.node(), index);
            OtherLine {
                text: line.variants.get(variant).map(crate::scenario::model::Speech::plain).unwrap_or_default(),
                is_said,
                variants: line.variants.len(),
                why: line.when.as_ref().map(|when| self.why(owner, when)),
                path: match line.when {
                    Some(_) => self.site(owner, None),
                    None => here.clone(),
                }
                .field("says")
                .index(variant)
                .path()
                .clone(),
            }
        });
        lines.collect()
    }

    fn takes(&self, input: &Input) -> bool {
        campaign::step(self.scenario, &mut self.run.clone(), input, &mut ()).is_ok()
    }

    fn deeds(&self) -> Vec<Deed> {
        if self.run.stage != RunStage::Talking {
            return Vec::new();
        }
        let state = self.state;
        let open = state.replies_open();
        let node = self.encounter.node(state.node());
        let (nod, look) = match self.scenario.channel {
            Channel::Counter => ("Nod", "Look at the screen"),
            Channel::Phone => ("Say “mm-hm”", "Type meanwhile"),
        };
        let (posture, sit) = match state.turn.posture {
            Posture::Neutral => (Posture::Open, "Turn to them"),
            Posture::Open => (Posture::Neutral, "Turn away again"),
        };
        let bait = node.bait.as_ref().map(|bait| format!("“{}”", bait.text)).unwrap_or_default();
        let actions = [
            (!open, "L", "Listen on".to_owned(), Action::Listen),
            (true, "N", nod.to_owned(), Action::Nod),
            (true, "J", "Jot it down".to_owned(), Action::Jot),
            (true, "H", "Ask for a moment".to_owned(), Action::Hold),
            (!open, "C", look.to_owned(), Action::Consult),
            (true, "O", sit.to_owned(), Action::Posture(posture)),
            (state.own_heat > 0, "B", "Breathe".to_owned(), Action::Breathe),
            (true, "T", bait, Action::TakeBait),
            (!open, "I", "Speak now".to_owned(), Action::Interrupt),
        ];
        let actions = actions.into_iter().filter_map(|(is_fit, key, words, action)| {
            let input = talk(action);
            let act = match action {
                Action::Interrupt => Act::Interrupt(input.clone()),
                _ => Act::Input(input.clone()),
            };
            (is_fit && self.takes(&input)).then_some(Deed { key, words, act })
        });
        let mut deeds: Vec<Deed> = actions.collect();
        if !open {
            let she = self.scenario.customer.pronoun;
            let words = format!("Hear {} out", she.object());
            deeds.insert(deeds.len().min(1), Deed { key: "F", words, act: Act::HearOut });
        }
        deeds
    }

    fn readings(&self) -> Vec<(Input, String)> {
        let node = self.encounter.node(self.state.node());
        let Some(reflect) = node.reflect.as_ref().filter(|_| self.run.stage == RunStage::Talking) else {
            return Vec::new();
        };
        let order = reading_order(self.scenario, self.state).into_iter();
        let readings = order.map(|reading| (talk(Action::Reflect(reading)), reading));
        let readings = readings.filter(|(input, _)| self.takes(input));
        let words = |reading: u8| reflect.readings.get(usize::from(reading)).map(|words| capitalised(words));
        readings.filter_map(|(input, reading)| Some((input, words(reading)?))).collect()
    }
}
