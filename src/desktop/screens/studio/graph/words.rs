//! The graph in words: for whoever hears it, and under the drawing.

use crate::authoring::graph::{Place, PlaceKind, Sheet};

use super::scene::Scene;

/// What a place is called.
pub(super) fn name(place: &Place) -> String {
    match place.kind {
        PlaceKind::Start => "Start".to_owned(),
        PlaceKind::Node { .. } => place.name.clone(),
        PlaceKind::Ending => format!("Ending {}", place.name),
    }
}

/// What a place is, what is said there, its replies and where they lead.
pub(super) fn place(sheet: &Sheet, scene: &Scene, index: usize) -> String {
    let place = &sheet.places[index];
    let mut text = match place.kind {
        PlaceKind::Start => "The encounter begins here.".to_owned(),
        PlaceKind::Node { core } => {
            let replies = match place.rows.len() {
                1 => "one reply".to_owned(),
                more => format!("{more} replies"),
            };
            format!("Node{}, {replies}. “{}”", if core { " on the main road" } else { "" }, place.words)
        }
        PlaceKind::Ending => format!("“{}”", place.words),
    };
    for way in &scene.leaving[index] {
        text.push(' ');
        text.push_str(&self::way(sheet, *way));
    }
    text
}

/// A way, as a sentence: "Ask what worries her: leads to new-meter, if the customer is hot."
pub(super) fn way(sheet: &Sheet, index: usize) -> String {
    let way = &sheet.ways[index];
    let to = &sheet.places[way.to];
    let target = match to.kind {
        PlaceKind::Ending => format!("the ending {}", to.name),
        PlaceKind::Start | PlaceKind::Node { .. } => to.name.clone(),
    };
    let gist = sheet.places[way.from].rows.get(way.row).map_or("", String::as_str);
    let leads = match &way.when {
        Some(when) => format!("leads to {target}, if {when}."),
        None => format!("leads to {target}."),
    };
    if gist.is_empty() { format!("It {leads}") } else { format!("“{gist}” {leads}") }
}

/// Findings, in words. Empty where there are none.
pub(super) fn findings(errors: usize, warnings: usize) -> String {
    let count = |many: usize, one: &str| match many {
        1 => format!("one {one}"),
        more => format!("{more} {one}s"),
    };
    match (errors, warnings) {
        (0, 0) => String::new(),
        (errors, 0) => format!("There is {} here.", count(errors, "error")),
        (0, warnings) => format!("There is {} here.", count(warnings, "warning")),
        (errors, warnings) => format!("There is {} and {} here.", count(errors, "error"), count(warnings, "warning")),
    }
}
