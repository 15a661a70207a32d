//! How often somebody may read. Reading changes nothing, so that this is counted in memory, by each process for itself, and
//! costs no write: it keeps the process from being read to death. What matters beyond one process, joining and
//! submitting, has its limits in the database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::Method;
use tokio::time::Instant;

use super::problem::Refused;

/// Of all at one address who are not known, and there may be a whole site behind it.
pub(super) const BY_ADDRESS: Rate = Rate { burst: 3000, every: Duration::from_micros(3333) };
/// Of one device, browser or display: far more than Simmer and its pages ask for.
pub(super) const BY_CALLER: Rate = Rate { burst: 120, every: Duration::from_micros(33_333) };

/// How many are known at once. Some of them are forgotten beyond that.
const MOST: usize = 65_536;

/// So many at once, and from then on one in each so long a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    burst: u32,
    every: Duration,
}

/// Who has read, and when they will have all their reads again.
#[derive(Debug)]
pub(super) struct Reads {
    known: Mutex<HashMap<String, Instant>>,
    most: usize,
}

impl Default for Reads {
    fn default() -> Self {
        Self { known: Mutex::default(), most: MOST }
    }
}

impl Reads {
    /// Takes one.
    pub(super) fn take(&self, who: &str, rate: Rate) -> Result<(), Refused> {
        self.take_at(who, rate, Instant::now()).map_err(refused)
    }

    /// From now on somebody has reads of their own: who they are was looked up.
    pub(super) fn know(&self, who: String) {
        let now = Instant::now();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(&who) {
            self.make_room(&mut known, now);
            known.insert(who, now);
        }
    }

    /// Whether somebody has reads of their own.
    pub(super) fn knows(&self, who: &str) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).contains_key(who)
    }

    #[cfg(test)]
    pub(super) fn use_up(&self, who: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(who.to_owned(), Instant::now() + Duration::from_hours(1));
    }

    /// Or tells how long it takes until there is one.
    fn take_at(&self, who: &str, rate: Rate, now: Instant) -> Result<(), Duration> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(whole) = known.get_mut(who) {
            *whole = rate.after(*whole, now)?;
            return Ok(());
        }
        self.make_room(&mut known, now);
        known.insert(who.to_owned(), rate.after(now, now)?);
        Ok(())
    }

    fn make_room(&self, known: &mut HashMap<String, Instant>, now: Instant) {
        if known.len() < self.most {
            return;
        }
        // Whoever has all of them again has not read for a while.
        known.retain(|_, whole| *whole > now);
        if known.len() >= self.most {
            known.clear();
        }
    }
}

impl Rate {
    /// When there will be all of them again after one more, for whom there are at `whole`; or how long it takes until
    /// there is one.
    fn after(self, whole: Instant, now: Instant) -> Result<Instant, Duration> {
        let whole = whole.max(now) + self.every;
        match (whole - now).checked_sub(self.every * self.burst) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(whole),
        }
    }
}

/// Whether a request only reads.
pub(super) fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn refused(wait: Duration) -> Refused {
    let seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
    Refused::busy(seconds, "That was asked very often. Wait a little, then try again.")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Rate, Reads};

    const RATE: Rate = Rate { burst: 3, every: Duration::from_millis(100) };

    #[test]
    fn so_many_at_once_and_then_at_a_pace() {
        let (reads, began) = (Reads::default(), Instant::now());
        let check = |who: &str, milliseconds: u64, expected: Result<(), u64>| {
            let found = reads.take_at(who, RATE, began + Duration::from_millis(milliseconds));
            assert_eq!(found, expected.map_err(Duration::from_millis), "{who} at {milliseconds}");
        };
        for _ in 0..3 {
            check("ade", 0, Ok(()));
        }
        check("ade", 0, Err(100));
        check("sam", 0, Ok(()));
        check("ade", 60, Err(40));
        check("ade", 100, Ok(()));
        check("ade", 100, Err(100));
        // What was not used adds up to a burst and no more.
        for _ in 0..3 {
            check("ade", 10_000, Ok(()));
        }
        check("ade", 10_000, Err(100));
        // A moment that was taken before another one comes after it.
        check("ade", 9_990, Err(110));
    }

    #[test]
    fn who_is_known_again_has_no_more_for_it() {
        let reads = Reads::default();
        let slow = Rate { burst: 1, every: Duration::from_hours(1) };
        assert!(!reads.knows("ade"));
        reads.know("ade".to_owned());
        assert!(reads.knows("ade") && !reads.knows("sam"));
        reads.take("ade", slow).unwrap();
        reads.know("ade".to_owned());
        assert_eq!(reads.take("ade", slow).unwrap_err().status().as_u16(), 429);
    }

    #[test]
    fn no_more_are_known_than_there_is_room_for() {
        let reads = Reads { most: 100, ..Reads::default() };
        let began = Instant::now();
        for number in 0..10_000_u64 {
            let now = began + Duration::from_millis(number);
            reads.take_at(&format!("made up {number}"), RATE, now).unwrap();
            assert!(reads.known.lock().unwrap().len() <= 100);
        }
        assert!(!reads.known.lock().unwrap().is_empty());
    }
}
