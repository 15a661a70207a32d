//! The part of the Experience API's data model that Simmer writes (xAPI 1.0.3, Part Two; the same in 2.0.0, that is IEEE
//! 9274.1.1).
//!
//! What is not there is left out: the rules know no nulls. Numbers are numbers, and decimals are exact.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Number, Value};
use uuid::Uuid;

use super::record::HOME_PAGE;

/// Texts by language tag.
pub type LanguageMap = BTreeMap<String, String>;
/// Values by IRI.
pub type Extensions = BTreeMap<String, Value>;

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Of version 5: made from the attempt and the event, the same each time.
    pub id: Uuid,
    pub actor: Actor,
    pub verb: Verb,
    pub object: Activity,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
    pub context: Context,
    /// RFC 3339, UTC, with milliseconds.
    pub timestamp: String,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    pub object_type: &'static str,
    pub account: Account,
}

/// A name that means something to one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The system's address.
    pub home_page: String,
    /// Opaque, unless an administrator has given the id that the LMS knows.
    pub name: String,
}

impl Account {
    /// The account of this name on the system of this address, or where none is given on Simmer itself.
    pub fn new(home_page: Option<String>, name: String) -> Self {
        Self { home_page: home_page.unwrap_or_else(|| HOME_PAGE.to_owned()), name }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verb {
    pub id: String,
    pub display: LanguageMap,
}

/// What it was done with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    pub object_type: &'static str,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<Definition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    pub name: LanguageMap,
    #[serde(skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    #[serde(rename = "type")]
    pub kind: String,
    /// `choice` where `choices` are there, and only there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceComponent>,
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceComponent {
    pub id: String,
    pub description: LanguageMap,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Outcome {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    /// ISO 8601, in hundredths of a second at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    #[serde(skip_serializing_if = "Extensions::is_empty")]
    pub extensions: Extensions,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// 0 to 1.
    pub scaled: Number,
    /// 0 to 1000.
    pub raw: Number,
    pub min: Number,
    pub max: Number,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// The attempt.
    pub registration: Uuid,
    pub context_activities: ContextActivities,
    /// The author's version of the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    pub platform: String,
    /// A language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub extensions: Extensions,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ContextActivities {
    /// The scenario that a reply belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parent: Vec<Activity>,
    /// The team.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grouping: Vec<Activity>,
}
