//! What is known of one text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plays::Plays;
use crate::campaign::Input;
use crate::dialogue::Action;
use crate::explore::solve::{Element, Range, Settled, Verdict, Witness};
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, ReplyId};

/// What is known of one text; what is not known yet is none.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// Of the text.
    pub version: u64,
    pub scenario: Arc<Scenario>,
    pub reach: Option<Arc<Reach>>,
    /// The overall score, then each skill.
    pub ranges: Option<Arc<[Range]>>,
    pub plays: Option<Arc<Plays>>,
}

impl Surveyed {
    pub(super) fn nothing(version: u64, scenario: &Arc<Scenario>) -> Self {
        Self { version, scenario: Arc::clone(scenario), reach: None, ranges: None, plays: None }
    }
}

/// What can be reached, and what cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// In the order of the file.
    settled: Vec<Settled>,
    places: BTreeMap<Element, usize>,
}

impl Reach {
    pub(super) fn of(settled: Vec<Settled>) -> Self {
        let places = settled.iter().enumerate().map(|(place, settled)| (settled.element, place)).collect();
        Self { settled, places }
    }

    /// What is known of an element.
    pub fn verdict(&self, element: Element) -> Option<&Verdict> {
        self.places.get(&element).map(|place| &self.settled[*place].verdict)
    }

    /// All elements, in the order of the file.
    pub fn all(&self) -> &[Settled] {
        &self.settled
    }

    /// What the author wrote to be reached and no playthrough was seen to reach, in the order of the file.
    pub fn not_reached(&self) -> impl Iterator<Item = &Settled> {
        let is_missing =
            |settled: &&Settled| !matches!(settled.verdict, Verdict::Reached { .. }) && settled.element.is_expected();
        self.settled.iter().filter(is_missing)
    }
}

/// The replies that are spoken in a playthrough, each in its encounter.
pub fn replies_of(witness: &Witness) -> Vec<(EncounterId, ReplyId)> {
    let mut encounter = 0;
    let mut replies = Vec::new();
    for input in &witness.inputs {
        match input {
            Input::GoOn => encounter += 1,
            Input::Talk(talk) => {
                if let Action::Speak { reply, .. } = talk.action {
                    replies.push((EncounterId::at(encounter), reply));
                }
            }
            Input::File { .. } | Input::Choose(_) => {}
        }
    }
    replies
}
