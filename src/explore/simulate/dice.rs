//! A player's random draws: keyed by the play, by what is decided and where, so that two players with the same seed
//! decide alike wherever their own ways do not part.

/// What a draw decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Roll {
    /// Whether a skilled player shows their skill.
    Skill = 1,
    Reply = 2,
    /// Whether an impatient player speaks now.
    Interrupt = 3,
    Tile = 4,
    Choice = 5,
}

/// The dice of one play.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dice(u64);

/// The seed of a play's scenario, by the number of its round.
pub(super) fn play_seed(seed: u64, round: u64) -> u64 {
    spread(spread(seed) ^ round)
}

impl Dice {
    /// Independent of what the scenario draws with the same seed.
    pub(super) fn new(play_seed: u64) -> Self {
        Self(spread(!play_seed))
    }

    /// A number below `bound`, which is small: the bias is below 2⁻⁵⁰.
    pub(super) fn roll(self, what: Roll, place: u64, bound: usize) -> usize {
        let drawn = spread(self.0 ^ spread((place << 3) ^ what as u64));
        usize::try_from((u128::from(drawn) * bound as u128) >> 64).unwrap_or(0)
    }
}

/// The finaliser of `SplitMix64`: every bit of the input moves about half of those of the output.
const fn spread(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
