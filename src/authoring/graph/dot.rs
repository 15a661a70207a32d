//! For Graphviz.

use super::{Graph, PlaceKind};

/// The graph in the DOT language of Graphviz.
pub fn dot(graph: &Graph) -> String {
    let mut text = String::from("digraph scenario {\n");
    text.push_str(&format!("    label = {};\n    labelloc = t;\n    rankdir = LR;\n", quoted(&graph.title)));
    text.push_str("    node [shape = box, style = rounded, fontname = \"sans-serif\"];\n");
    text.push_str("    edge [fontname = \"sans-serif\", fontsize = 10];\n");
    for (number, sheet) in graph.sheets.iter().enumerate() {
        let id = |place: usize| format!("e{number}_{place}");
        text.push_str(&format!("    subgraph cluster_{number} {{\n        label = {};\n", quoted(&sheet.title)));
        for (place, it) in sheet.places.iter().enumerate() {
            let shape = match it.kind {
                PlaceKind::Start => ", shape = circle, style = filled",
                PlaceKind::Node { core: true } => ", penwidth = 2",
                PlaceKind::Node { core: false } => "",
                PlaceKind::Ending => ", shape = doubleoctagon",
            };
            let words = quoted(&it.words);
            text.push_str(&format!(
                "        {} [label = {}, tooltip = {words}{shape}];\n",
                id(place),
                quoted(&it.name)
            ));
        }
        for way in &sheet.ways {
            let style = if way.when.is_some() { ", style = dashed" } else { "" };
            let label = quoted(&sheet.label(way));
            text.push_str(&format!("        {} -> {} [label = {label}{style}];\n", id(way.from), id(way.to)));
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n");
    text
}

/// In the quotes of DOT, in which a backslash begins an escape.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
