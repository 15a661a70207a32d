//! The customer's words, and the lines beside them.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Label, Rect, Ui, accesskit, pos2, vec2};

use crate::desktop::screens::conversation::action::Action;
use crate::desktop::screens::conversation::data::{Below, Hint, Said, View};
use crate::desktop::theme::style::mix;
use crate::desktop::theme::widgets::{paragraph, show_focus};
use crate::desktop::theme::{TextRole, Theme};

/// Lines of speech that room is kept for, so that what stands below does not move with every line.
const LINES: f32 = 4.0;

/// How much higher letters rise than those of a direction, for every point that their size is larger.
const RISE: f32 = 1.16;

/// `before` is how many words were shown in the last frame. Where the words are taller than `room`, they are set
/// smaller: whoever answers a long turn should have it in sight from its first word.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, view: &View, before: usize, room: Option<f32>) {
    let top = ui.cursor().top();
    let width = ui.available_width();
    let set = |ui: &mut Ui, role| ui.fonts_mut(|fonts| fonts.layout_job(job(theme, view, width, role)));
    let mut words = set(ui, TextRole::Customer);
    let mut smaller = [TextRole::Quote, TextRole::SmallQuote].into_iter();
    while let Some(role) = smaller.next().filter(|_| room.is_some_and(|room| words.size().y > room)) {
        words = set(ui, role);
    }
    let response = ui.add(Label::new(words));
    // Read out as it comes, without being asked for.
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
    let least = LINES * theme.line_height(TextRole::Customer);
    let missing = top + room.map_or(least, |room| least.min(room)) - ui.cursor().top();
    if missing > 0.0 && !theme.one_column(ui.ctx().content_rect().width()) {
        ui.add_space(missing);
    }
    if view.stage.words > before {
        let line = theme.line_height(TextRole::Customer);
        let newest = Rect::from_min_size(pos2(response.rect.left(), response.rect.bottom() - line), vec2(1.0, line));
        ui.scroll_to_rect(newest, None);
    }
}

/// `role`: how the words are set.
fn job(theme: &Theme, view: &View, width: f32, role: TextRole) -> LayoutJob {
    let colors = &theme.colors;
    let words = theme.format(role, colors.ink);
    let direction = theme.format(TextRole::Interface, colors.soft_ink);
    // Within a line on the baseline of the words, whose letters rise higher.
    let lower = theme.line_height(role) - RISE * (words.font_id.size - direction.font_id.size);
    let within = TextFormat { line_height: Some(lower), ..direction.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let last = view.speech.len().saturating_sub(1);
    for (index, said) in view.speech.iter().enumerate() {
        let faded = |color: Color32| if index == last { mix(colors.paper, color, view.fade) } else { color };
        let space = if job.text.is_empty() || job.text.ends_with('\n') { "" } else { " " };
        match said {
            Said::Words(text) => {
                let format = TextFormat { color: faded(words.color), ..words.clone() };
                job.append(&format!("{space}{text}"), 0.0, format);
            }
            // At a beginning it has a line of its own.
            Said::Direction(text) if space.is_empty() => job.append(&format!("{text}\n"), 0.0, direction.clone()),
            Said::Direction(text) => {
                let format = TextFormat { color: faded(within.color), ..within.clone() };
                job.append(&format!("{space}{text} \u{2002}"), 0.0, format);
            }
            Said::Break => job.append("\n", 0.0, words.clone()),
            Said::CutOff => job.append("\u{2014}", 0.0, TextFormat { color: colors.heat, ..words.clone() }),
            Said::Objection(text) => job.append(&format!("\n{text}"), 0.0, words.clone()),
            Said::Told(text) => {
                let start = if job.text.is_empty() { "" } else { "\n\n" };
                let format =
                    TextFormat { color: faded(colors.soft_ink), ..theme.format(TextRole::Quote, colors.soft_ink) };
                job.append(&format!("{start}{text}"), 0.0, format);
            }
        }
    }
    let pausing = matches!(&view.below, Below::Listening(listening) if listening.lapse.is_some());
    if pausing {
        job.append(" \u{2026}", 0.0, TextFormat { color: colors.calm, ..words });
    }
    job
}

/// The line that introduces a control; a click or a screen reader's click puts it away.
pub(super) fn hint(ui: &mut Ui, theme: &Theme, hint: &Hint, actions: &mut Vec<Action>) {
    let response = ruled(ui, theme, theme.colors.gold, theme.colors.ink, &hint.words);
    let response = response.interact(egui::Sense::click());
    let name = hint.words.clone();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, name.clone()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description("Puts this line away"));
    if response.clicked() {
        actions.push(Action::HintSeen(hint.control));
    }
    show_focus(ui.painter(), theme, &response, 3);
}

pub(super) fn coach(ui: &mut Ui, theme: &Theme, words: &str) {
    ruled(ui, theme, theme.colors.calm, theme.colors.soft_ink, &format!("Coach: {words}"));
}

/// A paragraph with a line in a colour at its left.
fn ruled(ui: &mut Ui, theme: &Theme, rule: Color32, ink: Color32, words: &str) -> egui::Response {
    let inset = theme.scaled(14.0);
    let width = ui.available_width() - inset;
    let response = ui
        .horizontal(|ui| {
            ui.add_space(inset - ui.spacing().item_spacing.x);
            ui.vertical(|ui| {
                ui.set_max_width(width);
                paragraph(ui, theme, TextRole::Interface, ink, words);
            });
        })
        .response;
    let bar = Rect::from_min_size(response.rect.min, vec2(3.0, response.rect.height()));
    ui.painter().rect_filled(bar, 1.0, rule);
    response
}
