use proptest::prelude::*;

use super::*;
use crate::studio::document::Document;

/// The caret, and where the selection was begun.
const CARET: char = '‸';
const ANCHOR: char = '‡';

fn editor(marked: &str) -> Editor {
    let text: Arc<str> = marked.replace([CARET, ANCHOR], "").into();
    let mut editor = Editor::of(&text, 0);
    editor.set_columns(20);
    let at = |mark: char, other: char| {
        let byte = marked.find(mark)?;
        let before = marked[..byte].matches(other).count() * other.len_utf8();
        Some(byte - before)
    };
    let caret = at(CARET, ANCHOR).expect("a caret is marked");
    editor.select(Selection { anchor: at(ANCHOR, CARET).unwrap_or(caret), caret });
    editor
}

fn shown(editor: &Editor) -> String {
    let Selection { anchor, caret } = editor.selection();
    let mut text = editor.text().to_owned();
    let mut marks = vec![(caret, CARET)];
    if anchor != caret {
        marks.push((anchor, ANCHOR));
    }
    marks.sort_unstable_by(|one, other| other.cmp(one));
    for (at, mark) in marks {
        text.insert(at, mark);
    }
    text
}

#[track_caller]
fn check(before: &str, act: impl Fn(&mut Editor), after: &str) {
    let mut editor = editor(before);
    act(&mut editor);
    assert_eq!(shown(&editor), after, "{before}");
    let mut document = Document::new("a.ron", &before.replace([CARET, ANCHOR], ""));
    for change in editor.take_changes() {
        document.edit(change);
    }
    assert_eq!(&**document.text(), editor.text(), "what is passed on comes to the same");
}

#[test]
fn the_caret_goes_by_signs_and_words() {
    check("a‸é", |editor| editor.go(Move::Right, false), "aé‸");
    check("a\n‸b", |editor| editor.go(Move::Left, false), "a‸\nb");
    check("e\u{301}‸", |editor| editor.go(Move::Left, false), "‸e\u{301}");
    check("‸👨\u{200D}👩\u{200D}👧b", |editor| editor.go(Move::Right, false), "👨\u{200D}👩\u{200D}👧‸b");
    check("‸", |editor| editor.go(Move::Left, false), "‸");
    check("a‸", |editor| editor.go(Move::Right, false), "a‸");
    check("‡ab‸c", |editor| editor.go(Move::Left, false), "‸abc");
    check("‸ab‡c", |editor| editor.go(Move::Right, false), "ab‸c");
    check("a‸b", |editor| editor.go(Move::Right, true), "a‡b‸");
    check("one  two‸", |editor| editor.go(Move::WordLeft, false), "one  ‸two");
    check("one  ‸two", |editor| editor.go(Move::WordLeft, false), "‸one  two");
    check("‸one  two", |editor| editor.go(Move::WordRight, false), "one  ‸two");
    check("to‸: \"a\"", |editor| editor.go(Move::WordRight, false), "to: ‸\"a\"");
    check("it‸’s", |editor| editor.go(Move::WordRight, false), "it’s‸");
    check("ab‸c", |editor| editor.go(Move::Start, true), "‸ab‡c");
    check("a‸bc\nd", |editor| editor.go(Move::End, false), "abc\nd‸");
}

#[test]
fn home_goes_to_the_first_word_and_then_to_the_beginning() {
    check("    a b‸", |editor| editor.go(Move::LineStart, false), "    ‸a b");
    check("    ‸a b", |editor| editor.go(Move::LineStart, false), "‸    a b");
    check("‸    a b", |editor| editor.go(Move::LineStart, false), "    ‸a b");
    check("‸    a b\nc", |editor| editor.go(Move::LineEnd, false), "    a b‸\nc");
}

#[test]
fn up_and_down_keep_their_column_in_rows_that_are_broken() {
    let thrice = |to: Move| {
        move |editor: &mut Editor| {
            for _ in 0..3 {
                editor.go(to, false);
            }
        }
    };
    check("abcdef‸\na\n\nabcdef", thrice(Move::Down(1)), "abcdef\na\n\nabcdef‸");
    check("abcdef\na\n\nabcdef‸", thrice(Move::Up(1)), "abcdef‸\na\n\nabcdef");
    check(
        "one two three ‸four five six\nb",
        |editor| editor.go(Move::Down(1), false),
        "one two three four five six‸\nb",
    );
    check("a‸", |editor| editor.go(Move::Down(1), false), "a‸");
    check("a‸", |editor| editor.go(Move::Up(1), false), "‸a");
    check("‸a\nb\nc\nd", |editor| editor.go(Move::Down(2), true), "‡a\nb\n‸c\nd");
}

#[test]
fn words_and_lines_are_selected_whole() {
    check("one tw‸o three", |editor| editor.select_word(6), "one ‡two‸ three");
    check("one‸ two", |editor| editor.select_word(7), "one ‡two‸");
    check("‸one  two", |editor| editor.select_word(3), "‡one‸  two");
    check("‸one   two", |editor| editor.select_word(4), "one‡   ‸two");
    check("‸a\nbc\nd", |editor| editor.select_line(3), "a\n‡bc\n‸d");
    check("‸a\nb", Editor::select_all, "‡a\nb‸");
}

#[test]
fn brackets_and_quote_marks_come_in_pairs() {
    let typed = |text: &'static str| {
        move |editor: &mut Editor| text.chars().for_each(|sign| editor.type_text(sign.encode_utf8(&mut [0; 4])))
    };
    check("‸", typed("("), "(‸)");
    check("‸", typed("()"), "()‸");
    check("‸", typed("([{"), "([{‸}])");
    check("to: ‸", typed("\"one\","), "to: \"one\",‸");
    check("‸a", typed("("), "(‸a");
    check("‸)", typed(")"), ")‸)");
    check("‡one‸", typed("\""), "\"‡one‸\"");
    check("\"It is ‸.\"", typed("("), "\"It is (‸.\"");
    check("\"It is ‸ .\"", typed("{van}"), "\"It is {van}‸ .\"");
    check("\"one‸\"", typed("\""), "\"one\"‸");
    check("// ‸", typed("("), "// (‸");
    check("it‸", typed("\""), "it\"‸");
    check("(‸)", Editor::rub_out_left, "‸)");
    check(
        "‸",
        |editor| {
            editor.type_text("(");
            editor.rub_out_left();
        },
        "‸",
    );
}

#[test]
fn one_writes_a_name_where_one_could_be() {
    for text in ["to: \"ne‸\"", "to: \"‸\"", "ti‸", "acts: [Pa‸]", "\"It is {va‸}.\"", "\"It is {‸"] {
        assert!(editor(text).writes_name(), "{text}");
    }
    for text in ["‸", "\"It is‸.\"", "// a‸", "/* a‸ */", "a: ‸", "\"a\"‸"] {
        assert!(!editor(text).writes_name(), "{text}");
    }
}

#[test]
fn a_new_line_is_as_far_in_as_the_one_before() {
    check("    a,‸", Editor::new_line, "    a,\n    ‸");
    check("  a(‸)", Editor::new_line, "  a(\n      ‸\n  )");
    check("a: [‸", Editor::new_line, "a: [\n    ‸");
    check("\"one ‸two\"", Editor::new_line, "\"one \n‸two\"");
    check("a ‡b‸ c", Editor::new_line, "a \n‸ c");
}

#[test]
fn lines_are_moved_in_and_out() {
    check("a‸", Editor::indent, "a   ‸");
    check("  ‸a", Editor::indent, "    ‸a");
    check("‡a\n\n  b‸", Editor::indent, "‡    a\n\n      b‸");
    check("‡    a\n  b\nc‸", Editor::dedent, "‡a\nb\nc‸");
    check("      a‸b", Editor::dedent, "  a‸b");
    check("  ‡a\n‸b", Editor::indent, "      ‡a\n‸b");
    check("  a‸", Editor::remark, "  // a‸");
    check("‡  a\nb‸", Editor::remark, "‡  // a\n// b‸");
    check("‡  // a\n// b‸", Editor::remark, "‡  a\nb‸");
}

#[test]
fn rubbing_out_takes_signs_words_and_steps() {
    check("ae\u{301}‸", Editor::rub_out_left, "a‸");
    check("        ‸a", Editor::rub_out_left, "    ‸a");
    check("      ‸a", Editor::rub_out_left, "    ‸a");
    check("a\n‸b", Editor::rub_out_left, "a‸b");
    check("‸", Editor::rub_out_left, "‸");
    check("a‡bc‸d", Editor::rub_out_left, "a‸d");
    check("‸éa", |editor| editor.rub_out(Move::Right), "‸a");
    check("one two‸", |editor| editor.rub_out(Move::WordLeft), "one ‸");
    check("‸one two", |editor| editor.rub_out(Move::WordRight), "‸two");
    check("aé‸ñb", |editor| editor.rub_out_around(1, 1), "a‸b");
}

#[test]
fn line_ends_are_all_of_one_kind() {
    check("‸", |editor| editor.paste("a\r\nb\rc"), "a\nb\nc‸");
}

#[test]
fn the_bracket_that_belongs_to_one_is_found() {
    assert_eq!(editor("‸(a: \")\", [b])").brackets(), Some([0, 12]));
    assert_eq!(editor("(a,\n// )\n[b])‸").brackets(), Some([12, 0]));
    assert_eq!(editor("(a‸, b)").brackets(), None);
    assert_eq!(editor("‸(a").brackets(), None);
    assert_eq!(editor("\"‸(\"").brackets(), None);
}

#[test]
fn what_the_document_says_holds() {
    let mut document = Document::new("a.ron", "one two");
    let mut editor = Editor::of(document.text(), document.version());
    editor.select(Selection::at(7));
    editor.type_text("x");
    for change in editor.take_changes() {
        document.edit(change);
    }
    assert!(!editor.agree(document.text(), document.version()));
    document.edit(Change { range: 0..0, inserted: "zero ".to_owned() });
    assert!(editor.agree(document.text(), document.version()));
    assert_eq!(shown(&editor), "zero one twox‸");
    document.undo();
    document.undo();
    assert!(editor.agree(document.text(), document.version()));
    assert_eq!(editor.text(), &**document.text());
}

#[test]
fn a_change_that_never_comes_to_the_document_is_given_up() {
    let document = Document::new("a.ron", "one");
    let mut editor = Editor::of(document.text(), document.version());
    editor.type_text("x");
    assert_eq!(editor.take_changes().len(), 1);
    let changed = (0..PATIENCE).any(|_| editor.agree(document.text(), document.version()));
    assert!(changed);
    assert_eq!((editor.text(), editor.version()), ("one", 0));
}

#[test]
fn another_document_takes_the_place_of_one() {
    let (one, other) = (Document::new("a.ron", "one"), Document::new("b.ron", "other"));
    let mut editor = Editor::of(one.text(), one.version());
    assert!(editor.agree(other.text(), other.version()));
    assert_eq!(editor.text(), "other");
}

#[test]
fn marks_of_an_older_text_stay_with_their_words() {
    let mut editor = editor("‸one two");
    editor.type_text("x");
    editor.take_changes();
    editor.type_text("y");
    assert_eq!(editor.today(0, 4..7), 6..9);
    assert_eq!(editor.today(1, 5..8), 6..9);
}

/// Something a trainer does, or that happens to the document from elsewhere.
#[derive(Debug, Clone)]
enum Deed {
    Type(String),
    Paste(String),
    Go(Move, bool),
    Place(prop::sample::Index, bool),
    NewLine,
    Indent,
    Dedent,
    Remark,
    RubOutLeft,
    RubOut(Move),
    Word(prop::sample::Index),
    Undo,
    Redo,
    Elsewhere(prop::sample::Index, String),
    Columns(usize),
}

fn moves() -> impl Strategy<Value = Move> {
    use Move::{Down, End, Left, LineEnd, LineStart, Right, Start, Up, WordLeft, WordRight};
    prop::sample::select(vec![
        Left,
        Right,
        WordLeft,
        WordRight,
        LineStart,
        LineEnd,
        Up(1),
        Down(1),
        Up(9),
        Down(9),
        Start,
        End,
    ])
}

fn written(most: usize) -> impl Strategy<Value = String> {
    let signs = "[a-c é“あ\u{301}👧\u{200D}\"(){}\\[\\]/*,:\t\n]";
    prop::string::string_regex(&format!("{signs}{{0,{most}}}")).expect("it is a regular expression")
}

fn deeds() -> impl Strategy<Value = Deed> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        6 => written(1).prop_map(Deed::Type),
        2 => written(30).prop_map(Deed::Paste),
        6 => (moves(), any::<bool>()).prop_map(|(to, select)| Deed::Go(to, select)),
        2 => (index(), any::<bool>()).prop_map(|(at, select)| Deed::Place(at, select)),
        1 => Just(Deed::NewLine),
        1 => Just(Deed::Indent),
        1 => Just(Deed::Dedent),
        1 => Just(Deed::Remark),
        2 => Just(Deed::RubOutLeft),
        2 => moves().prop_map(Deed::RubOut),
        1 => index().prop_map(Deed::Word),
        1 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => (index(), written(8)).prop_map(|(at, text)| Deed::Elsewhere(at, text)),
        1 => (16..40_usize).prop_map(Deed::Columns),
    ]
}

fn act(editor: &mut Editor, document: &mut Document, deed: &Deed) {
    match deed {
        Deed::Type(text) => editor.type_text(text),
        Deed::Paste(text) => editor.paste(text),
        Deed::Go(to, select) => editor.go(*to, *select),
        Deed::Place(at, select) => editor.place(at.index(editor.text().len() + 1), *select),
        Deed::NewLine => editor.new_line(),
        Deed::Indent => editor.indent(),
        Deed::Dedent => editor.dedent(),
        Deed::Remark => editor.remark(),
        Deed::RubOutLeft => editor.rub_out_left(),
        Deed::RubOut(to) => editor.rub_out(*to),
        Deed::Word(at) => editor.select_word(at.index(editor.text().len() + 1)),
        Deed::Undo => drop(document.undo()),
        Deed::Redo => drop(document.redo()),
        Deed::Elsewhere(at, text) => {
            let at = document.text().floor_char_boundary(at.index(document.text().len() + 1));
            document.edit(Change { range: at..at, inserted: text.clone() });
        }
        Deed::Columns(columns) => editor.set_columns(*columns),
    }
}

proptest! {
    #[test]
    fn whatever_is_done_the_text_is_that_of_the_document(
        begin in written(60),
        deeds in prop::collection::vec(deeds(), 1..40),
    ) {
        let mut document = Document::new("a.ron", &begin);
        let mut editor = Editor::of(document.text(), document.version());
        for deed in &deeds {
            act(&mut editor, &mut document, deed);
            for change in editor.take_changes() {
                document.edit(change);
            }
            editor.agree(document.text(), document.version());
            prop_assert_eq!(editor.text(), &**document.text(), "after {:?}", deed);
            prop_assert_eq!(editor.version(), document.version());
            let Selection { anchor, caret } = editor.selection();
            prop_assert!(editor.text().is_char_boundary(anchor) && editor.text().is_char_boundary(caret));
            let lines = Lines::of(editor.text(), editor.lines().columns());
            prop_assert_eq!((lines.count(), lines.rows()), (editor.lines().count(), editor.lines().rows()));
            prop_assert!(editor.brackets().is_none_or(|[one, other]| one != other));
            let (row, range) = lines.row_at(editor.text(), caret);
            prop_assert!(row < lines.rows() && range.start <= caret && caret <= range.end);
        }
    }

    #[test]
    fn the_change_between_two_texts_makes_one_of_the_other(old in "[abé“\n]{0,12}", new in "[abé“\n]{0,12}") {
        let mut text = old.clone();
        if let Some(Change { range, inserted }) = between(&old, &new) {
            text.replace_range(range, &inserted);
        }
        prop_assert_eq!(text, new);
    }
}
