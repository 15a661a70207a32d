//! One of a few cards, chosen by number, pointer, Tab or arrow, and confirmed by Enter or a button.

use egui::{EventFilter, FocusDirection, Key, Ui};

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
    let options: Vec<&str> = options.collect();
    let moved = by_arrow(ui, options.len(), *chosen);
    if moved.is_some() {
        // Otherwise egui would move the focus on from the card that is about to get it.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    *chosen = moved.or(*chosen).filter(|index| *index < options.len());
    let mut on_chosen = false;
    for (index, words) in options.into_iter().enumerate() {
        let (key, cap) = NUMBERS.get(index).map_or((None, "\u{2022}"), |(key, cap)| (Some(*key), *cap));
        let card = ReplyCard::new(cap, words).chosen(*chosen == Some(index)).show(ui, theme);
        if moved == Some(index) {
            card.request_focus();
        }
        if card.has_focus() {
            // Otherwise the arrows would also move the focus.
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(card.id, filter));
        }
        // Enter on the chosen card confirms; on another it chooses.
        on_chosen |= card.has_focus() && *chosen == Some(index) && !card.gained_focus();
        if card.clicked() || card.gained_focus() || key.is_some_and(|key| pressed(ui, key)) {
            *chosen = Some(index);
        }
    }
    let nowhere = ui.memory(|memory| memory.focused().is_none());
    let by_key = (on_chosen || nowhere) && pressed(ui, Key::Enter);
    let by_button = Button::primary(confirm).key("Enter").enabled(chosen.is_some()).show(ui, theme).clicked();
    if by_key || by_button { *chosen } else { None }
}

/// The option that an arrow leads to: from the chosen one, or in from either end.
fn by_arrow(ui: &Ui, count: usize, chosen: Option<usize>) -> Option<usize> {
    let last = count.checked_sub(1)?;
    if pressed(ui, Key::ArrowDown) {
        Some(chosen.map_or(0, |at| (at + 1).min(last)))
    } else if pressed(ui, Key::ArrowUp) {
        Some(chosen.map_or(last, |at| at.saturating_sub(1)))
    } else {
        None
    }
}
