use std::sync::Arc;

use super::*;
use crate::explore::solve::{Element, Part, Verdict, ranges, reachability};
use crate::lint::proof::{Step, Watch};
use crate::scenario::id::{EncounterId, NodeId};
use crate::studio::graph::testing::{generated, played};

const KETTLE: &str = include_str!("../../cli/play/sample.ron");
const DORIS: &str = include_str!("../../../scenarios/can-i-have-it-on.ron");

/// Little enough for a test, and no waiting.
fn effort() -> Effort {
    let options = Options { budget: 20_000, playouts: 50, width: 60, ..Options::default() };
    Effort { options, plays: vec![190, 380, 760], seed: 5, quiet: 0 }
}

/// Takes in everything until the survey is done, and says what was told on the way.
fn to_the_end(survey: &mut Survey) -> Vec<Arc<Surveyed>> {
    let mut told: Vec<Arc<Surveyed>> = Vec::new();
    // On a slow machine the first news is how far it is, with nothing known yet but what was known before.
    let mut known = survey.surveyed().cloned();
    loop {
        if survey.look_around()
            && let Some(surveyed) = survey.surveyed()
            && known.as_ref().is_none_or(|known| !Arc::ptr_eq(known, surveyed))
        {
            known = Some(Arc::clone(surveyed));
            told.push(Arc::clone(surveyed));
        }
        if !survey.is_running() {
            return told;
        }
        std::thread::yield_now();
    }
}

/// What the survey must come to, found without any thread.
fn expected(scenario: &Scenario) -> (Reach, Vec<crate::explore::solve::Range>, Plays) {
    let Effort { options, plays, seed, .. } = effort();
    let settled = reachability(scenario, &options, &mut ());
    let ranges = ranges(scenario, &options, &mut ());
    (Reach::of(settled), ranges, plays::played(scenario, seed, *plays.last().unwrap()))
}

fn check_whole(surveyed: &Surveyed, scenario: &Scenario) {
    let (reach, ranges, plays) = expected(scenario);
    assert_eq!(surveyed.scenario.hashes, scenario.hashes);
    assert_eq!(**surveyed.reach.as_ref().unwrap(), reach);
    assert_eq!(**surveyed.ranges.as_ref().unwrap(), *ranges);
    assert_eq!(**surveyed.plays.as_ref().unwrap(), plays);
}

#[test]
fn what_it_comes_to_is_what_solving_and_simulating_come_to() {
    let scenario = played(DORIS);
    let mut survey = Survey::with(effort());
    assert_eq!(survey.state(), State::Idle);
    survey.restart(4, &scenario);
    assert!(survey.is_running());
    let told = to_the_end(&mut survey);
    assert_eq!(survey.state(), State::Done);
    assert!(told.iter().all(|surveyed| surveyed.version == 4));
    check_whole(told.last().unwrap(), &scenario);
}

#[test]
fn a_changed_text_begins_anew_and_nothing_old_is_told_as_new() {
    let (first, second) = (played(&generated(60)), played(KETTLE));
    let mut survey = Survey::with(effort());
    survey.restart(1, &first);
    // Until something is known of the first one.
    while survey.surveyed().is_none() {
        survey.look_around();
        std::thread::yield_now();
    }
    survey.text_changed();
    assert_eq!(survey.state(), State::Idle, "there are errors, for all that is known");
    assert!(!survey.look_around(), "what is told now is about no text any more");
    survey.restart(2, &second);
    for surveyed in to_the_end(&mut survey) {
        assert_eq!(surveyed.version, 2);
        assert_eq!(surveyed.scenario.hashes, second.hashes);
    }
    check_whole(survey.surveyed().unwrap(), &second);
}

#[test]
fn a_change_of_words_is_played_anew_and_not_solved_anew() {
    let first = played(KETTLE);
    let reworded = played(&KETTLE.replacen("why: \"", "why: \"Well. ", 1));
    assert_eq!(first.hashes.structure, reworded.hashes.structure);
    assert_ne!(first.hashes.full, reworded.hashes.full);
    let mut survey = Survey::with(effort());
    survey.restart(1, &first);
    to_the_end(&mut survey);
    let before = Arc::clone(survey.surveyed().unwrap());
    survey.text_changed();
    survey.restart(2, &reworded);
    to_the_end(&mut survey);
    let after = survey.surveyed().unwrap();
    assert_eq!((after.version, after.scenario.hashes), (2, reworded.hashes));
    assert!(Arc::ptr_eq(before.reach.as_ref().unwrap(), after.reach.as_ref().unwrap()));
    assert!(Arc::ptr_eq(before.ranges.as_ref().unwrap(), after.ranges.as_ref().unwrap()));
    assert!(!Arc::ptr_eq(before.plays.as_ref().unwrap(), after.plays.as_ref().unwrap()));
}

#[test]
fn a_change_that_is_taken_back_goes_on_with_what_was_found() {
    let scenario = played(KETTLE);
    let mut survey = Survey::with(effort());
    survey.restart(1, &scenario);
    to_the_end(&mut survey);
    let before = Arc::clone(survey.surveyed().unwrap());
    survey.text_changed();
    survey.restart(3, &scenario);
    to_the_end(&mut survey);
    let after = survey.surveyed().unwrap();
    assert_eq!(after.version, 3);
    assert!(Arc::ptr_eq(before.plays.as_ref().unwrap(), after.plays.as_ref().unwrap()));
}

#[test]
fn it_can_be_stopped_and_gone_on_with() {
    let scenario = played(DORIS);
    let mut survey = Survey::with(effort());
    survey.restart(1, &scenario);
    survey.pause();
    assert_eq!(survey.state(), State::Paused);
    survey.text_changed();
    survey.restart(2, &scenario);
    assert_eq!(survey.state(), State::Paused, "it stays so when the text changes");
    survey.go_on();
    to_the_end(&mut survey);
    check_whole(survey.surveyed().unwrap(), &scenario);
}

#[test]
fn no_thread_is_left_behind() {
    let mut survey = Survey::with(Effort { plays: vec![u64::MAX], ..effort() });
    survey.restart(1, &played(&generated(60)));
    let shared = Arc::clone(survey.shared.as_ref().unwrap());
    while survey.surveyed().is_none() {
        survey.look_around();
        std::thread::yield_now();
    }
    assert_eq!(Arc::strong_count(&shared), 3, "the survey, its thread and this test");
    drop(survey);
    // It would play for ever.
    while Arc::strong_count(&shared) > 1 {
        std::thread::yield_now();
    }
}

#[test]
fn the_shortest_way_is_a_list_of_replies() {
    let scenario = played(DORIS);
    let (reach, ..) = expected(&scenario);
    let node = scenario.encounters[0].nodes.len() - 1;
    let element = Element { encounter: EncounterId::at(0), part: Part::Node(NodeId::at(node)) };
    let Some(Verdict::Reached { witness, .. }) = reach.verdict(element) else { panic!("the last node is reached") };
    let replies = replies_of(witness);
    assert_eq!(replies.len(), usize::from(witness.replies));
    let mut at = scenario.encounters[0].start;
    for (encounter, reply) in replies {
        assert_eq!(encounter, EncounterId::at(0));
        assert_eq!(scenario.encounters[0].reply(reply).node, at, "each is spoken where the one before leads");
        if let crate::scenario::model::Target::Node(next) = scenario.encounters[0].reply(reply).to {
            at = next;
        }
    }
    assert_eq!(at, NodeId::at(node));
    assert_eq!(reach.not_reached().count(), 0, "nothing of a shipped call is out of reach");
}

#[test]
fn what_is_proved_is_of_the_proving_rules_alone() {
    let text: Arc<str> = generated(60).into();
    let mut proving = Proving::default();
    proving.ask("kettle.ron", 7, &text);
    while proving.is_busy() {
        proving.look_around();
        std::thread::yield_now();
    }
    let proved = proving.proved().unwrap();
    assert_eq!(proved.version, 7);
    assert!(proved.is_playable);
    assert!(!proved.findings.is_empty(), "it asks for one skill alone");
    let broken = Proved::of("kettle.ron", 8, "Scenario(", &()).unwrap();
    assert!(!broken.is_playable && broken.findings.is_empty());
}

struct Stopped;

impl Watch for Stopped {
    fn report(&self, _step: Step) {}
    fn is_stopped(&self) -> bool {
        true
    }
}

#[test]
fn proving_tells_how_far_it_is_and_stops_when_it_is_told() {
    let text: Arc<str> = generated(60).into();
    let mut proving = Proving::default();
    proving.ask("kettle.ron", 7, &text);
    while proving.step().is_none() {
        proving.look_around();
        std::thread::yield_now();
    }
    assert!(proving.is_busy());
    proving.stop();
    assert!(!proving.is_busy() && !proving.look_around());
    assert!(proving.step().is_none() && proving.proved().is_none());
    assert!(Proved::of("kettle.ron", 7, &text, &Stopped).is_none());
}
