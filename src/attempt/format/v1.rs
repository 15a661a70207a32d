//! Attempt files, version 1. The spelling of the inputs ([`WrittenInput`]) belongs to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::attempt::inputs::{WrittenInput, bounded};
use crate::dialogue::Mode;
use crate::scenario::model::Hash;
use crate::scenario::vocabulary::{Outcome, Skill};
use crate::scoring::Score;

/// One run of one scenario by one person, finished or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// A UUID of version 7: attempts sort by when they began.
    pub id: Uuid,
    /// The scenario's own name.
    pub scenario: String,
    /// Of all that a player can see or that scores.
    #[serde(with = "hexadecimal")]
    pub full_hash: Hash,
    /// Without the wording.
    #[serde(with = "hexadecimal")]
    pub structure_hash: Hash,
    /// [`RULES_VERSION`](crate::attempt::RULES_VERSION) of the program that played it.
    pub rules: u32,
    /// The version of that program, for people.
    pub program: String,
    pub seed: u64,
    pub mode: Mode,
    /// A language tag.
    pub language: String,
    /// A pseudonym.
    pub player: String,
    #[serde(default)]
    pub team: Option<String>,
    /// Wall time, in whole seconds.
    pub started: Timestamp,
    /// When the last promise matured; none while the run goes on.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// Seconds of wall time spent on it, pauses and the time between sittings left out.
    pub elapsed_seconds: u32,
    pub practice: bool,
    /// The leave of a team service under which it is played, with the seed that came with it; none for a run of one's
    /// own. It scores nothing: the service looks at it before it ranks the run.
    #[serde(default)]
    pub start: Option<Uuid>,
    /// Where it was taken up from, if it is another attempt played on from one of its turns.
    #[serde(default)]
    pub rewound: Option<Rewound>,
    /// What the trainee set out to do.
    #[serde(default)]
    pub intention: Option<String>,
    /// The score that the player saw last; none before the first call is over.
    #[serde(default)]
    pub score: Option<ClaimedScore>,
    #[serde(deserialize_with = "bounded")]
    pub inputs: Vec<WrittenInput>,
}

/// The attempt and the turn that a rewound one goes on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rewound {
    pub attempt: Uuid,
    /// The first is 0.
    pub encounter: u16,
    /// The first of the encounter is 1.
    pub turn: u8,
}

/// A score as it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimedScore {
    /// 0 to 1000.
    pub overall: u16,
    pub skills: SkillHundredths,
    pub outcome: Outcome,
    /// Every promise had matured.
    pub is_final: bool,
}

/// The five skills in hundredths of a point, 0 to 10000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillHundredths {
    pub listening: i32,
    pub calm_tone: i32,
    pub empathy: i32,
    pub needs_assessment: i32,
    pub follow_through: i32,
}

impl From<&Score> for ClaimedScore {
    fn from(score: &Score) -> Self {
        let skill = |skill: Skill| score.skills[skill.index()].score;
        Self {
            overall: score.overall,
            skills: SkillHundredths {
                listening: skill(Skill::Listening),
                calm_tone: skill(Skill::CalmTone),
                empathy: skill(Skill::Empathy),
                needs_assessment: skill(Skill::NeedsAssessment),
                follow_through: skill(Skill::FollowThrough),
            },
            outcome: score.outcome,
            is_final: score.is_final,
        }
    }
}

mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::scenario::model::Hash;

    pub(super) fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
