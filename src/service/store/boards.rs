//! Boards: an exact rank from a small histogram and a count inside one of its buckets (`leaderboards`, "Scale").

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};
use crate::team::protocol::{BoardName, BoardPage, Changed, ImprovedBoard, TeamBoard};

/// A page of a board to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    pub board: BoardName,
    /// [`BoardPage::next`] of the page before.
    pub cursor: Option<String>,
    /// Rows, 1 to [`LARGEST_PAGE`](crate::team::protocol::LARGEST_PAGE).
    pub limit: u32,
    /// Who asks.
    pub player: Option<Uuid>,
}

impl Store {
    /// A page of a board. `None` where the cursor is none of ours.
    ///
    /// # Errors
    /// [`Thing::Season`](super::Thing::Season), [`Thing::Scenario`](super::Thing::Scenario) or
    /// [`Thing::Team`](super::Thing::Team) not found; [`Conflict::NoSeason`](super::Conflict::NoSeason).
    pub async fn board_page(&self, _asked: &Asked, _now: Timestamp) -> Result<Option<BoardPage>> {
        todo!()
    }

    /// Teams by the median of their members' medians.
    pub async fn team_board(&self, _board: &BoardName, _player: Option<Uuid>) -> Result<TeamBoard> {
        todo!()
    }

    /// Who gained most from the first final attempt to the latest.
    pub async fn improved(&self, _board: &BoardName, _limit: u32, _player: Option<Uuid>) -> Result<ImprovedBoard> {
        todo!()
    }

    /// A number that goes up with every change of a board.
    pub async fn revision(&self) -> Result<u64> {
        todo!()
    }

    /// What has changed since a revision, oldest first; all boards where no scenario is named.
    pub async fn changed_since(&self, _revision: u64) -> Result<Vec<Changed>> {
        todo!()
    }
}
