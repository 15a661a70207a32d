//! Ranking teams.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entry::{Entry, Points};
use super::ranking::{Filter, rank, shared_ranks};

/// A team below this size is not ranked: its score would be a person's.
pub const LEAST_MEMBERS: usize = 3;

/// A team in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RankedTeam {
    /// The first is 1; equals share a rank.
    pub rank: usize,
    pub team: String,
    pub members: usize,
    pub points: Points,
}

/// Teams by the median of their members' listed scores. Where a board spans several scenarios a member stands with the
/// median of their own first, so that playing more weighs no more. [`Filter::team`] is not read.
pub fn rank_teams(entries: &[Entry], filter: &Filter) -> Vec<RankedTeam> {
    let rows = rank(entries, &Filter { team: None, ..filter.clone() });
    let mut teams: BTreeMap<&str, BTreeMap<&str, Vec<Points>>> = BTreeMap::new();
    for row in &rows {
        if let Some(team) = &row.entry.team {
            teams.entry(team).or_default().entry(&row.entry.player).or_default().push(row.points);
        }
    }
    let mut scores: Vec<(&str, usize, Points)> = teams
        .into_iter()
        .filter(|(_, members)| members.len() >= LEAST_MEMBERS)
        .map(|(team, members)| {
            let count = members.len();
            (team, count, median(members.into_values().map(median).collect()))
        })
        .collect();
    scores.sort_by(|(name, _, points), (other_name, _, other)| other.cmp(points).then_with(|| name.cmp(other_name)));
    let ranks = shared_ranks(&scores, |(_, _, points), (_, _, other)| points == other);
    scores
        .into_iter()
        .zip(ranks)
        .map(|((team, members, points), rank)| RankedTeam { rank, team: team.to_owned(), members, points })
        .collect()
}

/// Of an even number, the mean of the middle two, rounded down to a ten-thousandth. None is never asked for.
fn median(mut points: Vec<Points>) -> Points {
    points.sort_unstable();
    let middle = points.len() / 2;
    match (points.len() % 2, points.get(middle)) {
        (0, Some(upper)) => Points((points[middle - 1].0 + upper.0).div_euclid(2)),
        (_, Some(only)) => *only,
        (_, None) => Points::default(),
    }
}
