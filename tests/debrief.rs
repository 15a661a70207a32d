//! Debriefs: whatever stands in one comes to exactly the score, in any run.

use simmer::campaign::{Input, RunStage, choices, tiles};
use simmer::dialogue::{self, Action, Exit, Mode, Stage, reply_order};
use simmer::scenario::format::current::Mood;
use simmer::scenario::model::{Condition, Scenario, Start};
use simmer::scenario::vocabulary::{Fulfilment, Indicator, Pace, Volume};
use simmer::scoring::{Debrief, debrief};

use crate::support::{PERFECT, Player, shipped};

fn begun(scenario: &Scenario) -> Player<'_> {
    Player::begin(scenario, 1, Mode::Steps)
}

fn answer_all(playing: &mut Player<'_>, replies: &[&str]) {
    for reply in replies {
        playing.answer(reply);
    }
}

fn debrief_of(playing: &Player<'_>) -> Debrief {
    debrief(playing.scenario, &playing.events, playing.score())
}

/// The design's worked example up to the end of the call.
fn worked_call(scenario: &Scenario) -> Player<'_> {
    let mut playing = begun(scenario);
    playing.hear_to_lapse();
    playing.act(Action::Interrupt);
    playing.say("went-back-over-it", Pace::Slow, Volume::Level);
    playing.hear_out();
    playing.say("nineteen-minutes", Pace::Quick, Volume::Level);
    let rest = [
        "months-takings",
        "door-colour",
        "wrong-house",
        "three-choices",
        "through-to-sunday",
        "judged-on-that",
        "good-or-bad",
        "some-leeway",
    ];
    answer_all(&mut playing, &rest);
    playing
}

/// The whole of it: three facts of four, and the callback late after a word.
fn worked_run(scenario: &Scenario) -> Player<'_> {
    let mut playing = worked_call(scenario);
    playing.file(&["wrong-door", "must-stay-cold", "chiller-to-sunday"]);
    playing.choose(&["tell-her-now", "text-then-ring"]);
    playing
}

/// What stands in a debrief comes to exactly the score.
fn check_sums(debrief: &Debrief) {
    for (line, score) in debrief.skills.iter().zip(&debrief.score.skills) {
        let earned: i32 = line.rows.iter().map(|row| row.earned).sum();
        let available: i32 = line.rows.iter().map(|row| row.available).sum();
        let taken: i32 = line.violations.iter().map(|violation| violation.cost).sum();
        assert_eq!((earned, available, taken), (score.earned, score.available, score.violations), "{:?}", line.skill);
    }
    let mut before = None;
    for turn in &debrief.turns {
        if turn.turn > 1 {
            assert_eq!(Some(turn.before), before, "turn {} begins where the one before it ended", turn.turn);
        }
        before = Some(turn.after);
    }
}

/// A scenario with its one encounter played twice, the second from a mood of its own.
fn doubled() -> Scenario {
    let mut scenario = shipped("before-saturday");
    let mut second = scenario.encounters[0].clone();
    let mood = Mood { anger: 85, trust: 10, patience: 50, heard: 10, clarity: 60 };
    second.starts = vec![Start { when: Condition::All(Vec::new()), mood: Some(mood), node: None }];
    "The second call".clone_into(&mut second.title);
    scenario.encounters.push(second);
    scenario
}

/// Plays whatever a small generator picks, until nothing is left to do.
fn play_anyhow(scenario: &Scenario, seed: u64) -> Player<'_> {
    let mut playing = begun(scenario);
    let mut state = seed.wrapping_mul(2) + 1;
    let mut pick = move |count: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % count
    };
    loop {
        let encounter = playing.scenario.encounter(playing.run.talk.encounter);
        let input = match playing.run.stage {
            RunStage::Closed => return playing,
            RunStage::Between => Input::GoOn,
            RunStage::Note => {
                let on_offer: Vec<_> = tiles(encounter, &playing.run.talk).map(|(id, _)| id).collect();
                Input::File { tiles: on_offer.into_iter().filter(|_| pick(2) == 0).collect(), line: String::new() }
            }
            RunStage::Diary(event) => {
                let event = &encounter.diary[event.index()];
                let on_offer: Vec<_> = choices(event, &playing.run.talk).map(|(id, _)| id).collect();
                Input::Choose(on_offer[pick(on_offer.len())])
            }
            RunStage::Talking if !playing.run.talk.replies_open() => {
                let action = if pick(8) == 0 { Action::Interrupt } else { Action::Listen };
                Input::Talk(dialogue::Input::step(action))
            }
            RunStage::Talking => {
                let on_offer = reply_order(playing.scenario, &playing.run.talk);
                let volume = if pick(12) == 0 { Volume::Raised } else { Volume::Level };
                let pace = [Pace::Slow, Pace::Even, Pace::Quick][pick(3)];
                let reply = on_offer[pick(on_offer.len())];
                Input::Talk(dialogue::Input::step(Action::Speak { reply, pace, volume }))
            }
        };
        playing.input(&input).unwrap();
    }
}

#[test]
fn the_rows_come_to_the_score_in_any_run() {
    check_sums(&debrief_of(&worked_run(&shipped("before-saturday"))));
    for name in ["before-saturday", "one-twelve", "can-i-have-it-on"] {
        for seed in 0..20 {
            check_sums(&debrief_of(&play_anyhow(&shipped(name), seed)));
        }
    }
    for seed in 0..20 {
        check_sums(&debrief_of(&play_anyhow(&doubled(), seed)));
    }
}

#[test]
fn the_worked_example_turned_at_the_fifth_and_the_eighth() {
    let debrief = debrief_of(&worked_run(&shipped("before-saturday")));
    let helped = debrief.helped.unwrap();
    assert_eq!((helped.turn, helped.row.as_deref(), helped.anger), (5, Some("Owning apology, 3 of 3"), (36, 23)));
    let turned = debrief.turned.unwrap();
    assert_eq!(turned.turn, 8);
    assert_eq!(turned.row.as_deref(), Some("Declines bait, sets limits calmly, 0 of 3"));
    assert_eq!(turned.violation.as_deref(), Some("Defensive."));
    assert_eq!(turned.anger, (14, 24));
}

#[test]
fn a_cut_off_says_what_was_not_heard() {
    let debrief = debrief_of(&worked_run(&shipped("before-saturday")));
    let turn = &debrief.turns[0];
    assert!(turn.heard.ends_with("so I’d hear it."), "{}", turn.heard);
    assert!(turn.unsaid.as_ref().unwrap().starts_with("And at ten past twelve"));
    assert_eq!(
        debrief.skills[0].violations[0].words,
        "You cut her off before \u{201c}And at ten past twelve it buzzes to\u{2026}\u{201d}"
    );
}

#[test]
fn whoever_is_spoken_over_in_a_pause_objects_in_words_of_their_own() {
    let check = |name: &str, before: &[&str], objects: &str| {
        let scenario = shipped(name);
        let mut playing = begun(&scenario);
        answer_all(&mut playing, before);
        playing.hear_to_lapse();
        playing.act(Action::Interrupt);
        let debrief = debrief_of(&playing);
        let turn = debrief.turns.last().unwrap();
        assert_eq!(turn.objection.as_deref(), Some(objects), "{name}");
        assert_eq!(turn.heard_and_objected(), format!("{}\u{2014} {objects}", turn.heard));
        assert!(!turn.heard.contains(objects), "review cards ask about what was heard alone");
    };
    check("before-saturday", &[], "I was in the middle of a sentence.");
    check("can-i-have-it-on", &["what-worries"], "I’d not done, love. Now I’ve lost my place.");
    check("one-twelve", &[], "I was only getting my breath. It’s no matter.");

    // Taking the bait has an answer of its own; one who is cut off in mid-word only stops.
    let scenario = shipped("before-saturday");
    let mut baited = begun(&scenario);
    baited.hear_to_lapse();
    baited.act(Action::TakeBait);
    assert_eq!(debrief_of(&baited).turns[0].objection.as_deref(), Some("I hadn’t finished."));
    let mut interrupted = begun(&scenario);
    interrupted.act(Action::Interrupt);
    let turn = &debrief_of(&interrupted).turns[0];
    assert_eq!((turn.objection.as_deref(), turn.heard_and_objected()), (None, turn.heard.clone()));
}

#[test]
fn the_last_answer_is_told_with_the_turn_it_answers() {
    let debrief = debrief_of(&worked_call(&shipped("before-saturday")));
    let (last, before) = debrief.turns.split_last().unwrap();
    assert_eq!(last.last_words.as_deref(), Some("Some leeway. That’s what the last one had."));
    assert_eq!(last.ending.as_ref(), Some(&debrief.ending));
    assert!(before.iter().all(|turn| turn.last_words.is_none() && turn.ending.is_none()));
}

#[test]
fn a_turn_that_showed_all_there_was_to_show_is_not_where_it_turned() {
    let scenario = shipped("one-twelve");
    let mut playing = begun(&scenario);
    let best = [
        "ask-after-him",
        "sit-down",
        "you-stopped",
        "up-to-you",
        "not-for-today",
        "junior-seat",
        "want-it-back",
        "may-and-july",
        "on-the-envelope",
        "told-him-the-truth",
    ];
    answer_all(&mut playing, &best);
    let debrief = debrief_of(&playing);
    assert!(debrief.turns[7].after[0] > debrief.turns[7].before[0], "she was a little colder at the letters");
    assert_eq!(debrief.turned, None);
}

#[test]
fn nobody_is_told_of_heat_or_calm_that_they_did_not_show() {
    let scenario = shipped("can-i-have-it-on");
    let mut playing = begun(&scenario);
    for reply in ["what-worries", "has-anybody-read-it", "on-tonight", "after-the-pension", "when-suits-you"] {
        playing.hear_out();
        playing.say(reply, Pace::Slow, Volume::Level);
    }
    let tones = |debrief: &Debrief| -> Vec<String> {
        let moves = debrief.turns.iter().flat_map(|turn| &turn.moves);
        moves.map(|step| step.words.clone()).filter(|words| words.ends_with("carried over")).collect()
    };
    let calm = tones(&debrief_of(&playing));
    assert_eq!(calm[0], "your own calm carried over");
    assert_eq!(calm[4], "your tone carried over", "she was calmer than anyone can sound");

    let mut scenario = shipped("before-saturday");
    scenario.customer.mood.anger = 80;
    let mut playing = begun(&scenario);
    playing.hear_out();
    playing.say("tuesday-slots", Pace::Quick, Volume::Raised);
    assert_eq!(tones(&debrief_of(&playing)), ["your tone carried over"]);
}

#[test]
fn of_equal_rows_the_one_that_the_author_put_first_is_named() {
    let scenario = shipped("can-i-have-it-on");
    let mut playing = begun(&scenario);
    for reply in ["what-worries", "has-anybody-read-it", "on-tonight"] {
        playing.hear_out();
        playing.say(reply, Pace::Slow, Volume::Level);
    }
    let helped = debrief_of(&playing).helped.unwrap();
    assert_eq!((helped.turn, helped.row.as_deref()), (3, Some("Owning apology, 2 of 2")));
}

#[test]
fn a_better_line_was_on_offer() {
    let mut scenario = shipped("before-saturday");
    let encounter = &mut scenario.encounters[0];
    let never = Condition::Not(Box::new(Condition::All(Vec::new())));
    let best = encounter.reply_named("went-back-over-it").unwrap();
    let hidden = encounter.replies[best.index()].text.clone();
    encounter.replies[best.index()].when = Some(never);
    encounter.brief = simmer::scenario::brief::Brief::of(&encounter.nodes, &encounter.replies);
    let mut playing = begun(&scenario);
    playing.answer("tuesday-slots");
    let debrief = debrief_of(&playing);
    let better = debrief.turns[0].reply.as_ref().unwrap().better.as_ref();
    assert_ne!(better, Some(&hidden));
}

#[test]
fn a_second_encounter_has_turns_rows_and_a_mood_of_its_own() {
    let scenario = doubled();
    let mut playing = begun(&scenario);
    answer_all(&mut playing, &PERFECT);
    playing.file(&["wrong-door"]);
    playing.choose(&["tell-her-now", "ring-on-the-minute"]);
    playing.input(&Input::GoOn).unwrap();
    playing.answer("tuesday-slots");
    let debrief = debrief_of(&playing);
    let second = debrief.turns.iter().position(|turn| turn.encounter == 1).unwrap();
    assert_eq!(second, 10);
    assert_eq!(debrief.turns[second].before, [85, 10, 50, 10, 60]);
    let start = debrief.curve.iter().find(|point| point.encounter == 1).unwrap();
    assert_eq!((start.turn, start.meters), (0, [85, 10, 50, 10, 60]));
    let turned = debrief.turned.as_ref().unwrap();
    assert_eq!((turned.encounter, turned.turn, turned.index), (1, 1, second));
    let places: Vec<_> = debrief.skills[0].rows.iter().filter(|row| row.at == Some(second)).collect();
    assert!(places.iter().all(|row| row.place == "The second call, turn 1"), "{places:?}");
    assert_eq!(debrief.notes.len(), 2);
    assert_eq!((debrief.notes[0].filed.len(), debrief.notes[1].filed.len()), (1, 0));
}

#[test]
fn an_earlier_encounter_cannot_be_repaired() {
    let scenario = doubled();
    let mut playing = begun(&scenario);
    playing.hear_to_lapse();
    playing.act(Action::Interrupt);
    answer_all(&mut playing, &PERFECT);
    let taken = playing.score().skills[0].violations;
    playing.file(&[]);
    playing.choose(&["tell-her-now", "ring-on-the-minute"]);
    playing.input(&Input::GoOn).unwrap();
    answer_all(&mut playing, &["went-back-over-it", "whats-in-there"]);
    assert_eq!(playing.score().skills[0].violations, taken);
}

#[test]
fn one_who_leaves_before_an_answer_still_leaves_a_last_point() {
    let mut scenario = shipped("before-saturday");
    scenario.customer.mood.patience = 1;
    let mut playing = begun(&scenario);
    playing.act(Action::Interrupt);
    assert_eq!(playing.run.talk.stage, Stage::Over(Exit::Left));
    let debrief = debrief_of(&playing);
    assert_eq!(debrief.turns.len(), 1);
    assert!(debrief.turns[0].reply.is_none());
    assert!(!debrief.turns[0].heard.is_empty());
    assert_eq!(debrief.turns[0].last_words.as_ref(), Some(&debrief.ending));
    assert_eq!(debrief.turns[0].ending, None);
    let last = debrief.curve.last().unwrap();
    assert_eq!((last.turn, last.meters[2], last.quote.as_str()), (1, 0, ""));
    assert_eq!((debrief.helped, debrief.turned), (None, None));
}

#[test]
fn a_promise_says_what_came_of_it() {
    let debrief = debrief_of(&worked_run(&shipped("before-saturday")));
    let callback = &debrief.promises[0];
    assert_eq!(callback.fulfilment, Some(Fulfilment::LateWarned));
    assert!(callback.result.as_ref().unwrap().contains("18:41"));
    assert_eq!(debrief_of(&worked_call(&shipped("before-saturday"))).promises[0].fulfilment, None);
}

#[test]
fn goals_come_from_what_lost_most() {
    let goals = debrief_of(&worked_run(&shipped("before-saturday"))).goals;
    let indicators: Vec<_> = goals.iter().map(|goal| goal.indicator).collect();
    assert_eq!(indicators[0], Indicator::DeclineBait);
    assert_eq!(goals.len(), 3);
}
