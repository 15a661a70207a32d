//! What holds for the whole service.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Result, Store};

/// What holds for the whole service. An administrator sets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// As in “Quayside support”.
    pub name: String,
    /// Days after a season's end for which the attempts themselves are kept; scores stay.
    pub retention_days: u32,
    /// Members with a listed score that a team needs to be listed.
    pub least_team: u32,
}

impl Store {
    /// The settings; those of a new service are its defaults.
    pub async fn settings(&self) -> Result<Settings> {
        todo!()
    }

    pub async fn set_settings(&self, _settings: &Settings, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }
}
