use proptest::prelude::*;

use super::{WIDTH, format_file, format_text};
use crate::scenario::load::load;
use crate::scenario::parse::{LexemeKind, lexemes};
use crate::scenario::vocabulary::Upset;

/// What is formatted comes out as expected, and stays so.
#[track_caller]
fn check(text: &str, expected: &str) {
    let once = format_text(text).unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(once, expected);
    assert_eq!(format_text(&once).unwrap(), once, "and formatted again it is the same");
}

/// The words of a text, and its remarks, each in their order. A remark may move to the start of the field in whose middle
/// it stood, so the two are compared apart.
fn pieces(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut words, mut remarks) = (Vec::new(), Vec::new());
    for lexeme in lexemes(text).unwrap_or_else(|findings| panic!("{findings:#?}\n{text}")) {
        let written = text[lexeme.span.range()].trim_end().to_owned();
        match lexeme.kind {
            LexemeKind::Comma => {}
            LexemeKind::LineRemark | LexemeKind::BlockRemark | LexemeKind::Attribute => remarks.push(written),
            LexemeKind::Open(_) | LexemeKind::Close(_) | LexemeKind::Colon | LexemeKind::Atom => words.push(written),
        }
    }
    remarks.sort();
    (words, remarks)
}

#[test]
fn what_fits_stands_on_one_line_and_what_does_not_is_broken_at_its_brackets() {
    check("( a:1,b : [ 2,3 ],c:{d:4} )", "(a: 1, b: [2, 3], c: { d: 4 })\n");
    check("(a:(),b:[ ],c:{ },)", "(a: (), b: [], c: {})\n");
    let long = "x".repeat(WIDTH);
    check(&format!("(a: [ \n\"{long}\"], b: 1)"), &format!("(\n    a: [\n        \"{long}\",\n    ],\n    b: 1,\n)\n"));
    let many = "word, ".repeat(WIDTH / 6);
    check(
        &format!("(a: [{many}word])"),
        &format!("(\n    a: [\n{}    ],\n)\n", "        word,\n".repeat(WIDTH / 6 + 1)),
    );
    check("Node(says: [\"a\"], core: true)", "Node(\n    says: [\"a\"],\n    core: true,\n)\n");
}

#[test]
fn a_line_is_full_at_120_columns_with_its_comma() {
    let fits = "x".repeat(WIDTH - "    a: [\"\"],".len());
    check(&format!("Node(a: [\"{fits}\"])"), &format!("Node(\n    a: [\"{fits}\"],\n)\n"));
    check(&format!("Node(a: [\"{fits}x\"\n])"), &format!("Node(\n    a: [\n        \"{fits}x\",\n    ],\n)\n"));
}

#[test]
fn what_only_texts_and_indentation_make_too_long_stays_on_the_line_that_its_author_gave_it() {
    let long = "x".repeat(WIDTH);
    let row = format!("(id: \"{long}\", text: \"{long}\", weight: 2)");
    check(&format!("Node(note: [\n  {row}])"), &format!("Node(\n    note: [\n        {row},\n    ],\n)\n"));
    check(&format!("Node(says: [\"{long}\"])"), &format!("Node(\n    says: [\"{long}\"],\n)\n"));
    let words = format!("d: [{}]", ["word"; 19].join(", "));
    check(
        &format!("(\na: (\nb: (\nc: (\n{words}))))"),
        &format!(
            "(\n    a: (\n        b: (\n            c: (\n                {words},\n            ),\n        ),\n    ),\n)\n"
        ),
    );
}

#[test]
fn what_the_author_broke_stays_broken() {
    check("(\na: 1, b: 2)", "(\n    a: 1,\n    b: 2,\n)\n");
    check("(a: 1,\n b: 2)", "(a: 1, b: 2)\n");
    check("[\nNod, Finish,\nSpeak(\"a\"),\n]", "[\n    Nod, Finish,\n    Speak(\"a\"),\n]\n");
    check("[\n\"a\", \"b\"\n]", "[\n    \"a\",\n    \"b\",\n]\n");
}

#[test]
fn conditions_embrace_what_is_in_them() {
    check(
        "(when: All([\nNot(Any([\nChose(\"a\"), Chose(\"b\")])), CutOff]))",
        "(\n    when: All([\n        Not(Any([\n            Chose(\"a\"), Chose(\"b\"),\n        ])),\n        CutOff,\n    ]),\n)\n",
    );
}

#[test]
fn every_remark_stays_with_what_it_is_about() {
    check(
        "// top\n\n\n// second\n( // beside\n// before a\na: 1, // behind a\n\n\n/* b */ b: 2 /* behind b */,\n// last\n)\n// end",
        "// top\n\n// second\n( // beside\n    // before a\n    a: 1, // behind a\n\n    /* b */ b: 2, /* behind b */\n    // last\n)\n// end\n",
    );
    check("[1, /* two */ 2 /* behind */, 3]", "[1, /* two */ 2 /* behind */, 3]\n");
    check("(a /* x */ : /* y */ 1)", "(\n    /* x */\n    /* y */\n    a: 1,\n)\n");
    check("[1 // one\n, 2]", "[\n    1, // one\n    2,\n]\n");
    check("/* one\n   two */ (a: 1)", "/* one\n   two */ (a: 1)\n");
    check("#![enable(implicit_some)]\n(a: 1)", "#![enable(implicit_some)]\n(a: 1)\n");
    check("[ // nothing yet\n]", "[ // nothing yet\n]\n");
}

#[test]
fn texts_of_several_lines_and_raw_texts_are_left_alone() {
    check("(a: \"one\n  two\", b: r#\"x \" y\"#)", "(\n    a: \"one\n  two\",\n    b: r#\"x \" y\"#,\n)\n");
}

#[test]
fn line_ends_and_byte_order_marks_are_made_one() {
    assert_eq!(
        format_file("a.ron", b"\xEF\xBB\xBF(a: 1,\r\n// x\r\nb: 2)").unwrap(),
        "(\n    a: 1,\n    // x\n    b: 2,\n)\n"
    );
}

#[test]
fn what_is_not_well_written_is_refused_with_its_place() {
    for text in ["(a: 1", "(a: \"no end)", "[1 2]", "", "(a; 1)"] {
        let refused = format_file("a.ron", text.as_bytes()).expect_err(text);
        assert!(!refused.findings.is_empty(), "{text}");
    }
    assert!(format_file("a.ron", b"S\0c\0e\0n\0").is_err());
}

const SHIPPED: [&str; 3] = [
    include_str!("../../../scenarios/before-saturday.ron"),
    include_str!("../../../scenarios/can-i-have-it-on.ron"),
    include_str!("../../../scenarios/one-twelve.ron"),
];

#[test]
fn a_shipped_scenario_keeps_its_words_its_remarks_and_its_hashes() {
    for text in SHIPPED {
        let formatted = format_text(text).unwrap();
        assert_eq!(pieces(&formatted), pieces(text));
        assert_eq!(format_text(&formatted).unwrap(), formatted);
        let hashes = |text: &str| load("a.ron", text.as_bytes()).scenario.unwrap().hashes;
        assert_eq!(hashes(&formatted), hashes(text));
        assert_eq!(formatted, text, "`simmer fmt scenarios` lays them out");
        let over_long = |line: &&str| line.trim_start().chars().count() > WIDTH && !line.contains(['"', '/']);
        assert_eq!(formatted.lines().find(over_long), None);
    }
}

#[test]
fn how_being_upset_shows_is_kept_and_has_a_hash_of_its_own() {
    let plain = SHIPPED[0];
    let fear = plain.replacen("pronoun: She,", "pronoun: She,   upset :Fear,", 1);
    let formatted = format_text(&fear).unwrap();
    assert_eq!(formatted.replacen("        upset: Fear,\n", "", 1), plain);
    let scenario = |text: &str| load("a.ron", text.as_bytes()).scenario.unwrap();
    let [plain, fear, formatted] = [plain, &fear, &formatted].map(scenario);
    assert_eq!((plain.customer.upset, formatted.customer.upset), (Upset::Anger, Upset::Fear));
    assert_eq!(formatted.hashes, fear.hashes);
    assert_ne!(formatted.hashes.full, plain.hashes.full);
    assert_eq!(formatted.hashes.structure, plain.hashes.structure, "a saved conversation goes on");
}

/// A value of RON with remarks and odd blanks wherever they may stand.
fn value() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        Just("1".to_owned()),
        Just("Word".to_owned()),
        Just("\"a text, with ( and // in it\"".to_owned()),
        Just("r#\"raw \" text\"#".to_owned()),
        Just("\"over\n two lines\"".to_owned()),
        Just("'c'".to_owned()),
        "[a-z]{1,60}".prop_map(|text| format!("\"{text}\"")),
    ];
    atom.prop_recursive(5, 60, 6, |inner| {
        let part = (gap(), inner, gap()).prop_map(|(before, value, after)| format!("{before}{value}{after}")).boxed();
        let field = (gap(), "[a-z]{1,9}", gap(), gap(), part.clone())
            .prop_map(|(a, name, b, c, value)| format!("{a}f{name}{b}:{c}{value}"));
        let entry = (gap(), "[a-z]{1,9}", gap(), part.clone())
            .prop_map(|(a, name, b, value)| format!("{a}\"{name}\"{b}:{value}"));
        let name = prop_oneof![Just(""), Just("Node"), Just("All"), Just("Other")].boxed();
        prop_oneof![
            (prop::collection::vec(part.clone(), 0..6), gap()).prop_map(|(parts, end)| joined('[', &parts, &end, ']')),
            (name.clone(), prop::collection::vec(part, 1..4), gap())
                .prop_map(|(name, parts, end)| format!("{name}{}", joined('(', &parts, &end, ')'))),
            (name, gap(), prop::collection::vec(field, 0..6), gap()).prop_map(|(name, between, parts, end)| {
                let between = if name.is_empty() { "" } else { &between };
                format!("{name}{between}{}", joined('(', &parts, &end, ')'))
            }),
            (prop::collection::vec(entry, 0..4), gap()).prop_map(|(parts, end)| joined('{', &parts, &end, '}')),
        ]
    })
}

fn joined(open: char, parts: &[String], end: &str, close: char) -> String {
    let comma = if parts.is_empty() { "" } else { "," };
    format!("{open}{}{comma}{end}{close}", parts.join(","))
}

/// Blanks, line ends and remarks.
fn gap() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(String::new()),
        2 => Just(" ".to_owned()),
        2 => Just("\n".to_owned()),
        1 => Just("\n\n\n".to_owned()),
        1 => Just(" \t\n".to_owned()),
        1 => "[a-z ]{0,9}".prop_map(|text| format!(" //{text}\n")),
        1 => "[a-z ]{0,9}".prop_map(|text| format!("\n// {text}\n")),
        1 => "[a-z ]{0,9}".prop_map(|text| format!("/*{text}*/")),
        1 => Just("/* over\n lines */".to_owned()),
        1 => Just("\n/* own */\n".to_owned()),
    ]
}

/// The same text with other blanks between its pieces.
fn mangled(text: &str, blanks: &[u8]) -> String {
    let mut mangled = String::new();
    for (lexeme, blank) in lexemes(text).unwrap().iter().zip(blanks.iter().cycle()) {
        mangled.push_str(&text[lexeme.span.range()]);
        mangled.push_str(match (lexeme.kind, blank) {
            (LexemeKind::LineRemark, _) | (_, 0) => "\n",
            (_, 1) => "\n\n\n  ",
            (_, 2) => "\t",
            _ => " ",
        });
    }
    mangled
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_formatted_keeps_its_pieces_and_stays_as_it_is(
        text in (gap(), value(), gap()).prop_map(|(a, value, b)| format!("{a}{value}{b}"))
    ) {
        // A block remark that is not closed, and the like, is no text to lay out.
        prop_assume!(lexemes(&text).is_ok());
        let once = format_text(&text).unwrap();
        prop_assert_eq!(pieces(&once), pieces(&text), "{}", once);
        prop_assert_eq!(format_text(&once).unwrap(), once.clone(), "{}", once);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_scenario_with_other_blanks_means_the_same(
        which in 0..SHIPPED.len(), blanks in prop::collection::vec(0_u8..6, 7..40)
    ) {
        let text = SHIPPED[which];
        let mangled = mangled(text, &blanks);
        let formatted = format_text(&mangled).unwrap();
        prop_assert_eq!(pieces(&formatted), pieces(text));
        prop_assert_eq!(format_text(&formatted).unwrap(), formatted.clone());
        let hashes = |text: &str| load("a.ron", text.as_bytes()).scenario.unwrap().hashes;
        prop_assert_eq!(hashes(&formatted), hashes(text));
    }
}
