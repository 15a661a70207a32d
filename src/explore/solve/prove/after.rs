//! What follows a call, with everything that could be: the note, the diary and the start of the next encounter.

use super::state::{ANGER, Abstract, Atom, FALSE, OPEN, PATIENCE, TRUE, TRUST, fulfilment_bit, outcome_bit};
use super::{Ended, Ends, Pool, Proof, States};
use crate::explore::solve::element::{Asked, Part, short};
use crate::scenario::id::{ChoiceId, EncounterId, EventId, TileId};
use crate::scenario::model::DiaryEvent;
use crate::scenario::vocabulary::{Fulfilment, Outcome};

impl Proof<'_> {
    /// The note and the diary after the ends of a call; the states in which the next encounter begins.
    pub(super) fn after_the_call(&mut self, ends: Ends) -> States {
        let mut next = States::default();
        for (ended, states) in ends {
            let mut noted = Pool::default();
            for state in states.into_states() {
                noted.join(self.note(state));
            }
            for state in self.diary(noted).into_states() {
                self.go_on(ended, state, &mut next);
            }
        }
        next
    }

    fn note(&mut self, mut state: Abstract) -> Abstract {
        let encounter = self.scenario.encounter(self.encounter);
        let mut offered = vec![false; encounter.note.len()];
        for (index, tile) in encounter.note.iter().enumerate() {
            let id = TileId::at(index);
            let fact = tile.fact.and_then(|fact| self.atoms.find(Atom::Heard(fact)));
            if fact.is_some_and(|place| state.key[place] & TRUE == 0) {
                continue;
            }
            offered[index] = match &tile.when {
                None => true,
                Some(when) => self.ask(when, Asked::Tile(id), &state)[0].is_some(),
            };
            if offered[index] {
                self.add(Part::Tile(id));
            }
        }
        for place in 0..self.atoms.list.len() {
            if let Atom::Noted(tile) = self.atoms.list[place] {
                let can = offered.get(tile.index()).copied().unwrap_or(false);
                state.key[place] = if can { FALSE | TRUE } else { FALSE };
            }
        }
        state
    }

    fn diary(&mut self, states: Pool) -> Pool {
        let diary = &self.scenario.encounter(self.encounter).diary;
        let mut states = states;
        for (index, event) in diary.iter().enumerate() {
            let id = EventId::at(index);
            let mut after = Pool::default();
            for state in states.into_states() {
                let [due, not] = match &event.when {
                    None => [Some(state), None],
                    Some(when) => self.ask(when, Asked::Event(id), &state),
                };
                if let Some(state) = not {
                    after.join(state);
                }
                if let Some(state) = due {
                    self.open(id, event, &state, &mut after);
                }
            }
            states = after;
        }
        states
    }

    fn open(&mut self, id: EventId, event: &DiaryEvent, state: &Abstract, after: &mut Pool) {
        // Where no choice is on offer the event passes.
        let mut none = Some(state.clone());
        let mut offered = Vec::new();
        for (index, choice) in event.choices.iter().enumerate() {
            match &choice.when {
                None => {
                    none = None;
                    offered.push((index, state.clone()));
                }
                Some(when) => {
                    none = none.and_then(|none| self.atoms.assume(when, false, &none));
                    offered.extend(self.atoms.assume(when, true, state).map(|state| (index, state)));
                }
            }
        }
        if let Some(none) = none {
            after.join(none);
        }
        if offered.is_empty() {
            return;
        }
        self.add(Part::Event(id));
        for (index, choice) in event.choices.iter().enumerate() {
            if let Some(when) = &choice.when {
                let _ = self.ask(when, Asked::Choice(id, ChoiceId::at(index)), state);
            }
        }
        for (index, mut state) in offered {
            let choice = &event.choices[index];
            self.add(Part::Choice(id, ChoiceId::at(index)));
            for &(promise, fulfilment) in &choice.fulfils {
                if let Some(place) = self.atoms.find(Atom::Promise(promise))
                    && state.key[place] & OPEN != 0
                {
                    state.key[place] = state.key[place] & !OPEN | fulfilment_bit(fulfilment);
                }
            }
            for &flag in &choice.sets {
                self.atoms.put(&mut state, Atom::Flag(flag), TRUE);
            }
            for &flag in &choice.clears {
                self.atoms.put(&mut state, Atom::Flag(flag), FALSE);
            }
            after.join(state);
        }
    }

    /// The next encounter begins.
    fn go_on(&mut self, ended: Ended, mut state: Abstract, next: &mut States) {
        let index = self.encounter.index() + 1;
        let Some(encounter) = self.scenario.encounters.get(index) else { return };
        let outcomes = match ended {
            // A raised voice or a broken promise can make it worse.
            Some(outcome) => vec![outcome, outcome.min(Outcome::Pacified)],
            None => vec![Outcome::Lost, Outcome::Pacified, Outcome::Satisfied, Outcome::Advocate],
        };
        self.atoms.put(
            &mut state,
            Atom::Ended,
            outcomes.into_iter().fold(0, |bits, outcome| bits | outcome_bit(outcome)),
        );
        let before = std::mem::replace(&mut self.encounter, EncounterId::at(index));
        let mut left = Some(state);
        let mut begun = Vec::new();
        for (place, start) in encounter.starts.iter().enumerate() {
            let Some(state) = left.take() else { break };
            let [holds, fails] = self.ask(&start.when, Asked::Start(short(place)), &state);
            begun.extend(holds.map(|state| (Some(start), state)));
            left = fails;
        }
        begun.extend(left.map(|state| (None, state)));
        self.encounter = before;
        for (start, mut state) in begun {
            match start.and_then(|start| start.mood) {
                Some(mood) => state.set_mood(mood),
                None => self.carry_over(&mut state),
            }
            self.atoms.begin_encounter(&mut state);
            let node = start.and_then(|start| start.node).unwrap_or(encounter.start);
            next.join(node.index(), state);
        }
    }

    /// What the promises of this encounter can have done to the next one's start (rule 7).
    fn carry_over(&self, state: &mut Abstract) {
        let heat = i32::from(self.scenario.customer.heat);
        let diary = &self.scenario.encounter(self.encounter).diary;
        let ends = || diary.iter().flat_map(|event| &event.choices).flat_map(|choice| &choice.fulfils);
        for index in 0..self.scenario.promises.len() {
            let mine = ends().filter(|(promise, _)| promise.index() == index).map(|(_, fulfilment)| *fulfilment);
            let (mut anger, mut trust, mut patience) = (0, (0, 0), 0);
            for fulfilment in mine {
                match fulfilment {
                    Fulfilment::Kept => trust.0 = trust.0.max(1200),
                    Fulfilment::Exceeded => trust.0 = trust.0.max(1300),
                    Fulfilment::LateWarned => trust.0 = trust.0.max(400),
                    Fulfilment::Late => {
                        anger = anger.max(12 * heat);
                        trust.1 = trust.1.max(1700);
                        patience = patience.max(1000);
                    }
                    Fulfilment::Broken => {
                        anger = anger.max(25 * heat);
                        trust.1 = trust.1.max(3500);
                        patience = patience.max(2000);
                    }
                }
            }
            state.shift(ANGER, (0, anger), (0, 0));
            state.shift(TRUST, (0, trust.0), (0, trust.1));
            state.shift(PATIENCE, (0, 0), (0, patience));
        }
    }
}
