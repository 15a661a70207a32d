//! What an author has written that a playthrough can come to: the elements, and what each is called.

use std::fmt::Write as _;

use crate::scenario::id::{ChoiceId, EncounterId, EndingId, EventId, NodeId, ReplyId, TileId};
use crate::scenario::model::Line;
use crate::scenario::vocabulary::Act;
use crate::scenario::{Encounter, Scenario};

/// Something that a playthrough comes to, or never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Element {
    pub encounter: EncounterId,
    pub part: Part,
}

/// Which part of the encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub enum Part {
    Node(NodeId),
    /// What is said at a node: the line and the variant of it.
    Line(NodeId, u16, u16),
    /// A reply is on offer and spoken.
    Reply(ReplyId),
    /// What is said to a reply: the line and the variant of it.
    Answer(ReplyId, u16, u16),
    /// A condition is asked and holds (`true`), or is asked and does not.
    Condition(Asked, bool),
    /// A tile is on offer for the note.
    Tile(TileId),
    /// A diary event opens.
    Event(EventId),
    /// A choice is on offer at its event and taken.
    Choice(EventId, ChoiceId),
    Ending(EndingId),
    /// The customer ends the call because patience has run out.
    Leaves,
    /// The customer takes it further.
    Escalates,
}

/// Whose condition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub enum Asked {
    /// `compromise_arms`.
    Compromise,
    /// A start of the encounter, by its place.
    Start(u16),
    /// `says_when` of a node, by its place.
    Line(NodeId, u16),
    Reply(ReplyId),
    /// `answer_when` of a reply, by its place.
    Answer(ReplyId, u16),
    /// `to_when` of a reply, by its place.
    Way(ReplyId, u16),
    Tile(TileId),
    Event(EventId),
    Choice(EventId, ChoiceId),
}

/// All elements of a scenario, in the order of the file.
pub fn elements(scenario: &Scenario) -> Vec<Element> {
    let mut list = Vec::new();
    for (index, encounter) in scenario.encounters.iter().enumerate() {
        let id = EncounterId::at(index);
        list.extend(parts(encounter).into_iter().map(|part| Element { encounter: id, part }));
    }
    list
}

impl Element {
    /// What it is called: the path of names that leads to it, as `call/waited-in/went-back-over-it`.
    pub fn name(&self, scenario: &Scenario) -> String {
        let encounter = scenario.encounter(self.encounter);
        let mut name = encounter.name.clone();
        let mut add = |part: &str| {
            // Writing to a `String` cannot fail.
            let _ = write!(name, "/{part}");
        };
        match self.part {
            Part::Node(node) => add(&encounter.node(node).name),
            Part::Line(node, line, variant) => return encounter.node(node).line_id(line, variant),
            Part::Reply(reply) => add(&reply_path(encounter, reply)),
            Part::Answer(reply, line, variant) => return encounter.answer((reply, line, variant)).id.clone(),
            Part::Condition(asked, side) => {
                add(&asked.path(encounter));
                name.push_str(if side { "=holds" } else { "=fails" });
            }
            Part::Tile(tile) => add(&format!("note/{}", encounter.tile(tile).name)),
            Part::Event(event) => add(&format!("diary/{}", encounter.diary[event.index()].name)),
            Part::Choice(event, choice) => {
                let event = &encounter.diary[event.index()];
                add(&format!("diary/{}/{}", event.name, event.choice(choice).name));
            }
            Part::Ending(ending) => add(&format!("endings/{}", encounter.ending(ending).name)),
            Part::Leaves => add("leaves"),
            Part::Escalates => add("escalates"),
        }
        name
    }

    /// What it is, in a word or two: "node", "reply", "side of a condition".
    pub const fn kind(&self) -> &'static str {
        match self.part {
            Part::Node(_) => "node",
            Part::Line(..) => "line",
            Part::Answer(..) => "answer",
            Part::Reply(_) => "reply",
            Part::Condition(..) => "condition",
            Part::Tile(_) => "tile",
            Part::Event(_) => "event",
            Part::Choice(..) => "choice",
            Part::Ending(_) | Part::Leaves | Part::Escalates => "ending",
        }
    }

    /// Whether the author is to mend it where it is out of reach. That a customer of this temper never storms off or
    /// runs out of patience, or that no compromise can come too early, is no mistake.
    pub const fn is_expected(&self) -> bool {
        !matches!(self.part, Part::Leaves | Part::Escalates | Part::Condition(Asked::Compromise, _))
    }
}

impl crate::scenario::Node {
    fn line_id(&self, line: u16, variant: u16) -> String {
        self.lines[usize::from(line)].variants[usize::from(variant)].id.clone()
    }
}

impl Asked {
    fn path(self, encounter: &Encounter) -> String {
        match self {
            Self::Compromise => "compromise_arms".to_owned(),
            Self::Start(place) => format!("starts/{place}/when"),
            Self::Line(node, place) => format!("{}/says_when/{place}/when", encounter.node(node).name),
            Self::Reply(reply) => format!("{}/when", reply_path(encounter, reply)),
            Self::Answer(reply, place) => format!("{}/answer_when/{place}/when", reply_path(encounter, reply)),
            Self::Way(reply, place) => format!("{}/to_when/{place}/when", reply_path(encounter, reply)),
            Self::Tile(tile) => format!("note/{}/when", encounter.tile(tile).name),
            Self::Event(event) => format!("diary/{}/when", encounter.diary[event.index()].name),
            Self::Choice(event, choice) => {
                let event = &encounter.diary[event.index()];
                format!("diary/{}/{}/when", event.name, event.choice(choice).name)
            }
        }
    }
}

fn reply_path(encounter: &Encounter, reply: ReplyId) -> String {
    let reply = encounter.reply(reply);
    format!("{}/{}", encounter.node(reply.node).name, reply.name)
}

fn parts(encounter: &Encounter) -> Vec<Part> {
    let mut list = Vec::new();
    let both = |list: &mut Vec<Part>, asked| list.extend([true, false].map(|side| Part::Condition(asked, side)));
    for place in 0..encounter.starts.len() {
        both(&mut list, Asked::Start(short(place)));
    }
    let compromises = encounter.replies.iter().any(|reply| reply.acts.contains(&Act::Compromise));
    if encounter.compromise_arms.is_some() && compromises {
        both(&mut list, Asked::Compromise);
    }
    for (index, node) in encounter.nodes.iter().enumerate() {
        let id = NodeId::at(index);
        list.push(Part::Node(id));
        for (line, variant) in variants(&node.lines) {
            list.push(Part::Line(id, line, variant));
        }
        for place in conditional(&node.lines) {
            both(&mut list, Asked::Line(id, place));
        }
        for (reply_id, reply) in encounter.replies_of(id) {
            list.push(Part::Reply(reply_id));
            if reply.when.is_some() {
                both(&mut list, Asked::Reply(reply_id));
            }
            for (line, variant) in variants(&reply.answers) {
                list.push(Part::Answer(reply_id, line, variant));
            }
            for place in conditional(&reply.answers) {
                both(&mut list, Asked::Answer(reply_id, place));
            }
            for place in 0..reply.to_when.len() {
                both(&mut list, Asked::Way(reply_id, short(place)));
            }
        }
    }
    list.extend((0..encounter.endings.len()).map(|index| Part::Ending(EndingId::at(index))));
    list.extend([Part::Leaves, Part::Escalates]);
    for (index, tile) in encounter.note.iter().enumerate() {
        list.push(Part::Tile(TileId::at(index)));
        if tile.when.is_some() {
            both(&mut list, Asked::Tile(TileId::at(index)));
        }
    }
    for (index, event) in encounter.diary.iter().enumerate() {
        let id = EventId::at(index);
        list.push(Part::Event(id));
        if event.when.is_some() {
            both(&mut list, Asked::Event(id));
        }
        for (place, choice) in event.choices.iter().enumerate() {
            list.push(Part::Choice(id, ChoiceId::at(place)));
            if choice.when.is_some() {
                both(&mut list, Asked::Choice(id, ChoiceId::at(place)));
            }
        }
    }
    list
}

/// The places of a list as they are kept in ids; the format's limits keep every list shorter.
pub(super) fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn variants(lines: &[Line]) -> impl Iterator<Item = (u16, u16)> {
    let of_line = |(index, line): (usize, &Line)| {
        (0..line.variants.len()).map(move |variant| (short(index), short(variant))).collect::<Vec<_>>()
    };
    lines.iter().enumerate().flat_map(of_line)
}

fn conditional(lines: &[Line]) -> impl Iterator<Item = u16> {
    lines.iter().enumerate().filter(|(_, line)| line.when.is_some()).map(|(index, _)| short(index))
}
