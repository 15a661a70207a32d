//! The trainee's own heat: a thin column that rises from the bottom, with marks where heat begins to act for them.

use egui::{Pos2, Rect, Shape, Stroke, pos2};

use super::colours::StageColours;

/// At 75 the next pace slips to quick, at 90 the volume to raised.
pub const MARKS: [u8; 2] = [75, 90];

/// Width of the column in points.
pub const COLUMN: f32 = 8.0;

/// The column in `rect`, filled to `heat`, 0 to 100. The marks reach past its edge by half its width.
pub fn draw(painter: &egui::Painter, rect: Rect, heat: u8, colours: &StageColours) {
    let height_of = |level: u8| rect.bottom() - rect.height() * f32::from(level.min(100)) / 100.0;
    painter.add(Shape::rect_filled(rect, 0.0, colours.track));
    let filled = Rect::from_min_max(pos2(rect.left(), height_of(heat)), rect.right_bottom());
    if heat > 0 {
        painter.add(Shape::rect_filled(filled, 0.0, colours.heat));
    }
    for mark in MARKS {
        let y = height_of(mark);
        let reach = rect.width() * 0.5;
        let ends: [Pos2; 2] = [pos2(rect.left(), y), pos2(rect.right() + reach, y)];
        let stroke = Stroke::new(if mark == 90 { 3.0 } else { 1.5 }, colours.ink);
        painter.line_segment(ends, stroke);
    }
}

/// In words, for those who cannot see the column.
pub fn in_words(heat: u8) -> String {
    let consequence = match heat {
        90.. => "; your volume will slip to raised",
        75..90 => "; your pace will slip to quick",
        _ => "",
    };
    format!("Your own heat: {} of 100{consequence}", heat.min(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_name_what_the_marks_mean() {
        assert_eq!(in_words(30), "Your own heat: 30 of 100");
        assert_eq!(in_words(80), "Your own heat: 80 of 100; your pace will slip to quick");
        assert_eq!(in_words(95), "Your own heat: 95 of 100; your volume will slip to raised");
    }
}
