pub use crate::studio::keys::KeyGroup;

/// Every key there is.
pub const KEYS: &[KeyGroup] = &[
    KeyGroup {
        name: "Everywhere",
        keys: &[
            ("Tab", "to the next thing"),
            ("Shift Tab", "to the one before"),
            ("Enter", "does what has the ring around it"),
            ("Esc", "back"),
        ],
    },
    KeyGroup {
        name: "Customers",
        keys: &[("↑ ↓", "from customer to customer"), ("Home End", "to the first, to the last")],
    },
    KeyGroup { name: "Before a call", keys: &[("1 2 3", "pick an intention, or put it back")] },
    KeyGroup {
        name: "A moment to try again",
        keys: &[
            ("1 to 9", "choose what you would say"),
            ("↑ ↓", "from reply to reply"),
            ("Enter", "say it; then on to the next moment"),
        ],
    },
    KeyGroup {
        name: "Progress", keys: &[("T", "the curve as a table"), ("← →", "on the curve: from call to call")]
    },
    KeyGroup {
        name: "In a call",
        keys: &[
            ("1 to 9", "choose a reply; while they speak, pin it"),
            ("↑ ↓", "from reply to reply"),
            ("Enter", "speak the chosen reply"),
            ("Space", "speak now, before they are done"),
            ("N", "nod; on the phone, “mm-hm”"),
            ("B", "breathe"),
            ("R", "reflect: name what they feel"),
            ("J", "jot down a fact"),
            ("P", "pause"),
        ],
    },
];
