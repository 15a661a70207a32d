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
        first: None,
    };
    let found = locate(&source, &Misspelt::new(), vec![finding]);
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
    let step = |occurrence| top().field("needs").join(crate::scenario::finding::Step::Key("a".to_owned(), occurrence));
    let found = locate(
        &source,
        &Misspelt::new(),
        [0, 1]
            .map(|occurrence| Finding {
                rule: "duplicate-key",
                level: Level::Error,
                path: step(occurrence),
                part: Part::Key,
                message: String::new(),
                expected: None,
                help: None,
                first: None,
            })
            .to_vec(),
    );
    let written: Vec<_> = found.iter().map(|finding| &source.text()[finding.span.unwrap().range()]).collect();
    assert_eq!(written, ["\"a\"", "\"\\x61\""]);
}
