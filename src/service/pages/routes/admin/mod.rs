//! The administration. Every act stands in the audit log, by the id of the administrator's token.

mod access;
mod attempts;
mod overview;
mod players;
mod scenarios;
mod seasons;
mod teams;

use axum::Router;

use super::said::Said;
use super::{Page, done, filled, frame, id, page};
use crate::service::http::App;
use crate::service::http::problem::Refused;
use crate::service::pages::admin::AdminView;
use crate::service::pages::door::ConfirmView;
use crate::service::pages::frame::Choice;
use crate::service::store::{Team, Who};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(overview::routes())
        .merge(teams::routes())
        .merge(players::routes())
        .merge(scenarios::routes())
        .merge(seasons::routes())
        .merge(attempts::routes())
        .merge(access::routes())
}

/// An empty room of the administration.
async fn room(app: &App, by: &str, here: &'static str, about: &str, said: &Said) -> Result<AdminView, Refused> {
    let who = Who::Administrator(by.to_owned());
    Ok(AdminView::new(frame(app, Some(&who), "/admin", said).await?, here, about))
}

/// A last question.
struct Question {
    title: String,
    lines: Vec<&'static str>,
    action: String,
    reason: Option<&'static str>,
    typed: Option<&'static str>,
    does: &'static str,
    back: String,
}

async fn ask(app: &App, by: &str, question: Question) -> Page {
    let who = Who::Administrator(by.to_owned());
    page(&ConfirmView {
        frame: frame(app, Some(&who), "/admin", &Said::default()).await?,
        title: question.title,
        lines: question.lines.into_iter().map(str::to_owned).collect(),
        action: question.action,
        reason: question.reason,
        typed: question.typed,
        does: question.does.to_owned(),
        back: question.back,
    })
}

/// The teams to choose from, and none.
fn teams_to_choose(teams: &[Team], chosen: Option<uuid::Uuid>) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "No team", chosen.is_none())];
    choices.extend(teams.iter().map(|team| Choice::new(team.id.to_string(), &team.name, chosen == Some(team.id))));
    choices
}
