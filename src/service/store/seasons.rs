//! Seasons: stretches of time with boards of their own. One is open at a time.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};
use crate::team::protocol::Season;

/// A season to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeason {
    pub id: Uuid,
    pub name: String,
    /// Ranked attempts a player has at each scenario.
    pub attempts: u32,
}

impl NewSeason {
    /// Ranked attempts a player has at each scenario, where nothing else is said.
    pub const ATTEMPTS: u32 = 3;
}

impl Store {
    /// The season that is open, if one is.
    pub async fn season(&self) -> Result<Option<Season>> {
        todo!()
    }

    /// All seasons, the latest first.
    pub async fn seasons(&self) -> Result<Vec<Season>> {
        todo!()
    }

    /// Opens a season.
    ///
    /// # Errors
    /// [`Conflict::SeasonOpen`](super::Conflict::SeasonOpen).
    pub async fn open_season(&self, _season: &NewSeason, _by: &str, _now: Timestamp) -> Result<Season> {
        todo!()
    }

    /// Closes the open season, and opens the next in the same transaction where one is given. Starts that were given
    /// stay good until they expire.
    ///
    /// # Errors
    /// [`Conflict::NoSeason`](super::Conflict::NoSeason).
    pub async fn close_season(&self, _next: Option<&NewSeason>, _by: &str, _now: Timestamp) -> Result<Option<Season>> {
        todo!()
    }
}
