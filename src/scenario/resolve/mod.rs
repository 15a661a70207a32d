//! A document to a [`Scenario`]: names become ids, and what leads nowhere becomes a finding.
//!
//! One pass in the order of the file, over tables of names that are read first. No problem stops the rest, so one
//! run tells an author everything. Where a name leads nowhere its place is taken by the first id; nobody sees it,
//! because a document with an error gives no scenario.
//!
//! What names mean where:
//! - facts, needs, promises and flags belong to the scenario;
//! - nodes, endings, replies and tiles belong to their encounter. `Chose`, `Reached` and `Noted` are looked for in
//!   the encounter they stand in; only in `starts` they are looked for in the encounter *before*, because that is
//!   what a start answers. In the model their ids count within that encounter.

mod allow;
mod condition;
mod diary;
mod encounter;
mod line;
mod moment;
mod names;
mod node;
mod place;
mod reach;
mod reply;
mod report;
pub mod rules;
mod text;
mod typeset;
mod usage;

pub use allow::{Kept, keep};
pub use place::At;
pub(in crate::scenario) use place::Link;
pub use report::Found;

use crate::scenario::finding::{Allowed, Finding};
use crate::scenario::format::current as format;
use crate::scenario::hash::hashes;
use crate::scenario::id::{FactId, FlagId, NeedId, PromiseId};
use crate::scenario::model::{Customer, Fact, Hash, Hashes, Need, Promise, Scenario};
use crate::scenario::name::Kind;
use crate::scenario::range;
use crate::scenario::texts::id;
use crate::scenario::unread::Unread;
use names::{Names, Written, judge_spelling, judge_unknown};
use report::Report;
use typeset::Typesetter;
use usage::Usage;

/// What comes of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// `None` where any finding is an error.
    pub scenario: Option<Scenario>,
    /// In the order in which they were made, without the warnings that the author allows.
    pub findings: Vec<Finding>,
    /// Those that the author allows.
    pub allowed: Vec<Allowed>,
}

/// Resolves every name of a document and checks what can be told without playing it. What is `unread` of it is not
/// judged, nor blamed for.
#[must_use]
pub fn resolve(document: &format::Scenario, unread: &Unread) -> Resolved {
    let mut report = Report::of(unread.clone());
    let shared = Shared::gather(document, &mut report);
    let usage = Usage::of(document);
    let typesetter = Typesetter::of(&document.language);
    let mut resolver = Resolver { document, typesetter, shared, report, usage, in_talk: false };
    let scenario = resolver.scenario();
    let Resolver { shared, mut report, usage, .. } = resolver;
    usage.judge(document, &shared, &mut report);
    allow::judge_entries(document, &mut report);
    let failed = report.errors() > 0;
    let Kept { findings, allowed } = keep(document, unread, &rules::is_listed, report.into_found());
    let scenario = (!failed && unread.is_empty()).then(|| Scenario { hashes: hashes(document), ..scenario });
    Resolved { scenario, findings, allowed }
}

/// The most entries of a list whose entries have ids.
const LIST_LIMIT: usize = u16::MAX as usize;

/// The names that hold for the whole scenario.
struct Shared<'d> {
    facts: Names<'d>,
    needs: Names<'d>,
    promises: Names<'d>,
    flags: Names<'d>,
}

impl<'d> Shared<'d> {
    fn gather(document: &'d format::Scenario, report: &mut Report) -> Self {
        let keys = |kind, names: Vec<&'d str>, field, report: &mut Report| {
            let at = At::TOP.field(field);
            let names = within_limit(&names, LIST_LIMIT, kind, &at, report);
            Names::gather(kind, Written::Keys, names.iter().copied(), &at, report)
        };
        let needs = keys(Kind::Need, document.needs.iter().map(|(name, _)| &**name).collect(), "needs", report);
        let facts = keys(Kind::Fact, document.facts.iter().map(|(name, _)| &**name).collect(), "facts", report);
        let promises =
            keys(Kind::Promise, document.promises.iter().map(|(name, _)| &**name).collect(), "promises", report);
        let at = At::TOP.field("flags");
        let flags = within_limit(&document.flags, LIST_LIMIT, Kind::Flag, &at, report);
        let flags = Names::gather(Kind::Flag, Written::Elements, flags.iter().map(|name| &**name), &at, report);
        Self { facts, needs, promises, flags }
    }
}

/// The beginning of a list that is not longer than `limit`; what is beyond it is reported and left out.
fn within_limit<'l, T>(list: &'l [T], limit: usize, kind: Kind, at: &At<'_>, report: &mut Report) -> &'l [T] {
    if list.len() <= limit {
        return list;
    }
    let message = format!("There are {} {} here; at most {limit} are allowed", list.len(), kind.plural());
    report.error(rules::TOO_MANY, at, message);
    &list[..limit]
}

/// What holds for every encounter that says nothing of its own.
struct Case {
    title: String,
    setting: String,
    record: Vec<String>,
    yours: Vec<String>,
    not_yours: Vec<String>,
}

/// The work in hand: the names to look things up in, and what has been found and used.
struct Resolver<'d> {
    document: &'d format::Scenario,
    /// For a text of its language, with no quote open.
    typesetter: Typesetter,
    shared: Shared<'d>,
    report: Report,
    usage: Usage,
    /// What is read is asked while people talk.
    in_talk: bool,
}

impl Resolver<'_> {
    /// The scenario, its hashes not yet made.
    fn scenario(&mut self) -> Scenario {
        let document = self.document;
        let top = At::TOP;
        judge_spelling(Kind::Scenario, &document.id, false, &top.field("id"), &mut self.report);
        self.number(document.difficulty, &range::DIFFICULTY, &top.field("difficulty"));
        let title = self.text(&document.title, &top.field("title"));
        let setting = self.text(&document.setting, &top.field("setting"));
        let record = self.text_list(&document.record, &top.field("record"));
        let yours = self.text_list(&document.yours, &top.field("yours"));
        let not_yours = self.text_list(&document.not_yours, &top.field("not_yours"));
        let case = Case { title, setting, record, yours, not_yours };
        Scenario {
            slug: document.id.clone(),
            title: case.title.clone(),
            version: self.code(&document.version, &top.field("version")),
            author: self.optional_text(&document.author, &top.field("author")),
            licence: self.optional_code(&document.licence, &top.field("licence")),
            language: self.code(&document.language, &top.field("language")),
            teaser: self.text(&document.teaser, &top.field("teaser")),
            content_note: self.maybe_text(document.content_note.as_ref(), &top.field("content_note")),
            you: self.text(&document.you, &top.field("you")),
            channel: document.channel,
            difficulty: document.difficulty,
            intentions: self.text_list(&document.intentions, &top.field("intentions")),
            customer: self.customer(&document.customer, &top.field("customer")),
            skill_weights: self.skill_weights(),
            needs: self.needs(),
            facts: self.facts(),
            promises: self.promises(),
            flags: document.flags.clone(),
            encounters: self.encounters(&case),
            hashes: NO_HASHES,
        }
    }

    fn customer(&mut self, customer: &format::Customer, at: &At<'_>) -> Customer {
        self.mood(customer.mood, &at.field("mood"));
        self.number(customer.heat, &range::HEAT, &at.field("heat"));
        self.number(customer.cool, &range::COOL, &at.field("cool"));
        let focus = customer.focus;
        let parts = [("outcome", focus.outcome), ("process", focus.process), ("interaction", focus.interaction)];
        self.parts_of_hundred(parts, &range::PART, "parts of the focus", &at.field("focus"));
        let name = self.text(&customer.name, &at.field("name"));
        let objects = customer.objects.as_deref().unwrap_or("I hadn't finished.");
        let address = self.maybe_text(customer.address.as_ref(), &at.field("address"));
        Customer {
            address: address.unwrap_or_else(|| name.clone()),
            name,
            pronoun: customer.pronoun,
            about: self.text(&customer.about, &at.field("about")),
            look: customer.look,
            mood: customer.mood,
            upset: customer.upset,
            heat: customer.heat,
            cool: customer.cool,
            focus,
            wants: customer.wants,
            objects: self.speech(&id::within(id::CUSTOMER, "objects"), objects, &at.field("objects")),
        }
    }

    fn mood(&mut self, mood: format::Mood, at: &At<'_>) {
        for (field, meter) in [
            ("anger", mood.anger),
            ("trust", mood.trust),
            ("patience", mood.patience),
            ("heard", mood.heard),
            ("clarity", mood.clarity),
        ] {
            self.number(meter, &range::METER, &at.field(field));
        }
    }

    fn skill_weights(&mut self) -> [u8; 5] {
        let Some(weights) = self.document.skill_weights else { return [20; 5] };
        let top = At::TOP;
        let at = top.field("skill_weights");
        let by_skill = [
            ("listening", weights.listening),
            ("calm_tone", weights.calm_tone),
            ("empathy", weights.empathy),
            ("needs_assessment", weights.needs_assessment),
            ("follow_through", weights.follow_through),
        ];
        self.parts_of_hundred(by_skill, &range::SKILL_WEIGHT, "weights of the skills", &at);
        by_skill.map(|(_, weight)| weight)
    }

    fn needs(&mut self) -> Vec<Need> {
        let top = At::TOP;
        let all = top.field("needs");
        let entries = limited(&self.document.needs.0);
        let mut needs = Vec::with_capacity(entries.len());
        let mut are_parts = true;
        for (index, (name, need)) in entries.iter().enumerate() {
            let at = all.key(name, self.shared.needs.occurrence(index));
            let weight_at = at.field("weight");
            are_parts &= self.number(need.weight, &range::PART, &weight_at) && self.report.has_read(&weight_at);
            let text = self.text(&need.text, &at.field("text"));
            needs.push(Need { name: name.clone(), weight: need.weight, text });
        }
        if are_parts {
            let sum = entries.iter().map(|(_, need)| u32::from(need.weight)).sum();
            self.adds_to_hundred(sum, "weights of the needs", &all);
        }
        needs
    }

    fn facts(&mut self) -> Vec<Fact> {
        let top = At::TOP;
        let all = top.field("facts");
        let entries = limited(&self.document.facts.0);
        let mut facts = Vec::with_capacity(entries.len());
        for (index, (name, text)) in entries.iter().enumerate() {
            let at = all.key(name, self.shared.facts.occurrence(index));
            facts.push(Fact { name: name.clone(), text: self.text(text, &at) });
        }
        facts
    }

    fn promises(&mut self) -> Vec<Promise> {
        let top = At::TOP;
        let all = top.field("promises");
        let entries = limited(&self.document.promises.0);
        let mut promises = Vec::with_capacity(entries.len());
        for (index, (name, promise)) in entries.iter().enumerate() {
            let at = all.key(name, self.shared.promises.occurrence(index));
            self.number(promise.weight, &range::PROMISE_WEIGHT, &at.field("weight"));
            promises.push(Promise {
                name: name.clone(),
                text: self.text(&promise.text, &at.field("text")),
                start: self.start_of(promise, &at),
                due: self.moment(&promise.due, &at.field("due")),
                core: promise.core,
                weight: promise.weight,
            });
        }
        promises
    }

    fn fact(&mut self, name: &str, at: &At<'_>) -> FactId {
        FactId(self.shared_name(Kind::Fact, name, at))
    }

    fn need(&mut self, name: &str, at: &At<'_>) -> NeedId {
        NeedId(self.shared_name(Kind::Need, name, at))
    }

    fn promise(&mut self, name: &str, at: &At<'_>) -> PromiseId {
        PromiseId(self.shared_name(Kind::Promise, name, at))
    }

    fn set_flags(&mut self, names: &[String], at: &At<'_>) -> Vec<FlagId> {
        let flags = names.iter().enumerate().map(|(index, name)| {
            let flag = FlagId(self.shared_name(Kind::Flag, name, &at.item(index, name)));
            self.usage.sets(flag);
            flag
        });
        flags.collect()
    }

    fn clear_flags(&mut self, names: &[String], at: &At<'_>) -> Vec<FlagId> {
        let flags = names.iter().enumerate();
        flags.map(|(index, name)| FlagId(self.shared_name(Kind::Flag, name, &at.item(index, name)))).collect()
    }

    fn revealed_facts(&mut self, names: &[String], at: &At<'_>) -> Vec<FactId> {
        let facts = names.iter().enumerate().map(|(index, name)| {
            let fact = self.fact(name, &at.item(index, name));
            self.usage.reveals(fact);
            fact
        });
        facts.collect()
    }

    /// The place of a name that holds for the whole scenario, and 0 for one that leads nowhere.
    fn shared_name(&mut self, kind: Kind, name: &str, at: &At<'_>) -> u16 {
        let (names, rule) = match kind {
            Kind::Need => (&self.shared.needs, rules::UNKNOWN_NEED),
            Kind::Promise => (&self.shared.promises, rules::UNKNOWN_PROMISE),
            Kind::Flag => (&self.shared.flags, rules::UNKNOWN_FLAG),
            _ => (&self.shared.facts, rules::UNKNOWN_FACT),
        };
        if let Some(place) = names.find(name) {
            return place;
        }
        let message = format!("No {} of this scenario is called `{name}`", kind.noun());
        judge_unknown(rule, message, name, &[names], at, &mut self.report)
            .expected(format!("one of the {} listed at the top of the file", kind.plural()));
        self.usage.misses(kind);
        0
    }
}

/// The entries of a list that have an id; what is beyond was reported when their names were read.
fn limited<T>(list: &[T]) -> &[T] {
    &list[..list.len().min(LIST_LIMIT)]
}

/// Stands in until it is known that there is a scenario to hash.
const NO_HASHES: Hashes = Hashes { full: Hash([0; 32]), structure: Hash([0; 32]) };

#[cfg(test)]
mod tests;
