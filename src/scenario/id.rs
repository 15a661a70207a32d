//! Names after `resolve`: small numbers that index the scenario's lists, each a type of its own.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub u16);

            impl $name {
                /// The place in the list that it names.
                #[must_use]
                pub const fn index(self) -> usize {
                    self.0 as usize
                }

                /// The id of the `index`-th entry. Lists are kept below 65,536 entries by the format's limits.
                ///
                /// # Panics
                /// Where `index` is beyond those limits.
                #[must_use]
                pub const fn at(index: usize) -> Self {
                    assert!(index <= u16::MAX as usize, "the format limits every list to 65,536 entries");
                    #[expect(clippy::cast_possible_truncation, reason = "asserted one line above")]
                    Self(index as u16)
                }
            }
        )+
    };
}

ids! {
    /// An encounter of the scenario.
    EncounterId,
    /// A node of one encounter.
    NodeId,
    /// A reply of one encounter, counted through all of its nodes.
    ReplyId,
    /// An ending of one encounter.
    EndingId,
    /// A note tile of one encounter.
    TileId,
    /// A diary event of one encounter.
    EventId,
    /// A choice of one diary event.
    ChoiceId,
    /// A fact of the scenario.
    FactId,
    /// A part of the hidden need.
    NeedId,
    /// A promise of the scenario.
    PromiseId,
    /// A flag of the scenario.
    FlagId,
    /// A grievance of one encounter.
    GrievanceId,
}
