//! The screens, each a folder of its own: what it says in `data.rs`, how that is drawn in `ui.rs`.

pub mod after_call;
pub mod board;
pub mod conversation;
pub mod days;
pub mod debrief;
mod due;
pub mod home;
pub mod library;
pub mod page;
mod pick;
pub mod prepare;
pub mod progress;
mod reader;
pub mod review;
mod scroll;
pub mod settings;
mod sheet;
pub mod studio;
mod table;
pub mod team;
mod text;
pub mod welcome;

#[cfg(test)]
mod testing;
