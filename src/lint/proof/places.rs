//! Where in the file an element of the solver stands.

use crate::explore::solve::{Asked, Element, Part};
use crate::lint::logic::Owner;
use crate::lint::place::Place;
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;
use crate::scenario::model::Line;

/// The place of what an author would change.
pub(super) fn place_of(scenario: &Scenario, element: Element) -> Place {
    let id = element.encounter;
    let encounter = scenario.encounter(id);
    let here = || Place::encounter(scenario, id);
    match element.part {
        Part::Node(node) => Place::node(scenario, id, node),
        Part::Line(node, line, variant) => {
            let place = Place::node(scenario, id, node);
            line_place(place, ["says_when", "says"], &encounter.node(node).lines, line, Some(variant))
        }
        Part::Reply(reply) => Place::reply(scenario, id, reply),
        Part::Answer(reply, line, variant) => {
            let place = Place::reply(scenario, id, reply);
            line_place(place, ["answer_when", "answer"], &encounter.reply(reply).answers, line, Some(variant))
        }
        Part::Condition(asked, _) => when_place(scenario, id, asked),
        Part::Tile(tile) => owner_of(Asked::Tile(tile)).place(scenario, id),
        Part::Event(event) => owner_of(Asked::Event(event)).place(scenario, id),
        Part::Choice(event, choice) => owner_of(Asked::Choice(event, choice)).place(scenario, id),
        Part::Ending(ending) => here().field("endings").key(&encounter.ending(ending).name),
        Part::Leaves => here().field("leaves"),
        Part::Escalates => here().field("escalates"),
    }
}

/// The place of a line with all its variants.
pub(super) fn whole_line_place(scenario: &Scenario, element: Element) -> Place {
    let id = element.encounter;
    let encounter = scenario.encounter(id);
    match element.part {
        Part::Line(node, line, _) => {
            let place = Place::node(scenario, id, node);
            line_place(place, ["says_when", "says"], &encounter.node(node).lines, line, None)
        }
        Part::Answer(reply, line, _) => {
            let place = Place::reply(scenario, id, reply);
            line_place(place, ["answer_when", "answer"], &encounter.reply(reply).answers, line, None)
        }
        _ => place_of(scenario, element),
    }
}

/// The place of the condition itself.
pub(super) fn when_place(scenario: &Scenario, encounter: EncounterId, asked: Asked) -> Place {
    let owner = owner_of(asked);
    owner.place(scenario, encounter).field(owner.field())
}

pub(super) fn owner_of(asked: Asked) -> Owner {
    match asked {
        Asked::Compromise => Owner::Arms,
        Asked::Start(place) => Owner::Start(usize::from(place)),
        Asked::Line(node, line) => Owner::Line(node, usize::from(line)),
        Asked::Reply(reply) => Owner::Reply(reply),
        Asked::Answer(reply, line) => Owner::Answer(reply, usize::from(line)),
        Asked::Way(reply, way) => Owner::Jump(reply, usize::from(way)),
        Asked::Tile(tile) => Owner::Tile(tile.index()),
        Asked::Event(event) => Owner::Event(event.index()),
        Asked::Choice(event, choice) => Owner::Choice(event.index(), choice.index()),
    }
}

/// Conditional lines stand in one field, in the order of the model; the plain one stands in the other.
fn line_place(
    place: Place,
    [when, plain]: [&'static str; 2],
    lines: &[Line],
    line: u16,
    variant: Option<u16>,
) -> Place {
    let index = usize::from(line);
    let is_conditional = lines.get(index).is_some_and(|line| line.when.is_some());
    let place = match (is_conditional, variant) {
        (true, None) => return place.field(when).index(index),
        (true, Some(_)) => place.field(when).index(index).field("says"),
        (false, _) => place.field(plain),
    };
    match variant {
        Some(variant) => place.index(usize::from(variant)),
        None => place,
    }
}
