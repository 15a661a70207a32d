//! What the figures say, apart from how they are drawn.

use std::ops::Range as Bytes;

use super::words::points;
use crate::desktop::theme::widgets::Tone;
use crate::explore::simulate::RANDOM;
use crate::explore::solve::{Asked, BEST, Element, Extreme, Part, Range, SKILL, Settled, Verdict, WORST};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, EndingId, NodeId, ReplyId};
use crate::scenario::vocabulary::Outcome;
use crate::studio::graph::{After, Places};
use crate::studio::survey::{PlayerFigures, Plays, Reach, Who};

/// A target, and how what was found stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Goal {
    pub(super) what: String,
    pub(super) found: String,
    pub(super) wanted: String,
    /// "yes", "no", "not settled"
    pub(super) standing: &'static str,
    pub(super) is_missed: bool,
}

impl Goal {
    fn of(what: String, found: String, wanted: String, met: Option<bool>) -> Self {
        let standing = match met {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not settled",
        };
        Self { what, found, wanted, standing, is_missed: met == Some(false) }
    }
}

/// What is known against the targets: best and worst, the skills, random play.
pub(super) fn goals(ranges: Option<&[Range]>, plays: Option<&Plays>) -> Vec<Goal> {
    let mut goals = Vec::new();
    for range in ranges.unwrap_or_default() {
        let unit = if range.skill.is_some() { 100 } else { 1 };
        let (what, least) = match range.skill {
            Some(skill) => (format!("{}, at best", skill.words()), SKILL),
            None => ("The best call".to_owned(), BEST),
        };
        if let Some(best) = &range.best {
            let met = at_least(best, least * unit);
            goals.push(Goal::of(what, spread(best, unit), format!("{least} or more"), met));
        }
        if let (None, Some(worst)) = (range.skill, &range.worst) {
            let met = at_least(worst, WORST + 1).map(|above| !above);
            // Whatever was found at or below it settles it.
            let met = if worst.found <= WORST { Some(true) } else { met };
            goals.push(Goal::of("The worst call".to_owned(), spread(worst, 1), format!("{WORST} or less"), met));
        }
    }
    if let Some(plays) = plays {
        let mean = plays.player(Who::Random).mean;
        let wanted = format!("{} to {}", RANDOM.start(), RANDOM.end());
        let found = points(mean).to_string();
        goals.push(Goal::of("Random play, on the mean".to_owned(), found, wanted, Some(plays.random_is_met())));
    }
    goals
}

/// Whether the end of a score lies at or above a value; none where that is not settled.
fn at_least(extreme: &Extreme, value: i64) -> Option<bool> {
    let (low, high) = (extreme.found.min(extreme.proved), extreme.found.max(extreme.proved));
    if low >= value {
        Some(true)
    } else if high < value {
        Some(false)
    } else {
        None
    }
}

/// "982", or "982 to 990" where the truth lies between.
fn spread(extreme: &Extreme, unit: i64) -> String {
    // Rounded down, so that what falls short of a target never reads as if it met it.
    let whole = |value: i64| value.div_euclid(unit);
    let (found, proved) = (whole(extreme.found), whole(extreme.proved));
    if found == proved { found.to_string() } else { format!("{} to {}", found.min(proved), found.max(proved)) }
}

/// "10 nodes, 32 replies and 3 endings"
pub(super) fn counts(scenario: &Scenario) -> String {
    let sum = |of: fn(&crate::scenario::Encounter) -> usize| scenario.encounters.iter().map(of).sum::<usize>();
    let count = |many: usize, one: &str, more: &str| format!("{many} {}", if many == 1 { one } else { more });
    format!(
        "{}, {} and {}",
        count(sum(|encounter| encounter.nodes.len()), "node", "nodes"),
        count(sum(|encounter| encounter.replies.len()), "reply", "replies"),
        count(sum(|encounter| encounter.endings.len()), "ending", "endings"),
    )
}

/// What is not reached, without what is missed only because it stands in a node or belongs to a reply that is missed.
pub(super) fn roots<'r>(scenario: &Scenario, reach: &'r Reach) -> Vec<&'r Settled> {
    let is_reached = |encounter: EncounterId, part: Part| {
        matches!(reach.verdict(Element { encounter, part }), Some(Verdict::Reached { .. }))
    };
    let is_root = |settled: &&Settled| {
        let at = settled.element.encounter;
        let of_node = |node: NodeId| is_reached(at, Part::Node(node));
        let of_reply = |reply: ReplyId| is_reached(at, Part::Reply(reply));
        match settled.element.part {
            Part::Line(node, ..) | Part::Condition(Asked::Line(node, _), _) => of_node(node),
            Part::Reply(reply) | Part::Condition(Asked::Reply(reply), _) => {
                of_node(scenario.encounter(at).reply(reply).node)
            }
            Part::Answer(reply, ..) | Part::Condition(Asked::Answer(reply, _) | Asked::Way(reply, _), _) => {
                of_reply(reply)
            }
            Part::Choice(event, _) | Part::Condition(Asked::Choice(event, _), _) => is_reached(at, Part::Event(event)),
            _ => true,
        }
    };
    reach.not_reached().filter(is_root).collect()
}

/// How much is not reached, in a sentence.
pub(super) fn missing(proved: usize, unsettled: usize) -> String {
    let things = |many: usize| if many == 1 { "One thing".to_owned() } else { format!("{many} things") };
    match (proved, unsettled) {
        (proved, 0) => format!("No. {} can never be reached.", things(proved)),
        (0, unsettled) => format!("Perhaps. Nobody has reached {} yet.", things(unsettled).to_lowercase()),
        (proved, unsettled) => format!(
            "No. {} can never be reached, and nobody has reached {} more yet.",
            things(proved),
            things(unsettled).to_lowercase()
        ),
    }
}

/// What a part is, as the beginning of a line.
pub(super) fn kind(element: Element) -> &'static str {
    match element.part {
        Part::Node(_) => "Node",
        Part::Line(..) => "Line",
        Part::Reply(_) => "Reply",
        Part::Answer(..) => "Answer",
        Part::Condition(_, true) => "Condition that never holds",
        Part::Condition(_, false) => "Condition that always holds",
        Part::Tile(_) => "Note tile",
        Part::Event(_) => "Diary event",
        Part::Choice(..) => "Choice",
        Part::Ending(_) | Part::Leaves | Part::Escalates => "Ending",
    }
}

pub(super) fn reply(encounter: EncounterId, reply: ReplyId) -> Element {
    Element { encounter, part: Part::Reply(reply) }
}

/// Where a part, or what it belongs to, stands in the text.
pub(super) fn span_of(scenario: &Scenario, places: &Places, element: Element) -> Option<Bytes<usize>> {
    let encounter = scenario.encounter(element.encounter);
    let at = element.encounter.index();
    let node = |id: NodeId| places.node(at, id.index(), &encounter.node(id).name);
    let reply = |id: ReplyId| {
        let reply = encounter.reply(id);
        node(reply.node)?.reply(&reply.name)
    };
    let event =
        |event: crate::scenario::id::EventId| places.after(at, After::Event, &encounter.diary[event.index()].name);
    let choice = |event: crate::scenario::id::EventId, choice| {
        places.after(at, After::Choice, &encounter.diary[event.index()].choice(choice).name)
    };
    let tile = |id| places.after(at, After::Tile, &encounter.tile(id).name);
    let named = match element.part {
        Part::Node(id) | Part::Line(id, ..) | Part::Condition(Asked::Line(id, _), _) => {
            node(id).map(|node| &node.named)
        }
        Part::Reply(id)
        | Part::Answer(id, ..)
        | Part::Condition(Asked::Reply(id) | Asked::Answer(id, _) | Asked::Way(id, _), _) => reply(id),
        Part::Tile(id) | Part::Condition(Asked::Tile(id), _) => tile(id),
        Part::Event(id) | Part::Condition(Asked::Event(id), _) => event(id),
        Part::Choice(id, place) | Part::Condition(Asked::Choice(id, place), _) => choice(id, place),
        Part::Ending(id) => places.ending(at, &encounter.ending(id).name),
        Part::Condition(Asked::Compromise | Asked::Start(_), _) | Part::Leaves | Part::Escalates => None,
    };
    let start = places.encounters.get(at).map(|encounter| encounter.span.start);
    named.map(|named| named.label.range()).or(start.map(|start| start..start))
}

/// The node or ending that the caret is in, or its reply, and what it is called.
pub(super) fn at_caret(scenario: &Scenario, places: &Places, caret: usize) -> Option<(Element, String)> {
    let spot = places.at(caret)?;
    let written = places.encounters.get(spot.encounter)?;
    let encounter = scenario.encounters.get(spot.encounter)?;
    let (name, part) = if let Some(ending) = spot.ending {
        let name = &written.endings[ending].name;
        let at = encounter.endings.iter().position(|ending| ending.name == *name)?;
        (name, Part::Ending(EndingId::at(at)))
    } else {
        let node = &written.nodes[spot.node?];
        if let Some(reply) = spot.reply.map(|reply| &node.replies[reply].name) {
            (reply, Part::Reply(encounter.reply_named(reply)?))
        } else {
            let name = &node.named.name;
            let at = encounter.nodes.iter().position(|node| node.name == *name)?;
            (name, Part::Node(NodeId::at(at)))
        }
    };
    Some((Element { encounter: EncounterId::at(spot.encounter), part }, name.clone()))
}

/// Who plays these calls.
pub(super) const fn about(who: Who) -> &'static str {
    match who {
        Who::Random => "Random play takes any reply that is on offer.",
        Who::Skilled => "Half-skilled play takes the best reply every other time, and else any.",
        Who::Best => "Play by the best reply takes the one that shows most, each time.",
    }
}

/// Of each outcome how many calls in a hundred end with it, in the order of [`Outcome::ALL`].
pub(super) fn outcomes(figures: &PlayerFigures) -> Vec<(&'static str, u8, Tone)> {
    let of = |outcome: &Outcome| {
        let count = figures.outcomes[outcome.index()];
        let percent = ((count * 100 + figures.plays / 2).checked_div(figures.plays)).unwrap_or(0);
        let tone = match outcome {
            Outcome::Advocate | Outcome::Satisfied => Tone::Calm,
            _ => Tone::Gold,
        };
        (outcome.words(), u8::try_from(percent).unwrap_or(100), tone)
    };
    Outcome::ALL.iter().map(of).collect()
}
