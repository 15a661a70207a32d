//! The pages of the team service, as a browser shows them (`leaderboards`, "Pages" and "Healthy").
//!
//! A page is a struct and a template: what it says is decided in Rust, how it is marked up in `templates`. Everything
//! works without a script; the one there is brings what changes and nothing else. No page asks another host for
//! anything, and none has a style or a script inside it, so that the strictest policy holds.

mod admin;
mod assets;
mod board;
mod chart;
mod door;
mod filters;
mod frame;
mod player;
mod routes;
mod trainer;
mod wall;

pub(super) use routes::{dress, routes};

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;
