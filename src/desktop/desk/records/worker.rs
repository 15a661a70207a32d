//! The thread that sends records, so that no frame ever waits for a store.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::attempt::{Attempt, Store, fresh_seed};
use crate::desktop::desk::together::Tell;
use crate::desktop::screens::settings::Sending;
use crate::library::Library;
use crate::online::lrs::outbox::{self, Delivery, Receipts};
use crate::online::lrs::{Lrs, Patience, Stopped};
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::model::Hash;
use crate::settings::RecordSettings;

/// A request is sent once: pauses are made here, where a person can end them.
const PATIENCE: Patience =
    Patience { tries: 1, first: Duration::ZERO, longest: Duration::ZERO, timeout: Duration::from_secs(30) };
/// Seconds before it is tried again the first time; each next pause is twice as long, give or take by chance.
const FIRST_PAUSE: u64 = 60;
const LONGEST_PAUSE: u64 = 30 * 60;

/// What sending needs to know.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) settings: RecordSettings,
    pub(super) library: Library,
}

#[derive(Debug)]
pub(super) enum Ask {
    /// How much the store has, and how much it does not.
    Look(Box<Given>),
    /// Sends what the store does not have, and goes on trying until it does.
    Send(Box<Given>),
    Stop,
}

/// The thread of one store. Dropped, it ends after what it is at.
#[derive(Debug)]
pub(super) struct Worker(Sender<Ask>);

impl Worker {
    pub(super) fn start(store: Store, data: PathBuf, tell: Tell<Sending>) -> std::io::Result<Self> {
        let (asks, asked) = channel();
        let work = Work { store, data, tell };
        std::thread::Builder::new().name("records".to_owned()).spawn(move || work.run(&asked))?;
        Ok(Self(asks))
    }

    pub(super) fn ask(&self, ask: Ask) {
        // A thread that has ended has said why.
        let _ = self.0.send(ask);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.send(Ask::Stop);
    }
}

struct Work {
    store: Store,
    data: PathBuf,
    tell: Tell<Sending>,
}

/// What was not taken, and when it is tried again.
struct Again {
    given: Box<Given>,
    failed: u32,
    at: Timestamp,
}

impl Work {
    fn run(&self, asked: &Receiver<Ask>) {
        let mut again: Option<Again> = None;
        loop {
            let ask = match &again {
                None => asked.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(again) => {
                    let wait = again.at.duration_since(Timestamp::now());
                    asked.recv_timeout(Duration::try_from(wait).unwrap_or(Duration::ZERO))
                }
            };
            again = match (ask, again) {
                (Ok(Ask::Stop) | Err(RecvTimeoutError::Disconnected), _) => return,
                (Ok(Ask::Send(given)), _) => self.send(given, 0),
                // What waits says how it stands.
                (Ok(Ask::Look(_)), Some(again)) => Some(again),
                (Ok(Ask::Look(given)), None) => {
                    self.look(&given);
                    None
                }
                (Err(RecvTimeoutError::Timeout), Some(again)) => self.send(again.given, again.failed),
                (Err(RecvTimeoutError::Timeout), None) => None,
            };
        }
    }

    fn look(&self, given: &Given) {
        let Some(store) = &given.settings.store else { return };
        let said = Lrs::new(store, PATIENCE).map_err(|error| error.to_string()).and_then(|lrs| {
            let receipts = Receipts::open(&self.data);
            let due = outbox::due(&self.store, &receipts, lrs.address()).map_err(|error| error.to_string())?;
            Ok(Sending::Done { sent: receipts.statements(lrs.address()), waiting: due.len(), notes: Vec::new() })
        });
        self.tell.tell(said.unwrap_or_else(Sending::Refused));
    }

    /// Sends what is due. What is left, where it may go another time.
    fn send(&self, given: Box<Given>, failed: u32) -> Option<Again> {
        self.tell.tell(Sending::Now);
        let store = given.settings.store.as_ref()?;
        let sent = Lrs::new(store, PATIENCE).map_err(|error| error.to_string()).and_then(|lrs| {
            let delivery = self.deliver(&lrs, &given)?;
            let sent = Receipts::open(&self.data).statements(lrs.address());
            Ok((delivery, sent))
        });
        let (delivery, sent) = match sent {
            Ok(sent) => sent,
            Err(why) => {
                self.tell.tell(Sending::Refused(why));
                return None;
            }
        };
        let (notes, left) = (notes(&delivery), delivery.left);
        match delivery.stopped {
            None => {
                self.tell.tell(Sending::Done { sent, waiting: 0, notes });
                None
            }
            Some(why) if why.may_pass() => {
                let at = Timestamp::now() + pause(&why, failed);
                self.tell.tell(Sending::Waiting { why: short(&why), until: at, left });
                Some(Again { given, failed: failed + 1, at })
            }
            Some(why) => {
                self.tell.tell(Sending::Refused(why.to_string()));
                None
            }
        }
    }

    fn deliver(&self, lrs: &Lrs, given: &Given) -> Result<Delivery, String> {
        let receipts = Receipts::open(&self.data);
        let due = outbox::due(&self.store, &receipts, lrs.address()).map_err(|error| error.to_string())?;
        if due.is_empty() {
            return Ok(Delivery::default());
        }
        let scenarios: BTreeMap<Hash, Arc<Scenario>> = given
            .library
            .scenarios_in_all_languages()
            .into_iter()
            .map(|scenario| (scenario.hashes.full, scenario))
            .collect();
        let scenario_of = |attempt: &Attempt| scenarios.get(&attempt.full_hash).cloned().or_else(|| self.kept(attempt));
        outbox::deliver(lrs, &self.data, &given.settings, &due, &scenario_of).map_err(|error| error.to_string())
    }

    /// The copy that lies beside the attempts, where it is the very one.
    fn kept(&self, attempt: &Attempt) -> Option<Arc<Scenario>> {
        let text = self.store.scenario_text(attempt.full_hash).ok().flatten()?;
        let scenario = load("the kept copy", text.as_bytes()).scenario?;
        (scenario.hashes.full == attempt.full_hash).then(|| Arc::new(scenario))
    }
}

/// What is not well although the store was reached.
fn notes(delivery: &Delivery) -> Vec<String> {
    let aside: Vec<_> = delivery.delivered.iter().flat_map(|one| &one.put_aside).collect();
    let mut notes = Vec::new();
    if let Some(first) = aside.first() {
        notes.push(match aside.len() {
            1 => format!("The store did not take one statement. It says: {}", first.words),
            more => format!("The store did not take {more} statements. Of the first it says: {}", first.words),
        });
    }
    if let Some((_, why)) = delivery.without_record.first() {
        notes.push(match delivery.without_record.len() {
            1 => format!("Of one call no record can be made. {why}"),
            more => format!("Of {more} calls no record can be made. Of the first: {why}"),
        });
    }
    notes
}

fn short(why: &Stopped) -> String {
    match why {
        Stopped::Later { .. } => "the store is busy".to_owned(),
        Stopped::Unreachable { why, .. } => format!("no connection ({why})"),
        other => other.to_string(),
    }
}

/// Half of it by chance, so that many that were turned away do not come back together.
fn pause(why: &Stopped, failed: u32) -> SignedDuration {
    let seconds = if let Stopped::Later { seconds } = why {
        *seconds
    } else {
        let whole = FIRST_PAUSE.saturating_mul(1 << failed.min(16)).min(LONGEST_PAUSE);
        whole / 2 + fresh_seed() % (whole / 2 + 1)
    };
    SignedDuration::from_secs(i64::try_from(seconds.clamp(1, 24 * 60 * 60)).unwrap_or(i64::MAX))
}
