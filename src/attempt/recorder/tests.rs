use proptest::prelude::*;

use super::*;
use crate::attempt::fixture::{apply_written, beginning, finished, reworded, runs, scenario};
use crate::attempt::inputs::Verb;
use crate::scenario::model::Hash;

fn step(action: Action) -> Input {
    Input::Talk(dialogue::Input::step(action))
}

#[test]
fn a_pure_listen_is_not_worth_a_save_and_all_else_is() {
    let mut recorder = Recorder::begin(scenario(), beginning(Mode::Steps, 7));
    assert!(!recorder.apply(&step(Action::Listen)).unwrap().save);
    assert!(recorder.apply(&step(Action::Nod)).unwrap().save);
}

#[test]
fn a_refused_input_leaves_no_trace() {
    let mut recorder = Recorder::begin(scenario(), beginning(Mode::Steps, 7));
    let before = recorder.clone();
    assert_eq!(recorder.apply(&Input::GoOn), Err(NotTaken::Refused(Refused::StillTalking)));
    assert_eq!(recorder.attempt(), before.attempt());
    assert_eq!(recorder.run(), before.run());
    assert_eq!(recorder.events(), before.events());
}

#[test]
fn time_that_only_passes_is_kept_once() {
    let mut recorder = Recorder::begin(scenario(), beginning(Mode::Timed, 7));
    for at in [0, 16, 33, 50] {
        let _ = recorder.apply(&Input::Talk(dialogue::Input { at, action: Action::Listen })).unwrap();
    }
    assert_eq!(recorder.attempt().inputs, [WrittenInput { at: Some(50), verb: Verb::Listen }]);
    let _ = recorder.apply(&Input::Talk(dialogue::Input { at: 60, action: Action::Consult })).unwrap();
    assert_eq!(recorder.attempt().inputs, [WrittenInput { at: Some(60), verb: Verb::Consult }]);
}

#[test]
fn a_finished_run_has_its_end_and_its_final_score() {
    let recorder = finished();
    let attempt = recorder.attempt();
    assert!(attempt.ended >= Some(attempt.started));
    assert_eq!(attempt.started.subsec_nanosecond(), 0);
    assert_eq!(attempt.score.map(|score| score.overall), Some(recorder.score().overall));
}

#[test]
fn a_call_is_resumed_across_other_words_but_not_across_another_structure() {
    let mut recorder = Recorder::begin(scenario(), beginning(Mode::Steps, 7));
    apply_written(&mut recorder, "[Nod, Finish, Speak(\"went-unheard\", Slow)]");
    let attempt = recorder.attempt().clone();
    let again = Recorder::resume(reworded(), attempt.clone()).unwrap();
    assert_eq!(again.run(), recorder.run());
    assert_eq!(again.attempt().full_hash, reworded().hashes.full);
    let mut changed = Arc::unwrap_or_clone(scenario());
    changed.hashes.structure = Hash([9; 32]);
    assert!(matches!(
        Recorder::resume(Arc::new(changed), attempt.clone()).unwrap_err(),
        CannotResume::Unfit(Verdict::AnotherStructure { .. })
    ));
    let mut broken = attempt;
    broken.inputs.push(Verb::GoOn.into());
    let error = Recorder::resume(scenario(), broken).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "input {} of the attempt is not possible on this scenario: the call is still on",
            recorder.attempt().inputs.len() + 1
        )
    );
}

#[test]
fn a_rewind_is_practice_from_the_beginning_of_a_turn() {
    let mut recorder = finished();
    recorder.attempt.start = Some(Uuid::from_u128(3));
    for (encounter, turn, node) in [(0, 1, "waited-in"), (0, 2, "and-now"), (1, 1, "you-rang")] {
        let again = recorder.rewind(EncounterId(encounter), turn).unwrap();
        let talk = &again.run().talk;
        assert_eq!((talk.encounter.0, talk.turn.number), (encounter, turn));
        assert_eq!(again.scenario().encounter(talk.encounter).node(talk.node()).name, node);
        assert!(!talk.turn.answered && !talk.turn.finished || node == "you-rang");
        assert!(again.attempt().practice);
        assert_eq!(again.attempt().start, None);
        assert_eq!(again.attempt().rewound, Some(Rewound { attempt: recorder.attempt().id, encounter, turn }));
        assert_ne!(again.attempt().id, recorder.attempt().id);
        assert_eq!(again.attempt().ended, None);
    }
    assert!(recorder.rewind(EncounterId(0), 3).is_err());
    assert!(recorder.rewind(EncounterId(0), 0).is_err());
    assert!(recorder.rewind(EncounterId(2), 1).is_err());
}

#[test]
fn seeds_differ() {
    assert_ne!(fresh_seed(), fresh_seed());
}

#[test]
fn an_endless_note_does_not_make_a_file_that_cannot_be_read() {
    let mut recorder = Recorder::begin(scenario(), beginning(Mode::Steps, 7));
    apply_written(&mut recorder, "[Finish, Speak(\"sorry\"), Finish, Speak(\"ring-you\")]");
    let input = Input::File { tiles: Vec::new(), line: "\u{1}".repeat(1024 * 1024) };
    assert_eq!(recorder.apply(&input), Err(NotTaken::TooMuch));
    apply_written(&mut recorder, "[File([], \"short\")]");
}

proptest! {
    #[test]
    fn a_resumed_run_stands_where_it_stood(recorder in runs()) {
        let again = Recorder::resume(scenario(), recorder.attempt().clone()).unwrap();
        prop_assert_eq!(again.run(), recorder.run());
        prop_assert_eq!(again.events(), recorder.events());
        prop_assert_eq!(again.attempt(), recorder.attempt());
    }
}
