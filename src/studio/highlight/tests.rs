use proptest::prelude::*;

use super::*;
use crate::scenario::parse::{LexemeKind, lexemes};

fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    });
    lines.collect()
}

fn opens(text: &str) -> Opens {
    let ranges = ranges(text);
    Opens::of(text, ranges.len(), |line| ranges[line].clone())
}

fn stretches(text: &str) -> Vec<Stretch> {
    let opens = opens(text);
    let lines = ranges(text).into_iter().enumerate();
    lines.flat_map(|(at, range)| line(text, range, opens.at(at)).stretches).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(Ink, &str)]) {
    let found = stretches(text);
    let found: Vec<_> = found.iter().map(|stretch| (stretch.ink, &text[stretch.range.clone()])).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn every_kind_of_thing_has_its_ink() {
    use Ink::{Bracket, Field, Name, Number, Remark, Sign, Strange, Text, Word};
    check("title: \"A day\",", &[(Field, "title"), (Sign, ":"), (Text, "\"A day\""), (Sign, ",")]);
    check("\"first\": Node(", &[(Name, "\"first\""), (Sign, ":"), (Word, "Node"), (Bracket, "(")]);
    check("to: \"second-2\"", &[(Field, "to"), (Sign, ":"), (Name, "\"second-2\"")]);
    check(
        "{ OpenQuestion: -2 }",
        &[(Bracket, "{"), (Word, "OpenQuestion"), (Sign, ":"), (Number, "-2"), (Bracket, "}")],
    );
    check("\"It is {van}.\"", &[(Text, "\"It is "), (Name, "{van}"), (Text, ".\"")]);
    check("a // b", &[(Word, "a"), (Remark, "// b")]);
    check("/* a\n/* b */ c\n*/ d", &[(Remark, "/* a"), (Remark, "/* b */ c"), (Remark, "*/"), (Word, "d")]);
    check("r#\"a\nb\"# c", &[(Text, "r#\"a"), (Text, "b\"#"), (Word, "c")]);
    check("a ; 'b'", &[(Word, "a"), (Strange, ";"), (Strange, "'b'")]);
    check("\"a \\\" b\" c", &[(Text, "\"a \\\" b\""), (Word, "c")]);
}

#[test]
fn a_text_may_go_on_in_the_next_line() {
    use Ink::{Field, Sign, Text};
    check("a: \"One\ntwo.\",", &[(Field, "a"), (Sign, ":"), (Text, "\"One"), (Text, "two.\""), (Sign, ",")]);
}

#[test]
fn a_forgotten_quote_mark_ends_with_its_line() {
    use Ink::{Field, Name, Sign, Text};
    check(
        "a: \"One\nb: \"two\"",
        &[(Field, "a"), (Sign, ":"), (Text, "\"One"), (Field, "b"), (Sign, ":"), (Name, "\"two\"")],
    );
}

/// What is well written is cut up as reading it does.
#[test]
fn the_shipped_scenarios_are_cut_up_as_they_are_read() {
    for text in [
        include_str!("../../../scenarios/before-saturday.ron"),
        include_str!("../../../scenarios/one-twelve.ron"),
        include_str!("../../../tests/fixtures/tables-turned.ron"),
    ] {
        let inks = stretches(text);
        let at = |byte: usize| inks.iter().find(|stretch| stretch.range.contains(&byte)).map(|stretch| stretch.ink);
        for lexeme in lexemes(text).expect("it is well written") {
            let ink = at(lexeme.span.start);
            let fits = match lexeme.kind {
                LexemeKind::Open(_) | LexemeKind::Close(_) => ink == Some(Ink::Bracket),
                LexemeKind::Comma | LexemeKind::Colon => ink == Some(Ink::Sign),
                LexemeKind::LineRemark | LexemeKind::BlockRemark | LexemeKind::Attribute => ink == Some(Ink::Remark),
                LexemeKind::Atom if text[lexeme.span.range()].starts_with('"') => {
                    matches!(ink, Some(Ink::Text | Ink::Name))
                }
                LexemeKind::Atom => matches!(ink, Some(Ink::Field | Ink::Word | Ink::Number | Ink::Text)),
            };
            assert!(fits, "{:?} {:?} is {ink:?}", lexeme.kind, &text[lexeme.span.range()]);
        }
    }
}

proptest! {
    #[test]
    fn stretches_are_in_order_and_whole(text in "[a-zé\"/*(){}#r:,' \\\\\n]{0,60}") {
        let mut end = 0;
        for stretch in stretches(&text) {
            prop_assert!(stretch.range.start >= end && stretch.range.start < stretch.range.end);
            prop_assert!(text.get(stretch.range.clone()).is_some());
            end = stretch.range.end;
        }
    }

    #[test]
    fn what_is_kept_is_what_reading_anew_gives(
        text in "[ab\"/*\n]{0,50}",
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[ab\"/*\n]{0,4}"), 1..8),
    ) {
        let mut text = text;
        let mut kept = opens(&text);
        for (one, other, inserted) in edits {
            let (one, other) = (one.index(text.len() + 1), other.index(text.len() + 1));
            let range = one.min(other)..one.max(other).min(one.min(other) + 6);
            let line = |text: &str, byte: usize| text[..byte].matches('\n').count();
            let old = line(&text, range.start)..line(&text, range.end) + 1;
            text.replace_range(range, &inserted);
            let ranges = ranges(&text);
            kept.changed(&text, old, inserted.matches('\n').count() + 1, |line| ranges[line].clone());
            let fresh = opens(&text);
            for at in 0..ranges.len() {
                prop_assert_eq!(kept.at(at), fresh.at(at), "line {} of {:?}", at, text);
            }
        }
    }
}
