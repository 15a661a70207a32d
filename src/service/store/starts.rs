//! Starts: leave to play one ranked run (`leaderboards`, "Ranked runs").

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};
use crate::team::protocol::{AskStart, Start};

/// A start that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenStart {
    pub start: Start,
    pub player: Uuid,
    /// 1 for the one that is listed; counted when given.
    pub slot: u32,
    /// What came of it.
    pub attempt: Option<Uuid>,
}

impl GivenStart {
    /// The seed as a number.
    pub fn seed(&self) -> u64 {
        todo!()
    }
}

impl Store {
    /// Hours for which a start is good that is played while the service is in reach: a call may be played over a day.
    pub const HOURS_ONLINE: u32 = 24;
    /// Hours for which one fetched ahead is good.
    pub const HOURS_AHEAD: u32 = 72;

    /// Gives leave to play. The same question has the same answer, whatever `seed` comes with it; it counts when given.
    ///
    /// # Errors
    /// [`Conflict`](super::Conflict) `AnotherBody` (the id stands for another question or player), `NotPublished`,
    /// `NoSeason`, `NoneLeft`, `AheadOutstanding`.
    pub async fn issue_start(&self, _player: Uuid, _ask: &AskStart, _seed: u64, _now: Timestamp) -> Result<Start> {
        todo!()
    }

    /// A start by its id.
    pub async fn start(&self, _id: Uuid) -> Result<Option<GivenStart>> {
        todo!()
    }
}
