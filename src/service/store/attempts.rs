//! Attempts: taking them in once, and what a person decides about them.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Result, Store};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::Outcome;
use crate::team::protocol::{Accepted, Flag, OwnAttempts, Standing};

/// An attempt that was played back and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub attempt: Uuid,
    pub player: Uuid,
    /// None where its seed was the client's own: it is kept and not ranked.
    pub start: Option<Uuid>,
    /// The file's text.
    pub body: String,
    /// Of the body.
    pub body_hash: Hash,
    /// Of the scenario's full hash, the seed and the inputs: one call is taken once, whoever sends it.
    pub digest: Hash,
    /// The body hash of the kept attempt that this one goes on from. The caller has seen that the kept one was
    /// provisional and that this one's inputs begin with its inputs.
    pub continues: Option<Hash>,
    pub scenario_hash: Hash,
    pub rules: u32,
    pub mode: Mode,
    pub seed: u64,
    pub judged: Judged,
    pub flags: Vec<Flag>,
    /// What statistics are made of; opaque here.
    pub observed: String,
}

/// What playing it back came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub outcome: Outcome,
    /// 0 to 1000.
    pub overall: u16,
    /// 0 to 1320.
    pub points: u32,
    /// Hundredths of a point, by [`Skill::index`](crate::scenario::vocabulary::Skill::index).
    pub skills: [i32; 5],
    /// Ladder points of each skill, 0 to 1320.
    pub skill_points: [u32; 5],
    pub moderate_or_worse: u16,
    pub severe_or_worse: u16,
    /// Trust at the end, in hundredths.
    pub trust: i32,
    /// In the smallest unit of money.
    pub given_away: u32,
    /// 0 to 100.
    pub needs_met: i32,
    /// Every promise has matured.
    pub is_final: bool,
}

/// What came of recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// An [`Accepted`] in JSON: the same, word for word, however often the attempt is sent.
    pub answer: String,
    pub accepted: Accepted,
    /// It was not known before, or went on from what was.
    pub new: bool,
}

/// An attempt as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAttempt {
    pub attempt: Uuid,
    pub player: Uuid,
    pub start: Option<Uuid>,
    pub season: Uuid,
    /// The scenario's slug.
    pub scenario: String,
    pub scenario_hash: Hash,
    pub rules: u32,
    pub mode: Mode,
    pub received: Timestamp,
    pub standing: Standing,
    pub judged: Judged,
    pub flags: Vec<Flag>,
    /// Why a person took it off the boards.
    pub invalid: Option<String>,
    pub body_hash: Hash,
    /// The file's text, unless the time it is kept for is over.
    pub body: Option<String>,
}

impl Store {
    /// Takes an attempt in. Sent again it is answered again; going on from a provisional one it takes its place.
    ///
    /// # Errors
    /// [`Conflict`](super::Conflict) `AnotherBody`, `SameCall`, `NotYours`, `NotAsGiven`, `NotPublished`, `Used`,
    /// `Expired`, `NoSeason`; [`Thing::Start`](super::Thing::Start) not found.
    pub async fn record(&self, _submission: &Submission, _now: Timestamp) -> Result<Recorded> {
        todo!()
    }

    pub async fn attempt(&self, _id: Uuid) -> Result<Option<KeptAttempt>> {
        todo!()
    }

    /// Attempts that a person should look at, the latest first.
    pub async fn flagged(&self, _limit: u32) -> Result<Vec<KeptAttempt>> {
        todo!()
    }

    /// A player's own attempts and starts, the latest first. `cursor` is what the page before gave.
    pub async fn own_attempts(
        &self,
        _player: Uuid,
        _cursor: Option<&str>,
        _limit: u32,
        _now: Timestamp,
    ) -> Result<OwnAttempts> {
        todo!()
    }

    /// Takes an attempt off the boards, with a reason. It is kept.
    pub async fn invalidate(&self, _attempt: Uuid, _reason: &str, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }

    /// Puts an attempt that was invalidated back.
    pub async fn restore_attempt(&self, _attempt: Uuid, _by: &str, _now: Timestamp) -> Result<()> {
        todo!()
    }
}
