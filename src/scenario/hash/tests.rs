use proptest::prelude::*;

use super::*;

const SAMPLE: &str = include_str!("../resolve/sample.ron");

fn document(text: &str) -> Scenario {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Whether the edit changes the full hash, and the structure hash.
fn changes(old: &str, new: &str) -> (bool, bool) {
    assert!(SAMPLE.contains(old), "the sample has no {old}");
    let (before, after) = (hashes(&document(SAMPLE)), hashes(&document(&SAMPLE.replacen(old, new, 1))));
    (before.full != after.full, before.structure != after.structure)
}

const NEITHER: (bool, bool) = (false, false);
const WORDING: (bool, bool) = (true, false);
const BOTH: (bool, bool) = (true, true);

#[test]
fn comments_and_what_may_be_left_out_change_nothing() {
    assert_eq!(changes("channel: Phone,", "channel: /* by phone */ Phone, // so\n"), NEITHER);
    assert_eq!(changes("channel: Phone,", "channel: Phone, author: \"\", record: [],"), NEITHER);
    assert_eq!(changes("about: \"44,", "upset: Anger, about: \"44,"), NEITHER);
    assert_eq!(changes("grievance:", "core: false, provokes: false, sets: [], grievance:"), NEITHER);
    assert_eq!(changes("flags:", "allow: [(rule: \"gist-length\", because: \"so\")], flags:"), NEITHER);
}

#[test]
fn the_name_of_a_line_is_in_neither_hash() {
    for line in [
        "says: [\"",
        "(when: Anger(from: 60), says: [\"",
        "volunteers: (says: \"",
        "answer: [\"",
        "answer: \"",
        "leaves: \"",
        "escalates: \"",
    ] {
        assert_eq!(changes(line, &format!("{line}#rang-twice ")), NEITHER, "{line}");
    }
    let objects = "about: \"44,".to_owned();
    let named = SAMPLE.replacen(&objects, "objects: \"#rang I was talking.\", about: \"44,", 1);
    let bare = named.replace("#rang ", "");
    assert_eq!(hashes(&document(&named)), hashes(&document(&bare)));
    // In any other text it is part of the words.
    assert_eq!(changes("title: \"", "title: \"#rang-twice "), WORDING);
}

#[test]
fn wording_changes_only_the_full_hash() {
    assert_eq!(changes("title: \"Before Saturday\"", "title: \"Before Sunday\""), WORDING);
    assert_eq!(changes("The photo shows no. 14.", "The photo shows door 14."), WORDING);
    assert_eq!(changes("I stayed in yesterday and", "I was in yesterday, and I"), WORDING);
    assert_eq!(changes("Say back what happened", "Say back the story"), WORDING);
    assert_eq!(changes("She is bored", "She is tired"), WORDING);
    assert_eq!(changes("about: \"44,", "address: \"Ms Quint\", about: \"44,"), WORDING);
    assert_eq!(changes("about: \"44,", "upset: Fear, about: \"44,"), WORDING);
    assert_eq!(changes("about: \"44,", "objects: \"I was talking.\", about: \"44,"), WORDING);
    assert_eq!(changes("leaves: \"I have had enough.\"", "leaves: \"I have had quite enough.\""), WORDING);
    assert_eq!(changes("grievance:", "coach: \"Wait.\", grievance:"), WORDING);
    assert_eq!(changes("due: \"Fri 18:30\"", "start: \"Fri 18:00\", due: \"Fri 18:30\""), WORDING);
}

#[test]
fn what_names_scores_or_directs_changes_both() {
    assert_eq!(changes("difficulty: 2", "difficulty: 3"), BOTH);
    assert_eq!(changes("anger: 40", "anger: 41"), BOTH);
    assert_eq!(changes("\"wrong-door\": \"The", "\"door\": \"The"), BOTH);
    assert_eq!(changes("Paraphrase: 4", "Paraphrase: 3"), BOTH);
    assert_eq!(changes("to: \"gone\"", "to: \"done\""), BOTH);
    assert_eq!(changes("grievance:", "core: true, grievance:"), BOTH);
    assert_eq!(changes("(Minor, NeedsAssessment)", "(Minor, Empathy)"), BOTH);
    assert_eq!(changes("id: \"call\", start", "id: \"call\", record: [], start"), WORDING);
}

#[test]
fn the_shape_of_a_spoken_line_is_structure() {
    assert_eq!(changes("nothing. ||", "nothing."), BOTH);
    assert_eq!(changes("nothing. ||", "nothing. ||4.0"), BOTH);
    assert_eq!(changes("you came. ~", "you came. !~"), BOTH);
    assert_eq!(changes("you came. ~", "you came. {stall} ~"), BOTH);
    assert_eq!(changes("{wrong-door}", "{stall}"), BOTH);
    assert_eq!(changes("[\"Nobody asked me", "[\"Ask me what I need. Nobody asked me"), BOTH);
    assert_eq!(changes("[\"Nobody asked me", "[\"Nobody ever did.\", \"Nobody asked me"), BOTH);
}

#[test]
fn the_hashes_of_the_sample_stay_what_they_are() {
    let hashes = hashes(&document(SAMPLE));
    insta::assert_snapshot!(format!("{}\n{}", hashes.full, hashes.structure), @r"
    04697634f733e6e46684d34f9d05dabfa50cab2fdb75bfd117124bf7e529074b
    094b3ef601e51c3b25f6f926881517c875a740dbb93067a3ba3ef8c134fc67c4
    ");
}

proptest! {
    #[test]
    fn line_ends_and_comments_never_matter(breaks in prop::collection::vec(prop::bool::ANY, 1..20), comment in "[a-z ]{0,12}") {
        let mut text = String::new();
        for (line, crlf) in SAMPLE.lines().zip(breaks.iter().cycle()) {
            text.push_str(line);
            text.extend([if *crlf { "\r\n" } else { "\n" }, "// ", &comment, "\n"]);
        }
        prop_assert_eq!(hashes(&document(&text)), hashes(&document(SAMPLE)));
    }

    #[test]
    fn any_changed_text_changes_the_full_hash(place in 0_usize..60, letter in "[a-z]") {
        // A letter more in the place-th quoted text of the file.
        let quotes: Vec<usize> = SAMPLE.match_indices('"').map(|(at, _)| at).collect();
        let at = quotes[(place * 2) % quotes.len()] + 1;
        let text = format!("{}{letter}{}", &SAMPLE[..at], &SAMPLE[at..]);
        prop_assert_ne!(hashes(&document(&text)).full, hashes(&document(SAMPLE)).full);
    }
}
