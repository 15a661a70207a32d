//! The bottom rows: small actions, pace and volume.

use egui::{Align, Color32, Layout, Response, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::desktop::screens::conversation::action::Action;
use crate::desktop::screens::conversation::data::{Answering, Below, Gesture, View};
use crate::desktop::screens::conversation::ui::segments::keyed_segments;
use crate::desktop::theme::widgets::{Button, keyed_action};
use crate::desktop::theme::{TextRole, Theme};
use crate::scenario::vocabulary::{Pace, Volume};

/// Key, what it sets, its label.
pub const PACES: [(&str, Pace, &str); 3] =
    [("Q", Pace::Slow, "Slow"), ("W", Pace::Even, "Even"), ("E", Pace::Quick, "Quick")];
/// Key, what it sets, its label.
pub const VOLUMES: [(&str, Volume, &str); 2] = [("A", Volume::Level, "Level"), ("S", Volume::Raised, "Raised")];

/// The room that *Say it* needs, in points at 100 %.
const SAY_IT: f32 = 150.0;

/// All of them, in two columns.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
    preset(ui, theme, view, actions);
    gestures(ui, theme, view, actions);
    ui.horizontal_wrapped(|ui| {
        delivery(ui, theme, view, actions);
        if let Below::Answering(answering) = &view.below {
            if ui.available_size_before_wrap().x < theme.scaled(SAY_IT) {
                ui.end_row();
                say_it(ui, theme, answering, actions);
            } else {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| say_it(ui, theme, answering, actions));
            }
        }
    });
}

/// The small actions.
pub(super) fn gestures(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        for gesture in &view.gestures {
            small_action(ui, theme, gesture, actions);
        }
    });
}

/// Pace and volume.
pub(super) fn delivery(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    let Some(delivery) = &view.delivery else { return };
    if let Some(pace) = keyed_segments(ui, theme, "Pace", &PACES, delivery.pace) {
        actions.push(Action::SetPace(pace));
    }
    if let Some(volume) = keyed_segments(ui, theme, "Volume", &VOLUMES, delivery.volume) {
        actions.push(Action::SetVolume(volume));
    }
}

/// What the trainee's own heat has done to the next reply: where *Say it* stands, so that nobody overlooks it.
pub(super) fn preset(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    if let Some(preset) = view.delivery.as_ref().and_then(|delivery| delivery.preset.as_ref()) {
        ui.horizontal_wrapped(|ui| {
            in_line(ui, theme, theme.colors.heat, preset);
            if Button::secondary("Set back").key("X").show(ui, theme).clicked() {
                actions.push(Action::SetBack);
            }
        });
    }
}

/// Says what is chosen.
pub(super) fn say_it(ui: &mut Ui, theme: &Theme, answering: &Answering, actions: &mut Vec<Action>) {
    let say = Button::primary("Say it").key("Enter").enabled(answering.speak.is_some()).show(ui, theme);
    if let Some(speak) = answering.speak.filter(|_| say.clicked()) {
        actions.push(Action::Do(speak));
    }
}

fn small_action(ui: &mut Ui, theme: &Theme, gesture: &Gesture, actions: &mut Vec<Action>) {
    // What is disabled stands in a ui of its own, which does not wrap by itself.
    let text = theme.job(TextRole::Interface, theme.colors.ink, gesture.label, f32::INFINITY);
    let width = ui.painter().layout_job(text).size().x + theme.scaled(34.0);
    if ui.cursor().left() + width > ui.max_rect().right() {
        ui.end_row();
    }
    ui.add_enabled_ui(gesture.enabled, |ui| {
        if keyed_action(ui, theme, gesture.key, gesture.label).clicked() {
            actions.extend(&gesture.actions);
        }
    });
}

/// Words in a row of buttons, on the middle of the row.
pub(super) fn in_line(ui: &mut Ui, theme: &Theme, color: Color32, text: &str) -> Response {
    let galley = ui.painter().layout_job(theme.job(TextRole::Interface, color, text, ui.max_rect().width()));
    let height = galley.size().y.max(theme.line_height(TextRole::Interface) + theme.scaled(6.0));
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, color);
    response
}
