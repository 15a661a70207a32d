use egui::accesskit::{Role, Toggled};
use egui::{Key, Ui};
use egui_kittest::kittest::{NodeT, Queryable};

use super::super::testing::harness;
use super::super::{Appearance, Motion, Scale, TextRole, Theme};
use super::*;

/// Reached by its role and name, worked by Enter.
fn check_enter(role: Role, name: &str, draw: impl Fn(&mut Ui, &Theme) -> bool) {
    let mut harness = harness(Theme::default(), 0, |ui, theme, worked: &mut u32| *worked += u32::from(draw(ui, theme)));
    harness.get_by_role_and_label(role, name).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), 1, "{role:?} {name}");
}

#[test]
fn everything_that_can_be_clicked_has_a_role_and_a_name_and_answers_to_enter() {
    check_enter(Role::Button, "Speak now", |ui, theme| {
        Button::danger("Speak now").key("Space").show(ui, theme).clicked()
    });
    check_enter(Role::Button, "Nod", |ui, theme| keyed_action(ui, theme, "N", "Nod").clicked());
    check_enter(Role::Link, "All the rows", |ui, theme| link(ui, theme, "All the rows").clicked());
    check_enter(Role::RadioButton, "You stopped there.", |ui, theme| {
        ReplyCard::new("2", "You stopped there.").show(ui, theme).clicked()
    });
    check_enter(Role::Button, "Give back her sentence", |ui, theme| {
        pill(ui, theme, Some("2"), "Give back her sentence", false).clicked()
    });
    check_enter(Role::Switch, "Captions", |ui, theme| toggle_row(ui, theme, "Captions", true).clicked());
    check_enter(Role::RadioButton, "Quick", |ui, theme| {
        segmented(ui, theme, "Pace", &[(0, "Slow"), (1, "Quick")], 0).inner == Some(1)
    });
}

#[test]
fn what_is_chosen_is_said() {
    let harness = harness(Theme::default(), (), |ui, theme, ()| {
        segmented(ui, theme, "Pace", &[(0, "Slow"), (1, "Quick")], 0);
        toggle_row(ui, theme, "Captions", true);
    });
    for (name, toggled) in [("Slow", Toggled::True), ("Quick", Toggled::False), ("Captions", Toggled::True)] {
        assert_eq!(harness.get_by_label(name).accesskit_node().toggled(), Some(toggled), "{name}");
    }
    harness.get_by_role_and_label(Role::RadioGroup, "Pace");
}

#[test]
fn a_button_out_of_use_does_nothing() {
    let mut harness = harness(Theme::default(), 0, |ui, theme, worked: &mut u32| {
        *worked += u32::from(Button::primary("Speak").enabled(false).show(ui, theme).clicked());
    });
    let button = harness.get_by_role_and_label(Role::Button, "Speak");
    assert!(button.accesskit_node().is_disabled());
    button.click();
    harness.run();
    assert_eq!(*harness.state(), 0);
}

#[test]
fn a_slider_is_worked_by_the_arrow_keys() {
    let mut harness = harness(Theme::default(), 100.0, |ui, theme, value: &mut f32| {
        if let Some(set) = SliderRow::new("Size of text", *value, 100.0..=200.0, 10.0, "so much").show(ui, theme).inner
        {
            *value = set;
        }
    });
    harness.get_by_role_and_label(Role::Slider, "Size of text").focus();
    harness.run();
    for (key, expected) in
        [(Key::ArrowRight, 110.0), (Key::ArrowRight, 120.0), (Key::ArrowLeft, 110.0), (Key::End, 200.0)]
    {
        harness.key_press(key);
        harness.run();
        assert!((*harness.state() - expected).abs() < f32::EPSILON, "{key:?}: {}", harness.state());
    }
}

#[test]
fn text_can_be_written_in_a_field_found_by_its_label() {
    let mut harness = harness(Theme::default(), String::new(), |ui, theme, name: &mut String| {
        text_row(ui, theme, "Your name", name, "As colleagues call you");
    });
    harness.get_by_role_and_label(Role::TextInput, "Your name").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Your name").type_text("Doris");
    harness.run();
    assert_eq!(harness.state(), "Doris");
}

#[test]
fn a_bar_says_its_value() {
    let harness = harness(Theme::default(), (), |ui, theme, ()| {
        Bar::new("Listening", 84).mark(Some(98)).show(ui, theme);
    });
    let bar = harness.get_by_role_and_label(Role::ProgressIndicator, "Listening");
    assert_eq!(bar.accesskit_node().numeric_value(), Some(84.0));
}

#[test]
fn twice_the_size_stays_within_the_window() {
    let theme = Theme::new(Appearance::Dark, Scale::percent(200), Motion::Reduced);
    let words = "I’ll take one-twelve off for you now. Will you be keeping one-eleven? ".repeat(4);
    let harness = harness(theme, (), |ui, theme, ()| {
        paragraph(ui, theme, TextRole::Customer, theme.colors.ink, &words);
        ReplyCard::new("1", &words).show(ui, theme);
        pill(ui, theme, Some("1"), &words, false);
        toggle_row(ui, theme, &words, false);
        Bar::new("Follow-through", 71).show(ui, theme);
    });
    for role in [Role::RadioButton, Role::Button, Role::Switch, Role::ProgressIndicator] {
        let rect = harness.get_by_role(role).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= 1280.0, "{role:?}: {rect:?}");
    }
}
