//! Teams.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: Uuid,
    pub name: String,
    /// Players in it, listed or not.
    pub players: u64,
}

impl Store {
    /// Makes a team, or gives one another name. `key` is what must differ from team to team, computed from the name as
    /// a player's alias key is.
    ///
    /// # Errors
    /// [`Conflict::NameTaken`](super::Conflict::NameTaken).
    pub async fn put_team(&self, _id: Uuid, _name: &str, _key: &str, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// All teams, by name.
    pub async fn teams(&self) -> Result<Vec<Team>> {
        todo!()
    }

    /// Drops a team that nobody is in.
    pub async fn drop_team(&self, _id: Uuid, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }
}
