//! The findings that take playing out, made when they are asked for.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::spell::Spell;
use crate::diagnostic::Diagnostic;
use crate::lint::proof::{Step, Watch};
use crate::lint::{Tier, lint_library, registry};
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
    /// Looks at a text now, however long it takes. None where `watch` stopped it.
    pub fn of(name: &str, version: u64, text: &str, watch: &dyn Watch) -> Option<Self> {
        let mut loaded = load(name, text.as_bytes());
        let is_playable = loaded.scenario.is_some();
        loaded.findings.clear();
        if !lint_library(&mut [&mut loaded], NonZeroUsize::MIN, watch) {
            return None;
        }
        let is_proved = |finding: &Diagnostic| {
            registry::RULES.iter().any(|rule| rule.name == finding.rule && rule.tier > Tier::Typing)
        };
        loaded.findings.retain(is_proved);
        Some(Self { version, findings: loaded.findings, is_playable })
    }
}

/// What the thread that proves and whoever waits for it share.
#[derive(Debug)]
struct Shared {
    stopped: AtomicBool,
    step: Mutex<Option<Step>>,
    /// The thread's alone.
    spell: Mutex<Spell>,
}

impl Watch for Shared {
    fn report(&self, step: Step) {
        *locked(&self.step) = Some(step);
        let mut spell = locked(&self.spell);
        if spell.is_over() {
            spell.rest();
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// A text that is being proved. Nobody waits for the answer once this is dropped, and so it is broken off.
#[derive(Debug)]
struct Running {
    shared: Arc<Shared>,
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    answer: Mutex<Receiver<Proved>>,
    /// How far it was when it was looked at last.
    step: Option<Step>,
}

impl Running {
    fn begin(name: &str, version: u64, text: &Arc<str>) -> Self {
        let (sender, answer) = channel();
        let shared = Arc::new(Shared {
            stopped: AtomicBool::new(false),
            step: Mutex::new(None),
            spell: Mutex::new(Spell::begin()),
        });
        let (watch, name, text) = (Arc::clone(&shared), name.to_owned(), Arc::clone(text));
        std::thread::spawn(move || {
            if let Some(proved) = Proved::of(&name, version, &text, &*watch) {
                // Nobody may wait for it any more.
                let _ = sender.send(proved);
            }
        });
        Self { shared, answer: Mutex::new(answer), step: None }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Proves one text at a time, each on a thread that ends with its answer.
#[derive(Debug, Default)]
pub struct Proving {
    running: Option<Running>,
    proved: Option<Arc<Proved>>,
}

impl Proving {
    /// Asks for what is found in a text. Another text that is being proved is given up.
    pub fn ask(&mut self, name: &str, version: u64, text: &Arc<str>) {
        self.running = Some(Running::begin(name, version, text));
    }

    /// Gives up what is being proved. What was found before stays.
    pub fn stop(&mut self) {
        self.running = None;
    }

    /// Takes in what was found since, and says whether anything was.
    pub fn look_around(&mut self) -> bool {
        let Some(running) = &mut self.running else { return false };
        match running.answer.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv() {
            Err(TryRecvError::Empty) => {
                let step = *locked(&running.shared.step);
                return std::mem::replace(&mut running.step, step) != step;
            }
            Err(TryRecvError::Disconnected) => {}
            Ok(proved) => self.proved = Some(Arc::new(proved)),
        }
        self.running = None;
        true
    }

    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// How far it is with what is being proved, as soon as that is known.
    pub fn step(&self) -> Option<Step> {
        self.running.as_ref()?.step
    }

    /// What was found last, of whichever text it says.
    pub fn proved(&self) -> Option<&Arc<Proved>> {
        self.proved.as_ref()
    }
}
