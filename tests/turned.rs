//! The tables are turned: the trainee is the customer, over the same step and the same score.

use simmer::campaign::{Input, Refused, RunStage};
use simmer::diagnostic::render::{Checked, OutputFormat, render};
use simmer::dialogue::{self, Action, Cause, Event, Exit, Mode, Refusal, Stage};
use simmer::scenario::load::load;
use simmer::scenario::model::Scenario;
use simmer::scenario::seat::Seat;
use simmer::scenario::vocabulary::{Act, Outcome, Pace, Skill, Volume};
use simmer::scoring::debrief;

use crate::support::{Player, TURNED, bench, turned};

/// Played to its close in these replies, with all facts noted and the key brought back.
fn played<'a>(scenario: &'a Scenario, replies: &[&str]) -> Player<'a> {
    let mut player = Player::begin(scenario, 1, Mode::Steps);
    for reply in replies {
        player.answer(reply);
    }
    assert_eq!(player.run.stage, RunStage::Note);
    player.file(&["site-cancelled", "weiss-found-it"]);
    player.choose(&["take-it-down"]);
    player
}

#[test]
fn facts_one_ask_and_thanks_win_the_agent_over() {
    let scenario = turned();
    let player = played(&scenario, &["forty-four-seventy-one", "any-bed", "tiny-will-do"]);
    let score = player.score();
    assert_eq!(score.outcome, Outcome::Advocate, "{score:?}");
    assert!(score.is_final && score.overall >= 950, "{score:?}");
    for skill in &score.skills {
        assert!(skill.available > 0, "nothing asks for {:?}", skill.skill);
    }
}

#[test]
fn threatening_makes_it_worse_at_once_and_breaks_her() {
    let scenario = turned();
    let player = played(&scenario, &["reviews", "somebody-senior", "last-time"]);
    let score = player.score();
    assert_eq!(score.outcome, Outcome::Escalated);
    assert!(score.overall <= 250, "{score:?}");
    let threats: Vec<_> = moved(&player, |cause| cause == Cause::Act(Act::Threaten));
    assert_eq!(threats[0], [1320, -1000, -800, -800, 0]);
    assert!(matches!(player.run.talk.stage, Stage::Over(Exit::Ending(_) | Exit::Escalated | Exit::Left)));
}

/// Each movement by such a cause, in hundredths: anger, trust, patience, heard, clarity.
fn moved(player: &Player<'_>, by: impl Fn(Cause) -> bool) -> Vec<[i32; 5]> {
    let moved = player.events.iter().filter_map(|event| match event {
        Event::Moved { cause, before, after } if by(*cause) => Some([
            after.anger - before.anger,
            after.trust - before.trust,
            after.patience - before.patience,
            after.heard - before.heard,
            after.clarity - before.clarity,
        ]),
        _ => None,
    });
    moved.collect()
}

#[test]
fn venting_works_once() {
    let scenario = turned();
    let is_vent = |cause| matches!(cause, Cause::Act(Act::Vent) | Cause::Again(Act::Vent));
    let once = played(&scenario, &["two-trains", "any-bed", "tiny-will-do"]);
    let twice = played(&scenario, &["two-trains", "paid-in-march", "tiny-will-do"]);
    let helps = [0, 0, -100, 300, 300];
    assert_eq!(moved(&once, is_vent), [helps]);
    assert_eq!(moved(&twice, is_vent), [helps, [880, -600, -600, -400, 0]]);
    // It takes the trainee's own heat, once.
    let heats = |player: &Player<'_>| -> Vec<u8> {
        let heats = player.events.iter().filter_map(|event| match event {
            Event::OwnHeat(heat) => Some(*heat),
            _ => None,
        });
        heats.collect()
    };
    assert_eq!(heats(&once), [25, 0]);
    assert_eq!(heats(&twice), [25, 0]);
    let words = |player: &Player<'_>, turn: usize| -> Vec<String> {
        let debrief = debrief(&scenario, &player.events, player.score());
        debrief.turns[turn]
            .moves
            .iter()
            .map(|step| step.words.clone())
            .filter(|words| words.contains("vents"))
            .collect()
    };
    assert_eq!(words(&twice, 0), ["vents"]);
    assert_eq!(words(&twice, 1), ["vents again"]);
    // All in all: the meters after each turn, and what it comes to.
    let after = |player: &Player<'_>| -> Vec<[i32; 5]> {
        let after = player.events.iter().filter_map(|event| match event {
            Event::TurnEnded { meters, .. } => Some(meters.points()),
            _ => None,
        });
        after.collect()
    };
    let (once_after, twice_after) = (after(&once), after(&twice));
    assert_eq!(once_after[0], twice_after[0]);
    for turn in 1..3 {
        let (once, twice) = (once_after[turn], twice_after[turn]);
        assert!(
            once[0] < twice[0] && (1..5).all(|meter| once[meter] > twice[meter]),
            "turn {turn}: {once:?} {twice:?}"
        );
    }
    assert!(once.score().overall > twice.score().overall);
}

#[test]
fn venting_works_once_in_each_encounter() {
    let replies = [("vent", "acts: [Vent], to: \"node\""), ("bye", "acts: [], to: \"end\"")];
    let encounter =
        |id: &str| bench::encounter(id, &[bench::node("node", "Well, there it is.", "", &replies)], "turned: true,");
    let mood = "mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)";
    let scenario = bench::scenario("Phone", mood, "", &[encounter("first"), encounter("second")]);
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    for reply in ["vent", "vent", "vent", "bye"] {
        player.answer(reply);
    }
    player.file(&[]);
    player.input(&Input::GoOn).unwrap();
    player.answer("vent");
    let helps = [0, 0, -100, 300, 300];
    let rattles = [800, -600, -600, -400, 0];
    let vents = moved(&player, |cause| matches!(cause, Cause::Act(Act::Vent) | Cause::Again(Act::Vent)));
    assert_eq!(vents, [helps, rattles, rattles, helps]);
}

#[test]
fn every_act_of_a_customer_does_what_its_table_says() {
    let acts = Act::ALL.iter().filter(|act| act.seat() == Some(Seat::Customer));
    for act in acts {
        let by = dialogue::delta(*act);
        let threatens = *act == Act::Threaten;
        assert_eq!(by.anger > 0, threatens, "{act}");
        assert_eq!(by.trust < 0 && by.patience < 0 && by.heard < 0, threatens, "{act}");
        assert_eq!(dialogue::again(*act).is_some(), *act == Act::Vent, "{act}");
    }
}

#[test]
fn the_screen_is_on_the_other_side_of_the_desk() {
    let scenario = turned();
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    for action in [Action::Consult, Action::Hold] {
        let refused = player.input(&Input::Talk(dialogue::Input::step(action))).unwrap_err();
        assert_eq!(refused, Refused::Talk(Refusal::ScreenIsTheirs));
        assert_eq!(refused.to_string(), "you are the customer here: the screen is on the other side of the desk");
    }
    player.act(Action::Nod);
    player.act(Action::Breathe);
    player.hear_out();
    player.say("two-trains", Pace::Slow, Volume::Level);
    player.hear_out();
    player.act(Action::Jot);
    assert_eq!(player.run.talk.jotted.iter().count(), 1);
}

#[test]
fn a_side_of_the_desk_changes_both_hashes() {
    let hashes = |side: &str| {
        let replies = [("bye", "acts: [ParaphraseRight], to: \"end\"")];
        let encounter = bench::encounter("call", &[bench::node("node", "There it is.", "", &replies)], side);
        let mood = "mood: (anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50)";
        bench::scenario("Phone", mood, "", &[encounter]).hashes
    };
    let (turned, straight) = (hashes("turned: true,"), hashes(""));
    assert_ne!(turned.full, straight.full);
    assert_ne!(turned.structure, straight.structure);
    assert_eq!(straight, hashes("turned: false,"), "older files keep their hashes");
}

#[test]
fn words_are_those_of_the_side_that_the_trainee_sat_on() {
    let scenario = turned();
    let player = played(&scenario, &["two-trains", "paid-in-march", "double-was-paid"]);
    let debrief = debrief(&scenario, &player.events, player.score());
    assert_eq!(debrief.seat, Seat::Customer);
    let needs = &debrief.skills[Skill::NeedsAssessment.index()];
    let words: Vec<_> = needs.rows.iter().map(simmer::scoring::Row::words).collect();
    assert_eq!(words, ["diagnostic question", "names the ideal", "fit or compromise"]);
    let goals: Vec<_> = debrief.goals.iter().map(|goal| goal.words.as_str()).collect();
    insta::assert_debug_snapshot!(goals, @r#"
    [
        "When I cannot keep a promise in time, I say so before it is due.",
        "When they have told me what they see, I say it back before I ask for anything.",
        "When they have the facts, I say what would make it right for me.",
    ]
    "#);
}

#[test]
fn an_act_of_the_other_side_is_told_in_full() {
    let told = |format: OutputFormat, old: &str, new: &str| {
        assert!(TURNED.contains(old), "{old}");
        let loaded = load("tables-turned.ron", TURNED.replacen(old, new, 1).as_bytes());
        assert!(loaded.scenario.is_none());
        render(format, &[Checked { source: &loaded.source, findings: &loaded.findings }], false)
    };
    insta::assert_snapshot!(told(OutputFormat::Full, "acts: [NameIdeal]", "acts: [AskIdeal]"), @r"
    error[wrong-side]: `AskIdeal` is for an agent to do, but here the trainee is the customer
       --> tables-turned.ron:150:36
        |
    150 | ...                   acts: [AskIdeal],
        |                              ^^^^^^^^
        |
        = expected: one of FactsInOrder, OneAsk, NameIdeal, Vent, Threaten, Thank, or an act that is anybody’s
        = help: did you mean `NameIdeal`?
    ");
    insta::assert_snapshot!(told(OutputFormat::Full, "acts: [Vent]", "acts: [FalseCheer]"), @r"
    error[wrong-side]: `FalseCheer` is for an agent to do, but here the trainee is the customer
      --> tables-turned.ron:66:36
       |
    66 | ...                   acts: [FalseCheer],
       |                              ^^^^^^^^^^
       |
       = expected: one of FactsInOrder, OneAsk, NameIdeal, Vent, Threaten, Thank, or an act that is anybody’s
       = help: take it out, or take `turned: true` out of the encounter
    ");
    insta::assert_snapshot!(told(OutputFormat::Short, "            turned: true,\n", ""), @r"
    tables-turned.ron:55:36: error[wrong-side]: `FactsInOrder` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:65:36: error[wrong-side]: `Vent` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:75:36: error[wrong-side]: `Threaten` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:95:53: error[wrong-side]: `OneAsk` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:105:36: error[wrong-side]: `Vent` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:116:36: error[wrong-side]: `Threaten` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:136:66: error[wrong-side]: `Thank` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:149:36: error[wrong-side]: `NameIdeal` is for a customer to do, but here the trainee is the agent
    tables-turned.ron:160:36: error[wrong-side]: `Threaten` is for a customer to do, but here the trainee is the agent
    ");
    // Where it cannot be told which side is meant, no act is blamed.
    insta::assert_snapshot!(told(OutputFormat::Short, "turned: true", "turned: yes"), @"tables-turned.ron:40:21: error[wrong-type]: `turned` cannot be the word `yes`");
    insta::assert_snapshot!(told(OutputFormat::Short, "turned: true", "turnd: true"), @"tables-turned.ron:40:13: error[unknown-field]: `turnd` is not a field of an encounter");
}
