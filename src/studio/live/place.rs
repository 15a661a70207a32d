//! Where in the text the conversation stands, and where in the conversation the text.

use std::ops::Range;

use crate::scenario::Scenario;
use crate::scenario::finding::{Part, Path, Step};
use crate::scenario::id::{EncounterId, NodeId};
use crate::scenario::parse::{outline, place};

/// The place of what a path leads to, in bytes: of an entry of a map its key alone, so that it is in sight. The nearest
/// that is there, where the text has changed since; none in a text that holds nothing.
pub fn place_of(text: &str, path: &Path) -> Option<Range<usize>> {
    let part = if matches!(path.0.last(), Some(Step::Key(..))) { Part::Key } else { Part::Value };
    let span = place(text, path, &part)?;
    Some(span.start.min(text.len())..span.end.min(text.len()))
}

/// The node in whose text a byte lies: which encounter it stands in, the first being 0, and its name. It may not be part
/// of what is played yet.
pub fn node_at(text: &str, byte: usize) -> Option<(usize, String)> {
    let outline = outline(text);
    let is_around = |start: usize, end: usize| start <= byte && byte <= end;
    let node = outline.brackets.iter().rfind(|bracket| {
        let start = bracket.key.map_or(bracket.span.start, |key| key.start);
        bracket.name == "Node" && is_around(start, bracket.span.end)
    })?;
    let key = &text[node.key?.range()];
    let encounters = outline.brackets.iter().take_while(|bracket| bracket.span.start < node.span.start);
    let encounter = encounters.filter(|bracket| bracket.name == "Encounter").count().checked_sub(1)?;
    Some((encounter, key.trim_matches('"').to_owned()))
}

/// The node of that name, in what is played.
pub fn find(scenario: &Scenario, encounter: usize, name: &str) -> Option<(EncounterId, NodeId)> {
    let inside = scenario.encounters.get(encounter)?;
    let node = inside.nodes.iter().position(|node| node.name == name)?;
    Some((EncounterId::at(encounter), NodeId::at(node)))
}
