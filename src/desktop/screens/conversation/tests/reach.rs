//! Every verb by its key and by its accessible name.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::play::{DORIS, Play, QUINT, TALLIS, press, settle, shipped};
use crate::desktop::runner::Moment;
use crate::desktop::screens::conversation::{Action, Aids, Below, Exit, Introduced, Memory, Panel};
use crate::dialogue::{self, Mode, Posture};
use crate::scenario::vocabulary::{Pace, Volume};

fn only_looking(mut play: Play) -> Play {
    play.only_look = true;
    play
}

/// The key and the name do the same, once each.
fn check(play: impl Fn() -> Play, key: Key, role: Role, name: &str, expect: &[Action]) {
    let mut window = only_looking(play()).window(100);
    press(&mut window, key);
    assert_eq!(window.state().actions, expect, "by the key {key:?}");
    let mut window = only_looking(play()).window(100);
    window.get_by_role_and_label(role, name).click_accesskit();
    settle(&mut window);
    assert_eq!(window.state().actions, expect, "by the name {name}");
}

fn speaking() -> Play {
    let mut play = Play::maureen(Mode::Timed);
    play.pass(2100);
    play
}

fn pausing() -> Play {
    let mut play = Play::maureen(Mode::Timed);
    while !matches!(play.call.runner.moment(), Moment::Lapse(_)) {
        play.pass(20);
    }
    play
}

fn done() -> Play {
    let mut play = Play::maureen(Mode::Timed);
    play.hear_out();
    play
}

fn chosen() -> Play {
    let mut play = done();
    let reply = play.scenario.encounters[0].reply_named("give-back").unwrap();
    play.act(Action::Choose(reply));
    play
}

const fn deed(action: dialogue::Action) -> [Action; 1] {
    [Action::Do(action)]
}

#[test]
fn small_actions() {
    use dialogue::Action as Deed;
    check(speaking, Key::N, Role::Button, "Nod", &deed(Deed::Nod));
    check(speaking, Key::O, Role::Button, "Turn to face", &deed(Deed::Posture(Posture::Open)));
    check(pausing, Key::J, Role::Button, "Jot", &deed(Deed::Jot));
    check(speaking, Key::B, Role::Button, "Breathe", &deed(Deed::Breathe));
    check(speaking, Key::H, Role::Button, "Hold", &deed(Deed::Hold));
    check(speaking, Key::R, Role::Button, "Reflect", &[Action::Open(Panel::Readings)]);
    check(speaking, Key::C, Role::Button, "Record", &[Action::Do(Deed::Consult), Action::Open(Panel::Record)]);
    check(done, Key::C, Role::Button, "Record", &[Action::Open(Panel::Record)]);
}

#[test]
fn on_the_phone_there_is_no_posture_and_a_nod_is_heard() {
    use dialogue::Action as Deed;
    let phone = || {
        let mut play = Play::new(shipped(QUINT), Mode::Timed, Aids::default(), Introduced::all());
        play.pass(2000);
        play
    };
    check(phone, Key::N, Role::Button, "Mm-hm", &deed(Deed::Nod));
    let window = only_looking(phone()).window(100);
    assert!(window.query_by_label("Turn to face").is_none());
}

#[test]
fn cutting_in() {
    use dialogue::Action as Deed;
    check(speaking, Key::Space, Role::Button, "Speak now", &deed(Deed::Interrupt));
    check(pausing, Key::T, Role::Button, "\u{201c}Could I take the seat number?\u{201d}", &deed(Deed::TakeBait));
    let mut window = only_looking(speaking()).window(100);
    press(&mut window, Key::T);
    assert_eq!(window.state().actions, [], "no ready sentence where there is no pause");
}

#[test]
fn steps_offer_to_listen_on_first() {
    use dialogue::Action as Deed;
    let steps = || Play::maureen(Mode::Steps);
    check(steps, Key::Enter, Role::Button, "Keep listening", &deed(Deed::Listen));
    check(steps, Key::ArrowRight, Role::Button, "Keep listening", &deed(Deed::Listen));
    check(steps, Key::Space, Role::Button, "Speak now", &deed(Deed::Interrupt));
    check(steps, Key::N, Role::Button, "Nod", &deed(Deed::Nod));
}

#[test]
fn pace_and_volume() {
    check(speaking, Key::Q, Role::RadioButton, "Slow", &[Action::SetPace(Pace::Slow)]);
    check(speaking, Key::W, Role::RadioButton, "Even", &[Action::SetPace(Pace::Even)]);
    check(done, Key::E, Role::RadioButton, "Quick", &[Action::SetPace(Pace::Quick)]);
    check(done, Key::A, Role::RadioButton, "Level", &[Action::SetVolume(Volume::Level)]);
    check(done, Key::S, Role::RadioButton, "Raised", &[Action::SetVolume(Volume::Raised)]);
    let hot = || {
        let mut play = done();
        play.run.talk.own_heat = 80;
        play
    };
    check(hot, Key::X, Role::Button, "Set back", &[Action::SetBack]);
}

#[test]
fn the_line_on_top() {
    check(speaking, Key::P, Role::Button, "Pause", &[Action::Pause]);
    check(speaking, Key::U, Role::Button, "Said so far", &[Action::Open(Panel::Said)]);
    check(speaking, Key::M, Role::Button, "Notes 0", &[Action::Open(Panel::Notes)]);
    for (panel, key) in [(Panel::Said, Key::U), (Panel::Notes, Key::M), (Panel::Record, Key::C)] {
        let open = || {
            let mut play = speaking();
            play.act(Action::Open(panel));
            play
        };
        check(open, key, Role::Button, "Close", &[Action::Close]);
        check(open, Key::Escape, Role::Button, "Close", &[Action::Close]);
    }
}

#[test]
fn a_pause_veils_everything() {
    let paused = || {
        let mut play = speaking();
        play.act(Action::Pause);
        play
    };
    check(paused, Key::P, Role::Button, "Go on", &[Action::GoOn]);
    check(paused, Key::L, Role::Button, "Leave for now", &[Action::Leave]);
    let mut window = only_looking(paused()).window(100);
    assert!(window.query_by_label_contains("quick one").is_none(), "no word of the call can be read");
    press(&mut window, Key::Space);
    assert_eq!(window.state().actions, []);
}

#[test]
fn pins_are_put_in_and_taken_out() {
    let mut window = speaking().window(100);
    let gist = |window: &egui_kittest::Harness<'_, Play>| match window.state().view().below {
        Below::Listening(listening) => listening.gists.iter().position(|gist| gist.pinned),
        _ => None,
    };
    press(&mut window, Key::Num2);
    assert_eq!(gist(&window), Some(1));
    assert!(window.query_by_label("You have one ready. It opens when she has finished.").is_some());
    press(&mut window, Key::Num1);
    assert_eq!(gist(&window), Some(0), "another one instead");
    press(&mut window, Key::Num1);
    assert_eq!(gist(&window), None);
    let name = match window.state().view().below {
        Below::Listening(listening) => listening.gists[1].text.clone(),
        _ => panic!("she speaks"),
    };
    window.get_by_role_and_label(Role::Button, &name).click_accesskit();
    settle(&mut window);
    assert_eq!(gist(&window), Some(1));
    press(&mut window, Key::Escape);
    assert_eq!(gist(&window), None);
}

#[test]
fn choosing_is_not_speaking() {
    let mut window = done().window(100);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().run.talk.turn.number, 1, "nothing is chosen");
    for key in [Key::Num1, Key::Num2, Key::ArrowUp, Key::ArrowDown] {
        press(&mut window, key);
    }
    assert_eq!(window.state().run.talk.turn.number, 1);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().run.talk.turn.number, 1, "put back");
    press(&mut window, Key::Num1);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().run.talk.turn.number, 2);
}

#[test]
fn a_reply_is_said_by_key_by_name_and_from_the_focus() {
    let speak = |play: &Play| match play.view().below {
        Below::Answering(answering) => Action::Do(answering.speak.expect("chosen")),
        _ => panic!("she is done"),
    };
    let expect = [speak(&chosen())];
    check(chosen, Key::Enter, Role::Button, "Say it", &expect);

    let mut window = only_looking(chosen()).window(100);
    window.get_by_role_and_label(Role::RadioButton, "You stopped there. I'm in no hurry.").focus();
    settle(&mut window);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().actions, expect);
}

#[test]
fn an_enter_meant_for_listening_speaks_no_reply() {
    let mut play = Play::maureen(Mode::Steps);
    let reply = play.scenario.encounters[0].reply_named("give-back").unwrap();
    play.act(Action::Pin(reply));
    play.hear_out();
    let mut window = play.window(100);
    // The window has just been drawn for the first time; three frames of a quarter second have gone by, so one is
    // needed in which the cards are new.
    window.state_mut().memory = Memory::default();
    window.key_press(Key::Enter);
    window.step();
    assert_eq!(window.state().run.talk.turn.number, 1);
    settle(&mut window);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().run.talk.turn.number, 2);
}

#[test]
fn a_reading_is_picked() {
    let reading = || {
        let mut play = done();
        play.act(Action::Open(Panel::Readings));
        play
    };
    let view = reading().view();
    let Some(crate::desktop::screens::conversation::PanelSeen::Readings { readings, .. }) = view.panel else {
        panic!("three readings")
    };
    for ((_, text, number), key) in readings.iter().zip([Key::Num1, Key::Num2, Key::Num3]) {
        check(reading, key, Role::RadioButton, text, &deed(dialogue::Action::Reflect(*number)));
    }
    check(reading, Key::Escape, Role::Button, "Close", &[Action::Close]);
}

#[test]
fn coach_and_end_go_on_with_enter() {
    let coached = || {
        let mut play = Play::maureen(Mode::Timed);
        play.aids.coach = true;
        play.say("give-back");
        play.pass(2000);
        play
    };
    check(coached, Key::Enter, Role::Button, "Go on", &[Action::CoachSeen]);
    let over = || {
        let mut play = done();
        play.say("give-back");
        play.say("sorry");
        play.pass(20_000);
        play
    };
    check(over, Key::Enter, Role::Button, "Write the note", &[Action::Finish]);
    let mut window = over().window(100);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().exit, Some(Exit::Finish));
}

#[test]
fn a_hint_can_be_put_away_by_name() {
    let first = || Play::new(shipped(DORIS), Mode::Steps, Aids::default(), Introduced::default());
    let hint = first().view().hints.last().cloned().expect("something new");
    let mut window = only_looking(first()).window(100);
    window.get_by_role_and_label(Role::Button, &hint.words).click_accesskit();
    settle(&mut window);
    assert_eq!(window.state().actions, [Action::HintSeen(hint.control)]);
}

#[test]
fn at_large_text_the_face_and_the_ways_to_act_stay_in_sight() {
    let pausing_in_steps = || {
        let mut play = Play::new(shipped(TALLIS), Mode::Steps, Aids::default(), Introduced::all());
        while !matches!(play.call.runner.moment(), Moment::Lapse(_)) {
            play.deed(dialogue::Action::Listen);
        }
        play
    };
    let check = |play: Play, names: &[(Role, &str)]| {
        let mut window = only_looking(play).window(200);
        for key in [Key::End, Key::PageUp, Key::Home, Key::PageDown] {
            press(&mut window, key);
            let (top, words) = (window.get_by_role(Role::Image).rect(), window.state().view().stage.words);
            assert!(words > 0 && top.top() >= 0.0 && top.bottom() < 160.0, "{top:?}");
            for (role, name) in names {
                let rect = window.get_by_role_and_label(*role, name).rect();
                assert!(rect.top() > top.bottom() && rect.bottom() <= 720.0, "after {key:?}: {name} at {rect:?}");
            }
        }
    };
    let cut_in = (Role::Button, "Speak now");
    check(speaking(), &[cut_in, (Role::RadioButton, "Slow")]);
    check(pausing(), &[cut_in, (Role::Label, "A pause. Her eyes stay on the envelope.")]);
    check(pausing_in_steps(), &[cut_in, (Role::Button, "Keep listening")]);
    check(chosen(), &[(Role::Button, "Say it"), (Role::RadioButton, "Raised")]);
}

/// A number or an arrow brings the card it chooses into sight, between the face above and the ways to act below.
#[test]
fn a_card_that_a_key_chooses_is_brought_into_sight() {
    for scale in [100, 145, 200] {
        let mut play =
            Play::new(shipped(TALLIS), Mode::Steps, Aids { guidance: true, ..Aids::default() }, Introduced::all());
        play.hear_out();
        let Below::Answering(answering) = play.view().below else { panic!("the replies are open") };
        let cards: Vec<(String, String)> = answering.cards.into_iter().map(|card| (card.key, card.text)).collect();
        let mut window = play.window(scale);
        let sight = |window: &egui_kittest::Harness<'_, Play>, text: &str, by: &str| {
            let card = window.get_all_by(|node| node.label().is_some_and(|label| label.contains(text))).next().unwrap();
            let foot = window.get_by_role_and_label(Role::Button, "Say it").rect().top();
            let rect = card.rect();
            let strip = if scale == 200 { 136.0 } else { 0.0 };
            let room = if scale == 100 { 720.0 } else { foot };
            let inside = rect.top() >= strip - 1.0 && rect.bottom() <= room + 1.0;
            let fills = rect.top() <= strip + 1.0 && rect.bottom() >= room - 1.0;
            assert!(inside || fills, "{by} at {scale} %: {rect:?} in {strip} to {room}");
        };
        for place in [3, 0, 2, 1] {
            let (key, text) = &cards[place];
            press(&mut window, [Key::Num1, Key::Num2, Key::Num3, Key::Num4][place]);
            settle(&mut window);
            sight(&window, text, key);
        }
        press(&mut window, Key::ArrowDown);
        settle(&mut window);
        sight(&window, &cards[2].1, "the arrow");
    }
}

/// No widget that can be used lies where no scrolling leads, in any state, at any size of text.
#[test]
fn everything_can_be_reached_at_every_size() {
    let states: [fn() -> Play; 7] = [
        speaking,
        pausing,
        chosen,
        || {
            let mut play =
                Play::new(shipped(QUINT), Mode::Timed, Aids { guidance: true, ..Aids::default() }, Introduced::all());
            play.run.talk.own_heat = 95;
            play.hear_out();
            play
        },
        || {
            let mut play = Play::new(
                shipped(TALLIS),
                Mode::Steps,
                Aids { guidance: true, ..Aids::default() },
                Introduced::default(),
            );
            play.act(Action::Open(Panel::Record));
            play
        },
        || {
            let mut play = done();
            play.act(Action::Open(Panel::Readings));
            play
        },
        || {
            let mut play = speaking();
            play.act(Action::Pause);
            play
        },
    ];
    for (number, state) in states.into_iter().enumerate() {
        for scale in [100, 120, 145, 200] {
            let mut window = only_looking(state()).window(scale);
            let is_used = |role: Role| matches!(role, Role::Button | Role::RadioButton | Role::Link);
            let focusable: Vec<String> = window
                .query_all_by(|node| is_used(node.role()) && !node.is_disabled())
                .filter_map(|node| node.accesskit_node().label())
                .collect();
            assert!(!focusable.is_empty());
            for name in focusable {
                let node = window.get_all_by_label(&name).next().unwrap();
                node.focus();
                settle(&mut window);
                let rect = window.get_all_by_label(&name).next().unwrap().rect();
                let inside = rect.left() >= 0.0 && rect.right() <= 1280.0 && rect.top() >= -1.0 && rect.top() < 720.0;
                assert!(inside, "state {number} at {scale} %: {name} at {rect:?}");
            }
        }
    }
}
