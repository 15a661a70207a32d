//! Review cards: moments of one's own calls that are worth trying again, and when each comes back
//! (`product`, "Progress").
//!
//! A card is made from one of the [`weakest()`] indicators: a [`Moment`] at which it was on offer and little of it was
//! shown. The [`Deck`] holds the cards and knows which are due. All of it goes by day numbers that the caller counts,
//! in the time zone of the person.

mod deck;
mod moment;
mod weakest;

pub use crate::scoring::mastery::RUNS_READ;
pub use deck::{Card, Deck, Past, Place};
pub use moment::{Answer, Chance, Moment, moments};
pub use weakest::{WEAK_BELOW, Weakness, weakest};
