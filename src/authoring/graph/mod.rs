//! A scenario as a graph: nodes, the replies that lead from one to the next, and the ways in and out.
//!
//! [`graph()`] says what is to be drawn; [`svg()`], [`dot()`] and [`mermaid()`] draw it, and so does the window.
//! [`mod@boxes`] says how large each place is and where it goes; [`mod@layout`], which finds that out, knows nothing of
//! scenarios.

pub mod boxes;
mod dot;
pub mod layout;
mod mermaid;
mod svg;
mod wrapped;

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::{escaped, svg};

use crate::scenario::in_words::in_words;
use crate::scenario::model::{Condition, Speech, Target};
use crate::scenario::{Encounter, Scenario};

/// What there is to draw of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    pub title: String,
    /// One for each encounter.
    pub sheets: Vec<Sheet>,
}

/// One encounter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name in the file.
    pub name: String,
    pub title: String,
    /// The way in first, then the nodes, then the endings.
    pub places: Vec<Place>,
    pub ways: Vec<Way>,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub kind: PlaceKind,
    /// Its name in the file; of the way in, "Start".
    pub name: String,
    /// What is said there, or told of the ending.
    pub words: String,
    /// The ways that leave it, each with its words: one row a reply.
    pub rows: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// Where the encounter begins.
    Start,
    Node {
        /// On the main road.
        core: bool,
    },
    Ending,
}

/// A link between two places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The place in [`Sheet::places`].
    pub from: usize,
    /// The row of that place from which it leaves.
    pub row: usize,
    pub to: usize,
    /// In words, what must hold for this way to be taken instead of the plain one.
    pub when: Option<String>,
}

impl Sheet {
    /// What stands at a way: the gist of its reply, and its condition.
    pub fn label(&self, way: &Way) -> String {
        let gist = self.places[way.from].rows.get(way.row).map_or("", String::as_str);
        match &way.when {
            Some(when) if gist.is_empty() => format!("if {when}"),
            Some(when) => format!("{gist}, if {when}"),
            None => gist.to_owned(),
        }
    }
}

/// What there is to draw of a scenario.
pub fn graph(scenario: &Scenario) -> Graph {
    let sheets = (0..scenario.encounters.len()).map(|place| sheet(scenario, place)).collect();
    Graph { title: scenario.title.clone(), sheets }
}

fn sheet(scenario: &Scenario, place: usize) -> Sheet {
    let encounter = &scenario.encounters[place];
    // The way in comes first.
    let node = |index: usize| 1 + index;
    let target = |target: Target| match target {
        Target::Node(id) => node(id.index()),
        Target::Ending(id) => node(encounter.nodes.len()) + id.index(),
    };
    let mut places = vec![Place {
        kind: PlaceKind::Start,
        name: "Start".to_owned(),
        words: String::new(),
        rows: vec![String::new()],
    }];
    let mut ways = vec![Way { from: 0, row: 0, to: node(encounter.start.index()), when: None }];
    for start in &encounter.starts {
        // Its names are those of the encounter before.
        let before = place.checked_sub(1).map_or(encounter, |before| &scenario.encounters[before]);
        if let Some(to) = start.node {
            let when = in_words(scenario, before, &start.when);
            ways.push(Way { from: 0, row: 0, to: node(to.index()), when: Some(when) });
        }
    }
    for (index, it) in encounter.nodes.iter().enumerate() {
        let mut rows = Vec::new();
        for id in it.reply_ids() {
            let reply = encounter.reply(id);
            let row = rows.len();
            rows.push(reply.gist.clone());
            let when = |condition: &Condition| in_words(scenario, encounter, condition);
            ways.push(Way { from: node(index), row, to: target(reply.to), when: None });
            ways.extend(reply.to_when.iter().map(|(condition, to)| Way {
                from: node(index),
                row,
                to: target(*to),
                when: Some(when(condition)),
            }));
        }
        places.push(Place {
            kind: PlaceKind::Node { core: it.core },
            name: it.name.clone(),
            words: said(encounter, index),
            rows,
        });
    }
    for ending in &encounter.endings {
        let words = match ending.outcome {
            Some(outcome) => format!("{} ({outcome})", ending.text),
            None => ending.text.clone(),
        };
        places.push(Place { kind: PlaceKind::Ending, name: ending.name.clone(), words, rows: Vec::new() });
    }
    Sheet { name: encounter.name.clone(), title: encounter.title.clone(), places, ways }
}

/// The plain line of a node.
fn said(encounter: &Encounter, node: usize) -> String {
    let lines = &encounter.nodes[node].lines;
    lines.last().and_then(|line| line.variants.first()).map(Speech::plain).unwrap_or_default()
}

#[cfg(test)]
mod tests;
