//! The rows behind the numbers, in words.

use std::fmt::Write as _;

use super::data::{RowLine, SkillRows, TurnRows, ViolationRow};
use crate::desktop::screens::text::{few_words, quoted, tenths, whole};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Upset;
use crate::scoring::{Debrief, Move, Row, TurnLine, ViolationLine, points};

pub(super) fn skill_rows(debrief: &Debrief, index: usize) -> SkillRows {
    let line = &debrief.skills[index];
    let score = &debrief.score.skills[index];
    let mut sum = if score.available == 0 {
        "Nothing in this run asked for it.".to_owned()
    } else {
        format!("{} of {} shown, which is {}.", points(score.earned), points(score.available), tenths(score.base))
    };
    if score.violations > 0 {
        let _ = write!(sum, " Violations took {}.", points(score.violations));
    }
    if score.score < (score.base - score.violations).clamp(0, 10_000) {
        let _ = write!(sum, " Held at {} by the raised voice.", points(score.score));
    }
    SkillRows {
        skill: line.skill,
        title: format!("{}, {}", line.skill.words(), whole(score.score)),
        sum,
        rows: line.rows.iter().map(row_line).collect(),
        violations: line.violations.iter().map(violation_row).collect(),
    }
}

fn row_line(row: &Row) -> RowLine {
    let quote = row.quote.as_deref().map(|quote| quoted(&few_words(quote)));
    RowLine {
        place: row.place.clone(),
        indicator: row.words(),
        credit: format!("{} of {}", points(row.earned), points(row.available)),
        full: row.earned == row.available,
        detail: quote.or_else(|| row.manner.clone()),
    }
}

fn violation_row(line: &ViolationLine) -> ViolationRow {
    let cost = points(line.cost);
    ViolationRow {
        place: line.place.clone(),
        words: line.words.clone(),
        cost: if line.repaired {
            format!("\u{2212}{cost}: half of it was mended in the next turn")
        } else {
            format!("\u{2212}{cost}")
        },
        quote: line.quote.as_deref().map(|quote| quoted(&few_words(quote))),
    }
}

pub(super) fn turn_rows(scenario: &Scenario, turn: &TurnLine) -> TurnRows {
    let several = scenario.encounters.len() > 1;
    let title = format!("Turn {}", turn.turn);
    TurnRows {
        encounter: turn.encounter,
        turn: turn.turn,
        title: if several {
            format!("{}, {}", scenario.encounters[usize::from(turn.encounter)].title, title.to_lowercase())
        } else {
            title
        },
        heard: quoted(&turn.heard_and_objected()),
        said: turn.reply.as_ref().map(|reply| {
            let early = if reply.too_early { " It came too early to count as a compromise." } else { "" };
            format!("{}{early}", quoted(&reply.text))
        }),
        last: turn.last_words.as_deref().map(quoted).into_iter().chain(turn.ending.clone()).collect(),
        moves: turn
            .moves
            .iter()
            .map(|step| move_words(scenario.customer.upset, step))
            .filter(|words| !words.is_empty())
            .collect(),
    }
}

/// The five meters, by their names on the page.
pub(super) fn meter_names(upset: Upset) -> [&'static str; 5] {
    [upset.words(), "trust", "patience", "heard", "clarity"]
}

fn move_words(upset: Upset, step: &Move) -> String {
    let parts: Vec<String> = meter_names(upset)
        .iter()
        .zip(step.by)
        .filter(|(_, by)| *by != 0)
        .map(|(name, by)| {
            let sign = if by < 0 { "\u{2212}" } else { "+" };
            format!("{name} {sign}{}", tenths(by.abs()))
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!("{}: {}", step.words, parts.join(", ")) }
}
