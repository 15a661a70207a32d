//! Teams, and the invites with which people join.

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use uuid::Uuid;

use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, id, page, room, teams_to_choose};
use crate::service::access::{Name, new_invite};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::admin::{AdminView, Cell, Field, Form as PageForm, List, ListRow, Made};
use crate::service::pages::filters::{counted, day_in_words};
use crate::service::store::{Team, Thing};
use crate::team::Invite;

const HERE: &str = "/admin/teams";
const ABOUT: &str = "Who plays together, and how somebody comes to be one of them.";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(teams).post(add))
        .route("/admin/invites", post(invite))
        .route("/admin/teams/{id}", get(one))
        .route("/admin/teams/{id}/name", post(rename))
        .route("/admin/teams/{id}/drop", get(ask_drop).post(drop_it))
}

async fn teams(State(app): State<App>, by: Administrator, Query(said): Query<Said>) -> Page {
    page(&filled_room(&app, &by, &said).await?)
}

async fn filled_room(app: &App, by: &Administrator, said: &Said) -> Result<AdminView, Refused> {
    let mut view = room(app, &by.by, HERE, ABOUT, said).await?;
    let teams = app.store.teams().await?;
    let name_of = |team: Option<Uuid>| {
        let found = team.and_then(|team| teams.iter().find(|found| found.id == team));
        found.map_or_else(|| "no team".to_owned(), |found| found.name.clone())
    };
    view.forms = vec![
        PageForm::post(
            "Invite somebody",
            "An invite is for one person. It works once, for seven days.",
            "/admin/invites",
            "Make an invite",
            vec![Field::choice("invite-team", "team", "Team", teams_to_choose(&teams, None))],
        ),
        PageForm::post("A new team", "", HERE, "Make it", vec![Field::text("team-name", "name", "Name", 40)]),
    ];
    let rows = teams.iter().map(|team| {
        let row = ListRow::new(
            &team.name,
            vec![Cell::Name(team.name.clone()), Cell::Words(counted(team.players, "player", "players"))],
        );
        let row = row.ask("Change", format!("{HERE}/{}", team.id), false);
        if team.players == 0 { row.ask("Drop", format!("{HERE}/{}/drop", team.id), true) } else { row }
    });
    let invites = app.store.invites().await?;
    let invites = invites.iter().map(|invite| {
        let state = match invite.used {
            Some(_) => Cell::Tag("Used".to_owned(), ""),
            None if invite.expires <= app.now() => Cell::Tag("Too old".to_owned(), ""),
            None => Cell::Tag("Open".to_owned(), "calm"),
        };
        let cells = vec![
            Cell::Name(name_of(invite.team)),
            state,
            Cell::Moment(invite.made),
            Cell::Moment(invite.expires),
            Cell::Code(invite.by.clone()),
        ];
        ListRow::new("", cells)
    });
    view.lists = vec![
        List::new(
            "Teams",
            "A team that nobody is in can be dropped.",
            &["Name", "Players"],
            rows.collect(),
            "There is no team yet.",
        ),
        List::new(
            "Invites",
            "Their links are kept nowhere: only that they were made.",
            &["Into", "State", "Made", "Good until", "By"],
            invites.collect(),
            "None was made yet.",
        ),
    ];
    Ok(view)
}

#[derive(Debug, Deserialize)]
struct Into {
    team: String,
}

/// The link is in the answer to the form itself: it is kept nowhere that another page could read it from.
async fn invite(State(app): State<App>, by: Administrator, Form(form): Form<Into>) -> Page {
    let team = id(&form.team)?;
    let (code, hash) = new_invite()?;
    let invited = app.store.invite(hash, team, &by.by, app.now()).await?;
    let link = Invite { address: app.place.address.clone(), code, pin: app.place.pin };
    let mut view = filled_room(&app, &by, &Said::default()).await?;
    view.made = Some(Made {
        heading: "The invite".to_owned(),
        secrets: vec![(
            format!("Send it to one person. It works once, until {}.", day_in_words(invited.expires)),
            link.to_string(),
        )],
    });
    page(&view)
}

#[derive(Debug, Deserialize)]
struct Called {
    name: String,
}

async fn add(State(app): State<App>, by: Administrator, Form(form): Form<Called>) -> Result<Response, Refused> {
    let name = Name::of(&form.name).map_err(|why| Refused::malformed(why.to_string()))?;
    app.store.put_team(Uuid::now_v7(), name.shown(), name.key(), &by.by, app.now()).await?;
    Ok(done(HERE, Done::TeamMade))
}

async fn team(app: &App, id: Uuid) -> Result<Team, Refused> {
    let found = app.store.teams().await?.into_iter().find(|team| team.id == id);
    found.ok_or_else(|| not_found(Thing::Team))
}

async fn one(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>, Query(said): Query<Said>) -> Page {
    let team = team(&app, id).await?;
    let mut view = room(&app, &by.by, HERE, &counted(team.players, "player", "players"), &said).await?;
    view.heading.clone_from(&team.name);
    view.forms = vec![PageForm::post(
        "Another name",
        "",
        &format!("{HERE}/{id}/name"),
        "Change it",
        vec![Field::text("team-name", "name", "Name", 40).holding(&team.name)],
    )];
    let players = app.store.players().await?;
    let rows = players.into_iter().filter(|row| row.player.team == Some(id)).map(|row| {
        let listed = if row.player.listed { "Shown" } else { "Not shown" };
        ListRow::new(
            &row.player.alias,
            vec![
                Cell::Link(row.player.alias.clone(), format!("/admin/players/{}", row.player.id)),
                Cell::Words(row.real_name.unwrap_or_default()),
                Cell::Words(listed.to_owned()),
            ],
        )
    });
    view.lists =
        vec![List::new("Players", "", &["Plays as", "Real name", "On boards"], rows.collect(), "Nobody is in it.")];
    page(&view)
}

async fn rename(
    State(app): State<App>,
    by: Administrator,
    Path(id): Path<Uuid>,
    Form(form): Form<Called>,
) -> Result<Response, Refused> {
    let team = team(&app, id).await?;
    let name = Name::of(&form.name).map_err(|why| Refused::malformed(why.to_string()))?;
    app.store.put_team(team.id, name.shown(), name.key(), &by.by, app.now()).await?;
    Ok(done(&format!("{HERE}/{id}"), Done::TeamRenamed))
}

async fn ask_drop(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>) -> Page {
    let team = team(&app, id).await?;
    let question = Question {
        title: format!("Drop the team “{}”?", team.name),
        lines: vec!["Nobody is in it. Where it stood on boards of past seasons, its name goes too."],
        action: format!("{HERE}/{id}/drop"),
        reason: None,
        typed: None,
        does: "Drop it",
        back: HERE.to_owned(),
    };
    ask(&app, &by.by, question).await
}

async fn drop_it(State(app): State<App>, by: Administrator, Path(id): Path<Uuid>) -> Result<Response, Refused> {
    app.store.drop_team(id, &by.by, app.now()).await?;
    Ok(done(HERE, Done::TeamDropped))
}
