use proptest::prelude::*;

use super::*;
use crate::attempt::fixture::{finished, reworded, runs, scenario};
use crate::scenario::model::Hash;

#[test]
fn each_thing_that_does_not_hold_is_told_apart() {
    let attempt = finished().attempt().clone();
    assert_eq!(attempt.score.map(|score| score.is_final), Some(true));
    let verdict = |change: &dyn Fn(&mut Attempt)| {
        let mut attempt = attempt.clone();
        change(&mut attempt);
        let replay = replay(&scenario(), &attempt);
        assert!(!replay.verdict.words().is_empty());
        replay.verdict
    };
    assert_eq!(verdict(&|_| ()), Verdict::Holds);
    let forged = verdict(&|attempt| attempt.score.iter_mut().for_each(|score| score.overall = 1000));
    assert!(matches!(forged, Verdict::ScoreDiffers { .. }), "{forged:?}");
    let unclaimed = verdict(&|attempt| attempt.score = None);
    assert!(matches!(unclaimed, Verdict::ScoreDiffers { claimed: None, .. }), "{unclaimed:?}");
    let illegal = verdict(&|attempt| attempt.inputs.insert(1, Verb::GoOn.into()));
    assert_eq!(illegal, Verdict::Broken { index: 1, why: "the call is still on".to_owned() });
    let shorthand = verdict(&|attempt| attempt.inputs[0] = Verb::Finish.into());
    assert!(matches!(shorthand, Verdict::Broken { index: 0, .. }));
    assert!(matches!(verdict(&|attempt| attempt.rules += 1), Verdict::NewerRules { .. }));
    assert!(matches!(verdict(&|attempt| attempt.rules -= 1), Verdict::OlderRules { stored: Some(_), .. }));
    assert!(matches!(verdict(&|attempt| attempt.scenario.push('x')), Verdict::AnotherScenario { .. }));
    assert!(matches!(verdict(&|attempt| attempt.structure_hash = Hash([9; 32])), Verdict::AnotherStructure { .. }));
}

#[test]
fn other_words_are_played_back_and_said() {
    let replay = replay(&reworded(), finished().attempt());
    assert!(matches!(replay.verdict, Verdict::AnotherWording { same_score: true, .. }), "{:?}", replay.verdict);
    assert!(replay.played.is_some());
}

#[test]
fn the_report_opens_every_number_to_its_rows() {
    let recorder = finished();
    let attempt = recorder.attempt();
    let replay = replay(&scenario(), attempt);
    let report = report(&scenario(), attempt, &replay);
    let debrief = report.debrief.as_ref().unwrap();
    assert_eq!(debrief, &recorder.debrief());
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["verdict"], "Holds");
    assert_eq!(json["attempt"]["seed"], "7");
    assert_eq!(json["debrief"]["score"]["overall"], attempt.score.unwrap().overall);
    assert_eq!(json["debrief"]["turns"][0]["reply"]["id"], "went-unheard");
}

proptest! {
    #[test]
    fn a_replay_equals_the_play(recorder in runs()) {
        let replay = replay(&scenario(), recorder.attempt());
        prop_assert_eq!(&replay.verdict, &Verdict::Holds);
        let played = replay.played.unwrap();
        prop_assert_eq!(&played.events, recorder.events());
        prop_assert_eq!(&played.score, &recorder.score());
        let mut run = recorder.run().clone();
        // A time that passed without anything happening may have been left out at the end.
        run.talk.turn.clock = played.run.talk.turn.clock;
        prop_assert_eq!(&played.run, &run);
    }

    #[test]
    fn a_mutated_list_never_panics_and_never_holds_with_another_score(
        recorder in runs(),
        at in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
    ) {
        let mut attempt = recorder.attempt().clone();
        if attempt.inputs.is_empty() {
            return Ok(());
        }
        let (at, other) = (at.index(attempt.inputs.len()), other.index(attempt.inputs.len()));
        attempt.inputs.swap(at, other);
        let replay = replay(&scenario(), &attempt);
        if replay.verdict == Verdict::Holds && attempt.score.is_some_and(|score| score.is_final) {
            let score = replay.played.unwrap().score;
            prop_assert_eq!(Some(ClaimedScore::from(&score)), attempt.score);
        }
    }
}
