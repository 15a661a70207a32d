//! Every shipped scenario is clean, can be won and can be lost, and keeps what its promises need.

use simmer::campaign;
use simmer::dialogue::Mode;
use simmer::explore::{best_run, reachable};
use simmer::scenario::load::load;
use simmer::scenario::vocabulary::{Outcome, Skill};

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
