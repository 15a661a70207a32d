//! The screen as a person meets it: by key, by name, and over whole calls.

mod calls;
mod explained;
mod play;
mod reach;
mod views;
