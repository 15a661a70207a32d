//! What is known of a scenario, for the tests of the panes.

use std::sync::Arc;

use crate::explore::solve::Options;
use crate::studio::graph::testing::played;
use crate::studio::survey::{Effort, Survey, Surveyed};

/// What a small survey comes to.
pub(in super::super) fn surveyed(text: &str) -> Arc<Surveyed> {
    let options = Options { budget: 20_000, playouts: 50, width: 60, ..Options::default() };
    let mut survey = Survey::with(Effort { options, plays: vec![1_900], seed: 5, quiet: 0 });
    survey.restart(0, &played(text));
    while survey.is_running() {
        survey.look_around();
        std::thread::yield_now();
    }
    Arc::clone(survey.surveyed().unwrap())
}
