//! What is kept of the plays: counts and sums alone, so that they add up to the same in any order, and take no more
//! room however many plays there are.

use super::prepared::{Prepared, PreparedEncounter};
use crate::campaign::{self, Run};
use crate::dialogue::{Exit, MAX_TURNS, Meters, Stage, State};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, EndingId, NodeId, ReplyId};
use crate::scenario::vocabulary::{Outcome, Skill};

/// Overall scores run from 0 to this.
pub(super) const MOST: usize = 1000;
/// The meters, in the order in which they are counted.
pub const METERS: [&str; 5] = ["anger", "trust", "patience", "heard", "clarity"];

/// Anything from 0 to 100 in whole points, by the point.
pub(super) type Points = [u64; 101];

/// How often each value of each meter stood at the end of a turn: by meter, then by the point.
pub type TurnMeters = [Points; METERS.len()];

/// What came of one player's plays of one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub plays: u64,
    /// By overall score, 0 to 1000.
    pub overall: Vec<u64>,
    /// By [`Outcome::index`].
    pub outcomes: [u64; Outcome::ALL.len()],
    /// By [`Skill::index`], then by the score in whole points, rounded down.
    pub skills: [Points; Skill::ALL.len()],
    /// Weight × hundredths of credit on offer, by [`Skill::index`], over all plays.
    pub available: [u64; Skill::ALL.len()],
    pub encounters: Vec<EncounterCounts>,
}

/// The plays that came by something, each counted once however often it came by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Through {
    pub plays: u64,
    /// The sum of their overall scores, 0 to 1000 each.
    pub score: u64,
}

/// What came of one encounter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncounterCounts {
    /// How often it was played.
    pub plays: u64,
    /// How often each node was reached.
    pub nodes: Vec<u64>,
    /// How often each reply was spoken.
    pub replies: Vec<u64>,
    /// How often each variant of each line was said: all of them in one row, by node and line.
    pub says: Vec<u64>,
    /// How often each target of each reply was taken: all of them in one row, those under a condition first.
    pub ways: Vec<u64>,
    pub endings: Vec<u64>,
    /// The customer left because their patience ran out.
    pub left: u64,
    /// The customer took it further.
    pub escalated: u64,
    /// Nothing had ended the encounter by the last turn that there may be.
    pub endless: u64,
    /// How often each choice of each diary event was made: all of them in one row.
    pub choices: Vec<u64>,
    /// The meters after each reply, by turn.
    pub meters: Vec<TurnMeters>,
    /// By node, by reply and by ending, how the plays scored that came by there.
    pub through_nodes: Vec<Through>,
    pub through_replies: Vec<Through>,
    pub through_endings: Vec<Through>,
}

/// Where a play came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    Node(NodeId),
    Reply(ReplyId),
    Ending(EndingId),
}

impl Counts {
    pub(super) fn blank(prepared: &Prepared<'_>) -> Self {
        let encounters = prepared.scenario.encounters.iter().zip(&prepared.encounters);
        Self {
            plays: 0,
            overall: vec![0; MOST + 1],
            outcomes: [0; Outcome::ALL.len()],
            skills: [[0; 101]; Skill::ALL.len()],
            available: [0; Skill::ALL.len()],
            encounters: encounters
                .map(|(encounter, prepared)| {
                    EncounterCounts::blank(encounter.nodes.len(), encounter.endings.len(), prepared)
                })
                .collect(),
        }
    }

    /// Counts a run that is closed, and where it came by: each place with its encounter, in any order, some of them
    /// more than once.
    pub(super) fn close(&mut self, scenario: &Scenario, run: &Run, mut spots: Vec<(EncounterId, Spot)>) {
        let score = campaign::result(scenario, run);
        self.plays += 1;
        self.overall[usize::from(score.overall).min(MOST)] += 1;
        self.outcomes[score.outcome.index()] += 1;
        for (place, skill) in score.skills.iter().enumerate() {
            self.skills[place][whole(skill.score)] += 1;
            self.available[place] += u64::try_from(skill.available).unwrap_or(0);
        }
        spots.sort_unstable();
        spots.dedup();
        for (encounter, spot) in spots {
            let here = &mut self.encounters[encounter.index()];
            let through = match spot {
                Spot::Node(node) => &mut here.through_nodes[node.index()],
                Spot::Reply(reply) => &mut here.through_replies[reply.index()],
                Spot::Ending(ending) => &mut here.through_endings[ending.index()],
            };
            through.plays += 1;
            through.score += u64::from(score.overall);
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.plays += other.plays;
        sum(&mut self.overall, &other.overall);
        sum(&mut self.outcomes, &other.outcomes);
        for (skill, more) in self.skills.iter_mut().zip(&other.skills) {
            sum(skill, more);
        }
        sum(&mut self.available, &other.available);
        for (encounter, more) in self.encounters.iter_mut().zip(&other.encounters) {
            encounter.add(more);
        }
    }

    /// The mean overall score in hundredths of a point, rounded half up; 0 where nothing was played.
    pub fn mean(&self) -> i64 {
        let sum: u64 = self.overall.iter().zip(0u64..).map(|(plays, score)| plays * score).sum();
        signed(divided(sum * 100, self.plays))
    }

    /// The standard deviation of the overall score, in hundredths of a point, rounded down.
    pub fn deviation(&self) -> i64 {
        if self.plays == 0 {
            return 0;
        }
        let (mut sum, mut squares) = (0u128, 0u128);
        for (&plays, score) in self.overall.iter().zip(0u128..) {
            sum += u128::from(plays) * score;
            squares += u128::from(plays) * score * score;
        }
        let plays = u128::from(self.plays);
        // plays² × variance, in hundredths squared.
        let spread = (plays * squares - sum * sum) * 10_000;
        i64::try_from((spread / (plays * plays)).isqrt()).unwrap_or(i64::MAX)
    }

    /// The square of the mean's standard error, in hundredths of a point squared, rounded up: how far the mean of so many
    /// plays may lie from that of all there could be.
    pub(super) fn error_of_mean(&self) -> u64 {
        let deviation = u64::try_from(self.deviation() + 1).unwrap_or(u64::MAX);
        deviation.saturating_mul(deviation).checked_div(self.plays).map_or(u64::MAX, |error| error + 1)
    }

    /// The same of [`Self::satisfied`], in per mille squared.
    pub(super) fn error_of_satisfied(&self) -> u64 {
        let share = u64::try_from(self.satisfied()).unwrap_or(0).min(1000);
        (share * (1000 - share)).checked_div(self.plays).map_or(u64::MAX, |error| error + 1)
    }

    /// Per mille of the plays that left the customer satisfied or better.
    pub fn satisfied(&self) -> i64 {
        let satisfied = self.outcomes[Outcome::Satisfied.index()] + self.outcomes[Outcome::Advocate.index()];
        signed(divided(satisfied * 1000, self.plays))
    }

    /// The lowest and the highest overall score, where anything was played.
    pub fn range(&self) -> Option<(usize, usize)> {
        let low = self.overall.iter().position(|plays| *plays > 0)?;
        let high = self.overall.iter().rposition(|plays| *plays > 0)?;
        Some((low, high))
    }

    /// How the overall scores spread over `bins` of the same width; 1000 is in the last.
    pub fn histogram(&self, bins: usize) -> Vec<u64> {
        let mut histogram = vec![0; bins];
        for (score, plays) in self.overall.iter().enumerate() {
            histogram[(score * bins / MOST).min(bins - 1)] += plays;
        }
        histogram
    }
}

impl Through {
    fn add(&mut self, other: Self) {
        self.plays += other.plays;
        self.score += other.score;
    }

    /// The mean overall score of these plays in hundredths of a point, rounded half up. None where there were none.
    pub fn mean(self) -> Option<i64> {
        (self.plays > 0).then(|| signed(divided(self.score * 100, self.plays)))
    }
}

impl EncounterCounts {
    fn blank(nodes: usize, endings: usize, prepared: &PreparedEncounter) -> Self {
        Self {
            plays: 0,
            nodes: vec![0; nodes],
            replies: vec![0; prepared.replies.len()],
            says: vec![0; prepared.number_of_says],
            ways: vec![0; prepared.number_of_ways],
            endings: vec![0; endings],
            left: 0,
            escalated: 0,
            endless: 0,
            choices: vec![0; prepared.number_of_choices],
            meters: Vec::new(),
            through_nodes: vec![Through::default(); nodes],
            through_replies: vec![Through::default(); prepared.replies.len()],
            through_endings: vec![Through::default(); endings],
        }
    }

    pub(super) fn reach(&mut self, node: NodeId, say: usize) {
        self.nodes[node.index()] += 1;
        self.says[say] += 1;
    }

    /// A reply was spoken in this turn, the first being 1, and left the customer with these meters.
    pub(super) fn speak(&mut self, reply: ReplyId, turn: u8, meters: &Meters) {
        self.replies[reply.index()] += 1;
        let place = usize::from(turn.saturating_sub(1));
        while self.meters.len() <= place {
            self.meters.push([[0; 101]; METERS.len()]);
        }
        let values = [meters.anger, meters.trust, meters.patience, meters.heard, meters.clarity];
        for (points, value) in self.meters[place].iter_mut().zip(values) {
            points[whole(value)] += 1;
        }
    }

    pub(super) fn end(&mut self, talk: &State) {
        self.plays += 1;
        match talk.stage {
            Stage::Over(Exit::Ending(ending)) => self.endings[ending.index()] += 1,
            Stage::Over(Exit::Escalated) => self.escalated += 1,
            Stage::Over(Exit::Left) if talk.turn.number >= MAX_TURNS && talk.meters.patience > 0 => self.endless += 1,
            Stage::Over(Exit::Left) => self.left += 1,
            Stage::Talking => {}
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.plays += other.plays;
        for (mine, more) in [
            (&mut self.nodes, &other.nodes),
            (&mut self.replies, &other.replies),
            (&mut self.says, &other.says),
            (&mut self.ways, &other.ways),
            (&mut self.endings, &other.endings),
            (&mut self.choices, &other.choices),
        ] {
            sum(mine, more);
        }
        for (mine, more) in [
            (&mut self.through_nodes, &other.through_nodes),
            (&mut self.through_replies, &other.through_replies),
            (&mut self.through_endings, &other.through_endings),
        ] {
            mine.iter_mut().zip(more).for_each(|(mine, more)| mine.add(*more));
        }
        self.left += other.left;
        self.escalated += other.escalated;
        self.endless += other.endless;
        for (place, turn) in other.meters.iter().enumerate() {
            match self.meters.get_mut(place) {
                Some(mine) => mine.iter_mut().zip(turn).for_each(|(mine, more)| sum(mine, more)),
                None => self.meters.push(*turn),
            }
        }
    }
}

/// The value at or below which at least `share` per cent of what was counted lies, in whole points; 0 where nothing was.
pub fn quantile(points: &[u64], share: u64) -> usize {
    let all: u64 = points.iter().sum();
    let mut below = 0;
    for (value, many) in points.iter().enumerate() {
        below += many;
        if below > 0 && below * 100 >= all * share {
            return value;
        }
    }
    0
}

/// The mean of what was counted, in hundredths, rounded half up.
pub fn mean_of(points: &[u64]) -> i64 {
    let sum: u64 = points.iter().zip(0u64..).map(|(many, value)| many * value).sum();
    signed(divided(sum * 100, points.iter().sum()))
}

fn sum(mine: &mut [u64], more: &[u64]) {
    for (mine, more) in mine.iter_mut().zip(more) {
        *mine += more;
    }
}

/// Rounded half up; 0 ÷ 0 is 0.
fn divided(numerator: u64, denominator: u64) -> u64 {
    (numerator + denominator / 2).checked_div(denominator).unwrap_or(0)
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn whole(hundredths: i32) -> usize {
    usize::try_from(hundredths / 100).unwrap_or(0).min(100)
}
