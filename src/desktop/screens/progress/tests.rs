use egui_kittest::kittest::Queryable as _;
use jiff::tz::TimeZone;

use super::*;
use crate::desktop::screens::testing::{assert_fits, theme, window};
use crate::history::FinishedRun;
use crate::scenario::vocabulary::Outcome;

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

fn text(view: &View) -> String {
    let mut lines = vec![view.about.clone()];
    lines.extend(
        view.skills
            .iter()
            .map(|skill| format!("{}: {}", skill.label, [skill.words.as_str(), &skill.standing].join(" ").trim())),
    );
    lines.extend(view.runs.iter().map(|run| format!("{}: {} / {}", run.title, run.result, run.when)));
    lines.extend(view.empty.map(str::to_owned));
    lines.join("\n")
}

#[test]
fn skills_stand_with_how_sure_they_are() {
    insta::assert_snapshot!(text(&View::of(&runs(), &TimeZone::UTC)), @r"
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
    insta::assert_snapshot!(text(&View::of(&[], &TimeZone::UTC)), @r"
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
    assert_eq!(View::of(&other, &TimeZone::UTC), View::of(&runs(), &TimeZone::UTC));
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
    harness.get_by_label("Open the debrief of Can I have it on, 26 November 2026").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().0, [Action::OpenDebrief(run(3, 4).attempt), Action::Leave]);
}

#[test]
fn nothing_is_cut_off_in_large_text() {
    for percent in [100, 200] {
        assert_fits(&harness(percent));
    }
}

fn harness<'a>(percent: u16) -> egui_kittest::Harness<'a, (Vec<Action>, View)> {
    let state = (Vec::new(), View::of(&runs(), &TimeZone::UTC));
    let mut harness = window(theme(percent), state, |ui, theme, (done, view)| {
        done.extend(draw(ui, theme, view, &mut Memory));
    });
    harness.run();
    harness
}
