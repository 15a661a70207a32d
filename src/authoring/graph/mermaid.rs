//! For Mermaid, which wikis and code hosts draw.

use super::{Graph, PlaceKind};

/// The graph as a Mermaid flowchart.
pub fn mermaid(graph: &Graph) -> String {
    let mut text = format!("---\ntitle: {}\n---\nflowchart LR\n", yaml(&graph.title));
    for (number, sheet) in graph.sheets.iter().enumerate() {
        let id = |place: usize| format!("e{number}n{place}");
        text.push_str(&format!("    subgraph e{number} [\"{}\"]\n", escaped(&sheet.title)));
        for (place, it) in sheet.places.iter().enumerate() {
            let name = escaped(&it.name);
            let shape = match it.kind {
                PlaceKind::Start => format!("((\"{name}\"))"),
                PlaceKind::Node { core } => format!("[\"{name}\"]{}", if core { ":::core" } else { "" }),
                PlaceKind::Ending => format!("([\"{name}\"])"),
            };
            text.push_str(&format!("        {}{shape}\n", id(place)));
        }
        for way in &sheet.ways {
            let label = escaped(&sheet.label(way));
            let arrow = if way.when.is_some() { "-.->" } else { "-->" };
            let label = if label.is_empty() { String::new() } else { format!("|\"{label}\"|") };
            text.push_str(&format!("        {} {arrow}{label} {}\n", id(way.from), id(way.to)));
        }
        text.push_str("    end\n");
    }
    text.push_str("    classDef core stroke-width:3px\n");
    text
}

/// As text between quotes, where `#` begins an entity and `<` a tag.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '#' => escaped.push_str("#35;"),
            '"' => escaped.push_str("#quot;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            '`' => escaped.push_str("#96;"),
            '\n' => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A text of YAML's on one line.
fn yaml(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''").replace('\n', " "))
}
