//! The caller, on the phone: a face as one imagines it, and a voice that can be seen.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::scenario::vocabulary::Pronoun;

use super::StageView;
use super::canvas::{Canvas, Placement, round_frame, shaded};
use super::colours::StageColours;
use super::expression::Turn;
use super::motion::Alive;
use super::person::Person;

/// Where a portrait ends, in drawing units from the top: below the collar.
const BUST: f32 = 432.0;

/// Draws the card in `rect`.
pub(super) fn draw(painter: &Painter, rect: Rect, view: &StageView<'_>, person: &Person<'_>, alive: &Alive, colours: &StageColours) {
    painter.rect(rect, 12.0, colours.card, Stroke::new(1.0, colours.line), StrokeKind::Inside);
    let is_wide = rect.width() > rect.height() * 1.25;
    let inner = rect.shrink2(vec2(20.0, 16.0).min(rect.size() * 0.08));
    let small = |text: &str, width: f32| painter.layout(text.to_owned(), view.fonts.small.clone(), colours.soft_ink, width);

    let wide_side = inner.height().min(inner.width() * 0.34).max(40.0);
    let column = if is_wide { inner.width() - wide_side - 24.0 } else { inner.width() };
    let name = super::fitting(painter, view.name, &view.fonts.name, colours.ink, column);
    let place = small(view.place, column);
    let imagined = imagined(view.pronoun);
    // Beside the portrait there is one line for both.
    let last = if is_wide { format!("{}, {imagined}", view.call_length) } else { view.call_length.to_owned() };
    let length = small(&last, column);
    let imagined = small(imagined, column);
    let words = name.size().y + place.size().y + imagined.size().y + length.size().y + 24.0;

    let (face_side, mut cursor, left) = if is_wide {
        (wide_side, inner.top(), inner.left() + wide_side + 24.0)
    } else {
        let side = (inner.height() - words - voice_height(inner)).clamp(64.0, 256.0).min(inner.width());
        (side, inner.top() + side + 6.0, inner.left())
    };
    let face_middle = if is_wide { inner.left() + face_side * 0.5 } else { inner.center().x };
    let square = Rect::from_center_size(pos2(face_middle, inner.top() + face_side * 0.5), vec2(face_side, face_side));
    portrait(painter, square, view, person, alive, colours);

    let right = inner.right();
    let mut line = |galley: std::sync::Arc<egui::Galley>, colour: Color32, gap: f32| {
        let x = if is_wide { left } else { (left + right - galley.size().x) * 0.5 };
        let below = cursor + galley.size().y + gap;
        painter.galley(pos2(x, cursor), galley, colour);
        cursor = below;
    };
    if !is_wide {
        line(imagined, colours.soft_ink, 8.0);
    }
    line(name, colours.ink, 2.0);
    line(place, colours.soft_ink, 6.0);
    let bottom = inner.bottom() - length.size().y;
    let voice_area = Rect::from_min_max(pos2(left, cursor), pos2(right, bottom - 4.0));
    if voice_area.height() > 8.0 {
        let half = (voice_area.width() * 0.5).min(150.0);
        let middle = if is_wide { left + half } else { voice_area.center().x };
        let area = Rect::from_center_size(pos2(middle, voice_area.center().y), vec2(half * 2.0, voice_area.height().min(96.0)));
        voice(painter, area, view, alive, colours);
    }
    let x = if is_wide { left } else { (left + right - length.size().x) * 0.5 };
    painter.galley(pos2(x, bottom), length, colours.soft_ink);
}

fn voice_height(inner: Rect) -> f32 {
    (inner.height() * 0.16).clamp(20.0, 72.0)
}

fn imagined(pronoun: Pronoun) -> &'static str {
    match pronoun {
        Pronoun::She => "as you imagine her",
        Pronoun::He => "as you imagine him",
        Pronoun::They => "as you imagine them",
    }
}

fn portrait(painter: &Painter, square: Rect, view: &StageView<'_>, person: &Person<'_>, alive: &Alive, colours: &StageColours) {
    let clipped = painter.with_clip_rect(square.intersect(painter.clip_rect()));
    let pixel = 1.0 / painter.pixels_per_point();
    let top = person.crown() - 20.0;
    let scale = square.width() / (BUST - top);
    let centre = square.center();
    let placement = Placement::new(centre - vec2(250.0, (BUST + top) * 0.5) * scale, scale);
    clipped.add(Shape::mesh(shaded(square, colours.stage_top, colours.stage_bottom)));
    let draw = |pose: &super::Pose| {
        let mut canvas = Canvas::new(placement, pixel, (colours.stage_bottom, colours.air));
        person.draw(&mut canvas, pose);
        canvas
    };
    clipped.add(Shape::mesh(super::crossed(alive, draw)));
    clipped.add(Shape::mesh(round_frame(square, square.width() * 0.5 - 1.0, colours.card, pixel)));
    let rim = if view.reading.turn == Turn::Speaking { colours.calm } else { colours.line };
    painter.circle_stroke(centre, square.width() * 0.5 - 2.0, Stroke::new(2.0, rim));
}

/// The voice: a wave that grows jagged with anger, dots while they pause, a flat line while they are silent.
fn voice(painter: &Painter, area: Rect, view: &StageView<'_>, alive: &Alive, colours: &StageColours) {
    let middle = area.center().y;
    let anger = f32::from(view.reading.meters.anger.min(100)) / 100.0;
    let colour = colours.calm.lerp_to_gamma(colours.heat, ((anger - 0.35) / 0.4).clamp(0.0, 1.0));
    let half = area.width() * 0.5;
    match view.reading.turn {
        Turn::Speaking => {
            let line = wave(area.center(), half, area.height() * 0.46, alive, anger);
            painter.add(Shape::line(line, Stroke::new(2.2, colour)));
        }
        Turn::Pausing => {
            for place in -6_i8..=6 {
                let x = area.center().x + f32::from(place) * half / 6.5;
                painter.circle_filled(pos2(x, middle), 2.2, colours.calm);
            }
        }
        Turn::Finished | Turn::Listening => {
            painter.line_segment([pos2(area.center().x - half, middle), pos2(area.center().x + half, middle)], Stroke::new(1.5, colours.line.lerp_to_gamma(colours.soft_ink, 0.4)));
        }
    }
}

fn wave(centre: Pos2, half: f32, height: f32, alive: &Alive, anger: f32) -> Vec<Pos2> {
    const STEPS: u16 = 140;
    let loud = 0.22 + 0.78 * alive.pose().voice;
    let pace = 2.2 + 2.4 * anger;
    (0..=STEPS)
        .map(|step| {
            let along = f32::from(step) / f32::from(STEPS) * 2.0 - 1.0;
            let phase = along * (7.0 + 5.0 * anger) - alive.clock() * pace;
            let soft = (phase * 1.1).sin() * 0.62 + (phase * 2.3 + 1.0).sin() * 0.3;
            // A triangle has corners where a sine has none.
            let corner = |at: f32| ((at / std::f32::consts::TAU).rem_euclid(1.0) * 4.0 - 2.0).abs() - 1.0;
            let jagged = corner(phase * 2.2) * 0.6 + corner(phase * 5.3 + 0.7) * 0.4;
            let edge = (1.0 - along * along).max(0.0).powf(0.7);
            let swing = (soft + (jagged - soft) * anger) * edge * loud * (0.5 + 0.5 * anger);
            pos2(centre.x + along * half, centre.y - swing * height)
        })
        .collect()
}
