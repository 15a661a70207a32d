//! Every shipped scenario is clean, can be won and can be lost, and keeps what its promises need.

use std::collections::BTreeSet;

use simmer::authoring::plan;
use simmer::campaign::{self, Input, Run, RunStage};
use simmer::dialogue::{self, Action, Event, Mode, Standing, holds, lines_spoken, reply_order, temper};
use simmer::explore::{best_playthrough, best_run, reachable};
use simmer::library::shipped_plans;
use simmer::scenario::Scenario;
use simmer::scenario::load::load;
use simmer::scenario::vocabulary::{Outcome, Pace, Skill, Temper, TileKind, Volume};

use crate::support::{Player, shipped};

pub(crate) const SHIPPED: [&str; 5] =
    ["before-saturday", "can-i-have-it-on", "did-i-press-it", "forty-minutes", "one-twelve"];

#[test]
fn no_file_has_a_finding() {
    for name in SHIPPED {
        let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
        let loaded = load(name, std::fs::read(path).unwrap());
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
fn each_has_a_good_and_a_bad_plan_and_every_plan_holds() {
    let plans: Vec<_> = shipped_plans()
        .into_iter()
        .map(|(name, bytes)| (plan::read(&name, bytes).unwrap_or_else(|refused| panic!("{refused:#?}")), name))
        .collect();
    for name in SHIPPED {
        let scenario = shipped(name);
        let mut outcomes = BTreeSet::new();
        for (plan, file) in plans.iter().filter(|(plan, _)| plan.scenario == name) {
            let verdict = plan::test(&scenario, plan);
            assert_eq!(verdict, plan::Verdict::Holds, "{file}: `simmer test scenarios` shows it in words");
            outcomes.insert(plan.expected.score.outcome);
        }
        let (worst, best) = (outcomes.first().copied(), outcomes.last().copied());
        assert!(worst <= Some(Outcome::Lost) && best >= Some(Outcome::Satisfied), "{name}: {outcomes:?}");
    }
    assert!(plans.iter().all(|(plan, _)| SHIPPED.contains(&plan.scenario.as_str())), "each is for a shipped scenario");
}

/// What release, locale or threads must never change: all events of the best playthroughs found.
#[test]
fn the_events_of_the_best_playthroughs_are_the_same_everywhere() {
    let mut lines = Vec::new();
    for name in SHIPPED {
        let scenario = shipped(name);
        for seed in [1, 2, 3] {
            let best = best_playthrough(&scenario, seed, None).unwrap();
            let mut player = Player::begin(&scenario, seed, Mode::Steps);
            for input in &best.inputs {
                player.input(input).unwrap();
            }
            assert_eq!(player.run, best.run, "{name}: the inputs lead to the run");
            let hash = blake3::hash(format!("{:?}", player.events).as_bytes()).to_hex();
            lines.push(format!("{name} {seed} {} {}", player.score().overall, &hash[..16]));
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    before-saturday 1 975 d35434535ace6951
    before-saturday 2 975 84db706508055def
    before-saturday 3 975 3f0234c284ad2630
    can-i-have-it-on 1 991 739a20146a4f6c8f
    can-i-have-it-on 2 991 20a4462f39b1d420
    can-i-have-it-on 3 991 61f121394a8a4a41
    did-i-press-it 1 967 4cdc3365487a6f2f
    did-i-press-it 2 967 0dbfc3c65d5b249c
    did-i-press-it 3 967 bcb1e1df949a8bc0
    forty-minutes 1 981 13b1eec5ff187041
    forty-minutes 2 981 5ebff6193b3e832b
    forty-minutes 3 981 e7cb8a7710dccb17
    one-twelve 1 985 21bd5870cb42652d
    one-twelve 2 985 e91d9f0fd0fd1539
    one-twelve 3 985 180f9a3bc314beeb
    ");
}

/// Cuts in at once, says what earns least and says it loudly, writes judgements and untruths, and keeps nothing.
fn at_their_worst(scenario: &Scenario, seed: u64) -> Run {
    let mut player = Player::begin(scenario, seed, Mode::Steps);
    while player.run.stage != RunStage::Closed {
        let encounter = scenario.encounter(player.run.talk.encounter);
        match player.run.stage {
            RunStage::Talking => {
                player.act(Action::Interrupt);
                if player.run.stage != RunStage::Talking {
                    continue;
                }
                let replies = reply_order(scenario, &player.run.talk);
                let worst = replies.into_iter().min_by_key(|reply| {
                    let reply = encounter.reply(*reply);
                    let cost = reply.slip.map_or(0, |(severity, _)| severity.cost());
                    reply.shows.iter().map(|&quality| i32::from(quality)).sum::<i32>() - cost
                });
                player.act(Action::Speak { reply: worst.unwrap(), pace: Pace::Quick, volume: Volume::Raised });
            }
            RunStage::Note => {
                let tiles = campaign::tiles(encounter, &player.run.talk);
                let tiles = tiles.filter(|(_, tile)| tile.kind != TileKind::Fact).map(|(id, _)| id).collect();
                player.input(&Input::File { tiles, line: String::new() }).unwrap();
            }
            RunStage::Diary(event) => {
                let choices = campaign::choices(&encounter.diary[event.index()], &player.run.talk);
                let worst = choices.map(|(id, _)| id).min_by_key(|choice| {
                    let mut after = player.run.clone();
                    campaign::step(scenario, &mut after, &Input::Choose(*choice), &mut ()).unwrap();
                    campaign::result(scenario, &after).overall
                });
                player.input(&Input::Choose(worst.unwrap())).unwrap();
            }
            RunStage::Between => player.input(&Input::GoOn).unwrap(),
            RunStage::Closed => {}
        }
    }
    player.run
}

#[test]
fn whoever_does_everything_wrong_is_left_with_next_to_nothing() {
    for name in SHIPPED {
        let scenario = shipped(name);
        for seed in [1, 2, 3] {
            let score = campaign::result(&scenario, &at_their_worst(&scenario, seed));
            assert!(score.overall <= 250, "{name}, seed {seed}: {}", score.overall);
            assert!(score.outcome <= Outcome::Lost, "{name}, seed {seed}: {}", score.outcome);
        }
    }
}

/// Calm runs by chance: every promise that an author lets the trainee make comes to each end that its diary has.
#[test]
fn every_promise_can_come_to_each_of_its_ends() {
    for name in SHIPPED {
        let scenario = shipped(name);
        let diary = scenario.encounters.iter().flat_map(|encounter| &encounter.diary);
        let ends: BTreeSet<_> =
            diary.flat_map(|event| &event.choices).flat_map(|choice| choice.fulfils.iter().copied()).collect();
        for (index, promise) in scenario.promises.iter().enumerate() {
            assert!(ends.iter().any(|(id, _)| id.index() == index), "{name}: `{}` has no end", promise.name);
        }
        let mut seen = BTreeSet::new();
        for seed in 0..2000 {
            let mut events = Vec::new();
            let run = by_chance(&scenario, seed, &mut events);
            assert!(!run.talk.promises.contains(&Standing::Open), "{name}, seed {seed}: nothing is left open");
            seen.extend(events.iter().filter_map(|event| match event {
                Event::Matured { promise, fulfilment } => Some((*promise, *fulfilment)),
                _ => None,
            }));
            if seen.is_superset(&ends) {
                break;
            }
        }
        let missing: Vec<_> = ends.difference(&seen).collect();
        assert!(missing.is_empty(), "{name}: never came about: {missing:?}");
    }
}

/// Hears everything out and speaks calmly; what is said and chosen follows from the seed alone.
fn by_chance(scenario: &Scenario, seed: u64, events: &mut Vec<Event>) -> Run {
    let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut roll = |bound: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        usize::try_from(dice >> 33).unwrap() % bound
    };
    let mut run = campaign::begin(scenario, seed, Mode::Steps, events);
    while run.stage != RunStage::Closed {
        let encounter = scenario.encounter(run.talk.encounter);
        let input = match run.stage {
            RunStage::Talking if run.talk.replies_open() => {
                let replies = reply_order(scenario, &run.talk);
                let action =
                    Action::Speak { reply: replies[roll(replies.len())], pace: Pace::Slow, volume: Volume::Level };
                Input::Talk(dialogue::Input::step(action))
            }
            RunStage::Talking => Input::Talk(dialogue::Input::step(Action::Listen)),
            RunStage::Note => Input::File { tiles: Vec::new(), line: String::new() },
            RunStage::Diary(event) => {
                let choices: Vec<_> = campaign::choices(&encounter.diary[event.index()], &run.talk).collect();
                Input::Choose(choices[roll(choices.len())].0)
            }
            RunStage::Between | RunStage::Closed => Input::GoOn,
        };
        campaign::step(scenario, &mut run, &input, events).unwrap();
    }
    run
}

#[test]
fn maureens_note_has_only_what_she_said() {
    let scenario = shipped("one-twelve");
    let encounter = &scenario.encounters[0];
    let run = at_their_worst(&scenario, 1);
    let facts = campaign::tiles(encounter, &run.talk).filter(|(_, tile)| tile.kind == TileKind::Fact);
    let facts: Vec<_> = facts.map(|(_, tile)| tile.name.as_str()).collect();
    assert_eq!(facts, [""; 0], "she went before she had said anything that belongs in a note");
    let printed = encounter.diary.iter().find(|event| event.name == "wrong-name-printed").unwrap();
    assert!(!holds(printed.when.as_ref().unwrap(), &run.talk), "no card for a boy whom nobody has heard of");

    // Whoever has heard of Callum and does not write him down has his card printed in the wrong name.
    let best = best_playthrough(&scenario, 1, None).unwrap();
    for notes_callum in [true, false] {
        let mut player = Player::begin(&scenario, 1, Mode::Steps);
        let mut opened = Vec::new();
        for input in &best.inputs {
            match input {
                Input::File { tiles, line } => {
                    let is_his = |tile: &&simmer::scenario::id::TileId| encounter.tile(**tile).name.starts_with("k112");
                    let kept = tiles.iter().filter(|tile| notes_callum || !is_his(tile)).copied().collect();
                    player.input(&Input::File { tiles: kept, line: line.clone() }).unwrap();
                }
                Input::Choose(_) => break,
                other => player.input(other).unwrap(),
            }
        }
        while let RunStage::Diary(event) = player.run.stage {
            opened.push(encounter.diary[event.index()].name.as_str());
            let first = campaign::choices(&encounter.diary[event.index()], &player.run.talk).next().unwrap().0;
            player.input(&Input::Choose(first)).unwrap();
        }
        assert_eq!(opened.contains(&"wrong-name-printed"), !notes_callum, "{opened:?}");
    }
}

#[test]
fn a_turn_is_the_same_for_the_same_seed_and_varies_with_it() {
    for name in SHIPPED {
        let scenario = shipped(name);
        let orders: BTreeSet<Vec<u16>> = (0..32)
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
    let mut seen = BTreeSet::new();
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
