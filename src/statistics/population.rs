//! Whose attempts count, and of how few people nothing is told.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

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
        let mut by_person: BTreeMap<&str, BTreeMap<uuid::Uuid, Sample<'a>>> = BTreeMap::new();
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

/// Splits people by a key. A group of fewer than [`LEAST_PEOPLE`] is not told; and where those that are not told, and
/// those without a key, are together fewer than that, the smallest of the others is not told either, for the whole less
/// what is told would be about them.
pub(super) fn groups<'a, 's>(people: &'s [Sample<'a>], key: impl Fn(&Sample<'a>) -> Option<&'a str>) -> Told<'a, 's> {
    let mut by_key: BTreeMap<&str, Vec<&Sample<'a>>> = BTreeMap::new();
    let mut hidden = 0;
    for sample in people {
        match key(sample) {
            Some(key) => by_key.entry(key).or_default().push(sample),
            None => hidden += 1,
        }
    }
    let mut withheld = Vec::new();
    let mut groups = Vec::new();
    for (key, members) in by_key {
        if members.len() < LEAST_PEOPLE {
            hidden += members.len();
            withheld.push(key);
        } else {
            groups.push((key, members));
        }
    }
    while (1..LEAST_PEOPLE).contains(&hidden)
        && let Some(place) = (0..groups.len()).min_by_key(|&place| (groups[place].1.len(), groups[place].0))
    {
        let (key, members) = groups.remove(place);
        hidden += members.len();
        withheld.push(key);
    }
    withheld.sort_unstable();
    Told { groups, withheld }
}
