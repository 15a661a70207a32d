//! What an attempt file says, one frozen set of types a version, and the way from each to the next.

pub mod v1;

/// The version that attempts are written in today.
pub const CURRENT: u32 = 1;
/// The oldest version that still loads.
pub const MINIMUM: u32 = 1;

/// The newest version.
pub use v1 as current;

/// An attempt as some version wrote it: one variant a version.
#[derive(Debug)]
enum Stored {
    V1(v1::Attempt),
}

/// Reads the body of a file of a version between [`MINIMUM`] and [`CURRENT`], and brings it to the newest.
pub(super) fn read_body(version: u32, body: &str) -> ron::error::SpannedResult<current::Attempt> {
    debug_assert!((MINIMUM..=CURRENT).contains(&version), "the caller refuses other versions");
    // A second version makes this a `match version`.
    let stored = options().from_str(body).map(Stored::V1)?;
    Ok(migrate(stored))
}

/// From each version to the next, up to the newest.
fn migrate(stored: Stored) -> current::Attempt {
    match stored {
        Stored::V1(attempt) => attempt,
    }
}

/// Options are written without `Some`, as in scenario files.
pub(super) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}
