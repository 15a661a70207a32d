//! What has become different between two playthroughs, in lines that a person can read.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::Expected;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Skill;

/// How many equal lines are shown around those that differ.
const AROUND: usize = 1;

/// What differs between what was expected and what came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Lines of the conversation and the diary, with one that is the same before and after each change; empty where all
    /// are the same.
    pub lines: Vec<Change>,
    /// What is counted: its name, what was expected, what came.
    pub numbers: Vec<(String, String, String)>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.numbers.is_empty()
    }
}

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The same in both, to show where.
    Same(Line),
    /// Expected, and no longer said.
    Gone(Line),
    /// Said now, and not expected.
    New(Line),
    /// So many lines that are the same were left out.
    Skipped(usize),
}

/// A line of a playthrough.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line {
    /// "Turn 3, stock-for-saturday: Ms Quint", or "Diary".
    pub place: String,
    pub words: String,
}

/// Compares what was expected with what came.
pub fn compare(scenario: &Scenario, expected: &Expected, found: &Expected) -> Difference {
    let (old, new) = (lines(scenario, expected), lines(scenario, found));
    Difference { lines: changes(&old, &new), numbers: numbers(expected, found) }
}

fn lines(scenario: &Scenario, expected: &Expected) -> Vec<Line> {
    let customer = &scenario.customer.name;
    let mut lines = Vec::new();
    for (place, turn) in expected.turns.iter().enumerate() {
        let at = format!("Turn {}, {}", place + 1, turn.node);
        let mut line = |who: &str, words: &str| {
            lines.push(Line { place: format!("{at}, {who}"), words: words.to_owned() });
        };
        line(customer, &turn.heard);
        if let Some(said) = &turn.said {
            let reply = turn.reply.as_deref().unwrap_or_default();
            line(&format!("{} ({reply})", scenario.you), said);
        }
        if let Some(ends) = &turn.ends {
            line("the end", ends);
        }
    }
    lines.extend(expected.diary.iter().map(|result| Line { place: "Diary".to_owned(), words: result.clone() }));
    lines
}

fn changes(old: &[Line], new: &[Line]) -> Vec<Change> {
    let all: Vec<_> = capture_diff_slices(Algorithm::Myers, old, new)
        .iter()
        .flat_map(|operation| operation.iter_changes(old, new))
        .map(|change| (change.tag(), change.value().clone()))
        .collect();
    let differs = |place: usize| all.get(place).is_some_and(|(tag, _)| *tag != ChangeTag::Equal);
    if !(0..all.len()).any(differs) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let mut skipped = 0;
    for (place, (tag, line)) in all.iter().enumerate() {
        let change = match tag {
            ChangeTag::Delete => Change::Gone(line.clone()),
            ChangeTag::Insert => Change::New(line.clone()),
            ChangeTag::Equal if (place.saturating_sub(AROUND)..=place + AROUND).any(differs) => {
                Change::Same(line.clone())
            }
            ChangeTag::Equal => {
                skipped += 1;
                continue;
            }
        };
        if skipped > 0 {
            changes.push(Change::Skipped(std::mem::take(&mut skipped)));
        }
        changes.push(change);
    }
    if skipped > 0 {
        changes.push(Change::Skipped(skipped));
    }
    changes
}

fn numbers(expected: &Expected, found: &Expected) -> Vec<(String, String, String)> {
    let (old, new) = (&expected.score, &found.score);
    let skills = |score: &crate::attempt::ClaimedScore| {
        let skills = score.skills;
        [skills.listening, skills.calm_tone, skills.empathy, skills.needs_assessment, skills.follow_through]
    };
    let points = |hundredths: i32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let mut rows = vec![
        ("Outcome".to_owned(), old.outcome.to_string(), new.outcome.to_string()),
        ("Overall".to_owned(), old.overall.to_string(), new.overall.to_string()),
    ];
    for (skill, (old, new)) in Skill::ALL.iter().zip(skills(old).into_iter().zip(skills(new))) {
        rows.push((skill.words().to_owned(), points(old), points(new)));
    }
    let closed = |is_final: bool| if is_final { "final" } else { "provisional" }.to_owned();
    rows.push(("The score is".to_owned(), closed(old.is_final), closed(new.is_final)));
    rows.retain(|(_, old, new)| old != new);
    rows
}
