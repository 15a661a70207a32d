//! A draft of a scenario: the structure of a story, and a remark wherever something is still to be done.

use std::collections::{BTreeMap, BTreeSet};

use super::speaker::{Speaker, Speakers, is_trainee, without};
use super::story::{Link, Passage, Story};
use crate::authoring::fmt;
use crate::authoring::new::slug;
use crate::scenario::quote::quoted;
use crate::scenario::speech::TEXT_LIMIT;

/// Most replies of a node, and most nodes of an encounter: the limits of the format.
const REPLIES: usize = 16;

/// A draft, and what has to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The scenario's id, and what its file should be called.
    pub id: String,
    /// It can be read and played; it is no scenario yet.
    pub text: String,
    /// What is missing for a scenario, the most important first.
    pub to_do: Vec<String>,
    pub nodes: usize,
    pub endings: usize,
}

/// Makes a draft of a story. `file` is the name of its file, without folders and ending.
pub fn draft(story: &Story, file: &str) -> Draft {
    let title = story.title.clone().unwrap_or_else(|| file.to_owned());
    Drafting::of(story).write(&slug(&title), &title)
}

struct Drafting<'s> {
    story: &'s Story,
    /// The node or the ending that each passage became, and those that only a link names.
    names: BTreeMap<&'s str, String>,
    /// Links lead there, and there is no passage.
    missing: Vec<&'s str>,
    nodes: Vec<&'s Passage>,
    endings: Vec<&'s Passage>,
    start: &'s str,
    cut: usize,
    macros: usize,
    too_many: Vec<String>,
    speakers: Speakers,
}

impl<'s> Drafting<'s> {
    fn of(story: &'s Story) -> Self {
        let passage_of = |name: &str| story.passages.iter().find(|passage| passage.name == name);
        let first =
            story.start.as_deref().and_then(passage_of).or_else(|| passage_of("Start")).or(story.passages.first());
        let start = first.map_or("", |passage| passage.name.as_str());
        // Whatever a story begins with is a node, even where nothing leads on.
        let (nodes, endings): (Vec<_>, Vec<_>) =
            story.passages.iter().partition(|passage| !passage.links.is_empty() || passage.name == start);
        let mut taken = BTreeSet::new();
        let mut names = BTreeMap::new();
        for passage in &story.passages {
            names.insert(passage.name.as_str(), unique(&slug(&passage.name), &mut taken));
        }
        let mut missing = Vec::new();
        for link in story.passages.iter().flat_map(|passage| &passage.links) {
            if !names.contains_key(link.target.as_str()) {
                names.insert(&link.target, unique(&slug(&link.target), &mut taken));
                missing.push(link.target.as_str());
            }
        }
        Self {
            story,
            names,
            missing,
            nodes,
            endings,
            start,
            cut: 0,
            macros: 0,
            too_many: Vec::new(),
            speakers: Speakers::of(story),
        }
    }

    fn write(mut self, id: &str, title: &str) -> Draft {
        let nodes = self.write_nodes();
        let endings = self.write_endings();
        let start = self.names.get(self.start).cloned().unwrap_or_default();
        let named = |speaker: Option<&Speaker>, otherwise: &str| {
            speaker
                .filter(|speaker| !is_trainee(&speaker.name))
                .map_or_else(|| otherwise.to_owned(), Speaker::as_a_name)
        };
        let you = named(self.speakers.trainee.as_ref(), "Sam");
        let customer = named(self.speakers.customer.as_ref(), "Customer");
        let text = format!(
            "// A draft made of a story. Each // TO DO: is something that only you can say.\n\
             Scenario(\nformat: 1,\nid: {id},\ntitle: {title},\n\
             // TO DO: where and when it is, and who the trainee is.\n\
             setting: {setting},\nyou: {you},\n\
             // TO DO: Phone or Counter, and how hard it is, 1 to 5.\nchannel: Phone,\ndifficulty: 3,\n\
             teaser: \"TO DO: what the customer says first, in five words\",\n\
             // TO DO: what the trainee may do, and may not.\nyours: [],\nnot_yours: [],\n\
             // TO DO: a person before a type.\n\
             customer: Customer(\nname: {customer},\npronoun: They,\nabout: \"TO DO: age, and something nobody would guess\",\n\
             mood: (anger: 50, trust: 40, patience: 60, heard: 30, clarity: 30),\n),\n\
             // TO DO: what they really need, in one to three parts that add up to 100; each reply that helps `meets` one.\n\
             needs: {{\n\"the-need\": (weight: 100, text: \"TO DO: what they really need\"),\n}},\n\
             // TO DO: what may be promised, with the note and the diary that see to it. `simmer new` shows how.\n\
             encounters: [\nEncounter(\nid: \"call\",\nstart: {start},\n\
             leaves: \"TO DO: what they say when they have had enough and go.\",\n\
             escalates: \"TO DO: what they say when they take it further.\",\n\
             nodes: {{\n{nodes}}},\nendings: {{\n{endings}}},\n),\n],\n)\n",
            id = quoted(id),
            title = quoted(&self.fitting(title)),
            start = quoted(&start),
            setting = quoted(&format!("TO DO: the place, the day and the time. You are {you}.")),
            you = quoted(&you),
            customer = quoted(&customer),
        );
        let to_do = self.to_do();
        Draft {
            id: id.to_owned(),
            // What is put together here is well written; a test holds that.
            text: fmt::format_text(&text).unwrap_or(text),
            to_do,
            nodes: self.nodes.len(),
            endings: self.endings.len() + self.missing.len(),
        }
    }

    fn write_nodes(&mut self) -> String {
        let mut replies = BTreeSet::new();
        let mut text = String::new();
        for passage in self.nodes.clone() {
            let name = quoted(&self.names[passage.name.as_str()]);
            text.push_str(&self.remarks(passage));
            text.push_str(&format!(
                "{name}: Node(\nsays: [\n{},\n],\n",
                quoted(&self.said_by_the_customer(&passage.words))
            ));
            text.push_str(
                "// TO DO: is it on the main road (core), what tempts here, and what can be shown (weigh)?\n",
            );
            text.push_str("replies: [\n");
            for (place, link) in passage.links.iter().enumerate() {
                if place >= REPLIES {
                    self.too_many.push(passage.name.clone());
                    text.push_str(&format!("// TO DO: one reply too many: {}\n", one_line(&link.words)));
                    continue;
                }
                text.push_str(&self.reply(link, &mut replies));
            }
            if passage.links.is_empty() {
                let only = Link { words: "Say goodbye".to_owned(), target: String::new(), after: String::new() };
                text.push_str(&self.reply(&only, &mut replies));
            }
            text.push_str("],\n),\n");
        }
        text
    }

    fn reply(&mut self, link: &Link, taken: &mut BTreeSet<String>) -> String {
        // Only what stands for a start without links leads to no passage.
        let to = self.names.get(link.target.as_str()).cloned().unwrap_or_else(|| THE_END.to_owned());
        let trainee = self.speakers.trainee.as_ref();
        let [words, after] = [&link.words, &link.after].map(|said| without(trainee, said));
        let id = unique(&slug(&short(&words)), taken);
        let text =
            if after.trim().is_empty() { format!("TO DO: {}", self.spoken(&words)) } else { self.spoken(&after) };
        format!(
            "Reply(\nid: {},\ngist: {},\ntext: {},\n// TO DO: what it does (acts), shows and meets, and its flaw.\nacts: [],\n\
             why: \"TO DO: why it works or does not\",\nhears: \"TO DO: how they took it\",\nto: {},\n),\n",
            quoted(&id),
            quoted(&short(&self.spoken(&words))),
            quoted(&text),
            quoted(&to),
        )
    }

    fn write_endings(&mut self) -> String {
        let mut text = String::new();
        for passage in self.endings.clone() {
            text.push_str(&self.remarks(passage));
            let name = quoted(&self.names[passage.name.as_str()]);
            text.push_str(&format!("{name}: (\ntext: {}),\n", quoted(&self.spoken(&passage.words))));
        }
        for name in &self.missing {
            let name = quoted(&self.names[*name]);
            text.push_str(&format!(
                "// TO DO: the story links here, and has no such passage.\n{name}: (text: \"TO DO\"),\n"
            ));
        }
        let starts_nowhere = self.nodes.iter().any(|passage| passage.links.is_empty());
        if starts_nowhere {
            text.push_str(&format!("{}: (text: \"TO DO: what is seen or heard last\"),\n", quoted(THE_END)));
        }
        text
    }

    /// What a passage says to the program that would play it.
    fn remarks(&mut self, passage: &Passage) -> String {
        self.macros += passage.macros.len();
        let mut remarks = String::new();
        for made in &passage.macros {
            remarks.push_str(&format!("// In the story: {}\n", one_line(made)));
        }
        remarks
    }

    /// What stands in a passage is said by the customer, whose name has no place in it.
    fn said_by_the_customer(&mut self, words: &str) -> String {
        let said = without(self.speakers.customer.as_ref(), words);
        self.spoken(&said)
    }

    /// Words that can stand in a text, without what would be taken for a mark.
    fn spoken(&mut self, words: &str) -> String {
        let plain: String = words
            .chars()
            .filter_map(|letter| match letter {
                '{' | '[' => Some('('),
                '}' | ']' => Some(')'),
                '~' => Some('-'),
                '\u{AD}' | '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => {
                    None
                }
                '|' => Some('/'),
                letter if letter.is_whitespace() => Some(' '),
                letter if letter.is_control() => None,
                letter => Some(letter),
            })
            .collect();
        let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        // At the start it would begin the name of a line.
        let words = words.trim_start_matches(['#', ' ']).to_owned();
        let words = if words.is_empty() { "TO DO: what is said here".to_owned() } else { words };
        self.fitting(&words)
    }

    /// As much of a text as the format takes.
    fn fitting(&mut self, words: &str) -> String {
        // Typesetting may make it a little longer.
        let most = TEXT_LIMIT / 2;
        if words.len() <= most {
            return words.to_owned();
        }
        self.cut += 1;
        format!("{}…", &words[..words.floor_char_boundary(most)])
    }

    fn to_do(&self) -> Vec<String> {
        let mut to_do = vec![
            "Say who the customer is, where it is, and how they feel at the start.".to_owned(),
            "Say what they really need (`needs`), and which replies meet it.".to_owned(),
            "Give each node what can be shown there (`weigh`), and each reply its acts, what it shows, and its flaw."
                .to_owned(),
            "Write what they say when they have had enough, and when they take it further.".to_owned(),
            "Add the note, at least one promise, and the diary that sees to it: `simmer new` shows how.".to_owned(),
        ];
        let Speakers { customer, trainee } = &self.speakers;
        if let Some(Speaker { name, named, of }) = customer {
            to_do.push(format!(
                "\"{name}:\" begins what is said in {named} of {of} passages: that is the customer now, and the name is \
                 taken out of their lines. See whether anybody else speaks there."
            ));
        }
        if let Some(Speaker { name, named, of }) = trainee {
            to_do.push(format!(
                "\"{name}:\" begins what is said in {named} of {of} links: that is the trainee now, and the name is taken \
                 out of the replies."
            ));
        }
        let listed = |names: &[&str]| names.join(", ");
        if !self.missing.is_empty() {
            to_do.push(format!(
                "Links lead to passages that are not there; they became endings: {}.",
                listed(&self.missing)
            ));
        }
        if self.nodes.iter().any(|passage| passage.links.is_empty()) {
            to_do.push(format!("The story begins with \"{}\", and nothing leads on from there.", self.start));
        }
        if self.story.start.is_none() {
            to_do.push(format!("The story does not say where it begins; \"{}\" was taken.", self.start));
        }
        if self.macros > 0 {
            to_do.push(format!(
                "Macros became remarks ({}): write them as conditions where they are needed.",
                self.macros
            ));
        }
        if !self.too_many.is_empty() {
            let mut names = self.too_many.clone();
            names.dedup();
            to_do.push(format!("More than {REPLIES} links leave {}; the rest are remarks.", names.join(", ")));
        }
        if self.cut > 0 {
            to_do.push(format!("Texts were too long and are cut ({}): they end in dots.", self.cut));
        }
        if !self.story.left_out.is_empty() {
            let names: Vec<_> = self.story.left_out.iter().map(String::as_str).collect();
            to_do.push(format!("Passages without a story in them were left out: {}.", listed(&names)));
        }
        to_do
    }
}

/// The ending of a story that leads nowhere.
const THE_END: &str = "the-end-of-it";

/// A name that nothing else has yet.
fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let is_free = |name: &str| name != THE_END && !taken.contains(name);
    let mut free = name.to_owned();
    let mut number = 1;
    while !is_free(&free) {
        number += 1;
        free = format!("{name}-{number}");
    }
    taken.insert(free.clone());
    free
}

/// The first words of a text.
fn short(words: &str) -> String {
    words.split_whitespace().take(5).collect::<Vec<_>>().join(" ")
}

/// A text that can stand in a remark.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
