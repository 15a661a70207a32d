//! What of the present turn has a voice, and when: for whoever lets it be heard.

use std::time::Duration;

use super::{Runner, script::Line};
use crate::dialogue::Mode;
use crate::scenario::id::EncounterId;

/// In steps mode a phrase appears at once and is read in a moment. Of what would take longer to say only the end is
/// heard, which tells how it goes on; real milliseconds.
const STEP_MILLIS: u64 = 1400;
/// And after it no more of a lapse than the breath in it.
const STEP_LAPSE_MILLIS: u64 = 600;

/// A place in what is being said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speaking {
    pub encounter: EncounterId,
    pub turn: u8,
    /// These are the last words of the call.
    pub is_last: bool,
    /// In steps mode the phrase that has appeared.
    pub phrase: Option<usize>,
    /// How fast, in per cent.
    pub rate: u16,
    /// Real time since it began.
    pub at: Duration,
}

/// A phrase with its times, in real milliseconds since what is being said began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voiced<'a> {
    /// Each word and when it begins.
    pub words: Vec<(&'a str, u64)>,
    pub ends: u64,
    /// The false lapse after it.
    pub lapse: Option<u64>,
    /// Nothing is said after it.
    pub is_last: bool,
}

impl Runner {
    /// What is being said at this moment, lapses included. None once it has ended or was cut off, and while the call is
    /// paused.
    pub fn speaking(&self) -> Option<Speaking> {
        if self.paused || self.cut_off_at.is_some() {
            return None;
        }
        let ends = self.voiced().last().map(|last| last.ends + last.lapse.unwrap_or(0))?;
        let (phrase, at) = match self.mode {
            Mode::Steps => (Some(self.newest_voiced()?), self.fresh),
            Mode::Timed if self.finished && !self.turn.over => return None,
            Mode::Timed => (None, Duration::from_micros(self.at * 100 / u64::from(self.rate.0))),
        };
        (at < Duration::from_millis(ends)).then_some(Speaking {
            encounter: self.turn.encounter,
            turn: self.turn.number,
            is_last: self.turn.over,
            phrase,
            rate: self.rate.0,
            at,
        })
    }

    /// What is being said, phrase by phrase: the whole turn, or in steps mode what has appeared last.
    pub fn voiced(&self) -> Vec<Voiced<'_>> {
        let last = self.script.phrases.iter().rposition(Line::has_voice);
        match self.mode {
            Mode::Timed => {
                let lines = self.script.phrases.iter().enumerate().filter(|(_, line)| line.has_voice());
                lines.map(|(index, line)| self.voice(line, Some(index) == last)).collect()
            }
            Mode::Steps => {
                let Some(newest) = self.newest_voiced() else { return Vec::new() };
                let mut voiced = self.voice(&self.script.phrases[newest], Some(newest) == last);
                voiced.shorten();
                vec![voiced]
            }
        }
    }

    /// Steps mode: the phrase that has appeared last, if it is one that is said; at the end of the call, when all appears
    /// at once, the last that is.
    fn newest_voiced(&self) -> Option<usize> {
        if self.turn.over {
            return self.script.phrases.iter().rposition(Line::has_voice);
        }
        self.cursor.checked_sub(1).filter(|&newest| self.script.phrases.get(newest).is_some_and(Line::has_voice))
    }

    fn voice<'a>(&self, line: &'a Line, is_last: bool) -> Voiced<'a> {
        let real = |engine: u64| engine * 100 / u64::from(self.rate.0);
        Voiced {
            words: line.words().map(|(word, begins)| (word, real(begins))).collect(),
            ends: real(line.ends),
            lapse: line.lapse.map(real),
            is_last,
        }
    }
}

impl Voiced<'_> {
    /// Only the end of it, from its own beginning.
    fn shorten(&mut self) {
        let earliest = self.ends.saturating_sub(STEP_MILLIS);
        let kept = self.words.iter().position(|(_, begins)| *begins >= earliest);
        // A single long word stays whole: it is no longer than a breath.
        self.words.drain(..kept.unwrap_or(self.words.len().saturating_sub(1)));
        let begins = self.words.first().map_or(self.ends, |(_, begins)| *begins);
        for (_, at) in &mut self.words {
            *at -= begins;
        }
        self.ends -= begins;
        self.lapse = self.lapse.map(|lapse| lapse.min(STEP_LAPSE_MILLIS));
    }
}
