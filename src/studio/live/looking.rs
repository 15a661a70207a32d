//! Looking for a way to a node, on a thread of its own.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};

use crate::explore::{Playthrough, way_to};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId};

/// A way that is being looked for.
#[derive(Debug)]
pub(super) struct Looking {
    pub(super) scenario: Arc<Scenario>,
    pub(super) goal: (EncounterId, NodeId),
    pub(super) seed: u64,
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    answer: Mutex<Receiver<Option<Playthrough>>>,
}

/// The search found no way.
#[derive(Debug)]
pub(super) struct NoWay;

impl Looking {
    pub(super) fn begin(scenario: &Arc<Scenario>, seed: u64, goal: (EncounterId, NodeId)) -> Self {
        let (answer, answers) = channel();
        let played = Arc::clone(scenario);
        std::thread::spawn(move || {
            // Whoever asked may have gone on to something else meanwhile.
            let _ = answer.send(way_to(&played, seed, goal.0, goal.1));
        });
        Self { scenario: Arc::clone(scenario), goal, seed, answer: Mutex::new(answers) }
    }

    /// What was found, once the search is done.
    pub(super) fn found(&mut self) -> Option<Result<Playthrough, NoWay>> {
        match self.answer.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv() {
            Ok(found) => Some(found.ok_or(NoWay)),
            Err(TryRecvError::Empty) => None,
            // The thread is gone without an answer: as good as none.
            Err(TryRecvError::Disconnected) => Some(Err(NoWay)),
        }
    }
}
