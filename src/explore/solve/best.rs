//! The best and the worst scores, by branch and bound over the real engine.
//!
//! All questions are asked of one walk: a run is played on as long as its bound can still better what has been found for
//! any of them. Where the walk is complete the answer is exact; where it is not, the bounds of what was left out say how
//! far the truth can lie from what was found.

use super::bounds::Bounds;
use super::turns::{Ear, calm, conditions, cuts, hear, mentions, notes};
use super::{Extreme, Options, Progress, Question, Range, Side, Stage, Timing, Witness};
use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, Delivery, Mode, reply_order};
use crate::explore::best_playthrough_unless;
use crate::scenario::Scenario;
use crate::scenario::id::FactId;
use crate::scenario::model::{Condition, Line, Nod, Speech};
use crate::scenario::vocabulary::{Outcome, Pace, Skill, Tempo, Volume};
use crate::scoring::outcome_points;

/// Overall, then the skills; of each the best, then the worst.
const QUESTIONS: usize = 12;
/// A report every so many decisions.
const REPORT_EVERY: u64 = 1 << 10;

fn question(index: usize) -> Question {
    let skill = (index / 2).checked_sub(1).map(|skill| Skill::ALL[skill]);
    Question { skill, side: if index.is_multiple_of(2) { Side::Best } else { Side::Worst } }
}

pub(super) fn ranges(scenario: &Scenario, options: &Options, progress: &mut impl Progress) -> Vec<Range> {
    let mut hunt = Hunt {
        scenario,
        bounds: Bounds::new(scenario, options.timing),
        style: Style::Perfect,
        found: std::array::from_fn(|_| None),
        left_out: [None; QUESTIONS],
        trail: Vec::new(),
        spent: 0,
        decided: 0,
        limit: options.budget,
        incomplete: false,
        progress,
    };
    let start = campaign::begin(scenario, options.seed, Mode::Steps, &mut ());
    let root: Vec<i64> = (0..QUESTIONS).map(|index| hunt.bounds.bound(&start, question(index))).collect();
    // What the beam finds is a good beginning, and may be all.
    for index in (0..QUESTIONS).step_by(2) {
        let stopped = || hunt.progress.is_stopped();
        if let Some(played) = best_playthrough_unless(scenario, options.seed, question(index).skill, stopped)
            && options.timing == Timing::Free
        {
            hunt.take(&played.run, &played.inputs);
        }
    }
    let all = |side: Side| {
        (0..QUESTIONS).filter(|index| question(*index).side == side).fold(0, |mask, index| mask | 1 << index)
    };
    let walks: &[(Style, u16)] = match options.timing {
        Timing::Perfect => &[(Style::Perfect, all(Side::Best) | all(Side::Worst))],
        Timing::Free => &[(Style::Well, all(Side::Best)), (Style::Ill, all(Side::Worst))],
    };
    let mut proved: [i64; QUESTIONS] = std::array::from_fn(|index| root[index]);
    for (place, &(style, mask)) in walks.iter().enumerate() {
        hunt.style = style;
        hunt.incomplete = false;
        // The second walk may use what the first has left.
        hunt.limit = options.budget * (place as u64 + 1) / walks.len() as u64;
        hunt.dive(&start, mask);
        let complete = !hunt.incomplete && style.is_complete(scenario);
        for index in (0..QUESTIONS).filter(|index| mask >> index & 1 == 1) {
            let Some(Found { value: found, .. }) = &hunt.found[index] else { continue };
            // A style that leaves ways of playing out proves no more than the bound of the beginning.
            if complete {
                let side = question(index).side;
                proved[index] = hunt.left_out[index].map_or(*found, |left| beyond(side, left, *found));
            } else {
                proved[index] = beyond(question(index).side, root[index], *found);
            }
        }
    }
    let found = std::mem::take(&mut hunt.found);
    let mut extremes = found.into_iter().enumerate().map(|(index, found)| {
        let Found { value: found, outcome, inputs } = found?;
        let replies = inputs.iter().filter(|input| is_reply(input)).count();
        let witness = Witness {
            seed: options.seed,
            mode: Mode::Steps,
            inputs,
            replies: u16::try_from(replies).unwrap_or(u16::MAX),
        };
        Some(Extreme { found, proved: beyond(question(index).side, proved[index], found), outcome, witness })
    });
    let mut ranges = Vec::new();
    while let (Some(best), Some(worst)) = (extremes.next(), extremes.next()) {
        let skill = question(ranges.len() * 2).skill;
        ranges.push(Range { skill, best, worst });
    }
    ranges
}

fn is_reply(input: &Input) -> bool {
    matches!(input, Input::Talk(dialogue::Input { action: Action::Speak { .. }, .. }))
}

/// The one that lies further out.
fn beyond(side: Side, one: i64, other: i64) -> i64 {
    match side {
        Side::Best => one.max(other),
        Side::Worst => one.min(other),
    }
}

/// Which ways of playing a walk tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Those of [`Timing::Perfect`], all of them.
    Perfect,
    /// Those that can be best: what only lowers meters and evidence is left out.
    Well,
    /// Those that are worst as a rule.
    Ill,
}

impl Style {
    fn ears(self, scenario: &Scenario, run: &Run) -> Vec<Ear> {
        let cuts = || cuts(scenario, run);
        match self {
            Self::Perfect => vec![Ear::Well],
            Self::Well => std::iter::once(Ear::Well).chain(cuts().map(Ear::WellCut)).collect(),
            Self::Ill => cuts().map(Ear::IllCut).chain([Ear::Ill]).collect(),
        }
    }

    fn deliveries(self, scenario: &Scenario) -> Vec<Delivery> {
        let level = |pace| Delivery { pace, volume: Volume::Level };
        match self {
            Self::Perfect => vec![calm(scenario)],
            Self::Well if scenario.customer.wants == Some(Tempo::Brisk) => vec![level(Pace::Even), level(Pace::Slow)],
            Self::Well => vec![level(Pace::Slow)],
            Self::Ill => vec![Delivery { pace: Pace::Quick, volume: Volume::Raised }, level(Pace::Quick)],
        }
    }

    /// Whether nothing that this style leaves out can be better. Playing well leaves out what makes meters and evidence
    /// worse and changes nothing else; the rules are monotone, so it is complete unless a condition looks at a meter and
    /// could reward the worse one.
    fn is_complete(self, scenario: &Scenario) -> bool {
        match self {
            Self::Perfect => true,
            Self::Well => !rewards_worse_meters(scenario),
            Self::Ill => false,
        }
    }
}

/// Whether some condition looks at a meter where its two sides differ in more than words.
fn rewards_worse_meters(scenario: &Scenario) -> bool {
    let looks = |when: &Condition| mentions(when, &|part| matches!(part, Condition::Meter(..)));
    let lines_differ = |lines: &[Line], optional: bool| {
        let contents: Vec<_> = lines.iter().flat_map(|line| &line.variants).map(content).collect();
        let alike = contents.windows(2).all(|pair| pair[0] == pair[1]);
        // Where nothing is said if no line holds, saying anything is a difference.
        let alike = alike && (!optional || lines.iter().any(|line| line.when.is_none()));
        lines.iter().filter_map(|line| line.when.as_ref()).any(looks) && !alike
    };
    let in_lines = scenario.encounters.iter().any(|encounter| {
        let nodes = encounter.nodes.iter().any(|node| lines_differ(&node.lines, false));
        nodes || encounter.replies.iter().any(|reply| lines_differ(&reply.answers, true))
    });
    let lines = scenario.encounters.iter().flat_map(|encounter| {
        let nodes = encounter.nodes.iter().flat_map(|node| &node.lines);
        nodes.chain(encounter.replies.iter().flat_map(|reply| &reply.answers))
    });
    let in_all = conditions(scenario).filter(|when| looks(when)).count();
    let in_line_conditions = lines.filter_map(|line| line.when.as_ref()).filter(|when| looks(when)).count();
    in_lines || in_all > in_line_conditions
}

/// What a speech brings besides its words, phrase by phrase: its facts, whether a nod is welcome, whether a lapse follows.
fn content(speech: &Speech) -> Vec<(&[FactId], bool, bool)> {
    let phrases = speech.phrases.iter();
    phrases.map(|phrase| (&phrase.facts[..], phrase.nod == Nod::Welcome, phrase.lapse.is_some())).collect()
}

struct Hunt<'a, P> {
    scenario: &'a Scenario,
    bounds: Bounds<'a>,
    style: Style,
    found: [Option<Found>; QUESTIONS],
    /// The furthest bound of what was not looked into, for want of budget.
    left_out: [Option<i64>; QUESTIONS],
    trail: Vec<Input>,
    /// Runs played on, of a limited number.
    spent: u64,
    decided: u64,
    limit: u64,
    /// Something was left out that no bound speaks for.
    incomplete: bool,
    progress: &'a mut P,
}

/// The furthest score found for a question, and how the run that comes to it ended.
struct Found {
    value: i64,
    outcome: Outcome,
    inputs: Vec<Input>,
}

/// A run that follows by one decision, and the inputs of it.
struct Child {
    run: Run,
    inputs: Vec<Input>,
    /// The smaller, the sooner it is looked into.
    order: i64,
}

impl<P: Progress> Hunt<'_, P> {
    /// A closed run and the inputs that lead to it.
    fn take(&mut self, run: &Run, inputs: &[Input]) {
        let score = campaign::result(self.scenario, run);
        for index in 0..QUESTIONS {
            let question = question(index);
            let value =
                question.skill.map_or(i64::from(score.overall), |skill| i64::from(score.skills[skill.index()].score));
            let outcome = score.outcome;
            let better = self.found[index].as_ref().is_none_or(|found| match question.side {
                // Of two runs with the same score the one that ends better is the better one.
                Side::Best => (value, outcome_points(outcome)) > (found.value, outcome_points(found.outcome)),
                Side::Worst => value < found.value,
            });
            if better {
                self.found[index] = Some(Found { value, outcome, inputs: inputs.to_vec() });
            }
        }
    }

    /// The questions for which the run can still better what has been found.
    fn promising(&self, run: &Run, mask: u16) -> u16 {
        let promises = |index: &usize| {
            let Some(found) = &self.found[*index] else { return true };
            let question = question(*index);
            let bound = self.bounds.bound(run, question);
            match question.side {
                // Ties are looked into as long as one of them could end better.
                Side::Best if question.skill.is_none() && found.outcome != Outcome::Advocate => bound >= found.value,
                Side::Best => bound > found.value,
                Side::Worst => bound < found.value,
            }
        };
        (0..QUESTIONS).filter(|index| mask >> index & 1 == 1).filter(promises).fold(0, |mask, index| mask | 1 << index)
    }

    fn dive(&mut self, run: &Run, mask: u16) {
        if run.stage == RunStage::Closed {
            let trail = std::mem::take(&mut self.trail);
            self.take(run, &trail);
            self.trail = trail;
            return;
        }
        let mask = self.promising(run, mask);
        if mask == 0 {
            return;
        }
        self.decided += 1;
        if self.decided.is_multiple_of(REPORT_EVERY) {
            self.progress.report(Stage::Scoring { spent: self.spent, budget: self.limit });
        }
        if self.spent > self.limit || self.progress.is_stopped() {
            for index in (0..QUESTIONS).filter(|index| mask >> index & 1 == 1) {
                let question = question(index);
                let bound = self.bounds.bound(run, question);
                self.left_out[index] =
                    Some(self.left_out[index].map_or(bound, |left| beyond(question.side, left, bound)));
            }
            return;
        }
        let mut children = self.children(run);
        self.spent += children.len() as u64;
        let first = question(usize::try_from(mask.trailing_zeros()).unwrap_or(0));
        for child in &mut children {
            let bound = self.bounds.bound(&child.run, first);
            child.order = if first.side == Side::Best { -bound } else { bound };
        }
        children.sort_by_key(|child| child.order);
        for child in children {
            let before = self.trail.len();
            self.trail.extend(child.inputs);
            self.dive(&child.run, mask);
            self.trail.truncate(before);
        }
    }

    fn children(&mut self, run: &Run) -> Vec<Child> {
        let mut children = Vec::new();
        match run.stage {
            RunStage::Talking => self.turn(run, &mut children),
            RunStage::Note => {
                let (well, ill) = (self.style != Style::Ill, self.style != Style::Well);
                let (notes, complete) = notes(self.scenario, run, well, ill);
                self.incomplete |= !complete;
                for tiles in notes {
                    self.follow(run, &[], Input::File { tiles, line: String::new() }, &mut children);
                }
            }
            RunStage::Diary(event) => {
                let event = &self.scenario.encounter(run.talk.encounter).diary[event.index()];
                for (choice, _) in campaign::choices(event, &run.talk) {
                    self.follow(run, &[], Input::Choose(choice), &mut children);
                }
            }
            RunStage::Between => self.follow(run, &[], Input::GoOn, &mut children),
            RunStage::Closed => {}
        }
        children
    }

    fn turn(&self, run: &Run, children: &mut Vec<Child>) {
        for ear in self.style.ears(self.scenario, run) {
            let mut heard = run.clone();
            let mut inputs = Vec::new();
            while let Some(input) = hear(self.scenario, &heard, ear) {
                if campaign::step(self.scenario, &mut heard, &input, &mut ()).is_err() {
                    break;
                }
                inputs.push(input);
            }
            if heard.stage != RunStage::Talking {
                children.push(Child { run: heard, inputs, order: 0 });
                continue;
            }
            for reply in reply_order(self.scenario, &heard.talk) {
                for Delivery { pace, volume } in self.style.deliveries(self.scenario) {
                    let input = Input::Talk(dialogue::Input::step(Action::Speak { reply, pace, volume }));
                    self.follow(&heard, &inputs, input, children);
                }
            }
        }
    }

    fn follow(&self, run: &Run, before: &[Input], input: Input, children: &mut Vec<Child>) {
        let mut after = run.clone();
        if campaign::step(self.scenario, &mut after, &input, &mut ()).is_ok() {
            let mut inputs = before.to_vec();
            inputs.push(input);
            children.push(Child { run: after, inputs, order: 0 });
        }
    }
}
