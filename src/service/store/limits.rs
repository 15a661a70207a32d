//! How often something may be done, counted in the database so that all replicas count together.

use jiff::Timestamp;

use super::{Result, Store};

/// At most so often in a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub most: u32,
    /// Seconds; windows lie end to end, beginning with 1970.
    pub window: u32,
}

impl Store {
    /// Takes one from what is left of a limit. `Some` tells after how many seconds there is more.
    pub async fn take(&self, _key: &str, _limit: Limit, _now: Timestamp) -> Result<Option<u32>> {
        todo!()
    }

    /// Forgets what is over: windows of limits, sessions, invites that nobody used.
    pub async fn sweep(&self, _now: Timestamp) -> Result<()> {
        todo!()
    }
}
