//! How what is known of a file is told in the words of the protocol.

use lsp_types::{CompletionTextEdit, Uri};

use super::document::Document;
use super::{formatted, shown};
use crate::diagnostic::Span;

fn address() -> Uri {
    "file:///scenarios/test.ron".parse().unwrap()
}

/// What is inserted for the item of this label at the end of a text.
fn inserted(text: &str, label: &str, snippets: bool) -> String {
    let document = Document::of(text);
    let completions = document.assist.as_ref().unwrap().complete(text.len());
    let items = shown::completions(&document.text, completions, snippets);
    assert!(items.is_sorted_by(|one, other| one.sort_text <= other.sort_text), "{items:#?}");
    let item = items.into_iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label}"));
    assert_eq!(item.insert_text_format.is_some(), snippets && label == "Reached");
    let Some(CompletionTextEdit::Edit(edit)) = item.text_edit else { panic!("{label}") };
    edit.new_text
}

#[test]
fn only_an_editor_that_knows_snippets_is_told_where_the_cursor_goes() {
    let text = "Scenario(encounters: [Encounter(nodes: { \"a\": Node(replies: [Reply(when: Rea";
    assert_eq!(inserted(text, "Reached", true), "Reached($0)");
    assert_eq!(inserted(text, "Reached", false), "Reached");
    for snippets in [true, false] {
        assert_eq!(inserted("Scenario(form", "format", snippets), "format: ");
    }
}

#[test]
fn formatting_gives_the_laid_out_text_or_leaves_it() {
    assert_eq!(formatted(&Document::of("(a: 1)\n")), Some(Vec::new()));
    assert!(formatted(&Document::of("(a: [1, 2)")).is_none());
    let edits = formatted(&Document::of("( a :1 )")).unwrap();
    assert_eq!(edits[0].new_text, "(a: 1)\n");
}

#[test]
fn a_mend_comes_with_its_finding_and_in_the_columns_of_the_editor() {
    let document = Document::of("Scenario(title: \"😀\", titel: \"\")");
    let assist = document.assist.as_ref().unwrap();
    let [finding] = &shown::diagnostics(&document, &address())
        .into_iter()
        .filter(|finding| finding.message.contains("titel"))
        .collect::<Vec<_>>()[..]
    else {
        panic!("one finding is about it");
    };
    assert_eq!(finding.range.start.character, 22);
    let actions = shown::actions(&document, assist, &address(), Span::point(24));
    for action in actions {
        assert_eq!(action.diagnostics, Some(vec![finding.clone()]));
    }
}

#[test]
fn a_part_without_a_name_is_shown_by_what_it_is() {
    let document = Document::of("Scenario(encounters: [Encounter(id: \"\", nodes: { \"a\": Node() })])");
    let symbols = shown::symbols(&document.text, document.assist.as_ref().unwrap().symbols());
    assert_eq!(symbols[0].name, "encounter");
    assert_eq!(symbols[0].children.as_ref().unwrap()[0].name, "a");
}
