//! What came of the plans, for people and for machines.

use serde::Serialize;

use super::{Judged, Tested};
use crate::authoring::plan::{Change, Difference};
use crate::cli::args::Test;
use crate::cli::error::{Error, counted};
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::{Terminal, Typed};
use crate::diagnostic::render::render;
use crate::diagnostic::{Checked, OutputFormat};

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

pub(super) fn plans(terminal: &mut Terminal<'_>, format: OutputFormat, tested: &[Tested]) -> Result<(), Error> {
    for tested in tested {
        match format {
            OutputFormat::Full => full(terminal, tested)?,
            _ => terminal.write(&format!("{}: {}\n", tested.found.name, in_short(tested)))?,
        }
    }
    Ok(())
}

/// Asks whether so many plans are to be written anew. Where there is nobody to ask, they are not.
pub(super) fn may_write(terminal: &mut Terminal<'_>, changed: usize) -> Result<bool, Error> {
    if !terminal.is_a_conversation() {
        return Ok(false);
    }
    let question = format!("Write {} anew? (yes or no)", if changed == 1 { "this plan" } else { "these plans" });
    let answer = terminal.ask(&Line::strong(question))?;
    Ok(matches!(answer, Typed::Line(line) if matches!(line.to_lowercase().as_str(), "y" | "yes")))
}

pub(super) fn summary(terminal: &mut Terminal<'_>, test: &Test, tested: &[Tested]) -> Result<(), Error> {
    let hold = tested.iter().filter(|tested| matches!(tested.judged, Judged::Holds)).count();
    let anew: Vec<_> = tested.iter().filter(|tested| tested.updated).collect();
    for tested in &anew {
        terminal.show(&Line::new(Tone::Gold, "anew    ").and(Tone::Strong, tested.found.name.clone()).within(0, 8))?;
    }
    let mut summary = match tested.len() {
        0 => "There are no plans here. `simmer test SCENARIO --inputs FILE` writes one.".to_owned(),
        all if all == hold => {
            format!("{}, and {}", counted(all, "plan"), if all == 1 { "it holds" } else { "all hold" })
        }
        all => format!("{}: {hold} hold, {} not", counted(all, "plan"), all - hold),
    };
    if !anew.is_empty() {
        summary.push_str(&format!("; {} written anew", anew.len()));
    }
    terminal.show(&Line::plain(summary))?;
    if tested.iter().any(Tested::can_be_updated) {
        if test.update {
            terminal.show(&Line::quiet("Nothing was written. `simmer test --update --yes` writes without asking."))?;
        } else if test.format == OutputFormat::Full {
            terminal.show(&Line::quiet("If that is as you mean it, `simmer test --update` writes them anew."))?;
        }
    }
    Ok(())
}

fn full(terminal: &mut Terminal<'_>, tested: &Tested) -> Result<(), Error> {
    let about = tested.plan.as_ref().map(|plan| plan.about.as_str()).filter(|about| !about.is_empty());
    let (tone, mark) = match &tested.judged {
        Judged::Holds => (Tone::Calm, "holds   "),
        Judged::Differs { .. } => (Tone::Heat, "differs "),
        _ => (Tone::Heat, "fails   "),
    };
    let mut line = Line::new(tone, mark).and(Tone::Strong, tested.found.name.clone()).within(0, 8);
    if let Some(about) = about {
        line = line.and(Tone::Quiet, format!("  {about}"));
    }
    terminal.show(&line)?;
    match &tested.judged {
        Judged::Holds => return Ok(()),
        Judged::Differs { difference, .. } => terminal.show_all(&lines(difference))?,
        Judged::Broken { mistake, before } => {
            terminal.show(&Line::new(Tone::Heat, format!("It can no longer be played: {mistake}.")).indented(8))?;
            terminal.show_all(&lines(before))?;
        }
        Judged::Unreadable(refused) => {
            let checked = Checked { source: &refused.source, findings: &refused.findings };
            let text = render(OutputFormat::Full, &[checked], terminal.has_colour());
            terminal.write(&text)?;
        }
        Judged::NoScenario(_) | Judged::Unplayable { .. } => {
            terminal.show(&Line::new(Tone::Heat, in_short(tested)).indented(8))?;
        }
    }
    terminal.show(&Line::empty())?;
    Ok(())
}

/// A difference, as a person reads it: what is gone with a minus, what is new with a plus.
fn lines(difference: &Difference) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut place = String::new();
    for change in &difference.lines {
        let (tone, sign, line) = match change {
            Change::Same(line) => (Tone::Quiet, ' ', line),
            Change::Gone(line) => (Tone::Heat, '-', line),
            Change::New(line) => (Tone::Calm, '+', line),
            Change::Skipped(number) => {
                place.clear();
                lines.push(Line::quiet(format!("({} as before)", counted(*number, "line"))).indented(8));
                continue;
            }
        };
        if place != line.place {
            place.clone_from(&line.place);
            lines.push(Line::plain(format!("{place}:")).within(8, 10));
        }
        lines.push(Line::new(tone, format!("{sign} {}", line.words)).within(8, 10));
    }
    for (name, expected, found) in &difference.numbers {
        let words = format!("{name}: {expected} expected, {found} now");
        lines.push(Line::new(Tone::Gold, words).indented(8));
    }
    lines
}

fn in_short(tested: &Tested) -> String {
    let words = match &tested.judged {
        Judged::Holds => "holds".to_owned(),
        Judged::Differs { difference, .. } => {
            let changed = difference.lines.iter().filter(|change| matches!(change, Change::Gone(_) | Change::New(_)));
            let mut parts: Vec<String> = Vec::new();
            match changed.count() {
                0 => {}
                lines => parts.push(format!("{} of text", counted(lines, "changed line"))),
            }
            parts.extend(difference.numbers.iter().map(|(name, old, new)| format!("{name} {old} -> {new}")));
            format!("differs: {}", parts.join(", "))
        }
        Judged::Broken { mistake, .. } => format!("can no longer be played: {mistake}"),
        Judged::Unreadable(refused) => {
            let first = refused.findings.first().map_or("", |finding| finding.message.as_str());
            format!("is no plan: {first}")
        }
        Judged::NoScenario(id) => format!("there is no scenario \"{id}\" beside it or in the library"),
        Judged::Unplayable { file, problems } => {
            format!("{file} has {}: `simmer check {file}` shows them", counted(*problems, "problem"))
        }
    };
    if tested.updated { format!("{words}; written anew") } else { words }
}

pub(super) fn json(terminal: &mut Terminal<'_>, tested: &[Tested]) -> Result<(), Error> {
    let plans: Vec<_> = tested.iter().map(Row::of).collect();
    let hold = plans.iter().filter(|plan| plan.result == "holds").count();
    terminal.write_document(SCHEMA, &Document { counts: Counts { plans: plans.len(), hold }, plans })
}

#[derive(Serialize)]
struct Document<'a> {
    plans: Vec<Row<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Counts {
    plans: usize,
    hold: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    scenario: Option<&'a str>,
    about: Option<&'a str>,
    /// `holds`, `differs`, `broken`, `unreadable`, `no-scenario` or `unplayable`.
    result: &'static str,
    /// The same in words.
    words: String,
    updated: bool,
    lines: Vec<ChangedLine<'a>>,
    numbers: Vec<ChangedNumber<'a>>,
}

#[derive(Serialize)]
struct ChangedLine<'a> {
    /// `gone` or `new`.
    change: &'static str,
    place: &'a str,
    words: &'a str,
}

#[derive(Serialize)]
struct ChangedNumber<'a> {
    name: &'a str,
    expected: &'a str,
    found: &'a str,
}

impl<'a> Row<'a> {
    fn of(tested: &'a Tested) -> Self {
        let none = || (Vec::new(), Vec::new());
        let (result, (lines, numbers)) = match &tested.judged {
            Judged::Holds => ("holds", none()),
            Judged::Differs { difference, .. } => ("differs", changed(difference)),
            Judged::Broken { before, .. } => ("broken", changed(before)),
            Judged::Unreadable(_) => ("unreadable", none()),
            Judged::NoScenario(_) => ("no-scenario", none()),
            Judged::Unplayable { .. } => ("unplayable", none()),
        };
        let plan = tested.plan.as_ref();
        Self {
            file: &tested.found.name,
            scenario: plan.map(|plan| plan.scenario.as_str()),
            about: plan.map(|plan| plan.about.as_str()),
            result,
            words: in_short(tested),
            updated: tested.updated,
            lines,
            numbers,
        }
    }
}

fn changed(difference: &Difference) -> (Vec<ChangedLine<'_>>, Vec<ChangedNumber<'_>>) {
    let lines = difference.lines.iter().filter_map(|change| match change {
        Change::Gone(line) => Some(ChangedLine { change: "gone", place: &line.place, words: &line.words }),
        Change::New(line) => Some(ChangedLine { change: "new", place: &line.place, words: &line.words }),
        Change::Same(_) | Change::Skipped(_) => None,
    });
    let numbers =
        difference.numbers.iter().map(|(name, expected, found)| ChangedNumber { name, expected, found }).collect();
    (lines.collect(), numbers)
}
