//! Who writes drafts and looks at the disk, on a thread of their own, in the order in which it was asked for.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::copies::{self, Copy};
use super::disk::{Found, Print, look};
use super::drafts::{self, Draft};

/// Something to be done. Each is answered by one [`News`].
#[derive(Debug)]
pub(super) enum Job {
    Draft {
        path: PathBuf,
        draft: Box<Draft>,
        version: u64,
    },
    ForgetDraft(PathBuf),
    /// `round`: of the keeping, which begins another whenever it writes by itself.
    Look {
        path: PathBuf,
        known: Option<Print>,
        round: u64,
        now: Timestamp,
    },
    /// Copies compared with a text.
    Copies {
        folder: PathBuf,
        text: Arc<str>,
    },
}

/// What came of it.
#[derive(Debug)]
pub(super) enum News {
    Drafted { version: u64, result: Result<(), String> },
    Forgotten,
    Looked { round: u64, found: Found },
    Copies(Vec<Copy>),
}

fn carry_out(job: Job) -> News {
    match job {
        Job::Draft { path, draft, version } => News::Drafted { version, result: drafts::write(&path, &draft) },
        Job::ForgetDraft(path) => {
            if let Err(error) = drafts::forget(&path) {
                tracing::warn!(%error, "a draft stays");
            }
            News::Forgotten
        }
        Job::Look { path, known, round, now } => News::Looked { round, found: look(&path, known.as_ref(), now) },
        Job::Copies { folder, text } => News::Copies(copies::all(&folder, &text)),
    }
}

/// Who does it.
#[derive(Debug)]
pub(super) struct Clerk {
    hands: Hands,
    /// Jobs that are not answered yet.
    open: usize,
    done: Vec<News>,
}

#[derive(Debug)]
enum Hands {
    /// Only one asks, through `&mut`; the lock makes it a thing that threads may share.
    Thread { jobs: Sender<Job>, news: Mutex<Receiver<News>> },
    /// Whoever asks does it themselves, at once.
    Own,
}

impl Clerk {
    /// One with a thread. It ends when this is dropped, with the job that it is at.
    pub(super) fn begin() -> Self {
        let (jobs, to_do) = channel::<Job>();
        let (told, news) = channel();
        let work = move || {
            while let Ok(job) = to_do.recv() {
                if told.send(carry_out(job)).is_err() {
                    break;
                }
            }
        };
        let hands = match std::thread::Builder::new().name("keeping".to_owned()).spawn(work) {
            Ok(_) => Hands::Thread { jobs, news: Mutex::new(news) },
            Err(error) => {
                tracing::warn!(%error, "drafts are written without a thread");
                Hands::Own
            }
        };
        Self { hands, open: 0, done: Vec::new() }
    }

    /// One without a thread: everything is done when it is asked for.
    pub(super) fn without_thread() -> Self {
        Self { hands: Hands::Own, open: 0, done: Vec::new() }
    }

    pub(super) fn give(&mut self, job: Job) {
        let refused = match &self.hands {
            Hands::Thread { jobs, .. } => jobs.send(job).err().map(|refused| refused.0),
            Hands::Own => Some(job),
        };
        match refused {
            None => self.open += 1,
            Some(job) => self.done.push(carry_out(job)),
        }
    }

    /// What was done since this was asked last.
    pub(super) fn news(&mut self) -> Vec<News> {
        if let Hands::Thread { news, .. } = &mut self.hands {
            let news = news.get_mut().unwrap_or_else(PoisonError::into_inner);
            self.done.extend(news.try_iter());
        }
        self.hand_over()
    }

    /// Waits until everything is done.
    pub(super) fn finish(&mut self) -> Vec<News> {
        if let Hands::Thread { news, .. } = &mut self.hands {
            let news = news.get_mut().unwrap_or_else(PoisonError::into_inner);
            // Where the thread is gone, nothing comes any more.
            self.done.extend(news.iter().take(self.open));
        }
        self.hand_over()
    }

    fn hand_over(&mut self) -> Vec<News> {
        let done = std::mem::take(&mut self.done);
        self.open = self.open.saturating_sub(done.len());
        done
    }
}
