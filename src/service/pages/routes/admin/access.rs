//! Tokens of administrators and of displays.

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use jiff::SignedDuration;
use serde::Deserialize;

use super::super::said::{Done, Said};
use super::{Page, Question, ask, done, filled, page, room};
use crate::service::access::session::{Purpose, Secret};
use crate::service::access::{Name, new_token};
use crate::service::http::caller::Administrator;
use crate::service::http::problem::Refused;
use crate::service::http::{App, not_found};
use crate::service::pages::admin::{AdminView, Cell, Field, Form as PageForm, List, ListRow, Made};
use crate::service::pages::frame::Choice;
use crate::service::store::{KeptToken, Thing, Who};
use crate::team::Kind;

const HERE: &str = "/admin/access";
/// For somebody to walk over to the screen.
const LINK: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(tokens).post(add))
        .route("/admin/access/{kind}/{id}/revoke", get(ask_revoke).post(revoke))
}

async fn tokens(State(app): State<App>, by: Administrator, Query(said): Query<Said>) -> Page {
    page(&filled_room(&app, &by, &said).await?)
}

async fn filled_room(app: &App, by: &Administrator, said: &Said) -> Result<AdminView, Refused> {
    let about = "Who may administer, and which screens may show the boards. A display sees boards and nothing else.";
    let mut view = room(app, &by.by, HERE, about, said).await?;
    let kinds = vec![
        Choice::new("display", "A display: it may show the boards", true),
        Choice::new("administrator", "An administrator: may do all that you may", false),
    ];
    view.forms = vec![PageForm::post(
        "A new token",
        "",
        HERE,
        "Make it",
        vec![
            Field::choice("kind", "kind", "For", kinds),
            Field::text("token-name", "name", "What to call it", 40)
                .hint("As in “screen by the coffee machine”.")
                .optional(),
        ],
    )];
    view.lists = vec![
        list("Displays", "None was made yet.", app.store.tokens(Kind::Display).await?, "display", &by.by),
        list("Administrators", "", app.store.tokens(Kind::Administrator).await?, "administrator", &by.by),
    ];
    Ok(view)
}

fn list(heading: &str, none: &str, tokens: Vec<KeptToken>, kind: &str, own: &str) -> List {
    let rows = tokens.into_iter().map(|token| {
        let name = token.name.clone().unwrap_or_else(|| "Without a name".to_owned());
        let state = match token.revoked {
            Some(_) => Cell::Tag("Revoked".to_owned(), "heat"),
            None if token.id == own => Cell::Tag("You".to_owned(), "calm"),
            None => Cell::Tag("Let in".to_owned(), "calm"),
        };
        let seen = token.last_seen.map_or_else(|| Cell::Words("never".to_owned()), Cell::Moment);
        let row = ListRow::new(
            &name,
            vec![Cell::Name(name.clone()), state, Cell::Code(token.id.clone()), Cell::Moment(token.added), seen],
        );
        match token.revoked {
            Some(_) => row,
            None => row.ask("Revoke", format!("{HERE}/{kind}/{}/revoke", token.id), true),
        }
    });
    List::new(heading, "", &["Name", "State", "Id", "Made", "Last seen"], rows.collect(), none)
}

fn kind_of(name: &str) -> Result<Kind, Refused> {
    match name {
        "display" => Ok(Kind::Display),
        "administrator" => Ok(Kind::Administrator),
        _ => Err(Refused::not_found("There is nothing at this address.")),
    }
}

#[derive(Debug, Deserialize)]
struct NewOne {
    kind: String,
    #[serde(default)]
    name: String,
}

/// The token is in the answer to the form itself: it is kept nowhere that another page could read it from.
async fn add(State(app): State<App>, by: Administrator, Form(form): Form<NewOne>) -> Page {
    let kind = kind_of(&form.kind)?;
    let name = filled(&form.name).map(Name::of).transpose().map_err(|why| Refused::malformed(why.to_string()))?;
    let (token, kept) = new_token(kind, name.map(|name| name.shown().to_owned()))?;
    app.store.add_token(kind, &kept, &by.by, app.now()).await?;
    let mut view = filled_room(&app, &by, &Said::default()).await?;
    let door = format!("{}/sign-in", app.place.address);
    let mut secrets = Vec::new();
    let heading = if kind == Kind::Display {
        let link = link_for(&app, &token.id).await?;
        secrets.push(("Open this link on the screen, within the hour. It works once.".to_owned(), link));
        secrets.push((format!("Or type this at {door}, now or later."), token.reveal()));
        "The display"
    } else {
        secrets.push((format!("It is for {door}. Whoever has it may do all that you may."), token.reveal()));
        "The administrator’s token"
    };
    view.made = Some(Made { heading: heading.to_owned(), secrets });
    page(&view)
}

/// A link that signs a screen in, once.
async fn link_for(app: &App, display: &str) -> Result<String, Refused> {
    let (secret, now) = (Secret::new()?, app.now());
    let expires = now.checked_add(LINK).unwrap_or(now);
    let who = Who::Display(display.to_owned());
    app.store.begin_session(secret.hash(Purpose::Link), &who, Some(display), expires, now).await?;
    Ok(format!("{}/enter/{}", app.place.address, secret.reveal()))
}

async fn ask_revoke(State(app): State<App>, by: Administrator, Path((kind, id)): Path<(String, String)>) -> Page {
    let token = app.store.token(kind_of(&kind)?, &id).await?;
    let token = token.ok_or_else(|| not_found(Thing::Token))?;
    let lines = if token.id == by.by {
        vec!["It is your own: you are out at once, and need another administrator’s token to come in again."]
    } else {
        vec!["Whoever came in with it is out at once. It cannot be taken back; another one can be made."]
    };
    let question = Question {
        title: format!("Revoke “{}”?", token.name.as_deref().unwrap_or(&token.id)),
        lines,
        action: format!("{HERE}/{kind}/{}/revoke", token.id),
        reason: None,
        typed: None,
        does: "Revoke it",
        back: HERE.to_owned(),
    };
    ask(&app, &by.by, question).await
}

async fn revoke(
    State(app): State<App>,
    by: Administrator,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Response, Refused> {
    app.store.revoke(kind_of(&kind)?, &id, &by.by, app.now()).await?;
    Ok(done(HERE, Done::TokenRevoked))
}
