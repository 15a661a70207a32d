//! `simmer list`: the scenarios at hand.

use crate::cli::Outcome;
use crate::cli::args::List;
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::library::Entry;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Channel;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, list: &List) -> Result<Outcome, Error> {
    let home = Home::open(&list.folders)?;
    let mut outcome = Outcome::Fine;
    for entry in home.library.entries() {
        match &entry.scenario {
            Ok(scenario) => {
                terminal.show(&Line::strong(scenario.slug.clone()))?;
                if let Some(winner) = &entry.replaced_by {
                    let words = format!("not played: {winner} has the same id");
                    terminal.show(&Line::new(Tone::Gold, words).within(4, 6))?;
                }
                terminal.show_all(&lines(scenario))?;
            }
            Err(errors) => {
                outcome = Outcome::Problems;
                terminal.show_all(&broken(entry, errors))?;
            }
        }
        terminal.show(&Line::empty())?;
    }
    terminal.show(&Line::quiet(counted(home.library.entries().len(), "scenario")))?;
    // Unbroken, however long it is: it is there to be copied.
    terminal.write(&format!("Your own go into {}\n", home.own_scenarios.display()))?;
    Ok(outcome)
}

/// A scenario in a few lines.
pub(in crate::cli) fn lines(scenario: &Scenario) -> Vec<Line> {
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

fn broken(entry: &Entry, errors: &[Diagnostic]) -> Vec<Line> {
    let first = errors.first().map_or("", |finding| finding.message.as_str());
    let name = entry.source.name();
    let more = match errors.len() {
        0 | 1 => "shows where, and how to mend it".to_owned(),
        several => format!("shows all {several} problems"),
    };
    vec![
        Line::strong(name).and(Tone::Heat, "   cannot be played"),
        Line::plain(first).within(4, 6),
        Line::quiet(format!("`simmer check {name}` {more}")).within(4, 6),
    ]
}
