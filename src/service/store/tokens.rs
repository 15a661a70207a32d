//! Tokens of devices, administrators and displays, and the sessions of browsers. Of all secrets only the hash is kept.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};
use crate::team::Kind;

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Player(Uuid),
    /// By the id of the token.
    Administrator(String),
    /// By the id of the token.
    Display(String),
}

/// A token to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// 8 letters and digits.
    pub id: String,
    /// [`Token::hash`](crate::team::Token::hash).
    pub hash: [u8; 32],
    /// As in “desk by the window”.
    pub name: Option<String>,
}

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptToken {
    pub id: String,
    pub kind: Kind,
    pub hash: [u8; 32],
    pub name: Option<String>,
    /// Whose device it is.
    pub player: Option<Uuid>,
    pub added: Timestamp,
    pub last_seen: Option<Timestamp>,
    pub revoked: Option<Timestamp>,
}

impl KeptToken {
    pub fn who(&self) -> Option<Who> {
        match self.kind {
            Kind::Device => self.player.map(Who::Player),
            Kind::Administrator => Some(Who::Administrator(self.id.clone())),
            Kind::Display => Some(Who::Display(self.id.clone())),
        }
    }
}

impl Store {
    /// A token by its id, revoked or not. Compare the hash in constant time.
    pub async fn token(&self, _kind: Kind, _id: &str) -> Result<Option<KeptToken>> {
        todo!()
    }

    /// Another device for a player.
    pub async fn add_device(&self, _player: Uuid, _device: &NewToken, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// A player's devices that were not revoked, the first one first.
    pub async fn devices(&self, _player: Uuid) -> Result<Vec<KeptToken>> {
        todo!()
    }

    /// Revokes one of a player's own devices.
    pub async fn drop_device(&self, _player: Uuid, _id: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Keeps an administrator's or a display's token.
    pub async fn add_token(&self, _kind: Kind, _token: &NewToken, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// The tokens of a kind, the first one first, those revoked among them.
    pub async fn tokens(&self, _kind: Kind) -> Result<Vec<KeptToken>> {
        todo!()
    }

    /// Revokes a token of any kind, and ends the sessions begun with it.
    pub async fn revoke(&self, _kind: Kind, _id: &str, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Whether there is an administrator's token that was not revoked.
    pub async fn has_administrator(&self) -> Result<bool> {
        todo!()
    }

    /// Notes that a token was used. Where it was noted less than a minute before, nothing is written.
    pub async fn seen(&self, _kind: Kind, _id: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Begins a browser's session. `token` is the id of the token it was begun with, if it was: revoking that ends it.
    pub async fn begin_session(
        &self,
        _hash: [u8; 32],
        _who: &Who,
        _token: Option<&str>,
        _expires: Timestamp,
        _now: Timestamp,
    ) -> Result<()> {
        todo!()
    }

    /// Whose session it is, unless it is over.
    pub async fn session(&self, _hash: [u8; 32], _now: Timestamp) -> Result<Option<Who>> {
        todo!()
    }

    pub async fn end_session(&self, _hash: [u8; 32]) -> Result<()> {
        todo!()
    }
}
