//! The face, in its own units: the eyes' middle at (0, 0), chin at about (0, 102), temples at about ±71.

use egui::{Color32, Vec2, vec2};

use super::canvas::{Canvas, at};
use super::expression::Expression;
use super::eyes;
use super::outline::Outline;
use super::person::{Build, Person};
use super::tones::Tones;

pub(super) fn draw(canvas: &mut Canvas, person: &Person<'_>, build: &Build, shown: &Expression) {
    let tones = person.tones;
    let head = head(build, shown);
    ears(canvas, tones);
    canvas.fill(&head, tones.skin.base);
    planes(canvas, tones, &head);
    flush(canvas, tones, shown);
    // Features shift a little with the gaze, as on a head that turns.
    let turn = vec2(shown.gaze.0 * 3.5, shown.gaze.1 * 4.0);
    canvas.placed(at(turn.x, turn.y), Vec2::splat(1.0), 0.0, |canvas| {
        lines(canvas, tones, build, shown);
        // A heavier build has the broader nose.
        canvas.placed(at(0.0, 0.0), vec2(0.55 + 0.45 * build.jaw * build.jaw, 1.0), 0.0, |canvas| nose(canvas, tones));
        canvas.together(|canvas| mouth(canvas, tones, build, shown));
        for side in [-1.0, 1.0] {
            canvas.together(|canvas| eyes::eye(canvas, tones, build, shown, side));
            eyes::brow(canvas, tones, build, shown, side);
        }
    });
}

/// Spectacles, over hair and brows.
pub(super) fn glasses(canvas: &mut Canvas, person: &Person<'_>, shown: &Expression) {
    let rim = person.tones.hair.line.lerp_to_gamma(Color32::from_rgb(0x3A, 0x2E, 0x2A), 0.7);
    let turn = vec2(shown.gaze.0 * 3.0, shown.gaze.1 * 3.2 + 2.0);
    canvas.placed(at(turn.x, turn.y), Vec2::splat(1.0), 0.0, |canvas| {
        for side in [-1.0_f32, 1.0] {
            let lens = [
                (11.0, -3.0),
                (17.0, -14.5),
                (35.0, -17.5),
                (52.0, -13.0),
                (57.0, 1.0),
                (50.0, 17.0),
                (34.0, 21.5),
                (18.0, 16.0),
            ];
            let glass: Vec<_> = lens.iter().map(|&(x, y)| (x * side, y)).collect();
            let glass = Outline::smooth(&glass);
            canvas.fill(&glass, Color32::from_white_alpha(18));
            canvas.ring(&glass, 2.4, rim);
            canvas.ribbon(&[(57.0 * side, -3.0, 2.4), (72.0 * side, -6.0, 2.2)], rim);
            canvas.ribbon(
                &[(24.0 * side + 4.0, -9.0, 1.6), (20.0 * side + 4.0, -1.0, 1.0)],
                Color32::from_white_alpha(90),
            );
        }
        canvas.ribbon(&[(-11.5, -4.0, 2.2), (0.0, -7.5, 2.6), (11.5, -4.0, 2.2)], rim);
    });
}

/// Skull and jaw. The jaw drops as the mouth opens.
fn head(build: &Build, shown: &Expression) -> Outline {
    let drop = shown.mouth_open * 6.0;
    let jaw = build.jaw;
    let sag = (build.years - 1.0).max(0.0);
    Outline::symmetric(&[
        (0.0, -106.0),
        (40.0, -97.0),
        (64.0, -64.0),
        (71.0, -20.0),
        (69.5, 18.0),
        (64.0 * jaw + sag * 1.5, 48.0 + drop * 0.3),
        (52.0 * jaw * jaw + sag * 4.0, 75.0 + drop * 0.7),
        (31.0 * jaw * jaw + sag * 2.0, 95.0 + drop),
        (13.0 * jaw * jaw, 104.0 + drop),
        (0.0, 105.5 + drop),
    ])
}

fn ears(canvas: &mut Canvas, tones: &Tones) {
    for side in [-1.0, 1.0] {
        let outer = [(66.0, -12.0), (76.0, -16.0), (82.0, -6.0), (80.0, 14.0), (74.0, 31.0), (66.0, 34.0)];
        let inner = [(70.0, -5.0), (76.0, -8.0), (77.5, 2.0), (74.0, 14.0), (70.0, 16.0)];
        let sided = |points: &[(f32, f32)]| points.iter().map(|&(x, y)| (x * side, y)).collect::<Vec<_>>();
        canvas.fill(&Outline::smooth(&sided(&outer)), tones.skin.base);
        canvas.fill(&Outline::smooth(&sided(&inner)), tones.skin.shade);
    }
}

/// The light comes from the left: the far side lies in shade, the brow and the near cheek catch it.
fn planes(canvas: &mut Canvas, tones: &Tones, head: &Outline) {
    let far = Outline::smooth(&[
        (92.0, -120.0),
        (60.0, -90.0),
        (54.0, -52.0),
        (59.0, -20.0),
        (56.0, 18.0),
        (45.0, 50.0),
        (36.0, 74.0),
        (20.0, 94.0),
        (-4.0, 104.0),
        (10.0, 122.0),
        (92.0, 122.0),
    ]);
    canvas.fill_within(&far, head, tones.skin.shade.gamma_multiply(0.42));
    canvas.glow(at(-30.0, 24.0), vec2(34.0, 26.0), tones.skin.light.gamma_multiply(0.55));
    canvas.glow(at(-12.0, -52.0), vec2(48.0, 30.0), tones.skin.light.gamma_multiply(0.5));
    // The brow bone shades the sockets.
    for side in [-1.0_f32, 1.0] {
        canvas.glow(at(31.0 * side, -6.0), vec2(30.0, 19.0), tones.skin.shade.gamma_multiply(0.55));
    }
}

fn flush(canvas: &mut Canvas, tones: &Tones, shown: &Expression) {
    // A cheek has some colour at rest, which goes with fear.
    let strength = (0.09 + if shown.flush > 0.0 { 0.21 } else { 0.08 } * shown.flush).max(0.0);
    let (pale, flushed) = ((-shown.flush).max(0.0), shown.flush.max(0.0));
    for side in [-1.0_f32, 1.0] {
        canvas.glow(at(43.0 * side, 33.0), vec2(29.0, 23.0), tones.flush.gamma_multiply(strength));
    }
    canvas.glow(at(0.0, 34.0), vec2(17.0, 13.0), tones.flush.gamma_multiply(0.05 * (1.0 - pale) + 0.2 * flushed));
    canvas.glow(at(0.0, 88.0), vec2(30.0, 13.0), tones.flush.gamma_multiply(0.12 * flushed));
}

/// What years and moods have drawn: never more than a few lines.
fn lines(canvas: &mut Canvas, tones: &Tones, build: &Build, shown: &Expression) {
    let years = build.years;
    let ink = |strength: f32| tones.skin.line.gamma_multiply(strength.clamp(0.0, 1.0) * 0.62);
    let smile = shown.mouth_curve.max(0.0);
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        // From nose to mouth.
        let fold = 0.08 + 0.26 * years + 0.3 * smile + 0.25 * shown.flush.max(0.0);
        canvas.ribbon(&[(s(16.0), 38.0, 1.0), (s(23.0), 47.0, 2.0), (s(28.5), 60.0, 1.0)], ink(fold));
        // Under the eyes.
        let tired = 0.05 + 0.26 * years + 0.15 * shown.worry;
        canvas.ribbon(&[(s(19.0), 13.0, 0.8), (s(30.0), 18.5, 1.8), (s(43.0), 15.5, 0.8)], ink(tired));
        // Beside the eyes and the mouth, with age only.
        let old = (years - 1.0).max(0.0);
        canvas.ribbon(&[(s(54.0), -4.0, 1.2), (s(62.0), -8.0, 0.8)], ink(old * 0.6));
        canvas.ribbon(&[(s(54.5), 1.5, 1.2), (s(63.0), 2.0, 0.8)], ink(old * 0.6));
        canvas.ribbon(&[(s(53.0), 6.5, 1.2), (s(60.5), 11.0, 0.8)], ink(old * 0.5));
        canvas.ribbon(&[(s(28.0), 70.0, 1.2), (s(31.5), 78.0, 1.8), (s(31.0), 86.0, 0.8)], ink(old * 0.6));
        // Between the brows.
        let knit = (-shown.brow * 1.2 - 0.15).max(shown.worry * 0.55);
        canvas.ribbon(&[(s(5.5), -27.0, 0.8), (s(4.8), -20.0, 2.0), (s(6.2), -13.0, 0.8)], ink(knit));
    }
    // Across the forehead.
    let furrow = shown.worry * 0.5 + shown.brow.max(0.0) * 0.5 + (years - 1.0).max(0.0) * 0.42;
    let lift = shown.worry * 2.0;
    canvas.ribbon(&[(-30.0, -45.0, 0.8), (0.0, -48.0 - lift, 1.8), (30.0, -45.0, 0.8)], ink(furrow));
    canvas.ribbon(&[(-22.0, -55.0, 0.8), (2.0, -57.5 - lift, 1.6), (24.0, -55.0, 0.8)], ink(furrow * 0.8));
}

fn nose(canvas: &mut Canvas, tones: &Tones) {
    // The far side of the bridge, then the underside.
    let side = [(3.0, -12.0), (5.0, 6.0), (9.0, 24.0), (14.0, 35.0), (10.0, 39.0), (4.0, 33.0), (2.0, 14.0)];
    canvas.fill(&Outline::smooth(&side), tones.skin.shade.gamma_multiply(0.5));
    let under = [
        (-13.5, 35.5),
        (-12.0, 40.5),
        (-6.0, 42.0),
        (0.0, 45.5),
        (6.0, 42.0),
        (12.0, 40.5),
        (13.5, 35.5),
        (8.0, 38.0),
        (0.0, 40.5),
        (-8.0, 38.0),
    ];
    canvas.fill(&Outline::smooth(&under), tones.skin.shade);
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        canvas.ribbon(
            &[(s(4.0), 41.4, 1.2), (s(7.5), 39.8, 2.4), (s(11.0), 40.6, 1.0)],
            tones.skin.line.gamma_multiply(0.85),
        );
        canvas.ribbon(
            &[(s(12.5), 29.0, 0.8), (s(15.2), 34.5, 1.6), (s(13.0), 40.0, 0.8)],
            tones.skin.line.gamma_multiply(0.4),
        );
    }
    canvas.glow(at(-2.5, 30.0), vec2(6.0, 8.0), tones.skin.light.gamma_multiply(0.8));
}

fn mouth(canvas: &mut Canvas, tones: &Tones, build: &Build, shown: &Expression) {
    let open = shown.mouth_open;
    let full = (1.0 - 0.62 * shown.press) * (1.0 - 0.12 * build.years) * (0.76 + 0.24 * build.lips);
    let half = 22.0 - 2.0 * open + 2.5 * shown.mouth_curve.max(0.0);
    let corner = 64.9 - 6.2 * shown.mouth_curve;
    let top = 64.5 - open * 1.5;
    let bottom = top + 0.6 + open * 13.0;
    let pale = (-shown.flush).max(0.0);
    let lip = tones.skin.base.lerp_to_gamma(tones.lip, (0.4 + 0.55 * build.lips) * (1.0 - 0.45 * pale));
    let upper = lip.lerp_to_gamma(tones.skin.line, 0.22);

    // The inside, with the edge of the teeth.
    let inside = Outline::smooth(&[
        (-half, corner),
        (-half, corner),
        (-half * 0.5, top + 0.5),
        (0.0, top),
        (half * 0.5, top + 0.5),
        (half, corner),
        (half, corner),
        (half * 0.5, bottom - open * 1.5),
        (0.0, bottom),
        (-half * 0.5, bottom - open * 1.5),
    ]);
    canvas.fill(&inside, Color32::from_rgb(0x55, 0x26, 0x28));
    let teeth = Outline::straight(&[(-15.0, top - 4.0), (15.0, top - 4.0), (13.0, top + 3.6), (-13.0, top + 3.6)]);
    canvas.fill_within(
        &teeth,
        &inside,
        Color32::from_rgb(0xF1, 0xE9, 0xDC).gamma_multiply((open * 4.0).clamp(0.0, 1.0)),
    );

    let upper_lip = [
        (-half, corner),
        (-half, corner),
        (-half * 0.55, top - 3.0 * full),
        (-5.0, top - 5.2 * full),
        (0.0, top - 3.6 * full),
        (5.0, top - 5.2 * full),
        (half * 0.55, top - 3.0 * full),
        (half, corner),
        (half, corner),
        (half * 0.5, top + 0.8),
        (0.0, top + 0.9),
        (-half * 0.5, top + 0.8),
    ];
    canvas.fill(&Outline::smooth(&upper_lip), upper);
    let low = bottom + 7.6 * full;
    let lower_lip = [
        (-half, corner),
        (-half, corner),
        (-half * 0.5, bottom - 0.5 - open * 1.5),
        (0.0, bottom - 0.5),
        (half * 0.5, bottom - 0.5 - open * 1.5),
        (half, corner),
        (half, corner),
        (half * 0.55, low - 1.8 * full),
        (0.0, low),
        (-half * 0.55, low - 1.8 * full),
    ];
    canvas.fill(&Outline::smooth(&lower_lip), lip);
    canvas.glow(at(-4.0, bottom + 3.4 * full), vec2(8.0, 2.6 * full), Color32::from_white_alpha(34));

    // The line between the lips carries the mood more than their shape does.
    let parting = tones.skin.line.lerp_to_gamma(Color32::from_rgb(0x50, 0x20, 0x1E), 0.5);
    let sag = (corner - top) * 0.22;
    canvas.ribbon(
        &[
            (-half - 0.5, corner + 0.4, 1.4),
            (-half * 0.5, top + 0.7 + sag, 1.9),
            (0.0, top + 0.9, 1.6),
            (half * 0.5, top + 0.7 + sag, 1.9),
            (half + 0.5, corner + 0.4, 1.4),
        ],
        parting.gamma_multiply(0.9),
    );
    for side in [-1.0_f32, 1.0] {
        let tight = tones.skin.line.gamma_multiply(0.2 + 0.4 * shown.press);
        canvas.ribbon(
            &[
                (side * (half + 2.0), corner - 3.0, 0.8),
                (side * (half + 3.4), corner + 1.0, 1.8),
                (side * (half + 2.0), corner + 4.5, 0.8),
            ],
            tight,
        );
    }
    let chin = tones.skin.shade.gamma_multiply(0.75);
    canvas.ribbon(&[(-11.0, low + 5.5, 1.0), (0.0, low + 7.2, 3.0), (11.0, low + 5.5, 1.0)], chin);
}
