//! What the kept attempts say of a scenario, for the interface and for the trainer's page.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio_stream::StreamExt;
use uuid::Uuid;

use super::cache::Cache;
use super::http::problem::Refused;
use super::http::{App, not_found};
use super::store::{ObservedOf, ObservedRow, Published, Thing};
use crate::scenario::Scenario;
use crate::scenario::model::Hash;
use crate::statistics::{InParts, Observed, Report, Sample, month};

/// Versions of scenarios of which the reports are kept.
const MOST_KEPT: usize = 64;

/// Reports that are kept.
pub(super) type Kept = Arc<Cache<Hash, Reported>>;

pub(super) fn kept() -> Kept {
    Arc::new(Cache::new(MOST_KEPT))
}

/// The reports on a version of a scenario.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reported {
    /// The parts are seasons, by their ids.
    reports: InParts,
    /// Whose attempts there are: in order, each once.
    pub(super) played: Vec<Uuid>,
}

impl Reported {
    /// Of all seasons.
    pub(super) fn whole(&self) -> &Report {
        &self.reports.whole
    }

    /// Of one season, or of all where none is named.
    pub(super) fn of(&self, season: Option<Uuid>) -> Result<&Report, Refused> {
        let Some(season) = season else { return Ok(&self.reports.whole) };
        self.reports.parts.get(&season.to_string()).ok_or_else(|| not_found(Thing::Season))
    }
}

/// The reports on a version of a scenario: worked out when a board of the scenario has moved, and kept until the next
/// does. Whoever asks and goes away leaves the work to be finished for the next.
pub(super) async fn report(app: &App, version: &Published) -> Result<Arc<Reported>, Refused> {
    let revision = app.store.revision_of(Some(&version.slug)).await?;
    let (app, version) = (app.clone(), version.clone());
    let working =
        tokio::spawn(async move { app.reports.get(version.full_hash, revision, work_out(&app, &version)).await });
    working.await.map_err(|error| Refused::failed(&error))?
}

/// From the attempts of all seasons.
async fn work_out(app: &App, version: &Published) -> Result<Reported, Refused> {
    let scenario = app.scenario(version.full_hash).await?;
    let of = ObservedOf { scenario: Some(version.slug.clone()), ..ObservedOf::default() };
    let mut rows = app.store.observed(&of);
    let mut kept = Vec::new();
    while let Some(row) = rows.next().await {
        kept.push(row?);
    }
    drop(rows);
    let teams = app.store.team_names().await?;
    let seasons = app.store.seasons().await?.into_iter().map(|season| season.id.to_string()).collect::<Vec<_>>();
    // Reliability is drawn a thousand times over: not where others wait for an answer.
    let reporting = tokio::task::spawn_blocking(move || reported(&scenario, &kept, &teams, &seasons));
    reporting.await.map_err(|error| Refused::failed(&error))
}

fn reported(scenario: &Scenario, kept: &[ObservedRow], teams: &BTreeMap<Uuid, String>, seasons: &[String]) -> Reported {
    // What a Simmer of another version wrote otherwise is left out.
    let read = |row: &ObservedRow| {
        let observed = serde_json::from_str::<Observed>(&row.observed).ok()?;
        Some((row.player.to_string(), teams.get(&row.player), month(row.received), observed))
    };
    let read: Vec<_> = kept.iter().filter_map(read).collect();
    let samples: Vec<_> = read
        .iter()
        .map(|(player, team, cohort, observed)| Sample {
            player,
            team: team.map(String::as_str),
            cohort: Some(cohort),
            observed,
        })
        .collect();
    let of_season: BTreeMap<Uuid, String> = kept.iter().map(|row| (row.attempt, row.season.to_string())).collect();
    let season = |sample: &Sample<'_>| of_season.get(&sample.observed.attempt).map(String::as_str);
    let keys: Vec<&str> = seasons.iter().map(String::as_str).collect();
    let reports = InParts::of(scenario, &samples, &keys, season);
    let mut played: Vec<Uuid> = kept.iter().map(|row| row.player).collect();
    played.sort_unstable();
    played.dedup();
    Reported { reports, played }
}
