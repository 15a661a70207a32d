//! The same branching story, played by Simmer, by ink's runtime and by Yarn Spinner.
//!
//! [`story`] makes the story, [`engine`] gives it to each of the three in the file format that is theirs, and
//! [`measure`] times them. What is printed is put together in `main`.

pub mod engine;
pub mod measure;
pub mod story;

/// What can go wrong in a run, as text for whoever reads it.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
