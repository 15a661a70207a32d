//! For administrators. Every act stands in the audit log, by the id of the token.

mod attempts;
pub mod listed;
mod messages;
mod players;
mod rules;
mod scenarios;
mod seasons;
mod statistics;
mod teams;
mod tokens;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::app::App;

pub(in crate::service) use rules::{MOST_DAYS, MOST_TEAM, settings_of};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(teams::teams, teams::add_team))
        .routes(routes!(teams::rename_team, teams::drop_team))
        .routes(routes!(seasons::open_season))
        .routes(routes!(seasons::close_season))
        .routes(routes!(scenarios::published, scenarios::publish))
        .routes(routes!(scenarios::retire))
        .routes(routes!(scenarios::assignments, scenarios::assign))
        .routes(routes!(scenarios::unassign))
        .routes(routes!(tokens::invites, tokens::invite))
        .routes(routes!(tokens::tokens, tokens::add_token))
        .routes(routes!(tokens::revoke))
        .routes(routes!(players::players))
        .routes(routes!(players::change_player, players::delete_player))
        .routes(routes!(players::export_player))
        .routes(routes!(attempts::flagged))
        .routes(routes!(attempts::attempt))
        .routes(routes!(attempts::invalidate))
        .routes(routes!(attempts::restore))
        .routes(routes!(rules::settings, rules::set_settings))
        .routes(routes!(rules::audit))
        .routes(routes!(statistics::statistics))
}
