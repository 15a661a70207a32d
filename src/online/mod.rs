//! Speaking with a team service or a learning record store. Calls block; whoever draws runs them on a thread of their own.

pub mod lrs;
