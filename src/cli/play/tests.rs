//! Whole calls, played from scripted lines into memory.

mod turned;

use std::collections::VecDeque;

use crate::attempt::Beginning;
use crate::cli::page::plain_text;
use crate::cli::terminal::Keys;
use crate::dialogue::Mode;
use crate::scenario::load::load;

use super::*;

const SAMPLE: &str = include_str!("sample.ron");

/// Lines as they are typed, and then the end of input.
struct Script(VecDeque<String>);

impl Script {
    fn typed(lines: &[&str]) -> Self {
        Self(lines.iter().map(|line| (*line).to_owned()).collect())
    }
}

impl Keys for Script {
    fn line(&mut self) -> Typed {
        self.0.pop_front().map_or(Typed::End, Typed::Line)
    }
}

fn sample() -> Arc<Scenario> {
    load("sample.ron", SAMPLE.as_bytes()).scenario.map(Arc::new).expect("the sample is sound")
}

fn begun() -> Recorder {
    begun_with(sample())
}

fn begun_with(scenario: Arc<Scenario>) -> Recorder {
    let beginning = Beginning {
        seed: 1,
        mode: Mode::Steps,
        language: "en".to_owned(),
        player: "me".to_owned(),
        team: None,
        practice: false,
        start: None,
        intention: Some("Wait past a pause".to_owned()),
    };
    Recorder::begin(scenario, beginning)
}

struct Played {
    screen: String,
    recorder: Recorder,
    sitting: Sitting,
}

fn play_on(recorder: Recorder, store: Option<&Store>, keys: impl Keys) -> Played {
    let mut out = Vec::new();
    let (recorder, sitting) = {
        let mut terminal = Terminal::scripted(keys, &mut out);
        let mut game = Game::new(&mut terminal, recorder, store, Helps { mood: true, coach: true });
        let sitting = game.play().unwrap();
        (game.recorder.clone(), sitting)
    };
    let screen = String::from_utf8(out).unwrap();
    let screen = screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").replace('\u{a0}', " ");
    Played { screen, recorder, sitting }
}

fn play(lines: &[&str]) -> Played {
    play_on(begun(), None, Script::typed(lines))
}

/// The number on the screen of the reply, tile or choice whose text begins like this.
#[track_caller]
fn number(screen: &str, beginning: &str) -> String {
    let line = screen.lines().rev().find(|line| line.contains(beginning)).expect("it stands on the screen");
    line.split_whitespace().next().unwrap().to_owned()
}

/// The lines of a call played well, found step by step: numbers are shuffled by the seed.
fn well_played() -> Vec<String> {
    let steps: &[&[&str]] = &[
        &["", "", "It burnt your hand"],
        &["", "We sold you a kettle"],
        &["The kettle burnt|Leaks at the lid", "her word: Friday"],
        &["Ring Ms Lee"],
        &["Satisfied"],
    ];
    let mut lines: Vec<String> = Vec::new();
    for step in steps {
        for typed in *step {
            if typed.is_empty() || typed.starts_with("her word") {
                lines.push((*typed).to_owned());
                continue;
            }
            let so_far: Vec<_> = lines.iter().map(String::as_str).collect();
            let screen = play(&so_far).screen;
            let numbers: Vec<_> = typed.split('|').map(|beginning| number(&screen, beginning)).collect();
            lines.push(numbers.join(" "));
        }
    }
    lines
}

#[test]
fn a_promise_with_a_start_is_told_as_a_window() {
    let lines = well_played();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let due = "due: \"Fri 10:00\"";
    let text = SAMPLE.replacen(due, &format!("start: \"Fri 9:30\", {due}"), 1);
    let scenario = load("sample.ron", text.as_bytes()).scenario.map(Arc::new).expect("the sample is sound");
    let played = play_on(begun_with(scenario), None, Script::typed(&lines));
    let words = "Ring when the kettle is sent (Fri, between 9:30 and 10:00)";
    assert!(played.screen.contains(&format!("You have promised: {words}.")), "{}", played.screen);
    let without = play(&lines).screen;
    assert!(without.contains("You have promised: Ring when the kettle is sent (Fri 10:00)."), "{without}");
    assert!(played.screen.contains(&format!("- {words}: ")), "{}", played.screen);
}

#[test]
fn the_first_words_read_like_this() {
    insta::assert_snapshot!(play(&["2", "n", "", "q"]).screen, @r"

    Ann Lee   mood: angry
        [a lid rattles] It leaks.
      For later (a number keeps it ready): 1 Ask for the model
        2 Ask about the hand
      Enter keep listening  n mm-hm  s speak now  (she may not be done) · ? › 2
      Ready when she is done: Ask about the hand
      Enter keep listening  n mm-hm  s speak now  (she may not be done) · ? › n
      You: “Mm-hm.”
        I filled it up and
      She pauses mid-sentence.
      Enter keep listening  n mm-hm  s speak now  (she may not be done) ·
      t say “Do you have the receipt?” · ? ›
        it burnt my hand.

      She has finished. Take your time.

       1  I can look that up for you. Which of our models is it?
       2  It burnt your hand, and that comes first. How is it now? (you had this
          ready)

      Pace slow [even] quick     Volume [level] raised
      Your reply, 1 to 2, or for instance 2 slow · j jot that down · ? › q
    ");
}

#[test]
fn a_whole_call_is_played_to_its_debrief() {
    let lines = well_played();
    let mut lines: Vec<_> = lines.iter().map(String::as_str).collect();
    lines.extend(["rows", "turns", ""]);
    let played = play(&lines);
    assert_eq!(played.sitting, Sitting::Done);
    assert!(played.recorder.score().is_final);
    let debrief = played.screen.split("Before the result").nth(1).unwrap();
    insta::assert_snapshot!(debrief, @r"
    : how did she leave?
       1  Won over: she would send you a friend
       2  Satisfied
       3  Pacified: calmer, and not content
       4  Handed on, and rightly so
       5  Lost: she will not be back
       6  Escalated: she is taking it further
      A number, or Enter for the result › 2

    Won over: she would send you a friend   988 of 1000   all that was reachable
    You thought: satisfied.

      Listening         ██████████████████████████████  100
      Calm tone         ██████████████████████████████  100
      Empathy           ██████████████████████████████  100
      Needs assessment  ███████████████████████████|··   92
      Follow-through    ██████████████████████████████  100
      The mark | shows what could be reached; `rows` opens each number.

    What helped most   turn 2
      You said: “We sold you a kettle that hurt you, and I am sorry. A new one
        leaves today, and I ring on Friday at ten.”
      She heard: “somebody did something”
      It owns the cause and names the hour.
      Anger 23 to 3; trust 51 to 77; Next step: who, what, when, 3 of 3

    Promises
      - Ring when the kettle is sent (Fri 10:00): kept

    Your note
      - The kettle burnt her hand
      - Leaks at the lid
      - her word: Friday

    One that would have served the next call
      Kettle leaked and burnt her hand. New one sent. I ring Fri 10:00.

    You had set out to
      Wait past a pause

      rows every number · turns the call · again 1 try that turn again ·
      Enter ends › rows

    Listening  100   3 of 3 shown: 100
      Turn 1    Let them finish  1 of 1
      Turn 1    Accurate paraphrase  2 of 2  “It burnt your hand, and …”

    Calm tone  100   3 of 3 shown: 100
      Turn 2    Calm delivery under provocation  1 of 1
      Turn 2    Declines bait, sets limits calmly  2 of 2  “We sold you a kettle …”

    Empathy  100   5.5 of 5.5 shown: 100
      Turn 1    Names the impact on them  2 of 2  “It burnt your hand, and …”
      Turn 2    Warm, personal close  1.5 of 1.5  “We sold you a kettle …”
      Turn 2    Owning apology  2 of 2  “We sold you a kettle …”

    Needs assessment  91.67   5.5 of 6 shown: 91.67
      Turn 1    Open question  2 of 2  “It burnt your hand, and …”
      Turn 1    Diagnostic question  1.5 of 2  “It burnt your hand, and …”
      Turn 2    Fit or compromise  2 of 2  “We sold you a kettle …”

    Follow-through  100   9 of 9 shown: 100
      Turn 2    Next step: who, what, when  3 of 3  “We sold you a kettle …”
      The note  Note  3 of 3
      The promise: Ring when the kettle is sent  Promise kept  3 of 3

      rows every number · turns the call · again 1 try that turn again ·
      Enter ends › turns

              anger  trust  patience  heard  clarity
      start      45     40        60     20       20
      turn 1     23     51        58     51       36
              You, even: “It burnt your hand, and that comes first. How is it now?”
      turn 2      3     77        71     61       42
              You, even: “We sold you a kettle that hurt you, and I am sorry. …”
              Last words: “Friday at ten, then.”
              She puts the kettle in the bin, and laughs.

      rows every number · turns the call · again 1 try that turn again ·
      Enter ends ›
    ");
}

#[test]
fn a_frightened_customer_is_never_called_angry() {
    let mut lines = well_played();
    lines.extend(["turns", ""].map(str::to_owned));
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let text = SAMPLE.replacen("mood: (", "upset: Fear, mood: (", 1);
    let scenario = load("sample.ron", text.as_bytes()).scenario.map(Arc::new).expect("the sample is sound");
    let screen = play_on(begun_with(scenario), None, Script::typed(&lines)).screen;
    for told in [
        "Ann Lee   mood: anxious",
        "\n  Fear 23 to 3; trust 51 to 77; Next step",
        "\n           fear  trust  patience  heard  clarity\n  start      45     40",
    ] {
        assert!(screen.contains(told), "{told} is not in {screen}");
    }
    assert!(!screen.to_lowercase().contains("anger") && !screen.contains("angry"), "{screen}");
    let angry = play(&lines).screen.replace("mood: angry", "mood: anxious").replace("mood: irritated", "mood: uneasy");
    assert_eq!(angry.replace("Anger", "Fear").replace("anger", " fear"), screen, "all else is the same");
}

#[test]
fn the_end_of_input_saves_and_the_call_goes_on_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path());
    let stopped = play_on(begun(), Some(&store), Script::typed(&["", ""]));
    assert_eq!(stopped.sitting, Sitting::Stopped);
    let kept = store.unfinished("me").unwrap().expect("the call is kept");
    let recorder = Recorder::resume(sample(), kept.attempt).unwrap();
    assert_eq!(recorder.run(), stopped.recorder.run());
    let taken_up = play_on(recorder, Some(&store), Script::typed(&[]));
    insta::assert_snapshot!(taken_up.screen, @r"

    Ann Lee   mood: angry
        [a lid rattles] It leaks.
        I filled it up and
      She pauses mid-sentence.
        it burnt my hand.

      She has finished. Take your time.

       1  I can look that up for you. Which of our models is it?
       2  It burnt your hand, and that comes first. How is it now?

      Pace slow [even] quick     Volume [level] raised
      Your reply, 1 to 2, or for instance 2 slow · j jot that down · ? ›
    ");
}

/// Lines as they are typed; before one of them the folder can be written to again.
struct RoomMade {
    lines: Script,
    before: usize,
    blocked: std::path::PathBuf,
}

impl Keys for RoomMade {
    fn line(&mut self) -> Typed {
        if self.lines.0.len() == self.before {
            std::fs::remove_file(&self.blocked).unwrap();
        }
        self.lines.line()
    }
}

#[test]
fn a_call_that_cannot_be_saved_is_told_once_and_kept_as_soon_as_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("data");
    std::fs::write(&blocked, "in the way").unwrap();
    let store = Store::open(&blocked);
    let lost = play_on(begun(), Some(&store), Script::typed(&["", "", "n", "", "q", "", "q"]));
    assert_eq!(lost.sitting, Sitting::Unsaved);
    // At the first word, and once more for the Enter that tried again.
    assert_eq!(lost.screen.matches("could not be saved").count(), 2, "{}", lost.screen);

    let lines = Script::typed(&["", "", "2", "q", "", ""]);
    let saved = play_on(begun(), Some(&store), RoomMade { lines, before: 1, blocked });
    assert_eq!(saved.sitting, Sitting::Stopped, "{}", saved.screen);
    assert!(saved.screen.contains("The call is saved again"), "{}", saved.screen);
    assert_eq!(store.unfinished("me").unwrap().unwrap().attempt.inputs, saved.recorder.attempt().inputs);
}

#[test]
fn speaking_into_a_pause_is_told_and_opens_the_replies() {
    let screen = play(&["", "s"]).screen;
    assert!(screen.contains("She pauses mid-sentence."), "{screen}");
    let (_, after) = screen.split_once("You speak into the pause.").unwrap();
    assert!(after.contains("I hadn\u{2019}t finished."), "{screen}");
    assert!(screen.contains("Your reply, 1 to 2"), "{screen}");
    assert!(!screen.contains("it burnt my hand"), "what was unsaid stays unsaid\n{screen}");
}

#[test]
fn whoever_comes_back_to_a_turn_they_cut_off_is_told_so() {
    let recorder = play(&["", "s"]).recorder;
    let screen = play_on(recorder, None, Script::typed(&[])).screen;
    assert!(screen.contains("You had cut in here: she was not finished."), "{screen}");
}

#[test]
fn the_ready_sentence_stands_at_its_pause_alone() {
    let screen = play(&["t", "", "t"]).screen;
    let (before, after) = screen.split_once("She pauses").unwrap();
    assert!(!before.contains("receipt"), "{screen}");
    assert!(after.contains("t say \u{201c}Do you have the receipt?\u{201d}"), "{screen}");
    assert!(after.contains("Let me finish."), "{screen}");
}

#[test]
fn a_turn_can_be_tried_again_as_practice() {
    let lines = well_played();
    let mut lines: Vec<_> = lines.iter().map(String::as_str).collect();
    lines.extend(["again 9", "again 2"]);
    let played = play(&lines);
    assert!(played.screen.contains("The call had no turn 9."), "{}", played.screen);
    assert!(played.recorder.attempt().practice);
    assert_eq!(played.recorder.run().talk.turn.number, 2);
    assert_eq!(played.sitting, Sitting::Stopped);
}

#[test]
fn the_preparation_shows_what_is_known() {
    let scenario = sample();
    let lines = screen::preparation(&scenario, &scenario.encounters[0]);
    insta::assert_snapshot!(plain_text(&lines, 80), @r"

    The kettle   difficulty 1 of 5
    A shop’s phone line. You are Kim.

    On the phone: Ann Lee, 50, who likes her tea.

    On your screen
      - Kettle bought in May

    Yours to give
      - A new kettle

    Not yours to give
      - Money back after a year
    ");
}
