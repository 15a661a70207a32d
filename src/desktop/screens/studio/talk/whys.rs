//! Why something is not on offer: its condition, part by part, with the part that is in the way marked.

use egui::{CornerRadius, Pos2, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::{Memory, Pen};
use crate::desktop::screens::page::close;
use crate::desktop::screens::text::few_words;
use crate::desktop::theme::widgets::{link, paragraph, show_focus};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::live::{Hidden, Part};

/// A reply, a tile or a choice that is not on offer; opened, why.
pub(super) fn hidden(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory, hidden: &Hidden) {
    let key = format!("{}: {}", pen.present.node(), hidden.name);
    let is_open = memory.open.contains(&key);
    let name = format!("Not on offer: {}", hidden.text);
    if fold(ui, pen.theme, &name, &few_words(&hidden.text), is_open).clicked() {
        turn_over(memory, key, is_open);
    }
    if is_open {
        tree(ui, pen, &hidden.why);
    }
}

/// What else the node says in other states.
pub(super) fn lines(ui: &mut Ui, pen: &mut Pen<'_>, memory: &mut Memory) {
    let lines = &pen.present.lines;
    if lines.len() < 2 {
        return;
    }
    let key = format!("lines of {}", pen.present.node());
    let is_open = memory.open.contains(&key);
    if fold(ui, pen.theme, "Other lines of this node", "Other lines of this node", is_open).clicked() {
        turn_over(memory, key, is_open);
    }
    if !is_open {
        return;
    }
    let theme = pen.theme;
    for line in lines {
        close(ui, |ui| {
            let several =
                if line.variants > 1 { format!(", one of {} by the seed", line.variants) } else { String::new() };
            let head = match (line.is_said, &line.why) {
                (true, _) => format!("Said in this turn{several}"),
                (false, Some(why)) if why.holds => "Would be said now, if nothing before it is".to_owned(),
                (false, Some(_)) => "Not said".to_owned(),
                (false, None) => "Said where no condition holds".to_owned(),
            };
            let color = if line.is_said { theme.colors.calm } else { theme.colors.soft_ink };
            paragraph(ui, theme, TextRole::SmallStrong, color, &head);
            if link(ui, theme, &few_words(&line.text)).clicked() {
                pen.go_to(&line.path);
            }
        });
        if let Some(why) = &line.why {
            tree(ui, pen, why);
        }
    }
}

fn turn_over(memory: &mut Memory, key: String, is_open: bool) {
    if is_open {
        memory.open.remove(&key);
    } else {
        memory.open.insert(key);
    }
}

/// Something that opens: greyed words, and whether it is open. `name` is what a screen reader calls it.
fn fold(ui: &mut Ui, theme: &Theme, name: &str, words: &str, is_open: bool) -> Response {
    let colors = &theme.colors;
    let padding = vec2(theme.scaled(17.0), theme.scaled(8.0));
    let mark = theme.scaled(22.0);
    let width = ui.available_width();
    let wrap = (width - 2.0 * padding.x - mark).max(0.0);
    let text = ui.painter().layout_job(theme.job(TextRole::Interface, colors.soft_ink, words, wrap));
    let (rect, response) = ui.allocate_exact_size(vec2(width, text.size().y + 2.0 * padding.y), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_expanded(is_open);
        node.set_description("Enter tells why.");
    });
    let line = if response.hovered() { colors.calm } else { colors.line };
    let corner = CornerRadius::same(style::CORNER);
    ui.painter().rect(rect, corner, colors.paper, Stroke::new(1.0, line), StrokeKind::Inside);
    let middle = pos2(rect.left() + padding.x + theme.scaled(5.0), rect.top() + padding.y + text_middle(theme));
    arrow(ui, theme, middle, is_open);
    ui.painter().galley(pos2(rect.left() + padding.x + mark, rect.top() + padding.y), text, colors.soft_ink);
    show_focus(ui.painter(), theme, &response, style::CORNER);
    response
}

fn text_middle(theme: &Theme) -> f32 {
    theme.line_height(TextRole::Interface) / 2.0
}

/// Points to the right, or down where what it stands before is open.
fn arrow(ui: &Ui, theme: &Theme, middle: Pos2, is_open: bool) {
    let reach = theme.scaled(4.0);
    let stroke = Stroke::new(theme.scaled(1.5), theme.colors.soft_ink);
    let (from, tip, to) = if is_open {
        (vec2(-reach, -reach / 2.0), vec2(0.0, reach / 2.0), vec2(reach, -reach / 2.0))
    } else {
        (vec2(-reach / 2.0, -reach), vec2(reach / 2.0, 0.0), vec2(-reach / 2.0, reach))
    };
    ui.painter().line_segment([middle + from, middle + tip], stroke);
    ui.painter().line_segment([middle + tip, middle + to], stroke);
}

/// A condition, part by part; each leads to its place in the text.
fn tree(ui: &mut Ui, pen: &mut Pen<'_>, why: &Part) {
    close(ui, |ui| {
        for (index, (depth, part)) in why.rows().into_iter().enumerate() {
            if ui.push_id(("part", index), |ui| row(ui, pen.theme, depth, part)).inner.clicked() {
                pen.go_to(&part.path);
            }
        }
    });
}

fn row(ui: &mut Ui, theme: &Theme, depth: usize, part: &Part) -> Response {
    let colors = &theme.colors;
    #[expect(clippy::cast_precision_loss, reason = "conditions are at most 32 deep")]
    let indent = theme.scaled(20.0) * (depth + 1) as f32;
    let mark = theme.scaled(22.0);
    let is_false = part.is_in_the_way;
    let is_leaf = part.parts.is_empty();
    let (role, color) = match (is_false, is_leaf) {
        (true, true) => (TextRole::Strong, colors.heat),
        (true, false) => (TextRole::Interface, colors.heat),
        (false, _) => (TextRole::Interface, colors.soft_ink),
    };
    let wrap = (ui.available_width() - indent - mark).max(theme.scaled(80.0));
    let text = ui.painter().layout_job(theme.job(role, color, &part.words, wrap));
    let size = vec2(indent + mark + text.size().x, text.size().y + theme.scaled(4.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, ui.is_enabled(), &part.words));
    let standing = match (is_false, part.holds) {
        (true, _) => "In the way. Leads to its place in the text.",
        (false, true) => "Holds. Leads to its place in the text.",
        (false, false) => "Does not hold, and need not. Leads to its place in the text.",
    };
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(standing));
    let top = rect.top() + theme.scaled(2.0);
    let middle = pos2(rect.left() + indent + theme.scaled(6.0), top + text_middle(theme));
    sign(ui, theme, middle, part);
    let at = pos2(rect.left() + indent + mark, top);
    if response.hovered() {
        let bottom = at.y + text.size().y - theme.scaled(2.0);
        ui.painter().hline(at.x..=at.x + text.size().x, bottom, Stroke::new(1.0, color));
    }
    ui.painter().galley(at, text, color);
    show_focus(ui.painter(), theme, &response, 3);
    response
}

/// A cross before what is in the way, a tick before what holds, a dot before what does not matter.
fn sign(ui: &Ui, theme: &Theme, middle: Pos2, part: &Part) {
    let reach = theme.scaled(4.5);
    let width = theme.scaled(2.0);
    let painter = ui.painter();
    if part.is_in_the_way {
        let stroke = Stroke::new(width, theme.colors.heat);
        painter.line_segment([middle - vec2(reach, reach), middle + vec2(reach, reach)], stroke);
        painter.line_segment([middle + vec2(-reach, reach), middle + vec2(reach, -reach)], stroke);
    } else if part.holds {
        let stroke = Stroke::new(width, theme.colors.calm);
        let foot = middle + vec2(-reach * 0.2, reach * 0.8);
        painter.line_segment([middle + vec2(-reach, 0.0), foot], stroke);
        painter.line_segment([foot, middle + vec2(reach, -reach)], stroke);
    } else {
        painter.circle_filled(middle, theme.scaled(2.0), theme.colors.soft_ink);
    }
}
