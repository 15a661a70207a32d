//! The report of `simmer simulate`: as text, as JSON, and as a page with pictures.

pub(super) mod html;
pub(super) mod json;
pub(super) mod text;
mod words;

use std::sync::Arc;

use crate::explore::simulate::{Played, Report};
use crate::library::Entry;

/// Score histograms have this many bars: 40 points each.
const BARS: usize = 25;

/// A report, and the files that it is about.
pub(super) struct Simulation<'a> {
    pub(super) report: &'a Report<'a>,
    /// In the order of the report.
    pub(super) entries: &'a [Arc<Entry>],
    /// Files of named folders that cannot be played.
    pub(super) broken: &'a [Arc<Entry>],
}

impl<'a> Simulation<'a> {
    /// The scenarios with the names of their files.
    fn scenarios(&self) -> impl Iterator<Item = (&'a str, &'a Played<'a>)> {
        self.entries.iter().map(|entry| entry.source.name()).zip(&self.report.scenarios)
    }
}
