//! When things happened, from what an attempt knows: when it began, how long it was played, and in timed mode the clock
//! of every turn.

use jiff::{SignedDuration, Timestamp};

use crate::attempt::{Attempt, Verb};
use crate::dialogue::Mode;

/// The times of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timing {
    started: Timestamp,
    /// In the order of the replies.
    replies: Vec<Reply>,
    /// Milliseconds.
    total: u64,
    ended: Timestamp,
}

/// When a reply was spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reply {
    /// Milliseconds of play since the attempt began.
    at: u64,
    /// Milliseconds since its turn began. None in steps, where no clock runs.
    took: Option<u64>,
}

impl Timing {
    /// In timed mode a reply stands where the clocks of the turns put it, one turn after the other. In steps it stands at
    /// its share of the time played, by its place among the inputs: an estimate that keeps the order.
    pub(super) fn of(attempt: &Attempt) -> Self {
        let (mut replies, clocked) = clocked(attempt);
        // The clocks run at the rate of the customer's speech, which can be set to be slower than the time outside; and
        // a run that was played by a program has no time outside.
        let total = (u64::from(attempt.elapsed_seconds) * 1000).max(clocked);
        if attempt.mode == Mode::Steps {
            replies = spread(attempt, total);
        }
        let played_until = later(attempt.started, total);
        // Pauses are not played; the end is known as it was.
        let ended = attempt.ended.map_or(played_until, |ended| ended.max(played_until));
        Self { started: attempt.started, replies, total, ended }
    }

    /// The moment at which the reply of this number was spoken, the first being 0.
    pub(super) fn of_reply(&self, number: usize) -> String {
        let at = self.replies.get(number).map_or(self.total, |reply| reply.at);
        stamp(later(self.started, at))
    }

    /// How long the reply of this number took since its turn began.
    pub(super) fn reply_took(&self, number: usize) -> Option<String> {
        self.replies.get(number)?.took.map(duration)
    }

    pub(super) fn start(&self) -> String {
        stamp(self.started)
    }

    pub(super) fn end(&self) -> String {
        stamp(self.ended)
    }

    /// All that was played, pauses left out.
    pub(super) fn total(&self) -> String {
        duration(self.total)
    }
}

/// The replies by the clocks of the turns, and what these come to together, in milliseconds.
fn clocked(attempt: &Attempt) -> (Vec<Reply>, u64) {
    let mut replies = Vec::new();
    let (mut before, mut now) = (0, 0);
    for input in &attempt.inputs {
        now = input.at.map_or(now, u64::from);
        match input.verb {
            Verb::Speak { .. } => replies.push(Reply { at: before + now, took: Some(now) }),
            Verb::File { .. } | Verb::Choose(_) | Verb::GoOn => {}
            _ => continue,
        }
        before += now;
        now = 0;
    }
    (replies, before + now)
}

fn spread(attempt: &Attempt, total: u64) -> Vec<Reply> {
    let parts = attempt.inputs.len() as u64 + 1;
    let places = (1..).zip(&attempt.inputs).filter(|(_, input)| matches!(input.verb, Verb::Speak { .. }));
    places.map(|(place, _)| Reply { at: total * place / parts, took: None }).collect()
}

fn later(from: Timestamp, milliseconds: u64) -> Timestamp {
    let by = SignedDuration::from_millis(i64::try_from(milliseconds).unwrap_or(i64::MAX));
    from.saturating_add(by).unwrap_or(from)
}

/// RFC 3339 in UTC, which is written `Z`, with milliseconds.
pub(super) fn stamp(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// ISO 8601, in whole hundredths of a second: no more is promised to be kept (xAPI 1.0.3, Part Two, 4.6). Rounded down,
/// so that parts never come to more than the whole.
fn duration(milliseconds: u64) -> String {
    let (seconds, hundredths) = (milliseconds / 1000, milliseconds % 1000 / 10);
    if hundredths == 0 { format!("PT{seconds}S") } else { format!("PT{seconds}.{hundredths:02}S") }
}

#[cfg(test)]
mod tests {
    use super::{duration, stamp};

    #[test]
    fn a_duration_has_hundredths_of_a_second_at_most() {
        for (milliseconds, written) in
            [(0, "PT0S"), (9, "PT0S"), (10, "PT0.01S"), (61_999, "PT61.99S"), (3_600_000, "PT3600S")]
        {
            assert_eq!(duration(milliseconds), written);
        }
    }

    #[test]
    fn a_time_is_utc_with_milliseconds() {
        for (text, written) in [
            ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000Z"),
            ("2026-03-01T09:00:00.0456+02:00", "2026-03-01T07:00:00.045Z"),
        ] {
            assert_eq!(stamp(text.parse().unwrap()), written);
        }
    }
}
