use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::*;
use crate::campaign::{self, Run, RunStage};
use crate::desktop::screens::home::Unfinished;
use crate::desktop::screens::page::Difficulty;
use crate::desktop::screens::page::testing::{big, doris, marisol, maureen, opened, reach, within_the_window};
use crate::desktop::theme::{Appearance, Motion, Scale, Theme};
use crate::dialogue::{Mode, Standing};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, EventId};
use crate::scenario::load::load;
use crate::scenario::vocabulary::Channel;

/// Doris was met, Marisol has been promised two things and her note is still to be written, Maureen was not met.
fn shelf() -> View {
    let scenarios = [doris(), marisol(), maureen()];
    let mut run = campaign::begin(&scenarios[1], 7, Mode::Steps, &mut Vec::new());
    run.stage = RunStage::Note;
    promise(&scenarios[1], &mut run, &["callback", "chiller"]);
    let skills = Some([[74, 61, 87], [53, 40, 66], [91, 80, 100], [60, 47, 73], [70, 57, 83]]);
    let records = [
        Record { best: Some(754), times_played: 3, skills, open: None },
        Record {
            best: Some(402),
            times_played: 1,
            skills: None,
            open: Some(Unfinished { scenario: &scenarios[1], run: &run }),
        },
        Record::default(),
    ];
    let broken = load("scenarios/half-done.ron", b"Scenario(\n    format: 1,\n    id: 7,\n)");
    View::of(scenarios.iter().zip(records), [&broken])
}

fn promise(scenario: &Scenario, run: &mut Run, names: &[&str]) {
    for (promise, standing) in scenario.promises.iter().zip(run.talk.promises.iter_mut()) {
        if names.contains(&promise.name.as_str()) {
            *standing = Standing::Open;
        }
    }
}

#[test]
fn a_customer_has_a_place_a_difficulty_a_result_and_what_is_due() {
    let told: Vec<String> = shelf()
        .entries
        .iter()
        .map(|entry| {
            let Entry { customer, title, place, result, stands, due, difficulty, .. } = entry;
            format!("{customer} | {title} | {place} | {} | {result} | {stands} | {due}", difficulty.words())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Doris Pym | Can I have it on? | An energy company’s phone line. | Gentle | Best 754, met 3 times |  | 
    Marisol Quint | Before Saturday | Appliance aftercare, by phone. | Lively | Best 402, met once | The call is over. The note is still to be written. | Due Friday, 12:00. A loan chiller for her at Dockside, from noon through Sunday. And 1 more in the diary.
    Maureen Tallis | One-twelve | Ticket office of a football club. At the counter. | Hard | Not met yet |  |
    "#);
}

#[test]
fn each_skill_is_told_with_how_far_it_may_be_off_once_a_run_counts() {
    let view = shelf();
    let words: Vec<_> = view.entries[0].skills.iter().map(|skill| skill.words.as_str()).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    Listening: about 74, likely between 61 and 87.
    Calm tone: about 53, likely between 40 and 66.
    Empathy: about 91, likely between 80 and 100.
    Needs assessment: about 60, likely between 47 and 73.
    Follow-through: about 70, likely between 57 and 83.
    ");
    assert!(view.entries[1].skills.is_empty());
}

#[test]
fn a_scenario_of_several_calls_says_which_comes_next_and_where_a_run_stands_between() {
    let mut scenario = marisol();
    let mut second = scenario.encounters[0].clone();
    second.title = "The van on Saturday".to_owned();
    scenario.encounters.push(second);
    let said = |open: Option<(RunStage, u16)>| {
        let mut run = campaign::begin(&scenario, 7, Mode::Steps, &mut Vec::new());
        if let Some((stage, encounter)) = open {
            run.stage = stage;
            run.talk.encounter = EncounterId(encounter);
        }
        promise(&scenario, &mut run, &["callback"]);
        let open = open.map(|_| Unfinished { scenario: &scenario, run: &run });
        let view = View::of([(&scenario, Record { open, ..Record::default() })], []);
        let Entry { result, stands, due, .. } = &view.entries[0];
        format!("{result} | {stands} | {due}")
    };
    let event = scenario.encounters[0].diary.iter().position(|event| event.at.starts_with("Fri 1")).unwrap();
    let stages = [
        None,
        Some((RunStage::Talking, 0)),
        Some((RunStage::Note, 0)),
        Some((RunStage::Diary(EventId::at(event)), 0)),
        Some((RunStage::Between, 0)),
        Some((RunStage::Talking, 1)),
    ];
    insta::assert_snapshot!(stages.map(said).join("\n"), @r"
    Not met yet | A story of 2 calls. Call 1 comes next: “Before Saturday”. | 
    Not finished yet | Call 1 of 2: “Before Saturday”. You had only just begun. She is where you left off. | Due Friday, 18:30. Ring her with the engineer’s report, good or bad.
    Not finished yet | Call 1 of 2: “Before Saturday”. The call is over. The note is still to be written. | Due Friday, 18:30. Ring her with the engineer’s report, good or bad.
    Not finished yet | Call 1 of 2: “Before Saturday”. | Due Friday, 11:00. It waits for your decision. And 1 more in the diary.
    Not finished yet | Call 2 of 2 comes next: “The van on Saturday”. Your note is filed. The next time you meet is about to begin. | Due Friday, 18:30. Ring her with the engineer’s report, good or bad.
    Not finished yet | Call 2 of 2: “The van on Saturday”. You had only just begun. She is where you left off. | Due Friday, 18:30. Ring her with the engineer’s report, good or bad.
    ");
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
    check("", Filter { status: Some(Status::NotMet), ..any }, &["Maureen Tallis"]);
    check("", Filter { status: Some(Status::Due), ..any }, &["Marisol Quint"]);
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
fn arrows_bring_a_row_into_sight() {
    let view = shelf();
    let mut harness = opened(big(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    for (key, name) in [(Key::End, "Maureen Tallis"), (Key::ArrowUp, "Marisol Quint"), (Key::Home, "Doris Pym")] {
        harness.key_press(key);
        harness.run();
        let rect = harness.get_by_role_and_label(Role::Button, name).rect();
        assert!(rect.top() >= -1.0 && rect.bottom() <= 721.0, "{name} at {rect:?}");
    }
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
fn a_row_tells_a_screen_reader_all_that_stands_on_it() {
    let view = shelf();
    let harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    let about = |name| harness.get_by_role_and_label(Role::Button, name).accesskit_node().description().unwrap();
    assert!(about("Doris Pym").contains("Listening: about 74, likely between 61 and 87."), "{}", about("Doris Pym"));
    assert!(about("Marisol Quint").contains("Due Friday, 12:00."), "{}", about("Marisol Quint"));
}

#[test]
fn filters_are_reached_by_tab_and_all_of_it_fits_at_any_size() {
    let between = Theme::new(Appearance::Light, Scale::percent(130), Motion::Reduced);
    for theme in [Theme::default(), between, big()] {
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
