//! `simmer stats`: what attempts tell of a scenario, for whoever trains with it.

mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use uuid::Uuid;

use crate::board::{self, Folder, Known, NotAdded, Verified, folded};
use crate::cli::Outcome;
use crate::cli::args::{ListFormat, Stats};
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::terminal::Terminal;
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::settings::Folders;
use crate::statistics::{self, Observed, Report, Sample};

/// The version of the JSON around the reports. A field may be added under the same number; none is taken away or changes
/// its meaning.
const SCHEMA: u32 = 1;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, stats: &Stats) -> Result<Outcome, Error> {
    let home = Home::open(&stats.folders)?;
    let kept = Kept::open(&home, stats)?;
    let slugs = match &stats.scenario {
        Some(name) => vec![kept.slug(&home, name)?],
        None => kept.slugs(),
    };
    let reports: Vec<Report> = slugs.iter().filter_map(|slug| kept.report(&home, slug, stats)).collect();
    if stats.csv {
        terminal.write(&statistics::csv(&reports))?;
        return Ok(Outcome::Fine);
    }
    match stats.format {
        ListFormat::Full => {
            terminal.show_all(&match reports.as_slice() {
                [] => page::nothing(),
                [report] if stats.scenario.is_some() => page::report(report, stats),
                several => page::overview(several, stats),
            })?;
            terminal.show_all(&page::refused(&kept.refused))?;
        }
        ListFormat::Short => {
            let lines = if stats.scenario.is_some() { page::items_in_short } else { page::in_short };
            terminal.write(&reports.iter().map(lines).collect::<String>())?;
        }
        ListFormat::Json => terminal.write_document(SCHEMA, &Told { reports: &reports })?,
    }
    Ok(Outcome::Fine)
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Told<'a> {
    reports: &'a [Report],
}

/// All that is kept on this computer and holds.
struct Kept {
    attempts: Vec<OneAttempt>,
    refused: Vec<NotAdded>,
}

struct OneAttempt {
    scenario: Arc<Scenario>,
    observed: Observed,
    /// Folded.
    player: String,
    /// As it was spelt first.
    team: Option<String>,
    month: String,
    began: Timestamp,
}

impl Kept {
    /// Plays back what is kept here: the attempts of everybody at this computer, and those of the board.
    fn open(home: &Home, stats: &Stats) -> Result<Self, Error> {
        let known = Known::new(home.library.scenarios_in_all_languages(), home.store.clone());
        let folder = Folder::below(&Folders::find(stats.folders.data.as_deref())?.data);
        let mut attempts = BTreeMap::new();
        let mut take = |verified: &Verified| {
            if let Some(one) = OneAttempt::of(verified) {
                attempts.entry(one.observed.attempt).or_insert(one);
            }
        };
        board::own_verified(&known, &home.store, &mut take)?;
        let refused = folder.verified(&known, &mut take)?;
        let mut attempts: Vec<OneAttempt> = attempts.into_values().collect();
        let mut spelt: BTreeMap<String, String> = BTreeMap::new();
        for one in &mut attempts {
            one.team = one.team.take().map(|team| spelt.entry(folded(&team)).or_insert(team).clone());
        }
        Ok(Self { attempts, refused })
    }

    /// The scenarios that were played, by name.
    fn slugs(&self) -> Vec<String> {
        let slugs: BTreeSet<&String> = self.attempts.iter().map(|one| &one.scenario.slug).collect();
        slugs.into_iter().cloned().collect()
    }

    /// A scenario that was played need not be in the library any more.
    fn slug(&self, home: &Home, name: &str) -> Result<String, Error> {
        if self.attempts.iter().any(|one| one.scenario.slug == name) {
            return Ok(name.to_owned());
        }
        Ok(home.scenario(name)?.1.slug.clone())
    }

    /// Of the wording that most people began with; of the one in the library, where several are equal.
    fn report(&self, home: &Home, slug: &str, stats: &Stats) -> Option<Report> {
        let of_it = || self.attempts.iter().filter(|one| one.scenario.slug == slug);
        let samples: Vec<Sample<'_>> = of_it().map(OneAttempt::sample).collect();
        let asked: BTreeSet<Uuid> =
            of_it().filter(|one| one.is_asked_for(stats)).map(|one| one.observed.attempt).collect();
        let mut wordings: Vec<Arc<Scenario>> =
            home.library.scenarios().filter(|scenario| scenario.slug == slug).cloned().collect();
        for one in of_it() {
            if wordings.iter().all(|scenario| scenario.hashes.full != one.scenario.hashes.full) {
                wordings.push(Arc::clone(&one.scenario));
            }
        }
        let mut reports = wordings
            .iter()
            .map(|scenario| Report::of_those(scenario, &samples, |sample| asked.contains(&sample.observed.attempt)));
        let first = reports.next()?;
        Some(reports.fold(first, |most, report| if report.people > most.people { report } else { most }))
    }
}

impl OneAttempt {
    fn of(verified: &Verified) -> Option<Self> {
        let Verified { scenario, attempt, played } = verified;
        let entry = verified.entry();
        Some(Self {
            scenario: Arc::clone(scenario),
            observed: Observed::of(scenario, attempt, played)?,
            player: folded(&entry.player),
            team: entry.team,
            month: statistics::month(attempt.started),
            began: attempt.started,
        })
    }

    fn sample(&self) -> Sample<'_> {
        Sample { player: &self.player, team: self.team.as_deref(), cohort: Some(&self.month), observed: &self.observed }
    }

    fn is_asked_for(&self, stats: &Stats) -> bool {
        let in_team = |wanted: &String| self.team.as_ref().is_some_and(|team| board::same_name(team, wanted));
        stats.team.as_ref().is_none_or(in_team)
            && stats.mode.is_none_or(|mode| Mode::from(mode) == self.observed.mode)
            && stats.since.is_none_or(|day| self.began.to_zoned(TimeZone::system()).date() >= day)
    }
}
