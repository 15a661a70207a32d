//! Taking in together what comes at the same time. A disk makes a few hundred writes a second durable, each of which may
//! hold many attempts: those that come while one is being made durable are the next, so that nobody waits for company.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::record::{examine, keep};
use super::{Recorded, Submission};
use crate::service::store::{Result, Store, StoreError, in_turn};

/// Attempts in one write. More would keep the others that write waiting for long.
const MOST: usize = 32;
/// Attempts that may wait. More would wait longer than a client does.
const LONGEST: usize = 512;

/// Those who wait to be written.
#[derive(Debug, Clone, Default)]
pub(in crate::service::store) struct Line {
    waiting: Arc<Mutex<Vec<Waiting>>>,
    /// Held by the one who writes.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug)]
struct Waiting {
    submission: Submission,
    now: Timestamp,
    answer: oneshot::Sender<Result<Recorded>>,
}

impl Line {
    /// None where the line is too long.
    fn enter(&self, submission: &Submission, now: Timestamp) -> Option<oneshot::Receiver<Result<Recorded>>> {
        let (answer, answered) = oneshot::channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= LONGEST {
            return None;
        }
        waiting.push(Waiting { submission: submission.clone(), now, answer });
        Some(answered)
    }

    /// Those who came first.
    fn next(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let many = waiting.len().min(MOST);
        waiting.drain(..many).collect()
    }
}

impl Store {
    pub(super) async fn record_together(&self, submission: &Submission, now: Timestamp) -> Result<Recorded> {
        let answered = self.line.enter(submission, now).ok_or(StoreError::Busy)?;
        let store = self.clone();
        // On its own: others may be in the same write when the one who brought it about goes away.
        tokio::spawn(async move {
            let _turn = store.line.turn.lock().await;
            store.write_next().await;
        });
        answered.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the writing broke off".to_owned())))
    }

    async fn write_next(&self) {
        let waiting = self.line.next();
        if waiting.is_empty() {
            // Somebody took all of them along.
            return;
        }
        let error = match self.write(&waiting).await {
            Ok(answers) => {
                for (waiting, answer) in waiting.into_iter().zip(answers) {
                    // Whoever went away asks again.
                    let _ = waiting.answer.send(answer);
                }
                return;
            }
            Err(error) => error,
        };
        for waiting in waiting {
            // What is the matter with all of them is told to all of them, and what is with one of them to that one.
            let answer = match &error {
                StoreError::Busy => Err(StoreError::Busy),
                StoreError::Unavailable(why) => Err(StoreError::Unavailable(why.clone())),
                _ => self.write_alone(&waiting).await,
            };
            let _ = waiting.answer.send(answer);
        }
    }

    async fn write_alone(&self, waiting: &Waiting) -> Result<Recorded> {
        self.write(std::slice::from_ref(waiting)).await?.pop().unwrap_or(Err(StoreError::Busy))
    }

    /// One transaction, and an answer for each: taken in, or why not.
    async fn write(&self, waiting: &[Waiting]) -> Result<Vec<Result<Recorded>>> {
        in_turn!(self, |transaction| {
            let mut answers = Vec::with_capacity(waiting.len());
            for Waiting { submission, now, .. } in waiting {
                answers.push(match examine(&mut transaction, submission, *now).await {
                    Ok(examined) => Ok(keep(&mut transaction, submission, examined, *now).await?),
                    Err(refused @ (StoreError::Conflict(_) | StoreError::NotFound(_))) => Err(refused),
                    Err(error) => Err(error)?,
                });
            }
            answers
        })
    }
}
