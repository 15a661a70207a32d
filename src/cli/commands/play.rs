//! `simmer play`: the terminal game, from the choice of a call to its debrief.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::attempt::{Beginning, Kept, Recorder, Store, fresh_seed};
use crate::campaign::RunStage;
use crate::cli::Outcome;
use crate::cli::args::Play;
use crate::cli::commands::list::lines;
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::play::{Game, Helps, Prepared, Sitting, prepare};
use crate::cli::terminal::{Terminal, Typed};
use crate::dialogue::Mode;
use crate::library::Entry;
use crate::scenario::Scenario;
use crate::settings::{MoodWord, checked_name};

/// In this many runs, and no more, the mood stands beside the name and the author advises.
const HELPED_RUNS: usize = 5;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, play: &Play) -> Result<Outcome, Error> {
    let mut home = Home::open(&play.folders)?;
    home.speak(play.language.as_deref());
    if let Some(message) = &home.message {
        terminal.show(&Line::new(Tone::Gold, message.clone()))?;
    }
    if home.settings.player.is_none() && terminal.hears_a_person() {
        ask_for_a_name(terminal, &mut home)?;
    }
    let past = Past::of(&home.store, home.player())?;
    // A ranked run is played on what the team has published, which may be at hand or not.
    let name = play.scenario.as_deref().filter(|_| !play.ranked);
    let asked = name.map(|name| home.scenario(name)).transpose()?;
    let recorder = match take_up_unfinished(terminal, &home, asked.as_ref().map(|(_, scenario)| scenario))? {
        Choice::Resumed(recorder) => Some(*recorder),
        Choice::Fresh if play.ranked => begin_ranked(terminal, &home, play.scenario.as_deref())?,
        Choice::Fresh => begin(terminal, &home, play, asked, &past)?,
        Choice::Stopped => None,
    };
    let Some(recorder) = recorder else { return Ok(Outcome::Fine) };
    #[cfg(feature = "online")]
    let ranked = recorder.attempt().start.map(|_| recorder.attempt().id);
    let sitting = play_on(terminal, &home, play, recorder, past.helps(&home))?;
    #[cfg(feature = "online")]
    if let Some(attempt) = ranked {
        crate::cli::commands::team::send_after_play(terminal, &home, attempt)?;
    }
    Ok(sitting)
}

fn play_on(
    terminal: &mut Terminal<'_>,
    home: &Home,
    play: &Play,
    recorder: Recorder,
    helps: Helps,
) -> Result<Outcome, Error> {
    match Game::new(terminal, recorder, Some(&home.store), helps).play()? {
        Sitting::Done => Ok(Outcome::Fine),
        Sitting::Stopped => {
            terminal.show(&Line::empty())?;
            let saved = Line::plain("The call is saved. ").and(Tone::Strong, again(play));
            terminal.show(&saved.and(Tone::Plain, " goes on from here."))?;
            Ok(Outcome::Fine)
        }
        Sitting::Unsaved => {
            terminal.show(&Line::empty())?;
            let words = "What you played since it was last saved is lost.";
            terminal.show(&Line::new(Tone::Heat, words))?;
            Ok(Outcome::NotDone)
        }
    }
}

/// As at the first start of the window: without a name the runs would belong to nobody.
fn ask_for_a_name(terminal: &mut Terminal<'_>, home: &mut Home) -> Result<(), Error> {
    let prompt = Line::strong("What should we call you?").and(Tone::Quiet, " Any name you like \u{203a}");
    terminal.show(&Line::empty())?;
    while let Typed::Line(typed) = terminal.ask(&prompt.clone().indented(2))? {
        match checked_name(&typed) {
            Ok(name) => {
                if let Err(error) = home.play_as(&name) {
                    let words = format!("The name could not be kept for the next time. {error}");
                    terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
                }
                break;
            }
            Err(why) => terminal.show(&Line::new(Tone::Gold, why).indented(2))?,
        }
    }
    Ok(())
}

/// The command that goes on with a saved call.
fn again(play: &Play) -> String {
    let scenarios = play.folders.scenarios.iter().map(|folder| format!("--scenarios {}", quoted(folder)));
    let data = play.folders.data.iter().map(|folder| format!("--data {}", quoted(folder)));
    let words: Vec<_> = std::iter::once("simmer play".to_owned()).chain(scenarios).chain(data).collect();
    words.join(" ")
}

/// A path as it can be typed.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(' ') { format!("\"{path}\"") } else { path }
}

/// What was played before.
struct Past {
    runs: usize,
    /// The best score by scenario, practice left out.
    best: BTreeMap<String, u16>,
}

impl Past {
    fn of(store: &Store, player: &str) -> Result<Self, Error> {
        let mut past = Self { runs: 0, best: BTreeMap::new() };
        for listed in store.list()? {
            let Ok(Kept { attempt, .. }) = listed.attempt else { continue };
            let Some(claimed) = attempt.score.filter(|claimed| claimed.is_final && attempt.player == player) else {
                continue;
            };
            if attempt.rewound.is_none() {
                past.runs += 1;
            }
            if !attempt.practice {
                let best = past.best.entry(attempt.scenario).or_default();
                *best = (*best).max(claimed.overall);
            }
        }
        Ok(past)
    }

    fn helps(&self, home: &Home) -> Helps {
        let first = self.runs < HELPED_RUNS;
        let preferences = home.settings.preferences();
        let mood = match preferences.mood_word {
            MoodWord::Always => true,
            MoodWord::FirstRuns => first,
            MoodWord::Never => false,
        };
        Helps { mood, coach: preferences.coach && first }
    }
}

/// A scenario and the file it stands in.
type Chosen = (Arc<Entry>, Arc<Scenario>);

enum Choice {
    Resumed(Box<Recorder>),
    Fresh,
    Stopped,
}

/// Offers to go on with a call that was left: whatever else is asked for, it is not put aside without a word.
fn take_up_unfinished(
    terminal: &mut Terminal<'_>,
    home: &Home,
    asked: Option<&Arc<Scenario>>,
) -> Result<Choice, Error> {
    let Some(kept) = left(home, asked)? else { return Ok(Choice::Fresh) };
    let earlier = kept.from_previous_copy;
    let recorder = match resumed(home, kept, asked) {
        Ok(recorder) => recorder,
        Err(why) => {
            terminal.show(&Line::new(Tone::Gold, format!("A call was left, and cannot be gone on with. {why}")))?;
            return Ok(Choice::Fresh);
        }
    };
    // A call with clocks needs the window: see `cli::play`.
    let has_clocks = recorder.attempt().mode == Mode::Timed;
    terminal.show_all(&where_it_was_left(&recorder, earlier, has_clocks))?;
    let prompt = if has_clocks {
        Line::strong("Enter")
            .and(Tone::Quiet, " leaves it for the window \u{b7} ")
            .and(Tone::Strong, "new")
            .and(Tone::Quiet, " begins another call here and puts that one aside \u{203a}")
    } else {
        let other = asked.filter(|asked| asked.slug != recorder.scenario().slug);
        let other = other.map_or_else(|| "another call".to_owned(), |asked| format!("\u{201c}{}\u{201d}", asked.title));
        Line::strong("Enter")
            .and(Tone::Quiet, " goes on \u{b7} ")
            .and(Tone::Strong, "new")
            .and(Tone::Quiet, format!(" begins {other} and puts this one aside \u{203a}"))
    };
    loop {
        let Typed::Line(typed) = terminal.ask(&prompt.clone().indented(2))? else { return Ok(Choice::Stopped) };
        match typed.to_lowercase().as_str() {
            "" | "y" | "yes" if has_clocks => return Ok(Choice::Stopped),
            "" | "y" | "yes" => return Ok(Choice::Resumed(Box::new(recorder))),
            "new" | "n" | "no" => return Ok(Choice::Fresh),
            "q" | "quit" | "exit" => return Ok(Choice::Stopped),
            _ if has_clocks => {
                let words = "Enter leaves it for the window, new begins another.";
                terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
            }
            _ => {
                let words = "Enter goes on, new begins another, q leaves.";
                terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
            }
        }
    }
}

/// The call that the player is in; else one that was set aside, if it is the one that is asked for.
fn left(home: &Home, asked: Option<&Arc<Scenario>>) -> Result<Option<Kept>, Error> {
    let current = home.store.unfinished(home.player())?;
    let (None, Some(asked)) = (&current, asked) else { return Ok(current) };
    let aside = home.store.set_aside(home.player())?;
    Ok(aside.into_iter().find(|kept| kept.attempt.scenario == asked.slug))
}

/// Which call was left, and where. With `earlier` its newest file was damaged, and this is the one before.
fn where_it_was_left(recorder: &Recorder, earlier: bool, has_clocks: bool) -> Vec<Line> {
    let scenario = recorder.scenario();
    let again =
        if recorder.attempt().rewound.is_some() { "You were trying again: " } else { "You were in the middle of: " };
    let place = match recorder.run().stage {
        RunStage::Talking => format!("turn {}", recorder.run().talk.turn.number),
        RunStage::Note => "at the note".to_owned(),
        RunStage::Diary(_) => "in the diary".to_owned(),
        RunStage::Between | RunStage::Closed => "between two calls".to_owned(),
    };
    let you_were = Line::plain(again).and(Tone::Strong, scenario.title.clone());
    let mut lines =
        vec![Line::empty(), you_were.and(Tone::Plain, format!(", with {}, {place}.", scenario.customer.name))];
    if earlier {
        lines.push(Line::new(Tone::Gold, "The newest save was damaged. This is the one before it."));
    }
    if has_clocks {
        lines.push(Line::plain("That call has clocks, and a terminal has none: it goes on in the window."));
    }
    lines
}

/// The call that was left, played up to where it stopped: on the scenario that is asked for if it is that one, else on
/// that of the library, else on the copy that was kept when it began.
fn resumed(home: &Home, kept: Kept, asked: Option<&Arc<Scenario>>) -> Result<Recorder, String> {
    let attempt = kept.attempt;
    let at_hand = match asked.filter(|asked| asked.slug == attempt.scenario) {
        Some(asked) => Ok(Arc::clone(asked)),
        None => home.scenario(&attempt.scenario).map(|(_, scenario)| scenario),
    };
    let fits = |scenario: &Arc<Scenario>| scenario.hashes.structure == attempt.structure_hash;
    // A ranked run is of the published words alone.
    let as_published = attempt.start.and_then(|_| as_it_was_played(home, attempt.full_hash));
    let scenario = match as_published.map_or(at_hand, Ok) {
        Ok(scenario) if fits(&scenario) => scenario,
        other => match as_it_was_played(home, attempt.full_hash) {
            Some(scenario) => scenario,
            None => other.map_err(|error| error.to_string())?,
        },
    };
    Recorder::resume(scenario, attempt).map_err(|error| error.to_string())
}

/// The scenario in the words in which it was played.
pub(in crate::cli) fn as_it_was_played(home: &Home, full: crate::scenario::model::Hash) -> Option<Arc<Scenario>> {
    let text = home.store.scenario_text(full).ok().flatten()?;
    crate::scenario::load::load("the kept copy", text.as_bytes()).scenario.map(Arc::new)
}

fn begin(
    terminal: &mut Terminal<'_>,
    home: &Home,
    play: &Play,
    asked: Option<Chosen>,
    past: &Past,
) -> Result<Option<Recorder>, Error> {
    let Some((entry, scenario)) = asked.map_or_else(|| choose(terminal, home, past), |asked| Ok(Some(asked)))? else {
        return Ok(None);
    };
    let Prepared::Ready { intention } = prepare(terminal, &scenario)? else { return Ok(None) };
    // Where this cannot be written, neither can the call: that is told with the first save, and it can be played.
    if let Err(error) = home.store.keep_scenario(scenario.hashes.full, entry.source.text()) {
        tracing::error!(%error, "the scenario could not be kept beside the attempt");
    }
    let beginning = Beginning {
        seed: play.seed.unwrap_or_else(fresh_seed),
        mode: Mode::Steps,
        language: scenario.language.clone(),
        player: home.player().to_owned(),
        team: home.settings.profile().and_then(|profile| profile.team.clone()),
        // Nothing is at stake in a first run.
        practice: past.runs == 0,
        start: None,
        intention,
    };
    Ok(Some(Recorder::begin(scenario, beginning)))
}

/// A run that counts, under a leave of the team's service, which is used up by it.
#[cfg(feature = "online")]
fn begin_ranked(terminal: &mut Terminal<'_>, home: &Home, name: Option<&str>) -> Result<Option<Recorder>, Error> {
    use crate::cli::commands::team;

    let joined = team::Joined::open(home)?;
    let Some(ranked) = team::choose_ranked(terminal, &joined, name)? else { return Ok(None) };
    let scenario = Arc::clone(&ranked.published.scenario);
    let Prepared::Ready { intention } = prepare(terminal, &scenario)? else { return Ok(None) };
    // What counts must be kept: where it cannot be, no leave is used.
    home.store.keep_scenario(scenario.hashes.full, &ranked.published.text)?;
    let leave = team::take(&joined, &ranked)?;
    let team = home.settings.profile().and_then(|profile| profile.team.clone());
    let recorder = leave.begin(scenario, home.player(), team, intention);
    // From here on it can be gone on with, whatever happens.
    home.store.save(recorder.attempt())?;
    Ok(Some(recorder))
}

#[cfg(not(feature = "online"))]
fn begin_ranked(_: &mut Terminal<'_>, _: &Home, _: Option<&str>) -> Result<Option<Recorder>, Error> {
    Err(Error::NotOnline)
}

/// The library, and a number.
fn choose(terminal: &mut Terminal<'_>, home: &Home, past: &Past) -> Result<Option<Chosen>, Error> {
    let entries: Vec<_> = home.library.entries().filter(|entry| entry.is_playable()).collect();
    terminal.show(&Line::empty())?;
    for (index, scenario) in home.library.scenarios().enumerate() {
        let mut description = lines(scenario);
        let heading = description.remove(0);
        let mut heading = Line::strong(format!("{:>2}  ", index + 1)).followed_by(heading).within(2, 6);
        if let Some(best) = past.best.get(&scenario.slug) {
            heading = heading.and(Tone::Calm, format!("   best {best}"));
        }
        terminal.show(&heading)?;
        terminal.show_all(&description.into_iter().map(|line| line.indented(6)).collect::<Vec<_>>())?;
    }
    let broken = home.library.entries().filter(|entry| entry.scenario.is_err()).count();
    if broken > 0 {
        let words = format!("{broken} more cannot be played; `simmer list` says why.");
        terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
    }
    terminal.show(&Line::empty())?;
    loop {
        let prompt = Line::strong("Which call?").and(Tone::Quiet, format!(" 1 to {} \u{203a}", entries.len()));
        let Typed::Line(typed) = terminal.ask(&prompt.indented(2))? else { return Ok(None) };
        let entry = typed.parse::<usize>().ok().and_then(|number| entries.get(number.checked_sub(1)?));
        if let Some((entry, Ok(scenario))) = entry.map(|entry| (entry, &entry.scenario)) {
            return Ok(Some((Arc::clone(entry), Arc::clone(scenario))));
        }
        if matches!(typed.as_str(), "q" | "quit") {
            return Ok(None);
        }
        let words = format!("Type a number from 1 to {}, or q to leave.", entries.len());
        terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
    }
}
