//! One attempt as statements.

use serde_json::{Number, Value, json};
use uuid::Uuid;

use super::statement::{
    Account, Activity, Actor, ChoiceComponent, Context, ContextActivities, Definition, Extensions, LanguageMap,
    Outcome, Score, Statement, Verb,
};
use super::timing::Timing;
use crate::attempt::{self, Attempt, Played};
use crate::dialogue::{Event, Mode};
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::language::is_tag;
use crate::scenario::vocabulary::{Outcome as Ending, Pace, Skill, Volume};
use crate::scenario::{Encounter, Scenario};

/// What all of Simmer's own IRIs begin with. They are names and no addresses: `.invalid` is kept free for good (RFC
/// 6761), so that nobody else can come to own them.
pub const IRI: &str = "https://simmer.invalid/xapi";
/// The system that opaque names belong to, unless an administrator names another.
pub const HOME_PAGE: &str = "https://simmer.invalid/";

const VERBS: &str = "http://adlnet.gov/expapi/verbs";
const SIMULATION: &str = "http://adlnet.gov/expapi/activities/simulation";
const INTERACTION: &str = "http://adlnet.gov/expapi/activities/cmi.interaction";
/// A text in no language that is known (RFC 5646).
const UNDETERMINED: &str = "und";
/// The overall score's highest.
const MOST: u16 = 1000;

/// Whether a customer left so is a pass.
pub const fn passes(outcome: Ending) -> bool {
    match outcome {
        Ending::RightlyEscalated | Ending::Satisfied | Ending::Advocate => true,
        Ending::Escalated | Ending::Lost | Ending::Pacified => false,
    }
}

/// Whether an attempt is recorded unasked: it is finished, and neither practice nor rewound.
pub fn counts(attempt: &Attempt) -> bool {
    attempt.ended.is_some() && !attempt.practice && attempt.rewound.is_none()
}

/// The statements of an attempt, or in a sentence why there are none. What the file claims counts for nothing: the attempt
/// is played back, and has to hold.
///
/// `scenario` is the one that it was played on, to the letter, where that is at hand.
pub fn record(scenario: Option<&Scenario>, attempt: &Attempt, account: &Account) -> Result<Vec<Statement>, String> {
    let scenario = scenario.ok_or_else(|| {
        format!(
            "The scenario that it was played on, \u{201c}{}\u{201d}, is not here in the words in which it was played.",
            attempt.scenario
        )
    })?;
    let replay = attempt::replay(scenario, attempt);
    match replay.played {
        Some(played) if replay.verdict.holds() => Ok(statements(scenario, attempt, &played, account)),
        _ => Err(replay.verdict.words()),
    }
}

/// The record of an attempt that was played back on its scenario, in the order in which it happened: `initialized`, an
/// `answered` for every reply, and once every promise has matured `passed` or `failed`, `completed` and `terminated`.
///
/// Practice and rewound attempts are marked as such in the context; whether they go anywhere is for the caller to say.
pub fn statements(scenario: &Scenario, attempt: &Attempt, played: &Played, account: &Account) -> Vec<Statement> {
    let record = Record { scenario, attempt, account, timing: Timing::of(attempt), tag: tag(&scenario.language) };
    let mut statements =
        vec![record.statement("initialized", "initialized", record.scenario(), None, record.timing.start())];
    statements.extend(record.answers(&played.events));
    if played.score.is_final {
        statements.extend(record.end(played));
    }
    statements
}

/// What every statement of an attempt has in common.
struct Record<'a> {
    scenario: &'a Scenario,
    attempt: &'a Attempt,
    account: &'a Account,
    timing: Timing,
    /// Of the scenario's texts.
    tag: String,
}

/// A reply as it was spoken.
struct Spoken {
    number: usize,
    encounter: EncounterId,
    turn: u8,
    node: NodeId,
    reply: ReplyId,
    pace: Pace,
    volume: Volume,
    offered: u16,
}

impl Record<'_> {
    fn answers(&self, events: &[Event]) -> Vec<Statement> {
        let mut encounter = EncounterId(0);
        let mut answers: Vec<Statement> = Vec::new();
        for event in events {
            match *event {
                Event::EncounterBegan(began) => encounter = began,
                Event::Spoke { turn, node, reply, pace, volume, offered } => {
                    let number = answers.len();
                    answers.push(self.answer(&Spoken { number, encounter, turn, node, reply, pace, volume, offered }));
                }
                _ => {}
            }
        }
        answers
    }

    fn answer(&self, spoken: &Spoken) -> Statement {
        let encounter = self.scenario.encounter(spoken.encounter);
        let (node, reply) = (encounter.node(spoken.node), encounter.reply(spoken.reply));
        let id = format!("{}/{}/{}", scenario_iri(&self.scenario.slug), encounter.name, node.name);
        let said = node.lines.last().and_then(|line| line.variants.first());
        let said = said.map(crate::scenario::model::Speech::plain).unwrap_or_default();
        let definition = Definition {
            name: self.text(&format!("{}: {}", self.scenario.title, node.name)),
            description: if said.is_empty() { LanguageMap::new() } else { self.text(&said) },
            kind: INTERACTION.to_owned(),
            interaction_type: Some("choice"),
            choices: self.choices(encounter, spoken.node),
        };
        let result = Outcome {
            response: Some(reply.name.clone()),
            duration: self.timing.reply_took(spoken.number),
            extensions: Extensions::from([
                (extension("pace"), json!(spoken.pace.name())),
                (extension("volume"), json!(spoken.volume.name())),
            ]),
            ..Outcome::default()
        };
        let event = format!("answered {}", spoken.number);
        let at = self.timing.of_reply(spoken.number);
        let mut statement = self.statement("answered", &event, activity(id, definition), Some(result), at);
        let context = &mut statement.context;
        context.context_activities.parent = vec![self.scenario()];
        let offered = encounter.replies_of(spoken.node).enumerate();
        let offered = offered.filter(|(place, _)| spoken.offered & (1 << place) != 0);
        let offered: Vec<&str> = offered.map(|(_, (_, reply))| reply.name.as_str()).collect();
        context.extensions.insert(extension("offered"), json!(offered));
        context.extensions.insert(extension("turn"), json!(spoken.turn));
        statement
    }

    /// All replies of the node, in the author's order, whichever were on offer: the definition of an activity is the same
    /// each time.
    fn choices(&self, encounter: &Encounter, node: NodeId) -> Vec<ChoiceComponent> {
        let choice = |(_, reply): (ReplyId, &crate::scenario::Reply)| ChoiceComponent {
            id: reply.name.clone(),
            description: self.text(&reply.text),
        };
        encounter.replies_of(node).map(choice).collect()
    }

    fn end(&self, played: &Played) -> [Statement; 3] {
        let score = &played.score;
        let passed = passes(score.outcome);
        let skills = Skill::ALL.iter().map(|skill| {
            let hundredths = score.skills[skill.index()].score;
            (skill.name().to_owned(), Value::Number(decimal(u64::try_from(hundredths).unwrap_or(0), 2)))
        });
        let scored = Outcome {
            score: Some(Score {
                scaled: decimal(u64::from(score.overall.min(MOST)), 3),
                raw: score.overall.min(MOST).into(),
                min: 0.into(),
                max: MOST.into(),
            }),
            success: Some(passed),
            duration: Some(self.timing.total()),
            extensions: Extensions::from([
                (extension("outcome"), json!(score.outcome.name())),
                (extension("skills"), Value::Object(skills.collect())),
            ]),
            ..Outcome::default()
        };
        let completed = Outcome { completion: Some(true), duration: Some(self.timing.total()), ..Outcome::default() };
        let terminated = Outcome { duration: Some(self.timing.total()), ..Outcome::default() };
        let verb = if passed { "passed" } else { "failed" };
        [(verb, "scored", scored), ("completed", "completed", completed), ("terminated", "terminated", terminated)]
            .map(|(verb, event, result)| self.statement(verb, event, self.scenario(), Some(result), self.timing.end()))
    }

    /// `event` is what the id is made from, within the attempt.
    fn statement(
        &self,
        verb: &str,
        event: &str,
        object: Activity,
        result: Option<Outcome>,
        timestamp: String,
    ) -> Statement {
        Statement {
            id: Uuid::new_v5(&self.attempt.id, event.as_bytes()),
            actor: Actor { object_type: "Agent", account: self.account.clone() },
            verb: Verb {
                id: format!("{VERBS}/{verb}"),
                display: LanguageMap::from([("en".to_owned(), verb.to_owned())]),
            },
            object,
            result,
            context: self.context(),
            timestamp,
        }
    }

    fn context(&self) -> Context {
        let attempt = self.attempt;
        let mode = match attempt.mode {
            Mode::Timed => "timed",
            Mode::Steps => "steps",
        };
        let mut extensions = Extensions::from([
            (extension("full-hash"), json!(attempt.full_hash.to_string())),
            (extension("structure-hash"), json!(attempt.structure_hash.to_string())),
            (extension("rules"), json!(attempt.rules)),
            (extension("language"), json!(self.tag)),
            (extension("mode"), json!(mode)),
            // Text: not every reader of JSON keeps 64 bits of a number.
            (extension("seed"), json!(attempt.seed.to_string())),
        ]);
        if attempt.practice || attempt.rewound.is_some() {
            extensions.insert(extension("practice"), json!(true));
        }
        if let Some(rewound) = attempt.rewound {
            extensions.insert(extension("rewound"), json!(rewound.attempt));
        }
        let team = attempt.team.as_deref().map(str::trim).filter(|team| !team.is_empty());
        Context {
            registration: attempt.id,
            context_activities: ContextActivities {
                parent: Vec::new(),
                grouping: team.map(team_of).into_iter().collect(),
            },
            revision: Some(self.scenario.version.clone()).filter(|version| !version.is_empty()),
            platform: format!("Simmer {}", attempt.program).trim_end().to_owned(),
            language: (self.tag != UNDETERMINED).then(|| self.tag.clone()),
            extensions,
        }
    }

    fn scenario(&self) -> Activity {
        let Scenario { slug, title, teaser, .. } = self.scenario;
        let definition = Definition {
            name: self.text(title),
            description: if teaser.is_empty() { LanguageMap::new() } else { self.text(teaser) },
            kind: SIMULATION.to_owned(),
            interaction_type: None,
            choices: Vec::new(),
        };
        activity(scenario_iri(slug), definition)
    }

    fn text(&self, text: &str) -> LanguageMap {
        LanguageMap::from([(self.tag.clone(), text.to_owned())])
    }
}

fn activity(id: String, definition: Definition) -> Activity {
    Activity { object_type: "Activity", id, definition: Some(definition) }
}

fn scenario_iri(slug: &str) -> String {
    format!("{IRI}/scenarios/{slug}")
}

/// A team's name may hold what no IRI may, so its hash stands for it there.
fn team_of(name: &str) -> Activity {
    let hash = blake3::hash(name.to_lowercase().as_bytes()).to_hex();
    let definition = Definition {
        name: LanguageMap::from([(UNDETERMINED.to_owned(), name.to_owned())]),
        description: LanguageMap::new(),
        kind: format!("{IRI}/activity-types/team"),
        interaction_type: None,
        choices: Vec::new(),
    };
    activity(format!("{IRI}/teams/{}", &hash[..16]), definition)
}

fn extension(name: &str) -> String {
    format!("{IRI}/extensions/{name}")
}

/// A language tag that every store takes, with hyphens and of the shape of RFC 5646.
fn tag(language: &str) -> String {
    let tag = language.trim().replace('_', "-");
    if is_tag(&tag) { tag } else { UNDETERMINED.to_owned() }
}

/// `value` of so many decimal places as a number of JSON, exactly.
///
/// # Panics
/// Never: what is written here is a number.
fn decimal(value: u64, places: u32) -> Number {
    let one = 10_u64.pow(places);
    let (whole, rest) = (value / one, value % one);
    if rest == 0 {
        return whole.into();
    }
    let digits = format!("{rest:0width$}", width = places as usize);
    format!("{whole}.{}", digits.trim_end_matches('0')).parse().expect("digits, a point and digits are a number")
}

#[cfg(test)]
mod tests {
    use super::{decimal, passes, tag};
    use crate::scenario::vocabulary::Outcome;

    #[test]
    fn a_decimal_is_written_exactly() {
        for thousandths in 0..=1000 {
            let written = decimal(thousandths, 3).to_string();
            let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
            let again = format!("{whole}{rest:0<3}").parse::<u64>().unwrap();
            assert_eq!(again, thousandths, "{written}");
        }
        for (value, places, written) in
            [(754, 3, "0.754"), (700, 3, "0.7"), (1000, 3, "1"), (8427, 2, "84.27"), (5, 2, "0.05")]
        {
            assert_eq!(decimal(value, places).to_string(), written);
        }
    }

    #[test]
    fn a_call_is_passed_when_the_customer_is_left_at_least_satisfied() {
        let passing: Vec<Outcome> = Outcome::ALL.iter().copied().filter(|outcome| passes(*outcome)).collect();
        assert_eq!(passing, [Outcome::RightlyEscalated, Outcome::Satisfied, Outcome::Advocate]);
    }

    #[test]
    fn a_language_is_one_or_none() {
        for (language, written) in
            [("en", "en"), ("pt_BR", "pt-BR"), ("de-CH", "de-CH"), ("", "und"), ("plain English", "und"), ("e", "und")]
        {
            assert_eq!(tag(language), written);
        }
    }
}
