//! Single rules of the engine, each with its figures, on a scenario made for it.

use simmer::campaign::{Input, Refused, RunStage};
use simmer::dialogue::{
    Action, Cause, CutOff, Event, Exit, Mode, Refusal, Stage, preset_delivery, reading_allowance, schedule,
};
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Indicator, Outcome, Pace, Volume};

use crate::support::Player;
use crate::support::bench::{encounter, node, scenario};

/// A customer in one mood and one node with one reply for each list of acts; each reply leads back to the node.
fn bench(mood: &str, says: &str, extra: &str, replies: &[(&str, &str)]) -> Scenario {
    bench_of("Phone", &format!("mood: ({mood})"), says, extra, replies)
}

/// The same in another place, and with other fields of the customer.
fn bench_of(channel: &str, customer: &str, says: &str, extra: &str, replies: &[(&str, &str)]) -> Scenario {
    scenario(channel, customer, "", &[encounter("call", &[node("node", says, extra, replies)], "")])
}

const MILD: &str = "anger: 50, trust: 50, patience: 50, heard: 50, clarity: 50";
const HOT: &str = "anger: 70, trust: 50, patience: 50, heard: 30, clarity: 50";

/// The meters in hundredths after speaking the replies in turn at an even pace: anger, trust, patience, heard, clarity.
fn after(scenario: &Scenario, replies: &[&str], pace: Pace) -> [i32; 5] {
    let mut player = Player::begin(scenario, 1, Mode::Steps);
    for reply in replies {
        player.hear_out();
        player.say(reply, pace, Volume::Level);
    }
    let ended = player.events.iter().rev().find_map(|event| match event {
        Event::TurnEnded { meters, .. } => Some(*meters),
        _ => None,
    });
    let meters = ended.unwrap();
    [meters.anger, meters.trust, meters.patience, meters.heard, meters.clarity]
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

fn check(mood: &str, acts: &[&str], pace: Pace, expected: [i32; 5]) {
    let names: Vec<String> = (0..acts.len()).map(|place| format!("r{place}")).collect();
    let fields: Vec<String> = acts.iter().map(|acts| format!("acts: [{acts}], to: \"node\"")).collect();
    let mut replies: Vec<(&str, &str)> =
        names.iter().zip(&fields).map(|(name, fields)| (name.as_str(), fields.as_str())).collect();
    replies.push(("bye", "acts: [], to: \"end\""));
    let scenario = bench(mood, "Well, there it is now.", "", &replies);
    let order: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(after(&scenario, &order, pace), expected, "{acts:?}");
}

#[test]
fn each_rule_moves_the_meters_as_designed() {
    // Heard to the end +2 heard; patience -2 a turn; even display 15, first calm turn: 5 % of the way.
    check(MILD, &[""], Pace::Even, [4825, 5000, 4800, 5200, 5000]);
    // The same slowly: display 10.
    check(MILD, &[""], Pace::Slow, [4800, 5000, 4800, 5200, 5000]);
    // Quick: display 45, no calm streak: 3 % of the way.
    check(MILD, &[""], Pace::Quick, [4985, 5000, 4800, 5200, 5000]);
    // Rule 4: a paraphrase raises heard by 14, so anger falls by 4.2 more.
    check(MILD, &["ParaphraseRight"], Pace::Even, [4046, 5400, 4900, 6600, 5400]);
    // Rule 3: the second use counts half.
    check(MILD, &["Validate, Validate"], Pace::Even, [3856, 5450, 4800, 6100, 5000]);
    // Rule 3: a third bare apology: anger +4, trust -2, and nothing of its own.
    check(MILD, &["BareApology, BareApology, BareApology"], Pace::Even, [4778, 4950, 4650, 5500, 5000]);
    // Rule 2: hot and unheard, an offer's gains of trust and clarity halve, and it angers by 4.
    check(HOT, &["OfferThatFits"], Pace::Slow, [6510, 5400, 5400, 3400, 5300]);
    // Rule 2: a diagnostic question only halves.
    check(HOT, &["DiagnosticQuestion"], Pace::Slow, [6700, 5050, 4600, 3400, 5700]);
    // Rule 5: contagion upward is fast.
    check(
        "anger: 10, trust: 50, patience: 50, heard: 50, clarity: 50",
        &[""],
        Pace::Quick,
        [1700, 5000, 4800, 5200, 5000],
    );
    // It is no act: heat does not multiply it.
    let mood = "mood: (anger: 10, trust: 50, patience: 50, heard: 50, clarity: 50), heat: 140";
    let replies = [("again", "acts: [], to: \"node\""), ("bye", "acts: [], to: \"end\"")];
    let scenario = bench_of("Phone", mood, "Well, there it is now.", "", &replies);
    assert_eq!(after(&scenario, &["again"], Pace::Quick), [1700, 5000, 4800, 5200, 5000]);
}

#[test]
fn a_grievance_told_again_angers_unless_it_was_paraphrased() {
    let replies = [
        ("again", "acts: [], to: \"node\""),
        ("heard", "acts: [ParaphraseRight], to: \"node\""),
        ("bye", "acts: [], to: \"end\""),
    ];
    let check = |heat: u16, first: &str, expected: &[i32]| {
        let customer = format!("mood: ({MILD}), heat: {heat}");
        let scenario = bench_of("Phone", &customer, "They lost my parcel again.", "grievance: \"parcel\",", &replies);
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        player.hear_out();
        player.say(first, Pace::Even, Volume::Level);
        let moved = moved(&player, |cause| matches!(cause, Cause::Retelling(_)));
        assert_eq!(moved.iter().map(|by| by[0]).collect::<Vec<_>>(), expected, "heat {heat}, {first}");
    };
    check(100, "again", &[600]);
    check(140, "again", &[840]);
    check(70, "again", &[420]);
    check(140, "heard", &[]);
}

#[test]
fn speaking_before_the_end_is_soft_in_a_lapse_and_hard_elsewhere() {
    let replies = [("bye", "acts: [], to: \"end\"")];
    let scenario = bench(
        MILD,
        "I rang you on Monday morning. It rang and rang || and then nobody at all came. So there.",
        "",
        &replies,
    );
    let cut = |listens: usize| {
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        for _ in 0..listens {
            player.act(Action::Listen);
        }
        player.act(Action::Interrupt);
        player.run.talk.turn.cut_off
    };
    assert_eq!(cut(0), Some(CutOff::Hard));
    assert_eq!(cut(1), Some(CutOff::Soft));
}

#[test]
fn timed_mode_reads_the_phase_from_the_engine_time() {
    let replies = [("bye", "acts: [], to: \"end\"")];
    let scenario =
        bench(MILD, "I rang you on Monday morning. It rang and rang ||2.0 and then nobody came at all.", "", &replies);
    let player = Player::begin(&scenario, 1, Mode::Timed);
    let times = schedule(&scenario, &player.run.talk);
    // Six words at 2.5 a second, a breath, four words, a lapse of two seconds, six words.
    assert_eq!(
        times.phrases.iter().map(|phrase| (phrase.begins, phrase.ends)).collect::<Vec<_>>(),
        [(0, 2400), (2700, 4300), (6300, 8700)]
    );
    assert_eq!(times.true_end, 8700);
    for (at, expected) in [
        (100, Some(CutOff::Hard)),
        (2500, Some(CutOff::Hard)),
        (4300, Some(CutOff::Soft)),
        (6299, Some(CutOff::Soft)),
        (6300, Some(CutOff::Hard)),
        (8700, None),
    ] {
        let mut player = Player::begin(&scenario, 1, Mode::Timed);
        let input = simmer::dialogue::Input { at, action: Action::Interrupt };
        player.input(&simmer::campaign::Input::Talk(input)).unwrap();
        assert_eq!(player.run.talk.turn.cut_off, expected, "at {at} ms");
    }
    let mut player = player;
    let late = simmer::dialogue::Input { at: 500, action: Action::Listen };
    player.input(&simmer::campaign::Input::Talk(late)).unwrap();
    let early = simmer::dialogue::Input { at: 499, action: Action::Listen };
    let refused = player.input(&simmer::campaign::Input::Talk(early));
    assert_eq!(refused, Err(simmer::campaign::Refused::Talk(Refusal::TimeWentBack { at: 499, last: 500 })));
}

#[test]
fn dead_air_takes_a_point_each_ten_seconds_and_five_at_most() {
    let replies = [("bye", "acts: [], to: \"end\"")];
    let scenario = bench(MILD, "Well, there it is now.", "", &replies);
    let patience_at = |seconds: u32| {
        let mut player = Player::begin(&scenario, 1, Mode::Timed);
        let end = schedule(&scenario, &player.run.talk).true_end;
        let open = simmer::dialogue::Input { at: end, action: Action::Listen };
        player.input(&simmer::campaign::Input::Talk(open)).unwrap();
        let allowance = reading_allowance(&scenario, &player.run.talk);
        assert_eq!(allowance, 10 * 500 + 1500);
        let wait = simmer::dialogue::Input { at: end + allowance + seconds * 1000, action: Action::Listen };
        player.input(&simmer::campaign::Input::Talk(wait)).unwrap();
        player.run.talk.meters.patience
    };
    assert_eq!(patience_at(9), 5000);
    assert_eq!(patience_at(10), 4900);
    assert_eq!(patience_at(39), 4700);
    assert_eq!(patience_at(900), 4500);

    // The silence is the same when nobody asked for the time until it was over.
    let mut player = Player::begin(&scenario, 1, Mode::Timed);
    let late = schedule(&scenario, &player.run.talk).true_end + 6500 + 39_000;
    let input = simmer::dialogue::Input { at: late, action: Action::Listen };
    player.input(&simmer::campaign::Input::Talk(input)).unwrap();
    assert_eq!(player.run.talk.meters.patience, 4700);
}

#[test]
fn own_heat_presets_the_next_reply_and_a_breath_clears_it() {
    let replies = [("again", "acts: [], to: \"node\""), ("bye", "acts: [], to: \"end\"")];
    let scenario = bench(MILD, "You people are all the same.", "provokes: true,", &replies);
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    let mut heats = Vec::new();
    for _ in 0..4 {
        player.hear_out();
        heats.push((
            player.run.talk.own_heat,
            preset_delivery(&player.run.talk).map(|preset| (preset.pace, preset.volume)),
        ));
        player.say("again", Pace::Even, Volume::Level);
    }
    let quick = Some((Pace::Quick, Volume::Level));
    assert_eq!(heats, [(25, None), (50, None), (75, quick), (100, Some((Pace::Quick, Volume::Raised)))]);
    player.hear_out();
    player.act(Action::Breathe);
    assert_eq!(player.run.talk.own_heat, 0);
    assert_eq!(preset_delivery(&player.run.talk), None);
}

#[test]
fn own_heat_rises_only_at_a_line_that_was_said() {
    let replies = [("again", "acts: [], answer: [\"Oh, is it.\"], to: \"node\""), ("bye", "acts: [], to: \"end\"")];
    let check = |says: &str, listens: usize, expected: u8| {
        let scenario = bench(MILD, says, "provokes: true,", &replies);
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        player.hear_out();
        player.act(Action::Breathe);
        // The answer has been said now, and nothing of the line.
        player.say("again", Pace::Even, Volume::Level);
        for _ in 0..listens {
            player.act(Action::Listen);
        }
        player.act(Action::Interrupt);
        assert_eq!(player.run.talk.own_heat, expected, "{says:?} after {listens} of it");
    };
    let marked = "Well, here we are. You people are all the same. !~ So what now?";
    for (listens, expected) in [(0, 0), (1, 0), (2, 25)] {
        check(marked, listens, expected);
    }
    let unmarked = "You people are all the same. || So what now? || Well?";
    for (listens, expected) in [(0, 0), (1, 0), (2, 0), (3, 25)] {
        check(unmarked, listens, expected);
    }
}

#[test]
fn calm_delivery_depends_on_the_mood_and_on_what_they_like() {
    let check = |customer: &str, expected: [(Pace, Volume, u8); 4]| {
        let replies = [("bye", "acts: [], to: \"end\"")];
        let scenario = bench_of("Phone", customer, "You did it || again.", "tempt: [CalmDelivery],", &replies);
        for (pace, volume, quality) in expected {
            let mut player = Player::begin(&scenario, 1, Mode::Steps);
            player.hear_out();
            player.say("bye", pace, volume);
            let row = player.events.iter().find_map(|event| match event {
                Event::Evidence(row) if row.indicator == Indicator::CalmDelivery => Some((row.quality, row.best)),
                _ => None,
            });
            assert_eq!(row, Some((quality, 4)), "{customer}: {pace:?}, {volume:?}");
        }
    };
    let table = |slow, even, quick| {
        [
            (Pace::Slow, Volume::Level, slow),
            (Pace::Even, Volume::Level, even),
            (Pace::Quick, Volume::Level, quick),
            (Pace::Slow, Volume::Raised, 0),
        ]
    };
    check(&format!("mood: ({MILD})"), table(4, 4, 2));
    check(&format!("mood: ({HOT})"), table(4, 3, 1));
    check(&format!("mood: ({MILD}), wants: Slow"), table(4, 3, 2));
    check(&format!("mood: ({HOT}), wants: Slow"), table(4, 3, 1));
    check(&format!("mood: ({MILD}), wants: Brisk"), table(3, 4, 2));
    check(&format!("mood: ({HOT}), wants: Brisk"), table(3, 4, 1));
}

#[test]
fn a_nod_is_worth_a_point_three_times_a_turn_and_agreeing_to_an_insult_costs_two() {
    let replies = [("bye", "acts: [], to: \"end\"")];
    let check = |says: &str, nods: usize, expected: &[[i32; 5]]| {
        for channel in ["Phone", "Counter"] {
            let scenario = bench_of(channel, &format!("mood: ({MILD})"), says, "", &replies);
            let mut player = Player::begin(&scenario, 1, Mode::Steps);
            for _ in 0..nods {
                player.act(Action::Nod);
            }
            assert_eq!(moved(&player, |cause| matches!(cause, Cause::Nod(_))), expected, "{says:?} on {channel}");
        }
    };
    let (welcome, agrees) = ([0, 0, 0, 100, 0], [0, -200, 0, 0, 0]);
    check(
        "It broke on me twice. ~ It leaked on the floor. ~ It smelt to high heaven. ~ It sang all night long. ~ And there it is now.",
        4,
        &[welcome; 3],
    );
    check("It broke on me twice. ~ You lot broke it yourselves. !~ And there it is now.", 2, &[welcome, agrees]);
    check(
        "You lot broke it yourselves. !~ You hid it from me. !~ And you lied to me. !~ And you ran from me. !~ And there it is now.",
        4,
        &[agrees; 4],
    );
    check("It broke on me twice. It leaked on the floor. And there it is now.", 2, &[]);
}

#[test]
fn eyes_on_the_screen_cost_four_once_unless_it_was_announced() {
    let replies = [("bye", "acts: [], to: \"end\"")];
    let scenario = bench_of(
        "Counter",
        &format!("mood: ({MILD})"),
        "It broke on me twice. It leaked on the floor. And there it is now.",
        "",
        &replies,
    );
    let check = |actions: &[Action], expected: &[[i32; 5]]| {
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        for &action in actions {
            player.act(action);
        }
        assert_eq!(moved(&player, |cause| cause == Cause::EyesOnScreen), expected, "{actions:?}");
    };
    check(&[Action::Consult], &[[0, 0, 0, -400, 0]]);
    check(&[Action::Consult, Action::Consult], &[[0, 0, 0, -400, 0]]);
    check(&[Action::Hold, Action::Consult], &[]);
    check(&[Action::Listen, Action::Listen, Action::Consult], &[]);
}

#[test]
fn a_holding_phrase_serves_once_in_three_turns() {
    let replies = [("again", "acts: [ParaphraseRight], to: \"node\""), ("bye", "acts: [], to: \"end\"")];
    let scenario = bench(MILD, "Well, there it is now.", "", &replies);
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    let mut held = Vec::new();
    for _ in 1..=7 {
        let input = Input::Talk(simmer::dialogue::Input::step(Action::Hold));
        held.push(match player.input(&input) {
            Ok(()) => true,
            Err(Refused::Talk(Refusal::HoldTooSoon)) => false,
            Err(other) => panic!("{other}"),
        });
        player.answer("again");
    }
    assert_eq!(held, [true, false, false, true, false, false, true]);
}

#[test]
fn a_wrong_reading_is_a_wrong_paraphrase_and_there_is_one_reading_a_node() {
    let replies = [
        ("again", "acts: [], subtext: \"s\", to: \"node\""),
        ("away", "acts: [], to: \"elsewhere\""),
        ("bye", "acts: [], to: \"end\""),
    ];
    let reflect = "reflect: (right: \"r\", wrong: [\"w\", \"x\"], reveals: \"again\"),";
    let back = [("back", "acts: [], to: \"node\"")];
    let nodes = [node("node", "Well, there it is now.", reflect, &replies), node("elsewhere", "And here.", "", &back)];
    let check = |heat: u16, reading: u8, expected: &[[i32; 5]]| {
        let customer = format!("mood: ({MILD}), heat: {heat}");
        let scenario = scenario("Phone", &customer, "", &[encounter("call", &nodes, "")]);
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        player.hear_out();
        player.act(Action::Reflect(reading));
        assert_eq!(moved(&player, |cause| cause == Cause::WrongReading), expected, "{reading} at heat {heat}");
        let again = Input::Talk(simmer::dialogue::Input::step(Action::Reflect(0)));
        let refused = Err(Refused::Talk(Refusal::NothingToReflect));
        assert_eq!(player.input(&again), refused, "twice in a turn");
        player.answer("away");
        assert_eq!(player.run.talk.turn.reflected, None);
        player.answer("back");
        assert_eq!(player.run.talk.turn.reflected, Some(reading == 0), "it is still known");
        assert_eq!(player.input(&again), refused, "again at a later visit");
    };
    check(100, 0, &[]);
    check(100, 1, &[[500, -500, -300, -1000, -200]]);
    check(140, 2, &[[700, -500, -300, -1000, -200]]);
}

#[test]
fn a_customer_without_patience_leaves_and_a_boiling_one_takes_it_further() {
    let leaving = bench(
        "anger: 50, trust: 50, patience: 1, heard: 50, clarity: 50",
        "Well, there it is now.",
        "core: true, weigh: { Paraphrase: 2 },",
        &[("again", "acts: [], to: \"node\""), ("bye", "acts: [], to: \"end\", shows: { Paraphrase: 4 }")],
    );
    let mut player = Player::begin(&leaving, 1, Mode::Steps);
    player.hear_out();
    player.say("again", Pace::Even, Volume::Level);
    assert_eq!(player.run.talk.stage, Stage::Over(Exit::Left));
    assert_eq!(player.run.stage, RunStage::Note);
    assert_eq!(player.score().outcome, Outcome::Lost);

    let boiling = bench(
        "anger: 90, trust: 50, patience: 50, heard: 50, clarity: 50",
        "Well, there it is now.",
        "",
        &[("bait", "acts: [TakeBait], to: \"node\""), ("bye", "acts: [], to: \"end\"")],
    );
    let mut player = Player::begin(&boiling, 1, Mode::Steps);
    player.hear_out();
    player.say("bait", Pace::Even, Volume::Raised);
    assert_eq!(player.run.talk.stage, Stage::Over(Exit::Escalated));
    assert_eq!(player.score().outcome, Outcome::Escalated);
}

#[test]
fn core_nodes_never_reached_count_as_not_shown_when_the_customer_leaves() {
    let scenario = crate::support::shipped("before-saturday");
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    // Raising one's voice from the start until she takes it further.
    while player.run.stage == RunStage::Talking {
        player.hear_out();
        let reply = player.scenario.encounters[0].replies_of(player.run.talk.node()).next().unwrap().1.name.clone();
        player.say(&reply, Pace::Quick, Volume::Raised);
    }
    assert!(matches!(player.run.talk.stage, Stage::Over(Exit::Escalated | Exit::Left)));
    let forfeited = player.events.iter().filter(|event| {
        matches!(event, Event::Evidence(row) if matches!(row.source, simmer::dialogue::Source::Forfeit { .. }) && row.indicator == Indicator::LetFinish)
    });
    assert!(forfeited.count() > 0);
    let available: i32 = player.score().skills.iter().map(|skill| skill.available).sum();
    // All ten nodes count, reached or not: 11 + 10 + 8 + 13 + 12.5, without the note and the promise still to come.
    assert!(available > 4500, "{available}");
}

#[test]
fn whoever_has_run_out_of_turns_still_answers_the_last_reply() {
    let again = "acts: [BoundedCommitment], answer: [\"Right you are.\"], to: \"node\"";
    let scenario = bench(MILD, "So what happens to me now?", "", &[("again", again)]);
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    while player.run.talk.stage == Stage::Talking {
        player.answer("again");
    }
    let Some(Event::Ended { exit: Exit::Left, answer: Some(answer) }) =
        player.events.iter().rev().find(|event| matches!(event, Event::Ended { .. }))
    else {
        panic!("{:?}", player.events.last())
    };
    assert_eq!(player.run.talk.turn.number, 64);
    assert_eq!(scenario.encounters[0].answer(*answer).plain(), "Right you are.");
}
