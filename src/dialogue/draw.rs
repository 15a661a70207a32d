//! Random draws, keyed by the seed, the place in the scenario and the visit: never by a position in a stream.

use rand::Rng;
use rand_pcg::Pcg64Mcg;

/// What a draw is for, so that two draws at one place are independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Variant = 1,
    Order = 2,
    Lapse = 3,
    AfterTheCall = 4,
    Readings = 5,
}

/// The generator for one draw. `Pcg64Mcg` is the same on every machine and in every version.
pub(crate) fn generator(seed: u64, key: u64, visit: u8, purpose: Purpose) -> Pcg64Mcg {
    let place = u128::from(key) << 64 | u128::from(visit) << 8 | purpose as u128;
    // An odd multiplier spreads neighbouring seeds over the whole state.
    let start = u128::from(seed).wrapping_mul(0x2d35_8dcc_aa6c_78a5_8f4a_6e5c_1b0d_39e7) ^ place;
    let mut generator = Pcg64Mcg::new(start.wrapping_mul(0x0fc9_4e3b_f4e9_ab32_8664_58cd_56f5_e605));
    // The first output of a multiplicative generator still shows its seed.
    generator.next_u64();
    generator
}

/// Puts a list into an order of its own.
pub(crate) fn shuffle<T>(list: &mut [T], generator: &mut Pcg64Mcg) {
    for last in (1..list.len()).rev() {
        list.swap(last, below(generator, last + 1));
    }
}

/// A number below `bound`, which is at least 1 and small: the bias is below 2⁻⁵⁰ and the result portable.
pub(crate) fn below(generator: &mut Pcg64Mcg, bound: usize) -> usize {
    let wide = u128::from(generator.next_u64()) * bound as u128;
    usize::try_from(wide >> 64).unwrap_or(0)
}
