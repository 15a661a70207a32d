//! What can go wrong in the database, told apart by who can mend it.

use std::path::PathBuf;

/// Something was not read or not written. Nothing of a failed write stays, and nothing of it was acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Others are writing; it may be tried again in a moment.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// The disk is full, a write could not be made durable, or the connection is lost.
    #[error("the database cannot be used at the moment: {0}")]
    Unavailable(String),
    /// What was asked does not go with what is kept.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    #[error("there is no such {0}")]
    NotFound(Thing),
    /// What was read is not what this program writes.
    #[error("the database holds something unexpected: {0}. Restore it from a backup")]
    Corrupt(String),
    #[error(
        "the database was made by a newer Simmer (its layout {found} is not known to this one, which goes up to {known}). \
         Update this Simmer, or give it a database of its own"
    )]
    Newer { found: i64, known: i64 },
    #[error("the database at {} cannot be opened: {why}", path.display())]
    Open { path: PathBuf, why: String },
    #[error("the address of the database cannot be used: {0}. It looks like postgres://user:password@host/name")]
    Address(String),
    /// A backup or a restoration that cannot be made as it was asked for.
    #[error("{0}")]
    Backup(String),
}

/// What was asked does not go with what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    #[error("the same id stands for something else already")]
    AnotherBody,
    #[error("the very same call, played word for word, is kept already")]
    SameCall,
    #[error("it belongs to another player")]
    NotYours,
    /// Another scenario, rules, mode or seed than the start was given for.
    #[error("it was not played as the start was given")]
    NotAsGiven,
    #[error("no such version of a scenario is published")]
    NotPublished,
    #[error("no ranked attempt is left")]
    NoneLeft,
    #[error("one was fetched ahead already and is still to be played")]
    AheadOutstanding,
    #[error("no season is open")]
    NoSeason,
    #[error("a season is open already")]
    SeasonOpen,
    #[error("the name is taken, or looks like one that is")]
    NameTaken,
    /// An invite or a start that was used already.
    #[error("it has been used")]
    Used,
    #[error("it is too old")]
    Expired,
    #[error("the team still has players")]
    TeamNotEmpty,
}

/// What was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Team,
    Season,
    Scenario,
    Player,
    Token,
    Invite,
    Start,
    Attempt,
}

impl std::fmt::Display for Thing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Team => "team",
            Self::Season => "season",
            Self::Scenario => "scenario",
            Self::Player => "player",
            Self::Token => "token",
            Self::Invite => "invite",
            Self::Start => "start",
            Self::Attempt => "attempt",
        })
    }
}
