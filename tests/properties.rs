//! What holds for any inputs at all, on every shipped scenario and where the tables are turned.

use proptest::prelude::*;
use simmer::campaign::{self, Input, RunStage};
use simmer::dialogue::{self, Action, Event, Meters, Mode, Posture, State};
use simmer::scenario::id::{ChoiceId, ReplyId, TileId};
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Outcome, Pace, Volume};

use crate::support::{Player, shipped, turned};

fn scenario(index: usize) -> Scenario {
    match ["before-saturday", "one-twelve", "can-i-have-it-on"].get(index) {
        Some(slug) => shipped(slug),
        None => turned(),
    }
}

/// An input as it might stand in a forged file: of any kind at any stage, with numbers out of all bounds.
fn anything(run: &campaign::Run, dice: u64) -> Input {
    let far = |shift: u32| u16::try_from(dice >> shift & 0xffff).unwrap();
    let delivery = (Pace::ALL[usize::from(far(40) % 3)], Volume::ALL[usize::from(far(44) % 2)]);
    let clock = run.talk.turn.clock;
    let at = [0, u32::MAX, clock.saturating_sub(1), clock, clock.saturating_add(1_000_000)][usize::from(far(24) % 5)];
    let talk = |action| Input::Talk(dialogue::Input { at, action });
    match dice % 12 {
        0 => Input::File { tiles: vec![TileId(far(8)), TileId(far(16))], line: "\u{0}\u{202e}\"".repeat(9) },
        1 => Input::File { tiles: vec![TileId(far(8) % 8); 2], line: String::new() },
        2 => Input::Choose(ChoiceId(far(8))),
        3 => Input::GoOn,
        4 => talk(Action::Reflect(u8::MAX)),
        5 => talk(Action::Speak { reply: ReplyId(far(8)), pace: delivery.0, volume: delivery.1 }),
        6 => talk(Action::Nod),
        7 => talk(Action::Posture(Posture::Neutral)),
        8 => talk(Action::TakeBait),
        9 => talk(Action::Hold),
        10 => talk(Action::Jot),
        _ => talk(Action::Listen),
    }
}

/// Something the trainee might try, sensible or not.
fn attempt(run: &campaign::Run, scenario: &Scenario, dice: u64, mode: Mode) -> Input {
    let encounter = scenario.encounter(run.talk.encounter);
    let small = |shift: u32, bound: u64| u16::try_from((dice >> shift) % bound).unwrap();
    match run.stage {
        RunStage::Talking => {
            let replies = &encounter.node(run.talk.node()).replies;
            let action = match dice % 20 {
                0 => Action::Nod,
                1 => Action::Posture(Posture::Open),
                2 => Action::Consult,
                3 => Action::Jot,
                4 => Action::Hold,
                5 => Action::Breathe,
                6 => Action::Reflect(u8::try_from(small(8, 4)).unwrap()),
                7 => Action::Interrupt,
                8 => Action::TakeBait,
                9..=13 => Action::Listen,
                _ => Action::Speak {
                    reply: ReplyId(replies.start + small(8, u64::from(replies.end - replies.start) + 1)),
                    pace: Pace::ALL[usize::from(small(16, 3))],
                    volume: if small(24, 12) == 0 { Volume::Raised } else { Volume::Level },
                },
            };
            let at = match mode {
                Mode::Steps => 0,
                Mode::Timed => run.talk.turn.clock.saturating_add(u32::from(small(32, 9000))),
            };
            Input::Talk(dialogue::Input { at, action })
        }
        RunStage::Note => {
            let tiles = (0..encounter.note.len()).filter(|tile| dice >> tile & 1 == 1).map(TileId::at).collect();
            Input::File { tiles, line: "as they said".to_owned() }
        }
        RunStage::Diary(_) => Input::Choose(ChoiceId(small(0, 6))),
        RunStage::Between => Input::GoOn,
        RunStage::Closed => Input::Choose(ChoiceId(0)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_inputs_keep_the_score_in_bounds_and_replay_to_the_same(
        which in 0_usize..4, seed: u64, timed: bool, dice in prop::collection::vec(any::<u64>(), 1..400),
    ) {
        let scenario = scenario(which);
        let mode = if timed { Mode::Timed } else { Mode::Steps };
        let mut player = Player::begin(&scenario, seed, mode);
        let mut taken = Vec::new();
        for dice in dice {
            // One in five is fully arbitrary.
            let input = match dice >> 59 {
                0..=5 => anything(&player.run, dice),
                _ => attempt(&player.run, &scenario, dice, mode),
            };
            let before = (player.run.clone(), player.events.len());
            if player.input(&input).is_ok() {
                taken.push(input);
            } else {
                prop_assert_eq!((&player.run, player.events.len()), (&before.0, before.1), "a refused input changes nothing");
            }
            let score = player.score();
            prop_assert!(score.overall <= 1000);
            for skill in score.skills {
                prop_assert!((0..=10_000).contains(&skill.score));
                prop_assert!(skill.earned <= skill.available);
            }
            let raised = player.run.tally.raised_voice;
            prop_assert!(!raised || (score.overall <= 599 && score.outcome <= Outcome::Pacified && score.skills[1].score <= 4000));
            for value in meters(&player.run.talk.meters) {
                prop_assert!((0..=10_000).contains(&value));
            }
        }
        let mut again = Player::begin(&scenario, seed, mode);
        for input in &taken {
            prop_assert!(again.input(input).is_ok());
        }
        prop_assert_eq!(&again.events, &player.events);
        prop_assert_eq!(again.score(), player.score());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, failure_persistence: None, ..ProptestConfig::default() })]

    /// Less anger and more of the other four never makes a later meter worse: the prover leans on it.
    #[test]
    fn the_rules_are_monotone(
        which in 0_usize..4, seed: u64, dice in prop::collection::vec(any::<u64>(), 0..60), last: u64,
        worse in worse_meters(),
    ) {
        let scenario = scenario(which);
        let mut player = Player::begin(&scenario, seed, Mode::Steps);
        for dice in dice {
            let input = attempt(&player.run, &scenario, dice, Mode::Steps);
            let _ = player.input(&input);
        }
        if player.run.stage == RunStage::Talking {
            while !player.run.talk.replies_open() && player.run.stage == RunStage::Talking {
                player.act(Action::Listen);
            }
        }
        prop_assume!(player.run.stage == RunStage::Talking);
        let better = player.run.talk.clone();
        let mut poorer = better.clone();
        poorer.meters = Meters {
            anger: better.meters.anger + worse[0],
            trust: better.meters.trust - worse[1],
            patience: better.meters.patience - worse[2],
            heard: better.meters.heard - worse[3],
            clarity: better.meters.clarity - worse[4],
        }
        .clamped();
        let replies = &scenario.encounter(better.encounter).node(better.node()).replies;
        let reply = ReplyId(replies.start + u16::try_from(last % u64::from(replies.end - replies.start)).unwrap());
        let volume = if (last >> 20).is_multiple_of(8) { Volume::Raised } else { Volume::Level };
        let action = Action::Speak { reply, pace: Pace::ALL[usize::try_from(last >> 8 & 0xff).unwrap() % 3], volume };
        let (Some(better), Some(poorer)) = (after(&scenario, better, action), after(&scenario, poorer, action)) else {
            // A condition on a meter may offer the reply to one and not to the other.
            return Ok(());
        };
        prop_assert!(better.anger <= poorer.anger, "{better:?} {poorer:?}");
        prop_assert!(better.trust >= poorer.trust, "{better:?} {poorer:?}");
        prop_assert!(better.patience >= poorer.patience, "{better:?} {poorer:?}");
        prop_assert!(better.heard >= poorer.heard, "{better:?} {poorer:?}");
        prop_assert!(better.clarity >= poorer.clarity, "{better:?} {poorer:?}");
    }
}

/// How much worse each meter is: some of them not at all, and half of the time by less than three points.
fn worse_meters() -> impl Strategy<Value = [i32; 5]> {
    let by = prop_oneof![prop::array::uniform5(0_i32..300), prop::array::uniform5(0_i32..3000)];
    (by, prop::array::uniform5(any::<bool>()))
        .prop_map(|(by, moved)| std::array::from_fn(|meter| if moved[meter] { by[meter] } else { 0 }))
}

fn meters(meters: &Meters) -> [i32; 5] {
    [meters.anger, meters.trust, meters.patience, meters.heard, meters.clarity]
}

/// The meters at the end of the turn in which the reply is spoken.
fn after(scenario: &Scenario, mut state: State, action: Action) -> Option<Meters> {
    let mut events = Vec::new();
    dialogue::step(scenario, &mut state, dialogue::Input::step(action), &mut events).ok()?;
    events.iter().find_map(|event| match event {
        Event::TurnEnded { meters, .. } => Some(*meters),
        _ => None,
    })
}
