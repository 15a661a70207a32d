//! Letting an attempt onto a board: read, played back, and refused in plain words where it does not hold.

use crate::attempt::{Attempt, ReadError, Verdict, read, replay};
use crate::scenario::Scenario;

use super::entry::Entry;

/// Why an attempt is not let onto a board.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error("It is a practice run: those are private.")]
    Practice,
    #[error("It is not finished: a promise in it is still open, so its score is not final.")]
    NotFinal,
    #[error("It was played on the scenario `{slug}`, which is not in this library in that version.")]
    UnknownScenario { slug: String },
    #[error("{}", .0.words())]
    DoesNotHold(Box<Verdict>),
}

/// Reads an attempt, plays it back and makes it an entry. `scenario_of` finds the scenario of exactly the attempt's
/// full hash.
///
/// The score of the file is never believed: what is listed is what the replay gave.
pub fn admit<'a>(bytes: &[u8], scenario_of: impl Fn(&Attempt) -> Option<&'a Scenario>) -> Result<Entry, Refused> {
    let attempt = read(bytes)?;
    if attempt.practice || attempt.rewound.is_some() {
        return Err(Refused::Practice);
    }
    let Some(scenario) = scenario_of(&attempt) else {
        return Err(Refused::UnknownScenario { slug: attempt.scenario });
    };
    let replayed = replay(scenario, &attempt);
    let played = match (replayed.verdict, replayed.played) {
        (Verdict::Holds, Some(played)) => played,
        (verdict, _) => return Err(Refused::DoesNotHold(Box::new(verdict))),
    };
    if !played.score.is_final {
        return Err(Refused::NotFinal);
    }
    let tally = &played.run.tally;
    Ok(Entry {
        attempt: attempt.id.to_string(),
        player: attempt.player,
        team: attempt.team,
        scenario: attempt.scenario,
        title: scenario.title.clone(),
        difficulty: scenario.difficulty,
        finished_at: attempt.ended.unwrap_or(attempt.started).as_second(),
        practice: false,
        is_final: true,
        outcome: played.score.outcome,
        overall: played.score.overall,
        skills: played.score.skills.map(|skill| skill.score),
        moderate_or_worse: tally.moderate + tally.severe + tally.critical,
        trust: played.run.talk.meters.trust,
        given_away: tally.gave,
        needs_met: played.run.talk.needs_met(scenario),
    })
}
