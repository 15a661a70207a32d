//! How long to wait after trouble: twice as long each time, with some chance in it, and never without end.

use jiff::{SignedDuration, Timestamp};

/// Seconds after the first failure.
const FIRST: u32 = 2;
/// Seconds between two tries, at most.
const LONGEST: u32 = 600;
/// Seconds that a service may ask to be left alone for.
const LONGEST_ASKED: u32 = 3600;

/// A time before which nothing is tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pause {
    failures: u32,
    until: Option<Timestamp>,
}

impl Pause {
    pub(super) fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// Waits between half of the time and all of it, as `chance` has it; or, if the service has said how long, at least
    /// that long.
    pub(super) fn after_failure(&mut self, now: Timestamp, chance: u32, asked: Option<u32>) {
        let whole = FIRST.checked_shl(self.failures.min(16)).map_or(LONGEST, |seconds| seconds.min(LONGEST));
        self.failures = self.failures.saturating_add(1);
        let (whole, chance) = (i64::from(whole) * 1000, i64::from(chance));
        let milliseconds = whole / 2 + whole / 2 * chance / i64::from(u32::MAX);
        let asked = i64::from(asked.unwrap_or(0).min(LONGEST_ASKED)) * 1000;
        self.until = now.checked_add(SignedDuration::from_millis(milliseconds.max(asked))).ok();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seconds(pause: &Pause) -> i64 {
        pause.until().unwrap().duration_since(Timestamp::UNIX_EPOCH).as_secs()
    }

    #[test]
    fn it_doubles_up_to_ten_minutes() {
        let mut pause = Pause::default();
        let mut waited = Vec::new();
        for _ in 0..12 {
            pause.after_failure(Timestamp::UNIX_EPOCH, u32::MAX, None);
            waited.push(seconds(&pause));
        }
        assert_eq!(waited, [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
    }

    #[test]
    fn what_the_service_asks_for_is_kept_to_but_not_for_ever() {
        let mut pause = Pause::default();
        pause.after_failure(Timestamp::UNIX_EPOCH, 0, Some(30));
        assert_eq!(seconds(&pause), 30);
        pause.after_failure(Timestamp::UNIX_EPOCH, 0, Some(u32::MAX));
        assert_eq!(seconds(&pause), 3600);
    }

    proptest! {
        #[test]
        fn it_is_between_half_and_all_of_the_time(failures in 0_u32..100, chance in any::<u32>()) {
            let mut pause = Pause { failures, until: None };
            let whole = (2_i64 << failures.min(20)).min(600);
            pause.after_failure(Timestamp::UNIX_EPOCH, chance, None);
            prop_assert!((whole / 2..=whole).contains(&seconds(&pause)));
        }
    }
}
