//! What whoever runs a team service can ask for.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::civil::Date;
use uuid::Uuid;

use super::ListFormat;

/// Run a team service: ranked calls, boards, and what a trainer wants to know
///
/// The first start makes an embedded database, opens a season, publishes the scenarios that come with Simmer, and shows
/// an administrator’s token and an invite link, once. Later starts go on from there. Every attempt that is sent is
/// played back before it counts.
///
/// On this computer alone it needs nothing. To be reached by others it needs encryption: --tls-self-signed makes a
/// certificate that invite links carry the key of, --tls-cert and --tls-key use one you have, --behind-proxy leaves it
/// to a proxy in front.
///
/// Ctrl-C stops it: what was accepted is finished first.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Serve {
    #[command(flatten)]
    pub(in crate::cli) place: ServicePlace,
    /// Where it listens for players
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7766")]
    pub(in crate::cli) listen: SocketAddr,
    /// Where it listens for whoever runs it: /health/live, /health/ready and /metrics
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7767")]
    pub(in crate::cli) metrics: SocketAddr,
    /// How others reach it, as `https://board.example:7766`; invite links begin with it
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) address: Option<String>,
    /// What it is called, as in “Quayside support”
    #[arg(long)]
    pub(in crate::cli) name: Option<String>,
    /// A certificate in PEM, with those that vouch for it; read again when the files change
    #[arg(long, value_name = "FILE", requires = "tls_key", conflicts_with_all = ["tls_self_signed", "behind_proxy", "plain_http"])]
    pub(in crate::cli) tls_cert: Option<PathBuf>,
    /// Its private key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(in crate::cli) tls_key: Option<PathBuf>,
    /// Encrypt with a certificate of its own, which invite links carry the key of
    #[arg(long, conflicts_with_all = ["behind_proxy", "plain_http"])]
    pub(in crate::cli) tls_self_signed: bool,
    /// Plain HTTP to a proxy in front, which encrypts
    #[arg(long, conflicts_with = "plain_http")]
    pub(in crate::cli) behind_proxy: bool,
    /// A proxy, or a network of them, that is believed where a request comes from, as 127.0.0.1 or 10.0.0.0/8
    ///
    /// From it, and from nobody else, the last address in X-Forwarded-For that is no trusted proxy itself counts as the
    /// client’s, for limits. May be given several times.
    #[arg(long, value_name = "ADDRESS-OR-NETWORK")]
    pub(in crate::cli) trusted_proxy: Vec<String>,
    /// Plain HTTP to everybody: whoever is on the network can read everything
    #[arg(long)]
    pub(in crate::cli) plain_http: bool,
}

/// Where a service keeps what it has.
#[derive(Debug, Clone, Default, clap::Args)]
pub(in crate::cli) struct ServicePlace {
    /// A file, or `postgres://user@host/name`; without it what `SIMMER_DATABASE` says, or a file below the data folder
    #[arg(long, value_name = "WHERE", global = true)]
    pub(in crate::cli) database: Option<DatabaseAddress>,
    /// Where database, key and log are kept
    #[arg(long, value_name = "DIR", global = true)]
    pub(in crate::cli) data: Option<PathBuf>,
}

/// The address of a database. It may hold a password, so that nothing but the database sees it.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::cli) struct DatabaseAddress(pub(in crate::cli) String);

impl std::str::FromStr for DatabaseAddress {
    type Err = std::convert::Infallible;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Ok(Self(typed.to_owned()))
    }
}

impl fmt::Debug for DatabaseAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DatabaseAddress")
    }
}

/// Look after a team service: players, seasons, scenarios, backups
///
/// It works on the database itself, whether or not the service runs. Every act stands in the audit log.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Admin {
    #[command(subcommand)]
    pub(in crate::cli) verb: AdminVerb,
    #[command(flatten)]
    pub(in crate::cli) place: ServicePlace,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AdminVerb {
    /// Make a token for an administrator, or for a wall display; it is shown this once
    Token {
        /// For a screen that only shows boards
        #[arg(long)]
        display: bool,
        /// What to call it, as in “screen in the corridor”
        #[arg(long)]
        name: Option<String>,
    },
    /// Show the tokens there are, without their secrets
    Tokens(Listing),
    /// Revoke a token of any kind at once
    Revoke {
        /// Its eight letters and digits, as `simmer admin tokens` shows them
        id: String,
    },
    /// Make an invite link, good once and for seven days
    Invite {
        /// The team that whoever uses it joins
        #[arg(long)]
        team: Option<String>,
        /// How many links
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=500))]
        count: u32,
        /// How others reach the service; as it ran last, where left out
        #[arg(long, value_name = "URL")]
        address: Option<String>,
    },
    /// Show the invites that were given out, the latest first, without their codes
    Invites(Listing),
    /// Make, show, rename and drop teams
    #[command(subcommand)]
    Team(TeamVerb),
    /// Open, close and show seasons
    #[command(subcommand)]
    Season(SeasonVerb),
    /// Show the scenarios that are published or were
    Scenarios(Listing),
    /// Publish scenarios, in place of the versions there were
    Publish {
        /// A scenario’s name, or a file
        #[arg(required = true, value_name = "SCENARIO")]
        scenarios: Vec<String>,
    },
    /// Take a scenario out of play; its boards stay
    Retire {
        /// The scenario’s own name
        scenario: String,
    },
    /// Give a team a scenario to do
    Assign {
        team: String,
        /// The scenario’s own name
        scenario: String,
        /// By the end of this day, as 2026-12-24
        #[arg(long, value_name = "DATE", conflicts_with = "drop")]
        by: Option<Date>,
        /// Take it back
        #[arg(long)]
        drop: bool,
    },
    /// Show what teams were given to do
    Assignments(Listing),
    /// Show the players, with their real names
    Players(Listing),
    /// Give a player a real name, which only trainers see
    Name {
        /// The alias, or the id
        player: String,
        #[arg(required_unless_present = "forget")]
        name: Option<String>,
        /// Forget the one there is
        #[arg(long, conflicts_with = "name")]
        forget: bool,
    },
    /// Move a player to a team
    Move {
        /// The alias, or the id
        player: String,
        #[arg(required_unless_present = "none")]
        team: Option<String>,
        /// Out of all teams
        #[arg(long, conflicts_with = "team")]
        none: bool,
    },
    /// Show the attempts that somebody should look at
    Flagged(Listing),
    /// Take an attempt off the boards, with a reason; it is kept
    Invalidate {
        attempt: Uuid,
        /// Why; its player may read it
        #[arg(long)]
        reason: String,
    },
    /// Put an attempt back that was taken off
    RestoreAttempt { attempt: Uuid },
    /// Write all that is kept about a player
    ExportPlayer {
        /// The alias, or the id
        player: String,
        /// The file to write; without it it is printed
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Delete all that is kept about a player, for good
    DeletePlayer {
        /// The alias, or the id
        player: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Show who did what, the latest first
    Audit {
        /// How many lines
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
        #[command(flatten)]
        listing: Listing,
    },
    /// Show what holds for the whole service, or change it
    Settings {
        /// What it is called
        #[arg(long)]
        name: Option<String>,
        /// Days after a season’s end for which attempts are kept; scores stay
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=36_525))]
        retention: Option<u32>,
        /// Members with a score that a team needs to be listed
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(3..=1000))]
        least_team: Option<u32>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Write a copy of the whole database into one file, while it is in use
    ///
    /// The file is the same whichever kind of database the service keeps its data in, and can be restored to either.
    Backup { file: PathBuf },
    /// Put a copy in the place of the database of a service that does not run, or into an empty `postgres://` one
    Restore { file: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TeamVerb {
    /// Make a team
    Add { name: String },
    /// Show the teams
    List(Listing),
    /// Give a team another name
    Rename { team: String, name: String },
    /// Drop a team that nobody is in
    Drop { team: String },
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SeasonVerb {
    /// Open a season, where none is open
    Open {
        name: String,
        /// Ranked attempts a player has at each scenario
        #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
        attempts: u32,
    },
    /// Close the open season
    Close {
        /// Open one of this name in the same moment
        #[arg(long, value_name = "NAME")]
        next: Option<String>,
        /// Ranked attempts a player has at each scenario in the next one
        #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
        attempts: u32,
    },
    /// Show the seasons, the latest first
    List(Listing),
}

/// How a list is written.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Listing {
    /// How it is written; as JSON it says what the service’s interface says
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: ListFormat,
}

impl ServicePlace {
    pub(super) fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }
}

/// The end of a day, UTC.
#[cfg(feature = "server")]
pub(in crate::cli) fn end_of(day: Date) -> Option<jiff::Timestamp> {
    let next = day.tomorrow().ok()?;
    Some(next.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::DatabaseAddress;

    #[test]
    fn the_address_of_a_database_is_told_to_nobody() {
        let address: DatabaseAddress = "postgres://me:secret@host/board".parse().unwrap();
        assert_eq!(format!("{address:?}"), "DatabaseAddress");
    }

    #[cfg(feature = "server")]
    #[test]
    fn a_day_ends_when_the_next_begins() {
        let end = super::end_of(jiff::civil::date(2026, 12, 24)).unwrap();
        assert_eq!(end.to_string(), "2026-12-25T00:00:00Z");
    }
}
