//! One run, one table: loading, playing and memory of the three engines, then solving and simulating what Simmer ships.

#![allow(clippy::print_stdout, reason = "this program is there to print")]

use std::fmt::Display;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use compare::Result;
use compare::engine::{Dice, Engine, Ink, InkBefore, Ours, Yarn};
use compare::measure::{Plays, apart, load, on_two_threads, peak_memory, random_plays};
use compare::story::Story;
use simmer::explore::{simulate, solve};
use simmer::library;
use simmer::scenario::Scenario;

const HELP: &str = "\
Plays the same story with Simmer, bladeink and yarnspinner, and prints what each of them costs.

Usage: compare [--sizes 50,1000,10000] [--gate]
       compare --only simmer [--sizes 50,1000,10000]

  --sizes LIST  the numbers of nodes, at least 50 each [default: 50,1000,10000]; Yarn Spinner takes about
                half a minute, and twice that much again for its memory, to compile 10,000
  --gate        exit with 1 where a target is missed
  --only simmer loads and plays with Simmer alone: for whoever works on its speed, or profiles it";

const MEBIBYTE: u64 = 1024 * 1024;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["--memory-of", engine, file] => memory_of(engine, file).map(|()| true),
        ["--solve", id] => solve_apart(id).map(|()| true),
        ["--help" | "-h"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => Asked::of(&arguments).and_then(|asked| asked.answer()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

struct Asked {
    sizes: Vec<usize>,
    gate: bool,
    only_ours: bool,
}

impl Asked {
    fn of(arguments: &[&str]) -> Result<Self> {
        let mut asked = Self { sizes: vec![50, 1000, 10_000], gate: false, only_ours: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--gate" => asked.gate = true,
                "--only" if arguments.next() == Some(&Ours::NAME) => asked.only_ours = true,
                "--sizes" => {
                    let list = arguments.next().ok_or(HELP)?;
                    asked.sizes =
                        list.split(',').map(|size| size.trim().parse()).collect::<std::result::Result<_, _>>()?;
                    if asked.sizes.iter().any(|size| *size < 50) {
                        return Err("a story has at least 50 nodes".into());
                    }
                }
                _ => return Err(HELP.into()),
            }
        }
        Ok(asked)
    }

    /// Measures, and says whether that was well.
    fn answer(&self) -> Result<bool> {
        if self.only_ours {
            ours_alone(&self.sizes)?;
            return Ok(true);
        }
        Ok(compare_all(&self.sizes)? || !self.gate)
    }
}

/// Prints figures, and remembers whether all targets were met.
struct Table {
    is_met: bool,
}

impl Table {
    fn heading(&self, text: &str) {
        println!("\n{text}");
    }

    fn row(&mut self, what: &str, figure: impl Display, target: Option<(&str, bool)>) {
        let verdict = match target {
            None => String::new(),
            Some((target, is_met)) => {
                self.is_met &= is_met;
                format!("{} ({target})", if is_met { "met" } else { "MISSED" })
            }
        };
        println!("  {what:<34} {figure:>16}   {verdict}");
    }
}

fn compare_all(sizes: &[usize]) -> Result<bool> {
    let mut table = Table { is_met: true };
    for &size in sizes {
        compare_at(size, &mut table)?;
    }
    let shipped = shipped()?;
    table.heading("Solving what is shipped");
    for scenario in &shipped {
        solved(scenario, &mut table)?;
    }
    table.heading("Simulating what is shipped, two threads");
    for scenario in &shipped {
        simulated(scenario, &mut table)?;
    }
    Ok(table.is_met)
}

fn ours_alone(sizes: &[usize]) -> Result<()> {
    let mut table = Table { is_met: true };
    for &size in sizes {
        let (took, mut engine) = load::<Ours>(&Ours::write(&Story::new(size))?)?;
        table.heading(&format!("{} nodes", grouped(size as u64)));
        table.row("from text to a story that plays", time(took), None);
        table.row("random plays a second", rate(&random_plays(&mut engine)?), None);
    }
    Ok(())
}

/// What came of an engine on a story.
struct Figures {
    load: Duration,
    plays: Plays,
    memory: Option<u64>,
}

fn figures<E: Engine>(text: &str) -> Result<(Figures, E)> {
    let (took, mut engine) = load::<E>(text)?;
    let plays = random_plays(&mut engine)?;
    let file = std::env::temp_dir().join(format!("compare-{}-{}", std::process::id(), E::NAME));
    std::fs::write(&file, text)?;
    let peak = apart(&["--memory-of", E::NAME, &file.to_string_lossy()]);
    std::fs::remove_file(&file)?;
    Ok((Figures { load: took, plays, memory: peak?.trim().parse().ok() }, engine))
}

fn compare_at(size: usize, table: &mut Table) -> Result<()> {
    let story = Story::new(size);
    let begun = Instant::now();
    let ink_text = Ink::write(&story)?;
    let ink_compiled = begun.elapsed();
    let (ours, engine) = figures::<Ours>(&Ours::write(&story)?)?;
    let (ink, _) = figures::<Ink>(&ink_text)?;
    let (before, _) = figures::<InkBefore>(&ink_text)?;
    let (yarn, _) = figures::<Yarn>(&Yarn::write(&story)?)?;

    table.heading(&format!("{} nodes: from text to a story that plays", grouped(size as u64)));
    let ink_from_source = ink_compiled + ink.load;
    let target = ("2 x as fast as each", ours.load * 2 <= ink_from_source.min(yarn.load));
    table.row("simmer, parsed and checked", time(ours.load), Some(target));
    table.row("bladeink, compiled and loaded", compared(ink_from_source, ours.load), None);
    table.row("  loading what is compiled", compared(ink.load, ours.load), None);
    table.row("  the same, bladeink 1.2", compared(before.load, ours.load), None);
    table.row("yarnspinner, compiled and loaded", compared(yarn.load, ours.load), None);

    table.heading(&format!(
        "{} nodes: random plays a second, {:.1} choices each",
        grouped(size as u64),
        ours.plays.choices_a_play()
    ));
    let faster = ink.plays.a_second().max(yarn.plays.a_second());
    let times = ours.plays.a_second() / faster;
    let target = ("40 x the faster, aiming at 100", times >= 40.0);
    table.row("simmer, every rule and the score", rate(&ours.plays), Some(target));
    let two = on_two_threads(&engine.0)?;
    let more = two.a_second() / ours.plays.a_second();
    table.row("  on two threads", format!("{} ({more:.2} x)", rate(&two)), None);
    for (name, plays) in [("bladeink", &ink.plays), ("bladeink 1.2", &before.plays), ("yarnspinner", &yarn.plays)] {
        let times = ours.plays.a_second() / plays.a_second();
        table.row(name, format!("{} (1/{times:.0})", rate(plays)), None);
    }

    table.heading(&format!("{} nodes: most memory, loaded from a file and played", grouped(size as u64)));
    let target = ("below 100 MB", ours.memory.is_none_or(|bytes| bytes < 100_000_000));
    table.row("simmer", memory(ours.memory), Some(target));
    table.row("bladeink", memory(ink.memory), None);
    table.row("bladeink 1.2", memory(before.memory), None);
    table.row("yarnspinner", memory(yarn.memory), None);
    Ok(())
}

/// In a process of its own: loads a file, plays, and prints its peak of memory.
fn memory_of(name: &str, file: &str) -> Result<()> {
    fn loaded_and_played<E: Engine>(file: &str) -> Result<()> {
        let mut engine = E::load(std::fs::read_to_string(file)?)?;
        let mut dice = Dice::new(1);
        for _ in 0..200 {
            engine.play(&mut dice, &mut ())?;
        }
        print_peak();
        Ok(())
    }
    match name {
        Ours::NAME => loaded_and_played::<Ours>(file),
        Ink::NAME => loaded_and_played::<Ink>(file),
        InkBefore::NAME => loaded_and_played::<InkBefore>(file),
        Yarn::NAME => loaded_and_played::<Yarn>(file),
        _ => Err(format!("there is no engine {name}").into()),
    }
}

fn print_peak() {
    println!("{}", peak_memory().map_or_else(|| "unknown".to_owned(), |bytes| bytes.to_string()));
}

fn shipped() -> Result<Vec<Scenario>> {
    let loaded = library::load_shipped().into_iter();
    loaded.map(|(name, loaded)| loaded.scenario.ok_or_else(|| format!("{name} does not load").into())).collect()
}

fn solved(scenario: &Scenario, table: &mut Table) -> Result<()> {
    let printed = apart(&["--solve", &scenario.slug])?;
    let mut lines = printed.lines();
    let mut next = || lines.next().unwrap_or_default().parse::<u64>().ok();
    let (took, unsettled, peak) = (next().ok_or("no time came of it")?, next().ok_or("no count came of it")?, next());
    let took = Duration::from_micros(took);
    table.row(&scenario.slug, time(took), Some(("below 10 s", took < Duration::from_secs(10))));
    table.row("  most memory", memory(peak), Some(("below 1 GiB", peak.is_none_or(|bytes| bytes < 1024 * MEBIBYTE))));
    table.row("  unsettled", unsettled, Some(("none", unsettled == 0)));
    Ok(())
}

/// In a process of its own: solves a shipped scenario, and prints microseconds, how much is unsettled, and the peak.
fn solve_apart(id: &str) -> Result<()> {
    let scenario = shipped()?.into_iter().find(|scenario| scenario.slug == id).ok_or("there is no such scenario")?;
    let before = Instant::now();
    let solution = solve::solve(&scenario, &solve::Options::default(), &mut ());
    println!("{}\n{}", before.elapsed().as_micros(), solution.unsettled().count());
    print_peak();
    Ok(())
}

fn simulated(scenario: &Scenario, table: &mut Table) -> Result<()> {
    let threads = NonZeroUsize::new(2).ok_or("two is not zero")?;
    let settings = simulate::Settings { plays: 1_000_000, seed: 1, threads };
    let before = Instant::now();
    let report = simulate::simulate(&[scenario], settings, &|_| ControlFlow::Continue(()));
    let took = before.elapsed();
    std::hint::black_box(report);
    table.row(&format!("{}, a million plays", scenario.slug), time(took), Some(("below 5 s", took.as_secs() < 5)));
    Ok(())
}

fn time(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 1.0 { format!("{:.2} ms", seconds * 1000.0) } else { format!("{seconds:.2} s") }
}

fn compared(took: Duration, ours: Duration) -> String {
    format!("{} ({:.1} x)", time(took), took.as_secs_f64() / ours.as_secs_f64())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures to read")]
fn rate(plays: &Plays) -> String {
    grouped(plays.a_second() as u64)
}

fn memory(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "not known here".to_owned(), |bytes| format!("{} MB", grouped(bytes / 1_000_000)))
}

/// 12345 as 12,345.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
