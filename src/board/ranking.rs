//! The order of a board. Never by time or date, and never by how much someone plays.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use crate::board::Entry;
use crate::scenario::vocabulary::Skill;

/// Members with a listed score that a team needs to be listed: a median of fewer tells of persons, not of a team.
pub const LEAST_TEAM: usize = 3;

/// What a board ranks by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    #[default]
    Overall,
    Skill(Skill),
}

/// Which board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// A scenario's slug; none for all of them together.
    pub scenario: Option<String>,
    pub by: By,
    /// Only the members of this team.
    pub team: Option<String>,
}

/// A ranked table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The first final attempt of each player at each scenario, best first; those that share a rank by name.
    pub rows: Vec<Row>,
    /// Promises are still open. Best first, without a rank.
    pub provisional: Vec<Row>,
    pub teams: Vec<TeamRow>,
    /// Teams too small to be listed, by name.
    pub small_teams: Vec<SmallTeam>,
    /// Most gained first.
    pub improved: Vec<Improved>,
}

/// A line of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1 on; entries that nothing tells apart share it, and the next rank is left out. 0 on a provisional row.
    pub rank: usize,
    /// By what the board ranks.
    pub points: u32,
    pub entry: Entry,
}

/// A team on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    pub rank: usize,
    pub team: String,
    /// The median of its members; a member with several listed scores counts once, with their median.
    pub points: u32,
    pub members: usize,
}

/// A team with too few members to be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallTeam {
    pub team: String,
    pub members: usize,
}

/// What a player gained from the first final attempt at a scenario to the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improved {
    pub player: String,
    pub scenario: String,
    pub title: String,
    /// Points of the board, first and latest.
    pub first: u32,
    pub latest: u32,
}

impl Board {
    /// Ranks entries. The order they come in does not matter; an attempt that comes twice counts once, and practice
    /// runs not at all.
    pub fn of(entries: impl IntoIterator<Item = Entry>, choice: &Choice) -> Self {
        let mut by_attempt = BTreeMap::new();
        for entry in entries {
            if !entry.practice && choice.scenario.as_ref().is_none_or(|scenario| *scenario == entry.scenario) {
                // A provisional state of an attempt gives way to its end.
                let standing = by_attempt.entry(entry.attempt).or_insert_with(|| entry.clone());
                if (entry.is_final, entry.ended_at) > (standing.is_final, standing.ended_at) {
                    *standing = entry;
                }
            }
        }
        let mut attempts: BTreeMap<(String, String), Vec<Entry>> = BTreeMap::new();
        for entry in by_attempt.into_values() {
            attempts.entry((folded(&entry.player), entry.scenario.clone())).or_default().push(entry);
        }
        let (mut listed, mut open, mut improved) = (Vec::new(), Vec::new(), Vec::new());
        for mut mine in attempts.into_values() {
            // When it ended says which was the first, never which is the better.
            mine.sort_by_key(|entry| (entry.ended_at, entry.attempt));
            let (finals, provisional): (Vec<_>, Vec<_>) = mine.into_iter().partition(|entry| entry.is_final);
            // Asked of the one that counts, so that nobody gets a second first attempt by changing teams.
            if !finals.first().or(provisional.first()).is_some_and(|counts| choice.takes_team_of(counts)) {
                continue;
            }
            improved.extend(Improved::of(&finals, choice.by));
            if finals.is_empty() {
                open.extend(provisional.into_iter().next());
            }
            listed.extend(finals.into_iter().next());
        }
        improved.sort_by_cached_key(|line| {
            (Reverse(line.latest - line.first), folded(&line.player), line.scenario.clone())
        });
        let rows = ranked(listed, choice.by);
        let (teams, small_teams) = teams(&rows);
        let mut provisional = ranked(open, choice.by);
        for row in &mut provisional {
            row.rank = 0;
        }
        Self { rows, provisional, teams, small_teams, improved }
    }

    /// The best rows and those around a player's own, as places in [`Self::rows`] in their order. All of them where
    /// there are few.
    pub fn near(&self, player: &str, top: usize, each_side: usize) -> Vec<usize> {
        let own: Vec<usize> =
            (0..self.rows.len()).filter(|&row| same_name(&self.rows[row].entry.player, player)).collect();
        (0..self.rows.len()).filter(|&row| row < top || own.iter().any(|&own| own.abs_diff(row) <= each_side)).collect()
    }
}

impl Choice {
    fn takes_team_of(&self, entry: &Entry) -> bool {
        let team = |wanted: &String| entry.team.as_ref().is_some_and(|team| same_name(team, wanted));
        self.team.as_ref().is_none_or(team)
    }
}

impl By {
    pub fn points(self, entry: &Entry) -> u32 {
        match self {
            Self::Overall => entry.points(),
            Self::Skill(skill) => entry.skill_points(skill),
        }
    }
}

impl Improved {
    /// `finals` are one player's at one scenario, first to last.
    fn of(finals: &[Entry], by: By) -> Option<Self> {
        let (first, later) = finals.split_first()?;
        let latest = later.last()?;
        let line = Self {
            player: first.player.clone(),
            scenario: first.scenario.clone(),
            title: first.title.clone(),
            first: by.points(first),
            latest: by.points(latest),
        };
        (line.latest > line.first).then_some(line)
    }
}

/// Whether two names are one: case and the spaces around them tell nobody apart.
pub fn same_name(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// What is equal for two names that are the same to [`same_name`].
pub fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

fn ranked(mut entries: Vec<Entry>, by: By) -> Vec<Row> {
    entries.sort_by(|one, other| {
        order(by, one, other)
            .then_with(|| folded(&one.player).cmp(&folded(&other.player)))
            .then_with(|| one.scenario.cmp(&other.scenario))
            .then_with(|| one.attempt.cmp(&other.attempt))
    });
    let mut rows: Vec<Row> = Vec::with_capacity(entries.len());
    for (place, entry) in entries.into_iter().enumerate() {
        let shared = rows.last().filter(|above| order(by, &above.entry, &entry).is_eq()).map(|above| above.rank);
        rows.push(Row { rank: shared.unwrap_or(place + 1), points: by.points(&entry), entry });
    }
    rows
}

/// Better first (`leaderboards`, "Ties").
fn order(by: By, one: &Entry, other: &Entry) -> Ordering {
    by.points(other)
        .cmp(&by.points(one))
        .then_with(|| one.moderate_or_worse.cmp(&other.moderate_or_worse))
        .then_with(|| other.lowest_skill().cmp(&one.lowest_skill()))
        .then_with(|| other.trust.cmp(&one.trust))
        .then_with(|| by_value_given(one, other))
}

/// Less given away per need met first. Something for nothing is worst; nothing for nothing is 0.
fn by_value_given(one: &Entry, other: &Entry) -> Ordering {
    let ratio = |entry: &Entry| match (u64::from(entry.given_away), u64::try_from(entry.needs_met).unwrap_or(0)) {
        (0, 0) => (0, 1),
        (_, 0) => (1, 0),
        ratio => ratio,
    };
    let ((given, met), (other_given, other_met)) = (ratio(one), ratio(other));
    (given * other_met).cmp(&(other_given * met))
}

fn teams(rows: &[Row]) -> (Vec<TeamRow>, Vec<SmallTeam>) {
    // Team to its name as first written, and its members' points.
    let mut members: BTreeMap<String, (&str, BTreeMap<String, Vec<u32>>)> = BTreeMap::new();
    for row in rows {
        let Some(team) = row.entry.team.as_deref().filter(|team| !team.trim().is_empty()) else { continue };
        let (name, players) = members.entry(folded(team)).or_insert_with(|| (team.trim(), BTreeMap::new()));
        *name = (*name).min(team.trim());
        players.entry(folded(&row.entry.player)).or_default().push(row.points);
    }
    let (mut teams, mut small) = (Vec::new(), Vec::new());
    for (name, players) in members.into_values() {
        let (team, members) = (name.to_owned(), players.len());
        if members < LEAST_TEAM {
            small.push(SmallTeam { team, members });
        } else {
            let points = median(players.into_values().map(median).collect());
            teams.push(TeamRow { rank: 0, team, points, members });
        }
    }
    // Stable, so that those who share a rank stand by name.
    teams.sort_by_key(|team| Reverse(team.points));
    for place in 0..teams.len() {
        let above = place.checked_sub(1).map(|above| (teams[above].points, teams[above].rank));
        teams[place].rank = above.filter(|above| above.0 == teams[place].points).map_or(place + 1, |above| above.1);
    }
    (teams, small)
}

/// Half up between the two in the middle; there is at least one.
pub(crate) fn median(mut points: Vec<u32>) -> u32 {
    points.sort_unstable();
    let half = points.len() / 2;
    if points.len() % 2 == 1 { points[half] } else { (points[half - 1] + points[half]).div_ceil(2) }
}
