//! Looking on while scenarios are proved: what it is at, for whoever waits longer than a second, and Ctrl-C.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::cli::interrupt;
use crate::explore::solve::Stage;
use crate::lint::proof::{self, Step};

/// Nothing is shown of what is over before this.
const QUIET: Duration = Duration::from_secs(1);
/// Shown so often at most, in milliseconds.
const EVERY: u64 = 100;
/// Columns of the line that is written over again and again.
const WIDTH: usize = 78;

/// Shows it on standard error where a person looks on; the first Ctrl-C stops it, a second one ends the program.
pub(super) struct Watch {
    /// What the files are called, in the order in which they are proved.
    names: Vec<String>,
    stopped: Arc<AtomicBool>,
    is_shown: bool,
    began: Instant,
    /// In milliseconds since the beginning.
    last: AtomicU64,
}

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "how long somebody has waited is shown, and counted nowhere")]
    pub(super) fn begin(names: Vec<String>) -> Self {
        let (stopped, is_shown) = (interrupt::flag(), std::io::stderr().is_terminal());
        Self { names, stopped, is_shown, began: Instant::now(), last: AtomicU64::new(0) }
    }

    /// Wipes the line, if there is one.
    pub(super) fn clear(&self) {
        if self.last.load(Ordering::Relaxed) > 0 {
            write("");
        }
    }

    fn words(&self, step: Step) -> String {
        match step {
            Step::Solving { place, stage } => {
                let name = self.names.get(place).map_or("", String::as_str);
                let at = match stage {
                    Stage::Reaching { reached, of } => format!("{reached} of {of} parts reached"),
                    Stage::Proving { left } => format!("proving, {left} to go"),
                    Stage::Scoring { spent, budget } => {
                        format!("best and worst, {} % of the budget", (spent * 100 / budget.max(1)).min(100))
                    }
                };
                format!("{name} ({} of {}): {at}", place + 1, self.names.len())
            }
            Step::Playing { done, of } => format!("Playing: {} %", done * 100 / of.max(1)),
        }
    }
}

impl proof::Watch for Watch {
    fn report(&self, step: Step) {
        let elapsed = self.began.elapsed();
        if !self.is_shown || elapsed < QUIET {
            return;
        }
        let now = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let last = self.last.load(Ordering::Relaxed);
        let is_due = last + EVERY <= now;
        // Of several threads one writes.
        if is_due && self.last.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            write(&self.words(step));
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

fn write(words: &str) {
    let words: String = words.chars().take(WIDTH).collect();
    // Progress that cannot be shown is no reason to stop.
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "\r{words:<WIDTH$}\r");
    let _ = stderr.flush();
}
