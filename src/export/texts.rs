//! Every text of a scenario, in the order in which it is met.

use crate::scenario::in_words::in_words;
use crate::scenario::model::{Condition, Lapse, Line, Speech};
use crate::scenario::{Encounter, Scenario};

/// A text, and what somebody needs to know who reads it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// Stable while the names around it stay: `call/waited-in/says/0`.
    pub(super) id: String,
    /// Who speaks it; "Screen" where it is only read.
    pub(super) who: String,
    pub(super) words: String,
    /// What it is, and under which condition it is met.
    pub(super) context: String,
}

/// Whose words are only read.
const SCREEN: &str = "Screen";

/// All texts of a scenario that a player reads or hears.
pub(super) fn texts(scenario: &Scenario) -> Vec<Text> {
    let mut walk = Walk { scenario, texts: Vec::new() };
    walk.read("title", &scenario.title, "The title");
    walk.read("teaser", &scenario.teaser, "What the library says of it");
    walk.read("content-note", scenario.content_note.as_deref().unwrap_or_default(), "A warning before it begins");
    walk.read("customer/about", &scenario.customer.about, "Who the customer is");
    walk.list("intentions", &scenario.intentions, "Something to set out to do");
    walk.spoken(&scenario.customer.objects, "To somebody who speaks into a pause");
    for need in &scenario.needs {
        walk.read(&format!("needs/{}", need.name), &need.text, "A part of the need, in the debrief");
    }
    for fact in &scenario.facts {
        walk.read(&format!("facts/{}", fact.name), &fact.text, "A fact, in the debrief");
    }
    for promise in &scenario.promises {
        walk.read(&format!("promises/{}", promise.name), &promise.text, &format!("A promise, due {}", promise.due));
    }
    for encounter in &scenario.encounters {
        walk.encounter(encounter);
    }
    walk.texts
}

/// A spoken text with what is seen in it and where it pauses, for somebody who is to speak it.
pub(super) fn for_the_voice(speech: &Speech) -> String {
    let mut words = String::new();
    for phrase in &speech.phrases {
        let direction = phrase.direction.as_ref().map(|direction| format!("[{direction}]"));
        for part in direction.iter().map(String::as_str).chain([phrase.text.as_str()]) {
            if !part.is_empty() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(part);
            }
        }
        match phrase.lapse {
            Some(Lapse::Seeded) => words.push_str(" [pause]"),
            Some(Lapse::Millis(millis)) => {
                words.push_str(&format!(" [pause, {}.{} s]", millis / 1000, millis % 1000 / 100))
            }
            None => {}
        }
    }
    words
}

struct Walk<'s> {
    scenario: &'s Scenario,
    texts: Vec<Text>,
}

impl Walk<'_> {
    fn push(&mut self, id: &str, who: &str, words: &str, context: &str) {
        if !words.is_empty() {
            let [id, who, words, context] = [id, who, words, context].map(str::to_owned);
            self.texts.push(Text { id, who, words, context });
        }
    }

    fn read(&mut self, id: &str, words: &str, context: &str) {
        self.push(id, SCREEN, words, context);
    }

    fn list(&mut self, id: &str, texts: &[String], context: &str) {
        for (place, words) in texts.iter().enumerate() {
            self.read(&format!("{id}/{place}"), words, context);
        }
    }

    fn spoken(&mut self, speech: &Speech, context: &str) {
        self.push(&speech.id, &self.scenario.customer.name, &for_the_voice(speech), context);
    }

    fn lines(&mut self, encounter: &Encounter, lines: &[Line], context: &str) {
        for line in lines {
            let context = self.under(encounter, context, line.when.as_ref());
            for (place, variant) in line.variants.iter().enumerate() {
                let one_of = match line.variants.len() {
                    1 => String::new(),
                    all => format!(" (variant {} of {all})", place + 1),
                };
                self.spoken(variant, &format!("{context}{one_of}"));
            }
        }
    }

    fn under(&self, encounter: &Encounter, context: &str, when: Option<&Condition>) -> String {
        match when {
            Some(when) => format!("{context}, if {}", in_words(self.scenario, encounter, when)),
            None => context.to_owned(),
        }
    }

    fn encounter(&mut self, encounter: &Encounter) {
        let name = &encounter.name;
        self.read(&format!("{name}/title"), &encounter.title, "The title of the encounter");
        self.read(&format!("{name}/setting"), &encounter.setting, "Where and when it is");
        self.list(&format!("{name}/record"), &encounter.record, "What the record says");
        self.list(&format!("{name}/yours"), &encounter.yours, "What is yours to give");
        self.list(&format!("{name}/not-yours"), &encounter.not_yours, "What is not");
        for node in &encounter.nodes {
            self.node(encounter, node);
        }
        self.spoken(&encounter.leaves, "Having had enough, and leaving");
        self.spoken(&encounter.escalates, "Taking it further");
        for ending in &encounter.endings {
            self.read(&format!("{name}/{}", ending.name), &ending.text, "The ending");
        }
        for tile in &encounter.note {
            let context = self.under(encounter, "For the note", tile.when.as_ref());
            self.read(&format!("{name}/note/{}", tile.name), &tile.text, &context);
        }
        self.read(&format!("{name}/model-note"), &encounter.model_note, "The author's own note");
        for event in &encounter.diary {
            let context = self.under(encounter, &format!("In the diary, {}", event.at), event.when.as_ref());
            let id = format!("{name}/diary/{}", event.name);
            self.read(&id, &event.text, &context);
            for choice in &event.choices {
                let id = format!("{id}/{}", choice.name);
                let context = self.under(encounter, "What can be done then", choice.when.as_ref());
                self.read(&format!("{id}/text"), &choice.text, &context);
                self.read(&format!("{id}/result"), &choice.result, "What comes of it");
                self.read(&format!("{id}/why"), &choice.why, "Why, in the debrief");
            }
        }
    }

    fn node(&mut self, encounter: &Encounter, node: &crate::scenario::Node) {
        let id = format!("{}/{}", encounter.name, node.name);
        self.lines(encounter, &node.lines, &format!("At {}", node.name));
        if let Some(volunteer) = &node.volunteers {
            self.spoken(&volunteer.speech, "To somebody who waits");
        }
        let you = self.scenario.you.clone();
        if let Some(bait) = &node.bait {
            self.push(&format!("{id}/bait/text"), &you, &bait.text, "What a pause tempts to say");
            self.spoken(&bait.answer, "To that");
        }
        if let Some(reflect) = &node.reflect {
            self.list(&format!("{id}/reflect"), &reflect.readings, "A reading of the feeling; the first is right");
        }
        self.read(&format!("{id}/coach"), node.coach.as_deref().unwrap_or_default(), "The coach");
        for reply in &encounter.replies[usize::from(node.replies.start)..usize::from(node.replies.end)] {
            let id = format!("{id}/{}", reply.name);
            self.read(&format!("{id}/gist"), &reply.gist, "The gist of a reply");
            let context = self.under(encounter, "A reply", reply.when.as_ref());
            self.push(&format!("{id}/text"), &you, &reply.text, &context);
            self.push(
                &format!("{id}/subtext"),
                &you,
                reply.subtext.as_deref().unwrap_or_default(),
                "What lies beneath it",
            );
            self.lines(encounter, &reply.answers, &format!("In answer to {}", reply.name));
            self.read(&format!("{id}/hears"), &reply.hears, "How the customer took it, in the debrief");
            self.read(&format!("{id}/why"), &reply.why, "Why, in the debrief");
            self.read(&format!("{id}/coach"), reply.coach.as_deref().unwrap_or_default(), "The coach");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::texts;
    use crate::scenario::load::load;

    #[test]
    fn every_text_has_an_id_of_its_own() {
        for bytes in [
            &include_bytes!("../../scenarios/before-saturday.ron")[..],
            &include_bytes!("../../scenarios/one-twelve.ron")[..],
        ] {
            let scenario = load("a.ron", bytes).scenario.expect("it is shipped");
            let texts = texts(&scenario);
            let ids: BTreeSet<_> = texts.iter().map(|text| &text.id).collect();
            assert_eq!(ids.len(), texts.len());
            assert!(texts.len() > 300, "{}", texts.len());
        }
    }
}
