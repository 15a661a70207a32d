//! A scenario with every name resolved: what the engine plays, the screens show and the tools examine.
//!
//! Built only by `resolve`, so whoever holds one knows that every id in it leads somewhere.

use crate::scenario::brief::Brief;
use crate::scenario::format::current::{Focus, Gift, Look, Mood};
use crate::scenario::id::{
    ChoiceId, EncounterId, EndingId, FactId, FlagId, GrievanceId, NeedId, NodeId, PromiseId, ReplyId, TileId,
};
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{
    Act, Channel, Flaw, Fulfilment, Indicator, Outcome, Pronoun, Severity, Skill, Tempo, Temptation, TileKind, Upset,
};

/// One customer, one or more encounters, ready to be played.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The author's name for it: `before-saturday`.
    pub slug: String,
    pub title: String,
    pub version: String,
    pub author: String,
    pub licence: String,
    pub language: String,
    pub teaser: String,
    pub content_note: Option<String>,
    /// The trainee's name in it.
    pub you: String,
    pub channel: Channel,
    /// 1 to 5.
    pub difficulty: u8,
    pub intentions: Vec<String>,
    pub customer: Customer,
    /// How much each skill counts, in hundredths, by [`Skill::index`]; adds up to 100.
    pub skill_weights: [u8; 5],
    pub needs: Vec<Need>,
    pub facts: Vec<Fact>,
    pub promises: Vec<Promise>,
    pub flags: Vec<String>,
    pub encounters: Vec<Encounter>,
    pub hashes: Hashes,
}

/// What a scenario is known by. See `scenario-language`, "Two hashes".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hashes {
    /// All that a player can see or that scores. Recorded attempts and ranked runs bind to it.
    pub full: Hash,
    /// Leaves the wording out: a saved conversation resumes across a typo fix.
    pub structure: Hash,
}

/// 256 bits, shown in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub name: String,
    /// How the trainee addresses them.
    pub address: String,
    pub pronoun: Pronoun,
    pub about: String,
    pub look: Look,
    pub mood: Mood,
    pub upset: Upset,
    /// Per cent, 70 to 140.
    pub heat: u16,
    /// Per cent, 70 to 130.
    pub cool: u16,
    pub focus: Focus,
    pub wants: Option<Tempo>,
    /// What they say to someone who speaks into a pause of theirs.
    pub objects: Speech,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub name: String,
    /// Adds up to 100 over the scenario.
    pub weight: u8,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub name: String,
    pub text: String,
    /// From when on it can be kept at all; not after `due`.
    pub start: Option<String>,
    pub due: String,
    pub core: bool,
    /// 0 to 3.
    pub weight: u8,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Encounter {
    pub name: String,
    /// The trainee's side of the desk; the other is the person's whom the scenario calls its customer.
    pub seat: Seat,
    pub title: String,
    pub setting: String,
    pub record: Vec<String>,
    pub yours: Vec<String>,
    pub not_yours: Vec<String>,
    pub own: OwnTexts,
    pub start: NodeId,
    pub starts: Vec<Start>,
    pub compromise_arms: Option<Condition>,
    pub leaves: Speech,
    pub escalates: Speech,
    pub nodes: Vec<Node>,
    /// All replies of the encounter; a node's are `replies[node.replies]`.
    pub replies: Vec<Reply>,
    pub endings: Vec<Ending>,
    /// Grievance names, for messages.
    pub grievances: Vec<String>,
    pub note: Vec<Tile>,
    pub model_note: String,
    pub diary: Vec<DiaryEvent>,
    /// The nodes and replies once more, as a step reads them: whoever changes those makes it anew.
    pub brief: Brief,
}

/// Which of the texts that a scenario gives for all its encounters an encounter says in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each text, independent of each other")]
pub struct OwnTexts {
    pub title: bool,
    pub setting: bool,
    pub record: bool,
    pub yours: bool,
    pub not_yours: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    pub when: Condition,
    pub mood: Option<Mood>,
    pub node: Option<NodeId>,
}

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of the author, not the states of one thing")]
pub struct Node {
    pub name: String,
    /// Keys random draws to this place for good: made from the stable text id, not from the position.
    pub key: u64,
    /// Lines that stand under a condition, in the order in which they are tried, then the plain one last. The last
    /// always holds.
    pub lines: Vec<Line>,
    pub volunteers: Option<Volunteer>,
    pub bait: Option<Bait>,
    pub provokes: bool,
    pub grievance: Option<GrievanceId>,
    pub core: bool,
    pub tempts_let_finish: bool,
    pub tempts_calm_delivery: bool,
    /// In the order of the file.
    pub opportunities: Vec<Opportunity>,
    pub reflect: Option<Reflect>,
    pub effects: Effects,
    /// Indexes into [`Encounter::replies`]: a contiguous run, in the author's order, 1 to 16 long.
    pub replies: std::ops::Range<u16>,
    pub coach: Option<String>,
}

impl Node {
    /// The ids of its replies, in the author's order.
    pub fn reply_ids(&self) -> impl ExactSizeIterator<Item = ReplyId> + use<> {
        self.replies.clone().map(ReplyId)
    }

    /// Whether the author marked it for this temptation.
    #[must_use]
    pub const fn tempts(&self, temptation: Temptation) -> bool {
        match temptation {
            Temptation::LetFinish => self.tempts_let_finish,
            Temptation::CalmDelivery => self.tempts_calm_delivery,
        }
    }
}

/// An indicator that can be shown here, and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opportunity {
    pub indicator: Indicator,
    /// 1 to 3.
    pub weight: u8,
}

/// One thing said under one condition, in variants of which the seed picks one.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub when: Option<Condition>,
    /// At least one.
    pub variants: Vec<Speech>,
}

/// A spoken text, cut at its phrase ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speech {
    /// The stable id of the text, as [`texts`](crate::scenario::texts()) tells it: `call/waited-in/says/rang-twice`.
    pub id: String,
    pub phrases: Vec<Phrase>,
}

impl Speech {
    /// The words without any marks, phrases joined by a space.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for phrase in &self.phrases {
            if !text.is_empty() && !phrase.text.is_empty() {
                text.push(' ');
            }
            text.push_str(&phrase.text);
        }
        text
    }
}

/// A run of words up to where the speaker draws breath.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase {
    /// Without marks. Empty where only something is seen or heard.
    pub text: String,
    pub words: u16,
    /// What can be seen or heard as it begins, besides the words.
    pub direction: Option<String>,
    /// What a nod at its end does.
    pub nod: Nod,
    /// Facts that have come to light once it has been said.
    pub facts: Vec<FactId>,
    /// The false lapse after it.
    pub lapse: Option<Lapse>,
}

/// What a nod answers at the end of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Nod {
    /// It does nothing.
    #[default]
    Unmarked,
    /// It shows attention.
    Welcome,
    /// It agrees with an insult or a false charge.
    Agrees,
}

/// A pause in mid-thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// 0.9 to 1.4 seconds, by the seed.
    Seeded,
    /// As long as the author says, in milliseconds.
    Millis(u32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteer {
    pub speech: Speech,
    pub fact: FactId,
    /// The lapse before it, in milliseconds.
    pub after: u32,
    pub credits: Option<NodeId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bait {
    pub text: String,
    pub answer: Speech,
    /// The lapse of the line at which it is offered, the first being 0.
    pub lapse: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflect {
    /// In the author's order, the right one first; screens shuffle them by the seed.
    pub readings: Vec<String>,
    pub reveals: ReplyId,
}

/// What happens besides the meters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effects {
    pub sets: Vec<FlagId>,
    pub clears: Vec<FlagId>,
    pub reveals: Vec<FactId>,
}

impl Effects {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.clears.is_empty() && self.reveals.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub name: String,
    pub node: NodeId,
    pub gist: String,
    pub text: String,
    /// Words of `text`.
    pub words: u16,
    pub when: Option<Condition>,
    pub acts: Vec<Act>,
    /// The quality shown on each of the node's opportunities, in their order, 0 to 4.
    pub shows: Vec<u8>,
    pub flaw: Option<Flaw>,
    pub slip: Option<(Severity, Skill)>,
    pub meets: Vec<NeedId>,
    pub promises: Vec<PromiseId>,
    pub effects: Effects,
    pub gives: Option<Gift>,
    pub subtext: Option<String>,
    pub why: String,
    pub hears: String,
    /// As [`Node::lines`], but may be empty: then the customer goes straight on.
    pub answers: Vec<Line>,
    pub to: Target,
    pub to_when: Vec<(Condition, Target)>,
    pub coach: Option<String>,
    /// Keys random draws to this place.
    pub key: u64,
}

/// Where a reply leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Node(NodeId),
    Ending(EndingId),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ending {
    pub name: String,
    pub text: String,
    pub outcome: Option<Outcome>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    pub name: String,
    pub text: String,
    pub kind: TileKind,
    /// 1 to 3.
    pub weight: u8,
    pub fact: Option<FactId>,
    pub when: Option<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DiaryEvent {
    pub name: String,
    pub at: String,
    pub when: Option<Condition>,
    pub text: String,
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub name: String,
    pub text: String,
    pub when: Option<Condition>,
    pub result: String,
    pub fulfils: Vec<(PromiseId, Fulfilment)>,
    pub sets: Vec<FlagId>,
    pub clears: Vec<FlagId>,
    pub flaw: Option<Flaw>,
    pub slip: Option<(Severity, Skill)>,
    pub gives: Option<Gift>,
    pub why: String,
}

/// When something holds, with names resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The meter is at least the first and below the second, in hundredths.
    Meter(Meter, i32, i32),
    Chose(ReplyId),
    Heard(FactId),
    Reached(NodeId),
    Met(NeedId),
    Flag(FlagId),
    Promised(PromiseId),
    Kept(PromiseId),
    Warned(PromiseId),
    Broken(PromiseId),
    /// The tile stands in the note of this encounter: while people talk, that is the one before theirs.
    Noted(EncounterId, TileId),
    CutOff,
    Used(Act, u8),
    Ended(Outcome),
}

/// The five meters of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meter {
    Anger,
    Trust,
    Patience,
    FeelsHeard,
    Clarity,
}

impl Scenario {
    #[must_use]
    pub fn encounter(&self, id: EncounterId) -> &Encounter {
        &self.encounters[id.index()]
    }
}

impl Encounter {
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    #[must_use]
    pub fn reply(&self, id: ReplyId) -> &Reply {
        &self.replies[id.index()]
    }

    /// What is said to a reply: the line and the variant of it.
    #[must_use]
    pub fn answer(&self, (reply, line, variant): (ReplyId, u16, u16)) -> &Speech {
        &self.reply(reply).answers[usize::from(line)].variants[usize::from(variant)]
    }

    /// The replies of a node, in the author's order, each with its id.
    pub fn replies_of(&self, node: NodeId) -> impl Iterator<Item = (ReplyId, &Reply)> {
        self.node(node).reply_ids().map(|id| (id, self.reply(id)))
    }

    #[must_use]
    pub fn ending(&self, id: EndingId) -> &Ending {
        &self.endings[id.index()]
    }

    #[must_use]
    pub fn tile(&self, id: TileId) -> &Tile {
        &self.note[id.index()]
    }

    /// The reply of this name.
    #[must_use]
    pub fn reply_named(&self, name: &str) -> Option<ReplyId> {
        self.replies.iter().position(|reply| reply.name == name).map(ReplyId::at)
    }

    /// The tile of this name.
    #[must_use]
    pub fn tile_named(&self, name: &str) -> Option<TileId> {
        self.note.iter().position(|tile| tile.name == name).map(TileId::at)
    }
}

impl DiaryEvent {
    #[must_use]
    pub fn choice(&self, id: ChoiceId) -> &Choice {
        &self.choices[id.index()]
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for byte in self.0 {
            write!(formatter, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{self}")
    }
}

impl std::str::FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        if bytes.len() != 64 || !bytes.is_ascii() {
            return Err(NotAHash);
        }
        let mut hash = [0; 32];
        for (target, pair) in hash.iter_mut().zip(bytes.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| NotAHash)?;
            *target = u8::from_str_radix(pair, 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(hash))
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct NotAHash;
