//! The conversation beside the text. It keeps its place and its state when the text changes.

use std::sync::Arc;

use crate::scenario::Scenario;

/// The conversation beside the text.
#[derive(Debug, Default)]
pub struct Live {}

impl Live {
    /// The text was changed, and can be played.
    pub fn follow(&mut self, _scenario: &Arc<Scenario>) {}
}
