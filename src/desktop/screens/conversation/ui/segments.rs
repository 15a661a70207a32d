//! One of a few side by side, each with its key.

use egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::desktop::theme::style::{CORNER, mix};
use crate::desktop::theme::{TextRole, Theme};

/// As the theme's `segmented`, with the key before each label. Returns what was chosen in this frame.
pub fn keyed_segments<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    options: &[(&str, T, &str)],
    current: T,
) -> Option<T> {
    let colors = &theme.colors;
    let padding = vec2(theme.scaled(11.0), theme.scaled(7.0));
    let gap = theme.scaled(7.0);
    let parts: Vec<_> = options
        .iter()
        .map(|&(key, option, label)| {
            let chosen = option == current;
            let ink = if chosen { colors.on_calm } else { colors.ink };
            let soft = if chosen { mix(colors.on_calm, colors.calm, 0.12) } else { colors.soft_ink };
            let role = if chosen { TextRole::Strong } else { TextRole::Interface };
            let cap = ui.painter().layout_job(theme.job(TextRole::SmallStrong, soft, key, f32::INFINITY));
            let text = ui.painter().layout_job(theme.job(role, ink, label, f32::INFINITY));
            // As wide as the bolder of the two faces, so that choosing moves nothing.
            let bold = ui.painter().layout_job(theme.job(TextRole::Strong, ink, label, f32::INFINITY));
            let width = cap.size().x + gap + bold.size().x + 2.0 * padding.x;
            (cap, text, width)
        })
        .collect();
    let height = theme.line_height(TextRole::Strong) + 2.0 * padding.y;
    let whole = vec2(parts.iter().map(|(_, _, width)| width).sum(), height);
    let (rect, group) = ui.allocate_exact_size(whole, Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(WidgetType::RadioGroup, ui.is_enabled(), name));
    ui.painter().rect_filled(rect, CornerRadius::same(CORNER), colors.card);

    let mut chosen = None;
    let mut focused = None;
    let mut left = rect.left();
    let last = options.len().saturating_sub(1);
    for (index, (&(key, option, label), (cap, text, width))) in options.iter().zip(parts).enumerate() {
        let segment = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
        left += width;
        let response = ui.interact(segment, group.id.with(index), Sense::click());
        let is_current = option == current;
        response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), is_current, label));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(key));
        if response.clicked() {
            chosen = Some(option);
        }
        let (near, far) = (if index == 0 { CORNER } else { 0 }, if index == last { CORNER } else { 0 });
        let corner = CornerRadius { nw: near, sw: near, ne: far, se: far };
        if is_current {
            ui.painter().rect_filled(segment, corner, colors.calm);
        } else if response.hovered() {
            ui.painter().rect_filled(segment, corner, colors.chosen);
        }
        let at = segment.left() + padding.x;
        let words = at + cap.size().x + gap;
        ui.painter().galley(pos2(at, segment.center().y - cap.size().y / 2.0), cap, colors.ink);
        ui.painter().galley(pos2(words, segment.center().y - text.size().y / 2.0), text, colors.ink);
        if response.has_focus() {
            focused = Some(segment);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }
    ui.painter().rect_stroke(rect, CornerRadius::same(CORNER), Stroke::new(1.0, colors.line), StrokeKind::Inside);
    if let Some(segment) = focused {
        let ring = Stroke::new(2.0, colors.calm);
        ui.painter().rect_stroke(segment.expand(3.0), CornerRadius::same(CORNER + 3), ring, StrokeKind::Inside);
    }
    chosen
}
