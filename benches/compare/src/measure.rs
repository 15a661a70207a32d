//! Time and memory. What one thread does is timed by the processor that it had, so that whatever else runs on the machine
//! counts little, and every figure is the best of several.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use simmer::scenario::Scenario;

use crate::Result;
use crate::engine::{self, Dice, Engine};

/// How long loading is tried again for a better time.
const LOAD_FOR: Duration = Duration::from_secs(2);
/// How long one round of plays takes.
const PLAY_FOR: Duration = Duration::from_millis(400);
const ROUNDS: usize = 5;

/// Loads until time is up, at least once, and gives the shortest time and what was loaded last.
pub fn load<E: Engine>(text: &str) -> Result<(Duration, E)> {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    loop {
        let text = black_box(text).to_owned();
        let before = ThreadTime::now();
        let loaded = E::load(text)?;
        best = best.min(before.elapsed());
        if begun.elapsed() > LOAD_FOR {
            return Ok((best, loaded));
        }
    }
}

/// So many plays in so much time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plays {
    pub count: u64,
    pub choices: u64,
    pub took: Duration,
}

impl Plays {
    #[expect(clippy::cast_precision_loss, reason = "figures to read")]
    pub fn a_second(&self) -> f64 {
        self.count as f64 / self.took.as_secs_f64()
    }

    #[expect(clippy::cast_precision_loss, reason = "figures to read")]
    pub fn choices_a_play(&self) -> f64 {
        self.choices as f64 / self.count as f64
    }
}

/// Plays for a while, by a clock that says how long that has been.
fn plays(elapsed: impl Fn() -> Duration, mut play: impl FnMut() -> Result<u32>) -> Result<Plays> {
    let mut plays = Plays::default();
    while plays.took < PLAY_FOR {
        for _ in 0..16 {
            plays.choices += u64::from(play()?);
            plays.count += 1;
        }
        plays.took = elapsed();
    }
    Ok(plays)
}

fn best(several: impl Iterator<Item = Result<Plays>>) -> Result<Plays> {
    let mut best = Plays { took: Duration::MAX, ..Plays::default() };
    for plays in several {
        let plays = plays?;
        if plays.a_second() > best.a_second() {
            best = plays;
        }
    }
    Ok(best)
}

/// The best round of random plays on one thread.
pub fn random_plays<E: Engine>(engine: &mut E) -> Result<Plays> {
    let mut dice = Dice::new(1);
    best((0..ROUNDS).map(|_| {
        let begun = ThreadTime::now();
        plays(|| begun.elapsed(), || engine.play(&mut dice, &mut ()))
    }))
}

/// The same by two threads at once, both on the same scenario: what both together played, by the clock on the wall,
/// because that is what two are for.
pub fn on_two_threads(scenario: &Scenario) -> Result<Plays> {
    best((0..ROUNDS).map(|round| {
        let begun = Instant::now();
        let one = |seed: u64| {
            let mut dice = Dice::new(seed);
            plays(|| begun.elapsed(), || engine::play_scored(scenario, &mut dice, &mut ()))
                .map_err(|error| error.to_string())
        };
        let (first, second) = std::thread::scope(|scope| {
            let other = scope.spawn(move || one(round as u64 * 2 + 3));
            let first = one(round as u64 * 2 + 2);
            (first, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let (first, second) = (first?, second?);
        let took = first.took.max(second.took);
        Ok(Plays { count: first.count + second.count, choices: first.choices + second.choices, took })
    }))
}

/// The most memory that this process ever had, in bytes: `VmHWM` of Linux. None elsewhere.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Runs this program again with these arguments, so that it begins with empty memory, and gives what it printed.
pub fn apart(arguments: &[&str]) -> Result<String> {
    let output = Command::new(std::env::current_exe()?).args(arguments).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
