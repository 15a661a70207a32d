//! What should sound at this moment.

use crate::campaign::RunStage;
use crate::desktop::Screen;
use crate::desktop::desk::{Desk, Running};
use crate::desktop::runner::{Moment, Voiced};
use crate::desktop::sound::{Ending, Line, Phrase, Ring, Scene, Speaker, SpeechAt, SpeechId, Utterance, Word};
use crate::scenario::vocabulary::Channel;

/// How far the person has come on the screen after a call, which only that screen knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AfterCallSeen {
    /// Tiles put into the note.
    pub tiles: usize,
    /// Whatever came before has been read: what is due now stands on the screen.
    pub is_up_to_date: bool,
}

impl Desk {
    /// What should sound while this screen is on.
    pub fn scene(&self, screen: Screen, seen: AfterCallSeen) -> Scene {
        let preferences = self.settings.preferences();
        let volume = preferences.volume.get();
        let mut scene = Scene {
            volume: (preferences.sound && volume > 0).then_some(volume),
            screen,
            line: None,
            speech: None,
            ring: None,
            pencil: 0,
        };
        if scene.volume.is_none() {
            return scene;
        }
        match (screen, &self.running) {
            (Screen::Prepare, _) => {
                let rings = self.chosen.as_ref().is_some_and(|scenario| scenario.channel == Channel::Phone);
                scene.ring = rings.then_some(Ring::Prepare);
            }
            (Screen::Conversation, Some(running)) => {
                scene.line = running.line();
                scene.speech = running.speech();
                scene.pencil = running.recorder.run().talk.jotted.iter().count();
            }
            (Screen::AfterCall, Some(running)) => {
                scene.ring = running.ring().filter(|_| seen.is_up_to_date);
                scene.pencil = seen.tiles;
            }
            _ => {}
        }
        scene
    }

    /// What is being said in the call that is on.
    pub fn utterance(&self) -> Option<Utterance> {
        let running = self.running.as_ref()?;
        let scenario = running.recorder.scenario();
        let phrases: Vec<_> = running.call.runner.voiced().iter().map(phrase).collect();
        let last = phrases.last()?;
        let ends = last.ends + if let Ending::Lapse(lapse) = last.ending { lapse } else { 0 };
        Some(Utterance {
            speaker: Speaker::of(&scenario.customer),
            anger: u8::try_from(running.recorder.run().talk.meters.points()[0]).unwrap_or(0),
            upset: scenario.customer.upset,
            channel: scenario.channel,
            phrases,
            ends,
        })
    }
}

impl Running {
    /// Nobody hangs up before their last words are said, which in steps mode appear at once.
    fn line(&self) -> Option<Line> {
        let runner = &self.call.runner;
        (runner.moment() != Moment::Done || runner.speaking().is_some()).then(|| Line {
            encounter: self.recorder.run().talk.encounter,
            channel: self.recorder.scenario().channel,
            is_held: runner.is_paused(),
        })
    }

    /// Silent as well while the coach is being read: time stands still then.
    fn speech(&self) -> Option<SpeechAt> {
        let (scenario, run) = (self.recorder.scenario(), self.recorder.run());
        if self.call.waits_for_coach(scenario, run, &self.aids) {
            return None;
        }
        let speaking = self.call.runner.speaking()?;
        Some(SpeechAt {
            speech: SpeechId {
                run: self.recorder.attempt().id.as_u128(),
                encounter: speaking.encounter,
                turn: speaking.turn,
                is_last: speaking.is_last,
                phrase: speaking.phrase,
                rate: speaking.rate,
            },
            at: speaking.at,
        })
    }

    fn ring(&self) -> Option<Ring> {
        let encounter = self.recorder.run().talk.encounter;
        match self.recorder.run().stage {
            RunStage::Diary(event) => Some(Ring::Diary(encounter, event)),
            RunStage::Between if self.recorder.scenario().channel == Channel::Phone => Some(Ring::Again(encounter)),
            RunStage::Between | RunStage::Talking | RunStage::Note | RunStage::Closed => None,
        }
    }
}

fn phrase(voiced: &Voiced<'_>) -> Phrase {
    let millis = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    Phrase {
        words: voiced
            .words
            .iter()
            .map(|(word, begins)| Word { text: (*word).to_owned(), begins: millis(*begins) })
            .collect(),
        ends: millis(voiced.ends),
        ending: match voiced.lapse {
            Some(lapse) => Ending::Lapse(millis(lapse)),
            None if voiced.is_last => Ending::Final,
            None => Ending::GoesOn,
        },
    }
}
