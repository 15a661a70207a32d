//! What is changed for a person: quick fixes, and other names.

use super::super::{Assist, NotRenamed};
use super::{DORIS, MARK, in_reply, marked, replaced};
use crate::diagnostic::{Severity, Span};

/// The text with the first fix that is offered for it, and the fix.
fn fixed(text: &str) -> Option<String> {
    let document = Assist::of(text);
    let fixes = document.fixes(Span::new(0, text.len()));
    fixes.first().map(|fix| replaced(text, fix.replaces, &fix.inserts))
}

#[test]
fn what_is_mended_by_rote_is_mended() {
    let acts = "acts: [BareApology, PolicyQuote],";
    for (wrong, right) in [
        ("difficulty: 1\n", "difficulty: 1,\n"),
        ("difficulty: 1,,", "difficulty: 1,"),
        ("difficulty = 1,", "difficulty : 1,"),
        ("difficulty 1,", "difficulty: 1,"),
        ("difficulty: 1;", "difficulty: 1,"),
        ("difficulty: \"1\",", "difficulty: 1,"),
        ("\"difficulty\": 1,", "difficulty: 1,"),
        ("difficulty:\u{200B} 1,", "difficulty: 1,"),
        ("acts: [BareApology PolicyQuote],", acts),
        ("acts: [BareApology, PolicyQuote]],", acts),
        ("acts: [BareApology, PolicyQuote),", acts),
        ("acts: [BareApology, PolicyQuote,", acts),
        ("acts: [BareApology, \"PolicyQuote\"],", acts),
        ("flaw: Jargon(),", "flaw: Jargon,"),
        ("to: 'new-meter',", "to: \"new-meter\","),
        ("to: “new-meter”,", "to: \"new-meter\","),
        ("to: new-meter,", "to: \"new-meter\","),
        ("to: \"new-meter,", "to: \"new-meter\","),
    ] {
        let standing = if right.contains(" : ") { right.replace(" :", ":") } else { right.to_owned() };
        assert!(DORIS.contains(&standing), "{right}");
        let broken = DORIS.replacen(&standing, wrong, 1);
        assert_eq!(fixed(&broken), Some(DORIS.replacen(&standing, right, 1)), "{wrong}");
    }
    let lacking = DORIS.replacen("    difficulty: 1,\n", "", 1);
    let mended = fixed(&lacking).expect("an example is offered");
    assert!(mended.contains("Scenario(\n    difficulty: 1,\n"), "{mended:.300}");
    let allowing = DORIS.replacen(
        "    encounters: [",
        "    allow: [(rule: \"long-turn\", because: \"x\"), ],\n    encounters: [",
        1,
    );
    assert!(fixed(&allowing).expect("it is taken out").contains("    allow: [],\n"));
}

#[test]
fn what_would_not_make_the_file_better_is_not_offered() {
    for (right, wrong) in [
        // An example that is no name here, one that is no value, and two mistakes in one place.
        ("to: \"new-meter\",", ""),
        ("difficulty: 1,", "difficulty: ,"),
        ("to: \"new-meter\",", "to: 'new-metre-of-old',"),
    ] {
        assert_eq!(fixed(&DORIS.replacen(right, wrong, 1)), None, "{wrong}");
    }
}

/// Every fix that is offered for a text leaves it better: fewer findings of the kinds that were told, and no other.
fn check_fixes(text: &str) {
    let document = Assist::of(text);
    let errors = |document: &Assist| {
        let errors = document.findings().iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| (finding.rule, finding.message.clone())).collect::<Vec<_>>()
    };
    let before = errors(&document);
    for fix in document.fixes(Span::new(0, text.len())) {
        let after = errors(&Assist::of(&replaced(document.text(), fix.replaces, &fix.inserts)));
        assert!(after.len() < before.len() || fix.finding.severity == Severity::Warning, "{fix:#?}");
        assert!(after.iter().all(|error| before.contains(error)), "{fix:#?}\n{after:#?}");
    }
}

#[test]
fn a_fix_never_makes_a_file_worse() {
    let text = in_reply("acts: [Validate], to: \"second\",");
    for at in (0..text.len()).step_by(19).filter(|at| text.is_char_boundary(*at)) {
        check_fixes(&format!("{}{}", &text[..at], &text[at + 1..]));
        check_fixes(&format!("{}'{}", &text[..at], &text[at..]));
        check_fixes(&format!("{},{}", &text[..at], &text[at..]));
    }
}

/// The text after the name at the mark is another.
#[track_caller]
fn renamed(text: &str, name: &str) -> String {
    let (document, byte) = marked(text);
    let mut edits = document.rename(byte, name).unwrap_or_else(|why| panic!("{why}"));
    edits.sort_unstable_by_key(|edit| std::cmp::Reverse(edit.replaces));
    assert!(edits.windows(2).all(|pair| pair[1].replaces.end <= pair[0].replaces.start), "{edits:#?}");
    let text = document.text().to_owned();
    edits.into_iter().fold(text, |text, edit| replaced(&text, edit.replaces, &edit.inserts))
}

#[test]
fn a_name_is_changed_everywhere_and_nothing_else_is() {
    let line = |name: &str| format!("to: \"{name}\", when: All([Reached(\"{name}\"), Heard(\"van\")]),");
    let all = in_reply(&line("second")).replace("\"second\"", "\"other\"");
    assert_eq!(renamed(&in_reply(&line("second")).replacen("to: \"sec", "to: \"sec‸", 1), "other"), all);
    let spoken = renamed(&in_reply("reveals: [\"v‸an\"],"), "lorry");
    assert!(spoken.contains("{lorry}") && spoken.contains("fact: \"lorry\""), "{spoken}");
    // A scenario that means the same by every other name has nothing wrong with it.
    let document = Assist::of(DORIS);
    for node in &document.symbols()[0].children {
        for symbol in std::iter::once(node).chain(&node.children) {
            let at = symbol.at.start;
            let text = replaced(DORIS, Span::point(at), &MARK.to_string());
            let renamed = renamed(&text, "quite-another-name");
            let findings = Assist::of(&renamed).findings().iter().map(|finding| finding.rule).collect::<Vec<_>>();
            let before: Vec<_> = document.findings().iter().map(|finding| finding.rule).collect();
            assert_eq!(findings, before, "{}", symbol.name);
        }
    }
}

#[track_caller]
fn refuses(text: &str, name: &str, why: &str) {
    let (document, byte) = marked(text);
    assert_eq!(document.rename(byte, name).unwrap_err().to_string(), why);
}

#[test]
fn a_name_that_is_taken_or_misspelt_is_refused() {
    let to_second = in_reply("to: \"sec‸ond\",");
    refuses(&to_second, "first", "a node is called `first` already: choose another name");
    refuses(&to_second, "rings-off", "an ending is called `rings-off` already: choose another name");
    refuses(
        &to_second,
        "The Second!",
        "`The Second!` is not spelt as a name must be: lower-case letters, digits and hyphens, at most 64; \
         `the-second` would do",
    );
    refuses(
        &in_reply("to: \"no‸where\","),
        "x",
        "nothing here is called `nowhere`: write the name of something that is there first",
    );
    let twice = to_second.replace("id: \"two\"", "id: \"one\"").replace("to: \"sec‸ond\"", "when: Chose(\"o‸ne\")");
    refuses(
        &twice,
        "x",
        "replies are called `one`, and which is meant cannot be told: give one of them another name by hand",
    );
    let (document, byte) = marked(&in_reply("to: \"second\", acts: [Val‸idate],"));
    assert_eq!(document.renameable(byte), Err(NotRenamed::NoName));
    let (document, byte) = marked(&to_second);
    assert_eq!(document.renameable(byte).map(|span| &document.text()[span.range()]), Ok("second"));
    // The later encounter has names of its own.
    assert!(renamed(&to_second, "later").contains("\"later\": Node(says: [\"And a van."));
}
