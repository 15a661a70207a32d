//! The whole, played through without a window: what a person does on each screen, and where it leads.

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::campaign::RunStage;
use crate::desktop::screens::conversation::Action;
use crate::desktop::screens::{after_call, board, debrief, home, library, prepare, review, settings};
use crate::desktop::sound::{Ending, Ring};
use crate::dialogue::{self, Mode, reply_order};
use crate::scenario::vocabulary::{Channel, Outcome, Pace, Volume};

const SEED: u64 = 1;

fn desk(folder: &Path) -> Desk {
    let mut desk = Desk::open(Folders::below(folder), &[]);
    desk.fixed_seed = Some(SEED);
    desk.fixed_today = Some(20_779);
    desk.follow_calendar();
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
pub(super) fn play_out(desk: &mut Desk) {
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
fn who_practises_is_told_so_and_stands_on_no_board() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.settings.play_as("Robin");
    for (action, practice) in [(home::Action::Practise, true), (home::Action::OpenLibrary, false)] {
        desk.at_home(action);
        desk.chosen = desk.scenario("before-saturday");
        assert_eq!(desk.prepare_view().unwrap().counts.starts_with("Practice"), practice);
        desk.preparing(prepare::Action::Begin { intention: None });
        assert_eq!(desk.running.as_ref().unwrap().recorder.attempt().practice, practice);
        desk.leave();
    }
}

#[test]
fn home_leads_to_a_run_that_counts_until_one_of_each_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    desk.preparing(prepare::Action::SetMode(Mode::Steps));
    let mut counted = Vec::new();
    while let Some(scenario) = desk.next_to_count().cloned() {
        assert!(desk.home_view().rooms.iter().any(|room| room.action == home::Action::Rank));
        desk.at_home(home::Action::Practise);
        assert_eq!(desk.at_home(home::Action::Rank), Screen::Prepare);
        assert_eq!(desk.prepare_view().unwrap().counts, prepare::COUNTS);
        desk.preparing(prepare::Action::Begin { intention: None });
        desk.leave();
        assert!(desk.next_to_count().is_none_or(|next| next.slug != scenario.slug), "it is gone on with instead");
        desk.at_home(home::Action::Continue);
        play_out(&mut desk);
        desk.debriefed(debrief::Action::Done);
        counted.push(scenario.slug.clone());
    }
    let easier_first = ["before-saturday", "forty-minutes", "did-i-press-it", "one-twelve"];
    assert_eq!(counted, [&easier_first[..], &[FIRST]].concat(), "the one that was only practised comes last");
    assert!(desk.home_view().rooms.iter().all(|room| room.action != home::Action::Rank));
    assert!(desk.my_runs().filter(|run| !run.practice).count() == counted.len());
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
fn a_call_that_was_put_aside_for_another_can_still_be_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk_then = desk(folder.path());
    desk_then.meet("Robin");
    take_a_turn(&mut desk_then);
    let doris = run(&desk_then).clone();
    desk_then.leave();
    let marisol = desk_then.scenario("before-saturday").unwrap();
    desk_then.begin(marisol, dialogue::Mode::Steps, None);
    take_a_turn(&mut desk_then);
    desk_then.leave();
    drop(desk_then);

    let mut now = desk(folder.path());
    let open = |desk: &Desk| desk.left.iter().map(|left| left.scenario().slug.clone()).collect::<Vec<_>>();
    assert_eq!(open(&now), ["before-saturday", FIRST]);
    assert_eq!(now.in_library(&library::Action::Open { slug: FIRST.to_owned() }), Screen::Conversation);
    assert_eq!(run(&now), &doris);
    now.leave();
    drop(now);
    assert_eq!(open(&desk(folder.path())), [FIRST, "before-saturday"]);
}

#[test]
fn the_library_goes_on_with_a_run_that_is_open_unless_it_is_to_practise() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    take_a_turn(&mut desk);
    desk.leave();
    let open = library::Action::Open { slug: FIRST.to_owned() };
    desk.at_home(home::Action::Practise);
    assert_eq!(desk.in_library(&open), Screen::Prepare);
    desk.at_home(home::Action::OpenLibrary);
    assert!(desk.library_view().entries[0].stands.starts_with("Turn 2."));
    assert_eq!(desk.in_library(&open), Screen::Conversation);
    assert_eq!(run(&desk).talk.turn.number, 2);
}

#[test]
fn the_library_reads_the_skills_from_the_runs_of_that_scenario_that_count() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.settings.play_as("Robin");
    desk.preparing(prepare::Action::SetMode(Mode::Steps));
    let skills = |desk: &Desk| {
        let entries = desk.library_view().entries;
        let seen = entries.into_iter().filter(|entry| !entry.skills.is_empty());
        seen.map(|entry| (entry.slug, entry.skills.len())).collect::<Vec<_>>()
    };
    let counted = vec![("before-saturday".to_owned(), 5)];
    for (way, expected) in [(home::Action::Practise, vec![]), (home::Action::OpenLibrary, counted)] {
        desk.at_home(way);
        desk.in_library(&library::Action::Open { slug: "before-saturday".to_owned() });
        desk.preparing(prepare::Action::Begin { intention: None });
        play_out(&mut desk);
        desk.debriefed(debrief::Action::Done);
        assert_eq!(skills(&desk), expected);
    }
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

/// Plays the first call to its debrief, and says what there is to say: the attempt it was.
fn explain_a_run(desk: &mut Desk) -> String {
    desk.meet("Robin");
    play_out(desk);
    desk.debriefed(debrief::Action::Guess(Outcome::Lost));
    let text = "I was thinking of the form.".to_owned();
    desk.debriefed(debrief::Action::Explain { encounter: 0, turn: 1, text });
    desk.debriefed(debrief::Action::Done);
    desk.finished[0].attempt.clone()
}

#[test]
fn what_was_said_about_a_run_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    let attempt = explain_a_run(&mut first);
    drop(first);
    let mut again = desk(folder.path());
    assert_eq!(again.look_back(&attempt), Some(Screen::Debrief));
    let running = again.running.as_ref().unwrap();
    assert_eq!(running.own_words.reason(0, 1), Some("I was thinking of the form."));
    let Some(debrief::View::Result(result)) = again.debrief_view() else { panic!("nothing is asked any more") };
    assert!(result.aside.starts_with("You said"), "{}", result.aside);
    let note = result.columns.iter().find(|column| column.title == "Your note").unwrap();
    assert!(note.lines.iter().any(|line| line.text == "As she said."), "{note:?}");
}

#[test]
fn a_run_about_which_nothing_was_said_asks_nothing_and_claims_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    let attempt = desk.finished[0].attempt.clone();
    desk.look_back(&attempt);
    let Some(debrief::View::Result(result)) = desk.debrief_view() else { panic!("nothing is asked any more") };
    assert!(!result.aside.contains("You said"), "{}", result.aside);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test looks at the files")]
fn what_was_said_about_a_run_is_exported_deleted_and_in_no_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let attempt = explain_a_run(&mut desk);
    let id = attempt.parse().unwrap();
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert!(!read(&desk.store.path_of(id)).contains("thinking of the form"));
    desk.set(settings::Action::ExportMyData);
    let exported = desk.exported.clone().unwrap().unwrap();
    assert!(read(Path::new(&exported)).contains("thinking of the form"));
    desk.set(settings::Action::DeleteMyData(settings::Where::Here));
    assert!(desk.store.own_words("Robin", id).unwrap().is_empty());
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

    let mine = desk.store.path_of(desk.my_runs().next().unwrap().attempt.parse().unwrap());
    std::fs::rename(&mine, mine.with_file_name("monday.attempt")).unwrap();
    assert_eq!(desk.set(settings::Action::DeleteMyData(settings::Where::Here)), Some(Screen::Welcome));
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
    let today = |desk: &Desk| desk.home_view().rooms[0].name.starts_with("Today: ");
    assert!(!today(&desk), "nothing is due today");
    assert_eq!(desk.at_home(home::Action::Review), Screen::Home);

    desk.let_days_pass(1);
    assert!(today(&desk));
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
    assert!(!today(&desk), "all of today is answered");
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
fn a_call_that_is_looked_back_on_stays_as_it_was_written_whatever_its_file_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    desk.meet("Robin");
    play_out(&mut desk);
    desk.debriefed(debrief::Action::Done);
    let attempt = desk.my_runs().next().unwrap().attempt.clone();
    let path = desk.store.path_of(attempt.parse().unwrap());
    let renamed = path.with_file_name("monday.attempt");
    std::fs::rename(&path, &renamed).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test looks into the file")]
    let bytes = || std::fs::read(&renamed).unwrap();
    let before = bytes();
    assert_eq!(desk.look_back(&attempt), Some(Screen::Debrief));
    desk.debriefed(debrief::Action::Done);
    assert_eq!(bytes(), before);
    assert!(!path.exists(), "and is not written a second time");
    let cards = desk.deck.cards().len();
    assert!(cards > 0);
    desk.let_days_pass(1);
    assert_eq!(desk.at_home(home::Action::Review), Screen::Review);
    assert_eq!(desk.deck.cards().len(), cards);
}

#[test]
fn a_call_from_the_terminal_becomes_cards_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    first.meet("Robin");
    play_out(&mut first);
    let before = first.deck.cards().len();
    drop(first);
    let attempt = {
        let mut elsewhere = desk(&folder.path().join("elsewhere"));
        elsewhere.settings.play_as("Robin");
        let scenario = elsewhere.scenario("before-saturday").unwrap();
        elsewhere.begin(scenario, Mode::Steps, None);
        play_out(&mut elsewhere);
        elsewhere.running.unwrap().recorder.attempt().clone()
    };
    Store::open(folder.path()).save(&attempt).unwrap();
    let again = desk(folder.path());
    assert!(again.deck.cards().len() > before);
    assert!(again.deck.cards().iter().any(|card| card.attempt == attempt.id));
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

/// A run that the terminal would keep: played and saved without the desk, and so without the index.
fn played_elsewhere(folder: &Path, player: &str) -> crate::attempt::Attempt {
    let mut elsewhere = desk(&folder.join("elsewhere"));
    elsewhere.settings.play_as(player);
    let scenario = elsewhere.first_customer().unwrap();
    elsewhere.begin(scenario, Mode::Steps, None);
    play_out(&mut elsewhere);
    elsewhere.running.unwrap().recorder.attempt().clone()
}

fn attempts_seen(desk: &Desk) -> Vec<String> {
    desk.finished.iter().map(|run| run.attempt.clone()).collect()
}

#[test]
fn a_run_finished_in_the_terminal_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = desk(folder.path());
    first.meet("Robin");
    play_out(&mut first);
    let mine = attempts_seen(&first);
    drop(first);

    let attempt = played_elsewhere(folder.path(), "Robin");
    Store::open(folder.path()).save(&attempt).unwrap();
    let again = desk(folder.path());
    assert_eq!(again.runs(), 2);
    assert_eq!(again.finished.iter().filter(|run| run.attempt == attempt.id.to_string()).count(), 1);
    assert!(mine.iter().all(|known| attempts_seen(&again).contains(known)));
    assert_eq!(again.finished, desk(folder.path()).finished, "nothing is taken in twice");
}

#[test]
fn a_file_copied_in_by_hand_is_taken_in_and_can_be_looked_back_on() {
    let folder = tempfile::tempdir().unwrap();
    let attempt = played_elsewhere(folder.path(), "Robin");
    let there = Store::open(&folder.path().join("elsewhere")).path_of(attempt.id);
    std::fs::create_dir_all(folder.path().join("attempts")).unwrap();
    std::fs::copy(there, folder.path().join("attempts/monday.attempt")).unwrap();
    let mut desk = desk(folder.path());
    assert_eq!(attempts_seen(&desk), [attempt.id.to_string()]);
    assert_eq!(desk.look_back(&attempt.id.to_string()), Some(Screen::Debrief), "{:?}", desk.notice);
}

#[test]
fn what_does_not_hold_stays_out_and_a_file_that_is_gone_leaves_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let attempt = played_elsewhere(folder.path(), "Robin");
    let store = Store::open(folder.path());
    let mut forged = attempt.clone();
    forged.score.as_mut().unwrap().overall += 1;
    store.save(&forged).unwrap();
    assert_eq!(attempts_seen(&desk(folder.path())), [""; 0]);
    store.save(&attempt).unwrap();
    assert_eq!(attempts_seen(&desk(folder.path())), [attempt.id.to_string()]);
    store.delete(attempt.id).unwrap();
    assert_eq!(attempts_seen(&desk(folder.path())), [""; 0]);
}

#[test]
fn what_sounds_follows_the_call_from_the_first_word_to_the_diary() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let unseen = AfterCallSeen::default();
    assert_eq!(desk.scene(Screen::Welcome, unseen).line, None);
    desk.meet("Robin");
    let scene = desk.scene(Screen::Conversation, unseen);
    assert_eq!(scene.volume, Some(70));
    assert!(scene.line.is_some_and(|line| line.channel == Channel::Phone && !line.is_held));
    assert_eq!(scene.speech.and_then(|speech| speech.speech.phrase), Some(0), "in steps, phrase by phrase");
    let first = desk.utterance().unwrap();
    assert!(first.ends <= 2000, "{first:?}");

    desk.talk(Action::Pause);
    let held = desk.scene(Screen::Conversation, unseen);
    assert!(held.line.is_some_and(|line| line.is_held));
    assert_eq!(held.speech, None, "a call that is held is silent");
    desk.talk(Action::GoOn);
    assert_eq!(desk.scene(Screen::Conversation, unseen), scene, "and goes on where it was");
    desk.advance(Duration::from_mins(1));
    assert_eq!(desk.scene(Screen::Conversation, unseen).speech, None, "no murmur is left behind");

    while run(&desk).stage == RunStage::Talking {
        take_a_turn(&mut desk);
    }
    let last = desk.scene(Screen::Conversation, unseen);
    assert!(last.speech.is_some_and(|speech| speech.speech.is_last));
    assert!(last.line.is_some(), "they hang up when it is said");
    desk.advance(Duration::from_mins(1));
    assert_eq!(desk.scene(Screen::Conversation, unseen).line, None);
    desk.talk(Action::Finish);
    let tiles = AfterCallSeen { tiles: 2, ..unseen };
    assert_eq!(desk.scene(Screen::AfterCall, tiles).pencil, 2);
    desk.after_call(after_call::Action::File { tiles: Vec::new(), line: String::new() });
    assert!(matches!(run(&desk).stage, RunStage::Diary(_)));
    assert_eq!(desk.scene(Screen::AfterCall, tiles).ring, None, "what is not on the screen yet does not ring");
    let up_to_date = AfterCallSeen { is_up_to_date: true, ..tiles };
    assert!(matches!(desk.scene(Screen::AfterCall, up_to_date).ring, Some(Ring::Diary(..))));
    assert_eq!(desk.scene(Screen::AfterCall, up_to_date).line, None);
}

#[test]
fn a_phone_rings_before_a_call_and_a_timed_turn_is_heard_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let unseen = AfterCallSeen::default();
    desk.settings.play_as("Robin");
    desk.chosen = desk.scenario("before-saturday");
    assert_eq!(desk.scene(Screen::Prepare, unseen).ring, Some(Ring::Prepare));
    desk.set(settings::Action::SetMode(Mode::Timed));
    desk.preparing(prepare::Action::Begin { intention: None });
    desk.advance(Duration::from_millis(700));
    let speech = desk.scene(Screen::Conversation, unseen).speech.unwrap();
    assert_eq!((speech.speech.phrase, speech.at), (None, Duration::from_millis(700)));
    let turn = desk.utterance().unwrap();
    assert!(turn.phrases.len() > 1);
    assert_eq!(turn.anger, 72, "as her scenario begins");
    assert!(turn.phrases.iter().any(|phrase| matches!(phrase.ending, Ending::Lapse(_))));
    assert!(turn.phrases.iter().rev().skip(1).all(|phrase| phrase.ending != Ending::Final));

    desk.set(settings::Action::SetSound(false));
    assert_eq!(desk.scene(Screen::Conversation, unseen).volume, None);
    desk.set(settings::Action::SetSound(true));
    desk.set(settings::Action::SetVolume(0));
    assert_eq!(desk.scene(Screen::Conversation, unseen).volume, None, "no volume is no sound");
    desk.set(settings::Action::SetVolume(40));
    assert_eq!(desk.scene(Screen::Conversation, unseen).volume, Some(40));
    assert!(desk.settings_view().now.sound);
    assert_eq!(desk.settings_view().volume, "40 %");
}
