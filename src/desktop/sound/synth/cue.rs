//! The few sounds that are not a voice. Nothing rings on a button, and nothing congratulates.

use std::f32::consts::TAU;

use super::filter::Pass;
use super::{Noise, samples, seconds};

/// A short sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// The phone rings, twice as one ring.
    Ring,
    /// It rings once and briefly: a call that was held is on again.
    ShortRing,
    PickUp,
    HangUp,
    /// A pencil on paper.
    Pencil,
}

impl Cue {
    pub const ALL: [Self; 5] = [Self::Ring, Self::ShortRing, Self::PickUp, Self::HangUp, Self::Pencil];

    /// How it sounds at full volume. Begins and ends in silence.
    pub fn sound(self) -> Vec<f32> {
        match self {
            Self::Ring => [ring(400), vec![0.0; samples(200)], ring(400)].concat(),
            Self::ShortRing => ring(280),
            Self::PickUp => [click(0.11, 1900.0), vec![0.0; samples(28)], click(0.06, 1200.0)].concat(),
            Self::HangUp => [click(0.07, 1300.0), vec![0.0; samples(45)], click(0.13, 800.0)].concat(),
            Self::Pencil => pencil(),
        }
    }
}

/// Two tones of a British phone, trembling as a bell's clapper does.
fn ring(millis: u32) -> Vec<f32> {
    shaped(millis, 18, |at| {
        let tones = (TAU * 400.0 * at).sin() + (TAU * 450.0 * at).sin();
        let tremble = 0.7 + 0.3 * (TAU * 22.0 * at).sin();
        0.055 * tones * tremble
    })
}

/// A receiver on its cradle: a knock and the ring of plastic.
fn click(loud: f32, bright: f32) -> Vec<f32> {
    let mut noise = Noise::seeded("receiver");
    let mut tame = Pass::below(bright);
    shaped(55, 2, |at| {
        let knock = tame.pass(noise.next()) * (-at * 160.0).exp();
        let body = (TAU * 170.0 * at).sin() * (-at * 90.0).exp();
        loud * (knock + 0.5 * body)
    })
}

/// One short stroke.
fn pencil() -> Vec<f32> {
    let mut noise = Noise::seeded("pencil");
    let (mut thin, mut soft) = (Pass::above(1800.0), Pass::below(5200.0));
    shaped(85, 12, |at| {
        let grain = 0.65 + 0.35 * (TAU * 61.0 * at).sin();
        0.05 * grain * soft.pass(thin.pass(noise.next()))
    })
}

/// So long a sound, with so many milliseconds of fading at both ends.
fn shaped(millis: u32, fade: u32, mut wave: impl FnMut(f32) -> f32) -> Vec<f32> {
    let (length, fade) = (samples(millis), seconds(samples(fade)));
    (0..length)
        .map(|at| {
            let edge = seconds(at).min(seconds(length - at - 1));
            let gain = (edge / fade).min(1.0);
            wave(seconds(at)) * gain * gain * (3.0 - 2.0 * gain)
        })
        .collect()
}
