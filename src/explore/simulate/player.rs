//! Who plays, and what sets them apart.
//!
//! All but the best and the skilled hear the customer out, do nothing while they listen, speak at an even pace (slowly
//! while the customer is hot), put each tile on offer into the note by the toss of a coin and answer the diary at random.
//! The cue bots differ from the random player in one thing: which of the replies on offer they take. So does the score.

use super::Cue;

/// A kind of player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Player {
    /// Takes any of the replies on offer.
    Random,
    /// Takes the reply that shows most, nods where it is welcome, speaks as the customer likes it, notes all facts and
    /// nothing else, and keeps its promises. It looks at one decision at a time, so that it is not always the best run.
    Best,
    /// Decides as the best this often, and else as the random player.
    Skilled(Share),
    /// As the random player, but at every boundary of the customer's turn speaks with a chance of one half.
    Impatient,
    /// As the random player, but always quick and with a raised voice.
    Hot,
    /// As the random player, but takes the reply that has most of the cue; any of them where several have.
    Cue(Cue),
}

/// How often a skilled player decides as the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    Quarter,
    Half,
    ThreeQuarters,
}

impl Share {
    /// Per cent.
    pub const fn percent(self) -> u8 {
        match self {
            Self::Quarter => 25,
            Self::Half => 50,
            Self::ThreeQuarters => 75,
        }
    }
}

impl Player {
    /// In the order of every report.
    pub const ALL: [Self; 7 + Cue::ALL.len()] = [
        Self::Random,
        Self::Skilled(Share::Quarter),
        Self::Skilled(Share::Half),
        Self::Skilled(Share::ThreeQuarters),
        Self::Best,
        Self::Impatient,
        Self::Hot,
        Self::Cue(Cue::Longest),
        Self::Cue(Cue::Shortest),
        Self::Cue(Cue::Sentences),
        Self::Cue(Cue::Questions),
        Self::Cue(Cue::Empathy),
        Self::Cue(Cue::Digits),
        Self::Cue(Cue::Numbers),
        Self::Cue(Cue::IWill),
        Self::Cue(Cue::You),
        Self::Cue(Cue::Colons),
        Self::Cue(Cue::CustomerName),
        Self::Cue(Cue::Echo),
    ];

    /// The place in [`Self::ALL`].
    pub const fn index(self) -> usize {
        match self {
            Self::Random => 0,
            Self::Skilled(share) => 1 + share as usize,
            Self::Best => 4,
            Self::Impatient => 5,
            Self::Hot => 6,
            Self::Cue(cue) => 7 + cue.index(),
        }
    }

    /// As it stands in a report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Best => "best",
            Self::Skilled(Share::Quarter) => "skilled-25",
            Self::Skilled(Share::Half) => "skilled-50",
            Self::Skilled(Share::ThreeQuarters) => "skilled-75",
            Self::Impatient => "impatient",
            Self::Hot => "hot",
            Self::Cue(cue) => cue.name(),
        }
    }

    /// What they do, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Random => "takes any reply",
            Self::Best => "takes the reply that shows most",
            Self::Skilled(Share::Quarter) => "decides as the best one time in four",
            Self::Skilled(Share::Half) => "decides as the best every other time",
            Self::Skilled(Share::ThreeQuarters) => "decides as the best three times in four",
            Self::Impatient => "cuts in, and takes any reply",
            Self::Hot => "is quick and loud, and takes any reply",
            Self::Cue(cue) => cue.words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_player_stands_in_its_place() {
        for (place, player) in Player::ALL.iter().enumerate() {
            assert_eq!(player.index(), place, "{player:?}");
        }
    }
}
