//! What holds for any inputs at all, on every shipped scenario.

use proptest::prelude::*;
use simmer::campaign::{self, Input, RunStage};
use simmer::dialogue::{self, Action, Event, Meters, Mode, Posture, State};
use simmer::scenario::id::{ChoiceId, ReplyId, TileId};
use simmer::scenario::model::Scenario;
use simmer::scenario::vocabulary::{Outcome, Pace, Volume};

use crate::support::{Keeping, Player, shipped};

fn scenario(index: usize) -> Scenario {
    shipped(["before-saturday", "one-twelve", "can-i-have-it-on"][index % 3])
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
        which in 0_usize..3, seed: u64, timed: bool, dice in prop::collection::vec(any::<u64>(), 1..400),
    ) {
        let scenario = scenario(which);
        let mode = if timed { Mode::Timed } else { Mode::Steps };
        let mut player = Player::begin(&scenario, seed, mode, Keeping::Straight);
        let mut taken = Vec::new();
        for dice in dice {
            let input = attempt(&player.run, &scenario, dice, mode);
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
        let mut again = Player::begin(&scenario, seed, mode, Keeping::SavedAndLoaded);
        for input in &taken {
            prop_assert!(again.input(input).is_ok());
        }
        prop_assert_eq!(&again.events, &player.events);
        prop_assert_eq!(again.score(), player.score());
    }

    /// Less anger and more of the other four never makes a later meter worse: the prover leans on it.
    #[test]
    fn the_rules_are_monotone(
        which in 0_usize..3, seed: u64, dice in prop::collection::vec(any::<u64>(), 0..60), last: u64,
        worse in prop::array::uniform5(0_i32..3000),
    ) {
        let scenario = scenario(which);
        let mut player = Player::begin(&scenario, seed, Mode::Steps, Keeping::Straight);
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
