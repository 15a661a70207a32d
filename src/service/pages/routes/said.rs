//! What is said to whoever just did something. It travels as a word of a closed list, so that nobody can put words of
//! their own into a page by a link.

use serde::Deserialize;

macro_rules! done {
    ($($variant:ident = $name:literal => $words:literal,)+) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Done { $($variant,)+ }

        impl Done {
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            pub(super) fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }

            fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

done! {
    Listed = "listed" => "You are shown on the boards again.",
    Unlisted = "unlisted" => "You are off every board.",
    Renamed = "renamed" => "Your name was changed, everywhere.",
    DeviceRevoked = "device-revoked" => "The device was revoked. It is let in no more.",
    Deleted = "deleted" => "Everything about you was deleted.",
    SettingsKept = "settings" => "The settings were kept.",
    TeamMade = "team-made" => "The team was made.",
    TeamRenamed = "team-renamed" => "The team has its new name.",
    TeamDropped = "team-dropped" => "The team was dropped.",
    PlayerMoved = "player-moved" => "The player was moved, with their scores.",
    RealNameKept = "real-name" => "The name was kept. It stands nowhere but here.",
    PlayerDeleted = "player-deleted" => "Everything about the player was deleted.",
    Published = "published" => "The scenario was published. It can be played for a rank from now on.",
    Retired = "retired" => "The scenario was taken out of play. Its boards stay.",
    Assigned = "assigned" => "The scenario was assigned. The team sees it in Simmer.",
    Unassigned = "unassigned" => "The assignment was taken back.",
    SeasonOpened = "season-opened" => "The season was opened.",
    SeasonClosed = "season-closed" => "The season was closed. Its boards stay.",
    Invalidated = "invalidated" => "The attempt is off the boards. It is kept.",
    Restored = "restored" => "The attempt stands where it stood.",
    TokenRevoked = "token-revoked" => "The token was revoked, and everybody who came in with it is out.",
}

/// The part of an address that says what was done.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    done: String,
}

impl Said {
    pub(super) fn done(&self) -> Option<Done> {
        Done::named(&self.done)
    }
}

#[cfg(test)]
mod tests {
    use super::{Done, Said};

    #[test]
    fn what_is_said_comes_from_the_list_alone() {
        for done in Done::ALL {
            assert_eq!(Said { done: done.name().to_owned() }.done(), Some(*done));
            assert!(done.words().ends_with('.'), "{}", done.words());
        }
        for other in ["", "Listed", "<b>", "listed "] {
            assert_eq!(Said { done: other.to_owned() }.done(), None, "{other}");
        }
    }
}
