//! Figures in words, the same in the graph and beside it.

use crate::explore::simulate::Through;
pub(in super::super) use crate::explore::simulate::{grouped, points, signed};
use crate::explore::solve::{Element, Part, Verdict};
use crate::scenario::id::EncounterId;
use crate::studio::survey::{Plays, Surveyed, Who};

/// A share per mille in per cent: "12 %", "<1 %" where it is little and not nothing.
pub(in super::super) fn percent(per_mille: u64) -> String {
    match (per_mille + 5) / 10 {
        0 if per_mille > 0 => "<1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

/// What a player is called.
pub(in super::super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Random => "Random",
        Who::Skilled => "Half skilled",
        Who::Best => "Best reply",
    }
}

/// Who comes by, and how these plays end: "Random play comes by in 45 % of the calls, half-skilled play in 60 %, …".
pub(in super::super) fn through(plays: &Plays, through: &[Through; 3]) -> String {
    let [random, skilled, best] = Who::ALL.map(|who| percent(plays.share(through, who)));
    let mut text = format!(
        "Random play comes by in {random} of its calls, half-skilled play in {skilled}, the best reply in {best}."
    );
    if let Some(pull) = plays.pull(through) {
        text.push_str(&match points(pull) {
            0 => " Random calls that come by end on the mean.".to_owned(),
            more @ 1.. => format!(" Random calls that come by end {more} points above the mean."),
            less => format!(" Random calls that come by end {} points below the mean.", -less),
        });
    }
    text
}

/// What is proved of a part: "Reached after 3 replies at the earliest."
pub(in super::super) fn standing(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Reached { witness, shortest } => {
            let replies = match witness.replies {
                0 => return "Reached at the very beginning.".to_owned(),
                1 => "one reply".to_owned(),
                more => format!("{more} replies"),
            };
            if *shortest {
                format!("Reached after {replies} at the earliest.")
            } else {
                format!("Reached; the shortest way that was found takes {replies}.")
            }
        }
        Verdict::Unreachable => "Never reached: that is proved.".to_owned(),
        Verdict::Unsettled => "Nobody has reached it yet, and it is not proved that nobody can.".to_owned(),
    }
}

/// What is known of a part, if anything is.
pub(in super::super) fn verdict(surveyed: &Surveyed, encounter: usize, part: Part) -> Option<&Verdict> {
    let element = Element { encounter: EncounterId::at(encounter), part };
    surveyed.reach.as_ref()?.verdict(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_and_little_is_not_nothing() {
        let check = |per_mille: u64, expected: &str| assert_eq!(percent(per_mille), expected);
        check(0, "0 %");
        check(4, "<1 %");
        check(5, "1 %");
        check(454, "45 %");
        check(455, "46 %");
        check(1000, "100 %");
        let check = |hundredths: i64, expected: &str| assert_eq!(signed(hundredths), expected);
        check(0, "0");
        check(49, "0");
        check(50, "+1");
        check(-12_345, "−123");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
    }
}
