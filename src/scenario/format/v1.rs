//! Scenario files, version 1.
//!
//! Each type is one thing an author writes. Unknown fields are refused. Maps keep every entry as written, so that a
//! key given twice can be told to the author instead of silently losing the first. Names stay text here; `resolve`
//! turns them into ids and says which lead nowhere.
//!
//! `Option` fields are written without `Some` (RON's `implicit_some`).

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::scenario::vocabulary::{
    Act, Channel, Flaw, Fulfilment, Indicator, Outcome, Pronoun, Severity, Skill, Tempo, Temptation, TileKind, Upset,
};

/// A map as the author wrote it: in order, with any key that stands twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> Entries<K, V> {
    /// The entries in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Entries<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

        impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
            type Value = Entries<K, V>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a map in braces: { key: value, ... }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

/// The whole file: one customer, one or more encounters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The version of the format: 1.
    pub format: u32,
    /// Short, in lower case with hyphens, never changed once people have played it.
    pub id: String,
    pub title: String,
    /// The author's own version of the scenario.
    #[serde(default = "first_version")]
    pub version: String,
    #[serde(default)]
    pub author: String,
    #[serde(default)]
    pub licence: String,
    /// A language tag, such as `en-GB`.
    #[serde(default = "english")]
    pub language: String,
    /// Where and when, and who the trainee is.
    pub setting: String,
    /// The trainee's name in this scenario.
    pub you: String,
    pub channel: Channel,
    /// 1 to 5.
    pub difficulty: u8,
    /// What a trainee should know before starting, where the matter is heavy.
    #[serde(default)]
    pub content_note: Option<String>,
    /// One line for the library: what the customer asks for.
    pub teaser: String,
    /// What the screen shows about the case.
    #[serde(default)]
    pub record: Vec<String>,
    /// What is yours to give.
    #[serde(default)]
    pub yours: Vec<String>,
    /// What is not.
    #[serde(default)]
    pub not_yours: Vec<String>,
    /// What a trainee may set out to do, one of which is picked before the call.
    #[serde(default)]
    pub intentions: Vec<String>,
    pub customer: Customer,
    /// How much each skill counts, in hundredths; 20 each if left out.
    #[serde(default)]
    pub skill_weights: Option<SkillWeights>,
    /// The hidden need, in parts whose weights add up to 100.
    pub needs: Entries<String, Need>,
    /// What can come to light in the conversation.
    #[serde(default)]
    pub facts: Entries<String, String>,
    #[serde(default)]
    pub promises: Entries<String, Promise>,
    /// Names that replies and choices set and conditions read.
    #[serde(default)]
    pub flags: Vec<String>,
    pub encounters: Vec<Encounter>,
    /// Findings that the author has looked at and means to keep.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

fn first_version() -> String {
    "1".to_owned()
}

fn english() -> String {
    "en".to_owned()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    pub name: String,
    /// How the trainee addresses them: "Ms Quint".
    #[serde(default)]
    pub address: Option<String>,
    pub pronoun: Pronoun,
    pub about: String,
    #[serde(default)]
    pub look: Look,
    pub mood: Mood,
    /// How being upset shows: what the meter `Anger` stands for in this person. Where it is anger it is not written, so
    /// that the hashes are those of a scenario that does not say so.
    #[serde(default, skip_serializing_if = "is_anger")]
    pub upset: Upset,
    /// Multiplies rises of anger, in per cent: 70 to 140.
    #[serde(default = "hundred")]
    pub heat: u16,
    /// Multiplies falls of anger, in per cent: 70 to 130.
    #[serde(default = "hundred")]
    pub cool: u16,
    /// What satisfies this person: weights that add up to 100.
    #[serde(default)]
    pub focus: Focus,
    /// The tempo they like, where it differs from most people's.
    #[serde(default)]
    pub wants: Option<Tempo>,
    /// What they say to someone who speaks into a pause of theirs; "I hadn't finished." where left out.
    #[serde(default)]
    pub objects: Option<String>,
}

fn hundred() -> u16 {
    100
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_anger(upset: &Upset) -> bool {
    *upset == Upset::Anger
}

/// Meters at the start, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mood {
    pub anger: u8,
    pub trust: u8,
    pub patience: u8,
    pub heard: u8,
    pub clarity: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Focus {
    pub outcome: u8,
    pub process: u8,
    pub interaction: u8,
}

impl Default for Focus {
    fn default() -> Self {
        Self { outcome: 40, process: 20, interaction: 40 }
    }
}

/// In hundredths, 15 to 30 each, adding up to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillWeights {
    pub listening: u8,
    pub calm_tone: u8,
    pub empathy: u8,
    pub needs_assessment: u8,
    pub follow_through: u8,
}

/// How the customer is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    pub palette: Palette,
    pub skin: Skin,
    pub hair: Hair,
    pub hair_colour: HairColour,
    pub age: Age,
    pub glasses: bool,
    /// What they hold at the counter.
    pub holds: Option<Prop>,
}

/// The colour of their clothes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Palette {
    #[default]
    Navy,
    Rust,
    Moss,
    Plum,
    Slate,
    Ochre,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skin {
    Fair,
    #[default]
    Light,
    Olive,
    Brown,
    Deep,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hair {
    #[default]
    Short,
    Bob,
    Bun,
    Long,
    Curly,
    Set,
    Bald,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HairColour {
    #[default]
    Brown,
    Black,
    Fair,
    Red,
    Grey,
    White,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Age {
    Young,
    #[default]
    Middle,
    Old,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prop {
    Envelope,
    Bag,
    Box,
    Paper,
}

/// One part of the hidden need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub weight: u8,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    pub text: String,
    /// From when on it can be kept at all, where it cannot at once; written as `due` is.
    #[serde(default)]
    pub start: Option<String>,
    /// When it falls due, as a person would say it: "Fri 18:30".
    pub due: String,
    /// A core promise counts even when it was never made.
    #[serde(default)]
    pub core: bool,
    /// Evidence weight, 0 to 3; 0 for one that has consequences but earns nothing.
    #[serde(default = "promise_weight")]
    pub weight: u8,
}

fn promise_weight() -> u8 {
    3
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encounter {
    pub id: String,
    /// The tables are turned: the trainee is the customer, and whom `customer` describes is the agent.
    #[serde(default)]
    pub turned: bool,
    /// Where left out, the scenario's own.
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub setting: Option<String>,
    #[serde(default)]
    pub record: Option<Vec<String>>,
    #[serde(default)]
    pub yours: Option<Vec<String>>,
    #[serde(default)]
    pub not_yours: Option<Vec<String>>,
    /// The node that opens it.
    pub start: String,
    /// For a later encounter: how it begins after what went before. The first whose condition holds is taken; where
    /// none does, the meters of the last encounter carry over with what became of its promises.
    #[serde(default)]
    pub starts: Vec<Start>,
    /// When a compromise may be offered. Before that it is a fob-off and works as a premature solution.
    #[serde(default)]
    pub compromise_arms: Option<Condition>,
    /// What they say when they have had enough and go.
    pub leaves: String,
    /// What they say when they take it further.
    pub escalates: String,
    pub nodes: Entries<String, Node>,
    /// Ways for the conversation to end; replies lead to them by name.
    pub endings: Entries<String, Ending>,
    /// The tiles that the note can be built from.
    #[serde(default)]
    pub note: Vec<Tile>,
    #[serde(default)]
    pub model_note: String,
    /// What happens after the call, in the order in which it falls due.
    #[serde(default)]
    pub diary: Vec<DiaryEvent>,
}

/// How a later encounter begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    pub when: Condition,
    #[serde(default)]
    pub mood: Option<Mood>,
    /// The node that opens it instead.
    #[serde(default)]
    pub node: Option<String>,
}

/// One turn of the customer and the replies to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// What they say; of several, the seed picks one.
    ///
    /// Marks inside: `||` a false lapse, `||4.0` one of four seconds, `~` after a sentence where a nod is welcome,
    /// `!~` after one where a nod would agree with an insult or a false charge, `{fact}` once a fact has been said,
    /// `[eyes on the envelope]` what can be seen or heard besides words.
    pub says: Vec<String>,
    /// What they say instead when a condition holds; the first that does is taken.
    #[serde(default)]
    pub says_when: Vec<ConditionalLine>,
    /// What they add when nobody has cut in.
    #[serde(default)]
    pub volunteers: Option<Volunteer>,
    /// A ready sentence that tempts the trainee to speak into a lapse.
    #[serde(default)]
    pub bait: Option<Bait>,
    /// A line that provokes the trainee: their own heat rises.
    #[serde(default)]
    pub provokes: bool,
    /// The name of the grievance told here. Told twice without a paraphrase between, it angers.
    #[serde(default)]
    pub grievance: Option<String>,
    /// A node on the main road: not reaching it because the customer left counts against the trainee.
    #[serde(default)]
    pub core: bool,
    #[serde(default)]
    pub tempt: Vec<Temptation>,
    /// Opportunities: an indicator and its weight, 1 to 3.
    #[serde(default)]
    pub weigh: Entries<Indicator, u8>,
    #[serde(default)]
    pub reflect: Option<Reflect>,
    #[serde(default)]
    pub sets: Vec<String>,
    #[serde(default)]
    pub clears: Vec<String>,
    #[serde(default)]
    pub reveals: Vec<String>,
    #[serde(deserialize_with = "without_spare_room")]
    pub replies: Vec<Reply>,
    /// What coach mode says here.
    #[serde(default)]
    pub coach: Option<String>,
}

/// A list to which nothing will be added. Room for one more reply at every node is what a large file can do without.
fn without_spare_room<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Vec::deserialize(deserializer).map(|list: Vec<T>| list.into_boxed_slice().into_vec())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionalLine {
    pub when: Condition,
    pub says: Vec<String>,
}

/// What the customer adds after a lapse, to someone who waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volunteer {
    pub says: String,
    pub fact: String,
    /// The lapse before it, in tenths of a second.
    #[serde(default = "volunteer_after")]
    pub after: u16,
    /// The node whose question it makes needless: its question indicators are credited in full, once.
    #[serde(default)]
    pub credits: Option<String>,
}

fn volunteer_after() -> u16 {
    15
}

/// A ready sentence at a lapse. Saying it is an interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bait {
    /// What the trainee would say.
    pub text: String,
    /// What the customer answers.
    pub answer: String,
    /// At which lapse of the line, the first being 1.
    #[serde(default = "first_lapse")]
    pub lapse: u8,
}

fn first_lapse() -> u8 {
    1
}

/// Three readings of the feeling, one of them right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reflect {
    pub right: String,
    pub wrong: Vec<String>,
    /// The reply whose subtext the right reading shows.
    pub reveals: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Named once in the encounter.
    pub id: String,
    /// Three to five words, shown while the customer speaks.
    pub gist: String,
    pub text: String,
    /// Offered only while this holds.
    #[serde(default)]
    pub when: Option<Condition>,
    pub acts: Vec<Act>,
    /// The quality shown, 0 to 4, on what the node weighs; 0 where left out.
    #[serde(default)]
    pub shows: Entries<Indicator, u8>,
    /// What is wrong with it.
    #[serde(default)]
    pub flaw: Option<Flaw>,
    /// What that costs beyond the evidence: a severity, and the skill it is taken from.
    #[serde(default)]
    pub slip: Option<Slip>,
    /// Parts of the need that it meets.
    #[serde(default)]
    pub meets: Vec<String>,
    /// Promises that it makes.
    #[serde(default)]
    pub promises: Vec<String>,
    /// Facts that come to light by it.
    #[serde(default)]
    pub reveals: Vec<String>,
    #[serde(default)]
    pub sets: Vec<String>,
    #[serde(default)]
    pub clears: Vec<String>,
    /// What it gives away, and what that costs the house.
    #[serde(default)]
    pub gives: Option<Gift>,
    /// What lies beneath it, shown to someone who reflected rightly.
    #[serde(default)]
    pub subtext: Option<String>,
    /// Why it works or does not: the author's reason.
    pub why: String,
    /// How the customer took it, in a few words of theirs, for the debrief.
    pub hears: String,
    /// What the customer says at once; of several, the seed picks one. The same marks as in `says`.
    #[serde(default)]
    pub answer: Vec<String>,
    #[serde(default)]
    pub answer_when: Vec<ConditionalLine>,
    /// The node or the ending it leads to.
    pub to: String,
    /// Where it leads instead when a condition holds; the first that does is taken.
    #[serde(default)]
    pub to_when: Vec<Jump>,
    /// What coach mode says once it has been spoken.
    #[serde(default)]
    pub coach: Option<String>,
}

/// A severity and the skill it is taken from: `(Minor, NeedsAssessment)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip(pub Severity, pub Skill);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    pub text: String,
    /// In the smallest unit of the house's money.
    pub cost: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jump {
    pub when: Condition,
    pub to: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// What is seen or heard last.
    pub text: String,
    /// Where the author decides the outcome instead of the meters.
    #[serde(default)]
    pub outcome: Option<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    pub id: String,
    pub text: String,
    pub kind: TileKind,
    /// How much a fact counts, 1 to 3.
    #[serde(default = "one")]
    pub weight: u8,
    /// The fact it notes: offered only once that has been heard.
    #[serde(default)]
    pub fact: Option<String>,
    #[serde(default)]
    pub when: Option<Condition>,
}

fn one() -> u8 {
    1
}

/// Something that happens after the call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiaryEvent {
    pub id: String,
    /// When, as a person would say it: "Fri 18:30".
    pub at: String,
    #[serde(default)]
    pub when: Option<Condition>,
    pub text: String,
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub text: String,
    #[serde(default)]
    pub when: Option<Condition>,
    /// What comes of it.
    pub result: String,
    /// What becomes of promises; of those that were made.
    #[serde(default)]
    pub fulfils: Entries<String, Fulfilment>,
    #[serde(default)]
    pub sets: Vec<String>,
    #[serde(default)]
    pub clears: Vec<String>,
    #[serde(default)]
    pub flaw: Option<Flaw>,
    #[serde(default)]
    pub slip: Option<Slip>,
    #[serde(default)]
    pub gives: Option<Gift>,
    /// The author's reason, for the debrief.
    pub why: String,
}

/// A finding that the author keeps on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    pub rule: String,
    /// The node, reply or tile it concerns; everywhere if left out.
    #[serde(default)]
    pub at: Option<String>,
    pub because: String,
}

/// When something holds. A meter is asked from (inclusive) and below (exclusive), 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Anger {
        #[serde(default)]
        from: Option<u8>,
        #[serde(default)]
        below: Option<u8>,
    },
    Trust {
        #[serde(default)]
        from: Option<u8>,
        #[serde(default)]
        below: Option<u8>,
    },
    Patience {
        #[serde(default)]
        from: Option<u8>,
        #[serde(default)]
        below: Option<u8>,
    },
    /// The meter: how far they feel heard.
    FeelsHeard {
        #[serde(default)]
        from: Option<u8>,
        #[serde(default)]
        below: Option<u8>,
    },
    Clarity {
        #[serde(default)]
        from: Option<u8>,
        #[serde(default)]
        below: Option<u8>,
    },
    /// The reply was spoken.
    Chose(String),
    /// The fact has come to light.
    Heard(String),
    /// The node has been reached.
    Reached(String),
    /// The part of the need is met.
    Met(String),
    /// The flag is set.
    Flag(String),
    /// The promise was made.
    Promised(String),
    /// The promise was kept or exceeded.
    Kept(String),
    /// The promise was late, but they were told in time.
    Warned(String),
    /// The promise was broken, or late without a word.
    Broken(String),
    /// The tile stands in the note: while people talk, in that of the encounter before.
    Noted(String),
    /// The customer was cut off in this turn.
    CutOff,
    /// The act has been used at least once, or as often as said.
    Used {
        act: Act,
        #[serde(default = "one")]
        times: u8,
    },
    /// The last encounter ended at least this well.
    Ended(Outcome),
}
