//! What a player may ask about themselves, and how long anything is kept (`leaderboards`, "Access").

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::{Result, Store};

/// Everything that is kept about a player, but the hashes of their secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlayerExport {
    pub player: Uuid,
    pub alias: String,
    pub real_name: Option<String>,
    pub team: Option<String>,
    pub listed: bool,
    pub joined: Timestamp,
    pub devices: Vec<serde_json::Value>,
    pub starts: Vec<serde_json::Value>,
    /// With the files themselves, while they are kept.
    pub attempts: Vec<serde_json::Value>,
    pub sessions: Vec<serde_json::Value>,
}

impl Store {
    pub async fn export_player(&self, _player: Uuid) -> Result<PlayerExport> {
        todo!()
    }

    /// Deletes all that is kept about a player, in one transaction. The audit log keeps the id and nothing else.
    pub async fn delete_player(&self, _player: Uuid, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Drops the files of attempts, and what statistics are made of, where their season ended longer ago than
    /// [`Settings::retention_days`](super::Settings::retention_days). Scores stay. Gives how many were dropped.
    pub async fn drop_old(&self, _now: Timestamp) -> Result<u64> {
        todo!()
    }
}
