use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::board::{Entry, Filter, Measure};
use crate::desktop::screens::testing::{assert_fits, reached_by_tab, theme, window};
use crate::scenario::vocabulary::{Outcome, Skill};

fn entry(place: u16) -> Entry {
    let names = ["Juniper", "Otter", "Marlowe", "Saffron", "Quill", "Tern", "Basil"];
    let second = place >= 7;
    Entry {
        attempt: format!("a{place:02}"),
        player: names[usize::from(place % 7)].to_owned(),
        team: Some(["Harbour", "Hill"][usize::from(place % 7 % 2)].to_owned()),
        scenario: if second { "one-twelve" } else { "before-saturday" }.to_owned(),
        title: if second { "One-twelve" } else { "Before Saturday" }.to_owned(),
        difficulty: if second { 4 } else { 2 },
        finished_at: i64::from(place),
        practice: false,
        is_final: place != 5,
        outcome: Outcome::ALL[usize::from(place % 6)],
        overall: 400 + place * 137 % 500,
        skills: [8400, 5300, 9200, 6200, 7050],
        moderate_or_worse: 0,
        trust: 7000,
        given_away: 0,
        needs_met: 100,
    }
}

fn entries() -> Vec<Entry> {
    (0..14).map(entry).collect()
}

fn folder() -> Folder {
    Folder {
        name: "Team drive/attempts".to_owned(),
        added: 3,
        known: 1,
        refused: vec![RefusedFile {
            file: "otter-2.ron".to_owned(),
            why: "It does not hold: it claims 999 (an advocate), and played back it comes to 754 (satisfied)."
                .to_owned(),
        }],
    }
}

fn view(entries: &[Entry], filter: &Filter, who: Who) -> View {
    let folder = folder();
    View::of(Given { entries, player: "Basil", filter, who, all: false, folder: Some(&folder) })
}

fn as_text(view: &View) -> String {
    let heads: Vec<_> = view.columns.iter().map(|column| column.name).collect();
    let mut lines = vec![heads.join(" | ")];
    lines.extend(view.lines.iter().map(|line| match line {
        Line::Row { cells, own } => format!("{}{}", if *own { "> " } else { "" }, cells.join(" | ")),
        Line::Gap => "...".to_owned(),
    }));
    lines.extend(view.empty.clone());
    lines.extend(view.waiting.clone());
    lines.extend(view.folder.clone());
    lines.join("\n")
}

#[test]
fn a_board_of_people() {
    insta::assert_snapshot!(as_text(&view(&entries(), &Filter::default(), Who::People)), @r"
    Rank | Name | Team | Call | Points | Overall | Listening | Calm | Empathy | Needs | Follow-up | Left
    1 | Juniper | Harbour | One-twelve | 1065 | 859 | 84 | 53 | 92 | 62 | 71 | lost
    2 | Saffron | Hill | One-twelve | 955 | 770 | 84 | 53 | 92 | 62 | 71 | satisfied
    3 | Saffron | Hill | Before Saturday | 876 | 811 | 84 | 53 | 92 | 62 | 71 | rightly handed on
    > 4 | Basil | Harbour | One-twelve | 844 | 681 | 84 | 53 | 92 | 62 | 71 | lost
    5 | Marlowe | Harbour | One-twelve | 785 | 633 | 84 | 53 | 92 | 62 | 71 | rightly handed on
    > 6 | Basil | Harbour | Before Saturday | 780 | 722 | 84 | 53 | 92 | 62 | 71 | took it further
    7 | Marlowe | Harbour | Before Saturday | 728 | 674 | 84 | 53 | 92 | 62 | 71 | pacified
    8 | Tern | Hill | One-twelve | 675 | 544 | 84 | 53 | 92 | 62 | 71 | took it further
    Tern, Before Saturday: 585 so far. A promise in it is still open.
    3 attempts from Team drive/attempts. 1 more stood here before.
    1 attempt not let in:
    otter-2.ron: It does not hold: it claims 999 (an advocate), and played back it comes to 754 (satisfied).
    ");
}

#[test]
fn a_board_of_one_skill_in_one_call() {
    let filter =
        Filter { scenario: Some("one-twelve".to_owned()), measure: Measure::Skill(Skill::Empathy), team: None };
    insta::assert_snapshot!(as_text(&view(&entries(), &filter, Who::People)), @r"
    Rank | Name | Team | Points | Overall | Listening | Calm | Empathy | Needs | Follow-up | Left
    > 1 | Basil | Harbour | 114 | 681 | 84 | 53 | 92 | 62 | 71 | lost
    1 | Juniper | Harbour | 114 | 859 | 84 | 53 | 92 | 62 | 71 | lost
    1 | Marlowe | Harbour | 114 | 633 | 84 | 53 | 92 | 62 | 71 | rightly handed on
    Tern, Before Saturday: 585 so far. A promise in it is still open.
    3 attempts from Team drive/attempts. 1 more stood here before.
    1 attempt not let in:
    otter-2.ron: It does not hold: it claims 999 (an advocate), and played back it comes to 754 (satisfied).
    ");
}

#[test]
fn a_board_of_teams() {
    insta::assert_snapshot!(as_text(&view(&entries(), &Filter::default(), Who::Teams)), @r"
    Rank | Team | Members | Points
    > 1 | Harbour | 4 | 753
    2 | Hill | 3 | 675
    Tern, Before Saturday: 585 so far. A promise in it is still open.
    3 attempts from Team drive/attempts. 1 more stood here before.
    1 attempt not let in:
    otter-2.ron: It does not hold: it claims 999 (an advocate), and played back it comes to 754 (satisfied).
    ");
}

#[test]
fn an_empty_board_says_how_to_stand_on_it() {
    let view = view(&[], &Filter::default(), Who::People);
    assert_eq!(
        view.empty.as_deref(),
        Some("Nothing is finished here yet. A run stands on the board once its last promise has come due.")
    );
}

struct Shown {
    view: View,
    done: Vec<Action>,
}

fn show(percent: u16) -> Harness<'static, Shown> {
    let shown = Shown { view: view(&entries(), &Filter::default(), Who::People), done: Vec::new() };
    let mut harness = window(theme(percent), shown, |ui, theme, shown| {
        shown.done.extend(draw(ui, theme, &shown.view, &mut Memory));
    });
    harness.run();
    harness
}

#[test]
fn every_action_has_a_name() {
    let mut harness = show(100);
    for name in ["Teams", "One-twelve", "Add attempts from a folder", "Show every row"] {
        let node = harness.get_all_by_label(name).next().unwrap();
        node.click_accesskit();
        harness.run();
    }
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(
        harness.state().done,
        [
            Action::Rank(Who::Teams),
            Action::Filter(Filter { scenario: Some("one-twelve".to_owned()), ..Filter::default() }),
            Action::AddFolder,
            Action::ShowAll(true),
            Action::Home,
        ]
    );
}

#[test]
fn tab_reaches_everything_and_nothing_is_cut_off() {
    for percent in [100, 200] {
        let mut harness = show(percent);
        assert_fits(&harness);
        let names = reached_by_tab(&mut harness);
        for name in ["People", "Teams", "All calls", "Harbour", "Empathy", "Add attempts from a folder", "Home"] {
            assert!(names.iter().any(|reached| reached == name), "{name} is not among {names:?}");
        }
    }
}
