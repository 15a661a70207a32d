use egui::{
    CornerRadius, InnerResponse, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, accesskit,
    pos2, vec2,
};

use super::super::{TextRole, Theme, style};
use super::show_focus;

/// One of a few, side by side, such as the pace. Returns what was chosen in this frame, if anything was.
///
/// `name` is what a screen reader calls the group; it is not drawn.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    options: &[(T, &str)],
    current: T,
) -> InnerResponse<Option<T>> {
    let colors = &theme.colors;
    let padding = vec2(theme.scaled(14.0), theme.scaled(7.0));
    let texts: Vec<_> = options
        .iter()
        .map(|&(option, label)| {
            let (role, color) =
                if option == current { (TextRole::Strong, colors.on_calm) } else { (TextRole::Interface, colors.ink) };
            // As wide as the bolder of the two faces, so that choosing moves nothing.
            let bold = ui.painter().layout_job(theme.job(TextRole::Strong, color, label, f32::INFINITY));
            let text = ui.painter().layout_job(theme.job(role, color, label, f32::INFINITY));
            (text, bold.size().x + 2.0 * padding.x)
        })
        .collect();
    let width = texts.iter().map(|(_, width)| width).sum();
    let height = theme.line_height(TextRole::Strong) + 2.0 * padding.y;
    let (rect, group) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(WidgetType::RadioGroup, ui.is_enabled(), name));

    let corner = CornerRadius::same(style::CORNER);
    ui.painter().rect_filled(rect, corner, colors.card);
    let mut chosen = None;
    let mut left = rect.left();
    let mut focused: Vec<Response> = Vec::new();
    for (index, (&(option, label), (text, width))) in options.iter().zip(texts).enumerate() {
        let segment = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
        left += width;
        let response = ui.interact(segment, group.id.with(index), Sense::click());
        let is_current = option == current;
        response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), is_current, label));
        if response.clicked() {
            chosen = Some(option);
        }
        let fill = match (is_current, response.hovered()) {
            (true, _) => Some(colors.calm),
            (false, true) => Some(colors.chosen),
            (false, false) => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(segment, ends(index, options.len()), fill);
        }
        let at = segment.center() - text.size() / 2.0;
        ui.painter().galley(at, text, colors.ink);
        focused.push(response);
    }
    ui.painter().rect_stroke(rect, corner, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    for response in &focused {
        show_focus(ui.painter(), theme, response, style::CORNER);
    }
    InnerResponse::new(chosen, group)
}

/// The corners of a segment: round where the group ends.
fn ends(index: usize, count: usize) -> CornerRadius {
    let left = if index == 0 { style::CORNER } else { 0 };
    let right = if index + 1 == count { style::CORNER } else { 0 };
    CornerRadius { nw: left, sw: left, ne: right, se: right }
}

/// A row that is on or off: the words to the left, a switch to the right. `clicked()` means: turn it over.
pub fn toggle_row(ui: &mut Ui, theme: &Theme, label: &str, on: bool) -> Response {
    let colors = &theme.colors;
    let switch = vec2(theme.scaled(44.0), theme.scaled(24.0));
    let width = ui.available_width();
    let wrap = (width - switch.x - 16.0).max(0.0);
    let text = ui.painter().layout_job(theme.job(TextRole::Interface, colors.ink, label, wrap));
    let height = text.size().y.max(switch.y) + theme.scaled(12.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, ui.is_enabled(), on, label));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(accesskit::Role::Switch));

    let painter = ui.painter();
    painter.galley(pos2(rect.left(), rect.center().y - text.size().y / 2.0), text, colors.ink);
    let body = Rect::from_min_size(pos2(rect.right() - switch.x, rect.center().y - switch.y / 2.0), switch);
    let round = CornerRadius::same(60);
    let (fill, line) = if on { (colors.calm, colors.calm) } else { (colors.card, colors.soft_ink) };
    painter.rect(body, round, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let radius = switch.y / 2.0 - 4.0;
    let (knob, color) = if on {
        (body.right() - switch.y / 2.0, colors.on_calm)
    } else {
        (body.left() + switch.y / 2.0, colors.soft_ink)
    };
    painter.circle_filled(pos2(knob, body.center().y), radius, color);
    show_focus(painter, theme, &response, style::CORNER);
    response
}
