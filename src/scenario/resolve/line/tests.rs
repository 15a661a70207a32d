use insta::assert_snapshot;

use crate::diagnostic::{Checked, OutputFormat, render::render};
use crate::scenario::load::load;

const SAMPLE: &str = include_str!("../sample.ron");
const PLAIN: &str = r#"says: ["I stayed in yesterday and heard nothing. || And then it buzzed to say you came. ~"],"#;
const CONDITIONAL: &str = r#"(when: Anger(from: 60), says: ["I stayed in! || All day long, I did."])"#;

/// The findings of the sample with its first lines replaced, as a person sees them.
fn told(changes: &[(&str, &str)]) -> String {
    let mut text = SAMPLE.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "the sample has no {old}");
        text = text.replacen(old, new, 1);
    }
    let loaded = load("sample.ron", text.as_bytes());
    let checked = Checked { source: &loaded.source, findings: &loaded.findings };
    render(OutputFormat::Full, &[checked], false)
}

/// The ids of the first node's lines, the conditional ones first.
fn ids(changes: &[(&str, &str)]) -> Vec<String> {
    let text = changes.iter().fold(SAMPLE.to_owned(), |text, (old, new)| text.replacen(old, new, 1));
    let scenario = load("sample.ron", text.as_bytes()).scenario.expect("it has no error");
    let lines = &scenario.encounters[0].nodes[0].lines;
    lines.iter().flat_map(|line| &line.variants).map(|variant| variant.id.clone()).collect()
}

#[test]
fn a_line_is_known_by_its_name_whether_or_not_it_stands_under_a_condition() {
    let both = [
        (PLAIN, r##"says: ["#in-all-day I was in. || And so.", "#it-buzzed It buzzed. || And so."],"##),
        (CONDITIONAL, r##"(when: Anger(from: 60), says: ["#all-day All day! || I did."])"##),
    ];
    let place = "call/waited-in/says";
    assert_eq!(ids(&both), [format!("{place}/all-day"), format!("{place}/in-all-day"), format!("{place}/it-buzzed")]);
    assert_eq!(told(&both), "");
}

#[test]
fn one_line_of_a_list_may_go_without_a_name_and_more_are_counted() {
    assert_eq!(ids(&[]), ["call/waited-in/says_when", "call/waited-in/says"]);
    let more = [
        (PLAIN, r##"says: ["A. || B.", "#named C. || D.", "E. || F.", "G. || H."],"##),
        (CONDITIONAL, r#"(when: Anger(from: 80), says: ["I. || J."]), (when: Anger(from: 60), says: ["K. || L."])"#),
    ];
    let (says, says_when) = ("call/waited-in/says", "call/waited-in/says_when");
    assert_eq!(
        ids(&more),
        [
            says_when.to_owned(),
            format!("{says_when}/1"),
            says.to_owned(),
            format!("{says}/named"),
            format!("{says}/1"),
            format!("{says}/2"),
        ]
    );
}

#[test]
fn lines_without_names_are_told_with_a_name_to_write() {
    assert_snapshot!(told(&[
        (PLAIN, r##"says: ["#i-rang-twice I rang. || Twice.", "I stayed in. || So.", "[a sigh] I rang {stall} twice! || So."],"##),
        (CONDITIONAL, r#"(when: Anger(from: 60), says: ["I stayed in! || I did.", "14! || 14!"])"#),
    ]), @r##"
    warning[unnamed-line]: This line has no name, and is not the only one here without
      --> sample.ron:20:86
       |
    20 |                     says: ["#i-rang-twice I rang. || Twice.", "I stayed in. || So.", "[a sigh] I rang {stall} twice! || So."],
       |                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = expected: a name at its beginning, by which translations and recordings find it wherever it stands
       = help: write `#i-rang-twice-2` and a space before its words, or another name that tells what it says

    warning[unnamed-line]: This line has no name, and is not the only one here without
      --> sample.ron:21:90
       |
    21 |                     says_when: [(when: Anger(from: 60), says: ["I stayed in! || I did.", "14! || 14!"])],
       |                                                                                          ^^^^^^^^^^^^
       |
       = expected: a name at its beginning, by which translations and recordings find it wherever it stands
       = help: write `#another-way` and a space before its words, or another name that tells what it says
    "##);
    // An author may keep it so.
    let allow = r#"allow: [(rule: "unnamed-line", at: "waited-in", because: "nobody translates it")], flags:"#;
    assert_eq!(told(&[(PLAIN, r#"says: ["I rang. || So.", "I did. || So."],"#), ("flags:", allow)]), "");
}

#[test]
fn names_that_are_none_and_names_that_stand_twice_are_told_where_they_stand() {
    assert_snapshot!(told(&[
        (PLAIN, r##"says: ["#Rang_Twice I rang. || Twice.", "#41 is my door. || So.", "# So. || So.", "#twice I rang. || So."],"##),
        (CONDITIONAL, r##"(when: Anger(from: 60), says: ["#twice I stayed in! || I did."])"##),
        (r#"answer: ["It was"#, r##"answer: ["#twice It was no. 14.", "#twice It was"##),
    ]), @r##"
    error[id-spelling]: `Rang_Twice` is not spelt as the name of a line must be
      --> sample.ron:20:30
       |
    20 |                     says: ["#Rang_Twice I rang. || Twice.", "#41 is my door. || So.", "# So. || So.", "#twice I rang. || So."],
       |                              ^^^^^^^^^^
       |
       = expected: lower-case letters, digits and hyphens, at most 64, and a space behind them
       = help: write `#rang-twice`; where the `#` is to be read, put a name before it: `#a-name #Rang_Twice`

    error[id-spelling]: `41` is no name for a line: it is only a number
      --> sample.ron:20:63
       |
    20 |                     says: ["#Rang_Twice I rang. || Twice.", "#41 is my door. || So.", "# So. || So.", "#twice I rang. || So."],
       |                                                               ^^
       |
       = expected: lower-case letters, digits and hyphens, at most 64, and a space behind them
       = help: give the line a name; where the `#` is to be read, put a name before it: `#a-name #41`

    error[id-spelling]: The name of a line is empty
      --> sample.ron:20:88
       |
    20 |                     says: ["#Rang_Twice I rang. || Twice.", "#41 is my door. || So.", "# So. || So.", "#twice I rang. || So."],
       |                                                                                        ^
       |
       = expected: lower-case letters, digits and hyphens, at most 64, and a space behind them
       = help: give the line a name; where the `#` is to be read, put a name before it: `#a-name #`

    error[duplicate-name]: Two lines of this place are called `twice`
      --> sample.ron:20:105
       |
    20 |                     says: ["#Rang_Twice I rang. || Twice.", "#41 is my door. || So.", "# So. || So.", "#twice I rang. || So."],
       |                                                                                                         ^^^^^
       |
      ::: sample.ron:21:66
       |
    21 |                     says_when: [(when: Anger(from: 60), says: ["#twice I stayed in! || I did."])],
       |                                                                  ----- the first one
       |
       = help: give one of them another name, such as `#twice-2`

    error[duplicate-name]: Two lines of this place are called `twice`
      --> sample.ron:35:65
       |
    35 | ...                   answer: ["#twice It was no. 14.", "#twice It was no. 14 in the photo {wrong-door}."],
       |                                  ----- the first one      ^^^^^
       |
       = help: give one of them another name, such as `#twice-2`
    "##);
}
