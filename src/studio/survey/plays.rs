//! What many plays came to, as far as Studio shows it.

use crate::explore::simulate::{
    Counts, Cue, Giveaway, LIFT_IN_SCENARIO, Played, Player, RANDOM, Series, Share, Through,
};
use crate::scenario::id::{EndingId, NodeId, ReplyId};
use crate::scenario::vocabulary::Outcome;

/// How many steps the score histogram has, of the same width.
pub const BINS: usize = 20;
/// How many nodes are named at which a cue earns most.
const NAMED: usize = 3;

/// Whose plays are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Takes any of the replies on offer.
    Random,
    /// Decides as the best every other time.
    Skilled,
    /// Takes the reply that shows most.
    Best,
}

impl Who {
    pub const ALL: [Self; 3] = [Self::Random, Self::Skilled, Self::Best];

    /// The place in [`Self::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    pub const fn player(self) -> Player {
        match self {
            Self::Random => Player::Random,
            Self::Skilled => Player::Skilled(Share::Half),
            Self::Best => Player::Best,
        }
    }
}

/// What the plays came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plays {
    /// All of them, by players of all kinds.
    pub made: u64,
    /// By [`Who::index`].
    pub players: [PlayerFigures; 3],
    pub encounters: Vec<EncounterFigures>,
    /// The bots that go by a cue, those that earn most by it first.
    pub cues: Vec<CueFigures>,
}

/// What one player’s plays came to. Scores are in hundredths of a point, 0 to 100,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerFigures {
    pub plays: u64,
    pub mean: i64,
    /// By [`Outcome::index`].
    pub outcomes: [u64; Outcome::ALL.len()],
    /// The overall score in [`BINS`] steps.
    pub histogram: Vec<u64>,
}

/// Who came by in an encounter; each by [`Who::index`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncounterFigures {
    /// By node.
    nodes: Vec<[Through; 3]>,
    replies: Vec<[Through; 3]>,
    endings: Vec<[Through; 3]>,
}

/// What a bot earns that goes by one cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueFigures {
    pub cue: Cue,
    /// Above the random player, in hundredths of a point.
    pub lift: i64,
    /// Whether that is little enough for one scenario.
    pub is_met: bool,
    /// The nodes at which it earns most.
    pub most_at: Vec<Giveaway>,
}

impl Plays {
    pub(super) fn of(series: &Series<'_>) -> Self {
        let report = series.report();
        let played = &report.scenarios[0];
        Self {
            made: report.plays(),
            players: Who::ALL.map(|who| PlayerFigures::of(played.of(who.player()))),
            encounters: (0..played.scenario.encounters.len()).map(|place| figures(played, place)).collect(),
            cues: cues(played),
        }
    }

    pub fn player(&self, who: Who) -> &PlayerFigures {
        &self.players[who.index()]
    }

    /// Whether random play earns neither too much nor too little.
    pub fn random_is_met(&self) -> bool {
        let mean = self.player(Who::Random).mean;
        RANDOM.start() * 100 <= mean && mean <= RANDOM.end() * 100
    }

    /// By how much the random plays that came by somewhere end better (above 0) or worse than all of them, in
    /// hundredths of a point. None where none came by.
    pub fn pull(&self, through: &[Through; 3]) -> Option<i64> {
        Some(through[Who::Random.index()].mean()? - self.player(Who::Random).mean)
    }

    /// Which part of a player’s plays came by, per mille.
    pub fn share(&self, through: &[Through; 3], who: Who) -> u64 {
        (through[who.index()].plays * 1000).checked_div(self.player(who).plays).unwrap_or(0)
    }
}

impl PlayerFigures {
    fn of(counts: &Counts) -> Self {
        Self { plays: counts.plays, mean: counts.mean(), outcomes: counts.outcomes, histogram: counts.histogram(BINS) }
    }
}

impl EncounterFigures {
    pub fn node(&self, node: NodeId) -> &[Through; 3] {
        &self.nodes[node.index()]
    }

    pub fn reply(&self, reply: ReplyId) -> &[Through; 3] {
        &self.replies[reply.index()]
    }

    pub fn ending(&self, ending: EndingId) -> &[Through; 3] {
        &self.endings[ending.index()]
    }
}

fn figures(played: &Played<'_>, place: usize) -> EncounterFigures {
    let encounter = &played.scenario.encounters[place];
    let counts = Who::ALL.map(|who| &played.of(who.player()).encounters[place]);
    let all = |length: usize, of: fn(&crate::explore::simulate::EncounterCounts) -> &[Through]| {
        (0..length).map(|index| counts.map(|counts| of(counts)[index])).collect()
    };
    EncounterFigures {
        nodes: all(encounter.nodes.len(), |counts| &counts.through_nodes),
        replies: all(encounter.replies.len(), |counts| &counts.through_replies),
        endings: all(encounter.endings.len(), |counts| &counts.through_endings),
    }
}

fn cues(played: &Played<'_>) -> Vec<CueFigures> {
    let mut cues: Vec<_> = Cue::ALL
        .into_iter()
        .map(|cue| {
            let lift = played.lift(cue);
            let mut most_at = played.giveaways(cue);
            most_at.truncate(NAMED);
            CueFigures { cue, lift, is_met: lift <= LIFT_IN_SCENARIO * 100, most_at }
        })
        .collect();
    cues.sort_by_key(|figures| std::cmp::Reverse(figures.lift));
    cues
}

/// What the plays of a scenario come to, so many of them, at once.
#[cfg(test)]
pub(super) fn played(scenario: &crate::scenario::Scenario, seed: u64, plays: u64) -> Plays {
    let mut series = Series::new(scenario, seed);
    let _ = series.play_to(plays, |_| std::ops::ControlFlow::Continue(()));
    Plays::of(&series)
}
