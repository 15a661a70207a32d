//! All texts as a catalogue for translators, brought to what the scenario says now.

use super::sheet::rows;
use crate::scenario::translation::{Catalogue, Described};
use crate::scenario::{Scenario, texts};

/// A PO file with every text of the scenario. `catalogue`: the one that is there already, whose translations are kept.
pub fn po(scenario: &Scenario, catalogue: Catalogue) -> String {
    let texts = texts(scenario);
    let described: Vec<_> = texts
        .iter()
        .zip(rows(scenario))
        .map(|(text, row)| Described { text, about: format!("{}: {}", row.who, row.context) })
        .collect();
    catalogue.brought_to(&described).written(&scenario.slug, &described)
}
