//! Players: who they are, what team they are in, their devices; exporting and deleting what is kept of them.

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::super::own::{DELETE, Typed};
use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, filled, id, page, room, teams_to_choose};
use crate::service::access::Name;
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, no_such_page, not_found};
use crate::service::pages::admin::{Cell, Field, Form as PageForm, List, ListRow, Search};
use crate::service::pages::filters::{address, counted, grouped};
use crate::service::pages::frame::Choice;
use crate::service::store::{PlayerRow, PlayersAsked, Team, Thing};
use crate::team::Kind;

const HERE: &str = "/admin/players";
/// Players on a page.
const ROWS: u32 = 50;
/// Letters of a real name.
const LONGEST: u32 = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(players))
        .route("/admin/players/{id}", get(one))
        .route("/admin/players/{id}/team", post(move_to))
        .route("/admin/players/{id}/name", post(real_name))
        .route("/admin/players/{id}/export", get(export))
        .route("/admin/players/{id}/devices/{device}/revoke", get(ask_revoke).post(revoke))
        .route("/admin/players/{id}/delete", get(ask_delete).post(delete))
}

/// Which of the players.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    search: String,
    team: String,
    after: String,
}

async fn players(
    State(app): State<App>,
    by: Administrator,
    Query(said): Query<Said>,
    Query(wanted): Query<Wanted>,
) -> Page {
    let about = "Who plays, under the names they chose. A real name stands here and nowhere else.";
    let mut view = room(&app, &by.by, HERE, about, &said).await?;
    let asked = PlayersAsked {
        alike: filled(&wanted.search).map(Name::key_of_part),
        team: id(&wanted.team)?,
        cursor: filled(&wanted.after).map(str::to_owned),
        limit: ROWS,
    };
    let found = app.store.players_page(&asked).await?.ok_or_else(no_such_page)?;
    let all = app.store.player_count().await?;
    let narrowed = filled(&wanted.search).is_some() || asked.team.is_some();
    let filters = [("search", wanted.search.trim()), ("team", wanted.team.as_str())];
    let rows = found.rows.into_iter().map(|row| {
        let to = format!("{HERE}/{}", row.player.id);
        let seen = row.last_seen.map_or_else(|| Cell::Words("never".to_owned()), Cell::Moment);
        let listed =
            if row.player.listed { Cell::Words("Shown".to_owned()) } else { Cell::Tag("Not shown".to_owned(), "") };
        let cells = vec![
            Cell::Link(row.player.alias.clone(), to.clone()),
            Cell::Name(row.real_name.unwrap_or_default()),
            Cell::Name(row.player.team_name.unwrap_or_default()),
            listed,
            Cell::Words(row.attempts.to_string()),
            seen,
        ];
        ListRow::new(row.player.alias, cells)
    });
    let (about, none) = match (all, narrowed) {
        (0, _) => (String::new(), "Nobody has joined yet. Make an invite under “Teams and invites”."),
        (all, false) => (format!("{}, by name.", counted(all, "player", "players")), ""),
        (all, true) => {
            let about = format!("{} of {}.", grouped(found.total), counted(all, "player", "players"));
            (about, "Nobody is found. A part of a name is enough; small and capital letters are the same.")
        }
    };
    let heads = ["Plays as", "Real name", "Team", "On boards", "Calls", "Last seen"];
    let next = found.next.map(|cursor| address(HERE, &[filters[0], filters[1], ("after", &cursor)]));
    let list = List::new("Players", &about, &heads, rows.collect(), none);
    let mut list = list.paged(&address(HERE, &filters), asked.cursor.is_some(), next);
    if all > 0 {
        list.search = Some(search(&app.store.teams().await?, &wanted, asked.team, narrowed));
    }
    view.lists = vec![list];
    page(&view)
}

/// By the name that is played under alone: an address is read on its way, and a real name has no place in one.
fn search(teams: &[Team], wanted: &Wanted, team: Option<Uuid>, narrowed: bool) -> Search {
    let mut fields = vec![Field::search("search", "search", "Name they play under", 40).holding(wanted.search.trim())];
    if !teams.is_empty() {
        let mut choices = vec![Choice::new("", "All teams", team.is_none())];
        choices.extend(teams.iter().map(|of| Choice::new(of.id.to_string(), &of.name, team == Some(of.id))));
        fields.push(Field::choice("team", "team", "Team", choices));
    }
    Search { action: HERE.to_owned(), fields, all: narrowed.then(|| HERE.to_owned()) }
}

async fn player(app: &App, id: Uuid) -> Result<PlayerRow, Refused> {
    app.store.player_row(id).await?.ok_or_else(|| not_found(Thing::Player))
}

async fn one(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>, Query(said): Query<Said>) -> Page {
    let row = player(&app, id).await?;
    let about = if row.player.listed { "Shown on boards." } else { "Has chosen not to be shown on boards." };
    let mut view = room(&app, &by.by, HERE, about, &said).await?;
    view.heading.clone_from(&row.player.alias);
    let teams = app.store.teams().await?;
    view.forms = vec![
        PageForm::post(
            "Team",
            "Their scores go with them.",
            &format!("{HERE}/{id}/team"),
            "Move",
            vec![Field::choice("team", "team", "Team", teams_to_choose(&teams, row.player.team))],
        ),
        PageForm::post(
            "Real name",
            "Only administrators see it. Leave it empty to forget it.",
            &format!("{HERE}/{id}/name"),
            "Keep",
            vec![
                Field::text("real-name", "name", "Real name", LONGEST)
                    .holding(row.real_name.as_deref().unwrap_or_default())
                    .optional(),
            ],
        ),
        PageForm::get(
            "What is kept of them",
            "A copy of all of it, as a file, if they ask for it.",
            &format!("{HERE}/{id}/export"),
            "Take a copy",
            Vec::new(),
        ),
        PageForm::get(
            "Deleting",
            "Everything about them, on every board and in every season. It cannot be taken back.",
            &format!("{HERE}/{id}/delete"),
            "Delete",
            Vec::new(),
        ),
    ];
    let devices = app.store.devices(id).await?.into_iter().map(|device| {
        let name = device.name.clone().unwrap_or_else(|| "Without a name".to_owned());
        let seen = device.last_seen.map_or_else(|| Cell::Words("never".to_owned()), Cell::Moment);
        ListRow::new(
            &name,
            vec![Cell::Name(name.clone()), Cell::Code(device.id.clone()), Cell::Moment(device.added), seen],
        )
        .ask("Revoke", format!("{HERE}/{id}/devices/{}/revoke", device.id), true)
    });
    view.lists = vec![List::new(
        "Devices",
        "",
        &["Name", "Id", "Added", "Last seen"],
        devices.collect(),
        "They have none that is let in.",
    )];
    page(&view)
}

#[derive(Debug, Deserialize)]
struct To {
    team: String,
}

async fn move_to(
    State(app): State<App>,
    by: Administrator,
    Path(player): Path<Uuid>,
    Form(form): Form<To>,
) -> Result<Response, Refused> {
    app.store.set_team(player, id(&form.team)?, &by.by, app.now()).await?;
    Ok(done(&format!("{HERE}/{player}"), Done::PlayerMoved))
}

#[derive(Debug, Deserialize)]
struct Called {
    name: String,
}

async fn real_name(
    State(app): State<App>,
    by: Administrator,
    Path(player): Path<Uuid>,
    Form(form): Form<Called>,
) -> Result<Response, Refused> {
    let name = filled(&form.name);
    let too_long = |name: &str| name.chars().count() > LONGEST as usize || name.chars().any(char::is_control);
    if name.is_some_and(too_long) {
        return Err(Refused::malformed(format!("A name has at most {LONGEST} letters, on one line.")));
    }
    app.store.set_real_name(player, name, &by.by, app.now()).await?;
    Ok(done(&format!("{HERE}/{player}"), Done::RealNameKept))
}

async fn export(State(app): State<App>, by: Administrator, Path(player): Path<Uuid>) -> Result<Response, Refused> {
    let export = app.store.export_player(player).await?;
    app.store.note(&by.by, "export-player", &player.to_string(), app.now()).await?;
    let mut response = Json(export).into_response();
    if let Ok(name) = HeaderValue::try_from(format!("attachment; filename=\"{player}.json\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

async fn ask_revoke(State(app): State<App>, by: Administrator, Path((player, device)): Path<(Uuid, String)>) -> Page {
    let known = app.store.devices(player).await?.into_iter().find(|known| known.id == device);
    let known = known.ok_or_else(|| not_found(Thing::Token))?;
    let question = Question {
        title: format!("Revoke the device {}?", known.name.as_deref().unwrap_or(&known.id)),
        lines: vec!["Simmer on it is let in no more, from this moment on. It cannot be taken back."],
        action: format!("{HERE}/{player}/devices/{}/revoke", known.id),
        reason: None,
        typed: None,
        does: "Revoke it",
        back: format!("{HERE}/{player}"),
    };
    ask(&app, &by.by, question).await
}

async fn revoke(
    State(app): State<App>,
    by: Administrator,
    Path((player, device)): Path<(Uuid, String)>,
) -> Result<Response, Refused> {
    let known = app.store.devices(player).await?.into_iter().find(|known| known.id == device);
    let known = known.ok_or_else(|| not_found(Thing::Token))?;
    app.store.revoke(Kind::Device, &known.id, &by.by, app.now()).await?;
    Ok(done(&format!("{HERE}/{player}"), Done::DeviceRevoked))
}

async fn ask_delete(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>) -> Page {
    let row = player(&app, id).await?;
    let question = Question {
        title: format!("Delete everything about {}?", row.player.alias),
        lines: vec![
            "Name, devices, calls and scores go at once, from every board and every season. Nobody can bring them back.",
            "If they only do not want to be seen, they can take themselves off the boards on their own page.",
        ],
        action: format!("{HERE}/{id}/delete"),
        reason: None,
        typed: Some(DELETE),
        does: "Delete everything",
        back: format!("{HERE}/{id}"),
    };
    ask(&app, &by.by, question).await
}

async fn delete(
    State(app): State<App>,
    by: Administrator,
    Path(player): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refused> {
    typed.or_refused()?;
    app.store.delete_player(player, &by.by, app.now()).await?;
    Ok(done(HERE, Done::PlayerDeleted))
}
