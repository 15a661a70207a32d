//! Who gets where and how often, and what can be earned: found out in the background, begun anew when the text changes.
//!
//! First what can be reached at all ([`reachability`]), then a first few plays, best and worst ([`ranges`]), and more
//! and more plays. What is known so far is told as it comes, as [`Surveyed`], which says of which text it is. A change of
//! words alone is played anew and not solved anew.
//!
//! [`reachability`]: crate::explore::solve::reachability
//! [`ranges`]: crate::explore::solve::ranges

mod found;
mod plays;
mod proving;
mod spell;
#[cfg(test)]
mod tests;
mod work;

use std::sync::Arc;

pub use crate::explore::solve::Stage as Solving;
pub use found::{Reach, Surveyed, replies_of};
pub use plays::{BINS, CueFigures, EncounterFigures, PlayerFigures, Plays, Who};
pub use proving::{Proved, Proving};

use crate::explore::solve::Options;
use crate::scenario::Scenario;
use work::Shared;

/// How much is looked for.
#[derive(Debug, Clone)]
pub struct Effort {
    pub options: Options,
    /// After how many plays their figures are told, the last of them being all.
    pub plays: Vec<u64>,
    pub seed: u64,
    /// How long nothing must change before it is worth beginning, in milliseconds.
    pub quiet: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { options: Options::default(), plays: vec![2_000, 10_000, 50_000, 100_000, 200_000], seed: 1, quiet: 300 }
    }
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It has not been quiet for long enough.
    Waiting,
    Solving(Solving),
    /// So many plays of all are made.
    Playing {
        made: u64,
        of: u64,
    },
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// There is nothing to play: nothing has been read yet, or the text has errors.
    #[default]
    Idle,
    Running(Stage),
    /// The trainer has stopped it.
    Paused,
    Done,
}

/// Plays in the background, and what came of them so far.
#[derive(Debug, Default)]
pub struct Survey {
    effort: Effort,
    shared: Option<Arc<Shared>>,
    surveyed: Option<Arc<Surveyed>>,
    state: State,
    paused: bool,
}

impl Survey {
    /// A survey of another effort than the usual one.
    pub fn with(effort: Effort) -> Self {
        let mut survey = Self::default();
        survey.effort = effort;
        survey
    }

    /// The text was changed: what is looked for is about another one, until [`Self::restart`] says what it is.
    pub fn text_changed(&mut self) {
        if let Some(shared) = &self.shared {
            shared.hold();
        }
        self.state = State::Idle;
    }

    /// The text of this version can be played. Where it plays as before, what was begun is gone on with.
    pub fn restart(&mut self, version: u64, scenario: &Arc<Scenario>) {
        let shared = self.shared.get_or_insert_with(|| Shared::begin(self.effort.clone()));
        shared.restart(version, scenario);
        self.state = if self.paused { State::Paused } else { State::Running(Stage::Waiting) };
    }

    /// Stops until [`Self::go_on`].
    pub fn pause(&mut self) {
        self.set_paused(true);
    }

    pub fn go_on(&mut self) {
        self.set_paused(false);
    }

    fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
        if let Some(shared) = &self.shared {
            shared.set_paused(paused);
        }
        self.state = match self.state {
            State::Running(_) if paused => State::Paused,
            State::Paused if !paused => State::Running(Stage::Waiting),
            state => state,
        };
    }

    /// Takes in what was found since, and says whether anything was.
    pub fn look_around(&mut self) -> bool {
        let Some(news) = self.shared.as_ref().and_then(|shared| shared.news()) else { return false };
        if let Some(surveyed) = news.surveyed {
            self.surveyed = Some(surveyed);
        }
        // What was told before the text was changed says nothing of now.
        if matches!(self.state, State::Running(_)) {
            self.state = news.stage.map_or(State::Done, State::Running);
        }
        true
    }

    /// What is known, of whichever text it says.
    pub fn surveyed(&self) -> Option<&Arc<Surveyed>> {
        self.surveyed.as_ref()
    }

    pub fn state(&self) -> State {
        self.state
    }

    /// Whether something is being looked for.
    pub fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }
}

impl Drop for Survey {
    fn drop(&mut self) {
        if let Some(shared) = &self.shared {
            shared.close();
        }
    }
}
