//! The whole, played through without a window: what a person does on each screen, and where it leads.

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::campaign::RunStage;
use crate::desktop::screens::conversation::Action;
use crate::desktop::screens::{after_call, board, debrief, home, prepare, review, settings};
use crate::dialogue::{self, Mode, reply_order};
use crate::scenario::vocabulary::{Pace, Volume};

fn desk(folder: &Path) -> Desk {
    let desk = Desk::open(Folders::below(folder), &[]);
    assert_eq!(desk.notice, None);
    desk
}

fn run(desk: &Desk) -> &crate::campaign::Run {
    desk.running.as_ref().unwrap().recorder.run()
}

/// Hears a turn out and says the reply that stands first.
fn take_a_turn(desk: &mut Desk) {
    while run(desk).stage == RunStage::Talking && !run(desk).talk.replies_open() {
        desk.talk(Action::Do(dialogue::Action::Listen));
    }
    let scenario = Arc::clone(desk.running.as_ref().unwrap().recorder.scenario());
    let reply = reply_order(&scenario, &run(desk).talk)[0];
    desk.talk(Action::Do(dialogue::Action::Speak { reply, pace: Pace::Slow, volume: Volume::Level }));
}

/// Takes the call that is on to its end, and all that follows, up to the debrief.
fn play_out(desk: &mut Desk) {
    while run(desk).stage == RunStage::Talking {
        take_a_turn(desk);
    }
    assert_eq!(desk.talk(Action::Finish), Some(Screen::AfterCall));
    let encounter = desk.running.as_ref().unwrap().recorder.scenario().encounters[0].clone();
    let tiles = crate::campaign::tiles(&encounter, &run(desk).talk).map(|(id, _)| id).take(2).collect();
    assert_eq!(desk.after_call(after_call::Action::File { tiles, line: "As she said.".to_owned() }), None);
    while let RunStage::Diary(event) = run(desk).stage {
        let choice = crate::campaign::choices(&encounter.diary[event.index()], &run(desk).talk).next().unwrap().0;
        desk.after_call(after_call::Action::Choose(choice));
    }
    assert_eq!(run(desk).stage, RunStage::Closed);
    assert_eq!(desk.after_call(after_call::Action::ToDebrief), Some(Screen::Debrief));
}

#[test]
fn a_first_start_leads_through_doris_to_home_where_the_next_customer_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    assert_eq!(desk.first_screen(), Screen::Welcome);
    assert_eq!(desk.meet("  Robin "), Screen::Conversation);
    let running = desk.running.as_ref().unwrap();
    assert_eq!(running.recorder.scenario().slug, FIRST);
    assert_eq!(running.recorder.attempt().mode, Mode::Steps);
    assert!(running.recorder.attempt().practice, "nothing is at stake");
    play_out(&mut desk);
    assert!(matches!(desk.debrief_view(), Some(debrief::View::First(_))));
    assert_eq!(desk.debriefed(debrief::Action::Done), Some(Screen::Home));
    assert_eq!(desk.runs(), 1);
    assert_eq!(desk.next_customer().unwrap().slug, "before-saturday");
    assert_eq!(desk.at_home(home::Action::Meet), Screen::Prepare);
    assert_eq!(desk.preparing(prepare::Action::Begin { intention: Some(0) }), Some(Screen::Conversation));
    let attempt = desk.running.as_ref().unwrap().recorder.attempt();
    assert!(!attempt.practice);
    assert!(attempt.intention.is_some());
}

#[test]
fn a_call_that_is_closed_in_the_middle_goes_on_at_the_same_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    first.meet("Robin");
    take_a_turn(&mut first);
    take_a_turn(&mut first);
    first.talk(Action::Do(dialogue::Action::Listen));
    let before = run(&first).clone();
    first.leave();
    drop(first);

    let mut again = desk(folder.path());
    assert_eq!(again.first_screen(), Screen::Home);
    assert!(again.unfinished().is_some());
    assert_eq!(again.at_home(home::Action::Continue), Screen::Conversation);
    assert_eq!(run(&again), &before);
}

#[test]
fn a_program_that_is_killed_loses_the_present_turn_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    first.meet("Robin");
    take_a_turn(&mut first);
    take_a_turn(&mut first);
    let turn = run(&first).talk.turn.number;
    // Nothing is put down in order: it is simply gone.
    std::mem::forget(first);

    let mut again = desk(folder.path());
    again.resume();
    assert_eq!(run(&again).talk.turn.number, turn);
}

#[test]
fn a_moment_tried_again_is_practice_and_leaves_the_history_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    let action = debrief::Action::TryAgain { encounter: 0, turn: 2 };
    assert_eq!(desk.debriefed(action), Some(Screen::Conversation));
    assert!(desk.running.as_ref().unwrap().recorder.attempt().practice);
    assert_eq!(run(&desk).talk.turn.number, 2);
    play_out(&mut desk);
    assert_eq!(desk.runs(), 1);
}

#[test]
fn the_index_is_rebuilt_from_the_attempts_when_it_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    first.meet("Robin");
    play_out(&mut first);
    let finished = first.finished.clone();
    drop(first);
    for name in ["history.sqlite", "history.sqlite-wal", "history.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    assert_eq!(desk(folder.path()).finished, finished);
}

#[test]
fn deleting_my_data_leaves_nothing_of_mine_and_all_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    desk.set(settings::Action::SetName("Sam".to_owned()));
    desk.at_home(home::Action::Meet);
    desk.preparing(prepare::Action::Begin { intention: None });
    desk.leave();
    desk.set(settings::Action::SetName("Robin".to_owned()));
    let exported = desk.set(settings::Action::ExportMyData);
    assert_eq!(exported, None);
    let path = desk.exported.clone().unwrap().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 1000);
    #[expect(clippy::disallowed_methods, reason = "a test looks into the file")]
    let exported = std::fs::read_to_string(path).unwrap();
    assert!(exported.contains("review_cards") && exported.contains("\"indicator\""));
    let cards = |desk: &Desk| cards::load(&desk.folders, "Robin").deck.cards().len();
    assert!(cards(&desk) > 0);

    assert_eq!(desk.set(settings::Action::DeleteMyData), Some(Screen::Welcome));
    assert!(desk.finished.iter().all(|run| run.player != "Robin"));
    assert_eq!(cards(&desk), 0);
    assert!(desk.store.list().unwrap().iter().all(|listed| listed.attempt.as_ref().unwrap().attempt.player != "Robin"));
    desk.set(settings::Action::SetName("Sam".to_owned()));
    assert!(desk.unfinished().is_some(), "Sam's call is still there");
}

/// Answers a card; what it says then.
fn answer(desk: &mut Desk, place: usize) -> review::Told {
    assert_eq!(desk.reviewing(review::Action::Answer(place)), None);
    let Some(review::View::Asked(asked)) = desk.review_view() else { panic!("a card is asked") };
    asked.told.unwrap()
}

#[test]
fn the_weakest_moments_of_a_call_come_back_the_next_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    let cards = desk.deck.cards().len();
    assert!((1..=3).contains(&cards), "{cards}");
    assert_eq!(desk.home_view().rooms[0].name, "Practise", "nothing is due today");
    assert_eq!(desk.at_home(home::Action::Review), Screen::Home);

    desk.let_days_pass(1);
    assert!(desk.home_view().rooms[0].name.starts_with("Today: "));
    assert_eq!(desk.at_home(home::Action::Review), Screen::Review);
    let before = (desk.finished.clone(), std::fs::read_dir(folder.path().join("attempts")).unwrap().count());
    for card in 1..=cards {
        let told = answer(&mut desk, 0);
        assert_eq!(told.well, told.back.contains("on "), "{told:?}");
        assert_eq!(desk.reviewing(review::Action::Answer(1)), None);
        let Some(review::View::Asked(asked)) = desk.review_view() else { panic!("a card is asked") };
        assert_eq!((asked.number, asked.told), (card, Some(told)), "an answer stands");
        desk.reviewing(review::Action::Next);
    }
    assert!(matches!(desk.review_view(), Some(review::View::Done(_))));
    assert_eq!(desk.reviewing(review::Action::Leave), Some(Screen::Home));
    let after = (desk.finished.clone(), std::fs::read_dir(folder.path().join("attempts")).unwrap().count());
    assert_eq!(after, before, "a review is no run");
    assert_eq!(desk.home_view().rooms[0].name, "Practise", "all of today is answered");
}

#[test]
fn answers_outlive_the_index_and_a_program_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    first.meet("Robin");
    play_out(&mut first);
    first.debriefed(debrief::Action::Done);
    first.let_days_pass(1);
    first.at_home(home::Action::Review);
    answer(&mut first, 0);
    let deck = first.deck.clone();
    assert!(deck.cards().iter().any(|card| card.answered.is_some()));
    std::mem::forget(first);
    for name in ["history.sqlite", "history.sqlite-wal", "history.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let again = desk(folder.path());
    assert_eq!(again.deck, deck);
}

#[test]
fn a_card_whose_call_is_gone_is_taken_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    desk.let_days_pass(1);
    let attempts: Vec<_> = desk.deck.cards().iter().map(|card| card.attempt).collect();
    for attempt in attempts {
        desk.store.delete(attempt).unwrap();
    }
    assert_eq!(desk.at_home(home::Action::Review), Screen::Home);
    assert!(desk.notice.as_ref().unwrap().contains("cannot be played back"));
    assert!(desk.deck.cards().is_empty());
}

#[test]
fn attempts_are_added_beside_the_window_and_stand_on_the_board() {
    let (folder, share) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut theirs = desk(share.path());
    theirs.settings.play_as("Robin");
    let scenario = theirs.scenario("before-saturday").unwrap();
    theirs.begin(scenario, Mode::Steps, None);
    play_out(&mut theirs);

    let mut ours = desk(folder.path());
    ours.settings.play_as("Sam");
    assert_eq!(ours.at_home(home::Action::OpenBoards), Screen::Board);
    finish_reading(&mut ours);
    assert!(ours.board.entries.is_empty());
    let attempts = share.path().join("attempts").display().to_string();
    assert_eq!(ours.at_the_board(board::Action::AddFrom(attempts)), None);
    assert!(ours.is_reading() && ours.board_view().reading.is_some());
    finish_reading(&mut ours);
    assert_eq!(ours.board.added.as_ref().unwrap().as_ref().unwrap().added.len(), 1);
    let players = |desk: &Desk| desk.board.entries.iter().map(|entry| entry.player.clone()).collect::<Vec<_>>();
    assert_eq!(players(&ours), ["Robin"]);
    ours.at_the_board(board::Action::Leave);
    ours.at_home(home::Action::OpenBoards);
    finish_reading(&mut ours);
    assert_eq!(players(&ours), ["Robin"], "once, however often it is read");
}

/// Waits for the thread that plays attempts back.
fn finish_reading(desk: &mut Desk) {
    while desk.is_reading() {
        std::thread::yield_now();
        desk.look_around();
    }
}

#[test]
fn time_passes_only_in_a_call_with_clocks() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.settings.play_as("Robin");
    let scenario = desk.scenario("before-saturday").unwrap();
    desk.begin(scenario, Mode::Timed, None);
    for _ in 0..400 {
        desk.advance(Duration::from_millis(250));
    }
    assert!(run(&desk).talk.replies_open(), "after a hundred seconds she has finished");
    assert!(desk.conversation_view().is_some());
}
