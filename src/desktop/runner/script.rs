//! What is said in one turn, with a time for every word.

use crate::dialogue::{Exit, Part, Stage, State, lines_spoken};
use crate::scenario::Scenario;
use crate::scenario::model::{Lapse, Speech};

/// Engine milliseconds of a word of the last words, as the engine counts them.
const WORD_MILLIS: u64 = 400;
const DIRECTION_MILLIS: u64 = 1200;
const BREATH_MILLIS: u64 = 300;
/// A seeded lapse among the last words, where nothing depends on its length.
const LAPSE_MILLIS: u64 = 1100;
/// Letters that the beginning and end of a word take in speech, besides its own.
const LETTERS_A_WORD: u64 = 3;

/// A turn, or the last words of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    pub(super) phrases: Vec<Line>,
}

/// A phrase with its times, in engine milliseconds since the turn began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) part: Option<Part>,
    pub(super) text: String,
    pub(super) direction: Option<String>,
    pub(super) begins: u64,
    pub(super) ends: u64,
    pub(super) lapse: Option<u64>,
    /// For each word where it ends in the text, and when it begins.
    words: Vec<(usize, u64)>,
}

impl Script {
    pub(super) fn of(scenario: &Scenario, state: &State) -> Self {
        match state.stage {
            Stage::Talking => Self::of_turn(scenario, state),
            Stage::Over(exit) => Self::of_ending(scenario, state, exit),
        }
    }

    fn of_turn(scenario: &Scenario, state: &State) -> Self {
        let phrases = lines_spoken(scenario, state)
            .times()
            .map(|(beat, begins, ends)| {
                let times = (u64::from(begins), u64::from(ends), beat.lapse.map(u64::from));
                Line::new(Some(beat.part), beat.phrase.text.clone(), beat.phrase.direction.clone(), times)
            })
            .collect();
        Self { phrases }
    }

    /// The answer to the last reply, then what the customer says in going, or what is told of the ending.
    fn of_ending(scenario: &Scenario, state: &State, exit: Exit) -> Self {
        let encounter = scenario.encounter(state.encounter);
        let mut script = Self { phrases: Vec::new() };
        if let Some(answer) = state.turn.answer {
            script.say(Part::Answer, encounter.answer(answer));
        }
        match exit {
            Exit::Left => script.say(Part::Line, &encounter.leaves),
            Exit::Escalated => script.say(Part::Line, &encounter.escalates),
            Exit::Ending(ending) => {
                let begins = script.next_beginning();
                let text = encounter.ending(ending).text.clone();
                let ends = begins + DIRECTION_MILLIS;
                script.phrases.push(Line::new(None, text, None, (begins, ends, None)));
            }
        }
        script
    }

    fn say(&mut self, part: Part, speech: &Speech) {
        for phrase in &speech.phrases {
            let begins = self.next_beginning();
            let lasts = if phrase.words == 0 { DIRECTION_MILLIS } else { u64::from(phrase.words) * WORD_MILLIS };
            let lapse = phrase.lapse.map(|lapse| match lapse {
                Lapse::Millis(millis) => u64::from(millis),
                Lapse::Seeded => LAPSE_MILLIS,
            });
            let times = (begins, begins + lasts, lapse);
            self.phrases.push(Line::new(Some(part), phrase.text.clone(), phrase.direction.clone(), times));
        }
    }

    fn next_beginning(&self) -> u64 {
        self.phrases.last().map_or(0, |last| last.ends + last.lapse.unwrap_or(BREATH_MILLIS))
    }

    /// The true end.
    pub(super) fn end(&self) -> u64 {
        self.phrases.last().map_or(0, |last| last.ends + last.lapse.unwrap_or(0))
    }

    /// The next phrase end or true end after `told`.
    pub(super) fn next_boundary(&self, told: u64) -> Option<u64> {
        let ends = self.phrases.iter().map(|line| line.ends).chain([self.end()]);
        // A turn in which nothing is said is over at once.
        let silent = self.phrases.is_empty().then_some(0);
        ends.filter(|&end| end > told).min().or(silent)
    }

    /// The phrase after which they are silent at this microsecond, and how much of that lapse is gone, 0 to 1.
    pub(super) fn lapse_at(&self, micros: u64) -> Option<(usize, f32)> {
        self.phrases.iter().enumerate().find_map(|(index, line)| {
            let lapse = line.lapse? * 1000;
            let gone = micros.checked_sub(line.ends * 1000).filter(|&gone| gone < lapse)?;
            #[expect(clippy::cast_precision_loss, reason = "a share for the eye")]
            Some((index, gone as f32 / lapse as f32))
        })
    }

    pub(super) fn has_lapse_after(&self, index: usize) -> bool {
        self.phrases.get(index).is_some_and(|line| line.lapse.is_some())
    }

    /// What is seen in the lapse after a phrase: a direction that stands alone there. A direction that stands with words
    /// belongs to these.
    pub(super) fn direction_around(&self, index: usize) -> Option<&str> {
        let line = self.phrases.get(index)?;
        line.direction.as_deref().filter(|_| line.text.is_empty())
    }

    pub(super) fn answer_phrases(&self) -> usize {
        self.phrases.iter().filter(|line| line.part == Some(Part::Answer)).count()
    }

    /// When the answer to the last reply is over.
    pub(super) fn answer_ends(&self) -> u64 {
        self.answer_phrases().checked_sub(1).and_then(|last| self.phrases.get(last)).map_or(0, |line| line.ends)
    }
}

impl Line {
    fn new(part: Option<Part>, text: String, direction: Option<String>, times: (u64, u64, Option<u64>)) -> Self {
        let (begins, ends, lapse) = times;
        let words = if part.is_some() { word_times(&text, begins, ends) } else { vec![(text.len(), begins)] };
        Self { part, text, direction, begins, ends, lapse, words }
    }

    /// Whether the customer says something here: what is told of an ending has no voice, nor has what is only seen.
    pub(super) fn has_voice(&self) -> bool {
        self.part.is_some() && !self.words.is_empty()
    }

    /// Each word that is said, and when it begins.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u64)> {
        self.text.split_whitespace().zip(self.words.iter().map(|(_, begins)| *begins))
    }

    /// How many bytes of the text are shown at this microsecond.
    pub(super) fn shown_at(&self, micros: u64) -> usize {
        self.words.iter().take_while(|(_, begins)| begins * 1000 <= micros).last().map_or(0, |(end, _)| *end)
    }
}

/// Shares the time of a phrase among its words: long words take longer, as they do in a mouth.
fn word_times(text: &str, begins: u64, ends: u64) -> Vec<(usize, u64)> {
    let weight = |word: &str| word.chars().count() as u64 + LETTERS_A_WORD;
    let whole: u64 = text.split_whitespace().map(weight).sum();
    let mut before = 0;
    text.split_whitespace()
        .map(|word| {
            let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
            let time = begins + (ends - begins) * before / whole.max(1);
            before += weight(word);
            (end, time)
        })
        .collect()
}
