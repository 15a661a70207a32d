//! A call in which the trainee is the customer.

use super::*;

fn turned() -> Arc<Scenario> {
    let text = include_str!("../../../../tests/fixtures/tables-turned.ron");
    load("tables-turned.ron", text.as_bytes()).scenario.map(Arc::new).expect("the fixture is sound")
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
        let typed = if let Some(typed) = step.strip_prefix('>') {
            typed.to_owned()
        } else {
            let mut played = play(&lines);
            while played.recorder.run().stage == RunStage::Talking && !played.recorder.run().talk.replies_open() {
                lines.push(String::new());
                played = play(&lines);
            }
            let screen = played.screen;
            step.split('|').map(|beginning| number(&screen, beginning)).collect::<Vec<_>>().join(" ")
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

#[test]
fn whoever_changes_sides_between_two_encounters_is_told() {
    let scenario = turned();
    let state = begun_with(turned()).run().talk.clone();
    let there = &scenario.encounters[0];
    let mut here = there.clone();
    here.seat = Seat::Agent;
    let told = |next, last| plain_text(&after::between(next, last, &state), 80);
    let check = |text: String, now: bool, again: bool| {
        assert_eq!(text.contains("The tables are turned: you are the customer now."), now, "{text}");
        assert_eq!(text.contains("You are on your own side of the desk again."), again, "{text}");
    };
    check(told(there, &here), true, false);
    check(told(there, there), true, false);
    check(told(&here, there), false, true);
    check(told(&here, &here), false, false);
}
