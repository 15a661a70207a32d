//! All that is told of a scenario, for people to read and for machines.

use std::collections::BTreeMap;

use serde::Serialize;

use super::item::{Item, answers, item};
use super::population::{LEAST_PEOPLE, Population, Sample, Told, groups};
use super::ratio::{Ratio, Thousandths, root};
use super::reliability::{Reliability, reliability};
use super::share::{Difference, Part, difference, mean};
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::scenario::id::NodeId;
use crate::scenario::vocabulary::Outcome;

/// The version of [`Report`] as it is written. A field may be added under the same number; none is taken away or changes
/// its meaning.
pub const REPORT_SCHEMA: u32 = 1;

/// What the attempts on one scenario say of it.
///
/// Nothing in it is about fewer than [`LEAST_PEOPLE`] people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub schema: u32,
    pub scenario: String,
    pub title: String,
    /// In hexadecimal: the very scenario it is about.
    pub full_hash: String,
    /// [`LEAST_PEOPLE`].
    pub least_people: usize,
    /// [`ENOUGH_PEOPLE`](super::ENOUGH_PEOPLE).
    pub enough_people: usize,
    /// Attempts on the scenario, of whatever wording and by whomever.
    pub attempts: usize,
    /// Attempts that do not count because it was not their player's first.
    pub later_attempts: usize,
    /// People who do not count because their first attempt was at another wording of it.
    pub on_another_version: usize,
    /// People whose first attempt counts.
    pub people: usize,
    pub withheld: Option<Withheld>,
    /// None where they are withheld.
    pub figures: Option<Figures>,
}

/// Why nothing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Withheld {
    /// Fewer than [`LEAST_PEOPLE`].
    TooFew,
    /// Those who were left out are fewer than that: what is told of all, less what is told of these, would be about them.
    TooFewBeside,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub all: Summary,
    pub outcomes: BTreeMap<Outcome, usize>,
    /// None where there are too few people, or all have earned the same.
    pub reliability: Option<Reliability>,
    /// Every node, in the author's order.
    pub items: Vec<Item>,
    /// None where fewer than [`LEAST_PEOPLE`] played in either mode.
    pub modes: Option<Modes>,
    pub teams: Groups,
    /// In the order of their keys, which is that of time.
    pub over_time: Groups,
}

/// The scores of a group of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub people: usize,
    /// The mean of the overall scores, 0 to 1000.
    pub overall: i32,
    /// The standard deviation of them.
    pub spread: i32,
    /// The means, in the order of [`Skill::ALL`](crate::scenario::vocabulary::Skill::ALL), 0 to 1000.
    pub skills: [Thousandths; 5],
    /// The share of them whose call went wrong for good somewhere.
    pub crashed: Thousandths,
}

/// Those who played with clocks beside those who played in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Modes {
    pub timed: Summary,
    pub steps: Summary,
    /// Of the overall scores: timed less in steps.
    pub overall: Option<Difference>,
    pub crashed: Option<Difference>,
}

/// Groups of people side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Groups {
    pub told: Vec<Group>,
    /// Those of which nothing is told, because they or what would be left are too few.
    pub withheld: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    pub key: String,
    pub summary: Summary,
}

impl Report {
    /// What `samples` say of `scenario`. Those of other scenarios do not count, and their order does not matter.
    pub fn of(scenario: &Scenario, samples: &[Sample<'_>]) -> Self {
        Self::of_those(scenario, samples, |_| true)
    }

    /// The same of those alone for whose first attempt `takes` holds. Nothing is told where those are too few, or where
    /// those are whom it leaves out.
    pub fn of_those(scenario: &Scenario, samples: &[Sample<'_>], takes: impl Fn(&Sample<'_>) -> bool) -> Self {
        let mut population = Population::of(scenario, samples);
        let all = population.first.len();
        population.first.retain(takes);
        let those = &population.first;
        let withheld = if those.len() < LEAST_PEOPLE {
            Some(Withheld::TooFew)
        } else if (1..LEAST_PEOPLE).contains(&(all - those.len())) {
            Some(Withheld::TooFewBeside)
        } else {
            None
        };
        let figures = withheld.is_none().then(|| figures(scenario, those).0);
        Self::new(scenario, &population, those.len(), withheld, figures)
    }

    pub(super) fn new(
        scenario: &Scenario,
        population: &Population<'_>,
        people: usize,
        withheld: Option<Withheld>,
        figures: Option<Figures>,
    ) -> Self {
        Self {
            schema: REPORT_SCHEMA,
            scenario: scenario.slug.clone(),
            title: scenario.title.clone(),
            full_hash: scenario.hashes.full.to_string(),
            least_people: LEAST_PEOPLE,
            enough_people: super::ENOUGH_PEOPLE,
            attempts: population.attempts,
            later_attempts: population.later,
            on_another_version: population.elsewhere,
            people,
            withheld,
            figures,
        }
    }
}

/// The figures of some people, and how many of them stand behind each share of each item.
pub(super) fn figures(scenario: &Scenario, people: &[Sample<'_>]) -> (Figures, Vec<Vec<usize>>) {
    let everybody: Vec<_> = people.iter().collect();
    let mut outcomes = BTreeMap::new();
    for sample in people {
        *outcomes.entry(sample.observed.outcome).or_default() += 1;
    }
    let answers = &answers(people);
    let items = scenario
        .encounters
        .iter()
        .flat_map(|encounter| (0..encounter.nodes.len()).map(move |place| item(encounter, NodeId::at(place), answers)));
    let (items, behind) = items.unzip();
    let figures = Figures {
        all: Summary::of(&everybody),
        outcomes,
        reliability: reliability(people.iter().map(|sample| sample.observed)),
        items,
        modes: modes(&everybody),
        teams: Groups::of(groups(people, |sample| sample.team)),
        over_time: Groups::of(groups(people, |sample| sample.cohort)),
    };
    (figures, behind)
}

impl Summary {
    /// Of at least one.
    fn of(people: &[&Sample<'_>]) -> Self {
        let shares = |share: &dyn Fn(&Sample<'_>) -> Part| {
            let parts: Vec<_> = people.iter().map(|sample| share(sample)).collect();
            mean(&parts).map_or(0, Ratio::thousandths)
        };
        Self {
            people: people.len(),
            overall: shares(&overall),
            spread: spread(people.iter().map(|sample| sample.observed.overall.into())),
            skills: [0, 1, 2, 3, 4]
                .map(|index: usize| shares(&|sample| Part::new(sample.observed.skills[index].score.into(), 10_000))),
            crashed: shares(&crashed),
        }
    }
}

/// As a share of the highest there is, so that thousandths are points.
fn overall(sample: &Sample<'_>) -> Part {
    Part::new(sample.observed.overall.into(), 1000)
}

fn crashed(sample: &Sample<'_>) -> Part {
    Part::whether(sample.observed.crashed())
}

/// The standard deviation, with n − 1; 0 for one alone.
fn spread(scores: impl Iterator<Item = i128>) -> i32 {
    let (people, sum, squares) = scores.fold((0, 0, 0), |(people, sum, squares): (i128, i128, i128), score| {
        (people + 1, sum + score, squares + score * score)
    });
    if people < 2 {
        return 0;
    }
    i32::try_from(root(people * squares - sum * sum, people * (people - 1))).unwrap_or(i32::MAX)
}

fn modes(people: &[&Sample<'_>]) -> Option<Modes> {
    let (timed, steps): (Vec<&Sample<'_>>, Vec<_>) =
        people.iter().copied().partition(|sample| sample.observed.mode == Mode::Timed);
    if timed.len() < LEAST_PEOPLE || steps.len() < LEAST_PEOPLE {
        return None;
    }
    let compare = |share: fn(&Sample<'_>) -> Part| {
        let [timed, steps] =
            [&timed, &steps].map(|people| people.iter().map(|sample| share(sample)).collect::<Vec<_>>());
        difference(&timed, &steps)
    };
    Some(Modes {
        timed: Summary::of(&timed),
        steps: Summary::of(&steps),
        overall: compare(overall),
        crashed: compare(crashed),
    })
}

impl Groups {
    pub(super) fn of(split: Told<'_, '_>) -> Self {
        let group =
            |(key, members): &(&str, Vec<&Sample<'_>>)| Group { key: (*key).to_owned(), summary: Summary::of(members) };
        Self {
            told: split.groups.iter().map(group).collect(),
            withheld: split.withheld.into_iter().map(str::to_owned).collect(),
        }
    }
}
