//! The closed lists that every layer shares: what a reply does, shows and gets wrong, and how it all ends.
//!
//! The names here are the only spelling there is: in code, in scenario files, in output and on screen.

use serde::{Deserialize, Serialize};

/// Declares a closed list: its variants, and for each the words a person reads.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident => $words:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// Every entry, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The words a person reads.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }

            /// The name as it stands in a scenario file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }

            /// The position in [`Self::ALL`], for tables.
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.words())
            }
        }
    };
}

vocabulary! {
    /// The five skills that are scored.
    Skill {
        Listening => "Listening",
        CalmTone => "Calm tone",
        Empathy => "Empathy",
        NeedsAssessment => "Needs assessment",
        FollowThrough => "Follow-through",
    }
}

vocabulary! {
    /// What the evidence of a skill is read from.
    Indicator {
        LetFinish => "let them finish",
        VisibleAttention => "visible attention",
        Paraphrase => "accurate paraphrase",
        UseWhatWasSaid => "uses what was said",
        DrawOut => "waits and draws out",
        CalmDelivery => "calm delivery under provocation",
        FreshStart => "reset between contacts",
        ProfessionalWording => "professional wording",
        DeclineBait => "declines bait, sets limits calmly",
        NameFeeling => "names the feeling",
        NameImpact => "names the impact on them",
        Validate => "validates without conceding untruths",
        OwningApology => "owning apology",
        WarmClose => "warm, personal close",
        OpenQuestion => "open question",
        DiagnosticQuestion => "diagnostic question",
        AskIdeal => "asks the ideal",
        ConfirmNeed => "confirms the need before proposing",
        FitOrCompromise => "fit or compromise",
        NextStep => "next step: who, what, when",
        FeasiblePromise => "promise feasible and specific",
        ConfirmContact => "confirms contact and understanding",
        Note => "note",
        PromiseKept => "promise kept",
        NoteUsed => "note used next time",
    }
}

impl Indicator {
    /// The skill that this indicator is evidence of.
    #[must_use]
    pub const fn skill(self) -> Skill {
        use Indicator as I;
        match self {
            I::LetFinish | I::VisibleAttention | I::Paraphrase | I::UseWhatWasSaid | I::DrawOut => Skill::Listening,
            I::CalmDelivery | I::FreshStart | I::ProfessionalWording | I::DeclineBait => Skill::CalmTone,
            I::NameFeeling | I::NameImpact | I::Validate | I::OwningApology | I::WarmClose => Skill::Empathy,
            I::OpenQuestion | I::DiagnosticQuestion | I::AskIdeal | I::ConfirmNeed | I::FitOrCompromise => {
                Skill::NeedsAssessment
            }
            I::NextStep | I::FeasiblePromise | I::ConfirmContact | I::Note | I::PromiseKept | I::NoteUsed => {
                Skill::FollowThrough
            }
        }
    }

    /// Whether a question is what earns this indicator: a fact volunteered in time makes it needless.
    #[must_use]
    pub const fn is_question(self) -> bool {
        matches!(self, Self::OpenQuestion | Self::DiagnosticQuestion | Self::AskIdeal)
    }

    /// Whether an author may put it in `weigh` and `shows`. The rest come from the engine itself: from
    /// temptation points, the note, promises and small actions.
    #[must_use]
    pub const fn is_authored(self) -> bool {
        !matches!(self, Self::LetFinish | Self::CalmDelivery | Self::Note | Self::PromiseKept)
    }
}

vocabulary! {
    /// What a reply does to the customer. The deltas are the engine's: authors only name the act.
    Act {
        ParaphraseRight => "paraphrase, right",
        ParaphraseWrong => "paraphrase, wrong",
        DrawOut => "draws out",
        ReaskKnown => "asks again what is known",
        NameFeeling => "names the feeling",
        NameImpact => "names the impact",
        Validate => "validates",
        OwningApology => "owning apology",
        BareApology => "bare apology",
        Minimise => "minimises",
        FalseCheer => "false cheer",
        SpotlightOnSelf => "spotlight on self",
        OpenQuestion => "open question",
        DiagnosticQuestion => "diagnostic question",
        AskIdeal => "asks the ideal",
        ConfirmNeed => "confirms the need",
        BoundedCommitment => "bounded commitment",
        PrematureSolution => "premature solution",
        Advice => "advice",
        OfferThatFits => "offer that fits",
        OfferThatMisses => "offer that misses",
        HonestLimit => "honest limit",
        PolicyQuote => "quotes policy",
        OverPromise => "over-promise",
        Compromise => "compromise",
        OverGive => "gives too much",
        TakeBait => "takes the bait",
        BlameOther => "blames another",
        MisplacedHumour => "misplaced humour",
        NextStepSpecific => "next step, specific",
        NextStepVague => "next step, vague",
        ConfirmContact => "confirms contact",
        Hedge => "hedges",
        ShiftBurden => "shifts the burden",
        // The customer's, where the tables are turned.
        FactsInOrder => "facts in order",
        OneAsk => "one ask",
        NameIdeal => "names the ideal",
        Vent => "vents",
        Threaten => "threatens",
        Thank => "thanks",
    }
}

vocabulary! {
    /// What is wrong with a reply, a delivery, a note or a promise. Those from `SoftOverlap` to `BrokenPromise` are the
    /// engine's own.
    Flaw {
        PrematureSolution => "premature solution",
        SingleTrack => "single track",
        TaskFirst => "task first",
        PolicyQuoting => "policy-quoting",
        ColdAccuracy => "cold accuracy",
        EmpathyWithoutAction => "empathy without action",
        OverApology => "over-apology",
        NonApology => "non-apology",
        ToxicPositivity => "toxic positivity",
        Sentimental => "sentimental",
        Platitude => "platitude",
        Minimising => "minimising",
        Normalising => "normalising",
        Defensive => "defensive",
        Submissive => "submissive",
        BlameShifting => "blame-shifting",
        TakingSides => "taking sides",
        FalseNeutrality => "false neutrality",
        CrossExamining => "cross-examining",
        Doubting => "doubting",
        Assumption => "assumption",
        Presuming => "presuming",
        Patronising => "patronising",
        SpotlightOnSelf => "spotlight on self",
        Advice => "advice",
        OverPromise => "over-promise",
        OverReassuring => "over-reassuring",
        OverGiving => "over-giving",
        BuyingSilence => "buying silence",
        MoneyFraming => "money-framing",
        Hedging => "hedging",
        Vague => "vague",
        BurdenShifting => "burden-shifting",
        ChannelMismatch => "channel mismatch",
        ScriptReading => "script-reading",
        Jargon => "jargon",
        TooMuchAtOnce => "too much at once",
        HurryingKindly => "hurrying kindly",
        RuleBending => "rule-bending",
        MisplacedHumour => "misplaced humour",
        Sarcasm => "sarcasm",
        CalmDown => "telling them to calm down",
        Accusing => "accusing",
        Insult => "insult",
        Discrimination => "discrimination",
        PrivacyBreach => "breach of privacy",
        SafetyBreach => "breach of safety",
        LieAboutPromise => "lying about a promise",
        /// Spoke into a false lapse.
        SoftOverlap => "soft overlap",
        /// Spoke while the customer was speaking.
        HardInterrupt => "hard interrupt",
        RaisedVoice => "raised voice",
        JudgementInNote => "judgement in the note",
        UntruthInNote => "untruth in the note",
        BrokenPromise => "broken promise",
        Threatening => "threatening",
        Ranting => "ranting",
    }
}

impl Flaw {
    /// Whether an author may name it on a reply or a diary choice; the others are found by the engine.
    #[must_use]
    pub const fn is_authored(self) -> bool {
        !matches!(
            self,
            Self::SoftOverlap
                | Self::HardInterrupt
                | Self::RaisedVoice
                | Self::JudgementInNote
                | Self::UntruthInNote
                | Self::BrokenPromise
        )
    }
}

vocabulary! {
    /// How much a violation costs (`engine-and-scoring`, "Violations").
    Severity {
        Minor => "minor",
        Moderate => "moderate",
        Severe => "severe",
        /// Costs what a severe one does and caps the overall score at 399.
        Critical => "critical",
    }
}

impl Severity {
    /// Points taken from the skill, 0 to 100.
    #[must_use]
    pub const fn cost(self) -> i32 {
        match self {
            Self::Minor => 3,
            Self::Moderate => 8,
            Self::Severe | Self::Critical => 20,
        }
    }
}

vocabulary! {
    /// How an encounter ended, best last.
    Outcome {
        Escalated => "escalated",
        Lost => "lost",
        Pacified => "pacified",
        RightlyEscalated => "rightly escalated",
        Satisfied => "satisfied",
        Advocate => "an advocate",
    }
}

vocabulary! {
    /// What became of a promise when its time came.
    Fulfilment {
        Kept => "kept",
        Exceeded => "exceeded",
        LateWarned => "late, but they were told",
        Late => "late",
        Broken => "broken",
    }
}

vocabulary! {
    /// What stands on a note tile.
    TileKind {
        /// True, and useful to whoever takes the next call.
        Fact => "fact",
        /// An opinion about the person.
        Judgement => "judgement",
        /// Something that is not so, or that nobody has said.
        Untruth => "untruth",
    }
}

vocabulary! {
    /// Where the customer is met. It decides which small actions there are.
    Channel {
        Phone => "phone",
        Counter => "counter",
    }
}

vocabulary! {
    /// How fast a reply is spoken, chosen apart from its words.
    Pace {
        Slow => "slow",
        Even => "even",
        Quick => "quick",
    }
}

vocabulary! {
    /// How loud a reply is spoken. Raised is always there, and always a trap.
    Volume {
        Level => "level",
        Raised => "raised",
    }
}

vocabulary! {
    /// What the author marks a node for: the only source of *let them finish* and *calm delivery*.
    Temptation {
        LetFinish => "let them finish",
        CalmDelivery => "calm delivery",
    }
}

vocabulary! {
    /// How the customer likes to be spoken to, where it differs from most people.
    Tempo {
        Slow => "slow",
        Brisk => "brisk",
    }
}

vocabulary! {
    /// How being upset shows in the customer, and so what the trainee is told that the meter `Anger` is: the rules are the
    /// same for both, since what calms the one calms the other. The words are that meter's name.
    #[derive(Default)]
    Upset {
        #[default]
        Anger => "anger",
        Fear => "fear",
    }
}

vocabulary! {
    /// The customer's mood in one word, read from anger (`engine-and-scoring`, "Customer state"). For someone who is
    /// frightened, see [`Temper::shown`].
    Temper {
        Calm => "calm",
        Irritated => "irritated",
        Angry => "angry",
        Hot => "hot",
        Boiling => "boiling",
    }
}

vocabulary! {
    /// How the interface speaks of the customer.
    Pronoun {
        She => "she",
        He => "he",
        They => "they",
    }
}

impl Temper {
    /// The mood in one word, of someone in whom being upset shows like this.
    #[must_use]
    pub const fn shown(self, upset: Upset) -> &'static str {
        match (upset, self) {
            (Upset::Anger, _) | (_, Self::Calm) => self.words(),
            (Upset::Fear, Self::Irritated) => "uneasy",
            (Upset::Fear, Self::Angry) => "anxious",
            (Upset::Fear, Self::Hot) => "frightened",
            (Upset::Fear, Self::Boiling) => "panicking",
        }
    }
}

impl Channel {
    /// What takes place there: "call", "conversation".
    #[must_use]
    pub const fn conversation(self) -> &'static str {
        match self {
            Self::Phone => "call",
            Self::Counter => "conversation",
        }
    }
}

impl Pronoun {
    /// "her", "him", "them".
    #[must_use]
    pub const fn object(self) -> &'static str {
        match self {
            Self::She => "her",
            Self::He => "him",
            Self::They => "them",
        }
    }

    /// "her", "his", "their".
    #[must_use]
    pub const fn possessive(self) -> &'static str {
        match self {
            Self::She => "her",
            Self::He => "his",
            Self::They => "their",
        }
    }

    /// The verb in the form that fits: `has` or `have`, `is` or `are`.
    #[must_use]
    pub const fn verb(self, singular: &'static str, plural: &'static str) -> &'static str {
        match self {
            Self::She | Self::He => singular,
            Self::They => plural,
        }
    }
}

/// Words of the vocabulary as they begin a sentence: the first letter large.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mood_has_a_word_for_anger_and_one_for_fear() {
        let words = |upset: Upset| Temper::ALL.iter().map(|temper| temper.shown(upset)).collect::<Vec<_>>();
        assert_eq!(words(Upset::Anger), ["calm", "irritated", "angry", "hot", "boiling"]);
        assert_eq!(words(Upset::Fear), ["calm", "uneasy", "anxious", "frightened", "panicking"]);
    }
}
