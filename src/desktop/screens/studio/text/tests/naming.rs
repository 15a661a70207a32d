//! What is offered while one writes, and where names lead.

use super::*;
use crate::authoring::fmt::format_text;

/// A scenario of which one name is to be written.
fn without(name: &str) -> String {
    DORIS.replacen(&format!("to: \"{name}\""), "to: \"\"", 1)
}

#[test]
fn a_name_is_completed_by_keyboard() {
    let mut window = open(light(), &without("new-meter"));
    go_behind(&mut window, "to: \"\"");
    press(&mut window, Key::ArrowLeft);
    press_with(&mut window, Modifiers::COMMAND, Key::Space);
    assert!(window.query_by_role_and_label(Role::ListBox, "What may come here").is_some());
    press(&mut window, Key::Escape);
    assert!(window.query_by_role(Role::ListBox).is_none());
    type_in(&mut window, "new-m");
    window.get_by_role_and_label(Role::ListBoxOption, "new-meter");
    press(&mut window, Key::Enter);
    assert_eq!(text(&window), DORIS);
    assert!(window.query_by_role(Role::ListBox).is_none());
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), without("new-meter").replacen("to: \"\"", "to: \"new-m\"", 1));
}

#[test]
fn a_field_is_chosen_by_arrow_and_click() {
    let mut window = open(light(), "");
    type_in(&mut window, "Scenario(");
    press_with(&mut window, Modifiers::COMMAND, Key::Space);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), "Scenario(id: )");
    type_in(&mut window, "1, ti");
    window.get_by_role_and_label(Role::ListBoxOption, "title").click();
    settle(&mut window);
    assert_eq!(text(&window), "Scenario(id: 1, title: )");
    assert!(is_in_text(&window));
}

#[test]
fn where_nothing_fits_that_is_told() {
    let mut window = open(light(), "// ");
    press(&mut window, Key::End);
    press_with(&mut window, Modifiers::COMMAND, Key::Space);
    assert!(has_label(&window, "Nothing that has a name fits here."));
}

#[test]
fn a_name_leads_to_where_it_is_given() {
    let mut window = open(light(), DORIS);
    go_behind(&mut window, "to: \"new-m");
    press(&mut window, Key::F12);
    let given = DORIS.find("\"new-meter\": Node").unwrap() + 1;
    assert_eq!(window.state().memory.text.editor.selection().range(), given..given + "new-meter".len());
    press_with(&mut window, Modifiers::COMMAND, Key::Home);
    press(&mut window, Key::F12);
    assert!(has_label(&window, "There is no name here that is given in this file."));
}

#[test]
fn a_node_is_gone_to_by_its_name() {
    let mut window = open(light(), DORIS);
    press_with(&mut window, Modifiers::COMMAND, Key::G);
    type_in(&mut window, "doub");
    window.get_by_role_and_label(Role::ListBoxOption, "doubled");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().memory.text.editor.selected(), "doubled");
    assert!(is_in_text(&window));
}

#[test]
fn a_misspelt_name_is_mended_by_keyboard_and_from_the_list() {
    let broken = DORIS.replacen("to: \"new-meter\"", "to: \"new-metre\"", 1);
    let mut window = open(light(), &broken);
    go_behind(&mut window, "to: \"new-met");
    press_with(&mut window, Modifiers::COMMAND, Key::Period);
    window.get_by_role_and_label(Role::ListBoxOption, "Write `new-meter`");
    press(&mut window, Key::Enter);
    assert_eq!(text(&window), DORIS);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), broken);
    window.get_by_role_and_label(Role::Link, "Write `new-meter`").click();
    settle(&mut window);
    assert_eq!(text(&window), DORIS);
    window.state_mut().memory.text.take_focus();
    settle(&mut window);
    press_with(&mut window, Modifiers::COMMAND, Key::Period);
    assert!(has_label(&window, "Nothing here can be mended by itself."));
}

#[test]
fn the_text_is_laid_out_in_one_step() {
    let tidy = format_text(DORIS).unwrap();
    let untidy = tidy.replacen("    format: 1,\n", "format:1,\n", 1);
    let mut window = open(light(), &untidy);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert_eq!(text(&window), tidy);
    assert!(has_label(&window, "Laid out."));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), untidy);
    press_with(&mut window, Modifiers::COMMAND, Key::End);
    type_in(&mut window, ")");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert!(has_label(&window, "out of place"));
}
