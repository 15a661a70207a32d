//! Attempts that a person should judge. Nobody is kept off a board by a program.

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use uuid::Uuid;

use super::super::boards::titles;
use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, filled, page, room};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::admin::{Cell, Field, Form as PageForm, List, ListRow};
use crate::service::pages::filters::standing_in_words;
use crate::service::store::{KeptAttempt, Thing};
use crate::team::protocol::{Flag, LARGEST_PAGE, Standing};

const HERE: &str = "/admin/attempts";
/// Letters of a reason.
const LONGEST: usize = 500;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(attempts))
        .route("/admin/attempts/{id}/invalidate", get(ask_invalidate).post(invalidate))
        .route("/admin/attempts/{id}/restore", post(restore))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LookUp {
    attempt: String,
}

async fn attempts(
    State(app): State<App>,
    by: Administrator,
    Query(said): Query<Said>,
    Query(look_up): Query<LookUp>,
) -> Page {
    let about =
        "What the service noticed and does not judge. An attempt that is taken off is kept, and can be put back.";
    let mut view = room(&app, &by.by, HERE, about, &said).await?;
    view.forms = vec![PageForm::get(
        "Look one up",
        "By its id, as it stands in a player’s own window and in an exported file.",
        HERE,
        "Look it up",
        vec![Field::text("attempt", "attempt", "Id of the attempt", 36).holding(&look_up.attempt)],
    )];
    let flagged = app.store.flagged(LARGEST_PAGE).await?;
    let mut names = Names::of(&app, &flagged).await?;
    let heads = ["Player", "Scenario", "Points", "Received", "How it stands", "Noticed"];
    if let Some(typed) = filled(&look_up.attempt) {
        let id =
            typed.parse::<Uuid>().map_err(|_| Refused::malformed("This is no id of an attempt. Copy all of it."))?;
        let found = app.store.attempt(id).await?;
        names.learn(&app, found.as_slice()).await?;
        let rows = found.iter().map(|kept| names.row(kept)).collect();
        view.lists.push(List::new("Found", "", &heads, rows, "There is no such attempt."));
    }
    let rows = flagged.iter().map(|kept| names.row(kept)).collect();
    view.lists.push(List::new("To be judged", "The latest first.", &heads, rows, "Nothing was noticed."));
    page(&view)
}

/// What ids are called.
struct Names {
    players: std::collections::BTreeMap<Uuid, String>,
    titles: std::collections::BTreeMap<String, String>,
}

impl Names {
    async fn of(app: &App, attempts: &[KeptAttempt]) -> Result<Self, Refused> {
        let titles = titles(app.store.published().await?);
        let mut names = Self { players: std::collections::BTreeMap::new(), titles };
        names.learn(app, attempts).await?;
        Ok(names)
    }

    /// Those of whoever played these.
    async fn learn(&mut self, app: &App, attempts: &[KeptAttempt]) -> Result<(), Refused> {
        for kept in attempts {
            if !self.players.contains_key(&kept.player)
                && let Some(player) = app.store.player(kept.player).await?
            {
                self.players.insert(player.id, player.alias);
            }
        }
        Ok(())
    }

    fn row(&self, kept: &KeptAttempt) -> ListRow {
        let alias = self.players.get(&kept.player).map_or("–", String::as_str);
        let title = self.titles.get(&kept.scenario).unwrap_or(&kept.scenario);
        let noticed: Vec<&str> = kept.flags.iter().map(|flag| flag_in_words(*flag)).collect();
        let stands = match &kept.invalid {
            Some(reason) => format!("{}: {reason}", standing_in_words(kept.standing)),
            None => standing_in_words(kept.standing).to_owned(),
        };
        let row = ListRow::new(
            format!("the attempt of {alias}"),
            vec![
                Cell::Link(alias.to_owned(), format!("/admin/players/{}", kept.player)),
                Cell::Words(title.clone()),
                Cell::Words(kept.judged.points.to_string()),
                Cell::Moment(kept.received),
                Cell::Words(stands),
                Cell::Words(noticed.join(" ")),
            ],
        );
        if kept.standing == Standing::Invalid {
            row.act("Put it back", format!("{HERE}/{}/restore", kept.attempt))
        } else {
            row.ask("Take it off", format!("{HERE}/{}/invalidate", kept.attempt), true)
        }
    }
}

fn flag_in_words(flag: Flag) -> &'static str {
    match flag {
        Flag::FasterThanReading => "Answered faster than one can read.",
        Flag::ClockAhead => "More time was played than passed.",
    }
}

async fn ask_invalidate(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>) -> Page {
    let kept = app.store.attempt(id).await?.ok_or_else(|| not_found(Thing::Attempt))?;
    let names = Names::of(&app, std::slice::from_ref(&kept)).await?;
    let alias = names.players.get(&kept.player).map_or("–", String::as_str);
    let title = names.titles.get(&kept.scenario).unwrap_or(&kept.scenario);
    let question = Question {
        title: format!("Take {alias}’s call at “{title}” off the boards?"),
        lines: vec!["It is kept, with its score and your reason, and can be put back."],
        action: format!("{HERE}/{id}/invalidate"),
        reason: Some("Why? It stands in the log, and the player may ask for it."),
        typed: None,
        does: "Take it off",
        back: HERE.to_owned(),
    };
    ask(&app, &by.by, question).await
}

#[derive(Debug, Deserialize)]
struct Why {
    reason: String,
}

async fn invalidate(
    State(app): State<App>,
    by: Administrator,
    Path(id): Path<Uuid>,
    Form(why): Form<Why>,
) -> Result<Response, Refused> {
    let reason = filled(&why.reason).filter(|reason| reason.chars().count() <= LONGEST);
    let reason =
        reason.ok_or_else(|| Refused::malformed(format!("A reason is needed, of at most {LONGEST} letters.")))?;
    app.store.invalidate(id, reason, &by.by, app.now()).await?;
    Ok(done(HERE, Done::Invalidated))
}

async fn restore(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>) -> Result<Response, Refused> {
    app.store.restore_attempt(id, &by.by, app.now()).await?;
    Ok(done(HERE, Done::Restored))
}
