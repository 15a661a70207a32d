//! What the rest of a run can at most earn, and must at least lose: bounds that hold whatever the meters do.
//!
//! A skill is `earned ÷ available − violations`. With `T` at least what is available over any whole run, a loss of
//! `l` takes at least `l ÷ T`; so what must be lost from a node on adds up over the graph like a shortest path, over all
//! skills at once. Meters enter only in that a customer who leaves forfeits what was ahead.

use crate::campaign::{Run, RunStage};
use crate::dialogue::Stage;
use crate::scenario::id::{NodeId, ReplyId};
use crate::scenario::model::Target;
use crate::scenario::vocabulary::{Act, Flaw, Indicator, Outcome, Severity, Skill, TileKind};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::{self, SCORE_CAP_CRITICAL, SCORE_CAP_RAISED, SkillScore, credit, outcome_points};

use super::graph::{BySkill, Order, entries, is_credited, questions_aside, rows, targets};
use super::{Question, Side, Timing};
use crate::dialogue::MAX_TURNS;

/// Bounds are kept in thousandths, so that cutting off below does not blunt them.
const FINE: i64 = 1000;
/// A full skill, in hundredths of a point.
const FULL: i64 = 10_000;
/// What a share of 100 is in the design's sum for the overall score (`engine-and-scoring`, "Evidence").
const SKILLS_SHARE: i64 = 75;
/// The overall score is the sum divided by this.
const WHOLE: i64 = 100_000;
/// One point of the outcome in that sum.
const OUTCOME_SHARE: i64 = 250_000;

/// How a question adds skills up, in the units of its sum.
struct Aim {
    weights: BySkill,
    outcome: i64,
}

impl Aim {
    fn of(scenario: &Scenario, skill: Option<Skill>) -> Self {
        match skill {
            None => Self {
                weights: scenario.skill_weights.map(|weight| SKILLS_SHARE * i64::from(weight)),
                outcome: OUTCOME_SHARE,
            },
            Some(skill) => {
                let mut weights = [0; 5];
                weights[skill.index()] = 1;
                Self { weights, outcome: 0 }
            }
        }
    }
}

/// What is to come from a node, or from the end of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Ahead {
    /// The most that can still be offered: weight × hundredths of credit.
    available: BySkill,
    /// The least of it that is lost, each skill by itself.
    lost: BySkill,
    /// The most that violations can still take, in hundredths of a point.
    taken: BySkill,
    /// The least that is lost of each question's sum, by skill and then overall, in thousandths of its units.
    joint: [i64; 6],
    /// The same for the overall score with what the outcome costs.
    with_outcome: i64,
}

impl Ahead {
    /// Takes what is worse for a bound of each: whichever of the two comes, it holds.
    fn or(self, other: Self) -> Self {
        Self {
            available: zip(self.available, other.available, i64::max),
            lost: zip(self.lost, other.lost, i64::min),
            taken: zip(self.taken, other.taken, i64::max),
            joint: zip(self.joint, other.joint, i64::min),
            with_outcome: self.with_outcome.min(other.with_outcome),
        }
    }

    /// One after the other.
    fn and(self, other: Self) -> Self {
        Self {
            available: zip(self.available, other.available, |one, two| one + two),
            lost: zip(self.lost, other.lost, |one, two| one + two),
            taken: zip(self.taken, other.taken, |one, two| one + two),
            joint: zip(self.joint, other.joint, |one, two| one + two),
            with_outcome: self.with_outcome + other.with_outcome,
        }
    }
}

fn zip<const N: usize>(one: [i64; N], other: [i64; N], with: impl Fn(i64, i64) -> i64) -> [i64; N] {
    std::array::from_fn(|index| with(one[index], other[index]))
}

/// The bounds of a scenario.
pub(super) struct Bounds<'a> {
    scenario: &'a Scenario,
    timing: Timing,
    aims: [Aim; 6],
    /// At least what is available over any whole run.
    total: BySkill,
    /// By encounter and node: from entering it on.
    nodes: Vec<Vec<Ahead>>,
    /// By encounter: from the end of the call on.
    ends: Vec<Ahead>,
    /// Some reply is a critical violation.
    critical: bool,
    /// A violation can occur often enough to cost half.
    may_repeat: bool,
}

impl<'a> Bounds<'a> {
    pub(super) fn new(scenario: &'a Scenario, timing: Timing) -> Self {
        let aims = std::array::from_fn(|index| Aim::of(scenario, Skill::ALL.get(index).copied()));
        let replies = || scenario.encounters.iter().flat_map(|encounter| &encounter.replies);
        let choices =
            || scenario.encounters.iter().flat_map(|encounter| &encounter.diary).flat_map(|event| &event.choices);
        let slips = replies().filter_map(|reply| reply.slip).chain(choices().filter_map(|choice| choice.slip));
        let critical = slips.into_iter().any(|(severity, _)| severity == Severity::Critical);
        let mut bounds = Self {
            scenario,
            timing,
            aims,
            total: [0; 5],
            nodes: Vec::new(),
            ends: Vec::new(),
            critical,
            may_repeat: may_repeat(scenario, timing),
        };
        // What is available at most does not depend on the total; what is lost of the whole does.
        bounds.fill();
        bounds.total = bounds.entering(0).available;
        bounds.fill();
        bounds
    }

    /// Everything ahead when the encounter begins, at whichever node.
    fn entering(&self, encounter: usize) -> Ahead {
        let nodes = &self.nodes[encounter];
        let entries = entries(&self.scenario.encounters[encounter], encounter);
        entries.into_iter().map(|node| nodes[node.index()]).reduce(Ahead::or).unwrap_or_default()
    }

    fn fill(&mut self) {
        let count = self.scenario.encounters.len();
        self.nodes = vec![Vec::new(); count];
        self.ends = vec![Ahead::default(); count];
        for index in (0..count).rev() {
            let mut end = self.after_the_call(index);
            if index + 1 < count {
                end = end.and(self.entering(index + 1));
            }
            self.ends[index] = end;
            self.nodes[index] = self.of_nodes(index, end);
        }
    }

    /// The note and the diary of one encounter, and what comes of the promises in the last.
    fn after_the_call(&self, index: usize) -> Ahead {
        let encounter = &self.scenario.encounters[index];
        let mut ahead = Ahead::default();
        let follow_through = Skill::FollowThrough.index();
        if encounter.note.iter().any(|tile| tile.kind == TileKind::Fact) {
            ahead.available[follow_through] += 300;
        }
        let bad = encounter.note.iter().filter(|tile| tile.kind != TileKind::Fact).count();
        ahead.taken[follow_through] += cost(Severity::Moderate) * i64::try_from(bad).unwrap_or(0);
        for event in &encounter.diary {
            let mut worst = [0; 5];
            for (severity, skill) in event.choices.iter().filter_map(|choice| choice.slip) {
                worst[skill.index()] = worst[skill.index()].max(cost(severity));
            }
            ahead.taken = zip(ahead.taken, worst, |one, two| one + two);
        }
        if index + 1 == self.scenario.encounters.len() {
            for promise in &self.scenario.promises {
                ahead.available[follow_through] += 100 * i64::from(promise.weight);
                ahead.taken[follow_through] += cost(Severity::Moderate);
            }
        }
        ahead
    }

    /// By as many turns as a call can have; where no way leads in a circle it is settled long before.
    fn of_nodes(&self, index: usize, end: Ahead) -> Vec<Ahead> {
        let encounter = &self.scenario.encounters[index];
        let order = Order::of(encounter, index);
        let is_last = index + 1 == self.scenario.encounters.len();
        let here: Vec<_> = (0..encounter.nodes.len()).map(|node| self.turn(encounter, NodeId::at(node))).collect();
        let gone: Vec<_> = (0..encounter.nodes.len())
            .map(|node| self.gone(encounter, &order, NodeId::at(node), is_last).and(end))
            .collect();
        let mut ahead: Vec<Ahead> = gone.clone();
        for _ in 0..MAX_TURNS {
            let next: Vec<Ahead> = here
                .iter()
                .enumerate()
                .map(|(node, replies)| {
                    let ways = replies.iter().flat_map(|(reply, turn)| {
                        let to = |target: Target| match target {
                            Target::Node(node) => ahead[node.index()],
                            Target::Ending(ending) => {
                                let outcome = encounter.ending(ending).outcome.filter(|_| is_last);
                                end.and(outcome_costs(outcome.unwrap_or(Outcome::Advocate)))
                            }
                        };
                        let mut ways: Vec<_> = targets(encounter, *reply).map(to).collect();
                        // Whoever has answered and is left then forfeits less than this node.
                        ways.push(gone[node]);
                        ways.into_iter().map(|way| turn.and(way)).collect::<Vec<_>>()
                    });
                    ways.fold(gone[node], Ahead::or)
                })
                .collect();
            if next == ahead {
                break;
            }
            ahead = next;
        }
        ahead
    }

    /// What each reply of a node offers and loses.
    fn turn(&self, encounter: &Encounter, id: NodeId) -> Vec<(ReplyId, Ahead)> {
        let node = encounter.node(id);
        let credited = is_credited(encounter, id);
        let mut available = rows(encounter, id, false);
        // A volunteered fact credits the questions of another node.
        if let Some(other) = node.volunteers.as_ref().and_then(|volunteer| volunteer.credits) {
            for row in encounter.node(other).opportunities.iter().filter(|row| row.indicator.is_question()) {
                available[row.indicator.skill().index()] += 100 * i64::from(row.weight);
            }
        }
        let replies = encounter.replies_of(id).map(|(reply_id, reply)| {
            let mut turn = Ahead { available, ..Ahead::default() };
            for (place, row) in node.opportunities.iter().enumerate() {
                if row.indicator == Indicator::VisibleAttention || credited && row.indicator.is_question() {
                    continue;
                }
                let shown = reply.shows.get(place).copied().unwrap_or(0);
                // What stands under a condition may not be on offer beside it.
                let beside = encounter.replies_of(id).filter(|(_, other)| other.when.is_none());
                let best =
                    beside.filter_map(|(_, other)| other.shows.get(place).copied()).max().unwrap_or(0).max(shown);
                let lost = i64::from(row.weight) * i64::from(credit(best) - credit(shown));
                turn.lost[row.indicator.skill().index()] += lost;
            }
            turn = self.weigh(turn);
            if let Some((severity, skill)) = reply.slip {
                turn.taken[skill.index()] += cost(severity);
                self.take(encounter, &mut turn, reply_id, skill, severity);
            }
            if self.timing == Timing::Free {
                turn.taken[Skill::CalmTone.index()] += cost(Severity::Severe);
                turn.taken[Skill::Listening.index()] += cost(Severity::Moderate);
            }
            (reply_id, turn)
        });
        replies.collect()
    }

    /// The least that stays of a violation: a repair gives half back, and what happens often costs half.
    fn take(&self, encounter: &Encounter, turn: &mut Ahead, id: ReplyId, skill: Skill, severity: Severity) {
        let repairs = |reply: ReplyId| {
            let acts = &encounter.reply(reply).acts;
            acts.iter().any(|act| matches!(act, Act::OwningApology | Act::ParaphraseRight))
        };
        let may_repair = targets(encounter, id).any(|target| match target {
            Target::Node(node) => encounter.node(node).reply_ids().any(repairs),
            Target::Ending(_) => false,
        });
        let mut least = cost(severity);
        for halved in [may_repair, self.may_repeat] {
            least /= if halved { 2 } else { 1 };
        }
        for (aim, joint) in self.aims.iter().zip(&mut turn.joint) {
            *joint += aim.weights[skill.index()] * FINE * least;
        }
        turn.with_outcome += self.aims[5].weights[skill.index()] * FINE * least;
    }

    /// Fills in what the losses come to in each question's sum.
    fn weigh(&self, mut turn: Ahead) -> Ahead {
        for (aim, joint) in self.aims.iter().zip(&mut turn.joint) {
            *joint = (0..5)
                .filter(|skill| self.total[*skill] > 0)
                .map(|skill| aim.weights[skill] * FULL * FINE * turn.lost[skill] / self.total[skill])
                .sum();
        }
        turn.with_outcome = turn.joint[5];
        turn
    }

    /// The customer is gone at this node: what lies ahead of it for certain is forfeited.
    fn gone(&self, encounter: &Encounter, order: &Order, id: NodeId, is_last: bool) -> Ahead {
        let mut ahead = Ahead::default();
        for (index, node) in encounter.nodes.iter().enumerate().filter(|(_, node)| node.core) {
            let other = NodeId::at(index);
            if !order.surely_before(other, id) {
                ahead.available = zip(ahead.available, rows(encounter, other, true), |one, two| one + two);
            }
            if other != id && !order.leads(other, id) {
                let credited = is_credited(encounter, other);
                ahead.lost = zip(ahead.lost, questions_aside(encounter, node, other, credited), |one, two| one + two);
            }
        }
        ahead = self.weigh(ahead);
        if is_last {
            ahead = ahead.and(outcome_costs(Outcome::Lost));
        }
        if self.timing == Timing::Free {
            ahead.taken[Skill::Listening.index()] += cost(Severity::Moderate);
        }
        ahead
    }

    /// What the question's answer can at best still be for a run that stands here: at most, or at least.
    pub(super) fn bound(&self, run: &Run, question: Question) -> i64 {
        match question.side {
            Side::Best => self.most(run, question.skill),
            Side::Worst => self.least(run, question.skill),
        }
    }

    fn ahead(&self, run: &Run) -> Ahead {
        let encounter = run.talk.encounter.index();
        match run.stage {
            RunStage::Talking => self.nodes[encounter][run.talk.node().index()],
            RunStage::Note | RunStage::Diary(_) | RunStage::Between => self.ends[encounter],
            RunStage::Closed => Ahead::default(),
        }
    }

    /// Whether the talk that decides the outcome is over.
    fn is_decided(&self, run: &Run) -> bool {
        run.talk.encounter.index() + 1 == self.scenario.encounters.len() && matches!(run.talk.stage, Stage::Over(_))
    }

    fn most(&self, run: &Run, skill: Option<Skill>) -> i64 {
        let place = skill.map_or(5, Skill::index);
        let aim = &self.aims[place];
        let ahead = self.ahead(run);
        // In thousandths of a hundredth: what is lost so far, and what each skill can come to by itself.
        let (mut so_far, mut alone) = ([0; 5], [0; 5]);
        for (index, &one) in Skill::ALL.iter().enumerate() {
            let (earned, available) = run.tally.evidence(one);
            let (earned, available) = (i64::from(earned), i64::from(available));
            let total = available + ahead.available[index];
            if total == 0 {
                continue;
            }
            let taken = run.tally.skill(one).violations - repairable(run, one);
            let kept = FINE * (FULL - i64::from(taken));
            so_far[index] = kept - (available - earned) * FULL * FINE / total;
            alone[index] = (kept - (available - earned + ahead.lost[index]) * FULL * FINE / total).max(0);
        }
        let sum =
            |values: &BySkill| -> i64 { aim.weights.iter().zip(values).map(|(weight, value)| weight * value).sum() };
        if let Some(skill) = skill {
            let joint = so_far[skill.index()] - ahead.joint[place];
            // Rounded as the score is: half up.
            return (joint.min(alone[skill.index()]).max(0) + FINE / 2) / FINE;
        }
        let outcome = self.best_outcome(run, &alone) * aim.outcome * FINE;
        let skills = sum(&so_far);
        let joint = (skills - ahead.joint[5] + outcome).min(skills - ahead.with_outcome + 100 * aim.outcome * FINE);
        let mut most = sum(&alone) + outcome;
        // A skill does not fall below 0, so the joint loss holds only while none of them would.
        let with_one_gone =
            (0..5).map(|gone| sum(&alone) - aim.weights[gone] * alone[gone] + outcome).max().unwrap_or(0);
        most = most.min(joint.max(with_one_gone));
        // Each skill is rounded once, by half a hundredth at most.
        let slack: i64 = aim.weights.iter().sum::<i64>() / 2 + 1;
        let mut overall = ((most.max(0) + FINE - 1) / FINE + slack + WHOLE / 2) / WHOLE;
        overall = overall.min(1000);
        if run.tally.raised_voice {
            overall = overall.min(i64::from(SCORE_CAP_RAISED));
        }
        if run.tally.critical > 0 {
            overall = overall.min(i64::from(SCORE_CAP_CRITICAL));
        }
        overall
    }

    /// The points of the best outcome that can still come.
    fn best_outcome(&self, run: &Run, alone: &BySkill) -> i64 {
        let tally = &run.tally;
        if self.is_decided(run) {
            let mut keeping = tally.clone();
            keeping.kept_a_promise = true;
            let score = |index: usize| i32::try_from((alone[index] + FINE - 1) / FINE + 1).unwrap_or(i32::MAX);
            let skills = std::array::from_fn(|index| at_score(Skill::ALL[index], score(index)));
            return outcome_points(scoring::outcome(self.scenario, &run.talk, &keeping, &skills));
        }
        let no_advocate = tally.has_moderate_or_worse() || alone.iter().any(|skill| *skill < 6999 * FINE);
        outcome_points(if tally.raised_voice || tally.broke_a_promise {
            Outcome::Pacified
        } else if no_advocate {
            Outcome::Satisfied
        } else {
            Outcome::Advocate
        })
    }

    fn least(&self, run: &Run, skill: Option<Skill>) -> i64 {
        let aim = &self.aims[skill.map_or(5, Skill::index)];
        let ahead = self.ahead(run);
        let mut least = [0; 5];
        for (index, &one) in Skill::ALL.iter().enumerate() {
            let (earned, available) = run.tally.evidence(one);
            let total = i64::from(available) + ahead.available[index];
            if total == 0 {
                continue;
            }
            let taken = i64::from(run.tally.skill(one).violations) + ahead.taken[index];
            least[index] = (i64::from(earned) * FULL * FINE / total - taken * FINE).max(0);
        }
        let may_raise = run.tally.raised_voice || self.timing == Timing::Free;
        if may_raise {
            // Calm tone is held down by a raised voice.
            let calm = &mut least[Skill::CalmTone.index()];
            *calm = (*calm).min(4000 * FINE);
        }
        let sum: i64 = aim.weights.iter().zip(&least).map(|(weight, value)| weight * value).sum();
        if skill.is_some() {
            return (sum + FINE / 2) / FINE;
        }
        let decided = if self.is_decided(run) {
            let mut feared = run.tally.clone();
            feared.broke_a_promise = true;
            let lost = std::array::from_fn(|index| at_score(Skill::ALL[index], 0));
            outcome_points(scoring::outcome(self.scenario, &run.talk, &feared, &lost))
        } else {
            0
        };
        let slack: i64 = aim.weights.iter().sum::<i64>() / 2 + 1;
        let least = (sum / FINE - slack + decided * aim.outcome + WHOLE / 2).max(0) / WHOLE;
        let mut cap = 1000;
        if may_raise {
            cap = i64::from(SCORE_CAP_RAISED);
        }
        if self.critical || run.tally.critical > 0 {
            cap = i64::from(SCORE_CAP_CRITICAL);
        }
        least.min(cap)
    }
}

/// Whether one kind of violation can occur more than three times in a run: at so many nodes, or at one of them again and
/// again, or through conduct.
fn may_repeat(scenario: &Scenario, timing: Timing) -> bool {
    let circles = scenario.encounters.iter().enumerate().any(|(index, encounter)| {
        let order = Order::of(encounter, index);
        (0..encounter.nodes.len()).map(NodeId::at).any(|node| order.leads(node, node))
    });
    // What the note and the diary of one encounter take counts in the next.
    if circles || scenario.encounters.len() > 1 {
        return true;
    }
    Flaw::ALL.iter().any(|flaw| {
        let conduct = matches!(flaw, Flaw::SoftOverlap | Flaw::HardInterrupt | Flaw::RaisedVoice);
        let nodes = scenario.encounters.iter().map(|encounter| {
            let slips = |node: usize| {
                let mut replies = encounter.replies_of(NodeId::at(node));
                replies.any(|(_, reply)| reply.slip.is_some() && reply.flaw.unwrap_or(Flaw::Assumption) == *flaw)
            };
            (0..encounter.nodes.len()).filter(|node| slips(*node)).count()
        });
        let nodes: usize = nodes.sum();
        nodes > 3 || conduct && timing == Timing::Free && nodes > 0
    })
}

/// A skill that comes to so much, for the rule that reads nothing else of it.
const fn at_score(skill: Skill, score: i32) -> SkillScore {
    SkillScore { skill, earned: 0, available: 0, base: 0, violations: 0, score }
}

/// What the overall score is short of for such an outcome.
fn outcome_costs(outcome: Outcome) -> Ahead {
    let lost = FINE * OUTCOME_SHARE * (100 - outcome_points(outcome));
    Ahead { with_outcome: lost, ..Ahead::default() }
}

/// What a repair can still give back: an earlier turn's violations stay.
fn repairable(run: &Run, skill: Skill) -> i32 {
    let talking = run.stage == RunStage::Talking;
    if talking { run.tally.repairable(skill, run.talk.turn.number) } else { 0 }
}

/// What a violation takes in full, in hundredths of a point.
fn cost(severity: Severity) -> i64 {
    100 * i64::from(severity.cost())
}
