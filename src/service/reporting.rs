//! What the kept attempts say of a scenario, for the interface and for the trainer's page.

use std::collections::BTreeMap;

use tokio_stream::StreamExt;
use uuid::Uuid;

use super::http::App;
use super::http::problem::Refused;
use super::store::{ObservedOf, ObservedRow, PlayerRow, Published};
use crate::scenario::Scenario;
use crate::statistics::{Observed, Report, Sample, month};

/// A report, and whose attempts there are.
pub(super) struct Reported {
    pub(super) report: Report,
    /// In order, each once.
    pub(super) played: Vec<Uuid>,
}

/// The report on a version of a scenario, from the attempts of all seasons.
pub(super) async fn report(app: &App, version: &Published, players: &[PlayerRow]) -> Result<Reported, Refused> {
    let scenario = app.scenario(version.full_hash).await?;
    let of = ObservedOf { scenario: Some(version.slug.clone()), ..ObservedOf::default() };
    let mut rows = app.store.observed(&of);
    let mut kept = Vec::new();
    while let Some(row) = rows.next().await {
        kept.push(row?);
    }
    drop(rows);
    let mut played: Vec<Uuid> = kept.iter().map(|row| row.player).collect();
    played.sort_unstable();
    played.dedup();
    let teams = players.iter().filter_map(|row| Some((row.player.id, row.player.team_name.clone()?))).collect();
    // Reliability is drawn a thousand times over: not where others wait for an answer.
    let reporting = tokio::task::spawn_blocking(move || made_of(&scenario, &kept, &teams));
    let report = reporting.await.map_err(|error| Refused::failed(&error))?;
    Ok(Reported { report, played })
}

fn made_of(scenario: &Scenario, kept: &[ObservedRow], teams: &BTreeMap<Uuid, String>) -> Report {
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
    Report::of(scenario, &samples)
}
