//! What those who write scenarios can ask for.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{ExportAttempts, ExportStore, ExportXapi, Folders, PlayMode, Window};
use crate::diagnostic::OutputFormat;
use crate::scenario::language::is_tag;
use crate::scenario::vocabulary::Channel;

/// Begin a scenario of your own
///
/// Writes a small scenario that is complete: it plays, `simmer check` finds nothing in it, and its remarks say what each
/// part is for. Change it piece by piece. A file that is there already is never touched.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct New {
    /// Its id, and the name of its file: lower-case letters, digits and hyphens
    pub(in crate::cli) name: String,
    /// Its title; made of the name where left out
    #[arg(long)]
    pub(in crate::cli) title: Option<String>,
    /// Where the customer is met
    #[arg(long, value_enum, default_value_t = NewChannel::Phone)]
    pub(in crate::cli) channel: NewChannel,
    /// The folder to put it in; without it the one that you are in
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: OutputFormat,
}

/// Open Studio, where you write with everything beside it
///
/// The text, what is found in it, its graph, the conversation as it runs, and what many plays come to. Without a file it
/// shows those at hand. A file that is not there yet is offered as a new one. What you write is kept as a draft until you
/// save it.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Studio {
    /// A file, or the id of a scenario at hand; one that comes with Simmer is opened as a copy
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) window: Window,
}

/// Where the customer of a new scenario is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum NewChannel {
    Phone,
    Counter,
}

impl From<NewChannel> for Channel {
    fn from(channel: NewChannel) -> Self {
        match channel {
            NewChannel::Phone => Self::Phone,
            NewChannel::Counter => Self::Counter,
        }
    }
}

/// Play recorded plans again, and show what has changed
///
/// A plan is a playthrough with what was said and scored in it. It lies beside its scenario, or in a folder `plans`
/// there, and its name ends in `.plan.ron`. Whatever is said or scored otherwise than it says is shown, and the exit code
/// is 1.
///
/// A change that was meant: `simmer test --update` shows what changes, asks, and then writes the plans anew. Where there
/// is nobody to ask, in a script or a pipe, nothing is written without --yes.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Test {
    /// Plans, scenarios, or folders of them; without any those that come with Simmer, and your own
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Write a plan of a recorded attempt; with one PATH on that scenario
    #[arg(long, value_name = "ATTEMPT", conflicts_with_all = ["inputs", "update"])]
    pub(in crate::cli) record: Option<PathBuf>,
    /// Write a plan of a list of inputs, on the scenario that PATH is
    #[arg(long, value_name = "FILE", conflicts_with = "update", requires = "paths")]
    pub(in crate::cli) inputs: Option<PathBuf>,
    /// The seed to play the inputs with
    #[arg(long, value_name = "N", default_value_t = 0, requires = "inputs")]
    pub(in crate::cli) seed: u64,
    /// Whether the inputs have clocks
    #[arg(long, value_enum, default_value_t = PlayMode::Steps, requires = "inputs")]
    pub(in crate::cli) mode: PlayMode,
    /// What the new plan is there for, in a sentence
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) about: Option<String>,
    /// Where the new plan goes; without it beside the scenario
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Show what changes in the plans that no longer hold, ask, and write them anew
    #[arg(long)]
    pub(in crate::cli) update: bool,
    /// Write them without asking; for scripts
    #[arg(long, requires = "update")]
    pub(in crate::cli) yes: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: OutputFormat,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Lay out scenario files
///
/// Only blanks, line ends and commas change: every word and every remark stays, and so does what the file means. A file
/// that is not well written is shown with what is wrong, and left as it is. Plans and lists of inputs are laid out as
/// well.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Fmt {
    /// Files, or folders of them; `-` reads standard input and writes standard output
    #[arg(value_name = "PATH", required = true)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Change nothing, name the files that would change, and end with exit code 1 if there are any
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: OutputFormat,
}

/// Help an editor while you write
///
/// A language server: an editor starts it, and speaks with it over standard input and output. Then findings show while you
/// type, names are completed, and what leads where is a key away. How to set it up is in docs/workshop.md.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Lsp {
    /// Over standard input and output, as always; some editors say so
    #[arg(long)]
    stdio: bool,
}

/// Draw a scenario
///
/// Every node with its replies and where they lead, from left to right; those on the main road have a bold edge. A dashed
/// line is taken under a condition.
///
/// The picture (svg) opens in any browser; dot is for Graphviz, and mermaid for wikis.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Graph {
    /// A scenario’s name, or a file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) scenario: String,
    /// What is drawn
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: GraphFormat,
    /// Where it goes; without it to the terminal
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// What a scenario is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum GraphFormat {
    /// A picture
    #[default]
    Svg,
    /// For Graphviz
    Dot,
    /// For wikis
    Mermaid,
}

/// Write scenarios and attempts for other tools
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Export {
    /// A story for Twine: a passage a node, a link a reply, conditions in words
    Twee(ExportOf),
    /// A table of every text with its id, who says it and when, for translation
    Csv(ExportOf),
    /// A catalogue for translators (gettext PO), beside the scenario where it is then found and played from
    Po(ExportPo),
    /// A script to read aloud from, with the id of every line, its variants and conditions
    Script(ExportOf),
    Attempts(ExportAttempts),
    Xapi(ExportXapi),
    Store(ExportStore),
}

impl Export {
    /// Where scenarios and data lie.
    pub(in crate::cli) fn folders(&self) -> &Folders {
        match self {
            Self::Twee(of) | Self::Csv(of) | Self::Script(of) => &of.folders,
            Self::Po(of) => &of.folders,
            Self::Attempts(of) => &of.folders,
            Self::Xapi(of) => &of.folders,
            Self::Store(of) => &of.folders,
        }
    }
}

/// Which scenario is written, and where to.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportOf {
    /// A scenario’s name, or a file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) scenario: String,
    /// Where it goes; without it to the terminal
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// Which scenario is translated, and into what.
///
/// What a translator has written is kept when the catalogue is there already: it is brought to what the scenario says
/// now. What was translated from other words is marked as `fuzzy`, and what belongs to nothing any more becomes a remark.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportPo {
    /// A scenario’s name, or a file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) scenario: String,
    /// The language that it is translated into, as in `de` or `pt-BR`
    #[arg(short, long, value_name = "TAG", value_parser = language_tag)]
    pub(in crate::cli) language: String,
    /// Where it goes; without it `lang/NAME.TAG.po` beside the scenario
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) folders: Folders,
}

/// A language as its files and settings name it.
pub(in crate::cli) fn language_tag(text: &str) -> Result<String, String> {
    if is_tag(text) { Ok(text.to_owned()) } else { Err("a language is written as in `de`, `fr` or `pt-BR`".to_owned()) }
}

/// Make a draft of a story written elsewhere
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Import {
    Twee(ImportTwee),
}

/// Make a draft of a story in Twee 3, as Twine and its compilers write it
///
/// Passages become nodes, links become replies, and passages without links become endings. What a scenario needs beyond
/// that is listed, and stands in the draft as `// TO DO:`. Macros become remarks. A file that is there already is never
/// touched.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ImportTwee {
    /// The story
    pub(in crate::cli) file: PathBuf,
    /// Where the draft goes; without it where you are, under the name of the story
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: OutputFormat,
}
