//! Small texts with a mark where the cursor stands.

mod changes;

use super::{Assist, Solving, Symbol};
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

fn marked(text: &str) -> (Assist, usize) {
    let byte = text.find(MARK).unwrap_or_else(|| panic!("no mark in {text}"));
    (Assist::of(&text.replace(MARK, "")), byte)
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
    document.complete(byte).into_iter().map(|item| item.label).collect()
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
    let items = document.complete(byte);
    let item = items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label} in {items:#?}"));
    let (before, after) = item.inserts.split_at(item.cursor.unwrap_or(item.inserts.len()));
    let mark = if item.cursor.is_some() { MARK.to_string() } else { String::new() };
    replaced(document.text(), item.replaces, &format!("{before}{mark}{after}"))
}

fn replaced(text: &str, span: Span, by: &str) -> String {
    format!("{}{by}{}", &text[..span.start], &text[span.end..])
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
    offers("Scenario(customer: (upset: ‸", &["Anger", "Fear"]);
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
    assert_eq!(taken(&line("when: Rea‸"), "Reached"), line("when: Reached(‸)"));
    assert_eq!(taken(&line("when: Rea‸(\"one\")"), "Reached"), line("when: Reached(\"one\")"));
}

#[track_caller]
fn leads(line: &str, expected: &str) {
    leads_in(&in_reply(line), expected);
}

#[track_caller]
fn leads_in(text: &str, expected: &str) {
    let (document, byte) = marked(text);
    let found: Vec<_> = document
        .definitions(byte)
        .into_iter()
        .map(|span| {
            let Span { start, .. } = span;
            let begin = document.text()[..start].rfind('\n').map_or(0, |at| at + 1);
            let end = document.text()[start..].find('\n').map_or(document.text().len(), |at| start + at);
            document.text()[begin..end].trim().to_owned()
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
    assert!(document.definitions(byte).is_empty());
}

#[test]
fn references_are_all_places_of_a_name_and_of_no_other() {
    let (document, byte) = marked(&in_reply("to: \"sec‸ond\", when: Reached(\"second\"),"));
    let all = document.references(byte);
    assert!(all.iter().all(|span| &document.text()[span.range()] == "second"), "{all:?}");
    assert_eq!(all.len(), 4, "two here, one beside it, and the start of the next encounter");
    assert!(document.definitions(byte).iter().all(|given| !all.contains(given)));
    let (document, byte) = marked(&in_reply("reveals: [\"v‸an\"],"));
    assert_eq!(document.references(byte).len(), 3, "here, in the line, and in the note");
}

fn tree(symbols: &[Symbol]) -> String {
    let one = |symbol: &Symbol| {
        let below = tree(&symbol.children);
        if below.is_empty() { symbol.name.clone() } else { format!("{}({below})", symbol.name) }
    };
    symbols.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn symbols_are_encounters_with_nodes_with_replies() {
    let document = Assist::of(&in_reply("to: \"second\","));
    assert_eq!(tree(&document.symbols()), "call(first(one two) second rings-off has-van) again(later)");
}

#[track_caller]
fn says(line: &str, expected: &[&str]) {
    let (document, byte) = marked(&in_reply(line));
    let said = document.hover(byte, None).unwrap_or_else(|| panic!("nothing is said of {line}")).markdown;
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
    let fear = UP_TO_REPLY.replacen("Scenario(", "Scenario(customer: Customer(upset: Fe‸ar),", 1);
    let (document, byte) = marked(&format!("{fear}{AFTER_REPLY}"));
    let said = document.hover(byte, None).unwrap().markdown;
    assert!(said.contains("shows as fear: calm, uneasy, anxious, frightened, panicking."), "{said}");
    says("flaw: Jar‸gn,", &["unknown-name"]);
    says("to: \"no‸where\",", &["No node here is called `nowhere`."]);
}

const DORIS: &str = include_str!("../../../scenarios/can-i-have-it-on.ron");

#[test]
fn a_node_says_how_it_is_reached_once_that_is_known() {
    let document = Assist::of(DORIS);
    let scenario = document.scenario().expect("it loads");
    let byte = DORIS.find("\"doubled\": Node").unwrap() + 3;
    let said = document.hover(byte, None).unwrap().markdown;
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
    let said = document.hover(byte, Some(&known)).unwrap().markdown;
    assert!(said.contains("**Reach**: reached before any reply"), "{said}");
    assert!(said.contains("**Score of the whole scenario**: best "), "{said}");
    assert!(said.contains("**Score from here on**, come to in that way: "), "{said}");
    let other = DORIS.replacen("Jargon", "Vague", 1);
    let other = Assist::of(&other).scenario().expect("it loads too").hashes.full;
    assert!(solving.known("test", other).is_none(), "another scenario is another matter");
}

/// Takes every mend that is offered, and looks again.
#[track_caller]
fn mended(right: &str, wrong: &str) {
    assert!(DORIS.contains(right), "{right}");
    let broken = DORIS.replacen(right, wrong, 1);
    let document = Assist::of(&broken);
    let fixes = document.fixes(Span::new(0, broken.len()));
    let [fix] = &fixes[..] else { panic!("{wrong}: {fixes:#?}") };
    assert_eq!(replaced(&broken, fix.replaces, &fix.inserts), DORIS, "{wrong}: {}", fix.title);
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
fn every_word_has_its_kind() {
    let text = "Scenario(/* a */ difficulty: 2, facts: { \"van\": \"A van\" }, encounters: [Encounter(nodes: { \"a\": \
                Node(core: true, says: [\"So {van} it is\"], replies: [(to: \"b\") // end\n";
    let document = Assist::of(text);
    let shown: Vec<_> =
        document.tokens().iter().map(|token| format!("{:?} {}", token.kind, &text[token.span.range()])).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    Word Scenario
    Remark /* a */
    Field difficulty
    Number 2
    Field facts
    Given "van"
    Text "A van"
    Field encounters
    Word Encounter
    Field nodes
    Given "a"
    Word Node
    Field core
    Word true
    Field says
    Text "So {
    Used van
    Text } it is"
    Field replies
    Field to
    Used "b"
    Remark // end
    "#);
}

fn check_all(symbols: &[Symbol], in_text: &impl Fn(Span)) {
    for symbol in symbols {
        in_text(symbol.whole);
        assert!(symbol.whole.start <= symbol.at.start && symbol.at.end <= symbol.whole.end, "{symbol:#?}");
        check_all(&symbol.children, in_text);
    }
}

/// Asks for everything at a byte. Whatever the text is, every place that comes back must lie in it.
fn ask_everything(document: &Assist, byte: usize) {
    let in_text = |span: Span| {
        assert!(span.start <= span.end, "{span:?}");
        assert!(document.text().get(span.range()).is_some(), "{span:?}");
    };
    for item in document.complete(byte) {
        in_text(item.replaces);
        assert!(item.cursor.is_none_or(|cursor| item.inserts.is_char_boundary(cursor)), "{item:?}");
    }
    document.hover(byte, None).into_iter().for_each(|said| in_text(said.span));
    document.definitions(byte).into_iter().for_each(in_text);
    document.references(byte).into_iter().for_each(in_text);
    check_all(&document.symbols(), &in_text);
    document.findings().iter().filter_map(|finding| finding.span).for_each(in_text);
    let nearby = Span::new(byte.saturating_sub(40), byte);
    document.fixes(nearby).iter().for_each(|fix| in_text(fix.replaces));
    for edit in document.rename(byte, "quite-another").unwrap_or_default() {
        in_text(edit.replaces);
    }
    let tokens = document.tokens();
    for token in &tokens {
        in_text(token.span);
    }
    assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{tokens:#?}");
}

#[test]
fn a_file_may_end_anywhere() {
    let turned = include_str!("../../../tests/fixtures/tables-turned.ron");
    for (text, step) in [(DORIS, 397), (turned, 211), (&in_reply("to: \"é😀‸\","), 1)] {
        for end in (0..=text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
            let document = Assist::of(&text[..end]);
            ask_everything(&document, end);
        }
    }
}

#[test]
fn a_byte_may_be_missing_anywhere() {
    let text = in_reply("acts: [Validate], to: \"second\",");
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let document = Assist::of(&format!("{}{}", &text[..at], &text[at + 1..]));
        ask_everything(&document, at);
    }
}

#[test]
fn all_places_are_those_of_the_text_that_was_taken() {
    let document = Assist::of("\u{FEFF}Scenario(\r\n    titel: \"\",\r)");
    assert_eq!(document.text(), "Scenario(\n    titel: \"\",\n)");
    let finding = document.findings().iter().find(|finding| finding.rule == "unknown-field").expect("it is found");
    assert_eq!(&document.text()[finding.span.unwrap().range()], "titel");
}
