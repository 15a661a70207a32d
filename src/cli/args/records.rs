//! What those who keep a team's records can ask for.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use super::Folders;
use crate::settings::XapiVersion;

/// A table of the finished attempts on this computer (CSV), for a spreadsheet
///
/// A row for each attempt: who, what, when, for how long, the outcome, the score and the five skills, as they come out
/// when the attempt is played back. It holds the pseudonyms.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportAttempts {
    /// Practice and rewound attempts as well; a column says which they are
    #[arg(long)]
    pub(in crate::cli) practice: bool,
    /// Where it goes; without it to the terminal
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Records of attempts for a learning management system (xAPI), to a file or to its store
///
/// Every reply that was given, and how the call came out. With --all and --send only what the store does not have yet is
/// sent; what is sent twice is kept once. Practice and rewound attempts stay here unless --practice asks for them.
/// docs/records.md tells every statement. Exit code 1 where something could not be recorded or the store would not have
/// it, 2 where it could not be reached.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportXapi {
    /// Files of attempts, or their ids
    #[arg(value_name = "ATTEMPT", required_unless_present = "all", conflicts_with = "all")]
    pub(in crate::cli) attempts: Vec<String>,
    /// Every finished attempt on this computer
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Practice and rewound attempts as well; they are marked
    #[arg(long)]
    pub(in crate::cli) practice: bool,
    /// Where the statements go, as one JSON list; without it and --send to the terminal
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) to: Option<PathBuf>,
    /// Send them to the store of `simmer export store`
    #[arg(long)]
    pub(in crate::cli) send: bool,
    /// The version of xAPI to send in, this time; else the one of the settings
    #[arg(long = "version", value_name = "VERSION", value_enum, requires = "send")]
    pub(in crate::cli) spoken: Option<SpokenVersion>,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Set the learning record store that records are sent to
///
/// Without options it shows what is set, but for the secret. The secret is asked for and never given as an option, which
/// others could see: `simmer export store --address URL --key KEY < FILE` takes it from a file. It is kept in records.ron
/// in the data folder, for nobody else to read.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportStore {
    /// What stands before `/statements`, as in `https://lrs.example/xapi`
    #[arg(long, value_name = "URL", requires = "key")]
    pub(in crate::cli) address: Option<String>,
    /// The key (user name) that the store gave
    #[arg(long, value_name = "KEY", requires = "address")]
    pub(in crate::cli) key: Option<String>,
    /// The version of xAPI that the store speaks
    #[arg(long = "version", value_name = "VERSION", value_enum)]
    pub(in crate::cli) spoken: Option<SpokenVersion>,
    /// The address of the system that people's names belong to; `-` for Simmer's own
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) home_page: Option<String>,
    /// Record a pseudonym under the id that the LMS knows; may be given several times. `NAME=` goes back to an opaque name
    #[arg(long, value_name = "NAME=ID")]
    pub(in crate::cli) person: Vec<Unlogged>,
    /// Forget the store and its secret; the names stay
    #[arg(long, conflicts_with_all = ["address", "spoken"])]
    pub(in crate::cli) forget: bool,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Words that stand in no log, for the log is sent to others: `Debug` leaves them out.
#[derive(Clone)]
pub(in crate::cli) struct Unlogged(pub(in crate::cli) String);

impl FromStr for Unlogged {
    type Err = Infallible;

    fn from_str(words: &str) -> Result<Self, Infallible> {
        Ok(Self(words.to_owned()))
    }
}

impl fmt::Debug for Unlogged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\u{2026}")
    }
}

/// [`XapiVersion`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SpokenVersion {
    /// Most stores
    #[value(name = "1.0.3")]
    One,
    /// IEEE 9274.1.1
    #[value(name = "2.0.0")]
    Two,
}

impl From<SpokenVersion> for XapiVersion {
    fn from(version: SpokenVersion) -> Self {
        match version {
            SpokenVersion::One => Self::One,
            SpokenVersion::Two => Self::Two,
        }
    }
}
