//! `simmer replay`: a recorded attempt played back, or a list of inputs played and scored.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::attempt::{self, Attempt, NotInputs, ReadError, Store, StoreError, Verdict, read_inputs};
use crate::campaign::{self, RunStage};
use crate::cli::Outcome;
use crate::cli::args::Replay;
use crate::cli::commands::play::as_it_was_played;
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::output::read;
use crate::cli::page::{Line, Tone};
use crate::cli::play::{debrief as tell, sentence};
use crate::cli::terminal::Terminal;
use crate::diagnostic::OutputFormat;
use crate::diagnostic::render::render;
use crate::dialogue::Mode;
use crate::library::open_file;
use crate::scenario::Scenario;
use crate::scoring::{Debrief, debrief};

/// The version of the JSON that is written here. A field may be added under the same number; none is taken
/// away or changes its meaning.
const SCHEMA: u32 = 1;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, replay: &Replay) -> Result<Outcome, Error> {
    match (&replay.file, &replay.scenario, &replay.inputs) {
        (Some(file), ..) => replay_attempt(terminal, replay, file),
        (None, Some(scenario), Some(inputs)) => play_list(terminal, replay, scenario, inputs),
        // `clap` asks for one or the other.
        (None, ..) => Ok(Outcome::Fine),
    }
}

fn replay_attempt(terminal: &mut Terminal<'_>, replay: &Replay, file: &Path) -> Result<Outcome, Error> {
    if !file.exists() {
        return Err(Error::NotThere { path: file.to_owned() });
    }
    let home = Home::open(&replay.folders)?;
    // What is judged is the file that was named, and never another in its place.
    let attempt = match home.store.load_alone(file) {
        Ok(attempt) => attempt,
        Err(StoreError::Read { source: why @ (ReadError::Damaged | ReadError::Unexpected { .. }), .. }) => {
            return refuse(terminal, replay.format, &why, home.store.whole_previous_copy(file).as_deref());
        }
        Err(error) => return Err(error.into()),
    };
    let scenario = scenario_of(&home, &attempt, file)?;
    let played = attempt::replay(&scenario, &attempt);
    let report = attempt::report(&scenario, &attempt, &played);
    match replay.format {
        OutputFormat::Json => terminal.write_document(SCHEMA, &report)?,
        format => {
            if let (Some(debrief), Some(played)) = (&report.debrief, &played.played) {
                tell_debrief(terminal, format, &scenario, debrief, played.run.stage)?;
            }
            let tone = if report.verdict.holds() { Tone::Calm } else { Tone::Heat };
            terminal.show(&Line::new(tone, report.words.clone()))?;
        }
    }
    Ok(outcome(&report.verdict))
}

/// The scenario to judge an attempt by: the copy that was kept of it, here or beside its file, is the very one it was
/// played on. An attempt that came alone is judged by that of the library.
fn scenario_of(home: &Home, attempt: &Attempt, file: &Path) -> Result<Arc<Scenario>, Error> {
    let beside = || {
        Store::copies_beside(file, attempt.full_hash).iter().find_map(|copy| {
            let scenario = open_file(copy).scenario.ok()?;
            // Outside the own folder a file may be called anything.
            (scenario.hashes.full == attempt.full_hash).then_some(scenario)
        })
    };
    match as_it_was_played(home, attempt.full_hash).or_else(beside) {
        Some(scenario) => Ok(scenario),
        None => Ok(home.scenario(&attempt.scenario)?.1),
    }
}

/// Only what was played back and found right is fine. What cannot be judged here could not be done: who takes in
/// attempts by the exit code must not take it for either.
fn outcome(verdict: &Verdict) -> Outcome {
    match verdict {
        Verdict::Holds | Verdict::AnotherWording { same_score: true, .. } => Outcome::Fine,
        Verdict::ScoreDiffers { .. }
        | Verdict::Broken { .. }
        | Verdict::AnotherScenario { .. }
        | Verdict::AnotherWording { same_score: false, .. } => Outcome::Problems,
        Verdict::AnotherStructure { .. } | Verdict::OlderRules { .. } | Verdict::NewerRules { .. } => Outcome::NotDone,
    }
}

/// An attempt that is not as it was written is content with a problem: the command itself could run.
fn refuse(
    terminal: &mut Terminal<'_>,
    format: OutputFormat,
    why: &ReadError,
    copy: Option<&Path>,
) -> Result<Outcome, Error> {
    let words = format!("It does not hold: {why}.");
    if format == OutputFormat::Json {
        let nothing = serde_json::Value::Null;
        terminal.write_document(
            SCHEMA,
            &serde_json::json!({
                "attempt": nothing, "verdict": "Unreadable", "words": words, "debrief": nothing,
                "previous_copy": copy.map(|copy| copy.display().to_string()),
            }),
        )?;
        return Ok(Outcome::Problems);
    }
    terminal.show(&Line::new(Tone::Heat, words))?;
    if let Some(copy) = copy {
        let words = format!("The save before it is whole: `simmer replay {}` plays that one.", copy.display());
        terminal.show(&Line::plain(words))?;
    }
    Ok(Outcome::Problems)
}

/// What `--scenario --inputs --format json` writes.
#[derive(Serialize)]
struct PlayedList<'a> {
    scenario: &'a str,
    full_hash: String,
    /// Text: not every reader of JSON keeps 64 bits of a number.
    seed: String,
    mode: Mode,
    /// Where the run stands after the last input that could be taken.
    stage: RunStage,
    /// The input that could not be taken, where there is one.
    mistake: Option<String>,
    debrief: Debrief,
}

fn play_list(terminal: &mut Terminal<'_>, replay: &Replay, scenario: &str, inputs: &Path) -> Result<Outcome, Error> {
    let (_, scenario) = Home::open(&replay.folders)?.scenario(scenario)?;
    let list = match read_inputs(&inputs.display().to_string(), &read(inputs)?) {
        Ok(list) => list,
        Err(refused) => return tell_unreadable(terminal, replay.format, &refused),
    };
    let mut events = Vec::new();
    let mode = Mode::from(replay.mode);
    let mut run = campaign::begin(&scenario, replay.seed, mode, &mut events);
    let mistake = attempt::play(&scenario, &mut run, &list, &mut events).err();
    let debrief = debrief(&scenario, &events, campaign::result(&scenario, &run));
    let mistake = mistake.map(|mistake| mistake.to_string());
    match replay.format {
        OutputFormat::Json => {
            let list = PlayedList {
                scenario: &scenario.slug,
                full_hash: scenario.hashes.full.to_string(),
                seed: replay.seed.to_string(),
                mode,
                stage: run.stage,
                mistake: mistake.clone(),
                debrief,
            };
            terminal.write_document(SCHEMA, &list)?;
        }
        format => {
            tell_debrief(terminal, format, &scenario, &debrief, run.stage)?;
            if run.stage != RunStage::Closed {
                terminal
                    .show(&Line::new(Tone::Gold, "The list ends before the run does: the score is provisional."))?;
            }
            if let Some(mistake) = &mistake {
                terminal.show(&Line::new(Tone::Heat, sentence(mistake)))?;
            }
        }
    }
    Ok(if mistake.is_some() { Outcome::Problems } else { Outcome::Fine })
}

fn tell_debrief(
    terminal: &mut Terminal<'_>,
    format: OutputFormat,
    scenario: &Scenario,
    debrief: &Debrief,
    stage: RunStage,
) -> Result<(), Error> {
    terminal.show_all(&tell::headline(scenario, debrief, stage))?;
    if format == OutputFormat::Full {
        terminal.show_all(&tell::turns(scenario.customer.upset, debrief))?;
        terminal.show_all(&tell::rows(debrief))?;
        terminal.show(&Line::empty())?;
    }
    Ok(())
}

/// A list that nothing can be played of.
fn tell_unreadable(terminal: &mut Terminal<'_>, format: OutputFormat, refused: &NotInputs) -> Result<Outcome, Error> {
    let text = render(format, &[refused.checked()], terminal.has_colour());
    terminal.write(&text)?;
    if format == OutputFormat::Full {
        terminal.show(&Line::empty())?;
        terminal.show(&Line::plain("`simmer help replay` shows how a list of inputs is written."))?;
    }
    Ok(Outcome::NotDone)
}
