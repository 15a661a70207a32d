//! The pure engine: a compiled scenario, a state and an input give events.
//!
//! [`step()`] is the only way in which a conversation moves: the window, the terminal, the simulator, the prover and the
//! service all call it. It reads no clock, no file and no randomness of the system; the same inputs give the same
//! events on every machine, for ever. Time enters as part of an input, random draws are keyed by the seed and the
//! place in the scenario.

mod acts;
mod begin;
mod bits;
mod condition;
mod draw;
mod event;
mod gesture;
mod input;
mod meters;
mod reply;
mod row;
mod speech;
mod state;
mod step;
mod time;

pub use acts::{Delta, again, delta};
pub use begin::{begin, begin_after, begin_at};
pub use bits::Bits;
pub use condition::holds;
pub(crate) use draw::{Purpose, below, generator, shuffle};
pub use event::{Cause, CutOff, Event, EventSink, Evidence, Exit, Source, Violation};
pub use gesture::HOLD_EVERY;
pub use input::{Action, Input, Mode, Refusal};
pub use meters::{Meters, TEMPER_BOUNDS, temper};
pub use reply::{Delivery, HOT, OWN_HEAT_QUICK, OWN_HEAT_RAISED, preset_delivery};
pub(crate) use reply::{once_spoken, sway};
pub use row::Row;
pub(crate) use speech::course;
pub use speech::{
    Beat, Offered, Part, Schedule, Spoken, beats, lines_spoken, offered, reading_order, reply_order, schedule,
};
pub use state::{Posture, Stage, Standing, State, Turn};
pub(crate) use step::take;
pub use step::{MAX_TURNS, step};
pub use time::reading_allowance;
