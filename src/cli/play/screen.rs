//! The call as lines of text: a pure function of scenario and run.

use crate::campaign::Run;
use crate::cli::page::{Line, Tone};
use crate::dialogue::{
    Action, Beat, Cause, CutOff, Delivery, Event, Exit, Input, Posture, State, beats, lines_spoken, preset_delivery,
    reply_order, step, temper,
};
use crate::scenario::calendar::between;
use crate::scenario::id::ReplyId;
use crate::scenario::model::{Bait, Speech};
use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::capitalised;
use crate::scenario::vocabulary::{Act, Channel, Pace, Temper, Volume};
use crate::scenario::{Encounter, Scenario};

/// In the first turns every prompt says what its letters do; later the letters will do.
const TURNS_EXPLAINED: u8 = 2;

/// What the record shows and what is the trainee's to give.
pub(super) fn preparation(scenario: &Scenario, encounter: &Encounter) -> Vec<Line> {
    let where_met = match scenario.channel {
        Channel::Phone => "On the phone: ",
        Channel::Counter => "Face to face: ",
    };
    let customer = &scenario.customer;
    let mut lines = vec![
        Line::empty(),
        Line::strong(scenario.title.clone()).and(Tone::Quiet, format!("   difficulty {} of 5", scenario.difficulty)),
        Line::plain(encounter.setting.clone()),
    ];
    if let Some(note) = &scenario.content_note {
        lines.push(Line::new(Tone::Gold, note.clone()));
    }
    lines.extend(encounter.seat.announcement().map(|words| Line::new(Tone::Gold, words)));
    lines.push(Line::empty());
    lines.push(
        Line::plain(where_met)
            .and(Tone::Strong, customer.name.clone())
            .and(Tone::Plain, format!(", {}.", customer.about.trim_end_matches('.'))),
    );
    lines.extend(record(encounter));
    lines
}

/// The record, and what is the trainee's to give.
pub(super) fn record(encounter: &Encounter) -> Vec<Line> {
    let mut lines = Vec::new();
    let [yours, not_yours] = encounter.seat.limits();
    let lists =
        [(encounter.seat.record(), &encounter.record), (yours, &encounter.yours), (not_yours, &encounter.not_yours)];
    for (heading, entries) in lists {
        if !entries.is_empty() {
            lines.push(Line::empty());
            lines.push(Line::strong(heading));
            lines.extend(entries.iter().map(|entry| Line::plain(format!("- {entry}")).within(2, 4)));
        }
    }
    lines
}

/// Who speaks, and for the first runs their mood in a word.
pub(super) fn turn_heading(scenario: &Scenario, state: &State, mood_shown: bool) -> Vec<Line> {
    let mut line = Line::strong(scenario.customer.name.clone());
    if mood_shown {
        let mood = temper(state.meters.anger);
        let tone = match mood {
            Temper::Calm => Tone::Calm,
            Temper::Irritated => Tone::Plain,
            Temper::Angry | Temper::Hot | Temper::Boiling => Tone::Heat,
        };
        line = line.and(Tone::Quiet, "   mood: ").and(tone, mood.shown(scenario.customer.upset));
    }
    vec![Line::empty(), line]
}

/// Something said in one go.
pub(super) fn speech(speech: &Speech) -> Vec<Line> {
    speech.phrases.iter().map(|phrase| phrase_line(phrase.direction.as_deref(), &phrase.text)).collect()
}

fn phrase_line(direction: Option<&str>, text: &str) -> Line {
    let mut line = Line::default();
    if let Some(direction) = direction {
        let space = if text.is_empty() { "" } else { " " };
        line = line.and(Tone::Quiet, format!("[{direction}]{space}"));
    }
    line.and(Tone::Plain, text).indented(4)
}

/// A phrase of the turn, and the pause after it.
pub(super) fn phrase(scenario: &Scenario, beat: &Beat<'_>) -> Vec<Line> {
    let mut lines = vec![phrase_line(beat.phrase.direction.as_deref(), &beat.phrase.text)];
    if beat.lapse.is_some() {
        lines.push(pause(scenario, &beat.phrase.text));
    }
    lines
}

/// A pause after these words. Whether they are done stays open.
pub(super) fn pause(scenario: &Scenario, words: &str) -> Line {
    let pronoun = scenario.customer.pronoun;
    let who = capitalised(pronoun.words());
    let verb = pronoun.verb("pauses", "pause");
    let words = words.trim_end().trim_end_matches(['"', '\u{201d}', '\'', '\u{2019}', ')']);
    let in_mid_sentence = !words.ends_with(['.', '?', '!', '\u{2026}']);
    let whereabouts = if in_mid_sentence { " mid-sentence" } else { "" };
    Line::quiet(format!("{who} {verb}{whereabouts}.")).indented(2)
}

/// What an input brought about, in words. `before` is the conversation as it was.
pub(super) fn narrate(scenario: &Scenario, before: &State, run: &Run, events: &[Event], mood_shown: bool) -> Vec<Line> {
    let encounter = scenario.encounter(before.encounter);
    let pronoun = scenario.customer.pronoun;
    let who = capitalised(pronoun.words());
    let on_the_phone = scenario.channel == Channel::Phone;
    // Phrases are those of the turn in which they are said.
    let mut turn = before;
    let mut lines = Vec::new();
    let quiet = |words: String| Line::quiet(words).indented(2);
    for event in events {
        match *event {
            Event::TurnBegan { .. } => {
                turn = &run.talk;
                lines.extend(turn_heading(scenario, turn, mood_shown));
            }
            Event::Said { phrase: index } => {
                if let Some(beat) = lines_spoken(scenario, turn).beat(usize::from(index)) {
                    lines.extend(phrase(scenario, &beat));
                }
            }
            Event::Nodded(_) if on_the_phone => lines.push(quiet("You: \u{201c}Mm-hm.\u{201d}".to_owned())),
            Event::Nodded(_) => lines.push(quiet("You nod.".to_owned())),
            Event::Jotted(fact) => {
                lines.push(quiet(format!("You jot down: {}.", scenario.facts[fact.index()].text)));
            }
            Event::Held => {
                lines.push(quiet("You: \u{201c}Give me a moment, I\u{2019}m opening it.\u{201d}".to_owned()));
            }
            Event::Breathed => lines.push(quiet("You breathe out, slowly. Your pulse comes down.".to_owned())),
            Event::Reflected { right: true, .. } => {
                lines.push(Line::new(Tone::Calm, "Yes. That is what it is.").indented(2));
            }
            Event::Reflected { right: false, .. } => {
                let can_tell = format!("No. And {} can tell that you thought so.", pronoun.words());
                lines.push(Line::new(Tone::Heat, can_tell).indented(2));
            }
            Event::ConsultedUnannounced => lines.push(quiet(if on_the_phone {
                format!("{who} {} you typing.", pronoun.verb("hears", "hear"))
            } else {
                format!("Your eyes go to the screen. {who} {} it.", pronoun.verb("sees", "see"))
            })),
            Event::CutOff { bait: true, .. } => {
                if let Some(bait) = &encounter.node(before.node()).bait {
                    lines.push(quiet(format!("You: \u{201c}{}\u{201d}", bait.text)));
                    lines.extend(speech(&bait.answer));
                }
            }
            Event::CutOff { how: CutOff::Soft, .. } => {
                lines.push(Line::new(Tone::Heat, "You speak into the pause.").indented(2));
                lines.extend(speech(&scenario.customer.objects));
            }
            Event::CutOff { how: CutOff::Hard, .. } => {
                let stops = format!("You speak over {}. {who} {}.", pronoun.object(), pronoun.verb("stops", "stop"));
                lines.push(Line::new(Tone::Heat, stops).indented(2));
            }
            Event::Finished => lines.extend(finished(scenario)),
            Event::OwnHeat(heat) if heat > before.own_heat => {
                lines.push(Line::new(Tone::Heat, "You feel your pulse rise.").indented(2));
            }
            Event::Spoke { reply, pace, volume, .. } => {
                lines.push(spoken(encounter, reply, Delivery { pace, volume }));
            }
            Event::Moved { cause: Cause::Act(Act::Vent), .. } => {
                let relieved = events.contains(&Event::OwnHeat(0));
                let pulse = if relieved { " Your pulse comes down." } else { "" };
                lines.push(Line::new(Tone::Calm, format!("It is said, and heard.{pulse}")).indented(2));
            }
            Event::Moved { cause: Cause::Again(Act::Vent), .. } => {
                let has = pronoun.verb("has", "have");
                let words = format!("Once, it helped. {who} {has} heard it, and this time it only stings.");
                lines.push(Line::new(Tone::Heat, words).indented(2));
            }
            Event::Promised(promise) => {
                let promise = &scenario.promises[promise.index()];
                let when = between(promise.start.as_deref(), &promise.due);
                let words = format!("You have promised: {} ({when}).", promise.text);
                lines.push(Line::new(Tone::Gold, words).indented(2));
            }
            Event::Ended { exit, answer } => lines.extend(ending(scenario, encounter, exit, answer)),
            _ => {}
        }
    }
    lines
}

/// The true end of the turn.
pub(super) fn finished(scenario: &Scenario) -> Vec<Line> {
    let pronoun = scenario.customer.pronoun;
    let words = format!("{} {} finished. Take your time.", capitalised(pronoun.words()), pronoun.verb("has", "have"));
    vec![Line::empty(), Line::new(Tone::Calm, words).indented(2)]
}

/// For someone who comes back to a turn that they had cut off.
pub(super) fn was_cut_off(scenario: &Scenario) -> Line {
    let pronoun = scenario.customer.pronoun;
    let words = format!("You had cut in here: {} {} not finished.", pronoun.words(), pronoun.verb("was", "were"));
    Line::new(Tone::Heat, words).indented(2)
}

fn spoken(encounter: &Encounter, reply: ReplyId, delivery: Delivery) -> Line {
    let how = match delivery {
        Delivery { volume: Volume::Raised, .. } => "in a raised voice",
        Delivery { pace: Pace::Slow, .. } => "slowly",
        Delivery { pace: Pace::Even, .. } => "evenly",
        Delivery { pace: Pace::Quick, .. } => "quickly",
    };
    let opening = opening(&encounter.reply(reply).text, 8);
    Line::quiet(format!("You, {how}: \u{201c}{opening}\u{201d}")).indented(2)
}

/// The last thing that is said, and what was seen or heard then.
fn ending(scenario: &Scenario, encounter: &Encounter, exit: Exit, answer: Option<(ReplyId, u16, u16)>) -> Vec<Line> {
    let mut lines = Vec::new();
    let answer = answer.map(|answer| encounter.answer(answer));
    let parting = match exit {
        Exit::Ending(_) => None,
        Exit::Left => Some(&encounter.leaves),
        Exit::Escalated => Some(&encounter.escalates),
    };
    let last: Vec<_> = answer.into_iter().chain(parting).flat_map(speech).collect();
    if !last.is_empty() {
        lines.extend([Line::empty(), Line::strong(scenario.customer.name.clone())]);
        lines.extend(last);
    }
    if let Exit::Ending(ending) = exit {
        lines.extend([Line::empty(), Line::plain(encounter.ending(ending).text.clone())]);
    }
    lines
}

/// What could be said, in a few words each, while the customer speaks.
pub(super) fn gists(scenario: &Scenario, state: &State, offered: &[ReplyId], ready: Option<ReplyId>) -> Line {
    let encounter = scenario.encounter(state.encounter);
    let heading = match state.turn.number {
        ..=TURNS_EXPLAINED => "For later (a number keeps it ready): ",
        _ => "For later: ",
    };
    let mut line = Line::quiet(heading).within(2, 4);
    for (index, &reply) in offered.iter().enumerate() {
        let tone = if ready == Some(reply) { Tone::Calm } else { Tone::Quiet };
        let gap = if index == 0 { "" } else { "   " };
        line =
            line.and(tone, format!("{gap}{}\u{a0}{}", index + 1, encounter.reply(reply).gist.replace(' ', "\u{a0}")));
    }
    line
}

/// The replies in full, in the engine's order.
pub(super) fn replies(scenario: &Scenario, state: &State, ready: Option<ReplyId>) -> Vec<Line> {
    let encounter = scenario.encounter(state.encounter);
    let order = reply_order(scenario, state);
    let revealed = match &encounter.node(state.node()).reflect {
        Some(reflect) if state.turn.reflected == Some(true) => Some(reflect.reveals),
        _ => None,
    };
    let mut lines = vec![Line::empty()];
    if ready.is_some_and(|ready| !order.contains(&ready)) {
        lines.push(Line::quiet("What you had ready no longer fits.").indented(2));
    }
    for (index, &id) in order.iter().enumerate() {
        let reply = encounter.reply(id);
        let mut line = Line::numbered(index + 1, reply.text.clone());
        if let Some(gift) = &reply.gives {
            line = line.and(Tone::Gold, format!(" [gives: {}]", gift.text));
        }
        if ready == Some(id) {
            line = line.and(Tone::Calm, " (you had this ready)");
        }
        lines.push(line);
        if let Some(subtext) = reply.subtext.as_ref().filter(|_| revealed == Some(id)) {
            lines.push(Line::new(Tone::Calm, subtext.clone()).indented(6));
        }
    }
    lines.push(Line::empty());
    lines
}

/// How the next reply will be spoken.
pub(super) fn delivery(state: &State, now: Delivery) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(preset) = preset_delivery(state).filter(|preset| *preset == now) {
        let words = if preset.volume == Volume::Raised {
            "Your pulse is high: pace is set to quick and your voice to raised. Type even level to set them back."
        } else {
            "Your pulse is up: pace is set to quick. Type even to set it back."
        };
        lines.push(Line::new(Tone::Heat, words).indented(2));
    }
    let mut line = Line::quiet("Pace").indented(2);
    for pace in [Pace::Slow, Pace::Even, Pace::Quick] {
        line = switch(line, pace.words(), pace == now.pace);
    }
    line = line.and(Tone::Quiet, "     Volume");
    for volume in [Volume::Level, Volume::Raised] {
        line = switch(line, volume.words(), volume == now.volume);
    }
    lines.push(line);
    lines
}

fn switch(line: Line, words: &str, is_on: bool) -> Line {
    if is_on { line.and(Tone::Strong, format!(" [{words}]")) } else { line.and(Tone::Quiet, format!(" {words}")) }
}

/// The prompt while the customer speaks.
pub(super) fn listening_prompt(scenario: &Scenario, state: &State) -> Line {
    let pronoun = scenario.customer.pronoun;
    let nod = match scenario.channel {
        Channel::Phone => "mm-hm",
        Channel::Counter => "nod",
    };
    let may_not = format!("({} may not be done)", pronoun.words());
    let mut line = Line::default().indented(2);
    if state.turn.number <= TURNS_EXPLAINED {
        for (key, words) in [("Enter", "keep listening"), ("n", nod), ("s", "speak now")] {
            line = line.and(Tone::Strong, key).and(Tone::Quiet, format!(" {words}  "));
        }
        line = line.and(Tone::Quiet, may_not);
    } else {
        line = line.and(Tone::Quiet, format!("Enter \u{b7} n {nod} \u{b7} s speak now"));
    }
    for (key, words) in tempting_actions(scenario, state) {
        line = line.and(Tone::Quiet, " \u{b7} ").and(Tone::Strong, key).and(Tone::Quiet, format!(" {words}"));
    }
    if let Some(bait) = bait(scenario, state) {
        // Held together by hard spaces, so that it stands on one line.
        let words = format!("t say \u{201c}{}\u{201d}", bait.text).replace(' ', "\u{a0}");
        line = line.and(Tone::Quiet, " \u{b7} ").and(Tone::Strong, words);
    }
    line.and(Tone::Quiet, " \u{b7} ? \u{203a}")
}

/// The prompt when the replies are open.
pub(super) fn answering_prompt(scenario: &Scenario, state: &State, replies: usize) -> Line {
    let explained = state.turn.number <= TURNS_EXPLAINED;
    let example = if explained && replies > 1 { ", or for instance 2 slow" } else { "" };
    let mut line = Line::strong(format!("Your reply, 1 to {replies}")).and(Tone::Quiet, example).indented(2);
    for (key, words) in tempting_actions(scenario, state) {
        line = line.and(Tone::Quiet, " \u{b7} ").and(Tone::Strong, key).and(Tone::Quiet, format!(" {words}"));
    }
    line.and(Tone::Quiet, " \u{b7} ? \u{203a}")
}

/// The small actions worth naming at a prompt, because something here calls for them.
fn tempting_actions(scenario: &Scenario, state: &State) -> Vec<(&'static str, &'static str)> {
    let mut actions = Vec::new();
    if state.own_heat > 0 {
        actions.push(("b", "breathe"));
    }
    if can(scenario, state, Action::Reflect(0)) {
        actions.push(("r", "reflect"));
    }
    if can(scenario, state, Action::Jot) {
        actions.push(("j", "jot that down"));
    }
    actions
}

/// The ready sentence that tempts at this pause.
fn bait<'a>(scenario: &'a Scenario, state: &State) -> Option<&'a Bait> {
    let node = scenario.encounter(state.encounter).node(state.node());
    node.bait.as_ref().filter(|_| can(scenario, state, Action::TakeBait))
}

/// Whether the engine would take this action now.
pub(super) fn can(scenario: &Scenario, state: &State, action: Action) -> bool {
    let mut ahead = state.clone();
    step(scenario, &mut ahead, Input { at: state.turn.clock, action }, &mut ()).is_ok()
}

/// All that can be typed now.
pub(super) fn help(scenario: &Scenario, state: &State) -> Vec<Line> {
    let pronoun = scenario.customer.pronoun;
    let (who, object) = (pronoun.words(), pronoun.object());
    let face_to_face = scenario.channel == Channel::Counter;
    let mut entries: Vec<(&str, String)> = Vec::new();
    if state.replies_open() {
        entries.push(("1, 2, …", "speak the reply of that number".to_owned()));
        entries.push(("2 slow", "speak it slowly; also even or quick, level or raised".to_owned()));
        entries.push(("slow", "set the pace, and choose the words after; likewise the volume".to_owned()));
    } else {
        entries.push(("Enter", "keep listening".to_owned()));
        entries.push(("s", format!("speak now; {who} may not be done, and what {who} had still to say may be lost")));
        entries.push(("1, 2, …", "keep the reply of that number ready, and think it over while you listen".to_owned()));
    }
    if can(scenario, state, Action::Nod) {
        let nod = if face_to_face { "nod" } else { "say \u{201c}mm-hm\u{201d}" };
        entries.push(("n", format!("{nod}, to what {who} just said")));
    }
    if face_to_face && state.turn.posture == Posture::Neutral {
        entries.push(("o", format!("open posture: turn to {object}, hands open")));
    }
    if can(scenario, state, Action::Jot) {
        entries.push(("j", format!("jot down what {who} just told you, for the note")));
    }
    if can(scenario, state, Action::Reflect(0)) {
        entries.push(("r", format!("reflect: what does {who} feel? Three readings, one is right; once here")));
    }
    entries.push(("b", "breathe out: two seconds, and your own pulse comes down".to_owned()));
    if can(scenario, state, Action::Hold) {
        entries.push(("h", "\u{201c}Give me a moment\u{201d}, before you look at the screen".to_owned()));
    }
    let record = match scenario.encounter(state.encounter).seat {
        Seat::Agent => "look at the record",
        Seat::Customer => "look at what you have with you",
    };
    entries.push(("c", record.to_owned()));
    entries.push(("u", "what was said so far".to_owned()));
    entries.push(("q", "stop here; the call is saved and goes on from here next time".to_owned()));
    let rows =
        entries.into_iter().map(|(key, words)| Line::strong(format!("{key:<8}")).and(Tone::Plain, words).within(2, 10));
    std::iter::once(Line::empty()).chain(rows).chain([Line::empty()]).collect()
}

/// What was said in the turn so far, for someone who reads it again.
pub(super) fn this_turn(scenario: &Scenario, state: &State) -> Vec<Line> {
    beats(scenario, state).take(usize::from(state.turn.cursor)).flat_map(|beat| phrase(scenario, &beat)).collect()
}

/// The first words of a text.
pub(super) fn opening(text: &str, words: usize) -> String {
    let mut all = text.split_whitespace();
    let first: Vec<_> = all.by_ref().take(words).collect();
    let rest = if all.next().is_some() { " \u{2026}" } else { "" };
    format!("{}{rest}", first.join(" "))
}
