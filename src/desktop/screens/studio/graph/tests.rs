use std::ops::Range;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::desktop::screens::page::testing::{big, within_the_window};
use crate::desktop::screens::studio::figures::testing::surveyed;
use crate::desktop::theme::testing::harness;
use crate::studio::graph::testing::{generated, played};

const DORIS: &str = include_str!("../../../../../scenarios/can-i-have-it-on.ron");
const MAUREEN: &str = include_str!("../../../../../scenarios/one-twelve.ron");

struct Shown {
    view: View,
    memory: Memory,
    caret: usize,
    went: Vec<Range<usize>>,
}

fn view(text: &str) -> View {
    View {
        drawn: Some(Arc::new(Drawn::of(0, &played(text)))),
        places: Arc::new(Places::of(0, text)),
        checked: Arc::new(Checked::of("test.ron", 0, text)),
        surveyed: None,
        survey: State::Idle,
    }
}

fn shown<'a>(theme: Theme, view: View, caret: usize) -> Harness<'a, Shown> {
    let state = Shown { view, memory: Memory::default(), caret, went: Vec::new() };
    let mut shown = harness(theme, state, |ui, theme, shown| {
        let mut answer = Answer::default();
        draw(ui, theme, &shown.view, shown.caret, &mut shown.memory, &mut answer);
        shown.went.extend(answer.go_to);
    });
    shown.state_mut().memory.take_focus();
    shown.run();
    shown
}

fn press(shown: &mut Harness<'_, Shown>, key: Key) {
    shown.key_press(key);
    shown.run();
}

/// What a screen reader hears of where one stands.
fn heard(shown: &Harness<'_, Shown>) -> String {
    shown.get_by_role(Role::Image).accesskit_node().value().unwrap_or_default()
}

#[test]
fn a_node_that_is_clicked_is_gone_to_in_the_text() {
    let mut shown = shown(Theme::default(), view(DORIS), 0);
    // All of it may be too small to be read from the beginning.
    shown.get_by_role_and_label(Role::Button, "doubled").click_accesskit();
    shown.run();
    let went = shown.state().went.clone();
    assert_eq!(went.iter().map(|place| &DORIS[place.clone()]).collect::<Vec<_>>(), ["doubled"]);
}

#[test]
fn one_walks_along_the_replies_hears_where_they_lead_and_goes_there() {
    let mut shown = shown(Theme::default(), view(DORIS), 0);
    assert!(heard(&shown).starts_with("Start. The encounter begins here. It leads to doubled."), "{}", heard(&shown));
    press(&mut shown, Key::ArrowRight);
    assert!(heard(&shown).starts_with("doubled. Node on the main road, 2 replies."), "{}", heard(&shown));
    assert!(heard(&shown).contains("“Ask what worries her” leads to new-meter."), "{}", heard(&shown));
    press(&mut shown, Key::ArrowDown);
    press(&mut shown, Key::ArrowDown);
    assert_eq!(heard(&shown).trim(), "“Ask what worries her” leads to new-meter.");
    press(&mut shown, Key::Enter);
    assert_eq!(&DORIS[shown.state().went[0].clone()], "what-worries");
    press(&mut shown, Key::ArrowRight);
    assert!(heard(&shown).starts_with("new-meter. "), "{}", heard(&shown));
    press(&mut shown, Key::ArrowLeft);
    assert_eq!(heard(&shown).trim(), "“Explain how it’s worked out” leads to new-meter.");
    press(&mut shown, Key::End);
    assert!(heard(&shown).starts_with("Ending "), "{}", heard(&shown));
}

#[test]
fn the_node_that_holds_the_caret_is_where_one_stands_and_in_sight() {
    let drawn = played(MAUREEN);
    let last = drawn.encounters.last().unwrap();
    let name = &last.nodes.last().unwrap().name;
    let caret = MAUREEN.rfind(&format!("\"{name}\": ")).unwrap();
    let mut shown = shown(Theme::default(), view(MAUREEN), caret + 1);
    assert!(heard(&shown).starts_with(&format!("{name}. ")), "{}", heard(&shown));
    let sheet = drawn.encounters.len() - 1;
    assert_eq!(shown.state().memory.sheet, sheet);
    shown.get_by_role_and_label(Role::Button, name);
    let first = &drawn.encounters[0].nodes[0].name;
    shown.state_mut().caret = MAUREEN.find(&format!("\"{first}\": ")).unwrap() + 1;
    shown.run();
    assert_eq!(shown.state().memory.sheet, 0);
    shown.get_by_role_and_label(Role::Button, first);
}

#[test]
fn all_of_it_comes_into_sight_and_goes_by_keys() {
    let mut shown = shown(Theme::default(), view(&generated(100)), 0);
    let zoom = |shown: &Harness<'_, Shown>| shown.state().memory.sights[0].unwrap().zoom();
    let near = zoom(&shown);
    let typed = |shown: &mut Harness<'_, Shown>, sign: &str| {
        shown.event(egui::Event::Text(sign.to_owned()));
        shown.run();
    };
    typed(&mut shown, "0");
    assert!(zoom(&shown) < near);
    let all = zoom(&shown);
    assert!(
        shown
            .query_all_by_role(Role::Button)
            .all(|node| { node.accesskit_node().label().is_none_or(|name| !name.starts_with("node-")) })
    );
    typed(&mut shown, "+");
    assert!(zoom(&shown) > all);
    typed(&mut shown, "-");
    assert!((zoom(&shown) - all).abs() < 0.001);
}

#[test]
fn as_a_list_every_node_can_be_reached() {
    let text = generated(60);
    let mut shown = shown(Theme::default(), view(&text), 0);
    press(&mut shown, Key::L);
    for node in 0..60 {
        shown.get_by_role_and_label(Role::Link, &format!("node-{node}"));
    }
    shown.get_by_role_and_label(Role::Link, "node-59").click_accesskit();
    shown.run();
    assert_eq!(&text[shown.state().went[0].clone()], "node-59");
    shown.get_by_role_and_label(Role::Button, "As a drawing").click();
    shown.run();
    shown.get_by_role(Role::Image);
}

#[test]
fn what_the_plays_came_to_is_told_at_each_node() {
    let mut view = view(DORIS);
    view.surveyed = Some(surveyed(DORIS));
    let mut shown = shown(Theme::default(), view, 0);
    for name in ["Reached", "Score", "Proved"] {
        shown.get_by_role_and_label(Role::RadioButton, name).click();
        shown.run();
    }
    shown.state_mut().memory.take_focus();
    shown.run();
    press(&mut shown, Key::ArrowRight);
    let heard = heard(&shown);
    assert!(heard.contains("Reached at the very beginning."), "{heard}");
    assert!(heard.contains("Random play comes by in 100 % of its calls"), "{heard}");
}

#[test]
fn figures_of_a_scenario_that_plays_otherwise_are_not_laid_over_it() {
    let mut view = view(MAUREEN);
    view.surveyed = Some(surveyed(DORIS));
    let mut shown = shown(Theme::default(), view, 0);
    press(&mut shown, Key::ArrowRight);
    assert!(!heard(&shown).contains("Random play"), "{}", heard(&shown));
}

#[test]
fn while_the_text_has_errors_the_last_graph_stays_and_says_so() {
    let mut view = view(DORIS);
    let broken = DORIS.replacen("to: \"new-meter\"", "to: \"nowhere\"", 1);
    (view.checked, view.places) = (Arc::new(Checked::of("test.ron", 1, &broken)), Arc::new(Places::of(1, &broken)));
    let mut shown = shown(Theme::default(), view, 0);
    shown.get_by_label("The text has errors. This is the graph of the last text that could be played.");
    press(&mut shown, Key::ArrowRight);
    assert!(heard(&shown).contains("There is one error here."), "{}", heard(&shown));
}

#[test]
fn before_there_is_a_graph_it_says_when_there_will_be_one() {
    let mut view = view(DORIS);
    view.drawn = None;
    view.checked = Arc::new(Checked::of("test.ron", 1, "Scenario("));
    let shown = shown(Theme::default(), view, 0);
    shown.get_by_label_contains("The graph is drawn as soon as the text can be played.");
}

#[test]
fn twice_as_large_it_stays_within_the_window() {
    let mut view = view(MAUREEN);
    view.surveyed = Some(surveyed(MAUREEN));
    let mut shown = shown(big(), view, 0);
    within_the_window(&mut shown);
}
