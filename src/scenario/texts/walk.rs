//! The walk over a scenario. Every struct of the model is taken apart without `..`: a field that is added to one does
//! not compile until it has been given its place here, or been left out on purpose.

use crate::scenario::format::current::Gift;
use crate::scenario::model::{
    Bait, Choice, Customer, DiaryEvent, Encounter, Ending, Fact, Line, Need, Node, OwnTexts, Promise, Reflect, Reply,
    Scenario, Speech, Tile, Volunteer,
};
use crate::scenario::speech::marked;
use crate::scenario::texts::id::{self, beside, within};
use crate::scenario::texts::{Role, Text};

pub(super) fn walk(scenario: &Scenario) -> Vec<Text<'_>> {
    let mut sheet = Sheet { facts: &scenario.facts, texts: Vec::new() };
    sheet.scenario(scenario);
    sheet.texts
}

/// What has been listed so far.
struct Sheet<'s> {
    facts: &'s [Fact],
    texts: Vec<Text<'s>>,
}

impl<'s> Sheet<'s> {
    fn scenario(&mut self, scenario: &'s Scenario) {
        let Scenario {
            slug: _,
            title,
            version: _,
            author: _,
            licence: _,
            language: _,
            teaser,
            content_note,
            you,
            channel: _,
            difficulty: _,
            intentions,
            customer,
            skill_weights: _,
            needs,
            facts,
            promises,
            flags: _,
            encounters,
            hashes: _,
        } = scenario;
        self.add("title", Role::Title, title);
        self.add("teaser", Role::Teaser, teaser);
        self.maybe("content_note", Role::ContentNote, content_note.as_ref());
        self.shared(encounters);
        self.list("intentions", Role::Intention, intentions);
        self.add("you", Role::TraineeName, you);
        self.customer(customer);
        for Need { name, weight: _, text } in needs {
            self.add(within(&within("needs", name), "text"), Role::Need, text);
        }
        for Fact { name, text } in facts {
            self.add(within("facts", name), Role::Fact, text);
        }
        for Promise { name, text, start: _, due: _, core: _, weight: _ } in promises {
            self.add(within(&within("promises", name), "text"), Role::Promise, text);
        }
        for encounter in encounters {
            self.encounter(encounter);
        }
    }

    /// What the scenario says for all encounters that say nothing of their own: each of these has it.
    fn shared(&mut self, encounters: &'s [Encounter]) {
        let with = |shares: fn(OwnTexts) -> bool| encounters.iter().find(|encounter| shares(encounter.own));
        if let Some(encounter) = with(|own| !own.setting) {
            self.add("setting", Role::Setting, &encounter.setting);
        }
        if let Some(encounter) = with(|own| !own.record) {
            self.list("record", Role::Record, &encounter.record);
        }
        if let Some(encounter) = with(|own| !own.yours) {
            self.list("yours", Role::Yours, &encounter.yours);
        }
        if let Some(encounter) = with(|own| !own.not_yours) {
            self.list("not_yours", Role::NotYours, &encounter.not_yours);
        }
    }

    fn customer(&mut self, customer: &'s Customer) {
        let Customer {
            name,
            address,
            pronoun: _,
            about,
            look: _,
            mood: _,
            upset: _,
            heat: _,
            cool: _,
            focus: _,
            wants: _,
            objects,
        } = customer;
        self.add(within(id::CUSTOMER, "name"), Role::CustomerName, name);
        // Left out, it is the name.
        if address != name {
            self.add(within(id::CUSTOMER, "address"), Role::Address, address);
        }
        self.add(within(id::CUSTOMER, "about"), Role::About, about);
        self.speech(Role::Objection, objects);
    }

    fn encounter(&mut self, encounter: &'s Encounter) {
        let Encounter {
            name,
            title,
            setting,
            record,
            yours,
            not_yours,
            own,
            start: _,
            starts: _,
            compromise_arms: _,
            leaves,
            escalates,
            nodes,
            replies,
            endings,
            grievances: _,
            note,
            model_note,
            diary,
            seat: _,
            brief: _,
        } = encounter;
        let own_id = id::encounter(name);
        let field = |name| within(&own_id, name);
        if own.title {
            self.add(field("title"), Role::Title, title);
        }
        if own.setting {
            self.add(field("setting"), Role::Setting, setting);
        }
        if own.record {
            self.list(&field("record"), Role::Record, record);
        }
        if own.yours {
            self.list(&field("yours"), Role::Yours, yours);
        }
        if own.not_yours {
            self.list(&field("not_yours"), Role::NotYours, not_yours);
        }
        for node in nodes {
            self.node(&own_id, node, replies);
        }
        for Ending { name, text, outcome: _ } in endings {
            self.add(within(&within(&field("endings"), name), "text"), Role::Ending, text);
        }
        self.speech(Role::Leaving, leaves);
        self.speech(Role::Escalation, escalates);
        for Tile { name, text, kind: _, weight: _, fact: _, when: _ } in note {
            self.add(within(&within(&field("note"), name), "text"), Role::Tile, text);
        }
        if !model_note.is_empty() {
            self.add(field("model_note"), Role::ModelNote, model_note);
        }
        for event in diary {
            self.event(&field("diary"), event);
        }
    }

    /// `replies` are those of the whole encounter.
    fn node(&mut self, encounter: &str, node: &'s Node, replies: &'s [Reply]) {
        let Node {
            name,
            key: _,
            lines,
            volunteers,
            bait,
            provokes: _,
            grievance: _,
            core: _,
            tempts_let_finish: _,
            tempts_calm_delivery: _,
            opportunities: _,
            reflect,
            effects: _,
            replies: own_replies,
            coach,
        } = node;
        let own_id = beside(encounter, name);
        self.lines(Role::Line, lines);
        if let Some(Volunteer { speech, fact: _, after: _, credits: _ }) = volunteers {
            self.speech(Role::Volunteered, speech);
        }
        if let Some(Bait { text, answer, lapse: _ }) = bait {
            self.add(within(&own_id, "bait/text"), Role::Bait, text);
            self.speech(Role::BaitAnswer, answer);
        }
        if let Some(Reflect { readings, reveals: _ }) = reflect
            && let [right, wrong @ ..] = &readings[..]
        {
            self.add(within(&own_id, "reflect/right"), Role::RightReading, right);
            self.list(&within(&own_id, "reflect/wrong"), Role::WrongReading, wrong);
        }
        self.maybe(within(&own_id, "coach"), Role::NodeCoach, coach.as_ref());
        for reply in &replies[usize::from(own_replies.start)..usize::from(own_replies.end)] {
            self.reply(&own_id, reply);
        }
    }

    fn reply(&mut self, node_id: &str, reply: &'s Reply) {
        let Reply {
            name,
            node: _,
            gist,
            text,
            words: _,
            when: _,
            acts: _,
            shows: _,
            flaw: _,
            slip: _,
            meets: _,
            promises: _,
            effects: _,
            gives,
            subtext,
            why,
            hears,
            answers,
            to: _,
            to_when: _,
            coach,
            key: _,
        } = reply;
        let own_id = beside(node_id, name);
        let field = |name| within(&own_id, name);
        self.add(field("gist"), Role::Gist, gist);
        self.add(field("text"), Role::Reply, text);
        self.maybe(field("subtext"), Role::Subtext, subtext.as_ref());
        self.lines(Role::Answer, answers);
        self.gift(&own_id, gives.as_ref());
        self.add(field("why"), Role::Why, why);
        self.add(field("hears"), Role::Hears, hears);
        self.maybe(field("coach"), Role::ReplyCoach, coach.as_ref());
    }

    fn event(&mut self, diary: &str, event: &'s DiaryEvent) {
        let DiaryEvent { name, at: _, when: _, text, choices } = event;
        let event_id = within(diary, name);
        self.add(within(&event_id, "text"), Role::Event, text);
        for choice in choices {
            let Choice { name, text, when: _, result, fulfils: _, sets: _, clears: _, flaw: _, slip: _, gives, why } =
                choice;
            let own_id = beside(&event_id, name);
            self.add(within(&own_id, "text"), Role::Choice, text);
            self.add(within(&own_id, "result"), Role::Result, result);
            self.gift(&own_id, gives.as_ref());
            self.add(within(&own_id, "why"), Role::Why, why);
        }
    }

    fn gift(&mut self, owner: &str, gift: Option<&'s Gift>) {
        if let Some(Gift { text, cost: _ }) = gift {
            self.add(within(owner, "gives/text"), Role::Gift, text);
        }
    }

    fn lines(&mut self, role: Role, lines: &'s [Line]) {
        // The plain one first, as authors write them; in the model it stands last, because it is tried last.
        let plain = lines.iter().filter(|line| line.when.is_none());
        let conditional = lines.iter().filter(|line| line.when.is_some());
        for Line { when: _, variants } in plain.chain(conditional) {
            for speech in variants {
                self.speech(role, speech);
            }
        }
    }

    fn speech(&mut self, role: Role, speech: &'s Speech) {
        let words = marked(speech, self.facts);
        self.texts.push(Text { id: speech.id.clone(), role, words, speech: Some(speech) });
    }

    /// A list whose texts have no names: they are told apart by their words, and the same words are the same text.
    fn list(&mut self, owner: &str, role: Role, texts: &'s [String]) {
        let from = self.texts.len();
        for text in texts {
            let id = within(owner, &id::of_words(text));
            if self.texts[from..].iter().all(|before| before.id != id) {
                self.add(id, role, text);
            }
        }
    }

    fn maybe(&mut self, id: impl Into<String>, role: Role, text: Option<&'s String>) {
        if let Some(text) = text {
            self.add(id, role, text);
        }
    }

    fn add(&mut self, id: impl Into<String>, role: Role, text: &str) {
        self.texts.push(Text { id: id.into(), role, words: text.to_owned(), speech: None });
    }
}
