//! The two hashes that a scenario is known by.
//!
//! Both are BLAKE3 over one canonical stream of the document, so comments, white space and line ends do not matter.
//! A field that is `None`, `false`, zero or empty is not part of the stream, nor is one that is not serialised at its
//! default: an optional field that a later version adds leaves the hashes of old scenarios as they are. Every value
//! carries a tag and every text its length, so no two documents share a stream.
//!
//! The *structure* hash leaves the wording out. What stays is what names, scores or directs, and of spoken lines
//! their shape: phrases, lapses, nod marks and facts, because recorded inputs refer to them. `allow` is in neither, nor
//! are the names of lines, which nobody sees and nothing scores by.

mod canon;

use serde::Serialize;

use crate::scenario::format::current::Scenario;
use crate::scenario::model::Hashes;
use canon::Canon;

/// Both hashes of a document, in one pass over it.
#[must_use]
pub fn hashes(document: &Scenario) -> Hashes {
    let mut canon = Canon::starting(&format!("simmer scenario {}\0", document.format));
    // The stream itself refuses nothing; only a type that refuses to be serialised could, and the document has none.
    let written = document.serialize(&mut canon);
    debug_assert!(written.is_ok(), "every type of the document can be serialised");
    canon.finish()
}

/// How far a field goes into the structure hash. The full hash has all but `Neither`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Whole.
    Both,
    /// Wording: not at all.
    FullOnly,
    /// How many texts there are, because inputs choose among them by number.
    Counted,
    /// The keys of a map whose values are wording.
    Keys,
    /// The shape of each spoken text.
    Spoken,
    /// Wording, but spoken: not at all.
    SpokenFullOnly,
    /// In neither hash.
    Neither,
}

/// What is wording in each type of the document, in the order of its fields; what is not listed goes into both hashes.
fn wording(type_name: &str) -> &'static [(&'static str, Reach)] {
    use Reach::{Counted, FullOnly, Keys, Neither, Spoken, SpokenFullOnly};
    match type_name {
        "Scenario" => &[
            ("title", FullOnly),
            ("version", FullOnly),
            ("author", FullOnly),
            ("licence", FullOnly),
            ("language", FullOnly),
            ("setting", FullOnly),
            ("you", FullOnly),
            ("content_note", FullOnly),
            ("teaser", FullOnly),
            ("record", FullOnly),
            ("yours", FullOnly),
            ("not_yours", FullOnly),
            ("intentions", Counted),
            ("facts", Keys),
            ("allow", Neither),
        ],
        "Customer" => &[
            ("name", FullOnly),
            ("address", FullOnly),
            ("pronoun", FullOnly),
            ("about", FullOnly),
            ("look", FullOnly),
            ("upset", FullOnly),
            ("objects", SpokenFullOnly),
        ],
        "Encounter" => &[
            ("title", FullOnly),
            ("setting", FullOnly),
            ("record", FullOnly),
            ("yours", FullOnly),
            ("not_yours", FullOnly),
            ("leaves", Spoken),
            ("escalates", Spoken),
            ("model_note", FullOnly),
        ],
        "Node" => &[("says", Spoken), ("coach", FullOnly)],
        "ConditionalLine" | "Volunteer" => &[("says", Spoken)],
        "Bait" => &[("text", FullOnly), ("answer", Spoken)],
        "Reflect" => &[("right", FullOnly), ("wrong", Counted)],
        "Reply" => &[
            ("gist", FullOnly),
            ("text", FullOnly),
            ("subtext", FullOnly),
            ("why", FullOnly),
            ("hears", FullOnly),
            ("answer", Spoken),
            ("coach", FullOnly),
        ],
        "Promise" => &[("text", FullOnly), ("start", FullOnly), ("due", FullOnly)],
        "Need" | "Gift" | "Ending" | "Tile" => &[("text", FullOnly)],
        "DiaryEvent" => &[("at", FullOnly), ("text", FullOnly)],
        "Choice" => &[("text", FullOnly), ("result", FullOnly), ("why", FullOnly)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
