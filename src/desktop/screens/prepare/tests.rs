use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::desktop::screens::page::testing::{big, marisol, maureen, opened, reach, within_the_window};
use crate::desktop::theme::Theme;
use crate::scenario::Scenario;
use crate::scenario::id::EncounterId;

fn facts(scenario: &Scenario) -> Facts<'_> {
    Facts {
        scenario,
        encounter: EncounterId(0),
        last_time: None,
        goal: None,
        mode: Mode::Steps,
        coach: true,
        practice: false,
        met_before: false,
        ranked: None,
    }
}

#[test]
fn a_view_holds_what_the_firm_knows_and_no_more() {
    let scenario = marisol();
    let view = View::of(&facts(&scenario));
    insta::assert_debug_snapshot!(view, @r#"
    View {
        person: Person {
            look: Look {
                palette: Rust,
                skin: Olive,
                hair: Bun,
                hair_colour: Black,
                age: Middle,
                glasses: false,
                holds: None,
            },
            pronoun: She,
            meters: Meters {
                anger: 72,
                trust: 30,
                patience: 55,
                heard: 20,
            },
            upset: Anger,
        },
        name: "Marisol Quint",
        about: "44. Bakes cheesecakes and sells them from a stall on the quay.",
        setting: "Appliance aftercare, by phone. Thursday, 10:40. You are Ade, in your second week.",
        announcement: None,
        difficulty: Difficulty(
            2,
        ),
        content_note: Some(
            "She is loud and angry at first. There is no swearing and nobody is threatened.",
        ),
        record_title: "The record on your screen",
        record: [
            "Visit Wed 08-12: ATTENDED - NO ACCESS, one photo",
            "Fridge-freezer, 11 months old",
            "Call Wed 12:40, 19 minutes in the queue: no note left",
            "Ms M. Quint, number 41. Mobile ending 208",
            "Next ordinary visit: Tuesday",
        ],
        last_time: [],
        yours: [
            "One priority slot, Friday 16-18",
            "A loan chiller from the Dockside showroom, Friday noon through Sunday",
            "Up to £60",
            "Correcting a record on evidence",
        ],
        not_yours: [
            "A refund or a swap without the engineer’s report and your supervisor",
        ],
        limits: [
            "Yours to give",
            "Not yours to give",
        ],
        goal: None,
        intentions: [
            "If she stops for breath, I’ll count two before I speak.",
            "If she asks for the money, I’ll ask what it’s for before I answer.",
            "If I give her a time, I’ll say who rings, on what number, and when.",
        ],
        mode: Steps,
        about_mode: "No clock. They say a little at a time, and you choose: listen on, or speak.",
        coach: true,
        about_coach: "After each turn the call stops, and a few lines say what happened and why.",
        counts: "Your first finished run of this call: it counts on the board.",
        team: None,
        go_on: "Pick up the phone",
    }
    "#);
}

#[test]
fn on_the_phone_one_picks_up_and_at_the_counter_one_calls_the_next_person() {
    assert_eq!(View::of(&facts(&marisol())).go_on, "Pick up the phone");
    assert_eq!(View::of(&facts(&maureen())).go_on, "Call the next person");
}

#[test]
fn the_note_of_last_time_is_shown_with_ones_own_line_even_when_it_is_empty() {
    let scenario = marisol();
    let check = |tiles: &[&str], line: &str, expected: &[&str]| {
        let last = LastTime { tiles: tiles.iter().map(ToString::to_string).collect(), line: line.to_owned() };
        let view = View::of(&Facts { last_time: Some(&last), ..facts(&scenario) });
        assert_eq!(view.last_time, expected);
    };
    check(&["Rings on Friday"], " Ask about the trays ", &["Rings on Friday", "“Ask about the trays”"]);
    check(&[], "", &["Nothing was written down."]);
}

#[test]
fn enter_picks_up_with_the_intention_that_was_picked_by_its_number() {
    let view = View::of(&facts(&marisol()));
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    assert!(harness.get_by_role_and_label(Role::Button, "Pick up the phone").is_focused());
    for key in [Key::Enter, Key::Num2, Key::Enter, Key::Num2, Key::Num3, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    let begun = [None, Some(1), Some(2)].map(|intention| Action::Begin { intention });
    assert_eq!(harness.state().1, begun);
}

#[test]
fn esc_goes_back_once() {
    let view = View::of(&facts(&marisol()));
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().1, [Action::Back]);
}

#[test]
fn everything_is_reached_by_tab_at_any_size() {
    let last = LastTime { tiles: vec!["She has a van".to_owned()], line: "Trays are 40 by 60".to_owned() };
    for theme in [Theme::default(), big()] {
        for scenario in [marisol(), maureen()] {
            let view = View::of(&Facts {
                last_time: Some(&last),
                goal: Some("If she stops for breath, I’ll count two before I speak."),
                ..facts(&scenario)
            });
            let go_on = view.go_on;
            let intention = view.intentions[0].clone();
            let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
            for (role, name, action) in [
                (Role::RadioButton, "Timed", Some(Action::SetMode(Mode::Timed))),
                (Role::Switch, "Coach", Some(Action::SetCoach(false))),
                (Role::RadioButton, intention.as_str(), None),
                (Role::Button, go_on, Some(Action::Begin { intention: Some(0) })),
                (Role::Button, "Back", Some(Action::Back)),
            ] {
                reach(&mut harness, role, name);
                harness.key_press(Key::Enter);
                harness.run();
                if let Some(action) = action {
                    assert_eq!(harness.state().1.last(), Some(&action), "{name}");
                }
            }
            within_the_window(&mut harness);
        }
    }
}

#[test]
fn a_call_that_can_count_for_the_team_says_what_counts_and_what_is_left() {
    let scenario = marisol();
    let ranked =
        Ranked { service: "Quayside support", left: 2, first: true, ahead: false, wish: Wish::Off, refused: None };
    let said = |ranked| View::of(&Facts { ranked: Some(ranked), ..facts(&scenario) });
    let about = |ranked| said(ranked).team.unwrap().about;
    insta::assert_snapshot!(about(ranked), @"Your first ranked run of this call is the one on the board. 2 are left this season. It goes to Quayside support.");
    insta::assert_snapshot!(about(Ranked { left: 1, first: false, ahead: true, ..ranked }), @"Your first run is the one on the board; this one counts for “most improved”. It is the last one left this season. It needs no network, and the board says that it is less protected. It goes to Quayside support.");
    assert_eq!(said(ranked).counts, COUNTS);
    insta::assert_snapshot!(said(Ranked { wish: Wish::On, ..ranked }).counts, @"It counts for Quayside support, from the moment it begins.");
    let none = said(Ranked { left: 0, first: false, ..ranked }).team.unwrap();
    assert!(none.none_left && none.about.contains("all your ranked runs"), "{none:?}");
}

#[test]
fn it_is_made_to_count_by_a_switch_and_waits_for_its_leave() {
    for theme in [Theme::default(), big()] {
        let scenario = marisol();
        let ranked = Ranked {
            service: "Quayside support",
            left: 2,
            first: true,
            ahead: false,
            wish: Wish::Off,
            refused: Some("The team service cannot be reached."),
        };
        let view = View::of(&Facts { ranked: Some(ranked), ..facts(&scenario) });
        let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
        assert!(harness.query_by_label("The team service cannot be reached.").is_some());
        harness.get_by_role_and_label(Role::Switch, "Ranked run").focus();
        harness.run();
        harness.key_press(Key::Space);
        harness.run();
        assert_eq!(harness.state().1, [Action::SetRanked(true)]);
        let view = View::of(&Facts { ranked: Some(Ranked { wish: Wish::Asking, ..ranked }), ..facts(&scenario) });
        let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
        harness.key_press(Key::Enter);
        harness.run();
        assert!(harness.state().1.is_empty(), "the way on is closed until the leave is there");
        within_the_window(&mut harness);
    }
}
