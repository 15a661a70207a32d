use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::tz::TimeZone;

use super::*;
use crate::desktop::screens::testing::{assert_fits, theme, window};
use crate::history::FinishedRun;
use crate::scenario::vocabulary::{Indicator, Outcome};
use crate::scoring::review::{Card, Deck, Place};

const DAY: i64 = 86_400;

fn run(number: u8, day: i64) -> FinishedRun {
    let scenario = ["before-saturday", "can-i-have-it-on"][usize::from(number % 2)];
    FinishedRun {
        attempt: format!("00000000-0000-0000-0000-0000000000{number:02}"),
        player: "Heron".to_owned(),
        team: None,
        scenario: scenario.to_owned(),
        title: ["Before Saturday", "Can I have it on"][usize::from(number % 2)].to_owned(),
        difficulty: 1 + number % 2,
        scenario_hash: "ab".repeat(32),
        rules_version: 1,
        mode: "Steps".to_owned(),
        ended_at: 20_779 * DAY + day * DAY + 3600,
        practice: false,
        is_final: true,
        outcome: Outcome::Satisfied,
        overall: 700 + u16::from(number),
        skills: [8427, 5300, 9188, 6154, 7054],
        evidence: [(960, 1100), (610, 1000), (735, 800), (800, 1300), (1305, 1850)],
        moderate_or_worse: 1,
        severe_or_worse: 0,
        trust: 7600,
        given_away: 0,
        needs_met: 100,
    }
}

fn runs() -> Vec<FinishedRun> {
    let practice = FinishedRun { practice: true, ..run(4, 6) };
    let open = FinishedRun { is_final: false, ..run(5, 7) };
    vec![open, practice, run(3, 4), run(2, 2), run(1, 0)]
}

/// The first of these runs ends on this day.
const FIRST: i64 = 20_779;

fn view(runs: &[FinishedRun], deck: &Deck) -> View {
    View::of(&Given { runs, zone: &TimeZone::UTC, deck, today: FIRST + 7 })
}

/// Two cards of empathy and one of listening.
fn deck() -> Deck {
    let card = |node: &str, indicator, made, well| Card {
        place: Place { scenario: "before-saturday".to_owned(), encounter: "call".to_owned(), node: node.to_owned() },
        indicator,
        attempt: uuid::Uuid::nil(),
        made,
        answered: None,
        well,
    };
    Deck::of([
        card("a", Indicator::NameImpact, FIRST + 6, 0),
        card("b", Indicator::OwningApology, FIRST + 5, 2),
        card("c", Indicator::Paraphrase, FIRST + 7, 0),
    ])
}

fn text(view: &View) -> String {
    let mut lines = vec![view.about.clone()];
    lines.extend(
        view.skills.iter().map(|skill| {
            format!("{}: {}", skill.label, [&*skill.words, &skill.standing, &skill.cards].join(" ").trim())
        }),
    );
    lines.extend(view.runs.iter().map(|run| format!("{}: {} / {}", run.title, run.result, run.when)));
    lines.extend(view.empty.map(str::to_owned));
    lines.join("\n")
}

#[test]
fn skills_stand_with_how_sure_they_are() {
    insta::assert_snapshot!(text(&view(&runs(), &Deck::default())), @r"
    Read from your 3 finished calls, the latest counting most. One call is a noisy reading: the pale band shows how far it may be off.
    Listening: About 81, likely between 61 and 100. For mastery: three different calls, 2 so far.
    Calm tone: About 59, likely between 34 and 84. For mastery: 80 across your calls; three different calls, 2 so far.
    Empathy: About 82, likely between 62 and 100. For mastery: three different calls, 2 so far.
    Needs assessment: About 60, likely between 37 and 83. For mastery: 80 across your calls; three different calls, 2 so far.
    Follow-through: About 68, likely between 49 and 88. For mastery: 80 across your calls; three different calls, 2 so far.
    Can I have it on: 705, satisfied / 29 November 2026, provisional: a promise is still open
    Before Saturday: 704, satisfied / 28 November 2026, practice: only you see it
    Can I have it on: 703, satisfied / 26 November 2026
    Before Saturday: 702, satisfied / 24 November 2026
    Can I have it on: 701, satisfied / 22 November 2026
    ");
}

#[test]
fn before_the_first_call_nothing_is_claimed() {
    insta::assert_snapshot!(text(&view(&[], &Deck::default())), @r"
    Your skills are read from whole calls, once their last promise has come due.
    Listening: Not known yet.
    Calm tone: Not known yet.
    Empathy: Not known yet.
    Needs assessment: Not known yet.
    Follow-through: Not known yet.
    No call is over yet. Each one will stand here, with its debrief.
    ");
}

#[test]
fn the_order_of_the_runs_does_not_matter() {
    let mut other = runs();
    other.reverse();
    assert_eq!(view(&other, &deck()), view(&runs(), &deck()));
}

#[test]
fn a_row_of_the_index_and_an_entry_of_the_board_say_the_same() {
    let row = run(1, 0);
    assert_eq!(finished_run(&entry(&row).unwrap()), row);
    assert_eq!(entry(&FinishedRun { mode: "Backwards".to_owned(), ..row }), None);
}

#[test]
fn a_debrief_is_opened_by_name() {
    let mut harness = harness(100);
    assert!(harness.get_by_label("Back").rect().bottom() < 100.0, "the way back stands on top");
    harness.get_by_label("Open the debrief of Can I have it on, 26 November 2026").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().0, [Action::OpenDebrief(run(3, 4).attempt), Action::Leave]);
}

#[test]
fn each_skill_says_when_its_next_moment_comes() {
    let view = view(&runs(), &deck());
    let cards: Vec<_> = view.skills.iter().map(|skill| skill.cards.as_str()).collect();
    let (listening, empathy) = ("One moment to try again, tomorrow.", "2 moments to try again, the next today.");
    assert_eq!(cards, [listening, "", empathy, "", ""]);
    assert_eq!(view.review.as_deref(), Some("Today: one moment to try again"));
}

#[test]
fn the_curve_says_what_was_known_after_each_call_that_counts() {
    let curve = &view(&runs(), &deck()).curves[0];
    let spots: Vec<_> =
        curve.spots.iter().map(|spot| format!("{}, {}: {}", spot.when, spot.title, spot.words)).collect();
    insta::assert_snapshot!(format!("{}\n{}", curve.summary, spots.join("\n")), @r"
    Listening across calls, from 74 to 81. Left and right arrows read each call.
    22 Nov, Can I have it on: 84 in that call. Across calls about 74, likely between 47 and 100.
    24 Nov, Before Saturday: 84 in that call. Across calls about 79, likely between 57 and 100.
    26 Nov, Can I have it on: 84 in that call. Across calls about 81, likely between 61 and 100.
    ");
    assert!(view(&[run(1, 0)], &deck()).curves.is_empty(), "one point is no curve");
}

#[test]
fn the_curve_is_read_by_arrows_and_stands_as_a_table_on_a_key() {
    let mut harness = harness(100);
    harness.get_by_role_and_label(Role::Image, "How listening went").focus();
    harness.run();
    harness.key_press(egui::Key::ArrowLeft);
    harness.run();
    let read = |harness: &egui_kittest::Harness<'_, State>, name: &str| {
        harness.get_by_role_and_label(Role::Image, name).accesskit_node().value().unwrap_or_default()
    };
    assert!(read(&harness, "How listening went").starts_with("26 Nov, Can I have it on. 84 in that call."));
    harness.key_press(egui::Key::ArrowLeft);
    harness.run();
    assert!(read(&harness, "How listening went").starts_with("24 Nov, Before Saturday."));
    assert!(harness.query_by_role(Role::Table).is_none());
    harness.key_press(egui::Key::T);
    harness.run();
    harness.get_by_role_and_label(Role::Table, "From call to call");
    harness.get_by_role_and_label(Role::RadioButton, "Empathy").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(read(&harness, "How empathy went").starts_with("24 Nov"));
}

#[test]
fn the_moments_of_today_are_opened_from_here_too() {
    let mut harness = harness(100);
    harness.get_by_role_and_label(Role::Button, "Today: one moment to try again").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().0, [Action::Review]);
}

#[test]
fn nothing_is_cut_off_in_large_text() {
    for percent in [100, 200] {
        assert_fits(&harness(percent));
    }
}

type State = (Vec<Action>, View, Memory);

fn harness<'a>(percent: u16) -> egui_kittest::Harness<'a, State> {
    let state = (Vec::new(), view(&runs(), &deck()), Memory::default());
    let mut harness = window(theme(percent), state, |ui, theme, (done, view, memory)| {
        done.extend(draw(ui, theme, view, memory));
    });
    harness.run();
    harness
}

#[test]
fn runs_of_one_scenario_on_one_day_have_names_of_their_own() {
    let again = |number: u8, seconds: i64| FinishedRun { ended_at: run(2, 2).ended_at + seconds, ..run(number, 2) };
    let runs = [run(2, 2), again(4, 60), again(6, 120), run(1, 2), run(8, 3)];
    let view = view(&runs, &Deck::default());
    let names: Vec<_> = view.runs.iter().map(|run| run.name.as_str()).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    Open the debrief of Before Saturday, 25 November 2026
    Open the debrief of Before Saturday, 24 November 2026, number 3 of 3 that day
    Open the debrief of Before Saturday, 24 November 2026, number 2 of 3 that day
    Open the debrief of Before Saturday, 24 November 2026, number 1 of 3 that day
    Open the debrief of Can I have it on, 24 November 2026
    ");
}
