//! Whole calls, played from scripted lines into memory.

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

/// A call in which the trainee is the customer.
fn turned() -> Arc<Scenario> {
    let text = include_str!("../../../tests/fixtures/tables-turned.ron");
    load("tables-turned.ron", text.as_bytes()).scenario.map(Arc::new).expect("the fixture is sound")
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

#[test]
fn whoever_is_the_customer_is_told_so_before_it_begins() {
    let scenario = turned();
    let lines = screen::preparation(&scenario, &scenario.encounters[0]);
    insta::assert_snapshot!(plain_text(&lines, 80), @r"

    No arrival under Hale   difficulty 3 of 5
    The Marchmont, a hotel desk. Thursday, 22:50. You are Jo Hale. You speak at nine
    tomorrow, round the corner.
    The tables are turned: you are the customer now.

    Face to face: Hanna Weiss, 23, in her first week behind the desk.

    What you have with you
      - Confirmation 4471: one double, Thursday to Friday, paid in March
      - The card it was paid with

    What you could live with
      - A smaller room, for one night
      - A quarter of an hour’s wait

    What you could not live with
      - The airport hotel: forty minutes each way
      - No bed at all
    ");
}

/// Plays by the beginnings of what is chosen, because numbers are shuffled by the seed; replies once all is heard. What
/// begins with `>` is typed as it is.
fn play_turned(steps: &[&str]) -> Played {
    let mut lines: Vec<String> = Vec::new();
    let play = |lines: &[String]| {
        let typed: Vec<_> = lines.iter().map(String::as_str).collect();
        play_on(begun_with(turned()), None, Script::typed(&typed))
    };
    for step in steps {
        let typed = match step.strip_prefix('>') {
            Some(typed) => typed.to_owned(),
            None => {
                let mut played = play(&lines);
                while played.recorder.run().stage == RunStage::Talking && !played.recorder.run().talk.replies_open() {
                    lines.push(String::new());
                    played = play(&lines);
                }
                let screen = played.screen;
                step.split('|').map(|beginning| number(&screen, beginning)).collect::<Vec<_>>().join(" ")
            }
        };
        lines.push(typed);
    }
    play(&lines)
}

#[test]
fn venting_once_helps_and_twice_is_told() {
    let steps = [">?", ">c", ">h", "I have stood on platforms", "I paid for it in March"];
    insta::assert_snapshot!(play_turned(&steps).screen, @r"

    Hanna Weiss   mood: irritated
        [types, and types again] I can’t find you.
      For later (a number keeps it ready): 1 Say what it did   2 Give facts in order
        3 Threaten a review
      Enter keep listening  n nod  s speak now  (she may not be done) · ? › ?

      Enter   keep listening
      s       speak now; she may not be done, and what she had still to say may
              be lost
      1, 2, … keep the reply of that number ready, and think it over while you
              listen
      n       nod, to what she just said
      o       open posture: turn to her, hands open
      b       breathe out: two seconds, and your own pulse comes down
      c       look at what you have with you
      u       what was said so far
      q       stop here; the call is saved and goes on from here next time

      Enter keep listening  n nod  s speak now  (she may not be done) · ? › c

    What you have with you
      - Confirmation 4471: one double, Thursday to Friday, paid in March
      - The card it was paid with

    What you could live with
      - A smaller room, for one night
      - A quarter of an hour’s wait

    What you could not live with
      - The airport hotel: forty minutes each way
      - No bed at all

      Enter keep listening  n nod  s speak now  (she may not be done) · ? › h
      You are the customer here: the screen is on the other side of the desk.
      Enter keep listening  n nod  s speak now  (she may not be done) · ? ›
        It says no arrival under that name,
      She pauses mid-sentence.
      Enter keep listening  n nod  s speak now  (she may not be done) · ? ›
        and are you sure that it was this hotel?
      Enter keep listening  n nod  s speak now  (she may not be done) · ? ›
        It’s only my fourth day.

      She has finished. Take your time.
      You feel your pulse rise.

       1  I have stood on platforms for four hours, two trains were cancelled, and
          now there is no bed either. It is not your doing. I am only very tired.
       2  Booked in March, paid in full, one double for tonight. Here is the
          confirmation, 4471. On your fourth day I would look under the number and
          leave the name.
       3  I am sure which hotel it was. Either you find that room this minute, or by
          tomorrow everyone who reads reviews knows what you do here.

      Pace slow [even] quick     Volume [level] raised
      Your reply, 1 to 3, or for instance 2 slow · b breathe · ? › 1
      You, evenly: “I have stood on platforms for four hours, …”
      It is said, and heard. Your pulse comes down.

    Hanna Weiss   mood: irritated
        [reads] 4471. Here.
      For later (a number keeps it ready): 1 Say it was paid   2 Ask for her manager
        3 Ask for one thing
      Enter keep listening  n nod  s speak now  (she may not be done) · ? ›
        It was cancelled at noon, by the booking site.
      Enter keep listening  n nod  s speak now  (she may not be done) · j jot that
      down · ? ›
        Not by us.
      She pauses.
      Enter keep listening  n nod  s speak now  (she may not be done) · j jot that
      down · ? ›
        And we are full tonight.
      Enter keep listening  n nod  s speak now  (she may not be done) · j jot that
      down · ? ›
        I am so sorry.

      She has finished. Take your time.

       1  I paid for it in March, I stood on platforms for four hours, and at noon
          somebody simply takes it away. Do you know what that does to a person?
       2  Then you are the wrong person for this. Fetch me somebody who may decide
          it, and they had better be quick, because I am writing down your name.
       3  So the site cancelled it, and the house is full on paper. Thank you for
          finding that. I need one thing: any bed within a walk of here. What is
          held back?

      Pace slow [even] quick     Volume [level] raised
      Your reply, 1 to 3, or for instance 2 slow · j jot that down · ? › 1
      You, evenly: “I paid for it in March, I stood …”
      Once, it helped. She has heard it, and this time it only stings.

    Hanna Weiss   mood: angry
        There’s one.
      For later: 1 Take the small one   2 Threaten once more   3 Hold out for more
      Enter · n nod · s speak now · j jot that down · ? ›
    ");
}

#[test]
fn a_call_as_the_customer_is_talked_over_as_one() {
    let steps = [
        "Booked in March",
        "So the site cancelled it",
        "Tiny will do",
        "Cancelled at noon|Hanna Weiss found",
        ">",
        "Take it down",
        ">1",
        ">",
    ];
    let screen = play_turned(&steps).screen;
    let (_, after) = screen.split_once("It is over.").unwrap();
    insta::assert_snapshot!(after, @r"
     Your note, for yourself
    In a week you will know only what stands here.
       1  Cancelled at noon by the booking site, not by the hotel
       2  Useless girl on the desk
       3  Hanna Weiss found the porter’s room
      Which go in? Numbers, or Enter for none › 1 3
      A line of your own, or Enter ›

    Fri 07:00
    Five to seven. The key lies on the chair, and the bed is warm.

       1  Take it down now
       2  Ten more minutes
      What do you do? 1 to 2 › 1

        She is still there. There is coffee, and it is not on the bill.

    Before the result: how did you leave her?
       1  Won over: she would do more than she must for you
       2  Settled, and she is none the worse for it
       3  Half settled: she did what she had to, and no more
       4  Handed on, and rightly so
       5  Lost: she could do no more for you
       6  Escalated: she had to fetch somebody
      A number, or Enter for the result › 1

    Won over: she would do more than she must for you   1000 of 1000   all that
    was reachable
    That is how you saw it too.

      Listening         ██████████████████████████████  100
      Calm tone         ██████████████████████████████  100
      Empathy           ██████████████████████████████  100
      Needs assessment  ██████████████████████████████  100
      Follow-through    ██████████████████████████████  100
      The mark | shows what could be reached; `rows` opens each number.

    What helped most   turn 2
      You said: “So the site cancelled it, and the house is full on paper. Thank you
        for finding that. I need one thing: any bed within a walk of here. What is
        held back?”
      She heard: “One bed. That I can look for.”
      Says back what she found, and leaves her with a single thing to look for.
      Anger 24 to 10; trust 52 to 61; Accurate paraphrase, 3 of 3

    Promises
      - Bring the porter’s key back (Fri 07:00): kept

    Your note
      - Cancelled at noon by the booking site, not by the hotel
      - Hanna Weiss found the porter’s room

    One that would have served you
      Cancelled at noon by the booking site, not the hotel. Hanna Weiss found me the
      porter’s room.

    You had set out to
      Wait past a pause

      rows every number · turns the call · again 1 try that turn again ·
      Enter ends ›
    ");
}
