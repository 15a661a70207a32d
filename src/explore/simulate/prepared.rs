//! What the players ask of a scenario again and again, worked out once.

use std::collections::BTreeMap;

use super::count::Counts;
use super::cue::{Cue, cues, is_content, tokens};
use super::player::Player;
use crate::scenario::Scenario;
use crate::scenario::id::{EncounterId, NodeId, ReplyId};
use crate::scenario::model::{Choice, Encounter, Reply, Speech, Target};
use crate::scenario::vocabulary::Fulfilment;
use crate::scoring::credit;

/// A point taken from a skill, in hundredths of evidence: a skill rests on some ten rows of 100 hundredths each.
const HUNDREDTHS_A_POINT: i32 = 10;
/// What a moderate violation takes: a promise that is broken is one.
const BROKEN: i32 = 8;

/// A scenario and what is known of it before the first play.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) encounters: Vec<PreparedEncounter>,
}

#[derive(Debug)]
pub(super) struct PreparedEncounter {
    /// By reply.
    pub(super) replies: Vec<PreparedReply>,
    /// Where a node's says begin in a row of all, by node and line.
    pub(super) says: Vec<Vec<usize>>,
    pub(super) number_of_says: usize,
    /// The words of each of them, for the echo.
    said: Vec<Box<[u16]>>,
    /// By diary event, where its choices begin in a row of all.
    pub(super) choices: Vec<usize>,
    pub(super) number_of_choices: usize,
    /// By reply, where its targets begin in a row of all: those under a condition, then the plain one.
    pub(super) ways: Vec<usize>,
    pub(super) number_of_ways: usize,
}

#[derive(Debug)]
pub(super) struct PreparedReply {
    /// What it shows less what it costs, in weight × hundredths of credit.
    pub(super) worth: i32,
    pub(super) cues: [i16; Cue::ALL.len()],
    words: Box<[u16]>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let encounters = scenario.encounters.iter().map(|encounter| PreparedEncounter::new(scenario, encounter));
        Self { scenario, encounters: encounters.collect() }
    }

    pub(super) fn encounter(&self, id: EncounterId) -> &PreparedEncounter {
        &self.encounters[id.index()]
    }

    /// Nothing counted yet, by player.
    pub(super) fn blank_counts(&self) -> Vec<Counts> {
        Player::ALL.iter().map(|_| Counts::blank(self)).collect()
    }
}

impl PreparedEncounter {
    fn new(scenario: &Scenario, encounter: &Encounter) -> Self {
        let mut words = Words::default();
        let (mut says, mut said) = (Vec::new(), Vec::new());
        for node in &encounter.nodes {
            let mut begins = Vec::new();
            for line in &node.lines {
                begins.push(said.len());
                said.extend(line.variants.iter().map(|speech: &Speech| words.of(&speech.plain())));
            }
            says.push(begins);
        }
        let replies = encounter.replies.iter().map(|reply| PreparedReply {
            worth: worth(encounter, reply),
            cues: cues(reply, &scenario.customer),
            words: words.of(&reply.text),
        });
        let replies = replies.collect();
        let (choices, number_of_choices) = places(encounter.diary.iter().map(|event| event.choices.len()));
        let (ways, number_of_ways) = places(encounter.replies.iter().map(|reply| reply.to_when.len() + 1));
        Self { replies, says, number_of_says: said.len(), said, choices, number_of_choices, ways, number_of_ways }
    }

    /// Where what is said now stands in the row of all.
    pub(super) fn say(&self, node: NodeId, line: (u16, u16)) -> usize {
        let begins = self.says[node.index()].get(usize::from(line.0)).copied().unwrap_or(0);
        begins + usize::from(line.1)
    }

    /// How many different words of what was said the reply takes up.
    pub(super) fn echo(&self, say: usize, reply: ReplyId) -> i16 {
        let (said, words) = (&self.said[say], &self.replies[reply.index()].words);
        let (mut at, mut both) = (0, 0);
        for word in words {
            while at < said.len() && said[at] < *word {
                at += 1;
            }
            both += i16::from(said.get(at) == Some(word));
        }
        both
    }
}

/// What a reply shows less what its slip costs: the key of a node is the reply with most of it.
pub(super) fn worth(encounter: &Encounter, reply: &Reply) -> i32 {
    let node = encounter.node(reply.node);
    let rows = node.opportunities.iter().zip(&reply.shows);
    let shown: i32 = rows.map(|(row, quality)| i32::from(row.weight) * credit(*quality)).sum();
    shown - reply.slip.map_or(0, |(severity, _)| severity.cost()) * HUNDREDTHS_A_POINT
}

/// What a choice in the diary earns less what it costs, by itself.
pub(super) fn choice_worth(scenario: &Scenario, choice: &Choice) -> i32 {
    let fulfilled: i32 = choice
        .fulfils
        .iter()
        .map(|(promise, fulfilment)| {
            let weight = i32::from(scenario.promises[promise.index()].weight);
            let (quality, spared) = match fulfilment {
                Fulfilment::Kept | Fulfilment::Exceeded => (4, BROKEN),
                Fulfilment::LateWarned => (3, BROKEN),
                Fulfilment::Late => (1, BROKEN),
                Fulfilment::Broken => (0, 0),
            };
            weight * credit(quality) + spared * HUNDREDTHS_A_POINT
        })
        .sum();
    fulfilled - choice.slip.map_or(0, |(severity, _)| severity.cost()) * HUNDREDTHS_A_POINT
}

/// Which of the reply's targets was taken, in the row of all.
pub(super) fn way(encounter: &PreparedEncounter, reply: ReplyId, written: &Reply, taken: Target) -> usize {
    let place = written.to_when.iter().position(|(_, target)| *target == taken).unwrap_or(written.to_when.len());
    encounter.ways[reply.index()] + place
}

/// Where each of several lists begins when they stand in one row, and how long that is.
fn places(lengths: impl Iterator<Item = usize>) -> (Vec<usize>, usize) {
    let mut next = 0;
    let begins = lengths.map(|length| {
        let begins = next;
        next += length;
        begins
    });
    (begins.collect(), next)
}

/// Numbers for words.
#[derive(Default)]
struct Words(BTreeMap<String, u16>);

impl Words {
    /// The different content words of a text, sorted by their numbers.
    fn of(&mut self, text: &str) -> Box<[u16]> {
        let mut found = Vec::new();
        for token in tokens(text).filter(|token| is_content(token)) {
            // Beyond 65,535 different words the rest counts as one: no encounter comes near it.
            let next = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
            found.push(*self.0.entry(token).or_insert(next));
        }
        found.sort_unstable();
        found.dedup();
        found.into_boxed_slice()
    }
}
