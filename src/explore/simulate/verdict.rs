//! How the figures stand against the targets (`content-guide`, "How writing is measured").

use super::classifier::Classified;
use super::cue::Cue;
use super::player::Player;
use super::report::{Played, library_mean};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::vocabulary::Skill;
use crate::scoring::credit;

/// Random play earns this much, in points.
pub const RANDOM: std::ops::RangeInclusive<i64> = 350..=520;
/// A cue bot earns at most this much more than the random player, in points, over the library.
pub const LIFT_OVER_LIBRARY: i64 = 75;
/// The same in a single scenario.
pub const LIFT_IN_SCENARIO: i64 = 160;
/// A cue bot leaves the customer satisfied in at most this share of its runs, per mille.
pub const SATISFIED: i64 = 150;
/// The classifier is right at this share of the nodes at most, per mille.
pub const CLASSIFIED: i64 = 400;

/// Fewer scenarios are no library: there is nothing to take a mean over, nor to learn from.
const LIBRARY: usize = 2;
/// How many nodes a verdict names.
const NAMED: usize = 4;

/// What is asked of a scenario, or of all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Random play earns neither too much nor too little.
    Random,
    /// Over the library a cue earns little more than chance.
    LiftOverLibrary(Cue),
    /// In one scenario a cue earns not much more than chance.
    LiftInScenario(Cue),
    /// A cue seldom leaves the customer satisfied.
    Satisfied(Cue),
    /// Whoever never sees what the customer says cannot tell the best reply.
    Classified,
}

/// A measured figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// An overall score or a difference of two, in hundredths of a point.
    Points(i64),
    /// A share, per mille.
    Share(i64),
    /// There is too little to measure it on.
    Not,
}

/// A target, and how what was measured stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub target: Target,
    /// The place of the scenario in the report, where it is about a single one.
    pub scenario: Option<usize>,
    pub measured: Measured,
    /// None where it could not be measured.
    pub met: Option<bool>,
    /// Where a missed target is missed most: the place of the scenario in the report, and the node.
    pub most_at: Vec<(usize, Giveaway)>,
}

/// A node that pays whoever goes by a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Giveaway {
    pub encounter: EncounterId,
    pub node: NodeId,
    /// What the bot's replies here earn above those of the random player, in hundredths of a point of the overall score
    /// a play: by what they show and cost. How the call ends comes on top of it.
    pub points: i64,
    /// The reply that the bot takes there most.
    pub takes: ReplyId,
}

pub(super) fn verdicts(scenarios: &[Played<'_>], classified: &Classified) -> Vec<Verdict> {
    let is_library = scenarios.len() >= LIBRARY;
    let is_played = scenarios.iter().all(|played| played.of(Player::Random).plays > 0) && !scenarios.is_empty();
    let mut verdicts = Vec::new();
    for (place, played) in scenarios.iter().enumerate() {
        let mean = played.of(Player::Random).mean();
        let met = RANDOM.start() * 100 <= mean && mean <= RANDOM.end() * 100;
        let measured = if is_played { Measured::Points(mean) } else { Measured::Not };
        let met = is_played.then_some(met);
        verdicts.push(Verdict { target: Target::Random, scenario: Some(place), measured, met, most_at: Vec::new() });
    }
    for cue in Cue::ALL {
        let lift = library_mean(scenarios, |played| played.lift(cue));
        let measured = is_library && is_played;
        verdicts.push(judged(
            Target::LiftOverLibrary(cue),
            None,
            if measured { Measured::Points(lift) } else { Measured::Not },
            measured.then_some(lift <= LIFT_OVER_LIBRARY * 100),
            || most_at(scenarios, 0..scenarios.len(), cue),
        ));
    }
    for cue in Cue::ALL {
        for (place, played) in scenarios.iter().enumerate() {
            let lift = played.lift(cue);
            verdicts.push(judged(
                Target::LiftInScenario(cue),
                Some(place),
                if is_played { Measured::Points(lift) } else { Measured::Not },
                is_played.then_some(lift <= LIFT_IN_SCENARIO * 100),
                || most_at(scenarios, place..place + 1, cue),
            ));
        }
    }
    for cue in Cue::ALL {
        let share = library_mean(scenarios, |played| played.of(Player::Cue(cue)).satisfied());
        verdicts.push(judged(
            Target::Satisfied(cue),
            None,
            if is_played { Measured::Share(share) } else { Measured::Not },
            is_played.then_some(share <= SATISFIED),
            || most_at(scenarios, 0..scenarios.len(), cue),
        ));
    }
    let share = classified.share();
    verdicts.push(Verdict {
        target: Target::Classified,
        scenario: None,
        measured: share.map_or(Measured::Not, Measured::Share),
        met: share.map(|share| share <= CLASSIFIED),
        most_at: Vec::new(),
    });
    verdicts
}

fn judged(
    target: Target,
    scenario: Option<usize>,
    measured: Measured,
    met: Option<bool>,
    most_at: impl FnOnce() -> Vec<(usize, Giveaway)>,
) -> Verdict {
    let most_at = if met == Some(false) { most_at() } else { Vec::new() };
    Verdict { target, scenario, measured, met, most_at }
}

fn most_at(scenarios: &[Played<'_>], places: std::ops::Range<usize>, cue: Cue) -> Vec<(usize, Giveaway)> {
    let mut most: Vec<_> = places
        .flat_map(|place| giveaways(&scenarios[place], cue).into_iter().map(move |found| (place, found)))
        .collect();
    most.sort_by_key(|(_, found)| std::cmp::Reverse(found.points));
    most.truncate(NAMED);
    most
}

/// The nodes at which a bot's replies earn more than the random player's, most first.
pub(super) fn giveaways(played: &Played<'_>, cue: Cue) -> Vec<Giveaway> {
    let (bot, random) = (played.of(Player::Cue(cue)), played.of(Player::Random));
    let mut found = Vec::new();
    if bot.plays == 0 || random.plays == 0 {
        return found;
    }
    for (place, encounter) in played.scenario.encounters.iter().enumerate() {
        let (by_bot, by_random) = (&bot.encounters[place].replies, &random.encounters[place].replies);
        for index in 0..encounter.nodes.len() {
            let node = NodeId::at(index);
            let ids = || encounter.node(node).reply_ids();
            let [bots, randoms] = [by_bot, by_random].map(|hits| ids().map(|id| hits[id.index()]).sum::<u64>());
            if bots == 0 || randoms == 0 {
                continue;
            }
            let earned = |hits: &[u64], all: u64| -> i128 {
                let sum: i128 = ids()
                    .map(|id| i128::from(hits[id.index()]) * i128::from(thousandths(played, place, id, random)))
                    .sum();
                sum / i128::from(all)
            };
            // What the bot earns at a visit above the random player, as often as it comes here in a play.
            let above = (earned(by_bot, bots) - earned(by_random, randoms)) * i128::from(bots) / i128::from(bot.plays);
            let takes = ids().max_by_key(|id| (by_bot[id.index()], std::cmp::Reverse(id.0)));
            let points = i64::try_from(above / 10).unwrap_or(i64::MAX);
            if let (Some(takes), true) = (takes, points > 0) {
                found.push(Giveaway { encounter: EncounterId::at(place), node, points, takes });
            }
        }
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.points));
    found
}

/// What a reply is worth in thousandths of a point of the overall score: overall = 10 · 0.75 · Σ v · skill, a skill being
/// its share of what the random player is offered in a play, less what violations cost.
fn thousandths(played: &Played<'_>, encounter: usize, id: ReplyId, random: &super::count::Counts) -> i64 {
    let scenario = played.scenario;
    let reply = scenario.encounters[encounter].reply(id);
    let node = scenario.encounters[encounter].node(reply.node);
    let weight = |skill: Skill| i64::from(scenario.skill_weights[skill.index()]);
    let shown: i64 = node
        .opportunities
        .iter()
        .zip(&reply.shows)
        .map(|(row, quality)| {
            let skill = row.indicator.skill();
            let available = i64::try_from(random.available[skill.index()] / random.plays.max(1)).unwrap_or(1).max(1);
            7500 * weight(skill) * i64::from(row.weight) * i64::from(credit(*quality)) / available
        })
        .sum();
    shown - reply.slip.map_or(0, |(severity, skill)| 75 * weight(skill) * i64::from(severity.cost()))
}
