mod bytes;
mod places;
mod plain;
mod syntax;
mod values;

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
                            when: All([Not(Flag("late")), Anger(from: 60)]),
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
    assert!(parsed.document.is_some() || !parsed.findings.is_empty(), "a document or a finding");
    assert!(parsed.unread.is_empty() || !parsed.findings.is_empty(), "nothing is left out without a word");
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
    let (source, findings) = match decode("a.ron", bytes) {
        Ok(decoded) => (decoded.source, decoded.findings),
        Err(refused) => (refused.source, refused.findings),
    };
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
    let (findings, copy) = check::check(GOOD, &tree.root.unwrap(), true, &shapes);
    assert_eq!(findings, []);
    assert!(copy.unread.is_empty());
    assert_eq!(options().from_str(&copy.text).ok(), parse(&SourceFile::new("a.ron", GOOD)).document);
}

/// Everything that must hold of any text, however broken.
fn holds(text: &str) {
    let source = SourceFile::new("a.ron", text);
    let parsed = parse(&source);
    assert!(parsed.document.is_some() || !parsed.findings.is_empty());
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
        assert!(!parse(&SourceFile::new("a.ron", &GOOD[..end])).findings.is_empty());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode("a.ron", &bytes) {
            Ok(decoded) => {
                holds(decoded.readable().text());
                prop_assert!(!decoded.findings.is_empty() || decoded.readable().text() == decoded.source.text());
            }
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
