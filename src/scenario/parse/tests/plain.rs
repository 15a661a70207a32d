//! What the plain reader reads, `ron` reads to the same; and what it is there for, it does read.

use serde::Deserialize;

use super::*;
use crate::scenario::format::current::{Condition, Entries, Slip};
use crate::scenario::parse::plain;
use crate::scenario::vocabulary::{Indicator, Upset};

const WHOLE: [&str; 5] = [
    GOOD,
    include_str!("../../resolve/sample.ron"),
    include_str!("../../../../scenarios/before-saturday.ron"),
    include_str!("../../../../scenarios/can-i-have-it-on.ron"),
    include_str!("../../../../scenarios/one-twelve.ron"),
];

/// Whether the plain reader reads it, and then as `ron` does.
#[track_caller]
fn reads<T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(text: &str) -> bool {
    let Some(read) = plain::read::<T>(text) else { return false };
    assert_eq!(options().from_str::<T>(text).as_ref(), Ok(&read), "{text}");
    true
}

#[test]
fn every_shipped_scenario_is_plain() {
    for text in WHOLE {
        assert!(reads::<current::Scenario>(text), "{text:.200}");
    }
}

#[test]
fn what_is_plain_is_read() {
    #[track_caller]
    fn check<T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(text: &str) {
        assert!(reads::<T>(text), "{text}");
    }
    check::<String>("// before\n \"a\" // behind");
    check::<String>(r#""Said “so” \"and\" it's \\ it\'s\n\there, more than a stretch of bytes long""#);
    check::<String>(r#""\"""#);
    check::<String>("\"two\n  lines\"");
    check::<Vec<u8>>("[]");
    check::<Vec<u8>>("[ 0, 12,255 , // the last\n ]");
    check::<Vec<u32>>("[007, 123456789]");
    check::<Vec<Option<bool>>>("[true, false]");
    check::<Entries<String, u8>>("{ \"a\": 1, \"a\" : 2 }");
    check::<Entries<Indicator, u8>>("{Paraphrase:1}");
    check::<Slip>("(Minor, Empathy)");
    check::<Slip>("Slip(Minor,Empathy,)");
    check::<Condition>("All([CutOff, Not(Any([Anger(from: 60,), Trust ()],)), Chose (\"a\" ,)])");
    check::<Condition>("Used(act: Vent, times: 2)");
    check::<Upset>("Fear");
}

#[test]
fn what_is_not_plain_is_left_to_ron() {
    #[track_caller]
    fn check<T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(text: &str) {
        assert!(plain::read::<T>(text).is_none(), "{text}");
    }
    // What `ron` reads.
    check::<String>("\u{85}\"a\"");
    check::<String>("/* before */ \"a\"");
    check::<String>("#![enable(implicit_some)] \"a\"");
    check::<String>("r#\"a\"#");
    for hidden in [r#""\u{202e}""#, r#""\x1b""#, r#""\r""#, r#""\0""#, "\"a\\\n b\""] {
        check::<String>(hidden);
    }
    for number in ["+1", "0x1", "1_0", "1u8", "b'1'", "0000000001"] {
        check::<u8>(number);
    }
    check::<Option<u8>>("Some(1)");
    check::<Option<u8>>("None");
    // What nobody reads.
    for text in ["", "\"", "\"a", "\"a\\", "\"a\\\"", "a", "\"a\" \"b\"", "\"a\",", "\"\\q\"", "“a”", "\"a\" /"] {
        check::<String>(text);
    }
    for number in ["", "-1", "256", "1.0", "1a", "1é", "a"] {
        check::<u8>(number);
    }
    for list in ["[", "[,]", "[1,,]", "[1 2]", "[1", "[1}", "1]"] {
        check::<Vec<u8>>(list);
    }
    for map in ["{", "{\"a\" 1}", "{\"a\":}", "{:1}", "{\"a\":1 \"b\":2}", "[\"a\":1]"] {
        check::<Entries<String, u8>>(map);
    }
    for slip in
        ["Slip (Minor, Empathy)", "Slop(Minor, Empathy)", "(Minor)", "(Minor, Empathy, Empathy)", "(Minor Empathy)"]
    {
        check::<Slip>(slip);
    }
    for condition in
        ["CutOff()", "Cutoff", "CutOffé", "Chose", "Chose(\"a\", \"b\")", "Anger(above: 1)", "Anger", "2Anger()"]
    {
        check::<Condition>(condition);
    }
}

#[test]
fn what_stands_too_deep_is_left_to_ron() {
    let deep = |depth: usize| format!("{}CutOff{}", "Not(".repeat(depth), ")".repeat(depth));
    assert!(reads::<Condition>(&deep(24)));
    assert!(options().from_str::<Condition>(&deep(40)).is_ok());
    // The deepest way there is, with what an optional takes besides.
    let deep = |depth: usize| format!("{}CutOff{}", "All([".repeat(depth), "])".repeat(depth));
    assert!(reads::<Option<Condition>>(&deep(12)));
    assert!((0..100).filter(|depth| reads::<Option<Condition>>(&deep(*depth))).count() == 13);
}

#[test]
fn a_text_cut_off_anywhere_is_left_to_ron() {
    for text in [GOOD, include_str!("../../resolve/sample.ron")] {
        let end = text.trim_end().len();
        for (cut, _) in text[..end].char_indices() {
            assert!(plain::read::<current::Scenario>(&text[..cut]).is_none(), "{cut}");
        }
    }
}

proptest! {
    /// Whatever becomes of a text, the plain reader never reads what `ron` refuses, nor reads it otherwise.
    #[test]
    fn a_changed_text_is_read_as_ron_reads_it(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, prop::sample::select(vec![
            "", " ", "\n", ",", ":", "(", ")", "[", "]", "{", "}", "\"", "\\", "\\n", "\\\"", "\\u{41}", "'", "/", "//", "/*", "*/",
            "0", "1", "60", "256", "-", "_", ".", "é", "“", "\u{85}", "\u{2028}", "\r", "\t", "\0", "a", "r#", "#", "None", "Some(",
            "true", "Reply", "id", "to: \"end\"", "CutOff", "text: \"\"",
        ])), 1..4),
    ) {
        let mut text = GOOD.to_owned();
        for (at, length, put) in changes {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((at + length).min(text.len())).max(at);
            text.replace_range(at..end, put);
        }
        reads::<current::Scenario>(&text);
    }
}
