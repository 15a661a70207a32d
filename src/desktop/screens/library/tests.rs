use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::desktop::screens::page::Difficulty;
use crate::desktop::screens::page::testing::{big, doris, marisol, maureen, opened, reach, within_the_window};
use crate::desktop::theme::Theme;
use crate::scenario::load::load;
use crate::scenario::vocabulary::Channel;

fn shelf() -> View {
    let scenarios = [doris(), marisol(), maureen()];
    let records = [
        Record { best: Some(754), times_played: 3, due: Vec::new() },
        Record { best: None, times_played: 1, due: vec!["Fri 18:30".to_owned(), "Sat 9:00".to_owned()] },
        Record::default(),
    ];
    let broken = load("scenarios/half-done.ron", b"Scenario(\n    format: 1,\n    id: 7,\n)");
    View::of(scenarios.iter().zip(records), [&broken])
}

#[test]
fn a_customer_has_a_place_a_difficulty_a_result_and_what_is_due() {
    let told: Vec<String> = shelf()
        .entries
        .iter()
        .map(|entry| {
            let Entry { customer, title, place, result, due, difficulty, .. } = entry;
            format!("{customer} | {title} | {place} | {} | {result} | {due}", difficulty.words())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Doris Pym | Can I have it on? | An energy company’s phone line. | Gentle | Best 754, met 3 times | 
    Marisol Quint | Before Saturday | Appliance aftercare, by phone. | Lively | Met once | Due: Fri 18:30, and 1 more
    Maureen Tallis | One-twelve | Ticket office of a football club. At the counter. | Hard | Not met yet |
    "#);
}

#[test]
fn a_broken_file_is_listed_with_its_first_problem_and_how_to_read_them_all() {
    insta::assert_debug_snapshot!(shelf().broken, @r#"
    [
        Broken {
            path: "scenarios/half-done.ron",
            first: "Line 1: This scenario lacks `title`, `setting`, `you`, `channel`, `difficulty`, `teaser`, `customer`, `needs` and `encounters`.",
            rest: "2 problems. `simmer check scenarios/half-done.ron` tells them all.",
        },
    ]
    "#);
}

#[test]
fn a_search_finds_every_word_anywhere_and_filters_narrow_it() {
    let view = shelf();
    let check = |search: &str, filter: Filter, expected: &[&str]| {
        let found: Vec<_> = view.found(search, filter).iter().map(|entry| entry.customer.as_str()).collect();
        assert_eq!(found, expected, "{search:?} {filter:?}");
    };
    let any = Filter::default();
    check("", any, &["Doris Pym", "Marisol Quint", "Maureen Tallis"]);
    check("MAUREEN", any, &["Maureen Tallis"]);
    check("phone energy", any, &["Doris Pym"]);
    check("nobody", any, &[]);
    check("", Filter { channel: Some(Channel::Phone), ..any }, &["Doris Pym", "Marisol Quint"]);
    check("", Filter { difficulty: Some(Difficulty(4)), ..any }, &["Maureen Tallis"]);
    check("doris", Filter { channel: Some(Channel::Counter), ..any }, &[]);
    assert_eq!(view.count(3), "3 customers");
    assert_eq!(view.count(1), "1 of 3 customers");
    assert_eq!(view.count(0), "Nobody here fits. Change the search or the filters.");
}

#[test]
fn arrows_move_and_enter_opens() {
    let view = shelf();
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    let focused = |harness: &egui_kittest::Harness<'_, (Memory, Vec<Action>)>, name: &str| {
        assert!(harness.get_by_role_and_label(Role::Button, name).is_focused(), "{name}");
    };
    focused(&harness, "Doris Pym");
    for (key, name) in [
        (Key::ArrowDown, "Marisol Quint"),
        (Key::ArrowDown, "Maureen Tallis"),
        (Key::ArrowUp, "Marisol Quint"),
        (Key::End, "Maureen Tallis"),
    ] {
        harness.key_press(key);
        harness.run();
        focused(&harness, name);
    }
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, [Action::Open { slug: "one-twelve".to_owned() }]);
}

#[test]
fn a_search_is_opened_by_enter_and_left_by_esc_before_the_screen_is() {
    let view = shelf();
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Search").type_text("tallis");
    harness.run();
    harness.get_by_label("1 of 3 customers");
    harness.get_by_role_and_label(Role::Heading, "scenarios/half-done.ron");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, [Action::Open { slug: "one-twelve".to_owned() }]);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().0.search, "");
    assert_eq!(harness.state().1.len(), 1);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().1.last(), Some(&Action::Back));
}

#[test]
fn tab_leads_to_a_file_that_cannot_be_played() {
    for theme in [Theme::default(), big()] {
        let view = shelf();
        let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
        let name = "scenarios/half-done.ron. Line 1: This scenario lacks `title`, `setting`, `you`, `channel`, \
                    `difficulty`, `teaser`, `customer`, `needs` and `encounters`. 2 problems. `simmer check \
                    scenarios/half-done.ron` tells them all.";
        reach(&mut harness, Role::Group, name);
        let rect = harness.get_by_role_and_label(Role::Group, name).rect();
        assert!(rect.top() >= 0.0 && rect.bottom() <= 720.0, "{rect:?}");
    }
}

#[test]
fn filters_are_reached_by_tab_and_all_of_it_fits_at_any_size() {
    for theme in [Theme::default(), big()] {
        let view = shelf();
        let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
        reach(&mut harness, Role::RadioButton, "At the counter");
        harness.key_press(Key::Space);
        harness.run();
        harness.get_by_label("1 of 3 customers");
        within_the_window(&mut harness);
        reach(&mut harness, Role::Button, "Back");
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().1, [Action::Back]);
    }
}
