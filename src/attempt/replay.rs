//! Playing an attempt back, strictly, and saying whether what it claims holds.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::RULES_VERSION;
use super::format::current::{Attempt, ClaimedScore, Rewound};
use super::inputs::{Problem, Verb, to_input};
use crate::campaign::{self, Run, RunStage};
use crate::dialogue::{Event, Mode};
use crate::scenario::Scenario;
use crate::scoring::{Debrief, Score, debrief};

/// An attempt played back.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    pub verdict: Verdict,
    /// What came of the inputs, up to a broken one; none where they could not be played at all.
    pub played: Option<Played>,
}

/// What came of an attempt's inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// All events from the first on.
    pub events: Vec<Event>,
    pub run: Run,
    pub score: Score,
}

/// Whether an attempt holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// Every input was taken, and the score is the one that was claimed.
    Holds,
    /// Every input was taken, and the score is another.
    ScoreDiffers { claimed: Option<ClaimedScore>, replayed: Option<ClaimedScore> },
    /// An input was refused, the first being 0.
    Broken { index: usize, why: String },
    /// It was played on a scenario of another name.
    AnotherScenario { played: String, here: String },
    /// It was played on the same scenario with other replies, conditions or numbers: it cannot be played on this one.
    AnotherStructure { played: String, here: String },
    /// It was played on the same scenario with other words. It was played back on these all the same.
    AnotherWording { played: String, here: String, same_score: bool },
    /// It was played by older rules: its stored score stands, and was not checked.
    OlderRules { rules: u32, here: u32, stored: Option<ClaimedScore> },
    /// It was played by newer rules than this program knows.
    NewerRules { rules: u32, here: u32 },
}

impl Verdict {
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds)
    }

    /// One sentence for a person, with what to do where something can be done.
    pub fn words(&self) -> String {
        let overall = |score: &Option<ClaimedScore>| {
            score.map_or_else(|| "no score".to_owned(), |score| format!("{} ({})", score.overall, score.outcome))
        };
        match self {
            Self::Holds => "It holds: played back, it comes to the score it claims.".to_owned(),
            Self::ScoreDiffers { claimed, replayed } => {
                format!(
                    "It does not hold: it claims {}, and played back it comes to {}.",
                    overall(claimed),
                    overall(replayed)
                )
            }
            Self::Broken { index, why } => format!("It does not hold: input {} is not possible: {why}.", index + 1),
            Self::AnotherScenario { played, here } => {
                format!("It was played on the scenario `{played}`, and this is `{here}`: name the right one.")
            }
            Self::AnotherStructure { .. } => "The scenario has been changed since, in more than its wording: use the \
                                              copy that was kept beside the attempt."
                .to_owned(),
            Self::AnotherWording { same_score, .. } => format!(
                "The wording of the scenario has been changed since; played back on the new one, the score is {}. To \
                 verify it, use the copy that was kept beside the attempt.",
                if *same_score { "the same" } else { "another" }
            ),
            Self::OlderRules { rules, here, stored } => format!(
                "It was played by rules {rules}, and these are rules {here}: its stored score stands, {}, unchecked.",
                overall(stored)
            ),
            Self::NewerRules { rules, here } => format!(
                "It was played by rules {rules}, and this Simmer knows rules {here}: update it to replay this attempt."
            ),
        }
    }
}

/// Plays an attempt back. `scenario` should be the one it was played on; if not, the verdict says so.
pub fn replay(scenario: &Scenario, attempt: &Attempt) -> Replay {
    if let Some(verdict) = refuse(scenario, attempt) {
        return Replay { verdict, played: None };
    }
    let again = play_back(scenario, attempt);
    let verdict = if let Some((index, problem)) = again.broken {
        Verdict::Broken { index, why: problem.to_string() }
    } else if scenario.hashes.full != attempt.full_hash {
        Verdict::AnotherWording {
            played: attempt.full_hash.to_string(),
            here: scenario.hashes.full.to_string(),
            same_score: again.seen == attempt.score,
        }
    } else if again.seen != attempt.score {
        Verdict::ScoreDiffers { claimed: attempt.score, replayed: again.seen }
    } else {
        Verdict::Holds
    };
    let score = campaign::result(scenario, &again.run);
    Replay { verdict, played: Some(Played { events: again.events, run: again.run, score }) }
}

/// Why an attempt cannot be played on this scenario by these rules, if it cannot.
pub(super) fn refuse(scenario: &Scenario, attempt: &Attempt) -> Option<Verdict> {
    let (rules, here) = (attempt.rules, RULES_VERSION);
    if rules > here {
        return Some(Verdict::NewerRules { rules, here });
    }
    if attempt.scenario != scenario.slug {
        return Some(Verdict::AnotherScenario { played: attempt.scenario.clone(), here: scenario.slug.clone() });
    }
    if rules < here {
        return Some(Verdict::OlderRules { rules, here, stored: attempt.score });
    }
    if attempt.structure_hash != scenario.hashes.structure {
        return Some(Verdict::AnotherStructure {
            played: attempt.structure_hash.to_string(),
            here: scenario.hashes.structure.to_string(),
        });
    }
    None
}

/// A run played from an attempt's inputs, as far as they can be taken.
pub(super) struct Again {
    pub(super) run: Run,
    pub(super) events: Vec<Event>,
    /// The score that was on the screen last.
    pub(super) seen: Option<ClaimedScore>,
    pub(super) broken: Option<(usize, Problem)>,
}

pub(super) fn play_back(scenario: &Scenario, attempt: &Attempt) -> Again {
    let mut events = Vec::new();
    let mut run = campaign::begin(scenario, attempt.seed, attempt.mode, &mut events);
    let mut seen = None;
    for (index, written) in attempt.inputs.iter().enumerate() {
        let taken = (|| {
            if written.verb == Verb::Finish {
                return Err(Problem::Shorthand);
            }
            for input in to_input(scenario, &run, written)? {
                campaign::step(scenario, &mut run, &input, &mut events)?;
            }
            Ok(())
        })();
        if let Err(problem) = taken {
            return Again { run, events, seen, broken: Some((index, problem)) };
        }
        seen = score_seen(scenario, &run, seen);
    }
    Again { run, events, seen, broken: None }
}

/// The score on the screen after an input: shown from the end of a call on, and not moving while the next one is on.
pub(super) fn score_seen(scenario: &Scenario, run: &Run, before: Option<ClaimedScore>) -> Option<ClaimedScore> {
    if run.stage == RunStage::Talking { before } else { Some(ClaimedScore::from(&campaign::result(scenario, run))) }
}

/// All that can be said about an attempt, for `--format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub attempt: ReportedAttempt,
    pub verdict: Verdict,
    /// The verdict in a sentence.
    pub words: String,
    /// Evidence rows, violations, meters after each reply, skills, outcome and overall, as played back.
    pub debrief: Option<Debrief>,
}

/// The header of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedAttempt {
    pub id: Uuid,
    pub scenario: String,
    pub full_hash: String,
    pub structure_hash: String,
    pub rules: u32,
    pub program: String,
    /// Text: not every reader of JSON keeps 64 bits of a number.
    pub seed: String,
    pub mode: Mode,
    pub language: String,
    pub player: String,
    pub team: Option<String>,
    pub started: Timestamp,
    pub ended: Option<Timestamp>,
    pub elapsed_seconds: u32,
    pub practice: bool,
    /// The leave of a team service under which it was played.
    pub start: Option<Uuid>,
    pub rewound: Option<Rewound>,
    pub intention: Option<String>,
    pub claimed: Option<ClaimedScore>,
    /// How many.
    pub inputs: usize,
}

impl From<&Attempt> for ReportedAttempt {
    fn from(attempt: &Attempt) -> Self {
        Self {
            id: attempt.id,
            scenario: attempt.scenario.clone(),
            full_hash: attempt.full_hash.to_string(),
            structure_hash: attempt.structure_hash.to_string(),
            rules: attempt.rules,
            program: attempt.program.clone(),
            seed: attempt.seed.to_string(),
            mode: attempt.mode,
            language: attempt.language.clone(),
            player: attempt.player.clone(),
            team: attempt.team.clone(),
            started: attempt.started,
            ended: attempt.ended,
            elapsed_seconds: attempt.elapsed_seconds,
            practice: attempt.practice,
            start: attempt.start,
            rewound: attempt.rewound,
            intention: attempt.intention.clone(),
            claimed: attempt.score,
            inputs: attempt.inputs.len(),
        }
    }
}

/// The report on an attempt that was played back on `scenario`.
pub fn report(scenario: &Scenario, attempt: &Attempt, replay: &Replay) -> Report {
    let debrief = replay.played.as_ref().map(|played| debrief(scenario, &played.events, played.score.clone()));
    Report {
        attempt: ReportedAttempt::from(attempt),
        verdict: replay.verdict.clone(),
        words: replay.verdict.words(),
        debrief,
    }
}

#[cfg(test)]
mod tests;
