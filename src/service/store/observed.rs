//! What statistics are made of, read in a stream.

use std::pin::Pin;

use jiff::Timestamp;
use tokio_stream::Stream;
use uuid::Uuid;

use super::{Result, Store};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::team::protocol::Standing;

/// Which attempts. What is none does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObservedOf {
    /// The slug.
    pub scenario: Option<String>,
    /// A version of it.
    pub full_hash: Option<Hash>,
    pub season: Option<Uuid>,
    pub team: Option<Uuid>,
    /// Received from then on.
    pub from: Option<Timestamp>,
    /// Received before.
    pub until: Option<Timestamp>,
}

/// What is kept of an attempt for statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedRow {
    pub attempt: Uuid,
    pub player: Uuid,
    pub scenario_hash: Hash,
    pub mode: Mode,
    pub received: Timestamp,
    pub standing: Standing,
    /// As it was given to [`Store::record`].
    pub observed: String,
}

impl Store {
    /// The attempts that were not invalidated and whose time is not over, by their ids.
    pub fn observed(&self, _of: &ObservedOf) -> Pin<Box<dyn Stream<Item = Result<ObservedRow>> + Send + '_>> {
        todo!()
    }
}
