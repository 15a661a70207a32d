//! What solving has to say of the parts of a scenario, each thing once: where something is out of reach only because
//! what it stands in is, or because a condition of its own never holds, the cause alone is told.

use std::collections::{BTreeMap, BTreeSet};

use super::places::{owner_of, place_of, when_place, whole_line_place};
use crate::explore::solve::{Asked, Element, Part, Settled, Verdict};
use crate::lint::logic::can_be_heard;
use crate::lint::place::Place;
use crate::lint::roads::targets;
use crate::lint::subject::Subject;
use crate::scenario::Encounter;
use crate::scenario::finding::Path;
use crate::scenario::id::EncounterId;
use crate::scenario::model::Target;

/// What is to be told.
#[derive(Debug, Default)]
pub(in crate::lint) struct Standing {
    pub never_reached: Vec<Told>,
    /// Conditions that are asked and come out one way only, with that way.
    pub constants: Vec<(Told, bool)>,
    pub unsettled: Vec<Told>,
}

/// A part of the scenario.
#[derive(Debug)]
pub(in crate::lint) struct Told {
    pub place: Place,
    /// The map's key is the place, not the value.
    pub at_key: bool,
    /// The part, as a sentence speaks of it: "the node `waited-in`".
    pub words: String,
    /// The replies that lead there, by name.
    pub led_to_by: Vec<String>,
}

/// Sorts out what the solver has settled. `told` are the places at which rules that need no play have spoken already.
pub(in crate::lint) fn standing(subject: &Subject<'_>, elements: &[Settled], told: &BTreeSet<Path>) -> Standing {
    let is = elements.iter().map(|settled| (settled.element, Is::of(&settled.verdict))).collect();
    let sorting = Sorting { subject, is, told };
    let mut standing = Standing::default();
    let mut encounters_told = BTreeSet::new();
    for element in elements.iter().map(|settled| settled.element).filter(Element::is_expected) {
        if sorting.is(element) == Is::Reached {
            continue;
        }
        if let Some(whole) = sorting.whole_encounter(element.encounter) {
            if encounters_told.insert(element.encounter) {
                let name = &subject.scenario.encounter(element.encounter).name;
                let place = Place::encounter(subject.scenario, element.encounter);
                standing.keep(whole, Told::plain(place, format!("the encounter `{name}`")));
            }
            continue;
        }
        if sorting.container(element).is_some_and(|container| sorting.is(container) != Is::Reached) {
            continue;
        }
        match element.part {
            Part::Condition(asked, side) => sorting.condition(element, asked, side, &mut standing),
            _ => sorting.part(element, &mut standing),
        }
    }
    standing
}

/// A verdict without its witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Reached,
    Out,
    Open,
}

impl Is {
    const fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Reached { .. } => Self::Reached,
            Verdict::Unreachable => Self::Out,
            Verdict::Unsettled => Self::Open,
        }
    }
}

impl Told {
    const fn plain(place: Place, words: String) -> Self {
        Self { place, at_key: false, words, led_to_by: Vec::new() }
    }
}

impl Standing {
    fn keep(&mut self, is: Is, told: Told) {
        match is {
            Is::Reached => {}
            Is::Out => self.never_reached.push(told),
            Is::Open => self.unsettled.push(told),
        }
    }
}

struct Sorting<'a, 's> {
    subject: &'a Subject<'s>,
    is: BTreeMap<Element, Is>,
    told: &'a BTreeSet<Path>,
}

impl Sorting<'_, '_> {
    fn is(&self, element: Element) -> Is {
        self.is.get(&element).copied().unwrap_or(Is::Reached)
    }

    /// How one side of a condition stands.
    fn side(&self, encounter: EncounterId, asked: Asked, side: bool) -> Is {
        self.is(Element { encounter, part: Part::Condition(asked, side) })
    }

    fn is_told(&self, place: &Place) -> bool {
        self.told.contains(&place.path)
    }

    /// Whether no playthrough was found that comes to any node of it; and then what is known of that.
    fn whole_encounter(&self, id: EncounterId) -> Option<Is> {
        let nodes =
            self.is.iter().filter(|(element, _)| element.encounter == id && matches!(element.part, Part::Node(_)));
        let mut whole = Is::Out;
        for (_, is) in nodes {
            match is {
                Is::Reached => return None,
                Is::Open => whole = Is::Open,
                Is::Out => {}
            }
        }
        Some(whole)
    }

    /// What a part stands in, where that can be out of reach itself.
    fn container(&self, element: Element) -> Option<Element> {
        let encounter = self.subject.scenario.encounter(element.encounter);
        let part = match element.part {
            Part::Line(node, ..) | Part::Condition(Asked::Line(node, _), _) => Part::Node(node),
            Part::Reply(reply) | Part::Condition(Asked::Reply(reply), _) => Part::Node(encounter.reply(reply).node),
            Part::Answer(reply, ..) | Part::Condition(Asked::Answer(reply, _) | Asked::Way(reply, _), _) => {
                Part::Reply(reply)
            }
            Part::Choice(event, _) | Part::Condition(Asked::Choice(event, _), _) => Part::Event(event),
            _ => return None,
        };
        Some(Element { encounter: element.encounter, part })
    }

    fn condition(&self, element: Element, asked: Asked, side: bool, standing: &mut Standing) {
        let id = element.encounter;
        // The starts of the first encounter are never asked, which needs no proof.
        let is_useless = id.index() == 0 && matches!(asked, Asked::Start(_));
        let place = when_place(self.subject.scenario, id, asked);
        if is_useless || self.is_told(&place) || self.always_loses(id, asked) {
            return;
        }
        match (self.is(element), self.side(id, asked, !side)) {
            (Is::Out, Is::Reached) => {
                let told = Told::plain(place, "this condition".to_owned());
                standing.constants.push((told, !side));
            }
            // It is never asked. What stands under it is told, where that is a part of its own.
            (Is::Out, Is::Out) if side => {
                let words = match asked {
                    Asked::Way(..) => "this way on",
                    Asked::Start(_) => "this start",
                    _ => return,
                };
                let place = owner_of(asked).place(self.subject.scenario, id);
                standing.never_reached.push(Told::plain(place, words.to_owned()));
            }
            (Is::Open, _) => {
                let words = if side {
                    "a moment at which this condition holds"
                } else {
                    "a moment at which this condition fails"
                };
                standing.unsettled.push(Told::plain(place, words.to_owned()));
            }
            _ => {}
        }
    }

    fn part(&self, element: Element, standing: &mut Standing) {
        let scenario = self.subject.scenario;
        let id = element.encounter;
        let encounter = scenario.encounter(id);
        if let Some(asked) = own_condition(encounter, element.part) {
            let (holds, fails) = (self.side(id, asked, true), self.side(id, asked, false));
            let is_told = self.is_told(&when_place(scenario, id, asked));
            if is_told || (holds, fails) != (Is::Out, Is::Out) && holds != Is::Reached {
                return;
            }
        }
        let mine = self.is(element);
        let alike = |part: Part| self.is(Element { encounter: id, part }) == mine;
        let (place, words) = match element.part {
            Part::Line(node, line, variant) => {
                let lines = &encounter.node(node).lines;
                let many = lines[usize::from(line)].variants.len();
                let whole = places(many).all(|variant| alike(Part::Line(node, line, variant)));
                if self.any_always_wins(id, line, |place| Asked::Line(node, place)) || whole && variant > 0 {
                    return;
                }
                let place = if whole { whole_line_place(scenario, element) } else { place_of(scenario, element) };
                (place, "this line".to_owned())
            }
            Part::Answer(reply, line, variant) => {
                let many = encounter.reply(reply).answers[usize::from(line)].variants.len();
                let whole = places(many).all(|variant| alike(Part::Answer(reply, line, variant)));
                if self.any_always_wins(id, line, |place| Asked::Answer(reply, place)) || whole && variant > 0 {
                    return;
                }
                let place = if whole { whole_line_place(scenario, element) } else { place_of(scenario, element) };
                (place, "this answer".to_owned())
            }
            Part::Node(node) => {
                let is_led_to = self.subject.roads(id).reached()[node.index()];
                if !is_led_to {
                    return;
                }
                (place_of(scenario, element), format!("the node `{}`", encounter.node(node).name))
            }
            Part::Ending(ending) => {
                let roads = self.subject.roads(id);
                let reached = roads.reached();
                let mut replies = encounter.replies.iter().filter(|reply| reached[reply.node.index()]);
                if !replies.any(|reply| targets(reply).any(|target| target == Target::Ending(ending))) {
                    return;
                }
                (place_of(scenario, element), format!("the ending `{}`", encounter.ending(ending).name))
            }
            Part::Tile(tile) => {
                let written = encounter.tile(tile);
                let is_hopeless = |fact| !can_be_heard(self.subject, id, fact, &|_| true);
                if written.fact.is_some_and(is_hopeless) {
                    return;
                }
                (place_of(scenario, element), format!("the tile `{}`", written.name))
            }
            Part::Reply(reply) => (place_of(scenario, element), format!("the reply `{}`", encounter.reply(reply).name)),
            Part::Event(event) => {
                (place_of(scenario, element), format!("the event `{}`", encounter.diary[event.index()].name))
            }
            Part::Choice(event, choice) => {
                let name = &encounter.diary[event.index()].choice(choice).name;
                (place_of(scenario, element), format!("the choice `{name}`"))
            }
            Part::Leaves | Part::Escalates | Part::Condition(..) => return,
        };
        if self.is_told(&place) {
            return;
        }
        let at_key = matches!(element.part, Part::Node(_) | Part::Ending(_));
        standing.keep(mine, Told { place, at_key, words, led_to_by: led_to_by(encounter, element.part) });
    }

    /// Whether an alternative before this one is always taken, which is told of that one.
    fn always_loses(&self, id: EncounterId, asked: Asked) -> bool {
        match asked {
            Asked::Start(before) => self.any_always_wins(id, before, Asked::Start),
            Asked::Line(node, before) => self.any_always_wins(id, before, |place| Asked::Line(node, place)),
            Asked::Answer(reply, before) => self.any_always_wins(id, before, |place| Asked::Answer(reply, place)),
            Asked::Way(reply, before) => self.any_always_wins(id, before, |place| Asked::Way(reply, place)),
            _ => false,
        }
    }

    fn any_always_wins(&self, id: EncounterId, before: u16, asked: impl Fn(u16) -> Asked) -> bool {
        (0..before).any(|place| {
            let (holds, fails) = (self.side(id, asked(place), true), self.side(id, asked(place), false));
            (holds, fails) == (Is::Reached, Is::Out)
        })
    }
}

fn places(many: usize) -> impl Iterator<Item = u16> {
    (0..many).filter_map(|place| u16::try_from(place).ok())
}

/// The condition that a part stands under by itself.
fn own_condition(encounter: &Encounter, part: Part) -> Option<Asked> {
    let asked = match part {
        Part::Line(node, line, _) => {
            encounter.node(node).lines[usize::from(line)].when.as_ref()?;
            Asked::Line(node, line)
        }
        Part::Answer(reply, line, _) => {
            encounter.reply(reply).answers[usize::from(line)].when.as_ref()?;
            Asked::Answer(reply, line)
        }
        Part::Reply(reply) => {
            encounter.reply(reply).when.as_ref()?;
            Asked::Reply(reply)
        }
        Part::Tile(tile) => {
            encounter.tile(tile).when.as_ref()?;
            Asked::Tile(tile)
        }
        Part::Event(event) => {
            encounter.diary[event.index()].when.as_ref()?;
            Asked::Event(event)
        }
        Part::Choice(event, choice) => {
            encounter.diary[event.index()].choice(choice).when.as_ref()?;
            Asked::Choice(event, choice)
        }
        _ => return None,
    };
    Some(asked)
}

/// The names of the replies that lead to a node or an ending.
fn led_to_by(encounter: &Encounter, part: Part) -> Vec<String> {
    let wanted = match part {
        Part::Node(node) => Target::Node(node),
        Part::Ending(ending) => Target::Ending(ending),
        _ => return Vec::new(),
    };
    let replies = encounter.replies.iter().filter(|reply| targets(reply).any(|target| target == wanted));
    replies.map(|reply| reply.name.clone()).collect()
}
