//! On which side of the desk the trainee is, and what that changes in words and acts.
//!
//! In most encounters the trainee is the agent. Where the tables are turned they are the customer, and whom the file
//! describes under `customer` is the agent across the desk. Engine, meters and scores are the same; the verbs are not.

use crate::scenario::vocabulary::{Act, Indicator};

/// The trainee's side of the desk in an encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Seat {
    #[default]
    Agent,
    Customer,
}

impl Seat {
    pub const ALL: [Self; 2] = [Self::Agent, Self::Customer];

    /// "the agent", "the customer".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Agent => "the agent",
            Self::Customer => "the customer",
        }
    }

    /// What the trainee is told before it begins, where it is not as usual.
    #[must_use]
    pub const fn announcement(self) -> Option<&'static str> {
        match self {
            Self::Agent => None,
            Self::Customer => Some("The tables are turned: you are the customer now."),
        }
    }

    /// Over the record: what the agent's screen shows, or what the customer brought.
    #[must_use]
    pub const fn record(self) -> &'static str {
        match self {
            Self::Agent => "On your screen",
            Self::Customer => "What you have with you",
        }
    }

    /// Over what is yours to give, and over what is not. The customer gives nothing: they settle for something.
    #[must_use]
    pub const fn limits(self) -> [&'static str; 2] {
        match self {
            Self::Agent => ["Yours to give", "Not yours to give"],
            Self::Customer => ["What you could live with", "What you could not live with"],
        }
    }
}

impl Act {
    /// Whose act it is; none where it is anybody's.
    ///
    /// | | acts | because |
    /// |---|---|---|
    /// | the agent's | offers, promises, limits, policy, advice, false cheer, what is asked to serve somebody | it takes a desk, and a house behind it, to do them |
    /// | the customer's | facts in order, one ask, the ideal, venting, threatening, thanking | it takes something to ask for |
    /// | anybody's | saying back, drawing out, feelings, apologies, questions, compromise, next steps, blame, bad jokes | one person does them to another |
    #[must_use]
    pub const fn seat(self) -> Option<Seat> {
        match self {
            Self::ReaskKnown
            | Self::FalseCheer
            | Self::AskIdeal
            | Self::ConfirmNeed
            | Self::BoundedCommitment
            | Self::PrematureSolution
            | Self::Advice
            | Self::OfferThatFits
            | Self::OfferThatMisses
            | Self::HonestLimit
            | Self::PolicyQuote
            | Self::OverPromise
            | Self::OverGive => Some(Seat::Agent),
            Self::FactsInOrder | Self::OneAsk | Self::NameIdeal | Self::Vent | Self::Threaten | Self::Thank => {
                Some(Seat::Customer)
            }
            Self::ParaphraseRight
            | Self::ParaphraseWrong
            | Self::DrawOut
            | Self::NameFeeling
            | Self::NameImpact
            | Self::Validate
            | Self::OwningApology
            | Self::BareApology
            | Self::Minimise
            | Self::SpotlightOnSelf
            | Self::OpenQuestion
            | Self::DiagnosticQuestion
            | Self::Compromise
            | Self::TakeBait
            | Self::BlameOther
            | Self::MisplacedHumour
            | Self::NextStepSpecific
            | Self::NextStepVague
            | Self::ConfirmContact
            | Self::Hedge
            | Self::ShiftBurden => None,
        }
    }

    /// Whether the trainee can do it from this side of the desk.
    #[must_use]
    pub fn is_for(self, seat: Seat) -> bool {
        self.seat().is_none_or(|own| own == seat)
    }

    /// What comes nearest to it on the other side of the desk.
    #[must_use]
    pub const fn counterpart(self) -> Option<Self> {
        Some(match self {
            Self::AskIdeal => Self::NameIdeal,
            Self::ConfirmNeed | Self::FactsInOrder => Self::ParaphraseRight,
            Self::PrematureSolution => Self::OneAsk,
            Self::OfferThatFits | Self::BoundedCommitment => Self::Compromise,
            Self::PolicyQuote => Self::Threaten,
            Self::NameIdeal => Self::AskIdeal,
            Self::OneAsk => Self::DiagnosticQuestion,
            Self::Vent => Self::TakeBait,
            _ => return None,
        })
    }
}

impl Indicator {
    /// The words a person reads who showed it, or did not, from this side of the desk.
    #[must_use]
    pub const fn words_for(self, seat: Seat) -> &'static str {
        match (seat, self) {
            (Seat::Customer, Self::AskIdeal) => "names the ideal",
            (Seat::Customer, Self::ConfirmNeed) => "checks an offer before agreeing",
            _ => self.words(),
        }
    }
}
