//! Taking an attempt in: what is refused, in this order, and what is kept.

use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use uuid::Uuid;

use crate::attempt::{Attempt, MAXIMUM_SIZE};
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::Skill;
use crate::service::http::app::App;
use crate::service::http::caller::Player;
use crate::service::http::problem::Refused;
use crate::service::http::problems::{Against, Always, Known, Missing, TooMuch, TooOld, Unsound};
use crate::service::http::reading::{Named, body, not_found};
use crate::service::store::{Conflict, GivenStart, Judged, KeptAttempt, Limit, Submission, Thing};
use crate::service::verify::{self, Verified};
use crate::team::protocol::{Accepted, Flag, ProblemKind};

/// Attempts sent by one player, those sent again among them.
const SUBMISSIONS: Limit = Limit { most: 120, window: 60 };

/// Bytes of an attempt that is refused unread. Most attempts are smaller.
const HEARD_OUT: usize = 64 * 1024;

/// Seconds by which a clock may be off before somebody is asked to look.
const CLOCK_SLACK: u64 = 120;

/// Send an attempt
///
/// The body is the attempt’s file. It is played back; what it says of its own score is only compared. The same body has
/// the same answer, word for word, however often it is sent.
#[utoipa::path(put, path = "/v1/attempts/{id}", tag = "player", security(("token" = [])),
    params(("id" = Uuid, Path, description = "The attempt’s own id")),
    request_body(content = String, content_type = "text/plain; charset=utf-8", description = "The file"),
    responses((status = 200, body = Accepted), Always, Known, Missing, Against, TooOld, TooMuch, Unsound))]
pub(in crate::service::http) async fn submit(
    State(app): State<App>,
    player: Player,
    Named(id): Named<Uuid>,
    request: Request,
) -> Result<Response, Refused> {
    if let Err(refused) = app.limit(&format!("submit {}", player.id), SUBMISSIONS).await {
        // Whoever still sends when the line is closed may not hear why.
        drop(body(request, HEARD_OUT).await);
        return Err(refused);
    }
    let bytes = body(request, MAXIMUM_SIZE).await?;
    let received = app.now();
    let timer = app.metrics.submitting();
    let text = std::str::from_utf8(&bytes).map_err(|_| Refused::malformed("This is not the file of an attempt."))?;
    let body_hash = Hash(*blake3::hash(&bytes).as_bytes());
    if let Some(answer) = app.store.answered(player.id, id, body_hash).await? {
        return Ok(answered(answer));
    }
    let attempt = verify::read(&bytes)?;
    if attempt.id != id {
        return Err(Refused::malformed("The address names another attempt than the file. Nothing was taken."));
    }
    let kept = app.store.attempt(id).await?;
    if kept.as_ref().is_some_and(|kept| kept.player != player.id) {
        return Err(Conflict::NotYours.into());
    }
    let continues = match kept {
        Some(kept) if kept.body_hash != body_hash => Some(goes_on_from(&kept, &attempt)?),
        // Nothing, or the same, which has come in between over another way.
        _ => None,
    };
    let submission = new(&app, &player, &attempt, text, body_hash, continues, received).await?;
    let recorded = app.store.record(&submission, received).await?;
    if recorded.new {
        app.metrics.taken(recorded.accepted.standing);
    }
    drop(timer);
    Ok(answered(recorded.answer))
}

/// The same, word for word, however often it is said.
fn answered(answer: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], answer).into_response()
}

/// The body hash of the kept attempt, if this one is the same run played on.
fn goes_on_from(kept: &KeptAttempt, attempt: &Attempt) -> Result<Hash, Refused> {
    let earlier = kept.body.as_ref().filter(|_| !kept.judged.is_final).map(|body| verify::read(body.as_bytes()));
    match earlier {
        Some(Ok(earlier)) if verify::goes_on_from(attempt, &earlier) => Ok(kept.body_hash),
        _ => Err(Conflict::AnotherBody.into()),
    }
}

async fn new(
    app: &App,
    player: &Player,
    attempt: &Attempt,
    text: &str,
    body_hash: Hash,
    continues: Option<Hash>,
    received: Timestamp,
) -> Result<Submission, Refused> {
    verify::may_count(attempt)?;
    let given = match attempt.start {
        None => None,
        Some(id) => Some(app.store.start(id).await?.ok_or_else(|| not_found(Thing::Start))?),
    };
    if let Some(given) = &given {
        fits(given, player, attempt, received)?;
    }
    let scenario = app.scenario(attempt.full_hash).await?;
    let copy = attempt.clone();
    let verified = app.queue.run(move || verify::verify(&scenario, &copy)).await?;
    let flags = flags(&verified, attempt, given.as_ref(), received);
    let observed = serde_json::to_string(&verified.observed).map_err(|error| Refused::failed(&error))?;
    Ok(Submission {
        attempt: attempt.id,
        player: player.id,
        start: attempt.start,
        body: text.to_owned(),
        body_hash,
        digest: Hash(verify::digest(attempt)),
        continues,
        scenario_hash: attempt.full_hash,
        rules: attempt.rules,
        mode: attempt.mode,
        seed: attempt.seed,
        judged: judged(&verified),
        flags,
        observed,
    })
}

/// Whether an attempt was played under this leave, by the one it was given to.
fn fits(given: &GivenStart, player: &Player, attempt: &Attempt, received: Timestamp) -> Result<(), Refused> {
    let start = &given.start;
    if given.player != player.id {
        return Err(Refused::new(
            ProblemKind::NotYours,
            "This was played under leave that was given to another player. Nothing was taken.",
        ));
    }
    match given.attempt {
        Some(used) if used != attempt.id => return Err(Conflict::Used.into()),
        None if start.expires <= received => {
            return Err(Refused::new(
                ProblemKind::Expired,
                "The leave for this ranked call has expired: the call came too late. It stays on your computer.",
            ));
        }
        // In time; or received before, and what goes on may come when its promises have matured.
        _ => {}
    }
    if start.scenario != attempt.scenario || start.full_hash != attempt.full_hash.to_string() {
        return Err(verify::not_published());
    }
    if start.rules != attempt.rules {
        return Err(verify::other_rules(attempt.rules));
    }
    if start.mode != attempt.mode || given.seed() != attempt.seed {
        return Err(Conflict::NotAsGiven.into());
    }
    Ok(())
}

/// What a person should look at.
fn flags(verified: &Verified, attempt: &Attempt, given: Option<&GivenStart>, received: Timestamp) -> Vec<Flag> {
    let claimed = u64::from(attempt.elapsed_seconds);
    let passed = given
        .map(|given| u64::try_from(received.as_second().saturating_sub(given.start.issued.as_second())).unwrap_or(0));
    let mut flags = Vec::new();
    if verified.pace.is_faster_than_reading(passed.map_or(claimed, |passed| passed.min(claimed))) {
        flags.push(Flag::FasterThanReading);
    }
    if passed.is_some_and(|passed| claimed.max(verified.pace.least_seconds()) > passed + CLOCK_SLACK) {
        flags.push(Flag::ClockAhead);
    }
    flags
}

fn judged(verified: &Verified) -> Judged {
    let entry = &verified.entry;
    let mut skill_points = [0; 5];
    for skill in Skill::ALL {
        skill_points[skill.index()] = entry.skill_points(*skill);
    }
    Judged {
        outcome: entry.outcome,
        overall: entry.overall,
        points: entry.points(),
        skills: entry.skills,
        skill_points,
        moderate_or_worse: entry.moderate_or_worse,
        severe_or_worse: entry.severe_or_worse,
        trust: entry.trust,
        given_away: entry.given_away,
        needs_met: entry.needs_met,
        is_final: entry.is_final,
    }
}
