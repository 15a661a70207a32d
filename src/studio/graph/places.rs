//! Where encounters, nodes, replies and endings stand in a text, whatever is wrong around them.

use crate::diagnostic::Span;
use crate::scenario::parse::{Outline, Role, outline};

/// Where everything stands in one version of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    pub version: u64,
    /// In the order of the file.
    pub encounters: Vec<EncounterPlace>,
}

/// An encounter and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncounterPlace {
    /// All of it.
    pub span: Span,
    pub nodes: Vec<NodePlace>,
    pub endings: Vec<Named>,
    /// Tiles, diary events and their choices.
    pub after: Vec<(After, Named)>,
}

/// What has a name after the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    Tile,
    Event,
    Choice,
}

/// A node and its replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodePlace {
    pub named: Named,
    pub replies: Vec<Named>,
}

/// A thing with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    /// The name, without its quote marks.
    pub label: Span,
    /// All of it.
    pub span: Span,
}

/// What a byte of the text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// By its place in the file.
    pub encounter: usize,
    /// By its place in [`EncounterPlace::nodes`].
    pub node: Option<usize>,
    /// By its place in [`NodePlace::replies`].
    pub reply: Option<usize>,
    /// By its place in [`EncounterPlace::endings`].
    pub ending: Option<usize>,
}

impl Places {
    pub fn of(version: u64, text: &str) -> Self {
        let outline = outline(text);
        let mut names = vec![None; outline.brackets.len()];
        for piece in &outline.pieces {
            if let (Role::Value, "Reply" | "Tile" | "DiaryEvent" | "Choice", "id", Some(bracket)) =
                (piece.role, piece.site.owner, piece.site.field, piece.site.bracket)
            {
                names[bracket].get_or_insert(piece.span);
            }
        }
        let mut encounters: Vec<EncounterPlace> = Vec::new();
        for (index, bracket) in outline.brackets.iter().enumerate() {
            if bracket.name == "Encounter" {
                let (span, nodes) = (bracket.span, Vec::new());
                encounters.push(EncounterPlace { span, nodes, endings: Vec::new(), after: Vec::new() });
                continue;
            }
            let Some(encounter) = encounters.last_mut() else { continue };
            let label = names[index].unwrap_or(Span::point(bracket.span.start));
            let after = |after: After| (after, named(text, label, bracket.span));
            match (bracket.name, bracket.key) {
                ("Node", Some(key)) => {
                    let whole = named(text, key, key.to(bracket.span));
                    encounter.nodes.push(NodePlace { named: whole, replies: Vec::new() });
                }
                ("Ending", Some(key)) => encounter.endings.push(named(text, key, key.to(bracket.span))),
                ("Reply", _) if belongs_to_node(&outline, index) => {
                    if let Some(node) = encounter.nodes.last_mut() {
                        node.replies.push(named(text, label, bracket.span));
                    }
                }
                ("Tile", _) => encounter.after.push(after(After::Tile)),
                ("DiaryEvent", _) => encounter.after.push(after(After::Event)),
                ("Choice", _) => encounter.after.push(after(After::Choice)),
                _ => {}
            }
        }
        Self { version, encounters }
    }

    /// What a byte belongs to. None outside of encounters.
    pub fn at(&self, byte: usize) -> Option<Spot> {
        let holds = |span: Span| span.start <= byte && byte <= span.end;
        // Where two meet, the later one begins at the byte.
        let encounter = self.encounters.iter().rposition(|place| holds(place.span))?;
        let inside = &self.encounters[encounter];
        let node = inside.nodes.iter().rposition(|node| holds(node.named.span));
        let reply = node.and_then(|node| inside.nodes[node].replies.iter().rposition(|reply| holds(reply.span)));
        let ending = inside.endings.iter().rposition(|ending| holds(ending.span));
        Some(Spot { encounter, node, reply, ending })
    }

    /// The node of this name. `index` is where it is likely to stand.
    pub fn node(&self, encounter: usize, index: usize, name: &str) -> Option<&NodePlace> {
        let nodes = &self.encounters.get(encounter)?.nodes;
        let likely = nodes.get(index).filter(|node| node.named.name == name);
        likely.or_else(|| nodes.iter().find(|node| node.named.name == name))
    }

    /// The tile, event or choice of this name.
    pub fn after(&self, encounter: usize, kind: After, name: &str) -> Option<&Named> {
        let after = &self.encounters.get(encounter)?.after;
        after.iter().find(|(is, named)| *is == kind && named.name == name).map(|(_, named)| named)
    }

    /// The ending of this name.
    pub fn ending(&self, encounter: usize, name: &str) -> Option<&Named> {
        self.encounters.get(encounter)?.endings.iter().find(|ending| ending.name == name)
    }
}

impl NodePlace {
    /// The reply of this name.
    pub fn reply(&self, name: &str) -> Option<&Named> {
        self.replies.iter().find(|reply| reply.name == name)
    }
}

/// Whether a bracket stands in the replies of a node.
fn belongs_to_node(outline: &Outline, bracket: usize) -> bool {
    let site = outline.brackets[bracket].site;
    (site.owner, site.field) == ("Node", "replies")
}

fn named(text: &str, label: Span, span: Span) -> Named {
    let written = &text[label.range()];
    let start = label.start + written.len() - written.trim_start_matches('"').len();
    let name = written.trim_matches('"');
    Named { name: name.to_owned(), label: Span::new(start, start + name.len()), span }
}
