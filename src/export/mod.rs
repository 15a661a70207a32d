//! A scenario for other people's tools: Twee for Twine, a table, and a script to read from.

mod csv;
mod script;
mod sheet;
mod twee;

pub use csv::csv;
pub use script::script;
pub use twee::twee;
