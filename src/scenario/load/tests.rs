//! One run tells every problem of a file, and none that is not there.

use std::ops::Range;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Checked, OutputFormat, render::render};
use crate::scenario::resolve::rules::is_listed;

const SHIPPED: [&str; 3] = [
    include_str!("../../../scenarios/before-saturday.ron"),
    include_str!("../../../scenarios/can-i-have-it-on.ron"),
    include_str!("../../../scenarios/one-twelve.ron"),
];

/// A mistake that can be made in a file, one a line.
#[derive(Debug, Clone)]
struct Plant {
    line: usize,
    /// What is replaced, and by what.
    bytes: Range<usize>,
    put: String,
    /// What is told of it, and where: so many bytes after the beginning of what is put.
    rule: &'static str,
    told_at: usize,
}

/// Every mistake that this test knows how to make in a file.
fn plants(text: &str) -> Vec<Plant> {
    let mut plants = Vec::new();
    let mut start = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_reply_id = |index: usize| {
        let after: &str = lines.get(index + 1).copied().unwrap_or_default();
        lines[index].trim_start().starts_with("id:") && after.trim_start().starts_with("gist:")
    };
    let first_reply = (0..lines.len()).find(|index| is_reply_id(*index)).unwrap();
    for (index, line) in lines.iter().enumerate() {
        let field_at = start + line.len() - line.trim_start().len();
        start += line.len();
        let Some((field, value)) = line.trim_start().split_once(": ") else { continue };
        if !field.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            continue;
        }
        let value_at = field_at + field.len() + 2;
        let value = value.trim_end().trim_end_matches(',');
        let mut plant = |bytes: Range<usize>, put: String, rule, told_at| {
            plants.push(Plant { line: index, bytes, put, rule, told_at });
        };
        let whole = value_at..value_at + value.len();
        let is_text = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
        plant(field_at..field_at + field.len(), format!("{field}{}", &field[field.len() - 1..]), "unknown-field", 0);
        match field {
            "to" => plant(whole, "\"no-such-place-at-all\"".to_owned(), "unknown-target", 0),
            "meets" => plant(whole, "[\"no-such-need-at-all\"]".to_owned(), "unknown-need", 1),
            "difficulty" => plant(whole, "-3".to_owned(), "out-of-range", 0),
            "title" | "teaser" | "gist" | "text" | "hears" if is_text => plant(whole, "7".to_owned(), "wrong-type", 0),
            "why" if is_text => plant(whole.end..whole.end, ", why: \"\"".to_owned(), "duplicate-field", 2),
            "id" if is_reply_id(index) && index != first_reply && text.matches(value).count() == 1 => {
                let first = lines[first_reply].trim().trim_start_matches("id: ").trim_end_matches(',');
                plant(whole, first.to_owned(), "duplicate-name", 0);
            }
            "weigh" | "shows" => {
                let Some(name) = value.strip_prefix("{ ").and_then(|rest| rest.split(": ").next()) else { continue };
                let number_at = value_at + 2 + name.len() + 2;
                if index % 2 == 0 {
                    plant(
                        number_at..number_at + 1,
                        if index % 4 == 0 { "9" } else { "900" }.to_owned(),
                        "out-of-range",
                        0,
                    );
                } else {
                    let again = format!("{name}: 1, ");
                    let told_at = again.len();
                    plant(value_at + 2..value_at + 2, again, "duplicate-name", told_at);
                }
            }
            _ => {}
        }
    }
    plants
}

/// Makes some of the mistakes, at most one in a line, and holds what is told.
fn check(text: &str, mut plants: Vec<Plant>) -> Result<(), TestCaseError> {
    plants.sort_by_key(|plant| plant.bytes.start);
    plants.dedup_by_key(|plant| plant.line);
    let mut broken = String::new();
    let mut expected = Vec::new();
    let mut done = 0;
    for plant in &plants {
        broken.push_str(&text[done..plant.bytes.start]);
        expected.push((plant.rule, broken.len() + plant.told_at));
        broken.push_str(&plant.put);
        done = plant.bytes.end;
    }
    broken.push_str(&text[done..]);
    let loaded = load("broken.ron", broken.as_bytes());
    let told: Vec<_> = loaded.findings.iter().map(|finding| (finding.rule, finding.span.unwrap().start)).collect();
    prop_assert_eq!(told, expected, "{:#?}\n{}", plants, shown(&loaded));
    prop_assert!(loaded.scenario.is_none());
    Ok(())
}

fn shown(loaded: &Loaded) -> String {
    render(OutputFormat::Full, &[Checked { source: &loaded.source, findings: &loaded.findings }], false)
}

const SAMPLE: &str = include_str!("../resolve/sample.ron");

/// Holds which rules the sample breaks after some changes, in the order of the file.
#[track_caller]
fn check_sample(changes: &[(&str, &str)], expect: &[&str]) {
    let loaded = changed(changes);
    let told: Vec<_> = loaded.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(told, expect, "{}", shown(&loaded));
    assert_eq!(loaded.scenario.is_none(), loaded.errors() > 0);
}

/// The sample with each `(old, new)` replaced where it stands first.
#[track_caller]
fn changed(changes: &[(&str, &str)]) -> Loaded {
    let mut text = SAMPLE.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "the sample has no {old}");
        text = text.replacen(old, new, 1);
    }
    load("sample.ron", text.as_bytes())
}

#[test]
fn mistakes_of_spelling_and_names_that_lead_nowhere_are_told_together() {
    let loaded = changed(&[
        ("difficulty: 2", "difficulty: \"2\""),
        ("start: \"waited-in\"", "start: \"waited-im\""),
        ("gist: \"Book another visit\"", "jist: \"Book it\""),
        ("to: \"done\"", "to: \"finished\""),
        ("trust: 60, ", "trust: 600, "),
    ]);
    assert_snapshot!(shown(&loaded), @r#"
    error[wrong-type]: `difficulty` cannot be a text
     --> sample.ron:3:33
      |
    3 |     channel: Phone, difficulty: "2", teaser: "A fridge and a stall.",
      |                                 ^^^
      |
      = expected: a whole number from 1 to 5
      = help: write `2`

    error[unknown-node]: No node of the encounter `call` is called `waited-im`
      --> sample.ron:15:32
       |
    15 |             id: "call", start: "waited-im",
       |                                ^^^^^^^^^^^
       |
       = expected: the name of a node
       = help: did you mean `waited-in`?

    error[unknown-field]: `jist` is not a field of a reply
      --> sample.ron:39:47
       |
    39 | ...                   id: "book-again", jist: "Book it", text: "I have Tuesday.",
       |                                         ^^^^
       |
       = help: did you mean `gist`?

    warning[gist-length]: The gist `Book it` has 2 words
      --> sample.ron:39:53
       |
    39 | ...                   id: "book-again", jist: "Book it", text: "I have Tuesday.",
       |                                               ^^^^^^^^^
       |
       = expected: three to five words, so that it can be read while the customer speaks

    error[unknown-target]: No node or ending of the encounter `call` is called `finished`
      --> sample.ron:51:74
       |
    51 | ...                   why: "It is a promise.", hears: "Good.", to: "finished",
       |                                                                    ^^^^^^^^^^
       |
       = expected: the name of a node or an ending
       = help: there are `waited-in`, `nobody-asked`, `done`, `gone`

    error[out-of-range]: 600 is too large for `trust`
      --> sample.ron:65:95
       |
    65 | ...   starts: [(when: Any([Noted("photo"), Kept("callback")]), mood: (anger: 10, trust: 600, patience: 60, heard: 50, clarity: 50))],
       |                                                                                         ^^^
       |
       = expected: a whole number from 0 to 100
    "#);
}

#[test]
fn what_could_not_be_read_is_not_held_against_the_rest() {
    // A node that is none still stands under its key.
    check_sample(&[("\"nobody-asked\": Node(", "\"nobody-asked\": 5, \"asked\": Node(")], &["wrong-type"]);
    check_sample(&[("\"nobody-asked\": Node(", "5: Node(")], &["wrong-type"]);
    // A list that is none may have held any name.
    check_sample(
        &[("{ \"wrong-door\": \"The photo shows no. 14.\", \"stall\": \"She has a stall.\" }", "\"none\"")],
        &["wrong-type"],
    );
    check_sample(&[("flags: [\"sent\"]", "flags: [sent]")], &["wrong-type"]);
    check_sample(&[("flags: [\"sent\"]", "flag: \"sent\"")], &["unknown-field"]);
    check_sample(&[("flags: [\"sent\"],", "")], &["unknown-flag", "unknown-flag"]);
    check_sample(&[("flags: [\"sent\"],", "flags: [], flags: [\"sent\"],")], &["duplicate-field"]);
    // So may a reply or a tile without a name.
    check_sample(&[("id: \"went-unheard\"", "id: went-unheard")], &["wrong-type"]);
    check_sample(&[("id: \"photo\"", "id: 7")], &["wrong-type"]);
    check_sample(&[("id: \"photo\"", "idea: \"photo\"")], &["missing-field", "unknown-field"]);
    // Who was to set, meet, say or lead somewhere may have done so.
    check_sample(&[("sets: [\"sent\"]", "sets: 5")], &["wrong-type"]);
    check_sample(&[("meets: [\"cold\"]", "meats: \"cold\"")], &["unknown-field"]);
    check_sample(&[("to: \"done\"", "to: 5")], &["wrong-type"]);
    check_sample(&[("to: \"gone\"", "two: 5")], &["unknown-field"]);
    check_sample(&[("when: CutOff", "when: CutOf")], &["unknown-name"]);
    check_sample(&[("start: \"waited-in\",", "")], &["missing-field"]);
    check_sample(&[("fulfils: { \"callback\": Broken }", "fulfils: { \"callback\": Brocken }")], &["unknown-name"]);
    // What is measured against something unread.
    check_sample(&[("weight: 60", "weight: \"60\"")], &["wrong-type"]);
    check_sample(&[("outcome: 35", "outcome: 350")], &["out-of-range"]);
    check_sample(&[("Paraphrase: 2", "Paraphrse: 2")], &["unknown-name"]);
    check_sample(&[("says: [", "says: 5, aloud: [")], &["wrong-type", "unknown-field"]);
    check_sample(&[("wrong: [\"She is bored\", ", "wrong: [")], &["reading-count"]);
    check_sample(&[("wrong: [\"She is bored\"", "wrong: [bored")], &["wrong-type"]);
    check_sample(&[("Trust(from: 40)", "Trust(above: 40)")], &["unknown-field"]);
    check_sample(&[("subtext: \"I am", "subtext: 5, hint: \"I am")], &["wrong-type", "unknown-field"]);
}

#[test]
fn a_field_is_read_under_the_name_that_was_meant() {
    check_sample(
        &[("replies: [", "reples: ["), ("meets: [\"record\"]", "meets: [\"x\"]")],
        &["unknown-field", "unknown-need"],
    );
    let loaded = changed(&[("encounters: [", "encounter: ["), ("to: \"done\"", "to: \"dome\"")]);
    assert_eq!(loaded.findings.len(), 2);
    assert_eq!(&loaded.source.text()[loaded.findings[1].span.unwrap().range()], "\"dome\"");
}

#[test]
fn a_name_that_leads_nowhere_is_not_told_again_as_one_that_is_missed() {
    check_sample(&[("fact: \"stall\"", "fact: \"stal\"")], &["unknown-fact"]);
    check_sample(&[("{wrong-door}", "{wrong-dor}")], &["unknown-fact"]);
    check_sample(&[("meets: [\"cold\"]", "meets: [\"colt\"]")], &["unknown-need"]);
    check_sample(&[("promises: [\"callback\"]", "promises: [\"calback\"]")], &["unknown-promise"]);
    check_sample(&[("sets: [\"sent\"]", "sets: [\"send\"]")], &["unknown-flag"]);
    let allow = ("flags:", "allow: [(rule: \"unused-fact\", because: \"later\")], flags:");
    check_sample(&[allow], &["unused-allow"]);
    check_sample(&[allow, ("fact: \"stall\"", "fact: \"stal\"")], &["unknown-fact"]);
    check_sample(&[allow, ("title: \"Before Saturday\"", "title: 5")], &["wrong-type"]);
}

#[test]
fn an_unreadable_character_hides_no_other_problem() {
    let changes = [
        ("\"Marisol Quint\"", "\"Marisol\u{7} Quint\""),
        ("start: \"waited-in\"", "start: \"wai\u{200b}ted-in\""),
        ("to: \"done\"", "to: \"dome\""),
        ("difficulty: 2", "difficulty: 20"),
    ];
    check_sample(&changes, &["out-of-range", "control-character", "invisible-character", "unknown-target"]);
    let loaded = changed(&changes);
    let spans = loaded.findings.iter().map(|finding| &loaded.source.text()[finding.span.unwrap().range()]);
    assert_eq!(spans.collect::<Vec<_>>(), ["20", "\u{7}", "\u{200b}", "\"dome\""]);
    // An escape that hides something is no reason to stop, either.
    check_sample(
        &[("\"Marisol Quint\"", r#""Marisol\x07 Quint""#), ("to: \"done\"", "to: \"dome\"")],
        &["control-character", "unknown-target"],
    );
}

#[test]
fn a_file_in_another_encoding_is_judged_but_for_what_cannot_be_read() {
    let text = SAMPLE.replacen("id: \"photo\"", "id: \"ph^to\"", 1).replacen("to: \"done\"", "to: \"dome\"", 1);
    let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'^' { 0xE9 } else { byte }).collect();
    let loaded = load("sample.ron", &bytes);
    let told: Vec<_> = loaded.findings.iter().map(|finding| finding.rule).collect();
    assert!(told.contains(&"not-utf8") && told.contains(&"unknown-target"), "{}", shown(&loaded));
    assert!(!told.contains(&"id-spelling"), "{}", shown(&loaded));
    assert!(loaded.scenario.is_none());
}

#[test]
fn of_what_stands_twice_the_first_is_shown_as_well() {
    let first = |old: &str, new: &str| {
        let loaded = changed(&[(old, new)]);
        let finding = loaded.findings.iter().find(|finding| finding.rule == "duplicate-name").unwrap();
        let (span, also) = (finding.span.unwrap(), &finding.also[0]);
        assert!(also.span.start < span.start, "{}", shown(&loaded));
        assert_eq!(also.label, "the first one");
        loaded.source.text()[also.span.range()].to_owned()
    };
    assert_eq!(first("id: \"book-again\"", "id: \"went-unheard\""), "\"went-unheard\"");
    assert_eq!(first("\"nobody-asked\": Node(", "\"waited-in\": Node("), "\"waited-in\"");
    assert_eq!(first("\"gone\": (text", "\"done\": (text"), "\"done\"");
    assert_eq!(first("\"gone\": (text", "\"waited-in\": (text"), "\"waited-in\"");
    assert_eq!(first("flags: [\"sent\"]", "flags: [\"sent\", \"sent\"]"), "\"sent\"");
    assert_eq!(first("id: \"again\"", "id: \"call\""), "\"call\"");
}

#[test]
fn a_key_that_stands_twice_is_told_beside_other_mistakes() {
    let changes = [("\"record\": (weight: 40", "\"cold\": (wait: 40"), ("meets: [\"record\"]", "meets: []")];
    check_sample(&changes, &["duplicate-name", "missing-field", "unknown-field"]);
}

/// What `resolve` says of a file besides what is certain however its brackets fit, with what the file breaks.
fn echoes(text: &str, what: &str) -> Option<String> {
    let certain = ["malformed-mark", "empty-text", "id-spelling", "duplicate-name", "gist-length", "unreadable-time"];
    let loaded = load("broken.ron", text.as_bytes());
    let rules = loaded.findings.iter().map(|finding| finding.rule);
    let echoes: Vec<_> = rules.filter(|rule| is_listed(rule) && !certain.contains(rule)).collect();
    (!echoes.is_empty()).then(|| format!("{what}: {echoes:?}\n{}", shown(&loaded)))
}

/// Where one sign of the file's structure is missing or stands twice, something may stand in the wrong bracket.
#[test]
fn a_bracket_or_a_quote_mark_brings_no_echoes() {
    let mut found = Vec::new();
    for (at, sign) in SAMPLE.char_indices().filter(|(_, sign)| "()[]{},:\"".contains(*sign)) {
        for put in ["", &format!("{sign}{sign}")] {
            let text = format!("{}{put}{}", &SAMPLE[..at], &SAMPLE[at + 1..]);
            found.extend(echoes(&text, &format!("byte {at}, `{put}` for `{sign}`")));
        }
    }
    assert!(found.is_empty(), "{} of them\n{}", found.len(), found.join("\n\n"));
}

#[test]
fn a_file_cut_anywhere_brings_no_echoes() {
    let ends = (0..SAMPLE.trim_end().len()).filter(|end| SAMPLE.is_char_boundary(*end));
    let found: Vec<_> = ends.filter_map(|end| echoes(&SAMPLE[..end], &format!("cut at {end}"))).collect();
    assert!(found.is_empty(), "{} of them\n{}", found.len(), found.join("\n\n"));
}

/// The findings of a file in which one bracket of `brackets` is lost, for every one of them.
fn findings_of_each_lost(file: &str, brackets: &[u8]) -> Vec<usize> {
    let mut in_text = false;
    let mut lost = Vec::new();
    for (at, byte) in file.bytes().enumerate() {
        let escaped = at > 0 && file.as_bytes()[at - 1] == b'\\';
        in_text ^= byte == b'"' && !escaped;
        if !in_text && brackets.contains(&byte) {
            lost.push(at);
        }
    }
    let without = |at: usize| [&file[..at], &file[at + 1..]].concat();
    lost.into_iter().map(|at| load("a.ron", without(at).as_bytes()).findings.len()).collect()
}

#[test]
fn one_lost_bracket_is_not_told_by_its_echoes() {
    let file: String = SHIPPED[1].split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect();
    let closing = findings_of_each_lost(&file, b")]}");
    assert!(closing.iter().all(|findings| (1..=2).contains(findings)), "{closing:?}");
    let mut opening = findings_of_each_lost(&file, b"([{");
    opening.sort_unstable();
    assert!(opening[0] >= 1 && opening[opening.len() / 2] <= 4 && opening[opening.len() - 1] <= 12, "{opening:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_mistake_is_told_in_one_run_and_no_other(which in 0_usize..3, picks in prop::collection::vec(any::<usize>(), 1..12)) {
        let text = SHIPPED[which];
        let all = plants(text);
        check(text, picks.into_iter().map(|pick| all[pick % all.len()].clone()).collect())?;
    }

    #[test]
    fn any_bytes_are_survived(which in 0_usize..3, at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..12)) {
        let mut broken = SHIPPED[which].as_bytes().to_vec();
        let at = at.index(broken.len());
        broken.splice(at..(at + bytes.len() / 2).min(broken.len()), bytes);
        shown(&load("broken.ron", &broken));
    }
}
