//! The boards and the wall.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;

use super::said::Said;
use super::{Page, filled, frame, id, page};
use crate::scenario::vocabulary::Skill;
use crate::service::http::App;
use crate::service::http::caller::Caller;
use crate::service::http::problem::Refused;
use crate::service::pages::board::{BoardView, Filters, ImprovedView, TeamsView, no_season};
use crate::service::pages::wall::{ROWS, Slide, WallView};
use crate::service::store::{Asked, Conflict, Published, StoreError};
use crate::team::protocol::{BoardName, BoardPage, ImprovedBoard, LARGEST_PAGE, Season, TeamBoard};

/// Rows of a page: the top, and then more of them.
const FIRST_ROWS: u32 = 10;
const MORE_ROWS: u32 = 50;
/// Boards of single scenarios on the wall.
const WALL_SCENARIOS: usize = 6;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(board))
        .route("/teams", get(teams))
        .route("/improved", get(improved))
        .route("/wall", get(wall))
}

/// A board as a form asks for it: what was not chosen is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    scenario: String,
    skill: String,
    team: String,
    season: String,
    after: String,
    look: String,
}

impl Wanted {
    fn board(&self) -> Result<BoardName, Refused> {
        let skill = filled(&self.skill).map(|name| {
            let found = Skill::ALL.iter().copied().find(|skill| skill.name() == name);
            found.ok_or_else(|| Refused::malformed("There is no such skill. Choose one from the list."))
        });
        Ok(BoardName {
            scenario: filled(&self.scenario).map(str::to_owned),
            skill: skill.transpose()?,
            team: id(&self.team)?,
            season: id(&self.season)?,
        })
    }
}

async fn board(State(app): State<App>, caller: Caller, Query(wanted): Query<Wanted>, Query(said): Query<Said>) -> Page {
    let board = wanted.board()?;
    let further = filled(&wanted.after).is_some();
    let asked = Asked {
        board: board.clone(),
        cursor: filled(&wanted.after).map(str::to_owned),
        limit: if further { MORE_ROWS } else { FIRST_ROWS },
        player: caller.player(),
    };
    let found = match app.store.board_page(&asked, app.now()).await {
        Err(StoreError::Conflict(Conflict::NoSeason)) => None,
        found => {
            Some(found?.ok_or_else(|| Refused::malformed("This page of the board is no more. Begin at the top."))?)
        }
    };
    let frame = frame(&app, Some(&caller.who), "/", &said).await?;
    let filters = filters(&app).await?;
    let Some(found) = found else {
        let nobody = BoardPage {
            board,
            season: no_season(app.now()),
            rows: Vec::new(),
            players: 0,
            near: Vec::new(),
            next: None,
            revision: 0,
        };
        return page(&BoardView::new(frame, &nobody, &filters, Vec::new(), false));
    };
    let of_teams = BoardName { team: None, skill: None, ..board };
    let teams = app.store.team_board(&of_teams, caller.player()).await?;
    page(&BoardView::new(frame, &found, &filters, teams.teams, further))
}

async fn teams(State(app): State<App>, caller: Caller, Query(wanted): Query<Wanted>) -> Page {
    let board = BoardName { skill: None, team: None, ..wanted.board()? };
    let frame = frame(&app, Some(&caller.who), "/teams", &Said::default()).await?;
    let filters = filters(&app).await?;
    let found = match app.store.team_board(&board, caller.player()).await {
        Err(StoreError::Conflict(Conflict::NoSeason)) => no_teams(&app).await?,
        found => found?,
    };
    page(&TeamsView::new(frame, found, &filters, board.scenario.as_deref()))
}

async fn improved(State(app): State<App>, caller: Caller, Query(wanted): Query<Wanted>) -> Page {
    let frame = frame(&app, Some(&caller.who), "/improved", &Said::default()).await?;
    let found = match app.store.improved(&wanted.board()?, LARGEST_PAGE, caller.player()).await {
        Err(StoreError::Conflict(Conflict::NoSeason)) => {
            ImprovedBoard { season: no_season(app.now()), rows: Vec::new() }
        }
        found => found?,
    };
    page(&ImprovedView::new(frame, found))
}

async fn wall(State(app): State<App>, caller: Caller, Query(wanted): Query<Wanted>) -> Page {
    let mut frame = frame(&app, Some(&caller.who), "/wall", &Said::default()).await?;
    frame.look = ["dark", "light"].into_iter().find(|look| *look == wanted.look);
    let Some(season) = app.store.season().await? else {
        return page(&WallView::new(frame, &no_season(app.now()), Vec::new(), app.now()));
    };
    let slides = slides(&app, &season).await?;
    page(&WallView::new(frame, &season, slides, app.now()))
}

/// Teams first, then everybody, then each scenario in play, then who improved.
async fn slides(app: &App, season: &Season) -> Result<Vec<Slide>, Refused> {
    let all = BoardName { season: Some(season.id), ..BoardName::default() };
    let mut slides: Vec<Slide> = Slide::teams(&app.store.team_board(&all, None).await?).into_iter().collect();
    slides.extend(top(app, all.clone()).await?.and_then(|page| Slide::players(&page, None)));
    let mut in_play = app.store.published().await?;
    in_play.retain(|version| version.retired.is_none());
    // The same order every time, so that a board is looked for where it was.
    in_play.sort_by(|one, other| one.title.cmp(&other.title));
    for version in in_play.into_iter().take(WALL_SCENARIOS) {
        let of_one = BoardName { scenario: Some(version.slug), ..all.clone() };
        slides.extend(top(app, of_one).await?.and_then(|page| Slide::players(&page, Some(&version.title))));
    }
    let rows = u32::try_from(ROWS).unwrap_or(LARGEST_PAGE);
    slides.extend(Slide::improved(&app.store.improved(&all, rows, None).await?));
    Ok(slides)
}

async fn top(app: &App, board: BoardName) -> Result<Option<BoardPage>, Refused> {
    let limit = u32::try_from(ROWS).unwrap_or(LARGEST_PAGE);
    Ok(app.store.board_page(&Asked { board, cursor: None, limit, player: None }, app.now()).await?)
}

async fn no_teams(app: &App) -> Result<TeamBoard, Refused> {
    let least = app.store.settings().await?.least_team;
    Ok(TeamBoard { season: no_season(app.now()), teams: Vec::new(), small: Vec::new(), least })
}

async fn filters(app: &App) -> Result<Filters, Refused> {
    Ok(Filters {
        scenarios: titles(app.store.published().await?).into_iter().collect(),
        teams: app.store.teams().await?.into_iter().map(|team| (team.id, team.name)).collect(),
        seasons: app.store.seasons().await?,
    })
}

/// Each slug with the title of its latest version.
pub(super) fn titles(versions: Vec<Published>) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for version in versions {
        titles.entry(version.slug).or_insert(version.title);
    }
    titles
}
