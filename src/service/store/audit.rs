//! The audit log: every act of an administrator. It can be added to and read, and the database refuses all else.

use jiff::Timestamp;
use serde::Serialize;

use super::{Result, Store};

/// An act of an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// From 1 on, without gaps.
    pub number: u64,
    pub at: Timestamp,
    /// Who did it: the id of a token, or a word for the command line.
    pub by: String,
    /// What was done, as in `invalidate-attempt`.
    pub act: String,
    /// To what: an id, never a name.
    pub about: String,
    /// In JSON.
    pub detail: String,
}

impl Store {
    /// The log, the latest first, from before `number` on.
    pub async fn audit(&self, _before: Option<u64>, _limit: u32) -> Result<Vec<AuditRow>> {
        todo!()
    }

    /// Notes an act that changes nothing here, as an export of somebody's data.
    pub async fn note(&self, _by: &str, _act: &str, _about: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }
}
