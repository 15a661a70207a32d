//! The findings of the first tier, made on a thread of their own while a trainer goes on writing.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// None where anything stands in the way of playing it.
    pub scenario: Option<Arc<Scenario>>,
}

impl Checked {
    /// Looks at a text now, however long it takes.
    pub fn of(name: &str, version: u64, text: &str) -> Self {
        let mut loaded = load(name, text.as_bytes());
        lint(&mut loaded, Tier::Typing);
        Self { version, findings: loaded.findings, scenario: loaded.scenario.map(Arc::new) }
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
