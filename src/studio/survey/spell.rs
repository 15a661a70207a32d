//! Work in the background that leaves the window its share of the processor.

use std::time::{Duration, Instant};

/// After so long a spell of work a thread rests, so that a window drawn by the processor has its share of it.
const WORK: Duration = Duration::from_millis(16);
const REST: Duration = Duration::from_millis(8);

/// A spell of work.
#[derive(Debug)]
pub(super) struct Spell {
    began: Instant,
}

impl Spell {
    pub(super) fn begin() -> Self {
        Self { began: now() }
    }

    /// Whether it has been long enough. [`Self::rest`] ends it.
    pub(super) fn is_over(&self) -> bool {
        self.began.elapsed() >= WORK
    }

    /// Rests, and begins the next one.
    pub(super) fn rest(&mut self) {
        std::thread::sleep(REST);
        *self = Self::begin();
    }
}

#[expect(clippy::disallowed_methods, reason = "how busy the machine is kept; what is found does not depend on it")]
fn now() -> Instant {
    Instant::now()
}
