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
       = expected: one of the acts listed in docs/writing-scenarios.md
       = help: did you mean `ParaphraseRight`?
    ");
}

#[test]
fn an_unknown_way_of_being_upset() {
    assert_snapshot!(with(&[("pronoun: She", "upset: Fears, pronoun: She")]), @r"
    error[unknown-name]: `Fears` is not an upset
      --> a.ron:14:16
       |
    14 |         upset: Fears, pronoun: She,
       |                ^^^^^
       |
       = expected: one of `Anger`, `Fear`
       = help: did you mean `Fear`?
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
      = expected: a whole number from 1 to 5
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
      = expected: a whole number from 1 to 5

    error[out-of-range]: 720 is too large for `anger`
      --> a.ron:16:23
       |
    16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
       |                       ^^^
       |
       = expected: a whole number from 0 to 100

    error[out-of-range]: -1 is too small for `trust`
      --> a.ron:16:35
       |
    16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
       |                                   ^^
       |
       = expected: a whole number from 0 to 100

    error[not-a-whole-number]: `patience` cannot be `NaN`
      --> a.ron:16:49
       |
    16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
       |                                                 ^^^
       |
       = expected: a whole number from 0 to 100

    error[not-a-whole-number]: `heard` cannot be `-inf`
      --> a.ron:16:61
       |
    16 |         mood: (anger: 720, trust: -1, patience: NaN, heard: -inf, clarity: 15),
       |                                                             ^^^^
       |
       = expected: a whole number from 0 to 100

    error[unreadable-character]: `%` cannot stand here
      --> a.ron:19:28
       |
    19 |         "cold": (weight: 60%, text: "Cold by Friday"),
       |                            ^
       |
       = help: delete it, or put the text it belongs to in double quote marks

    error[out-of-range]: 9999999999999999999999999999999999999999… is too large for `weight`
      --> a.ron:20:26
       |
    20 |         "name": (weight: 99999999999999999999999999999999999999999, text: "One person with a name"),
       |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = expected: a whole number from 0 to 100
    "#);
}

#[test]
fn something_given_twice() {
    assert_snapshot!(with(&[("title: \"Small\",", "title: \"Small\",\n    title: \"Big\",")]), @r#"
    error[duplicate-field]: `title` stands here twice
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
      = help: keep one of the two
    "#);
}

#[test]
fn a_key_given_twice_is_left_to_resolve() {
    assert_snapshot!(with(&[("\"name\": (weight: 40,", "\"cold\": (wait: 40,")]), @r#"
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
    // Both stand in the document, and `resolve` tells of it.
    assert_eq!(with(&[("\"name\": (weight", "\"cold\": (weight")]), "");
}

#[test]
fn conditions() {
    assert_snapshot!(with(&[("Anger(from: 60)", "Anger(above: 60), Chose, CutOff(), Not(Flag(\"a\"), Flag(\"b\"))")]), @r#"
    error[unknown-field]: `above` is not a field of `Anger`
      --> a.ron:39:65
       |
    39 | ...                   when: All([Not(Flag("late")), Anger(above: 60), Chose, CutOff(), Not(Flag("a"), Flag("b"))]),
       |                                                           ^^^^^
       |
       = expected: one of `from`, `below`
       = help: did you mean `from`?

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
    error[wrong-name]: `Client` is not the name of what belongs here
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

    error[wrong-count]: `slip` holds 1 value instead of 2
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

#[test]
fn entries_in_square_brackets() {
    let told = with(&[("needs: {", "needs: [")]);
    assert_snapshot!(told, @r#"
    error[wrong-bracket]: `needs` stands in curly brackets, not in `[...]`
      --> a.ron:18:12
       |
    18 |     needs: [
       |            ^
       |
       = expected: entries in curly brackets: `{ "...": (...), ... }`
       = help: write `{` here, and `}` where it ends
    "#);
    assert_eq!(with(&[("needs: {", "needs: ["), ("},\n    encounters", "],\n    encounters")]), told);
    let with_names = with(&[("{ Paraphrase: 2, OpenQuestion: 1 }", "[Paraphrase: 2, OpenQuestion: 7000]")]);
    assert_eq!(with_names.matches("error[").count(), 2, "{with_names}");
    assert!(with_names.contains("error[wrong-bracket]: `weigh`") && with_names.contains("error[out-of-range]"));
    assert_snapshot!(with(&[("[\"Bought on Monday\"]", "[\"Bought\": \"on Monday\"]")]), @r#"
    error[name-in-list]: A list in square brackets holds values without names
      --> a.ron:11:14
       |
    11 |     record: ["Bought": "on Monday"],
       |              ^^^^^^^^
       |
       = help: put the fields of each entry in round brackets: `[(name: ..., ...), ...]`
    "#);
    // However many there are, it takes no longer than reading.
    holds(&"[\"a\": ".repeat(50_000));
}

#[test]
fn a_name_out_of_a_long_list() {
    assert_snapshot!(with(&[("slip: (Minor, Empathy)", "flaw: Rude")]), @r#"
    error[unknown-name]: `Rude` is not a flaw
      --> a.ron:38:35
       |
    38 | ...                   flaw: Rude,
       |                             ^^^^
       |
       = expected: one of the flaws listed in docs/writing-scenarios.md
    "#);
    assert_snapshot!(with(&[("slip: (Minor, Empathy)", "flaw: Vagueness")]), @r#"
    error[unknown-name]: `Vagueness` is not a flaw
      --> a.ron:38:35
       |
    38 | ...                   flaw: Vagueness,
       |                             ^^^^^^^^^
       |
       = expected: one of the flaws listed in docs/writing-scenarios.md
       = help: did you mean `Vague`?
    "#);
}

#[test]
fn a_misspelt_name_before_a_bracket() {
    assert_snapshot!(with(&[("Customer(", "Custmer(")]), @r#"
    error[wrong-name]: `Custmer` is not the name of what belongs here
      --> a.ron:12:15
       |
    12 |     customer: Custmer(
       |               ^^^^^^^
       |
       = expected: `Customer(...)`, or `(...)` without a name
       = help: did you mean `Customer`?
    "#);
}
