//! Every text of a scenario with what somebody needs to know who reads it alone.

use std::collections::BTreeMap;

use crate::scenario::in_words::in_words;
use crate::scenario::model::{Condition, Lapse, Line, Speech};
use crate::scenario::texts::{Role, Text, Voice};
use crate::scenario::{Encounter, Scenario, texts};

/// A text of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: String,
    /// Who says it.
    pub(super) who: String,
    /// With its marks, as the author wrote them.
    pub(super) words: String,
    /// As it is heard or read, with pauses in words.
    pub(super) heard: String,
    /// What it is, and under which condition it is met.
    pub(super) context: String,
}

/// All texts of a scenario, in reading order.
pub(super) fn rows(scenario: &Scenario) -> Vec<Row> {
    let texts = texts(scenario);
    let contexts = contexts(scenario, &texts);
    let row = |text: Text<'_>| {
        let who = match text.voice() {
            Voice::Customer => &scenario.customer.name,
            Voice::Trainee => &scenario.you,
            Voice::Narrator => "Narrator",
        };
        let heard = text.speech.map_or_else(|| text.words.clone(), for_the_voice);
        let context = format!("{}{}", text.role.words(), contexts.get(&text.id).map_or("", String::as_str));
        Row { who: who.to_owned(), heard, context, id: text.id, words: text.words }
    };
    texts.into_iter().map(row).collect()
}

/// The ids of the texts of one role, in reading order.
pub(super) fn ids<'t>(texts: &'t [Text<'_>], role: Role) -> impl Iterator<Item = &'t str> {
    texts.iter().filter(move |text| text.role == role).map(|text| text.id.as_str())
}

/// A spoken text with what is seen in it and where it pauses, for somebody who is to speak it.
pub(super) fn for_the_voice(speech: &Speech) -> String {
    let mut parts: Vec<String> = Vec::new();
    for phrase in &speech.phrases {
        parts.extend(phrase.direction.as_ref().map(|direction| format!("[{direction}]")));
        parts.push(phrase.text.clone());
        parts.extend(phrase.lapse.map(|lapse| match lapse {
            Lapse::Seeded => "[pause]".to_owned(),
            Lapse::Millis(millis) => format!("[pause, {}.{} s]", millis / 1000, millis % 1000 / 100),
        }));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// What is to be said of a text beside its role, by its id: ", if anger is 60 or more (variant 1 of 2)".
fn contexts(scenario: &Scenario, texts: &[Text<'_>]) -> BTreeMap<String, String> {
    let mut contexts = BTreeMap::new();
    let under = |encounter: &Encounter, when: &Condition| format!(", if {}", in_words(scenario, encounter, when));
    let mut lines = |encounter: &Encounter, lines: &[Line]| {
        for line in lines {
            let when = line.when.as_ref().map(|when| under(encounter, when)).unwrap_or_default();
            let all = line.variants.len();
            for (place, variant) in line.variants.iter().enumerate() {
                let which = if all > 1 { format!(" (variant {} of {all})", place + 1) } else { String::new() };
                contexts.insert(variant.id.clone(), format!("{when}{which}"));
            }
        }
    };
    for encounter in &scenario.encounters {
        encounter.nodes.iter().for_each(|node| lines(encounter, &node.lines));
        encounter.replies.iter().for_each(|reply| lines(encounter, &reply.answers));
    }
    // What has no id of its own in the model stands in the order of the model.
    let mut each = |role: Role, conditions: Vec<Option<String>>| {
        for (id, when) in ids(texts, role).zip(conditions) {
            contexts.extend(when.map(|when| (id.to_owned(), when)));
        }
    };
    let of = |conditions: fn(&Encounter) -> Vec<Option<&Condition>>| {
        let encounters = scenario.encounters.iter();
        encounters
            .flat_map(|encounter| {
                conditions(encounter)
                    .into_iter()
                    .map(|when| when.map(|when| under(encounter, when)))
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let replies = of(|encounter| encounter.replies.iter().map(|reply| reply.when.as_ref()).collect());
    each(Role::Gist, replies.clone());
    each(Role::Reply, replies);
    each(Role::Tile, of(|encounter| encounter.note.iter().map(|tile| tile.when.as_ref()).collect()));
    each(Role::Event, of(|encounter| encounter.diary.iter().map(|event| event.when.as_ref()).collect()));
    each(
        Role::Choice,
        of(|encounter| {
            encounter.diary.iter().flat_map(|event| &event.choices).map(|choice| choice.when.as_ref()).collect()
        }),
    );
    contexts
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::scenario::load::load;

    #[test]
    fn a_row_says_who_speaks_how_it_is_heard_and_when() {
        let bytes = include_bytes!("../../scenarios/before-saturday.ron");
        let scenario = load("a.ron", bytes).scenario.expect("it is shipped");
        let rows = rows(&scenario);
        let said = |part: &str| {
            let found: Vec<_> = rows.iter().filter(|row| row.words.contains(part)).collect();
            assert!(!found.is_empty(), "{part}");
            found[0].clone()
        };
        let first = said("I put my phone on the windowsill");
        assert_eq!(first.who, "Marisol Quint");
        assert!(
            first.words.contains("||") && first.heard.contains("[pause]") && !first.heard.contains('~'),
            "{first:?}"
        );
        assert_eq!(first.context, "line");
        assert_eq!(said("You kept the whole morning free").who, "Ade");
        assert!(rows.iter().any(|row| row.context == "line, if anger is 70 or more"));
        assert!(rows.iter().any(|row| row.context == "note tile, if “chiller” is promised"));
        assert!(rows.iter().any(|row| row.context == "diary event, if “engineer-early” is promised"));
    }
}
