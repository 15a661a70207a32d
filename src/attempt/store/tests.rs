#![expect(clippy::disallowed_methods, reason = "tests look at the files")]

use proptest::prelude::*;

use super::*;
use crate::attempt::Reason;
use crate::attempt::fixture::{apply_written, beginning, finished, saves, scenario};
use crate::attempt::format::current::Rewound;
use crate::attempt::recorder::Recorder;
use crate::dialogue::Mode;

fn begun() -> Recorder {
    Recorder::begin(scenario(), beginning(Mode::Steps, 7))
}

/// A store with two saves of an unfinished attempt: the attempt, its first state, and the path of the file.
fn two_saves(data: &Path) -> (Store, Attempt, Attempt, PathBuf) {
    let store = Store::open(data);
    let mut recorder = begun();
    apply_written(&mut recorder, "[Nod]");
    let first = recorder.attempt().clone();
    store.save(&first).unwrap();
    apply_written(&mut recorder, "[Finish, Speak(\"sorry\")]");
    store.save(recorder.attempt()).unwrap();
    let path = store.slot("Heron");
    (store, first, recorder.attempt().clone(), path)
}

#[test]
fn nothing_is_there_and_nothing_is_written_before_the_first_save() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    assert!(store.unfinished("Heron").unwrap().is_none());
    assert!(store.list().unwrap().is_empty());
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0);
}

#[test]
fn the_last_save_comes_back() {
    let data = tempfile::tempdir().unwrap();
    let (store, _, last, _) = two_saves(data.path());
    assert_eq!(store.unfinished("Heron").unwrap(), Some(Kept { attempt: last, from_previous_copy: false }));
    assert!(store.unfinished("Crane").unwrap().is_none());
    store.discard("Heron").unwrap();
    assert!(store.unfinished("Heron").unwrap().is_none());
}

#[test]
fn a_killed_write_falls_back_to_the_previous_copy() {
    let data = tempfile::tempdir().unwrap();
    let (store, first, last, path) = two_saves(data.path());
    fs::write(path.with_file_name(".simmer-killed.tmp"), "half an att").unwrap();
    for length in [0, 1, 100, write(&last).len() - 1] {
        fs::write(&path, &write(&last)[..length]).unwrap();
        let kept = store.unfinished("Heron").unwrap().unwrap();
        assert_eq!(kept, Kept { attempt: first.clone(), from_previous_copy: true });
    }
    fs::remove_file(&path).unwrap();
    assert!(store.unfinished("Heron").unwrap().unwrap().from_previous_copy);
    // Going on from there must not put the damaged file in the place of the good copy.
    fs::write(&path, "torn").unwrap();
    store.save(&first).unwrap();
    assert_eq!(load_file(&atomic::previous_copy(&path)).unwrap(), first);
    fs::write(&path, "torn").unwrap();
    fs::write(atomic::previous_copy(&path), "torn").unwrap();
    let error = store.unfinished("Heron").unwrap_err();
    assert!(error.to_string().ends_with("this is not a Simmer attempt: its first line does not say so"), "{error}");
}

#[test]
fn finishing_moves_the_attempt_to_the_list() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    let recorder = finished();
    let mut unfinished = recorder.attempt().clone();
    unfinished.ended = None;
    store.save(&unfinished).unwrap();
    let slot = fs::read(store.slot("Heron")).unwrap();
    store.save(recorder.attempt()).unwrap();
    assert!(store.unfinished("Heron").unwrap().is_none());
    let listed = store.list().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(&listed[0].attempt.as_ref().unwrap().attempt, recorder.attempt());
    // Killed between the two: the finished one counts.
    fs::write(store.slot("Heron"), slot).unwrap();
    assert!(store.unfinished("Heron").unwrap().is_none());
    store.delete(recorder.attempt().id).unwrap();
    assert!(store.list().unwrap().is_empty());
}

#[test]
fn another_run_sets_the_first_aside() {
    let data = tempfile::tempdir().unwrap();
    let (store, _, last, _) = two_saves(data.path());
    let other = begun();
    store.save(other.attempt()).unwrap();
    assert_eq!(store.unfinished("Heron").unwrap().unwrap().attempt.id, other.attempt().id);
    let listed = store.list().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].attempt.as_ref().unwrap().attempt, last);
    let aside = |player| store.set_aside(player).unwrap().into_iter().map(|kept| kept.attempt).collect::<Vec<_>>();
    assert_eq!(aside("Heron"), std::slice::from_ref(&last));
    assert_eq!(aside("Crane"), []);

    // It is gone on with: now the other is aside, and each is kept once.
    store.save(&last).unwrap();
    assert_eq!(store.unfinished("Heron").unwrap().unwrap().attempt, last);
    assert_eq!(aside("Heron"), [other.attempt().clone()]);
    assert_eq!(store.list().unwrap().len(), 1);

    // Killed before the copy that was aside could be removed.
    fs::write(store.path_of(last.id), write(&last)).unwrap();
    assert_eq!(store.unfinished("Heron").unwrap().unwrap().attempt, last);
    assert_eq!(aside("Heron"), [other.attempt().clone()]);

    let rewound = Some(Rewound { attempt: last.id, encounter: 0, turn: 1 });
    let again = Attempt { rewound, ..other.attempt().clone() };
    store.save(&again).unwrap();
    store.save(&last).unwrap();
    assert_eq!(aside("Heron"), [], "who tried a moment again is not called back to it");
}

#[test]
fn a_broken_file_does_not_hide_the_others() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    store.save(finished().attempt()).unwrap();
    fs::write(store.attempts.join("0.attempt"), "nothing").unwrap();
    fs::write(store.attempts.join("readme.txt"), "nothing").unwrap();
    let listed = store.list().unwrap();
    assert_eq!(listed.len(), 2);
    assert!(listed[0].attempt.is_err());
    assert!(listed[1].attempt.is_ok());
}

#[test]
fn the_played_scenario_is_kept_by_its_hash() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    let full = scenario().hashes.full;
    assert_eq!(store.scenario_text(full).unwrap(), None);
    store.keep_scenario(full, "Scenario()").unwrap();
    store.keep_scenario(full, "Scenario()").unwrap();
    assert_eq!(store.scenario_text(full).unwrap().as_deref(), Some("Scenario()"));
}

#[test]
fn what_a_player_said_about_a_run_stands_apart_from_it() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    let recorder = finished();
    store.save(recorder.attempt()).unwrap();
    let before = fs::read(store.path_of(recorder.attempt().id)).unwrap();
    let id = recorder.attempt().id;
    assert!(store.own_words("Heron", id).unwrap().is_empty());
    let mut words = OwnWords::default();
    words.explain(Reason { encounter: 0, turn: 1, text: "I was in a hurry".to_owned() });
    store.keep_own_words("Heron", id, &words).unwrap();
    assert_eq!(store.own_words("Heron", id).unwrap(), words);
    assert!(store.own_words("Crane", id).unwrap().is_empty());
    assert_eq!(fs::read(store.path_of(id)).unwrap(), before);
    assert_eq!(store.list().unwrap().len(), 1);
    store.keep_own_words("Crane", id, &words).unwrap();
    store.forget_own_words("Heron").unwrap();
    store.forget_own_words("Heron").unwrap();
    assert!(store.own_words("Heron", id).unwrap().is_empty());
    assert_eq!(store.own_words("Crane", id).unwrap(), words);
}

#[test]
fn words_that_cannot_be_read_are_told_and_not_thrown_away() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path());
    let id = begun().attempt().id;
    let path = store.own_words_path("Heron", id);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "torn").unwrap();
    let error = store.own_words("Heron", id).unwrap_err();
    assert!(error.to_string().starts_with("What you wrote about this run"), "{error}");
    let refused = store.keep_own_words("Heron", id, &OwnWords::default()).unwrap_err();
    assert_eq!(refused.to_string(), error.to_string());
    assert_eq!(fs::read(&path).unwrap(), b"torn");
}

#[test]
fn a_place_that_cannot_be_written_to_is_a_typed_error() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    fs::write(&file, "").unwrap();
    let store = Store::open(&file);
    assert!(matches!(store.save(begun().attempt()), Err(StoreError::Write(_))));
    assert!(matches!(store.save(finished().attempt()), Err(StoreError::Write(_))));
    assert!(store.keep_scenario(scenario().hashes.full, "").is_err());
    assert!(store.list().is_err());
}

proptest! {
    #[test]
    fn a_program_killed_between_any_two_steps_of_its_writing_keeps_what_it_had_or_what_it_wrote(
        saves in saves(), steps in 0_u32..400,
    ) {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path());
        atomic::fuse::light(Some(steps));
        let done = saves.iter().take_while(|attempt| store.save(attempt).is_ok()).count();
        atomic::fuse::light(None);

        let store = Store::open(data.path());
        let finished: Vec<_> = store.list().unwrap().into_iter().map(|listed| listed.attempt.unwrap()).collect();
        prop_assert!(finished.len() <= 1);
        let unfinished = store.unfinished("Heron").unwrap();
        prop_assert!(finished.is_empty() || unfinished.is_none());
        let there = finished.into_iter().chain(unfinished).next().map(|kept| kept.attempt);
        let before = done.checked_sub(1).map(|last| &saves[last]);
        prop_assert!(there.as_ref() == before || there.as_ref() == saves.get(done), "killed in save {}", done);
    }
}
