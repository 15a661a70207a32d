//! What can be reached in a scenario and what it can score, found out while somebody types.
//!
//! A thread of its own waits for a pause in typing, and then solves. Any change stops it, for what it looks for is then
//! about another text. Nobody waits for it: what is not known yet is said to be so.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::explore::solve::{Options, Progress, Range, Settled, Stage, ranges, reachability};
use crate::scenario::Scenario;
use crate::scenario::model::Hash;

/// How long nothing must be typed before it is worth beginning.
const PAUSE: Duration = Duration::from_millis(700);

/// What was found out about a scenario.
#[derive(Debug, Clone)]
pub struct Known {
    /// Of the scenario that it is about.
    hash: Hash,
    /// Of each node, reply and so on, whether it is reached. None until all of it is known.
    pub elements: Option<Arc<[Settled]>>,
    /// Best and worst, of the whole and of each skill. None until all of it is known.
    pub ranges: Option<Arc<[Range]>>,
}

/// A solver on a thread of its own, which ends with it.
#[derive(Debug)]
pub struct Solving {
    jobs: Sender<Job>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Counts the changes; a search that was begun before the last one is stopped.
    changes: AtomicU64,
    known: Mutex<BTreeMap<String, Known>>,
}

#[derive(Debug)]
struct Job {
    file: String,
    /// None where there is nothing to solve, for now.
    scenario: Option<Box<Scenario>>,
}

impl Solving {
    /// Starts the thread.
    #[must_use]
    pub fn begin() -> Self {
        let shared = Arc::new(Shared::default());
        let (jobs, received) = channel();
        let own = Arc::clone(&shared);
        std::thread::spawn(move || work(&received, &own));
        Self { jobs, shared }
    }

    /// Solves this from now on, in place of what the file of this name was before.
    pub fn look_at(&self, file: &str, scenario: Option<&Scenario>) {
        self.shared.changes.fetch_add(1, Ordering::Relaxed);
        let job = Job { file: file.to_owned(), scenario: scenario.cloned().map(Box::new) };
        // Where the thread has ended, nothing will be known, and it is said so.
        let _ = self.jobs.send(job);
    }

    /// What is known of a file, if it is about the scenario of this hash.
    pub fn known(&self, file: &str, hash: Hash) -> Option<Known> {
        self.shared.known_of(file, hash)
    }
}

impl Drop for Solving {
    fn drop(&mut self) {
        self.shared.changes.fetch_add(1, Ordering::Relaxed);
    }
}

impl Shared {
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known_of(&self, file: &str, hash: Hash) -> Option<Known> {
        self.known().get(file).filter(|known| known.hash == hash).cloned()
    }
}

fn work(jobs: &Receiver<Job>, shared: &Shared) {
    let mut waiting: BTreeMap<String, Box<Scenario>> = BTreeMap::new();
    loop {
        // Whatever changes from here on comes as a job.
        let began = shared.changes.load(Ordering::Relaxed);
        let next = if waiting.is_empty() {
            jobs.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            jobs.recv_timeout(PAUSE)
        };
        match next {
            Ok(Job { file, scenario: Some(scenario) }) => {
                waiting.insert(file, scenario);
            }
            Ok(Job { file, scenario: None }) => {
                waiting.remove(&file);
                shared.known().remove(&file);
            }
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let Some((file, scenario)) = waiting.pop_first() else { continue };
                if !solve(&file, &scenario, shared, began) {
                    // Another file was changed, or this one: then a newer job takes its place.
                    waiting.insert(file, scenario);
                }
            }
        }
    }
}

/// Solves a scenario as it was after so many changes. Says whether it came to its end.
fn solve(file: &str, scenario: &Scenario, shared: &Shared, began: u64) -> bool {
    let hash = scenario.hashes.full;
    // A remark was changed, or a change taken back.
    if shared.known_of(file, hash).is_some_and(|known| known.ranges.is_some()) {
        return true;
    }
    let mut watch = Watch { shared, began };
    let options = Options::default();
    let elements = reachability(scenario, &options, &mut watch);
    if watch.is_stopped() {
        return false;
    }
    let mut known = Known { hash, elements: Some(elements.into()), ranges: None };
    shared.known().insert(file.to_owned(), known.clone());
    let ranges = ranges(scenario, &options, &mut watch);
    if watch.is_stopped() {
        return false;
    }
    known.ranges = Some(ranges.into());
    shared.known().insert(file.to_owned(), known);
    true
}

struct Watch<'a> {
    shared: &'a Shared,
    began: u64,
}

impl Progress for Watch<'_> {
    fn report(&mut self, _stage: Stage) {}

    fn is_stopped(&self) -> bool {
        self.shared.changes.load(Ordering::Relaxed) != self.began
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load::load;

    #[test]
    fn a_change_stops_the_search_and_what_it_found_is_not_kept() {
        let text = include_str!("../../../scenarios/can-i-have-it-on.ron");
        let scenario = load("test", text.as_bytes()).scenario.expect("it loads");
        let hash = scenario.hashes.full;
        let shared = Shared { changes: AtomicU64::new(1), ..Shared::default() };
        assert!(!solve("test", &scenario, &shared, 0), "there was a change since");
        assert!(shared.known_of("test", hash).is_none());
        assert!(solve("test", &scenario, &shared, 1));
        let known = shared.known_of("test", hash).expect("all of it is known");
        assert!(known.elements.is_some() && known.ranges.is_some());
        assert!(solve("test", &scenario, &shared, 0), "what is known is not looked for again");
    }
}
