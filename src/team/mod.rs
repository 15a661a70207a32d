//! What a window and a team service say to each other (`leaderboards`, "Team service").
//!
//! Both ends use these very types, so that neither can drift from the other. The service describes them in its `OpenAPI`
//! document; nothing here sends or stores anything.

mod invite;
pub mod protocol;
mod token;

pub use invite::{Invite, NotAnInvite};
pub use token::{Kind, NotAToken, Token};
