//! The whole scenario to read from, as Markdown, each line with its id.

use super::sheet::{for_the_voice, ids};
use crate::scenario::in_words::in_words;
use crate::scenario::model::{Condition, Line, Speech, Target};
use crate::scenario::texts::Role;
use crate::scenario::vocabulary::Upset;
use crate::scenario::{Encounter, Node, Reply, Scenario, texts};

/// The script of a scenario: every spoken line with its id, its variants, and the conditions in words.
pub fn script(scenario: &Scenario) -> String {
    let texts = texts(scenario);
    let reply_ids = Box::new(ids(&texts, Role::Reply));
    let mut script = Script { scenario, reply_ids, text: String::new() };
    script.line(&format!("# {}", scenario.title));
    script.line(&format!("*{}*", scenario.teaser));
    script.line(&format!("**{}**: {}", scenario.customer.name, scenario.customer.about));
    if scenario.customer.upset == Upset::Fear {
        let who = &scenario.customer.name;
        script.line(&format!("Where a condition speaks of anger, {who} is frightened, and not angry."));
    }
    script.line(&format!("**{}**: you", scenario.you));
    script.line("In square brackets stands what is seen or heard besides the words, and where there is a pause.");
    script.line("To somebody who speaks into a pause:");
    script.says(&scenario.customer.objects);
    for encounter in &scenario.encounters {
        script.encounter(encounter);
    }
    script.text.truncate(script.text.trim_end().len());
    script.text.push('\n');
    script.text
}

struct Script<'s> {
    scenario: &'s Scenario,
    /// Of those that are still to come.
    reply_ids: Box<dyn Iterator<Item = &'s str> + 's>,
    text: String,
}

impl Script<'_> {
    fn line(&mut self, words: &str) {
        self.text.push_str(words);
        self.text.push_str("\n\n");
    }

    fn says(&mut self, speech: &Speech) {
        let who = &self.scenario.customer.name;
        self.text.push_str(&format!("> **{who}** {}  \n> `{}`\n\n", marked(&for_the_voice(speech)), speech.id));
    }

    fn lines(&mut self, encounter: &Encounter, lines: &[Line]) {
        for line in lines {
            if let Some(when) = &line.when {
                self.line(&format!("If {}:", self.words(encounter, when)));
            } else if lines.len() > 1 {
                self.line("Else:");
            }
            if line.variants.len() > 1 {
                self.line("One of:");
            }
            for variant in &line.variants {
                self.says(variant);
            }
        }
    }

    fn words(&self, encounter: &Encounter, condition: &Condition) -> String {
        in_words(self.scenario, encounter, condition)
    }

    fn encounter(&mut self, encounter: &Encounter) {
        self.line(&format!("## {}", encounter.title));
        self.line(&encounter.setting);
        self.line(&format!("It begins at **{}**.", encounter.node(encounter.start).name));
        for node in &encounter.nodes {
            self.node(encounter, node);
        }
        self.line("### The end");
        self.line("Having had enough:");
        self.says(&encounter.leaves);
        self.line("Taking it further:");
        self.says(&encounter.escalates);
        for ending in &encounter.endings {
            let outcome = ending.outcome.map(|outcome| format!(" ({outcome})")).unwrap_or_default();
            self.line(&format!("**{}**{outcome}: {}", ending.name, ending.text));
        }
    }

    fn node(&mut self, encounter: &Encounter, node: &Node) {
        let core = if node.core { " (main road)" } else { "" };
        self.line(&format!("### {}{core}", node.name));
        self.lines(encounter, &node.lines);
        if let Some(volunteer) = &node.volunteers {
            self.line("To somebody who waits:");
            self.says(&volunteer.speech);
        }
        if let Some(bait) = &node.bait {
            self.line(&format!("**{}**, into the pause: {}", self.scenario.you, bait.text));
            self.says(&bait.answer);
        }
        for reply in &encounter.replies[usize::from(node.replies.start)..usize::from(node.replies.end)] {
            self.reply(encounter, reply);
        }
    }

    fn reply(&mut self, encounter: &Encounter, reply: &Reply) {
        let when = reply.when.as_ref().map(|when| format!(" (if {})", self.words(encounter, when))).unwrap_or_default();
        self.line(&format!("#### {}{when}", reply.gist));
        let id = self.reply_ids.next().unwrap_or_default();
        self.text.push_str(&format!("**{}** {}  \n`{id}`\n\n", self.scenario.you, marked(&reply.text)));
        self.lines(encounter, &reply.answers);
        let name = |target: Target| match target {
            Target::Node(id) => format!("**{}**", encounter.node(id).name),
            Target::Ending(id) => format!("the end, **{}**", encounter.ending(id).name),
        };
        let mut leads: Vec<_> = reply
            .to_when
            .iter()
            .map(|(condition, to)| format!("to {} if {}", name(*to), self.words(encounter, condition)))
            .collect();
        leads.push(if leads.is_empty() {
            format!("to {}", name(reply.to))
        } else {
            format!("else to {}", name(reply.to))
        });
        self.line(&format!("→ {}", leads.join("; ")));
    }
}

/// Words in which nothing is taken for Markdown.
fn marked(words: &str) -> String {
    let mut marked = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '*' | '_' | '`' | '<' | '#') {
            marked.push('\\');
        }
        marked.push(letter);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::{Role, script};
    use crate::scenario::load::load;
    use crate::scenario::texts;
    use crate::scenario::texts::Voice;

    #[test]
    fn every_spoken_line_stands_in_it_with_its_id() {
        for bytes in [
            &include_bytes!("../../scenarios/before-saturday.ron")[..],
            &include_bytes!("../../scenarios/one-twelve.ron")[..],
        ] {
            let scenario = load("a.ron", bytes).scenario.expect("it is shipped");
            let script = script(&scenario);
            for text in texts(&scenario) {
                let is_said = text.voice() == Voice::Customer && text.speech.is_some() || text.role == Role::Reply;
                assert!(!is_said || script.contains(&format!("`{}`", text.id)), "{} is missing", text.id);
            }
            assert!(script.contains("\nIf ") && !script.contains("Condition"), "conditions stand in words");
        }
    }
}
