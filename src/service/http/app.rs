//! What every request has at hand.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderValue;
use jiff::Timestamp;

use super::events::Events;
use super::metrics::Metrics;
use super::problem::Refused;
use super::reads::Reads;
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::model::Hash;
use crate::service::proxies::Proxies;
use crate::service::reporting;
use crate::service::store::{Limit, Store};
use crate::service::verify::{self, Queue};

/// Scenarios kept ready to be played. More are read anew when they are needed.
const MOST_SCENARIOS: usize = 256;

/// What every request has at hand. Cheap to clone.
#[derive(Debug, Clone)]
pub(in crate::service) struct App {
    pub(in crate::service) store: Store,
    pub(in crate::service) queue: Queue,
    pub(in crate::service) metrics: Arc<Metrics>,
    pub(in crate::service) events: Events,
    pub(in crate::service) place: Arc<Place>,
    pub(in crate::service) clock: Clock,
    pub(super) reads: Arc<Reads>,
    pub(in crate::service) reports: reporting::Kept,
    scenarios: Arc<Mutex<BTreeMap<Hash, Arc<Scenario>>>>,
}

/// Where the service is to be found, and how safely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct Place {
    /// As others reach it: `https://board.example:7766`, without a slash at the end.
    pub(in crate::service) address: String,
    /// Of its own certificate.
    pub(in crate::service) pin: Option<[u8; 32]>,
    /// Browsers may keep cookies to encrypted connections.
    pub(in crate::service) encrypted: bool,
    /// And never come back without. Not where they would have to trust a certificate that nobody vouches for.
    pub(in crate::service) strict_transport: bool,
    /// Who is believed where a request comes from.
    pub(in crate::service) proxies: Proxies,
}

/// The time of day.
#[derive(Clone)]
pub(in crate::service) struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    pub(in crate::service) fn of(clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(clock))
    }

    pub(in crate::service) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::of(Timestamp::now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock")
    }
}

impl App {
    pub(in crate::service) fn new(store: Store, queue: Queue, place: Place, events: Events, clock: Clock) -> Self {
        Self {
            metrics: Arc::new(Metrics::new(&queue)),
            store,
            queue,
            events,
            place: Arc::new(place),
            clock,
            reads: Arc::default(),
            reports: reporting::kept(),
            scenarios: Arc::default(),
        }
    }

    pub(in crate::service) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Takes one from a limit that is counted in the database.
    pub(in crate::service) async fn limit(&self, key: &str, limit: Limit) -> Result<(), Refused> {
        match self.store.take(key, limit, self.now()).await? {
            None => Ok(()),
            Some(seconds) => Err(Refused::busy(seconds, "That was often. Wait a little, then try again.")),
        }
    }

    /// Leaves no read for an hour.
    #[cfg(test)]
    pub(in crate::service) fn use_up_reads(&self, who: &str) {
        self.reads.use_up(who);
    }

    /// A version of a scenario that is published or was, ready to be played.
    pub(in crate::service) async fn scenario(&self, full_hash: Hash) -> Result<Arc<Scenario>, Refused> {
        if let Some(scenario) = self.ready(full_hash) {
            return Ok(scenario);
        }
        let (published, text) = self.store.scenario(full_hash).await?.ok_or_else(verify::not_published)?;
        let reading = tokio::task::spawn_blocking(move || load(&published.slug, text.into_bytes()).scenario);
        let scenario = reading.await.map_err(|error| Refused::failed(&error))?;
        let scenario = scenario.filter(|scenario| scenario.hashes.full == full_hash).map(Arc::new);
        // This program reads it otherwise than the one that published it.
        let scenario = scenario.ok_or_else(verify::not_published)?;
        let mut ready = self.scenarios.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= MOST_SCENARIOS {
            ready.clear();
        }
        ready.insert(full_hash, Arc::clone(&scenario));
        Ok(scenario)
    }

    fn ready(&self, full_hash: Hash) -> Option<Arc<Scenario>> {
        self.scenarios.lock().unwrap_or_else(PoisonError::into_inner).get(&full_hash).cloned()
    }
}

impl Place {
    /// What browsers are told about coming back.
    pub(super) fn transport(&self) -> Option<HeaderValue> {
        self.strict_transport.then(|| HeaderValue::from_static("max-age=31536000"))
    }
}
