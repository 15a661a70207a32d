//! What Studio says.

use super::{figures, file, findings, graph, shelf, talk, text};
use crate::studio::Studio;

/// What the screen says.
#[derive(Debug)]
pub enum View {
    Shelf(shelf::View),
    Bench(Box<Bench>),
}

/// One file, and everything around it.
#[derive(Debug)]
pub struct Bench {
    pub file: file::View,
    pub text: text::View,
    pub findings: findings::View,
    pub graph: graph::View,
    pub talk: talk::View,
    pub figures: figures::View,
}

impl Bench {
    /// What Studio says of the file on the bench. Nothing large is copied.
    pub fn of(studio: &Studio, facts: file::Facts<'_>) -> Self {
        Self {
            file: file::View::of(studio, facts),
            text: text::View::of(studio),
            findings: findings::View::of(studio),
            graph: graph::View::of(studio),
            talk: talk::View::of(studio),
            figures: figures::View::of(studio),
        }
    }
}
