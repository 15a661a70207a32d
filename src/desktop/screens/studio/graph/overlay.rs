//! What can be laid over the graph: who comes by, how their plays end, and what is proved.

use std::sync::Arc;

use super::super::figures::words::{percent, signed, standing, through, verdict};
use crate::desktop::theme::widgets::Tone;
use crate::explore::simulate::Through;
use crate::explore::solve::{Part, Verdict};
use crate::studio::graph::{Drawn, Stands};
use crate::studio::survey::{Surveyed, Who};

/// What is laid over the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Overlay {
    #[default]
    Plain,
    Reached,
    Score,
    Proved,
}

impl Overlay {
    pub(super) const ALL: [(Self, &'static str); 4] =
        [(Self::Plain, "Plain"), (Self::Reached, "Reached"), (Self::Score, "Score"), (Self::Proved, "Proved")];

    /// What the colours mean, in words.
    pub(super) const fn legend(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Reached => "The deeper the colour, the more calls come by. Hatched: none does.",
            Self::Score => "How far above (+) or below (−) the mean random calls end that come by. Hatched: none does.",
            Self::Proved => "Crossed out: proved that nobody gets there. Dots and a question mark: not settled yet.",
        }
    }
}

/// How a place or a reply is drawn under an overlay.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Mark {
    /// What it is filled with, and how deeply, 0 to 1.
    pub(super) fill: Option<(Tone, f32)>,
    pub(super) sign: Sign,
    /// A figure.
    pub(super) figure: Option<String>,
}

/// A pattern, for nothing is said by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sign {
    #[default]
    None,
    /// Nobody came by.
    Hatched,
    Crossed,
    Dotted,
}

/// What is known, and of which graph.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) drawn: &'a Drawn,
    pub(super) sheet: usize,
    /// None where it is about a scenario that plays otherwise.
    pub(super) surveyed: Option<&'a Arc<Surveyed>>,
}

impl Known<'_> {
    fn part(&self, place: usize, row: Option<usize>) -> Option<Part> {
        if let Some(row) = row {
            return self.drawn.reply(self.sheet, place, row).map(Part::Reply);
        }
        match self.drawn.stands(self.sheet, place) {
            Stands::Start => None,
            Stands::Node(node) => Some(Part::Node(node)),
            Stands::Ending(ending) => Some(Part::Ending(ending)),
        }
    }

    fn verdict(&self, place: usize, row: Option<usize>) -> Option<&Verdict> {
        verdict(self.surveyed?, self.sheet, self.part(place, row)?)
    }

    fn through(&self, place: usize, row: Option<usize>) -> Option<&[Through; 3]> {
        let figures = self.surveyed?.plays.as_ref()?.encounters.get(self.sheet)?;
        Some(match self.part(place, row)? {
            Part::Reply(reply) => figures.reply(reply),
            Part::Node(node) => figures.node(node),
            Part::Ending(ending) => figures.ending(ending),
            _ => return None,
        })
    }

    /// How a place, or one of its replies, is drawn.
    pub(super) fn mark(&self, overlay: Overlay, who: Who, place: usize, row: Option<usize>) -> Mark {
        match overlay {
            Overlay::Plain => Mark::default(),
            Overlay::Proved => match self.verdict(place, row) {
                Some(Verdict::Unreachable) => Mark { sign: Sign::Crossed, ..Mark::default() },
                Some(Verdict::Unsettled) => {
                    Mark { sign: Sign::Dotted, figure: Some("?".to_owned()), ..Mark::default() }
                }
                Some(Verdict::Reached { .. }) => Mark { fill: Some((Tone::Calm, 0.25)), ..Mark::default() },
                None => Mark::default(),
            },
            Overlay::Reached | Overlay::Score => {
                let plays = self.surveyed.and_then(|surveyed| surveyed.plays.as_ref());
                let (Some(plays), Some(through)) = (plays, self.through(place, row)) else { return Mark::default() };
                if overlay == Overlay::Reached {
                    let share = plays.share(through, who);
                    let sign = if share == 0 { Sign::Hatched } else { Sign::None };
                    return Mark { fill: Some((Tone::Calm, part(share, 1000))), sign, figure: Some(percent(share)) };
                }
                match plays.pull(through) {
                    None => Mark { sign: Sign::Hatched, ..Mark::default() },
                    Some(pull) => {
                        let tone = if pull < 0 { Tone::Heat } else { Tone::Calm };
                        let depth = part(pull.unsigned_abs(), 15_000);
                        Mark { fill: Some((tone, depth)), sign: Sign::None, figure: Some(signed(pull)) }
                    }
                }
            }
        }
    }

    /// What is known of a place, or of one of its replies, in words. Empty where nothing is.
    pub(super) fn in_words(&self, place: usize, row: Option<usize>) -> String {
        let mut words: Vec<String> = self.verdict(place, row).map(standing).into_iter().collect();
        let plays = self.surveyed.and_then(|surveyed| surveyed.plays.as_ref());
        if let (Some(plays), Some(figures)) = (plays, self.through(place, row)) {
            words.push(through(plays, figures));
        }
        words.join(" ")
    }
}

/// 0 to 1.
fn part(of: u64, whole: u64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a share, for a colour")]
    let part = of.min(whole) as f32 / whole as f32;
    part
}
