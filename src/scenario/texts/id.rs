//! How the ids of texts are made, so that they outlive an edit.
//!
//! An id is the way to the text through the file, with names instead of places: `call/waited-in/went-unheard/gist`.
//! The maps and lists of encounters, nodes, replies and choices are left out of it. Where names of the author's stand
//! beside fields, a name that is also that of a field carries a `_`, which no name can have, so that no two texts
//! share an id.

use std::borrow::Cow;

/// What belongs to the customer.
pub(in crate::scenario) const CUSTOMER: &str = "customer";

/// The fields beside which names stand: those of a scenario beside its encounters, of an encounter beside its nodes,
/// of a node beside its replies, of a diary event beside its choices. Fields with a `_` cannot be names.
const FIELDS: [&str; 22] = [
    "title",
    "teaser",
    "setting",
    "record",
    "yours",
    "intentions",
    CUSTOMER,
    "you",
    "needs",
    "facts",
    "promises",
    "leaves",
    "escalates",
    "endings",
    "note",
    "diary",
    "says",
    "volunteers",
    "bait",
    "reflect",
    "coach",
    "text",
];
/// Letters of the hash that the words of a nameless text are known by: 40 bits.
const HASH_LETTERS: usize = 10;

/// The id of an encounter, which those of all texts in it begin with.
pub(in crate::scenario) fn encounter(name: &str) -> Cow<'_, str> {
    if FIELDS.contains(&name) { Cow::Owned(format!("{name}_")) } else { Cow::Borrowed(name) }
}

/// The id of something whose name stands beside the fields of its owner.
pub(in crate::scenario) fn beside(owner: &str, name: &str) -> String {
    within(owner, &encounter(name))
}

/// The id of a field, or of something in a map or list of its own.
pub(in crate::scenario) fn within(owner: &str, name: &str) -> String {
    [owner, "/", name].concat()
}

/// What stands for a name where a text of a list has none: made of its words, however they are typeset.
pub(super) fn of_words(words: &str) -> String {
    let plain = words
        .replace(['’', '‘'], "'")
        .replace(['“', '”'], "\"")
        .replace('—', "---")
        .replace('–', "--")
        .replace('…', "...");
    let mut hash = blake3::hash(plain.as_bytes()).to_hex().to_string();
    hash.truncate(HASH_LETTERS);
    hash
}
