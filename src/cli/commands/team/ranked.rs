//! A ranked run in the terminal: which, under which leave, on exactly the published file.

use jiff::Timestamp;

use super::Joined;
use crate::cli::error::{Error, counted};
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::{Terminal, Typed};
use crate::dialogue::Mode;
use crate::online::starts::Leave;
use crate::online::{CallError, Published, shown};
use crate::scenario::model::Hash;
use crate::team::protocol::PublishedScenario;

/// A scenario that counts, ready to be played.
pub(in crate::cli) struct Ranked {
    pub(in crate::cli) published: Published,
}

/// The hash that a service publishes a scenario under.
pub(super) fn hash(published: &PublishedScenario) -> Result<Hash, Error> {
    Ok(published.full_hash.parse().map_err(|_| CallError::NotUnderstood)?)
}

/// Which scenario, and what counts. None where the person thinks better of it. No leave is used yet.
pub(in crate::cli) fn choose(
    terminal: &mut Terminal<'_>,
    joined: &Joined,
    name: Option<&str>,
) -> Result<Option<Ranked>, Error> {
    let scenarios = match joined.service.scenarios() {
        Ok(scenarios) => scenarios.scenarios,
        Err(error) if error.is_offline() => return choose_offline(terminal, joined, name, &error),
        Err(error) => return Err(error.into()),
    };
    let chosen = match name {
        Some(name) => Some(joined.published(name)?),
        None => ask_which(terminal, &scenarios)?,
    };
    let Some(chosen) = chosen else { return Ok(None) };
    let full = hash(&chosen)?;
    let lies_here = joined.starts().ahead(full, Timestamp::now())?.is_some();
    if chosen.begun >= chosen.allowed && !lies_here {
        let words = format!(
            "You have begun all {} at \u{201c}{}\u{201d} this season. Without --ranked you can play it as often as you \
             like.",
            counted(chosen.allowed as usize, "ranked run"),
            shown(&chosen.title)
        );
        return Err(Error::Team { words });
    }
    let published = Published::fetch(&joined.folder, &joined.service, full)?;
    terminal.show_all(&what_counts(&chosen, lies_here))?;
    Ok(Some(Ranked { published }))
}

/// Uses up a leave. The run begins right after.
pub(in crate::cli) fn take(joined: &Joined, ranked: &Ranked) -> Result<Leave, Error> {
    let starts = joined.starts();
    let full = ranked.published.scenario.hashes.full;
    let start = starts.get(&joined.service, full, Mode::Steps, Timestamp::now())?;
    Ok(starts.take(&start)?)
}

/// Without a network: what was fetched ahead.
fn choose_offline(
    terminal: &mut Terminal<'_>,
    joined: &Joined,
    name: Option<&str>,
    error: &CallError,
) -> Result<Option<Ranked>, Error> {
    let ahead = joined.starts().all_ahead(Timestamp::now())?;
    let mut here = ahead.iter().filter(|start| name.is_none_or(|name| name == start.scenario));
    let published = here.find_map(|start| Published::kept(&joined.folder, start.full_hash.parse().ok()?));
    let Some(published) = published else {
        let words = format!(
            "{error} A ranked run needs the service\u{2019}s leave; `simmer team ahead SCENARIO` fetches one for the time \
             without a network. Without --ranked you can play at once."
        );
        return Err(Error::Team { words });
    };
    terminal.show(&Line::plain(
        "There is no way to the service now: this run is played without it, and is sent when there is. The board says \
         so, because nobody saw to it that it was played in one go.",
    ))?;
    Ok(Some(Ranked { published }))
}

fn what_counts(chosen: &PublishedScenario, lies_here: bool) -> Vec<Line> {
    let left = chosen.allowed.saturating_sub(chosen.begun) + u32::from(lies_here);
    let left = match left {
        1 => "It is the last one".to_owned(),
        left => format!("You have {left} of them"),
    };
    let counts = if chosen.begun == 0 || (lies_here && chosen.begun == 1) {
        "This is the run that is ranked: the first at each scenario counts."
    } else {
        "Your first run at this scenario is the one ranked; this one counts for \u{201c}most improved\u{201d}."
    };
    vec![
        Line::empty(),
        Line::new(Tone::Gold, counts),
        Line::plain(format!("{left} this season. It counts from when the call begins, also where it is left.")),
    ]
}

fn ask_which(terminal: &mut Terminal<'_>, scenarios: &[PublishedScenario]) -> Result<Option<PublishedScenario>, Error> {
    if scenarios.is_empty() {
        let words = "Your team has no scenario yet that counts. Ask whoever runs the service to publish one.";
        return Err(Error::Team { words: words.to_owned() });
    }
    terminal.show(&Line::empty())?;
    for (index, published) in scenarios.iter().enumerate() {
        let left = published.allowed.saturating_sub(published.begun);
        let points = published.points.map_or_else(String::new, |points| format!(", {points} points"));
        let words = format!("{} ({left} of {} left{points})", shown(&published.title), published.allowed);
        terminal.show(&Line::numbered(index + 1, words))?;
    }
    terminal.show(&Line::empty())?;
    loop {
        let prompt = Line::strong("Which call?").and(Tone::Quiet, format!(" 1 to {} \u{203a}", scenarios.len()));
        let Typed::Line(typed) = terminal.ask(&prompt.indented(2))? else { return Ok(None) };
        if matches!(typed.as_str(), "q" | "quit") {
            return Ok(None);
        }
        let chosen = typed.parse::<usize>().ok().and_then(|number| scenarios.get(number.checked_sub(1)?));
        if let Some(chosen) = chosen {
            return Ok(Some(chosen.clone()));
        }
        let words = format!("Type a number from 1 to {}, or q to leave.", scenarios.len());
        terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
    }
}
