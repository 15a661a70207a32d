//! `simmer list`: the scenarios at hand, or the texts of one.

mod texts;

use serde::Serialize;

use crate::cli::Outcome;
use crate::cli::args::{List, ListFormat};
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::library::{Entry, Origin};
use crate::scenario::Scenario;
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::Channel;

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, list: &List) -> Result<Outcome, Error> {
    let home = Home::open(&list.folders)?;
    if let Some(name) = &list.texts {
        let (_, scenario) = home.scenario(name)?;
        return texts::run(terminal, &scenario, list.format);
    }
    match list.format {
        ListFormat::Full => tell(terminal, &home)?,
        ListFormat::Short => {
            for entry in home.library.entries() {
                terminal.write(&in_short(entry))?;
            }
        }
        ListFormat::Json => terminal.write_document(
            SCHEMA,
            &Listed {
                own_scenarios: home.own_scenarios.display().to_string(),
                scenarios: home.library.entries().map(|entry| ListedEntry::of(entry)).collect(),
            },
        )?,
    }
    let is_fine = home.library.entries().all(|entry| entry.scenario.is_ok());
    Ok(if is_fine { Outcome::Fine } else { Outcome::Problems })
}

fn tell(terminal: &mut Terminal<'_>, home: &Home) -> Result<(), Error> {
    for entry in home.library.entries() {
        match &entry.scenario {
            Ok(scenario) => {
                terminal.show(&Line::strong(scenario.slug.clone()))?;
                if let Some(winner) = &entry.replaced_by {
                    terminal.show(&Line::new(Tone::Gold, not_played(winner)).within(4, 6))?;
                }
                terminal.show_all(&lines(scenario))?;
            }
            Err(errors) => terminal.show_all(&broken(entry, errors))?,
        }
        terminal.show(&Line::empty())?;
    }
    terminal.show(&Line::quiet(counted(home.library.entries().len(), "scenario")))?;
    // Unbroken, however long it is: it is there to be copied.
    terminal.write(&format!("Your own go into {}\n", home.own_scenarios.display()))?;
    Ok(())
}

/// A scenario in a few lines.
pub(in crate::cli) fn lines(scenario: &Scenario) -> Vec<Line> {
    let met = match scenario.channel {
        Channel::Phone => "on the phone",
        Channel::Counter => "face to face",
    };
    let turned = scenario.encounters[0].seat == Seat::Customer;
    let turned = if turned { "; you are the customer" } else { "" };
    let customer = &scenario.customer;
    vec![
        Line::plain(scenario.title.clone())
            .and(Tone::Quiet, format!("   {}, {met}, difficulty {} of 5{turned}", customer.name, scenario.difficulty))
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

fn not_played(winner: &str) -> String {
    format!("not played: {winner} has the same id")
}

/// A line that is not wrapped.
fn in_short(entry: &Entry) -> String {
    match (&entry.scenario, &entry.replaced_by) {
        (Ok(scenario), None) => format!("{}: {}\n", scenario.slug, scenario.title),
        (Ok(scenario), Some(winner)) => format!("{}: {}\n", scenario.slug, not_played(winner)),
        (Err(errors), _) => {
            format!("{}: cannot be played: {}\n", entry.source.name(), counted(errors.len(), "problem"))
        }
    }
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Listed<'a> {
    own_scenarios: String,
    scenarios: Vec<ListedEntry<'a>>,
}

#[derive(Serialize)]
struct ListedEntry<'a> {
    file: &'a str,
    is_shipped: bool,
    is_playable: bool,
    replaced_by: Option<&'a str>,
    /// None where the file cannot be read, as with all that follow but the last.
    id: Option<&'a str>,
    title: Option<&'a str>,
    teaser: Option<&'a str>,
    customer: Option<&'a str>,
    channel: Option<Channel>,
    difficulty: Option<u8>,
    /// The errors in words.
    problems: Vec<&'a str>,
}

impl<'a> ListedEntry<'a> {
    fn of(entry: &'a Entry) -> Self {
        let scenario = entry.scenario.as_deref().ok();
        let problems = entry.scenario.as_ref().err().into_iter().flatten();
        Self {
            file: entry.source.name(),
            is_shipped: entry.origin == Origin::Shipped,
            is_playable: entry.is_playable(),
            replaced_by: entry.replaced_by.as_deref(),
            id: entry.slug(),
            title: scenario.map(|scenario| scenario.title.as_str()),
            teaser: scenario.map(|scenario| scenario.teaser.as_str()),
            customer: scenario.map(|scenario| scenario.customer.name.as_str()),
            channel: scenario.map(|scenario| scenario.channel),
            difficulty: scenario.map(|scenario| scenario.difficulty),
            problems: problems.map(|problem| problem.message.as_str()).collect(),
        }
    }
}
