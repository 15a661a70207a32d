//! How the text stands, in words.

use super::{Keeping, Place, Standing};

/// How the text on the bench stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Saved,
    /// A scenario from inside the program, as it is.
    Shipped,
    NotSaved {
        drafted: bool,
    },
    /// There is no file yet.
    NeverSaved {
        drafted: bool,
    },
    /// There was a file.
    Gone {
        drafted: bool,
    },
    /// Someone else has changed the file as well.
    Clash {
        drafted: bool,
    },
}

impl State {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Saved => "Saved",
            Self::Shipped => "Comes with Simmer; saving makes a copy of your own",
            Self::NotSaved { drafted: true } => "Not saved; a draft is kept",
            Self::NotSaved { drafted: false } => "Not saved",
            Self::NeverSaved { drafted: true } => "Not saved yet; a draft is kept",
            Self::NeverSaved { drafted: false } => "Not saved yet",
            Self::Gone { drafted: true } => "Its file is gone; a draft is kept",
            Self::Gone { drafted: false } => "Its file is gone",
            Self::Clash { drafted: true } => "Changed elsewhere as well; a draft is kept",
            Self::Clash { drafted: false } => "Changed elsewhere as well",
        }
    }

    pub const fn is_saved(self) -> bool {
        matches!(self, Self::Saved | Self::Shipped)
    }
}

impl Keeping {
    /// How the text stands.
    pub fn state(&self) -> State {
        let drafted = self.is_drafted();
        match &self.standing {
            _ if self.clash.is_some() => State::Clash { drafted },
            Standing::Shipped if !self.differs => State::Shipped,
            Standing::File(_) if !self.differs => State::Saved,
            Standing::Nothing | Standing::Shipped => State::NeverSaved { drafted },
            Standing::File(_) | Standing::Unreadable(_) | Standing::NotText { .. } => State::NotSaved { drafted },
            Standing::Gone | Standing::Folder => State::Gone { drafted },
        }
    }

    /// Whether the draft holds the text as it is.
    pub fn is_drafted(&self) -> bool {
        self.drafting.holds == Some(self.version)
    }

    /// What stands in the way of the text being kept, and what can be done about it.
    pub fn trouble(&self) -> Option<String> {
        let name = self.place.file_name();
        let standing = match &self.standing {
            Standing::Gone => Some(format!(
                "{name} is no longer in its folder. Your text is here: save it to put it back, or save it under \
                 another name."
            )),
            Standing::Folder => Some(format!(
                "Where {name} was, there is a folder of that name now. Your text is here: save it under another name."
            )),
            Standing::Unreadable(why) => Some(format!(
                "{name} cannot be read any more: {why}. Your text is here. Ask for the right to read it, or save your \
                 text under another name."
            )),
            Standing::NotText { why, .. } => Some(format!(
                "Something else was written into {name}, and it is no text. {why} Your text is here: saving puts it \
                 back, and keeps what stands there now among the earlier copies."
            )),
            Standing::Shipped | Standing::Nothing | Standing::File(_) => None,
        };
        let draft = self.drafting.failed.as_ref().map(|(why, _)| {
            let mend = match self.place {
                Place::File(_) => "Save it soon, or save it under another name",
                Place::Shipped(_) => "Save it soon",
            };
            format!("No draft can be kept of what you write. {why} {mend}.")
        });
        match (standing, draft) {
            (Some(standing), Some(draft)) => Some(format!("{standing} {draft}")),
            (standing, draft) => standing.or(draft),
        }
    }
}
