//! How the service stands, what holds for all of it, and the log.

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::super::said::{Done, Said};
use super::{Page, done, page, room};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, MOST_DAYS, MOST_TEAM, settings_of};
use crate::service::pages::admin::{Cell, Field, Form as PageForm, List, ListRow};
use crate::service::pages::filters::{counted, day_in_words, grouped};
use crate::service::pages::trainer::Fact;

/// Acts on a page of the log.
const ACTS: u32 = 50;

/// Attempts that are counted out; more are not judged in a day.
const MOST_FLAGGED: u32 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/admin", get(overview)).route("/admin/settings", post(settings)).route("/admin/log", get(log))
}

async fn overview(State(app): State<App>, by: Administrator, Query(said): Query<Said>) -> Page {
    let mut view = room(&app, &by.by, "/admin", "How the service stands, and what holds for all of it.", &said).await?;
    let (players, teams) = (app.store.player_count().await?, app.store.teams().await?);
    let in_play = app.store.published().await?.iter().filter(|version| version.retired.is_none()).count();
    let flagged = app.store.flagged(MOST_FLAGGED).await?.len() as u64;
    let more = if flagged < u64::from(MOST_FLAGGED) { "" } else { " or more" };
    let fact = |name: &str, value: String, under: String| Fact { name: name.to_owned(), value, under };
    let season = app.store.season().await?;
    view.facts = vec![
        match season {
            Some(season) => fact("Season", season.name, format!("since {}", day_in_words(season.starts))),
            None => fact("Season", "None".to_owned(), "nothing is ranked until one is opened".to_owned()),
        },
        fact("Players", grouped(players), format!("in {}", counted(teams.len() as u64, "team", "teams"))),
        fact("Scenarios", in_play.to_string(), "in play for a rank".to_owned()),
        fact("To look at", format!("{flagged}{more}"), "attempts that a person should judge".to_owned()),
    ];
    let kept = app.store.settings().await?;
    view.forms = vec![PageForm::post(
        "What holds here",
        "",
        "/admin/settings",
        "Keep",
        vec![
            Field::text("name", "name", "What the service is called", 40).holding(&kept.name),
            Field::number(
                "least-team",
                "least_team",
                "Members that a team needs to be listed",
                kept.least_team,
                MOST_TEAM,
            )
            .hint("At least 3. With fewer, a team’s score tells of persons."),
            Field::number(
                "retention",
                "retention_days",
                "Days for which calls are kept",
                kept.retention_days,
                MOST_DAYS,
            )
            .hint("Counted from the end of their season. Scores stay."),
        ],
    )];
    page(&view)
}

#[derive(Debug, Deserialize)]
struct Holds {
    name: String,
    least_team: u32,
    retention_days: u32,
}

async fn settings(State(app): State<App>, by: Administrator, Form(form): Form<Holds>) -> Result<Response, Refused> {
    let settings = settings_of(&form.name, form.retention_days, form.least_team)?;
    app.store.set_settings(&settings, &by.by, app.now()).await?;
    Ok(done("/admin", Done::SettingsKept))
}

#[derive(Debug, Deserialize)]
struct Before {
    before: Option<u64>,
}

async fn log(State(app): State<App>, by: Administrator, Query(from): Query<Before>) -> Page {
    let about = "Every act of an administrator, the latest first. Nothing can be changed in it or taken from it.";
    let mut view = room(&app, &by.by, "/admin/log", about, &Said::default()).await?;
    let log = app.store.audit(from.before, ACTS).await?;
    let last = log.last().map(|act| act.number).filter(|&last| last > 1);
    let rows = log.into_iter().map(|act| {
        ListRow::new(
            act.number.to_string(),
            vec![
                Cell::Words(act.number.to_string()),
                Cell::Moment(act.at),
                Cell::Code(act.by),
                Cell::Words(act.act.replace('-', " ")),
                Cell::Code(act.about),
                Cell::Code(if act.detail == "{}" { String::new() } else { act.detail }),
            ],
        )
    });
    let mut done = List::new(
        "Log",
        "",
        &["No.", "When", "By", "What", "About", "Details"],
        rows.collect(),
        "Nothing was done yet.",
    );
    let next = last.map(|last| format!("/admin/log?before={last}"));
    done = done.paged("/admin/log", from.before.is_some(), next);
    view.lists = vec![done];
    page(&view)
}
