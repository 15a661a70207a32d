//! What should sound at this moment, as plain data, and what the sound thread is to be told when it changes.

use std::time::Duration;

use super::synth::Cue;
use super::utterance::Utterance;
use crate::desktop::Screen;
use crate::scenario::id::{EncounterId, EventId};
use crate::scenario::vocabulary::Channel;

/// How far what is heard may be from what is seen before it is put right.
const APART: Duration = Duration::from_millis(250);

/// What should sound now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// Per cent; none where sound is off.
    pub volume: Option<u16>,
    pub screen: Screen,
    pub line: Option<Line>,
    pub speech: Option<SpeechAt>,
    pub ring: Option<Ring>,
    /// How much has been jotted down, or put into the note.
    pub pencil: usize,
}

/// Someone is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub encounter: EncounterId,
    pub channel: Channel,
    /// The call is paused.
    pub is_held: bool,
}

/// A place in something that is being said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeechAt {
    pub speech: SpeechId,
    /// Real time since it began.
    pub at: Duration,
}

/// What is being said: a turn, the last words, or in steps mode one phrase of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpeechId {
    /// Tells the runs of one sitting apart.
    pub run: u128,
    pub encounter: EncounterId,
    pub turn: u8,
    pub is_last: bool,
    pub phrase: Option<usize>,
    /// In per cent: at another rate it is another speech.
    pub rate: u16,
}

/// Why the phone rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ring {
    /// Someone calls; their record lies on the screen.
    Prepare,
    /// Something in the diary has fallen due.
    Diary(EncounterId, EventId),
    /// They call again.
    Again(EncounterId),
}

/// What the sound thread is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Per cent.
    Volume(u16),
    /// A call begins or a phone rings: where there was no sound server, look again.
    Look,
    /// In place of what was said before.
    Speak {
        utterance: Box<Utterance>,
        from: Duration,
    },
    /// Whoever speaks stops at once.
    Hush,
    Play(Cue),
    /// Sound is off: nothing is to be open.
    Close,
}

/// Follows the scene and says what has to be told.
#[derive(Debug, Default)]
pub struct Conductor {
    before: Option<Scene>,
    following: Option<Following>,
}

/// What is being spoken by now.
#[derive(Debug)]
struct Following {
    speech: SpeechId,
    /// When it would have begun, by the clock of the window; before its beginning where it was caught in the middle.
    at: Duration,
    since: Duration,
}

impl Conductor {
    /// The scene at a moment of the window's clock. `utterance` puts what is being said into words; it is asked for only
    /// when it is needed.
    pub fn follow(
        &mut self,
        scene: Scene,
        now: Duration,
        utterance: impl FnOnce() -> Option<Utterance>,
    ) -> Vec<Command> {
        let before = self.before.replace(scene);
        let was_on = before.is_some_and(|before| before.volume.is_some());
        let Some(volume) = scene.volume else {
            self.following = None;
            return if was_on { vec![Command::Close] } else { Vec::new() };
        };
        let mut commands = Vec::new();
        if before.and_then(|before| before.volume) != Some(volume) {
            commands.push(Command::Volume(volume));
        }
        // What was switched on, or has just been opened, begins with the speech; nothing rings for what is there already.
        if was_on && let Some(before) = before {
            let begins = |line: Option<Line>| line.map(|line| line.encounter);
            if scene.line.is_some() && begins(scene.line) != begins(before.line) {
                commands.push(Command::Look);
            }
            commands.extend(cues(&before, &scene).into_iter().flat_map(|cue| match cue {
                Cue::Ring => vec![Command::Look, Command::Play(cue)],
                cue => vec![Command::Play(cue)],
            }));
        }
        commands.extend(self.speech(scene.speech, now, utterance));
        commands
    }

    fn speech(
        &mut self,
        speech: Option<SpeechAt>,
        now: Duration,
        utterance: impl FnOnce() -> Option<Utterance>,
    ) -> Option<Command> {
        let Some(SpeechAt { speech, at }) = speech else {
            return self.following.take().map(|_| Command::Hush);
        };
        let together = self.following.as_ref().is_some_and(|following| {
            let heard = following.at + now.saturating_sub(following.since);
            // A phrase in steps mode is over before it could get away from anything, and is never begun again.
            following.speech == speech && (speech.phrase.is_some() || heard.abs_diff(at) <= APART)
        });
        if together {
            return None;
        }
        self.following = Some(Following { speech, at, since: now });
        Some(utterance().map_or(Command::Hush, |utterance| Command::Speak { utterance: Box::new(utterance), from: at }))
    }
}

/// The short sounds that belong to a change.
fn cues(before: &Scene, after: &Scene) -> Vec<Cue> {
    let mut cues = Vec::new();
    let phone = |line: Option<Line>| line.filter(|line| line.channel == Channel::Phone);
    match (phone(before.line), phone(after.line)) {
        (None, Some(line)) if !line.is_held => cues.push(Cue::PickUp),
        (Some(before), Some(after)) if before.is_held && !after.is_held => cues.push(Cue::ShortRing),
        (Some(_), None) => cues.push(Cue::HangUp),
        _ => {}
    }
    if after.ring.is_some() && after.ring != before.ring {
        cues.push(Cue::Ring);
    }
    if after.screen == before.screen && after.pencil > before.pencil {
        cues.push(Cue::Pencil);
    }
    cues
}
