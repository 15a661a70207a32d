//! The boards: players, teams, who improved.

use askama::Template;
use jiff::Timestamp;

use super::filters::{self, counted, reach_of};
use super::frame::{Choice, Frame};
use crate::scenario::vocabulary::Skill;
use crate::team::protocol::{BoardPage, BoardRow, ImprovedBoard, Season, Standing, TeamBoard, TeamRow};

/// Teams beside the board of players.
const BEST_TEAMS: usize = 5;

/// `GET /`.
#[derive(Debug, Template)]
#[template(path = "board.html")]
pub(super) struct BoardView {
    pub(super) frame: Frame,
    heading: String,
    season: String,
    counted: String,
    team: Option<String>,
    nobody: &'static str,
    scenarios: Vec<Choice>,
    skills: Vec<Choice>,
    teams: Vec<Choice>,
    seasons: Vec<Choice>,
    ranked: Vec<Line>,
    near: Vec<Line>,
    provisional: Vec<BoardRow>,
    unfinished: Vec<BoardRow>,
    first: Option<String>,
    next: Option<String>,
    best_teams: Vec<TeamRow>,
}

/// A ranked row as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Line {
    rank: u64,
    alias: String,
    team: Option<String>,
    /// The scenario, where the board is of several.
    of: Option<String>,
    points: u32,
    ahead: bool,
    own: bool,
}

/// What there is to choose from.
#[derive(Debug, Clone, Default)]
pub(super) struct Filters {
    /// Slug and title.
    pub(super) scenarios: Vec<(String, String)>,
    pub(super) teams: Vec<(uuid::Uuid, String)>,
    pub(super) seasons: Vec<Season>,
}

impl Line {
    fn of(row: &BoardRow, one_scenario: bool) -> Self {
        Self {
            rank: row.rank,
            alias: row.alias.clone(),
            team: row.team.clone(),
            of: (!one_scenario).then(|| row.title.clone()).filter(|title| !title.is_empty()),
            points: row.points,
            ahead: row.ahead,
            own: row.own,
        }
    }

    fn reach(&self) -> u32 {
        reach_of(self.points)
    }

    fn class(&self) -> Option<&'static str> {
        match (self.own, self.rank <= 3) {
            (true, true) => Some("own lead"),
            (true, false) => Some("own"),
            (false, true) => Some("lead"),
            (false, false) => None,
        }
    }
}

impl BoardView {
    /// `further` tells whether this is not the first page.
    pub(super) fn new(frame: Frame, page: &BoardPage, filters: &Filters, teams: Vec<TeamRow>, further: bool) -> Self {
        let board = &page.board;
        let one_scenario = board.scenario.is_some();
        let title_of =
            |slug: &str| filters.scenarios.iter().find(|(found, _)| found == slug).map(|(_, title)| title.clone());
        let subject = match &board.scenario {
            Some(slug) => title_of(slug).unwrap_or_else(|| slug.clone()),
            None => "All scenarios".to_owned(),
        };
        let heading =
            board.skill.map_or_else(|| subject.clone(), |skill| format!("{subject}: {}", skill.words().to_lowercase()));
        let mut parameters = Vec::new();
        parameters.extend(board.scenario.as_ref().map(|slug| format!("scenario={slug}")));
        parameters.extend(board.skill.map(|skill| format!("skill={}", skill.name())));
        parameters.extend(board.team.map(|team| format!("team={team}")));
        parameters.extend(board.season.map(|season| format!("season={season}")));
        let link = |more: Option<String>| {
            let all: Vec<String> = parameters.iter().cloned().chain(more).collect();
            if all.is_empty() { "/".to_owned() } else { format!("/?{}", all.join("&")) }
        };
        let of_standing = |standing: Standing| -> Vec<BoardRow> {
            page.rows.iter().filter(|row| row.standing == standing).cloned().collect()
        };
        // Whoever asks sees where they stand, though it be on another page.
        let waiting = |standing: Standing| -> Vec<BoardRow> {
            let mut rows = of_standing(standing);
            let own = page.near.iter().filter(|row| row.own && row.standing == standing);
            rows.extend(own.filter(|row| !page.rows.contains(row)).cloned());
            rows
        };
        Self {
            heading,
            season: season_in_words(&page.season),
            counted: match page.players {
                0 => "No ranked player yet.".to_owned(),
                players => format!("{}.", counted(players, "player", "players")),
            },
            team: board
                .team
                .and_then(|team| filters.teams.iter().find(|(id, _)| *id == team))
                .map(|(_, name)| name.clone()),
            nobody: if one_scenario {
                "The first ranked call at this scenario puts a name here. Practice never does."
            } else {
                "The first ranked call puts a name here. Practice never does."
            },
            scenarios: choices("All scenarios", board.scenario.as_deref(), filters.scenarios.iter().cloned()),
            skills: choices(
                "The whole call",
                board.skill.map(Skill::name),
                Skill::ALL.iter().map(|skill| (skill.name().to_owned(), skill.words().to_owned())),
            ),
            teams: choices(
                "All teams",
                board.team.map(|team| team.to_string()).as_deref(),
                filters.teams.iter().map(|(id, name)| (id.to_string(), name.clone())),
            ),
            seasons: seasons_to_choose(&filters.seasons, page.season.id),
            ranked: of_standing(Standing::Ranked).iter().map(|row| Line::of(row, one_scenario)).collect(),
            near: page
                .near
                .iter()
                .filter(|row| row.standing == Standing::Ranked)
                .map(|row| Line::of(row, one_scenario))
                .collect(),
            provisional: waiting(Standing::Provisional),
            unfinished: waiting(Standing::NotFinished),
            first: further.then(|| link(None)),
            next: page.next.as_ref().map(|cursor| link(Some(format!("after={cursor}")))),
            best_teams: teams.into_iter().take(BEST_TEAMS).collect(),
            frame,
        }
    }
}

pub(super) fn choices(all: &str, chosen: Option<&str>, entries: impl Iterator<Item = (String, String)>) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", all, chosen.is_none())];
    choices.extend(entries.map(|(value, words)| {
        let is = chosen == Some(value.as_str());
        Choice::new(value, words, is)
    }));
    choices
}

pub(super) fn seasons_to_choose(seasons: &[Season], chosen: uuid::Uuid) -> Vec<Choice> {
    seasons.iter().map(|season| Choice::new(season.id.to_string(), name_of(season), season.id == chosen)).collect()
}

/// "Autumn 2026 (open)".
pub(super) fn name_of(season: &Season) -> String {
    match season.ends {
        None => format!("{} (open)", season.name),
        Some(_) => season.name.clone(),
    }
}

/// "Autumn 2026, since 1 September 2026".
pub(super) fn season_in_words(season: &Season) -> String {
    match season.ends {
        None => format!("{}, since {}", season.name, filters::day_in_words(season.starts)),
        Some(ends) => {
            format!("{}, {} to {}", season.name, filters::day_in_words(season.starts), filters::day_in_words(ends))
        }
    }
}

/// `GET /teams`.
#[derive(Debug, Template)]
#[template(path = "teams.html")]
pub(super) struct TeamsView {
    pub(super) frame: Frame,
    season: String,
    seasons: Vec<Choice>,
    scenarios: Vec<Choice>,
    rows: Vec<TeamRow>,
    small: Vec<String>,
    least: u32,
}

impl TeamsView {
    pub(super) fn new(frame: Frame, board: TeamBoard, filters: &Filters, scenario: Option<&str>) -> Self {
        Self {
            frame,
            season: season_in_words(&board.season),
            seasons: seasons_to_choose(&filters.seasons, board.season.id),
            scenarios: choices("All scenarios", scenario, filters.scenarios.iter().cloned()),
            rows: board.teams,
            small: board.small,
            least: board.least,
        }
    }
}

/// `GET /improved`.
#[derive(Debug, Template)]
#[template(path = "improved.html")]
pub(super) struct ImprovedView {
    pub(super) frame: Frame,
    season: String,
    rows: Vec<Gained>,
}

/// What a player gained.
#[derive(Debug, Clone)]
pub(super) struct Gained {
    alias: String,
    title: String,
    first: u32,
    latest: u32,
    gain: u32,
    own: bool,
}

impl ImprovedView {
    pub(super) fn new(frame: Frame, board: ImprovedBoard) -> Self {
        let season = season_in_words(&board.season);
        let gained = board.rows.into_iter().filter(|row| row.latest > row.first).map(|row| Gained {
            alias: row.alias,
            title: row.title,
            first: row.first,
            latest: row.latest,
            gain: row.latest - row.first,
            own: row.own,
        });
        Self { frame, season, rows: gained.collect() }
    }
}

/// Where nothing was played and no season has begun, a board still has a page.
pub(super) fn no_season(now: Timestamp) -> Season {
    Season { id: uuid::Uuid::nil(), name: "No season yet".to_owned(), starts: now, ends: None, attempts: 0 }
}
