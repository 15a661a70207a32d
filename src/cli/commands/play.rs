//! `simmer play`: the terminal game, from the choice of a call to its debrief.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::attempt::{Beginning, Recorder, Store, fresh_seed};
use crate::cli::Outcome;
use crate::cli::args::Play;
use crate::cli::commands::list::entry;
use crate::cli::error::Error;
use crate::cli::page::{Line, Tone};
use crate::cli::places;
use crate::cli::play::{Game, Helps, Prepared, Sitting, prepare};
use crate::cli::shelf;
use crate::cli::terminal::{Terminal, Typed};
use crate::dialogue::Mode;
use crate::scenario::Scenario;

/// In this many runs, and no more, the mood stands beside the name and the author advises.
const HELPED_RUNS: usize = 5;
/// The pseudonym under which the terminal keeps attempts, until settings name another.
const PLAYER: &str = "me";

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, play: &Play) -> Result<Outcome, Error> {
    let data = play.folders.data.clone().or_else(places::data).ok_or(Error::NoHome)?;
    let store = Store::open(&data);
    let past = Past::of(&store)?;
    let helps = Helps { mood: past.runs < HELPED_RUNS, coach: past.runs < HELPED_RUNS };
    let recorder = match take_up_unfinished(terminal, &store, play)? {
        Choice::Resumed(recorder) => Some(*recorder),
        Choice::Fresh => begin(terminal, play, &past)?,
        Choice::Stopped => None,
    };
    let Some(recorder) = recorder else { return Ok(Outcome::Fine) };
    let sitting = Game::new(terminal, recorder, Some(&store), helps).play()?;
    if sitting == Sitting::Stopped {
        terminal.show(&Line::empty())?;
        terminal.show(&Line::plain("The call is saved. ").and(Tone::Strong, again(play)).and(
            Tone::Plain,
            " goes on from here.",
        ))?;
    }
    Ok(Outcome::Fine)
}

/// The command that goes on with a saved call.
fn again(play: &Play) -> String {
    let data = play.folders.data.as_ref().map_or(String::new(), |data| format!(" --data {}", data.display()));
    format!("simmer play{data}")
}

/// What was played before.
struct Past {
    runs: usize,
    /// The best score by scenario, practice left out.
    best: BTreeMap<String, u16>,
}

impl Past {
    fn of(store: &Store) -> Result<Self, Error> {
        let mut past = Self { runs: 0, best: BTreeMap::new() };
        for listed in store.list()? {
            let Ok(kept) = listed.attempt else { continue };
            let Some(score) = kept.attempt.score.filter(|score| score.is_final && !kept.attempt.practice) else {
                continue;
            };
            past.runs += 1;
            let best = past.best.entry(kept.attempt.scenario).or_default();
            *best = (*best).max(score.overall);
        }
        Ok(past)
    }
}

enum Choice {
    Resumed(Box<Recorder>),
    Fresh,
    Stopped,
}

/// Offers to go on with a call that was left, where it is the one asked for or none was.
fn take_up_unfinished(terminal: &mut Terminal<'_>, store: &Store, play: &Play) -> Result<Choice, Error> {
    let Some(kept) = store.unfinished(PLAYER)? else { return Ok(Choice::Fresh) };
    let slug = kept.attempt.scenario.clone();
    let scenario = match scenario_of(&slug, play) {
        Ok(scenario) => scenario,
        // Another call was asked for: the one that was left is set aside when the new one is first saved.
        Err(error) => {
            let words = format!("A call of \"{slug}\" was left, and cannot be gone on with: {error}.");
            terminal.show(&Line::new(Tone::Gold, words))?;
            return Ok(Choice::Fresh);
        }
    };
    let Some(scenario) = scenario else { return Ok(Choice::Fresh) };
    let recorder = match Recorder::resume(Arc::clone(&scenario), kept.attempt) {
        Ok(recorder) => recorder,
        Err(error) => {
            let words = format!("A call of \u{201c}{}\u{201d} was left, and cannot be gone on with: {error}", scenario.title);
            terminal.show(&Line::new(Tone::Gold, words))?;
            return Ok(Choice::Fresh);
        }
    };
    let turn = recorder.run().talk.turn.number;
    terminal.show(&Line::empty())?;
    terminal.show(&Line::plain("You were in the middle of ").and(Tone::Strong, scenario.title.clone()).and(
        Tone::Plain,
        format!(" with {}, at turn {turn}.", scenario.customer.name),
    ))?;
    loop {
        let prompt = Line::strong("Enter").and(Tone::Quiet, " goes on \u{b7} ").and(Tone::Strong, "new").and(
            Tone::Quiet,
            " begins another call and puts this one aside \u{203a}",
        );
        match terminal.ask(&prompt.indented(2))? {
            Typed::Line(typed) => match typed.to_lowercase().as_str() {
                "" | "y" | "yes" => return Ok(Choice::Resumed(Box::new(recorder))),
                "new" | "n" | "no" => return Ok(Choice::Fresh),
                "q" | "quit" => return Ok(Choice::Stopped),
                _ => terminal.show(&Line::new(Tone::Gold, "Enter goes on, new begins another, q leaves.").indented(2))?,
            },
            Typed::Nothing => {}
            Typed::End => return Ok(Choice::Stopped),
        }
    }
}

/// The scenario of the call that was left: by name, or the file that was asked for now if it is the same.
fn scenario_of(slug: &str, play: &Play) -> Result<Option<Arc<Scenario>>, Error> {
    match &play.scenario {
        Some(asked) => Ok(Some(shelf::find(asked, &play.folders.scenarios)?).filter(|asked| asked.slug == slug)),
        None => shelf::find(slug, &play.folders.scenarios).map(Some),
    }
}

fn begin(terminal: &mut Terminal<'_>, play: &Play, past: &Past) -> Result<Option<Recorder>, Error> {
    let scenario = match &play.scenario {
        Some(name) => shelf::find(name, &play.folders.scenarios)?,
        None => match choose(terminal, &play.folders.scenarios, past)? {
            Some(scenario) => scenario,
            None => return Ok(None),
        },
    };
    let Prepared::Ready { intention } = prepare(terminal, &scenario)? else { return Ok(None) };
    let beginning = Beginning {
        seed: play.seed.unwrap_or_else(fresh_seed),
        mode: if play.timed { Mode::Timed } else { Mode::Steps },
        language: scenario.language.clone(),
        player: PLAYER.to_owned(),
        team: None,
        practice: past.runs == 0,
        intention,
    };
    Ok(Some(Recorder::begin(scenario, beginning)))
}

/// The library, and a number.
fn choose(terminal: &mut Terminal<'_>, folders: &[PathBuf], past: &Past) -> Result<Option<Arc<Scenario>>, Error> {
    let shelf = shelf::all(folders)?;
    let unreadable = shelf.iter().filter(|looked| looked.scenario.is_none()).count();
    let scenarios: Vec<_> = shelf.into_iter().filter_map(|looked| looked.scenario).map(Arc::new).collect();
    terminal.show(&Line::empty())?;
    for (index, scenario) in scenarios.iter().enumerate() {
        let mut heading = Line::numbered(index + 1, "").and(Tone::Strong, scenario.title.clone());
        if let Some(best) = past.best.get(&scenario.slug) {
            heading = heading.and(Tone::Calm, format!("   best {best}"));
        }
        terminal.show(&heading)?;
        terminal.show_all(&entry(scenario).into_iter().skip(1).collect::<Vec<_>>())?;
    }
    if unreadable > 0 {
        let words = format!("{unreadable} more cannot be played; `simmer list` says why.");
        terminal.show(&Line::new(Tone::Gold, words))?;
    }
    loop {
        let prompt = Line::strong("Which call?").and(Tone::Quiet, format!(" 1 to {} \u{203a}", scenarios.len()));
        let Typed::Line(typed) = terminal.ask(&prompt)? else { return Ok(None) };
        match typed.parse::<usize>().ok().and_then(|number| scenarios.get(number.checked_sub(1)?)) {
            Some(scenario) => return Ok(Some(Arc::clone(scenario))),
            None if matches!(typed.as_str(), "q" | "quit") => return Ok(None),
            None => {
                let words = format!("Type a number from 1 to {}, or q to leave.", scenarios.len());
                terminal.show(&Line::new(Tone::Gold, words))?;
            }
        }
    }
}
