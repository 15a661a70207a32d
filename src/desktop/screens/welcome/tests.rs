use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::desktop::screens::page::testing::{big, doris, opened, reach, within_the_window};
use crate::desktop::theme::Theme;

#[test]
fn it_says_who_is_about_to_ring_and_that_nothing_is_at_stake() {
    insta::assert_debug_snapshot!(View::of(&doris()), @r#"
    View {
        opening: "Someone is about to ring.",
        question: "What should we call you?",
        field: "Your name",
        hint: "Any name you like",
        about_the_name: "It need not be your real one. You can change it in Settings.",
        go_on: "Meet Mrs Pym",
        reassurance: [
            "Your first call, with Doris Pym, is practice. Nothing is at stake.",
            "It goes in steps: she says a little, then waits for you. There is no clock.",
        ],
        settings: "Larger text and other settings",
    }
    "#);
}

#[test]
fn typing_a_name_and_enter_is_all_there_is_to_do() {
    let view = View::of(&doris());
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    assert!(harness.get_by_role_and_label(Role::TextInput, "Your name").is_focused());
    harness.get_by_role_and_label(Role::TextInput, "Your name").type_text("  Jo ");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, [Action::Begin { name: "Jo".to_owned() }]);
}

#[test]
fn without_a_name_a_sentence_says_so_and_the_field_has_the_focus_again() {
    let view = View::of(&doris());
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, []);
    harness.get_by_label("Write a name first. Any name will do.");
    assert!(harness.get_by_role_and_label(Role::TextInput, "Your name").is_focused());
}

#[test]
fn settings_and_the_way_on_are_reached_by_tab_at_any_size() {
    for theme in [Theme::default(), big()] {
        let view = View::of(&doris());
        let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
        reach(&mut harness, Role::Button, "Meet Mrs Pym");
        reach(&mut harness, Role::Link, "Larger text and other settings");
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().1, [Action::OpenSettings]);
        within_the_window(&mut harness);
    }
}
