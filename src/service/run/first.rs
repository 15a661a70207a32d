//! What a service begins with: an administrator, a season, a team, and the scenarios that come with Simmer.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use uuid::Uuid;

use super::{Configuration, StartError};
use crate::attempt::atomic;
use crate::library::load_shipped;
use crate::scenario::load::{Loaded, load};
use crate::service::access::{Name, new_invite, new_token};
use crate::service::http::Place;
use crate::service::store::{Conflict, NewSeason, Store, StoreError, ToPublish};
use crate::team::{Invite, Kind, NotAnInvite, Token};

/// Who did it, in the audit log.
const BY: &str = "first-start";
/// The team that the first invite leads to.
const TEAM: &str = "Everyone";
const SEASON: &str = "First season";

/// What is shown on the first start, and never again.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstStart {
    pub administrator: Token,
    /// For the first player.
    pub invite: Invite,
    /// How many scenarios were published.
    pub scenarios: usize,
}

impl fmt::Debug for FirstStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FirstStart").field("scenarios", &self.scenarios).finish_non_exhaustive()
    }
}

/// Makes what a new service needs. Nothing where there is an administrator already.
pub(super) async fn prepare(
    store: &Store,
    configuration: &Configuration,
    place: &Place,
    now: Timestamp,
) -> Result<Option<FirstStart>, StartError> {
    if let Some(name) = &configuration.name {
        call(store, name, now).await?;
    }
    if store.has_administrator().await? {
        return Ok(None);
    }
    if store.seasons().await?.is_empty() {
        let season = NewSeason { id: Uuid::now_v7(), name: SEASON.to_owned(), attempts: NewSeason::ATTEMPTS };
        or_there_already(store.open_season(&season, BY, now).await.map(|_| ()))?;
    }
    if store.teams().await?.is_empty() {
        let name = Name::of(TEAM).map_err(StartError::Name)?;
        or_there_already(store.put_team(Uuid::now_v7(), name.shown(), name.key(), BY, now).await)?;
    }
    let mut scenarios = 0;
    if store.published().await?.is_empty() {
        let shipped = load_shipped().into_iter().filter_map(|(_, loaded)| published(loaded));
        for scenario in shipped {
            store.publish(&scenario, BY, now).await?;
            scenarios += 1;
        }
    }
    // Last: from here on the service counts as begun, by the one replica whose token is kept.
    let (administrator, kept) = new_token(Kind::Administrator, Some("first start".to_owned()))?;
    if !store.add_first_administrator(&kept, BY, now).await? {
        return Ok(None);
    }
    let (code, hash) = new_invite()?;
    let team = store.teams().await?.first().map(|team| team.id);
    store.invite(hash, team, BY, now).await?;
    let invite = Invite { address: place.address.clone(), code, pin: place.pin };
    Ok(Some(FirstStart { administrator, invite, scenarios }))
}

/// Of several replicas that are started at once, another may have been first.
fn or_there_already(made: Result<(), StoreError>) -> Result<(), StoreError> {
    match made {
        Err(StoreError::Conflict(Conflict::SeasonOpen | Conflict::NameTaken)) => Ok(()),
        made => made,
    }
}

async fn call(store: &Store, name: &str, now: Timestamp) -> Result<(), StartError> {
    let name = Name::of(name).map_err(StartError::Name)?;
    let mut settings = store.settings().await?;
    if settings.name != name.shown() {
        name.shown().clone_into(&mut settings.name);
        store.set_settings(&settings, "command-line", now).await?;
    }
    Ok(())
}

/// A scenario's file, ready to be published; or what is wrong with it, in a sentence.
pub fn to_publish(name: &str, bytes: &[u8]) -> Result<ToPublish, String> {
    let loaded = load(name, bytes);
    let count = loaded.findings.len();
    let first = loaded.findings.first().map(|finding| format!("{}.", finding.message.trim_end_matches('.')));
    published(loaded).ok_or_else(|| {
        let more = if count > 1 { format!(" There are {} more.", count - 1) } else { String::new() };
        format!("{}{more} `simmer check` shows all of it.", first.unwrap_or_default())
    })
}

fn published(loaded: Loaded) -> Option<ToPublish> {
    let scenario = loaded.scenario?;
    Some(ToPublish {
        full_hash: scenario.hashes.full,
        structure_hash: scenario.hashes.structure,
        slug: scenario.slug,
        title: scenario.title,
        difficulty: scenario.difficulty,
        text: loaded.source.text().to_owned(),
    })
}

/// Where the service is reached is kept beside its data, so that `simmer admin invite` can make whole links.
pub(super) fn keep_place(data: &Path, place: &Place) -> Result<(), atomic::WriteError> {
    // A code that is none: only what is around it counts.
    let example = Invite { address: place.address.clone(), code: Invite::code_of([0; 15]), pin: place.pin };
    atomic::write(&place_file(data), example.to_string().as_bytes())
}

/// The link with a code of its own, to where the service of this folder was reached when it ran last.
#[expect(clippy::disallowed_methods, reason = "this module wrote the file")]
pub fn invite_link(data: &Path, code: &str) -> Option<Result<Invite, NotAnInvite>> {
    let kept = std::fs::read_to_string(place_file(data)).ok()?;
    Some(kept.parse::<Invite>().map(|invite| Invite { code: code.to_owned(), ..invite }))
}

fn place_file(data: &Path) -> PathBuf {
    data.join("service-address")
}
