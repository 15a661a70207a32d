//! A state that stands for many.

use crate::dialogue::Meters;
use crate::explore::solve::turns::conditions;
use crate::scenario::Scenario;
use crate::scenario::format::current::Mood;
use crate::scenario::id::{FactId, FlagId, NeedId, NodeId, PromiseId, ReplyId, TileId};
use crate::scenario::model::{Condition, Meter};
use crate::scenario::vocabulary::{Act, Fulfilment, Outcome};

/// It can be false.
pub(super) const FALSE: u8 = 1;
/// It can be true.
pub(super) const TRUE: u8 = 2;
/// For a fact: the answer that is being given can be without it, or can bring it to light.
pub(super) const QUIET: u8 = 16;
pub(super) const PENDING: u8 = 32;
/// For a promise.
pub(super) const NOT_MADE: u8 = 1;
pub(super) const OPEN: u8 = 2;
/// Uses of an act are counted up to here.
pub(super) const MOST_USES: u8 = 7;

/// Something that a condition asks about, besides meters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    Chose(ReplyId),
    Heard(FactId),
    Reached(NodeId),
    Met(NeedId),
    Flag(FlagId),
    Promise(PromiseId),
    Noted(TileId),
    Used(Act),
    Ended,
    CutOff,
}

/// Everything that the conditions of a scenario ask about.
#[derive(Debug, Clone)]
pub(super) struct Atoms {
    pub(super) list: Vec<Atom>,
    /// The acts whose uses change what they do, and the place of their count in [`Abstract::worn`].
    pub(super) wearing: Vec<Act>,
}

/// What is known of a run: for each atom what it can be, and between which bounds each meter lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Abstract {
    /// By atom, a set of values as bits.
    pub(super) key: Vec<u8>,
    /// By wearing act, the counts of uses that are possible, as bits.
    pub(super) worn: Vec<u8>,
    /// The least of each meter, in hundredths, by [`place`].
    pub(super) low: [i32; 5],
    pub(super) high: [i32; 5],
    /// It stands for all states of its node.
    pub(super) is_joined: bool,
}

pub(super) const ANGER: usize = 0;
pub(super) const TRUST: usize = 1;
pub(super) const PATIENCE: usize = 2;
pub(super) const HEARD: usize = 3;
pub(super) const CLARITY: usize = 4;

const fn place(meter: Meter) -> usize {
    match meter {
        Meter::Anger => ANGER,
        Meter::Trust => TRUST,
        Meter::Patience => PATIENCE,
        Meter::FeelsHeard => HEARD,
        Meter::Clarity => CLARITY,
    }
}

pub(super) fn fulfilment_bit(fulfilment: Fulfilment) -> u8 {
    1 << (2 + fulfilment.index())
}

pub(super) fn outcome_bit(outcome: Outcome) -> u8 {
    1 << (1 + outcome.index())
}

impl Atoms {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let mut list: Vec<Atom> = Vec::new();
        let mut add = |atom: Atom| {
            if !list.contains(&atom) {
                list.push(atom);
            }
        };
        for condition in conditions(scenario) {
            collect(condition, &mut add);
        }
        for fact in scenario.encounters.iter().flat_map(|encounter| &encounter.note).filter_map(|tile| tile.fact) {
            add(Atom::Heard(fact));
        }
        let wearing = vec![Act::Validate, Act::NameImpact, Act::BareApology, Act::OwningApology, Act::OverPromise];
        Self { list, wearing }
    }

    /// By atom: whether anything asks about it once the call of this encounter is over.
    pub(super) fn asked_after(&self, scenario: &Scenario, encounter: usize) -> Vec<bool> {
        let mut asked = Vec::new();
        let mut add = |atom: Atom| asked.push(atom);
        if encounter + 1 < scenario.encounters.len() {
            return vec![true; self.list.len()];
        }
        let encounter = &scenario.encounters[encounter];
        for tile in &encounter.note {
            tile.fact.into_iter().for_each(|fact| add(Atom::Heard(fact)));
            tile.when.iter().for_each(|when| collect(when, &mut add));
        }
        for event in &encounter.diary {
            let choices = event.choices.iter().filter_map(|choice| choice.when.as_ref());
            event.when.iter().chain(choices).for_each(|when| collect(when, &mut add));
        }
        self.list.iter().map(|atom| asked.contains(atom)).collect()
    }

    pub(super) fn find(&self, atom: Atom) -> Option<usize> {
        self.list.iter().position(|one| *one == atom)
    }

    /// The beginning of the first encounter.
    pub(super) fn start(&self, mood: Mood) -> Abstract {
        let mut state = Abstract {
            key: vec![0; self.list.len()],
            worn: vec![1; self.wearing.len()],
            low: [0; 5],
            high: [0; 5],
            is_joined: false,
        };
        for (value, atom) in state.key.iter_mut().zip(&self.list) {
            *value = match atom {
                Atom::Heard(_) => FALSE | QUIET,
                Atom::Promise(_) => NOT_MADE,
                _ => FALSE,
            };
        }
        state.set_mood(mood);
        state
    }

    /// What begins anew with each encounter.
    pub(super) fn begin_encounter(&self, state: &mut Abstract) {
        for (value, atom) in state.key.iter_mut().zip(&self.list) {
            match atom {
                Atom::Chose(_) | Atom::Reached(_) | Atom::Used(_) | Atom::CutOff => *value = FALSE,
                _ => {}
            }
        }
        state.worn.fill(1);
        state.is_joined = false;
    }

    pub(super) fn put(&self, state: &mut Abstract, atom: Atom, value: u8) {
        if let Some(place) = self.find(atom) {
            state.key[place] = value;
        }
    }

    /// A fact has come to light, or may have.
    pub(super) fn hear(&self, state: &mut Abstract, fact: FactId, surely: bool) {
        if let Some(place) = self.find(Atom::Heard(fact)) {
            let value = &mut state.key[place];
            *value = if surely { *value & !FALSE | TRUE } else { *value | TRUE };
        }
    }

    /// The states of `state` in which the condition holds, or in which it does not; none where there are none. What
    /// cannot be told apart stays.
    pub(super) fn assume(&self, when: &Condition, side: bool, state: &Abstract) -> Option<Abstract> {
        match (when, side) {
            (Condition::Not(part), side) => self.assume(part, !side, state),
            (Condition::All(parts), true) => self.all(parts, true, state),
            (Condition::Any(parts), false) => self.all(parts, false, state),
            (Condition::All(parts), false) => self.any(parts, false, state),
            (Condition::Any(parts), true) => self.any(parts, true, state),
            (Condition::Meter(meter, from, below), side) => state.meter(place(*meter), *from, *below, side),
            (Condition::Used(act, times), side) => self.used(*act, *times, side, state),
            (part, side) => {
                let (atom, holds) = simple(part)?;
                let place = self.find(atom)?;
                let value = state.key[place];
                let mine = value & 0x7f & if matches!(atom, Atom::Heard(_)) { FALSE | TRUE } else { 0x7f };
                let wanted = mine & if side { holds } else { !holds };
                if wanted == 0 {
                    return None;
                }
                let mut state = state.clone();
                state.key[place] = value & !mine | wanted;
                Some(state)
            }
        }
    }

    fn all(&self, parts: &[Condition], side: bool, state: &Abstract) -> Option<Abstract> {
        parts.iter().try_fold(state.clone(), |state, part| self.assume(part, side, &state))
    }

    fn any(&self, parts: &[Condition], side: bool, state: &Abstract) -> Option<Abstract> {
        let ways = parts.iter().filter_map(|part| self.assume(part, side, state));
        ways.reduce(|mut one, other| {
            one.widen(&other);
            one
        })
    }

    fn used(&self, act: Act, times: u8, side: bool, state: &Abstract) -> Option<Abstract> {
        let place = self.find(Atom::Used(act))?;
        let counts = (0..=MOST_USES).filter(|count| {
            // The last stands for itself and more.
            let enough = *count >= times;
            if *count == MOST_USES && times > MOST_USES { true } else { enough == side }
        });
        let wanted = state.key[place] & counts.fold(0, |bits, count| bits | 1_u8 << count);
        (wanted != 0).then(|| {
            let mut state = state.clone();
            state.key[place] = wanted;
            state
        })
    }
}

/// What a simple condition asks about, and the values with which it holds.
fn simple(when: &Condition) -> Option<(Atom, u8)> {
    Some(match when {
        Condition::Chose(reply) => (Atom::Chose(*reply), TRUE),
        Condition::Heard(fact) => (Atom::Heard(*fact), TRUE),
        Condition::Reached(node) => (Atom::Reached(*node), TRUE),
        Condition::Met(need) => (Atom::Met(*need), TRUE),
        Condition::Flag(flag) => (Atom::Flag(*flag), TRUE),
        Condition::Noted(_, tile) => (Atom::Noted(*tile), TRUE),
        Condition::CutOff => (Atom::CutOff, TRUE),
        Condition::Promised(promise) => (Atom::Promise(*promise), !NOT_MADE),
        Condition::Kept(promise) => {
            let kept = fulfilment_bit(Fulfilment::Kept) | fulfilment_bit(Fulfilment::Exceeded);
            (Atom::Promise(*promise), kept)
        }
        Condition::Warned(promise) => (Atom::Promise(*promise), fulfilment_bit(Fulfilment::LateWarned)),
        Condition::Broken(promise) => {
            let broken = fulfilment_bit(Fulfilment::Broken) | fulfilment_bit(Fulfilment::Late);
            (Atom::Promise(*promise), broken)
        }
        Condition::Ended(least) => {
            let enough = Outcome::ALL.iter().filter(|outcome| *outcome >= least);
            (Atom::Ended, enough.fold(0, |bits, outcome| bits | outcome_bit(*outcome)))
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Meter(..) | Condition::Used(..) => {
            return None;
        }
    })
}

fn collect(when: &Condition, add: &mut impl FnMut(Atom)) {
    match when {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(part, add)),
        Condition::Not(part) => collect(part, add),
        Condition::Meter(..) => {}
        Condition::Chose(reply) => add(Atom::Chose(*reply)),
        Condition::Heard(fact) => add(Atom::Heard(*fact)),
        Condition::Reached(node) => add(Atom::Reached(*node)),
        Condition::Met(need) => add(Atom::Met(*need)),
        Condition::Flag(flag) => add(Atom::Flag(*flag)),
        Condition::Promised(promise)
        | Condition::Kept(promise)
        | Condition::Warned(promise)
        | Condition::Broken(promise) => add(Atom::Promise(*promise)),
        Condition::Noted(_, tile) => add(Atom::Noted(*tile)),
        Condition::CutOff => add(Atom::CutOff),
        Condition::Used(act, _) => add(Atom::Used(*act)),
        Condition::Ended(_) => add(Atom::Ended),
    }
}

impl Abstract {
    pub(super) fn set_mood(&mut self, mood: Mood) {
        let meters = Meters::of(&mood);
        self.low = [meters.anger, meters.trust, meters.patience, meters.heard, meters.clarity];
        self.high = self.low;
    }

    /// Takes in what another state can be, and says whether that is more.
    pub(super) fn widen(&mut self, other: &Self) -> bool {
        let before = self.clone();
        for (mine, theirs) in self.key.iter_mut().zip(&other.key).chain(self.worn.iter_mut().zip(&other.worn)) {
            *mine |= theirs;
        }
        for meter in 0..5 {
            self.low[meter] = self.low[meter].min(other.low[meter]);
            self.high[meter] = self.high[meter].max(other.high[meter]);
        }
        *self != before
    }

    pub(super) fn forget_meters(&mut self) {
        self.low = [0; 5];
        self.high = [10_000; 5];
    }

    fn meter(&self, meter: usize, from: i32, below: i32, side: bool) -> Option<Self> {
        let (low, high) = (self.low[meter], self.high[meter]);
        let (low, high) = match (side, low >= from, high < below) {
            (true, ..) => (low.max(from), high.min(below - 1)),
            (false, true, true) => return None,
            (false, true, false) => (low.max(below), high),
            (false, false, true) => (low, high.min(from - 1)),
            (false, false, false) => (low, high),
        };
        (low <= high).then(|| {
            let mut state = self.clone();
            (state.low[meter], state.high[meter]) = (low, high);
            state
        })
    }

    /// The corner at which everything later is best, and the one at which it is worst.
    pub(super) const fn corners(&self) -> [Meters; 2] {
        [corner_of(self.low[ANGER], &self.high), corner_of(self.high[ANGER], &self.low)]
    }

    /// As the corners say.
    pub(super) fn set_corners(&mut self, best: &Meters, worst: &Meters) {
        self.low = [best.anger, worst.trust, worst.patience, worst.heard, worst.clarity];
        self.high = [worst.anger, best.trust, best.patience, best.heard, best.clarity];
    }

    /// Moves a meter by amounts that may come in any order, each kept within bounds as it comes: up by `rises.0` at
    /// least and `rises.1` at most, down likewise.
    pub(super) fn shift(&mut self, meter: usize, rises: (i32, i32), falls: (i32, i32)) {
        let keep = |value: i32| value.clamp(0, 10_000);
        // The least comes of rising first and being cut at the top, the most of falling first.
        self.low[meter] = keep(keep(self.low[meter] + rises.0) - falls.1);
        self.high[meter] = keep(keep(self.high[meter] - falls.0) + rises.1);
    }
}

const fn corner_of(anger: i32, rest: &[i32; 5]) -> Meters {
    Meters { anger, trust: rest[TRUST], patience: rest[PATIENCE], heard: rest[HEARD], clarity: rest[CLARITY] }
}
