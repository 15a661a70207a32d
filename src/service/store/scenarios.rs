//! Published scenarios, and which team is to do which by when.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};
use crate::scenario::model::Hash;
use crate::team::protocol::PublishedScenario;

/// A scenario to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPublish {
    pub full_hash: Hash,
    pub structure_hash: Hash,
    pub slug: String,
    pub title: String,
    /// 1 to 5.
    pub difficulty: u8,
    /// The whole file.
    pub text: String,
}

/// A version of a scenario that is published or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub full_hash: Hash,
    pub structure_hash: Hash,
    pub slug: String,
    pub title: String,
    pub difficulty: u8,
    pub published: Timestamp,
    /// None while it can be played for a rank.
    pub retired: Option<Timestamp>,
}

/// A scenario that a team is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub team: Uuid,
    pub scenario: String,
    pub due: Option<Timestamp>,
}

impl Store {
    /// Publishes a version of a scenario and retires the one of the same slug that was published before. Publishing
    /// what is published changes nothing; what was retired comes back.
    pub async fn publish(&self, _scenario: &ToPublish, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Takes a slug out of play. Its boards stay.
    pub async fn retire(&self, _slug: &str, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// All versions there ever were, by slug, the latest of each first.
    pub async fn published(&self) -> Result<Vec<Published>> {
        todo!()
    }

    /// A version and its whole text, whether or not it has been retired.
    pub async fn scenario(&self, _full_hash: Hash) -> Result<Option<(Published, String)>> {
        todo!()
    }

    /// The scenarios in play as a player stands with them, by slug.
    pub async fn scenarios_for(&self, _player: Uuid, _now: Timestamp) -> Result<Vec<PublishedScenario>> {
        todo!()
    }

    /// Assigns a scenario to a team, or moves its date.
    pub async fn assign(&self, _assignment: &Assignment, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    pub async fn unassign(&self, _team: Uuid, _scenario: &str, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// All assignments, by team and due date.
    pub async fn assignments(&self) -> Result<Vec<Assignment>> {
        todo!()
    }
}
