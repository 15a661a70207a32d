//! The two turns that mattered most.

use super::words::points;
use super::{Debrief, Row, TurningPoint, ViolationLine};
use crate::scenario::vocabulary::capitalised;

/// What a turn did, by which it is compared with the others.
struct Weighed {
    index: usize,
    /// Points by which anger fell, and trust and being heard rose.
    warmth: i32,
    /// Points by which anger rose and trust fell, as they are told beside the quote.
    chill: i32,
    /// Weight × hundredths of credit.
    earned: i32,
    available: i32,
    /// Hundredths of a point that violations in it took.
    cost: i32,
}

impl Weighed {
    /// A point of the meters counts as much as a tenth of a row of weight 1 that was shown in full.
    fn gain(&self) -> i32 {
        self.warmth + self.earned / 10
    }

    fn loss(&self) -> i32 {
        (self.available - self.earned) / 10 + self.cost / 50 - self.warmth
    }
}

/// The turn that helped most, and the one at which it turned.
///
/// Helped: the customer was warmer after it, anger and trust taken together were no worse, most of its evidence was shown and nothing was violated. Turned: it broke a
/// rule, or less than half of its evidence was shown, or something was left out and the customer was colder after it. A
/// turn that showed all there was to show is never where it turned, however the customer felt about it.
pub(super) fn turning_points(debrief: &Debrief) -> (Option<TurningPoint>, Option<TurningPoint>) {
    let weighed: Vec<Weighed> = (0..debrief.turns.len())
        .filter(|&index| debrief.turns[index].reply.is_some())
        .map(|index| weigh(debrief, index))
        .collect();
    let first = |weighed: &Weighed| std::cmp::Reverse(weighed.index);
    let helped = weighed
        .iter()
        .filter(|turn| {
            turn.warmth > 0 && turn.chill <= 0 && turn.cost == 0 && turn.earned > 0 && turn.earned * 2 >= turn.available
        })
        .max_by_key(|turn| (turn.gain(), first(turn)))
        .map(|turn| turning_point(debrief, turn.index, Side::Helped));
    let turned = weighed
        .iter()
        .filter(|turn| {
            turn.cost > 0 || turn.earned * 2 < turn.available || turn.warmth < 0 && turn.earned < turn.available
        })
        .max_by_key(|turn| (turn.loss(), first(turn)))
        .filter(|turn| helped.as_ref().is_none_or(|helped| helped.index != turn.index))
        .map(|turn| turning_point(debrief, turn.index, Side::Turned));
    (helped, turned)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Helped,
    Turned,
}

fn weigh(debrief: &Debrief, index: usize) -> Weighed {
    let turn = &debrief.turns[index];
    let chill = (turn.after[0] - turn.before[0]) + (turn.before[1] - turn.after[1]);
    let warmth = turn.after[3] - turn.before[3] - chill;
    let (earned, available) =
        rows(debrief, index).fold((0, 0), |(earned, available), row| (earned + row.earned, available + row.available));
    let cost = violations(debrief, index).map(|line| line.cost).sum();
    Weighed { index, warmth, chill, earned, available, cost }
}

fn rows(debrief: &Debrief, index: usize) -> impl Iterator<Item = &Row> {
    debrief.skills.iter().flat_map(|skill| &skill.rows).filter(move |row| row.at == Some(index))
}

fn violations(debrief: &Debrief, index: usize) -> impl Iterator<Item = &ViolationLine> {
    debrief.skills.iter().flat_map(|skill| &skill.violations).filter(move |line| line.at == Some(index))
}

fn turning_point(debrief: &Debrief, index: usize, side: Side) -> TurningPoint {
    let turn = &debrief.turns[index];
    let reply = turn.reply.as_ref();
    let weight = |row: &&Row| match side {
        Side::Helped => row.earned,
        Side::Turned => row.available - row.earned,
    };
    // Of equals, the one that the author put first.
    let mut rows: Vec<&Row> = rows(debrief, index).filter(|row| weight(row) > 0).collect();
    rows.sort_by_key(|row| row.order);
    let row = rows
        .into_iter()
        .first_max(weight)
        .map(|row| format!("{}, {} of {}", capitalised(row.words()), points(row.earned), points(row.available)));
    TurningPoint {
        index,
        encounter: turn.encounter,
        turn: turn.turn,
        quote: reply.map(|reply| reply.text.clone()).unwrap_or_default(),
        hears: reply.map(|reply| reply.hears.clone()).unwrap_or_default(),
        why: reply.map(|reply| reply.why.clone()).unwrap_or_default(),
        better: reply.and_then(|reply| reply.better.clone()),
        row,
        violation: violations(debrief, index).first_max(|line| line.cost).map(|line| line.words.clone()),
        anger: (turn.before[0], turn.after[0]),
        trust: (turn.before[1], turn.after[1]),
    }
}

/// The largest of an iterator, the *first* of equals: `max_by_key` gives the last.
trait FirstMax: Iterator + Sized {
    fn first_max(self, key: impl Fn(&Self::Item) -> i32) -> Option<Self::Item> {
        self.reduce(|best, next| if key(&next) > key(&best) { next } else { best })
    }
}

impl<I: Iterator> FirstMax for I {}
