//! The command line: arguments, exit codes, one file a verb.
//!
//! Only here and in the window is anything printed, and here by [`terminal::Terminal`] alone.

mod args;
mod columns;
mod commands;
mod error;
mod home;
mod interrupt;
mod logging;
mod output;
mod page;
mod play;
mod simulation;
mod terminal;

use std::io::Write;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use args::{Args, Verb};
use error::Error;
use page::{Line, Tone};
use terminal::Terminal;

/// How a command ended, where it could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// The content has problems.
    Problems,
    /// What was asked for could not be done here, and that has been said.
    NotDone,
}

/// The command could not run.
const COULD_NOT_RUN: u8 = 2;

/// How many threads there is room for.
fn processors() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Runs the program with the arguments of the command line.
///
/// Exit codes: 0 fine, 1 the content has problems, 2 the command could not run.
pub fn run() -> ExitCode {
    let log = logging::place(logging::folder(None).as_deref());
    let args = match Args::read(&log, &home::own_scenarios()) {
        Ok(args) => args,
        Err(message) => {
            // Help and version are among these, and fine.
            let _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(COULD_NOT_RUN));
        }
    };
    let log = logging::folder(args.data());
    if let Some(folder) = &log {
        logging::set_up(folder);
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), ?args, "started");
    match dispatch(args) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Ok(Outcome::NotDone) => ExitCode::from(COULD_NOT_RUN),
        Err(error) if error.is_a_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "could not run");
            complain(&error, &logging::place(log.as_deref()));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn dispatch(args: Args) -> Result<Outcome, Error> {
    let terminal = &mut Terminal::standard();
    let Some(verb) = args.verb else { return commands::window::run(terminal, &args.window, None) };
    match verb {
        Verb::Play(play) => commands::play::run(terminal, &play),
        Verb::List(list) => commands::list::run(terminal, &list),
        Verb::Check(check) => commands::check::run(terminal, &check),
        Verb::Simulate(simulate) => commands::simulate::run(terminal, &simulate),
        Verb::New(new) => commands::new::run(terminal, &new),
        Verb::Studio(studio) => commands::window::run(terminal, &studio.window, Some(&studio)),
        Verb::Test(test) => commands::test::run(terminal, &test),
        Verb::Fmt(fmt) => commands::fmt::run(terminal, &fmt),
        Verb::Graph(graph) => commands::graph::run(terminal, &graph),
        Verb::Export(export) => commands::export::run(terminal, &export),
        Verb::Import(import) => commands::import::run(terminal, &import),
        Verb::Lsp(_) => commands::lsp::run(),
        Verb::Explain(explain) => commands::explain::run(terminal, &explain),
        Verb::Replay(replay) => commands::replay::run(terminal, &replay),
        Verb::Solve(solve) => commands::solve::run(terminal, &solve),
        Verb::Board(board) => commands::board::run(terminal, &board),
        #[cfg(feature = "online")]
        Verb::Team(team) => commands::team::run(terminal, &team),
        #[cfg(not(feature = "online"))]
        Verb::Team(_) => Err(Error::NotOnline),
        Verb::Serve(serve) => commands::serve::run(terminal, &serve),
        Verb::Admin(admin) => commands::admin::run(terminal, &admin),
        Verb::Stats(stats) => commands::stats::run(terminal, &stats),
    }
}

/// Says on standard error what went wrong and how to mend it.
fn complain(error: &Error, log: &str) {
    let width = textwrap::termwidth().clamp(40, 100);
    let mut lines = vec![Line::new(Tone::Heat, "error").and(Tone::Plain, format!(": {error}")).within(0, 7)];
    lines.extend(error.mend().map(|mend| Line::plain(mend).indented(7)));
    if error.is_unexpected() {
        lines.push(Line::quiet(format!("The log may say more: {log}")).indented(7));
    }
    let mut stderr = anstream::stderr();
    for line in lines {
        // Where standard error is closed, nobody is there to be told.
        let _ = writeln!(stderr, "{}", line.wrapped(width));
    }
}
