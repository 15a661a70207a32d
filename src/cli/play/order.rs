//! The order on the screen of what the author lists right one first: the same for the same run, whenever it is shown.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg32;

/// The entries shuffled by the run's seed and the name of the place.
pub(super) fn shuffled<T>(entries: impl IntoIterator<Item = T>, seed: u64, place: &str) -> Vec<T> {
    let mut entries: Vec<T> = entries.into_iter().collect();
    let place = blake3::hash(place.as_bytes());
    let key = place.as_bytes().iter().take(8).fold(0, |key: u64, byte| key << 8 | u64::from(*byte));
    entries.shuffle(&mut Pcg32::seed_from_u64(seed ^ key));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_depends_on_seed_and_place_alone() {
        let order = |seed, place| shuffled(0..6, seed, place);
        assert_eq!(order(1, "note"), order(1, "note"));
        assert!((0..8).any(|seed| order(seed, "note") != order(1, "note")), "the seed matters");
        assert!(order(1, "note") != order(1, "diary") || order(2, "note") != order(2, "diary"), "so does the place");
    }
}
