use super::*;

/// Every piece with what it belongs to.
fn sites(source: &str) -> Vec<(&str, Role, &'static str, &'static str)> {
    let pieces = outline(source).pieces;
    let site = |piece: &Piece| (&source[piece.span.range()], piece.role, piece.site.owner, piece.site.field);
    pieces.iter().map(site).collect()
}

#[track_caller]
fn stands(source: &str, word: &str, role: Role, owner: &str, field: &str) {
    let all = sites(source);
    let found = all.iter().rfind(|(written, ..)| *written == word).unwrap_or_else(|| panic!("{word} in {all:#?}"));
    assert_eq!((found.1, found.2, found.3), (role, owner, field), "{word} in {source}");
}

#[test]
fn every_piece_knows_what_it_belongs_to() {
    let text = r#"(facts: { "van": "A van" }, encounters: [(nodes: { "a": Node(replies: [(id: "b", slip: (Minor, Empathy),
        shows: { Paraphrase: 2 }, when: All([Not(Reached("c")), Used(act: Thank)]))]) })])"#;
    stands(text, "facts", Role::Field, "Scenario", "facts");
    stands(text, "\"van\"", Role::Key, "Scenario", "facts");
    stands(text, "\"A van\"", Role::Value, "Scenario", "facts");
    stands(text, "\"a\"", Role::Key, "Encounter", "nodes");
    stands(text, "\"b\"", Role::Value, "Reply", "id");
    stands(text, "Empathy", Role::Value, "Reply", "slip");
    stands(text, "Paraphrase", Role::Key, "Reply", "shows");
    stands(text, "2", Role::Value, "Reply", "shows");
    stands(text, "\"c\"", Role::Value, "Condition", "Reached");
    stands(text, "Thank", Role::Value, "Used", "act");
}

#[test]
fn the_way_is_found_back_behind_what_is_missing() {
    let reply = |text: &str| format!("(encounters: [(nodes: {{ \"a\": Node(replies: [{text}");
    // A bracket is not closed, a value is missing, a comma is missing.
    stands(&reply("Reply(acts: [Hedge, Reply(id: \"b\""), "\"b\"", Role::Value, "Reply", "id");
    stands(&reply("Reply(id: , text: \"b\""), "\"b\"", Role::Value, "Reply", "text");
    stands(&reply("Reply(id: text: \"b\""), "\"b\"", Role::Value, "Reply", "text");
    stands(&reply("Reply(id: \"a\" text: \"b\""), "\"b\"", Role::Value, "Reply", "text");
    stands(&reply("Reply(acts: [Hedge, text: \"b\""), "\"b\"", Role::Value, "Reply", "text");
    stands(&reply("Reply(id: \"a\"], core: true"), "true", Role::Value, "Node", "core");
    stands(&reply("Reply(id: \"a\", \"b\": Node(core: true"), "true", Role::Value, "Node", "core");
    stands(&reply("Reply(to: \"a\n), Reply(id: \"b\""), "\"b\"", Role::Value, "Reply", "id");
}

#[test]
fn a_cursor_knows_where_its_word_begins() {
    let at = |text: &str| {
        let byte = text.find('‸').unwrap();
        cursor(&text.replace('‸', ""), byte).map(|cursor| (cursor.start, cursor.in_text))
    };
    assert_eq!(at("(title: \"ab‸c\")"), Some((9, true)));
    assert_eq!(at("(title: \"ab) ‸"), Some((9, true)));
    assert_eq!(at("(title: \"ab\"‸)"), Some((12, false)));
    assert_eq!(at("(title: \"ab\n‸"), Some((12, false)), "a text ends with its line, where its quote mark is missing");
    assert_eq!(at("(tit‸le"), Some((1, false)));
    assert_eq!(at("(a: 1) // the ‸"), None);
    assert_eq!(at("(a: 1) /* the ‸*/"), None);
    assert_eq!(at("/* the */‸"), Some((9, false)));
}
