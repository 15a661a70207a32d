//! Finished attempts as a table for a spreadsheet.

use super::record::passes;
use super::timing::stamp;
use crate::attempt::{Attempt, Played};
use crate::dialogue::{Event, Mode};
use crate::export::csv_row;
use crate::scenario::Scenario;
use crate::scenario::vocabulary::Skill;

/// An attempt that was played back on its scenario.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    pub scenario: &'a Scenario,
    pub attempt: &'a Attempt,
    pub played: &'a Played,
}

const HEADINGS: [&str; 25] = [
    "attempt",
    "player",
    "team",
    "scenario",
    "title",
    "difficulty",
    "language",
    "mode",
    "practice",
    "started",
    "ended",
    "seconds",
    "replies",
    "outcome",
    "passed",
    "score",
    "listening",
    "calm_tone",
    "empathy",
    "needs_assessment",
    "follow_through",
    "needs_met_percent",
    "seed",
    "rules",
    "full_hash",
];

/// The table as RFC 4180 has it: a heading, a row for each attempt, lines that end in CR LF. It begins with a byte order
/// mark, by which spreadsheets know UTF-8. What a spreadsheet would take for a formula gets an apostrophe before it.
///
/// Scores are of 0 to 1000, skills of 0 to 100, as they were played back.
pub fn table<'a>(attempts: impl IntoIterator<Item = Finished<'a>>) -> String {
    let mut table = String::from("\u{FEFF}");
    csv_row(&mut table, HEADINGS);
    for finished in attempts {
        csv_row(&mut table, cells(&finished).each_ref().map(String::as_str));
    }
    table
}

fn cells(finished: &Finished<'_>) -> [String; HEADINGS.len()] {
    let Finished { scenario, attempt, played } = finished;
    let score = &played.score;
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let skill = |skill: Skill| {
        let hundredths = score.skills[skill.index()].score.max(0);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let replies = played.events.iter().filter(|event| matches!(event, Event::Spoke { .. })).count();
    [
        attempt.id.to_string(),
        attempt.player.clone(),
        attempt.team.clone().unwrap_or_default(),
        attempt.scenario.clone(),
        scenario.title.clone(),
        scenario.difficulty.to_string(),
        scenario.language.clone(),
        match attempt.mode {
            Mode::Timed => "timed",
            Mode::Steps => "steps",
        }
        .to_owned(),
        yes_or_no(attempt.practice || attempt.rewound.is_some()),
        stamp(attempt.started),
        attempt.ended.map(stamp).unwrap_or_default(),
        attempt.elapsed_seconds.to_string(),
        replies.to_string(),
        score.outcome.words().to_owned(),
        yes_or_no(passes(score.outcome)),
        score.overall.to_string(),
        skill(Skill::Listening),
        skill(Skill::CalmTone),
        skill(Skill::Empathy),
        skill(Skill::NeedsAssessment),
        skill(Skill::FollowThrough),
        played.run.talk.needs_met(scenario).to_string(),
        // As text, or a spreadsheet rounds it.
        format!("seed {}", attempt.seed),
        attempt.rules.to_string(),
        attempt.full_hash.to_string(),
    ]
}
