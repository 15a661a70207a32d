use egui::{Key, Rect, Ui, UiBuilder, pos2, vec2};

use super::{Action, View};
use crate::desktop::screens::page::{self, quiet_room};
use crate::desktop::theme::widgets::{Button, link, paragraph, text_row, title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::settings::checked_name;

/// What the screen keeps while it is open.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// What was typed so far.
    pub name: String,
    /// What is wrong with it, once the person has tried to go on.
    problem: Option<String>,
    greeted: bool,
}

/// Draws the first start.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    let whole = ui.available_rect_before_wrap();
    if theme.one_column(whole.width()) {
        page::page(ui, theme, "welcome", |ui| words(ui, theme, view, memory, &mut actions));
        return actions;
    }
    let room = Rect::from_min_size(whole.min, vec2(style::STAGE_WIDTH, whole.height()));
    quiet_room(ui.painter(), theme, room);
    let beside = Rect::from_min_max(pos2(room.right(), whole.top()), whole.max);
    let mut ui = ui.new_child(UiBuilder::new().id_salt("beside").max_rect(beside));
    page::page(&mut ui, theme, "welcome", |ui| {
        // At the height of the eyes, like the customer's words later on.
        ui.add_space((whole.height() * 0.16).round());
        words(ui, theme, view, memory, &mut actions);
    });
    actions
}

fn words(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    paragraph(ui, theme, TextRole::Customer, colors.soft_ink, view.opening);
    title(ui, theme, view.question);
    ui.add_space(2.0 * style::GRID);

    let field = text_row(ui, theme, view.field, &mut memory.name, view.hint);
    page::focus_first(&field, &mut memory.greeted);
    if field.changed() {
        memory.problem = None;
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    match &memory.problem {
        Some(problem) => page::problem(ui, theme, &field, problem),
        None => _ = paragraph(ui, theme, TextRole::Interface, colors.soft_ink, view.about_the_name),
    }
    ui.add_space(style::GRID);
    if Button::primary(&view.go_on).key("Enter").show(ui, theme).clicked() || entered {
        match checked_name(&memory.name) {
            Ok(name) => actions.push(Action::Begin { name }),
            Err(problem) => {
                memory.problem = Some(problem);
                field.request_focus();
            }
        }
    }
    ui.add_space(3.0 * style::GRID);
    for line in &view.reassurance {
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, line);
    }
    ui.add_space(style::GRID);
    if link(ui, theme, view.settings).clicked() {
        actions.push(Action::OpenSettings);
    }
}
