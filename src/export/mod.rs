//! A scenario for other people's tools: Twee for Twine, a table, a catalogue for translators, and a script to read from.

mod csv;
mod po;
mod script;
mod sheet;
mod twee;

pub use csv::{csv, csv_row};
pub use po::po;
pub use script::script;
pub use twee::twee;
