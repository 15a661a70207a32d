//! What one attempt says of each item.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::attempt::{Attempt, Played};
use crate::dialogue::{Event, Evidence, Exit, Mode, Source};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::vocabulary::{Outcome, Severity};
use crate::scenario::{Encounter, Scenario};
use crate::scoring::credit;

/// The version of [`Observed`]. Raised when a field changes its meaning; those of another version are made anew from
/// their attempts.
pub const OBSERVED_VERSION: u32 = 1;

/// What one attempt says of the items of its scenario, with no word of who played it.
///
/// An item is a node with its replies. Names are the author's own, which stay when a scenario is edited; the full hash
/// says which wording they stood for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// [`OBSERVED_VERSION`] of the program that made it.
    pub version: u32,
    pub attempt: Uuid,
    /// The scenario's own name.
    pub scenario: String,
    /// In hexadecimal: the very scenario that was played.
    pub full_hash: String,
    pub mode: Mode,
    /// 0 to 1000.
    pub overall: u16,
    /// How the customer was left.
    pub outcome: Outcome,
    /// Every promise had matured.
    pub is_final: bool,
    /// In the order of [`Skill::ALL`](crate::scenario::vocabulary::Skill::ALL).
    pub skills: [SkillSum; 5],
    /// Each time the customer spoke, in the order in which it came about.
    pub visits: Vec<Visit>,
}

/// A skill at the end of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillSum {
    /// Hundredths of a point, 0 to 10000.
    pub score: i32,
    /// The evidence behind it, before violations.
    pub evidence: Of,
}

/// Credit earned, of the credit that was on offer; both in weight × hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "(i32, i32)", into = "(i32, i32)")]
pub struct Of {
    pub earned: i32,
    pub available: i32,
}

/// One turn of the customer's, and what was said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    pub encounter: String,
    pub node: String,
    /// The replies that were on offer, in the author's order. Empty where nothing was said any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<String>,
    /// The one that was spoken. None where the customer had gone before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// What the reply showed, of the best on offer.
    #[serde(default, skip_serializing_if = "Of::is_nothing")]
    pub reply: Of,
    /// How the customer was heard, and how the reply was delivered.
    #[serde(default, skip_serializing_if = "Of::is_nothing")]
    pub conduct: Of,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crash: Option<Crash>,
}

/// How a conversation went wrong for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Crash {
    /// A critical violation: the overall score is capped, and the conversation may have gone on.
    Critical,
    /// It came to an ending at which the author says that the customer is lost or takes it further.
    BadEnding,
    /// The customer's patience ran out, or the turns did.
    Left,
    /// The customer's anger ran over, and they took it further.
    Escalated,
}

impl Of {
    pub const fn new(earned: i32, available: i32) -> Self {
        Self { earned, available }
    }

    /// Whether nothing was on offer.
    pub const fn is_nothing(&self) -> bool {
        self.available == 0
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self::new(self.earned + other.earned, self.available + other.available)
    }

    fn count(&mut self, row: &Evidence) {
        let weight = i32::from(row.weight);
        self.earned += weight * credit(row.quality);
        self.available += weight * credit(row.best.max(row.quality));
    }
}

impl From<(i32, i32)> for Of {
    fn from((earned, available): (i32, i32)) -> Self {
        Self { earned, available }
    }
}

impl From<Of> for (i32, i32) {
    fn from(of: Of) -> Self {
        (of.earned, of.available)
    }
}

impl Observed {
    /// What an attempt says that was played back on the very scenario it was played on.
    ///
    /// None where it is a practice run or was played on from a turn of another, for those are private and never counted,
    /// and where the first call is not over yet.
    pub fn of(scenario: &Scenario, attempt: &Attempt, played: &Played) -> Option<Self> {
        if attempt.practice || attempt.rewound.is_some() || attempt.score.is_none() {
            return None;
        }
        Some(Self {
            version: OBSERVED_VERSION,
            attempt: attempt.id,
            scenario: scenario.slug.clone(),
            full_hash: scenario.hashes.full.to_string(),
            mode: attempt.mode,
            overall: played.score.overall,
            outcome: played.score.outcome,
            is_final: played.score.is_final,
            skills: played
                .score
                .skills
                .map(|skill| SkillSum { score: skill.score, evidence: Of::new(skill.earned, skill.available) }),
            visits: visits(scenario, &played.events),
        })
    }

    /// All credit earned, of all that was on offer.
    pub fn evidence(&self) -> Of {
        self.skills.iter().fold(Of::default(), |sum, skill| sum.plus(skill.evidence))
    }

    /// Whether it went wrong for good anywhere.
    pub fn crashed(&self) -> bool {
        self.visits.iter().any(|visit| visit.crash.is_some())
    }
}

fn visits(scenario: &Scenario, events: &[Event]) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::new();
    let mut encounter = scenario.encounter(EncounterId(0));
    // Rows of the note, of promises and of what was never reached come after the end and belong to no turn.
    let mut talking = false;
    for event in events {
        match *event {
            Event::EncounterBegan(id) => encounter = scenario.encounter(id),
            Event::TurnBegan { node, .. } => {
                talking = true;
                visits.push(Visit::at(encounter, node));
            }
            _ => {
                let Some(visit) = visits.last_mut().filter(|_| talking) else { continue };
                visit.take(encounter, event);
                talking = !matches!(event, Event::Ended { .. });
            }
        }
    }
    visits
}

impl Visit {
    fn at(encounter: &Encounter, node: NodeId) -> Self {
        Self {
            encounter: encounter.name.clone(),
            node: encounter.node(node).name.clone(),
            offered: Vec::new(),
            chosen: None,
            reply: Of::default(),
            conduct: Of::default(),
            crash: None,
        }
    }

    fn take(&mut self, encounter: &Encounter, event: &Event) {
        let name = |reply: ReplyId| encounter.reply(reply).name.clone();
        match *event {
            Event::Spoke { node, reply, offered, .. } => {
                let ids = encounter.node(node).reply_ids().enumerate();
                self.offered = ids.filter(|(place, _)| offered >> place & 1 == 1).map(|(_, id)| name(id)).collect();
                self.chosen = Some(name(reply));
            }
            Event::Evidence(row) => match row.source {
                Source::Reply { .. } => self.reply.count(&row),
                Source::Conduct { .. } => self.conduct.count(&row),
                _ => {}
            },
            Event::Violation(violation) if violation.severity == Severity::Critical => {
                self.crash = self.crash.max(Some(Crash::Critical));
            }
            Event::Ended { exit, .. } => {
                let crash = match exit {
                    Exit::Left => Some(Crash::Left),
                    Exit::Escalated => Some(Crash::Escalated),
                    Exit::Ending(ending) => {
                        matches!(encounter.ending(ending).outcome, Some(Outcome::Lost | Outcome::Escalated))
                            .then_some(Crash::BadEnding)
                    }
                };
                self.crash = self.crash.max(crash);
            }
            _ => {}
        }
    }
}
