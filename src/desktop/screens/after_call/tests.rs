use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::campaign::{Input, RunStage};
use crate::desktop::screens::testing::{Playing, assert_fits, reached_by_tab, theme, window, worked_call};
use crate::scenario::vocabulary::{Fulfilment, Volume};

fn view(playing: &Playing, answered: &[Answered]) -> View {
    View::of(Given { scenario: &playing.scenario, run: &playing.run, answered })
}

/// A run with the screen before it, and what the window would do with its actions.
struct Shown {
    playing: Playing,
    answered: Vec<Answered>,
    memory: Memory,
    left: Vec<Action>,
}

impl Shown {
    fn carry_out(&mut self, action: Action) {
        match action {
            Action::File { tiles, line } => self.playing.input(&Input::File { tiles, line }),
            Action::Choose(choice) => {
                let RunStage::Diary(event) = self.playing.run.stage else { panic!("nothing is due") };
                self.answered.push(Answered { event, choice });
                self.playing.input(&Input::Choose(choice));
            }
            Action::NextCall | Action::ToDebrief => self.left.push(action),
        }
    }
}

fn show(playing: Playing, percent: u16) -> Harness<'static, Shown> {
    let shown = Shown { playing, answered: Vec::new(), memory: Memory::default(), left: Vec::new() };
    let mut harness = window(theme(percent), shown, |ui, theme, shown| {
        let view = view(&shown.playing, &shown.answered);
        for action in draw(ui, theme, &view, &mut shown.memory) {
            shown.carry_out(action);
        }
    });
    harness.run();
    harness
}

fn press(harness: &mut Harness<'_, Shown>, name: &str) {
    harness.get_by_label(name).click_accesskit();
    harness.run();
}

fn keys(harness: &mut Harness<'_, Shown>, keys: &[Key]) {
    for key in keys {
        harness.key_press(*key);
        harness.run();
    }
}

#[test]
fn the_note_in_words() {
    let mut playing = worked_call(Volume::Level);
    let fact = playing.scenario.facts.iter().position(|fact| fact.name == "wrong-door").unwrap();
    playing.run.talk.jotted.insert(fact);
    let Stage::Note(note) = view(&playing, &[]).stage else { panic!() };
    let tiles: Vec<_> = note
        .tiles
        .iter()
        .map(|tile| format!("{}{}", tile.text, if tile.jotted { " (you jotted this)" } else { "" }))
        .collect();
    insta::assert_snapshot!(format!("{}\n{}\n{}", note.words, note.hint, tiles.join("\n")), @r"
    Write what the next person needs to know.
    Pick what belongs in the note. Whoever takes the next call knows this and nothing else.
    Market trader: 31 cheesecakes and cream must stay cold Fri evening to Sat
    Wed ‘no access’ is our error: photo shows 14, blue door; she is 41, yellow (you jotted this)
    Wed visit disputed: her word against the engineer’s
    Customer happy
    Refund refused
    Engineer careless, can’t read a door number
    Customer shouty, calmed down
    Loan chiller, Dockside, Fri noon through Sunday, whatever the report says
    If the engineer condemns it, we swap it: agreed with customer
    Ring the mobile ending 208, Fri 18:30, with the report. A swap needs that and the supervisor
    ");
}

#[test]
fn where_a_tile_stands_depends_on_the_seed_alone() {
    let order = |seed: u64| {
        let mut playing = worked_call(Volume::Level);
        playing.run.talk.seed = seed;
        let Stage::Note(note) = view(&playing, &[]).stage else { panic!() };
        note.tiles.into_iter().map(|tile| tile.tile).collect::<Vec<_>>()
    };
    assert_eq!(order(7), order(7));
    let first: std::collections::BTreeSet<_> = (0..40).map(|seed| order(seed)[0]).collect();
    assert!(first.len() > 4, "{first:?}");
    let mut sorted = order(7);
    sorted.sort();
    let mut other = order(8);
    other.sort();
    assert_eq!(sorted, other);
}

#[test]
fn what_is_due_in_words() {
    let mut playing = worked_call(Volume::Level);
    playing.file(&["wrong-door"]);
    let RunStage::Diary(event) = playing.run.stage else { panic!() };
    let place = playing.scenario.encounters[0].diary[event.index()]
        .choices
        .iter()
        .position(|choice| choice.name == "tell-her-now")
        .unwrap();
    playing.choose("tell-her-now");
    let answered = [Answered { event, choice: crate::scenario::id::ChoiceId::at(place) }];
    let view = view(&playing, &answered);
    let Stage::Due(due) = &view.stage else { panic!() };
    let promises: Vec<_> =
        view.promises.iter().map(|card| format!("{} {} {:?}", card.due, card.text, card.became)).collect();
    let text = format!(
        "{}\n{}\n{:?}\n{}\n{}\n\n{}\n{}\n{}",
        due.at,
        due.text,
        due.passed,
        due.choices.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>().join("\n"),
        promises.join("\n"),
        view.past[0].at,
        view.past[0].result,
        view.past[0].became.join("\n"),
    );
    insta::assert_snapshot!(text, @r#"
    Friday, 18:30
    Half past six. The report is open in front of you: compressor, part in on Wednesday. As you reach for the phone, line two rings. It’s a man whose washing machine is coming through the ceiling of the flat below. He’s been in the queue for thirty-four minutes. There are only you and Priya left, and Priya is on a call.
    Some("Six hours later")
    Take line two, and leave the report for Saturday’s shift, when there’s time to explain it
    Text her that you’ll be ten minutes, help him shut his water off, then ring
    Ring her now with the report, and let line two ring until one of you is free
    Take line two, since it’s water and a ceiling, and ring her straight after
    Friday, 12:00 A loan chiller for her at Dockside, from noon through Sunday Some("Late, and she was told before.")
    Friday, 18:30 Ring her with the engineer’s report, good or bad None

    Friday, 12:10
    She says one word, and not to you. Then: ‘Has Harbour Road got one?’ You look: they have the tall one, ready by two. She goes there at two, and not to Dockside at noon. Line one took three minutes’ holding.
    A loan chiller for her at Dockside, from noon through Sunday: late, and she was told before.
    "#);
}

#[test]
fn from_the_note_to_the_debrief_by_keys_alone() {
    let mut harness = show(worked_call(Volume::Level), 100);
    // Tab to the first tile, put it in, on to the button past the other tiles and the line.
    let tiles = harness.state().playing.scenario.encounters[0].note.len();
    keys(&mut harness, &[Key::Tab, Key::Space]);
    assert_eq!(harness.state().memory.picked.len(), 1);
    for _ in 0..tiles + 4 {
        let there = harness.query_by_label("File the note").is_some_and(|button| button.is_focused());
        keys(&mut harness, if there { &[Key::Enter] } else { &[Key::Tab] });
    }
    assert_ne!(harness.state().playing.run.stage, RunStage::Note, "the button is not reached");
    // The button that was pressed is gone: nothing has the focus.
    if !harness.state().memory.diary_seen {
        keys(&mut harness, &[Key::Enter]);
    }
    assert!(harness.state().memory.diary_seen);
    while harness.state().left.is_empty() {
        // Makes a choice where something is due; a number means nothing where there is only the way on.
        keys(&mut harness, &[Key::Num1, Key::Enter]);
    }
    assert_eq!(harness.state().left, [Action::ToDebrief]);
    assert_eq!(harness.state().answered.len(), 2);
    assert_eq!(harness.state().playing.run.stage, RunStage::Closed);
}

#[test]
fn a_result_is_read_before_the_next_thing_is_due() {
    let mut playing = worked_call(Volume::Level);
    playing.file(&["wrong-door", "must-stay-cold", "chiller-to-sunday"]);
    let mut harness = show(playing, 100);
    press(&mut harness, "Go on");
    press(&mut harness, "Ring her now, before she drives over, and then take line one");
    press(&mut harness, "Do this");
    assert!(harness.query_by_label_contains("Has Harbour Road got one?").is_some());
    assert!(harness.query_by_label("Friday, 18:30").is_some(), "it stands in the diary");
    assert!(harness.query_by_label_contains("Half past six.").is_none(), "and is not due yet");
    press(&mut harness, "Go on");
    assert!(harness.query_by_label_contains("Half past six.").is_some());
    assert!(harness.query_by_label("Six hours later").is_some());
    assert!(harness.query_by_label("Late, and she was told before.").is_some());
}

#[test]
fn another_call_follows_where_there_is_one() {
    let mut playing = worked_call(Volume::Level);
    let mut second = playing.scenario.encounters[0].clone();
    second.title = "Saturday, ten past seven".to_owned();
    playing.scenario.encounters.push(second);
    playing.run.stage = RunStage::Between;
    let mut harness = show(playing, 100);
    press(&mut harness, "Go on");
    assert!(harness.query_by_label("Saturday, ten past seven").is_some());
    press(&mut harness, "The next call");
    assert_eq!(harness.state().left, [Action::NextCall]);
}

#[test]
fn tab_reaches_every_tile_and_nothing_is_cut_off() {
    for percent in [100, 200] {
        let mut harness = show(worked_call(Volume::Level), percent);
        assert_fits(&harness);
        let names = reached_by_tab(&mut harness);
        assert!(names.iter().any(|name| name == "Customer happy"), "{names:?}");
        assert!(names.iter().any(|name| name == "File it empty"), "{names:?}");
        press(&mut harness, "File it empty");
        assert_fits(&harness);
        press(&mut harness, "Go on");
        assert_fits(&harness);
    }
}

#[test]
fn what_became_of_a_promise_is_said_plainly() {
    let words: Vec<_> = Fulfilment::ALL.iter().map(|fulfilment| data_words(*fulfilment)).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    Kept.
    Kept, and more.
    Late, and she was told before.
    Late, and nobody told her.
    Broken.
    ");
}

fn data_words(fulfilment: Fulfilment) -> String {
    let mut playing = worked_call(Volume::Level);
    playing.run.stage = RunStage::Closed;
    playing.run.talk.promises[0] = crate::dialogue::Standing::Done(fulfilment);
    let view = view(&playing, &[]);
    view.promises.iter().find_map(|card| card.became.clone()).unwrap()
}
