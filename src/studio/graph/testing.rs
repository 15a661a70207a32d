//! Large scenarios for tests.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::scenario::Scenario;
use crate::scenario::load::load;

/// A scenario of so many nodes, in layers of twenty, with three replies each; now and then one leads back.
pub(crate) fn generated(nodes: usize) -> String {
    const LAYER: usize = 20;
    let mut text = String::from(
        "Scenario(format: 1, id: \"large\", title: \"Large\", setting: \"s\", you: \"Ade\", channel: Phone,\
         difficulty: 1, teaser: \"t\", customer: Customer(name: \"Pat\", pronoun: They, about: \"a\",\
         mood: (anger: 40, trust: 40, patience: 90, heard: 20, clarity: 20)),\n\
         needs: { \"all\": (weight: 100, text: \"n\") }, encounters: [Encounter(id: \"call\", start: \"node-0\",\
         leaves: \"I am off.\", escalates: \"Your manager, now.\", nodes: {\n",
    );
    for node in 0..nodes {
        let (layer, place) = (node / LAYER, node % LAYER);
        let next = |place: usize| {
            let to = (layer + 1) * LAYER + place % LAYER;
            if to < nodes { format!("node-{to}") } else { "done".to_owned() }
        };
        let back = if node % 10 == 7 && layer > 0 { format!("node-{}", node - LAYER) } else { next(place + 1) };
        let _ = writeln!(
            text,
            "\"node-{node}\": Node(says: [\"This is what I have to say in turn {node}, and it is not little.\"],\
             weigh: {{ Paraphrase: 2 }}, core: true, replies: [",
        );
        for (number, to) in [next(place), next(place * 7 + 3), back].iter().enumerate() {
            let (act, shows) = [("ParaphraseRight", 4), ("BareApology", 2), ("PolicyQuote", 0)][number];
            let _ = writeln!(
                text,
                "Reply(id: \"reply-{node}-{number}\", gist: \"Say it in way {number}\", text: \"Ten words stand here so \
                 that reading takes its time.\", acts: [{act}], shows: {{ Paraphrase: {shows} }}, why: \"w\",\
                 hears: \"h\", to: \"{to}\"),"
            );
        }
        text.push_str("]),\n");
    }
    text.push_str("}, endings: { \"done\": (text: \"They ring off.\") })])\n");
    text
}

/// What can be played of a text.
pub(crate) fn played(text: &str) -> Arc<Scenario> {
    let loaded = load("test.ron", text.as_bytes());
    Arc::new(loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.findings)))
}
