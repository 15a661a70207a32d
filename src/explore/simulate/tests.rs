use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use super::{Counts, Cue, Measured, Player, Report, Series, Settings, Share, Target, prepared, simulate};
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::vocabulary::{Outcome, Skill};

const BEFORE_SATURDAY: &str = include_str!("../../../scenarios/before-saturday.ron");
const CAN_I_HAVE_IT_ON: &str = include_str!("../../../scenarios/can-i-have-it-on.ron");
const ONE_TWELVE: &str = include_str!("../../../scenarios/one-twelve.ron");
/// Two nodes with two replies each.
const KETTLE: &str = include_str!("../../cli/play/sample.ron");

fn scenario(text: &str) -> Scenario {
    let loaded = load("test.ron", text.as_bytes());
    loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.findings))
}

fn shipped() -> Vec<Scenario> {
    [BEFORE_SATURDAY, CAN_I_HAVE_IT_ON, ONE_TWELVE].map(scenario).into()
}

fn settings(plays: u64, threads: usize) -> Settings {
    Settings { plays, seed: 7, threads: NonZeroUsize::new(threads).unwrap() }
}

fn play(scenarios: &[Scenario], settings: Settings) -> Report<'_> {
    simulate(&scenarios.iter().collect::<Vec<_>>(), settings, &|_| ControlFlow::Continue(()))
}

#[test]
fn the_report_is_the_same_however_many_threads_play() {
    let scenarios = shipped();
    let plays = 70 * Player::ALL.len() as u64;
    let one = play(&scenarios, settings(plays, 1));
    for threads in [1, 2, 3] {
        let other = play(&scenarios, settings(plays, threads));
        assert_eq!(one.scenarios, other.scenarios, "{threads} threads");
        assert_eq!(one.verdicts, other.verdicts, "{threads} threads");
        assert_eq!(one.classified, other.classified, "{threads} threads");
    }
    let another = play(&scenarios, Settings { seed: 8, ..settings(plays, 1) });
    assert_ne!(one.scenarios, another.scenarios, "another seed, other plays");
}

#[test]
fn every_count_comes_to_the_plays() {
    let mut scenarios = shipped();
    scenarios.push(scenario(KETTLE));
    let report = play(&scenarios, settings(1900, 2));
    for played in &report.scenarios {
        assert_eq!(played.plays(), 1900);
        for player in Player::ALL {
            let counts = played.of(player);
            let what = format!("{}, {}", played.scenario.slug, player.name());
            assert_eq!(counts.plays, 100, "{what}");
            assert_eq!(counts.overall.iter().sum::<u64>(), 100, "{what}");
            assert_eq!(counts.histogram(25).iter().sum::<u64>(), 100, "{what}");
            assert_eq!(counts.outcomes.iter().sum::<u64>(), 100, "{what}");
            for skill in Skill::ALL {
                assert_eq!(counts.skills[skill.index()].iter().sum::<u64>(), 100, "{what}, {skill}");
            }
            for (encounter, counted) in played.scenario.encounters.iter().zip(&counts.encounters) {
                let ends = counted.endings.iter().sum::<u64>() + counted.left + counted.escalated + counted.endless;
                assert_eq!(ends, counted.plays, "{what}");
                assert_eq!(counted.says.iter().sum::<u64>(), counted.nodes.iter().sum::<u64>(), "{what}");
                let spoken: u64 = counted.replies.iter().sum();
                let gone = counted.left + counted.escalated;
                assert!(counted.ways.iter().sum::<u64>() + gone + counted.endless >= spoken, "{what}");
                for (place, node) in encounter.nodes.iter().enumerate() {
                    let here: u64 = node.reply_ids().map(|id| counted.replies[id.index()]).sum();
                    assert!(here <= counted.nodes[place], "{what}, {}", node.name);
                }
                for meter in 0..5 {
                    let moments: u64 = counted.meters.iter().flat_map(|turn| turn[meter]).sum();
                    assert_eq!(moments, spoken, "{what}");
                }
            }
        }
    }
}

#[test]
fn whoever_is_better_does_better() {
    for played in &play(&shipped(), settings(4000, 2)).scenarios {
        let mean = |player| played.of(player).mean();
        let order = [
            Player::Hot,
            Player::Random,
            Player::Skilled(Share::Quarter),
            Player::Skilled(Share::Half),
            Player::Skilled(Share::ThreeQuarters),
            Player::Best,
        ];
        for pair in order.windows(2) {
            assert!(mean(pair[0]) < mean(pair[1]), "{}: {:?}", played.scenario.slug, order.map(mean));
        }
        let listening = |player: Player| super::count::mean_of(&played.of(player).skills[Skill::Listening.index()]);
        assert!(listening(Player::Impatient) < listening(Player::Random), "{}", played.scenario.slug);
        assert!(played.of(Player::Best).satisfied() > 900, "{}", played.scenario.slug);
        let hot = played.of(Player::Hot);
        assert!(hot.range().unwrap().1 <= 599, "a raised voice caps the score");
        assert_eq!(hot.satisfied(), 0, "and the outcome");
    }
}

/// The most that there is at a node of what a player goes by, for the replies that it spoke there.
#[track_caller]
fn check_takes_the_most(scenario: &Scenario, counts: &Counts, key: impl Fn(usize, usize) -> i32) {
    for (place, encounter) in scenario.encounters.iter().enumerate() {
        for node in &encounter.nodes {
            if node.reply_ids().any(|id| encounter.reply(id).when.is_some()) {
                continue;
            }
            let most = node.reply_ids().map(|id| key(place, id.index())).max();
            for id in node.reply_ids().filter(|id| counts.encounters[place].replies[id.index()] > 0) {
                assert_eq!(Some(key(place, id.index())), most, "{}", encounter.reply(id).name);
            }
        }
    }
}

#[test]
fn a_cue_bot_takes_what_has_most_of_its_cue_and_the_best_what_shows_most() {
    let scenarios = shipped();
    for played in &play(&scenarios, settings(950, 1)).scenarios {
        let prepared = prepared::Prepared::new(played.scenario);
        for cue in Cue::ALL.into_iter().filter(|cue| *cue != Cue::Echo) {
            check_takes_the_most(played.scenario, played.of(Player::Cue(cue)), |encounter, reply| {
                prepared.encounters[encounter].replies[reply].cues[cue.index()].into()
            });
        }
        check_takes_the_most(played.scenario, played.of(Player::Best), |encounter, reply| {
            prepared.encounters[encounter].replies[reply].worth
        });
    }
}

/// "Burnt" and "hand" are hers; the other reply takes up nothing.
#[test]
fn the_echo_takes_up_what_was_just_said() {
    let kettle = [scenario(KETTLE)];
    let report = play(&kettle, settings(950, 1));
    let encounter = &report.scenarios[0].of(Player::Cue(Cue::Echo)).encounters[0];
    assert_eq!(encounter.replies[..2], [50, 0]);
    let random = &report.scenarios[0].of(Player::Random).encounters[0];
    assert!(random.replies[0] > 10 && random.replies[1] > 10, "{:?}", random.replies);
}

#[test]
fn a_scenario_without_an_end_is_left_after_the_last_turn_and_counted_as_endless() {
    let endless = KETTLE
        .replace("acts: [PrematureSolution]", "acts: [OfferThatFits]")
        .replace("acts: [BareApology, NextStepVague]", "acts: [OfferThatFits]")
        .replace("slip: (Minor, Empathy),", "")
        .replace("to: \"sent\"", "to: \"leaks\"")
        .replace("to: \"cold\"", "to: \"leaks\"");
    let endless = [scenario(&endless)];
    let report = play(&endless, settings(190, 2));
    let random = &report.scenarios[0].of(Player::Random).encounters[0];
    assert_eq!((random.endless, random.plays), (10, 10));
    assert_eq!(random.meters.len(), 64);
    assert_eq!(report.scenarios[0].of(Player::Random).outcomes[Outcome::Lost.index()], 10);
}

#[test]
fn one_that_is_stopped_tells_what_was_played() {
    let scenarios = shipped();
    let all: Vec<_> = scenarios.iter().collect();
    let stopped = simulate(&all, settings(1_000_000, 1), &|_| ControlFlow::Break(()));
    assert!(stopped.stopped);
    assert_eq!(stopped.scenarios[0].plays(), 32 * Player::ALL.len() as u64, "what was begun was played to its end");
    assert_eq!(stopped.scenarios[1].plays(), 0);
    let random = stopped.verdicts.iter().filter(|verdict| verdict.target == Target::Random);
    assert!(random.clone().all(|verdict| verdict.measured == Measured::Not && verdict.met.is_none()));
    assert_eq!(random.count(), 3, "what could not be measured is said to be so");
}

/// The reply that shows most is marked by a colon in every node, and by nothing else.
#[test]
fn a_giveaway_is_found_where_it_is() {
    let given_away = KETTLE
        .replace("It burnt your hand, and that", "It burnt your hand: that")
        .replace("We sold you a kettle that hurt you, and I", "We sold you a kettle that hurt you: I");
    let scenarios = [scenario(&given_away)];
    let report = play(&scenarios, settings(19_000, 2));
    let played = &report.scenarios[0];
    assert!(played.lift(Cue::Colons) > 16_000, "{}", played.lift(Cue::Colons));
    let names: Vec<_> = played
        .giveaways(Cue::Colons)
        .iter()
        .map(|found| {
            let encounter = &played.scenario.encounters[0];
            (encounter.node(found.node).name.as_str(), encounter.reply(found.takes).name.as_str())
        })
        .collect();
    assert_eq!(names, [("taught", "send"), ("leaks", "hand")]);
    let verdict = report.verdicts.iter().find(|verdict| verdict.target == Target::LiftInScenario(Cue::Colons)).unwrap();
    assert_eq!(verdict.met, Some(false));
    assert_eq!(verdict.most_at.len(), 2);
    let library =
        report.verdicts.iter().find(|verdict| verdict.target == Target::LiftOverLibrary(Cue::Colons)).unwrap();
    assert_eq!((library.measured, library.met), (Measured::Not, None), "one scenario is no library");
    assert_eq!(report.classified.result, None, "and there is nothing to learn from");
}

/// Every key ends in a question and no other reply does: whoever has seen one such scenario knows the next.
#[test]
fn the_classifier_learns_what_the_others_give_away() {
    let marked = |text: &str, slug: &str| {
        let scenario = self::scenario(text);
        let mut scenario = scenario;
        slug.clone_into(&mut scenario.slug);
        for encounter in &mut scenario.encounters {
            for index in 0..encounter.replies.len() {
                let reply = &encounter.replies[index];
                let siblings = encounter.node(reply.node).reply_ids();
                let best = siblings.map(|id| prepared::worth(encounter, encounter.reply(id))).max();
                let mark = if Some(prepared::worth(encounter, reply)) == best { "?" } else { "." };
                encounter.replies[index].text = format!("These are the words{mark}");
            }
        }
        scenario
    };
    let known = [marked(BEFORE_SATURDAY, "one"), marked(ONE_TWELVE, "two")];
    let report = play(&known, settings(19, 1));
    assert_eq!(report.classified.share(), Some(1000));
    assert_eq!(report.classified.uncertainty(), Some(0));
    let copies = [marked(BEFORE_SATURDAY, "one"), marked(BEFORE_SATURDAY, "one")];
    assert_eq!(play(&copies, settings(19, 1)).classified.result, None, "a copy is nothing else to learn from");
}

#[test]
fn without_anything_to_tell_by_the_classifier_is_as_good_as_chance() {
    let plain = |text: &str, slug: &str| {
        let mut scenario = self::scenario(text);
        slug.clone_into(&mut scenario.slug);
        for reply in scenario.encounters.iter_mut().flat_map(|encounter| &mut encounter.replies) {
            "The same words each time.".clone_into(&mut reply.text);
        }
        scenario
    };
    let scenarios = [plain(BEFORE_SATURDAY, "one"), plain(ONE_TWELVE, "two"), plain(CAN_I_HAVE_IT_ON, "three")];
    let report = play(&scenarios, settings(19, 1));
    let result = report.classified.result.as_ref().unwrap();
    let share = report.classified.share().unwrap();
    assert_eq!(result.right_by_looks, result.right, "the words tell nothing either");
    assert!(report.classified.uncertainty().unwrap() > 150, "25 nodes are few");
    assert!((result.chance - share).abs() < 200, "{share} per mille, by chance {}", result.chance);
}

#[test]
fn plays_that_are_gone_on_with_are_those_that_are_made_at_once() {
    let scenario = scenario(CAN_I_HAVE_IT_ON);
    let plays = 20 * Player::ALL.len() as u64;
    let at_once = play(std::slice::from_ref(&scenario), settings(plays, 1));
    let mut series = Series::new(&scenario, 7);
    let _ = series.play_to(plays, |done| if done > 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) });
    assert!(series.plays() < plays, "it was broken off");
    assert!(series.play_to(plays, |_| ControlFlow::Continue(())).is_continue());
    let report = series.report();
    assert_eq!(report.scenarios, at_once.scenarios);
    assert_eq!(report.verdicts, at_once.verdicts);
}

#[test]
fn a_play_is_counted_once_where_it_came_by_and_with_its_score() {
    for scenario in shipped() {
        let report = play(std::slice::from_ref(&scenario), settings(1900, 1));
        for player in Player::ALL {
            let counts = report.scenarios[0].of(player);
            let all: u64 = counts.overall.iter().zip(0u64..).map(|(plays, score)| plays * score).sum();
            for (written, here) in scenario.encounters.iter().zip(&counts.encounters) {
                let start = here.through_nodes[written.start.index()];
                assert!(start.plays <= here.plays);
                if scenario.encounters.len() == 1 && written.starts.is_empty() {
                    assert_eq!((start.plays, start.score), (counts.plays, all), "every play comes by the first node");
                }
                for (through, times) in here.through_replies.iter().zip(&here.replies) {
                    assert!(through.plays <= *times && (through.plays > 0) == (*times > 0));
                    assert!(through.score <= through.plays * 1000);
                }
                let ended: u64 = here.through_endings.iter().map(|through| through.plays).sum();
                assert_eq!(ended, here.endings.iter().sum::<u64>(), "a call ends once");
            }
        }
    }
}
