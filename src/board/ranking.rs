//! Ranking attempts.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::entry::{Entry, Measure, Points};

/// Which attempts a board shows, and by what it ranks them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Filter {
    /// A scenario's slug; all of them if none.
    pub scenario: Option<String>,
    pub team: Option<String>,
    pub measure: Measure,
}

/// An attempt in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// The first is 1. Equals share a rank, and the next one is left out: 1, 2, 2, 4.
    pub rank: usize,
    pub points: Points,
    pub entry: Entry,
}

/// The board: the first final attempt of each person at each scenario, best first. The order of `entries` does not
/// matter.
pub fn rank(entries: &[Entry], filter: &Filter) -> Vec<Ranked> {
    let mut listed: Vec<&Entry> = listed(entries)
        .into_iter()
        .filter(|entry| filter.scenario.as_ref().is_none_or(|scenario| entry.scenario == *scenario))
        .filter(|entry| filter.team.is_none() || entry.team == filter.team)
        .collect();
    let by_name = |entry: &Entry| (entry.player.clone(), entry.scenario.clone());
    // Names decide the order within a shared rank, so that it is the same on every machine; they decide no rank.
    listed.sort_by(|one, other| one.compare(other, filter.measure).then_with(|| by_name(one).cmp(&by_name(other))));
    let same = |one: &&Entry, other: &&Entry| one.compare(other, filter.measure) == Ordering::Equal;
    let ranks = shared_ranks(&listed, same);
    listed
        .into_iter()
        .zip(ranks)
        .map(|(entry, rank)| Ranked { rank, points: entry.points(filter.measure), entry: entry.clone() })
        .collect()
}

/// What counts of all attempts: none for practice, none that is not final, and of the others the first of each person
/// at each scenario.
fn listed(entries: &[Entry]) -> Vec<&Entry> {
    let mut first: BTreeMap<(&str, &str), &Entry> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.is_final && !entry.practice) {
        let when = |entry: &Entry| (entry.finished_at, entry.attempt.clone());
        first
            .entry((&entry.scenario, &entry.player))
            .and_modify(|kept| {
                if when(entry) < when(kept) {
                    *kept = entry;
                }
            })
            .or_insert(entry);
    }
    first.into_values().collect()
}

/// The rank of each of a sorted list.
pub(super) fn shared_ranks<T>(sorted: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<usize> {
    let mut ranks: Vec<usize> = Vec::with_capacity(sorted.len());
    for (index, item) in sorted.iter().enumerate() {
        let shared = index.checked_sub(1).filter(|before| same(&sorted[*before], item)).map(|before| ranks[before]);
        ranks.push(shared.unwrap_or(index + 1));
    }
    ranks
}

/// What of a long board is shown: runs of places, with gaps between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt(pub Vec<Range<usize>>);

/// The top of a board and, around each row of `player`, its neighbours.
pub fn excerpt(ranked: &[Ranked], player: &str, top: usize, around: usize) -> Excerpt {
    let own = ranked.iter().enumerate().filter(|(_, row)| row.entry.player == player).map(|(place, _)| place);
    let mut runs: Vec<Range<usize>> = vec![0..top.min(ranked.len())];
    for place in own {
        let run = place.saturating_sub(around)..(place + around + 1).min(ranked.len());
        match runs.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => runs.push(run),
        }
    }
    Excerpt(runs.into_iter().filter(|run| !run.is_empty()).collect())
}
