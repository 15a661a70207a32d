//! What the screen says, as text.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::play::{DORIS, Play, QUINT, shipped};
use crate::desktop::customer::{Attention, Turn};
use crate::desktop::redraw::Rate;
use crate::desktop::runner::Moment;
use crate::desktop::screens::conversation::{
    Action, Aids, Below, Control, Introduced, Line, Panel, PanelSeen, Said, View,
};
use crate::dialogue::{self, Mode, Posture};
use crate::scenario::vocabulary::{Pace, Upset, Volume};

/// A view as a person would read it aloud.
fn told(view: &View) -> String {
    let mut text = String::new();
    let mut say = |head: &str, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(text, "{head}: {words}");
        }
    };
    say("top", &[Some(view.turn.as_str()), view.mood.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" | "));
    say("stage", &view.stage.caption);
    let speech = view.speech.iter().map(|said| match said {
        Said::Words(words) => words.clone(),
        Said::Direction(words) => format!("[{words}]"),
        Said::Break => "/".to_owned(),
        Said::CutOff => "--".to_owned(),
        Said::Objection(words) => format!("/ {words}"),
        Said::Told(words) => format!("/ ({words})"),
    });
    say("they", &speech.collect::<Vec<_>>().join(" "));
    say("coach", view.coach.as_deref().unwrap_or_default());
    for hint in &view.hints {
        say("hint", &hint.words);
    }
    match &view.below {
        Below::Listening(listening) => {
            say("lapse", listening.lapse.as_ref().map_or("", |lapse| &lapse.words));
            say("deed", listening.deed.as_deref().unwrap_or_default());
            for gist in &listening.gists {
                say("gist", &format!("{} {}{}", gist.key, gist.text, if gist.pinned { " (ready)" } else { "" }));
            }
            say("ready", listening.ready.as_deref().unwrap_or_default());
            say("keep listening", if listening.keep_listening { "Enter" } else { "" });
            say("speak now", listening.speak_now.as_deref().unwrap_or_default());
            say("bait", listening.bait.as_deref().unwrap_or_default());
        }
        Below::Answering(answering) => {
            say("lead", answering.lead.as_ref().map_or("", |lead| &lead.words));
            say("deed", answering.deed.as_deref().unwrap_or_default());
            for card in &answering.cards {
                say("reply", &format!("{} {}{}", card.key, card.text, if card.chosen { " (chosen)" } else { "" }));
                say("underneath", card.subtext.as_deref().unwrap_or_default());
            }
            say("manner", answering.manner.as_deref().unwrap_or_default());
            say("waiting", answering.waiting.as_deref().unwrap_or_default());
        }
        Below::Coaching(coaching) => say("coach says", &coaching.words),
        Below::Ending => say("below", "the last words"),
        Below::Done { label } => say("below", label),
    }
    if let Some(preset) = view.delivery.as_ref().and_then(|delivery| delivery.preset.as_ref()) {
        say("preset", preset);
    }
    let gestures = view
        .gestures
        .iter()
        .map(|gesture| format!("{} {}{}", gesture.key, gesture.label, if gesture.enabled { "" } else { " (not now)" }));
    say("actions", &gestures.collect::<Vec<_>>().join(", "));
    say("veil", view.veil.as_ref().map_or("", |veil| &veil.words));
    text
}

fn to_lapse(play: &mut Play) {
    while !matches!(play.call.runner.moment(), Moment::Lapse(_)) {
        match play.run.talk.mode {
            Mode::Timed => play.pass(20),
            Mode::Steps => play.deed(dialogue::Action::Listen),
        }
    }
}

#[test]
fn a_pause_reads_as_a_pause() {
    let mut play = Play::maureen(Mode::Timed);
    let Below::Listening(listening) = play.view().below else { panic!("she speaks") };
    play.act(Action::Pin(listening.gists[1].reply));
    to_lapse(&mut play);
    assert_snapshot!(told(&play.view()), @r"
    top: First turn
    stage: Stops, eyes on the envelope. Subdued.
    they: [puts an envelope down] It's only a quick one. He'd have found it funny, the letter.
    lapse: A pause. Her eyes stay on the envelope.
    gist: 1 Give back her sentence
    gist: 2 Cancel the seat (ready)
    ready: You have one ready. It opens when she has finished.
    speak now: She may not be done.
    bait: Could I take the seat number?
    actions: N Nod, O Turn to face, J Jot, B Breathe, R Reflect, H Hold, C Record
    ");
}

#[test]
fn the_true_end_opens_what_was_ready() {
    let mut play = Play::maureen(Mode::Timed);
    play.aids.guidance = true;
    let Below::Listening(listening) = play.view().below else { panic!("she speaks") };
    play.act(Action::Pin(listening.gists[0].reply));
    play.hear_out();
    assert_snapshot!(told(&play.view()), @r"
    top: First turn | Mood: calm
    stage: Looks at you and waits. Subdued.
    they: [puts an envelope down] It's only a quick one. He'd have found it funny, the letter. You'd better just cancel his.
    lead: She has finished. Take your time.
    reply: 1 You stopped there. I'm in no hurry. (chosen)
    reply: 2 I'll take one-twelve off for you now.
    manner: Even pace, level voice.
    actions: N Nod, O Turn to face, J Jot, B Breathe, R Reflect, H Hold, C Record
    ");
}

#[test]
fn after_the_first_runs_only_the_rhythm_says_that_they_are_done() {
    let mut play = Play::maureen(Mode::Timed);
    play.hear_out();
    let Below::Answering(answering) = play.view().below else { panic!("she is done") };
    assert_eq!(answering.lead, None);
    assert_eq!(play.view().mood, None);
}

#[test]
fn a_cut_off_is_said_without_scolding() {
    let mut play = Play::new(shipped(QUINT), Mode::Timed, Aids::default(), Introduced::all());
    to_lapse(&mut play);
    play.deed(dialogue::Action::TakeBait);
    assert_snapshot!(told(&play.view()), @r"
    top: First turn
    stage: Stops in mid-word. Fast and sharp.
    they: [loud, fast] I stayed in yesterday. Eight till twelve, your text said, so I stayed in, I put my phone on the windowsill so I’d hear it. -- / I hadn’t finished.
    lead: You cut in. She had more to say.
    reply: 1 He has to photograph the door before he can close a visit as no access. If you were home all morning, which entrance would he have come to?
    reply: 2 I’m sorry you stayed in for nothing, Ms Quint, and I’m sorry about your floor. I do apologise for that text too, I can see that it’s upset you.
    reply: 3 You kept the whole morning free for us, you were four feet from that door, and then our message put the blame on you. What happened after that?
    reply: 4 With a broken fridge on your floor I’d sooner spend our time on a second engineer than on yesterday. I’ve got Tuesday morning, or is the afternoon better?
    actions: N Mm-hm (not now), J Jot (not now), B Breathe, R Reflect (not now), H Hold, C Record
    ");
}

#[test]
fn steps_say_the_same_without_a_clock() {
    let mut play = Play::maureen(Mode::Steps);
    to_lapse(&mut play);
    assert_snapshot!(told(&play.view()), @r"
    top: First turn
    stage: Stops, eyes on the envelope. Subdued.
    they: [puts an envelope down] It's only a quick one. He'd have found it funny, the letter.
    lapse: A pause. Her eyes stay on the envelope.
    gist: 1 Give back her sentence
    gist: 2 Cancel the seat
    keep listening: Enter
    speak now: She may not be done.
    bait: Could I take the seat number?
    actions: N Nod, O Turn to face, J Jot, B Breathe, R Reflect, H Hold, C Record
    ");
}

#[test]
fn own_heat_is_never_silent_and_one_key_takes_it_back() {
    let mut play = Play::maureen(Mode::Timed);
    play.run.talk.own_heat = 80;
    play.hear_out();
    let seen = |play: &Play| play.view().delivery.expect("known");
    assert_eq!((seen(&play).pace, seen(&play).volume), (Pace::Quick, Volume::Level));
    assert_eq!(seen(&play).preset.as_deref(), Some("Your pulse is up. Pace is set to quick. X sets it back."));
    play.act(Action::SetBack);
    assert_eq!((seen(&play).pace, seen(&play).preset), (Pace::Even, None));

    play.run.talk.own_heat = 95;
    play.say("give-back");
    play.hear_out();
    assert_eq!((seen(&play).pace, seen(&play).volume), (Pace::Quick, Volume::Raised));
    play.act(Action::SetVolume(Volume::Level));
    assert_eq!((seen(&play).pace, seen(&play).volume, seen(&play).preset), (Pace::Quick, Volume::Level, None));
}

#[test]
fn a_raised_voice_does_not_stay_on() {
    let mut play = Play::maureen(Mode::Timed);
    play.act(Action::SetVolume(Volume::Raised));
    play.act(Action::SetPace(Pace::Slow));
    play.say("give-back");
    let delivery = play.view().delivery.expect("known");
    assert_eq!((delivery.pace, delivery.volume), (Pace::Slow, Volume::Level));
}

#[test]
fn what_was_ready_may_not_fit_any_more() {
    let mut play = Play::maureen(Mode::Timed);
    let encounter = &play.scenario.encounters[0];
    let wait = encounter.reply_named("wait").unwrap();
    play.act(Action::Pin(wait));
    play.hear_out();
    let Below::Answering(answering) = play.view().below else { panic!("she is done") };
    assert!(answering.cards.iter().all(|card| !card.chosen && card.reply != wait));
    assert_eq!(answering.lead.unwrap().words, "What you had ready does not fit any more.");
}

#[test]
fn the_first_call_brings_in_one_thing_a_turn() {
    use Control as C;
    let mut play = Play::first(shipped(DORIS));
    let mut met: Vec<Vec<Control>> = Vec::new();
    for reply in ["what-worries", "has-anybody-read-it", "on-tonight", "after-the-pension", "read-it-back"] {
        let mut turn = Vec::new();
        let note = |play: &Play, turn: &mut Vec<Control>| {
            for hint in play.view().hints {
                if !turn.contains(&hint.control) {
                    turn.push(hint.control);
                }
            }
        };
        note(&play, &mut turn);
        while !play.run.talk.replies_open() {
            play.deed(dialogue::Action::Listen);
            note(&play, &mut turn);
        }
        met.push(turn);
        let encounter = play.scenario.encounter(play.run.talk.encounter);
        if encounter
            .reply_named(reply)
            .is_none_or(|reply| !dialogue::reply_order(&play.scenario, &play.run.talk).contains(&reply))
        {
            break;
        }
        play.say(reply);
    }
    assert_eq!(
        met,
        [
            vec![C::Mood, C::KeepListening, C::Replies],
            vec![C::SpeakNow],
            vec![C::Delivery],
            vec![C::Nod],
            vec![C::Reflect]
        ]
    );
}

#[test]
fn a_frightened_customer_is_never_shown_as_angry() {
    let mut doris = shipped(DORIS);
    doris.customer.upset = Upset::Fear;
    let play = Play::first(doris);
    assert_snapshot!(told(&play.view()), @r"
    top: First turn | Mood: uneasy
    stage: Talking. Unsteady and low.
    they: [paper unfolding] Is that somebody? Good.
    hint: The face and the word on top tell you her mood.
    hint: Enter keeps listening, until she has finished.
    keep listening: Enter
    ");
}

#[test]
fn the_first_screen_of_all() {
    let mut play = Play::first(shipped(DORIS));
    assert_snapshot!(told(&play.view()), @r"
    top: First turn | Mood: irritated
    stage: Talking. Tight and low.
    they: [paper unfolding] Is that somebody? Good.
    hint: The face and the word on top tell you her mood.
    hint: Enter keeps listening, until she has finished.
    keep listening: Enter
    ");
    play.say("what-worries");
    to_lapse(&mut play);
    assert_snapshot!(told(&play.view()), @r"
    top: Second turn | Mood: calm
    stage: Quiet. A breath. Even.
    they: The most? It’ll be that meter. / They changed it in September. He was very quick about it, and now it winks.
    hint: Waiting hears the rest, if there is one. Speak now cuts it off.
    lapse: She stopped. Is she finished?
    keep listening: Enter
    speak now: She may not be done.
    bait: Could I take your account number?
    ");
}

#[test]
fn a_control_is_explained_once() {
    let mut play = Play::new(shipped(DORIS), Mode::Steps, Aids::default(), Introduced::default());
    assert!(play.view().hints.iter().any(|hint| hint.control == Control::KeepListening));
    play.act(Action::HintSeen(Control::KeepListening));
    assert!(play.view().hints.iter().all(|hint| hint.control != Control::KeepListening));
    play.say("what-worries");
    assert!(play.view().hints.iter().all(|hint| hint.control != Control::KeepListening));
}

#[test]
fn the_coach_pauses_once_the_reply_has_been_answered() {
    let aids = Aids { coach: true, ..Aids::default() };
    let mut play = Play::maureen(Mode::Timed);
    play.aids = aids;
    assert_eq!(play.view().coach.as_deref(), Some("Let her get to the end of it."));
    play.say("give-back");
    assert!(!play.view().time_stands(), "she answers first");
    play.pass(1300);
    let Below::Coaching(coaching) = play.view().below else { panic!("the coach speaks") };
    assert_eq!(coaching.words, "You gave her own words back.");
    let at = play.call.runner.at();
    play.pass(60_000);
    assert_eq!(play.call.runner.at(), at);
    let held = play.view();
    assert_snapshot!(told(&held), @r"
    top: Second turn
    stage: Breathes out, and looks at you. Subdued.
    they: Well. Thank you.
    coach says: You gave her own words back.
    actions: N Nod (not now), O Turn to face (not now), J Jot (not now), B Breathe (not now), R Reflect (not now), H Hold (not now), C Record (not now)
    ");
    assert_eq!(held.stage.words, 3, "no word of what comes next moves the mouth");
    play.act(Action::CoachSeen);
    play.pass(100);
    assert!(play.call.runner.at() > at);
}

#[test]
fn in_steps_nothing_half_faded_stands_above_the_coach() {
    let mut play = Play::maureen(Mode::Steps);
    play.aids.coach = true;
    play.say("give-back");
    while !matches!(play.view().below, Below::Coaching(_)) {
        play.deed(dialogue::Action::Listen);
    }
    let held = play.view();
    assert!(held.fade >= 1.0);
    assert_eq!(held.rate, Rate::Still);
    assert_eq!(held.stage.reading.turn, Turn::Listening);
    play.act(Action::CoachSeen);
    let (words, fade) = (play.view().speech.len(), play.view().fade);
    assert!(fade >= 1.0, "the answer does not fade in once more");
    play.deed(dialogue::Action::Listen);
    assert!(play.view().speech.len() > words);
    assert!(play.view().fade < 1.0, "what comes next does");
}

#[test]
fn what_to_listen_for_is_said_while_there_is_something_to_hear() {
    let mut play = Play::maureen(Mode::Steps);
    play.aids.coach = true;
    assert!(play.view().coach.is_some());
    play.hear_out();
    assert!(matches!(play.view().below, Below::Answering(_)));
    assert_eq!(play.view().coach, None);
}

#[test]
fn readings_do_not_give_the_right_one_away() {
    let mut places = [0; 3];
    for seed in 0..60 {
        let mut play = Play::maureen(Mode::Timed);
        play.run.talk.seed = seed;
        play.hear_out();
        play.act(Action::Open(Panel::Readings));
        let Some(PanelSeen::Readings { readings, .. }) = play.view().panel else { panic!("three readings") };
        places[readings.iter().position(|(_, _, reading)| *reading == 0).unwrap()] += 1;
    }
    assert!(places.iter().all(|count| *count >= 10), "{places:?}");
}

#[test]
fn a_right_reading_shows_what_lies_under_one_reply() {
    let mut play = Play::maureen(Mode::Timed);
    play.hear_out();
    play.act(Action::Open(Panel::Readings));
    play.deed(dialogue::Action::Reflect(0));
    assert_eq!(play.view().panel, None, "one is enough");
    let Below::Answering(answering) = play.view().below else { panic!("she is done") };
    assert_eq!(answering.deed.as_deref(), Some("That is how it is for her."));
    assert_eq!(
        answering.cards.iter().filter_map(|card| card.subtext.as_deref()).collect::<Vec<_>>(),
        ["I heard that you stopped."]
    );
}

#[test]
fn captions_can_be_switched_off() {
    let mut play = Play::maureen(Mode::Timed);
    play.aids.captions = false;
    let view = play.view();
    assert!(!view.stage.show_caption);
    assert!(view.speech.iter().all(|said| !matches!(said, Said::Direction(_))));
    to_lapse(&mut play);
    let Below::Listening(listening) = play.view().below else { panic!("she speaks") };
    assert_eq!(listening.lapse.unwrap().words, "She stopped.");
}

#[test]
fn waiting_is_said_before_it_costs_anything() {
    let mut play = Play::maureen(Mode::Timed);
    play.hear_out();
    let patience = play.run.talk.meters.patience;
    let waiting = |play: &Play| match play.view().below {
        Below::Answering(answering) => answering.waiting,
        _ => None,
    };
    assert_eq!(waiting(&play), None);
    while waiting(&play).is_none() {
        play.pass(500);
    }
    assert_eq!(play.run.talk.meters.patience, patience);
    assert_eq!(waiting(&play).as_deref(), Some("She is waiting. H says that you need a moment."));
    play.deed(dialogue::Action::Hold);
    assert_eq!(waiting(&play), None);
}

#[test]
fn what_was_said_is_kept_in_order() {
    let mut play = Play::maureen(Mode::Timed);
    to_lapse(&mut play);
    play.deed(dialogue::Action::TakeBait);
    play.say("give-back");
    play.say("sorry");
    play.pass(10_000);
    play.act(Action::Open(Panel::Said));
    let Some(PanelSeen::Said { lines, .. }) = play.view().panel else { panic!("what was said") };
    let told = |line: &Line| format!("{:?}{} {}", line.speaker, if line.cut { " --" } else { ":" }, line.text);
    assert_snapshot!(lines.iter().map(told).collect::<Vec<_>>().join("\n"), @r"
    Customer -- It's only a quick one. He'd have found it funny, the letter.
    You -- Could I take the seat number?
    Customer: I hadn't finished.
    You: You stopped there. I'm in no hurry.
    Customer: Well. Thank you. They all know my name.
    You: I'm sorry that they write to him.
    Customer: That's kind.
    Told: At the door she looks back.
    ");
}

#[test]
fn whoever_is_spoken_over_in_a_pause_objects_and_that_is_kept() {
    let mut play = Play::maureen(Mode::Timed);
    to_lapse(&mut play);
    play.deed(dialogue::Action::Interrupt);
    let told = told(&play.view());
    assert!(told.contains("the letter. -- / I was still talking."), "{told}");
    play.act(Action::Open(Panel::Said));
    let Some(PanelSeen::Said { lines, .. }) = play.view().panel else { panic!("what was said") };
    assert_eq!(lines.last().map(|line| line.text.as_str()), Some("I was still talking."));
}

#[test]
fn in_a_pause_nothing_covers_the_eyes() {
    for mode in [Mode::Timed, Mode::Steps] {
        let mut play = Play::maureen(mode);
        to_lapse(&mut play);
        play.deed(dialogue::Action::Posture(Posture::Open));
        assert_eq!(play.view().stage.reading.moment, None);
        assert_ne!(play.view().stage.reading.attention(), Attention::You);
    }
}
