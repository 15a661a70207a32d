//! Neck, shoulders, clothes, arms and hands.

use egui::{Color32, Vec2, vec2};

use crate::scenario::format::v1::{Age, Palette};

use super::canvas::{Canvas, at};
use super::outline::Outline;
use super::person::{Build, DESK, Person, Stance};
use super::tones::Tones;

/// What a palette is worn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Garment {
    Coat,
    Cardigan,
    Jumper,
}

impl Garment {
    fn of(palette: Palette) -> Self {
        match palette {
            Palette::Navy | Palette::Slate => Self::Coat,
            Palette::Rust | Palette::Ochre => Self::Cardigan,
            Palette::Moss | Palette::Plum => Self::Jumper,
        }
    }
}

/// Neck and torso, down past the edge of the counter. Inside, (0, 0) is the pit of the neck.
pub(super) fn torso(canvas: &mut Canvas, person: &Person<'_>, build: &Build, stance: &Stance) {
    canvas.placed(stance.neck, Vec2::splat(1.0), 0.0, |canvas| {
        let tones = person.tones;
        neck(canvas, tones, build, stance);
        let shape = shoulders(build, person.look.age, stance.raised);
        canvas.fill(&Outline::symmetric(&shape), tones.clothes.base);
        arms(canvas, tones, build, stance.raised);
        match Garment::of(person.look.palette) {
            Garment::Coat => coat(canvas, tones, build),
            Garment::Cardigan => cardigan(canvas, tones, build),
            Garment::Jumper => jumper(canvas, tones, build),
        }
    });
}

fn shoulders(build: &Build, age: Age, raised: f32) -> Vec<(f32, f32)> {
    let wide = build.shoulders;
    let round = if age == Age::Old { 9.0 } else { 0.0 };
    vec![
        (0.0, 38.0),
        (18.0, 29.0),
        (build.neck - 1.0, 2.0),
        (build.neck + 12.0, -7.0 - raised * 0.35),
        (build.neck + 40.0, 9.0 - raised * 0.8),
        (wide * 0.78, 26.0 - raised + round * 0.5),
        (wide - 4.0, 46.0 - raised + round),
        (wide + 12.0, 82.0 - raised * 0.6 + round),
        (wide + 20.0, 140.0),
        (wide + 25.0, 240.0),
        (wide + 25.0, 240.0),
        (0.0, 240.0),
    ]
}

fn neck(canvas: &mut Canvas, tones: &Tones, build: &Build, stance: &Stance) {
    let wide = build.neck;
    let jaw = stance.head.y - stance.neck.y + 70.0;
    let column = [
        (0.0, jaw - 30.0),
        (wide, jaw - 20.0),
        (wide, jaw),
        (wide + 1.0, -24.0),
        (wide + 16.0, 2.0),
        (22.0, 40.0),
        (0.0, 56.0),
    ];
    canvas.fill(&Outline::symmetric(&column), tones.skin.base.lerp_to_gamma(tones.skin.shade, 0.35));
    // The jaw's shadow.
    let below = jaw + 44.0;
    let shadow = [
        (0.0, jaw - 28.0),
        (wide - 0.5, jaw - 20.0),
        (wide - 0.5, below - 22.0),
        (wide * 0.6, below - 2.0),
        (0.0, below + 6.0),
    ];
    canvas.fill(&Outline::symmetric(&shadow).moved(vec2(1.0, 0.0)), tones.skin.shade);
    let years = (build.years - 1.0).max(0.0);
    for side in [-1.0_f32, 1.0] {
        let cord = tones.skin.line.gamma_multiply(0.1 + 0.16 * years);
        canvas.ribbon(
            &[(side * wide * 0.62, jaw + 34.0, 0.8), (side * wide * 0.42, -14.0, 2.0), (side * 7.0, 8.0, 0.8)],
            cord,
        );
        canvas.ribbon(&[(side * 9.0, 11.0, 2.6), (side * 30.0, 6.0, 1.2)], tones.skin.shade);
    }
}

/// Where the arms lie against the body, and the shade of the far one.
fn arms(canvas: &mut Canvas, tones: &Tones, build: &Build, raised: f32) {
    let wide = build.shoulders;
    let far = [
        (wide + 2.0, 92.0 - raised * 0.6),
        (wide + 15.0, 140.0),
        (wide + 20.0, 238.0),
        (wide - 22.0, 238.0),
        (wide - 20.0, 160.0),
        (wide - 12.0, 108.0),
    ];
    canvas.fill(&Outline::smooth(&far), tones.clothes.shade.gamma_multiply(0.75));
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        canvas.ribbon(
            &[(s(wide - 16.0), 98.0 - raised * 0.4, 1.4), (s(wide - 27.0), 150.0, 3.6), (s(wide - 30.0), 238.0, 2.6)],
            tones.clothes.line.gamma_multiply(0.7),
        );
        canvas.ribbon(
            &[(s(wide - 30.0), 118.0, 0.8), (s(wide - 48.0), 128.0, 2.0), (s(wide - 62.0), 130.0, 0.8)],
            tones.clothes.shade,
        );
    }
    canvas.ribbon(
        &[
            (-(build.neck + 34.0), 14.0 - raised * 0.8, 1.2),
            (-wide * 0.76, 33.0 - raised, 3.4),
            (-(wide - 10.0), 54.0 - raised, 1.2),
        ],
        tones.clothes.light,
    );
}

fn coat(canvas: &mut Canvas, tones: &Tones, build: &Build) {
    let open = build.neck + 7.0;
    // Blouse, then its collar, then the lapels.
    let blouse = [(0.0, 20.0), (22.0, 4.0), (open + 3.0, -14.0), (open + 8.0, 0.0), (40.0, 50.0), (0.0, 116.0)];
    canvas.fill(&Outline::symmetric(&blouse), tones.shirt.base);
    canvas.ribbon(&[(0.0, 22.0, 1.0), (0.5, 60.0, 1.6), (0.0, 112.0, 1.0)], tones.shirt.shade);
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        let collar = [
            (s(open - 2.0), -20.0),
            (s(open - 2.0), -20.0),
            (s(open + 6.0), -8.0),
            (s(34.0), 34.0),
            (s(34.0), 34.0),
            (s(2.0), 22.0),
            (s(2.0), 22.0),
            (s(20.0), 6.0),
        ];
        canvas.fill(
            &Outline::smooth(&collar),
            if side < 0.0 { tones.shirt.light } else { tones.shirt.base.lerp_to_gamma(tones.shirt.shade, 0.3) },
        );
        canvas.ribbon(&[(s(34.0), 34.0, 0.8), (s(18.0), 29.0, 1.6), (s(2.0), 22.0, 0.8)], tones.shirt.shade);
        let lapel = [
            (s(open + 1.0), -19.0),
            (s(open + 20.0), -8.0),
            (s(76.0), 30.0),
            (s(80.0), 40.0),
            (s(60.0), 46.0),
            (s(74.0), 62.0),
            (s(40.0), 110.0),
            (s(-2.0), 152.0),
            (s(-2.0), 110.0),
            (s(24.0), 66.0),
            (s(42.0), 20.0),
        ];
        canvas.fill(
            &Outline::straight(&lapel),
            if side < 0.0 { tones.clothes.base.lerp_to_gamma(tones.clothes.light, 0.3) } else { tones.clothes.shade },
        );
        canvas.ribbon(
            &[(s(60.0), 46.0, 0.8), (s(50.0), 42.0, 1.6), (s(41.0), 24.0, 0.8)],
            tones.clothes.line.gamma_multiply(0.8),
        );
        canvas.ribbon(
            &[(s(74.0), 62.0, 1.0), (s(41.0), 110.0, 2.0), (s(0.0), 152.0, 1.0)],
            tones.clothes.line.gamma_multiply(0.55),
        );
    }
    canvas.ribbon(&[(-2.0, 152.0, 1.6), (-3.0, 240.0, 2.0)], tones.clothes.line.gamma_multiply(0.7));
    canvas.fill(&Outline::oval(at(7.0, 168.0), vec2(5.0, 5.0)), tones.clothes.line);
}

fn cardigan(canvas: &mut Canvas, tones: &Tones, build: &Build) {
    let open = build.neck + 6.0;
    let top =
        [(0.0, 34.0), (24.0, 24.0), (open - 2.0, -8.0), (open + 4.0, -6.0), (38.0, 60.0), (10.0, 240.0), (0.0, 240.0)];
    canvas.fill(&Outline::symmetric(&top), tones.shirt.base);
    canvas.ribbon(
        &[
            (-(open - 1.0), -10.0, 3.0),
            (-25.0, 23.0, 4.0),
            (0.0, 34.0, 4.0),
            (25.0, 23.0, 4.0),
            (open - 1.0, -10.0, 3.0),
        ],
        tones.shirt.shade,
    );
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        let band = if side < 0.0 { tones.clothes.light } else { tones.clothes.shade };
        canvas.ribbon(
            &[
                (s(open + 1.0), -9.0, 6.0),
                (s(open + 5.0), 2.0, 11.0),
                (s(44.0), 46.0, 13.0),
                (s(24.0), 130.0, 13.0),
                (s(15.0), 240.0, 13.0),
            ],
            band,
        );
        canvas.ribbon(
            &[(s(open + 11.0), 0.0, 0.8), (s(51.0), 48.0, 1.8), (s(31.0), 130.0, 1.8), (s(22.0), 240.0, 1.8)],
            tones.clothes.line.gamma_multiply(0.6),
        );
    }
    for y in [136.0, 178.0] {
        canvas.fill(&Outline::oval(at(23.0 - (y - 136.0) * 0.08, y), vec2(4.4, 4.4)), tones.clothes.line);
    }
}

fn jumper(canvas: &mut Canvas, tones: &Tones, build: &Build) {
    let open = build.neck + 5.0;
    for side in [-1.0_f32, 1.0] {
        let s = |x: f32| x * side;
        let collar = [(s(open - 4.0), -18.0), (s(open + 4.0), -8.0), (s(32.0), 30.0), (s(12.0), 20.0), (s(18.0), 8.0)];
        canvas.fill(&Outline::straight(&collar), if side < 0.0 { tones.shirt.light } else { tones.shirt.base });
    }
    canvas.ribbon(
        &[
            (-(open + 6.0), -10.0, 11.0),
            (-30.0, 22.0, 13.0),
            (0.0, 36.0, 14.0),
            (30.0, 22.0, 13.0),
            (open + 6.0, -10.0, 11.0),
        ],
        tones.clothes.shade,
    );
    canvas.ribbon(
        &[
            (-(open + 12.0), -4.0, 0.8),
            (-34.0, 28.0, 1.6),
            (0.0, 43.0, 1.6),
            (34.0, 28.0, 1.6),
            (open + 12.0, -4.0, 0.8),
        ],
        tones.clothes.line.gamma_multiply(0.5),
    );
    canvas.ribbon(&[(-26.0, 190.0, 0.8), (-60.0, 204.0, 2.4), (-92.0, 200.0, 0.8)], tones.clothes.shade);
}

/// Sleeves from the elbows to the wrists, on the counter.
pub(super) fn forearms(canvas: &mut Canvas, person: &Person<'_>, stance: &Stance, grip: f32) {
    let tones = person.tones;
    let wide = person.build().shoulders;
    let reach = wrist(person, grip);
    let rise = stance.raised * 0.12;
    canvas.placed(at(250.0, DESK), Vec2::splat(1.0), 0.0, |canvas| {
        for side in [-1.0_f32, 1.0] {
            let s = |x: f32| x * side;
            // A soft shadow on the wood.
            canvas.fill(
                &Outline::oval(at(s(wide * 0.5 + reach * 0.5), 46.0), vec2(wide * 0.5, 9.0)),
                Color32::from_black_alpha(36),
            );
            let sleeve = [
                (s(wide + 8.0), -78.0),
                (s(wide + 21.5), -36.0 - rise),
                (s(wide + 26.0), -6.0),
                (s(wide + 25.5), 14.0),
                (s(wide + 15.0), 36.0),
                (s(wide - 20.0), 47.0),
                (s(reach + 4.0), 50.0),
                (s(reach), 46.0),
                (s(reach - 1.0), 16.0),
                (s(reach + 5.0), 12.0),
                (s(wide - 50.0), 4.0),
                (s(wide - 18.0), -18.0 - rise),
                (s(wide - 4.0), -50.0),
            ];
            let shaded = if side < 0.0 { 0.0 } else { 0.72 };
            let colour = tones.clothes.base.lerp_to_gamma(tones.clothes.shade, shaded);
            canvas.fill(&Outline::smooth(&sleeve), colour);
            canvas.ribbon(
                &[(s(wide - 14.0), -22.0 - rise, 1.0), (s(wide - 48.0), 2.0, 3.0), (s(reach + 10.0), 11.5, 1.6)],
                tones.clothes.line.gamma_multiply(0.6),
            );
            canvas.ribbon(
                &[(s(wide + 14.0), -6.0, 0.8), (s(wide - 6.0), 14.0, 2.4), (s(wide - 10.0), 26.0, 0.8)],
                tones.clothes.shade,
            );
            canvas.ribbon(
                &[(s(reach + 4.0), 17.5, 7.0), (s(reach + 2.5), 31.0, 8.0), (s(reach + 7.0), 42.5, 6.0)],
                tones.clothes.shade,
            );
        }
    });
}

/// Both hands, at rest on what they hold or in each other. `grip` 0 to 1.
pub(super) fn hands(canvas: &mut Canvas, person: &Person<'_>, grip: f32) {
    let tones = person.tones;
    let reach = wrist(person, grip);
    let size = if person.build().neck > 39.0 { 1.08 } else { 0.98 };
    let turn = if person.look.holds.is_some() { 0.10 } else { 0.11 };
    // The far hand first: folded, the near one lies over it.
    for side in [1.0_f32, -1.0] {
        let place = at(250.0 + side * (reach + 3.0), DESK + 28.0);
        canvas.placed(place, vec2(-side * size, size), turn, |canvas| {
            canvas.together(|canvas| hand(canvas, tones, grip, person.look.age));
        });
    }
}

/// How far the wrists are from the middle.
fn wrist(person: &Person<'_>, grip: f32) -> f32 {
    // Folded hands that grip draw closer together.
    if person.look.holds.is_some() { 112.0 } else { 62.0 - 9.0 * grip }
}

/// A hand from above, wrist at (0, 0), fingers along x.
fn hand(canvas: &mut Canvas, tones: &Tones, grip: f32, age: Age) {
    let skin = &tones.skin;
    let bend = grip * 17.0;
    let line = skin.line.gamma_multiply(0.6);
    let back = [
        (-7.0, -13.0),
        (12.0, -16.5),
        (32.0, -16.0),
        (42.0 - bend * 0.2, -6.0),
        (41.0 - bend * 0.2, 8.0),
        (33.0, 17.0),
        (12.0, 16.5),
        (-7.0, 13.0),
    ];
    let fingers: [[(f32, f32, f32); 3]; 4] = [
        [(30.0, 12.5, 10.5), (45.0 - bend * 0.2, 17.5 + grip, 10.0), (57.0 - bend, 20.0 + grip, 8.4)],
        [(33.0, 6.0, 11.5), (53.0 - bend * 0.3, 9.5, 11.0), (69.0 - bend, 12.5 + grip, 9.0)],
        [(34.0, -2.0, 12.0), (56.0 - bend * 0.3, -0.5, 11.4), (74.0 - bend, 3.0 + grip, 9.4)],
        [(32.0, -10.0, 12.0), (53.0 - bend * 0.3, -11.0, 11.2), (69.0 - bend, -8.0 + grip, 9.2)],
    ];
    // The hand's own shadow on what it lies on.
    canvas.fill(
        &Outline::smooth(&[
            (6.0, 12.0),
            (40.0, 20.0),
            (62.0 - bend, 27.0),
            (78.0 - bend, 14.0),
            (72.0 - bend, 0.0),
            (20.0, 0.0),
        ]),
        Color32::from_black_alpha(34),
    );
    for finger in fingers {
        let outline: Vec<_> = finger.iter().map(|&(x, y, width)| (x, y, width + 1.8)).collect();
        canvas.ribbon(&outline, skin.shade.lerp_to_gamma(skin.line, 0.35));
        canvas.ribbon(&finger, skin.base);
        let [_, (kx, ky, _), (tx, ty, width)] = finger;
        canvas
            .ribbon(&[(kx - 0.5, ky - width * 0.3, 0.8), (kx + 0.8, ky + width * 0.25, 1.2)], line.gamma_multiply(0.6));
        let nail = Outline::oval(at(tx + 0.8, ty - 0.4), vec2(3.4, width * 0.27));
        canvas.fill(&nail, skin.light.lerp_to_gamma(tones.lip, 0.12));
    }
    canvas.fill(&Outline::smooth(&back), skin.base);
    canvas.glow(at(16.0, -4.0), vec2(22.0, 12.0), skin.light.gamma_multiply(0.6));
    // Knuckles: pale when they grip.
    for (x, y) in [(35.0, -10.0), (38.0, -2.0), (37.0, 6.0), (33.0, 12.5)] {
        canvas.glow(at(x - bend * 0.15, y), vec2(5.0, 4.0), skin.light.gamma_multiply(0.3 + 0.6 * grip));
        canvas.ribbon(
            &[(x + 1.5, y - 2.6, 0.8), (x + 3.2, y, 1.3), (x + 1.5, y + 2.6, 0.8)],
            line.gamma_multiply(0.3 + 0.4 * grip),
        );
    }
    if age == Age::Old {
        for (y, end) in [(-6.0, -8.0), (1.0, 0.0), (7.0, 8.0)] {
            canvas.ribbon(&[(6.0, y * 0.6, 0.8), (20.0, y, 1.4), (32.0, end, 0.8)], line.gamma_multiply(0.45));
        }
    }
    // The thumb, on the body's side.
    let thumb = [(6.0, -11.0, 12.0), (27.0, -21.0 + grip * 2.0, 11.5), (45.0 - bend * 0.4, -22.0 + grip * 3.0, 9.4)];
    let outline: Vec<_> = thumb.iter().map(|&(x, y, width)| (x, y + 0.4, width + 1.8)).collect();
    canvas.ribbon(&outline, skin.shade.lerp_to_gamma(skin.line, 0.2));
    canvas.ribbon(&thumb, skin.base);
    canvas.fill(
        &Outline::oval(at(45.5 - bend * 0.4, -22.6 + grip * 3.0), vec2(3.6, 2.5)),
        skin.light.lerp_to_gamma(tones.lip, 0.12),
    );
}
