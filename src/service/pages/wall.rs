//! The wall: boards for a screen in a team's room, one after the other, all day.

use askama::Template;
use jiff::Timestamp;

use super::board::season_in_words;
use super::filters::{self, counted, reach_of};
use super::frame::Frame;
use crate::team::protocol::{BoardPage, ImprovedBoard, Season, Standing, TeamBoard};

/// Rows that can be read from five metres.
pub(super) const ROWS: usize = 8;

/// How long each board stands.
const SECONDS: u32 = 24;

/// `GET /wall`.
#[derive(Debug, Template)]
#[template(path = "wall.html")]
pub(super) struct WallView {
    pub(super) frame: Frame,
    season: String,
    seconds: u32,
    slides: Vec<Slide>,
    foot: String,
    at: Timestamp,
}

/// One board of the wall.
#[derive(Debug, Clone)]
pub(super) struct Slide {
    /// What tells it from the others, for the script.
    board: String,
    heading: String,
    under: String,
    measure: &'static str,
    /// The first column is a rank that was earned, not a place in a list.
    ranked: bool,
    rows: Vec<WallRow>,
}

#[derive(Debug, Clone)]
struct WallRow {
    key: String,
    rank: String,
    name: String,
    of: String,
    points: String,
    reach: Option<u32>,
}

impl Slide {
    pub(super) fn teams(board: &TeamBoard) -> Option<Self> {
        let rows: Vec<WallRow> = board
            .teams
            .iter()
            .take(ROWS)
            .map(|row| WallRow {
                key: row.team.to_string(),
                rank: row.rank.to_string(),
                name: row.name.clone(),
                of: counted(u64::from(row.members), "member", "members"),
                points: row.points.to_string(),
                reach: Some(reach_of(row.points)),
            })
            .collect();
        (!rows.is_empty()).then(|| Self {
            board: "teams".to_owned(),
            heading: "Teams".to_owned(),
            under: "The middle score of each team’s members. Size is no advantage.".to_owned(),
            measure: "Points",
            ranked: true,
            rows,
        })
    }

    /// A board of players; `title` is the scenario's, none for all together.
    pub(super) fn players(page: &BoardPage, title: Option<&str>) -> Option<Self> {
        let rows: Vec<WallRow> = page
            .rows
            .iter()
            .filter(|row| row.standing == Standing::Ranked)
            .take(ROWS)
            .map(|row| {
                let parts = [row.team.clone(), title.is_none().then(|| row.title.clone())];
                let offline = row.ahead.then(|| "played offline".to_owned());
                let of: Vec<String> =
                    parts.into_iter().flatten().filter(|part| !part.is_empty()).chain(offline).collect();
                WallRow {
                    key: row.player.to_string(),
                    rank: row.rank.to_string(),
                    name: row.alias.clone(),
                    of: of.join(", "),
                    points: row.points.to_string(),
                    reach: Some(reach_of(row.points)),
                }
            })
            .collect();
        (!rows.is_empty()).then(|| Self {
            board: page.board.scenario.clone().unwrap_or_else(|| "players".to_owned()),
            heading: title.unwrap_or("All scenarios").to_owned(),
            under: format!("First ranked calls. {} on this board.", counted(page.players, "player", "players")),
            measure: "Points",
            ranked: true,
            rows,
        })
    }

    pub(super) fn improved(board: &ImprovedBoard) -> Option<Self> {
        let rows: Vec<WallRow> = board
            .rows
            .iter()
            .filter(|row| row.latest > row.first)
            .take(ROWS)
            .map(|row| WallRow {
                key: format!("{}-{}", row.player, row.scenario),
                rank: String::new(),
                name: row.alias.clone(),
                of: format!("{}, from {} to {}", row.title, row.first, row.latest),
                points: format!("+{}", row.latest - row.first),
                reach: None,
            })
            .collect();
        (!rows.is_empty()).then(|| Self {
            board: "improved".to_owned(),
            heading: "Most improved".to_owned(),
            under: "From the first ranked call to the latest.".to_owned(),
            measure: "Points gained",
            ranked: false,
            rows,
        })
    }
}

impl WallView {
    pub(super) fn new(frame: Frame, season: &Season, slides: Vec<Slide>, now: Timestamp) -> Self {
        let foot = match season.ends {
            None => season_in_words(season),
            Some(ends) => format!("{}, until {}", season.name, filters::day_in_words(ends)),
        };
        Self { frame, season: season.name.clone(), seconds: SECONDS, slides, foot, at: now }
    }
}
