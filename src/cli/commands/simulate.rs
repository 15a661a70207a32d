//! `simmer simulate`: many plays by players of several kinds, and what gives a scenario away.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Outcome;
use crate::cli::args::{ListFormat, Simulate};
use crate::cli::error::Error;
use crate::cli::simulation::{Simulation, html, json, text};
use crate::cli::terminal::Terminal;
use crate::cli::{interrupt, output, processors};
use crate::explore::simulate::{Report, Settings, simulate};
use crate::library::{Entry, Library, open_file, read_folder};
use crate::scenario::Scenario;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, asked: &Simulate) -> Result<Outcome, Error> {
    if let Some(path) = &asked.html {
        output::may_deliver(path)?;
    }
    let Gathered { playable, broken } = gather(asked)?;
    let scenarios: Vec<&Scenario> =
        playable.iter().filter_map(|entry| entry.scenario.as_ref().ok()).map(Arc::as_ref).collect();
    let threads = asked.threads.unwrap_or_else(processors);
    let settings = Settings { plays: asked.plays, seed: asked.seed, threads };
    let report = play(&scenarios, settings);
    let simulation = Simulation { report: &report, entries: &playable, broken: &broken };
    match asked.format {
        ListFormat::Full => terminal.show_all(&text::full(&simulation))?,
        ListFormat::Short => terminal.write(&text::short(&simulation))?,
        ListFormat::Json => terminal.write_document(json::SCHEMA, &json::Document::of(&simulation))?,
    }
    if let Some(path) = &asked.html {
        output::deliver(terminal, Some(path), &html::page(&simulation))?;
    }
    let is_fine = broken.is_empty() && !report.misses_a_target();
    Ok(if is_fine { Outcome::Fine } else { Outcome::Problems })
}

/// What was named.
struct Gathered {
    playable: Vec<Arc<Entry>>,
    /// The files of named folders that cannot be played. One that was named itself is an error.
    broken: Vec<Arc<Entry>>,
}

fn gather(asked: &Simulate) -> Result<Gathered, Error> {
    let shipped = Library::open(None, &[]);
    if asked.paths.is_empty() {
        let (playable, broken) = shipped.entries().cloned().partition(|entry| entry.scenario.is_ok());
        return Ok(Gathered { playable, broken });
    }
    let (mut playable, mut broken) = (Vec::new(), Vec::new());
    for path in &asked.paths {
        if path.is_dir() {
            let before = playable.len();
            for entry in read_folder(path) {
                if entry.scenario.is_ok() { &mut playable } else { &mut broken }.push(Arc::new(entry));
            }
            if playable.len() == before {
                return Err(Error::NoScenarios { path: path.clone() });
            }
        } else {
            playable.push(named(&shipped, path)?);
        }
    }
    Ok(Gathered { playable, broken })
}

/// A file, or a scenario of the library by its name.
fn named(shipped: &Library, path: &Path) -> Result<Arc<Entry>, Error> {
    let entry = if path.exists() {
        Arc::new(open_file(path))
    } else if path.components().count() > 1 || path.extension().is_some() {
        return Err(Error::NotThere { path: path.to_owned() });
    } else {
        shipped.find(&path.to_string_lossy())?
    };
    match &entry.scenario {
        Ok(_) => Ok(entry),
        Err(problems) => Err(Error::Unplayable { file: path.to_owned(), problems: problems.len() }),
    }
}

/// Plays with a bar where a person looks on. The first Ctrl-C stops the plays, a second one the program.
fn play<'a>(scenarios: &[&'a Scenario], settings: Settings) -> Report<'a> {
    let stopped = interrupt::flag();
    let all = settings.plays_in_all(scenarios.len());
    let bar = ProgressBar::new(all);
    // The template is ours and in order; were it not, the bar would look like any other.
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} plays, {per_sec}, {eta} left")
    {
        bar.set_style(style);
    }
    let report = simulate(scenarios, settings, &|done| {
        bar.set_position(done);
        if stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    report
}
