//! The three engines behind one trait: a text of theirs, loaded, and played by dice.

mod ink;
mod ours;
mod yarn;

use rand::Rng;
use rand_pcg::Pcg64Mcg;

use crate::Result;
use crate::story::Story;

pub use ink::{Ink, InkBefore};
pub use ours::{Ours, play as play_scored};
pub use yarn::Yarn;

/// An engine with a story in it, ready to be played.
pub trait Engine: Sized {
    const NAME: &'static str;
    /// What a person would hand it: the text of a file.
    fn write(story: &Story) -> Result<String>;
    /// From that text to a story that can be played.
    fn load(text: String) -> Result<Self>;
    /// Plays once from the beginning to the end, and says how many choices were made.
    fn play(&mut self, dice: &mut Dice, witness: &mut impl Witness) -> Result<u32>;
}

/// Which reply is taken.
#[derive(Debug, Clone)]
pub struct Dice(Pcg64Mcg);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Pcg64Mcg::new(u128::from(seed) << 64 | 0x5eed))
    }

    /// A number below `count`.
    pub fn roll(&mut self, count: usize) -> usize {
        usize::try_from((u128::from(self.0.next_u64()) * count as u128) >> 64).unwrap_or(0)
    }
}

/// Who looks on. Texts are only put together where somebody does.
pub trait Witness {
    fn hears(&mut self, line: impl FnOnce() -> String);
    fn is_offered(&mut self, replies: impl FnOnce() -> Vec<String>);
}

impl Witness for () {
    fn hears(&mut self, _: impl FnOnce() -> String) {}
    fn is_offered(&mut self, _: impl FnOnce() -> Vec<String>) {}
}

/// All that is said and offered in a walk, in its order.
impl Witness for Vec<String> {
    fn hears(&mut self, line: impl FnOnce() -> String) {
        self.push(line());
    }

    fn is_offered(&mut self, replies: impl FnOnce() -> Vec<String>) {
        self.extend(replies().into_iter().map(|reply| format!("- {reply}")));
    }
}
