//! The board at the desk. Attempts of others are played back on a thread of their own: there may be hundreds.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use super::Desk;
use crate::board::{Adding, Choice, Entry, Folder, Known, Progress};
use crate::desktop::Screen;
use crate::desktop::screens::board::{self, Who};
use crate::desktop::screens::progress;
use crate::settings::typed_path;

/// Which board is looked at, and what stands on it.
#[derive(Debug, Default)]
pub struct BoardAsked {
    /// One's own runs on this computer and the verified attempts of the team's folder.
    pub entries: Vec<Entry>,
    pub choice: Choice,
    pub who: Who,
    /// Every row, instead of the top and one's neighbours.
    pub all: bool,
    /// What came of adding a folder, or why its own folder could not be used.
    pub added: Option<Result<Adding, String>>,
    /// Attempts are being played back.
    reading: Option<Reading>,
}

/// Attempts that are being played back in the background.
#[derive(Debug)]
struct Reading {
    thread: JoinHandle<Came>,
    shared: Arc<Shared>,
    /// What was seen of it last.
    seen: Progress,
    adds: bool,
}

/// What the thread and the desk both hold.
#[derive(Debug, Default)]
struct Shared {
    done: AtomicUsize,
    of: AtomicUsize,
    stop: AtomicBool,
}

/// What came of it: verified attempts, and where they were added what became of each file.
#[derive(Debug)]
struct Came {
    entries: Vec<Entry>,
    added: Option<Result<Adding, String>>,
}

impl Shared {
    /// Tells how far it is, and hears whether to go on.
    fn at(&self, progress: Progress) -> ControlFlow<()> {
        self.done.store(progress.done, Ordering::Relaxed);
        self.of.store(progress.of, Ordering::Relaxed);
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), of: self.of.load(Ordering::Relaxed) }
    }
}

impl Desk {
    pub fn board_view(&self) -> board::View {
        let asked = &self.board;
        board::View::of(board::Given {
            entries: &asked.entries,
            player: self.player(),
            choice: &asked.choice,
            who: asked.who,
            all: asked.all,
            added: asked.added.as_ref().map(|added| added.as_ref().map_err(String::as_str)),
            reading: asked
                .reading
                .as_ref()
                .map(|reading| board::Reading { progress: reading.seen, adds: reading.adds }),
        })
    }

    /// Something was done at the board.
    pub fn at_the_board(&mut self, action: board::Action) -> Option<Screen> {
        match action {
            board::Action::Choose(choice) => self.board.choice = choice,
            board::Action::Rank(who) => self.board.who = who,
            board::Action::ShowAll(all) => self.board.all = all,
            board::Action::AddFrom(path) => self.add_from(typed_path(path.trim())),
            board::Action::Stop => {
                if let Some(reading) = &self.board.reading {
                    reading.shared.stop.store(true, Ordering::Relaxed);
                }
            }
            board::Action::MyTeam => return Some(self.open_team()),
            board::Action::Leave => {
                self.board.added = None;
                return Some(Screen::Home);
            }
        }
        None
    }

    /// Whether attempts are being played back for the board.
    pub fn is_reading(&self) -> bool {
        self.board.reading.is_some()
    }

    /// One's own runs on this computer at once; what was added from a folder is played back anew, and follows.
    pub(super) fn open_board(&mut self) {
        if self.board.reading.is_some() {
            return;
        }
        self.board.entries.clear();
        self.stand(Vec::new());
        let (folder, known) = (Folder::below(&self.folders.data), self.known());
        self.read_aside(false, move |shared| match folder.entries_while(&known, |progress| shared.at(progress)) {
            Ok((entries, _)) => Came { entries, added: None },
            Err(error) => Came { entries: Vec::new(), added: Some(Err(error.to_string())) },
        });
    }

    fn add_from(&mut self, path: PathBuf) {
        if self.board.reading.is_some() {
            return;
        }
        self.board.added = None;
        let (folder, known) = (Folder::below(&self.folders.data), self.known());
        self.read_aside(true, move |shared| match folder.add_while(&known, &[path], |progress| shared.at(progress)) {
            Ok(adding) => Came { entries: adding.added.clone(), added: Some(Ok(adding)) },
            Err(error) => Came { entries: Vec::new(), added: Some(Err(error.to_string())) },
        });
    }

    /// What the thread has come to, if there is anything new.
    pub(super) fn look_for_attempts(&mut self) -> bool {
        let Some(reading) = &mut self.board.reading else { return false };
        if !reading.thread.is_finished() {
            let progress = reading.shared.progress();
            return std::mem::replace(&mut reading.seen, progress) != progress;
        }
        let came = self.board.reading.take().map(|reading| reading.thread.join());
        match came {
            Some(Ok(came)) => {
                if came.added.is_some() {
                    self.board.added = came.added;
                }
                self.stand(came.entries);
            }
            Some(Err(_)) => self.tell("Reading the attempts ended with an error of the program. The log says more."),
            None => {}
        }
        true
    }

    /// One's own runs, then these, then what stood there before: of several entries of one attempt the first counts.
    fn stand(&mut self, newest: Vec<Entry>) {
        let own: Vec<_> = self.finished.iter().filter_map(progress::entry).collect();
        let before = std::mem::take(&mut self.board.entries);
        let mut entries: Vec<Entry> = own.into_iter().chain(newest).chain(before).collect();
        let mut seen = std::collections::BTreeSet::new();
        entries.retain(|entry| seen.insert(entry.attempt));
        self.board.entries = entries;
    }

    fn known(&self) -> Known {
        Known::new(self.library.scenarios_in_all_languages(), self.store.clone())
    }

    fn read_aside(&mut self, adds: bool, read: impl FnOnce(&Shared) -> Came + Send + 'static) {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        match std::thread::Builder::new().name("attempts".to_owned()).spawn(move || read(&theirs)) {
            Ok(thread) => self.board.reading = Some(Reading { thread, shared, seen: Progress::default(), adds }),
            Err(error) => self.board.added = Some(Err(format!("The attempts cannot be read now: {error}."))),
        }
    }
}
