//! Players, their real names, and the invites with which they join.

use jiff::Timestamp;
use uuid::Uuid;

use super::{NewToken, Result, Store};

/// A player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    pub id: Uuid,
    /// A pseudonym.
    pub alias: String,
    pub team: Option<Uuid>,
    pub team_name: Option<String>,
    /// Whether the player is shown on boards.
    pub listed: bool,
    pub joined: Timestamp,
}

/// A player as a trainer sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerRow {
    pub player: Player,
    /// Where one was given. It stands in this one table only.
    pub real_name: Option<String>,
    /// Attempts kept, of any standing.
    pub attempts: u64,
    /// When one of the player's devices was last seen.
    pub last_seen: Option<Timestamp>,
}

/// Somebody who joins with an invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// Hash of the invite's code.
    pub invite: [u8; 32],
    pub player: Uuid,
    pub alias: String,
    /// What must differ from player to player: the alias in NFKC, folded, as its confusables skeleton.
    pub alias_key: String,
    /// Their first device.
    pub device: NewToken,
}

/// An invite that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Hash of its code.
    pub hash: [u8; 32],
    pub team: Option<Uuid>,
    pub by: String,
    pub made: Timestamp,
    pub expires: Timestamp,
    pub used: Option<(Timestamp, Uuid)>,
}

impl Store {
    /// Keeps an invite, for 7 days. Of its code only the hash.
    pub async fn invite(&self, _hash: [u8; 32], _team: Option<Uuid>, _by: &str, _now: Timestamp) -> Result<Invited> {
        todo!()
    }

    /// Invites that were not used and are not too old, and those used, the latest first.
    pub async fn invites(&self) -> Result<Vec<Invited>> {
        todo!()
    }

    /// Uses an invite: makes a player with a first device. Of two who use it at once, one gets in.
    ///
    /// # Errors
    /// [`Thing::Invite`](super::Thing::Invite) not found, [`Conflict::Used`](super::Conflict::Used),
    /// [`Conflict::Expired`](super::Conflict::Expired), [`Conflict::NameTaken`](super::Conflict::NameTaken).
    pub async fn join(&self, _joining: &Joining, _now: Timestamp) -> Result<Player> {
        todo!()
    }

    pub async fn player(&self, _id: Uuid) -> Result<Option<Player>> {
        todo!()
    }

    /// All players with their real names, by alias: for a trainer.
    pub async fn players(&self) -> Result<Vec<PlayerRow>> {
        todo!()
    }

    /// Gives a player another alias.
    ///
    /// # Errors
    /// [`Conflict::NameTaken`](super::Conflict::NameTaken).
    pub async fn rename(&self, _player: Uuid, _alias: &str, _alias_key: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Puts a player on the boards or takes them off, at once.
    pub async fn set_listed(&self, _player: Uuid, _listed: bool, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Moves a player, with their scores, to a team or out of all.
    pub async fn set_team(&self, _player: Uuid, _team: Option<Uuid>, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Keeps a player's real name, or forgets it.
    pub async fn set_real_name(&self, _player: Uuid, _name: Option<&str>, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }
}
