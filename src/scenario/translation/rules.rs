//! Every rule about translations, by its name, which says the problem.

pub const MISSING: &str = "translation-missing";
pub const STALE: &str = "translation-stale";
pub const OF_NOTHING: &str = "translation-of-nothing";
pub const OTHER_MARKS: &str = "translation-with-other-marks";
pub const UNREADABLE: &str = "unreadable-translation";

/// Each with one line on what it finds.
pub const RULES: &[(&str, &str)] = &[
    (MISSING, "A text of the scenario has no translation."),
    (STALE, "A translation is marked as uncertain, or was made of words that the author has changed."),
    (OF_NOTHING, "A translation is of a text that the scenario does not have."),
    (OTHER_MARKS, "The translation of a spoken line has other marks than the line."),
    (UNREADABLE, "A catalogue of translations cannot be read."),
];
