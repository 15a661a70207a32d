//! Ranking the attempts of several people (`leaderboards`).
//!
//! Every number listed is what the rules give for a recorded attempt: [`verify()`] plays it back and takes nothing from
//! the file but its inputs and who it says played them. That a person did it unaided is not promised.
//!
//! A team needs no server: [`Folder`] keeps the attempts of others, taken from wherever they lie, and [`Board`] ranks
//! them with one's own.

mod entry;
mod folder;
mod ranking;
#[cfg(test)]
mod tests;
mod verify;

pub use entry::Entry;
pub use folder::{AddError, Adding, Folder, NotAdded, NotAddedWhy, Progress, own_entries, own_verified};
#[cfg(feature = "server")]
pub(crate) use ranking::median;
pub use ranking::{Board, By, Choice, Improved, LEAST_TEAM, Row, SmallTeam, TeamRow, folded, same_name};
pub use verify::{Known, Refusal, Verified, verify};
