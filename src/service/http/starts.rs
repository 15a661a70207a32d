//! Leave to play a ranked run.

use axum::Json;
use axum::extract::State;

use super::app::App;
use super::caller::Player;
use super::problem::Refused;
use super::problems::{Against, Always, Known};
use super::reading::Message;
use crate::attempt::RULES_VERSION;
use crate::scenario::model::Hash;
use crate::service::access::chance;
use crate::service::store::Limit;
use crate::service::verify;
use crate::team::protocol::{AskStart, Start};

const STARTS: Limit = Limit { most: 60, window: 60 };

/// Leave to play one ranked run, with the seed to play it by
///
/// It counts when it is given. The same `id` has the same answer.
#[utoipa::path(post, path = "/v1/starts", tag = "player", request_body = AskStart, security(("token" = [])),
    responses((status = 200, body = Start), Always, Known, Against))]
pub(super) async fn start(
    State(app): State<App>,
    player: Player,
    Message(ask): Message<AskStart>,
) -> Result<Json<Start>, Refused> {
    app.limit(&format!("start {}", player.id), STARTS).await?;
    if ask.full_hash.parse::<Hash>().is_err() {
        return Err(verify::not_published());
    }
    if ask.rules != RULES_VERSION {
        return Err(verify::other_rules(ask.rules));
    }
    let seed = u64::from_le_bytes(chance()?);
    Ok(Json(app.store.issue_start(player.id, &ask, seed, app.now()).await?))
}
