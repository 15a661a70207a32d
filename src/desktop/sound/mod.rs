//! The customer's voice, without words, and the few sounds of a desk with a phone.
//!
//! Nothing is told by sound alone, nor is anything lost where there is none. What is heard beyond the words is what one
//! hears of a real speaker: the voice stays up before a false lapse and falls at the true end.
//!
//! | path | what it is for |
//! |---|---|
//! | `data.rs` | what should sound now, and what the sound thread is told when that changes |
//! | `utterance.rs` | a turn as it is to be heard: who, in what mood, which word when |
//! | `synth/` | samples out of that: pure |
//! | `player.rs` | the sound thread |
//! | `sink/` | the sound servers of this world |

pub mod data;
mod player;
pub mod sink;
pub mod synth;
#[cfg(test)]
mod tests;
pub mod utterance;

use std::sync::mpsc::SyncSender;
use std::time::Duration;

use bevy::prelude::Resource;

pub use data::{Line, Ring, Scene, SpeechAt, SpeechId};
pub use utterance::{Ending, Phrase, Speaker, Utterance, Word};

use data::{Command, Conductor};

/// The way to the sound thread, which is started here and ends with this.
#[derive(Resource, Debug)]
pub struct Sound {
    commands: Option<SyncSender<Command>>,
    conductor: Conductor,
}

impl Sound {
    pub fn start() -> Self {
        Self { commands: player::start(), conductor: Conductor::default() }
    }

    /// Lets what should sound be heard. `now` is the clock of the window, `utterance` what is being said in the scene.
    pub fn follow(&mut self, scene: Scene, now: Duration, utterance: impl FnOnce() -> Option<Utterance>) {
        for command in self.conductor.follow(scene, now, utterance) {
            tracing::trace!("{command:?}");
            if let Some(commands) = &self.commands
                && let Err(error) = commands.try_send(command)
            {
                tracing::debug!("the sound thread did not take a command: {error}");
            }
        }
    }
}
