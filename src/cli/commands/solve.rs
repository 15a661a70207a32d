//! `simmer solve`: what can be reached in a scenario, what cannot, and the best and worst scores there are.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::attempt::{from_input, write_inputs};
use crate::campaign;
use crate::cli::Outcome;
use crate::cli::args::{ListFormat, Solve};
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::interrupt;
use crate::cli::page::{Line, Tone};
use crate::cli::terminal::Terminal;
use crate::diagnostic::nearest;
use crate::explore::solve::{
    Extreme, Options, Progress, Range, Settled, Solution, Stage, Timing, Verdict, Witness, solve,
};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Skill;

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
const SCHEMA: u32 = 1;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, asked: &Solve) -> Result<Outcome, Error> {
    let (_, scenario) = Home::open(&asked.folders)?.scenario(&asked.scenario)?;
    let timing = Timing::from(asked.timing);
    let budget = asked.budget.unwrap_or(timing.budget());
    let options = Options { seed: asked.seed, timing, budget, ..Options::default() };
    let mut watch = Watch::begin();
    let solution = solve(&scenario, &options, &mut watch);
    watch.clear();
    if let Some(name) = &asked.witness {
        return show_witness(terminal, &asked.scenario, &scenario, &solution, name);
    }
    match asked.format {
        ListFormat::Full => terminal.show_all(&tell(&asked.scenario, &scenario, &solution))?,
        ListFormat::Short => terminal.write(&in_short(&solution))?,
        ListFormat::Json => terminal.write_document(SCHEMA, &Document::of(&scenario, &solution))?,
    }
    Ok(if solution.unreachable().next().is_some() { Outcome::Problems } else { Outcome::Fine })
}

/// Shows progress on standard error where a person looks on, and stops on Ctrl-C; a second one ends the program.
struct Watch {
    stopped: Arc<AtomicBool>,
    shown: bool,
}

impl Watch {
    fn begin() -> Self {
        Self { stopped: interrupt::flag(), shown: std::io::stderr().is_terminal() }
    }

    fn write(&self, words: &str) {
        if self.shown {
            // Progress that cannot be shown is no reason to stop.
            let mut stderr = std::io::stderr().lock();
            let _ = write!(stderr, "\r{words:<60}\r");
            let _ = stderr.flush();
        }
    }

    fn clear(&self) {
        self.write("");
    }
}

impl Progress for Watch {
    fn report(&mut self, stage: Stage) {
        self.write(&match stage {
            Stage::Reaching { reached, of } => format!("Playing: {reached} of {of} reached"),
            Stage::Proving { left } => format!("Proving: {left} to go"),
            Stage::Scoring { spent, budget } => format!("Scoring: {} % of the budget", spent * 100 / budget.max(1)),
        });
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

fn tell(name: &str, scenario: &Scenario, solution: &Solution) -> Vec<Line> {
    let mut lines = vec![Line::strong(scenario.title.clone())];
    if solution.stopped {
        lines.push(Line::new(Tone::Gold, "Stopped before the end: this is what is known so far.").indented(2));
    }
    lines.push(Line::empty());
    let all = solution.elements.len();
    let reached = solution.elements.iter().filter(|settled| matches!(settled.verdict, Verdict::Reached { .. }));
    let shortest = reached.clone().filter(|settled| matches!(settled.verdict, Verdict::Reached { shortest: true, .. }));
    let reached_words = format!(
        "Reached: {} of {} things that the file lets happen, each by a playthrough; {} of them by one that is proved to \
         be the shortest.",
        reached.count(),
        all,
        shortest.count(),
    );
    lines.push(Line::plain(reached_words).within(0, 2));
    let (unreachable, by_temper): (Vec<_>, Vec<_>) = solution
        .elements
        .iter()
        .filter(|settled| settled.verdict == Verdict::Unreachable)
        .partition(|settled| settled.element.is_expected());
    let unsettled: Vec<_> = solution.unsettled().collect();
    lines.push(Line::plain(format!("Unreachable: {}", how_many(unreachable.len(), "proved for every seed"))));
    lines.extend(unreachable.iter().map(|settled| listed(Tone::Heat, settled)));
    if !unreachable.is_empty() {
        lines.push(Line::quiet("Mend the condition or the way that leads there, or take it out.").indented(4));
    }
    if !by_temper.is_empty() {
        lines.push(Line::plain("Never happens here, which is no mistake:"));
        lines.extend(by_temper.iter().map(|settled| listed(Tone::Quiet, settled)));
    }
    lines.push(Line::plain(format!("Unsettled: {}", how_many(unsettled.len(), "neither reached nor proved"))));
    lines.extend(unsettled.iter().map(|settled| listed(Tone::Gold, settled)));
    lines.push(Line::empty());
    lines.extend(scores(solution));
    lines.push(Line::empty());
    let hint = format!(
        "`simmer solve {name} --witness best` writes the playthrough behind a number: best, worst, best-empathy, \
         worst-listening, or the name of anything above. `simmer replay` plays it back."
    );
    lines.push(Line::quiet(hint));
    lines
}

fn how_many(count: usize, words: &str) -> String {
    if count == 0 { "nothing".to_owned() } else { format!("{count}, {words}") }
}

fn listed(tone: Tone, settled: &Settled) -> Line {
    Line::new(tone, settled.name.clone()).and(Tone::Quiet, format!("   {}", settled.element.kind())).within(4, 6)
}

fn scores(solution: &Solution) -> Vec<Line> {
    let how = match solution.timing {
        Timing::Perfect => "hearing every turn out and speaking calmly",
        Timing::Free => "however the turns are heard and the replies delivered",
    };
    let mut lines = vec![Line::strong(format!("Scores with seed {}, {how}", solution.seed))];
    for range in &solution.ranges {
        let name = range.skill.map_or("Overall", Skill::words);
        let best = range.best.as_ref().map(|best| extreme(range.skill, best, "best"));
        let worst = range.worst.as_ref().map(|worst| extreme(range.skill, worst, "worst"));
        let words = |words: Option<String>, side: &str| words.unwrap_or_else(|| format!("{side} not known yet"));
        let line = format!("{name:<17} {:<34} {}", words(best, "best"), words(worst, "worst"));
        lines.push(Line::plain(line).within(2, 4));
    }
    lines
}

fn extreme(skill: Option<Skill>, extreme: &Extreme, side: &str) -> String {
    let found = score(skill, extreme.found);
    if extreme.is_exact() {
        return format!("{side} {found}, exact");
    }
    let proved = score(skill, extreme.proved);
    let (low, high) = if extreme.found < extreme.proved { (found, proved) } else { (proved, found) };
    format!("{side} {low} to {high}, not closed")
}

/// Whole points overall; hundredths of a point of a skill are shown in tenths.
fn score(skill: Option<Skill>, value: i64) -> String {
    match skill {
        None => value.to_string(),
        Some(_) => format!("{}.{:02}", value / 100, value % 100),
    }
}

/// A line for each thing that is not reached, then one for each score.
fn in_short(solution: &Solution) -> String {
    let mut text = String::new();
    for settled in &solution.elements {
        let verdict = match settled.verdict {
            Verdict::Reached { .. } => continue,
            Verdict::Unreachable if !settled.element.is_expected() => "never",
            Verdict::Unreachable => "unreachable",
            Verdict::Unsettled => "unsettled",
        };
        text.push_str(&format!("{verdict}: {} {}\n", settled.element.kind(), settled.name));
    }
    for range in &solution.ranges {
        let name = range.skill.map_or("Overall", Skill::words);
        for (side, found) in [("best", &range.best), ("worst", &range.worst)] {
            if let Some(found) = found {
                text.push_str(&format!("{name}: {}\n", extreme(range.skill, found, side)));
            }
        }
    }
    text
}

/// Writes a playthrough as a list of inputs, with the command that plays it in its first line.
fn show_witness(
    terminal: &mut Terminal<'_>,
    file: &str,
    scenario: &Scenario,
    solution: &Solution,
    name: &str,
) -> Result<Outcome, Error> {
    let score = solution.ranges.iter().find_map(|range| witness_of(range, name));
    let settled = solution.named(name);
    let reached = settled.and_then(|settled| match &settled.verdict {
        Verdict::Reached { witness, .. } => Some(witness),
        Verdict::Unreachable | Verdict::Unsettled => None,
    });
    if let Some(witness) = score.or(reached) {
        terminal.write(&written(file, scenario, witness))?;
        return Ok(Outcome::Fine);
    }
    let words = match settled.map(|settled| &settled.verdict) {
        Some(Verdict::Unreachable) => format!("{name} is proved to be out of reach: there is no playthrough."),
        Some(_) => format!("No playthrough of {name} was found."),
        None => {
            let meant = nearest(name, solution.elements.iter().map(|settled| settled.name.as_str()));
            let meant = meant.map_or_else(String::new, |meant| format!(" Did you mean {meant}?"));
            return Err(Error::NoSuchElement { name: name.to_owned(), meant });
        }
    };
    terminal.show(&Line::new(Tone::Heat, words))?;
    Ok(Outcome::Problems)
}

/// The playthrough of "best", "worst-calm-tone" and the like.
fn witness_of<'s>(range: &'s Range, name: &str) -> Option<&'s Witness> {
    let of =
        range.skill.map_or_else(String::new, |skill| format!("-{}", skill.words().to_lowercase().replace(' ', "-")));
    let side = |side: &str, extreme: &'s Option<Extreme>| {
        extreme.as_ref().filter(|_| name == format!("{side}{of}")).map(|extreme| &extreme.witness)
    };
    side("best", &range.best).or_else(|| side("worst", &range.worst))
}

fn written(file: &str, scenario: &Scenario, witness: &Witness) -> String {
    let mode = match witness.mode {
        crate::dialogue::Mode::Steps => "",
        crate::dialogue::Mode::Timed => " --mode timed",
    };
    let seed = witness.seed;
    format!(
        "// simmer replay --scenario {file} --seed {seed}{mode} --inputs THIS-FILE\n// Replies spoken: {}\n{}",
        witness.replies,
        spelt(scenario, witness)
    )
}

/// The inputs of a playthrough as people write them.
fn spelt(scenario: &Scenario, witness: &Witness) -> String {
    let mut run = campaign::begin(scenario, witness.seed, witness.mode, &mut ());
    let mut list = Vec::new();
    for input in &witness.inputs {
        list.extend(from_input(scenario, &run, input));
        // It was played once already, and is taken again.
        let _ = campaign::step(scenario, &mut run, input, &mut ());
    }
    write_inputs(&list)
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Document<'a> {
    scenario: &'a str,
    full_hash: String,
    /// Text: not every reader of JSON keeps 64 bits of a number.
    seed: String,
    timing: Timing,
    stopped: bool,
    elements: Vec<WrittenElement<'a>>,
    scores: Vec<WrittenScore>,
}

#[derive(Serialize)]
struct WrittenElement<'a> {
    name: &'a str,
    kind: &'a str,
    /// "reached", "unreachable" or "unsettled".
    verdict: &'static str,
    /// Whether an unreachable one is something for the author to mend.
    expected: bool,
    playthrough: Option<WrittenPlaythrough>,
}

#[derive(Serialize)]
struct WrittenPlaythrough {
    seed: String,
    mode: crate::dialogue::Mode,
    replies: u16,
    /// Proved to have the fewest replies.
    shortest: bool,
    /// As `simmer replay --inputs` reads it.
    inputs: String,
}

#[derive(Serialize)]
struct WrittenScore {
    /// None for the overall score.
    skill: Option<&'static str>,
    /// "best" or "worst".
    side: &'static str,
    /// 0 to 1000 overall, hundredths of a point for a skill.
    found: i64,
    proved: i64,
    exact: bool,
    seed: String,
    inputs: String,
}

impl<'a> Document<'a> {
    fn of(scenario: &'a Scenario, solution: &'a Solution) -> Self {
        let elements = solution.elements.iter().map(|settled| {
            let (verdict, playthrough) = match &settled.verdict {
                Verdict::Reached { witness, shortest } => {
                    let playthrough = WrittenPlaythrough {
                        seed: witness.seed.to_string(),
                        mode: witness.mode,
                        replies: witness.replies,
                        shortest: *shortest,
                        inputs: spelt(scenario, witness),
                    };
                    ("reached", Some(playthrough))
                }
                Verdict::Unreachable => ("unreachable", None),
                Verdict::Unsettled => ("unsettled", None),
            };
            let (name, kind, expected) = (&*settled.name, settled.element.kind(), settled.element.is_expected());
            WrittenElement { name, kind, verdict, expected, playthrough }
        });
        let mut scores = Vec::new();
        for range in &solution.ranges {
            for (side, found) in [("best", &range.best), ("worst", &range.worst)] {
                let Some(extreme) = found else { continue };
                scores.push(WrittenScore {
                    skill: range.skill.map(Skill::name),
                    side,
                    found: extreme.found,
                    proved: extreme.proved,
                    exact: extreme.is_exact(),
                    seed: extreme.witness.seed.to_string(),
                    inputs: spelt(scenario, &extreme.witness),
                });
            }
        }
        Self {
            scenario: &scenario.slug,
            full_hash: scenario.hashes.full.to_string(),
            seed: solution.seed.to_string(),
            timing: solution.timing,
            stopped: solution.stopped,
            elements: elements.collect(),
            scores,
        }
    }
}
