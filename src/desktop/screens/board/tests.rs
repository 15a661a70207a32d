use egui_kittest::kittest::Queryable as _;
use uuid::Uuid;

use super::*;
use crate::board::{Adding, Choice, Entry, NotAdded, Progress, Refusal};
use crate::desktop::screens::testing::{assert_fits, theme, window};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::Outcome;

const NAMES: [&str; 12] =
    ["Heron", "Crane", "Egret", "Bittern", "Curlew", "Plover", "Snipe", "Avocet", "Dunlin", "Knot", "Ruff", "Godwit"];

fn entries() -> Vec<Entry> {
    let each = NAMES.iter().enumerate().map(|(place, name)| {
        let down = u16::try_from(place).unwrap();
        Entry {
            attempt: Uuid::from_u128(place as u128),
            player: (*name).to_owned(),
            team: Some(["Quayside", "Northgate", "Returns"][place % 3].to_owned()).filter(|_| place < 8),
            scenario: "before-saturday".to_owned(),
            title: "Before Saturday".to_owned(),
            difficulty: 2,
            scenario_hash: Hash([7; 32]),
            rules_version: 1,
            mode: Mode::Steps,
            ended_at: 1_795_000_000,
            practice: false,
            is_final: place != 11,
            outcome: Outcome::ALL[5 - place / 2],
            overall: 904 - 41 * down,
            skills: [9000, 8000, 8500, 7000, 7400].map(|skill| skill - 300 * i32::from(down)),
            evidence: [(900, 1000); 5],
            moderate_or_worse: 0,
            severe_or_worse: 0,
            trust: 7000,
            given_away: 0,
            needs_met: 100,
        }
    });
    each.collect()
}

fn given<'a>(entries: &'a [Entry], choice: &'a Choice) -> Given<'a> {
    Given { entries, player: "Knot", choice, who: Who::People, all: false, added: None, reading: None }
}

fn text(view: &View) -> String {
    let line = |line: &Line| match line {
        Line::Row { cells, .. } => cells.join(" | "),
        Line::Gap(words) => format!("... {words}"),
    };
    let mut text: Vec<String> = view.empty.iter().flatten().cloned().collect();
    text.extend(view.lines.iter().map(line));
    text.extend(view.length.iter().map(|(words, _)| format!("[{words}]")));
    text.extend(view.provisional.iter().map(|row| format!("provisional: {}", line(row))));
    text.extend(view.too_few.clone());
    text.join("\n")
}

fn refused() -> Adding {
    let refused = |name: &str, why: Refusal| NotAdded { path: format!("/mnt/share/{name}").into(), why: why.into() };
    Adding {
        added: entries().drain(..2).collect(),
        known: Vec::new(),
        refused: vec![
            refused("heron.attempt", Refusal::ScoreDoesNotHold("The file says 990; its own inputs give 612.".into())),
            refused("mine.attempt", Refusal::Practice),
        ],
        left: 0,
    }
}

#[test]
fn the_top_and_ones_own_row_with_its_neighbours_stand_in_words() {
    let entries = entries();
    let view = View::of(given(&entries, &Choice { scenario: Some("before-saturday".to_owned()), ..Choice::default() }));
    insta::assert_snapshot!(text(&view), @r"
    1 | Heron | Quayside | 976 | 904 | 90 | 80 | 85 | 70 | 74 | an advocate
    2 | Crane | Northgate | 932 | 863 | 87 | 77 | 82 | 67 | 71 | an advocate
    3 | Egret | Returns | 888 | 822 | 84 | 74 | 79 | 64 | 68 | satisfied
    4 | Bittern | Quayside | 843 | 781 | 81 | 71 | 76 | 61 | 65 | satisfied
    5 | Curlew | Northgate | 799 | 740 | 78 | 68 | 73 | 58 | 62 | rightly escalated
    ... 2 more rows between
    8 | Avocet | Northgate | 666 | 617 | 69 | 59 | 64 | 49 | 53 | pacified
    9 | Dunlin (just above you) |  | 622 | 576 | 66 | 56 | 61 | 46 | 50 | lost
    10 | Knot (you) |  | 578 | 535 | 63 | 53 | 58 | 43 | 47 | lost
    11 | Ruff (just below you) |  | 534 | 494 | 60 | 50 | 55 | 40 | 44 | escalated
    [Show all 11 rows]
    provisional: – | Godwit |  | 489 | 453 | 57 | 47 | 52 | 37 | 41 | escalated
    ");
}

#[test]
fn teams_of_three_are_listed_and_smaller_ones_named_without_points() {
    let entries = entries();
    let view = View::of(Given { who: Who::Teams, player: "Heron", ..given(&entries, &Choice::default()) });
    insta::assert_snapshot!(text(&view), @r"
    1 | Quayside (your team) | 843 | 3
    2 | Northgate | 799 | 3
    Returns: too few to list (2 people, and a team is listed from 3 on)
    ");
}

#[test]
fn an_empty_board_says_what_to_do() {
    let view = View::of(given(&[], &Choice::default()));
    assert!(text(&view).contains("Take a call and see it through"));
    let choice = Choice { team: Some("Nobody".to_owned()), ..Choice::default() };
    assert!(text(&View::of(given(&entries(), &choice))).contains("All teams"));
}

#[test]
fn what_was_refused_is_told_file_by_file() {
    let adding = refused();
    let view = View::of(Given { added: Some(Ok(&adding)), ..given(&[], &Choice::default()) });
    let added = view.added.unwrap();
    assert_eq!(added.words, "2 attempts added. 2 were refused:");
    assert_eq!(added.refused[0], ["heron.attempt", "The file says 990; its own inputs give 612."]);
}

#[test]
fn a_pasted_path_loses_its_quotes() {
    assert_eq!(data::typed_path(" \"C:\\team runs\" ").as_deref(), Some("C:\\team runs"));
    assert_eq!(data::typed_path("  "), None);
}

struct Screen {
    view: View,
    memory: Memory,
    done: Vec<Action>,
}

fn harness<'a>(percent: u16, view: View) -> egui_kittest::Harness<'a, Screen> {
    let screen = Screen { view, memory: Memory::default(), done: Vec::new() };
    let mut harness = window(theme(percent), screen, |ui, theme, screen| {
        screen.done.extend(draw(ui, theme, &screen.view, &mut screen.memory));
    });
    harness.run();
    harness
}

#[test]
fn everything_can_be_done_by_name() {
    let entries = entries();
    let choice = Choice::default();
    let mut harness = harness(100, View::of(given(&entries, &choice)));
    harness.get_by_label("Ranked by: Empathy").click();
    harness.run();
    harness.get_by_label("Team: Quayside").click();
    harness.run();
    harness.get_by_label("Teams").click();
    harness.run();
    // It lies below: the focus brings it into sight.
    harness.get_by_label("Show all 11 rows").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let done = &harness.state().done;
    assert!(
        matches!(&done[0], Action::Choose(choice) if choice.by == crate::board::By::Skill(crate::scenario::vocabulary::Skill::Empathy))
    );
    assert!(matches!(&done[1], Action::Choose(choice) if choice.team.as_deref() == Some("Quayside")));
    assert_eq!(done[2..], [Action::Rank(Who::Teams), Action::ShowAll(true)]);
}

#[test]
fn while_attempts_are_played_back_it_says_how_far_and_can_be_stopped() {
    let choice = Choice::default();
    let reading = |adds, done, of| Some(Reading { progress: Progress { done, of }, adds });
    for (reading, words) in [
        (reading(true, 17, 240), "Adding attempts: 17 of 240"),
        (reading(false, 3, 9), "Reading your team\u{2019}s attempts: 3 of 9"),
        (reading(true, 0, 0), "Adding attempts\u{2026}"),
    ] {
        assert_eq!(View::of(Given { reading, ..given(&[], &choice) }).reading.as_deref(), Some(words));
    }
    let view = View::of(Given { reading: reading(true, 17, 240), ..given(&[], &choice) });
    let mut harness = window(theme(200), (view, Memory::default(), Vec::new()), |ui, theme, (view, memory, done)| {
        done.extend(draw(ui, theme, view, memory));
    });
    harness.run();
    assert_fits(&harness);
    assert!(harness.query_by_label("Add attempts from a folder").is_none(), "one at a time");
    harness.get_by_label("Stop").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().2, [Action::Stop]);

    let stopped = Adding { left: 223, ..refused() };
    let view = View::of(Given { added: Some(Ok(&stopped)), ..given(&[], &choice) });
    assert_eq!(view.added.unwrap().words, "2 attempts added. Stopped before the other 223. 2 were refused:");
}

#[test]
fn a_folder_is_typed_and_added_by_keyboard_alone() {
    let mut harness = harness(100, View::of(given(&[], &Choice::default())));
    assert!(harness.get_by_label("Back").rect().bottom() < 100.0, "the way back stands on top");
    harness.get_by_label("Folder, or one file").focus();
    harness.run();
    harness.get_by_label("Folder, or one file").type_text("/mnt/share");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().done, [Action::AddFrom("/mnt/share".to_owned())]);
    harness.get_by_label("Add attempts from a folder").click();
    harness.run();
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().done[1..], [Action::AddFrom("/mnt/share".to_owned()), Action::Leave]);
}

#[test]
fn nothing_is_cut_off_in_large_text() {
    let entries = entries();
    for percent in [100, 200] {
        assert_fits(&harness(percent, View::of(given(&entries, &Choice::default()))));
    }
}
