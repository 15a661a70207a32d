//! The way in, and the pages that say what to do when something does not go.

use askama::Template;
use jiff::Timestamp;

use super::filters;
use super::frame::{Frame, Way};
use crate::team::protocol::{Problem, ProblemKind};

/// `GET /sign-in`.
#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
pub(super) struct SignInView {
    pub(super) frame: Frame,
    /// A token was given that is not known.
    pub(super) refused: bool,
}

/// `GET /join/{code}`: an invite link that was opened in a browser.
#[derive(Debug, Template)]
#[template(path = "join.html")]
pub(super) struct JoinView {
    pub(super) frame: Frame,
    pub(super) team: Option<String>,
    pub(super) until: Option<Timestamp>,
    /// Without the key's hash, which a browser does not send: the script puts it on.
    pub(super) link: String,
}

/// Something did not go.
#[derive(Debug, Template)]
#[template(path = "trouble.html")]
pub(super) struct TroubleView {
    pub(super) frame: Frame,
    pub(super) status: u16,
    pub(super) title: String,
    pub(super) words: String,
    pub(super) ways: Vec<Way>,
}

/// A last question before what cannot be undone.
#[derive(Debug, Template)]
#[template(path = "confirm.html")]
pub(super) struct ConfirmView {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    pub(super) action: String,
    /// The label of a field for the reason, where one is wanted.
    pub(super) reason: Option<&'static str>,
    /// A word to type, where a slip would be worst.
    pub(super) typed: Option<&'static str>,
    pub(super) does: String,
    pub(super) back: String,
}

impl TroubleView {
    /// What was refused when `asked` was. `sent` says that it was a form.
    pub(super) fn of(frame: Frame, problem: &Problem, asked: &str, sent: bool) -> Self {
        Self {
            frame,
            status: problem.status,
            title: title(problem.kind).to_owned(),
            words: problem.title.clone(),
            ways: ways(problem.kind, asked, sent),
        }
    }
}

fn title(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unauthorised => "Who are you?",
        ProblemKind::NotYours => "This is not for you",
        ProblemKind::NotFound => "There is no such page",
        ProblemKind::NameTaken => "That name is taken",
        ProblemKind::Expired => "This link is no longer good",
        ProblemKind::TooLarge => "That is too large",
        ProblemKind::Busy | ProblemKind::Unavailable => "Not at the moment",
        ProblemKind::Failed => "Something went wrong here",
        ProblemKind::Malformed
        | ProblemKind::AnotherBody
        | ProblemKind::SameCall
        | ProblemKind::NotPublished
        | ProblemKind::OtherRules
        | ProblemKind::NoneLeft
        | ProblemKind::DoesNotHold => "That did not go",
    }
}

/// Where to go from here: for a form, back to the page that it stands on.
fn ways(kind: ProblemKind, asked: &str, sent: bool) -> Vec<Way> {
    let mut ways = Vec::new();
    let mut parts = asked.split('/').skip(1);
    match (sent, parts.next(), parts.next()) {
        (true, Some("admin"), Some(room)) => {
            let room = room_of(room);
            ways.push(Way::new(room, "Back to the form"));
        }
        (true, Some("me"), _) => ways.push(Way::new("/me", "Back to your page")),
        _ => {}
    }
    match kind {
        ProblemKind::NotYours => ways.push(Way::new("/sign-in", "Sign in as somebody else")),
        ProblemKind::Expired => ways.push(Way::new("/sign-in", "How to get in")),
        _ => {}
    }
    ways.push(Way::new("/", "To the boards"));
    ways
}

/// The room of the administration in which the form for `what` stands.
fn room_of(what: &str) -> &'static str {
    match what {
        "teams" | "invites" => "/admin/teams",
        "players" => "/admin/players",
        "scenarios" | "assignments" => "/admin/scenarios",
        "seasons" => "/admin/seasons",
        "attempts" => "/admin/attempts",
        "access" => "/admin/access",
        _ => "/admin",
    }
}
