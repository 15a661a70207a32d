use proptest::prelude::*;

use super::edits::{Kind, names, removed, renamed, with_reply};
use super::*;

/// A conversation some turns on.
fn under_way() -> Live {
    let mut live = live(SATURDAY);
    live.say("went-back-over-it");
    live.say("nineteen-minutes");
    live.take(&talk(Action::Nod)).or_else(|_| live.take(&talk(Action::Listen))).expect("there is more to hear");
    live
}

#[test]
fn the_same_text_changes_nothing() {
    let mut live = under_way();
    let before = Arc::clone(live.now());
    live.follow(&loaded(SATURDAY).unwrap());
    assert_eq!(live.now().run, before.run);
    assert_eq!(live.now().transcript, before.transcript);
}

#[test]
fn carrying_over_by_name_alone_changes_nothing_either() {
    let scenario = loaded(SATURDAY).unwrap();
    let mut live = live(SATURDAY);
    let left = names::Left::of(&scenario, &scenario);
    for _ in 0..200 {
        let run = live.now().run.clone();
        assert_eq!(carry::carry(&left, &run), Ok(run));
        let offers = live.now().offers();
        let Some(input) = offers.iter().find(|input| matches!(input, Input::Talk(_))).or(offers.first()) else { break };
        let speaks = offers
            .iter()
            .rfind(|input| matches!(input, Input::Talk(crate::dialogue::Input { action: Action::Speak { .. }, .. })));
        live.take(speaks.unwrap_or(input)).unwrap();
    }
    assert_eq!(live.now().run.stage, RunStage::Closed, "a whole run was carried");
}

#[test]
fn other_words_change_nothing_but_the_words() {
    let mut live = under_way();
    let before = Arc::clone(live.now());
    let text = SATURDAY.replace("I rang you.", "I phoned you.").replace("Go back over yesterday", "Back to yesterday");
    live.follow(&loaded(&text).unwrap());
    assert_eq!(live.now().run, before.run);
    assert_eq!(live.now().transcript, before.transcript, "what was said stays as it was said");
}

#[test]
fn a_node_with_another_name_is_the_same_node() {
    let mut live = under_way();
    let before = live.now().run.clone();
    let was = live.now().node().to_owned();
    live.follow(&loaded(&renamed(SATURDAY, &was, "another-name")).unwrap());
    assert_eq!(live.now().node(), "another-name");
    assert_eq!(live.now().run, before, "nothing has moved");
    assert_eq!(
        live.last_words(),
        format!("The node ‘{was}’ is called ‘another-name’ now: the conversation goes on there.")
    );
}

#[test]
fn where_a_node_is_gone_the_conversation_stands_at_the_last_one_that_is_left() {
    let mut live = under_way();
    let here = live.now().node().to_owned();
    let text = removed(SATURDAY, Kind::Node, &here).unwrap();
    let scenario = loaded(&text).expect("it can be played without it");
    live.follow(&scenario);
    assert_eq!(live.now().node(), "nobody-asked");
    assert_eq!(
        live.last_words(),
        format!("The node ‘{here}’ is gone: the conversation stands at the last place that is left, ‘nobody-asked’.")
    );
    assert!(live.now().transcript.iter().any(|line| line.text.contains("four feet")), "what was said stays");
    live.assert_sound();
}

#[test]
fn what_was_known_is_lost_with_its_fact_and_told() {
    let mut live = live(SATURDAY);
    live.edit(Edit::Fact(FactId(2), true));
    live.edit(Edit::Fact(FactId(4), true));
    let text = removed(SATURDAY, Kind::Fact, "cheesecakes").unwrap();
    live.follow(&loaded(&text).expect("it can be played without it"));
    let known = |live: &Live| {
        let present = live.now();
        let facts = present.scenario.facts.iter().enumerate();
        facts
            .filter(|(index, _)| present.run.talk.facts.contains(*index))
            .map(|(_, fact)| fact.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(known(&live), ["van"], "by name, whatever its place");
    assert_eq!(live.last_words(), "Gone from the text, and so from here: the fact ‘cheesecakes’.");
}

#[test]
fn a_reply_more_changes_nothing_of_what_was() {
    let mut live = under_way();
    let here = live.now().node().to_owned();
    let text = with_reply(SATURDAY, &here, "a-new-one", &here).unwrap();
    let before = live.now().run.talk.clone();
    live.follow(&loaded(&text).unwrap());
    let after = &live.now().run.talk;
    assert_eq!((after.meters, after.turn.cursor, &after.facts), (before.meters, before.turn.cursor, &before.facts));
    live.say("a-new-one");
    assert_eq!(live.now().node(), here);
}

/// A run that is driven by numbers, through the call and what follows it.
fn play(live: &mut Live, choices: &[u8]) {
    for choice in choices {
        let offers = live.now().offers();
        if offers.is_empty() {
            return;
        }
        live.take(&offers[usize::from(*choice) % offers.len()]).expect("it was on offer");
    }
}

#[test]
fn whatever_is_taken_out_the_conversation_goes_on() {
    let mut played = 0;
    for text in [SATURDAY, ON] {
        let whole = loaded(text).unwrap();
        for kind in Kind::ALL {
            for (index, name) in names(text, kind).iter().enumerate() {
                let Some(scenario) = removed(text, kind, name).and_then(|text| loaded(&text)) else { continue };
                played += 1;
                for length in [0, 9, 30, 90] {
                    let mut live = Live::default();
                    live.follow(&whole);
                    let choices: Vec<u8> = (0..length)
                        .map(|step: u8| step.wrapping_mul(37) ^ u8::try_from(index % 256).unwrap_or(0))
                        .collect();
                    play(&mut live, &choices);
                    live.follow(&scenario);
                    live.assert_sound();
                    while live.back() {
                        live.assert_sound();
                    }
                    live.follow(&whole);
                    live.assert_sound();
                }
            }
        }
    }
    assert!(played > 20, "only {played} texts could be played with something taken out");
}

/// One thing that a trainer does to the text or in the conversation.
#[derive(Debug, Clone)]
enum Deed {
    Remove(Kind, usize),
    Rename(Kind, usize),
    Add(usize),
    Play(Vec<u8>),
    Back,
    Stand(usize),
    Anew,
    Undo,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let deed = prop_oneof![
        (kind.clone(), any::<usize>()).prop_map(|(kind, at)| Deed::Remove(kind, at)),
        (kind, any::<usize>()).prop_map(|(kind, at)| Deed::Rename(kind, at)),
        any::<usize>().prop_map(Deed::Add),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Deed::Play),
        Just(Deed::Back),
        any::<usize>().prop_map(Deed::Stand),
        Just(Deed::Anew),
        Just(Deed::Undo),
    ];
    prop::collection::vec(deed, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_sequence_of_edits_and_inputs_leads_astray(deeds in deeds(), turned in any::<bool>()) {
        let mut text = if turned { ON } else { SATURDAY }.to_owned();
        let mut before = text.clone();
        let mut live = live(&text);
        let pick = |list: Vec<String>, at: usize| (!list.is_empty()).then(|| list[at % list.len()].clone());
        for (number, deed) in deeds.into_iter().enumerate() {
            let edited = match deed {
                Deed::Remove(kind, at) => pick(names(&text, kind), at).and_then(|name| removed(&text, kind, &name)),
                Deed::Rename(kind, at) => {
                    pick(names(&text, kind), at).map(|name| renamed(&text, &name, &format!("renamed-{number}")))
                }
                Deed::Add(at) => pick(names(&text, Kind::Node), at)
                    .and_then(|node| with_reply(&text, &node, &format!("added-{number}"), &node)),
                Deed::Undo => Some(before.clone()),
                Deed::Play(choices) => {
                    play(&mut live, &choices);
                    None
                }
                Deed::Back => {
                    live.back();
                    None
                }
                Deed::Stand(at) => {
                    let nodes: Vec<_> = live.now().nodes().map(|(encounter, node, _)| (encounter, node)).collect();
                    let (encounter, node) = nodes[at % nodes.len()];
                    live.stand_at(encounter, node);
                    None
                }
                Deed::Anew => {
                    live.begin();
                    None
                }
            };
            if let Some((edited, scenario)) = edited.and_then(|text| loaded(&text).map(|scenario| (text, scenario))) {
                before = std::mem::replace(&mut text, edited);
                live.follow(&scenario);
            }
            live.assert_sound();
        }
    }
}
