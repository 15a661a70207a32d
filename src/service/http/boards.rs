//! Boards and seasons.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::app::App;
use super::attempts::rows;
use super::caller::Caller;
use super::problem::Refused;
use super::problems::{Against, Always, Known, Missing};
use super::reading::{Query, no_such_page};
use crate::scenario::vocabulary::Skill;
use crate::service::store::Asked;
use crate::team::protocol::{BoardName, BoardPage, ImprovedBoard, OwnRank, Seasons, TeamBoard};

/// Which board, and which page of it.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BoardQuery {
    /// The slug; all scenarios together where it is missing.
    scenario: Option<String>,
    /// `Listening`, `CalmTone`, `Empathy`, `NeedsAssessment` or `FollowThrough`; the overall score where it is missing.
    #[param(value_type = Option<String>)]
    skill: Option<Skill>,
    team: Option<Uuid>,
    /// The open one where it is missing.
    season: Option<Uuid>,
    /// What came as `next` with the page before.
    cursor: Option<String>,
    /// Rows, 1 to 100.
    limit: Option<u32>,
}

impl BoardQuery {
    fn board(&self) -> BoardName {
        BoardName { scenario: self.scenario.clone(), skill: self.skill, team: self.team, season: self.season }
    }
}

/// A page of a board
#[utoipa::path(get, path = "/v1/boards", tag = "boards", security(("token" = [])), params(BoardQuery),
    responses((status = 200, body = BoardPage), Always, Known, Missing, Against))]
pub(super) async fn board(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<BoardQuery>,
) -> Result<Json<BoardPage>, Refused> {
    let asked = Asked { board: query.board(), limit: rows(query.limit), cursor: query.cursor, player: caller.player() };
    let page = app.store.board_page(&asked, app.now()).await?;
    page.map(Json).ok_or_else(no_such_page)
}

/// One's own rank
#[utoipa::path(get, path = "/v1/boards/rank", tag = "boards", security(("token" = [])), params(BoardQuery),
    responses((status = 200, body = OwnRank), Always, Known, Missing, Against))]
pub(super) async fn rank(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<BoardQuery>,
) -> Result<Json<OwnRank>, Refused> {
    Ok(Json(app.store.rank(&query.board(), caller.player()).await?))
}

/// Teams by the median of their members
#[utoipa::path(get, path = "/v1/boards/teams", tag = "boards", security(("token" = [])), params(BoardQuery),
    responses((status = 200, body = TeamBoard), Always, Known, Missing, Against))]
pub(super) async fn teams(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<BoardQuery>,
) -> Result<Json<TeamBoard>, Refused> {
    Ok(Json(app.store.team_board(&query.board(), caller.player()).await?))
}

/// Who gained most from the first to the latest attempt
#[utoipa::path(get, path = "/v1/boards/improved", tag = "boards", security(("token" = [])), params(BoardQuery),
    responses((status = 200, body = ImprovedBoard), Always, Known, Missing, Against))]
pub(super) async fn improved(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<BoardQuery>,
) -> Result<Json<ImprovedBoard>, Refused> {
    Ok(Json(app.store.improved(&query.board(), rows(query.limit), caller.player()).await?))
}

/// All seasons, the latest first
#[utoipa::path(get, path = "/v1/seasons", tag = "boards", security(("token" = [])),
    responses((status = 200, body = Seasons), Always, Known))]
pub(super) async fn seasons(State(app): State<App>, _caller: Caller) -> Result<Json<Seasons>, Refused> {
    Ok(Json(Seasons { seasons: app.store.seasons().await? }))
}
