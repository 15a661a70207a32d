//! The cards of one person, and when each comes back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Moment, weakest};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Indicator;

/// After how many days a card comes back: the first time after it was made, each further time after it was last
/// answered well. After the last it is done.
const INTERVALS: [i64; 5] = [1, 3, 8, 20, 50];
/// The most cards that are answered on one day.
const A_DAY: usize = 5;
/// The most cards that are made at a time.
const AT_A_TIME: usize = 3;

/// The place in a scenario that a moment is of, by the author's names: cards outlive an edit, as attempts do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The scenario's slug.
    pub scenario: String,
    pub encounter: String,
    pub node: String,
}

impl Place {
    pub fn of(scenario: &Scenario, moment: &Moment) -> Self {
        let encounter = scenario.encounter(moment.encounter);
        Self {
            scenario: scenario.slug.clone(),
            encounter: encounter.name.clone(),
            node: encounter.node(moment.node).name.clone(),
        }
    }
}

/// A moment to try again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub place: Place,
    /// What is to be shown there.
    pub indicator: Indicator,
    /// The run in which it happened.
    pub attempt: Uuid,
    /// The day on which it was made. Days are counted from any fixed day.
    pub made: i64,
    /// The day of the latest answer.
    pub answered: Option<i64>,
    /// How often it was answered well since it was made or last answered badly: its place in [`INTERVALS`].
    pub well: usize,
}

impl Card {
    /// The day from which on it is due; none once it is done.
    pub fn due(&self) -> Option<i64> {
        let interval = INTERVALS.get(self.well)?;
        Some(self.answered.unwrap_or(self.made).saturating_add(*interval))
    }

    /// The moment of its run that it asks for; `moments` are all of that run. None where the run does not have it.
    pub fn find<'a>(&self, scenario: &Scenario, moments: &'a [Moment]) -> Option<&'a Moment> {
        let here = moments.iter().filter(|moment| Place::of(scenario, moment) == self.place);
        here.filter_map(|moment| Some((moment.chance(self.indicator)?.lost(), moment)))
            .max_by_key(|(lost, _)| *lost)
            .map(|(_, moment)| moment)
    }

    fn is_due(&self, today: i64) -> bool {
        self.due().is_some_and(|due| due <= today)
    }
}

/// A finished run, from which cards are made.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    pub attempt: Uuid,
    pub scenario: &'a Scenario,
    pub moments: &'a [Moment],
}

/// The cards of one person, in the order in which they were made. No two are of the same place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deck {
    cards: Vec<Card>,
}

impl Deck {
    /// These cards. Of several at one place the first is taken.
    pub fn of(cards: impl IntoIterator<Item = Card>) -> Self {
        let mut deck = Self::default();
        cards.into_iter().for_each(|card| deck.add(card));
        deck
    }

    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// The cards to be answered today, the longest due first: with those that were answered today at most [`A_DAY`].
    pub fn due(&self, today: i64) -> Vec<&Card> {
        let answered = self.cards.iter().filter(|card| card.answered == Some(today)).count();
        let mut due: Vec<&Card> = self.cards.iter().filter(|card| card.is_due(today)).collect();
        due.sort_by_key(|card| card.due());
        due.truncate(A_DAY.saturating_sub(answered));
        due
    }

    /// The first day on which one of these cards comes, from today on. None where none of them comes back.
    pub fn next(&self, today: i64, of: impl Fn(&Card) -> bool) -> Option<i64> {
        // What is beyond the cards of today waits for tomorrow.
        let now: Vec<&Card> = self.due(today);
        let day = |card: &Card| {
            let due = card.due()?;
            let first = if now.contains(&card) { today } else { today.saturating_add(1) };
            Some(due.max(first))
        };
        self.cards.iter().filter(|card| of(card)).filter_map(day).min()
    }

    /// Takes an answer: the card comes back later, or tomorrow where it was not answered well. A card that is not due
    /// stays as it is.
    pub fn answer(&mut self, place: &Place, well: bool, today: i64) {
        let card = self.cards.iter_mut().find(|card| card.place == *place && card.is_due(today));
        if let Some(card) = card {
            card.answered = Some(today);
            card.well = if well { card.well + 1 } else { 0 };
        }
    }

    /// Makes cards from the weakest indicators of these runs, **oldest first**: three at most, each of the moment at
    /// which most was lost, of equals the latest. Says how many.
    ///
    /// An indicator whose card has not been answered well yet gets no other.
    pub fn make(&mut self, runs: &[Past<'_>], today: i64) -> usize {
        let by_run: Vec<&[Moment]> = runs.iter().map(|run| run.moments).collect();
        let taken: BTreeSet<Place> = self.cards.iter().map(|card| card.place.clone()).collect();
        let untried = |indicator| self.cards.iter().any(|card| card.indicator == indicator && card.well == 0);
        let mut made: Vec<Card> = Vec::new();
        for weakness in weakest(&by_run) {
            if made.len() == AT_A_TIME {
                break;
            }
            if untried(weakness.indicator) {
                continue;
            }
            let free = |place: &Place| !taken.contains(place) && made.iter().all(|card| card.place != *place);
            made.extend(worst(runs, weakness.indicator, free).map(|(place, attempt)| Card {
                place,
                indicator: weakness.indicator,
                attempt,
                made: today,
                answered: None,
                well: 0,
            }));
        }
        let count = made.len();
        self.cards.extend(made);
        count
    }

    /// Takes a card out: the run it came from is not there any more.
    pub fn remove(&mut self, place: &Place) {
        self.cards.retain(|card| card.place != *place);
    }

    fn add(&mut self, card: Card) {
        if self.cards.iter().all(|other| other.place != card.place) {
            self.cards.push(card);
        }
    }
}

/// The free moment at which most of an indicator was lost.
fn worst(runs: &[Past<'_>], indicator: Indicator, free: impl Fn(&Place) -> bool) -> Option<(Place, Uuid)> {
    let mut worst: Option<(i32, Place, Uuid)> = None;
    for run in runs.iter().rev() {
        for moment in run.moments.iter().rev() {
            let Some(chance) = moment.chance(indicator) else { continue };
            let lost = chance.lost();
            if lost <= worst.as_ref().map_or(0, |(most, ..)| *most) {
                continue;
            }
            let place = Place::of(run.scenario, moment);
            if free(&place) {
                worst = Some((lost, place, run.attempt));
            }
        }
    }
    worst.map(|(_, place, attempt)| (place, attempt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(number: u8) -> Place {
        Place { scenario: "the-door".to_owned(), encounter: "call".to_owned(), node: format!("node-{number}") }
    }

    fn card(number: u8, made: i64) -> Card {
        let indicator = Indicator::OwningApology;
        Card { place: place(number), indicator, attempt: Uuid::nil(), made, answered: None, well: 0 }
    }

    /// Answers one card on the day it comes, each time so, and gives the days from its making to each time it came.
    fn check(answers: &[bool], days: &[i64], done: bool) {
        let mut deck = Deck::of([card(1, 100)]);
        let mut came = Vec::new();
        for &well in answers {
            let day = deck.cards()[0].due().unwrap();
            assert!(deck.due(day - 1).is_empty(), "never before its day");
            deck.answer(&place(1), well, day - 1);
            assert_eq!(deck.cards()[0].due(), Some(day), "an answer before its day changes nothing");
            deck.answer(&place(1), well, day);
            came.push(day - 100);
        }
        assert_eq!(came, days);
        assert_eq!(deck.cards()[0].due().is_none(), done);
    }

    #[test]
    fn a_card_comes_back_later_each_time_it_is_answered_well() {
        check(&[true, true, true, true], &[1, 4, 12, 32], false);
        check(&[true, true, true, true, true], &[1, 4, 12, 32, 82], true);
        check(&[true, true, false, true, true], &[1, 4, 12, 13, 16], false);
        check(&[false, false, true], &[1, 2, 3], false);
    }

    #[test]
    fn a_card_that_was_left_lying_is_due_until_it_is_answered() {
        let mut deck = Deck::of([card(1, 0)]);
        assert_eq!(deck.due(400).len(), 1);
        deck.answer(&place(1), true, 400);
        assert_eq!(deck.cards()[0].due(), Some(403));
    }

    #[test]
    fn at_most_five_a_day_and_the_rest_tomorrow() {
        let mut deck = Deck::of((0..7).map(|number| card(number, i64::from(number))));
        let names = |deck: &Deck, today| -> Vec<String> {
            deck.due(today).iter().map(|card| card.place.node.clone()).collect()
        };
        assert_eq!(names(&deck, 10), ["node-0", "node-1", "node-2", "node-3", "node-4"], "the longest due first");
        for number in 0..4 {
            deck.answer(&place(number), true, 10);
        }
        assert_eq!(names(&deck, 10), ["node-4"]);
        deck.answer(&place(4), true, 10);
        assert!(names(&deck, 10).is_empty());
        assert_eq!(deck.next(10, |_| true), Some(11));
        assert_eq!(names(&deck, 11), ["node-5", "node-6"]);
        assert_eq!(deck.next(11, |_| true), Some(11));
        assert_eq!(deck.next(11, |card| card.indicator == Indicator::WarmClose), None);
    }

    proptest! {
        #[test]
        fn no_card_comes_before_its_day_and_no_day_has_more_than_five(
            cards in prop::collection::vec((0..12_u8, 0..6_i64), 0..20),
            days in prop::collection::vec((0..5_i64, prop::collection::vec(any::<bool>(), 0..6)), 0..40),
        ) {
            let mut deck = Deck::of(cards.iter().map(|&(number, made)| card(number, made)));
            let places: BTreeSet<_> = deck.cards().iter().map(|card| card.place.clone()).collect();
            prop_assert_eq!(places.len(), deck.cards().len(), "never two cards for the same moment");
            let mut today = 0;
            for (later, answers) in days {
                today += later;
                for well in answers {
                    let due: Vec<Card> = deck.due(today).into_iter().cloned().collect();
                    let Some(first) = due.first() else { break };
                    prop_assert!(due.iter().all(|card| card.due().unwrap() <= today && card.made < today));
                    deck.answer(&first.place, well, today);
                    let after = deck.cards().iter().find(|card| card.place == first.place).unwrap();
                    prop_assert_eq!(after.well, if well { first.well + 1 } else { 0 });
                    prop_assert!(after.due().is_none_or(|due| due > today), "not twice on one day");
                }
                let answered = deck.cards().iter().filter(|card| card.answered == Some(today)).count();
                prop_assert!(answered + deck.due(today).len() <= A_DAY);
                prop_assert!(deck.next(today, |_| true).is_none_or(|day| day >= today));
            }
        }
    }
}
