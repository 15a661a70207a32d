use std::fmt::Write as _;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::campaign::{self, RunStage};
use crate::desktop::screens::page::testing::{big, doris, marisol, maureen, opened, reach, within_the_window};
use crate::desktop::theme::Theme;
use crate::dialogue::Mode;
use crate::scenario::id::EventId;

fn told(view: &View) -> String {
    let waiting = |waiting: &Waiting| {
        format!("{} / {} / {} [{}]\n", waiting.headline, waiting.place, waiting.teaser, waiting.go_on)
    };
    let mut text = format!("{}\n{}", view.greeting, waiting(&view.first));
    text += &view.then.as_ref().map(waiting).unwrap_or_default();
    for room in &view.rooms {
        writeln!(text, "{}: {}", room.name, room.about).unwrap();
    }
    text
}

#[test]
fn after_doris_marisol_waits() {
    let marisol = marisol();
    let view = View::of(&Facts { name: "Jo", next: Some(&marisol), ..Facts::default() });
    insta::assert_snapshot!(told(&view), @r#"
    Hello, Jo
    Marisol Quint is waiting / Appliance aftercare, by phone. / Four hundred and eighty pounds back, and take it off my floor. [Get ready]
    Practise: Any call again. It stays between you and this computer.
    Customers: Everyone you can meet, and how it went.
    Progress: Your five skills, over all your calls.
    Boards: Yours, and your team’s if it has one.
    Studio: Write and change scenarios, and see at once what they do.
    Settings: Text size, clocks, your data.
    "#);
}

#[test]
fn an_unfinished_call_comes_first_and_says_where_it_stands() {
    let (maureen, marisol) = (maureen(), marisol());
    let mut run = campaign::begin(&maureen, 7, Mode::Steps, &mut Vec::new());
    let mut said = String::new();
    for (turn, stage) in [
        (1, RunStage::Talking),
        (4, RunStage::Talking),
        (9, RunStage::Note),
        (9, RunStage::Diary(EventId::at(0))),
        (9, RunStage::Between),
    ] {
        run.talk.turn.number = turn;
        run.stage = stage;
        let unfinished = Some(Unfinished { scenario: &maureen, run: &run });
        let view = View::of(&Facts { name: "Jo", unfinished, next: Some(&marisol), ..Facts::default() });
        assert_eq!(view.first.action, Action::Continue);
        assert_eq!(view.then.map(|then| then.action), Some(Action::Meet));
        writeln!(said, "{} / {}", view.first.headline, view.first.place).unwrap();
    }
    insta::assert_snapshot!(said, @r#"
    Maureen Tallis is still at the counter / You had only just begun. She is where you left off.
    Maureen Tallis is still at the counter / Turn 4. She is where you left off.
    Your note about Maureen Tallis / The call is over. The note is still to be written.
    Maureen Tallis: something is due / Wednesday 9 July, 11:20. It waits for your decision.
    Maureen Tallis again / Your note is filed. The next time you meet is about to begin.
    "#);

    run.stage = RunStage::Closed;
    let unfinished = Some(Unfinished { scenario: &maureen, run: &run });
    let view = View::of(&Facts { unfinished, next: Some(&marisol), ..Facts::default() });
    assert_eq!(view.first.action, Action::Meet, "a closed run is not offered again");
}

#[test]
fn when_all_were_met_somebody_can_be_met_again() {
    let view = View::of(&Facts { review_cards: 2, broken_files: 1, ..Facts::default() });
    insta::assert_snapshot!(told(&view), @r#"
    Home
    Nobody is waiting / You have met every customer here. You can meet any of them again: they do not always say the same. /  [Choose a customer]
    Today: two moments to try again: From your own calls. No board sees it.
    Practise: Any call again. It stays between you and this computer.
    Customers: Everyone you can meet, and how it went. One file cannot be played.
    Progress: Your five skills, over all your calls.
    Boards: Yours, and your team’s if it has one.
    Studio: Write and change scenarios, and see at once what they do.
    Settings: Text size, clocks, your data.
    "#);
}

#[test]
fn a_run_that_counts_is_offered_where_one_is_open_and_says_which() {
    let doris = doris();
    let rooms = |counting| View::of(&Facts { counting, ..Facts::default() }).rooms;
    let offered = rooms(Some(&doris)).into_iter().find(|room| room.action == Action::Rank).unwrap();
    insta::assert_snapshot!(format!("{}: {}", offered.name, offered.about), @"A run that counts: Doris Pym. Your first finished run of this call: it counts on the board. What you try again afterwards is practice.");
    assert!(rooms(None).iter().all(|room| room.action != Action::Rank));
}

#[test]
fn enter_goes_to_the_customer_who_waits() {
    let marisol = marisol();
    let view = View::of(&Facts { next: Some(&marisol), ..Facts::default() });
    let mut harness = opened(Theme::default(), move |ui, theme, memory| draw(ui, theme, &view, memory));
    assert!(harness.get_by_role_and_label(Role::Button, "Get ready").is_focused());
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, [Action::Meet]);
}

#[test]
fn every_room_is_reached_by_tab_at_any_size() {
    let (doris, marisol) = (doris(), marisol());
    let run = campaign::begin(&doris, 7, Mode::Steps, &mut Vec::new());
    for theme in [Theme::default(), big()] {
        let view = View::of(&Facts {
            name: "A name of forty characters, which is long",
            unfinished: Some(Unfinished { scenario: &doris, run: &run }),
            next: Some(&marisol),
            counting: Some(&marisol),
            team: None,
            ranked: None,
            goal: Some("If she stops for breath, I’ll count two before I speak."),
            review_cards: 3,
            broken_files: 2,
        });
        let ways = [
            ("Go on where you stopped", Action::Continue),
            ("Marisol Quint is waiting", Action::Meet),
            ("Today: three moments to try again", Action::Review),
            ("A run that counts", Action::Rank),
            ("Practise", Action::Practise),
            ("Customers", Action::OpenLibrary),
            ("Progress", Action::OpenProgress),
            ("Studio", Action::OpenStudio),
            ("Boards", Action::OpenBoards),
            ("Settings", Action::OpenSettings),
        ];
        let mut harness = opened(theme, move |ui, theme, memory| draw(ui, theme, &view, memory));
        for (name, action) in ways {
            reach(&mut harness, Role::Button, name);
            harness.key_press(Key::Enter);
            harness.run();
            assert_eq!(harness.state().1.last(), Some(&action), "{name}");
        }
        within_the_window(&mut harness);
    }
}

#[test]
fn a_team_names_the_call_that_counts_and_what_it_waits_for() {
    let doris = doris();
    let ranked = Some(Ranked { title: "Before Saturday", slug: "before-saturday", service: "Quayside support" });
    let team = Some("One ranked run is still to be sent to your team.");
    let rooms = View::of(&Facts { counting: Some(&doris), ranked, team, ..Facts::default() }).rooms;
    let about = |action| rooms.iter().find(|room| room.action == action).unwrap().about.clone();
    insta::assert_snapshot!(about(Action::Rank), @"Before Saturday, for Quayside support. Your first ranked run of it is the one on the board.");
    insta::assert_snapshot!(about(Action::OpenBoards), @"One ranked run is still to be sent to your team.");
}
