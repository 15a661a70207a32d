use egui::{CornerRadius, Key, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::data::{RunLine, SkillLine, View};
use crate::desktop::screens::sheet::{Side, page, pressed, two_columns};
use crate::desktop::theme::widgets::{Button, Card, link, paragraph, section_title, title};
use crate::desktop::theme::{TextRole, Theme, style};

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Opens the debrief of a past run, by its attempt's id.
    OpenDebrief(String),
    Home,
}

/// What the screen remembers by itself: nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory;

/// Draws the skills and the runs and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, _memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    page(ui, theme, |ui| {
        title(ui, theme, "Progress");
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.about);
        two_columns(ui, theme, 0.56, |ui, side| match side {
            Side::Left => view.skills.iter().for_each(|skill| skill_card(ui, theme, skill)),
            Side::Right => past_runs(ui, theme, &view.runs, &mut actions),
        });
        if Button::secondary("Home").key("Esc").show(ui, theme).clicked() || pressed(ui, Key::Escape) {
            actions.push(Action::Home);
        }
    });
    actions
}

fn skill_card(ui: &mut Ui, theme: &Theme, skill: &SkillLine) {
    let colors = &theme.colors;
    Card::new().chosen(skill.mastered).show(ui, theme, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        section_title(ui, theme, skill.label);
        band(ui, theme, skill);
        paragraph(ui, theme, TextRole::Interface, colors.ink, &skill.words);
        if !skill.standing.is_empty() {
            paragraph(ui, theme, TextRole::Small, colors.soft_ink, &skill.standing);
        }
    });
}

/// From 0 to 100: a pale band from where to where the skill may lie, and a mark at the reading.
fn band(ui: &mut Ui, theme: &Theme, skill: &SkillLine) {
    let colors = &theme.colors;
    let height = theme.scaled(22.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let name = format!("{}: {}", skill.label, skill.words);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, true, &name));
    let painter = ui.painter();
    let thick = theme.scaled(12.0);
    let at = |value: u8| rect.left() + rect.width() * f32::from(value) / 100.0;
    let bar = |from: f32, to: f32| {
        Rect::from_min_max(pos2(from, rect.center().y - thick / 2.0), pos2(to, rect.center().y + thick / 2.0))
    };
    let corner = CornerRadius::same(6);
    painter.rect_filled(bar(rect.left(), rect.right()), corner, colors.track);
    painter.rect_filled(bar(at(skill.low), at(skill.high)), corner, style::mix(colors.track, colors.calm, 0.45));
    let reach = Rect::from_center_size(rect.center(), vec2(0.0, thick + theme.scaled(8.0))).y_range();
    painter.vline(at(skill.value), reach, Stroke::new(3.0, colors.calm));
}

fn past_runs(ui: &mut Ui, theme: &Theme, runs: &[RunLine], actions: &mut Vec<Action>) {
    section_title(ui, theme, "Your runs");
    if runs.is_empty() {
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "None yet.");
    }
    for run in runs {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            // The debrief opens from the words of the run itself.
            if link(ui, theme, &run.words).clicked() {
                actions.push(Action::OpenDebrief(run.attempt.clone()));
            }
            let when = run.note.map_or_else(|| run.when.clone(), |note| format!("{}, {note}", run.when));
            paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, &when);
        });
    }
}
