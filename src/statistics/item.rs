//! The figures of an item: a node with its replies.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::population::{LEAST_PEOPLE, Sample};
use super::ratio::{Ratio, Thousandths};
use super::share::{Difference, Part, Placed, difference, discrimination, mean};
use super::{Crash, ENOUGH_PEOPLE, Observed, Of, Visit};
use crate::dialogue::Mode;
use crate::scenario::id::NodeId;
use crate::scenario::vocabulary::Flaw;
use crate::scenario::{Encounter, Node};
use crate::scoring::worth;

/// A discrimination below this: revise the item.
pub const FAIR: Thousandths = 200;
/// A discrimination above this is good.
pub const GOOD: Thousandths = 300;
/// A distractor that fewer take than one in so many is dead.
pub const DEAD_BELOW: usize = 20;

/// A node and, where enough people came there, its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    pub encounter: String,
    pub node: String,
    /// What the customer says there, without the marks.
    pub says: String,
    /// The author holds it for needful.
    pub core: bool,
    /// None where fewer than [`LEAST_PEOPLE`] came there.
    pub figures: Option<ItemFigures>,
    /// In the author's order.
    pub replies: Vec<Reply>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemFigures {
    /// Who came there.
    pub people: usize,
    /// Who said something there at their first visit.
    pub answered: usize,
    /// Difficulty: the share of the credit on offer that people earned by what they said; low is hard. None where there
    /// was none.
    pub credit: Option<Thousandths>,
    /// The same for how they listened and how they spoke.
    pub conduct: Option<Thousandths>,
    /// None for fewer than [`ENOUGH_PEOPLE`].
    pub discrimination: Option<Discrimination>,
    /// The share of those who came there whose call went wrong for good there.
    pub crashed: Thousandths,
    /// How many that was, by how.
    pub crashes: BTreeMap<Crash, usize>,
    /// Timed less in steps. None where either are fewer than [`LEAST_PEOPLE`].
    pub timed_less_steps: Option<ByMode>,
}

/// How far those who did well elsewhere do better here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Discrimination {
    /// -1000 to 1000: the share of credit of the upper quarter less that of the lower.
    pub index: Thousandths,
    pub verdict: Verdict,
}

/// What a discrimination says of an item (Ebel).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// Below [`FAIR`].
    Revise,
    Fair,
    /// Above [`GOOD`].
    Good,
}

/// A reply and, where enough people had it on offer, its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    pub reply: String,
    pub text: String,
    pub flaw: Option<Flaw>,
    /// Nothing at the node is worth more.
    pub is_best: bool,
    /// None where it was on offer to fewer than [`LEAST_PEOPLE`].
    pub figures: Option<ReplyFigures>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReplyFigures {
    /// To how many people it was on offer.
    pub offered: usize,
    pub chosen: usize,
    /// The one of the other.
    pub frequency: Thousandths,
    /// -1000 to 1000: how often the upper quarter takes it less how often the lower does. None for fewer than
    /// [`ENOUGH_PEOPLE`].
    pub discrimination: Option<Thousandths>,
    /// Whether it is a distractor that fewer take than one in [`DEAD_BELOW`]. None for fewer than [`ENOUGH_PEOPLE`], and
    /// for the best reply.
    pub dead: Option<bool>,
}

/// Timed less in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ByMode {
    pub timed: usize,
    pub steps: usize,
    pub credit: Option<Difference>,
    pub conduct: Option<Difference>,
    pub crashed: Option<Difference>,
}

impl Discrimination {
    fn of(share: Ratio) -> Self {
        // The verdict goes by what is shown.
        let index = share.thousandths();
        let verdict = if index < FAIR {
            Verdict::Revise
        } else if index <= GOOD {
            Verdict::Fair
        } else {
            Verdict::Good
        };
        Self { index, verdict }
    }
}

impl Verdict {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Revise => "revise",
            Self::Fair => "fair",
            Self::Good => "good",
        }
    }
}

/// One person's time at a node.
#[derive(Clone)]
pub(super) struct Answer<'a> {
    observed: &'a Observed,
    /// The first: at a later one they know what was said there.
    visit: &'a Visit,
    crash: Option<Crash>,
    /// What the replies given here earned, at every visit.
    here: Of,
}

/// By encounter and node.
pub(super) type Answers<'a> = BTreeMap<(&'a str, &'a str), Vec<Answer<'a>>>;

/// Who came where: one answer a person and node, in the order of `people`.
pub(super) fn answers<'a>(people: &[Sample<'a>]) -> Answers<'a> {
    let mut answers = Answers::new();
    for sample in people {
        let observed = sample.observed;
        for visit in &observed.visits {
            let at_node = answers.entry((&*visit.encounter, &*visit.node)).or_default();
            match at_node.last_mut().filter(|last| std::ptr::eq(last.observed, observed)) {
                Some(again) => {
                    again.here = again.here.plus(visit.reply);
                    again.crash = again.crash.max(visit.crash);
                }
                None => at_node.push(Answer { observed, visit, crash: visit.crash, here: visit.reply }),
            }
        }
    }
    answers
}

/// A node, and how many people stand behind each share that is told of it: as many numbers for the same node each time,
/// 0 where nothing is told.
pub(super) fn item(encounter: &Encounter, id: NodeId, answers: &Answers<'_>) -> (Item, Vec<usize>) {
    let node = encounter.node(id);
    let came = answers.get(&(&*encounter.name, &*node.name)).map_or(&[][..], Vec::as_slice);
    let mut answers = told(came.to_vec());
    if answers.len() < LEAST_PEOPLE {
        answers.clear();
    }
    let replies = replies(encounter, id, &answers);
    let all: Vec<_> = answers.iter().collect();
    let mut behind =
        vec![answers.len(), earned(&all, |visit| visit.reply).len(), earned(&all, |visit| visit.conduct).len()];
    behind.extend(replies.iter().map(|reply| reply.figures.map_or(0, |figures| figures.offered)));
    for people in behind.iter_mut().filter(|people| **people < LEAST_PEOPLE) {
        *people = 0;
    }
    let item = Item {
        encounter: encounter.name.clone(),
        node: node.name.clone(),
        says: says(node),
        core: node.core,
        figures: (!answers.is_empty()).then(|| figures(&answers)),
        replies,
    };
    (item, behind)
}

impl Item {
    /// As if too few had come there.
    pub(super) fn withhold(&mut self) {
        self.figures = None;
        for reply in &mut self.replies {
            reply.figures = None;
        }
    }
}

/// The line that stands under no condition.
fn says(node: &Node) -> String {
    let plain = node.lines.last().and_then(|line| line.variants.first());
    plain.map(crate::scenario::model::Speech::plain).unwrap_or_default()
}

impl Answer<'_> {
    /// The credit of the whole attempt without that of the replies given here.
    fn rest(&self) -> Option<Ratio> {
        let all = self.observed.evidence();
        Ratio::new((all.earned - self.here.earned).into(), (all.available - self.here.available).into())
    }

    fn crashed(&self) -> Part {
        Part::whether(self.crash.is_some())
    }
}

/// Leaves out those who had a reply on offer that fewer than [`LEAST_PEOPLE`] had: how often it was taken could be told
/// from how often the others were.
fn told(mut answers: Vec<Answer<'_>>) -> Vec<Answer<'_>> {
    loop {
        let rare: BTreeSet<String> = offers(&answers)
            .into_iter()
            .filter(|(_, people)| *people < LEAST_PEOPLE)
            .map(|(reply, _)| reply.to_owned())
            .collect();
        if rare.is_empty() {
            return answers;
        }
        answers.retain(|answer| !answer.visit.offered.iter().any(|reply| rare.contains(reply)));
    }
}

/// To how many each reply was on offer.
fn offers<'a>(answers: &[Answer<'a>]) -> BTreeMap<&'a str, usize> {
    let mut offers = BTreeMap::new();
    for reply in answers.iter().flat_map(|answer| &answer.visit.offered) {
        *offers.entry(reply.as_str()).or_default() += 1;
    }
    offers
}

fn figures(answers: &[Answer<'_>]) -> ItemFigures {
    let mut ways = BTreeMap::new();
    for crash in answers.iter().filter_map(|answer| answer.crash) {
        *ways.entry(crash).or_default() += 1;
    }
    let all: Vec<_> = answers.iter().collect();
    let crashed: Vec<_> = answers.iter().map(Answer::crashed).collect();
    ItemFigures {
        people: answers.len(),
        answered: answers.iter().filter(|answer| answer.visit.chosen.is_some()).count(),
        credit: enough(&earned(&all, |visit| visit.reply)),
        conduct: enough(&earned(&all, |visit| visit.conduct)),
        discrimination: discriminates(answers, |visit| Some(visit.reply.into())).map(Discrimination::of),
        crashed: mean(&crashed).map_or(0, Ratio::thousandths),
        crashes: ways,
        timed_less_steps: by_mode(answers),
    }
}

/// What was earned by those to whom anything was on offer.
fn earned(answers: &[&Answer<'_>], of: impl Fn(&Visit) -> Of) -> Vec<Part> {
    answers.iter().map(|answer| of(answer.visit)).filter(|of| !of.is_nothing()).map(Part::from).collect()
}

/// The share, where there are people enough to tell it.
fn enough(parts: &[Part]) -> Option<Thousandths> {
    (parts.len() >= LEAST_PEOPLE).then(|| mean(parts)).flatten().map(Ratio::thousandths)
}

/// `at_it` says what somebody made of it, and none of those who were not asked.
fn discriminates(answers: &[Answer<'_>], at_it: impl Fn(&Visit) -> Option<Part>) -> Option<Ratio> {
    let placed = |answer: &Answer<'_>| {
        let at_it = at_it(answer.visit).filter(|part| part.of > 0)?;
        Some(Placed { rest: answer.rest()?, at_it })
    };
    let placed: Vec<_> = answers.iter().filter_map(placed).collect();
    if placed.len() < ENOUGH_PEOPLE { None } else { discrimination(&placed) }
}

fn replies(encounter: &Encounter, id: NodeId, answers: &[Answer<'_>]) -> Vec<Reply> {
    let node = encounter.node(id);
    let most = encounter.replies_of(id).map(|(_, reply)| worth(node, reply)).max();
    let of = |(_, reply): (_, &crate::scenario::Reply)| {
        let is_best = Some(worth(node, reply)) == most;
        let took = |visit: &Visit| {
            let on_offer = visit.offered.contains(&reply.name);
            on_offer.then(|| Part::whether(visit.chosen.as_ref() == Some(&reply.name)))
        };
        let parts: Vec<_> = answers.iter().filter_map(|answer| took(answer.visit)).collect();
        let (offered, chosen) = (parts.len(), parts.iter().filter(|part| part.earned > 0).count());
        let figures = |frequency: Ratio| ReplyFigures {
            offered,
            chosen,
            frequency: frequency.thousandths(),
            discrimination: discriminates(answers, took).map(Ratio::thousandths),
            dead: (!is_best && offered >= ENOUGH_PEOPLE).then_some(chosen * DEAD_BELOW < offered),
        };
        let told = mean(&parts).filter(|_| offered >= LEAST_PEOPLE);
        Reply {
            reply: reply.name.clone(),
            text: reply.text.clone(),
            flaw: reply.flaw,
            is_best,
            figures: told.map(figures),
        }
    };
    encounter.replies_of(id).map(of).collect()
}

fn by_mode(answers: &[Answer<'_>]) -> Option<ByMode> {
    let (timed, steps): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.observed.mode == Mode::Timed);
    if timed.len() < LEAST_PEOPLE || steps.len() < LEAST_PEOPLE {
        return None;
    }
    let compare = |of: fn(&Visit) -> Of| {
        let [timed, steps] = [&timed, &steps].map(|answers| earned(answers, of));
        let enough = timed.len() >= LEAST_PEOPLE && steps.len() >= LEAST_PEOPLE;
        enough.then(|| difference(&timed, &steps)).flatten()
    };
    let crashed = [&timed, &steps].map(|answers| answers.iter().map(|answer| answer.crashed()).collect::<Vec<_>>());
    Some(ByMode {
        timed: timed.len(),
        steps: steps.len(),
        credit: compare(|visit| visit.reply),
        conduct: compare(|visit| visit.conduct),
        crashed: difference(&crashed[0], &crashed[1]),
    })
}
