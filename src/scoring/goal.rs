//! One thing to do differently next time, as an if-then: what lost most, turned into a sentence.

use serde::Serialize;

use crate::scenario::seat::Seat;
use crate::scenario::vocabulary::{Flaw, Indicator};
use crate::scoring::debrief::SkillLine;

/// Most goals that are suggested.
const SUGGESTED: usize = 3;

/// A suggestion for the next call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// What it would earn.
    pub indicator: Indicator,
    /// "When they stop in mid-sentence, I count to three." It speaks of *they*: the next customer is another one.
    pub words: String,
}

/// Suggestions from the indicators that lost most: what was on offer and not shown, and what violations took.
pub(super) fn goals(skills: &[SkillLine]) -> Vec<Goal> {
    let mut lost = vec![[0; Indicator::ALL.len()]; Seat::ALL.len()];
    for row in skills.iter().flat_map(|skill| &skill.rows) {
        lost[row.seat as usize][row.indicator.index()] += row.available - row.earned;
    }
    for violation in skills.iter().flat_map(|skill| &skill.violations) {
        if let Some(indicator) = behind(violation.flaw) {
            // A point of a skill weighs about a tenth of a row: a skill rests on some ten of them.
            lost[violation.seat as usize][indicator.index()] += violation.cost / 10;
        }
    }
    let of = |(seat, indicator): (Seat, Indicator)| lost[seat as usize][indicator.index()];
    let all = Seat::ALL.iter().flat_map(|&seat| Indicator::ALL.iter().map(move |&indicator| (seat, indicator)));
    let mut weakest: Vec<_> = all.filter(|&place| of(place) > 0).collect();
    weakest.sort_by_key(|&place| std::cmp::Reverse(of(place)));
    let suggested = weakest.into_iter().take(SUGGESTED);
    let goals = suggested.map(|(seat, indicator)| {
        let words = if_then_as_customer(indicator).filter(|_| seat == Seat::Customer);
        Goal { indicator, words: words.unwrap_or(if_then(indicator)).to_owned() }
    });
    goals.collect()
}

/// What one would have to do to avoid a flaw, for those that are about one thing.
const fn behind(flaw: Flaw) -> Option<Indicator> {
    Some(match flaw {
        Flaw::SoftOverlap | Flaw::HardInterrupt => Indicator::LetFinish,
        Flaw::RaisedVoice => Indicator::CalmDelivery,
        Flaw::Defensive | Flaw::Sarcasm | Flaw::Accusing | Flaw::CalmDown | Flaw::Threatening | Flaw::Ranting => {
            Indicator::DeclineBait
        }
        Flaw::PrematureSolution => Indicator::ConfirmNeed,
        Flaw::OverPromise | Flaw::OverReassuring | Flaw::Vague => Indicator::FeasiblePromise,
        Flaw::JudgementInNote | Flaw::UntruthInNote => Indicator::Note,
        Flaw::BrokenPromise => Indicator::PromiseKept,
        Flaw::NonApology | Flaw::BlameShifting => Indicator::OwningApology,
        Flaw::Minimising | Flaw::Normalising => Indicator::Validate,
        Flaw::Jargon | Flaw::PolicyQuoting => Indicator::ProfessionalWording,
        _ => return None,
    })
}

const fn if_then(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::LetFinish => "When they stop in mid-sentence, I count to three.",
        Indicator::VisibleAttention => "When they come to the end of a phrase, I nod before I think of my answer.",
        Indicator::Paraphrase => "When they have told me what happened, I say it back before I ask anything.",
        Indicator::UseWhatWasSaid => "When I answer, I use one thing that only they could have told me.",
        Indicator::DrawOut => "When they break off, I wait and let them say the rest.",
        Indicator::CalmDelivery => "When they get louder, I speak slower.",
        Indicator::FreshStart => "When a call has been hard, I breathe out before I take the next one.",
        Indicator::ProfessionalWording => "When I am about to quote a rule, I say what it means for them instead.",
        Indicator::DeclineBait => "When they say something about me, I answer what they need and leave the rest.",
        Indicator::NameFeeling => "When I hear how they feel, I name it before I go on.",
        Indicator::NameImpact => "When something has gone wrong, I say what it did to their day.",
        Indicator::Validate => "When part of what they say is right, I say that part aloud first.",
        Indicator::OwningApology => "When it was our fault, I say what we did, once, without \u{201c}if\u{201d}.",
        Indicator::WarmClose => "When we are done, I end on something of theirs and not on a phrase of ours.",
        Indicator::OpenQuestion => "When I do not know the whole story, I ask what happened and wait.",
        Indicator::DiagnosticQuestion => {
            "When there are two possible causes, I ask the one question that tells them apart."
        }
        Indicator::AskIdeal => "When they are calm enough, I ask what would make it right for them.",
        Indicator::ConfirmNeed => "When I have a solution ready, I first check what it is for.",
        Indicator::FitOrCompromise => "When I cannot give what they ask, I look for what it was meant to do.",
        Indicator::NextStep => "When I end a call, I say who does what, and when.",
        Indicator::FeasiblePromise => "When I want to promise, I promise only what I do myself.",
        Indicator::ConfirmContact => "When I say I will ring, I read the number back.",
        Indicator::Note => "When I write the note, I write what happened and leave out what I think of them.",
        Indicator::PromiseKept => "When I cannot keep a promise in time, I say so before it is due.",
        Indicator::NoteUsed => "When there is a note, I open with what it says.",
    }
}

/// The same for whoever was the customer, where it is not the same.
const fn if_then_as_customer(indicator: Indicator) -> Option<&'static str> {
    Some(match indicator {
        Indicator::Paraphrase => "When they have told me what they see, I say it back before I ask for anything.",
        Indicator::FreshStart => "When the last desk was a bad one, I breathe out before I come to this one.",
        Indicator::ProfessionalWording => "When I am about to say what they are, I say what I need instead.",
        Indicator::DeclineBait => "When something they say stings, I say what I need and leave the rest.",
        Indicator::OwningApology => "When I have been short with them, I say so, once, without \u{201c}if\u{201d}.",
        Indicator::WarmClose => "When we are done, I thank them for the very thing they did.",
        Indicator::OpenQuestion => "When I do not know why it went wrong, I ask what they can see, and wait.",
        Indicator::DiagnosticQuestion => "When they are stuck, I ask the one question that might find it.",
        Indicator::AskIdeal => "When they have the facts, I say what would make it right for me.",
        Indicator::ConfirmNeed => "When they offer something, I first check that it does what I need.",
        Indicator::FitOrCompromise => "When they cannot give what I ask, I look at what I needed it for.",
        Indicator::NextStep => "Before I turn away, I ask who does what, and when.",
        Indicator::ConfirmContact => "When they say they will ring, I give the number once more.",
        _ => return None,
    })
}
