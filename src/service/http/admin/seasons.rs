//! Opening and closing seasons.

use axum::Json;
use axum::extract::State;
use uuid::Uuid;

use super::messages::{CloseSeason, OpenNow, OpenSeason};
use crate::service::access::Name;
use crate::service::http::app::App;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known};
use crate::service::http::reading::Message;
use crate::service::store::NewSeason;
use crate::team::protocol::Season;

/// More than anybody plays in a season.
const MOST_ATTEMPTS: u32 = 1000;

/// Open a season, where none is open
#[utoipa::path(post, path = "/v1/admin/seasons", tag = "administrator", request_body = OpenSeason,
    security(("token" = [])), responses((status = 200, body = Season), Always, Known, Against))]
pub(super) async fn open_season(
    State(app): State<App>,
    by: Administrator,
    Message(season): Message<OpenSeason>,
) -> Result<Json<Season>, Refused> {
    Ok(Json(app.store.open_season(&new(&season)?, &by.by, app.now()).await?))
}

/// Close the open season, and open the next one in the same moment where one is given
#[utoipa::path(post, path = "/v1/admin/seasons/close", tag = "administrator", request_body = CloseSeason,
    security(("token" = [])), responses((status = 200, body = OpenNow), Always, Known, Against))]
pub(super) async fn close_season(
    State(app): State<App>,
    by: Administrator,
    Message(close): Message<CloseSeason>,
) -> Result<Json<OpenNow>, Refused> {
    let next = close.next.as_ref().map(new).transpose()?;
    Ok(Json(OpenNow { season: app.store.close_season(next.as_ref(), &by.by, app.now()).await? }))
}

fn new(season: &OpenSeason) -> Result<NewSeason, Refused> {
    let name = Name::of(&season.name).map_err(|why| Refused::malformed(why.to_string()))?;
    let attempts = season.attempts.unwrap_or(NewSeason::ATTEMPTS);
    if !(1..=MOST_ATTEMPTS).contains(&attempts) {
        return Err(Refused::malformed(format!("A season has 1 to {MOST_ATTEMPTS} ranked attempts a scenario.")));
    }
    Ok(NewSeason { id: Uuid::now_v7(), name: name.shown().to_owned(), attempts })
}
