//! Speed of Studio with five hundred nodes on the bench: from a keystroke to its findings, and what a keystroke costs
//! the window before that.
//!
//! `cargo bench --no-default-features --bench studio` prints medians, each beside what one would otherwise do.

#![expect(clippy::unwrap_used, reason = "a benchmark whose file is not there has nothing to measure")]

use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use simmer::authoring::fmt::format_text;
use simmer::scenario::load;
use simmer::studio::Studio;
use simmer::studio::checking::Checked;
use simmer::studio::document::Change;
use simmer::studio::editor::{Editor, Move, find};

fn main() {
    divan::main();
}

/// How much is written in a node.
#[derive(Debug, Clone, Copy)]
enum Nodes {
    /// Three replies in a few words each: about 2.6 KB, 1.3 MB in all.
    Lean,
    /// Six replies with long texts and remarks, half as much again as in what is shipped: about 9.5 KB, 4.7 MB in all.
    Full,
}

const BOTH: [Nodes; 2] = [Nodes::Lean, Nodes::Full];

/// A scenario of five hundred nodes that can be played, laid out.
fn file(nodes: Nodes) -> String {
    let mut text = "Scenario(format: 1, id: \"large\", title: \"Large\", setting: \"s\", you: \"Ade\", channel: Phone,\
                    difficulty: 1, teaser: \"t\", customer: Customer(name: \"Pat\", pronoun: They, about: \"a\",\
                    mood: (anger: 30, trust: 50, patience: 70, heard: 40, clarity: 40)),\
                    needs: { \"all\": (weight: 100, text: \"n\") }, facts: { \"van\": \"She has a van\" },\
                    encounters: [Encounter(id: \"call\", start: \"n0\", leaves: \"I’m off.\",\
                    escalates: \"Your manager, now.\", nodes: {"
        .to_owned();
    for node in 0..500 {
        let replies: String =
            (0..if matches!(nodes, Nodes::Lean) { 3 } else { 6 }).map(|at| reply(node, at, nodes)).collect();
        let says = match nodes {
            Nodes::Lean => format!("And then number {node} went wrong."),
            Nodes::Full => {
                format!("And then number {node} went wrong, and nobody rang me back, and I stood there. ").repeat(5)
            }
        };
        text.push_str(&format!(
            "\"n{node}\": Node(says: [\"{says}\"], weigh: {{ OpenQuestion: 2 }}, replies: [{replies}]),\n"
        ));
    }
    text.push_str("}, endings: { \"end\": (text: \"They ring off.\") })])");
    format_text(&text).unwrap()
}

fn reply(node: usize, at: usize, nodes: Nodes) -> String {
    let to = if node + at + 1 < 500 { format!("n{}", node + at + 1) } else { "end".to_owned() };
    let (long, remark) = match nodes {
        Nodes::Lean => (1, ""),
        Nodes::Full => (4, "// She has said so before: here it is weighed whether that was heard.\n"),
    };
    let words = format!("What would you use number {node} for, and since when? ").repeat(long);
    format!(
        "{remark}Reply(id: \"r{node}-{at}\", gist: \"Ask what for {at}\", text: \"{words}\", acts: [OpenQuestion],\
         shows: {{ OpenQuestion: 2 }}, reveals: [\"van\"], why: \"{words}\", hears: \"{words}\",\
         answer: [\"For the weekend, as number {node} says. {words}\"], to: \"{to}\"),"
    )
}

/// Typing in the middle: the letter `x`, somewhere in a remark or a text or wherever it falls.
fn middle(text: &str) -> usize {
    text.floor_char_boundary(text.len() / 2)
}

/// What is found in the whole file, as the thread does it.
#[divan::bench(args = BOTH, sample_count = 10)]
fn findings(bencher: Bencher, nodes: Nodes) {
    let text = file(nodes);
    assert!(Checked::of("large.ron", 0, &text).scenario.is_some());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| Checked::of("large.ron", 1, divan::black_box(&text)));
}

/// The same without rules: what reading it alone takes.
#[divan::bench(args = BOTH, sample_count = 10)]
fn reading_alone(bencher: Bencher, nodes: Nodes) {
    let text = file(nodes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| load::load("large.ron", divan::black_box(&text).as_bytes()));
}

/// What is found right after a quote mark was typed that breaks the file.
#[divan::bench(args = BOTH, sample_count = 10)]
fn findings_of_a_broken_file(bencher: Bencher, nodes: Nodes) {
    let mut text = file(nodes);
    let at = text[middle(&text)..].find("to: \"").unwrap() + middle(&text) + 4;
    text.remove(at);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| Checked::of("large.ron", 1, divan::black_box(&text)));
}

/// From a keystroke until its findings are taken in, the threads and all copies with it.
#[divan::bench(args = BOTH, sample_count = 10)]
fn keystroke_to_findings(bencher: Bencher, nodes: Nodes) {
    let text = file(nodes);
    let mut studio = Studio::open("large.ron", &text);
    let at = middle(&text);
    bencher.bench_local(|| {
        studio.edit(Change { range: at..at, inserted: " ".to_owned() });
        let version = studio.document().version();
        while studio.checked().version != version {
            std::thread::sleep(std::time::Duration::from_micros(200));
            studio.look_around();
        }
    });
}

/// What a keystroke costs the window: the copy, its lines and inks, and the document.
#[divan::bench(args = BOTH)]
fn keystroke_in_the_window(bencher: Bencher, nodes: Nodes) {
    let text: Arc<str> = file(nodes).into();
    let mut editor = Editor::of(&text, 0);
    let mut document = simmer::studio::document::Document::new("large.ron", &text);
    editor.place(middle(&text), false);
    bencher.bench_local(|| {
        editor.type_text("x");
        for change in editor.take_changes() {
            document.edit(change);
        }
        editor.agree(document.text(), document.version())
    });
}

/// The least that any way of writing has to do: one letter into a text of that length, and a copy of it.
#[divan::bench(args = BOTH)]
fn a_letter_into_a_string(bencher: Bencher, nodes: Nodes) {
    let mut text = file(nodes);
    let at = middle(&text);
    bencher.bench_local(|| {
        text.insert(at, 'x');
        text.clone()
    });
}

/// Opening a text, with all its lines and inks.
#[divan::bench(args = BOTH)]
fn opening(bencher: Bencher, nodes: Nodes) {
    let text: Arc<str> = file(nodes).into();
    bencher.bench_local(|| Editor::of(divan::black_box(&text), 0));
}

/// Going down by a page, with the inks of a page.
#[divan::bench(args = BOTH)]
fn a_page_down(bencher: Bencher, nodes: Nodes) {
    let text: Arc<str> = file(nodes).into();
    let mut editor = Editor::of(&text, 0);
    bencher.bench_local(|| {
        editor.go(Move::Down(35), false);
        let line = editor.lines().line_at(editor.caret());
        (line..line + 35).map(|line| editor.stretches(line).len()).sum::<usize>()
    });
}

/// Looking for a word in all of it.
#[divan::bench(args = BOTH)]
fn looking_for_a_word(bencher: Bencher, nodes: Nodes) {
    let text = file(nodes);
    bencher.bench_local(|| find::places(divan::black_box(&text), "Weekend", false).len());
}
