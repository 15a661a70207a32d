//! What is found in the text, and what is looked for in it.

use super::*;

fn broken() -> String {
    let text = DORIS.replacen("to: \"new-meter\"", "to: \"nowhere-at-all\"", 1);
    text.replacen("flaw: Jargon", "flaw: Jargn", 1)
}

fn selected(window: &Window<'_>) -> String {
    window.state().memory.text.editor.selected().to_owned()
}

#[test]
fn findings_are_gone_through_by_key_and_told_at_the_caret() {
    let mut window = open(light(), &broken());
    assert!(has_label(&window, "2 errors. It cannot be played yet."));
    press(&mut window, Key::F8);
    let first = selected(&window);
    press(&mut window, Key::F8);
    let second = selected(&window);
    press(&mut window, Key::F8);
    assert_eq!((selected(&window), first != second), (first.clone(), true), "it goes round the end");
    press_with(&mut window, Modifiers::SHIFT, Key::F8);
    assert_eq!(selected(&window), second);
    let mut both = [first, second];
    both.sort();
    assert_eq!(both, ["\"nowhere-at-all\"", "Jargn"]);
    assert!(has_label(&window, "Error: "), "the finding at the caret is told under the text");
}

#[test]
fn choosing_a_finding_leads_to_its_place() {
    let mut window = open(light(), &broken());
    let place = window.root().children_recursive().find_map(|node| {
        let label = node.accesskit_node().label()?;
        (node.accesskit_node().role() == Role::Link && label.starts_with("Line ") && label.contains("nowhere-at-all"))
            .then_some(label)
    });
    let label = place.expect("it is listed");
    window.get_by_role_and_label(Role::Link, &label).click();
    settle(&mut window);
    assert_eq!(selected(&window), "\"nowhere-at-all\"");
    assert!(is_in_text(&window));
}

#[test]
fn a_rule_is_explained_in_the_pane() {
    let mut window = open(light(), &DORIS.replacen("flaw: Jargon", "flaw: Jargn", 1));
    window.get_by_role_and_label(Role::Link, "unknown-name").click();
    settle(&mut window);
    window.get_by_role_and_label(Role::Heading, "Instead of");
    window.get_by_role_and_label(Role::Link, "Back to the findings").click();
    settle(&mut window);
    assert!(has_label(&window, "1 error. It cannot be played yet."));
}

#[test]
fn findings_go_as_soon_as_they_are_mended() {
    let mut window = open(light(), &DORIS.replacen("flaw: Jargon", "flaw: Jargn", 1));
    go_behind(&mut window, "flaw: Jarg");
    type_in(&mut window, "o");
    assert_eq!(text(&window), DORIS);
    assert!(has_label(&window, "It can be played."));
    assert!(has_label(&window, "Of the text as it is now."));
}

#[test]
fn words_are_found_round_the_end_and_counted() {
    let mut window = open(light(), "to be\nTo be\ntoo");
    press_with(&mut window, Modifiers::COMMAND, Key::F);
    type_in(&mut window, "to");
    assert!(has_label(&window, "3 places"));
    press(&mut window, Key::Enter);
    assert!(has_label(&window, "1 of 3"));
    press(&mut window, Key::Enter);
    press(&mut window, Key::Enter);
    assert_eq!(caret(&window), 14);
    press(&mut window, Key::Enter);
    assert_eq!(caret(&window), 2);
    press_with(&mut window, Modifiers::SHIFT, Key::Enter);
    assert!(has_label(&window, "3 of 3"));
    window.get_by_role_and_label(Role::CheckBox, "Match case").click();
    settle(&mut window);
    assert!(has_label(&window, "2 of 2"));
    press(&mut window, Key::Escape);
    assert!(window.query_by_role_and_label(Role::TextInput, "Find").is_none() || !is_in_text(&window));
}

#[test]
fn all_is_replaced_as_one_step() {
    let mut window = open(light(), "to be\nTo be\ntoo");
    press_with(&mut window, Modifiers::COMMAND, Key::H);
    type_in(&mut window, "to");
    window.get_by_role_and_label(Role::TextInput, "Replace by").focus();
    settle(&mut window);
    type_in(&mut window, "fro");
    window.get_by_role_and_label(Role::Button, "Replace all").click();
    settle(&mut window);
    assert_eq!(text(&window), "fro be\nfro be\nfroo");
    assert!(has_label(&window, "Replaced in 3 places."));
    window.get_by_role_and_label(Role::Button, "Done").click();
    settle(&mut window);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), "to be\nTo be\ntoo");
}

#[test]
fn one_is_replaced_and_the_next_is_shown() {
    let mut window = open(light(), "a b a");
    press_with(&mut window, Modifiers::COMMAND, Key::H);
    type_in(&mut window, "a");
    press(&mut window, Key::Enter);
    window.get_by_role_and_label(Role::Button, "Replace").click();
    settle(&mut window);
    assert_eq!((&*text(&window), &*selected(&window)), (" b a", "a"));
}
