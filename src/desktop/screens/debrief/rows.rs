//! All the rows: every number opened to what it was made of, and what each turn did.

use egui::{Key, Label, Sense, Ui, WidgetInfo, WidgetType, accesskit, text::LayoutJob, vec2};

use super::data::{Result, SkillRows, TurnRows};
use super::parts::ring;
use super::ui::{Action, Memory, Page, soft, words};
use crate::desktop::screens::sheet::{inline, pressed};
use crate::desktop::theme::widgets::{Button, Card, link, paragraph, section_title, title};
use crate::desktop::theme::{TextRole, Theme, style};

pub(super) fn rows(ui: &mut Ui, theme: &Theme, result: &Result, memory: &mut Memory, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        let back = Button::secondary("Back to the result").key("Esc").show(ui, theme).clicked();
        if back || pressed(ui, Key::Escape) {
            memory.page = Page::Result;
        }
    });
    title(ui, theme, "All the rows");
    soft(
        ui,
        theme,
        "Each row is worth its weight times how well it was shown. A skill is what was shown of what was on offer, less what violations took.",
    );
    for skill in &result.rows {
        let open = memory.open.contains(&skill.skill);
        Card::new().show(ui, theme, |ui| {
            if disclosure(ui, theme, &skill.title, open) {
                if open {
                    memory.open.retain(|other| *other != skill.skill);
                } else {
                    memory.open.push(skill.skill);
                }
            }
            if open {
                skill_rows(ui, theme, skill);
            }
        });
    }
    ui.add_space(style::GRID);
    section_title(ui, theme, "What each turn did");
    for turn in &result.turns {
        turn_rows(ui, theme, turn, actions);
    }
}

/// A line that opens and closes what stands under it.
fn disclosure(ui: &mut Ui, theme: &Theme, label: &str, open: bool) -> bool {
    let colors = &theme.colors;
    let arrow = theme.scaled(16.0);
    let wrap = ui.available_width() - arrow - 8.0;
    let text = ui.painter().layout_job(theme.job(TextRole::Strong, colors.ink, label, wrap));
    let size = vec2(ui.available_width(), text.size().y + theme.scaled(6.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::CollapsingHeader, ui.is_enabled(), label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Button);
        node.set_expanded(open);
    });
    let at = rect.left_center() + vec2(arrow / 2.0, 0.0);
    let reach = theme.scaled(4.5);
    let corners = if open {
        vec![at + vec2(-reach, -reach / 2.0), at + vec2(reach, -reach / 2.0), at + vec2(0.0, reach)]
    } else {
        vec![at + vec2(-reach / 2.0, -reach), at + vec2(reach, 0.0), at + vec2(-reach / 2.0, reach)]
    };
    ui.painter().add(egui::Shape::convex_polygon(corners, colors.calm, egui::Stroke::NONE));
    let left = rect.left_center() + vec2(arrow + 8.0, -text.size().y / 2.0);
    ui.painter().galley(left, text, colors.ink);
    ring(ui, theme, &response);
    response.clicked()
}

fn skill_rows(ui: &mut Ui, theme: &Theme, skill: &SkillRows) {
    let colors = &theme.colors;
    soft(ui, theme, &skill.sum);
    for row in &skill.rows {
        let color = if row.full { colors.calm } else { colors.ink };
        let mut job = LayoutJob::default();
        job.wrap.max_width = ui.available_width();
        job.append(&format!("{}  ", row.credit), 0.0, inline(theme, TextRole::Strong, color));
        job.append(row.indicator, 0.0, inline(theme, TextRole::Interface, colors.ink));
        let place = format!("  {}", row.place);
        job.append(&place, 0.0, inline(theme, TextRole::Small, colors.soft_ink));
        if let Some(detail) = &row.detail {
            job.append(&format!("\n{detail}"), 0.0, inline(theme, TextRole::Interface, colors.soft_ink));
        }
        ui.add(Label::new(job));
    }
    for violation in &skill.violations {
        let mut job = LayoutJob::default();
        job.wrap.max_width = ui.available_width();
        job.append(&format!("{}  ", violation.cost), 0.0, inline(theme, TextRole::Strong, colors.heat));
        job.append(&violation.words, 0.0, inline(theme, TextRole::Interface, colors.ink));
        let place = format!("  {}", violation.place);
        job.append(&place, 0.0, inline(theme, TextRole::Small, colors.soft_ink));
        if let Some(quote) = &violation.quote {
            job.append(&format!("\n{quote}"), 0.0, inline(theme, TextRole::Interface, colors.soft_ink));
        }
        ui.add(Label::new(job));
    }
}

fn turn_rows(ui: &mut Ui, theme: &Theme, turn: &TurnRows, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, &turn.title);
        soft(ui, theme, &turn.heard);
        match &turn.said {
            Some(said) => paragraph(ui, theme, TextRole::Quote, colors.ink, said),
            None => paragraph(ui, theme, TextRole::Interface, colors.ink, "It ended before you answered."),
        };
        for last in &turn.last {
            soft(ui, theme, last);
        }
        words(ui, theme, colors.soft_ink, &turn.moves.join("\n"));
        // The same words on every card, so the turn is in the name.
        let name = format!("Try again from {}", turn.title.to_lowercase());
        if link(ui, theme, &name).clicked() {
            actions.push(Action::TryAgain { encounter: turn.encounter, turn: turn.turn });
        }
    });
}
