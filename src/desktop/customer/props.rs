//! What they brought to the counter. Drawn between the sleeves and the hands, in drawing units.

use egui::{Color32, Pos2, Rect, Vec2, vec2};

use crate::scenario::format::v1::Prop;

use super::canvas::{Canvas, at};
use super::outline::Outline;
use super::person::DESK;
use super::tones::Tones;

/// `grip`, 0 to 1, bends paper.
pub(super) fn held(canvas: &mut Canvas, prop: Option<Prop>, tones: &Tones, grip: f32) {
    let Some(prop) = prop else { return };
    canvas.placed(at(250.0, DESK), Vec2::splat(1.0), 0.0, |canvas| match prop {
        Prop::Envelope => envelope(canvas, tones, grip),
        Prop::Paper => paper(canvas, tones, grip),
        Prop::Bag => bag(canvas, tones),
        Prop::Box => parcel(canvas),
    });
}

fn envelope(canvas: &mut Canvas, tones: &Tones, grip: f32) {
    let bend = grip * 7.0;
    let body = [
        (-84.0, 4.0),
        (-84.0, 4.0),
        (0.0, -bend),
        (82.0, 0.0),
        (82.0, 0.0),
        (88.0, 50.0),
        (88.0, 50.0),
        (0.0, 54.0 - bend),
        (-88.0, 54.0),
        (-88.0, 54.0),
    ];
    shadow(canvas, at(2.0, 52.0), 92.0);
    canvas.fill(&Outline::smooth(&body), tones.shirt.light);
    let flap =
        [(-84.0, 4.0), (-84.0, 4.0), (0.0, -bend), (82.0, 0.0), (82.0, 0.0), (10.0, 31.0 - bend), (-6.0, 31.5 - bend)];
    canvas.fill(&Outline::smooth(&flap), tones.shirt.base);
    canvas.ribbon(
        &[(-82.0, 5.0, 0.8), (-6.0, 32.0 - bend, 1.6), (10.0, 31.5 - bend, 1.6), (81.0, 1.0, 0.8)],
        tones.shirt.shade,
    );
    canvas.ribbon(&[(-86.0, 53.0, 0.8), (-30.0, 30.0 - bend * 0.5, 1.0)], tones.shirt.shade.gamma_multiply(0.7));
    canvas.ribbon(&[(86.0, 49.0, 0.8), (32.0, 28.0 - bend * 0.5, 1.0)], tones.shirt.shade.gamma_multiply(0.7));
    crease(canvas, tones, grip);
}

fn paper(canvas: &mut Canvas, tones: &Tones, grip: f32) {
    let bend = grip * 6.0;
    let sheet = [
        (-78.0, -6.0),
        (-78.0, -6.0),
        (0.0, -10.0 - bend),
        (78.0, -8.0),
        (78.0, -8.0),
        (90.0, 54.0),
        (90.0, 54.0),
        (0.0, 58.0 - bend),
        (-90.0, 56.0),
        (-90.0, 56.0),
    ];
    shadow(canvas, at(0.0, 54.0), 94.0);
    canvas.fill(&Outline::smooth(&sheet), Color32::from_rgb(0xFB, 0xF7, 0xEE));
    for (row, half) in [(4.0, 44.0), (13.0, 52.0), (22.0, 50.0), (31.0, 54.0), (40.0, 30.0)] {
        canvas.ribbon(
            &[(-54.0, row, 2.2), (0.0 - 54.0 + half, row - bend * 0.5, 2.2), (-54.0 + half * 2.0, row, 2.2)],
            tones.shirt.shade.gamma_multiply(0.75),
        );
    }
    crease(canvas, tones, grip);
}

fn bag(canvas: &mut Canvas, tones: &Tones) {
    let leather = Color32::from_rgb(0x6E, 0x46, 0x36);
    let dark = Color32::from_rgb(0x52, 0x32, 0x27);
    shadow(canvas, at(0.0, 52.0), 104.0);
    for lift in [0.0, 9.0] {
        let strap = if lift > 0.0 { leather } else { dark };
        canvas.ribbon(
            &[
                (-44.0, -52.0 + lift, 6.0),
                (-34.0, -96.0 + lift, 6.0),
                (0.0, -110.0 + lift, 6.0),
                (34.0, -96.0 + lift, 6.0),
                (44.0, -52.0 + lift, 6.0),
            ],
            strap,
        );
    }
    let body = [(0.0, -60.0), (54.0, -58.0), (70.0, -50.0), (84.0, 0.0), (88.0, 40.0), (76.0, 54.0), (0.0, 56.0)];
    canvas.fill(&Outline::symmetric(&body), leather);
    let flap = [(0.0, -61.0), (54.0, -59.0), (70.0, -50.0), (74.0, -22.0), (46.0, -8.0), (0.0, -4.0)];
    canvas.fill(&Outline::symmetric(&flap), dark.lerp_to_gamma(leather, 0.45));
    canvas.ribbon(
        &[(-74.0, -22.0, 0.8), (-46.0, -7.0, 1.8), (0.0, -3.0, 2.0), (46.0, -7.0, 1.8), (74.0, -22.0, 0.8)],
        dark,
    );
    canvas.fill(
        &Outline::rounded(Rect::from_center_size(Pos2::new(0.0, -5.0), vec2(16.0, 11.0)), 3.0),
        tones.shirt.shade,
    );
}

fn parcel(canvas: &mut Canvas) {
    let card = Color32::from_rgb(0xC6, 0x9C, 0x6C);
    let dark = Color32::from_rgb(0xA4, 0x7B, 0x4E);
    shadow(canvas, at(0.0, 54.0), 112.0);
    canvas.fill(
        &Outline::straight(&[(-82.0, -52.0), (82.0, -52.0), (96.0, -30.0), (-96.0, -30.0)]),
        Color32::from_rgb(0xD6, 0xB0, 0x82),
    );
    canvas.fill(&Outline::straight(&[(-96.0, -30.0), (96.0, -30.0), (96.0, 56.0), (-96.0, 56.0)]), card);
    canvas.fill(
        &Outline::straight(&[(-14.0, -52.0), (14.0, -52.0), (16.0, -30.0), (-16.0, -30.0)]),
        Color32::from_rgb(0xE4, 0xCC, 0xA4),
    );
    canvas.fill(
        &Outline::straight(&[(-16.0, -30.0), (16.0, -30.0), (16.0, -4.0), (-16.0, -4.0)]),
        Color32::from_rgb(0xDA, 0xBE, 0x92),
    );
    canvas.ribbon(&[(-95.0, -30.0, 1.2), (0.0, -30.0, 1.6), (95.0, -30.0, 1.2)], dark);
    canvas.fill(
        &Outline::rounded(Rect::from_min_size(at(-40.0, 6.0), vec2(80.0, 36.0)), 2.0),
        Color32::from_rgb(0xF6, 0xF0, 0xE2),
    );
    for (row, half) in [(15.0, 26.0), (23.0, 30.0), (31.0, 18.0)] {
        canvas.ribbon(&[(-32.0, row, 2.0), (-32.0 + half * 2.0, row, 2.0)], dark.gamma_multiply(0.7));
    }
}

/// Folds that come into paper under a grip.
fn crease(canvas: &mut Canvas, tones: &Tones, grip: f32) {
    let ink = tones.shirt.shade.gamma_multiply(grip.clamp(0.0, 1.0));
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        canvas.ribbon(&[(s(52.0), 12.0, 0.8), (s(38.0), 16.0 - grip * 4.0, 2.0), (s(22.0), 15.0, 0.8)], ink);
        canvas.ribbon(&[(s(50.0), 36.0, 0.8), (s(34.0), 40.0 - grip * 4.0, 2.0), (s(20.0), 42.0, 0.8)], ink);
    }
}

fn shadow(canvas: &mut Canvas, centre: Pos2, half: f32) {
    canvas.fill(&Outline::oval(centre, vec2(half, 9.0)), Color32::from_black_alpha(40));
}
