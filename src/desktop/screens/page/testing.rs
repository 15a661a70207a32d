//! Screens in a test: opened, reached by Tab, and held to the window.

use egui::accesskit::Role;
use egui::{Key, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desktop::theme::testing::harness;
use crate::desktop::theme::{Appearance, Motion, Scale, Theme};
use crate::scenario::Scenario;
use crate::scenario::load::load;

pub(in super::super) fn doris() -> Scenario {
    shipped("can-i-have-it-on", include_bytes!("../../../../scenarios/can-i-have-it-on.ron"))
}

pub(in super::super) fn marisol() -> Scenario {
    shipped("before-saturday", include_bytes!("../../../../scenarios/before-saturday.ron"))
}

pub(in super::super) fn maureen() -> Scenario {
    shipped("one-twelve", include_bytes!("../../../../scenarios/one-twelve.ron"))
}

fn shipped(name: &str, bytes: &[u8]) -> Scenario {
    let loaded = load(name, bytes);
    loaded.scenario.unwrap_or_else(|| panic!("{name}: {:?}", loaded.findings))
}

/// The evening, at twice the size.
pub(in super::super) fn big() -> Theme {
    Theme::new(Appearance::Dark, Scale::percent(200), Motion::Reduced)
}

/// A screen that has just been entered, and every action it has asked for.
pub(in super::super) fn opened<'a, Memory: Default + 'a, Action: 'a>(
    theme: Theme,
    mut draw: impl FnMut(&mut Ui, &Theme, &mut Memory) -> Vec<Action> + 'a,
) -> Harness<'a, (Memory, Vec<Action>)> {
    let state = (Memory::default(), Vec::new());
    harness(theme, state, move |ui, theme, (memory, actions)| actions.extend(draw(ui, theme, memory)))
}

/// Presses Tab until that has the focus.
pub(in super::super) fn reach<State>(harness: &mut Harness<'_, State>, role: Role, name: &str) {
    for _ in 0..80 {
        if harness.get_by_role_and_label(role, name).is_focused() {
            return;
        }
        harness.key_press(Key::Tab);
        harness.run();
    }
    panic!("Tab never reaches {role:?} {name:?}");
}

/// Nothing that can be worked is wider than the window or beside it, and by Tab all of it scrolls into sight.
pub(in super::super) fn within_the_window<State>(harness: &mut Harness<'_, State>) {
    let roles = [
        Role::Button,
        Role::Link,
        Role::RadioButton,
        Role::Switch,
        Role::Slider,
        Role::TextInput,
        Role::Heading,
        Role::Label,
    ];
    for role in roles {
        for node in harness.query_all_by_role(role) {
            let rect = node.rect();
            let name = node.accesskit_node().label();
            assert!(rect.left() >= 0.0 && rect.right() <= 1280.0, "{role:?} {name:?} at {rect:?}");
        }
    }
    for _ in 0..80 {
        harness.key_press(Key::Tab);
        harness.run();
        let focused = harness.root().children_recursive().find(|node| node.is_focused());
        if let Some(node) = focused {
            let rect = node.rect();
            let name = node.accesskit_node().label();
            let tall = rect.height() > 700.0;
            assert!(tall || rect.top() >= -1.0 && rect.bottom() <= 721.0, "{name:?} is out of sight at {rect:?}");
        }
    }
}
