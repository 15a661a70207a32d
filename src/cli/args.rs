//! What can be asked for on the command line.

mod look_back;
mod records;
mod serve;
mod team;
mod write;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::attempt::SPELLINGS;
use crate::diagnostic::OutputFormat;
use crate::dialogue::Mode;
use crate::explore::solve::Timing;

pub(super) use look_back::{Board, BoardAdd, BoardShow, Stats};
pub(super) use records::{ExportAttempts, ExportStore, ExportXapi, Unlogged};
pub(super) use serve::{Admin, Serve};
#[cfg(feature = "server")]
pub(super) use serve::{AdminVerb, Listing, SeasonVerb, ServicePlace, TeamVerb, end_of};
pub(super) use team::Team;
#[cfg(feature = "online")]
pub(super) use team::{
    TeamAhead, TeamBoard, TeamChange, TeamDelete, TeamExport, TeamJoin, TeamLeave, TeamSend, TeamStatus,
};
pub(super) use write::{
    Export, ExportOf, ExportPo, Fmt, Graph, GraphFormat, Import, ImportTwee, Lsp, New, Studio, Test,
};

/// The verbs by what they are for, as `simmer --help` shows them. A test holds it against the real ones.
const HELP: &str = "\
{about}

Usage: simmer [VERB]

  Without a verb the window opens.

Practise
  play      Take a call in this terminal
  list      Show the scenarios at hand

Write
  new       Begin a scenario of your own
  studio    Open Studio, where you write with everything beside it
  check     Find what is wrong in scenario files
  explain   Say what a finding means, and how to mend it
  solve     Prove what can be reached, and find the best and worst score
  simulate  Play scenarios many times over, and say what gives them away
  test      Play recorded plans again, and show what has changed
  fmt       Lay out scenario files
  lsp       Help an editor while you write
  graph     Draw a scenario
  export    Write scenarios and attempts for other tools
  import    Make a draft of a story written elsewhere

Look back
  replay    Play a recorded attempt again, and say whether it holds
  board     Rank a team’s attempts, without a server
  stats     Say what attempts tell of a scenario: hard, telling and dead replies

Together
  team      Practise with a team, on a service it runs
  serve     Run a team service: ranked calls, boards, and what a trainer wants to know
  admin     Look after a team service: players, seasons, scenarios, backups

Options:
{options}{after-help}";

const EXAMPLES: &str = "\
Examples:
  simmer play                              choose a call from the library
  simmer play can-i-have-it-on             take Doris’s call
  simmer play my-scenario.ron --seed 7     try a file of your own, the same each time
  simmer new wet-parcel                    a scenario that plays, to make your own of
  simmer studio wet-parcel.ron             write on in Studio
  simmer check scenarios                   every problem of every file in a folder
  simmer simulate my-scenario.ron          whether a reply can be guessed by its looks
  simmer replay call.attempt               what was done, and whether the score holds
  simmer play can-i-have-it-on --ranked    a run that counts, once you have joined a team

`simmer help VERB` says more about a verb.
Exit codes: 0 fine, 1 the content has problems, 2 the command could not run.";

/// More plays say nothing more.
const MOST_PLAYS: u64 = 1_000_000_000;

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
    New(New),
    Studio(Studio),
    Check(Check),
    Simulate(Simulate),
    Solve(Solve),
    Test(Test),
    Fmt(Fmt),
    Lsp(Lsp),
    Graph(Graph),
    #[command(subcommand)]
    Export(Export),
    #[command(subcommand)]
    Import(Import),
    Explain(Explain),
    Replay(Replay),
    #[command(subcommand)]
    Board(Board),
    #[command(subcommand)]
    Team(Team),
    Serve(Serve),
    Admin(Admin),
    Stats(Stats),
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
    /// Play in another language, as in `de`, where there is a translation; else the one of the settings
    #[arg(long, value_name = "TAG", value_parser = write::language_tag)]
    pub(super) language: Option<String>,
    /// A run that counts on your team’s board: see `simmer help team`
    #[arg(long, conflicts_with_all = ["seed", "language"])]
    pub(super) ranked: bool,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// Show the scenarios at hand
///
/// Those that cannot be read are listed with their first problem; `simmer check` shows all of them.
///
/// With --texts it lists every text of one scenario with an id that outlives an edit, who says it and what it is for:
/// the sheet for whoever translates or records it.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// List the texts of this scenario instead: a file, or a name from the library
    #[arg(long, value_name = "SCENARIO")]
    pub(super) texts: Option<String>,
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
///
/// With --prove every scenario is solved and played as well, a second or two for each, and those that are named are
/// taken together as one library. Ctrl-C stops that; exit code 2 then, and only what needs no play is told.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Files, or folders of them; without any the scenarios that come with Simmer
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: CheckFormat,
    /// Also proves what can be reached and scored, and lets thousands of players guess: for before publishing
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

/// Play scenarios many times over, and say what gives them away
///
/// Players of several kinds take the calls: at random, well, badly, and by the looks of the replies alone. Whoever goes
/// by looks must not do much better than chance. Ctrl-C stops, and reports what was played until then. Exit code 1
/// where a target is missed or a file cannot be played, 2 where the command could not run.
#[derive(Debug, clap::Args)]
pub(super) struct Simulate {
    /// Files, folders of them, or names from the library; without any the scenarios that come with Simmer
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Plays of each scenario, shared out evenly among the players
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..=MOST_PLAYS))]
    pub(super) plays: u64,
    /// The same seed brings the same report
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// How many plays go on at once; the report does not depend on it [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    /// Also writes a page with pictures, which needs nothing but a browser
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
}

/// Prove what can be reached, and find the best and worst score
///
/// Every node, reply, line, side of a condition, tile, event, choice and ending is reached by a playthrough, proved to
/// be out of reach with any seed, or named as unsettled. The best and the worst score, overall and of each skill, are
/// exact, or lie between what was found and what is proved.
///
/// Ctrl-C stops it and shows what is known by then. Exit code 1 where something is out of reach.
#[derive(Debug, clap::Args)]
pub(super) struct Solve {
    /// A scenario’s name, or a file
    pub(super) scenario: String,
    /// How freely the best and the worst are played
    #[arg(long, value_enum, default_value_t)]
    pub(super) timing: SolveTiming,
    /// The seed of the scores; what can be reached is looked for with many
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// How many decisions the search for scores may try
    #[arg(long, value_name = "N")]
    pub(super) budget: Option<u64>,
    /// Write one playthrough as a list of inputs: best, worst, best-empathy, or the name of what it reaches
    #[arg(long, value_name = "ELEMENT")]
    pub(super) witness: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    #[command(flatten)]
    pub(super) folders: Folders,
}

/// [`Timing`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum SolveTiming {
    /// Every turn is heard to its end and every reply spoken calmly
    Perfect,
    /// Cutting in, nods, pace and voice are free as well
    #[default]
    Free,
}

impl From<SolveTiming> for Timing {
    fn from(timing: SolveTiming) -> Self {
        match timing {
            SolveTiming::Perfect => Self::Perfect,
            SolveTiming::Free => Self::Free,
        }
    }
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
            Some(Verb::Studio(studio)) => &studio.window.folders,
            Some(Verb::Play(play)) => &play.folders,
            Some(Verb::List(list)) => &list.folders,
            Some(Verb::Solve(solve)) => &solve.folders,
            Some(
                Verb::Check(_)
                | Verb::Explain(_)
                | Verb::Simulate(_)
                | Verb::New(_)
                | Verb::Fmt(_)
                | Verb::Lsp(_)
                | Verb::Import(_),
            ) => return None,
            Some(Verb::Export(export)) => export.folders(),
            Some(Verb::Test(test)) => &test.folders,
            Some(Verb::Graph(graph)) => &graph.folders,
            Some(Verb::Replay(replay)) => &replay.folders,
            Some(Verb::Board(Board::Add(add))) => &add.folders,
            Some(Verb::Board(Board::Show(show))) => &show.folders,
            Some(Verb::Team(team)) => team.folders(),
            Some(Verb::Serve(serve)) => return serve.place.data(),
            Some(Verb::Admin(admin)) => return admin.place.data(),
            Some(Verb::Stats(stats)) => &stats.folders,
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
