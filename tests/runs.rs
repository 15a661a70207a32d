//! What happens around a call, each with its figures: the note, the promises, violations and the next encounter.

use simmer::campaign::{Input, Refused, RunStage};
use simmer::dialogue::{Action, Cause, Event, Mode, Source};
use simmer::scenario::id::TileId;
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Fulfilment, Indicator, Outcome, Pace, Skill, Volume};
use simmer::scoring::Cap;

use crate::support::Player;
use crate::support::bench::{encounter, node, scenario};

const MILD: &str = "mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)";

/// The rows given so far for an indicator: weight, quality, best.
fn rows(player: &Player<'_>, indicator: Indicator) -> Vec<(u8, u8, u8)> {
    let rows = player.events.iter().filter_map(|event| match event {
        Event::Evidence(row) if row.indicator == indicator => Some((row.weight, row.quality, row.best)),
        _ => None,
    });
    rows.collect()
}

/// Three encounters; a promise is made in the first, and its diary can bring about each fulfilment.
fn three_calls(customer: &str, second: &str) -> Scenario {
    let promising = [("bye", "acts: [], promises: [\"call\"], to: \"end\"")];
    let plain = [("bye", "acts: [], to: \"end\"")];
    let says = "Well, there it is now.";
    let choices: Vec<String> = Fulfilment::ALL
        .iter()
        .map(|fulfilment| {
            format!(
                "(id: \"{}\", text: \"t\", result: \"r\", why: \"w\", fulfils: {{ \"call\": {fulfilment:?} }}),",
                format!("{fulfilment:?}").to_lowercase()
            )
        })
        .collect();
    let diary = format!("diary: [(id: \"due\", at: \"Fri\", text: \"t\", choices: [{}])],", choices.concat());
    let encounters = [
        encounter("first", &[node("node", says, "", &promising)], &diary),
        encounter("second", &[node("node", says, "", &plain)], second),
        encounter("third", &[node("node", says, "", &plain)], ""),
    ];
    scenario("Phone", customer, "promises: { \"call\": (text: \"Ring\", due: \"Fri\") },", &encounters)
}

/// What the beginning of an encounter moved, in hundredths of anger, trust and patience.
fn go_on(player: &mut Player<'_>) -> [i32; 3] {
    let before = player.run.talk.meters;
    player.input(&Input::GoOn).unwrap();
    let after = player.run.talk.meters;
    [after.anger - before.anger, after.trust - before.trust, after.patience - before.patience]
}

#[test]
fn a_promise_colours_the_start_of_the_next_encounter_and_of_no_other() {
    let check = |heat: u16, fulfilment: Fulfilment, quality: u8, expected: [i32; 3]| {
        let scenario = three_calls(&format!("{MILD}, heat: {heat}"), "");
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        player.answer("bye");
        player.file(&[]);
        player.choose(&[format!("{fulfilment:?}").to_lowercase().as_str()]);
        assert_eq!(rows(&player, Indicator::PromiseKept), [(3, quality, 4)], "{fulfilment:?}");
        assert_eq!(go_on(&mut player), expected, "{fulfilment:?} at heat {heat}");
        player.answer("bye");
        player.file(&[]);
        assert_eq!(go_on(&mut player), [0; 3], "{fulfilment:?} a second time");
        let told = |event: &&Event| matches!(event, Event::Moved { cause: Cause::Promise(..), .. });
        assert_eq!(player.events.iter().filter(told).count(), 1);
        player.answer("bye");
        player.file(&[]);
        assert_eq!(player.run.stage, RunStage::Closed);
        assert_eq!(rows(&player, Indicator::PromiseKept).len(), 1, "it matures once");
    };
    check(100, Fulfilment::Kept, 4, [0, 1200, 0]);
    check(100, Fulfilment::Exceeded, 4, [0, 1300, 0]);
    check(100, Fulfilment::LateWarned, 3, [0, 400, 0]);
    check(100, Fulfilment::Late, 1, [1200, -1700, -1000]);
    check(100, Fulfilment::Broken, 0, [2500, -3500, -2000]);
    // Heat multiplies rises of anger, and nothing else.
    check(140, Fulfilment::Broken, 0, [3500, -3500, -2000]);
    check(140, Fulfilment::Kept, 4, [0, 1200, 0]);
}

#[test]
fn a_start_of_its_own_takes_the_place_of_what_became_of_promises_for_good() {
    let mood = "mood: (anger: 11, trust: 22, patience: 33, heard: 44, clarity: 55)";
    let scenario = three_calls(MILD, &format!("starts: [(when: Broken(\"call\"), {mood})],"));
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    player.answer("bye");
    player.file(&[]);
    player.choose(&["broken"]);
    player.input(&Input::GoOn).unwrap();
    let meters = player.run.talk.meters;
    assert_eq!([meters.anger, meters.trust, meters.patience], [1100, 2200, 3300]);
    player.answer("bye");
    player.file(&[]);
    assert_eq!(go_on(&mut player), [0; 3]);
}

#[test]
fn a_question_that_was_made_needless_is_credited_and_not_forfeited() {
    let volunteers = "volunteers: (says: \"It's for the stall.\", fact: \"stall\", credits: \"what-for\"),";
    let asks = "core: true, weigh: { OpenQuestion: 2, Paraphrase: 1 },";
    let nodes = [
        node("node", "I want it now.", volunteers, &[("go", "acts: [], to: \"what-for\"")]),
        node("what-for", "So.", asks, &[("bye", "acts: [], shows: { OpenQuestion: 3, Paraphrase: 2 }, to: \"end\"")]),
    ];
    let mood = "mood: (anger: 50, trust: 50, patience: 2, heard: 50, clarity: 50)";
    let top = "facts: { \"stall\": \"It is for the stall\" },";
    let scenario = scenario("Phone", mood, top, &[encounter("call", &nodes, "")]);
    let check = |waits: bool, questions: &[(u8, u8, u8)]| {
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        if waits {
            player.answer("go");
        } else {
            // She has no patience for being cut off, and leaves.
            player.act(Action::Interrupt);
        }
        assert_eq!(player.run.stage, RunStage::Note);
        assert_eq!(player.score().outcome, Outcome::Lost);
        assert_eq!(rows(&player, Indicator::OpenQuestion), questions);
        assert_eq!(rows(&player, Indicator::Paraphrase), [(1, 0, 2)]);
        let volunteered = player
            .events
            .iter()
            .filter(|event| matches!(event, Event::Evidence(row) if matches!(row.source, Source::Volunteered { .. })));
        assert_eq!(volunteered.count(), usize::from(waits));
    };
    check(true, &[(2, 4, 4)]);
    check(false, &[(2, 0, 3)]);
}

#[test]
fn a_note_is_worth_the_share_of_the_true_facts_on_offer() {
    let tile = |id: &str, rest: &str| format!("(id: {id:?}, text: \"t\", {rest}),");
    let tiles = [
        tile("a", "kind: Fact"),
        tile("b", "kind: Fact"),
        tile("c", "kind: Fact, weight: 2"),
        tile("unheard", "kind: Fact, weight: 3, fact: \"secret\""),
        tile("judged", "kind: Judgement"),
        tile("untrue", "kind: Untruth"),
    ];
    let rest = format!("note: [{}],", tiles.concat());
    let replies = [("bye", "acts: [], to: \"end\""), ("ask", "acts: [], reveals: [\"secret\"], to: \"end\"")];
    let top = "facts: { \"secret\": \"A secret\" },";
    let scenario = scenario("Phone", MILD, top, &[encounter("call", &[node("node", "So.", "", &replies)], &rest)]);
    let check = |tiles: &[&str], quality: u8, violations: i32| {
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        player.answer("bye");
        player.file(tiles);
        assert_eq!(rows(&player, Indicator::Note), [(3, quality, 4)], "{tiles:?}");
        assert_eq!(player.score().skills[Skill::FollowThrough.index()].violations, violations, "{tiles:?}");
    };
    check(&[], 0, 0);
    check(&["a"], 1, 0);
    check(&["a", "b"], 2, 0);
    check(&["c"], 2, 0);
    check(&["a", "c"], 3, 0);
    check(&["c", "b", "a"], 4, 0);
    check(&["a", "judged"], 1, 800);
    check(&["a", "b", "c", "judged", "untrue"], 4, 1600);

    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    player.answer("bye");
    let unheard = Input::File { tiles: vec![TileId::at(3)], line: String::new() };
    assert_eq!(player.input(&unheard), Err(Refused::NoSuchTile));
}

/// A call in which each reply leads back to the start.
fn circle(replies: &[(&str, &str)], weigh: &str) -> Scenario {
    let mood = "mood: (anger: 10, trust: 90, patience: 100, heard: 90, clarity: 90)";
    scenario("Phone", mood, "", &[encounter("call", &[node("node", "So.", weigh, replies)], "")])
}

/// What the violations of these replies cost in empathy, in hundredths.
#[track_caller]
fn check_violations(scenario: &Scenario, said: &[&str], expected: i32) {
    let mut player = Player::begin(scenario, 1, Mode::Steps);
    for reply in said {
        player.answer(reply);
    }
    assert_eq!(player.score().skills[Skill::Empathy.index()].violations, expected, "{said:?}");
}

#[test]
fn the_same_kind_of_violation_costs_half_after_the_third() {
    let replies = [
        ("cheer", "acts: [], flaw: ToxicPositivity, slip: (Minor, Empathy), to: \"node\""),
        ("blame", "acts: [], flaw: BlameShifting, slip: (Minor, Empathy), to: \"node\""),
        ("bye", "acts: [], to: \"end\""),
    ];
    let scenario = circle(&replies, "");
    let check = |said: &[&str], expected| check_violations(&scenario, said, expected);
    check(&["cheer"; 3], 900);
    check(&["cheer"; 4], 1050);
    check(&["cheer"; 6], 1350);
    check(&["cheer", "cheer", "cheer", "blame", "cheer"], 1350);
}

#[test]
fn a_repair_in_the_next_turn_gives_half_back_once() {
    let replies = [
        ("slip", "acts: [], flaw: ToxicPositivity, slip: (Moderate, Empathy), to: \"node\""),
        ("plain", "acts: [], to: \"node\""),
        ("heard", "acts: [ParaphraseRight], to: \"node\""),
        ("sorry", "acts: [OwningApology, ParaphraseRight], to: \"node\""),
        ("bye", "acts: [], to: \"end\""),
    ];
    let scenario = circle(&replies, "");
    let check = |said: &[&str], expected| check_violations(&scenario, said, expected);
    check(&["slip"], 800);
    check(&["slip", "heard"], 400);
    check(&["slip", "sorry"], 400);
    check(&["slip", "heard", "heard"], 400);
    check(&["slip", "plain", "heard"], 800);
    check(&["heard", "slip"], 800);
    check(&["slip", "heard", "slip", "sorry"], 800);
}

#[test]
fn a_critical_violation_holds_the_score_at_399() {
    let weigh = "weigh: { Paraphrase: 1, ProfessionalWording: 1, NameFeeling: 1, OpenQuestion: 1, NextStep: 1 },";
    let shows = "shows: { Paraphrase: 4, ProfessionalWording: 4, NameFeeling: 4, OpenQuestion: 4, NextStep: 4 }";
    let lie = format!(
        "acts: [], {shows}, flaw: LieAboutPromise, slip: (Critical, FollowThrough), meets: [\"all\"], to: \"end\""
    );
    let fair = format!("acts: [], {shows}, meets: [\"all\"], to: \"end\"");
    let scenario = circle(&[("lie", &lie), ("fair", &fair)], weigh);
    let score = |reply: &str| {
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        player.hear_out();
        player.say(reply, Pace::Slow, Volume::Level);
        player.score()
    };
    let (fair, lied) = (score("fair"), score("lie"));
    assert_eq!((fair.overall, fair.caps), (963, vec![]));
    assert_eq!((lied.overall, lied.caps), (399, vec![Cap::CriticalViolation]));
}
