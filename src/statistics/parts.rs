//! What is told of all people, and of parts of them that lie beside each other, as seasons do: such that nothing comes of
//! taking the one from the other (`docs/statistics.md`, "One season").

use std::collections::BTreeMap;

use super::population::{LEAST_PEOPLE, People, Population, Sample, groups, groups_beside};
use super::report::{Figures, Groups, Report, Withheld, figures};
use crate::dialogue::Mode;
use crate::scenario::Scenario;

/// Reports on all people, and on parts of them.
///
/// Take from all that is told of the whole what is told of any of the parts: what is left is about nobody or about
/// [`LEAST_PEOPLE`] at least, for each figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InParts {
    /// Over time it tells of the parts, and not of what each person's sample says.
    pub whole: Report,
    /// By the key of each part that was asked for. They tell neither of teams nor of modes, for a part and a team have
    /// few people in common.
    pub parts: BTreeMap<String, Report>,
}

impl InParts {
    /// `part_of` says in which part somebody's first attempt was.
    pub fn of<'a>(
        scenario: &Scenario,
        samples: &[Sample<'a>],
        parts: &[&str],
        part_of: impl Fn(&Sample<'a>) -> Option<&'a str>,
    ) -> Self {
        let population = Population::of(scenario, samples);
        let people = &population.first;
        let mut whole = (people.len() >= LEAST_PEOPLE).then(|| figures(scenario, people));
        let mut told = BTreeMap::new();
        if let Some((whole, behind)) = &mut whole {
            let others = other_ways(people, whole);
            let split = groups_beside(people, &part_of, &others);
            let of_part = |members: &[&Sample<'a>]| part(scenario, members, &others);
            let mut found: Vec<_> = split.groups.iter().map(|(key, members)| (*key, of_part(members))).collect();
            keep_apart(whole, behind, &mut found);
            told = found.into_iter().map(|(key, (figures, _))| (key.to_owned(), figures)).collect();
            whole.over_time = Groups::of(split);
        }
        let part = |&key: &&str| {
            let here = people.iter().filter(|sample| part_of(sample) == Some(key)).count();
            let figures = told.remove(key);
            let why = if here < LEAST_PEOPLE { Withheld::TooFew } else { Withheld::TooFewBeside };
            let withheld = figures.is_none().then_some(why);
            (key.to_owned(), Report::new(scenario, &population, here, withheld, figures))
        };
        let parts = parts.iter().map(part).collect();
        let withheld = whole.is_none().then_some(Withheld::TooFew);
        let whole = Report::new(scenario, &population, people.len(), withheld, whole.map(|(figures, _)| figures));
        Self { whole, parts }
    }
}

/// Figures, and how many people stand behind each share of each item.
type Counted = (Figures, Vec<Vec<usize>>);

/// The ways in which the whole is told besides: by team, and by mode.
fn other_ways(people: &[Sample<'_>], whole: &Figures) -> [Vec<People>; 2] {
    let set = |members: &mut dyn Iterator<Item = &Sample<'_>>| -> People {
        members.map(|sample| sample.observed.attempt).collect()
    };
    let told = groups(people, |sample| sample.team).groups;
    let mut teams: Vec<People> = told.iter().map(|(_, members)| set(&mut members.iter().copied())).collect();
    let in_none = |person: &&Sample<'_>| !teams.iter().any(|team| team.contains(&person.observed.attempt));
    let rest = set(&mut people.iter().filter(in_none));
    teams.push(rest);
    let modes: &[Mode] = if whole.modes.is_some() { &[Mode::Timed, Mode::Steps] } else { &[] };
    let of_mode = |mode: &Mode| set(&mut people.iter().filter(|sample| sample.observed.mode == *mode));
    [teams, modes.iter().map(of_mode).collect()]
}

fn part(scenario: &Scenario, members: &[&Sample<'_>], others: &[Vec<People>]) -> Counted {
    let members: Vec<Sample<'_>> = members.iter().map(|sample| **sample).collect();
    let (mut figures, behind) = figures(scenario, &members);
    figures.modes = None;
    figures.teams = Groups::default();
    figures.over_time = Groups::of(groups_beside(&members, |sample| sample.cohort, others));
    for at_node in figures.items.iter_mut().filter_map(|item| item.figures.as_mut()) {
        at_node.timed_less_steps = None;
    }
    (figures, behind)
}

/// Withholds an item, or the reliability, of the smallest part where the whole less the parts would be about few. Of an
/// item all goes together.
fn keep_apart(whole: &Figures, behind: &[Vec<usize>], parts: &mut [(&str, Counted)]) {
    for (place, behind) in behind.iter().enumerate() {
        let of_parts: Vec<_> = parts.iter().map(|(_, (_, behind))| behind[place].clone()).collect();
        for part in too_telling(behind, of_parts) {
            parts[part].1.0.items[place].withhold();
        }
    }
    let reliable = |figures: &Figures| vec![figures.reliability.map_or(0, |found| found.people)];
    let of_parts = parts.iter().map(|(_, (figures, _))| reliable(figures)).collect();
    for part in too_telling(&reliable(whole), of_parts) {
        parts[part].1.0.reliability = None;
    }
}

/// The parts of which nothing may be told, so that for each figure those behind the whole, less those behind the parts
/// that are told, are none or [`LEAST_PEOPLE`]. The parts lie inside the whole and beside each other.
fn too_telling(whole: &[usize], mut parts: Vec<Vec<usize>>) -> Vec<usize> {
    let mut withheld = Vec::new();
    loop {
        let few = (0..whole.len()).find(|&figure| {
            let told: usize = parts.iter().map(|part| part[figure]).sum();
            whole[figure] > 0 && (1..LEAST_PEOPLE).contains(&whole[figure].saturating_sub(told))
        });
        let Some(figure) = few else { return withheld };
        let there = (0..parts.len()).filter(|&part| parts[part][figure] > 0);
        let Some(smallest) = there.min_by_key(|&part| (parts[part].iter().max(), part)) else { return withheld };
        parts[smallest].fill(0);
        withheld.push(smallest);
    }
}
