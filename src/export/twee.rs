//! Twee 3, which Twine and its compilers read, by the specification of the Interactive Fiction Technology Foundation.

use uuid::Builder;

use super::sheet::for_the_voice;
use crate::scenario::in_words::in_words;
use crate::scenario::model::{Line, Target};
use crate::scenario::{Encounter, Node, Reply, Scenario};

/// The story of a scenario: a passage a node and an ending, a link a reply.
///
/// What a scenario knows beyond that, such as meters, acts and promises, has no place in a story: conditions stand in
/// words.
pub fn twee(scenario: &Scenario) -> String {
    let names = Names::of(scenario);
    let mut text = passage("StoryTitle", &[], &scenario.title);
    let first = scenario.encounters.first().map(|encounter| names.node(encounter, encounter.start.index()));
    let data = serde_json::json!({ "ifid": ifid(scenario), "start": first.unwrap_or_default() });
    text.push_str(&passage("StoryData", &[], &format!("{data:#}")));
    for encounter in &scenario.encounters {
        for (index, node) in encounter.nodes.iter().enumerate() {
            let tags: &[&str] = if node.core { &["core"] } else { &[] };
            text.push_str(&passage(&names.node(encounter, index), tags, &content(scenario, encounter, node, names)));
        }
        for (index, ending) in encounter.endings.iter().enumerate() {
            text.push_str(&passage(&names.ending(encounter, index), &["ending"], &ending.text));
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// What passages are called. In a story of several encounters the name of the encounter comes first.
#[derive(Clone, Copy)]
struct Names {
    with_encounter: bool,
}

impl Names {
    fn of(scenario: &Scenario) -> Self {
        Self { with_encounter: scenario.encounters.len() > 1 }
    }

    fn node(self, encounter: &Encounter, index: usize) -> String {
        self.name(encounter, &encounter.nodes[index].name)
    }

    fn ending(self, encounter: &Encounter, index: usize) -> String {
        self.name(encounter, &encounter.endings[index].name)
    }

    fn name(self, encounter: &Encounter, name: &str) -> String {
        if self.with_encounter { format!("{}/{name}", encounter.name) } else { name.to_owned() }
    }

    fn target(self, encounter: &Encounter, target: Target) -> String {
        match target {
            Target::Node(id) => self.node(encounter, id.index()),
            Target::Ending(id) => self.ending(encounter, id.index()),
        }
    }
}

fn passage(name: &str, tags: &[&str], content: &str) -> String {
    let tags = if tags.is_empty() { String::new() } else { format!(" [{}]", tags.join(" ")) };
    format!(":: {}{tags}\n{}\n\n", in_heading(name), in_body(content))
}

/// A name in a heading, where brackets begin tags and data.
fn in_heading(name: &str) -> String {
    let mut escaped = String::new();
    for letter in name.chars() {
        if matches!(letter, '\\' | '[' | ']' | '{' | '}') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A text in which no line begins a passage.
fn in_body(content: &str) -> String {
    let lines: Vec<_> = content
        .lines()
        .map(|line| if line.starts_with("::") { format!("\\{line}") } else { line.to_owned() })
        .collect();
    lines.join("\n")
}

/// Words in which nothing is a link, a comment or a macro.
fn plain(words: &str) -> String {
    let words = words.replace("/*", "/ *").replace("<<", "< <").replace("<!--", "< !--");
    without_macros(&words.replace("[[", "[ [").replace("]]", "] ]"))
}

/// Harlowe takes a bracket with a name and a colon behind it, `(set: …)`, for a macro. A blank takes that from it.
fn without_macros(words: &str) -> String {
    let in_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let mut plain = String::new();
    for (place, part) in words.split_inclusive('(').enumerate() {
        let name = part.find(|letter| !in_name(letter)).unwrap_or(part.len());
        if place > 0 && name > 0 && part[name..].starts_with(':') {
            plain.push(' ');
        }
        plain.push_str(part);
    }
    plain
}

/// The words of a link, in which nothing parts them from its target.
fn in_link(words: &str) -> String {
    plain(words).replace("][", "] [").replace("->", "→").replace("<-", "←").replace('|', "/")
}

fn content(scenario: &Scenario, encounter: &Encounter, node: &Node, names: Names) -> String {
    let mut parts = spoken(scenario, encounter, &node.lines);
    for reply in &encounter.replies[usize::from(node.replies.start)..usize::from(node.replies.end)] {
        parts.extend(links(scenario, encounter, reply, names));
        parts.push(format!("{}: {}", scenario.you, plain(&reply.text)));
        parts.extend(spoken(scenario, encounter, &reply.answers));
    }
    parts.join("\n\n")
}

/// The plain line first, then those under a condition.
fn spoken(scenario: &Scenario, encounter: &Encounter, lines: &[Line]) -> Vec<String> {
    let who = &scenario.customer.name;
    let said = lines.iter().rev().filter_map(|line| {
        let words = plain(&for_the_voice(line.variants.first()?));
        Some(match &line.when {
            Some(when) => format!("{who} (if {}): {words}", in_words(scenario, encounter, when)),
            None => format!("{who}: {words}"),
        })
    });
    said.collect()
}

/// One link for each way that a reply can lead.
fn links(scenario: &Scenario, encounter: &Encounter, reply: &Reply, names: Names) -> Vec<String> {
    let link = |words: &str, target| format!("[[{}->{}]]", in_link(words), names.target(encounter, target));
    let mut links = vec![link(&reply.gist, reply.to)];
    links.extend(reply.to_when.iter().map(|(condition, to)| {
        link(&format!("{} (if {})", reply.gist, in_words(scenario, encounter, condition)), *to)
    }));
    links
}

/// The id of the story: the same for the same scenario, however often it is exported.
fn ifid(scenario: &Scenario) -> String {
    let hash = blake3::hash(format!("simmer story {}", scenario.slug).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    Builder::from_random_bytes(bytes).into_uuid().to_string().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{in_body, in_heading, in_link, plain, twee};
    use crate::scenario::load::load;

    #[test]
    fn what_would_be_markup_is_text() {
        assert_eq!(in_heading("a [b] {c} \\"), "a \\[b\\] \\{c\\} \\\\");
        assert_eq!(in_body("::no\n a::b\n::"), "\\::no\n a::b\n\\::");
        assert_eq!(in_link("a->b|c]]"), "a→b/c] ]");
        assert_eq!(plain("(note: so) ((a: b) (at 9:30, or: not)"), "( note: so) (( a: b) (at 9:30, or: not)");
    }

    #[test]
    fn a_story_begins_with_its_title_its_id_and_its_start() {
        let bytes = include_bytes!("../../scenarios/can-i-have-it-on.ron");
        let scenario = load("a.ron", bytes).scenario.expect("it is shipped");
        let story = twee(&scenario);
        let head: Vec<_> = story.lines().take(9).collect();
        let head = head.join("\n");
        insta::assert_snapshot!(head, @r#"
        :: StoryTitle
        Can I have it on?

        :: StoryData
        {
          "ifid": "0E632B6B-74C7-412A-94A7-62D9A80E27A7",
          "start": "doubled"
        }
        "#);
        let headings = story.lines().filter(|line| line.starts_with("::")).count();
        let encounter = &scenario.encounters[0];
        assert_eq!(headings, 2 + encounter.nodes.len() + encounter.endings.len());
        assert_eq!(story, twee(&scenario), "and it is the same each time");
    }
}
