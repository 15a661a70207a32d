//! Writing a plan.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::attempt::{WrittenInput, read_inputs};
use crate::authoring::plan::{self, Plan};
use crate::cli::Outcome;
use crate::cli::args::Test;
use crate::cli::error::{Error, counted};
use crate::cli::home::Home;
use crate::cli::output;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::diagnostic::OutputFormat;
use crate::diagnostic::render::render;
use crate::dialogue::Mode;
use crate::library::{Entry, PLAN_SUFFIX, PLANS};

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// What a plan is made of.
struct Source {
    seed: u64,
    mode: Mode,
    inputs: Vec<WrittenInput>,
}

pub(super) fn run(terminal: &mut Terminal<'_>, test: &Test, home: &Home) -> Result<Outcome, Error> {
    let named = match test.paths.as_slice() {
        [] => None,
        [only] => Some(only.display().to_string()),
        _ => {
            return Err(Error::Unclear {
                asked: "a plan is for one scenario, and several are named".to_owned(),
                mend: "Name the one that the plan is for.".to_owned(),
            });
        }
    };
    let (source, played_on) = match (&test.record, &test.inputs) {
        (Some(attempt), _) => {
            let attempt = home.store.load_alone(attempt)?;
            (Source { seed: attempt.seed, mode: attempt.mode, inputs: attempt.inputs }, Some(attempt.scenario))
        }
        (None, Some(inputs)) => match read_inputs(&inputs.display().to_string(), &output::read(inputs)?) {
            Ok(list) => (Source { seed: test.seed, mode: test.mode.into(), inputs: list }, None),
            Err(refused) => {
                terminal.write(&render(test.format, &[refused.checked()], terminal.has_colour()))?;
                return Ok(Outcome::NotDone);
            }
        },
        // `run` comes here with one or the other.
        (None, None) => return Ok(Outcome::Fine),
    };
    let name = named.or(played_on).unwrap_or_default();
    let (entry, scenario) = home.scenario(&name)?;
    let path = test.output.clone().unwrap_or_else(|| free_place(&entry, &scenario.slug));
    output::may_write_new(&path)?;
    let Source { seed, mode, inputs } = source;
    let inputs = plan::by_hand(&scenario, seed, mode, inputs);
    let mut plan = match plan::record(&scenario, seed, mode, inputs) {
        Ok(plan) => plan,
        Err(mistake) => {
            terminal.show(&Line::new(Tone::Heat, format!("No plan can be made of it: {mistake}.")))?;
            return Ok(Outcome::Problems);
        }
    };
    plan.about = test.about.clone().unwrap_or_default();
    output::write_new(&path, &plan::write(&plan))?;
    tell(terminal, test.format, &path, &plan)?;
    Ok(Outcome::Fine)
}

/// A name that is still free, in the folder `plans` beside the scenario. What lies in the program has no beside: then it
/// is where the person is.
fn free_place(entry: &Arc<Entry>, id: &str) -> PathBuf {
    let folder = entry.path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(PLANS);
    let mut path = folder.join(format!("{id}{PLAN_SUFFIX}"));
    let mut number = 1;
    while path.exists() {
        number += 1;
        path = folder.join(format!("{id}-{number}{PLAN_SUFFIX}"));
    }
    path
}

#[derive(Serialize)]
struct Recorded<'a> {
    file: String,
    plan: &'a Plan,
}

fn tell(terminal: &mut Terminal<'_>, format: OutputFormat, path: &Path, plan: &Plan) -> Result<(), Error> {
    let file = path.display().to_string();
    match format {
        OutputFormat::Json => terminal.write_document(SCHEMA, &Recorded { file, plan })?,
        OutputFormat::Short => terminal.write(&format!("{file}\n"))?,
        OutputFormat::Full => {
            let score = &plan.expected.score;
            terminal.show(&Line::plain(format!("Written to {file}:")))?;
            let turns = counted(plan.expected.turns.len(), "turn");
            let words = format!("{turns}, {}, {} of 1000", score.outcome, score.overall);
            terminal.show(&Line::plain(words).indented(2))?;
            if !score.is_final {
                let words = "The run is not played to its end, and so the score is provisional.";
                terminal.show(&Line::new(Tone::Gold, words).indented(2))?;
            }
            terminal.show(&Line::quiet(format!("`simmer test {file}` plays it again.")))?;
        }
    }
    Ok(())
}
