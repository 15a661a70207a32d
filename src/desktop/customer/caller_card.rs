//! The caller, on the phone: a face as one imagines it, and a voice that can be seen.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::scenario::vocabulary::{Channel, Pronoun, Upset};

use super::StageView;
use super::canvas::{Canvas, Placement, round_frame, shaded};
use super::colours::StageColours;
use super::expression::Turn;
use super::motion::Alive;
use super::person::Person;

/// Where a portrait ends, in drawing units from the top: below the collar.
const BUST: f32 = 432.0;
/// The voice line's greatest width and least height, in points.
const VOICE_WIDTH: f32 = 300.0;
const VOICE_LEAST: f32 = 28.0;

/// Draws the card in `rect`: the words below the portrait, or beside it where the card is wide.
pub(super) fn draw(
    painter: &Painter,
    rect: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
    painter.rect(rect, 12.0, colours.card, Stroke::new(1.0, colours.line), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(20.0, 16.0).min(rect.size() * 0.08));
    if rect.width() > rect.height() * 1.25 {
        beside(painter, inner, view, person, alive, colours);
    } else {
        below(painter, inner, view, person, alive, colours);
    }
}

fn below(
    painter: &Painter,
    inner: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
    let small = |text: &str| centred(painter, text, &view.fonts.small, colours.soft_ink, inner.width());
    let name = super::fitting(painter, view.name, &view.fonts.name, colours.ink, inner.width());
    let [imagined, place, length] = [imagined(view.pronoun), view.place, view.call_length].map(small);
    let words = name.size().y + place.size().y + imagined.size().y + length.size().y + 24.0;
    let side = (inner.height() - words - voice_height(inner)).clamp(48.0, 256.0).min(inner.width());
    let middle = inner.center().x;
    let square = Rect::from_center_size(pos2(middle, inner.top() + side * 0.5), vec2(side, side));
    portrait(painter, square, view, person, alive, colours);

    let mut y = square.bottom() + 6.0;
    painter.galley(pos2(middle, y), Arc::clone(&imagined), colours.soft_ink);
    y += imagined.size().y + 8.0;
    painter.galley(pos2(middle - name.size().x * 0.5, y), Arc::clone(&name), colours.ink);
    y += name.size().y + 2.0;
    painter.galley(pos2(middle, y), Arc::clone(&place), colours.soft_ink);
    y += place.size().y + 6.0;
    let bottom = inner.bottom() - length.size().y;
    painter.galley(pos2(middle, bottom), length, colours.soft_ink);
    let width = inner.width().min(VOICE_WIDTH);
    let area = Rect::from_min_max(pos2(middle - width * 0.5, y), pos2(middle + width * 0.5, bottom - 4.0));
    voice(painter, area, view, alive, colours);
}

fn beside(
    painter: &Painter,
    inner: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
    let side = inner.height().min(inner.width() * 0.34);
    let square = Rect::from_center_size(pos2(inner.left() + side * 0.5, inner.center().y), vec2(side, side));
    portrait(painter, square, view, person, alive, colours);

    let left = square.right() + 24.0;
    let width = inner.right() - left;
    let small = |text: &str| painter.layout(text.to_owned(), view.fonts.small.clone(), colours.soft_ink, width);
    let name = super::fitting(painter, view.name, &view.fonts.name, colours.ink, width);
    let [imagined, place, length] = [imagined(view.pronoun), view.place, view.call_length].map(small);
    let bottom = inner.bottom() - length.size().y;
    let mut y = inner.top();
    painter.galley(pos2(left, y), Arc::clone(&name), colours.ink);
    y += name.size().y;
    // With large text the voice is worth more than the place, which the setting has told already.
    if y + place.size().y + VOICE_LEAST <= bottom {
        painter.galley(pos2(left, y), Arc::clone(&place), colours.soft_ink);
        y += place.size().y;
    }
    if length.size().x + imagined.size().x + 24.0 <= width {
        painter.galley(pos2(inner.right() - imagined.size().x, bottom), imagined, colours.soft_ink);
    }
    painter.galley(pos2(left, bottom), length, colours.soft_ink);
    let area = Rect::from_min_max(pos2(left, y + 4.0), pos2(left + width.min(VOICE_WIDTH), bottom - 4.0));
    voice(painter, area, view, alive, colours);
}

/// A low strip: the portrait, the name and the caption beside it, and on the phone the voice at the right.
pub(super) fn strip(
    painter: &Painter,
    inner: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
    let side = inner.height().max(1.0);
    let square = Rect::from_min_size(inner.min, vec2(side, side));
    portrait(painter, square, view, person, alive, colours);

    let by_phone = view.channel == Channel::Phone;
    let edge = if by_phone { inner.right() - (inner.width() * 0.22).min(VOICE_WIDTH) } else { inner.right() };
    let left = square.right() + 24.0;
    let width = (edge - left - if by_phone { 24.0 } else { 0.0 }).max(1.0);
    let name = super::fitting(painter, view.name, &view.fonts.name, colours.ink, width);
    let mut words = LayoutJob::simple(view.caption.to_owned(), view.fonts.small.clone(), colours.soft_ink, width);
    // Of what would not fit, a screen reader has the rest.
    let room = inner.height() - name.size().y;
    words.wrap.max_rows = if room < 3.0 * view.fonts.small.size { 1 } else { 2 };
    let caption = view.show_caption.then(|| painter.layout_job(words));
    let height = name.size().y + caption.as_ref().map_or(0.0, |caption| caption.size().y);
    let top = inner.center().y - height * 0.5;
    let below = top + name.size().y;
    painter.galley(pos2(left, top), name, colours.ink);
    if let Some(caption) = caption {
        painter.galley(pos2(left, below), caption, colours.soft_ink);
    }
    if by_phone {
        let length = painter.layout_no_wrap(view.call_length.to_owned(), view.fonts.small.clone(), colours.soft_ink);
        let bottom = inner.bottom() - length.size().y;
        let area = Rect::from_min_max(pos2(edge, inner.top()), pos2(inner.right(), bottom));
        painter.galley(pos2(inner.right() - length.size().x, bottom), length, colours.soft_ink);
        voice(painter, area, view, alive, colours);
    }
}

/// Lines centred on the place where they are drawn.
fn centred(painter: &Painter, text: &str, font: &FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(text.to_owned(), font.clone(), colour, width);
    job.halign = Align::Center;
    painter.layout_job(job)
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

pub(super) fn portrait(
    painter: &Painter,
    square: Rect,
    view: &StageView<'_>,
    person: &Person<'_>,
    alive: &Alive,
    colours: &StageColours,
) {
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

/// The voice: a wave that grows jagged and hot with anger and shakes with fear, dots while they pause, a flat line while
/// they are silent.
fn voice(painter: &Painter, area: Rect, view: &StageView<'_>, alive: &Alive, colours: &StageColours) {
    if area.height() < 6.0 {
        return;
    }
    let middle = area.center().y;
    let upset = f32::from(view.reading.meters.anger.min(100)) / 100.0;
    let (anger, fear) = match view.reading.upset {
        Upset::Anger => (upset, 0.0),
        Upset::Fear => (0.0, upset),
    };
    let colour = colours.calm.lerp_to_gamma(colours.heat, ((anger - 0.35) / 0.4).clamp(0.0, 1.0));
    let half = area.width() * 0.5;
    match view.reading.turn {
        Turn::Speaking => {
            let line = wave(area.center(), half, (area.height() * 0.46).min(44.0), alive, anger, fear);
            painter.add(Shape::line(line, Stroke::new(2.2, colour)));
        }
        Turn::Pausing => {
            for place in -6_i8..=6 {
                let x = area.center().x + f32::from(place) * half / 6.5;
                painter.circle_filled(pos2(x, middle), 2.2, colours.calm);
            }
        }
        Turn::Finished | Turn::Listening => {
            painter.line_segment(
                [pos2(area.center().x - half, middle), pos2(area.center().x + half, middle)],
                Stroke::new(1.5, colours.line.lerp_to_gamma(colours.soft_ink, 0.4)),
            );
        }
    }
}

fn wave(centre: Pos2, half: f32, height: f32, alive: &Alive, anger: f32, fear: f32) -> Vec<Pos2> {
    const STEPS: u16 = 140;
    let loud = 0.22 + 0.78 * alive.pose().voice;
    let upset = anger.max(fear);
    let pace = 2.2 + 2.4 * upset;
    (0..=STEPS)
        .map(|step| {
            let along = f32::from(step) / f32::from(STEPS) * 2.0 - 1.0;
            let phase = along * (7.0 + 5.0 * upset) - alive.clock() * pace;
            let soft = (phase * 1.1).sin() * 0.62 + (phase * 2.3 + 1.0).sin() * 0.3;
            // A triangle has corners where a sine has none.
            let corner = |at: f32| ((at / std::f32::consts::TAU).rem_euclid(1.0) * 4.0 - 2.0).abs() - 1.0;
            let jagged = corner(phase * 2.2) * 0.6 + corner(phase * 5.3 + 0.7) * 0.4;
            let edge = (1.0 - along * along).max(0.0).powf(0.7);
            let shaking = (phase * 9.0).sin() * 0.8;
            let line = soft + (jagged - soft) * anger + (shaking - soft) * 0.45 * fear;
            let swing = line * edge * loud * (0.5 + 0.5 * anger + 0.2 * fear);
            pos2(centre.x + along * half, centre.y - swing * height)
        })
        .collect()
}
