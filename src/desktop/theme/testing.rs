//! Widgets and screens in a test: drawn without a window, found by what a screen reader calls them.

use egui_kittest::Harness;

use super::{Theme, fonts, style};

/// Draws with the theme and its fonts, 1280 by 720 points, until nothing changes any more.
pub(crate) fn harness<'a, State>(
    theme: Theme,
    state: State,
    mut draw: impl FnMut(&mut egui::Ui, &Theme, &mut State) + 'a,
) -> Harness<'a, State> {
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(egui::vec2(1280.0, 720.0)).build_ui_state(
        move |ui, state| {
            if dressed {
                draw(ui, &theme, state);
            } else {
                // New fonts are there from the next pass on.
                dressed = true;
                ui.ctx().set_fonts(fonts::definitions());
                style::apply(ui.ctx(), &theme);
                ui.ctx().request_repaint();
            }
        },
        state,
    );
    harness.run();
    harness
}
