//! What is said between an administrator and the service.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialogue::Mode;
use crate::scenario::vocabulary::Outcome;
use crate::team::protocol::{Flag, Standing};

/// A team, and how many are in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminTeam {
    pub(in crate::service) id: Uuid,
    pub(in crate::service) name: String,
    /// Players in it, listed or not.
    pub(in crate::service) players: u64,
}

/// All teams, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminTeams {
    pub(in crate::service) teams: Vec<AdminTeam>,
}

/// What something is to be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct Naming {
    /// 1 to 40 letters.
    pub(in crate::service) name: String,
}

/// A season to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct OpenSeason {
    pub(in crate::service) name: String,
    /// Ranked attempts a player has at each scenario; 3 where it is missing.
    #[serde(default)]
    pub(in crate::service) attempts: Option<u32>,
}

/// The open season is to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct CloseSeason {
    /// The one that follows at once.
    #[serde(default)]
    pub(in crate::service) next: Option<OpenSeason>,
}

/// The season that is open now, if one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct OpenNow {
    pub(in crate::service) season: Option<crate::team::protocol::Season>,
}

/// A version of a scenario that is published or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct Version {
    /// The slug.
    pub(in crate::service) scenario: String,
    pub(in crate::service) title: String,
    pub(in crate::service) difficulty: u8,
    pub(in crate::service) full_hash: String,
    pub(in crate::service) published: Timestamp,
    /// None while it can be played for a rank.
    pub(in crate::service) retired: Option<Timestamp>,
}

/// All versions there ever were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct Versions {
    pub(in crate::service) scenarios: Vec<Version>,
}

/// A scenario that a team is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct Assigned {
    pub(in crate::service) team: Uuid,
    /// The slug.
    pub(in crate::service) scenario: String,
    #[serde(default)]
    pub(in crate::service) due: Option<Timestamp>,
}

/// All assignments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AllAssigned {
    pub(in crate::service) assignments: Vec<Assigned>,
}

/// Which team whoever uses an invite joins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct NewInvite {
    #[serde(default)]
    pub(in crate::service) team: Option<Uuid>,
}

/// An invite, shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct GivenInvite {
    pub(in crate::service) link: String,
    pub(in crate::service) expires: Timestamp,
}

/// An invite that was given out, without its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct InviteLine {
    pub(in crate::service) team: Option<Uuid>,
    pub(in crate::service) by: String,
    pub(in crate::service) made: Timestamp,
    pub(in crate::service) expires: Timestamp,
    pub(in crate::service) used: Option<Timestamp>,
    /// Who joined with it.
    pub(in crate::service) player: Option<Uuid>,
}

/// A page of the invites, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct InvitePage {
    pub(in crate::service) invites: Vec<InviteLine>,
    /// On all pages together.
    #[serde(default)]
    pub(in crate::service) total: u64,
    /// As `cursor` it leads to the page after this one.
    #[serde(default)]
    pub(in crate::service) next: Option<String>,
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::service) enum TokenKind {
    Device,
    Administrator,
    /// A wall display.
    Display,
}

/// A token to make, for an administrator or a display.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct NewAdminToken {
    pub(in crate::service) kind: TokenKind,
    /// As in “screen in the corridor”.
    #[serde(default)]
    pub(in crate::service) name: Option<String>,
}

/// A token, shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct GivenToken {
    pub(in crate::service) id: String,
    pub(in crate::service) token: String,
}

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct TokenLine {
    pub(in crate::service) kind: TokenKind,
    pub(in crate::service) id: String,
    pub(in crate::service) name: Option<String>,
    /// Whose device it is.
    pub(in crate::service) player: Option<Uuid>,
    pub(in crate::service) added: Timestamp,
    pub(in crate::service) last_seen: Option<Timestamp>,
    pub(in crate::service) revoked: Option<Timestamp>,
}

/// Tokens, the first one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct Tokens {
    pub(in crate::service) tokens: Vec<TokenLine>,
}

/// A player as a trainer sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminPlayer {
    pub(in crate::service) player: Uuid,
    pub(in crate::service) alias: String,
    pub(in crate::service) real_name: Option<String>,
    pub(in crate::service) team: Option<Uuid>,
    pub(in crate::service) team_name: Option<String>,
    pub(in crate::service) listed: bool,
    pub(in crate::service) joined: Timestamp,
    pub(in crate::service) attempts: u64,
    pub(in crate::service) last_seen: Option<Timestamp>,
}

/// A page of the players, by alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminPlayers {
    pub(in crate::service) players: Vec<AdminPlayer>,
    /// Of those asked for, on all pages together.
    #[serde(default)]
    pub(in crate::service) total: u64,
    /// As `cursor` it leads to the page after this one.
    #[serde(default)]
    pub(in crate::service) next: Option<String>,
}

/// What is to change about a player. What is missing stays; `null` takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub(in crate::service) struct ChangePlayer {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(in crate::service) real_name: Change<String>,
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub(in crate::service) team: Change<Uuid>,
    /// Another alias, where the one chosen cannot stay.
    #[serde(default)]
    pub(in crate::service) alias: Option<String>,
}

/// Tells `null` from nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::service) enum Change<T> {
    #[default]
    Stays,
    To(Option<T>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::To)
    }
}

/// An attempt as a trainer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminAttempt {
    pub(in crate::service) attempt: Uuid,
    pub(in crate::service) player: Uuid,
    pub(in crate::service) season: Uuid,
    /// The slug.
    pub(in crate::service) scenario: String,
    pub(in crate::service) full_hash: String,
    #[schema(value_type = String)]
    pub(in crate::service) mode: Mode,
    pub(in crate::service) received: Timestamp,
    pub(in crate::service) standing: Standing,
    #[schema(value_type = String)]
    pub(in crate::service) outcome: Outcome,
    pub(in crate::service) overall: u16,
    pub(in crate::service) points: u32,
    pub(in crate::service) flags: Vec<Flag>,
    /// Why a person took it off the boards.
    pub(in crate::service) invalid: Option<String>,
}

/// Attempts, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminAttempts {
    pub(in crate::service) attempts: Vec<AdminAttempt>,
}

/// Why an attempt is taken off the boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct Reason {
    /// 1 to 500 letters; its player may read it.
    pub(in crate::service) reason: String,
}

/// What holds for the whole service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AdminSettings {
    /// As in “Quayside support”.
    pub(in crate::service) name: String,
    /// Days after a season’s end for which the attempts themselves are kept; scores stay.
    pub(in crate::service) retention_days: u32,
    /// Members with a listed score that a team needs to be listed.
    pub(in crate::service) least_team: u32,
}

/// An act of an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AuditLine {
    pub(in crate::service) number: u64,
    pub(in crate::service) at: Timestamp,
    pub(in crate::service) by: String,
    pub(in crate::service) act: String,
    pub(in crate::service) about: String,
    /// In JSON.
    pub(in crate::service) detail: String,
}

/// A page of the audit log, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(in crate::service) struct AuditLog {
    pub(in crate::service) acts: Vec<AuditLine>,
    /// As `before` it leads to the page after this one.
    #[serde(default)]
    pub(in crate::service) next: Option<u64>,
}
