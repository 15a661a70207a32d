//! What can be asked for when one looks back on many attempts: `board` and `stats`.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::civil::Date;

use super::{Folders, ListFormat, PlayMode};
use crate::scenario::vocabulary::Skill;

/// Rank a team’s attempts, without a server
///
/// A shared folder is the exchange: everybody puts the files of their attempts there, and adds those of the others from
/// it. Every attempt is played back before it counts; what its file claims is only compared.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Board {
    Add(BoardAdd),
    Show(BoardShow),
}

/// Add attempts from files or folders
///
/// Each is played back and copied. Adding one twice changes nothing. Exit code 1 where any was refused.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BoardAdd {
    /// Files, or folders whose .attempt files are taken
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: ListFormat,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Show the ranked table
///
/// The first finished attempt of each player at each scenario counts, and ranks are by quality alone: never by time,
/// date or how often someone plays.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BoardShow {
    /// Only this scenario, by its name
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) scenario: Option<String>,
    /// Rank by one skill: listening, calm-tone, empathy, needs-assessment or follow-through
    #[arg(long, value_name = "SKILL", value_parser = skill)]
    pub(in crate::cli) skill: Option<Skill>,
    /// Only the members of this team
    #[arg(long, value_name = "TEAM")]
    pub(in crate::cli) team: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: ListFormat,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Say what attempts tell of a scenario
///
/// For trainers: how often each reply is taken, how hard each decision is and how well it tells people apart, replies that
/// nobody takes, where calls go wrong, and how far the scores can be trusted. Without a scenario, a line for each.
///
/// What counts is each person’s first attempt, from this computer and from `simmer board add`. Each is played back;
/// practice runs never count. Nothing is told of fewer than five people. docs/statistics.md explains every figure.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Stats {
    /// A scenario’s name
    pub(in crate::cli) scenario: Option<String>,
    /// Only the members of this team
    #[arg(long, value_name = "TEAM")]
    pub(in crate::cli) team: Option<String>,
    /// Only attempts with clocks, or only those in steps
    #[arg(long, value_enum)]
    pub(in crate::cli) mode: Option<PlayMode>,
    /// Only people whose first attempt began on this day or later, as in 2026-09-01
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) since: Option<Date>,
    /// Write a table for a spreadsheet, a row for each reply
    #[arg(long, conflicts_with = "format")]
    pub(in crate::cli) csv: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: ListFormat,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// A day as it is typed: 2026-09-01.
fn date(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| "a day is written year-month-day, as in 2026-09-01".to_owned())
}

/// The name of a skill as it is typed: "needs-assessment", "Needs assessment", `NeedsAssessment`.
pub(super) fn skill(typed: &str) -> Result<Skill, String> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
    let found = Skill::ALL.iter().find(|skill| plain(skill.name()) == plain(typed));
    found.copied().ok_or_else(|| {
        let names: Vec<_> = Skill::ALL.iter().map(|skill| skill.words().to_lowercase().replace(' ', "-")).collect();
        format!("the skills are {}", names.join(", "))
    })
}
