//! Sound out of numbers: pure, the same samples for the same words, and never a device.

mod cue;
mod filter;
mod murmur;
#[cfg(test)]
mod tests;

pub use cue::Cue;
pub use murmur::Murmur;

/// Samples a second, mono. Speech that is only murmured needs no more.
pub const RATE: u32 = 24_000;

/// How many samples so many milliseconds are.
pub fn samples(millis: u32) -> usize {
    millis as usize * (RATE as usize / 1000)
}

/// A time in seconds.
#[expect(clippy::cast_precision_loss, reason = "sixteen million samples are eleven minutes, and a turn is one")]
fn seconds(samples: usize) -> f32 {
    samples as f32 / RATE as f32
}

/// By how much a value that follows another one gets nearer to it in each sample, to be there by two thirds after this
/// many milliseconds.
fn nearing(millis: f32) -> f32 {
    1.0 - (-1.0 / (millis * 24.0)).exp()
}

/// Hiss, the same each time.
#[derive(Debug, Clone)]
struct Noise(u32);

impl Noise {
    fn seeded(text: &str) -> Self {
        let seed = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self(seed.max(1))
    }

    /// Between -1 and 1.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        f32::from(u16::try_from(self.0 >> 16).unwrap_or_default()) / 32_768.0 - 1.0
    }
}
