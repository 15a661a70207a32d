//! What a text is for, and who says it.

use serde::Serialize;

/// Who says a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Voice {
    Customer,
    Trainee,
    /// The author, to whoever plays.
    Narrator,
}

impl Voice {
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Customer => "the customer",
            Self::Trainee => "the trainee",
            Self::Narrator => "the narrator",
        }
    }
}

/// Declares the roles: for each the words a person reads, and who says it.
macro_rules! roles {
    ($($(#[$meta:meta])* $role:ident => $words:literal by $voice:ident,)+) => {
        /// What a text is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        pub enum Role { $($(#[$meta])* $role,)+ }

        impl Role {
            /// Every role, in reading order.
            pub const ALL: &'static [Self] = &[$(Self::$role,)+];

            /// The words a person reads.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$role => $words,)+ }
            }

            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$role => stringify!($role),)+ }
            }

            /// Who says it.
            #[must_use]
            pub const fn voice(self) -> Voice {
                match self { $(Self::$role => Voice::$voice,)+ }
            }
        }
    };
}

roles! {
    Title => "title" by Narrator,
    Teaser => "teaser" by Narrator,
    ContentNote => "content note" by Narrator,
    Setting => "setting" by Narrator,
    Record => "record" by Narrator,
    Yours => "yours to give" by Narrator,
    NotYours => "not yours to give" by Narrator,
    Intention => "intention" by Trainee,
    TraineeName => "name of the trainee" by Narrator,
    CustomerName => "name of the customer" by Narrator,
    Address => "how the customer is addressed" by Trainee,
    About => "about the customer" by Narrator,
    Objection => "objection to being cut off" by Customer,
    Need => "part of the need" by Narrator,
    Fact => "fact" by Narrator,
    Promise => "promise" by Narrator,
    Leaving => "line on leaving" by Customer,
    Escalation => "line on taking it further" by Customer,
    Line => "line" by Customer,
    Volunteered => "what is volunteered" by Customer,
    Bait => "bait" by Trainee,
    BaitAnswer => "answer to the bait" by Customer,
    RightReading => "right reading of the feeling" by Narrator,
    WrongReading => "wrong reading of the feeling" by Narrator,
    NodeCoach => "coach on the node" by Narrator,
    Gist => "gist of a reply" by Trainee,
    Reply => "reply" by Trainee,
    Subtext => "what lies beneath a reply" by Narrator,
    Answer => "answer to a reply" by Customer,
    Gift => "what is given away" by Narrator,
    Why => "why it works or does not" by Narrator,
    Hears => "how the customer took it" by Customer,
    ReplyCoach => "coach on a reply" by Narrator,
    Ending => "ending" by Narrator,
    Tile => "note tile" by Trainee,
    ModelNote => "model note" by Trainee,
    Event => "diary event" by Narrator,
    Choice => "choice in the diary" by Trainee,
    Result => "what comes of a choice" by Narrator,
}
