//! What the pane says, and what it keeps of what is not decided yet.

use std::sync::Arc;

use crate::campaign::Input;
use crate::dialogue::{Delivery, preset_delivery};
use crate::scenario::id::{EncounterId, NodeId, TileId};
use crate::scenario::vocabulary::{Pace, Volume};
use crate::studio::Studio;
use crate::studio::live::{Edit, Present, find, node_at};

/// What the pane says.
#[derive(Debug)]
pub struct View {
    /// None before any text could be played.
    pub present: Option<Arc<Present>>,
    /// As it is written now.
    pub text: Arc<str>,
    pub version: u64,
    /// The text of now cannot be played: what is shown is of the last one that could.
    pub is_stale: bool,
    pub seed: u64,
    /// A way to a node is being looked for.
    pub is_looking: bool,
}

/// What the trainer wants here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// From the beginning.
    Begin,
    /// From a node, as it is after the shortest way there.
    BeginAt(EncounterId, NodeId),
    /// To a node, in the state as it is.
    StandAt(EncounterId, NodeId),
    Take(Input),
    /// Hears the turn to its end.
    HearOut,
    /// Takes the latest decision back.
    Back,
    Edit(Edit),
    Reseed(u64),
}

/// The node at the caret, for the text and the caret that it was asked of.
pub(super) type AtCaret = Option<((u64, usize), Option<(usize, String)>)>;

impl View {
    pub fn of(studio: &Studio) -> Self {
        Self {
            present: studio.live().present().cloned(),
            text: Arc::clone(studio.document().text()),
            version: studio.document().version(),
            is_stale: studio.checked().scenario.is_none(),
            seed: studio.live().seed(),
            is_looking: studio.live().is_looking(),
        }
    }

    /// The name of the node at the caret, and which it is where it can be played. `known` keeps what was found.
    pub(super) fn at_caret<'k>(
        &self,
        caret: usize,
        known: &'k mut AtCaret,
    ) -> Option<(&'k str, Option<(EncounterId, NodeId)>)> {
        let asked = (self.version, caret);
        if known.as_ref().is_none_or(|(of, _)| *of != asked) {
            *known = Some((asked, node_at(&self.text, caret)));
        }
        let (_, (encounter, name)) = known.as_ref().and_then(|(of, found)| Some((of, found.as_ref()?)))?;
        let node = self.present.as_ref().and_then(|present| find(&present.scenario, *encounter, name));
        Some((name, node))
    }
}

/// How the next reply will be spoken.
#[derive(Debug, Default)]
pub(super) struct Manner {
    turn: Option<(u16, u8)>,
    pace: Option<Pace>,
    volume: Option<Volume>,
}

impl Manner {
    /// The voice comes back to level with each turn, so that nobody shouts by having forgotten a switch.
    pub(super) fn follow(&mut self, present: &Present) {
        let talk = &present.run.talk;
        let turn = Some((talk.encounter.0, talk.turn.number));
        if self.turn != turn {
            *self = Self { turn, pace: None, volume: None };
        }
    }

    pub(super) fn set_pace(&mut self, pace: Pace) {
        self.pace = Some(pace);
    }

    pub(super) fn set_volume(&mut self, volume: Volume) {
        self.volume = Some(volume);
    }

    /// As chosen; else as the trainee’s own heat pre-sets it; else even and level.
    pub(super) fn delivery(&self, present: &Present) -> Delivery {
        let by_heat = preset_delivery(&present.run.talk);
        Delivery {
            pace: self.pace.or(by_heat.map(|set| set.pace)).unwrap_or(Pace::Even),
            volume: self.volume.or(by_heat.map(|set| set.volume)).unwrap_or(Volume::Level),
        }
    }

    /// The trainee’s own heat has its way with the next reply.
    pub(super) fn is_preset(&self, present: &Present) -> bool {
        preset_delivery(&present.run.talk).is_some() && self.pace.is_none() && self.volume.is_none()
    }
}

/// The note that is being put together.
#[derive(Debug, Default)]
pub(super) struct Note {
    encounter: Option<EncounterId>,
    pub(super) tiles: Vec<TileId>,
    pub(super) line: String,
}

impl Note {
    /// Each encounter has a note of its own; a tile that is not on offer is not in it.
    pub(super) fn follow(&mut self, present: &Present) {
        let encounter = Some(present.run.talk.encounter);
        if self.encounter != encounter {
            *self = Self { encounter, ..Self::default() };
        }
        if let crate::studio::live::Stage::Note { tiles, .. } = &present.stage {
            self.tiles.retain(|tile| tiles.iter().any(|(id, _)| id == tile));
        }
    }

    /// Puts a tile into it, or takes it out.
    pub(super) fn turn_over(&mut self, tile: TileId) {
        match self.tiles.iter().position(|known| *known == tile) {
            Some(place) => {
                self.tiles.remove(place);
            }
            None => self.tiles.push(tile),
        }
    }
}
