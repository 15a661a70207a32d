//! Files that are half written, or none at all: every tool of the workshop says what is wrong and where, and none breaks.

use std::fs;

use simmer::authoring::assist::Assist;
use simmer::authoring::fmt::format_file;
use simmer::authoring::graph::graph;
use simmer::authoring::import::{draft, read as read_story};
use simmer::authoring::plan;
use simmer::diagnostic::{Diagnostic, Severity, Span};
use simmer::export::twee;
use simmer::library::shipped_plans;
use simmer::lint::{Tier, lint};
use simmer::scenario::load::load;

use crate::command_line::{Home, shipped, text_of};
use crate::shipped_scenarios::SHIPPED;

/// Where a text of this length is cut off: at every byte near its beginning and its end, and so often in between.
fn ends(length: usize, often: usize) -> impl Iterator<Item = usize> {
    let step = (length / often).max(1);
    (0..length).filter(move |end| *end < 24 || length - end < 24 || end % step == 0)
}

/// Something is found, and all of it lies in the text.
#[track_caller]
fn has_a_place(findings: &[Diagnostic], length: usize, end: usize) {
    assert!(!findings.is_empty(), "nothing is found in the first {end} bytes");
    // What is wrong with an empty file is wrong with the file as a whole.
    let placed = findings.iter().filter_map(|finding| finding.span);
    assert!(placed.clone().next().is_some() || end < 200, "no place in the first {end} bytes: {findings:#?}");
    for Span { start, end: last } in placed {
        assert!(start <= last && last <= length, "{start} to {last} of {length}");
    }
}

/// All that is asked of a scenario file.
fn look_at_scenario(bytes: &[u8], end: usize, is_whole: bool) {
    let mut loaded = load("half.ron", bytes);
    lint(&mut loaded, Tier::Typing);
    if let Some(scenario) = &loaded.scenario {
        assert!(is_whole, "the first {end} bytes are no scenario yet");
        graph(scenario);
    } else {
        has_a_place(&loaded.findings, loaded.source.text().len(), end);
        assert!(loaded.errors() > 0);
    }
    if let Err(refused) = format_file("half.ron", bytes) {
        has_a_place(&refused.findings, refused.source.text().len(), end);
    } else {
        // What is but a remark is well written.
        assert!(is_whole || !bytes.contains(&b'('), "the first {end} bytes are laid out");
    }
}

/// All that an editor asks at the end of a text.
fn assist_at_the_end(text: &str) {
    let assist = Assist::of(text);
    let length = assist.text().len();
    let is_within = |span: Span| span.start <= span.end && span.end <= length;
    assert!(assist.complete(length).iter().all(|item| is_within(item.replaces)));
    assert!(assist.hover(length, None).is_none_or(|said| is_within(said.span)));
    assert!(assist.definitions(length).into_iter().chain(assist.references(length)).all(is_within));
    assert!(assist.tokens().iter().all(|token| is_within(token.span)));
    assert!(assist.symbols().iter().all(|symbol| is_within(symbol.whole)));
    assert!(assist.findings().iter().filter_map(|finding| finding.span).all(is_within));
}

#[test]
fn a_shipped_scenario_may_be_cut_off_anywhere() {
    for name in SHIPPED {
        let text = text_of(shipped(name));
        let whole = text.trim_end().len();
        for end in ends(text.len(), 40) {
            look_at_scenario(&text.as_bytes()[..end], end, end >= whole);
        }
        for end in ends(text.len(), 20).filter(|end| text.is_char_boundary(*end)) {
            assist_at_the_end(&text[..end]);
        }
    }
}

#[test]
fn a_new_scenario_may_be_cut_off_anywhere() {
    let home = Home::new();
    home.run(&["new", "mine"]).expect(0);
    let text = text_of(home.path("mine.ron"));
    let whole = text.trim_end().len();
    for end in ends(text.len(), 400) {
        look_at_scenario(&text.as_bytes()[..end], end, end >= whole);
    }
}

#[test]
fn a_plan_may_be_cut_off_anywhere() {
    for (name, bytes) in shipped_plans() {
        let text = str::from_utf8(bytes).unwrap();
        let whole = text.trim_end().len();
        for end in ends(text.len(), 300) {
            match plan::read(&name, &bytes[..end]) {
                Ok(_) => assert!(end >= whole, "{name}: the first {end} bytes are no plan yet"),
                Err(refused) => has_a_place(&refused.findings, refused.source.text().len(), end),
            }
            if format_file(&name, &bytes[..end]).is_ok() {
                assert!(end >= whole || !text[..end].contains('('), "{name}: the first {end} bytes are laid out");
            }
        }
    }
}

#[test]
fn a_story_may_be_cut_off_anywhere() {
    for name in SHIPPED {
        let text = twee(load(name, text_of(shipped(name)).as_bytes()).scenario.as_ref().unwrap());
        for end in ends(text.len(), 60) {
            match read_story(&text.as_bytes()[..end]) {
                // What it says is a draft, however much is missing.
                Ok(story) => {
                    let draft = draft(&story, "story");
                    let loaded = load("draft.ron", draft.text.as_bytes());
                    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
                    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&Diagnostic>::new(), "{name}, {end}:\n{}", draft.text);
                }
                Err(why) => assert!(!why.to_string().is_empty()),
            }
        }
    }
}

/// What each verb says of a path, and its exit code.
#[track_caller]
fn refuses(home: &Home, arguments: &[&str], code: i32, words: &str) {
    let ran = home.run(arguments);
    let told = format!("{}{}", ran.expect(code).out, ran.err);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(words), "{arguments:?}: {words}\nis missing in\n{told}");
    assert!(!told.contains("panicked"), "{told}");
}

#[test]
fn a_folder_is_no_file() {
    let home = Home::new();
    for folder in ["mine.ron", "mine.plan.ron", "mine.twee"] {
        fs::create_dir_all(home.path(folder)).unwrap();
    }
    refuses(&home, &["check", "mine.ron"], 2, "no scenario");
    refuses(&home, &["solve", "mine.ron"], 2, "mine.ron");
    refuses(&home, &["graph", "mine.ron"], 2, "mine.ron");
    refuses(&home, &["simulate", "mine.ron"], 2, "mine.ron has no scenario in it that can be played");
    refuses(&home, &["test", "mine.plan.ron"], 2, "There are no plans here");
    refuses(&home, &["import", "twee", "mine.twee"], 2, "mine.twee cannot be read");
    refuses(&home, &["fmt", "mine.ron"], 2, "");
}

#[test]
fn a_file_in_another_encoding_says_so() {
    let home = Home::new();
    let mut bytes = fs::read(shipped("can-i-have-it-on")).unwrap();
    let place = bytes.windows(9).position(|window| window == b"Doris Pym").unwrap();
    bytes[place + 1] = 0xE9;
    for name in ["latin.ron", "latin.plan.ron", "latin.twee"] {
        fs::write(home.path(name), &bytes).unwrap();
    }
    refuses(&home, &["check", "latin.ron"], 1, "not-utf8");
    refuses(&home, &["fmt", "latin.ron"], 1, "not-utf8");
    refuses(&home, &["solve", "latin.ron"], 2, "latin.ron cannot be played");
    refuses(&home, &["simulate", "latin.ron"], 2, "latin.ron cannot be played");
    refuses(&home, &["graph", "latin.ron"], 2, "latin.ron cannot be played");
    refuses(&home, &["test", "latin.plan.ron"], 1, "latin.plan.ron");
    refuses(&home, &["import", "twee", "latin.twee"], 1, "it is saved as something else than UTF-8");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    let text = text_of(shipped("can-i-have-it-on"));
    for name in ["shut.ron", "shut.plan.ron", "shut.twee"] {
        home.write(name, &text);
        fs::set_permissions(home.path(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    // Whoever may read everything is refused nothing.
    if fs::read(home.path("shut.ron")).is_ok() {
        return;
    }
    refuses(&home, &["check", "shut.ron"], 2, "shut.ron");
    refuses(&home, &["fmt", "shut.ron"], 2, "shut.ron cannot be read");
    refuses(&home, &["solve", "shut.ron"], 2, "shut.ron");
    refuses(&home, &["test", "shut.plan.ron"], 1, "could not be read");
    refuses(&home, &["import", "twee", "shut.twee"], 2, "shut.twee cannot be read");
}

/// Two nodes that lead to each other, and to nothing else.
const CIRCLE: &str = r#"Scenario(
    format: 1,
    id: "circle",
    title: "Round and round",
    setting: "A Friday. You are Ade.",
    you: "Ade",
    channel: Phone,
    difficulty: 1,
    teaser: "Round we go",
    customer: Customer(
        name: "Pat",
        pronoun: They,
        about: "Patient.",
        mood: (anger: 20, trust: 50, patience: 80, heard: 40, clarity: 40),
    ),
    needs: { "end": (weight: 100, text: "An end") },
    encounters: [
        Encounter(
            id: "call",
            start: "here",
            leaves: "I’m off.",
            escalates: "Your manager, now.",
            nodes: {
                "here": Node(says: ["Here again."], replies: [
                    Reply(id: "go", gist: "Go over there", text: "Shall we?", acts: [], why: "w", hears: "h", to: "there"),
                ]),
                "there": Node(says: ["There again."], replies: [
                    Reply(id: "back", gist: "Go back here", text: "And back?", acts: [], why: "w", hears: "h", to: "here"),
                ]),
            },
            endings: { "end": (text: "It ends.") },
        ),
    ],
)
"#;

#[test]
fn a_scenario_without_an_end_comes_to_one() {
    let home = Home::new();
    home.write("circle.ron", CIRCLE);
    refuses(&home, &["check", "circle.ron"], 1, "no-way-out");
    // The patience of the customer ends every call.
    refuses(&home, &["solve", "circle.ron", "--budget", "2000"], 1, "call/endings/end");
    let ran = home.run(&["simulate", "circle.ron", "--plays", "190"]);
    assert!(matches!(ran.code, 0 | 1), "{}{}", ran.out, ran.err);
    refuses(&home, &["graph", "circle.ron", "--format", "mermaid"], 0, "there");
}
