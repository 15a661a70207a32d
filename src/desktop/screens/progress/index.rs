//! Between a board's entry and a row of the index over finished runs: the same fields, the ids as text.

use crate::board::Entry;
use crate::dialogue::Mode;
use crate::history::FinishedRun;

/// The row of a run, from [`Entry::of`] its attempt and what came of it.
pub fn finished_run(entry: &Entry) -> FinishedRun {
    FinishedRun {
        attempt: entry.attempt.to_string(),
        player: entry.player.clone(),
        team: entry.team.clone(),
        scenario: entry.scenario.clone(),
        title: entry.title.clone(),
        difficulty: entry.difficulty,
        scenario_hash: entry.scenario_hash.to_string(),
        rules_version: entry.rules_version,
        mode: mode_name(entry.mode).to_owned(),
        ended_at: entry.ended_at,
        practice: entry.practice,
        is_final: entry.is_final,
        outcome: entry.outcome,
        overall: entry.overall,
        skills: entry.skills,
        evidence: entry.evidence,
        moderate_or_worse: entry.moderate_or_worse,
        severe_or_worse: entry.severe_or_worse,
        trust: entry.trust,
        given_away: entry.given_away,
        needs_met: entry.needs_met,
    }
}

/// The entry of a row. None where an id, a hash or the mode is not what this program writes.
pub fn entry(run: &FinishedRun) -> Option<Entry> {
    Some(Entry {
        attempt: run.attempt.parse().ok()?,
        player: run.player.clone(),
        team: run.team.clone(),
        scenario: run.scenario.clone(),
        title: run.title.clone(),
        difficulty: run.difficulty,
        scenario_hash: run.scenario_hash.parse().ok()?,
        rules_version: run.rules_version,
        mode: [Mode::Timed, Mode::Steps].into_iter().find(|mode| mode_name(*mode) == run.mode)?,
        ended_at: run.ended_at,
        practice: run.practice,
        is_final: run.is_final,
        outcome: run.outcome,
        overall: run.overall,
        skills: run.skills,
        evidence: run.evidence,
        moderate_or_worse: run.moderate_or_worse,
        severe_or_worse: run.severe_or_worse,
        trust: run.trust,
        given_away: run.given_away,
        needs_met: run.needs_met,
    })
}

const fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Timed => "Timed",
        Mode::Steps => "Steps",
    }
}
