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
fn an_invisible_character_written_by_its_escape() {
    assert_snapshot!(with(&[("\"A shop.\"", r#""A \x1b[31mshop\n""#), ("\"cold\"", r#""co\u{202e}ld""#)]), @r#"
    error[control-character]: An invisible character is written into this text (U+001B)
     --> a.ron:6:17
      |
    6 |     setting: "A \x1b[31mshop\n",
      |                 ^^^^
      |
      = help: delete its escape

    error[control-character]: An invisible character is written into this text (U+202E)
      --> a.ron:19:12
       |
    19 |         "co\u{202e}ld": (weight: 60, text: "Cold by Friday"),
       |            ^^^^^^^^
       |
       = help: delete its escape
    "#);
    for escape in [r"\0", r"\r", r"\x07", r"\u{feff}", r"\xe2\x80\xae"] {
        let said = with(&[("\"A shop.\"", &format!("\"A {escape}shop\"")), ("channel: Phone", "channel: Fone")]);
        assert_eq!(said.matches("error[").count(), 2, "{said}");
        assert!(said.contains(&format!("6 |     setting: \"A {escape}shop\"")), "{said}");
    }
    assert_eq!(with(&[("\"A shop.\"", r#""A \"shop\"\n\tin \u{e9}t\xc3\xa9""#)]), "", "what is seen may be escaped");
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
fn a_customer_that_is_never_closed() {
    assert_snapshot!(with(&[("clarity: 15),\n    ),\n", "clarity: 15),\n")]), @r#"
    error[unclosed-bracket]: `(` is never closed
      --> a.ron:12:23
       |
    12 |     customer: Customer(
       |                       ^
       |
      ::: a.ron:17:5
       |
    17 |     needs: {
       |     ----- before this
       |
       = expected: `)`
    "#);
    // Where the bracket within it is the one that was forgotten, the next field still shows which it cannot be in.
    let within = with(&[("clarity: 15),\n", "clarity: 15,\n")]);
    assert_eq!(within.matches("error[").count(), 1, "{within}");
    assert!(within.contains("--> a.ron:12:23") && within.contains("18 |     needs: {"), "{within}");
    let before_a_field = with(&[("mood: (anger: 72", "look: (age: Old,\n        mood: (anger: 72")]);
    assert_eq!(before_a_field.matches("error[").count(), 1, "{before_a_field}");
    assert!(before_a_field.contains("--> a.ron:16:15"), "{before_a_field}");
    // An entry of the list around it does so as well.
    let another =
        GOOD.replace("to: \"end\",\n                        ),\n", "to: \"end\",\n                        Reply(),\n");
    assert!(told(&another).contains("--> a.ron:33:30") && told(&another).contains("43 |"), "{}", told(&another));
    assert!(!told(&another).contains("has no name"), "{}", told(&another));
    // Without indentation only the end of the file tells.
    let unclosed = GOOD.replace("clarity: 15),\n    ),\n", "clarity: 15),\n");
    let flat: Vec<_> = unclosed.lines().map(str::trim_start).collect();
    assert!(!told(&flat.join("\n")).contains("before this"), "{}", told(&flat.join("\n")));
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
    let balanced = GOOD.replace("Flag(\"late\")", &format!("{}CutOff{}", "Not(".repeat(100_000), ")".repeat(100_000)));
    assert_snapshot!(told(&balanced), @r"
    error[too-deep]: Too many brackets stand inside each other here
      --> a.ron:39:516
       |
    39 | ...ot(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(Not(No...
       |                                                                   ^^^
       |
       = expected: at most 128
    ");
    let deep_for_ron_only = GOOD.replace("Flag(\"late\")", &format!("{}CutOff{}", "Not(".repeat(100), ")".repeat(100)));
    assert_snapshot!(told(&deep_for_ron_only).lines().next().unwrap(), @"error[too-deep]: Too many brackets stand inside each other here");
}

#[test]
fn a_meter_compared_by_a_sign() {
    assert_snapshot!(with(&[("when: All([Not(Flag(\"late\")), Anger(from: 60)])", "when: Anger > 60")]), @r#"
    error[unreadable-character]: `>` cannot stand here
      --> a.ron:39:41
       |
    39 | ...                   when: Anger > 60,
       |                                   ^
       |
       = help: write `Anger(from: 60)`
    "#);
    for (written, mend) in [("Trust >= 40", "Trust(from: 40)"), ("Trust < 40", "Trust(below: 40)")] {
        let said = with(&[("Anger(from: 60)", written)]);
        assert!(said.contains(&format!("help: write `{mend}`")), "{said}");
        assert_eq!(said.matches("error[").count(), 1, "{said}");
    }
}

#[test]
fn spaces_of_other_kinds() {
    let said = with(&[
        ("    title: \"Small\"", "\u{A0}\u{A0} \u{A0} title:\u{A0}\"Small\u{A0}one\""),
        ("channel: Phone", "channel: Fone"),
    ]);
    assert_snapshot!(said.replace('\u{A0}', "_"), @r#"
    error[unreadable-character]: A no-break space stands here
     --> a.ron:5:1
      |
    5 | __ _ title:_"Small_one",
      | ^^^^
      |
      = help: replace it by an ordinary one

    error[unreadable-character]: A no-break space stands here
     --> a.ron:5:12
      |
    5 | __ _ title:_"Small_one",
      |            ^
      |
      = help: replace it by an ordinary one

    error[unknown-name]: `Fone` is not a channel
     --> a.ron:8:14
      |
    8 |     channel: Fone,
      |              ^^^^
      |
      = expected: one of `Phone`, `Counter`
    "#);
}
