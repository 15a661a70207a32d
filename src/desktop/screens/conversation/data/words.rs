//! The wording that stands alone.

use std::time::Duration;

use crate::scenario::vocabulary::Volume;

const TURNS: [&str; 20] = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
    "Twentieth",
];

/// "Third turn".
pub(super) fn turn(number: u8) -> String {
    match usize::from(number).checked_sub(1).and_then(|index| TURNS.get(index)) {
        Some(ordinal) => format!("{ordinal} turn"),
        None => format!("Turn {number}"),
    }
}

/// The setting as far as it tells where and when: what the trainee is called they know by now.
pub(super) fn place(setting: &str) -> String {
    setting.split(" You are ").next().unwrap_or_default().trim().to_owned()
}

/// "2:05".
pub(super) fn clock(lasted: Duration) -> String {
    let seconds = lasted.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What own heat has done to the next reply, and the way back.
pub(super) const fn preset(volume: Volume) -> &'static str {
    match volume {
        Volume::Level => "Your pulse is up. Pace is set to quick. X sets it back.",
        Volume::Raised => "Your pulse is up. Pace is set to quick and voice to raised. X sets both back.",
    }
}
