//! The one place in which a screen scrolls: by the wheel, by keys, and after the focus; from its top whenever it opens.

use egui::{Align, AsIdSalt, Id, IdSalt, Key, ScrollArea, Ui, vec2};

use super::sheet::pressed;

/// How much of what is in sight Page Up and Page Down go by: a few lines stay, so that the place is found again.
const PAGE: f32 = 0.8;

/// Scrolls `contents` in all the room there is. `screen`: what is read there. Whatever was not drawn in the frame before
/// begins at its top.
pub(super) fn scroll(ui: &mut Ui, screen: impl AsIdSalt, contents: impl FnOnce(&mut Ui)) {
    let salt = IdSalt::new(screen);
    let mut area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
    if has_just_opened(ui, ui.make_persistent_id(("scrolled", salt))) {
        area = area.vertical_scroll_offset(0.0);
    }
    let height = ui.available_height();
    area.show(ui, |ui| {
        contents(ui);
        by_keys(ui, height);
    });
}

/// Scrolls the area that `ui` lies in and fills, `height` points of it in sight. To be called after its contents: what
/// has the focus comes first, and takes the keys that it uses.
pub(super) fn by_keys(ui: &Ui, height: f32) {
    for (key, by) in [(Key::PageDown, -height), (Key::PageUp, height)] {
        if pressed(ui, key) {
            ui.scroll_with_delta(vec2(0.0, by * PAGE));
        }
    }
    for (key, end) in [(Key::Home, Align::TOP), (Key::End, Align::BOTTOM)] {
        if pressed(ui, key) {
            ui.scroll_to_rect(ui.min_rect(), Some(end));
        }
    }
}

fn has_just_opened(ui: &Ui, id: Id) -> bool {
    let now = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let before: Option<u64> = data.get_temp(id);
        data.insert_temp(id, now);
        before.is_none_or(|before| before + 1 < now)
    })
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::desktop::screens::{page, sheet};
    use crate::desktop::theme::testing::harness;
    use crate::desktop::theme::widgets::paragraph;
    use crate::desktop::theme::{TextRole, Theme};

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Shown {
        Page(&'static str),
        Foot,
        Sheet,
        /// Something that scrolls in its own way, or not at all.
        Other,
    }

    fn window<'a>(shown: Shown) -> Harness<'a, Shown> {
        harness(Theme::default(), shown, |ui, theme, shown| {
            let lines = |ui: &mut Ui| {
                for line in 0..80 {
                    paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &format!("Line {line}."));
                }
            };
            match *shown {
                Shown::Page(screen) => page::page(ui, theme, screen, lines),
                Shown::Foot => page::page_with_foot(ui, theme, "foot", lines, |_| {}),
                Shown::Sheet => sheet::page(ui, theme, "sheet", lines),
                Shown::Other => {}
            }
        })
    }

    fn top_of(window: &Harness<'_, Shown>, line: usize) -> f32 {
        window.get_by_label(&format!("Line {line}.")).rect().top()
    }

    fn press(window: &mut Harness<'_, Shown>, key: Key) {
        window.key_press(key);
        window.run();
    }

    #[test]
    fn every_page_scrolls_by_keys() {
        for shown in [Shown::Page("one"), Shown::Foot, Shown::Sheet] {
            let mut window = window(shown);
            let top = top_of(&window, 0);
            press(&mut window, Key::PageDown);
            let down = top_of(&window, 0);
            assert!(down < top - 300.0 && down > top - 720.0, "{shown:?}: from {top} to {down}");
            press(&mut window, Key::PageUp);
            assert!((top_of(&window, 0) - top).abs() < 1.0, "{shown:?}");
            press(&mut window, Key::End);
            let last = top_of(&window, 79);
            assert!((300.0..720.0).contains(&last), "{shown:?}: the last line is at {last}");
            press(&mut window, Key::Home);
            assert!((top_of(&window, 0) - top).abs() < 1.0, "{shown:?}");
        }
    }

    #[test]
    fn a_page_begins_at_its_top_wherever_the_one_before_was_scrolled_to() {
        let mut window = window(Shown::Page("one"));
        let top = top_of(&window, 0);
        for shown in [Shown::Page("two"), Shown::Page("one"), Shown::Other, Shown::Page("one")] {
            if window.query_by_label("Line 0.").is_some() {
                press(&mut window, Key::End);
                assert!(top_of(&window, 0) < 0.0);
            }
            *window.state_mut() = shown;
            window.run();
            if shown != Shown::Other {
                assert!((top_of(&window, 0) - top).abs() < 1.0, "{shown:?} is at {}", top_of(&window, 0));
            }
        }
    }
}
