//! The team service: `simmer serve` (`leaderboards`, "Team service").

pub mod store;
