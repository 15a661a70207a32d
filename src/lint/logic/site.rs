//! Every condition of a scenario, and where it stands.

use crate::lint::place::Place;
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::model::{Condition, Line};

/// A condition and its place.
#[derive(Debug, Clone, Copy)]
pub struct Site<'s> {
    pub encounter: EncounterId,
    pub owner: Owner,
    pub when: &'s Condition,
}

/// Whose condition it is. Numbers count in lists of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A start of a later encounter: it asks about the one before.
    Start(usize),
    /// When the compromise arms.
    Arms,
    /// A line of a node.
    Line(NodeId, usize),
    /// Whether a reply is offered.
    Reply(ReplyId),
    /// An answer to a reply.
    Answer(ReplyId, usize),
    /// Where a reply leads.
    Jump(ReplyId, usize),
    Tile(usize),
    Event(usize),
    Choice(usize, usize),
}

/// All of them, in the order of the model.
#[must_use]
pub fn sites(scenario: &Scenario) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    for (index, encounter) in scenario.encounters.iter().enumerate() {
        let mut add = |owner, when| sites.push(Site { encounter: EncounterId::at(index), owner, when });
        for (place, start) in encounter.starts.iter().enumerate() {
            add(Owner::Start(place), &start.when);
        }
        if let Some(when) = &encounter.compromise_arms {
            add(Owner::Arms, when);
        }
        for (place, node) in encounter.nodes.iter().enumerate() {
            for (line, when) in conditional(&node.lines) {
                add(Owner::Line(NodeId::at(place), line), when);
            }
        }
        for (place, reply) in encounter.replies.iter().enumerate() {
            let id = ReplyId::at(place);
            if let Some(when) = &reply.when {
                add(Owner::Reply(id), when);
            }
            for (line, when) in conditional(&reply.answers) {
                add(Owner::Answer(id, line), when);
            }
            for (jump, (when, _)) in reply.to_when.iter().enumerate() {
                add(Owner::Jump(id, jump), when);
            }
        }
        for (place, tile) in encounter.note.iter().enumerate() {
            if let Some(when) = &tile.when {
                add(Owner::Tile(place), when);
            }
        }
        for (place, event) in encounter.diary.iter().enumerate() {
            if let Some(when) = &event.when {
                add(Owner::Event(place), when);
            }
            for (choice, option) in event.choices.iter().enumerate() {
                if let Some(when) = &option.when {
                    add(Owner::Choice(place, choice), when);
                }
            }
        }
    }
    sites
}

fn conditional(lines: &[Line]) -> impl Iterator<Item = (usize, &Condition)> {
    lines.iter().enumerate().filter_map(|(index, line)| Some((index, line.when.as_ref()?)))
}

impl Site<'_> {
    /// The place of the condition itself.
    #[must_use]
    pub fn place(&self, scenario: &Scenario) -> Place {
        self.around(scenario).field(self.owner.field())
    }

    /// The place of what stands under the condition.
    #[must_use]
    pub fn around(&self, scenario: &Scenario) -> Place {
        self.owner.place(scenario, self.encounter)
    }
}

impl Owner {
    /// The field that the condition stands in.
    #[must_use]
    pub const fn field(self) -> &'static str {
        if matches!(self, Self::Arms) { "compromise_arms" } else { "when" }
    }

    /// The place of what stands under the condition.
    #[must_use]
    pub fn place(self, scenario: &Scenario, id: EncounterId) -> Place {
        let encounter = scenario.encounter(id);
        let here = Place::encounter(scenario, id);
        match self {
            Self::Start(place) => here.field("starts").index(place),
            Self::Arms => here,
            Self::Line(node, line) => Place::node(scenario, id, node).field("says_when").index(line),
            Self::Reply(reply) => Place::reply(scenario, id, reply),
            Self::Answer(reply, line) => Place::reply(scenario, id, reply).field("answer_when").index(line),
            Self::Jump(reply, jump) => Place::reply(scenario, id, reply).field("to_when").index(jump),
            Self::Tile(place) => here.field("note").index(place).named(&encounter.note[place].name),
            Self::Event(place) => here.field("diary").index(place).named(&encounter.diary[place].name),
            Self::Choice(place, choice) => {
                let event = &encounter.diary[place];
                let here = here.field("diary").index(place).named(&event.name);
                here.field("choices").index(choice).named(&event.choices[choice].name)
            }
        }
    }
}
