use std::ops::Range;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::testing::surveyed;
use super::*;
use crate::desktop::screens::page::testing::{big, within_the_window};
use crate::desktop::theme::testing::harness;
use crate::dialogue::Mode;
use crate::explore::solve::{Extreme, Part, Witness};
use crate::scenario::vocabulary::Skill;
use crate::studio::graph::testing::generated;

const DORIS: &str = include_str!("../../../../../scenarios/can-i-have-it-on.ron");

#[derive(Default)]
struct Shown {
    memory: Memory,
    caret: usize,
    went: Vec<Range<usize>>,
    done: Vec<Done>,
}

fn view(text: &str) -> View {
    View {
        state: State::Done,
        surveyed: Some(surveyed(text)),
        is_current: true,
        has_errors: false,
        places: Arc::new(Places::of(0, text)),
        proved: None,
        is_proving: false,
        proof: None,
        version: 0,
    }
}

fn shown<'a>(theme: Theme, view: View, caret: usize) -> Harness<'a, Shown> {
    harness(theme, Shown { caret, ..Shown::default() }, move |ui, theme, shown| {
        let mut answer = Answer::default();
        draw(ui, theme, &view, shown.caret, &mut shown.memory, &mut answer);
        shown.went.extend(answer.go_to);
        shown.done.extend(answer.actions);
    })
}

#[test]
fn of_a_shipped_call_everything_is_reached_and_all_targets_are_told() {
    let shown = shown(Theme::default(), view(DORIS), 0);
    shown.get_by_label_contains("Yes: ");
    for what in ["The best call", "The worst call", "Random play, on the mean", "Listening, at best"] {
        shown.get_by_role_and_label(Role::Cell, what);
    }
    shown.get_by_label_contains("Done. 1,900 calls have been played");
    shown.get_by_role_and_label(Role::Image, "How calls score");
}

#[test]
fn what_is_not_reached_is_named_and_leads_to_the_text() {
    let text = generated(60);
    let view = view(&text);
    let known = Arc::clone(view.surveyed.as_ref().unwrap());
    let missing = data::roots(&known.scenario, known.reach.as_ref().unwrap());
    assert!(missing.iter().all(|settled| matches!(settled.element.part, Part::Node(_))), "not what stands in them");
    let missing = missing.len();
    assert!(missing > LISTED, "{missing}");
    let mut shown = shown(Theme::default(), view, 0);
    let first = shown.get_all_by_role(Role::Link).next().unwrap();
    let name = first.accesskit_node().label().unwrap();
    assert!(name.starts_with("Node: call/node-"), "{name}");
    first.click_accesskit();
    shown.run();
    assert_eq!(text[shown.state().went[0].clone()], name["Node: call/".len()..]);
    let all = format!("Show all {missing}");
    shown.get_by_role_and_label(Role::Link, &all).click_accesskit();
    shown.run();
    shown.get_by_role_and_label(Role::Link, "Show the first of them alone");
}

#[test]
fn the_shortest_way_to_what_the_caret_is_in_is_a_list_of_replies() {
    let caret = DORIS.find("\"new-meter\": Node(").unwrap() + 1;
    let mut shown = shown(Theme::default(), view(DORIS), caret);
    shown.get_by_label("The shortest way to new-meter");
    shown.get_by_label("Reached after one reply at the earliest.");
    shown.get_by_label_contains("1. At doubled: ").click_accesskit();
    shown.run();
    assert!(["the-columns", "what-worries"].contains(&&DORIS[shown.state().went[0].clone()]));
}

#[test]
fn it_is_stopped_and_proved_by_buttons() {
    let mut view = view(DORIS);
    view.state = State::Running(Stage::Playing { made: 10_000, of: 200_000 });
    let mut shown = shown(Theme::default(), view, 0);
    shown.get_by_label("Playing: 10,000 of 200,000 calls.");
    for button in ["Stop", "Prove now"] {
        shown.get_by_role_and_label(Role::Button, button).click();
        shown.run();
    }
    assert_eq!(shown.state().done, [Done::Figures(Action::Pause(true)), Done::Figures(Action::Prove)]);
}

#[test]
fn a_proof_tells_how_far_it_is_and_can_be_stopped() {
    let far = Step::Playing { done: 1_000, of: 100_000 };
    let view = View { is_proving: true, proof: Some(far), ..view(DORIS) };
    let mut shown = shown(Theme::default(), view, 0);
    shown.get_by_label("Playing it out: 1,000 of 100,000 calls. You can go on writing.");
    shown.get_by_role_and_label(Role::Button, "Stop proving").click();
    shown.run();
    assert_eq!(shown.state().done, [Done::Figures(Action::StopProving)]);
}

#[test]
fn what_is_proved_leads_to_the_text_until_that_has_changed() {
    let text = generated(60);
    let proved = Arc::new(Proved::of("test.ron", 0, &text, &()).unwrap());
    let message = proved.findings.iter().find(|finding| finding.span.is_some()).unwrap().message.clone();
    for (version, leads) in [(0, true), (1, false)] {
        let view = View { proved: Some(Arc::clone(&proved)), version, ..view(&text) };
        let shown = shown(Theme::default(), view, 0);
        assert!(shown.query_all_by_label(&message).count() > 0);
        let mut links = shown.query_all_by_role(Role::Link);
        assert_eq!(links.any(|node| node.accesskit_node().label().as_deref() == Some(&message)), leads);
    }
}

#[test]
fn figures_of_an_older_text_say_so() {
    let view = View { is_current: false, ..view(DORIS) };
    let shown = shown(Theme::default(), view, 0);
    shown.get_by_label("What stands here is of the text as it was before your latest changes.");
}

#[test]
fn twice_as_large_it_stays_within_the_window() {
    let text = generated(60);
    let view = View { proved: Some(Arc::new(Proved::of("test.ron", 0, &text, &()).unwrap())), ..view(&text) };
    let mut shown = shown(big(), view, text.find("\"node-3\": ").unwrap() + 1);
    within_the_window(&mut shown);
}

#[test]
fn a_target_is_met_missed_or_not_settled() {
    let extreme = |found: i64, proved: i64| {
        let witness = Witness { seed: 0, mode: Mode::Steps, inputs: Vec::new(), replies: 0 };
        Some(Extreme { found, proved, outcome: crate::scenario::vocabulary::Outcome::Satisfied, witness })
    };
    let check = |skill: Option<Skill>, best: (i64, i64), worst: (i64, i64), expected: &[(&str, &str)]| {
        let range =
            crate::explore::solve::Range { skill, best: extreme(best.0, best.1), worst: extreme(worst.0, worst.1) };
        let goals = data::goals(Some(&[range]), None);
        let told: Vec<_> = goals.iter().map(|goal| (goal.found.as_str(), goal.standing)).collect();
        assert_eq!(told, expected);
    };
    check(None, (950, 950), (250, 250), &[("950", "yes"), ("250", "yes")]);
    check(None, (949, 949), (251, 251), &[("949", "no"), ("251", "no")]);
    check(None, (900, 960), (300, 200), &[("900 to 960", "not settled"), ("200 to 300", "not settled")]);
    check(None, (960, 990), (240, 0), &[("960 to 990", "yes"), ("0 to 240", "yes")]);
    check(Some(Skill::Listening), (8_800, 9_150), (0, 0), &[("88 to 91", "yes")]);
    check(Some(Skill::Listening), (8_799, 8_799), (0, 0), &[("87", "no")]);
}
