//! Every rule that `resolve` can report, by its name, which says the problem.

/// Declares the rules: a constant for each, and the table of all of them.
macro_rules! rules {
    ($($name:ident = $text:literal: $summary:literal,)+) => {
        $(#[doc = $summary] pub const $name: &str = $text;)+

        /// Every rule of this module with one line on what it finds.
        pub const RULES: &[(&str, &str)] = &[$(($text, $summary),)+];
    };
}

rules! {
    // Names.
    DUPLICATE_NAME = "duplicate-name": "Two things of one kind have the same name, so that only the first can be meant.",
    ID_SPELLING = "id-spelling": "A name has something in it other than lower-case letters, digits and hyphens.",
    UNKNOWN_TARGET = "unknown-target": "A reply leads to a node or an ending that does not exist.",
    UNKNOWN_NODE = "unknown-node": "A node is named that does not exist in this encounter.",
    UNKNOWN_REPLY = "unknown-reply": "A reply is named that does not exist in this place.",
    UNKNOWN_TILE = "unknown-tile": "A note tile is named that does not exist in this encounter.",
    UNKNOWN_FACT = "unknown-fact": "A fact is named that the scenario does not list.",
    UNKNOWN_NEED = "unknown-need": "A part of the need is named that the scenario does not list.",
    UNKNOWN_PROMISE = "unknown-promise": "A promise is named that the scenario does not list.",
    UNKNOWN_FLAG = "unknown-flag": "A flag is named that the scenario does not list.",
    // Values.
    OUT_OF_RANGE = "out-of-range": "A number is smaller or larger than it may be, or weights do not add up to 100.",
    EMPTY_TEXT = "empty-text": "A text that people read or hear is empty.",
    TEXT_TOO_LONG = "text-too-long": "A text is longer than 4 KB.",
    TOO_MANY = "too-many": "A list is longer than it may be.",
    EMPTY_CONDITION = "empty-condition": "An All or Any has no condition in it.",
    DEEP_CONDITION = "deep-condition": "Conditions are nested more than 32 deep.",
    // The parts of a node.
    REPLY_COUNT = "reply-count": "A node has no reply, or more than 16.",
    READING_COUNT = "reading-count": "Reflect does not offer one right reading and two wrong ones.",
    NO_CHOICES = "no-choices": "A diary event leaves nothing to choose.",
    NO_ENCOUNTERS = "no-encounters": "The scenario has no encounter.",
    SHOWS_UNWEIGHED = "shows-unweighed": "A reply shows an indicator that its node does not weigh.",
    ENGINE_INDICATOR = "engine-indicator": "An indicator is weighed or shown that only the engine gives.",
    ENGINE_FLAW = "engine-flaw": "A flaw is named that only the engine finds.",
    BAIT_WITHOUT_LAPSE = "bait-without-lapse": "A bait waits for a lapse that the line does not have.",
    MALFORMED_MARK = "malformed-mark": "A mark inside a spoken line is unfinished, misplaced or misspelt.",
    PROMISE_NEVER_MADE = "promise-never-made": "No reply makes this promise.",
    PROMISE_NEVER_MATURES = "promise-never-matures": "A promise can be made, but no diary choice says what becomes of it.",
    START_AFTER_DUE = "start-after-due": "A promise falls due before it can be kept.",
    ALLOW_WITHOUT_REASON = "allow-without-reason": "A finding is allowed without saying why.",
    WRONG_SIDE = "wrong-side": "An act belongs to the other side of the desk: an agent’s where the trainee is the customer, or the other way round.",
    // Warnings.
    UNNAMED_LINE = "unnamed-line": "A line is one of several that have no name, so that translations and recordings cannot find it.",
    GIST_LENGTH = "gist-length": "A gist is not three to five words long.",
    FREE_TEMPTATION = "free-temptation": "A node is marked as a temptation, but nothing there tempts.",
    MISSING_SUBTEXT = "missing-subtext": "Reflect opens a reply that has nothing beneath it.",
    UNREADABLE_TIME = "unreadable-time": "Something falls due, but not on a day with a time or a date.",
    KEPT_BEFORE_START = "kept-before-start": "A choice keeps a promise at a time at which it cannot be kept yet.",
    KEPT_AFTER_DUE = "kept-after-due": "A choice keeps a promise after it fell due, and does not call it late.",
    UNUSED_FACT = "unused-fact": "A fact never comes to light, and nothing asks for it.",
    FACT_NEVER_REVEALED = "fact-never-revealed": "Something waits for a fact that never comes to light.",
    FLAG_NEVER_SET = "flag-never-set": "A condition waits for a flag that nothing sets.",
    FLAG_NEVER_READ = "flag-never-read": "A flag is never asked for.",
    NEED_NEVER_MET = "need-never-met": "No reply meets this part of the need.",
    UNREACHABLE_NODE = "unreachable-node": "No way leads to this node.",
    UNREACHABLE_ENDING = "unreachable-ending": "No way leads to this ending.",
    USELESS_START = "useless-start": "The first encounter has starts, but nothing comes before it.",
    UNUSED_ALLOW = "unused-allow": "A finding is allowed that does not occur.",
    UNKNOWN_RULE = "unknown-rule": "A finding is allowed under a name that no finding has.",
}

/// Whether the rule of this name is one of [`RULES`].
#[must_use]
pub fn is_listed(rule: &str) -> bool {
    RULES.iter().any(|(name, _)| *name == rule)
}

/// The rules of the room `lint`, which look at a scenario once all of its names lead somewhere. `allow` may name them
/// as well, so their names are part of the language; a test holds this list against the rules themselves.
pub const OF_LINT: &[&str] = &[
    "no-way-out",
    "loop-without-progress",
    "no-reply-on-offer",
    "condition-never-true",
    "condition-always-true",
    "shadowed-alternative",
    "never-reached",
    "condition-proved-false",
    "condition-proved-true",
    "not-settled",
    "too-little-evidence",
    "core-node-missed",
    "dominant-replies",
    "weak-runner-ups",
    "replies-alike",
    "score-against-customer",
    "compromise-never-arms",
    "best-play-too-low",
    "worst-play-too-high",
    "skill-out-of-reach",
    "best-score-on-worse-outcome",
    "random-play-off-target",
    "uneven-reply-lengths",
    "uneven-sentence-counts",
    "key-stands-out-by-length",
    "cue-gives-key-away",
    "long-reply",
    "long-turn",
    "placeholder",
    "misspelling",
    "cue-pays-over-library",
    "cue-satisfies-customers",
    "best-reply-known-by-looks",
];

/// Whether the rule of this name is one of [`RULES`] or [`OF_LINT`].
#[must_use]
pub fn is_known(rule: &str) -> bool {
    is_listed(rule) || OF_LINT.contains(&rule)
}
