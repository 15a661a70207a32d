//! The pure engine: a compiled scenario, a state and an input give events.
//!
//! [`step`] is the only way in which a conversation moves: the window, the terminal, the simulator, the prover and the
//! service all call it. It reads no clock, no file and no randomness of the system; the same inputs give the same
//! events on every machine, for ever. Time enters as part of an input, random draws are keyed by the seed and the
//! place in the scenario.

mod acts;
mod bits;
mod condition;
mod draw;
mod event;
mod input;
mod meters;
mod speech;
mod state;
mod step;

pub use acts::{Delta, delta};
pub use bits::Bits;
pub use condition::holds;
pub use event::{Cause, CutOff, Event, EventSink, Evidence, Exit, Source, Violation};
pub use input::{Action, Input, Mode, Refusal};
pub use meters::{Meters, TEMPER_BOUNDS, temper};
pub use speech::{Beat, Part, Schedule, Spoken, beats, lines_spoken, reply_order, schedule};
pub use state::{Posture, Stage, Standing, State, Turn};
pub use step::{
    CALM_DELIVERY_HOT, Delivery, HOLD_EVERY, MAX_TURNS, OWN_HEAT_QUICK, OWN_HEAT_RAISED, begin, begin_after,
    preset_delivery, reading_allowance, step,
};
