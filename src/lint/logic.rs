//! What can be told of conditions without playing: which hold always, which never, and which exclude each other.
//!
//! A condition is tried out on every case that its parts distinguish. Of each part it is known only what the order of
//! the nodes tells: nothing can have been said before the node in which it is said. So "never" and "always" are certain,
//! while of a case that is left open nobody knows here whether a playthrough comes to it.

mod known;
mod site;

use crate::lint::place::Place;
use crate::lint::subject::Subject;
use crate::scenario::id::{FactId, FlagId, NeedId, NodeId, PromiseId, ReplyId, TileId};
use crate::scenario::model::{Condition, Meter};
use crate::scenario::vocabulary::{Act, Outcome};

pub(in crate::lint) use known::can_be_heard;
pub use site::{Owner, Site, sites};

/// Cases after which nothing is claimed any more.
const MOST_CASES: usize = 4_096;

/// Something that conditions ask for, and that can stand one way or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable {
    Meter(Meter),
    Chose(ReplyId),
    Heard(FactId),
    Reached(NodeId),
    Met(NeedId),
    Flag(FlagId),
    /// [`NOT_MADE`] to [`BROKEN`].
    Promise(PromiseId),
    Noted(TileId),
    CutOff,
    /// How often.
    Used(Act),
    /// -1 before the first encounter is over, then the outcome's place in the list.
    Ended,
}

pub(super) const NOT_MADE: i32 = 0;
const OPEN: i32 = 1;
const KEPT: i32 = 2;
const WARNED: i32 = 3;
const BROKEN: i32 = 4;
/// The meters' upper end, in hundredths.
const FULL: i32 = 10_000;

/// A condition, or a part of one, that is decided before anybody plays.
#[derive(Debug, Clone)]
pub struct Constant {
    pub place: Place,
    pub holds: bool,
    /// Why, where it can be said in a few words.
    pub why: Option<String>,
}

/// Every condition that holds always or never. Of one that does, its parts are not told as well.
pub(super) fn constants(subject: &Subject<'_>) -> Vec<Constant> {
    let mut found = Vec::new();
    for site in sites(subject.scenario) {
        // The compromise has a rule of its own.
        if site.owner != Owner::Arms {
            judge(subject, &site, site.when, &|| site.place(subject.scenario), &mut found);
        }
    }
    found
}

fn judge(
    subject: &Subject<'_>,
    site: &Site<'_>,
    condition: &Condition,
    place: &dyn Fn() -> Place,
    found: &mut Vec<Constant>,
) {
    let Some(cases) = Cases::of(subject, site, &[condition]) else { return };
    let (can, can_fail) = (cases.any(|case| case.holds(condition)), cases.any(|case| !case.holds(condition)));
    if can != can_fail {
        let why = known::reason(subject, site, condition, can);
        found.push(Constant { place: place(), holds: can, why });
        return;
    }
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            let variant = if matches!(condition, Condition::All(_)) { "All" } else { "Any" };
            for (index, part) in parts.iter().enumerate() {
                judge(subject, site, part, &|| place().variant(variant).index(index), found);
            }
        }
        Condition::Not(part) => judge(subject, site, part, &|| place().variant("Not"), found),
        _ => {}
    }
}

/// All the cases that some conditions distinguish at their place.
#[derive(Debug)]
pub struct Cases {
    variables: Vec<(Variable, Vec<i32>)>,
}

/// One of them: a value for every variable.
#[derive(Debug)]
pub struct Case<'c> {
    variables: &'c [(Variable, Vec<i32>)],
    values: Vec<i32>,
}

impl Cases {
    /// None where there are too many to look at.
    #[must_use]
    pub fn of(subject: &Subject<'_>, site: &Site<'_>, conditions: &[&Condition]) -> Option<Self> {
        let mut variables = Vec::new();
        for condition in conditions {
            gather(condition, &mut variables);
        }
        let mut product = 1_usize;
        for (variable, values) in &mut variables {
            values.sort_unstable();
            values.dedup();
            known::narrow(subject, site, *variable, values);
            product = product.saturating_mul(values.len());
        }
        (product <= MOST_CASES).then_some(Self { variables })
    }

    /// Whether any case passes a test.
    pub fn any(&self, test: impl Fn(&Case<'_>) -> bool) -> bool {
        let mut places = vec![0; self.variables.len()];
        loop {
            let values = self.variables.iter().zip(&places).map(|((_, values), &place)| values[place]).collect();
            if test(&Case { variables: &self.variables, values }) {
                return true;
            }
            // The next case: as one counts on, a digit for each variable.
            let Some(turn) = (0..places.len()).find(|&place| places[place] + 1 < self.variables[place].1.len()) else {
                return false;
            };
            places[..turn].fill(0);
            places[turn] += 1;
        }
    }
}

impl Case<'_> {
    /// Whether a condition holds in it. Every part of it must have been among the conditions of [`Cases::of`].
    #[must_use]
    pub fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
            Condition::Meter(meter, from, below) => (*from..*below).contains(&self.value(Variable::Meter(*meter))),
            Condition::Promised(promise) => self.value(Variable::Promise(*promise)) != NOT_MADE,
            Condition::Kept(promise) => self.value(Variable::Promise(*promise)) == KEPT,
            Condition::Warned(promise) => self.value(Variable::Promise(*promise)) == WARNED,
            Condition::Broken(promise) => self.value(Variable::Promise(*promise)) == BROKEN,
            Condition::Used(act, times) => self.value(Variable::Used(*act)) >= i32::from(*times),
            Condition::Ended(outcome) => self.value(Variable::Ended) >= place_of(*outcome),
            Condition::Chose(reply) => self.value(Variable::Chose(*reply)) == 1,
            Condition::Heard(fact) => self.value(Variable::Heard(*fact)) == 1,
            Condition::Reached(node) => self.value(Variable::Reached(*node)) == 1,
            Condition::Met(need) => self.value(Variable::Met(*need)) == 1,
            Condition::Flag(flag) => self.value(Variable::Flag(*flag)) == 1,
            Condition::Noted(_, tile) => self.value(Variable::Noted(*tile)) == 1,
            Condition::CutOff => self.value(Variable::CutOff) == 1,
        }
    }

    fn value(&self, variable: Variable) -> i32 {
        let place = self.variables.iter().position(|(known, _)| *known == variable);
        place.map_or(0, |place| self.values[place])
    }
}

/// The variables of a condition, and for each one value of every kind that it tells apart.
fn gather(condition: &Condition, variables: &mut Vec<(Variable, Vec<i32>)>) {
    let mut add = |variable: Variable, values: &[i32]| match variables.iter_mut().find(|(known, _)| *known == variable)
    {
        Some((_, known)) => known.extend(values),
        None => variables.push((variable, values.to_vec())),
    };
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                gather(part, variables);
            }
        }
        Condition::Not(part) => gather(part, variables),
        Condition::Meter(meter, from, below) => {
            // A bound begins a stretch of its own; so does the lower end.
            let bounds = [*from, *below].into_iter().filter(|bound| (1..=FULL).contains(bound));
            let values: Vec<_> = std::iter::once(0).chain(bounds).collect();
            add(Variable::Meter(*meter), &values);
        }
        Condition::Promised(promise)
        | Condition::Kept(promise)
        | Condition::Warned(promise)
        | Condition::Broken(promise) => add(Variable::Promise(*promise), &[NOT_MADE, OPEN, KEPT, WARNED, BROKEN]),
        Condition::Used(act, times) => add(Variable::Used(*act), &[0, i32::from(*times)]),
        Condition::Ended(_) => {
            let values: Vec<_> = std::iter::once(-1).chain(Outcome::ALL.iter().copied().map(place_of)).collect();
            add(Variable::Ended, &values);
        }
        Condition::Chose(reply) => add(Variable::Chose(*reply), &[0, 1]),
        Condition::Heard(fact) => add(Variable::Heard(*fact), &[0, 1]),
        Condition::Reached(node) => add(Variable::Reached(*node), &[0, 1]),
        Condition::Met(need) => add(Variable::Met(*need), &[0, 1]),
        Condition::Flag(flag) => add(Variable::Flag(*flag), &[0, 1]),
        Condition::Noted(_, tile) => add(Variable::Noted(*tile), &[0, 1]),
        Condition::CutOff => add(Variable::CutOff, &[0, 1]),
    }
}

fn place_of(outcome: Outcome) -> i32 {
    i32::try_from(outcome.index()).unwrap_or(i32::MAX)
}
