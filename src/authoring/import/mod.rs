//! Stories made elsewhere, as drafts of scenarios.

mod draft;
mod speaker;
mod story;

pub use draft::{Draft, draft};
pub use story::{Link, NotAStory, Passage, Story, read};

#[cfg(test)]
mod tests;
