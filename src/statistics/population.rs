//! Whose attempts count, and of how few people nothing is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{OBSERVED_VERSION, Observed};
use crate::scenario::Scenario;

/// Nothing is told of fewer people than this, for then it would be told of each of them.
pub const LEAST_PEOPLE: usize = 5;

/// An attempt as whoever keeps it knows it.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// One key a person, whatever it is: it is compared and told to nobody.
    pub player: &'a str,
    /// The name of their team.
    pub team: Option<&'a str>,
    /// The stretch of time it is told under, as [`month`] and [`week`] name it.
    pub cohort: Option<&'a str>,
    pub observed: &'a Observed,
}

/// "2026-11".
pub fn month(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string()
}

/// "2026-W47": the week of ISO 8601, which begins on a Monday.
pub fn week(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%G-W%V").to_string()
}

/// The first attempts of all who played a scenario.
pub(super) struct Population<'a> {
    /// On the very scenario that is asked about, a person each, in the order of their attempts.
    pub(super) first: Vec<Sample<'a>>,
    /// Attempts on the same scenario, of whatever wording.
    pub(super) attempts: usize,
    /// Attempts of people who had played it before.
    pub(super) later: usize,
    /// People whose first attempt was at another wording of it.
    pub(super) elsewhere: usize,
}

impl<'a> Population<'a> {
    /// The order of `samples` does not matter, and one that is given twice counts once.
    pub(super) fn of(scenario: &Scenario, samples: &[Sample<'a>]) -> Self {
        let mut by_person: BTreeMap<&str, BTreeMap<Uuid, Sample<'a>>> = BTreeMap::new();
        let full_hash = scenario.hashes.full.to_string();
        for sample in samples.iter().filter(|sample| sample.observed.scenario == scenario.slug) {
            by_person.entry(sample.player).or_default().insert(sample.observed.attempt, *sample);
        }
        let attempts: usize = by_person.values().map(BTreeMap::len).sum();
        let people = by_person.len();
        let mut first: Vec<_> = by_person.values().filter_map(|of_one| of_one.values().next().copied()).collect();
        first.retain(|sample| sample.observed.full_hash == full_hash && sample.observed.version == OBSERVED_VERSION);
        first.sort_by_key(|sample| sample.observed.attempt);
        Self { attempts, later: attempts - people, elsewhere: people - first.len(), first }
    }
}

/// Groups of people, of which some are told and the others are not.
pub(super) struct Told<'a, 's> {
    /// By key.
    pub(super) groups: Vec<(&'a str, Vec<&'s Sample<'a>>)>,
    /// The keys of the others.
    pub(super) withheld: Vec<&'a str>,
}

/// People by what tells one from another: their attempts.
pub(super) type People = BTreeSet<Uuid>;

/// Splits people by a key. A group of fewer than [`LEAST_PEOPLE`] is not told; and where those that are not told, and
/// those without a key, are together fewer than that, the smallest of the others is not told either, for the whole less
/// what is told would be about them.
pub(super) fn groups<'a, 's>(people: &'s [Sample<'a>], key: impl Fn(&Sample<'a>) -> Option<&'a str>) -> Told<'a, 's> {
    groups_beside(people, key, &[])
}

/// The same where the people are told in other ways too. Each of `others` is one, with those it does not tell of as a
/// group of their own: what is told of them is the whole less the rest. A group is not told either where it, or that which
/// is left beside those that are told, lies over groups of another way and leaves fewer than [`LEAST_PEOPLE`] of itself or
/// of them.
pub(super) fn groups_beside<'a, 's>(
    people: &'s [Sample<'a>],
    key: impl Fn(&Sample<'a>) -> Option<&'a str>,
    others: &[Vec<People>],
) -> Told<'a, 's> {
    let mut by_key: BTreeMap<&str, Vec<&Sample<'a>>> = BTreeMap::new();
    let mut rest = People::new();
    for sample in people {
        match key(sample) {
            Some(key) => by_key.entry(key).or_default().push(sample),
            None => drop(rest.insert(sample.observed.attempt)),
        }
    }
    let (mut groups, mut sets, mut withheld) = (Vec::new(), Vec::new(), Vec::new());
    for (key, members) in by_key {
        let mut set: People = members.iter().map(|sample| sample.observed.attempt).collect();
        if members.len() < LEAST_PEOPLE {
            rest.append(&mut set);
            withheld.push(key);
        } else {
            sets.push(set);
            groups.push((key, members));
        }
    }
    loop {
        // Where the rest cannot be told of, it takes the smallest of the others to it.
        let few = (1..LEAST_PEOPLE).contains(&rest.len());
        let telling = if few { Some(sets.len()) } else { leaves_few(&sets, &rest, others) };
        let smallest = || (0..sets.len()).min_by_key(|&place| (sets[place].len(), place));
        let Some(place) = telling.and_then(|place| if place < sets.len() { Some(place) } else { smallest() }) else {
            break;
        };
        rest.append(&mut sets.remove(place));
        withheld.push(groups.remove(place).0);
    }
    withheld.sort_unstable();
    Told { groups, withheld }
}

/// The place of a group that lies over others and leaves few, or is one of those that do; beyond the last it is the rest.
fn leaves_few(groups: &[People], rest: &People, others: &[Vec<People>]) -> Option<usize> {
    let groups: Vec<&People> = groups.iter().chain(Some(rest).filter(|rest| !rest.is_empty())).collect();
    let few = |whole: &People, inside: &mut dyn Iterator<Item = &People>| {
        let (found, taken) = inside.fold((false, 0), |(_, taken), inside| (true, taken + inside.len()));
        found && (1..LEAST_PEOPLE).contains(&(whole.len() - taken))
    };
    others.iter().find_map(|other| {
        let over = |group: &&People| {
            few(group, &mut other.iter().filter(|inside| !inside.is_empty() && inside.is_subset(group)))
        };
        let under = |whole: &&People| few(whole, &mut groups.iter().copied().filter(|inside| inside.is_subset(whole)));
        groups.iter().position(over).or_else(|| {
            let whole = other.iter().find(under)?;
            let inside = groups.iter().enumerate().filter(|(_, inside)| inside.is_subset(whole));
            inside.min_by_key(|(_, inside)| inside.len()).map(|(place, _)| place)
        })
    })
}
