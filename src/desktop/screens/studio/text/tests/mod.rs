//! Studio with a file on the bench, and everything carried out as the desk does it.

mod editing;
mod finding;
mod naming;

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::super::{Action, Bench, Memory, View, draw, file};
use crate::desktop::screens::testing::window;
use crate::desktop::theme::{Appearance, Motion, Scale, Theme};
use crate::studio::Studio;

pub(super) const DORIS: &str = include_str!("../../../../../../scenarios/can-i-have-it-on.ron");

/// A file on the bench.
pub(super) struct Desk {
    pub(super) studio: Studio,
    pub(super) memory: Memory,
    /// What was done that is of no interest to the text.
    pub(super) others: Vec<Action>,
    /// How many files were laid on the bench.
    pub(super) opened: u64,
}

pub(super) type Window<'a> = Harness<'a, Desk>;

pub(super) fn light() -> Theme {
    Theme::new(Appearance::Light, Scale::ONE, Motion::Reduced)
}

pub(super) fn open<'a>(theme: Theme, text: &str) -> Window<'a> {
    let desk = Desk { studio: Studio::open("a.ron", text), memory: Memory::default(), others: Vec::new(), opened: 1 };
    let mut window = window(theme, desk, |ui, theme, desk: &mut Desk| {
        desk.studio.look_around();
        let facts =
            file::Facts { opened: desk.opened, saves: 0, problem: None, asks: None, now: jiff::Timestamp::UNIX_EPOCH };
        let view = View::Bench(Box::new(Bench::of(&desk.studio, facts)));
        for action in draw(ui, theme, &view, &mut desk.memory) {
            ui.ctx().request_repaint();
            match action {
                Action::Edit(change) => desk.studio.edit(change),
                Action::Ask(wish) => desk.studio.ask(wish),
                Action::Undo => drop(desk.studio.undo()),
                Action::Redo => drop(desk.studio.redo()),
                other => desk.others.push(other),
            }
        }
    });
    window.run();
    window.state_mut().memory.text.take_focus();
    settle(&mut window);
    window
}

/// Lets everything that is looked for in the background come.
pub(super) fn settle(window: &mut Window<'_>) {
    window.run();
    while window.state().studio.is_checking() {
        std::thread::sleep(Duration::from_millis(1));
        window.run();
    }
    window.run();
}

pub(super) fn press(window: &mut Window<'_>, key: Key) {
    window.key_press(key);
    settle(window);
}

pub(super) fn press_with(window: &mut Window<'_>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// Types signs one by one, and Enter for a line end.
pub(super) fn type_in(window: &mut Window<'_>, text: &str) {
    for sign in text.chars() {
        match sign {
            '\n' => window.key_press(Key::Enter),
            _ => window.event(Event::Text(sign.to_string())),
        }
        window.run();
    }
    settle(window);
}

pub(super) fn text(window: &Window<'_>) -> String {
    let desk = window.state();
    assert_eq!(desk.memory.text.editor.text(), &**desk.studio.document().text(), "the pane and the desk differ");
    desk.memory.text.editor.text().to_owned()
}

pub(super) fn caret(window: &Window<'_>) -> usize {
    window.state().memory.text.caret()
}

/// Puts the caret behind some words.
pub(super) fn go_behind(window: &mut Window<'_>, words: &str) {
    let at = text(window).find(words).expect("the words stand there") + words.len();
    window.state_mut().memory.text.go_to(at..at);
    settle(window);
}

pub(super) fn has_label(window: &Window<'_>, words: &str) -> bool {
    let named = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().any(|told| told.contains(words))
    };
    window.root().children_recursive().any(named)
}

pub(super) fn is_in_text(window: &Window<'_>) -> bool {
    window.get_by_role_and_label(Role::MultilineTextInput, "Text").is_focused()
}
