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
    insta::assert_snapshot!(as_text(&view(&entries(), &Filter::default(), Who::People)), @"");
}

#[test]
fn a_board_of_one_skill_in_one_call() {
    let filter =
        Filter { scenario: Some("one-twelve".to_owned()), measure: Measure::Skill(Skill::Empathy), team: None };
    insta::assert_snapshot!(as_text(&view(&entries(), &filter, Who::People)), @"");
}

#[test]
fn a_board_of_teams() {
    insta::assert_snapshot!(as_text(&view(&entries(), &Filter::default(), Who::Teams)), @"");
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
