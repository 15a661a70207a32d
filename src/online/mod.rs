//! Speaking with a team service or a learning record store. Calls block; whoever draws runs them on a thread of their own.
//!
//! [`Service`] says one thing to a service and hears its answer. [`Folder`] is what is kept on this computer for one
//! profile: the [`Membership`], the leaves to play ([`starts`]) and the receipts. [`Outbox`] brings the two together:
//! every ranked run arrives, and arrives once.

mod address;
mod call;
mod events;
mod folder;
pub mod lrs;
mod membership;
pub mod outbox;
mod pin;
mod published;
mod service;
pub mod starts;

#[cfg(test)]
#[cfg(feature = "server")]
pub(crate) mod tests;

pub use address::{Address, NotPrivate};
pub use call::{CallError, shown};
pub use events::Events;
pub use folder::{Folder, FolderError};
pub use membership::{JoinError, Membership, Unheard, join};
pub use outbox::Outbox;
pub use published::{Published, PublishedError};
pub use service::{BoardQuery, Service};
