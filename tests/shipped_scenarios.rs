//! Every shipped scenario is clean, can be won and can be lost, and keeps what its promises need.

use simmer::campaign;
use simmer::dialogue::{self, Action, Mode, lines_spoken, reply_order, temper};
use simmer::explore::{best_run, reachable};
use simmer::scenario::load::load;
use simmer::scenario::vocabulary::{Outcome, Pace, Skill, Temper, Volume};

use crate::support::shipped;

const SHIPPED: [&str; 3] = ["before-saturday", "can-i-have-it-on", "one-twelve"];

#[test]
fn no_file_has_a_finding() {
    for name in SHIPPED {
        let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
        let loaded = load(name, &std::fs::read(path).unwrap());
        assert!(loaded.findings.is_empty(), "{name}: {:#?}", loaded.findings);
    }
}

#[test]
fn the_best_playthrough_found_reaches_950_with_every_skill_at_88_or_more() {
    for name in SHIPPED {
        let scenario = shipped(name);
        for seed in [1, 2, 3] {
            let best = reachable(&scenario, seed);
            assert!(best.overall >= 950, "{name}: {best:?}");
            for (skill, score) in Skill::ALL.iter().zip(best.skills) {
                assert!(score >= 8800, "{name}: {skill} can only reach {score}");
            }
            let run = best_run(&scenario, seed, None).unwrap();
            assert_eq!(campaign::result(&scenario, &run).outcome, Outcome::Advocate, "{name}");
        }
    }
}

#[test]
fn a_turn_is_the_same_for_the_same_seed_and_varies_with_it() {
    for name in SHIPPED {
        let scenario = shipped(name);
        let orders: std::collections::BTreeSet<Vec<u16>> = (0..32)
            .map(|seed| {
                let run = campaign::begin(&scenario, seed, Mode::Steps, &mut ());
                let again = campaign::begin(&scenario, seed, Mode::Steps, &mut ());
                assert_eq!(run, again);
                simmer::dialogue::reply_order(&scenario, &run.talk).iter().map(|reply| reply.0).collect()
            })
            .collect();
        assert!(orders.len() > 1, "{name}: the replies always stand in the same order");
    }
}

/// Her mood stands beside her words in the first runs: a hurried line beside "calm" would make one of them a lie.
#[test]
fn doris_hurries_only_while_her_mood_is_not_calm() {
    let scenario = shipped("can-i-have-it-on");
    let act = |run: &mut campaign::Run, action| {
        let input = campaign::Input::Talk(dialogue::Input::step(action));
        campaign::step(&scenario, run, &input, &mut ()).unwrap();
    };
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..4 {
        for (first, second, pace) in (0..2)
            .flat_map(|first| (0..4).map(move |second| (first, second)))
            .flat_map(|(first, second)| Pace::ALL.iter().map(move |&pace| (first, second, pace)))
        {
            let mut run = campaign::begin(&scenario, seed, Mode::Steps, &mut ());
            for choice in [first, second] {
                while !run.talk.replies_open() {
                    act(&mut run, Action::Listen);
                }
                let order = reply_order(&scenario, &run.talk);
                let reply = order[choice.min(order.len() - 1)];
                act(&mut run, Action::Speak { reply, pace, volume: Volume::Level });
            }
            assert_eq!(scenario.encounter(run.talk.encounter).node(run.talk.node()).name, "minus-two");
            let line = lines_spoken(&scenario, &run.talk).line;
            let hurried = line.phrases.iter().any(|phrase| phrase.direction.as_deref() == Some("quicker"));
            let mood = temper(run.talk.meters.anger);
            assert_eq!(hurried, mood != Temper::Calm, "{mood}: {:?}", line.phrases[0].text);
            seen.insert(hurried);
        }
    }
    assert_eq!(seen.len(), 2, "both come about");
}
