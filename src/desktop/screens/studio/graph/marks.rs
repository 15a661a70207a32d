//! What stands where in the text, place by place: the caret, the findings, and where to go.

use std::ops::Range;

use egui::Color32;

use crate::desktop::theme::Theme;
use crate::diagnostic::Severity;
use crate::studio::checking::Checked;
use crate::studio::graph::{Drawn, Places, Spot, Stands};

/// The findings of each place of a sheet: errors and warnings.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(usize, usize)>);

impl Marks {
    pub(super) fn of(drawn: &Drawn, sheet: usize, places: &Places, checked: &Checked) -> Self {
        let mut marks = vec![(0, 0); drawn.graph.sheets[sheet].places.len()];
        for finding in &checked.findings {
            let spot = finding.span.and_then(|span| places.at(span.start)).filter(|spot| spot.encounter == sheet);
            if let Some(place) = spot.and_then(|spot| place_of(drawn, places, spot)) {
                match finding.severity {
                    Severity::Error => marks[place].0 += 1,
                    Severity::Warning => marks[place].1 += 1,
                }
            }
        }
        Self(marks)
    }

    /// Errors and warnings of a place.
    pub(super) fn at(&self, place: usize) -> (usize, usize) {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The colour of its worst finding.
    pub(super) fn color(&self, theme: &Theme, place: usize) -> Option<Color32> {
        match self.at(place) {
            (0, 0) => None,
            (0, _) => Some(theme.colors.gold),
            _ => Some(theme.colors.heat),
        }
    }
}

/// The place of the graph that a spot of the text belongs to: the one of the same name.
pub(super) fn place_of(drawn: &Drawn, places: &Places, spot: Spot) -> Option<usize> {
    let written = places.encounters.get(spot.encounter)?;
    let encounter = drawn.scenario.encounters.get(spot.encounter)?;
    if let Some(ending) = spot.ending {
        let name = &written.endings[ending].name;
        return encounter
            .endings
            .iter()
            .position(|ending| ending.name == *name)
            .map(|at| 1 + encounter.nodes.len() + at);
    }
    let node = spot.node?;
    let name = &written.nodes[node].named.name;
    let is_it = |at: &usize| encounter.nodes.get(*at).is_some_and(|node| node.name == *name);
    Some(node).filter(is_it).or_else(|| (0..encounter.nodes.len()).find(is_it)).map(|at| 1 + at)
}

/// The row of a place that a spot of the text belongs to.
pub(super) fn row_of(drawn: &Drawn, places: &Places, spot: Spot, place: usize) -> Option<usize> {
    let Stands::Node(node) = drawn.stands(spot.encounter, place) else { return None };
    let written = &places.encounters[spot.encounter].nodes[spot.node?].replies[spot.reply?];
    let mut replies = drawn.scenario.encounters[spot.encounter].replies_of(node);
    replies.position(|(_, reply)| reply.name == written.name)
}

/// Where a place, or one of its replies, stands in the text.
pub(super) fn span_of(
    drawn: &Drawn,
    places: &Places,
    sheet: usize,
    place: usize,
    row: Option<usize>,
) -> Option<Range<usize>> {
    let encounter = drawn.scenario.encounters.get(sheet)?;
    match drawn.stands(sheet, place) {
        Stands::Start => {
            let start = places.node(sheet, encounter.start.index(), &encounter.node(encounter.start).name)?;
            Some(start.named.label.range())
        }
        Stands::Node(node) => {
            let found = places.node(sheet, node.index(), &encounter.node(node).name)?;
            let reply = row.and_then(|row| drawn.reply(sheet, place, row));
            let reply = reply.and_then(|reply| found.reply(&encounter.reply(reply).name));
            Some(reply.unwrap_or(&found.named).label.range())
        }
        Stands::Ending(ending) => Some(places.ending(sheet, &encounter.ending(ending).name)?.label.range()),
    }
}
