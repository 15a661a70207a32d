//! Scenarios written for one test, as plain as can be but for what the test is about.

use simmer::scenario::load::load;
use simmer::scenario::model::Scenario;

/// `customer` has at least a mood; `top` is what else stands in the file, each field with its comma.
pub(crate) fn scenario(channel: &str, customer: &str, top: &str, encounters: &[String]) -> Scenario {
    let encounters = encounters.concat();
    let text = format!(
        "Scenario(format: 1, id: \"bench\", title: \"Bench\", setting: \"s\", you: \"Ade\", channel: {channel},\
         difficulty: 1, teaser: \"t\", customer: Customer(name: \"Pat\", pronoun: They, about: \"a\", {customer}),\
         needs: {{ \"all\": (weight: 100, text: \"n\") }}, {top} encounters: [{encounters}])"
    );
    let loaded = load("bench.ron", text.as_bytes());
    loaded.scenario.unwrap_or_else(|| panic!("{:#?}", loaded.findings))
}

/// An encounter that starts at the node `node` and whose ending is `end`.
pub(crate) fn encounter(id: &str, nodes: &[String], rest: &str) -> String {
    let nodes = nodes.concat();
    format!(
        "Encounter(id: {id:?}, start: \"node\", leaves: \"I'm off.\", escalates: \"Your manager, now.\", {rest}\
         nodes: {{ {nodes} }}, endings: {{ \"end\": (text: \"They ring off.\") }}),"
    )
}

/// A node with its replies: the name of each, and at least its acts and where it leads.
pub(crate) fn node(name: &str, says: &str, extra: &str, replies: &[(&str, &str)]) -> String {
    let replies = replies.iter().map(|(id, fields)| {
        format!(
            "Reply(id: {id:?}, gist: \"one two three\", text: \"Ten words stand here so that reading takes its time.\",\
             why: \"w\", hears: \"h\", {fields}),"
        )
    });
    let replies: String = replies.collect();
    format!("{name:?}: Node(says: [{says:?}], {extra} replies: [{replies}]),")
}
