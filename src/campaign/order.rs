//! The order in which tiles and choices are shown: shuffled by the seed, so that their place tells nothing.

use crate::dialogue::{Purpose, State, generator, shuffle};
use crate::scenario::Encounter;
use crate::scenario::id::{ChoiceId, EventId, TileId};

use super::{choices, tiles};

/// The tiles on offer, in the order in which they are shown. The terminal and the window show the same.
pub fn tile_order(encounter: &Encounter, state: &State) -> Vec<TileId> {
    shuffled(tiles(encounter, state).map(|(id, _)| id).collect(), state, key("note", &encounter.name))
}

/// The choices on offer at a diary event, in the order in which they are shown.
pub fn choice_order(encounter: &Encounter, event: EventId, state: &State) -> Vec<ChoiceId> {
    let event = &encounter.diary[event.index()];
    shuffled(choices(event, state).map(|(id, _)| id).collect(), state, key(&encounter.name, &event.name))
}

fn shuffled<T>(mut list: Vec<T>, state: &State, key: u64) -> Vec<T> {
    shuffle(&mut list, &mut generator(state.seed, key, 0, Purpose::AfterTheCall));
    list
}

/// FNV-1a over the names: the same place for good, whatever is added around it.
fn key(one: &str, other: &str) -> u64 {
    let bytes = one.bytes().chain([0]).chain(other.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
