//! The team service: `simmer serve` (`leaderboards`, "Team service").
//!
//! `run` starts it: it opens the database (`store`), listens, and gives out what was asked for over `http`. Everything
//! submitted is played back (`verify`) before anything of it is kept.

mod access;
mod cache;
mod http;
mod pages;
mod proxies;
mod reporting;
mod run;
pub mod store;
#[cfg(test)]
mod tests;
mod tls;
mod verify;

pub use access::{Name, NotAName, new_invite, new_token};
pub use http::listed;
pub use proxies::{Network, NotANetwork};
pub use run::{Configuration, FirstStart, Running, StartError, invite_link, start, to_publish};
pub use tls::{Security, SecurityError};
