//! What there is, in the very words of the interface: what `GET /v1/admin/…` answers, for whoever works on the database
//! itself. In the order that is asked for there.

use serde::Serialize;

use super::messages::{
    AdminAttempts, AdminPlayers, AdminSettings, AdminTeams, AllAssigned, AuditLog, InvitePage, Tokens, Versions,
};
use crate::service::store::{
    Assignment, AuditRow, Invited, KeptAttempt, KeptToken, PlayerRow, Published, Settings, Team,
};
use crate::team::protocol::{Season, Seasons};

/// Each list, from what the store gives.
macro_rules! listed {
    ($($name:ident: $rows:ty => $list:ty;)+) => {$(
        pub fn $name(rows: $rows) -> impl Serialize {
            <$list>::from(rows)
        }
    )+};
}

listed! {
    teams: Vec<Team> => AdminTeams;
    scenarios: Vec<Published> => Versions;
    assignments: Vec<Assignment> => AllAssigned;
    invites: Vec<Invited> => InvitePage;
    tokens: Vec<KeptToken> => Tokens;
    players: Vec<PlayerRow> => AdminPlayers;
    flagged: Vec<KeptAttempt> => AdminAttempts;
    settings: Settings => AdminSettings;
    audit: Vec<AuditRow> => AuditLog;
}

pub fn seasons(seasons: Vec<Season>) -> impl Serialize {
    Seasons { seasons }
}
