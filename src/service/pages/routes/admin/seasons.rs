//! Seasons: opening the next one, closing the open one.

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use uuid::Uuid;

use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, filled, page, room};
use crate::service::access::Name;
use crate::service::http::App;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::pages::admin::{Cell, Field, Form as PageForm, List, ListRow};
use crate::service::pages::filters::counted;
use crate::service::store::NewSeason;

const HERE: &str = "/admin/seasons";
/// Ranked attempts at a scenario that make sense in one season.
const MOST: u32 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route(HERE, get(seasons).post(open)).route("/admin/seasons/close", get(ask_close).post(close))
}

async fn seasons(State(app): State<App>, by: Administrator, Query(said): Query<Said>) -> Page {
    let about = "A season has boards of its own. One is open at a time; those of the past stay to be looked at.";
    let mut view = room(&app, &by.by, HERE, about, &said).await?;
    let seasons = app.store.seasons().await?;
    let open = seasons.iter().any(|season| season.ends.is_none());
    let (heading, about, does) = if open {
        let about = "The open one is closed, and this one opens, in the same moment.";
        ("The next season", about, "Close, and open this one")
    } else {
        ("A new season", "Nothing is ranked until a season is open.", "Open it")
    };
    view.forms = vec![PageForm::post(
        heading,
        about,
        HERE,
        does,
        vec![
            Field::text("season-name", "name", "Name", 40).hint("As in “Winter 2026”."),
            Field::number("season-attempts", "attempts", "Ranked calls for each scenario", NewSeason::ATTEMPTS, MOST)
                .hint("The first is for the board, later ones for “most improved”."),
        ],
    )];
    let rows = seasons.into_iter().map(|season| {
        let state = match season.ends {
            None => Cell::Tag("Open".to_owned(), "calm"),
            Some(_) => Cell::Tag("Closed".to_owned(), ""),
        };
        let ends = season.ends.map_or_else(|| Cell::Words("still open".to_owned()), Cell::Moment);
        let calls = counted(season.attempts.into(), "call", "calls");
        let open = season.ends.is_none();
        let row = ListRow::new(
            &season.name,
            vec![
                Cell::Link(season.name.clone(), format!("/?season={}", season.id)),
                state,
                Cell::Moment(season.starts),
                ends,
                Cell::Words(calls),
            ],
        );
        if open { row.ask("Close", format!("{HERE}/close"), true) } else { row }
    });
    view.lists = vec![List::new(
        "Seasons",
        "",
        &["Name", "State", "Began", "Ended", "For each scenario"],
        rows.collect(),
        "There is none yet.",
    )];
    page(&view)
}

#[derive(Debug, Deserialize)]
struct Next {
    name: String,
    attempts: u32,
}

async fn open(State(app): State<App>, by: Administrator, Form(form): Form<Next>) -> Result<Response, Refused> {
    let typed = filled(&form.name).ok_or_else(|| Refused::malformed("A season needs a name, as in “Winter 2026”."))?;
    let name = Name::of(typed).map_err(|why| Refused::malformed(why.to_string()))?;
    if !(1..=MOST).contains(&form.attempts) {
        return Err(Refused::malformed(format!("A season has 1 to {MOST} ranked calls for each scenario.")));
    }
    let next = NewSeason { id: Uuid::now_v7(), name: name.shown().to_owned(), attempts: form.attempts };
    if app.store.season().await?.is_some() {
        app.store.close_season(Some(&next), &by.by, app.now()).await?;
    } else {
        app.store.open_season(&next, &by.by, app.now()).await?;
    }
    Ok(done(HERE, Done::SeasonOpened))
}

async fn ask_close(State(app): State<App>, by: Administrator) -> Page {
    let season = app.store.season().await?;
    let season = season.ok_or_else(|| Refused::not_found("No season is open."))?;
    let question = Question {
        title: format!("Close “{}”?", season.name),
        lines: vec![
            "Its boards are as they are from then on, and nothing is ranked until another season is opened.",
            "It cannot be opened again. Calls that were begun in it can still be sent until their leave runs out.",
        ],
        action: format!("{HERE}/close"),
        reason: None,
        typed: None,
        does: "Close it",
        back: HERE.to_owned(),
    };
    ask(&app, &by.by, question).await
}

async fn close(State(app): State<App>, by: Administrator) -> Result<Response, Refused> {
    app.store.close_season(None, &by.by, app.now()).await?;
    Ok(done(HERE, Done::SeasonClosed))
}
