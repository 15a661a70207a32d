//! The sentences of a debrief.

use crate::dialogue::{Cause, CutOff, Exit};
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::capitalised;
use crate::scenario::vocabulary::{Channel, Flaw, Pronoun};
use crate::scenario::{Encounter, Scenario};

/// Weight × hundredths of credit as a person reads it: 300 is "3", 75 is "0.75".
pub fn points(value: i32) -> String {
    let text = format!("{}.{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What the trainee did by speaking before the end, and what they would have heard.
pub(super) fn cut_off_words(pronoun: Pronoun, unsaid: Option<&str>) -> String {
    let Some(unsaid) = unsaid else {
        return format!("You spoke before {} {} done.", pronoun.words(), pronoun.verb("was", "were"));
    };
    let object = pronoun.object();
    let opening: Vec<_> = unsaid.split_whitespace().take(8).collect();
    let is_whole = unsaid.split_whitespace().count() == opening.len();
    let opening = opening.join(" ");
    if is_whole {
        return format!("You cut {object} off before \u{201c}{opening}\u{201d}");
    }
    let opening = opening.trim_end_matches([',', '.', ';', ':', '\u{2026}']);
    format!("You cut {object} off before \u{201c}{opening}\u{2026}\u{201d}")
}

pub(super) fn flaw_words(flaw: Flaw) -> String {
    match flaw {
        Flaw::RaisedVoice => "You raised your voice.".to_owned(),
        Flaw::BrokenPromise => "Nobody did what was promised.".to_owned(),
        Flaw::JudgementInNote => "The note holds a judgement.".to_owned(),
        Flaw::UntruthInNote => "The note says something that is not so.".to_owned(),
        flaw => format!("{}.", capitalised(flaw.words())),
    }
}

pub(super) fn ending_words(encounter: &Encounter, exit: Exit) -> String {
    match exit {
        Exit::Ending(ending) => encounter.ending(ending).text.clone(),
        Exit::Left => encounter.leaves.plain(),
        Exit::Escalated => encounter.escalates.plain(),
    }
}

/// Why the meters moved; `anger` is by how much it did, and `is_calm` whether the reply was spoken slowly or evenly, in a
/// level voice.
pub(super) fn cause_words(scenario: &Scenario, cause: Cause, anger: i32, is_calm: bool) -> String {
    let words = match cause {
        Cause::HeardToTheEnd => "heard to the end",
        Cause::CutOff(CutOff::Soft) => "spoken over in a pause",
        Cause::CutOff(CutOff::Hard) => "interrupted",
        Cause::Nod(mark) => match (scenario.channel, mark) {
            (Channel::Counter, Nod::Agrees) => "a nod at what should not be agreed with",
            (Channel::Phone, Nod::Agrees) => "an \u{201c}mm-hm\u{201d} at what should not be agreed with",
            (Channel::Counter, _) => "a nod",
            (Channel::Phone, _) => "an \u{201c}mm-hm\u{201d}",
        },
        Cause::OpenPosture => "open posture",
        Cause::EyesOnScreen => "eyes on the screen in mid-story",
        Cause::WrongReading => "a wrong reading of the feeling",
        Cause::Retelling(_) => "having to tell it again",
        Cause::DeadAir => "a long silence",
        Cause::RaisedVoice => "a raised voice",
        Cause::Act(act) => act.words(),
        Cause::Again(act) => return format!("{} again", act.words()),
        Cause::BeingHeard => "being heard",
        Cause::Contagion => match (is_calm, anger > 0) {
            (true, false) => "your own calm carried over",
            (false, true) => "your own heat carried over",
            // Whoever is calmer than the calmest voice comes up to it, and a boiling one down to a shout.
            (true, true) | (false, false) => "your tone carried over",
        },
        Cause::TurnsPass => "another turn",
        Cause::Promise(promise, fulfilment) => {
            return format!("{}: {}", scenario.promises[promise.index()].text, fulfilment.words());
        }
    };
    words.to_owned()
}
