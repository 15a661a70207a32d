//! One of a few cards, chosen by number, pointer, Tab or arrow, and confirmed by Enter or a button.

use egui::{Key, Ui};

use super::sheet::pressed;
use crate::desktop::theme::Theme;
use crate::desktop::theme::widgets::{Button, ReplyCard};

const NUMBERS: [(Key, &str); 9] = [
    (Key::Num1, "1"),
    (Key::Num2, "2"),
    (Key::Num3, "3"),
    (Key::Num4, "4"),
    (Key::Num5, "5"),
    (Key::Num6, "6"),
    (Key::Num7, "7"),
    (Key::Num8, "8"),
    (Key::Num9, "9"),
];

/// Draws the options and the button that confirms the chosen one. Returns what was confirmed in this frame.
pub(super) fn pick<'a>(
    ui: &mut Ui,
    theme: &Theme,
    options: impl Iterator<Item = &'a str>,
    confirm: &str,
    chosen: &mut Option<usize>,
) -> Option<usize> {
    let (mut on_chosen, mut count) = (false, 0);
    for (index, words) in options.enumerate() {
        count = index + 1;
        let (key, cap) = NUMBERS.get(index).map_or((None, "\u{2022}"), |(key, cap)| (Some(*key), *cap));
        let card = ReplyCard::new(cap, words).chosen(*chosen == Some(index)).show(ui, theme);
        // Enter on the chosen card confirms; on another it chooses.
        on_chosen |= card.has_focus() && *chosen == Some(index) && !card.gained_focus();
        if card.clicked() || card.gained_focus() || key.is_some_and(|key| pressed(ui, key)) {
            *chosen = Some(index);
        }
    }
    *chosen = chosen.filter(|index| *index < count);
    let nowhere = ui.memory(|memory| memory.focused().is_none());
    let by_key = (on_chosen || nowhere) && pressed(ui, Key::Enter);
    let by_button = Button::primary(confirm).key("Enter").enabled(chosen.is_some()).show(ui, theme).clicked();
    if by_key || by_button { *chosen } else { None }
}
