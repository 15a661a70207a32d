//! Publishing and retiring scenarios, and which team is to do which.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use uuid::Uuid;

use super::super::boards::titles;
use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, filled, page, room};
use crate::library::load_shipped;
use crate::scenario::parse::MAXIMUM_SIZE;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::admin::{Cell, Field, Form as PageForm, List, ListRow};
use crate::service::pages::filters::day_in_words;
use crate::service::pages::frame::Choice;
use crate::service::store::{Assignment, Thing};
use crate::service::to_publish;

const HERE: &str = "/admin/scenarios";

pub(super) fn routes() -> Router<App> {
    // A form writes each byte of a text as up to three.
    let publishing = post(publish).layer(DefaultBodyLimit::max(3 * MAXIMUM_SIZE + 1024));
    Router::new()
        .route(HERE, get(scenarios).merge(publishing))
        .route("/admin/scenarios/{slug}/retire", get(ask_retire).post(retire))
        .route("/admin/assignments", post(assign))
        .route("/admin/assignments/{team}/{scenario}/drop", post(unassign))
}

async fn scenarios(State(app): State<App>, by: Administrator, Query(said): Query<Said>) -> Page {
    let about = "What is played for a rank, and who is to do it by when.";
    let mut view = room(&app, &by.by, HERE, about, &said).await?;
    let published = app.store.published().await?;
    let teams = app.store.teams().await?;
    let titles = titles(published.clone());
    let in_play = published.iter().filter(|version| version.retired.is_none());
    let in_play: Vec<Choice> = in_play.map(|version| Choice::new(&version.slug, &version.title, false)).collect();
    let shipped = shipped().into_iter().map(|(slug, title, _)| Choice::new(slug, title, false));
    let shipped: Vec<Choice> =
        std::iter::once(Choice::new("", "None of these: a file of our own", true)).chain(shipped).collect();
    view.forms = vec![PageForm::post(
        "Publish a scenario",
        "It takes the place of the version that was published before. Ranks begun on that one stay good.",
        HERE,
        "Publish",
        vec![
            Field::choice("shipped", "shipped", "One that comes with Simmer", shipped),
            Field::area("text", "text", "Or the whole text of a file")
                .optional()
                .hint("“simmer check” tells beforehand what is wrong with it."),
        ],
    )];
    if !teams.is_empty() && !in_play.is_empty() {
        let choices = teams.iter().map(|team| Choice::new(team.id.to_string(), &team.name, false)).collect();
        view.forms.push(PageForm::post(
            "Assign a scenario",
            "The team sees it in Simmer, with the date. You see here and under “What is hard” who has done it.",
            "/admin/assignments",
            "Assign",
            vec![
                Field::choice("assign-team", "team", "Team", choices),
                Field::choice("assign-scenario", "scenario", "Scenario", in_play),
                Field::date("due", "due", "To be done by")
                    .hint("To the end of that day. Without a date it is only asked for."),
            ],
        ));
    }
    let versions = published.into_iter().map(|version| {
        let state = match version.retired {
            None => Cell::Tag("In play".to_owned(), "calm"),
            Some(_) => Cell::Tag("Retired".to_owned(), ""),
        };
        let open = version.retired.is_none();
        let slug = version.slug.clone();
        let hash = version.full_hash.to_string();
        let row = ListRow::new(
            &version.title,
            vec![
                Cell::Link(version.title.clone(), format!("/trainer/{slug}")),
                state,
                Cell::Words(format!("{} of 5", version.difficulty)),
                Cell::Moment(version.published),
                Cell::Code(hash.chars().take(12).collect()),
            ],
        );
        if open { row.ask("Retire", format!("{HERE}/{slug}/retire"), true) } else { row }
    });
    let versions = List::new(
        "Versions",
        "Only calls at exactly the version in play are ranked.",
        &["Title", "State", "Difficulty", "Published", "Hash"],
        versions.collect(),
        "None was published yet.",
    );
    let assigned = app.store.assignments().await?.into_iter().map(|assignment| {
        let team = teams.iter().find(|team| team.id == assignment.team).map_or("–", |team| team.name.as_str());
        let title = titles.get(&assignment.scenario).unwrap_or(&assignment.scenario);
        let due = assignment.due.map_or_else(|| "no date".to_owned(), day_in_words);
        ListRow::new(
            format!("{title}, {team}"),
            vec![
                Cell::Name(team.to_owned()),
                Cell::Link(title.clone(), format!("/trainer/{}", assignment.scenario)),
                Cell::Words(due),
            ],
        )
        .act("Take back", format!("/admin/assignments/{}/{}/drop", assignment.team, assignment.scenario))
    });
    let assigned =
        List::new("Assignments", "", &["Team", "Scenario", "By"], assigned.collect(), "Nothing is assigned.");
    view.lists = vec![versions, assigned];
    page(&view)
}

/// The scenarios inside the program, by slug: title and text.
fn shipped() -> Vec<(String, String, String)> {
    let entries = load_shipped().into_iter();
    let read = entries.filter_map(|(_, loaded)| {
        let scenario = loaded.scenario.as_ref()?;
        Some((scenario.slug.clone(), scenario.title.clone(), loaded.source.text().to_owned()))
    });
    read.collect()
}

#[derive(Debug, Deserialize)]
struct ToPublish {
    #[serde(default)]
    shipped: String,
    #[serde(default)]
    text: String,
}

async fn publish(State(app): State<App>, by: Administrator, Form(form): Form<ToPublish>) -> Result<Response, Refused> {
    let text = match (filled(&form.shipped), filled(&form.text)) {
        (Some(slug), None) => {
            let found = shipped().into_iter().find(|(found, _, _)| found == slug);
            found.ok_or_else(|| not_found(Thing::Scenario))?.2
        }
        // A form sends line ends as CR LF.
        (None, Some(_)) => form.text.replace("\r\n", "\n"),
        (None, None) => {
            return Err(Refused::malformed("Nothing was chosen: choose a scenario, or paste the text of a file."));
        }
        (Some(_), Some(_)) => {
            return Err(Refused::malformed("Choose one: a scenario that comes with Simmer, or a text of your own."));
        }
    };
    if text.len() > MAXIMUM_SIZE {
        return Err(Refused::malformed(format!("A scenario has at most {MAXIMUM_SIZE} bytes.")));
    }
    let reading = tokio::task::spawn_blocking(move || to_publish("the text", text.as_bytes()));
    let scenario = reading.await.map_err(|error| Refused::failed(&error))?;
    let scenario = scenario.map_err(|problems| {
        Refused::malformed(format!("This cannot be played, so it was not published. {problems}"))
    })?;
    app.store.publish(&scenario, &by.by, app.now()).await?;
    Ok(done(HERE, Done::Published))
}

async fn ask_retire(State(app): State<App>, by: Administrator, Path(slug): Path<String>) -> Page {
    let title = titles(app.store.published().await?).remove(&slug);
    let title = title.ok_or_else(|| not_found(Thing::Scenario))?;
    let question = Question {
        title: format!("Take “{title}” out of play?"),
        lines: vec![
            "Nobody can begin a ranked call at it from this moment on. Calls that were begun can still be sent.",
            "Its boards stay, and it can be published again.",
        ],
        action: format!("{HERE}/{slug}/retire"),
        reason: None,
        typed: None,
        does: "Take it out of play",
        back: HERE.to_owned(),
    };
    ask(&app, &by.by, question).await
}

async fn retire(State(app): State<App>, by: Administrator, Path(slug): Path<String>) -> Result<Response, Refused> {
    app.store.retire(&slug, &by.by, app.now()).await?;
    Ok(done(HERE, Done::Retired))
}

#[derive(Debug, Deserialize)]
struct Assign {
    team: Uuid,
    scenario: String,
    #[serde(default)]
    due: String,
}

async fn assign(State(app): State<App>, by: Administrator, Form(form): Form<Assign>) -> Result<Response, Refused> {
    let due = filled(&form.due).map(|text| {
        let day = text.parse::<Date>().ok().and_then(end_of);
        day.ok_or_else(|| Refused::malformed("The date is not one. Write it as 2026-12-31."))
    });
    let assignment = Assignment { team: form.team, scenario: form.scenario, due: due.transpose()? };
    app.store.assign(&assignment, &by.by, app.now()).await?;
    Ok(done(HERE, Done::Assigned))
}

/// The last second of a day, in UTC.
fn end_of(day: Date) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    next.checked_sub(1.second()).ok()
}

async fn unassign(
    State(app): State<App>,
    by: Administrator,
    Path((team, scenario)): Path<(Uuid, String)>,
) -> Result<Response, Refused> {
    app.store.unassign(team, &scenario, &by.by, app.now()).await?;
    Ok(done(HERE, Done::Unassigned))
}
