//! A small scenario by hand, for tests: two turns at a ticket office, with a lapse, a bait, a fact and nods.

use crate::scenario::brief::Brief;
use crate::scenario::format::current::{Focus, Look, Mood, Prop};
use crate::scenario::id::{EndingId, FactId, NodeId, ReplyId};
use crate::scenario::model::{
    Bait, Condition, Customer, Effects, Encounter, Ending, Fact, Hash, Hashes, Lapse, Line, Nod, Node, Opportunity,
    OwnTexts, Phrase, Reflect, Reply, Scenario, Speech, Target,
};
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Act, Channel, Indicator, Pronoun, Upset};

/// A phrase: `[direction] text`, with `~` at its end for a welcome nod, `!~` for one that agrees, `||` for a lapse.
pub(crate) fn phrase(written: &str) -> Phrase {
    let (written, lapse) = match written.strip_suffix("||") {
        Some(rest) => (rest.trim_end(), Some(Lapse::Millis(1000))),
        None => (written, None),
    };
    let (written, nod) = if let Some(rest) = written.strip_suffix("!~") {
        (rest, Nod::Agrees)
    } else if let Some(rest) = written.strip_suffix('~') {
        (rest, Nod::Welcome)
    } else {
        (written, Nod::Unmarked)
    };
    let (direction, text) = match written.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((direction, text)) => (Some(direction.to_owned()), text),
        None => (None, written),
    };
    let text = text.trim().to_owned();
    let words = u16::try_from(text.split_whitespace().count()).unwrap_or(u16::MAX);
    Phrase { text, words, direction, nod, facts: Vec::new(), lapse }
}

pub(crate) fn speech(phrases: &[&str]) -> Speech {
    Speech { id: String::new(), phrases: phrases.iter().map(|written| phrase(written)).collect() }
}

fn line(phrases: &[&str]) -> Line {
    Line { when: None, variants: vec![speech(phrases)] }
}

fn reply(name: &str, node: u16, gist: &str, text: &str, to: Target) -> Reply {
    Reply {
        name: name.to_owned(),
        node: NodeId(node),
        gist: gist.to_owned(),
        text: text.to_owned(),
        words: u16::try_from(text.split_whitespace().count()).unwrap_or(u16::MAX),
        when: None,
        acts: Vec::new(),
        shows: vec![2],
        flaw: None,
        slip: None,
        meets: Vec::new(),
        promises: Vec::new(),
        effects: Effects::default(),
        gives: None,
        subtext: None,
        why: format!("Because of {name}."),
        hears: String::new(),
        answers: Vec::new(),
        to,
        to_when: Vec::new(),
        coach: None,
        key: u64::from(node) * 100 + name.len() as u64,
    }
}

fn node(name: &str, replies: std::ops::Range<u16>, says: Line) -> Node {
    Node {
        name: name.to_owned(),
        key: name.len() as u64,
        lines: vec![says],
        volunteers: None,
        bait: None,
        provokes: false,
        grievance: None,
        core: true,
        tempts_let_finish: true,
        tempts_calm_delivery: true,
        opportunities: vec![Opportunity { indicator: Indicator::Paraphrase, weight: 2 }],
        reflect: None,
        effects: Effects::default(),
        replies,
        coach: None,
    }
}

/// Maureen at the counter. Turn one: two phrases, a lapse, a third; three replies. Turn two: an answer, one phrase.
pub(crate) fn maureen(channel: Channel) -> Scenario {
    let mut first = node(
        "seat",
        0..3,
        line(&[
            "[puts an envelope down] It's only a quick one.~",
            "He'd have found it funny, the letter. ||",
            "You'd better just cancel his.",
        ]),
    );
    first.lines[0].variants[0].phrases[1].facts.push(FactId(0));
    first.bait = Some(Bait {
        text: "Could I take the seat number?".to_owned(),
        answer: speech(&["I hadn't finished."]),
        lapse: 0,
    });
    first.reflect = Some(Reflect {
        readings: vec!["She misses him".to_owned(), "She wants her money".to_owned(), "She is in a hurry".to_owned()],
        reveals: ReplyId(1),
    });
    first.coach = Some("Let her get to the end of it.".to_owned());
    let mut second = node("name", 3..5, line(&["They all know my name.~"]));
    second.provokes = true;
    let to_second = Target::Node(NodeId(1));
    let mut replies = vec![
        reply("cancel", 0, "Cancel the seat", "I'll take one-twelve off for you now.", to_second),
        reply("give-back", 0, "Give back her sentence", "You stopped there. I'm in no hurry.", to_second),
        reply("wait", 0, "Suggest waiting", "People often feel differently by August.", to_second),
        reply("sorry", 1, "Say sorry", "I'm sorry that they write to him.", Target::Ending(EndingId(0))),
        reply("again", 1, "Ask her to go on", "Tell me about the names.", Target::Node(NodeId(0))),
    ];
    replies[1].answers = vec![line(&["Well. Thank you."])];
    replies[1].acts = vec![Act::ParaphraseRight];
    replies[1].subtext = Some("I heard that you stopped.".to_owned());
    replies[1].coach = Some("You gave her own words back.".to_owned());
    replies[2].when = Some(Condition::Not(Box::new(Condition::Heard(FactId(0)))));
    replies[3].answers = vec![line(&["That's kind."])];
    let nodes = vec![first, second];
    let mood = Mood { anger: 18, trust: 45, patience: 70, heard: 25, clarity: 10 };
    Scenario {
        slug: "one-twelve".to_owned(),
        title: "One-twelve".to_owned(),
        version: "1".to_owned(),
        author: "Simmer".to_owned(),
        licence: "MIT".to_owned(),
        language: "en-GB".to_owned(),
        teaser: String::new(),
        content_note: None,
        you: "Sam".to_owned(),
        channel,
        difficulty: 1,
        intentions: Vec::new(),
        customer: Customer {
            name: "Maureen Tallis".to_owned(),
            address: "Mrs Tallis".to_owned(),
            pronoun: Pronoun::She,
            about: String::new(),
            look: Look { holds: Some(Prop::Envelope), ..Look::default() },
            mood,
            upset: Upset::Anger,
            heat: 100,
            cool: 100,
            focus: Focus::default(),
            wants: None,
            objects: speech(&["I was still talking."]),
        },
        skill_weights: [20; 5],
        needs: Vec::new(),
        facts: vec![Fact { name: "letter".to_owned(), text: "The letter was addressed to him".to_owned() }],
        promises: Vec::new(),
        flags: Vec::new(),
        encounters: vec![Encounter {
            name: "counter".to_owned(),
            title: "The counter".to_owned(),
            setting: "Ticket office, Tuesday. Three people queuing. You are Sam.".to_owned(),
            record: vec!["TALLIS K (Mr): row K, seats 111 and 112".to_owned()],
            yours: vec!["A full refund until 1 September".to_owned()],
            not_yours: vec!["A seat kept empty".to_owned()],
            own: OwnTexts::default(),
            start: NodeId(0),
            starts: Vec::new(),
            seat: Seat::Agent,
            compromise_arms: None,
            leaves: speech(&["I'll write to them."]),
            escalates: speech(&["Who is in charge here?"]),
            brief: Brief::of(&nodes, &replies),
            nodes,
            replies,
            endings: vec![Ending {
                name: "looks-back".to_owned(),
                text: "At the door she looks back.".to_owned(),
                outcome: None,
            }],
            grievances: Vec::new(),
            note: Vec::new(),
            model_note: String::new(),
            diary: Vec::new(),
        }],
        hashes: Hashes { full: Hash([0; 32]), structure: Hash([0; 32]) },
    }
}
