//! Bounded verification by replay (`leaderboards`, "The promise"): what is listed is what the rules give for what was
//! played, and nothing that a client says of it.

mod pace;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use crate::attempt::{self, Attempt, RULES_VERSION, ReadError, Verdict};
use crate::board::Entry;
use crate::scenario::Scenario;
use crate::service::http::problem::Refused;
use crate::statistics::Observed;
use crate::team::protocol::ProblemKind;

pub(super) use pace::Pace;

/// Attempts that may wait for a free processor. More would wait longer than a client does.
pub(super) const QUEUE: usize = 64;
/// Letters of what is said of an attempt.
const LONGEST_WORDS: usize = 500;
/// After how many seconds a client that found the queue full may ask again.
const RETRY_SECONDS: u32 = 2;

/// An attempt that was played back and holds.
#[derive(Debug, Clone)]
pub(super) struct Verified {
    pub(super) entry: Entry,
    pub(super) pace: Pace,
    pub(super) observed: Observed,
}

/// As many at once as there are processors, and a bounded number that waits.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    /// A place in it, waiting or working.
    places: Arc<Semaphore>,
    processors: Arc<Semaphore>,
    taken: Arc<AtomicUsize>,
}

impl Queue {
    pub(super) fn new(processors: usize, waiting: usize) -> Self {
        let processors = processors.max(1);
        Self {
            places: Arc::new(Semaphore::new(processors + waiting)),
            processors: Arc::new(Semaphore::new(processors)),
            taken: Arc::default(),
        }
    }

    /// Attempts in it, waiting or being played back.
    pub(super) fn length(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Does the work when a processor is free.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let busy = || {
            Refused::busy(
                RETRY_SECONDS,
                "Many attempts are being checked at the moment. Yours is sent again by itself.",
            )
        };
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| busy())?;
        let counted = Counted::one(&self.taken);
        let processor = Arc::clone(&self.processors).acquire_owned().await.map_err(|_| busy())?;
        // The work goes on where its client goes away, and holds its place until it is done.
        let working = tokio::task::spawn_blocking(move || {
            let _held = (place, counted, processor);
            work()
        });
        working.await.map_err(|error| Refused::failed(&error))?
    }
}

/// One in the queue, for as long as it lives.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn one(taken: &Arc<AtomicUsize>) -> Self {
        taken.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(taken))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Reads the file of an attempt.
pub(super) fn read(bytes: &[u8]) -> Result<Attempt, Refused> {
    attempt::read(bytes).map_err(|error| match error {
        ReadError::TooLarge { .. } => Refused::new(ProblemKind::TooLarge, sentence(&error)),
        ReadError::NotAnAttempt
        | ReadError::Damaged
        | ReadError::Newer { .. }
        | ReadError::TooOld { .. }
        | ReadError::Unexpected { .. } => Refused::malformed(sentence(&error)),
    })
}

/// What is refused before anything is played.
pub(super) fn may_count(attempt: &Attempt) -> Result<(), Refused> {
    if attempt.practice || attempt.rewound.is_some() {
        return Err(Refused::malformed("This is a practice run, and those stay on the computer they were played on."));
    }
    if attempt.rules != RULES_VERSION {
        return Err(other_rules(attempt.rules));
    }
    Ok(())
}

/// Another version of the rules than this service's.
pub(super) fn other_rules(rules: u32) -> Refused {
    let mend =
        if rules < RULES_VERSION { "Update Simmer on your computer." } else { "Ask for the service to be updated." };
    Refused::new(
        ProblemKind::OtherRules,
        format!("This was played by rules {rules}, and this service ranks by rules {RULES_VERSION}. {mend}"),
    )
}

/// Plays an attempt back on the scenario that was published.
pub(super) fn verify(scenario: &Scenario, attempt: &Attempt) -> Result<Verified, Refused> {
    let replay = attempt::replay(scenario, attempt);
    let words = bounded(replay.verdict.words());
    match replay.verdict {
        Verdict::Holds => {}
        Verdict::Broken { index, .. } => {
            return Err(Refused::new(ProblemKind::DoesNotHold, words).at_input(index));
        }
        Verdict::ScoreDiffers { .. } => return Err(Refused::new(ProblemKind::DoesNotHold, words)),
        Verdict::OlderRules { rules, .. } | Verdict::NewerRules { rules, .. } => return Err(other_rules(rules)),
        Verdict::AnotherScenario { .. } | Verdict::AnotherStructure { .. } | Verdict::AnotherWording { .. } => {
            return Err(not_published());
        }
    }
    let unfinished =
        || Refused::malformed("The first call of this attempt is not over yet. Finish it, and it is sent again.");
    let played = replay.played.ok_or_else(unfinished)?;
    Ok(Verified {
        entry: Entry::of(scenario, attempt, &played),
        pace: Pace::of(scenario, attempt),
        observed: Observed::of(scenario, attempt, &played).ok_or_else(unfinished)?,
    })
}

/// A scenario that this service does not rank.
pub(super) fn not_published() -> Refused {
    Refused::new(
        ProblemKind::NotPublished,
        "This was played on a scenario, or a version of one, that is not published here. Take a ranked call from the \
         list of this service to play the published one.",
    )
}

/// What tells one call from every other: who plays it again word for word, on the same seed, has copied it.
pub(super) fn digest(attempt: &Attempt) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&attempt.full_hash.0);
    hasher.update(&attempt.seed.to_le_bytes());
    hasher.update(format!("{:?}", attempt.mode).as_bytes());
    for input in &attempt.inputs {
        hasher.update(input.to_string().as_bytes());
        hasher.update(b"\n");
    }
    *hasher.finalize().as_bytes()
}

/// Whether an attempt is an earlier one of the same run, played on: all that was said when it began is the same, and the
/// inputs begin with those that were known.
pub(super) fn goes_on_from(later: &Attempt, earlier: &Attempt) -> bool {
    let header = |attempt: &Attempt| Attempt {
        inputs: Vec::new(),
        ended: None,
        elapsed_seconds: 0,
        score: None,
        program: String::new(),
        player: String::new(),
        team: None,
        ..attempt.clone()
    };
    header(later) == header(earlier)
        && later.inputs.len() > earlier.inputs.len()
        && later.inputs.starts_with(&earlier.inputs)
}

fn sentence(error: &ReadError) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    bounded(format!("{first}{}.", letters.as_str()))
}

/// What was sent may stand in what is said of it, and may be long.
fn bounded(words: String) -> String {
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}
