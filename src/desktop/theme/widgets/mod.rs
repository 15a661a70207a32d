//! The small widgets that all screens share.
//!
//! Each takes the [`Theme`] and returns egui's [`Response`] (or, where there is a choice, the choice with it); none
//! changes what it shows. Each can be reached by Tab, is worked by Enter and Space, shows where the focus is by a ring
//! in `calm`, and tells a screen reader its role and its name: the name is the text that can be seen.

mod bar;
mod button;
mod card;
mod choice;
mod rows;
#[cfg(test)]
mod tests;
mod text;

pub use bar::{Bar, Tone};
pub use button::{Button, key_cap, keyed_action, link};
pub use card::{Card, ReplyCard, pill};
pub use choice::{segmented, toggle_row};
pub use rows::{SliderRow, secret_row, text_row};
pub use text::{paragraph, section_title, title};

use egui::{CornerRadius, Painter, Rect, Response, Stroke, StrokeKind};

use super::{Theme, style};

/// The ring around what has the focus, and the scrolling that brings it into sight. `corner`: of what it goes around.
pub fn show_focus(painter: &Painter, theme: &Theme, response: &Response, corner: u8) {
    if response.has_focus() {
        painter.rect_stroke(
            response.rect.expand(3.0),
            CornerRadius::same(corner.saturating_add(3)),
            Stroke::new(2.0, theme.colors.calm),
            StrokeKind::Inside,
        );
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// A ground with a one-pixel outline, or one of two pixels when `chosen`.
fn ground(painter: &Painter, theme: &Theme, rect: Rect, corner: u8, chosen: bool, hovered: bool) {
    let colors = &theme.colors;
    let (fill, stroke) = match (chosen, hovered) {
        (true, _) => (colors.chosen, Stroke::new(2.0, colors.calm)),
        (false, true) => (colors.card, Stroke::new(1.0, colors.calm)),
        (false, false) => (colors.card, Stroke::new(1.0, colors.line)),
    };
    painter.rect(rect, CornerRadius::same(corner), fill, stroke, StrokeKind::Inside);
}

/// A colour of something that cannot be used just now.
fn faded(theme: &Theme, enabled: bool, color: egui::Color32) -> egui::Color32 {
    if enabled { color } else { style::mix(color, theme.colors.paper, 0.45) }
}
