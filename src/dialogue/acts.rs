//! What each act does to the meters (`engine-and-scoring`, "What a reply does: acts").

use crate::scenario::vocabulary::Act;

/// A change of the five meters in whole points, before traits, gate and wear-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delta {
    pub anger: i32,
    pub trust: i32,
    pub patience: i32,
    pub heard: i32,
    pub clarity: i32,
}

/// What an act does, in points: what it does the first time, where that differs ([`again`]).
///
/// The acts of an agent, and those that are anybody's, are the table of the design. For the customer's the design names
/// the acts and says that venting works once, but gives no figures. These are measured by what the agent's acts do:
/// - *Facts in order*, *one ask* and *the ideal* are what the questions of an agent are after, so they raise clarity as
///   those do (10 to 12), and cost no patience: nobody had to ask.
/// - *Venting* says once what it did to you. It is no attack, so it leaves anger alone; whoever hears it knows better
///   where they stand (heard 3, clarity 3). It also sets the trainee's own heat back to 0.
/// - *Threatening* is worse than any other act, and at once.
/// - *Thanking* is small, as a bare apology is, and wears out like one.
pub const fn delta(act: Act) -> Delta {
    let (anger, trust, patience, heard, clarity) = match act {
        Act::ParaphraseRight => (-4, 4, 1, 14, 4),
        Act::ParaphraseWrong => (5, -5, -3, -10, -2),
        Act::DrawOut => (-3, 2, 0, 8, 6),
        Act::ReaskKnown => (6, -6, -6, -10, 0),
        Act::NameFeeling => (-5, 3, 0, 8, 0),
        Act::NameImpact => (-7, 5, 0, 10, 0),
        Act::Validate => (-5, 3, 0, 6, 0),
        Act::OwningApology => (-12, 12, 3, 6, 0),
        Act::BareApology => (-3, 1, -1, 2, 0),
        Act::Minimise => (8, -6, -4, -10, 0),
        Act::FalseCheer => (5, -4, -3, -8, 0),
        Act::SpotlightOnSelf => (3, -2, -3, -8, 0),
        Act::OpenQuestion => (-2, 2, -1, 5, 12),
        Act::DiagnosticQuestion => (0, 1, -2, 2, 14),
        Act::AskIdeal => (-3, 4, 0, 6, 12),
        Act::ConfirmNeed => (-2, 5, 1, 8, 14),
        Act::BoundedCommitment => (-4, 5, 3, 3, 4),
        Act::PrematureSolution => (4, -2, -4, -8, -4),
        Act::Advice => (2, -2, -2, -4, 0),
        Act::OfferThatFits => (-6, 8, 6, 2, 6),
        Act::OfferThatMisses => (2, -2, -4, -2, 0),
        Act::HonestLimit => (2, 6, -1, 0, 0),
        Act::PolicyQuote => (7, -4, -4, -6, 0),
        Act::OverPromise => (-8, 5, 4, 0, 0),
        Act::Compromise => (-5, 6, 5, 2, 4),
        Act::OverGive => (-4, 2, 3, -2, 0),
        Act::TakeBait => (9, -6, -4, -6, 0),
        Act::BlameOther => (4, -5, -2, -2, 0),
        Act::MisplacedHumour => (4, -3, 0, -4, 0),
        Act::NextStepSpecific => (-4, 6, 6, 0, 0),
        Act::NextStepVague => (1, -2, -3, 0, 0),
        Act::ConfirmContact => (-1, 3, 1, 3, 0),
        Act::Hedge => (2, -5, -1, 0, 0),
        Act::ShiftBurden => (3, -4, -4, 0, 0),
        Act::FactsInOrder => (-3, 4, 2, 2, 12),
        Act::OneAsk => (-2, 3, 2, 2, 10),
        Act::NameIdeal => (-2, 4, 0, 4, 10),
        Act::Vent => (0, 0, -1, 3, 3),
        Act::Threaten => (12, -10, -8, -8, 0),
        Act::Thank => (-4, 4, 3, 4, 0),
    };
    Delta { anger, trust, patience, heard, clarity }
}

/// What an act that works once does from the second time on in an encounter; none where it goes on as it began.
///
/// Venting works once (`product`, "When the tables turn"). After that it rattles, about as much as taking a bait does.
pub const fn again(act: Act) -> Option<Delta> {
    match act {
        Act::Vent => Some(Delta { anger: 8, trust: -6, patience: -6, heard: -4, clarity: 0 }),
        _ => None,
    }
}

/// How the gate sees an act: offers, limits, next steps and diagnostic questions (rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gated {
    /// Its gains halve while the customer is hot, and it angers one who does not feel heard.
    Proposal,
    /// Its gains halve while the customer is hot.
    Question,
    No,
}

pub(super) const fn gated(act: Act) -> Gated {
    match act {
        Act::OfferThatFits
        | Act::OfferThatMisses
        | Act::Compromise
        | Act::OverGive
        | Act::BoundedCommitment
        | Act::HonestLimit
        | Act::NextStepSpecific
        | Act::NextStepVague => Gated::Proposal,
        // Nobody who is rattled takes in what is asked of them.
        Act::DiagnosticQuestion | Act::OneAsk | Act::NameIdeal => Gated::Question,
        _ => Gated::No,
    }
}

/// Whether repeating the act wears it out (rule 3).
pub(super) const fn wears_out(act: Act) -> bool {
    matches!(
        act,
        Act::Validate | Act::NameImpact | Act::BareApology | Act::OwningApology | Act::OverPromise | Act::Thank
    )
}
