//! Review cards are made from what was lost, and say what another answer would have earned.

use std::collections::BTreeSet;

use simmer::campaign::{self, RunStage};
use simmer::dialogue::{Action, Mode, reply_order};
use simmer::scenario::Scenario;
use simmer::scoring::debrief;
use simmer::scoring::review::{Deck, Moment, Past, WEAK_BELOW, moments, weakest};
use uuid::Uuid;

use crate::shipped_scenarios::SHIPPED;
use crate::support::{PERFECT, Player, shipped};

fn of(player: &Player<'_>) -> Vec<Moment> {
    let score = campaign::result(player.scenario, &player.run);
    moments(player.scenario, &player.events, &debrief(player.scenario, &player.events, score))
}

/// A first encounter in which whatever stands first is said.
fn careless(scenario: &Scenario, seed: u64) -> Vec<Moment> {
    let mut player = Player::begin(scenario, seed, Mode::Steps);
    while player.run.stage == RunStage::Talking {
        if player.run.talk.replies_open() {
            let first = reply_order(scenario, &player.run.talk)[0];
            let name = &scenario.encounter(player.run.talk.encounter).reply(first).name;
            player.answer(name);
        } else {
            player.act(Action::Listen);
        }
    }
    of(&player)
}

fn past<'a>(scenario: &'a Scenario, runs: &'a [Vec<Moment>]) -> Vec<Past<'a>> {
    let numbered = runs.iter().zip(1_u128..);
    numbered.map(|(moments, number)| Past { attempt: Uuid::from_u128(number), scenario, moments }).collect()
}

#[test]
fn an_answer_earns_what_it_earned_in_the_call() {
    for name in SHIPPED {
        let scenario = shipped(name);
        for moment in (0..6).flat_map(|seed| careless(&scenario, seed)) {
            assert!(!moment.heard.is_empty(), "{name}: somebody said something");
            for chance in &moment.chances {
                let answer = moment.answer(&scenario, chance.indicator, moment.said).unwrap();
                assert_eq!((answer.earned, answer.available), (chance.earned, chance.available), "{name}");
                let best = answer.better.unwrap_or(moment.said);
                let best = moment.answer(&scenario, chance.indicator, best).unwrap();
                assert_eq!((best.earned, best.better), (chance.available, None), "{name}: nothing is better than that");
                assert!(best.well || best.flaw.is_some(), "{name}");
            }
        }
    }
}

#[test]
fn the_order_of_the_replies_is_another_each_day() {
    let scenario = shipped("before-saturday");
    let moment = &careless(&scenario, 1)[0];
    let orders: BTreeSet<_> = (0..50).map(|day| moment.order(&scenario, day)).collect();
    assert!(orders.len() > 5, "{}", orders.len());
    assert_eq!(moment.order(&scenario, 3), moment.order(&scenario, 3));
    let all: BTreeSet<_> = moment.offered.iter().copied().collect();
    assert!(orders.iter().all(|order| order.len() == all.len() && order.iter().all(|reply| all.contains(reply))));
}

#[test]
fn cards_are_made_from_the_weakest_and_never_twice_of_one_moment() {
    for name in SHIPPED {
        let scenario = shipped(name);
        let runs: Vec<_> = (0..8).map(|seed| careless(&scenario, seed)).collect();
        let mut deck = Deck::default();
        for (today, count) in (1..).zip(1..=runs.len()) {
            let runs = past(&scenario, &runs[..count]);
            let by_run: Vec<_> = runs.iter().map(|run| run.moments).collect();
            let weak = weakest(&by_run);
            assert!(weak.iter().all(|weakness| weakness.share < WEAK_BELOW));
            let before = deck.cards().len();
            let made = deck.make(&runs, today);
            assert!(made <= 3);
            for card in &deck.cards()[before..] {
                assert!(weak.iter().any(|weakness| weakness.indicator == card.indicator));
                let run = runs.iter().find(|run| run.attempt == card.attempt).unwrap();
                let moment = card.find(&scenario, run.moments).unwrap();
                assert!(moment.chance(card.indicator).unwrap().lost() > 0);
            }
            // Half of them are answered well, so that others may follow.
            let due: Vec<_> = deck.due(today).into_iter().cloned().collect();
            for (place, card) in due.iter().enumerate() {
                deck.answer(&card.place, place % 2 == 0, today);
            }
        }
        assert!(deck.cards().len() > 3, "{name}: {}", deck.cards().len());
        let places: BTreeSet<_> = deck.cards().iter().map(|card| &card.place).collect();
        assert_eq!(places.len(), deck.cards().len(), "{name}");
    }
}

#[test]
fn perfect_sentences_leave_little_to_try_again() {
    let scenario = shipped("before-saturday");
    let mut player = Player::begin(&scenario, 1, Mode::Steps);
    for reply in PERFECT {
        player.answer(reply);
    }
    let perfect = of(&player);
    assert_eq!(weakest(&[&perfect]), []);
    let careless = careless(&scenario, 1);
    let share = |runs: &[&[Moment]]| weakest(runs).iter().map(|weakness| weakness.share).min().unwrap();
    assert!(share(&[&careless, &perfect]) > share(&[&perfect, &careless]), "the latest counts most");
}
