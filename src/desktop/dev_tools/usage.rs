//! What the program has cost so far, as Linux tells it. Elsewhere nothing is known.

use std::time::Duration;

/// The processor time and the memory of this process at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    /// Of all threads together, in the kernel and outside.
    pub processor: Duration,
    /// In kibibytes.
    pub resident: u64,
    /// Since the process was started.
    pub age: Duration,
}

impl Usage {
    /// Reads it anew.
    #[expect(clippy::disallowed_methods, reason = "the kernel tells of a process in files")]
    pub(super) fn now() -> Option<Self> {
        let read = |path: &str| std::fs::read_to_string(path).ok();
        Self::parse(&read("/proc/self/stat")?, &read("/proc/self/status")?, &read("/proc/uptime")?)
    }

    /// From `stat` and `status` of a process and `uptime` of the machine, as proc(5) describes them.
    fn parse(stat: &str, status: &str, uptime: &str) -> Option<Self> {
        // The program's own name may hold spaces and brackets; what follows the last bracket is numbers, from the third.
        let (_, numbers) = stat.rsplit_once(')')?;
        let field = |place: usize| numbers.split_whitespace().nth(place - 3)?.parse::<u64>().ok();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let up: f64 = uptime.split_whitespace().next()?.parse().ok()?;
        let started = ticks(field(22)?);
        Some(Self {
            processor: ticks(field(14)? + field(15)?),
            resident: resident.split_whitespace().next()?.parse().ok()?,
            age: Duration::try_from_secs_f64(up).ok()?.saturating_sub(started),
        })
    }
}

/// Linux tells times to other programs in hundredths of a second, whatever it counts in itself.
fn ticks(count: u64) -> Duration {
    Duration::from_millis(count * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_numbers() {
        let stat =
            "17 (a (b) c) S 1 17 17 0 -1 4194560 9 0 0 0 250 50 0 0 20 0 12 0 900 1 1 18446744073709551615 1 1 0";
        let usage = Usage::parse(stat, "Name:\tsimmer\nVmRSS:\t  240000 kB\n", "12.50 20.00\n").unwrap();
        let expected = Usage { processor: Duration::from_secs(3), resident: 240_000, age: Duration::from_millis(3500) };
        assert_eq!(usage, expected);
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        assert_eq!(Usage::parse("17 simmer S 1", "", ""), None);
    }
}
