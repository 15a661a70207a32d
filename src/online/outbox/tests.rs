use std::collections::VecDeque;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::model::{Bug, Chance, Database, Faults, NO_FAULTS, Network, Shelf, history, holds, refused, settle};
use super::*;
use crate::attempt::atomic::fuse;
use crate::attempt::{Attempt, Beginning, ClaimedScore, Recorder, SkillHundredths, Store};
use crate::dialogue::Mode;
use crate::library::Library;
use crate::online::Folder;
use crate::online::starts::Starts;
use crate::scenario::vocabulary::Outcome;
use crate::team::protocol::{ProblemKind, Start};

/// Histories that the suite plays; others with `SIMMER_HISTORIES=100000`.
const HISTORIES: u64 = 10_000;

fn histories() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "how long a test may take is for whoever runs it to say")]
    let asked = std::env::var("SIMMER_HISTORIES");
    asked.ok().and_then(|number| number.parse().ok()).unwrap_or(HISTORIES)
}

#[test]
fn in_no_history_is_a_run_lost_or_doubled() {
    for seed in 0..histories() {
        if let Err(why) = history(seed, Bug::None) {
            panic!("history {seed}: {why}");
        }
    }
}

#[test]
fn the_model_finds_what_is_wrong() {
    let check = |bug: Bug, expected: &str| {
        let found = (0..HISTORIES).find_map(|seed| history(seed, bug).err());
        assert!(found.as_ref().is_some_and(|why| why.contains(expected)), "{bug:?}: {found:?}");
    };
    check(Bug::AnswersBeforeItStores, "has a receipt and is not there");
    check(Bug::InsertsWhatItHasNotSeen, "is there twice");
    check(Bug::LastOneWins, "has a receipt and is not there");
    check(Bug::TakesSilenceForYes, "has a receipt and is not there");
}

#[test]
fn a_thousand_runs_arrive_once_each_over_a_network_that_loses_and_doubles() {
    let disk = Shelf::default();
    for number in 0..1000 {
        disk.borrow_mut().put_run(Uuid::from_u128(number), Some(Stage::Final), 5);
    }
    let mut database = Database::new(Bug::None);
    let mut chance = Chance::of(30);
    let mut now = Timestamp::UNIX_EPOCH;
    let mut outbox = Outbox::new(Rc::clone(&disk));
    let faults = Faults { lost: 30, doubled: 30, busy: 0 };
    let way = &mut Network { database: &mut database, chance: &mut chance, faults };
    settle(&mut outbox, &mut now, way).unwrap();
    assert_eq!(database.rows.len(), 1000);
    assert_eq!(disk.borrow().receipts.len(), 1000);
    holds(&database, &[disk]).unwrap();
    // Losing three in ten each way, nobody waits for hours.
    assert!(now < Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(6), "{now}");
}

/// Answers as it was told to, and then with silence.
#[derive(Default)]
struct Scripted {
    answers: VecDeque<Result<(), CallError>>,
    sent: Vec<Uuid>,
}

impl Transport for Scripted {
    fn put(&mut self, attempt: Uuid, body: &[u8]) -> Result<Accepted, CallError> {
        self.sent.push(attempt);
        match self.answers.pop_front() {
            Some(Ok(())) => {
                let way = &mut Database::new(Bug::None);
                Network { database: way, chance: &mut Chance::of(0), faults: NO_FAULTS }.put(attempt, body)
            }
            Some(Err(error)) => Err(error),
            None => Err(CallError::Unreachable { why: "nothing answers at its address" }),
        }
    }
}

fn runs(count: u128) -> Outbox<Shelf> {
    let disk = Shelf::default();
    for number in 1..=count {
        disk.borrow_mut().put_run(Uuid::from_u128(number), Some(Stage::Final), 5);
    }
    Outbox::new(disk)
}

const START: Timestamp = Timestamp::UNIX_EPOCH;

#[test]
fn a_refused_run_is_kept_and_not_sent_again_until_asked() {
    let mut outbox = runs(1);
    let mut way = Scripted::default();
    way.answers.push_back(Err(refused(ProblemKind::DoesNotHold, 422)));
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::Answered(_))));
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Idle);
    assert_eq!(way.sent.len(), 1);
    let lines = outbox.lines().unwrap();
    assert_eq!(lines[0].state.words(), "The service did not take it: No.");
    assert!(outbox.ask_again(Uuid::from_u128(1)).unwrap());
    way.answers.push_back(Ok(()));
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::Answered(_))));
    assert!(matches!(outbox.lines().unwrap()[0].state, State::Accepted(_)));
    assert!(!outbox.ask_again(Uuid::from_u128(1)).unwrap(), "there is nothing to ask for");
}

#[test]
fn one_run_that_the_service_stumbles_over_holds_up_no_other() {
    let mut outbox = runs(2);
    let mut way = Scripted::default();
    way.answers.extend([Err(refused(ProblemKind::Failed, 500)), Ok(())]);
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::Failed(_))));
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::Answered(_))));
    assert_eq!(way.sent, [Uuid::from_u128(1), Uuid::from_u128(2)]);
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::WaitUntil(_))));
}

#[test]
fn what_is_being_sent_says_so_and_what_waits_does_not() {
    let mut outbox = runs(2);
    let states = |lines: Vec<Line>| lines.into_iter().map(|line| line.state.words()).collect::<Vec<_>>();
    let lines = outbox.lines_while_sending(START).unwrap().unwrap();
    assert_eq!(states(lines), ["Sending\u{2026}", "It is on its way to your team."]);
    let mut way = Scripted::default();
    assert!(matches!(outbox.run_once(START, u32::MAX, &mut way), Ok(Step::Failed(_))));
    assert_eq!(outbox.lines_while_sending(START).unwrap(), None, "it waits");
    assert_eq!(runs(0).lines_while_sending(START).unwrap(), None);
}

#[test]
fn without_a_network_it_waits_and_says_so_and_hurries_when_asked() {
    let mut outbox = runs(2);
    let mut way = Scripted::default();
    assert!(matches!(outbox.run_once(START, u32::MAX, &mut way), Ok(Step::Failed(_))));
    let until = START + jiff::SignedDuration::from_secs(2);
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::WaitUntil(until));
    insta::assert_snapshot!(outbox.lines().unwrap()[0].state.words(), @"It is kept here and sent as soon as the service can be reached. The team service cannot be reached at the moment: nothing answers at its address.");
    outbox.hurry();
    way.answers.push_back(Ok(()));
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::Answered(_))));
}

#[test]
fn a_busy_service_is_left_alone_for_as_long_as_it_asks() {
    let mut outbox = runs(1);
    let mut way = Scripted::default();
    let CallError::Refused(busy) = refused(ProblemKind::Busy, 429) else { unreachable!() };
    way.answers.push_back(Err(CallError::Refused(Problem { retry_after: Some(77), ..busy })));
    assert!(matches!(outbox.run_once(START, 0, &mut way), Ok(Step::Failed(_))));
    let until = START + jiff::SignedDuration::from_secs(77);
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::WaitUntil(until));
}

#[test]
fn a_revoked_device_sends_nothing_more_and_loses_nothing() {
    let mut outbox = runs(2);
    let mut way = Scripted::default();
    way.answers.push_back(Err(refused(ProblemKind::Unauthorised, 401)));
    for _ in 0..3 {
        assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Revoked);
    }
    assert_eq!(way.sent.len(), 1);
    assert!(outbox.lines().unwrap().iter().all(|line| line.state == State::Revoked));
    assert_eq!(outbox.due().unwrap().len(), 2);
}

const PLAYER: Uuid = Uuid::from_u128(1);

/// A data folder with a ranked run under way.
fn under_way(data: &Path) -> (Outbox<Files>, Attempt) {
    let folder = Folder::of(data, "Heron");
    let scenario = Arc::clone(Library::open(None, &[]).scenarios().next().unwrap());
    let start = Start {
        id: Uuid::from_u128(5),
        scenario: scenario.slug.clone(),
        full_hash: scenario.hashes.full.to_string(),
        rules: crate::attempt::RULES_VERSION,
        mode: Mode::Steps,
        seed: "7".to_owned(),
        season: Uuid::nil(),
        issued: START,
        expires: START,
        ahead: false,
    };
    let leave = Starts::of(&folder, PLAYER).take(&start).unwrap();
    let beginning = Beginning {
        seed: leave.seed,
        mode: leave.mode,
        language: "en".to_owned(),
        player: "Heron".to_owned(),
        team: None,
        practice: false,
        start: Some(leave.id),
        intention: None,
    };
    let attempt = Recorder::begin(scenario, beginning).attempt().clone();
    (Outbox::new(Files::new(Store::open(data), folder, "Heron", PLAYER)), attempt)
}

/// As it stands when the first call is over.
fn first_call_over(attempt: &Attempt, elapsed_seconds: u32) -> Attempt {
    let skills = SkillHundredths { listening: 1, calm_tone: 2, empathy: 3, needs_assessment: 4, follow_through: 5 };
    let score = ClaimedScore { overall: 700, skills, outcome: Outcome::Satisfied, is_final: false };
    Attempt { score: Some(score), elapsed_seconds, ..attempt.clone() }
}

fn ended(attempt: &Attempt) -> Attempt {
    Attempt { ended: Some(attempt.started), ..first_call_over(attempt, 90) }
}

fn sent(attempt: &Attempt) -> Vec<u8> {
    crate::attempt::write(&super::files::as_sent(attempt, PLAYER)).into_bytes()
}

#[test]
fn the_name_of_the_profile_stays_on_this_computer() {
    let data = tempfile::tempdir().unwrap();
    let (mut outbox, attempt) = under_way(data.path());
    let attempt = Attempt { team: Some("Night shift".to_owned()), ..ended(&attempt) };
    Store::open(data.path()).save(&attempt).unwrap();
    let mut way = Keeping::default();
    assert!(matches!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Answered(_)));
    let body = String::from_utf8(way.0.into_keys().next().unwrap()).unwrap();
    assert!(!body.contains("Heron") && !body.contains("Night shift"), "{body}");
    assert_eq!(crate::attempt::read(body.as_bytes()).unwrap().inputs, attempt.inputs);
}

/// Keeps what it is sent, by the bytes.
#[derive(Default)]
struct Keeping(BTreeMap<Vec<u8>, u32>);

impl Transport for Keeping {
    fn put(&mut self, attempt: Uuid, body: &[u8]) -> Result<Accepted, CallError> {
        *self.0.entry(body.to_vec()).or_default() += 1;
        Scripted { answers: [Ok(())].into(), ..Scripted::default() }.put(attempt, body)
    }
}

#[test]
fn only_runs_under_a_leave_of_this_service_are_sent_and_each_stage_once() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    let (mut outbox, attempt) = under_way(data.path());
    let mut way = Keeping::default();
    store.save(&attempt).unwrap();
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Idle, "the first call is not over");
    store.save(&Attempt { id: Uuid::now_v7(), start: None, ..ended(&attempt) }).unwrap();
    store.save(&Attempt { id: Uuid::now_v7(), start: Some(Uuid::from_u128(6)), ..ended(&attempt) }).unwrap();
    store.save(&Attempt { id: Uuid::now_v7(), player: "Crane".to_owned(), ..ended(&attempt) }).unwrap();
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Idle, "a run of one’s own, and others’");
    store.save(&first_call_over(&attempt, 60)).unwrap();
    assert!(matches!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Answered(_)));
    store.save(&first_call_over(&attempt, 80)).unwrap();
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Idle, "it goes on, and is provisional still");
    store.save(&ended(&attempt)).unwrap();
    assert!(matches!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Answered(_)));
    assert_eq!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Idle);
    assert_eq!(way.0.len(), 2);
    assert_eq!(outbox.lines().unwrap().len(), 1);
}

#[test]
fn a_provisional_run_whose_answer_was_lost_is_sent_again_in_the_very_same_bytes() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    let (mut outbox, attempt) = under_way(data.path());
    store.save(&first_call_over(&attempt, 60)).unwrap();
    assert!(matches!(outbox.run_once(START, 0, &mut Scripted::default()).unwrap(), Step::Failed(_)));
    store.save(&first_call_over(&attempt, 80)).unwrap();
    outbox.hurry();
    let mut way = Keeping::default();
    assert!(matches!(outbox.run_once(START, 0, &mut way).unwrap(), Step::Answered(_)));
    assert_eq!(*way.0.keys().next().unwrap(), sent(&first_call_over(&attempt, 60)));
}

/// Killed between any two steps of writing, the program sends what it has to when it is opened again, and never the same
/// stage in two forms.
#[test]
fn a_crash_at_any_step_loses_nothing() {
    for steps in 0..30 {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path());
        let (mut outbox, attempt) = under_way(data.path());
        let mut way = Keeping::default();
        store.save(&first_call_over(&attempt, 60)).unwrap();
        fuse::light(Some(steps));
        let _ = outbox.run_once(START, 0, &mut way);
        let _ = store.save(&ended(&attempt));
        let _ = outbox.run_once(START, 0, &mut way);
        fuse::light(None);
        store.save(&ended(&attempt)).unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let mut outbox = Outbox::new(Files::new(Store::open(data.path()), folder, "Heron", PLAYER));
        while outbox.run_once(START, 0, &mut way).unwrap() != Step::Idle {}
        let last = sent(&ended(&attempt));
        assert!(way.0.contains_key(&last), "after {steps} steps");
        assert!(way.0.len() <= 2, "after {steps} steps: {} forms", way.0.len());
        assert!(matches!(outbox.lines().unwrap()[..], [Line { state: State::Accepted(_), .. }]), "after {steps} steps");
    }
}
