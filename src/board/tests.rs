use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::attempt::{self, Attempt, Beginning, Recorder, Store};
use crate::campaign::{Input, RunStage};
use crate::dialogue::{self, Action, Mode};
use crate::scenario::Scenario;
use crate::scenario::id::{ChoiceId, ReplyId};
use crate::scenario::load::load;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::{Outcome, Pace, Skill, Volume};

fn entry(player: &str, overall: u16, id: u128) -> Entry {
    Entry {
        attempt: Uuid::from_u128(id),
        player: player.to_owned(),
        team: None,
        scenario: "before-saturday".to_owned(),
        title: "Before Saturday".to_owned(),
        difficulty: 2,
        scenario_hash: Hash([7; 32]),
        rules_version: 1,
        mode: Mode::Steps,
        ended_at: i64::try_from(id).unwrap(),
        practice: false,
        is_final: true,
        outcome: Outcome::Satisfied,
        overall,
        skills: [8000, 7000, 9000, 6000, 7500],
        evidence: [(800, 1000); 5],
        moderate_or_worse: 1,
        severe_or_worse: 0,
        trust: 7000,
        given_away: 0,
        needs_met: 100,
    }
}

fn ranks(entries: Vec<Entry>) -> Vec<(usize, String)> {
    let board = Board::of(entries, &Choice::default());
    board.rows.into_iter().map(|row| (row.rank, row.entry.player)).collect()
}

fn check_points(overall: u16, difficulty: u8, points: u32) {
    assert_eq!(Entry { difficulty, ..entry("Ade", overall, 1) }.points(), points);
}

#[test]
fn difficulty_raises_points_in_whole_numbers_half_up() {
    check_points(754, 1, 754);
    // 754 × 1.08 = 814.32
    check_points(754, 2, 814);
    // 125 × 1.16 = 145.0; 125 × 1.24 = 155.0; 612 × 1.24 = 758.88
    check_points(125, 3, 145);
    check_points(612, 4, 759);
    check_points(1000, 5, 1320);
    // 25 × 1.08 = 27.00; 75 × 1.32 = 99; 13 × 1.08 = 14.04; 50 × 1.16 = 58; 63 × 1.24 = 78.12; 112.5 is rounded up
    check_points(75, 5, 99);
    assert_eq!(Entry { difficulty: 1, ..entry("Ade", 0, 1) }.skill_points(Skill::NeedsAssessment), 600);
    let half = Entry { difficulty: 1, skills: [6125, 0, 0, 0, 0], ..entry("Ade", 0, 1) };
    assert_eq!(half.skill_points(Skill::Listening), 613);
}

#[test]
fn ties_are_told_apart_in_the_order_of_the_design() {
    let best = || entry("a", 700, 1);
    let rivals = [
        Entry { player: "b".to_owned(), attempt: Uuid::from_u128(2), needs_met: 50, given_away: 100, ..best() },
        Entry { player: "c".to_owned(), attempt: Uuid::from_u128(3), trust: 6999, ..best() },
        Entry {
            player: "d".to_owned(),
            attempt: Uuid::from_u128(4),
            skills: [10_000, 10_000, 10_000, 5999, 10_000],
            trust: 9000,
            ..best()
        },
        Entry {
            player: "e".to_owned(),
            attempt: Uuid::from_u128(5),
            moderate_or_worse: 2,
            skills: [10_000; 5],
            ..best()
        },
        Entry { player: "f".to_owned(), attempt: Uuid::from_u128(6), overall: 698, moderate_or_worse: 0, ..best() },
    ];
    let mut entries = vec![best()];
    entries.extend(rivals);
    entries.reverse();
    let order: Vec<_> = ranks(entries).into_iter().map(|(rank, player)| format!("{rank}{player}")).collect();
    assert_eq!(order, ["1a", "2b", "3c", "4d", "5e", "6f"]);
}

#[test]
fn who_cannot_be_told_apart_shares_a_rank_whenever_they_played() {
    let entries = vec![entry("late", 700, 900), entry("early", 700, 1), entry("next", 600, 3), entry("first", 800, 4)];
    let expected = [(1, "first"), (2, "early"), (2, "late"), (4, "next")];
    assert_eq!(ranks(entries), expected.map(|(rank, player)| (rank, player.to_owned())));
}

#[test]
fn the_first_final_attempt_counts_and_later_ones_show_what_was_gained() {
    let mut open = entry("Ade", 990, 1);
    open.is_final = false;
    let practice = Entry { practice: true, ..entry("Ade", 999, 2) };
    let entries = vec![entry("Ade", 900, 5), entry("ade ", 500, 3), entry("Ade", 400, 4), open, practice];
    let board = Board::of(entries, &Choice::default());
    assert_eq!(board.rows.len(), 1);
    assert_eq!(board.rows[0].entry.overall, 500);
    assert!(board.provisional.is_empty(), "a final attempt stands already");
    assert_eq!((board.improved[0].first, board.improved[0].latest), (540, 972));
}

#[test]
fn provisional_entries_stand_apart_without_a_rank() {
    let mut open = entry("Ade", 990, 1);
    open.is_final = false;
    let board = Board::of(vec![open, entry("Sam", 300, 2)], &Choice::default());
    assert_eq!(board.rows.len(), 1);
    assert_eq!((board.provisional[0].rank, board.provisional[0].entry.player.as_str()), (0, "Ade"));
}

#[test]
fn a_team_is_the_median_of_its_members_and_three_at_least() {
    let of = |team: &str, player: &str, overall, id| Entry {
        team: Some(team.to_owned()),
        difficulty: 1,
        ..entry(player, overall, id)
    };
    let mut entries = vec![of("Quay", "a", 900, 1), of("quay ", "b", 500, 2), of("Quay", "c", 401, 3)];
    entries.extend([of("Two", "d", 999, 4), of("Two", "e", 999, 5)]);
    entries.extend([
        of("Even", "f", 400, 6),
        of("Even", "g", 401, 7),
        of("Even", "h", 100, 8),
        of("Even", "i", 900, 9),
    ]);
    let board = Board::of(entries.clone(), &Choice::default());
    let teams: Vec<_> = board.teams.iter().map(|team| (team.rank, team.team.as_str(), team.points)).collect();
    assert_eq!(teams, [(1, "Quay", 500), (2, "Even", 401)]);
    assert_eq!(board.small_teams, [SmallTeam { team: "Two".to_owned(), members: 2 }]);
    let quay = Board::of(entries, &Choice { team: Some("QUAY".to_owned()), ..Choice::default() });
    assert_eq!(quay.rows.len(), 3);
}

#[test]
fn changing_teams_gives_no_second_first_attempt() {
    let second = Entry { team: Some("Quay".to_owned()), ..entry("Ade", 900, 2) };
    let entries = vec![entry("Ade", 500, 1), second];
    assert!(Board::of(entries, &Choice { team: Some("Quay".to_owned()), ..Choice::default() }).rows.is_empty());
}

#[test]
fn your_own_row_is_seen_with_its_neighbours_and_the_top() {
    let entries = (0..20u16).map(|n| entry(&format!("p{n:02}"), 900 - 10 * n, u128::from(n) + 1));
    let board = Board::of(entries, &Choice::default());
    assert_eq!(board.near("P10", 3, 1), [0, 1, 2, 9, 10, 11]);
    assert_eq!(board.near("nobody", 3, 1), [0, 1, 2]);
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..4u8, 0..3u16, 0..2u16, 0..2i32, 0..2i32, 0..3u32, any::<bool>(), 0..4i64);
    prop::collection::vec(one, 0..14).prop_map(|all| {
        let make = |(id, (player, overall, bad, trust, met, given, is_final, ended_at)): (usize, _)| Entry {
            player: format!("player {player}"),
            team: Some(format!("team {}", player % 2)),
            scenario: format!("scenario {}", id % 2),
            moderate_or_worse: bad,
            trust,
            needs_met: met * 50,
            given_away: given,
            is_final,
            ended_at,
            ..entry("", 500 + overall, id as u128)
        };
        all.into_iter().enumerate().map(make).collect()
    })
}

proptest! {
    #[test]
    fn the_order_entries_come_in_does_not_matter(
        (entries, shuffled) in entries().prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
        by_skill in any::<bool>(),
    ) {
        let by = if by_skill { By::Skill(Skill::Empathy) } else { By::Overall };
        let choice = Choice { by, ..Choice::default() };
        prop_assert_eq!(Board::of(entries, &choice), Board::of(shuffled, &choice));
    }

    #[test]
    fn equals_share_a_rank_and_the_order_is_total(entries in entries()) {
        let board = Board::of(entries, &Choice::default());
        for (place, row) in board.rows.iter().enumerate() {
            prop_assert!(row.rank <= place + 1);
            if let Some(above) = place.checked_sub(1).map(|above| &board.rows[above]) {
                prop_assert!(above.points >= row.points);
                prop_assert!(row.rank == above.rank || row.rank == place + 1);
                let same = |row: &Row| {
                    let e = &row.entry;
                    let given = if e.given_away == 0 { 0.0 } else { f64::from(e.given_away) / f64::from(e.needs_met) };
                    (row.points, e.moderate_or_worse, e.lowest_skill(), e.trust, given.to_string())
                };
                prop_assert_eq!(row.rank == above.rank, same(row) == same(above));
            }
        }
    }

    #[test]
    fn when_it_was_played_ranks_nobody(entries in entries(), shift in 1..1000i64) {
        // The same distance for all keeps who was first; the board is the same but for the times.
        let moved = entries.iter().cloned().map(|mut entry| { entry.ended_at += shift; entry });
        let ranks = |board: Board| board.rows.into_iter().map(|row| (row.rank, row.entry.attempt)).collect::<Vec<_>>();
        prop_assert_eq!(ranks(Board::of(moved, &Choice::default())), ranks(Board::of(entries, &Choice::default())));
    }
}

fn shipped() -> Arc<Scenario> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/before-saturday.ron");
    #[expect(clippy::disallowed_methods, reason = "a test reads what is shipped")]
    let bytes = std::fs::read(path).unwrap();
    Arc::new(load(path, &bytes).scenario.unwrap())
}

/// A run that says the first thing it can, up to where `enough` says so.
fn played(scenario: &Arc<Scenario>, player: &str, practice: bool, enough: impl Fn(&Recorder) -> bool) -> Attempt {
    played_on(5, scenario, player, practice, enough)
}

fn played_on(
    seed: u64,
    scenario: &Arc<Scenario>,
    player: &str,
    practice: bool,
    enough: impl Fn(&Recorder) -> bool,
) -> Attempt {
    noting("", seed, scenario, player, practice, enough)
}

fn noting(
    line: &str,
    seed: u64,
    scenario: &Arc<Scenario>,
    player: &str,
    practice: bool,
    enough: impl Fn(&Recorder) -> bool,
) -> Attempt {
    let beginning = Beginning {
        seed,
        mode: Mode::Steps,
        language: "en".to_owned(),
        player: player.to_owned(),
        team: None,
        practice,
        start: None,
        intention: None,
    };
    let mut recorder = Recorder::begin(Arc::clone(scenario), beginning);
    let talk = |action| Input::Talk(dialogue::Input { at: 0, action });
    while !enough(&recorder) {
        let candidates: Vec<Input> = match recorder.run().stage {
            RunStage::Talking if recorder.run().talk.replies_open() => (0..200)
                .map(|reply| {
                    let reply = ReplyId(reply);
                    talk(Action::Speak { reply, pace: Pace::Even, volume: Volume::Level })
                })
                .collect(),
            RunStage::Talking => vec![talk(Action::Listen)],
            RunStage::Note => vec![Input::File { tiles: Vec::new(), line: line.to_owned() }],
            RunStage::Diary(_) => (0..9).map(|choice| Input::Choose(ChoiceId(choice))).collect(),
            RunStage::Between => vec![Input::GoOn],
            RunStage::Closed => panic!("the run is over"),
        };
        assert!(candidates.iter().any(|input| recorder.apply(input).is_ok()), "nothing can be done");
    }
    recorder.attempt().clone()
}

fn closed(recorder: &Recorder) -> bool {
    recorder.run().stage == RunStage::Closed
}

fn known(scenarios: &[Arc<Scenario>], data: &std::path::Path) -> Known {
    Known::new(scenarios.to_vec(), Store::open(data))
}

fn check_refused(attempt: &Attempt, words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let known = known(&[shipped()], folder.path());
    let refusal = verify(&known, attempt::write(attempt).as_bytes()).unwrap_err().to_string();
    assert!(refusal.contains(words), "{refusal}");
}

#[test]
fn a_finished_attempt_is_taken_at_what_its_inputs_give() {
    let (scenario, folder) = (shipped(), tempfile::tempdir().unwrap());
    let attempt = played(&scenario, "Heron\u{202e}\u{1b}[2J", false, closed);
    let bytes = attempt::write(&attempt);
    let entry = verify(&known(&[Arc::clone(&scenario)], folder.path()), bytes.as_bytes()).unwrap();
    assert!(entry.is_final);
    assert_eq!(entry.overall, attempt.score.unwrap().overall);
    assert_eq!(entry.player, "Heron[2J", "a name steers no terminal");
}

#[test]
fn a_scenario_is_found_among_the_kept_texts_and_only_to_the_letter() {
    let (scenario, folder) = (shipped(), tempfile::tempdir().unwrap());
    let bytes = attempt::write(&played(&scenario, "Heron", false, closed));
    let nothing = known(&[], folder.path());
    assert_eq!(verify(&nothing, bytes.as_bytes()), Err(Refusal::UnknownScenario("before-saturday".to_owned())));
    let mut other = Scenario::clone(&scenario);
    other.hashes.full = Hash([9; 32]);
    assert_eq!(
        verify(&known(&[Arc::new(other)], folder.path()), bytes.as_bytes()),
        Err(Refusal::ChangedScenario("before-saturday".to_owned()))
    );
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/before-saturday.ron"));
    let store = Store::open(folder.path());
    store.keep_scenario(scenario.hashes.full, &text.replace("Saturday", "Sunday")).unwrap();
    assert!(verify(&nothing, bytes.as_bytes()).is_err(), "the kept copy was edited");
    std::fs::write(store.scenario_path(scenario.hashes.full), text).unwrap();
    assert!(verify(&nothing, bytes.as_bytes()).is_ok());
}

#[test]
fn what_cannot_count_is_refused_in_plain_words() {
    let (scenario, folder) = (shipped(), tempfile::tempdir().unwrap());
    let good = played(&scenario, "Heron", false, closed);
    let known = known(&[Arc::clone(&scenario)], folder.path());
    let refusal = |bytes: &[u8]| verify(&known, bytes).unwrap_err().to_string();
    assert_eq!(refusal(b"(wasnt: me)"), "It is not a Simmer attempt.");
    let changed = attempt::write(&good).replace("Heron", "Crane");
    assert!(refusal(changed.as_bytes()).contains("damaged or changed"));

    let mut forged = good.clone();
    let truth = good.score.unwrap().overall;
    forged.score.as_mut().unwrap().overall = 990;
    check_refused(&forged, &format!("The file says 990; its own inputs give {truth}."));
    let mut skills = good.clone();
    skills.score.as_mut().unwrap().skills.empathy += 1;
    check_refused(&skills, "with other scores by skill");
    let mut cut = good.clone();
    cut.inputs.remove(3);
    check_refused(&cut, "");
    check_refused(&Attempt { rules: 99, ..good.clone() }, "Update it");
    check_refused(&Attempt { rules: 0, ..good.clone() }, "cannot be checked any more");
    check_refused(&Attempt { practice: true, ..good.clone() }, "private");
    check_refused(&played(&scenario, "Heron", false, |recorder| recorder.attempt().inputs.len() > 3), "not finished");
}

#[test]
fn adding_twice_changes_nothing_and_another_body_is_refused() {
    let (scenario, data, shared) = (shipped(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let known = known(&[Arc::clone(&scenario)], data.path());
    let folder = Folder::below(data.path());
    let good = played(&scenario, "Heron", false, closed);
    let put = |name: &str, bytes: &str| std::fs::write(shared.path().join(name), bytes).unwrap();
    put("a.attempt", &attempt::write(&good));
    put("b.attempt", "my shopping list");
    put("notes.txt", "not read");
    let from = [shared.path().to_owned()];

    let adding = folder.add(&known, &from).unwrap();
    assert_eq!((adding.added.len(), adding.known.len(), adding.refused.len()), (1, 0, 1));
    let again = folder.add(&known, &from).unwrap();
    assert_eq!((again.added.len(), again.known.len(), again.refused.len()), (0, 1, 1));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    put("a.attempt", &attempt::write(&Attempt { started: good.started + std::time::Duration::from_secs(1), ..good }));
    let other = folder.add(&known, &from).unwrap();
    assert!(matches!(other.refused[0].why, NotAddedWhy::AnotherBody), "{:?}", other.refused);
    let (entries, refused) = folder.entries(&known).unwrap();
    assert_eq!((entries.len(), refused.len()), (1, 0));
    assert_eq!(entries[0].player, "Heron");
    let nowhere = folder.add(&known, &[PathBuf::from("/no/such/folder")]).unwrap();
    assert!(matches!(nowhere.refused[0].why, NotAddedWhy::Unreadable { .. }));
}

#[test]
fn a_call_counts_once_whoever_passes_it_on() {
    let (scenario, data, shared) = (shipped(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let known = known(&[Arc::clone(&scenario)], data.path());
    let folder = Folder::below(data.path());
    let sam = played(&scenario, "Sam", false, closed);
    let early = played(&scenario, "Sam", false, |recorder| recorder.attempt().score.is_some());
    let file = shared.path().join("x.attempt");
    let add = |attempt: &Attempt| {
        std::fs::write(&file, attempt::write(attempt)).unwrap();
        let adding = folder.add(&known, std::slice::from_ref(&file)).unwrap();
        let refused = adding.refused.first().map(|refused| refused.why.to_string());
        (adding.added.len(), adding.known.len(), refused.unwrap_or_default())
    };
    let same = "This is the same call as Sam\u{2019}s, played word for word: it counts once.".to_owned();
    let crane = |attempt: &Attempt| Attempt { player: "Crane".to_owned(), ..attempt.clone() };
    let renumbered = |attempt: &Attempt| Attempt { id: Uuid::from_u128(77), ..attempt.clone() };

    assert_eq!(add(&early), (1, 0, String::new()), "provisional");
    assert_eq!(add(&renumbered(&crane(&sam))), (0, 0, same.clone()), "Sam\u{2019}s call, played on by another");
    let sam = Attempt { id: early.id, started: early.started, ..sam };
    assert_eq!(add(&sam), (1, 0, String::new()), "the end of it is Sam\u{2019}s own");
    for copy in [crane(&sam), renumbered(&crane(&sam)), renumbered(&crane(&early))] {
        assert_eq!(add(&copy), (0, 0, same.clone()));
    }
    assert_eq!(add(&sam), (0, 1, String::new()));
    let own_again = Attempt { player: "sam ".to_owned(), ..renumbered(&sam) };
    assert_eq!(add(&own_again), (0, 1, String::new()), "one\u{2019}s own file again does no harm");
    assert_eq!(add(&played_on(6, &scenario, "Crane", false, closed)), (1, 0, String::new()), "another seed");
    let noted = noting("She said so.", 5, &scenario, "Egret", false, closed);
    assert_eq!(add(&noted), (1, 0, String::new()), "the same words, with a line of one\u{2019}s own in the note");
}

#[test]
fn a_copy_in_the_boards_own_folder_counts_once_as_well() {
    let (scenario, data) = (shipped(), tempfile::tempdir().unwrap());
    let known = known(&[Arc::clone(&scenario)], data.path());
    let folder = Folder::below(data.path());
    std::fs::create_dir_all(folder.path()).unwrap();
    let sam = played(&scenario, "Sam", false, closed);
    let copy = Attempt { id: Uuid::from_u128(77), player: "Crane".to_owned(), ..sam.clone() };
    let hour = std::time::Duration::from_hours(1);
    // Crane's file sorts first by its name, and was written an hour later.
    for (name, attempt, since) in [("b.attempt", &sam, hour), ("a.attempt", &copy, 2 * hour)] {
        let path = folder.path().join(name);
        std::fs::write(&path, attempt::write(attempt)).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + since).unwrap();
    }
    let (entries, refused) = folder.entries(&known).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.player.as_str()).collect::<Vec<_>>(), ["Sam"]);
    assert!(matches!(&refused[0].why, NotAddedWhy::SameCall(player) if player == "Sam"), "{refused:?}");
}

#[test]
fn a_copy_of_a_run_of_this_computer_is_refused() {
    let (scenario, data, shared) = (shipped(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let known = known(&[Arc::clone(&scenario)], data.path());
    let sam = played(&scenario, "Sam", false, closed);
    Store::open(data.path()).save(&sam).unwrap();
    let file = shared.path().join("x.attempt");
    let copy = Attempt { id: Uuid::from_u128(77), player: "Crane".to_owned(), ..sam };
    std::fs::write(&file, attempt::write(&copy)).unwrap();
    let adding = Folder::below(data.path()).add(&known, std::slice::from_ref(&file)).unwrap();
    assert!(matches!(adding.refused[0].why, NotAddedWhy::SameCall(_)), "{:?}", adding.refused);
}

#[test]
fn adding_tells_how_far_it_is_and_stops_when_told_to() {
    let (data, share) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let scenario = shipped();
    let known = known(&[Arc::clone(&scenario)], data.path());
    for (seed, player) in [(5, "Crane"), (6, "Egret"), (7, "Heron")] {
        let attempt = played_on(seed, &scenario, player, false, closed);
        std::fs::write(share.path().join(format!("{player}.attempt")), attempt::write(&attempt)).unwrap();
    }
    let folder = Folder::below(data.path());
    let mut told = Vec::new();
    let adding = folder
        .add_while(&known, &[share.path().to_owned()], |progress| {
            told.push((progress.done, progress.of));
            if progress.done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(told, [(0, 3), (1, 3), (2, 3)]);
    assert_eq!((adding.added.len(), adding.left), (2, 1));
    let (entries, refused) = folder.entries(&known).unwrap();
    assert_eq!((entries.len(), refused.len()), (2, 0), "what was added before stays");
}

#[test]
fn a_provisional_attempt_gives_way_to_its_end() {
    let (scenario, data, shared) = (shipped(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let known = known(&[Arc::clone(&scenario)], data.path());
    let folder = Folder::below(data.path());
    let end = played(&scenario, "Heron", false, closed);
    let waiting = |recorder: &Recorder| recorder.attempt().score.is_some();
    let early = Attempt { id: end.id, started: end.started, ..played(&scenario, "Heron", false, waiting) };
    let file = shared.path().join("x.attempt");
    for (attempt, is_final) in [(&early, false), (&end, true)] {
        std::fs::write(&file, attempt::write(attempt)).unwrap();
        let adding = folder.add(&known, std::slice::from_ref(&file)).unwrap();
        assert_eq!(adding.added.len(), 1, "{:?}", adding.refused);
        let (entries, _) = folder.entries(&known).unwrap();
        assert_eq!(entries.iter().map(|entry| entry.is_final).collect::<Vec<_>>(), [is_final]);
    }
}
