use egui::{CornerRadius, Label, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::person::{Dots, Person};
use super::skills::{Marks, SkillMark};
use super::{Difficulty, portrait};
use crate::desktop::theme::widgets::{paragraph, segmented, show_focus, toggle_row};
use crate::desktop::theme::{TextRole, Theme, style};

/// A row that leads somewhere: what it is, and a line or two about it.
#[derive(Debug, Clone, Copy, Default)]
#[must_use = "a row does nothing until it is shown"]
pub struct Row<'a> {
    pub name: &'a str,
    /// Softer, below the name; one paragraph each.
    pub lines: &'a [&'a str],
    /// At the right, at the height of the name.
    pub aside: &'a str,
    pub person: Option<&'a Person>,
    /// Below the lines: dots and a word.
    pub difficulty: Option<Difficulty>,
    /// Below all of it, small.
    pub skills: &'a [SkillMark],
    /// On a card of its own, or as a line in a list of small things.
    pub on_card: bool,
}

/// Draws a row as wide as there is room. A screen reader hears the name, and the rest as its description.
pub fn row(ui: &mut Ui, theme: &Theme, row: &Row<'_>) -> Response {
    let colors = &theme.colors;
    let padding = if row.on_card { vec2(theme.scaled(16.0), theme.scaled(13.0)) } else { vec2(0.0, theme.scaled(8.0)) };
    let width = ui.available_width();
    let face = if row.person.is_some() { theme.scaled(60.0) } else { 0.0 };
    let before = if row.person.is_some() { face + theme.scaled(16.0) } else { 0.0 };
    let inner = (width - 2.0 * padding.x - before).max(0.0);

    let aside = ui.painter().layout_job(theme.job(TextRole::Interface, colors.soft_ink, row.aside, inner));
    // What stands at the right moves below where the two would not fit side by side.
    let beside = aside.size().x < inner * 0.45;
    let name_wrap = if beside { inner - aside.size().x - theme.scaled(16.0) } else { inner };
    let role = if row.on_card { TextRole::Name } else { TextRole::Strong };
    let ink = if row.on_card { colors.ink } else { colors.calm };
    let name = ui.painter().layout_job(theme.job(role, ink, row.name, name_wrap));
    let mut lines: Vec<_> = row
        .lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| ui.painter().layout_job(theme.job(TextRole::Interface, colors.soft_ink, *line, inner)))
        .collect();
    let mut at_right = None;
    if !row.aside.is_empty() {
        if beside { at_right = Some(aside) } else { lines.push(aside) }
    }
    let dots = row.difficulty.map(|degree| Dots::new(ui, theme, degree));
    let marks = Marks::new(ui, theme, row.skills, inner);
    let below = lines.iter().map(|line| line.size().y).sum::<f32>()
        + dots.as_ref().map_or(0.0, |dots| dots.size.y)
        + marks.as_ref().map_or(0.0, |marks| marks.size.y);
    let gap = if row.on_card { theme.scaled(4.0) } else { 0.0 };
    let words = name.size().y + gap + below;
    let (rect, response) = ui.allocate_exact_size(vec2(width, words.max(face) + 2.0 * padding.y), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), row.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let degree = row.difficulty.map_or("", Difficulty::words);
        let skills = row.skills.iter().map(|skill| skill.words.as_str());
        let about = row.lines.iter().copied().chain([row.aside, degree]).chain(skills);
        let about: Vec<&str> = about.filter(|it| !it.is_empty()).collect();
        node.set_description(about.join(" "));
    });

    let ground = if row.on_card { colors.card } else { colors.paper };
    if row.on_card {
        let line = if response.hovered() { colors.calm } else { colors.line };
        let corner = CornerRadius::same(style::CARD_CORNER);
        ui.painter().rect(rect, corner, ground, Stroke::new(1.0, line), StrokeKind::Inside);
    }
    let left = rect.left() + padding.x;
    if let Some(person) = row.person {
        let square = egui::Rect::from_min_size(pos2(left, rect.center().y - face / 2.0), vec2(face, face));
        portrait(ui, theme, person, square, ground);
    }
    let left = left + before;
    let mut y = rect.center().y - words / 2.0;
    if let Some(aside) = at_right {
        let place = pos2(rect.right() - padding.x - aside.size().x, y + (name.size().y - aside.size().y) / 2.0);
        ui.painter().galley(place, aside, colors.soft_ink);
    }
    let underline = pos2(left, y + name.size().y - theme.scaled(2.0));
    let name_width = name.size().x;
    let under_name = y + name.size().y + gap;
    ui.painter().galley(pos2(left, y), name, ink);
    y = under_name;
    if !row.on_card && response.hovered() {
        ui.painter().hline(left..=left + name_width, underline.y, Stroke::new(1.0, ink));
    }
    for line in lines {
        let height = line.size().y;
        ui.painter().galley(pos2(left, y), line, colors.soft_ink);
        y += height;
    }
    if let Some(dots) = dots {
        let height = dots.size.y;
        dots.paint(ui, theme, pos2(left, y));
        y += height;
    }
    if let Some(marks) = marks {
        marks.paint(ui, theme, pos2(left, y));
    }
    show_focus(ui.painter(), theme, &response, style::CARD_CORNER);
    response
}

/// One of a few: side by side where they fit, in as many rows as it takes where they do not.
pub fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    options: &[(T, &str)],
    current: T,
) -> Option<T> {
    let room = ui.available_width();
    let padding = 2.0 * theme.scaled(14.0);
    let mut chosen = None;
    let mut from = 0;
    while from < options.len() {
        let mut width = 0.0;
        let mut to = from;
        while let Some((_, label)) = options.get(to) {
            let text = theme.job(TextRole::Strong, theme.colors.ink, *label, f32::INFINITY);
            width += ui.painter().layout_job(text).size().x + padding;
            if to > from && width > room {
                break;
            }
            to += 1;
        }
        chosen = chosen.or(segmented(ui, theme, name, &options[from..to], current).inner);
        from = to;
    }
    chosen
}

/// A path or an address: broken wherever the width ends, since it may have no spaces.
pub fn anywhere(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    let mut job = theme.job(TextRole::Interface, theme.colors.ink, words, ui.available_width());
    job.wrap.break_anywhere = true;
    ui.add(Label::new(job))
}

/// A line of a list, a small square before it.
pub fn bullet(ui: &mut Ui, theme: &Theme, words: &str) -> Response {
    let colors = &theme.colors;
    let indent = theme.scaled(18.0);
    let wrap = (ui.available_width() - indent).max(0.0);
    let text = ui.painter().layout_job(theme.job(TextRole::Interface, colors.ink, words, wrap));
    let (rect, response) = ui.allocate_exact_size(text.size() + vec2(indent, 0.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words));
    let middle = rect.top() + theme.line_height(TextRole::Interface) / 2.0;
    let side = theme.scaled(5.0);
    let square = egui::Rect::from_center_size(pos2(rect.left() + side, middle), vec2(side, side));
    ui.painter().rect_filled(square, 1.0, colors.soft_ink);
    ui.painter().galley(pos2(rect.left() + indent, rect.top()), text, colors.ink);
    response
}

/// A switch and one line that says what it does. True when it is to be turned over.
pub fn labelled_toggle(ui: &mut Ui, theme: &Theme, label: &str, about: &str, on: bool) -> bool {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let response = toggle_row(ui, theme, label, on);
        if !about.is_empty() {
            let colors = &theme.colors;
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(about));
            paragraph(ui, theme, TextRole::Interface, colors.soft_ink, about);
        }
        response.clicked()
    })
    .inner
}
