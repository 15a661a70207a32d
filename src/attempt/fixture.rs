//! A small scenario that has one of everything, and random runs through it.

use std::sync::Arc;

use proptest::prelude::*;

use super::format::current::Attempt;
use super::recorder::{Beginning, Recorder};
use crate::campaign::{self, Input, RunStage};
use crate::dialogue::{self, Action, Mode, Posture};
use crate::scenario::brief::Brief;
use crate::scenario::format::current::{Focus, Look, Mood};
use crate::scenario::id::{ChoiceId, EndingId, EventId, FactId, NeedId, NodeId, PromiseId, ReplyId, TileId};
use crate::scenario::model::{
    Bait, Choice, Customer, DiaryEvent, Effects, Encounter, Ending, Fact, Hash, Hashes, Lapse, Line, Need, Nod, Node,
    Opportunity, OwnTexts, Phrase, Promise, Reflect, Reply, Scenario, Speech, Target, Tile, Volunteer,
};
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{
    Act, Channel, Flaw, Fulfilment, Indicator, Pace, Pronoun, Severity, Skill, TileKind, Upset, Volume,
};

pub(super) fn scenario() -> Arc<Scenario> {
    Arc::new(Scenario {
        slug: "the-door".to_owned(),
        title: "The door".to_owned(),
        version: "1".to_owned(),
        author: String::new(),
        licence: String::new(),
        language: "en".to_owned(),
        teaser: String::new(),
        content_note: None,
        you: "Ade".to_owned(),
        channel: Channel::Counter,
        difficulty: 2,
        intentions: Vec::new(),
        customer: Customer {
            name: "Marisol Quint".to_owned(),
            address: "Ms Quint".to_owned(),
            pronoun: Pronoun::She,
            about: String::new(),
            look: Look::default(),
            mood: Mood { anger: 60, trust: 40, patience: 60, heard: 20, clarity: 20 },
            upset: Upset::Anger,
            heat: 110,
            cool: 100,
            focus: Focus::default(),
            wants: None,
            objects: Speech::default(),
        },
        skill_weights: [20; 5],
        needs: vec![Need { name: "cold".to_owned(), weight: 100, text: String::new() }],
        facts: vec![
            Fact { name: "door".to_owned(), text: "The photo shows 14".to_owned() },
            Fact { name: "stall".to_owned(), text: "A stall on Saturday".to_owned() },
        ],
        promises: vec![Promise {
            name: "callback".to_owned(),
            text: "Ring".to_owned(),
            start: None,
            due: "Fri 18:30".to_owned(),
            core: true,
            weight: 3,
        }],
        flags: vec!["warned".to_owned()],
        encounters: vec![first_encounter(), second_encounter()],
        hashes: Hashes { full: Hash([1; 32]), structure: Hash([2; 32]) },
    })
}

/// The same with other words: only the full hash tells.
pub(super) fn reworded() -> Arc<Scenario> {
    let mut scenario = Arc::unwrap_or_clone(scenario());
    scenario.encounters[0].replies[0].text.push_str(" Please.");
    scenario.hashes.full = Hash([3; 32]);
    Arc::new(scenario)
}

fn first_encounter() -> Encounter {
    let lapse = Some(Lapse::Seeded);
    let mut story = phrase("I stayed in from eight.", 5);
    story.nod = Nod::Welcome;
    story.lapse = lapse;
    let mut buzz = phrase("And at ten past twelve it buzzes.", 7);
    buzz.facts = vec![FactId(0)];
    let opening = Node {
        lines: vec![line(vec![story, buzz])],
        volunteers: Some(Volunteer {
            speech: speech(vec![phrase("I have a stall on Saturday.", 6)]),
            fact: FactId(1),
            after: 1500,
            credits: Some(NodeId(1)),
        }),
        bait: Some(Bait { text: "Your job number?".to_owned(), answer: Speech::default(), lapse: 0 }),
        provokes: true,
        core: true,
        tempts_let_finish: true,
        tempts_calm_delivery: true,
        opportunities: vec![Opportunity { indicator: Indicator::Paraphrase, weight: 2 }],
        reflect: Some(Reflect {
            readings: vec!["Disbelieved".to_owned(), "Tired".to_owned(), "Late".to_owned()],
            reveals: ReplyId(0),
        }),
        replies: 0..3,
        ..node("waited-in", 11)
    };
    let mut reply_text = phrase("So what happens now?", 4);
    reply_text.lapse = lapse;
    let second = Node {
        lines: vec![line(vec![reply_text])],
        opportunities: vec![Opportunity { indicator: Indicator::OpenQuestion, weight: 1 }],
        replies: 3..5,
        ..node("and-now", 12)
    };
    let replies = vec![
        reply("went-unheard", 0, &[Act::ParaphraseRight], 4, Target::Node(NodeId(1))),
        Reply {
            flaw: Some(Flaw::PolicyQuoting),
            slip: Some((Severity::Minor, Skill::Empathy)),
            ..reply("by-the-book", 0, &[Act::PolicyQuote], 0, Target::Node(NodeId(0)))
        },
        reply("sorry", 0, &[Act::BareApology], 1, Target::Node(NodeId(1))),
        Reply {
            meets: vec![NeedId(0)],
            promises: vec![PromiseId(0)],
            ..reply("ring-you", 1, &[Act::NextStepSpecific], 2, Target::Ending(EndingId(0)))
        },
        reply("once-more", 1, &[Act::OpenQuestion], 4, Target::Node(NodeId(0))),
    ];
    Encounter {
        name: "call".to_owned(),
        note: vec![tile("wrong-door", TileKind::Fact, Some(FactId(0))), tile("shouty", TileKind::Judgement, None)],
        diary: vec![DiaryEvent {
            name: "half-past-six".to_owned(),
            at: "Fri 18:30".to_owned(),
            when: None,
            text: String::new(),
            choices: vec![choice("ring-on-the-minute", Fulfilment::Kept), choice("go-home", Fulfilment::Broken)],
        }],
        ..encounter(vec![opening, second], replies)
    }
}

fn second_encounter() -> Encounter {
    let said = Node { lines: vec![line(vec![phrase("You rang.", 2)])], replies: 0..1, ..node("you-rang", 21) };
    let goodbye = reply("goodbye", 0, &[Act::ConfirmContact], 0, Target::Ending(EndingId(0)));
    Encounter { name: "back".to_owned(), ..encounter(vec![said], vec![goodbye]) }
}

fn encounter(nodes: Vec<Node>, replies: Vec<Reply>) -> Encounter {
    Encounter {
        name: String::new(),
        title: String::new(),
        setting: String::new(),
        record: Vec::new(),
        yours: Vec::new(),
        not_yours: Vec::new(),
        own: OwnTexts::default(),
        start: NodeId(0),
        starts: Vec::new(),
        seat: Seat::Agent,
        compromise_arms: None,
        leaves: Speech::default(),
        escalates: Speech::default(),
        brief: Brief::of(&nodes, &replies),
        nodes,
        replies,
        endings: vec![Ending { name: "done".to_owned(), text: String::new(), outcome: None }],
        grievances: Vec::new(),
        note: Vec::new(),
        model_note: String::new(),
        diary: Vec::new(),
    }
}

fn node(name: &str, key: u64) -> Node {
    Node {
        name: name.to_owned(),
        key,
        lines: Vec::new(),
        volunteers: None,
        bait: None,
        provokes: false,
        grievance: None,
        core: false,
        tempts_let_finish: false,
        tempts_calm_delivery: false,
        opportunities: Vec::new(),
        reflect: None,
        effects: Effects::default(),
        replies: 0..0,
        coach: None,
    }
}

fn reply(name: &str, node: u16, acts: &[Act], shows: u8, to: Target) -> Reply {
    Reply {
        name: name.to_owned(),
        node: NodeId(node),
        gist: name.to_owned(),
        text: format!("I say {name} to you"),
        words: 5,
        when: None,
        acts: acts.to_vec(),
        shows: vec![shows],
        flaw: None,
        slip: None,
        meets: Vec::new(),
        promises: Vec::new(),
        effects: Effects::default(),
        gives: None,
        subtext: None,
        why: String::new(),
        hears: String::new(),
        answers: Vec::new(),
        to,
        to_when: Vec::new(),
        coach: None,
        key: 7,
    }
}

fn line(phrases: Vec<Phrase>) -> Line {
    Line { when: None, variants: vec![speech(phrases)] }
}

fn speech(phrases: Vec<Phrase>) -> Speech {
    Speech { id: String::new(), phrases }
}

fn phrase(text: &str, words: u16) -> Phrase {
    Phrase { text: text.to_owned(), words, ..Phrase::default() }
}

fn tile(name: &str, kind: TileKind, fact: Option<FactId>) -> Tile {
    Tile { name: name.to_owned(), text: name.to_owned(), kind, weight: 1, fact, when: None }
}

fn choice(name: &str, fulfilment: Fulfilment) -> Choice {
    Choice {
        name: name.to_owned(),
        text: String::new(),
        when: None,
        result: String::new(),
        fulfils: vec![(PromiseId(0), fulfilment)],
        sets: Vec::new(),
        clears: Vec::new(),
        flaw: None,
        slip: None,
        gives: None,
        why: String::new(),
    }
}

pub(super) fn beginning(mode: Mode, seed: u64) -> Beginning {
    Beginning {
        seed,
        mode,
        language: "en".to_owned(),
        player: "Heron".to_owned(),
        team: None,
        practice: false,
        start: None,
        intention: Some("Let her finish".to_owned()),
    }
}

/// The inputs that may be tried at some moment; the engine says which are taken.
fn candidate(recorder: &Recorder, pick: u16, wait: u16) -> Input {
    let run = recorder.run();
    let at = match run.talk.mode {
        Mode::Steps => 0,
        Mode::Timed => run.talk.turn.clock + u32::from(wait) % 4000,
    };
    let pace = Pace::ALL[usize::from(pick / 32) % 3];
    let volume = Volume::ALL[usize::from(pick / 96) % 5 / 4];
    match run.stage {
        RunStage::Talking => {
            let action = match pick % 32 {
                0 => Action::Nod,
                1 => Action::Posture(Posture::Open),
                2 => Action::Posture(Posture::Neutral),
                3 => Action::Consult,
                4 => Action::Jot,
                5 => Action::Hold,
                6 => Action::Breathe,
                7 => Action::Reflect(wait.to_le_bytes()[0] % 4),
                8 => Action::Interrupt,
                9 => Action::TakeBait,
                10..=19 => Action::Speak { reply: ReplyId(pick / 7 % 6), pace, volume },
                _ => Action::Listen,
            };
            Input::Talk(dialogue::Input { at, action })
        }
        RunStage::Note => {
            let tiles = [TileId(0), TileId(1)].into_iter().take(usize::from(pick % 3)).collect();
            Input::File { tiles, line: ["", "rings \"Friday\"\n// blake3 0"][usize::from(pick / 3 % 2)].to_owned() }
        }
        RunStage::Diary(EventId(_)) => Input::Choose(ChoiceId(pick % 3)),
        RunStage::Between | RunStage::Closed => Input::GoOn,
    }
}

/// A random run, as far as the picks reach.
pub(super) fn runs() -> impl Strategy<Value = Recorder> {
    let picks = proptest::collection::vec((any::<u16>(), any::<u16>()), 0..150);
    (any::<u64>(), any::<bool>(), picks).prop_map(|(seed, timed, picks)| {
        let mode = if timed { Mode::Timed } else { Mode::Steps };
        let mut recorder = Recorder::begin(scenario(), beginning(mode, seed));
        for (pick, wait) in picks {
            let input = candidate(&recorder, pick, wait);
            let _ = recorder.apply(&input);
        }
        recorder
    })
}

/// A run as it is saved, state by state.
pub(super) fn saves() -> impl Strategy<Value = Vec<Attempt>> {
    prop_oneof![runs(), Just(finished())].prop_map(|recorder| {
        let played = recorder.attempt();
        let mut again = Recorder::begin(scenario(), beginning(played.mode, played.seed));
        let mut saved = vec![again.attempt().clone()];
        for written in &played.inputs {
            for input in super::to_input(again.scenario(), again.run(), written).unwrap() {
                if again.apply(&input).unwrap().save {
                    saved.push(again.attempt().clone());
                }
            }
        }
        saved
    })
}

/// A steps-mode run from the first word to the last.
pub(super) fn finished() -> Recorder {
    let mut recorder = Recorder::begin(scenario(), beginning(Mode::Steps, 7));
    apply_written(
        &mut recorder,
        r#"[Nod, Finish, Speak("went-unheard", Slow), Finish, Speak("ring-you"),
            File(["wrong-door"], "rings Friday"), Choose("ring-on-the-minute"), GoOn, Finish, Speak("goodbye"),
            File([])]"#,
    );
    assert_eq!(recorder.run().stage, RunStage::Closed);
    recorder
}

pub(super) fn apply_written(recorder: &mut Recorder, list: &str) {
    for written in super::parse_inputs(list).unwrap() {
        for input in super::to_input(recorder.scenario(), recorder.run(), &written).unwrap() {
            let _ = recorder.apply(&input).unwrap();
        }
    }
}

/// The run that inputs come to, played by the campaign alone.
pub(super) fn run_of(mode: Mode, inputs: &[Input]) -> campaign::Run {
    let scenario = scenario();
    let mut run = campaign::begin(&scenario, 7, mode, &mut ());
    for input in inputs {
        campaign::step(&scenario, &mut run, input, &mut ()).unwrap();
    }
    run
}
