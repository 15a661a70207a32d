//! What Studio says.

use super::{figures, findings, graph, shelf, talk, text};
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
    pub name: String,
    pub text: text::View,
    pub findings: findings::View,
    pub graph: graph::View,
    pub talk: talk::View,
    pub figures: figures::View,
}

impl Bench {
    /// What Studio says of the file on the bench. Nothing large is copied.
    pub fn of(studio: &Studio) -> Self {
        Self {
            name: studio.document().name().to_owned(),
            text: text::View::of(studio),
            findings: findings::View::of(studio),
            graph: graph::View::of(studio),
            talk: talk::View::of(studio),
            figures: figures::View::of(studio),
        }
    }
}
