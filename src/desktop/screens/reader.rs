//! Reading a chart: a cursor from spot to spot, moved by the pointer and the arrow keys, and what a screen reader hears.

use egui::{Event, EventFilter, Key, Modifiers, Response, Ui, WidgetInfo, WidgetType, accesskit};

/// Moves the cursor over `count` spots. `nearest`: the spot at this place across.
pub(super) fn move_cursor(
    ui: &Ui,
    response: &Response,
    count: usize,
    nearest: impl Fn(f32) -> usize,
    cursor: &mut Option<usize>,
) {
    let Some(last) = count.checked_sub(1) else { return };
    // One that rests there leaves the cursor to the keys.
    let moves = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::PointerMoved(_))));
    if let Some(pointer) = response.hover_pos().filter(|_| moves) {
        *cursor = Some(nearest(pointer.x));
    }
    if !response.has_focus() {
        return;
    }
    // Otherwise the arrows would move the focus.
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.input_mut(|input| {
        for (key, to) in [
            (Key::ArrowRight, cursor.map_or(0, |at| (at + 1).min(last))),
            (Key::ArrowLeft, cursor.map_or(last, |at| at.saturating_sub(1))),
            (Key::Home, 0),
            (Key::End, last),
        ] {
            if input.consume_key(Modifiers::NONE, key) {
                *cursor = Some(to);
            }
        }
    });
}

/// Tells what the chart shows, and the spot under the cursor as it moves.
pub(super) fn tell(ui: &Ui, response: &Response, name: &str, summary: &str, spot: Option<String>) {
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(summary.to_owned());
        if let Some(spot) = spot {
            node.set_value(spot);
        }
        node.set_live(accesskit::Live::Polite);
    });
}
