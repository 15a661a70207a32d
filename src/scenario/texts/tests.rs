use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::scenario::format::current as format;
use crate::scenario::id::FactId;
use crate::scenario::load::load;
use crate::scenario::resolve::resolve;
use crate::scenario::speech::parse_speech;
use crate::scenario::unread::Unread;

const SAMPLE: &str = include_str!("../resolve/sample.ron");
/// Names of an author that are also those of fields, and texts that say the same.
pub(super) const ALIKE: &str = r##"Scenario(
    format: 1, id: "alike", title: "One", setting: "One", you: "One", channel: Phone, difficulty: 1, teaser: "One",
    content_note: "One", record: ["One", "Two", "One"], yours: ["One"], not_yours: ["One"], intentions: ["One"],
    customer: (
        name: "One", address: "Ms One", pronoun: She, about: "One", objects: "#leaves One.",
        mood: (anger: 40, trust: 30, patience: 55, heard: 20, clarity: 15),
    ),
    needs: { "text": (weight: 100, text: "One") }, facts: { "text": "One", "leaves": "One" },
    promises: { "text": (text: "One", due: "Fri 18:30") },
    encounters: [Encounter(
        id: "facts", start: "note", title: "One", setting: "One", record: ["One"], yours: ["One"], not_yours: ["One"],
        leaves: "#says One.", escalates: "One.", model_note: "One",
        nodes: {
            "note": Node(
                says: ["#gist One.", "#text One.", "One. ||"],
                says_when: [(when: CutOff, says: ["#why One.", "One. ||"])],
                volunteers: (says: "One.", fact: "text"), bait: (text: "One", answer: "One."), coach: "One",
                reflect: (right: "One", wrong: ["One", "Two"], reveals: "bait"),
                reveals: ["leaves"],
                replies: [
                    Reply(id: "says", gist: "One two three", text: "One", acts: [], why: "One", hears: "One",
                        answer: ["#gist One."], to: "leaves"),
                    Reply(id: "bait", gist: "One two three", text: "One", acts: [], why: "One", hears: "One",
                        subtext: "One", coach: "One", meets: ["text"], promises: ["text"], gives: (text: "One", cost: 1),
                        answer: ["#text One.", "One."], to: "endings"),
                ],
            ),
            "leaves": Node(says: ["One."], replies: [Reply(
                id: "coach", gist: "One two three", text: "One", acts: [], why: "One", hears: "One", to: "says",
            )]),
            "endings": Node(says: ["One."], replies: [Reply(
                id: "reflect", gist: "One two three", text: "One", acts: [], why: "One", hears: "One", to: "diary",
            )]),
        },
        endings: { "says": (text: "One"), "diary": (text: "One") },
        note: [(id: "says", text: "One", kind: Fact), (id: "text", text: "One", kind: Fact)],
        diary: [(id: "text", at: "Fri 18:30", text: "One", choices: [
            (id: "text", text: "One", result: "One", why: "One", fulfils: { "text": Kept }, gives: (text: "One", cost: 1)),
        ])],
    )],
)"##;

const ALL: [&str; 6] = [
    include_str!("../../../scenarios/before-saturday.ron"),
    include_str!("../../../scenarios/can-i-have-it-on.ron"),
    include_str!("../../../scenarios/one-twelve.ron"),
    include_str!("../../cli/play/sample.ron"),
    SAMPLE,
    ALIKE,
];

fn document(text: &str) -> format::Scenario {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// What each text of a document is: its role and its words, by its id.
fn sheet(document: &format::Scenario) -> BTreeMap<String, (Role, String)> {
    let resolved = resolve(document, &Unread::default());
    let scenario = resolved.scenario.unwrap_or_else(|| panic!("{:#?}", resolved.findings));
    texts(&scenario).into_iter().map(|text| (text.id, (text.role, text.words))).collect()
}

#[test]
fn no_two_texts_share_an_id() {
    for text in ALL {
        let scenario = load("all", text.as_bytes()).scenario.expect("it has no error");
        let texts = texts(&scenario);
        let ids: BTreeSet<_> = texts.iter().map(|text| &text.id).collect();
        assert_eq!(ids.len(), texts.len(), "{}", scenario.slug);
    }
}

#[test]
fn every_role_occurs() {
    let found: BTreeSet<_> = sheet(&document(ALIKE)).into_values().map(|(role, _)| role.name()).collect();
    assert_eq!(found, Role::ALL.iter().map(|role| role.name()).collect());
}

#[test]
fn a_spoken_line_is_listed_as_an_author_would_write_it() {
    for text in ALL {
        let scenario = load("all", text.as_bytes()).scenario.unwrap();
        for text in &texts(&scenario) {
            let Some(speech) = text.speech else { continue };
            let facts = |name: &str| scenario.facts.iter().position(|fact| fact.name == name).map(FactId::at);
            let (again, problems) = parse_speech(text.id.clone(), &text.words, &facts);
            assert_eq!(problems, [], "{}", text.words);
            assert_eq!(again, *speech, "{}", text.words);
        }
    }
}

#[test]
fn the_sheet_of_the_sample() {
    let scenario = load("sample.ron", SAMPLE.as_bytes()).scenario.unwrap();
    let lines = texts(&scenario).into_iter().map(|text| format!("{} ({:?}): {}", text.id, text.role, text.words));
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r##"
    title (Title): Before Saturday
    teaser (Teaser): A fridge and a stall.
    setting (Setting): Aftercare. Thursday.
    you (TraineeName): Ade
    customer/name (CustomerName): Marisol Quint
    customer/about (About): 44, makes cheesecakes
    customer/objects (Objection): I hadn’t finished.
    needs/cold/text (Need): Cold until Saturday
    needs/record/text (Need): The record corrected
    facts/wrong-door (Fact): The photo shows no. 14.
    facts/stall (Fact): She has a stall.
    promises/callback/text (Promise): Ring with the report
    call/waited-in/says (Line): I stayed in yesterday and heard nothing. || And then it buzzed to say you came. ~
    call/waited-in/says_when (Line): I stayed in! || All day long, I did.
    call/waited-in/volunteers/says (Volunteered): I sell on Saturdays, you see.
    call/waited-in/bait/text (Bait): Could I take your job number?
    call/waited-in/bait/answer (BaitAnswer): I am still talking.
    call/waited-in/reflect/right (RightReading): Nobody believes her
    call/waited-in/reflect/wrong/afdc0fe5b2 (WrongReading): She is bored
    call/waited-in/reflect/wrong/5a6f1d1ae9 (WrongReading): She is joking
    call/waited-in/went-unheard/gist (Gist): Say back what happened
    call/waited-in/went-unheard/text (Reply): You waited in from eight, and then we wrote that you were out.
    call/waited-in/went-unheard/subtext (Subtext): I am not a liar.
    call/waited-in/went-unheard/answer (Answer): It was no. 14 in the photo.{wrong-door}
    call/waited-in/went-unheard/why (Why): It catches the insult.
    call/waited-in/went-unheard/hears (Hears): She heard me.
    call/waited-in/book-again/gist (Gist): Book another visit
    call/waited-in/book-again/text (Reply): I have Tuesday.
    call/waited-in/book-again/why (Why): It hurries.
    call/waited-in/book-again/hears (Hears): He wants me gone.
    call/nobody-asked/says (Line): Nobody asked me what I need it for.
    call/nobody-asked/ring-friday/gist (Gist): Ring her on Friday
    call/nobody-asked/ring-friday/text (Reply): I will ring on Friday.
    call/nobody-asked/ring-friday/why (Why): It is a promise.
    call/nobody-asked/ring-friday/hears (Hears): Good.
    call/endings/done/text (Ending): She rings off.
    call/endings/gone/text (Ending): She has gone.
    call/leaves (Leaving): I have had enough.
    call/escalates (Escalation): I will write to your head office.
    call/note/photo/text (Tile): Photo shows no. 14
    call/diary/friday/text (Event): The report is in.
    call/diary/friday/ring/text (Choice): Ring her
    call/diary/friday/ring/result (Result): She thanks you.
    call/diary/friday/ring/why (Why): You promised.
    call/diary/friday/leave-it/text (Choice): Leave it
    call/diary/friday/leave-it/result (Result): She waits.
    call/diary/friday/leave-it/why (Why): You did not.
    again/hello/says (Line): Hello, it is me once more.
    again/hello/welcome/gist (Gist): Welcome her once more
    again/hello/welcome/text (Reply): Good to hear you.
    again/hello/welcome/why (Why): Warm.
    again/hello/welcome/hears (Hears): Nice.
    again/endings/bye/text (Ending): She rings off.
    again/leaves (Leaving): I have had enough.
    again/escalates (Escalation): I will write to your head office.
    "##);
}

#[test]
fn a_text_without_a_name_has_one_id_however_it_is_typeset() {
    assert_eq!(id::of_words("She’s “in” – so…"), id::of_words("She's \"in\" -- so..."));
    assert_ne!(id::of_words("One"), id::of_words("one"));
}

#[test]
fn what_an_encounter_says_for_itself_is_its_own_text() {
    let shared = sheet(&document(SAMPLE));
    assert!(
        shared.contains_key("title") && !shared.contains_key("call/title") && !shared.contains_key("again/setting")
    );
    let own =
        sheet(&document(&SAMPLE.replacen("id: \"again\",", "id: \"again\", setting: \"Aftercare. Thursday.\",", 1)));
    assert_eq!(own.get("again/setting"), shared.get("setting"), "it may say the same, and stays its own");
    assert_eq!(own.len(), shared.len() + 1);
}

/// Something more in a scenario.
#[derive(Debug, Clone, Copy)]
enum More {
    Line,
    ConditionalLine,
    Answer,
    Record,
    Wrong,
    Reply,
    Tile,
    Node,
    Fact,
    Choice,
    Encounter,
}

const MORE: [More; 11] = [
    More::Line,
    More::ConditionalLine,
    More::Answer,
    More::Record,
    More::Wrong,
    More::Reply,
    More::Tile,
    More::Node,
    More::Fact,
    More::Choice,
    More::Encounter,
];

/// Puts something more into a document, at the place that the numbers lead to.
fn put(document: &mut format::Scenario, more: More, number: usize, at: usize) {
    fn insert<T>(list: &mut Vec<T>, at: usize, more: T) {
        list.insert(at % (list.len() + 1), more);
    }
    let name = format!("new-{number}");
    let line = format!("#{name} Something new. || And more of it.");
    let count = document.encounters.len();
    let encounter = &mut document.encounters[at % count];
    let count = encounter.nodes.0.len();
    let target = encounter.endings.0[0].0.clone();
    let (_, node) = &mut encounter.nodes.0[at / 3 % count];
    let reply = format::Reply { id: name.clone(), to: target, ..node.replies[0].clone() };
    let conditional = format::ConditionalLine { when: format::Condition::CutOff, says: vec![line.clone()] };
    match more {
        More::Line => insert(&mut node.says, at, line),
        More::ConditionalLine => insert(&mut node.says_when, at, conditional),
        More::Answer => {
            let count = node.replies.len();
            insert(&mut node.replies[at % count].answer_when, at, conditional);
        }
        More::Record => insert(&mut document.record, at, name),
        More::Wrong => {
            if let Some(reflect) = &mut node.reflect {
                // There are always two.
                reflect.wrong.reverse();
            }
        }
        More::Reply if node.replies.len() < 16 => insert(&mut node.replies, at, reply),
        More::Reply => {}
        More::Tile => {
            let kind = crate::scenario::vocabulary::TileKind::Judgement;
            insert(
                &mut encounter.note,
                at,
                format::Tile { id: name.clone(), text: name, kind, weight: 1, fact: None, when: None },
            );
        }
        More::Node => {
            let node = format::Node { reflect: None, replies: vec![reply], ..node.clone() };
            insert(&mut encounter.nodes.0, at, (name, node));
        }
        More::Fact => insert(&mut document.facts.0, at, (name.clone(), name)),
        More::Choice => {
            if let Some(event) = encounter.diary.first_mut() {
                let choice = format::Choice { id: name, ..event.choices[0].clone() };
                insert(&mut event.choices, at, choice);
            }
        }
        More::Encounter => {
            let more = format::Encounter { id: name, starts: Vec::new(), ..document.encounters[0].clone() };
            // At the end, because a start looks back at the encounter before its own.
            document.encounters.push(more);
        }
    }
}

/// Writes other words into every text that has a name, and into every line.
fn reword(document: &mut format::Scenario) {
    let add = |text: &mut String| text.push_str(" Indeed so.");
    add(&mut document.title);
    add(&mut document.setting);
    for (_, need) in &mut document.needs.0 {
        add(&mut need.text);
    }
    for encounter in &mut document.encounters {
        add(&mut encounter.leaves);
        for (_, node) in &mut encounter.nodes.0 {
            node.says.iter_mut().for_each(add);
            node.says_when.iter_mut().flat_map(|line| &mut line.says).for_each(add);
            for reply in &mut node.replies {
                add(&mut reply.text);
                add(&mut reply.why);
                reply.answer.iter_mut().for_each(add);
            }
        }
        encounter.note.iter_mut().for_each(|tile| add(&mut tile.text));
        encounter.diary.iter_mut().for_each(|event| add(&mut event.text));
    }
}

#[test]
fn other_words_under_the_same_names_keep_their_ids() {
    for text in ALL {
        let before = document(text);
        let mut after = before.clone();
        reword(&mut after);
        let (before, after) = (sheet(&before), sheet(&after));
        assert!(before.keys().eq(after.keys()));
        assert!(before.iter().filter(|(id, text)| after[*id] != **text).count() > 20);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_in_anywhere_the_others_keep_their_ids(
        which in 0..ALL.len(),
        puts in prop::collection::vec((prop::sample::select(&MORE[..]), any::<u16>()), 1..6),
    ) {
        let before = document(ALL[which]);
        let mut after = before.clone();
        for (number, (more, at)) in puts.iter().enumerate() {
            put(&mut after, *more, number, usize::from(*at));
        }
        let after = sheet(&after);
        for (id, text) in sheet(&before) {
            prop_assert_eq!(after.get(&id), Some(&text), "{}", id);
        }
    }

    #[test]
    fn naming_every_line_leaves_both_hashes_as_they_are(which in 0..ALL.len()) {
        let before = document(ALL[which]);
        let mut after = before.clone();
        let mut number = 0;
        let mut name = |text: &mut String| {
            number += 1;
            *text = format!("#line-{number} {}", crate::scenario::speech::unnamed(text));
        };
        after.customer.objects.iter_mut().for_each(&mut name);
        for encounter in &mut after.encounters {
            name(&mut encounter.leaves);
            name(&mut encounter.escalates);
            for (_, node) in &mut encounter.nodes.0 {
                node.says.iter_mut().for_each(&mut name);
                node.says_when.iter_mut().flat_map(|line| &mut line.says).for_each(&mut name);
                node.volunteers.iter_mut().for_each(|volunteer| name(&mut volunteer.says));
                node.bait.iter_mut().for_each(|bait| name(&mut bait.answer));
                for reply in &mut node.replies {
                    reply.answer.iter_mut().for_each(&mut name);
                    reply.answer_when.iter_mut().flat_map(|line| &mut line.says).for_each(&mut name);
                }
            }
        }
        let hashes = |document| resolve(document, &Unread::default()).scenario.unwrap().hashes;
        prop_assert_eq!(hashes(&before), hashes(&after));
    }
}
