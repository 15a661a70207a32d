use egui::{Key, Rect, Sense, Ui, WidgetInfo, WidgetType, vec2};

use super::chart;
use super::data::{Curve, RunLine, SkillLine, View};
use crate::desktop::screens::page::{choose, head, likely_band};
use crate::desktop::screens::sheet::{Side, page, pressed, two_columns};
use crate::desktop::screens::table::{Column, Row, table};
use crate::desktop::theme::widgets::{Button, Card, keyed_action, link, paragraph, section_title};
use crate::desktop::theme::{TextRole, Theme, style};

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Opens the debrief of a past run, by its attempt's id.
    OpenDebrief(String),
    /// Tries the moments of today again.
    Review,
    /// Back to Home.
    Leave,
}

/// What the screen remembers by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// The skill whose curve is shown, by its place in the list.
    pub skill: usize,
    /// The call of the curve that is read out.
    pub cursor: Option<usize>,
    pub table: bool,
}

/// Draws the skills and the runs, and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    page(ui, theme, "progress", |ui| {
        if head(ui, theme, "Your progress") {
            actions.push(Action::Leave);
        }
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.about);
        if let Some(review) = &view.review
            && Button::primary(review).show(ui, theme).clicked()
        {
            actions.push(Action::Review);
        }
        two_columns(ui, theme, 0.56, |ui, side| match side {
            Side::Left => {
                Card::new().show(ui, theme, |ui| view.skills.iter().for_each(|skill| skill_row(ui, theme, skill)));
                if let Some(curve) = view.curves.get(memory.skill) {
                    learning(ui, theme, view, curve, memory);
                }
            }
            Side::Right => past_runs(ui, theme, view, &mut actions),
        });
    });
    actions
}

fn skill_row(ui: &mut Ui, theme: &Theme, skill: &SkillLine) {
    let colors = &theme.colors;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme.scaled(3.0);
        section_title(ui, theme, skill.label);
        band(ui, theme, skill);
        paragraph(ui, theme, TextRole::Interface, colors.ink, &skill.words);
        if !skill.standing.is_empty() {
            let color = if skill.mastered { colors.calm } else { colors.soft_ink };
            paragraph(ui, theme, TextRole::Small, color, &skill.standing);
        }
        if !skill.cards.is_empty() {
            paragraph(ui, theme, TextRole::Small, colors.soft_ink, &skill.cards);
        }
    });
}

/// The curve of one skill, what is read out of it, and all of it as a table.
fn learning(ui: &mut Ui, theme: &Theme, view: &View, curve: &Curve, memory: &mut Memory) {
    let colors = &theme.colors;
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, "From call to call");
        let skills: Vec<_> = view.skills.iter().enumerate().map(|(place, skill)| (place, skill.label)).collect();
        if let Some(skill) = choose(ui, theme, "Skill", &skills, memory.skill) {
            memory.skill = skill;
        }
        chart::show(ui, theme, curve, &mut memory.cursor);
        let spot = memory.cursor.and_then(|at| curve.spots.get(at));
        // Room for two lines, so that reading along moves nothing below.
        let least = 2.0 * theme.line_height(TextRole::Interface) + style::GRID;
        ui.allocate_ui(vec2(ui.available_width(), least), |ui| {
            ui.set_min_height(least);
            ui.spacing_mut().item_spacing.y = 0.0;
            if let Some(spot) = spot {
                paragraph(ui, theme, TextRole::Strong, colors.ink, &format!("{}, {}", spot.when, spot.title));
                paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &spot.words);
            } else {
                let hint = "Point at the line, or use the arrow keys, to read a call.";
                paragraph(ui, theme, TextRole::Interface, colors.soft_ink, hint);
            }
        });
        let words = if memory.table { "Hide the table" } else { "As a table" };
        if keyed_action(ui, theme, "T", words).clicked() || pressed(ui, Key::T) {
            memory.table = !memory.table;
        }
        if memory.table {
            curve_table(ui, theme, curve);
        }
    });
}

fn curve_table(ui: &mut Ui, theme: &Theme, curve: &Curve) {
    let columns =
        [("Day", 1.0, false), ("Call", 2.2, false), ("Alone", 1.0, true), ("Across", 1.0, true), ("Likely", 1.5, true)];
    let columns = columns.map(|(name, share, number)| Column { name, share, number });
    let numbers: Vec<[String; 3]> = curve
        .spots
        .iter()
        .map(|spot| {
            let [value, low, high] = spot.across;
            [spot.alone.to_string(), value.to_string(), format!("{low} to {high}")]
        })
        .collect();
    let rows: Vec<_> = curve
        .spots
        .iter()
        .zip(&numbers)
        .map(|(spot, numbers)| Row {
            cells: [&spot.when, &spot.title].into_iter().chain(numbers).map(String::as_str).collect(),
            strong: false,
        })
        .collect();
    table(ui, theme, "From call to call", &columns, &rows);
}

/// The reading of a skill, with how far it may be off.
fn band(ui: &mut Ui, theme: &Theme, skill: &SkillLine) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.scaled(22.0)), Sense::hover());
    response.widget_info(|| WidgetInfo {
        value: skill.reading.map(|[value, ..]| f64::from(value)),
        ..WidgetInfo::labeled(WidgetType::ProgressIndicator, true, format!("{}: {}", skill.label, skill.words))
    });
    let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), theme.scaled(12.0)));
    likely_band(ui.painter(), theme, bar, skill.reading, theme.scaled(4.0));
}

fn past_runs(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    section_title(ui, theme, "Your calls");
    if let Some(empty) = view.empty {
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, empty);
    }
    for run in &view.runs {
        if run_row(ui, theme, run) {
            actions.push(Action::OpenDebrief(run.attempt.clone()));
        }
    }
}

/// Whether its debrief is asked for.
fn run_row(ui: &mut Ui, theme: &Theme, run: &RunLine) -> bool {
    let colors = &theme.colors;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme.scaled(1.0);
        paragraph(ui, theme, TextRole::Strong, colors.ink, &run.title);
        paragraph(ui, theme, TextRole::Interface, colors.ink, &run.result);
        paragraph(ui, theme, TextRole::Small, colors.soft_ink, &run.when);
        let open = link(ui, theme, "Open the debrief");
        ui.ctx().accesskit_node_builder(open.id, |node| node.set_label(run.name.as_str()));
        ui.add_space(style::GRID);
        open.clicked()
    })
    .inner
}
