//! What is still to be sent: every ranked run arrives at the service, and arrives once.
//!
//! There is no list of what is to be sent that could be lost or disagree with the truth: the attempts' files are that
//! list, and a run is due until a receipt for it lies beside them. Sending the same run twice is harmless, because the
//! service answers the same; so a crash, a lost answer or a doubled request costs a second sending at most.

mod files;
mod pause;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::call::CallError;
use super::folder::FolderError;
use super::service::Service;
use crate::team::protocol::{Accepted, Problem, Standing};

pub use files::Files;
use pause::Pause;

/// How far a run has got when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// The first call is over and promises are open: it stands on the board without a rank.
    Provisional,
    Final,
}

/// A ranked run on this computer that there is something to send of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    pub attempt: Uuid,
    /// The scenario's slug.
    pub scenario: String,
    pub stage: Stage,
}

/// What the service said to a run, kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub attempt: Uuid,
    /// The leave it was played under.
    pub start: Option<Uuid>,
    pub scenario: String,
    pub stage: Stage,
    pub answer: Answer,
    pub at: Timestamp,
}

/// The service's last word, until a person asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Accepted(Accepted),
    Refused(Problem),
}

/// The runs and the receipts on this computer.
pub trait Kept {
    /// The ranked runs that something is to be sent of, or was, in the order in which they were begun; of those that were
    /// received in full none need be among them.
    fn ranked(&mut self) -> Result<Vec<Ranked>, FolderError>;

    /// The bytes to send, and the leave that the run was played under. Of a stage they are always the same.
    fn body(&mut self, ranked: &Ranked) -> Result<(Vec<u8>, Option<Uuid>), FolderError>;

    fn receipt(&self, attempt: Uuid) -> Result<Option<Receipt>, FolderError>;

    fn receipts(&mut self) -> Result<Vec<Receipt>, FolderError>;

    /// Keeps a receipt in place of the one before: durable when this returns.
    fn keep(&mut self, receipt: &Receipt) -> Result<(), FolderError>;

    /// Drops a receipt, so that the run is due again.
    fn drop_receipt(&mut self, attempt: Uuid) -> Result<(), FolderError>;
}

/// The way to the service.
pub trait Transport {
    fn put(&mut self, attempt: Uuid, body: &[u8]) -> Result<Accepted, CallError>;
}

impl Transport for &Service {
    fn put(&mut self, attempt: Uuid, body: &[u8]) -> Result<Accepted, CallError> {
        self.put_attempt(attempt, body)
    }
}

/// What is to be sent for one player of one service.
#[derive(Debug)]
pub struct Outbox<K> {
    kept: K,
    /// Of the way to the service.
    way: Pause,
    /// Of single runs at which the service fails.
    runs: BTreeMap<Uuid, Pause>,
    /// Why nothing arrived, the last time that something was sent.
    trouble: Option<CallError>,
    /// The service does not know this device any more.
    revoked: bool,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing is to be sent.
    Idle,
    /// There is something, but not before then.
    WaitUntil(Timestamp),
    /// The service has answered: accepted or refused.
    Answered(Receipt),
    /// It did not arrive, or the service cannot take it now. It stays and is tried again.
    Failed(CallError),
    /// Nothing is sent any more: the device has to join again.
    Revoked,
}

/// How it stands with a run, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub attempt: Uuid,
    /// The scenario's slug.
    pub scenario: String,
    pub state: State,
}

/// Where a run is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is to be sent: at once or, after trouble, not before then.
    Waiting { until: Option<Timestamp>, trouble: Option<CallError> },
    /// It is being sent now.
    Sending,
    /// It was received. It may be provisional: see [`Accepted::standing`].
    Accepted(Accepted),
    /// The service does not take it. It is kept here, and sent again when asked to.
    Refused(Problem),
    /// It waits until the device has joined again.
    Revoked,
}

impl<K: Kept> Outbox<K> {
    pub fn new(kept: K) -> Self {
        Self { kept, way: Pause::default(), runs: BTreeMap::new(), trouble: None, revoked: false }
    }

    /// Sends one run, if one is due.
    ///
    /// `chance` spreads the attempts of many computers after an outage: any number will do, as long as it is another each
    /// time.
    pub fn run_once(
        &mut self,
        now: Timestamp,
        chance: u32,
        transport: &mut impl Transport,
    ) -> Result<Step, FolderError> {
        let ranked = match self.next(now)? {
            Ok(ranked) => ranked,
            Err(step) => return Ok(step),
        };
        let (body, start) = self.kept.body(&ranked)?;
        let answer = match transport.put(ranked.attempt, &body) {
            Ok(accepted) if accepted.attempt == ranked.attempt => Answer::Accepted(accepted),
            Ok(_) => return Ok(self.failed(&ranked, CallError::NotUnderstood, now, chance)),
            Err(error) if error.is_revoked() => {
                self.revoked = true;
                return Ok(Step::Revoked);
            }
            Err(CallError::Refused(problem)) if !CallError::Refused(problem.clone()).may_pass() => {
                Answer::Refused(problem)
            }
            Err(error) => return Ok(self.failed(&ranked, error, now, chance)),
        };
        self.way = Pause::default();
        self.runs.remove(&ranked.attempt);
        self.trouble = None;
        let Ranked { attempt, scenario, stage } = ranked;
        let receipt = Receipt { attempt, start, scenario, stage, answer, at: now };
        self.kept.keep(&receipt)?;
        Ok(Step::Answered(receipt))
    }

    /// The run that is to be sent now, or what else there is to be done.
    fn next(&mut self, now: Timestamp) -> Result<Result<Ranked, Step>, FolderError> {
        if self.revoked {
            return Ok(Err(Step::Revoked));
        }
        let due = self.due()?;
        let earliest = due.iter().map(|ranked| self.not_before(ranked.attempt)).min().flatten();
        let next = due.into_iter().find(|ranked| self.not_before(ranked.attempt).is_none_or(|then| then <= now));
        Ok(next.ok_or_else(|| earliest.map_or(Step::Idle, Step::WaitUntil)))
    }

    /// What a refused run waits for: sends it again. True where there is such a run.
    pub fn ask_again(&mut self, attempt: Uuid) -> Result<bool, FolderError> {
        let receipt = self.kept.receipt(attempt)?;
        if !receipt.is_some_and(|receipt| matches!(receipt.answer, Answer::Refused(_))) {
            return Ok(false);
        }
        self.kept.drop_receipt(attempt)?;
        self.runs.remove(&attempt);
        Ok(true)
    }

    /// Tries again at once: a person asks, or the network is back.
    pub fn hurry(&mut self) {
        self.way = Pause::default();
        self.runs.clear();
    }

    /// Runs that are still to be sent, refused ones left out.
    pub fn due(&mut self) -> Result<Vec<Ranked>, FolderError> {
        let mut due = Vec::new();
        for ranked in self.kept.ranked()? {
            if self.kept.receipt(ranked.attempt)?.is_none_or(|receipt| receipt.stage < ranked.stage) {
                due.push(ranked);
            }
        }
        Ok(due)
    }

    /// How it stands with every ranked run, in the order in which they were begun.
    pub fn lines(&mut self) -> Result<Vec<Line>, FolderError> {
        let due = self.due()?;
        let mut lines: BTreeMap<Uuid, Line> = BTreeMap::new();
        for Receipt { attempt, scenario, answer, .. } in self.kept.receipts()? {
            let state = match answer {
                Answer::Accepted(accepted) => State::Accepted(accepted),
                Answer::Refused(problem) => State::Refused(problem),
            };
            lines.insert(attempt, Line { attempt, scenario, state });
        }
        for Ranked { attempt, scenario, .. } in due {
            let state = if self.revoked {
                State::Revoked
            } else {
                State::Waiting { until: self.not_before(attempt), trouble: self.trouble.clone() }
            };
            lines.insert(attempt, Line { attempt, scenario, state });
        }
        Ok(lines.into_values().collect())
    }

    /// The same while [`Outbox::run_once`] sends the next one; none where it would send nothing.
    pub fn lines_while_sending(&mut self, now: Timestamp) -> Result<Option<Vec<Line>>, FolderError> {
        let Ok(next) = self.next(now)? else { return Ok(None) };
        let mut lines = self.lines()?;
        for line in lines.iter_mut().filter(|line| line.attempt == next.attempt) {
            line.state = State::Sending;
        }
        Ok(Some(lines))
    }

    /// Whether the service does not know this device any more.
    pub const fn is_revoked(&self) -> bool {
        self.revoked
    }

    fn not_before(&self, attempt: Uuid) -> Option<Timestamp> {
        self.way.until().max(self.runs.get(&attempt).and_then(Pause::until))
    }

    fn failed(&mut self, ranked: &Ranked, error: CallError, now: Timestamp, chance: u32) -> Step {
        let (pause, asked) = match &error {
            // It is this run that the service stumbles over; the others need not wait for it.
            CallError::Refused(problem) if problem.status == 500 => {
                (self.runs.entry(ranked.attempt).or_default(), problem.retry_after)
            }
            CallError::Refused(problem) => (&mut self.way, problem.retry_after),
            _ => (&mut self.way, None),
        };
        pause.after_failure(now, chance, asked);
        self.trouble = Some(error.clone());
        Step::Failed(error)
    }
}

impl State {
    /// One sentence for a person.
    pub fn words(&self) -> String {
        match self {
            Self::Waiting { trouble: None, .. } => "It is on its way to your team.".to_owned(),
            Self::Waiting { trouble: Some(trouble), .. } if trouble.is_offline() => {
                format!("It is kept here and sent as soon as the service can be reached. {trouble}")
            }
            Self::Waiting { trouble: Some(trouble), .. } => format!("It is kept here and tried again. {trouble}"),
            Self::Sending => "Sending\u{2026}".to_owned(),
            Self::Accepted(accepted) => standing_words(accepted),
            Self::Refused(problem) => format!("The service did not take it: {}", problem.title),
            Self::Revoked => {
                "The service does not know this device any more. Ask for a new invite and join again; nothing is lost."
                    .to_owned()
            }
        }
    }
}

fn standing_words(accepted: &Accepted) -> String {
    let points = accepted.points;
    match accepted.standing {
        Standing::Ranked => format!("Your team has it: {points} points, and it counts."),
        Standing::Provisional => {
            format!("Your team has it: {points} points so far. It is ranked when your promises have come due.")
        }
        Standing::Later => format!("Your team has it: {points} points. The first at each scenario is the one ranked."),
        Standing::Unranked => format!("Your team has it: {points} points, not ranked."),
        Standing::NotFinished => "Your team has it, as not finished.".to_owned(),
        Standing::Invalid => "A trainer has taken it off the board. Ask them why.".to_owned(),
    }
}
