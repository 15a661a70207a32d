//! What a scenario file says, one frozen set of types a version, and the way from each to the next.
//!
//! Only the newest version is resolved. A file of an older one is read with its own types and migrated.

pub mod v1;

/// The version that files are written in today.
pub const CURRENT: u32 = 1;
/// The oldest version that still loads.
pub const MINIMUM: u32 = 1;

/// The newest version's document: what `parse` gives and `resolve` takes.
pub use v1 as current;
