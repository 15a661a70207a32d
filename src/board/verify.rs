//! From a file to an entry, or why not.

use std::sync::Arc;

use crate::attempt::{self, Attempt, Played, ReadError, Store, Verdict};
use crate::board::Entry;
use crate::board::entry::plain_name;
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::model::Hash;

/// Why an attempt is not taken onto a board. Each says it in a sentence, with what to do where something can be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{}", read_words(.0))]
    Unreadable(ReadError),
    #[error(
        "It was played on the scenario \u{201c}{0}\u{201d}, which is not here. Ask whoever sent it for the scenario\u{2019}s \
         file, and put it into your scenarios folder."
    )]
    UnknownScenario(String),
    #[error(
        "It was played on another version of the scenario \u{201c}{0}\u{201d} than the one here. Play on the same file \
         to be compared."
    )]
    ChangedScenario(String),
    #[error("{0}")]
    ScoreDoesNotHold(String),
    #[error("Its input {number} is not possible: {why}.")]
    NotPossible { number: usize, why: String },
    #[error("It is not finished: the first call is not over. It can be added when it is.")]
    Unfinished,
    #[error("It is a practice run, and those are private.")]
    Practice,
    #[error(
        "It was played by rules {rules}, and this Simmer knows rules {here}. Update it, then add this attempt again."
    )]
    NewerRules { rules: u32, here: u32 },
    #[error("It was played by rules {rules}, and these are rules {here}: its score cannot be checked any more.")]
    OlderRules { rules: u32, here: u32 },
}

fn read_words(error: &ReadError) -> String {
    match error {
        ReadError::NotAnAttempt => "It is not a Simmer attempt.".to_owned(),
        ReadError::Damaged => {
            "It was damaged or changed after it was written: its checksum does not fit. Ask for the file again."
                .to_owned()
        }
        other => {
            let words = other.to_string();
            let mut letters = words.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            format!("{first}{}.", letters.as_str())
        }
    }
}

/// The scenarios that attempts can be played back on: those at hand, and the texts kept beside attempts.
#[derive(Debug, Clone)]
pub struct Known {
    scenarios: Vec<Arc<Scenario>>,
    store: Store,
}

impl Known {
    pub fn new(scenarios: impl IntoIterator<Item = Arc<Scenario>>, store: Store) -> Self {
        Self { scenarios: scenarios.into_iter().collect(), store }
    }

    /// The attempts of this computer that count or will: not practice, and past the first call. What cannot be read is
    /// left out.
    pub(super) fn finished_here(&self) -> Vec<Attempt> {
        let listed = self.store.list().unwrap_or_default().into_iter();
        let attempts = listed.filter_map(|listed| Some(listed.attempt.ok()?.attempt));
        attempts.filter(|attempt| !attempt.practice && attempt.rewound.is_none() && attempt.score.is_some()).collect()
    }

    /// The very scenario an attempt was played on, to the letter.
    fn find(&self, slug: &str, full: Hash) -> Result<Arc<Scenario>, Refusal> {
        let at_hand = self.scenarios.iter().find(|scenario| scenario.hashes.full == full);
        let kept = || {
            let text = self.store.scenario_text(full).ok().flatten()?;
            let scenario = load("the kept copy", text.as_bytes()).scenario?;
            // Someone may have edited the copy.
            (scenario.hashes.full == full).then(|| Arc::new(scenario))
        };
        if let Some(scenario) = at_hand.cloned().or_else(kept) {
            return Ok(scenario);
        }
        if self.scenarios.iter().any(|scenario| scenario.slug == slug) {
            Err(Refusal::ChangedScenario(plain_name(slug)))
        } else {
            Err(Refusal::UnknownScenario(plain_name(slug)))
        }
    }
}

/// Plays the attempt of a file back and says what it is worth. What the file itself claims is only compared.
pub fn verify(known: &Known, bytes: &[u8]) -> Result<Entry, Refusal> {
    verify_attempt(known, &attempt::read(bytes).map_err(Refusal::Unreadable)?)
}

/// An attempt that holds, played back on the very scenario it was played on.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    pub scenario: Arc<Scenario>,
    pub attempt: Attempt,
    pub played: Played,
}

impl Verified {
    /// Plays an attempt back. Practice runs are refused, and so is one whose first call is not over.
    pub fn of(known: &Known, attempt: Attempt) -> Result<Self, Refusal> {
        let (scenario, played) = play_back(known, &attempt)?;
        Ok(Self { scenario, attempt, played })
    }

    pub fn entry(&self) -> Entry {
        Entry::of(&self.scenario, &self.attempt, &self.played)
    }
}

pub(super) fn verify_attempt(known: &Known, attempt: &Attempt) -> Result<Entry, Refusal> {
    let (scenario, played) = play_back(known, attempt)?;
    Ok(Entry::of(&scenario, attempt, &played))
}

fn play_back(known: &Known, attempt: &Attempt) -> Result<(Arc<Scenario>, Played), Refusal> {
    if attempt.practice || attempt.rewound.is_some() {
        return Err(Refusal::Practice);
    }
    // Before the scenario is looked for: another version of the rules may know scenarios that this one cannot read.
    if attempt.rules > attempt::RULES_VERSION {
        return Err(Refusal::NewerRules { rules: attempt.rules, here: attempt::RULES_VERSION });
    }
    let scenario = known.find(&attempt.scenario, attempt.full_hash)?;
    let replay = attempt::replay(&scenario, attempt);
    match replay.verdict {
        Verdict::Holds => {}
        Verdict::ScoreDiffers { claimed, replayed } => {
            let (claimed, replayed) = (claimed.map(say), replayed.map(say));
            return Err(Refusal::ScoreDoesNotHold(does_not_hold(claimed, replayed)));
        }
        Verdict::Broken { index, why } => {
            return Err(Refusal::NotPossible { number: index + 1, why: why.trim_end_matches('.').to_owned() });
        }
        Verdict::AnotherScenario { played, .. } => return Err(Refusal::UnknownScenario(plain_name(&played))),
        Verdict::AnotherStructure { .. } | Verdict::AnotherWording { .. } => {
            return Err(Refusal::ChangedScenario(plain_name(&attempt.scenario)));
        }
        Verdict::OlderRules { rules, here, .. } => return Err(Refusal::OlderRules { rules, here }),
        Verdict::NewerRules { rules, here } => return Err(Refusal::NewerRules { rules, here }),
    }
    let played = replay.played.ok_or(Refusal::Unfinished)?;
    // A score is shown from the end of the first call on; before that there is nothing to rank.
    if attempt.score.is_none() {
        return Err(Refusal::Unfinished);
    }
    Ok((scenario, played))
}

/// The overall score, and the whole of it.
fn say(score: attempt::ClaimedScore) -> (String, String) {
    (score.overall.to_string(), format!("{}, {}", score.overall, score.outcome))
}

fn does_not_hold(claimed: Option<(String, String)>, replayed: Option<(String, String)>) -> String {
    match (claimed, replayed) {
        (Some((claimed, in_full)), Some((replayed, replayed_in_full))) if in_full != replayed_in_full => {
            // The outcome is told only where the number alone would not show the difference.
            let (claimed, replayed) =
                if claimed == replayed { (in_full, replayed_in_full) } else { (claimed, replayed) };
            format!("The file says {claimed}; its own inputs give {replayed}.")
        }
        (Some((claimed, _)), Some(_)) => {
            format!("The file says {claimed}, as its own inputs give, but with other scores by skill.")
        }
        (Some((claimed, _)), None) => format!("The file says {claimed}; its own inputs end before there is a score."),
        (None, Some((replayed, _))) => format!("The file gives no score; its own inputs give {replayed}."),
        (None, None) => "The file and its own inputs do not agree.".to_owned(),
    }
}
