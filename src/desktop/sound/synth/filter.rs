//! The few filters that speech is made with.

use std::f32::consts::{FRAC_1_SQRT_2, PI, TAU};

use super::RATE;

#[expect(clippy::cast_precision_loss, reason = "24000 is exact")]
const HERTZ: f32 = RATE as f32;

/// A resonance of the mouth (D. Klatt, "Software for a cascade/parallel formant synthesizer", 1980): lets low sounds
/// pass as they are and lifts what lies around its own frequency.
#[derive(Debug, Clone, Default)]
pub(super) struct Resonance {
    gain: f32,
    feedback: [f32; 2],
    before: [f32; 2],
}

impl Resonance {
    /// Both in hertz.
    pub(super) fn tune(&mut self, frequency: f32, width: f32) {
        let radius = (-PI * width / HERTZ).exp();
        let first = 2.0 * radius * (TAU * frequency / HERTZ).cos();
        let second = -radius * radius;
        self.feedback = [first, second];
        self.gain = 1.0 - first - second;
    }

    pub(super) fn is_untuned(&self) -> bool {
        self.gain == 0.0
    }

    pub(super) fn pass(&mut self, sample: f32) -> f32 {
        let out = self.gain * sample + self.feedback[0] * self.before[0] + self.feedback[1] * self.before[1];
        self.before = [out, self.before[0]];
        out
    }
}

/// A second-order filter with a flat passband (R. Bristow-Johnson, "Audio EQ Cookbook").
#[derive(Debug, Clone)]
pub(super) struct Pass {
    forward: [f32; 3],
    feedback: [f32; 2],
    inputs: [f32; 2],
    outputs: [f32; 2],
}

impl Pass {
    /// Keeps what lies below so many hertz.
    pub(super) fn below(frequency: f32) -> Self {
        let (cos, alpha) = Self::angle(frequency);
        Self::new([(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0], cos, alpha)
    }

    /// Keeps what lies above.
    pub(super) fn above(frequency: f32) -> Self {
        let (cos, alpha) = Self::angle(frequency);
        Self::new([f32::midpoint(1.0, cos), -1.0 - cos, f32::midpoint(1.0, cos)], cos, alpha)
    }

    fn angle(frequency: f32) -> (f32, f32) {
        let (sin, cos) = (TAU * frequency / HERTZ).sin_cos();
        (cos, sin / (2.0 * FRAC_1_SQRT_2))
    }

    fn new(forward: [f32; 3], cos: f32, alpha: f32) -> Self {
        let whole = 1.0 + alpha;
        Self {
            forward: forward.map(|part| part / whole),
            feedback: [-2.0 * cos / whole, (1.0 - alpha) / whole],
            inputs: [0.0; 2],
            outputs: [0.0; 2],
        }
    }

    pub(super) fn pass(&mut self, sample: f32) -> f32 {
        let out = self.forward[0] * sample + self.forward[1] * self.inputs[0] + self.forward[2] * self.inputs[1]
            - self.feedback[0] * self.outputs[0]
            - self.feedback[1] * self.outputs[1];
        self.inputs = [sample, self.inputs[0]];
        self.outputs = [out, self.outputs[0]];
        out
    }
}
