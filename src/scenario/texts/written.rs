//! Every text that somebody reads or hears, as the author typed it: with its place in the document, and its id.

use std::collections::BTreeMap;

use super::id::{self, within};
use crate::scenario::finding::Path;
use crate::scenario::format::current as format;
use crate::scenario::resolve::At;
use crate::scenario::resolve::Link;
use crate::scenario::speech::LineName;

/// Who sees a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Spoken by the customer, with marks in it.
    Spoken,
    /// Read, or spoken by the trainee.
    Plain,
}

/// A text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// As [`texts`](super::texts()) tells it.
    pub id: String,
    pub path: Path,
    pub kind: Kind,
    /// With its marks, and of a spoken line with its name.
    pub words: String,
}

/// Every text of a document with its id: the very ids of the scenario that comes of it.
pub fn written(document: &format::Scenario) -> Vec<Written> {
    let mut unnamed = BTreeMap::new();
    let mut all = Vec::new();
    visit(document, &mut |at, kind, words| {
        // Nobody reads what is left empty.
        if words.is_empty() {
            return;
        }
        let id = id_of(at, kind, words, &mut unnamed);
        all.push(Written { id, path: at.path(), kind, words: words.to_owned() });
    });
    all
}

/// `unnamed`: how many lines without a name have been met in each field so far.
fn id_of(at: &At<'_>, kind: Kind, words: &str, unnamed: &mut BTreeMap<String, usize>) -> String {
    let mut way: Vec<_> = at.links().collect();
    way.reverse();
    let mut id = String::new();
    let mut stands_beside_fields = false;
    let mut is_of_a_list = false;
    for (place, link) in way.iter().enumerate() {
        let name = match *link {
            Link::Field("encounters" | "nodes" | "replies" | "choices") => {
                stands_beside_fields = true;
                continue;
            }
            // The texts of a line under a condition belong to the field that the line stands in.
            Link::Field("says") if is_of_a_list => continue,
            Link::Key(name, _) | Link::Index(_, Some(name)) if stands_beside_fields => id::encounter(name).into_owned(),
            Link::Field(name) | Link::Variant(name) | Link::Key(name, _) | Link::Index(_, Some(name)) => {
                name.to_owned()
            }
            Link::Index(_, None) if kind == Kind::Spoken => {
                is_of_a_list = true;
                continue;
            }
            Link::Index(_, None) => id::of_words(words),
        };
        stands_beside_fields = false;
        id = if place == 0 || id.is_empty() { name } else { within(&id, &name) };
    }
    match LineName::of(words).filter(|_| kind == Kind::Spoken) {
        // A name holds for the whole place.
        Some(name) => within(id.strip_suffix("_when").unwrap_or(&id), name.name),
        None if is_of_a_list => unnamed_id(id, unnamed),
        None => id,
    }
}

/// The id of a line without a name, one of several; `field`: that of the field they stand in.
fn unnamed_id(field: String, unnamed: &mut BTreeMap<String, usize>) -> String {
    let before = unnamed.entry(field.clone()).or_default();
    *before += 1;
    if *before == 1 { field } else { within(&field, &(*before - 1).to_string()) }
}

/// Shows every text of a document to a visitor, with its place, in the order of the file's parts.
pub fn visit(document: &format::Scenario, visitor: &mut impl FnMut(&At<'_>, Kind, &str)) {
    let mut texts = Texts { visitor };
    let top = At::TOP;
    texts.plain(&top.field("title"), &document.title);
    texts.plain(&top.field("setting"), &document.setting);
    texts.plain(&top.field("teaser"), &document.teaser);
    texts.maybe(&top.field("content_note"), document.content_note.as_ref());
    texts.list(&top.field("record"), &document.record);
    texts.list(&top.field("yours"), &document.yours);
    texts.list(&top.field("not_yours"), &document.not_yours);
    texts.list(&top.field("intentions"), &document.intentions);
    texts.plain(&top.field("you"), &document.you);
    let customer = top.field("customer");
    texts.plain(&customer.field("name"), &document.customer.name);
    texts.maybe(&customer.field("address"), document.customer.address.as_ref());
    texts.plain(&customer.field("about"), &document.customer.about);
    if let Some(objects) = &document.customer.objects {
        texts.spoken(&customer.field("objects"), objects);
    }
    for (name, need) in document.needs.iter() {
        texts.plain(&top.field("needs").key(name, 0).field("text"), &need.text);
    }
    for (name, fact) in document.facts.iter() {
        texts.plain(&top.field("facts").key(name, 0), fact);
    }
    for (name, promise) in document.promises.iter() {
        texts.plain(&top.field("promises").key(name, 0).field("text"), &promise.text);
    }
    let all = top.field("encounters");
    for (index, encounter) in document.encounters.iter().enumerate() {
        texts.encounter(&all.item(index, &encounter.id), encounter);
    }
}

struct Texts<'v, V> {
    visitor: &'v mut V,
}

impl<V: FnMut(&At<'_>, Kind, &str)> Texts<'_, V> {
    fn encounter(&mut self, at: &At<'_>, encounter: &format::Encounter) {
        self.maybe(&at.field("title"), encounter.title.as_ref());
        self.maybe(&at.field("setting"), encounter.setting.as_ref());
        for (field, list) in
            [("record", &encounter.record), ("yours", &encounter.yours), ("not_yours", &encounter.not_yours)]
        {
            self.list(&at.field(field), list.as_deref().unwrap_or_default());
        }
        self.spoken(&at.field("leaves"), &encounter.leaves);
        self.spoken(&at.field("escalates"), &encounter.escalates);
        let nodes = at.field("nodes");
        for (name, node) in encounter.nodes.iter() {
            self.node(&nodes.key(name, 0), node);
        }
        let endings = at.field("endings");
        for (name, ending) in encounter.endings.iter() {
            self.plain(&endings.key(name, 0).field("text"), &ending.text);
        }
        let note = at.field("note");
        for (index, tile) in encounter.note.iter().enumerate() {
            self.plain(&note.item(index, &tile.id).field("text"), &tile.text);
        }
        self.plain(&at.field("model_note"), &encounter.model_note);
        let diary = at.field("diary");
        for (index, event) in encounter.diary.iter().enumerate() {
            let at = diary.item(index, &event.id);
            self.plain(&at.field("text"), &event.text);
            let choices = at.field("choices");
            for (index, choice) in event.choices.iter().enumerate() {
                let at = choices.item(index, &choice.id);
                self.plain(&at.field("text"), &choice.text);
                self.plain(&at.field("result"), &choice.result);
                if let Some(gift) = &choice.gives {
                    self.plain(&at.field("gives").field("text"), &gift.text);
                }
                self.plain(&at.field("why"), &choice.why);
            }
        }
    }

    fn node(&mut self, at: &At<'_>, node: &format::Node) {
        self.lines(&at.field("says"), &node.says);
        self.conditional(&at.field("says_when"), &node.says_when);
        if let Some(volunteer) = &node.volunteers {
            self.spoken(&at.field("volunteers").field("says"), &volunteer.says);
        }
        if let Some(bait) = &node.bait {
            let at = at.field("bait");
            self.plain(&at.field("text"), &bait.text);
            self.spoken(&at.field("answer"), &bait.answer);
        }
        if let Some(reflect) = &node.reflect {
            let at = at.field("reflect");
            self.plain(&at.field("right"), &reflect.right);
            self.list(&at.field("wrong"), &reflect.wrong);
        }
        let replies = at.field("replies");
        for (index, reply) in node.replies.iter().enumerate() {
            self.reply(&replies.item(index, &reply.id), reply);
        }
        self.maybe(&at.field("coach"), node.coach.as_ref());
    }

    fn reply(&mut self, at: &At<'_>, reply: &format::Reply) {
        self.plain(&at.field("gist"), &reply.gist);
        self.plain(&at.field("text"), &reply.text);
        if let Some(gift) = &reply.gives {
            self.plain(&at.field("gives").field("text"), &gift.text);
        }
        self.maybe(&at.field("subtext"), reply.subtext.as_ref());
        self.plain(&at.field("why"), &reply.why);
        self.plain(&at.field("hears"), &reply.hears);
        self.lines(&at.field("answer"), &reply.answer);
        self.conditional(&at.field("answer_when"), &reply.answer_when);
        self.maybe(&at.field("coach"), reply.coach.as_ref());
    }

    fn conditional(&mut self, at: &At<'_>, lines: &[format::ConditionalLine]) {
        for (index, line) in lines.iter().enumerate() {
            self.lines(&at.index(index).field("says"), &line.says);
        }
    }

    fn lines(&mut self, at: &At<'_>, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            self.spoken(&at.index(index), line);
        }
    }

    fn list(&mut self, at: &At<'_>, texts: &[String]) {
        for (index, text) in texts.iter().enumerate() {
            self.plain(&at.index(index), text);
        }
    }

    fn maybe(&mut self, at: &At<'_>, text: Option<&String>) {
        if let Some(text) = text {
            self.plain(at, text);
        }
    }

    fn spoken(&mut self, at: &At<'_>, text: &str) {
        (self.visitor)(at, Kind::Spoken, text);
    }

    fn plain(&mut self, at: &At<'_>, text: &str) {
        (self.visitor)(at, Kind::Plain, text);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::load::load;
    use crate::scenario::texts::texts;

    #[test]
    fn a_text_has_the_same_id_in_the_file_and_in_the_scenario() {
        for text in [
            super::super::tests::ALIKE,
            include_str!("../../../scenarios/before-saturday.ron"),
            include_str!("../../../scenarios/can-i-have-it-on.ron"),
            include_str!("../../../scenarios/one-twelve.ron"),
            include_str!("../resolve/sample.ron"),
        ] {
            let loaded = load("a.ron", text.as_bytes());
            let (document, scenario) = (loaded.document.unwrap(), loaded.scenario.unwrap());
            let in_file: BTreeSet<_> = written(&document).into_iter().map(|text| text.id).collect();
            let in_scenario: BTreeSet<_> = texts(&scenario).into_iter().map(|text| text.id).collect();
            let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
                one.difference(other).cloned().collect()
            };
            // What the customer says to being cut off has words of its own where the author has given none.
            let mut given = only(&in_scenario, &in_file);
            given.retain(|id| document.customer.objects.is_some() || id != "customer/objects");
            assert_eq!(given, Vec::<String>::new(), "{}", scenario.slug);
            // What all encounters put something of their own in place of is in the file alone.
            let shared = ["setting", "record/", "yours/", "not_yours/"];
            let unplayed = only(&in_file, &in_scenario);
            assert!(unplayed.iter().all(|id| shared.iter().any(|shared| id.starts_with(shared))), "{unplayed:?}");
        }
    }
}
