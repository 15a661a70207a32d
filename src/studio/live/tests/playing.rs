use super::*;

#[test]
fn a_text_that_is_opened_begins_to_speak() {
    let live = live(SATURDAY);
    let present = live.now();
    assert_eq!(present.node(), "waited-in");
    assert_eq!(present.said[0].direction.as_deref(), Some("loud, fast"));
    assert!(matches!(present.stage, Stage::Listening(_)));
    assert_eq!(live.keys(), "L F N H C I");
}

impl Live {
    fn keys(&self) -> String {
        self.now().deeds.iter().map(|deed| deed.key).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn a_decision_is_told_with_what_it_did() {
    let mut live = live(SATURDAY);
    live.say("went-back-over-it");
    let present = live.now();
    let effect = present.last.as_ref().expect("something was said");
    assert!(effect.done.starts_with("You kept the whole morning"));
    assert_eq!(
        effect.shown.iter().map(|shown| format!("{}, {}", shown.words, shown.credit)).collect::<Vec<_>>(),
        [
            "Let them finish, 1 of 1",
            "Accurate paraphrase, 2 of 2",
            "Calm delivery under provocation, 0.75 of 1",
            "Names the impact on them, 1.5 of 1.5",
            "Open question, 1 of 1",
        ]
    );
    assert!(effect.slips.is_empty());
    assert_eq!(effect.moves[0], "Heard to the end: feeling heard +2");
    assert!(effect.moves.contains(&"Another turn: patience −2".to_owned()), "{:#?}", effect.moves);
    let texts: Vec<_> = present.transcript.iter().map(|line| (line.speaker, line.text.as_str())).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts[0].1.starts_with("[loud, fast] I stayed in yesterday.") && texts[0].1.contains(" … "), "{texts:?}");
    assert_eq!(texts[1].0, Speaker::You);
}

#[test]
fn an_interruption_is_a_slip_of_listening() {
    let mut live = live(SATURDAY);
    live.take(&talk(Action::Interrupt)).unwrap();
    live.say("tuesday-slots");
    let effect = Arc::clone(live.now().last.as_ref().unwrap());
    assert_eq!(effect.slips.len(), 2);
    assert!(effect.slips[0].0.starts_with("You cut her off before"), "{:?}", effect.slips);
    assert_eq!(effect.slips[0].1, "Moderate slip, Listening");
}

#[test]
fn the_latest_decision_is_taken_back() {
    let mut live = live(SATURDAY);
    live.hear_out();
    let before = live.now().run.clone();
    live.say("tuesday-slots");
    live.take(&talk(Action::Nod)).ok();
    assert!(live.back());
    assert_eq!(live.now().run, before);
    assert!(live.now().transcript.is_empty() && live.now().last.is_none());
    assert!(!live.back(), "nothing else was decided");
}

#[test]
fn any_node_can_be_begun_after_the_shortest_way_there() {
    let mut live = live(SATURDAY);
    let (encounter, node) = find(&live.now().scenario, 0, "nobody-asked").unwrap();
    live.begin_at(encounter, node);
    live.arrive();
    assert_eq!(live.now().node(), "nobody-asked");
    assert_eq!(live.now().transcript.len(), 2, "one turn lies before it");
    assert!(!live.now().is_edited, "it was played");
    live.assert_sound();
}

#[test]
fn any_node_can_be_gone_to_in_the_state_as_it_is() {
    let mut live = live(SATURDAY);
    live.edit(Edit::Meter(Meter::Anger, 1_234));
    let (encounter, node) = find(&live.now().scenario, 0, "nobody-asked").unwrap();
    live.stand_at(encounter, node);
    let present = live.now();
    assert_eq!((present.node(), present.run.talk.meters.anger), ("nobody-asked", 1_234));
    assert!(present.is_edited);
    assert_eq!(live.last_words(), "Taken to ‘nobody-asked’, the state as it was.");
}

#[test]
fn an_edit_shows_at_once_and_marks_the_run() {
    let mut live = live(SATURDAY);
    live.edit(Edit::Meter(Meter::Trust, 3_000));
    assert!(!live.now().is_edited, "it was so before");
    live.edit(Edit::Meter(Meter::Trust, 99_999));
    assert_eq!(live.now().run.talk.meters.trust, 10_000);
    assert!(live.now().is_edited);
    live.edit(Edit::Flag(FlagId(0), true));
    assert!(live.now().run.talk.flags.contains(0));
    live.edit(Edit::Flag(FlagId(60), true));
    assert!(!live.now().run.talk.flags.contains(60), "there is no such flag");
    live.begin();
    assert!(!live.now().is_edited, "begun anew");
}

#[test]
fn a_run_goes_on_through_the_note_the_diary_and_to_its_end() {
    let mut live = live(SATURDAY);
    let mut stages = Vec::new();
    for _ in 0..400 {
        let present = Arc::clone(live.now());
        let stage = match present.stage {
            Stage::Listening(_) | Stage::Answering(_) => "call",
            Stage::Note { .. } => "note",
            Stage::Diary { .. } => "diary",
            Stage::Between { .. } => "between",
            Stage::Closed => "closed",
        };
        if stages.last() != Some(&stage) {
            stages.push(stage);
        }
        let offers = present.offers();
        let Some(input) = offers.last() else { break };
        if matches!(present.stage, Stage::Listening(_)) {
            live.hear_out();
        } else {
            live.take(input).unwrap();
        }
    }
    assert_eq!(stages.first(), Some(&"call"));
    assert_eq!(stages.last(), Some(&"closed"));
    assert!(stages.contains(&"note") && stages.contains(&"diary"), "{stages:?}");
}
