//! `simmer team`.

use std::path::PathBuf;

use clap::Subcommand;

use super::look_back::skill;
use super::{Folders, ListFormat};
use crate::scenario::vocabulary::Skill;
use crate::team::Invite;

/// Practise with a team, on a service it runs
///
/// Somebody who runs the service sends you an invite link. What you play stays on this computer; only ranked runs are
/// sent, under the name you choose.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Team {
    Join(TeamJoin),
    Status(TeamStatus),
    Send(TeamSend),
    Ahead(TeamAhead),
    Board(TeamBoard),
    Open(TeamOpen),
    Change(TeamChange),
    Export(TeamExport),
    Leave(TeamLeave),
    Delete(TeamDelete),
}

/// Join with an invite link
///
/// The team sees the name you choose, and of each ranked run its file: what you chose and when, the note you wrote, and
/// the score. Everything else you play stays here.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamJoin {
    /// The link you were sent; good once
    #[arg(value_name = "LINK")]
    pub(in crate::cli) link: Invite,
    /// What the team calls you; any name will do [default: the name of your profile]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) alias: Option<String>,
    /// What this computer is called in your list of devices
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) device: Option<String>,
    /// Joins over http:// as well, where others on the network can read what is sent
    #[arg(long)]
    pub(in crate::cli) without_encryption: bool,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Show which team this is, and what is still to be sent
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamStatus {
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Send now what is still to be sent
///
/// That happens by itself after each ranked run. With --refused it sends once more what the service did not take.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamSend {
    /// Also what the service refused before
    #[arg(long)]
    pub(in crate::cli) refused: bool,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Fetch a ranked run ahead, to play it without a network
///
/// At most one for each scenario, to be played and sent within three days. It counts from now on: one that is not sent
/// in time shows as not finished, and the board says that it was played without the service.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamAhead {
    /// The scenario’s name, as `simmer team status` shows it
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) scenario: String,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Show the team’s board
///
/// The first ranked run of each player at each scenario and season counts, and ranks are by quality alone: never by
/// time, date or how often someone plays.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamBoard {
    /// Only this scenario, by its name
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) scenario: Option<String>,
    /// Rank by one skill: listening, calm-tone, empathy, needs-assessment or follow-through
    #[arg(long, value_name = "SKILL", value_parser = skill)]
    pub(in crate::cli) skill: Option<Skill>,
    /// Only the members of this team
    #[arg(long, value_name = "TEAM")]
    pub(in crate::cli) team: Option<String>,
    /// An earlier season
    #[arg(long, value_name = "SEASON")]
    pub(in crate::cli) season: Option<String>,
    /// The teams, by the median of their members
    #[arg(long, conflicts_with_all = ["scenario", "skill", "team", "improved"])]
    pub(in crate::cli) teams: bool,
    /// Who improved most, from the first run at a scenario to the latest
    #[arg(long, conflicts_with_all = ["scenario", "skill", "team"])]
    pub(in crate::cli) improved: bool,
    /// Every row, instead of the top and those around your own
    #[arg(long, conflicts_with_all = ["teams", "improved", "rows"])]
    pub(in crate::cli) all: bool,
    /// So many rows from the top
    #[arg(long, value_name = "N", conflicts_with_all = ["teams", "improved"], value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) rows: Option<u32>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: ListFormat,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Show a link that opens the service in a browser, signed in
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamOpen {
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Change your name, or whether you are shown on boards
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true, args = ["alias", "hidden", "shown"])]
pub(in crate::cli) struct TeamChange {
    /// What the team calls you
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) alias: Option<String>,
    /// Off every board, at once
    #[arg(long, conflicts_with = "shown")]
    pub(in crate::cli) hidden: bool,
    /// Back on the boards
    #[arg(long)]
    pub(in crate::cli) shown: bool,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Write all that the service knows of you into a file
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamExport {
    /// Where it goes; a file that is there already is left alone
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Leave the team, on this computer
///
/// Your runs stay here, and what the service has stays there: `simmer team delete` deletes that.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamLeave {
    /// Also where something is still to be sent
    #[arg(long)]
    pub(in crate::cli) anyway: bool,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Delete all that the service knows of you, and leave
///
/// Your runs stay on this computer. On the service nothing of you is left, and it cannot be brought back.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TeamDelete {
    /// Does not ask first
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

impl Team {
    pub(super) const fn folders(&self) -> &Folders {
        match self {
            Self::Join(join) => &join.folders,
            Self::Status(status) => &status.folders,
            Self::Send(send) => &send.folders,
            Self::Ahead(ahead) => &ahead.folders,
            Self::Board(board) => &board.folders,
            Self::Open(open) => &open.folders,
            Self::Change(change) => &change.folders,
            Self::Export(export) => &export.folders,
            Self::Leave(leave) => &leave.folders,
            Self::Delete(delete) => &delete.folders,
        }
    }
}
