//! The bottom rows: small actions, pace and volume.

use egui::{Ui, vec2};

use crate::desktop::screens::conversation::action::Action;
use crate::desktop::screens::conversation::data::{Gesture, View};
use crate::desktop::screens::conversation::ui::segments::keyed_segments;
use crate::desktop::theme::widgets::{keyed_action, link};
use crate::desktop::theme::{TextRole, Theme};
use crate::scenario::vocabulary::{Pace, Volume};

/// Key, what it sets, its label.
pub(super) const PACES: [(&str, Pace, &str); 3] =
    [("Q", Pace::Slow, "Slow"), ("W", Pace::Even, "Even"), ("E", Pace::Quick, "Quick")];
/// Key, what it sets, its label.
pub(super) const VOLUMES: [(&str, Volume, &str); 2] = [("A", Volume::Level, "Level"), ("S", Volume::Raised, "Raised")];

pub(super) fn draw(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
    if let Some(preset) = view.delivery.as_ref().and_then(|delivery| delivery.preset.as_ref()) {
        ui.horizontal_wrapped(|ui| {
            let job = theme.job(TextRole::Interface, theme.colors.heat, preset.as_str(), ui.available_width());
            ui.add(egui::Label::new(job));
            if link(ui, theme, "Set back").clicked() {
                actions.push(Action::SetBack);
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        for gesture in &view.gestures {
            small_action(ui, theme, gesture, actions);
        }
    });
    if let Some(delivery) = &view.delivery {
        ui.horizontal_wrapped(|ui| {
            if let Some(pace) = keyed_segments(ui, theme, "Pace", &PACES, delivery.pace) {
                actions.push(Action::SetPace(pace));
            }
            if let Some(volume) = keyed_segments(ui, theme, "Volume", &VOLUMES, delivery.volume) {
                actions.push(Action::SetVolume(volume));
            }
        });
    }
}

fn small_action(ui: &mut Ui, theme: &Theme, gesture: &Gesture, actions: &mut Vec<Action>) {
    ui.add_enabled_ui(gesture.enabled, |ui| {
        if keyed_action(ui, theme, gesture.key, gesture.label).clicked() {
            actions.extend(&gesture.actions);
        }
    });
}
