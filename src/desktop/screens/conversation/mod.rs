//! The call: the customer to the left, what is said to the right.
//!
//! | file | what it is for |
//! |---|---|
//! | `call.rs` | what plays beside the engine, and the one order in which inputs, events and pictures follow |
//! | `action.rs` | what a person can do here |
//! | `draft.rs` | what they have ready and have not said: a pin, a choice, pace and volume, an open panel |
//! | `introduced.rs` | which controls they have met, and the one line that says what each does |
//! | `transcript.rs` | what was said so far, from events |
//! | `data.rs`, `data/` | the [`View`]: everything worded and decided |
//! | `ui.rs`, `ui/` | draws a view and returns actions |
//!
//! The integrator holds a [`Call`] beside the run, tells it how much time has passed, and passes on what [`draw`]
//! returns:
//!
//! ```text
//! call.advance(&mut stage, elapsed, aids);
//! let view = View::of(&stage.scenario, &stage.run, &call, &aids);
//! for action in draw(ui, &theme, &view, &mut memory) {
//!     call.act(&mut stage, action);
//! }
//! ```

mod action;
mod call;
mod data;
mod draft;
mod introduced;
mod transcript;
mod ui;

#[cfg(test)]
mod tests;

pub use action::{Action, Panel};
pub use call::{Call, Exit, Recorder};
pub use data::{
    Aids, Answering, Below, CardSeen, Coaching, DeliverySeen, Gesture, Gist, Hint, LapseSeen, Lead, Listening,
    PanelSeen, Said, StageSeen, Veil, View,
};
pub use draft::Draft;
pub use introduced::{Control, Introduced};
pub use transcript::{Line, Speaker, Transcript};
pub use ui::{Memory, PACES, VOLUMES, draw, keyed_segments};
