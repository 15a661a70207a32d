//! The findings as a list: errors first, then warnings. Choosing one leads to its place in the text, its rule to the
//! page that explains it, and what can be mended by itself is mended from here.

mod rule;

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Align, CornerRadius, Id, Key, Modifiers, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    WidgetType, accesskit, pos2, vec2,
};

use super::Action;
use super::ui::Answer;
use crate::desktop::screens::text::ended;
use crate::desktop::theme::widgets::{link, paragraph, section_title, show_focus};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::studio::Studio;
use crate::studio::checking::Checked;

/// How many findings of a kind are listed at first, and how many more each time.
const LISTED: usize = 40;

/// What is known of the text.
#[derive(Debug)]
pub struct View {
    pub checked: Arc<Checked>,
    /// The text has gone on since, and is being looked at.
    pub is_behind: bool,
}

impl View {
    pub fn of(studio: &Studio) -> Self {
        let checked = Arc::clone(studio.checked());
        Self { is_behind: checked.version != studio.document().version(), checked }
    }
}

/// What the pane keeps: the page of a rule that is read, and how much is listed.
#[derive(Debug, Default)]
pub struct Memory {
    page: Option<&'static str>,
    more: usize,
}

/// The keys that hold in Studio wherever the focus is: to the next finding and to the one before.
pub fn everywhere(ui: &Ui, view: &View, caret: usize, answer: &mut Answer) {
    let pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::F8));
    let places = view.checked.findings.iter().filter_map(|finding| finding.span);
    let place = if pressed(Modifiers::SHIFT) {
        let before = places.clone().rfind(|place| place.end < caret);
        before.or_else(|| places.clone().next_back())
    } else if pressed(Modifiers::NONE) {
        places.clone().find(|place| place.start > caret).or_else(|| places.clone().next())
    } else {
        None
    };
    answer.go_to = place.map(Span::range).or(answer.go_to.take());
}

/// Draws the list.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, answer: &mut Answer) {
    if let Some(rule) = memory.page {
        if rule::draw(ui, theme, rule) {
            memory.page = None;
        }
        return;
    }
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 12)).show(ui, |ui| {
        head(ui, theme, view);
        ScrollArea::vertical().id_salt("studio findings").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(style::GRID, theme.scaled(6.0));
            for (severity, title) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings")] {
                group(ui, theme, view, severity, title, memory, answer);
            }
        });
    });
}

/// How many there are, and whether the text has gone on since.
fn head(ui: &mut Ui, theme: &Theme, view: &View) {
    let count = |severity| view.checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let words = told(count(Severity::Error), count(Severity::Warning), view.checked.scenario.is_some());
    let response = paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &words);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Status);
        node.set_label(words.as_str());
        node.set_live(accesskit::Live::Polite);
    });
    let words = if view.is_behind { "Looking at what you wrote since…" } else { "Of the text as it is now." };
    paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, words);
    ui.add_space(theme.scaled(4.0));
}

fn told(errors: usize, warnings: usize, can_be_played: bool) -> String {
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) if can_be_played => "No findings. It can be played.".to_owned(),
        (0, 0) => "No findings.".to_owned(),
        (0, warnings) => format!("{}. It can be played.", counted(warnings, "warning")),
        (errors, 0) => format!("{}. It cannot be played yet.", counted(errors, "error")),
        (errors, warnings) => {
            format!("{} and {}. It cannot be played yet.", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

fn group(
    ui: &mut Ui,
    theme: &Theme,
    view: &View,
    severity: Severity,
    title: &str,
    memory: &mut Memory,
    answer: &mut Answer,
) {
    let checked = &view.checked;
    let of = checked.findings.iter().enumerate().filter(|(_, finding)| finding.severity == severity);
    let of: Vec<(usize, &Diagnostic)> = of.collect();
    if of.is_empty() {
        return;
    }
    section_title(ui, theme, title);
    let listed = LISTED + memory.more;
    for (place, (index, finding)) in of.iter().take(listed).enumerate() {
        // What is the same finding keeps the focus when another comes before it.
        let same = of[..place].iter().filter(|(_, other)| other.message == finding.message).count();
        let id = Id::new(("finding", finding.rule, &finding.message, same));
        if row(ui, theme, id, finding, checked.lines[*index]).clicked() {
            answer.go_to = Some(finding.span.map_or(0..0, Span::range));
        }
        ui.horizontal_wrapped(|ui| {
            ui.add_space(theme.scaled(16.0));
            if link(ui, theme, finding.rule).clicked() {
                memory.page = Some(finding.rule);
            }
            // What it would write belongs to the text that was looked at.
            if let Some(mend) = checked.mends[*index].as_ref().filter(|_| !view.is_behind)
                && link(ui, theme, &mend.title).clicked()
            {
                answer.actions.push(Action::Edit(mend.change.clone()));
            }
        });
    }
    let left = of.len().saturating_sub(listed);
    if left > 0 && link(ui, theme, &format!("{left} more {}", title.to_lowercase())).clicked() {
        memory.more += LISTED;
    }
    ui.add_space(theme.scaled(8.0));
}

/// A finding in full, to be chosen.
fn row(ui: &mut Ui, theme: &Theme, id: Id, finding: &Diagnostic, line: Option<usize>) -> Response {
    let colors = &theme.colors;
    let padding = vec2(theme.scaled(16.0), theme.scaled(6.0));
    let width = ui.available_width();
    let wrap = (width - 2.0 * padding.x).max(40.0);
    let place = line.map_or_else(|| "The whole file".to_owned(), |line| format!("Line {line}"));
    let message = ended(&finding.message);
    let expected = finding.expected.as_ref().map(|expected| format!("Expected: {}", ended(expected)));
    let help = finding.help.as_ref().map(|help| format!("Help: {}", ended(help)));
    let mut job = LayoutJob::default();
    job.wrap.max_width = wrap;
    job.append(&place, 0.0, theme.format(TextRole::SmallStrong, colors.soft_ink));
    job.append(&format!("\n{message}"), 0.0, theme.format(TextRole::Interface, colors.ink));
    for more in expected.iter().chain(&help) {
        job.append(&format!("\n{more}"), 0.0, theme.format(TextRole::Small, colors.soft_ink));
    }
    let text = ui.painter().layout_job(job);
    let (_, rect) = ui.allocate_space(vec2(width, text.size().y + 2.0 * padding.y));
    let response = ui.interact(rect, id, Sense::click());
    let name =
        [Some(format!("{place}: {message}")), expected, help].into_iter().flatten().collect::<Vec<_>>().join(" ");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, ui.is_enabled(), &name));
    let line = if response.hovered() { colors.calm } else { colors.line };
    ui.painter().rect(rect, CornerRadius::same(style::CORNER), colors.card, Stroke::new(1.0, line), StrokeKind::Inside);
    // The edge tells errors from warnings beside the words over them: broad or thin.
    let (edge, color) = match finding.severity {
        Severity::Error => (5.0, colors.heat),
        Severity::Warning => (2.0, colors.gold),
    };
    let edge = Rect::from_min_size(rect.min + vec2(4.0, 6.0), vec2(edge, rect.height() - 12.0));
    ui.painter().rect_filled(edge, CornerRadius::same(1), color);
    ui.painter().galley(pos2(rect.left() + padding.x, rect.top() + padding.y), text, colors.ink);
    show_focus(ui.painter(), theme, &response, style::CORNER);
    if response.gained_focus() {
        ui.scroll_to_rect(rect, None::<Align>);
    }
    response
}
