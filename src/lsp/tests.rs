//! Small texts with a mark where the cursor stands.

use lsp_types::{CompletionTextEdit, DocumentSymbol, Uri};

use super::complete::complete;
use super::document::Document;
use super::hover::hover;
use super::navigate::{definitions, references, symbols};
use super::solving::Solving;
use super::{findings, formatted};
use crate::diagnostic::Span;

/// Where the cursor stands.
const MARK: char = '‸';

/// Up to the first reply, which has an id.
const UP_TO_REPLY: &str = r#"Scenario(
    facts: { "van": "She has a van", "trays": "Her trays are forty by sixty" },
    needs: { "cold": (weight: 100, text: "Somewhere cold") },
    promises: { "ring": (text: "Ring her", due: "Fri 18:30") },
    flags: ["hoped"],
    encounters: [
        Encounter(
            id: "call",
            start: "first",
            nodes: {
                "first": Node(
                    says: ["Hello."],
                    weigh: { OpenQuestion: 2, NextStep: 1 },
                    replies: [
                        Reply(
                            id: "one",
                            gist: "Ask what for",
"#;

/// What follows the first reply.
const AFTER_REPLY: &str = r#"
                        ),
                        Reply(id: "two", to: "second"),
                    ],
                ),
                "second": Node(says: ["And a van. {van}"], replies: []),
            },
            endings: { "rings-off": (text: "She rings off.") },
            note: [(id: "has-van", text: "She has a van", kind: Fact, fact: "van")],
        ),
        Encounter(id: "again", starts: [(when: Reached("second"), node: "later")], nodes: { "later": (says: []) }),
    ],
)
"#;

fn marked(text: &str) -> (Document, usize) {
    let byte = text.find(MARK).unwrap_or_else(|| panic!("no mark in {text}"));
    (Document::of(&text.replace(MARK, "")), byte)
}

fn in_reply(line: &str) -> String {
    format!("{UP_TO_REPLY}{line}{AFTER_REPLY}")
}

/// A condition of the second encounter.
fn asking_the_note(name: &str) -> String {
    in_reply("").replace("(says: [])", &format!("(says: [], says_when: [(when: Noted(\"{name}\"), says: [])])"))
}

fn labels(text: &str) -> Vec<String> {
    let (document, byte) = marked(text);
    complete(&document, byte, true).into_iter().map(|item| item.label).collect()
}

#[track_caller]
fn offers(text: &str, expected: &[&str]) {
    assert_eq!(labels(text), expected, "{text}");
}

#[track_caller]
fn begins_with(line: &str, first: &[&str], without: &[&str]) {
    for text in [in_reply(line), format!("{UP_TO_REPLY}{line}")] {
        let found = labels(&text);
        assert!(
            found.starts_with(&first.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()),
            "{line}: {found:?}"
        );
        assert!(without.iter().all(|name| !found.iter().any(|label| label == name)), "{line}: {found:?}");
    }
}

/// What the text is once an item is taken.
#[track_caller]
fn taken(text: &str, label: &str) -> String {
    let (document, byte) = marked(text);
    let items = complete(&document, byte, true);
    let item = items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label} in {items:#?}"));
    let Some(CompletionTextEdit::Edit(edit)) = &item.text_edit else { panic!("{item:#?}") };
    document.text.changed(Some(edit.range), &edit.new_text).as_str().to_owned()
}

#[test]
fn names_are_completed_where_they_are_used() {
    for mark in ["\"‸\"", "\"‸", "\"se‸\"", "\"se‸", "‸"] {
        offers(&in_reply(&format!("to: {mark},")), &["first", "second", "rings-off"]);
        offers(&in_reply(&format!("to: {mark}")), &["first", "second", "rings-off"]);
    }
    offers(&in_reply("to_when: [(when: Flag(\"hoped\"), to: \"‸\")],"), &["first", "second", "rings-off"]);
    offers(&in_reply("reveals: [\"van\", \"‸\"],"), &["van", "trays"]);
    offers(&in_reply("promises: [\"‸\"],"), &["ring"]);
    offers(&in_reply("meets: [\"‸\"],"), &["cold"]);
    offers(&in_reply("sets: [\"‸\"],"), &["hoped"]);
    offers(&in_reply("when: Not(Reached(\"‸\")),"), &["first", "second"]);
    offers(&in_reply("when: All([Heard(\"‸\")]),"), &["van", "trays"]);
    offers(&in_reply("when: Any([Kept(\"‸"), &["ring"]);
    offers(&in_reply("when: Chose(\"‸\"),"), &["one", "two"]);
    // The note at hand is that of the encounter before, until one's own is written.
    offers(&in_reply("when: Noted(\"‸\"),"), &[]);
    offers(&asking_the_note("‸"), &["has-van"]);
    offers(&in_reply("").replace("fact: \"van\")],", "fact: \"van\")], diary: [(when: Noted(\"‸"), &["has-van"]);
    offers(&in_reply("answer: [\"I see. {‸\"],"), &["van", "trays"]);
    offers(&in_reply("answer: [\"I see. {tr‸}\"],"), &["van", "trays"]);
    offers(&in_reply("answer: [\"I see. {van} ‸\"],"), &[]);
    offers(&in_reply("why: \"{‸\","), &[]);
    offers(&in_reply("// to: \"‸\""), &[]);
    // A later encounter asks of the one before it, and begins in its own.
    offers(&AFTER_REPLY_IN_PLACE.replace("Reached(\"second\")", "Reached(\"‸\")"), &["first", "second"]);
    offers(&AFTER_REPLY_IN_PLACE.replace("node: \"later\"", "node: \"‸\""), &["later"]);
}

static AFTER_REPLY_IN_PLACE: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| in_reply(""));

#[test]
fn closed_lists_are_completed_by_what_fits() {
    begins_with("acts: [‸", &["ParaphraseRight"], &["Vent", "FactsInOrder"]);
    begins_with("acts: [OpenQuestion, Off‸", &["ParaphraseRight"], &["Vent"]);
    begins_with("shows: { ‸", &["OpenQuestion", "NextStep"], &["Note", "LetFinish"]);
    begins_with("flaw: ‸", &["PrematureSolution"], &["HardInterrupt"]);
    begins_with("flaw: Pre‸", &["PrematureSolution"], &["HardInterrupt"]);
    begins_with("when: ‸", &["All", "Any", "Not", "Anger"], &[]);
    begins_with("when: Anger(‸", &["from", "below"], &[]);
    begins_with("slip: (Minor, ‸", &["Listening"], &[]);
    let turned = in_reply("acts: [‸]").replace("start: \"first\",", "start: \"first\", turned: true,");
    let found = labels(&turned);
    assert!(found.contains(&"Vent".to_owned()) && !found.contains(&"OfferThatFits".to_owned()), "{found:?}");
}

#[test]
fn fields_are_completed_that_are_not_there_yet() {
    begins_with("‸", &["text", "acts", "why", "hears", "to"], &["id", "gist", "nodes"]);
    begins_with("te‸", &["text", "acts"], &["id"]);
    offers("Scenario(customer: (mood: (anger: 3, ‸", &["trust", "patience", "heard", "clarity"]);
    assert_eq!(taken("(form‸", "format"), "(format: ");
    assert_eq!(taken("(form‸: 1)", "format"), "(format: 1)");
}

#[test]
fn what_is_taken_replaces_what_was_begun() {
    let line = |written: &str| format!("{UP_TO_REPLY}{written}");
    assert_eq!(taken(&line("to: \"se‸nd\","), "first"), line("to: \"first\","));
    assert_eq!(taken(&line("to: \"‸\","), "first"), line("to: \"first\","));
    assert_eq!(taken(&line("to: ‸"), "first"), line("to: \"first\""));
    assert_eq!(taken(&line("answer: [\"A. {‸\"]"), "van"), line("answer: [\"A. {van}\"]"));
    assert_eq!(taken(&line("answer: [\"A. {t‸}\"]"), "van"), line("answer: [\"A. {van}\"]"));
    assert_eq!(taken(&line("when: Rea‸"), "Reached"), line("when: Reached($0)"));
    let (document, byte) = marked(&line("when: Rea‸"));
    let plain = complete(&document, byte, false);
    assert!(plain.iter().all(|item| item.insert_text_format.is_none()), "{plain:#?}");
    assert_eq!(taken(&line("when: Rea‸(\"one\")"), "Reached"), line("when: Reached(\"one\")"));
}

#[track_caller]
fn leads(line: &str, expected: &str) {
    leads_in(&in_reply(line), expected);
}

#[track_caller]
fn leads_in(text: &str, expected: &str) {
    let (document, byte) = marked(text);
    let found: Vec<_> = definitions(&document, byte)
        .into_iter()
        .map(|span| {
            let Span { start, .. } = span;
            let begin = document.source()[..start].rfind('\n').map_or(0, |at| at + 1);
            let end = document.source()[start..].find('\n').map_or(document.source().len(), |at| start + at);
            document.source()[begin..end].trim().to_owned()
        })
        .collect();
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    assert!(found[0].starts_with(expected), "{text}: {found:?}");
}

#[test]
fn a_name_leads_to_where_it_is_given() {
    leads("to: \"sec‸ond\",", "\"second\": Node(");
    leads("to: \"rings-off‸\",", "endings: {");
    leads("reveals: [\"‸van\"],", "facts: {");
    leads("meets: [\"cold‸\"],", "needs: {");
    leads("promises: [\"‸ring\"],", "promises: {");
    leads("sets: [\"hop‸ed\"],", "flags: [");
    leads("when: Chose(\"‸two\"),", "Reply(id: \"two\"");
    leads_in(&asking_the_note("has‸-van"), "note: [");
    leads("answer: [\"A. {v‸an} b.\"],", "facts: {");
    let (document, byte) = marked(&in_reply("to: \"no‸where\","));
    assert!(definitions(&document, byte).is_empty());
}

#[test]
fn references_are_all_places_of_a_name_and_of_no_other() {
    let (document, byte) = marked(&in_reply("to: \"sec‸ond\", when: Reached(\"second\"),"));
    let all = references(&document, byte, true);
    assert!(all.iter().all(|span| &document.source()[span.range()] == "second"), "{all:?}");
    assert_eq!(all.len(), 5, "two here, one beside it, the node itself, and the start of the next encounter");
    assert_eq!(references(&document, byte, false).len(), 4);
    let (document, byte) = marked(&in_reply("reveals: [\"v‸an\"],"));
    assert_eq!(references(&document, byte, true).len(), 4, "here, in the line, in the note, and where it is given");
}

fn tree(symbols: &[DocumentSymbol]) -> String {
    let one = |symbol: &DocumentSymbol| {
        let below = tree(symbol.children.as_deref().unwrap_or_default());
        if below.is_empty() { symbol.name.clone() } else { format!("{}({below})", symbol.name) }
    };
    symbols.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn symbols_are_encounters_with_nodes_with_replies() {
    let document = Document::of(&in_reply("to: \"second\","));
    assert_eq!(tree(&symbols(&document)), "call(first(one two) second rings-off has-van) again(later)");
}

#[track_caller]
fn says(line: &str, expected: &[&str]) {
    let (document, byte) = marked(&in_reply(line));
    let (said, _) = hover(&document, None, byte).unwrap_or_else(|| panic!("nothing is said of {line}"));
    assert!(expected.iter().all(|part| said.contains(part)), "{line}: {said}");
}

#[test]
fn hovering_says_what_a_name_is() {
    says("to: \"fir‸st\",", &["Node `first`", "> Hello.", "not known while the file has errors"]);
    says("reveals: [\"van‸\"],", &["Fact `van`", "> She has a van"]);
    says("promises: [\"ri‸ng\"],", &["Promise `ring`", "> Ring her", "Due Fri 18:30."]);
    says("meets: [\"cold‸\"],", &["Part of the need `cold`", "> Somewhere cold"]);
    says("when: Chose(\"o‸ne\"),", &["Reply `one`: Ask what for"]);
    says("sets: [\"hoped‸\"],", &["Flag `hoped`", "in 1 place."]);
    says("acts: [Val‸idate],", &["An act: validates."]);
    says("shows: { OpenQ‸uestion: 2 },", &["**Needs assessment**: open question"]);
    says("flaw: Jar‸gon,", &["A flaw: jargon."]);
    says("flaw: Jar‸gn,", &["unknown-name"]);
    says("to: \"no‸where\",", &["No node here is called `nowhere`."]);
}

const DORIS: &str = include_str!("../../scenarios/can-i-have-it-on.ron");

fn address() -> Uri {
    "file:///scenarios/test.ron".parse().unwrap()
}

#[test]
fn a_node_says_how_it_is_reached_once_that_is_known() {
    let document = Document::of(DORIS);
    let scenario = document.loaded().scenario.as_ref().expect("it loads");
    let byte = DORIS.find("\"doubled\": Node").unwrap() + 3;
    let (said, _) = hover(&document, None, byte).unwrap();
    assert!(said.contains("**Reach**: not known yet."), "{said}");
    let solving = Solving::begin();
    solving.look_at("test", Some(scenario));
    let hash = scenario.hashes.full;
    let known = std::iter::repeat_with(|| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        solving.known("test", hash).filter(|known| known.ranges.is_some())
    })
    .flatten()
    .next()
    .expect("it comes to its end");
    let (said, _) = hover(&document, Some(&known), byte).unwrap();
    assert!(said.contains("**Reach**: reached before any reply"), "{said}");
    assert!(said.contains("**Score of the whole scenario**: best "), "{said}");
    let other = DORIS.replacen("Jargon", "Vague", 1);
    let other = Document::of(&other).loaded().scenario.as_ref().expect("it loads too").hashes.full;
    assert!(solving.known("test", other).is_none(), "another scenario is another matter");
}

/// Takes every mend that is offered, and looks again.
#[track_caller]
fn mended(right: &str, wrong: &str) {
    assert!(DORIS.contains(right), "{right}");
    let broken = DORIS.replacen(right, wrong, 1);
    let document = Document::of(&broken);
    let whole = Span::new(0, broken.len());
    let actions = findings::actions(&document, &address(), whole);
    assert_eq!(actions.len(), 1, "{wrong}: {actions:#?}");
    let edits = actions[0].edit.as_ref().unwrap().changes.as_ref().unwrap().values().flatten().collect::<Vec<_>>();
    let [edit] = edits[..] else { panic!("{edits:#?}") };
    let text = document.text.changed(Some(edit.range), &edit.new_text);
    assert_eq!(text.as_str(), DORIS, "{wrong}: {}", actions[0].title);
}

#[test]
fn what_was_meant_is_a_click_away() {
    mended("to: \"new-meter\"", "to: \"new-metre\"");
    mended("difficulty: 1,", "dificulty: 1,");
    mended("flaw: Jargon", "flaw: Jargn");
    mended("customer: Customer(", "customer: Custmer(");
    mended("acts: [BareApology, PolicyQuote]", "acts: [BareApologi, PolicyQuote]");
    mended("{bedroom-off}", "{bedrom-off}");
}

#[test]
fn formatting_gives_the_laid_out_text_or_leaves_it() {
    assert_eq!(formatted(&Document::of("(a: 1)\n")), Some(Vec::new()));
    assert!(formatted(&Document::of("(a: [1, 2)")).is_none());
    let edits = formatted(&Document::of("( a :1 )")).unwrap();
    assert_eq!(edits[0].new_text, "(a: 1)\n");
}

fn check_all(symbols: &[DocumentSymbol], in_text: &impl Fn(lsp_types::Range)) {
    for symbol in symbols {
        in_text(symbol.range);
        assert!(symbol.range.start <= symbol.selection_range.start, "{symbol:#?}");
        assert!(symbol.selection_range.end <= symbol.range.end, "{symbol:#?}");
        check_all(symbol.children.as_deref().unwrap_or_default(), in_text);
    }
}

/// Asks for everything at a byte. Whatever the text is, every place that comes back must lie in it.
fn ask_everything(document: &Document, byte: usize) {
    let length = document.source().len();
    let in_text = |range: lsp_types::Range| {
        assert!(range.start <= range.end, "{range:?}");
        assert!(range.end <= document.text.position(length), "{range:?}");
    };
    for item in complete(document, byte, false) {
        let Some(CompletionTextEdit::Edit(edit)) = item.text_edit else { panic!("{}", item.label) };
        in_text(edit.range);
    }
    if let Some((_, span)) = hover(document, None, byte) {
        in_text(document.text.range(span));
        assert!(span.end <= length);
    }
    for span in definitions(document, byte).into_iter().chain(references(document, byte, true)) {
        assert!(span.start <= span.end && span.end <= length, "{span:?}");
    }
    check_all(&symbols(document), &in_text);
    for diagnostic in findings::diagnostics(document, &address()) {
        in_text(diagnostic.range);
    }
    findings::actions(document, &address(), Span::new(0, length));
    formatted(document);
}

#[test]
fn a_file_may_end_anywhere() {
    let turned = include_str!("../../tests/fixtures/tables-turned.ron");
    for (text, step) in [(DORIS, 397), (turned, 211), (&in_reply("to: \"é😀‸\","), 1)] {
        for end in (0..=text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
            let document = Document::of(&text[..end]);
            ask_everything(&document, document.source().len());
        }
    }
}

#[test]
fn a_byte_may_be_missing_anywhere() {
    let text = in_reply("acts: [Validate], to: \"second\",");
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let document = Document::of(&format!("{}{}", &text[..at], &text[at + 1..]));
        ask_everything(&document, at);
    }
}
