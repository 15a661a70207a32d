//! The findings of the first tier, made on a thread of their own while a trainer goes on writing.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::document::Change;
use crate::authoring::assist::mend;
use crate::diagnostic::Diagnostic;
use crate::lint::{Tier, lint};
use crate::scenario::Scenario;
use crate::scenario::load::load;

/// What is known of one version of the text.
#[derive(Debug)]
pub struct Checked {
    /// Of the document that was looked at.
    pub version: u64,
    /// In the order of the text.
    pub findings: Vec<Diagnostic>,
    /// The line of each finding, from 1; of one about the file as a whole, none.
    pub lines: Vec<Option<usize>>,
    /// What mends each finding without any thought, where there is such a thing.
    pub mends: Vec<Option<Mend>>,
    /// None where anything stands in the way of playing it.
    pub scenario: Option<Arc<Scenario>>,
}

/// What to write instead of the place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// What it does, as a person reads it.
    pub title: String,
    pub change: Change,
}

impl Checked {
    /// Looks at a text now, however long it takes.
    pub fn of(name: &str, version: u64, text: &str) -> Self {
        let mut loaded = load(name, text.as_bytes());
        lint(&mut loaded, Tier::Typing);
        let (source, findings) = (loaded.source, loaded.findings);
        let line = |finding: &Diagnostic| finding.span.map(|span| source.place(span.start).line);
        let mend = |finding: &Diagnostic| {
            let fix = mend(source.text(), finding)?;
            Some(Mend { title: fix.title, change: Change { range: fix.replaces.range(), inserted: fix.inserts } })
        };
        Self {
            version,
            lines: findings.iter().map(line).collect(),
            mends: findings.iter().map(mend).collect(),
            findings,
            scenario: loaded.scenario.map(Arc::new),
        }
    }
}

#[derive(Debug)]
struct Question {
    name: String,
    version: u64,
    text: Arc<str>,
}

/// The thread that looks at texts. It ends when this is dropped.
#[derive(Debug)]
pub struct Checking {
    questions: Sender<Question>,
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    answers: Mutex<Receiver<Checked>>,
    asked: Option<u64>,
}

impl Checking {
    pub fn begin() -> Self {
        let (questions, to_look_at) = channel::<Question>();
        let (answer, answers) = channel();
        std::thread::spawn(move || {
            while let Ok(mut question) = to_look_at.recv() {
                // Only the newest is worth looking at.
                while let Ok(newer) = to_look_at.try_recv() {
                    question = newer;
                }
                let checked = Checked::of(&question.name, question.version, &question.text);
                if answer.send(checked).is_err() {
                    break;
                }
            }
        });
        Self { questions, answers: Mutex::new(answers), asked: None }
    }

    /// Asks for the findings of a text. What was asked before and is not begun is left.
    pub fn ask(&mut self, name: &str, version: u64, text: Arc<str>) {
        self.asked = Some(version);
        let question = Question { name: name.to_owned(), version, text };
        // Where the thread is gone, nothing is found anew; the text can still be written and saved.
        let _ = self.questions.send(question);
    }

    /// Whether an answer is still to come.
    pub fn is_busy(&self) -> bool {
        self.asked.is_some()
    }

    /// The newest answer that has come since this was asked last.
    pub fn news(&mut self) -> Option<Checked> {
        let newest = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner).try_iter().last()?;
        if self.asked == Some(newest.version) {
            self.asked = None;
        }
        Some(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DORIS: &str = include_str!("../../scenarios/can-i-have-it-on.ron");

    #[test]
    fn a_finding_has_its_line_and_its_mend() {
        let broken = DORIS.replacen("to: \"new-meter\"", "to: \"new-metre\"", 1);
        let checked = Checked::of("a.ron", 4, &broken);
        let at = checked.mends.iter().position(Option::is_some).expect("it is found");
        let line = broken[..broken.find("new-metre").unwrap()].matches('\n').count() + 1;
        assert_eq!(checked.lines[at], Some(line));
        let mend = checked.mends[at].clone().expect("it can be mended");
        assert_eq!(mend.title, "Write `new-meter`");
        let mut mended = broken;
        mended.replace_range(mend.change.range, &mend.change.inserted);
        assert_eq!(mended, DORIS);
    }

    #[test]
    fn of_many_texts_the_newest_is_looked_at() {
        let mut checking = Checking::begin();
        for version in 1..=200 {
            checking.ask("a.ron", version, DORIS.into());
        }
        let mut seen = Vec::new();
        while checking.is_busy() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            seen.extend(checking.news().map(|checked| checked.version));
        }
        assert_eq!(seen.last(), Some(&200));
        assert!(seen.len() < 150, "those in between are left: {seen:?}");
    }
}
