//! For the tests of the screens: a screen to press keys on.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use crate::desktop::theme::{Appearance, Motion, Scale, Theme, fonts, style};

pub(super) use crate::testing::{Playing, worked_call, worked_run};

/// A theme at 100 or 200 %.
pub(super) fn theme(percent: u16) -> Theme {
    Theme::new(Appearance::Light, Scale::percent(percent), Motion::Reduced)
}

/// A window of 1280×720 with a screen in it; `state` is what the screen draws from and what came back.
pub(super) fn window<'a, S: 'a>(
    theme: Theme,
    state: S,
    mut draw: impl FnMut(&mut egui::Ui, &Theme, &mut S) + 'a,
) -> Harness<'a, S> {
    let mut dressed = false;
    Harness::builder().with_size(egui::vec2(1280.0, 720.0)).build_ui_state(
        move |ui, state| {
            if !dressed {
                ui.ctx().set_fonts(fonts::definitions());
                style::apply(ui.ctx(), &theme);
                dressed = true;
                ui.ctx().request_discard("the fonts are there from the next pass on");
                return;
            }
            draw(ui, &theme, state);
        },
        state,
    )
}

/// Nothing that can be used is wider than the window or stands beside it: what is below is reached by scrolling.
pub(super) fn assert_fits<S>(harness: &Harness<'_, S>) {
    use egui::accesskit::Role;
    let usable = |role| {
        matches!(
            role,
            Role::Button
                | Role::Link
                | Role::RadioButton
                | Role::TextInput
                | Role::Slider
                | Role::Switch
                | Role::CheckBox
        )
    };
    let mut seen = 0;
    for node in harness.get_all(by().predicate(move |node| usable(node.role()))) {
        let rect = node.rect();
        seen += 1;
        let name = node.accesskit_node().label();
        assert!(rect.left() >= -1.0 && rect.right() <= 1281.0, "{name:?} reaches from {rect:?}");
    }
    assert!(seen > 0, "nothing can be used");
}

/// Everything that Tab reaches, by name, in its order.
pub(super) fn reached_by_tab<S>(harness: &mut Harness<'_, S>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..80 {
        harness.key_press(egui::Key::Tab);
        harness.run();
        let focused = harness.root().children_recursive().find(egui_kittest::Node::is_focused);
        let Some(name) = focused.and_then(|node| node.accesskit_node().label()) else { continue };
        if names.contains(&name) {
            break;
        }
        names.push(name);
    }
    names
}
