//! Review cards at the desk: made when a run is over, answered a few a day.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{Desk, cards};
use crate::attempt::Recorder;
use crate::desktop::Screen;
use crate::desktop::screens::days::day_of;
use crate::desktop::screens::review;
use crate::scenario::Scenario;
use crate::scenario::id::ReplyId;
use crate::scoring::review::{Answer, Card, Moment, Past, RUNS_READ, moments};

/// Cards that are being answered.
#[derive(Debug, Default)]
pub struct Reviewing {
    /// The first is being asked.
    waiting: VecDeque<Asked>,
    /// Those before it.
    behind: usize,
    /// What came of the answer to the first, once it was given.
    answer: Option<Answer>,
}

/// A card with the moment that it asks for.
#[derive(Debug)]
struct Asked {
    card: Card,
    scenario: Arc<Scenario>,
    moment: Moment,
    /// The replies as they are shown.
    order: Vec<ReplyId>,
}

impl Desk {
    /// Today by number, where the person is.
    pub fn today(&self) -> i64 {
        self.today
    }

    /// Goes on to a later day, for a script that plays the window.
    pub fn let_days_pass(&mut self, days: i64) {
        self.fixed_today = Some(self.today + days);
        self.follow_calendar();
    }

    /// Whether another day has begun.
    pub(super) fn follow_calendar(&mut self) -> bool {
        let today = self.fixed_today.unwrap_or_else(|| day_of(Timestamp::now(), &TimeZone::system()));
        std::mem::replace(&mut self.today, today) != today
    }

    pub fn review_view(&self) -> Option<review::View> {
        let reviewing = self.reviewing.as_ref()?;
        let Some(asked) = reviewing.waiting.front() else {
            return Some(review::View::done(self.deck.next(self.today, |_| true), self.today));
        };
        let place = &asked.card.place;
        let due = self.deck.cards().iter().find(|card| card.place == *place).and_then(Card::due);
        Some(review::View::of(&review::Given {
            scenario: &asked.scenario,
            moment: &asked.moment,
            indicator: asked.card.indicator,
            order: &asked.order,
            number: reviewing.behind + 1,
            of: reviewing.behind + reviewing.waiting.len(),
            answer: reviewing.answer,
            due,
            today: self.today,
        }))
    }

    /// Something was done while reviewing.
    pub fn reviewing(&mut self, action: review::Action) -> Option<Screen> {
        match action {
            review::Action::Answer(place) => self.answer_card(place),
            review::Action::Next => {
                let reviewing = self.reviewing.as_mut()?;
                if reviewing.answer.take().is_some() {
                    reviewing.waiting.pop_front();
                    reviewing.behind += 1;
                }
            }
            review::Action::Leave => {
                self.reviewing = None;
                return Some(Screen::Home);
            }
        }
        None
    }

    /// Lays out the cards of today.
    pub(super) fn begin_review(&mut self) -> Screen {
        let due: Vec<Card> = self.deck.due(self.today).into_iter().cloned().collect();
        let mut waiting = VecDeque::new();
        let mut taken_out = false;
        for card in due {
            if let Some(asked) = self.ask(&card) {
                waiting.push_back(asked);
            } else if !self.store.find(card.attempt).try_exists().unwrap_or(true) {
                self.deck.remove(&card.place);
                taken_out = true;
            }
            // Else it may be there another time: a disk that is away, a scenario that is being edited.
        }
        if taken_out {
            self.save_cards();
            self.tell("Cards were taken out: the calls they are from cannot be played back any more.");
        }
        if waiting.is_empty() {
            if !taken_out {
                self.tell("These moments cannot be played back just now: their customers are not here.");
            }
            return Screen::Home;
        }
        self.reviewing = Some(Reviewing { waiting, ..Reviewing::default() });
        Screen::Review
    }

    fn ask(&self, card: &Card) -> Option<Asked> {
        let (scenario, moments) = self.played(card.attempt)?;
        let moment = card.find(&scenario, &moments)?.clone();
        let order = moment.order(&scenario, self.today);
        Some(Asked { card: card.clone(), scenario, moment, order })
    }

    fn answer_card(&mut self, place: usize) {
        let Some(reviewing) = &mut self.reviewing else { return };
        let Some(asked) = reviewing.waiting.front().filter(|_| reviewing.answer.is_none()) else { return };
        let Some(&reply) = asked.order.get(place) else { return };
        let Some(answer) = asked.moment.answer(&asked.scenario, asked.card.indicator, reply) else { return };
        self.deck.answer(&asked.card.place, answer.well, self.today);
        reviewing.answer = Some(answer);
        self.save_cards();
    }

    /// Makes cards from what the latest runs show least. The very first call counts too, though it is practice: nothing
    /// is at stake here either.
    pub(super) fn make_cards(&mut self) {
        let runs = self.my_runs().filter(|run| run.is_final).take(RUNS_READ as usize);
        let attempts: Vec<Uuid> = runs.filter_map(|run| run.attempt.parse().ok()).collect();
        let played: Vec<_> = attempts
            .into_iter()
            .rev()
            .filter_map(|attempt| self.played(attempt).map(|(scenario, moments)| (attempt, scenario, moments)))
            .collect();
        let runs: Vec<Past<'_>> =
            played.iter().map(|(attempt, scenario, moments)| Past { attempt: *attempt, scenario, moments }).collect();
        if self.deck.make(&runs, self.today) > 0 {
            self.save_cards();
        }
    }

    /// The moments of a finished run.
    fn played(&self, attempt: Uuid) -> Option<(Arc<Scenario>, Vec<Moment>)> {
        let kept = self.store.load(&self.store.find(attempt)).ok()?;
        let scenario = self.very_scenario_of(&kept.attempt)?;
        let recorder = Recorder::resume(Arc::clone(&scenario), kept.attempt).ok()?;
        let moments = moments(&scenario, recorder.events(), &recorder.debrief());
        Some((scenario, moments))
    }

    /// The cards of who has sat down; made anew where there are none.
    pub(super) fn take_out_cards(&mut self) {
        self.reviewing = None;
        let loaded = cards::load(&self.folders, self.player());
        self.deck = loaded.deck;
        match loaded.message {
            // What could not be read is not written over.
            Some(message) => self.tell(message),
            None if self.deck.cards().is_empty() => self.make_cards(),
            None => {}
        }
    }

    fn save_cards(&mut self) {
        if let Err(error) = cards::save(&self.folders, self.player(), &self.deck) {
            self.tell(error.to_string());
        }
    }
}
