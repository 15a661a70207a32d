//! The findings that take playing out, made when they are asked for.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::lint::{Tier, lint, registry};
use crate::scenario::load::load;

/// What was found in one version of the text, beyond what is found while typing.
#[derive(Debug)]
pub struct Proved {
    pub version: u64,
    /// In the order of the text.
    pub findings: Vec<Diagnostic>,
    /// Whether the text could be played at all.
    pub is_playable: bool,
}

impl Proved {
    /// Looks at a text now, however long it takes.
    pub fn of(name: &str, version: u64, text: &str) -> Self {
        let mut loaded = load(name, text.as_bytes());
        let is_playable = loaded.scenario.is_some();
        loaded.findings.clear();
        lint(&mut loaded, Tier::Proof);
        let is_proved = |finding: &Diagnostic| {
            registry::RULES.iter().any(|rule| rule.name == finding.rule && rule.tier > Tier::Typing)
        };
        loaded.findings.retain(is_proved);
        Self { version, findings: loaded.findings, is_playable }
    }
}

/// Proves one text at a time, each on a thread that ends with its answer.
#[derive(Debug, Default)]
pub struct Proving {
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    running: Option<Mutex<Receiver<Proved>>>,
    /// What was asked for while another text was being proved; only the newest is worth it.
    next: Option<(String, u64, Arc<str>)>,
    proved: Option<Arc<Proved>>,
}

impl Proving {
    /// Asks for what is found in a text.
    pub fn ask(&mut self, name: &str, version: u64, text: &Arc<str>) {
        self.next = Some((name.to_owned(), version, Arc::clone(text)));
        self.begin_next();
    }

    fn begin_next(&mut self) {
        if self.running.is_some() {
            return;
        }
        let Some((name, version, text)) = self.next.take() else { return };
        let (answer, answers) = channel();
        std::thread::spawn(move || {
            // Nobody may wait for it any more.
            let _ = answer.send(Proved::of(&name, version, &text));
        });
        self.running = Some(Mutex::new(answers));
    }

    /// Takes in what was found since, and says whether anything was.
    pub fn look_around(&mut self) -> bool {
        let Some(running) = &mut self.running else { return false };
        match running.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv() {
            Err(TryRecvError::Empty) => return false,
            Err(TryRecvError::Disconnected) => {}
            Ok(proved) => self.proved = Some(Arc::new(proved)),
        }
        self.running = None;
        self.begin_next();
        true
    }

    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// What was found last, of whichever text it says.
    pub fn proved(&self) -> Option<&Arc<Proved>> {
        self.proved.as_ref()
    }
}
