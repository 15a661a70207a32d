//! Teams, and the invites with which people join.

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, filled, id, page, room, teams_to_choose};
use crate::service::access::{Name, new_invite};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, no_such_page, not_found};
use crate::service::pages::admin::{AdminView, Cell, Field, Form as PageForm, List, ListRow, Made};
use crate::service::pages::filters::{address, counted, day_in_words};
use crate::service::pages::frame::Way;
use crate::service::store::{InviteCounts, Invited, PlayersAsked, Team, Thing};
use crate::team::Invite;

const HERE: &str = "/admin/teams";
const INVITES: &str = "/admin/invites";
const INVITE_HEADS: [&str; 5] = ["Into", "State", "Made", "Good until", "By"];
/// Invites beside the teams.
const LATEST: u32 = 10;
/// Rows on a page of a long list.
const ROWS: u32 = 50;
const ABOUT: &str = "Who plays together, and how somebody comes to be one of them.";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(teams).post(add))
        .route(INVITES, get(invites).post(invite))
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
    view.forms = vec![
        PageForm::post(
            "Invite somebody",
            "An invite is for one person. It works once, for seven days.",
            INVITES,
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
    let latest = app.store.invites_page(None, LATEST).await?.ok_or_else(no_such_page)?;
    let (made, more) = (latest.total, latest.next.is_some());
    let mut invites = List::new(
        "Invites",
        &counts(app).await?,
        &INVITE_HEADS,
        invite_rows(latest.rows, &teams, app.now()),
        "None was made yet.",
    );
    if more {
        invites.next = Some(Way::new(INVITES, format!("All {}", counted(made, "invite", "invites"))));
    }
    view.lists = vec![
        List::new(
            "Teams",
            "A team that nobody is in can be dropped.",
            &["Name", "Players"],
            rows.collect(),
            "There is no team yet.",
        ),
        invites,
    ];
    Ok(view)
}

/// "3 invites are open, 40 were used, 2 are too old."
async fn counts(app: &App) -> Result<String, Refused> {
    let counts = app.store.invite_counts(app.now()).await?;
    let kept = "Their links are kept nowhere: only that they were made.";
    if counts == InviteCounts::default() {
        return Ok(kept.to_owned());
    }
    let of = |count: u64, one: &str, many: &str| (count > 0).then(|| counted(count, one, many));
    let told = [
        of(counts.open, "is open", "are open"),
        of(counts.used, "was used", "were used"),
        of(counts.expired, "is too old", "are too old"),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    Ok(format!("{}. {kept}", told.join(", ")))
}

fn invite_rows(invites: Vec<Invited>, teams: &[Team], now: Timestamp) -> Vec<ListRow> {
    let name_of = |team: Option<Uuid>| {
        let found = team.and_then(|team| teams.iter().find(|found| found.id == team));
        found.map_or_else(|| "no team".to_owned(), |found| found.name.clone())
    };
    let row = |invite: Invited| {
        let state = match invite.used {
            Some(_) => Cell::Tag("Used".to_owned(), ""),
            None if invite.expires <= now => Cell::Tag("Too old".to_owned(), ""),
            None => Cell::Tag("Open".to_owned(), "calm"),
        };
        let cells = vec![
            Cell::Name(name_of(invite.team)),
            state,
            Cell::Moment(invite.made),
            Cell::Moment(invite.expires),
            Cell::Code(invite.by),
        ];
        ListRow::new("", cells)
    };
    invites.into_iter().map(row).collect()
}

async fn invites(State(app): State<App>, by: Administrator, Query(after): Query<After>) -> Page {
    let mut view = room(&app, &by.by, HERE, &counts(&app).await?, &Said::default()).await?;
    "Invites".clone_into(&mut view.heading);
    let cursor = filled(&after.after);
    let found = app.store.invites_page(cursor, ROWS).await?.ok_or_else(no_such_page)?;
    let rows = invite_rows(found.rows, &app.store.teams().await?, app.now());
    let next = found.next.map(|next| address(INVITES, &[("after", &next)]));
    let list = List::new("The latest first", "", &INVITE_HEADS, rows, "None was made yet.");
    view.lists = vec![list.paged(INVITES, cursor.is_some(), next)];
    page(&view)
}

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
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

async fn one(
    State(app): State<App>,
    by: Administrator,
    Path(id): Path<Uuid>,
    Query(said): Query<Said>,
    Query(after): Query<After>,
) -> Page {
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
    let cursor = filled(&after.after).map(str::to_owned);
    let further = cursor.is_some();
    let asked = PlayersAsked { team: Some(id), cursor, limit: ROWS, ..PlayersAsked::default() };
    let found = app.store.players_page(&asked).await?.ok_or_else(no_such_page)?;
    let rows = found.rows.into_iter().map(|row| {
        let listed = if row.player.listed { "Shown" } else { "Not shown" };
        ListRow::new(
            &row.player.alias,
            vec![
                Cell::Link(row.player.alias.clone(), format!("/admin/players/{}", row.player.id)),
                Cell::Name(row.real_name.unwrap_or_default()),
                Cell::Words(listed.to_owned()),
            ],
        )
    });
    let list = List::new("Players", "", &["Plays as", "Real name", "On boards"], rows.collect(), "Nobody is in it.");
    let here = format!("{HERE}/{id}");
    let next = found.next.map(|next| address(&here, &[("after", &next)]));
    view.lists = vec![list.paged(&here, further, next)];
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
