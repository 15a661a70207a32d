//! What can be asked for on the command line.

use std::path::{Path, PathBuf};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::attempt::SPELLINGS;
use crate::diagnostic::OutputFormat;
use crate::dialogue::Mode;
use crate::scenario::vocabulary::Skill;

/// The verbs by what they are for, as `simmer --help` shows them. A test holds it against the real ones.
const HELP: &str = "\
{about}

Usage: simmer [VERB]

  Without a verb the window opens.

Practise
  play      Take a call in this terminal
  list      Show the scenarios at hand

Write
  check     Find what is wrong in scenario files
  explain   Say what a finding means, and how to mend it

Look back
  replay    Play a recorded attempt again, and say whether it holds
  board     Rank a team’s attempts, without a server

Options:
{options}{after-help}";

const EXAMPLES: &str = "\
Examples:
  simmer play                              choose a call from the library
  simmer play can-i-have-it-on             take Doris’s call
  simmer play my-scenario.ron --seed 7     try a file of your own, the same each time
  simmer check scenarios                   every problem of every file in a folder
  simmer replay call.attempt               what was done, and whether the score holds

`simmer help VERB` says more about a verb.
Exit codes: 0 fine, 1 the content has problems, 2 the command could not run.";

/// No line of a table in the help runs wider.
const HELP_WIDTH: usize = 88;

/// Practise difficult customers before you meet one
#[derive(Debug, Parser)]
#[command(name = "simmer", version, help_template = HELP, after_help = EXAMPLES, disable_help_subcommand = false, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
    #[command(flatten)]
    pub(super) window: Window,
}

/// How the window is opened. Hidden: for those who work on Simmer, and for continuous integration.
#[derive(Debug, clap::Args)]
pub(super) struct Window {
    #[arg(long, hide = true)]
    pub(super) dark: bool,
    /// Per cent
    #[arg(long, hide = true, value_name = "PERCENT")]
    pub(super) scale: Option<u16>,
    /// A script that plays the window instead of a person
    #[arg(long, hide = true, value_name = "FILE")]
    pub(super) script: Option<PathBuf>,
    /// Where the script’s pictures go
    #[arg(long, hide = true, value_name = "DIR", default_value = ".")]
    pub(super) pictures: PathBuf,
    #[command(flatten)]
    pub(super) folders: Folders,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Play(Play),
    List(List),
    Check(Check),
    Explain(Explain),
    Replay(Replay),
    #[command(subcommand)]
    Board(Board),
}

/// Take a call in this terminal
///
/// The customer’s words come bit by bit. Enter keeps listening, s speaks now, n nods; at the end you choose what to say
/// by its number. ? shows everything else. Stop whenever you like: the call is saved, and the next `simmer play` goes
/// on from there.
///
/// There are no clocks in a terminal, whatever the settings say: it cannot hear when you begin to speak. The score counts
/// the same.
#[derive(Debug, clap::Args)]
pub(super) struct Play {
    /// A scenario’s name, or a file; without it you choose from the library
    pub(super) scenario: Option<String>,
    /// The same seed brings the same lines in the same order
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// Show the scenarios at hand
///
/// Those that cannot be read are listed with their first problem; `simmer check` shows all of them.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// Find what is wrong in scenario files
///
/// All problems of a file at once, each with its place and how to mend it. Exit code 1 where there is an error, 2 where
/// a path leads to no scenario.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Files, or folders of them; without any the scenarios that come with Simmer
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: CheckFormat,
    /// Plays every scenario out as well, and says where even the best play scores low: for before publishing
    #[arg(long)]
    pub(super) prove: bool,
}

/// How findings are written: as everywhere, and for continuous integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum CheckFormat {
    /// With the excerpt, what was expected, and help
    #[default]
    Full,
    /// One line each: `file:line:column: error[rule]: message`
    Short,
    /// One JSON document with a versioned schema
    Json,
    /// SARIF 2.1.0, which code hosts show beside the lines; with what is allowed and why
    Sarif,
}

/// Say what a finding means, and how to mend it
///
/// Without a rule all of them, by what they are about.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The name in square brackets after `error` or `warning`
    #[arg(value_name = "RULE")]
    pub(super) rule: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
}

/// Play a recorded attempt again, and say whether it holds
///
/// With --scenario and --inputs it plays a list written by hand and scores it:
///
///   [Finish, Speak("what-worries", Slow), Listen, Interrupt, Speak("three-things")]
#[derive(Debug, clap::Args)]
pub(super) struct Replay {
    /// The attempt’s file
    #[arg(required_unless_present_any = ["scenario", "inputs"], conflicts_with_all = ["scenario", "inputs", "seed", "mode"])]
    pub(super) file: Option<PathBuf>,
    /// The scenario to play the list on: a file, or a name from the library
    #[arg(long, value_name = "FILE", requires = "inputs")]
    pub(super) scenario: Option<String>,
    /// The list of inputs, in RON
    #[arg(long, value_name = "FILE", requires = "scenario")]
    pub(super) inputs: Option<PathBuf>,
    /// The seed to play it with
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// Whether the list has clocks
    #[arg(long, value_enum, default_value_t = PlayMode::Steps)]
    pub(super) mode: PlayMode,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: OutputFormat,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// Rank a team’s attempts, without a server
///
/// A shared folder is the exchange: everybody puts the files of their attempts there, and adds those of the others from
/// it. Every attempt is played back before it counts; what its file claims is only compared.
#[derive(Debug, Subcommand)]
pub(super) enum Board {
    Add(BoardAdd),
    Show(BoardShow),
}

/// Add attempts from files or folders
///
/// Each is played back and copied. Adding one twice changes nothing. Exit code 1 where any was refused.
#[derive(Debug, clap::Args)]
pub(super) struct BoardAdd {
    /// Files, or folders whose .attempt files are taken
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// Show the ranked table
///
/// The first finished attempt of each player at each scenario counts, and ranks are by quality alone: never by time,
/// date or how often someone plays.
#[derive(Debug, clap::Args)]
pub(super) struct BoardShow {
    /// Only this scenario, by its name
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// Rank by one skill: listening, calm-tone, empathy, needs-assessment or follow-through
    #[arg(long, value_name = "SKILL", value_parser = skill)]
    pub(super) skill: Option<Skill>,
    /// Only the members of this team
    #[arg(long, value_name = "TEAM")]
    pub(super) team: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// How lists and tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ListFormat {
    /// All there is to say, for a person
    #[default]
    Full,
    /// One line each
    Short,
    /// One JSON document with a versioned schema
    Json,
}

/// The name of a skill as it is typed: "needs-assessment", "Needs assessment", `NeedsAssessment`.
fn skill(typed: &str) -> Result<Skill, String> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
    let found = Skill::ALL.iter().find(|skill| plain(skill.name()) == plain(typed));
    found.copied().ok_or_else(|| {
        let names: Vec<_> = Skill::ALL.iter().map(|skill| skill.words().to_lowercase().replace(' ', "-")).collect();
        format!("the skills are {}", names.join(", "))
    })
}

/// Where scenarios and data lie.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Folders {
    /// A folder of scenarios besides those that come with Simmer; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(super) scenarios: Vec<PathBuf>,
    /// Where attempts, settings and the log are kept
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
}

/// [`Mode`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PlayMode {
    Steps,
    Timed,
}

impl From<PlayMode> for Mode {
    fn from(mode: PlayMode) -> Self {
        match mode {
            PlayMode::Steps => Self::Steps,
            PlayMode::Timed => Self::Timed,
        }
    }
}

impl Args {
    /// The folder for everything, if one was named.
    pub(super) fn data(&self) -> Option<&Path> {
        let folders = match &self.verb {
            None => &self.window.folders,
            Some(Verb::Play(play)) => &play.folders,
            Some(Verb::List(list)) => &list.folders,
            Some(Verb::Check(_) | Verb::Explain(_)) => return None,
            Some(Verb::Replay(replay)) => &replay.folders,
            Some(Verb::Board(Board::Add(add))) => &add.folders,
            Some(Verb::Board(Board::Show(show))) => &show.folders,
        };
        folders.data.as_deref()
    }

    /// Reads the command line; where the log lies and one's own scenarios go is for `--version` and `--help`.
    pub(super) fn read(log: &str, own_scenarios: &str) -> Result<Self, clap::Error> {
        let matches = command(log, own_scenarios).try_get_matches()?;
        Self::from_arg_matches(&matches)
    }
}

fn command(log: &str, own_scenarios: &str) -> clap::Command {
    Args::command()
        .long_version(leak(format!("{}\nlog: {log}", env!("CARGO_PKG_VERSION"))))
        .after_help(format!(
            "{EXAMPLES}\nYour own scenarios go into {own_scenarios}; with --data DIR into DIR/scenarios\n\
             The log, to send with a question: {log}; with --data DIR it is in DIR/log"
        ))
        .mut_subcommand("replay", |replay| replay.after_long_help(inputs()))
}

/// How a list of inputs is written.
fn inputs() -> String {
    let mut text = "Inputs:\n".to_owned();
    for (spelling, what) in SPELLINGS {
        let begins = format!("  {spelling:<29}");
        let options = textwrap::Options::new(HELP_WIDTH)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(&begins)
            .subsequent_indent("                               ");
        text.push_str(&textwrap::fill(what, options));
        text.push('\n');
    }
    text + "\nA comma stands between inputs, a name stands in plain quotes, and // begins a remark."
}

/// `clap` wants a version that lives as long as the program; this one is made once in it.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        command("simmer.log", "scenarios").debug_assert();
    }

    #[test]
    fn the_help_names_every_verb() {
        let help = command("simmer.log", "scenarios").render_help().to_string();
        for verb in Args::command().get_subcommands() {
            let line = format!("\n  {}", verb.get_name());
            assert!(help.contains(&line), "`{}` is missing in:\n{help}", verb.get_name());
        }
    }
}
