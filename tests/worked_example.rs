//! `samples/before-saturday`, replies 1a 2b 3b 4b 5d 6c 7b 8b 9b 10a: the design's worked example, row by row.

use simmer::dialogue::{Action, Event, Mode};
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Outcome, Pace, Volume};
use simmer::scoring::{Cap, Score};

use crate::support::{PERFECT, Player, shipped};

const THREE_OF_FOUR_FACTS: [&str; 3] = ["wrong-door", "must-stay-cold", "chiller-to-sunday"];

/// The call as the design tells it: spoken into the false lapse at the first node, quick at the second.
fn the_call(scenario: &Scenario, last: Volume) -> Player<'_> {
    let mut player = Player::begin(scenario, 1, Mode::Steps);
    player.hear_to_lapse();
    player.act(Action::Interrupt);
    player.say("went-back-over-it", Pace::Slow, Volume::Level);
    player.hear_out();
    player.say("nineteen-minutes", Pace::Quick, Volume::Level);
    for reply in [
        "months-takings",
        "door-colour",
        "wrong-house",
        "three-choices",
        "through-to-sunday",
        "judged-on-that",
        "good-or-bad",
    ] {
        player.answer(reply);
    }
    player.hear_out();
    player.say("some-leeway", Pace::Even, last);
    player
}

fn finished(scenario: &Scenario, last: Volume, callback: &str) -> Score {
    let mut player = the_call(scenario, last);
    player.file(&THREE_OF_FOUR_FACTS);
    player.choose(&["tell-her-now", callback]);
    player.score()
}

/// Earned, available, base, violations and score of each skill, all in hundredths.
fn rows(score: &Score) -> Vec<[i32; 5]> {
    score
        .skills
        .iter()
        .map(|skill| [skill.earned, skill.available, skill.base, skill.violations, skill.score])
        .collect()
}

#[test]
fn the_evidence_table_is_reproduced_exactly() {
    let scenario = shipped("before-saturday");
    let score = finished(&scenario, Volume::Level, "text-then-ring");
    assert_eq!(
        rows(&score),
        [
            [960, 1100, 8727, 300, 8427],
            [610, 1000, 6100, 800, 5300],
            [735, 800, 9188, 0, 9188],
            [800, 1300, 6154, 0, 6154],
            [1305, 1850, 7054, 0, 7054],
        ]
    );
    assert_eq!(score.satisfaction, 7785);
    assert_eq!(score.outcome, Outcome::Satisfied);
    assert_eq!(score.overall, 754);
    assert!(score.is_final);
}

#[test]
fn the_meters_are_those_of_the_prototype() {
    let scenario = shipped("before-saturday");
    let player = the_call(&scenario, Volume::Level);
    let meters: Vec<String> = player
        .events
        .iter()
        .filter_map(|event| match event {
            Event::TurnEnded { meters, .. } => Some(meters.points().map(|points| points.to_string()).join("/")),
            _ => None,
        })
        .collect();
    // Trust after the third reply is 46.5: the prototype showed 46, half up shows 47.
    let expected = [
        "61/36/51/34/31",
        "45/44/49/52/31",
        "40/47/47/59/31",
        "36/49/43/66/45",
        "23/61/44/74/45",
        "17/69/48/78/51",
        "14/81/50/82/55",
        "24/75/44/78/55",
        "19/81/48/80/55",
        "21/76/45/82/55",
    ];
    assert_eq!(meters, expected);
}

#[test]
fn a_missed_callback_costs_the_outcome_and_follow_through() {
    let scenario = shipped("before-saturday");
    let score = finished(&scenario, Volume::Level, "saturday-shift");
    assert_eq!(score.skills[4].score, 5038);
    assert_eq!(score.outcome, Outcome::Pacified);
    assert_eq!(score.caps, [Cap::BrokenPromise]);
    assert_eq!(score.overall, 637);
}

#[test]
fn one_raised_voice_caps_the_score_at_599() {
    let scenario = shipped("before-saturday");
    let score = finished(&scenario, Volume::Raised, "text-then-ring");
    assert!(score.skills[1].score <= 4000);
    assert!(score.outcome <= Outcome::Pacified);
    assert!(score.overall <= 599, "{}", score.overall);
    assert_eq!(score.caps, [Cap::RaisedVoice]);
}

fn perfect(shout_at: Option<usize>) -> Score {
    let scenario = shipped("before-saturday");
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    for (place, reply) in PERFECT.iter().enumerate() {
        if shout_at == Some(place) {
            player.hear_out();
            player.say(reply, Pace::Slow, Volume::Raised);
        } else {
            player.answer(reply);
        }
    }
    player.file(&["wrong-door", "must-stay-cold", "chiller-to-sunday", "ring-half-six"]);
    player.choose(&["tell-her-now", "ring-on-the-minute"]);
    player.score()
}

#[test]
fn perfect_sentences_make_an_advocate_at_about_975() {
    let score = perfect(None);
    assert_eq!(score.outcome, Outcome::Advocate);
    assert!((965..=985).contains(&score.overall), "{}", score.overall);
}

#[test]
fn perfect_sentences_with_one_shout_are_held_at_599() {
    let score = perfect(Some(2));
    assert_eq!(score.overall, 599);
    assert_eq!(score.outcome, Outcome::Pacified);
}
