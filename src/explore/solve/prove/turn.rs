//! One turn with everything that could be: how it is heard, what is said, and where that leads.

use super::state::{
    ANGER, Abstract, Atom, CLARITY, FALSE, HEARD, MOST_USES, NOT_MADE, OPEN, PATIENCE, PENDING, QUIET, TRUE, TRUST,
};
use super::{Ends, Pool, Proof};
use crate::dialogue::{Delivery, Meters, sway};
use crate::explore::solve::element::{Asked, Part, short};
use crate::scenario::Encounter;
use crate::scenario::id::{FactId, NodeId, ReplyId};
use crate::scenario::model::{Condition, Effects, Line, Nod, Speech, Target};
use crate::scenario::vocabulary::{Act, Outcome, Pace, Volume};

/// Anger from which the customer takes it further, and the most that a talk goes on with, in hundredths.
const ESCALATES_AT: i32 = 9700;

impl Proof<'_> {
    /// Everything that can come of entering a node in such a state.
    pub(super) fn turn(&mut self, id: NodeId, state: &Abstract, next: &mut Vec<(NodeId, Abstract)>, ends: &mut Ends) {
        let encounter = self.scenario.encounter(self.encounter);
        let node = encounter.node(id);
        let mut state = state.clone();
        self.atoms.put(&mut state, Atom::Reached(id), TRUE);
        self.add(Part::Node(id));
        let lines = self.lines(&node.lines, state, |place| Asked::Line(id, place));
        let mut open = Pool::default();
        for (line, mut state) in lines.into_iter().filter_map(|(line, state)| Some((line?, state))) {
            for variant in 0..node.lines[line].variants.len() {
                self.add(Part::Line(id, short(line), short(variant)));
            }
            if node.grievance.is_some() {
                state.shift(ANGER, (0, 6 * i32::from(self.scenario.customer.heat)), (0, 0));
            }
            self.apply(&node.effects, &mut state);
            let heard = self.hear(encounter, id, &node.lines[line].variants, &state);
            // Whoever goes can go at any moment of the turn.
            for moment in &heard {
                state.widen(moment);
            }
            self.leave(&state, ends);
            for state in heard.into_iter().filter_map(still_there) {
                open.join(state);
            }
        }
        for state in open.into_states() {
            self.replies(encounter, id, &state, next, ends);
        }
    }

    /// The lines that can be spoken, and the states in which they are; without a line where none holds.
    fn lines(
        &mut self,
        lines: &[Line],
        state: Abstract,
        asked: impl Fn(u16) -> Asked,
    ) -> Vec<(Option<usize>, Abstract)> {
        let mut spoken = Vec::new();
        let mut left = Some(state);
        for (place, line) in lines.iter().enumerate() {
            let Some(state) = left.take() else { break };
            match &line.when {
                None => spoken.push((Some(place), state)),
                Some(when) => {
                    let [holds, fails] = self.ask(when, asked(short(place)), &state);
                    spoken.extend(holds.map(|state| (Some(place), state)));
                    left = fails;
                }
            }
        }
        spoken.extend(left.map(|state| (None, state)));
        spoken
    }

    /// Both sides of a condition.
    pub(super) fn ask(&mut self, when: &Condition, asked: Asked, state: &Abstract) -> [Option<Abstract>; 2] {
        [true, false].map(|side| {
            let states = self.atoms.assume(when, side, state);
            if states.is_some() {
                self.add(Part::Condition(asked, side));
            }
            states
        })
    }

    pub(super) fn apply(&self, effects: &Effects, state: &mut Abstract) {
        for &fact in &effects.reveals {
            self.atoms.hear(state, fact, true);
        }
        for &flag in &effects.sets {
            self.atoms.put(state, Atom::Flag(flag), TRUE);
        }
        for &flag in &effects.clears {
            self.atoms.put(state, Atom::Flag(flag), FALSE);
        }
    }

    /// The turn is heard to its end, or cut off somewhere.
    fn hear(&self, encounter: &Encounter, id: NodeId, variants: &[Speech], state: &Abstract) -> [Abstract; 2] {
        let node = encounter.node(id);
        let volunteered = node.volunteers.as_ref();
        let facts = |speech: &Speech| speech.phrases.iter().flat_map(|phrase| phrase.facts.clone()).collect::<Vec<_>>();
        let said: Vec<Vec<FactId>> = variants.iter().map(facts).collect();
        let (mut full, mut cut) = (state.clone(), state.clone());
        for fact in said.iter().flatten() {
            let surely = said.iter().all(|facts| facts.contains(fact));
            self.atoms.hear(&mut full, *fact, surely);
            self.atoms.hear(&mut cut, *fact, false);
        }
        if let Some(volunteer) = volunteered {
            for fact in facts(&volunteer.speech).into_iter().chain([volunteer.fact]) {
                // It is not said again where it is known.
                let surely = fact == volunteer.fact;
                self.atoms.hear(&mut full, fact, surely);
                self.atoms.hear(&mut cut, fact, false);
            }
        }
        for (place, atom) in self.atoms.list.iter().enumerate() {
            if matches!(atom, Atom::Heard(_)) {
                let said = |value: u8, surely: bool| {
                    let known = value & (FALSE | TRUE);
                    QUIET
                        | match value & (QUIET | PENDING) {
                            PENDING if surely => TRUE,
                            both if both & PENDING != 0 => known | TRUE,
                            _ => known,
                        }
                };
                full.key[place] = said(full.key[place], true);
                cut.key[place] = said(cut.key[place], false);
            }
        }
        self.atoms.put(&mut full, Atom::CutOff, FALSE);
        self.atoms.put(&mut cut, Atom::CutOff, TRUE);
        let heat = i32::from(self.scenario.customer.heat);
        let insults = insults(encounter, variants);
        // A wrong reading of the feeling works as a wrong paraphrase.
        let misread = i32::from(node.reflect.is_some());
        full.shift(ANGER, (0, 5 * heat * misread), (0, 0));
        full.shift(TRUST, (0, 0), (0, 200 * insults + 500 * misread));
        full.shift(PATIENCE, (0, 0), (0, 500 + 300 * misread));
        full.shift(HEARD, (200, 600), (0, 400 + 1000 * misread));
        full.shift(CLARITY, (0, 0), (0, 200 * misread));
        cut.shift(ANGER, (3 * heat, 8 * heat + 5 * heat * misread), (0, 0));
        cut.shift(TRUST, (0, 0), (0, 200 * insults + 500 * misread));
        cut.shift(PATIENCE, (0, 0), (200, 500 + 300 * misread));
        cut.shift(HEARD, (0, 400), (500, 1600 + 1000 * misread));
        cut.shift(CLARITY, (0, 0), (0, 200 * misread));
        [full, cut]
    }

    /// The customer has had enough, where that can be.
    fn leave(&mut self, state: &Abstract, ends: &mut Ends) {
        if state.high[ANGER] >= ESCALATES_AT {
            self.add(Part::Escalates);
            let mut gone = state.clone();
            gone.low[ANGER] = gone.low[ANGER].max(ESCALATES_AT);
            self.end(ends, Some(Outcome::Escalated), gone);
        }
        if state.low[PATIENCE] <= 0 {
            self.add(Part::Leaves);
            let mut gone = state.clone();
            gone.high[PATIENCE] = 0;
            self.end(ends, Some(Outcome::Lost), gone);
        }
    }

    fn replies(
        &mut self,
        encounter: &Encounter,
        id: NodeId,
        state: &Abstract,
        next: &mut Vec<(NodeId, Abstract)>,
        ends: &mut Ends,
    ) {
        let mut offered = Vec::new();
        // Where no condition holds, all are on offer.
        let mut none = Some(state.clone());
        for (reply_id, reply) in encounter.replies_of(id) {
            match &reply.when {
                None => {
                    offered.push((reply_id, state.clone()));
                    none = None;
                }
                Some(when) => {
                    let [holds, _] = self.ask(when, Asked::Reply(reply_id), state);
                    offered.extend(holds.map(|state| (reply_id, state)));
                    none = none.and_then(|none| self.atoms.assume(when, false, &none));
                }
            }
        }
        if let Some(none) = none {
            offered.extend(encounter.node(id).reply_ids().map(|reply| (reply, none.clone())));
        }
        for (reply, state) in offered {
            self.speak(encounter, reply, state, next, ends);
        }
    }

    fn speak(
        &mut self,
        encounter: &Encounter,
        id: ReplyId,
        state: Abstract,
        next: &mut Vec<(NodeId, Abstract)>,
        ends: &mut Ends,
    ) {
        let reply = encounter.reply(id);
        self.add(Part::Reply(id));
        let armed = self.armed(encounter, id, &state);
        let mut state = self.swayed(id, state, &armed);
        self.count_uses(&reply.acts, &armed, &mut state);
        self.atoms.put(&mut state, Atom::Chose(id), TRUE);
        for &need in &reply.meets {
            self.atoms.put(&mut state, Atom::Met(need), TRUE);
        }
        for &promise in &reply.promises {
            if let Some(place) = self.atoms.find(Atom::Promise(promise))
                && state.key[place] & NOT_MADE != 0
            {
                state.key[place] = state.key[place] & !NOT_MADE | OPEN;
            }
        }
        self.apply(&reply.effects, &mut state);
        self.leave(&state, ends);
        let Some(state) = still_there(state) else { return };
        let mut ways = Vec::new();
        let mut left = Some(state);
        for (place, (when, target)) in reply.to_when.iter().enumerate() {
            let Some(state) = left.take() else { break };
            let [holds, fails] = self.ask(when, Asked::Way(id, short(place)), &state);
            ways.extend(holds.map(|state| (*target, state)));
            left = fails;
        }
        ways.extend(left.map(|state| (reply.to, state)));
        for (target, state) in ways {
            for (line, state) in self.lines(&reply.answers, state, |place| Asked::Answer(id, place)) {
                for variant in 0..line.map_or(0, |line| reply.answers[line].variants.len()) {
                    self.add(Part::Answer(id, short(line.unwrap_or(0)), short(variant)));
                }
                match target {
                    Target::Node(node) => {
                        let mut state = state;
                        self.await_answer(line.map_or(&[], |line| &reply.answers[line].variants), &mut state);
                        next.push((node, state));
                    }
                    Target::Ending(ending) => {
                        self.add(Part::Ending(ending));
                        self.end(ends, encounter.ending(ending).outcome, state);
                    }
                }
            }
        }
    }

    /// The answer is said at the beginning of the turn that follows.
    fn await_answer(&self, variants: &[Speech], state: &mut Abstract) {
        for (place, atom) in self.atoms.list.iter().enumerate() {
            let Atom::Heard(fact) = atom else { continue };
            let brings = |speech: &Speech| speech.phrases.iter().any(|phrase| phrase.facts.contains(fact));
            let waiting = match (variants.iter().any(brings), variants.iter().all(brings)) {
                (false, _) => QUIET,
                (true, true) => PENDING,
                (true, false) => QUIET | PENDING,
            };
            let value = &mut state.key[place];
            *value = *value & (FALSE | TRUE) | waiting;
        }
    }

    /// Whether a compromise in this reply is understood as one: yes, no or either.
    fn armed(&mut self, encounter: &Encounter, id: ReplyId, state: &Abstract) -> Vec<bool> {
        let Some(when) = &encounter.compromise_arms else { return vec![true] };
        if !encounter.reply(id).acts.contains(&Act::Compromise) {
            return vec![true];
        }
        // A raised voice comes before it.
        let mut raised = state.clone();
        raised.shift(ANGER, (0, 12 * i32::from(self.scenario.customer.heat)), (0, 0));
        raised.shift(TRUST, (0, 0), (0, 1000));
        let [armed, not] = self.ask(when, Asked::Compromise, &raised);
        [armed.map(|_| true), not.map(|_| false)].into_iter().flatten().collect()
    }

    /// What the reply can do to the meters, with every delivery and every count of earlier uses: the engine's own rules
    /// at the corners.
    fn swayed(&mut self, id: ReplyId, mut state: Abstract, armed: &[bool]) -> Abstract {
        let encounter = self.scenario.encounter(self.encounter);
        let acts = &encounter.reply(id).acts;
        let wearing: Vec<usize> =
            (0..self.atoms.wearing.len()).filter(|place| acts.contains(&self.atoms.wearing[*place])).collect();
        let mut counts: Vec<Vec<u8>> = vec![Vec::new()];
        for &place in &wearing {
            // From three uses on nothing changes any more.
            let possible: Vec<u8> = (0..=3).filter(|uses| state.worn[place] >> uses & 1 == 1).collect();
            counts = counts
                .iter()
                .flat_map(|before| {
                    possible.iter().map(move |uses| {
                        let mut counts = before.clone();
                        counts.push(*uses);
                        counts
                    })
                })
                .collect();
        }
        let [best, worst] = state.corners();
        let mut reached: Option<(Meters, Meters)> = None;
        for uses in &counts {
            for (place, uses) in wearing.iter().zip(uses) {
                self.template.used[self.atoms.wearing[*place].index()] = *uses;
            }
            for &armed in armed {
                let calm = self.ruled(id, best, Delivery { pace: Pace::Slow, volume: Volume::Level }, 3, armed);
                let loud = self.ruled(id, worst, Delivery { pace: Pace::Quick, volume: Volume::Raised }, 0, armed);
                reached = Some(match reached {
                    None => (calm, loud),
                    Some((best, worst)) => (better(best, calm), worse(worst, loud)),
                });
            }
        }
        let (best, worst) = reached.unwrap_or((best, worst));
        state.set_corners(&best, &worst);
        state
    }

    fn ruled(&mut self, id: ReplyId, meters: Meters, delivery: Delivery, streak: u8, armed: bool) -> Meters {
        let used = self.template.used.clone();
        self.template.meters = meters;
        self.template.calm_streak = streak;
        sway(self.scenario, &mut self.template, id, delivery, |_| armed, &mut ());
        self.template.used = used;
        self.template.meters
    }

    fn count_uses(&self, acts: &[Act], armed: &[bool], state: &mut Abstract) {
        for &act in acts {
            let worn = self.atoms.wearing.iter().position(|one| *one == act);
            if let Some(place) = worn {
                let uses = state.worn[place];
                state.worn[place] = uses << 1 & 0b1111 | uses & 0b1000;
            }
            // An unarmed compromise counts as another act.
            let compromise = act == Act::Compromise;
            if compromise && armed.contains(&false) {
                self.count_use(Act::PrematureSolution, armed.contains(&true), state);
            }
            if !compromise || armed.contains(&true) {
                self.count_use(act, compromise && armed.contains(&false), state);
            }
        }
    }

    fn count_use(&self, act: Act, perhaps: bool, state: &mut Abstract) {
        if let Some(place) = self.atoms.find(Atom::Used(act)) {
            let uses = state.key[place];
            let more = uses << 1 | uses & 1 << MOST_USES;
            state.key[place] = if perhaps { uses | more } else { more };
        }
    }
}

/// The states in which the customer is still there.
fn still_there(mut state: Abstract) -> Option<Abstract> {
    state.high[ANGER] = state.high[ANGER].min(ESCALATES_AT - 1);
    state.low[PATIENCE] = state.low[PATIENCE].max(1);
    (state.low[ANGER] <= state.high[ANGER] && state.low[PATIENCE] <= state.high[PATIENCE]).then_some(state)
}

/// The most phrases at which a nod would agree, in what can be said in a turn.
fn insults(encounter: &Encounter, variants: &[Speech]) -> i32 {
    let count = |speech: &Speech| speech.phrases.iter().filter(|phrase| phrase.nod == Nod::Agrees).count();
    let line = variants.iter().map(count).max().unwrap_or(0);
    let answers = encounter.replies.iter().flat_map(|reply| &reply.answers).flat_map(|line| &line.variants);
    let answer = answers.map(count).max().unwrap_or(0);
    let volunteered = encounter.nodes.iter().filter_map(|node| node.volunteers.as_ref());
    let more = volunteered.map(|volunteer| count(&volunteer.speech)).max().unwrap_or(0);
    i32::try_from(line + answer + more).unwrap_or(i32::MAX / 1000)
}

fn better(one: Meters, other: Meters) -> Meters {
    Meters {
        anger: one.anger.min(other.anger),
        trust: one.trust.max(other.trust),
        patience: one.patience.max(other.patience),
        heard: one.heard.max(other.heard),
        clarity: one.clarity.max(other.clarity),
    }
}

fn worse(one: Meters, other: Meters) -> Meters {
    Meters {
        anger: one.anger.max(other.anger),
        trust: one.trust.min(other.trust),
        patience: one.patience.min(other.patience),
        heard: one.heard.min(other.heard),
        clarity: one.clarity.min(other.clarity),
    }
}
