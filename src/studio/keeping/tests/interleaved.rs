//! Whatever happens in whatever order, nothing is lost.

use std::fs;

use jiff::Timestamp;
use proptest::prelude::*;

use super::super::{Choice, LATEST, Resolution};
use super::Bench;

#[derive(Debug, Clone)]
enum Step {
    Write(u8),
    Undo,
    /// In milliseconds.
    Pass(i64),
    Save,
    Elsewhere(u8),
    Deleted,
    Kill,
    /// Of a draft that is offered, or a clash.
    Decide(u8),
    Restore,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8).prop_map(Step::Write),
        1 => Just(Step::Undo),
        4 => (0..2_500_i64).prop_map(Step::Pass),
        2 => Just(Step::Save),
        2 => (0..6_u8).prop_map(Step::Elsewhere),
        1 => Just(Step::Deleted),
        2 => Just(Step::Kill),
        2 => (0..4_u8).prop_map(Step::Decide),
        1 => Just(Step::Restore),
    ]
}

/// Everything that can be found again.
fn kept(bench: &Bench) -> Vec<String> {
    let file = bench.there();
    file.into_iter().chain(bench.drafts()).chain(bench.copies()).collect()
}

fn with_line(text: &str, place: u8, word: &str) -> String {
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let place = usize::from(place).min(lines.len());
    lines.insert(place, word.to_owned());
    lines.join("\n") + "\n"
}

fn act(mut bench: Bench, step: &Step, number: usize, lasts: &mut Timestamp) -> Bench {
    match *step {
        Step::Write(place) => {
            let text = with_line(bench.text(), place, &format!("mine {number}"));
            bench.write(&text);
            *lasts = bench.now;
        }
        Step::Undo => {
            if bench.document.undo().is_some() {
                *lasts = bench.now;
            }
            bench.look_around();
        }
        Step::Pass(millis) => bench.pass(millis),
        Step::Save => {
            let before = bench.there();
            let text = bench.text().to_owned();
            let saved = bench.save().is_ok();
            let found = kept(&bench);
            assert!(before.is_none_or(|before| found.contains(&before)), "what stood there is kept");
            assert!(!saved || found.contains(&text), "what was saved is there");
        }
        Step::Elsewhere(place) => {
            let text = bench.there().unwrap_or_default();
            fs::write(bench.path(), with_line(&text, place, &format!("theirs {number}"))).unwrap();
        }
        Step::Deleted => drop(fs::remove_file(bench.path())),
        Step::Kill => {
            // What has lain on the bench for longer than a draft takes is found again.
            let text = bench.text().to_owned();
            // What was saved is the file's, and whoever writes over it there.
            let old = bench.now.duration_since(*lasts) >= LATEST && !bench.keeping.state().is_saved();
            bench = bench.killed();
            let found = kept(&bench);
            assert!(!old || text.is_empty() || found.contains(&text), "{text:?} is lost; there is {found:?}");
            *lasts = bench.now;
        }
        Step::Decide(how) => {
            let before = kept(&bench);
            let text = bench.text().to_owned();
            let is_decided = if bench.keeping.offer().is_some() {
                if how % 2 == 0 {
                    let text = bench.keeping.accept_draft(bench.now).unwrap();
                    bench.put(&text);
                } else {
                    assert_eq!(bench.keeping.decline_draft(bench.now), None);
                }
                true
            } else if let Some(conflicts) = bench.keeping.clash().map(|clash| clash.merge.conflicts().count()) {
                let choice = [Choice::Mine, Choice::Theirs, Choice::Both][usize::from(how) % 3];
                let resolution = match how {
                    0 => Resolution::Mine,
                    1 => Resolution::Theirs,
                    _ => Resolution::Both(vec![choice; conflicts]),
                };
                bench.keeping.look_at_clash();
                let conflicts_now = bench.keeping.clash().map(|clash| clash.merge.conflicts().count());
                if conflicts_now == Some(conflicts) || how < 2 {
                    bench.resolve(&resolution);
                    assert!(how == 0 || kept(&bench).contains(&text), "mine is kept");
                }
                true
            } else {
                false
            };
            if is_decided {
                *lasts = bench.now;
                let found = kept(&bench);
                for text in before {
                    assert!(found.contains(&text) || bench.text() == text, "{text:?} is lost by deciding");
                }
            }
        }
        Step::Restore => {
            bench.keeping.ask_for_copies();
            bench.look_around();
            let copy = bench.keeping.copies().and_then(|copies| copies.last().cloned());
            if let Some(copy) = copy {
                let text = bench.text().to_owned();
                let restored = bench.keeping.restore(&copy.path, bench.now).unwrap().unwrap();
                bench.put(&restored);
                assert!(kept(&bench).contains(&text), "what was replaced is kept");
                *lasts = bench.now;
            }
        }
    }
    bench
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_whatever_happens(steps in prop::collection::vec(step(), 1..24)) {
        let mut bench = Bench::of(b"one\ntwo\nthree\n");
        let mut lasts = bench.now;
        for (number, step) in steps.iter().enumerate() {
            bench = act(bench, step, number, &mut lasts);
        }
    }
}
