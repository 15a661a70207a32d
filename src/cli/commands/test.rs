//! `simmer test`: plans played again, and written.

mod found;
mod record;
mod tell;

use crate::authoring::plan::{self, Difference, NotAPlan, Plan, Verdict};
use crate::cli::Outcome;
use crate::cli::args::Test;
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::output;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Diagnostic, OutputFormat, SourceFile};
use found::{Found, find};

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, test: &Test) -> Result<Outcome, Error> {
    let home = Home::open(&test.folders)?;
    if test.record.is_some() || test.inputs.is_some() {
        return record::run(terminal, test, &home);
    }
    let found = find(&home, &test.paths)?;
    let mut scenarios = found::Scenarios::new(&home);
    let mut tested: Vec<_> = found.into_iter().map(|found| Tested::of(found, &mut scenarios)).collect();
    if test.format == OutputFormat::Json {
        // A document has no place for a question.
        if test.yes {
            update(&mut tested)?;
        }
        tell::json(terminal, &tested)?;
    } else {
        tell::plans(terminal, test.format, &tested)?;
        let changed = tested.iter().filter(|tested| tested.can_be_updated()).count();
        if test.update && changed > 0 && (test.yes || tell::may_write(terminal, changed)?) {
            update(&mut tested)?;
        }
        tell::summary(terminal, test, &tested)?;
    }
    Ok(if tested.iter().any(|tested| matches!(tested.judged, Judged::NoScenario(_))) || tested.is_empty() {
        Outcome::NotDone
    } else if tested.iter().all(Tested::is_fine) {
        Outcome::Fine
    } else {
        Outcome::Problems
    })
}

fn update(tested: &mut [Tested]) -> Result<(), Error> {
    tested.iter_mut().try_for_each(Tested::update)
}

/// A plan and what came of it.
struct Tested {
    found: Found,
    plan: Option<Plan>,
    judged: Judged,
    /// It was written anew.
    updated: bool,
}

/// What came of a plan.
enum Judged {
    Holds,
    Differs {
        difference: Difference,
        anew: Box<Plan>,
    },
    Broken {
        mistake: String,
        before: Difference,
    },
    /// The file is no plan.
    Unreadable(NotAPlan),
    /// There is no scenario of the name that the plan gives.
    NoScenario(String),
    /// There is one, and it cannot be played.
    Unplayable {
        file: String,
        problems: usize,
    },
}

impl Tested {
    fn of(found: Found, scenarios: &mut found::Scenarios<'_>) -> Self {
        let read = match &found.bytes {
            Ok(bytes) => plan::read(&found.name, bytes),
            Err(error) => Err(NotAPlan {
                source: SourceFile::new(found.name.as_str(), ""),
                findings: vec![
                    Diagnostic::error("unreadable-file", format!("This file could not be read: {error}"))
                        .help("check that you may read it"),
                ],
            }),
        };
        let (plan, judged) = match read {
            Err(refused) => (None, Judged::Unreadable(refused)),
            Ok(plan) => {
                let judged = play(&found, &plan, scenarios);
                (Some(plan), judged)
            }
        };
        Self { found, plan, judged, updated: false }
    }

    /// Whether nothing is left to be done about it.
    fn is_fine(&self) -> bool {
        self.updated || matches!(self.judged, Judged::Holds)
    }

    /// Whether it has changed in a way that may be meant, and lies where it can be written.
    const fn can_be_updated(&self) -> bool {
        matches!(self.judged, Judged::Differs { .. }) && !self.updated && self.found.path.is_some()
    }

    /// Writes the plan anew, if that mends it. What lies inside the program stays as it is.
    fn update(&mut self) -> Result<(), Error> {
        if let (Judged::Differs { anew, .. }, Some(path), Ok(bytes)) =
            (&self.judged, &self.found.path, &self.found.bytes)
        {
            let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
            output::replace(path, &plan::write_anew(text.trim_start_matches('\u{FEFF}'), anew))?;
            self.updated = true;
        }
        Ok(())
    }
}

fn play(found: &Found, plan: &Plan, scenarios: &mut found::Scenarios<'_>) -> Judged {
    let Some(entry) = scenarios.of(found, &plan.scenario) else { return Judged::NoScenario(plan.scenario.clone()) };
    let scenario = match &entry.scenario {
        Ok(scenario) => scenario,
        Err(problems) => {
            return Judged::Unplayable { file: entry.source.name().to_owned(), problems: problems.len() };
        }
    };
    match plan::test(scenario, plan) {
        Verdict::Holds => Judged::Holds,
        Verdict::Differs(difference) => match plan::record_anew(scenario, plan) {
            Ok(anew) => Judged::Differs { difference, anew: Box::new(anew) },
            Err(mistake) => Judged::Broken { mistake: mistake.to_string(), before: difference },
        },
        Verdict::Broken { mistake, before } => Judged::Broken { mistake: mistake.to_string(), before },
    }
}
