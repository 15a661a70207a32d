//! A set of small numbers, as large as the scenario needs and never larger.

use serde::{Deserialize, Serialize};

use crate::dialogue::row::Row;

/// A fixed-size set of indexes. Its room is made once, when a conversation begins; nothing in a step allocates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bits(Row<u64, 4>);

impl Bits {
    /// An empty set that can hold the indexes below `size`.
    #[inline]
    pub fn with_size(size: usize) -> Self {
        Self(Row::with_length(size.div_ceil(64)))
    }

    #[inline]
    pub fn contains(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
    }

    /// Adds `index` and says whether it is new.
    #[inline]
    pub fn insert(&mut self, index: usize) -> bool {
        let fresh = !self.contains(index);
        if let Some(word) = self.0.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
        fresh
    }

    pub fn remove(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word &= !(1 << (index % 64));
        }
    }

    /// Removes every member.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// The members, smallest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(place, &word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| place * 64 + bit)
        })
    }
}
