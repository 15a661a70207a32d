use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::desktop::screens::testing::{assert_fits, reached_by_tab, theme, window};
use crate::scenario::vocabulary::Outcome;
use crate::scoring::Reading;

fn run(place: u8) -> PastRun {
    let calls = [("before-saturday", "Before Saturday"), ("one-twelve", "One-twelve"), ("bay-9", "Bay 9")];
    let (scenario, title) = calls[usize::from(place % 3)];
    PastRun {
        attempt: format!("attempt-{place}"),
        title: title.to_owned(),
        outcome: Outcome::ALL[usize::from(place)],
        overall: 500 + 60 * u16::from(place),
        is_final: place != 4,
        practice: place == 2,
        reading: Reading {
            scenario: scenario.to_owned(),
            difficulty: 1 + place % 3,
            day: 20_770 + i64::from(place),
            evidence: [(960, 1100), (610, 1000), (795, 800), (800, 1300), (1305, 1850)],
            skills: [8400, 5300, 9200, 6200, 7050],
            severe: 0,
        },
    }
}

fn runs() -> Vec<PastRun> {
    (0..5).map(run).collect()
}

fn as_text(view: &View) -> String {
    let mut lines = vec![view.about.clone()];
    lines.extend(view.skills.iter().map(|skill| format!("{}: {} {}", skill.label, skill.words, skill.standing)));
    lines.extend(view.runs.iter().map(|run| format!("{} ({}) {}", run.words, run.when, run.note.unwrap_or_default())));
    lines.join("\n")
}

#[test]
fn progress_in_words() {
    insta::assert_snapshot!(as_text(&View::of(&runs())), @r"
    Read from 3 runs. One run is a noisy reading: the pale band shows how far it may be off.
    Listening: About 81, likely between 61 and 100. To master it: three different calls (2 so far).
    Calm tone: About 59, likely between 34 and 84. To master it: 80 over the last eight runs; three different calls (2 so far).
    Empathy: About 88, likely between 71 and 100. To master it: three different calls (2 so far).
    Needs assessment: About 60, likely between 37 and 83. To master it: 80 over the last eight runs; three different calls (2 so far).
    Follow-through: About 68, likely between 49 and 88. To master it: 80 over the last eight runs; three different calls (2 so far).
    One-twelve: 740, satisfied (17 November 2026) not final yet
    Before Saturday: 680, rightly escalated (16 November 2026) 
    Bay 9: 620, pacified (15 November 2026) practice
    One-twelve: 560, lost (14 November 2026) 
    Before Saturday: 500, escalated (13 November 2026)
    ");
}

#[test]
fn without_runs_nothing_is_claimed() {
    insta::assert_snapshot!(as_text(&View::of(&[])), @r"
    No run is finished yet, so the bands are as wide as they can be.
    Listening: Not known yet. 
    Calm tone: Not known yet. 
    Empathy: Not known yet. 
    Needs assessment: Not known yet. 
    Follow-through: Not known yet.
    ");
}

#[test]
fn practice_and_open_runs_are_listed_and_not_read() {
    let only: Vec<_> = runs().into_iter().filter(|run| run.practice || !run.is_final).collect();
    let view = View::of(&only);
    assert_eq!(view.runs.len(), 2);
    assert!(view.skills.iter().all(|skill| skill.words == "Not known yet."));
}

struct Shown {
    view: View,
    done: Vec<Action>,
}

fn show(percent: u16) -> Harness<'static, Shown> {
    let mut harness =
        window(theme(percent), Shown { view: View::of(&runs()), done: Vec::new() }, |ui, theme, shown| {
            shown.done.extend(draw(ui, theme, &shown.view, &mut Memory));
        });
    harness.run();
    harness
}

#[test]
fn a_past_run_opens_and_escape_leads_home() {
    let mut harness = show(100);
    harness.get_by_label("Before Saturday: 500, escalated").click_accesskit();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().done, [Action::OpenDebrief("attempt-0".to_owned()), Action::Home]);
}

#[test]
fn tab_reaches_everything_and_nothing_is_cut_off() {
    for percent in [100, 200] {
        let mut harness = show(percent);
        assert_fits(&harness);
        let names = reached_by_tab(&mut harness);
        assert_eq!(names.len(), 6, "{names:?}");
    }
}
