//! `simmer list`: the scenarios at hand.

use crate::cli::Outcome;
use crate::cli::args::List;
use crate::cli::content::Looked;
use crate::cli::error::{Error, counted};
use crate::cli::page::{Line, Tone};
use crate::cli::shelf;
use crate::cli::terminal::Terminal;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Channel;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, list: &List) -> Result<Outcome, Error> {
    let shelf = shelf::all(&list.folders.scenarios)?;
    for looked in &shelf {
        match &looked.scenario {
            Some(scenario) => {
                terminal.show(&Line::strong(scenario.slug.clone()))?;
                terminal.show_all(&entry(scenario))?;
            }
            None => terminal.show_all(&broken(looked))?,
        }
        terminal.show(&Line::empty())?;
    }
    let unreadable = shelf.iter().filter(|looked| looked.scenario.is_none()).count();
    terminal.show(&Line::quiet(counted(shelf.len(), "scenario")))?;
    Ok(if unreadable > 0 { Outcome::Problems } else { Outcome::Fine })
}

/// A scenario in a few lines.
pub(in crate::cli) fn entry(scenario: &Scenario) -> Vec<Line> {
    let met = match scenario.channel {
        Channel::Phone => "on the phone",
        Channel::Counter => "face to face",
    };
    let customer = &scenario.customer;
    vec![
        Line::plain(scenario.title.clone())
            .and(Tone::Quiet, format!("   {}, {met}, difficulty {} of 5", customer.name, scenario.difficulty))
            .within(4, 6),
        Line::quiet(scenario.teaser.clone()).indented(4),
    ]
}

fn broken(looked: &Looked) -> Vec<Line> {
    let first = looked.findings.first().map_or("", |finding| finding.message.as_str());
    vec![
        Line::strong(looked.source.name().to_owned()).and(Tone::Heat, "   cannot be played"),
        Line::plain(first.to_owned()).within(4, 6),
        Line::quiet(format!("`simmer check {}` shows all", looked.source.name())).within(4, 6),
    ]
}
