//! Where the text on the bench is kept: its file, the copies before it, and what is not saved yet.

/// Where the text is kept.
#[derive(Debug, Default)]
pub struct Keeping {}
