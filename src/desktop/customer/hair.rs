//! Hair, in the face's units: what lies behind the head, and what lies over the forehead.

use egui::{Color32, Pos2, vec2};

use crate::scenario::format::v1::{Age, Hair};

use super::canvas::{Canvas, at};
use super::outline::Outline;
use super::person::Person;
use super::tones::{Material, Tones};

/// What is seen past the head and the neck; drawn before both.
pub(super) fn behind(canvas: &mut Canvas, person: &Person<'_>) {
    let hair = &person.tones.hair;
    match person.look.hair {
        Hair::Short | Hair::Bald => {}
        Hair::Bob => {
            let back = [
                (0.0, -128.0),
                (56.0, -116.0),
                (86.0, -66.0),
                (91.0, 0.0),
                (90.0, 58.0),
                (78.0, 88.0),
                (54.0, 92.0),
                (0.0, 80.0),
            ];
            canvas.fill(&Outline::symmetric(&back), hair.shade);
        }
        Hair::Bun => {
            let bun = [(0.0, -166.0), (26.0, -160.0), (38.0, -138.0), (30.0, -114.0), (0.0, -106.0)];
            canvas.fill(&Outline::symmetric(&bun).moved(vec2(8.0, 0.0)), hair.base);
            strands(
                canvas,
                hair.shade,
                &[
                    &[(-18.0, -128.0), (4.0, -150.0), (34.0, -146.0)],
                    &[(-10.0, -118.0), (14.0, -132.0), (42.0, -126.0)],
                ],
            );
            strands(canvas, hair.light, &[&[(-20.0, -144.0), (-6.0, -158.0), (14.0, -161.0)]]);
            let back = [(0.0, -122.0), (52.0, -110.0), (78.0, -66.0), (80.0, -14.0), (74.0, 26.0), (0.0, 40.0)];
            canvas.fill(&Outline::symmetric(&back), hair.shade);
        }
        Hair::Long => {
            let back = [
                (0.0, -128.0),
                (56.0, -116.0),
                (86.0, -66.0),
                (93.0, 6.0),
                (97.0, 80.0),
                (106.0, 140.0),
                (92.0, 192.0),
                (52.0, 204.0),
                (0.0, 190.0),
            ];
            canvas.fill(&Outline::symmetric(&back), hair.shade);
        }
        Hair::Curly => {
            canvas.fill(&Outline::oval(at(0.0, -42.0), vec2(96.0, 100.0)), hair.shade);
            // A rim of small curls, from one side of the neck over the crown to the other.
            for step in 0_u8..=20 {
                let turn = std::f32::consts::PI * (0.83 + 1.34 * f32::from(step) / 20.0);
                let radius = 17.0 + 3.0 * f32::from(step % 3);
                canvas.fill(
                    &Outline::oval(at(turn.cos() * 93.0, turn.sin() * 97.0 - 40.0), vec2(radius, radius)),
                    hair.shade,
                );
            }
        }
        Hair::Set => {
            let back = [
                (0.0, -134.0),
                (50.0, -126.0),
                (83.0, -92.0),
                (93.0, -44.0),
                (90.0, 2.0),
                (80.0, 30.0),
                (60.0, 40.0),
                (0.0, 40.0),
            ];
            canvas.fill(&Outline::symmetric(&back), hair.shade);
        }
    }
}

/// What frames the face; drawn after it.
pub(super) fn before(canvas: &mut Canvas, person: &Person<'_>) {
    let tones = person.tones;
    match person.look.hair {
        Hair::Short => short(canvas, tones),
        Hair::Bob => bob(canvas, tones),
        Hair::Bun => bun(canvas, tones),
        Hair::Long => long(canvas, tones),
        Hair::Curly => curly(canvas, &tones.hair),
        Hair::Set => set(canvas, tones),
        Hair::Bald => bald(canvas, person),
    }
}

fn short(canvas: &mut Canvas, tones: &Tones) {
    let hair = &tones.hair;
    let cap = [
        (-75.0, 12.0),
        (-80.0, -22.0),
        (-80.0, -66.0),
        (-60.0, -106.0),
        (-22.0, -128.0),
        (24.0, -130.0),
        (62.0, -110.0),
        (81.0, -68.0),
        (80.0, -22.0),
        (75.0, 12.0),
        (75.0, 12.0),
        (69.0, -2.0),
        (68.0, -30.0),
        (61.0, -54.0),
        (56.0, -62.0),
        (30.0, -66.0),
        (-4.0, -74.0),
        (-34.0, -88.0),
        (-46.0, -78.0),
        (-58.0, -62.0),
        (-67.0, -34.0),
        (-69.0, -2.0),
        (-75.0, 12.0),
    ];
    fringe_shadow(canvas, tones, &[(-62.0, -52.0), (-44.0, -72.0), (0.0, -66.0), (40.0, -58.0), (62.0, -50.0)]);
    canvas.fill(&Outline::smooth(&cap), hair.base);
    let sides = [(66.0, -88.0), (80.0, -66.0), (80.0, -22.0), (75.0, 12.0), (69.0, -2.0), (68.0, -30.0), (62.0, -54.0)];
    canvas.fill(&Outline::smooth(&sides), hair.shade);
    let near: Vec<_> = sides.iter().map(|&(x, y)| (-x, y)).collect();
    canvas.fill(&Outline::smooth(&near), hair.shade.gamma_multiply(0.6));
    strands(
        canvas,
        hair.shade,
        &[&[(-36.0, -88.0), (4.0, -80.0), (50.0, -72.0)], &[(-30.0, -98.0), (10.0, -94.0), (58.0, -82.0)]],
    );
    strands(
        canvas,
        hair.light,
        &[&[(-38.0, -106.0), (-4.0, -117.0), (36.0, -110.0)], &[(-40.0, -98.0), (0.0, -106.0), (48.0, -96.0)]],
    );
}

fn bob(canvas: &mut Canvas, tones: &Tones) {
    let hair = &tones.hair;
    fringe_shadow(
        canvas,
        tones,
        &[(-64.0, -20.0), (-46.0, -60.0), (-22.0, -78.0), (20.0, -62.0), (58.0, -42.0), (66.0, -20.0)],
    );
    let sweep = [
        (-26.0, -92.0),
        (-26.0, -92.0),
        (-2.0, -76.0),
        (34.0, -58.0),
        (58.0, -36.0),
        (66.0, 4.0),
        (66.0, 46.0),
        (60.0, 80.0),
        (72.0, 90.0),
        (88.0, 76.0),
        (92.0, 10.0),
        (84.0, -70.0),
        (54.0, -116.0),
        (6.0, -130.0),
        (-30.0, -118.0),
    ];
    let other = [
        (-26.0, -92.0),
        (-26.0, -92.0),
        (-48.0, -68.0),
        (-62.0, -34.0),
        (-66.0, 6.0),
        (-66.0, 46.0),
        (-60.0, 80.0),
        (-72.0, 90.0),
        (-88.0, 76.0),
        (-92.0, 10.0),
        (-85.0, -66.0),
        (-62.0, -106.0),
        (-30.0, -120.0),
    ];
    canvas.fill(&Outline::smooth(&other), hair.base);
    canvas.fill(&Outline::smooth(&sweep), hair.base);
    strands(
        canvas,
        hair.shade,
        &[
            &[(-18.0, -98.0), (36.0, -76.0), (70.0, -34.0), (77.0, 40.0)],
            &[(-34.0, -96.0), (-64.0, -54.0), (-76.0, 4.0), (-74.0, 60.0)],
        ],
    );
    strands(
        canvas,
        hair.light,
        &[&[(-16.0, -110.0), (28.0, -104.0), (62.0, -74.0)], &[(-40.0, -104.0), (-66.0, -72.0), (-78.0, -30.0)]],
    );
}

fn bun(canvas: &mut Canvas, tones: &Tones) {
    let hair = &tones.hair;
    let cap = [
        (-72.0, 10.0),
        (-72.0, 10.0),
        (-79.0, -24.0),
        (-76.0, -72.0),
        (-50.0, -112.0),
        (0.0, -125.0),
        (50.0, -112.0),
        (76.0, -72.0),
        (79.0, -24.0),
        (72.0, 10.0),
        (72.0, 10.0),
        (68.0, -18.0),
        (62.0, -44.0),
        (46.0, -68.0),
        (18.0, -82.0),
        (-10.0, -86.0),
        (-34.0, -74.0),
        (-56.0, -52.0),
        (-67.0, -20.0),
    ];
    fringe_shadow(
        canvas,
        tones,
        &[(-66.0, -14.0), (-54.0, -48.0), (-30.0, -70.0), (0.0, -80.0), (42.0, -64.0), (64.0, -30.0)],
    );
    canvas.fill(&Outline::smooth(&cap), hair.base);
    let far = [
        (20.0, -82.0),
        (46.0, -68.0),
        (62.0, -44.0),
        (68.0, -18.0),
        (72.0, 8.0),
        (79.0, -24.0),
        (76.0, -72.0),
        (58.0, -104.0),
        (44.0, -96.0),
    ];
    canvas.fill(&Outline::smooth(&far), hair.shade.gamma_multiply(0.6));
    strands(
        canvas,
        hair.shade,
        &[
            &[(-12.0, -86.0), (-20.0, -100.0), (-14.0, -119.0)],
            &[(-50.0, -58.0), (-52.0, -88.0), (-30.0, -114.0)],
            &[(26.0, -79.0), (32.0, -98.0), (24.0, -117.0)],
            &[(60.0, -46.0), (60.0, -80.0), (42.0, -110.0)],
        ],
    );
    strands(
        canvas,
        hair.light,
        &[&[(-34.0, -76.0), (-38.0, -98.0), (-22.0, -117.0)], &[(4.0, -86.0), (4.0, -102.0), (6.0, -120.0)]],
    );
}

fn long(canvas: &mut Canvas, tones: &Tones) {
    let hair = &tones.hair;
    fringe_shadow(canvas, tones, &[(-66.0, -6.0), (-52.0, -50.0), (-4.0, -90.0), (52.0, -50.0), (66.0, -6.0)]);
    for side in [-1.0_f32, 1.0] {
        let lock = [
            (-4.0, -100.0),
            (-4.0, -100.0),
            (24.0, -78.0),
            (52.0, -46.0),
            (65.0, 0.0),
            (66.0, 60.0),
            (74.0, 110.0),
            (70.0, 168.0),
            (84.0, 186.0),
            (104.0, 150.0),
            (97.0, 80.0),
            (93.0, 0.0),
            (85.0, -66.0),
            (56.0, -115.0),
            (10.0, -129.0),
            (-4.0, -128.0),
        ];
        let lock: Vec<_> = lock.iter().map(|&(x, y)| ((x + 2.0) * side - 2.0, y)).collect();
        canvas.fill(&Outline::smooth(&lock), hair.base);
        let s = |x: f32| x * side - 2.0;
        strands(
            canvas,
            hair.shade,
            &[
                &[(s(6.0), -106.0), (s(50.0), -74.0), (s(76.0), 0.0), (s(84.0), 90.0), (s(88.0), 160.0)],
                &[(s(4.0), -96.0), (s(40.0), -64.0), (s(68.0), -10.0), (s(74.0), 70.0)],
            ],
        );
        strands(canvas, hair.light, &[&[(s(14.0), -118.0), (s(52.0), -98.0), (s(78.0), -46.0)]]);
    }
}

fn curly(canvas: &mut Canvas, hair: &Material) {
    let curls: [(f32, f32, f32); 17] = [
        (-74.0, 16.0, 17.0),
        (76.0, 16.0, 17.0),
        (-78.0, -12.0, 20.0),
        (80.0, -12.0, 20.0),
        (-76.0, -46.0, 23.0),
        (78.0, -46.0, 23.0),
        (-62.0, -80.0, 26.0),
        (64.0, -82.0, 26.0),
        (-36.0, -104.0, 29.0),
        (38.0, -106.0, 29.0),
        (0.0, -114.0, 31.0),
        (-46.0, -70.0, 16.0),
        (-24.0, -80.0, 18.0),
        (2.0, -82.0, 19.0),
        (27.0, -80.0, 18.0),
        (48.0, -70.0, 16.0),
        (20.0, -100.0, 22.0),
    ];
    for (x, y, radius) in curls {
        canvas.fill(&Outline::oval(at(x, y), vec2(radius, radius * 0.94)), hair.base);
    }
    for (x, y, radius) in curls {
        curl(canvas, hair, at(x, y), radius);
    }
}

/// The light and the shade of one round curl.
fn curl(canvas: &mut Canvas, hair: &Material, centre: Pos2, radius: f32) {
    let arc = |from: f32, to: f32, reach: f32, width: f32| -> Vec<_> {
        (0_u8..=6)
            .map(|step| {
                let along = f32::from(step) / 6.0;
                let turn = (from + (to - from) * along).to_radians();
                let taper = 0.7 + width * (along * (1.0 - along) * 4.0);
                (centre.x + turn.cos() * radius * reach, centre.y + turn.sin() * radius * reach, taper)
            })
            .collect()
    };
    canvas.ribbon(&arc(185.0, 285.0, 0.62, radius * 0.1), hair.light.gamma_multiply(0.7));
    canvas.ribbon(&arc(20.0, 150.0, 0.86, radius * 0.1), hair.shade.gamma_multiply(0.9));
    canvas.ribbon(&arc(330.0, 410.0, 0.42, radius * 0.08), hair.shade.gamma_multiply(0.6));
}

fn set(canvas: &mut Canvas, tones: &Tones) {
    let hair = &tones.hair;
    fringe_shadow(
        canvas,
        tones,
        &[(-66.0, -6.0), (-60.0, -40.0), (-34.0, -58.0), (-6.0, -64.0), (18.0, -54.0), (44.0, -58.0), (64.0, -36.0)],
    );
    let roll = [
        (-78.0, 24.0),
        (-91.0, -4.0),
        (-93.0, -44.0),
        (-82.0, -92.0),
        (-50.0, -126.0),
        (0.0, -136.0),
        (50.0, -126.0),
        (82.0, -92.0),
        (93.0, -44.0),
        (91.0, -4.0),
        (78.0, 24.0),
        (67.0, 14.0),
        (70.0, -8.0),
        (66.0, -30.0),
        (58.0, -48.0),
        (42.0, -62.0),
        (24.0, -60.0),
        (8.0, -66.0),
        (-10.0, -72.0),
        (-34.0, -66.0),
        (-54.0, -50.0),
        (-66.0, -28.0),
        (-70.0, -6.0),
        (-67.0, 14.0),
    ];
    canvas.fill(&Outline::smooth(&roll), hair.base);
    // Waves, as they were put in on a Friday.
    let front = [
        (-56.0, -54.0),
        (-62.0, -84.0),
        (-34.0, -112.0),
        (4.0, -116.0),
        (34.0, -100.0),
        (46.0, -78.0),
        (30.0, -66.0),
        (8.0, -70.0),
        (-10.0, -76.0),
        (-34.0, -70.0),
    ];
    canvas.fill(&Outline::smooth(&front), hair.light.gamma_multiply(0.75));
    let curls: [(f32, f32); 6] =
        [(-79.0, -20.0), (80.0, -22.0), (-77.0, 6.0), (78.0, 6.0), (-74.0, -52.0), (76.0, -54.0)];
    for (x, y) in curls {
        canvas.fill(&Outline::oval(at(x, y), vec2(14.5, 15.5)), hair.base);
        curl(canvas, hair, at(x, y), 15.0);
    }
    strands(
        canvas,
        hair.shade,
        &[
            &[(-58.0, -58.0), (-44.0, -86.0), (-8.0, -94.0), (24.0, -78.0)],
            &[(-66.0, -78.0), (-44.0, -112.0), (2.0, -122.0), (46.0, -104.0), (62.0, -74.0)],
            &[(26.0, -66.0), (48.0, -80.0), (62.0, -62.0)],
        ],
    );
    strands(canvas, tones.hair.light, &[&[(-24.0, -124.0), (10.0, -130.0), (46.0, -118.0)]]);
}

/// A bare crown, with what is left at the sides.
fn bald(canvas: &mut Canvas, person: &Person<'_>) {
    let tones = person.tones;
    let hair = &tones.hair;
    for side in [-1.0_f32, 1.0] {
        let rest =
            [(69.0, 2.0), (76.0, -4.0), (77.0, -30.0), (72.0, -54.0), (62.0, -66.0), (65.0, -44.0), (68.0, -22.0)];
        let rest: Vec<_> = rest.iter().map(|&(x, y)| (x * side, y)).collect();
        // A young bare head is shaved: a shadow of hair, no fringe of it.
        let weight = if person.look.age == Age::Young { 0.28 } else { 0.85 };
        canvas.fill(&Outline::smooth(&rest), hair.base.gamma_multiply(weight));
    }
    canvas.glow(at(-20.0, -82.0), vec2(30.0, 14.0), tones.skin.light.gamma_multiply(0.9));
}

/// The shadow that hair throws on the forehead: just below the hairline, given from left to right.
fn fringe_shadow(canvas: &mut Canvas, tones: &Tones, hairline: &[(f32, f32)]) {
    let spine: Vec<_> = hairline.iter().map(|&(x, y)| (x, y - 3.0, 15.0)).collect();
    canvas.ribbon(&spine, tones.skin.shade.gamma_multiply(0.55));
}

/// A few tapering lines that tell which way the hair lies.
fn strands(canvas: &mut Canvas, colour: Color32, lines: &[&[(f32, f32)]]) {
    for line in lines {
        let last = line.len() - 1;
        let spine: Vec<_> = line
            .iter()
            .enumerate()
            .map(|(place, &(x, y))| (x, y, if place == 0 || place == last { 0.9 } else { 2.8 }))
            .collect();
        canvas.ribbon(&spine, colour);
    }
}
