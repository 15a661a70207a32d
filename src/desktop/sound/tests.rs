//! From scenes to commands, without a device.

use super::data::{Command, Conductor};
use super::*;
use crate::desktop::Screen;
use crate::scenario::id::{EncounterId, EventId};
use crate::scenario::vocabulary::{Channel, Upset};

const OFFICE: Scene = Scene { volume: Some(70), screen: Screen::Home, line: None, speech: None, ring: None, pencil: 0 };

fn on(channel: Channel, is_held: bool) -> Scene {
    let line = Some(Line { encounter: EncounterId(0), channel, is_held });
    Scene { screen: Screen::Conversation, line, ..OFFICE }
}

fn after(ring: Option<Ring>, pencil: usize) -> Scene {
    Scene { screen: Screen::AfterCall, ring, pencil, ..OFFICE }
}

fn speech(turn: u8, phrase: Option<usize>, at: u64) -> SpeechAt {
    let speech = SpeechId { run: 1, encounter: EncounterId(0), turn, is_last: false, phrase, rate: 100 };
    SpeechAt { speech, at: Duration::from_millis(at) }
}

fn utterance() -> Utterance {
    Utterance {
        speaker: Speaker { pitch: 190, mouth: 110 },
        anger: 0,
        upset: Upset::Anger,
        channel: Channel::Phone,
        phrases: Vec::new(),
        ends: 1000,
    }
}

/// In a word or two.
fn told(commands: Vec<Command>) -> Vec<String> {
    let word = |command| match command {
        Command::Speak { from, .. } => format!("speak from {}", from.as_millis()),
        Command::Play(cue) => format!("{cue:?}"),
        other => format!("{other:?}"),
    };
    commands.into_iter().map(word).collect()
}

#[test]
fn few_things_sound_and_each_once() {
    fn check(before: Scene, now: Scene, expected: &[&str]) {
        let mut conductor = Conductor::default();
        conductor.follow(before, Duration::ZERO, || None);
        assert_eq!(told(conductor.follow(now, Duration::ZERO, || Some(utterance()))), expected, "{before:?} {now:?}");
        assert_eq!(told(conductor.follow(now, Duration::ZERO, || Some(utterance()))), [""; 0], "and not again");
    }
    use Channel::{Counter, Phone};
    let prepare = |ring| Scene { screen: Screen::Prepare, ring, ..OFFICE };
    let diary = |event| Some(Ring::Diary(EncounterId(0), EventId(event)));

    check(OFFICE, prepare(Some(Ring::Prepare)), &["Look", "Ring"]);
    check(OFFICE, prepare(None), &[]);
    check(prepare(Some(Ring::Prepare)), on(Phone, false), &["Look", "PickUp"]);
    check(prepare(None), on(Counter, false), &["Look"]);
    check(OFFICE, on(Phone, true), &["Look"]);
    check(on(Phone, true), on(Phone, false), &["ShortRing"]);
    check(on(Counter, true), on(Counter, false), &[]);
    check(on(Phone, false), on(Phone, true), &[]);
    check(on(Phone, false), after(None, 0), &["HangUp"]);
    check(on(Counter, false), after(None, 0), &[]);

    check(after(None, 0), after(None, 1), &["Pencil"]);
    check(after(None, 2), after(None, 1), &[]);
    check(on(Counter, false), Scene { pencil: 1, ..on(Counter, false) }, &["Pencil"]);
    check(OFFICE, Scene { pencil: 3, ..on(Counter, true) }, &["Look"]);
    check(after(None, 2), after(diary(0), 2), &["Look", "Ring"]);
    check(after(diary(0), 2), after(diary(1), 2), &["Look", "Ring"]);
    check(after(None, 2), after(Some(Ring::Again(EncounterId(0))), 2), &["Look", "Ring"]);
}

#[test]
fn switched_off_there_is_nothing_and_switched_on_only_what_goes_on() {
    let off = |scene| Scene { volume: None, ..scene };
    let mut conductor = Conductor::default();
    let mut follow = |scene| told(conductor.follow(scene, Duration::ZERO, || Some(utterance())));
    assert_eq!(follow(off(OFFICE)), [""; 0]);
    assert_eq!(follow(off(on(Channel::Phone, false))), [""; 0]);
    let speaking = Scene { speech: Some(speech(1, None, 300)), ..on(Channel::Phone, false) };
    assert_eq!(follow(speaking), ["Volume(70)", "speak from 300"]);
    assert_eq!(follow(Scene { volume: Some(60), ..speaking }), ["Volume(60)"]);
    assert_eq!(follow(off(speaking)), ["Close"]);
    assert_eq!(follow(off(speaking)), [""; 0]);
}

#[test]
fn what_is_heard_keeps_to_what_is_seen() {
    let mut conductor = Conductor::default();
    let mut follow = |speech: Option<SpeechAt>, now| {
        let scene = Scene { speech, ..on(Channel::Counter, false) };
        told(conductor.follow(scene, Duration::from_millis(now), || Some(utterance())))
    };
    assert_eq!(follow(None, 0), ["Volume(70)"]);
    assert_eq!(follow(Some(speech(1, None, 10)), 1000), ["speak from 10"]);
    assert_eq!(follow(Some(speech(1, None, 26)), 1016), [""; 0]);
    assert_eq!(follow(Some(speech(1, None, 900)), 2100), [""; 0], "a frame that came late is nothing");
    assert_eq!(
        follow(Some(speech(1, None, 1910)), 62_100),
        ["speak from 1910"],
        "a machine that slept has not listened"
    );
    assert_eq!(follow(Some(speech(1, None, 1930)), 62_120), [""; 0]);
    assert_eq!(follow(None, 62_140), ["Hush"], "cut off, paused or over");
    assert_eq!(follow(None, 62_160), [""; 0]);
    assert_eq!(follow(Some(speech(1, None, 1930)), 70_000), ["speak from 1930"], "it goes on at the same word");
    assert_eq!(follow(Some(speech(2, None, 0)), 70_016), ["speak from 0"], "the next turn replaces it");

    assert_eq!(follow(Some(speech(3, Some(0), 0)), 80_000), ["speak from 0"]);
    assert_eq!(follow(Some(speech(3, Some(0), 1000)), 140_000), [""; 0], "a phrase in steps is never begun again");
    assert_eq!(follow(Some(speech(3, Some(1), 0)), 140_100), ["speak from 0"]);
}
