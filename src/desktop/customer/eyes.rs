//! Eyes and brows: where a face is read first. In the face's units; `side` is -1 left, 1 right.

use egui::{Color32, pos2, vec2};

use super::canvas::{Canvas, at};
use super::expression::Expression;
use super::outline::Outline;
use super::person::Build;
use super::tones::Tones;

const MIDDLE: f32 = 32.5;
const HALF: f32 = 17.0;

/// The two lids of one eye, as heights over the way from the inner to the outer corner.
struct Lids {
    inner: f32,
    outer: f32,
    upper: f32,
    lower: f32,
}

impl Lids {
    fn of(build: &Build, shown: &Expression) -> Self {
        let old = (build.years - 1.0).max(0.0);
        // Looking down brings the upper lid along; an angry eye is narrowed from below.
        let down = shown.gaze.1.max(0.0);
        let open = (shown.lids * (1.0 - 0.42 * down) * (1.0 - 0.1 * old)).clamp(0.0, 1.0);
        let tense = (-shown.brow).max(0.0);
        Self {
            inner: 2.2,
            outer: -0.8 + old * 1.8,
            upper: -2.4 + 15.6 * open,
            lower: 2.6 + 3.2 * shown.lids.min(1.0) - 1.9 * tense,
        }
    }

    fn line(&self, along: f32) -> f32 {
        self.inner + (self.outer - self.inner) * along
    }

    fn bow(along: f32) -> f32 {
        (4.0 * along * (1.0 - along)).max(0.0).powf(0.8)
    }

    /// The upper lid's edge; never below the lower lid's.
    fn top(&self, along: f32) -> f32 {
        // Fullest a little towards the nose.
        let skewed = along.powf(0.88);
        (self.line(along) - self.upper * Self::bow(skewed)).min(self.bottom(along))
    }

    fn bottom(&self, along: f32) -> f32 {
        self.line(along) + self.lower * Self::bow(along.powf(1.15))
    }
}

pub(super) fn eye(canvas: &mut Canvas, tones: &Tones, build: &Build, shown: &Expression, side: f32) {
    let lids = Lids::of(build, shown);
    let across = |along: f32| side * (MIDDLE - HALF + 2.0 * HALF * along);
    let steps = || (0_u8..=14).map(|step| f32::from(step) / 14.0);

    // The lid itself, seen when the eye is lowered or heavy.
    let crease = |along: f32| lids.line(along) - (12.2 + 1.6 * shown.lids) * Lids::bow(along) - 0.5;
    let lid: Vec<_> = steps()
        .map(|along| (across(along), crease(along)))
        .chain(steps().collect::<Vec<_>>().into_iter().rev().map(|along| (across(along), lids.bottom(along))))
        .collect();
    canvas.fill(&Outline::straight(&lid), tones.skin.base.lerp_to_gamma(tones.skin.shade, 0.62));

    let aperture: Vec<_> = steps()
        .map(|along| (across(along), lids.top(along)))
        .chain(steps().collect::<Vec<_>>().into_iter().rev().map(|along| (across(along), lids.bottom(along))))
        .collect();
    canvas.fill(&Outline::straight(&aperture), tones.eye_white);

    let held = |outline: Outline| {
        let points: Vec<_> = outline
            .points()
            .iter()
            .map(|point| {
                let along = ((point.x * side - MIDDLE + HALF) / (2.0 * HALF)).clamp(0.0, 1.0);
                (across(along), point.y.clamp(lids.top(along), lids.bottom(along)))
            })
            .collect();
        Outline::straight(&points)
    };
    let look = pos2(side * MIDDLE - side * 0.6 + shown.gaze.0 * 7.6, -1.6 + shown.gaze.1 * 6.2);
    canvas.fill(&held(Outline::oval(look, vec2(9.0, 9.2))), tones.iris.lerp_to_gamma(Color32::BLACK, 0.42));
    canvas.fill(&held(Outline::oval(look, vec2(7.6, 7.8))), tones.iris);
    canvas.fill(&held(Outline::oval(look, vec2(4.1, 4.2))), Color32::from_rgb(0x17, 0x13, 0x14));
    // The upper lid throws a shadow on the ball.
    let shadow: Vec<_> = steps()
        .map(|along| (across(along), lids.top(along)))
        .chain(
            steps()
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .map(|along| (across(along), (lids.top(along) + 3.0 * Lids::bow(along)).min(lids.bottom(along)))),
        )
        .collect();
    canvas.fill(&Outline::straight(&shadow), Color32::from_black_alpha(46));
    canvas.fill(&held(Outline::oval(look + vec2(-2.8, -3.0), vec2(1.9, 2.0))), Color32::from_white_alpha(235));

    edges(canvas, tones, build, &lids, &across, &crease);
}

fn edges(
    canvas: &mut Canvas,
    tones: &Tones,
    build: &Build,
    lids: &Lids,
    across: &impl Fn(f32) -> f32,
    crease: &impl Fn(f32) -> f32,
) {
    let lash: Vec<_> = [(0.0, 1.2), (0.2, 2.4), (0.5, 3.2), (0.8, 3.5), (1.0, 2.2)]
        .map(|(along, width)| (across(along), lids.top(along) - 0.3, width * (0.6 + 0.4 * build.lips)))
        .to_vec();
    canvas.ribbon(&lash, tones.lash);
    let lower: Vec<_> = [(0.12, 0.8), (0.5, 1.4), (0.96, 1.2)]
        .map(|(along, width)| (across(along), lids.bottom(along) + 0.4, width))
        .to_vec();
    canvas.ribbon(&lower, tones.skin.line.gamma_multiply(0.55));
    let fold: Vec<_> = [(0.06, 0.8), (0.4, 1.7), (0.8, 1.7), (1.06, 0.8)]
        .map(|(along, width)| (across(along), crease(along.min(1.0)), width))
        .to_vec();
    canvas.ribbon(&fold, tones.skin.line.gamma_multiply(0.7));
    // The corner at the nose.
    canvas.glow(at(across(0.03), lids.line(0.03)), vec2(2.2, 1.8), tones.lip.gamma_multiply(0.7));
}

pub(super) fn brow(canvas: &mut Canvas, tones: &Tones, build: &Build, shown: &Expression, side: f32) {
    let (low, high) = ((-shown.brow).max(0.0), shown.brow.max(0.0));
    let worry = shown.worry;
    let thick = build.brows * (1.0 - 0.1 * (build.years - 1.0).max(0.0));
    let inner = (13.5 - 2.8 * low - 1.2 * worry, -21.0 + 8.4 * low - 6.0 * high - 8.0 * worry);
    let second = (24.0 - 1.5 * low, -25.5 + 6.8 * low - 7.5 * high - 4.2 * worry);
    let peak = (39.0, -28.0 + 3.8 * low - 8.0 * high + 0.8 * worry);
    let outer = (56.5, -20.5 + 1.2 * low - 5.5 * high + 3.0 * worry);
    let brow =
        [(inner, 4.2), (second, 6.6), (peak, 5.2), (outer, 1.4)].map(|((x, y), width)| (x * side, y, width * thick));
    canvas.ribbon(&brow, tones.brow);
}
