//! What the quiet screens share: a page of paper that scrolls in one place, two columns that become one, rows that lead
//! somewhere, and a small portrait of a customer.

mod person;
mod room;
mod rows;
mod skills;
#[cfg(test)]
pub(super) mod testing;

pub use person::{Difficulty, Person, difficulty, place, portrait};
pub use room::quiet_room;
pub use rows::{Row, anywhere, bullet, choose, labelled_toggle, row};
pub use skills::{Likely, SkillMark, likely_band};

use egui::{Align, AsIdSalt, Key, Layout, Modifiers, Rect, Response, Ui, UiBuilder, pos2, vec2};

use crate::desktop::customer::StageColours;
use crate::desktop::screens::scroll::scroll;
use crate::desktop::theme::widgets::{keyed_action, paragraph, title};
use crate::desktop::theme::{Appearance, TextRole, Theme, style};

/// The widest that a page grows, in points at 100 %: longer lines are harder to read.
const WIDEST: f32 = 1208.0;
/// Between two columns, in points.
const GUTTER: f32 = 48.0;

/// A page of paper: the screen's margins, and one scroll area as high as the window. `screen`: what is read there, which
/// begins at its top.
pub fn page(ui: &mut Ui, theme: &Theme, screen: impl AsIdSalt, contents: impl FnOnce(&mut Ui)) {
    let whole = ui.available_rect_before_wrap();
    scrolled(ui, theme, whole, screen, contents);
}

/// A page whose last row stays in sight while the rest scrolls: the way on, and the way back.
///
/// In a window so low that it would leave little of the rest, the row scrolls with it.
pub fn page_with_foot(
    ui: &mut Ui,
    theme: &Theme,
    screen: impl AsIdSalt,
    contents: impl FnOnce(&mut Ui),
    foot: impl FnOnce(&mut Ui),
) {
    let whole = ui.available_rect_before_wrap();
    let height = theme.scaled(44.0) + 4.0 * style::GRID;
    if whole.height() < 4.0 * height {
        scrolled(ui, theme, whole, screen, |ui| {
            contents(ui);
            ui.add_space(2.0 * style::GRID);
            ui.horizontal(foot);
        });
        return;
    }
    let edge = whole.bottom() - height;
    scrolled(ui, theme, Rect::from_min_max(whole.min, pos2(whole.right(), edge)), screen, contents);
    ui.painter().hline(whole.x_range(), edge, egui::Stroke::new(1.0, theme.colors.line));
    let below = Rect::from_min_max(pos2(whole.left(), edge), whole.max);
    let room = within_margins(theme, below).shrink2(vec2(0.0, 2.0 * style::GRID));
    ui.scope_builder(
        UiBuilder::new().id_salt("foot").max_rect(room).layout(Layout::left_to_right(Align::Center)),
        foot,
    );
}

fn scrolled(ui: &mut Ui, theme: &Theme, whole: Rect, screen: impl AsIdSalt, contents: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().id_salt("page").max_rect(whole), |ui| {
        scroll(ui, screen, |ui| {
            let room = within_margins(theme, ui.available_rect_before_wrap());
            let column = UiBuilder::new().id_salt("column").max_rect(room).layout(Layout::top_down(Align::Min));
            ui.scope_builder(column, |ui| {
                ui.add_space(style::MARGIN - style::GRID);
                contents(ui);
                ui.add_space(style::MARGIN);
            });
        });
    });
}

/// The page's margins left and right; a wide window leaves the rest at both sides.
fn within_margins(theme: &Theme, rect: Rect) -> Rect {
    let width = (rect.width() - 2.0 * style::MARGIN).min(theme.scaled(WIDEST)).max(0.0);
    Rect::from_center_size(rect.center(), vec2(width, rect.height()))
}

/// Which column is being drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Main,
    Side,
}

/// A main column and a narrower one beside it, `side` points wide at 100 %; one below the other where text is large.
pub fn columns(ui: &mut Ui, theme: &Theme, side: f32, mut draw: impl FnMut(&mut Ui, Column)) {
    if theme.one_column(ui.available_width()) {
        draw(ui, Column::Main);
        ui.add_space(3.0 * style::GRID);
        draw(ui, Column::Side);
        return;
    }
    let room = ui.available_rect_before_wrap();
    let edge = room.right() - theme.scaled(side);
    let mut bottom = room.top();
    for (column, from, to) in [(Column::Main, room.left(), edge - GUTTER), (Column::Side, edge, room.right())] {
        let place = Rect::from_min_max(pos2(from, room.top()), pos2(to, room.bottom()));
        let builder = UiBuilder::new().id_salt(column == Column::Main).max_rect(place);
        let mut ui = ui.new_child(builder.layout(Layout::top_down(Align::Min)));
        draw(&mut ui, column);
        bottom = bottom.max(ui.min_rect().bottom());
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
}

/// The head of a screen with the way back before it. True when the person wants to go back, by the mouse or by Esc.
pub fn head(ui: &mut Ui, theme: &Theme, words: &str) -> bool {
    let back = keyed_action(ui, theme, "Esc", "Back").clicked();
    title(ui, theme, words);
    ui.add_space(style::GRID);
    back || escape(ui)
}

/// Lines that belong together, closer than things that do not.
pub fn close<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        draw(ui)
    })
    .inner
}

/// With a full stop, as a sentence of its own.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

/// Whether Esc was pressed; nobody after this sees it.
pub fn escape(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// Gives the focus to the main action when a screen is drawn for the first time. `greeted` is part of its memory.
pub fn focus_first(response: &Response, greeted: &mut bool) {
    if !*greeted {
        *greeted = true;
        response.request_focus();
    }
}

/// What is wrong with a field, under it: read out when it appears, and with the field.
pub fn problem(ui: &mut Ui, theme: &Theme, field: &Response, words: &str) {
    let said = paragraph(ui, theme, TextRole::Interface, theme.colors.heat, words);
    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_invalid(egui::accesskit::Invalid::True);
        node.set_description(words);
    });
}

fn stage_colours(theme: &Theme) -> StageColours {
    match theme.appearance {
        Appearance::Light => StageColours::LIGHT,
        Appearance::Dark => StageColours::DARK,
    }
}
