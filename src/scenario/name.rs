//! The names that authors give, to nodes, replies, facts and all the rest: what they are names of, and how they are
//! spelt.

/// The longest name, in letters.
const NAME_LIMIT: usize = 64;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Scenario,
    Encounter,
    Node,
    Ending,
    Reply,
    Tile,
    Event,
    Choice,
    Fact,
    Need,
    Promise,
    Flag,
    Grievance,
}

impl Kind {
    /// What it is, in a word or a few: `note tile`.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Encounter => "encounter",
            Self::Node => "node",
            Self::Ending => "ending",
            Self::Reply => "reply",
            Self::Tile => "note tile",
            Self::Event => "diary event",
            Self::Choice => "choice",
            Self::Fact => "fact",
            Self::Need => "part of the need",
            Self::Promise => "promise",
            Self::Flag => "flag",
            Self::Grievance => "grievance",
        }
    }

    /// `an encounter`.
    #[must_use]
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::Encounter | Self::Ending) { "an" } else { "a" };
        format!("{article} {}", self.noun())
    }

    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Scenario => "scenarios",
            Self::Encounter => "encounters",
            Self::Node => "nodes",
            Self::Ending => "endings",
            Self::Reply => "replies",
            Self::Tile => "note tiles",
            Self::Event => "diary events",
            Self::Choice => "choices",
            Self::Fact => "facts",
            Self::Need => "parts of the need",
            Self::Promise => "promises",
            Self::Flag => "flags",
            Self::Grievance => "grievances",
        }
    }
}

/// Whether a name is made of lower-case letters, digits and hyphens, with no hyphen at its ends, and not too long.
#[must_use]
pub fn is_well_spelt(name: &str) -> bool {
    (1..=NAME_LIMIT).contains(&name.len())
        && !name.starts_with('-')
        && !name.ends_with('-')
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The nearest name that is well spelt; empty where nothing is left.
#[must_use]
pub fn mend(name: &str) -> String {
    let mut mended = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            mended.push(letter.to_ascii_lowercase());
        } else if !mended.is_empty() && !mended.ends_with('-') && !matches!(letter, '\'' | '’') {
            mended.push('-');
        }
    }
    mended.truncate(NAME_LIMIT);
    mended.trim_end_matches('-').to_owned()
}

/// A name like this one that `is_taken` does not know: with the first free number from 2 behind it.
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut number = 2_u32;
    loop {
        let free = format!("{name}-{number}");
        if !is_taken(&free) {
            return free;
        }
        number += 1;
    }
}
