use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Checked, OutputFormat, render::render};
use crate::scenario::finding::{Finding, Level, Part, Path};

/// A small scenario with one of everything that the tests break.
const GOOD: &str = r#"// A small one.
Scenario(
    format: 1,
    id: "small",
    title: "Small",
    setting: "A shop.",
    you: "Ade",
    channel: Phone,
    difficulty: 2,
    teaser: "It broke",
    record: ["Bought on Monday"],
    customer: Customer(
        name: "Marisol Quint",
        pronoun: She,
        about: "44, in a hurry",
        mood: (anger: 72, trust: 30, patience: 55, heard: 20, clarity: 15),
    ),
    needs: {
        "cold": (weight: 60, text: "Cold by Friday"),
        "name": (weight: 40, text: "One person with a name"),
    },
    encounters: [
        Encounter(
            id: "call",
            start: "hello",
            leaves: "Goodbye.",
            escalates: "Your supervisor, please.",
            nodes: {
                "hello": Node(
                    says: ["It broke."],
                    weigh: { Paraphrase: 2, OpenQuestion: 1 },
                    replies: [
                        Reply(
                            id: "when",
                            gist: "Ask when",
                            text: "When did it break?",
                            acts: [OpenQuestion],
                            slip: (Minor, Empathy),
                            when: All([Not(Flag("late")), Anger((from: 60))]),
                            why: "It asks.",
                            hears: "A question",
                            to: "end",
                        ),
                    ],
                ),
            },
            endings: { "end": (text: "They hang up.") },
        ),
    ],
)
"#;

/// All that is said of a text.
fn told(text: &str) -> String {
    let source = SourceFile::new("a.ron", text);
    let parsed = parse(&source);
    assert_eq!(parsed.document.is_none(), !parsed.findings.is_empty(), "a document or findings, never both");
    let files = [Checked { source: &source, findings: &parsed.findings }];
    render(OutputFormat::Full, &files, false)
}

/// All that is said of the good scenario with some text in it replaced.
#[track_caller]
fn with(changes: &[(&str, &str)]) -> String {
    let mut text = GOOD.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from} stands once in the text");
        text = text.replace(from, to);
    }
    told(&text)
}

fn refused_bytes(bytes: &[u8]) -> String {
    let Refused { source, findings } = decode("a.ron", bytes).unwrap_err();
    render(OutputFormat::Full, &[Checked { source: &source, findings: &findings }], false)
}

#[test]
fn a_good_file_is_read_without_a_word() {
    assert_eq!(told(GOOD), "");
    assert_eq!(told(&GOOD.replacen("Scenario(", "(", 1)), "", "the name may be left out");
    let document = parse(&SourceFile::new("a.ron", GOOD)).document.unwrap();
    assert_eq!(document.customer.name, "Marisol Quint");
    let written = ron::ser::to_string_pretty(&document, ron::ser::PrettyConfig::default()).unwrap();
    let again = parse(&SourceFile::new("b.ron", written));
    assert_eq!(again.document.as_ref(), Some(&document), "what the types write is read as it was");
}

#[test]
fn the_tree_finds_nothing_wrong_with_a_good_file() {
    let tree = tree::read(GOOD);
    assert_eq!(tree.problems, []);
    let shapes = shape::Shapes::of::<current::Scenario>();
    assert_eq!(check::check(GOOD, &tree.root.unwrap(), &shapes), []);
}

mod bytes {
    use super::*;

    #[test]
    fn a_byte_order_mark_and_foreign_line_ends_are_no_trouble() {
        let bytes = format!("\u{FEFF}{}", GOOD.replace('\n', "\r\n")).into_bytes();
        assert_eq!(decode("a.ron", &bytes).unwrap().text(), GOOD);
        assert_eq!(decode("a.ron", b"a\rb\r\n\rc").unwrap().text(), "a\nb\n\nc");
        assert_eq!(decode("a.ron", "“Ja” – ü, £".as_bytes()).unwrap().text(), "“Ja” – ü, £");
    }

    #[test]
    fn utf16_is_refused_in_plain_words() {
        let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_snapshot!(refused_bytes(&utf16), @r#"
        error[utf16]: This file is saved as UTF-16; save it as UTF-8
        --> a.ron
         = help: in the editor choose "Save as", and as the encoding "UTF-8"
        "#);
        let with_mark: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(refused_bytes(&with_mark), refused_bytes(&utf16));
    }

    #[test]
    fn another_encoding_is_refused_with_its_place() {
        assert_snapshot!(refused_bytes(b"(\r\n  id: \"caf\xE9\",\r\n)"), @r#"
        error[not-utf8]: This file is not saved as UTF-8: this character cannot be read
         --> a.ron:2:11
          |
        2 |   id: "caf�",
          |           ^
          |
          = help: in the editor choose "Save as", and as the encoding "UTF-8"
        "#);
    }

    #[test]
    fn invisible_characters_are_refused_with_their_place() {
        assert_snapshot!(refused_bytes("(id: \"a\u{202E}b\",\n title: \"\u{0}\u{85}\")".as_bytes()), @r#"
        error[hidden-direction-mark]: An invisible character stands here that turns the direction of the text (U+202E)
         --> a.ron:1:8
          |
        1 | (id: "a�b",
          |        ^
          |
          = help: delete it; it is often pasted in with text from the web

        error[control-character]: An invisible control character stands here (U+0000)
         --> a.ron:2:10
          |
        2 |  title: "␀")
          |          ^
          |
          = help: delete it; only line ends and tabs may stand in a file

        error[control-character]: An invisible control character stands here (U+0085)
         --> a.ron:2:11
          |
        2 |  title: "␀")
          |           ^
          |
          = help: delete it; only line ends and tabs may stand in a file
        "#);
    }

    #[test]
    fn a_file_too_large_is_not_read() {
        assert_snapshot!(refused_bytes(&vec![b' '; MAXIMUM_SIZE + 1]), @r"
        error[file-too-large]: This file is too large: 33 MiB
        --> a.ron
         = expected: at most 32 MiB
         = help: divide the scenario into several files
        ");
        assert!(decode("a.ron", &vec![b' '; MAXIMUM_SIZE]).is_ok());
    }
}

mod syntax {
    use super::*;

    #[test]
    fn an_empty_file() {
        assert_snapshot!(told("// nothing yet\n"), @r"
        error[empty-file]: There is no scenario in this file
         --> a.ron:2:1
          |
        2 |
          | ^
          |
          = expected: `Scenario(...)`
        ");
    }

    #[test]
    fn a_missing_comma() {
        assert_snapshot!(with(&[("title: \"Small\",", "title: \"Small\"")]), @r#"
        error[missing-comma]: A comma is missing here
         --> a.ron:5:19
          |
        5 |     title: "Small"
          |                   ^
          |
          = expected: `,` between one entry and the next
        "#);
    }

    #[test]
    fn a_comma_too_many() {
        assert_snapshot!(with(&[("[\"Bought on Monday\"]", "[\"Bought on Monday\",, \"No\"]")]), @r#"
        error[extra-comma]: There is a comma too many here
          --> a.ron:11:33
           |
        11 |     record: ["Bought on Monday",, "No"],
           |                                 ^
           |
           = help: delete it
        "#);
    }

    #[test]
    fn a_text_without_its_closing_quote() {
        assert_snapshot!(with(&[("title: \"Small\",", "title: \"Small,")]), @r#"
        error[unclosed-text]: This text has no quote mark at its end
         --> a.ron:5:12
          |
        5 |     title: "Small,
          |            ^^^^^^
          |
          = expected: `"` at the end of the text
        "#);
    }

    #[test]
    fn a_text_without_quotes() {
        assert_snapshot!(with(&[("\"A shop.\"", "A shop, in town")]), @r#"
        error[unquoted-text]: This text does not stand in quote marks
         --> a.ron:6:14
          |
        6 |     setting: A shop, in town,
          |              ^^^^^^^^^^^^^^^
          |
          = expected: double quote marks around a text
          = help: write `"A shop, in town"`
        "#);
    }

    #[test]
    fn a_quote_mark_inside_a_text() {
        assert_snapshot!(with(&[("\"It asks.\"", "\"It \"asks\" them.\"")]), @r#"
        error[quote-inside-text]: The text ends at this quote mark, but more follows
          --> a.ron:40:38
           |
        40 | ...                   why: "It "asks" them.",
           |                                ^
           |
           = expected: `,` after the text
           = help: write `\"` for a quote mark inside a text
        "#);
    }

    #[test]
    fn other_quote_marks() {
        assert_snapshot!(with(&[("\"A shop.\"", "“A shop.”"), ("\"Ade\"", "'Ade'")]), @r#"
        error[typographic-quotes]: This text stands in curly quote marks
         --> a.ron:6:14
          |
        6 |     setting: “A shop.”,
          |              ^^^^^^^^^
          |
          = expected: straight double quote marks around a text: `"`
          = help: turn off "smart quotes" in the editor; inside a text they may stand

        error[single-quotes]: This text stands in single quote marks
         --> a.ron:7:10
          |
        7 |     you: 'Ade',
          |          ^^^^^
          |
          = expected: double quote marks around a text
          = help: write `"Ade"`
        "#);
    }

    #[test]
    fn an_unknown_escape() {
        assert_snapshot!(with(&[("\"A shop.\"", r#""C:\shop""#)]), @r#"
        error[unknown-escape]: `\s` means nothing inside a text
         --> a.ron:6:17
          |
        6 |     setting: "C:\shop",
          |                 ^^
          |
          = expected: after a backslash one of `"`, `\`, `n` (new line), `t` (tab), `u{...}`
          = help: write `\\` if a backslash itself is meant
        "#);
    }

    #[test]
    fn an_equals_sign_and_quoted_field_names() {
        assert_snapshot!(with(&[("title: ", "title = "), ("difficulty: ", "\"difficulty\": ")]), @r#"
        error[missing-colon]: `=` stands where a colon belongs
         --> a.ron:5:11
          |
        5 |     title = "Small",
          |           ^
          |
          = expected: `:` between a name and its value

        error[quoted-field]: The field name "difficulty" stands in quote marks
         --> a.ron:9:5
          |
        9 |     "difficulty": 2,
          |     ^^^^^^^^^^^^
          |
          = expected: a field name without quote marks
          = help: write `difficulty:`
        "#);
    }

    #[test]
    fn a_missing_value_and_a_missing_colon() {
        assert_snapshot!(with(&[("title: \"Small\",", "title:"), ("gist: \"Ask", "gist \"Ask")]), @r#"
        error[missing-value]: A value is missing here
         --> a.ron:5:11
          |
        5 |     title:
          |           ^
          |
          = help: write a value, or delete what leads to it

        error[missing-colon]: A colon is missing here
          --> a.ron:35:33
           |
        35 | ...                   gist "Ask when",
           |                           ^
           |
           = help: write `gist: ...`
        "#);
    }

    #[test]
    fn a_bracket_that_is_never_closed() {
        assert_snapshot!(with(&[("acts: [OpenQuestion],", "acts: [OpenQuestion,")]), @r"
        error[unclosed-bracket]: `[` is never closed
          --> a.ron:37:35
           |
        37 | ...                   acts: [OpenQuestion,
           |                             ^
           |
          ::: a.ron:38:29
           |
        38 | ...                   slip: (Minor, Empathy),
           |                       ---- before this
           |
           = expected: `]`
        ");
    }

    #[test]
    fn a_node_that_is_never_closed() {
        assert_snapshot!(with(&[
            ("\n                ),\n            },", "\n                \"more\": Node(says: [], replies: []),\n            },"),
        ]), @r#"
        error[unclosed-bracket]: `(` is never closed
          --> a.ron:29:30
           |
        29 |                 "hello": Node(
           |                              ^
           |
          ::: a.ron:45:17
           |
        45 |                 "more": Node(says: [], replies: []),
           |                 ------ before this
           |
           = expected: `)`
        "#);
    }

    #[test]
    fn a_bracket_of_the_wrong_shape() {
        assert_snapshot!(with(&[("[OpenQuestion]", "[OpenQuestion)")]), @r"
        error[wrong-bracket]: `)` closes `[`
          --> a.ron:37:48
           |
        37 | ...                   acts: [OpenQuestion),
           |                             -            ^
           |                             |
           |                             opened here
           |
           = expected: `]`
        ");
    }

    #[test]
    fn a_bracket_too_many() {
        assert_snapshot!(with(&[("[OpenQuestion],", "[OpenQuestion]],")]), @r"
        error[stray-bracket]: `]` closes nothing
          --> a.ron:37:49
           |
        37 | ...                   acts: [OpenQuestion]],
           |                                           ^
           |
           = help: delete it
        ");
    }

    #[test]
    fn a_file_cut_short() {
        assert_snapshot!(told(&GOOD[..GOOD.find("acts").unwrap()]), @r#"
        error[unclosed-bracket]: `(` is never closed
          --> a.ron:33:30
           |
        33 |                         Reply(
           |                              ^
           |
          ::: a.ron:32:30
           |
        32 |                     replies: [
           |                              - open too
           |
          ::: a.ron:29:30
           |
        29 |                 "hello": Node(
           |                              - open too
           |
          ::: a.ron:28:20
           |
        28 |             nodes: {
           |                    - open too
           |
           = expected: `)])})])` before the end of the file, each where its bracket should end
        "#);
    }

    #[test]
    fn something_after_the_end() {
        assert_snapshot!(told(&format!("{GOOD}\n)")), @r"
        error[text-after-end]: `)` closes a bracket that was never opened, or is closed already
          --> a.ron:52:1
           |
        52 | )
           | ^
           |
           = help: delete it, or look for one too many above
        ");
    }

    #[test]
    fn a_remark_without_an_end() {
        assert_snapshot!(with(&[("    teaser:", "/* soon    teaser:")]), @r#"
        error[unclosed-remark]: This remark has no end
          --> a.ron:10:1
           |
        10 | /* soon    teaser: "It broke",
           | ^^
           |
           = expected: `*/` at the end of the remark
        "#);
    }

    #[test]
    fn mistakes_in_different_places_are_all_told() {
        assert_snapshot!(with(&[
            ("title: \"Small\",", "title: \"Small\""),
            ("channel: Phone", "channel: Fone"),
            ("anger: 72,", "anger: 72 %,"),
            ("Cold by Friday\"),", "Cold by Friday\""),
            ("why: \"It asks.\"", "why: It asks."),
        ]), @r#"
        error[missing-comma]: A comma is missing here
         --> a.ron:5:19
          |
        5 |     title: "Small"
          |                   ^
          |
          = expected: `,` between one entry and the next

        error[unknown-name]: `Fone` is not a channel
         --> a.ron:8:14
          |
        8 |     channel: Fone,
          |              ^^^^
          |
          = expected: one of `Phone`, `Counter`

        error[unreadable-character]: `%` cannot stand here
          --> a.ron:16:26
           |
        16 |         mood: (anger: 72 %, trust: 30, patience: 55, heard: 20, clarity: 15),
           |                          ^
           |
           = help: delete it, or put the text it belongs to in double quote marks

        error[unclosed-bracket]: `(` is never closed
          --> a.ron:19:17
           |
        19 |         "cold": (weight: 60, text: "Cold by Friday"
           |                 ^
           |
          ::: a.ron:20:9
           |
        20 |         "name": (weight: 40, text: "One person with a name"),
           |         ------ before this
           |
           = expected: `)`

        error[unquoted-text]: This text does not stand in quote marks
          --> a.ron:40:34
           |
        40 | ...                   why: It asks.,
           |                            ^^^^^^^^
           |
           = expected: double quote marks around a text
           = help: write `"It asks."`
        "#);
    }

    #[test]
    fn brackets_without_end_do_no_harm() {
        for bracket in ["[", "(", "{", "Not(", "Some("] {
            let many = bracket.repeat(100_000);
            let in_condition = GOOD.replace("Flag(\"late\")", &many);
            for text in [many.clone(), format!("(format: 1, id: {many}"), in_condition] {
                assert!(told(&text).contains("error[too-deep]: Too many brackets stand inside each other here"));
            }
        }
        let balanced =
            GOOD.replace("Flag(\"late\")", &format!("{}CutOff{}", "Not(".repeat(100_000), ")".repeat(100_000)));
        assert_snapshot!(told(&balanced), @r"
        error[too-deep]: Too many brackets stand inside each other here
          --> a.ron:39:516
           |
        39 | ...ot(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(No...
           |                                                                   ^^^
           |
           = expected: at most 128
        ");
        let deep_for_ron_only =
            GOOD.replace("Flag(\"late\")", &format!("{}CutOff{}", "Not(".repeat(100), ")".repeat(100)));
        assert_snapshot!(told(&deep_for_ron_only).lines().next().unwrap(), @"error[too-deep]: Too many brackets stand inside each other here");
    }
}

mod values {
    use super::*;

    #[test]
    fn an_unknown_name() {
        assert_snapshot!(with(&[("channel: Phone", "channel: Fone"), ("acts: [OpenQuestion]", "acts: [Paraphrase]")]), @r"
        error[unknown-name]: `Fone` is not a channel
         --> a.ron:8:14
          |
        8 |     channel: Fone,
          |              ^^^^
          |
          = expected: one of `Phone`, `Counter`

        error[unknown-name]: `Paraphrase` is not an act
          --> a.ron:37:36
           |
        37 | ...                   acts: [Paraphrase],
           |                              ^^^^^^^^^^
           |
           = help: did you mean `ParaphraseRight`?
        ");
    }

    #[test]
    fn an_unknown_field() {
        assert_snapshot!(with(&[("gist: ", "jist: "), ("weight: 60", "wait: 60")]), @r#"
        error[missing-field]: This need lacks `weight`
          --> a.ron:19:17
           |
        19 |         "cold": (wait: 60, text: "Cold by Friday"),
           |                 ^
           |
           = help: add `weight: 1`

        error[unknown-field]: `wait` is not a field of a need
          --> a.ron:19:18
           |
        19 |         "cold": (wait: 60, text: "Cold by Friday"),
           |                  ^^^^
           |
           = expected: one of `weight`, `text`

        error[unknown-field]: `jist` is not a field of a reply
          --> a.ron:35:29
           |
        35 | ...                   jist: "Ask when",
           |                       ^^^^
           |
           = help: did you mean `gist`?
        "#);
    }

    #[test]
    fn a_missing_field() {
        assert_snapshot!(with(&[("why: \"It asks.\",", ""), ("hears: \"A question\",", ""), ("anger: 72, ", "")]), @r#"
        error[missing-field]: This mood lacks `anger`
          --> a.ron:16:15
           |
        16 |         mood: (trust: 30, patience: 55, heard: 20, clarity: 15),
           |               ^
           |
           = help: add `anger: 1`

        error[missing-field]: This reply lacks `why` and `hears`
          --> a.ron:33:25
           |
        33 |                         Reply(
           |                         ^^^^^^
           |
           = help: add `why: "...", hears: "..."`
        "#);
    }

    #[test]
    fn a_value_of_the_wrong_kind() {
        assert_snapshot!(with(&[
            ("title: \"Small\"", "title: Small"),
            ("channel: Phone", "channel: \"phone\""),
            ("difficulty: 2", "difficulty: \"2\""),
            ("[\"Bought on Monday\"]", "\"Bought on Monday\""),
            ("says: [\"It broke.\"]", "says: [3, (text: 4)]"),
        ]), @r#"
        error[wrong-type]: `title` cannot be the word `Small`
         --> a.ron:5:12
          |
        5 |     title: Small,
          |            ^^^^^
          |
          = expected: a text in double quote marks
          = help: write `"Small"`

        error[wrong-type]: `channel` cannot be a text
         --> a.ron:8:14
          |
        8 |     channel: "phone",
          |              ^^^^^^^
          |
          = expected: one of `Phone`, `Counter`
          = help: write `Phone`

        error[wrong-type]: `difficulty` cannot be a text
         --> a.ron:9:17
          |
        9 |     difficulty: "2",
          |                 ^^^
          |
          = expected: a whole number from 0 to 255
          = help: write `2`

        error[wrong-type]: `record` cannot be a text
          --> a.ron:11:13
           |
        11 |     record: "Bought on Monday",
           |             ^^^^^^^^^^^^^^^^^^
           |
           = expected: a list in square brackets: `["...", ...]`
           = help: put it in square brackets: `["Bought on Monday"]`

        error[wrong-type]: An entry of `says` cannot be a number
          --> a.ron:30:28
           |
        30 |                     says: [3, (text: 4)],
           |                            ^
           |
           = expected: a text in double quote marks
           = help: write `"3"`

        error[wrong-type]: An entry of `says` cannot be something in round brackets
          --> a.ron:30:31
           |
        30 |                     says: [3, (text: 4)],
           |                               ^
           |
           = expected: a text in double quote marks
        "#);
    }

    #[test]
    fn numbers_that_do_not_fit() {
        assert_snapshot!(with(&[
            ("difficulty: 2", "difficulty: 2.5"),
            ("anger: 72", "anger: 720"),
            ("trust: 30", "trust: -1"),
            ("patience: 55", "patience: NaN"),
            ("heard: 20", "heard: -inf"),
            ("weight: 60", "weight: 60%"),
            ("weight: 40", "weight: 99999999999999999999999999999999999999999"),
        ]), @r#"
        error[not-a-whole-number]: `difficulty` cannot have a decimal point: 2.5
         --> a.ron:9:17
          |
        9 |     difficulty: 2.5,
          |                 ^^^
          |
          = expected: a whole number from 0 to 255

        error[number-out-of-range]: 720 is too large for `anger`
          --> a.ron:16:23
           |
        16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
           |                       ^^^
           |
           = expected: a whole number from 0 to 255

        error[number-out-of-range]: -1 is too small for `trust`
          --> a.ron:16:35
           |
        16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
           |                                   ^^
           |
           = expected: a whole number from 0 to 255

        error[not-a-whole-number]: `patience` cannot be `NaN`
          --> a.ron:16:49
           |
        16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
           |                                                 ^^^
           |
           = expected: a whole number from 0 to 255

        error[not-a-whole-number]: `heard` cannot be `-inf`
          --> a.ron:16:61
           |
        16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
           |                                                             ^^^^
           |
           = expected: a whole number from 0 to 255

        error[unreadable-character]: `%` cannot stand here
          --> a.ron:19:28
           |
        19 |         "cold": (weight: 60%, text: "Cold by Friday"),
           |                            ^
           |
           = help: delete it, or put the text it belongs to in double quote marks

        error[number-out-of-range]: This number is too large for `weight`
          --> a.ron:20:26
           |
        20 |         "name": (weight: 99999999999999999999999999999999999999999, text: "One person with a name"),
           |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = expected: a whole number from 0 to 255
        "#);
    }

    #[test]
    fn something_given_twice() {
        assert_snapshot!(with(&[("title: \"Small\",", "title: \"Small\",\n    title: \"Big\",")]), @r#"
        error[duplicate-key]: `title` stands here twice
         --> a.ron:6:5
          |
        6 |     title: "Big",
          |     ^^^^^
          |
         ::: a.ron:5:5
          |
        5 |     title: "Small",
          |     ----- the first one
          |
          = help: delete one of the two, or give it another name
        "#);
    }

    #[test]
    fn a_key_given_twice_is_told_beside_other_mistakes() {
        assert_snapshot!(with(&[("\"name\": (weight: 40,", "\"cold\": (wait: 40,")]), @r#"
        error[duplicate-key]: `cold` stands here twice
          --> a.ron:20:9
           |
        20 |         "cold": (wait: 40, text: "One person with a name"),
           |         ^^^^^^
           |
          ::: a.ron:19:9
           |
        19 |         "cold": (weight: 60, text: "Cold by Friday"),
           |         ------ the first one
           |
           = help: delete one of the two, or give it another name

        error[missing-field]: This need lacks `weight`
          --> a.ron:20:17
           |
        20 |         "cold": (wait: 40, text: "One person with a name"),
           |                 ^
           |
           = help: add `weight: 1`

        error[unknown-field]: `wait` is not a field of a need
          --> a.ron:20:18
           |
        20 |         "cold": (wait: 40, text: "One person with a name"),
           |                  ^^^^
           |
           = expected: one of `weight`, `text`
        "#);
        // Alone it is no matter of reading: both stand in the document, and `resolve` tells of it.
        assert_eq!(with(&[("\"name\": (weight", "\"cold\": (weight")]), "");
    }

    #[test]
    fn conditions() {
        assert_snapshot!(with(&[("Anger((from: 60))", "Anger(above: 60), Chose, CutOff(), Not(Flag(\"a\"), Flag(\"b\"))")]), @r#"
        error[missing-brackets]: `Anger` needs two pairs of round brackets
          --> a.ron:39:59
           |
        39 | ...                   when: All([Not(Flag("late")), Anger(above: 60), Chose, CutOff(), Not(Flag("a"), Flag("b"))]),
           |                                                     ^^^^^^
           |
           = expected: `Anger((from: 1))`

        error[unknown-field]: `above` is not a field of a range
          --> a.ron:39:65
           |
        39 | ...                   when: All([Not(Flag("late")), Anger(above: 60), Chose, CutOff(), Not(Flag("a"), Flag("b"))]),
           |                                                           ^^^^^
           |
           = expected: one of `from`, `below`

        error[missing-brackets]: `Chose` needs something in brackets
          --> a.ron:39:77
           |
        39 | ...                   when: All([Not(Flag("late")), Anger(above: 60), Chose, CutOff(), Not(Flag("a"), Flag("b"))]),
           |                                                                       ^^^^^
           |
           = expected: `Chose("...")`

        error[needless-brackets]: Nothing stands in brackets after `CutOff`
          --> a.ron:39:84
           |
        39 | ...                   when: All([Not(Flag("late")), Anger(above: 60), Chose, CutOff(), Not(Flag("a"), Flag("b"))]),
           |                                                                              ^^^^^^^
           |
           = expected: `CutOff`

        error[wrong-count]: `Not` holds 2 values instead of one
          --> a.ron:39:94
           |
        39 | ...                   when: All([Not(Flag("late")), Anger(above: 60), Chose, CutOff(), Not(Flag("a"), Flag("b"))]),
           |                                                                                        ^^^^
           |
           = expected: `Not(...)`
        "#);
    }

    #[test]
    fn another_struct_and_the_wrong_brackets() {
        assert_snapshot!(with(&[
            ("Customer(", "Client("),
            ("slip: (Minor, Empathy)", "slip: (Minor)"),
            ("weigh: { Paraphrase: 2, OpenQuestion: 1 }", "weigh: (Paraphrase: 2)"),
            ("\"end\": (text: \"They hang up.\")", "\"end\": { text: \"They hang up.\" }"),
        ]), @r#"
        error[wrong-name]: `Client` is not what stands here
          --> a.ron:12:15
           |
        12 |     customer: Client(
           |               ^^^^^^
           |
           = expected: `Customer(...)`, or `(...)` without a name

        error[wrong-type]: `weigh` cannot be something in round brackets
          --> a.ron:31:28
           |
        31 |                     weigh: (Paraphrase: 2),
           |                            ^
           |
           = expected: entries in curly brackets: `{ LetFinish: 1, ... }`
           = help: use curly brackets

        error[wrong-count]: `slip` holds 1 instead of 2
          --> a.ron:38:35
           |
        38 | ...                   slip: (Minor),
           |                             ^
           |
           = expected: round brackets: `(Minor, Listening)`

        error[wrong-type]: `end` cannot be entries in curly brackets
          --> a.ron:47:31
           |
        47 |             endings: { "end": { text: "They hang up." } },
           |                               ^
           |
           = expected: fields in round brackets: `(text: "...", outcome: Escalated, ...)`
           = help: use round brackets, and no quote marks around the names
        "#);
    }

    #[test]
    fn a_list_of_names() {
        assert_snapshot!(with(&[("[\"Bought on Monday\"]", "[text: \"Bought on Monday\"]")]), @r#"
        error[name-in-list]: A list in square brackets holds values without names
          --> a.ron:11:14
           |
        11 |     record: [text: "Bought on Monday"],
           |              ^^^^^
           |
           = help: put the fields of each entry in round brackets: `[(name: ..., ...), ...]`
        "#);
    }

    #[test]
    fn another_format_is_said_before_all_else() {
        assert_snapshot!(with(&[("format: 1", "format: 2"), ("title: ", "headline: "), ("you: ", "player: ")]), @r"
        error[unsupported-format]: This file is written in a newer format than this version of Simmer can read
         --> a.ron:3:13
          |
        3 |     format: 2,
          |             ^
          |
          = expected: 1
          = help: get a newer version of Simmer
        ");
        assert_snapshot!(with(&[("format: 1", "format: 0")]), @r"
        error[unsupported-format]: This file is written in a format that is no longer read
         --> a.ron:3:13
          |
        3 |     format: 0,
          |             ^
          |
          = expected: 1
          = help: open and save it with an older version of Simmer
        ");
        assert_snapshot!(told("Scenario(format: 7, chapters: [ (title: "), @r"
        error[unsupported-format]: This file is written in a newer format than this version of Simmer can read
         --> a.ron:1:18
          |
        1 | Scenario(format: 7, chapters: [ (title: 
          |                  ^
          |
          = expected: 1
          = help: get a newer version of Simmer
        ");
    }
}

mod places {
    use super::*;

    #[track_caller]
    fn check(path: Path, part: Part, expected: &str) {
        let source =
            SourceFile::new("a.ron", GOOD.replace("It broke.\"]", r#"It \"just\" broke.\"]"#).replace(r#"\"]"#, "\"]"));
        let finding = Finding {
            rule: "some-rule",
            level: Level::Warning,
            path,
            part,
            message: "m".to_owned(),
            expected: None,
            help: None,
        };
        let found = locate(&source, vec![finding]);
        let span = found[0].span.unwrap();
        assert_eq!(&source.text()[span.range()], expected);
    }

    fn top() -> Path {
        Path::default()
    }

    fn reply() -> Path {
        top().field("encounters").index(0).field("nodes").key("hello").field("replies").index(0)
    }

    #[test]
    fn values_keys_and_parts_of_texts_are_found() {
        let says = || top().field("encounters").index(0).field("nodes").key("hello").field("says").index(0);
        check(top().field("title"), Part::Value, "\"Small\"");
        check(top().field("title"), Part::Key, "title");
        check(top().field("needs").key("name"), Part::Key, "\"name\"");
        check(top().field("needs").key("name"), Part::Value, "(weight: 40, text: \"One person with a name\")");
        check(reply().field("slip").index(1), Part::Value, "Empathy");
        check(says(), Part::Text(3..9), r#"\"just\""#);
        check(top().field("title"), Part::Text(1..3), "ma");
    }

    #[test]
    fn conditions_are_walked_by_their_variants() {
        let all = || reply().field("when").variant("All");
        check(all().index(0).variant("Not").variant("Flag"), Part::Value, "\"late\"");
        check(all().index(0).variant("Not").variant("Flag"), Part::Text(0..2), "la");
        check(all().index(1).variant("Anger").field("from"), Part::Value, "60");
        check(all().index(1).variant("Anger"), Part::Key, "Anger");
    }

    #[test]
    fn a_path_that_leads_nowhere_gets_the_nearest_place() {
        check(reply().field("coach"), Part::Value, "Reply(");
        check(top().field("needs").key("gone").field("text"), Part::Key, "{");
        check(top().field("title").field("deeper"), Part::Value, "\"Small\"");
    }

    #[test]
    fn the_second_of_two_equal_keys_has_its_own_place() {
        let source = SourceFile::new("a.ron", r#"(needs: { "a": 1, "b": 2, "\x61": 3 })"#);
        let step =
            |occurrence| top().field("needs").join(crate::scenario::finding::Step::Key("a".to_owned(), occurrence));
        let found = locate(
            &source,
            [0, 1]
                .map(|occurrence| Finding {
                    rule: "duplicate-key",
                    level: Level::Error,
                    path: step(occurrence),
                    part: Part::Key,
                    message: String::new(),
                    expected: None,
                    help: None,
                })
                .to_vec(),
        );
        let written: Vec<_> = found.iter().map(|finding| &source.text()[finding.span.unwrap().range()]).collect();
        assert_eq!(written, ["\"a\"", "\"\\x61\""]);
    }
}

/// Everything that must hold of any text, however broken.
fn holds(text: &str) {
    let source = SourceFile::new("a.ron", text);
    let parsed = parse(&source);
    assert_eq!(parsed.document.is_none(), !parsed.findings.is_empty());
    for finding in &parsed.findings {
        let span = finding.span.expect("every finding has its place");
        assert!(span.start <= span.end && span.end <= text.len(), "{span:?} lies in the text");
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
    }
    let files = [Checked { source: &source, findings: &parsed.findings }];
    for format in OutputFormat::ALL {
        render(*format, &files, false);
    }
}

#[test]
fn a_file_cut_at_any_byte_has_a_finding_with_a_place() {
    for end in 0..GOOD.trim_end().len() {
        holds(&GOOD[..end]);
        assert!(parse(&SourceFile::new("a.ron", &GOOD[..end])).document.is_none());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode("a.ron", &bytes) {
            Ok(source) => holds(source.text()),
            Err(Refused { source, findings }) => {
                prop_assert!(!findings.is_empty());
                render(OutputFormat::Full, &[Checked { source: &source, findings: &findings }], false);
            }
        }
    }

    #[test]
    fn any_heap_of_tokens_is_survived(text in r#"([(){}\[\],:="'\\ \n#äa1]|Scenario\(|format: |"a"|Phone|//|/\*|r#"|\\u\{|Some\(){0,60}"#) {
        holds(&text);
    }

    #[test]
    fn one_byte_changed_is_survived(at in 0..GOOD.len(), put in prop_oneof![Just("("), Just(")"), Just("]"), Just("{"),
        Just("\""), Just("'"), Just(","), Just(":"), Just("\n"), Just("\\"), Just("r#\""), Just("/*"), Just("")]) {
        let mut text = GOOD.to_owned();
        text.replace_range(at..=at, put);
        holds(&text);
    }
}
