//! Where the text on the bench is kept: its file, a draft of what is not saved yet, and the copies before it.
//!
//! Nothing here reads a clock: whoever calls says what time it is. Text that was written stands at all times in the
//! file, in the draft (from two seconds on) or among the earlier copies; and so does what others wrote into the file.

mod clash;
mod clerk;
mod copies;
mod disk;
mod drafts;
mod form;
mod merge;
mod opening;
mod place;
mod saving;
mod state;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

pub use clash::{Clash, Resolution};
pub use copies::{Copy, MOST};
pub use drafts::Draft;
pub use merge::{Choice, Conflict, DiffLine, LineKind, Merge, comparison, lines_that_differ};
pub use opening::OpenError;
pub use place::{Place, Unfit, free_name, path_typed};
pub use saving::{NotSaved, SaveError, Saved};
pub use state::State;

use super::document::Document;
use crate::settings::Folders;
use clerk::{Clerk, Job, News};
use disk::Print;
use form::{Form, plain};

/// A draft is written this long after the last keystroke,
const PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// and while someone writes without a pause, this long after the first that it does not hold.
const LATEST: SignedDuration = SignedDuration::from_secs(2);
/// A draft that could not be written is tried again.
const AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// From one look at the disk to the next.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_secs(1);

/// The folders in which texts are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    drafts: PathBuf,
    copies: PathBuf,
    /// Where a person's scenarios go that have no other place.
    pub scenarios: PathBuf,
}

impl Archive {
    pub fn of(folders: &Folders) -> Self {
        let studio = folders.data.join("studio");
        Self { drafts: studio.join("drafts"), copies: studio.join("copies"), scenarios: folders.scenarios.clone() }
    }

    /// Every text that is not saved yet, the newest first.
    pub fn drafts(&self) -> Vec<Draft> {
        drafts::all(&self.drafts)
    }

    /// Whether a place has neither a file nor a draft.
    pub fn is_free(&self, path: &Path) -> bool {
        let place = Place::File(path.to_owned());
        path.symlink_metadata().is_err() && !drafts::path(&self.drafts, &place).exists()
    }

    fn copies_of(&self, place: &Place) -> PathBuf {
        self.copies.join(place.key())
    }

    fn keep_copy(&self, place: &Place, content: &[u8], now: Timestamp) -> Result<(), SaveError> {
        let kept = copies::keep(&self.copies_of(place), content, now);
        kept.map_err(|why| SaveError::NoCopy { why })
    }
}

/// Where the text on the bench is kept.
#[derive(Debug)]
pub struct Keeping {
    /// None for a text that is kept nowhere.
    archive: Option<Archive>,
    clerk: Clerk,
    place: Place,
    form: Form,
    /// The text of the file when it was read or saved last.
    before: Arc<str>,
    standing: Standing,
    /// The text on the bench when it was looked at last, its version, and whether it is another than `before`.
    text: Arc<str>,
    version: u64,
    differs: bool,
    drafting: Drafting,
    /// A draft that was found and is not decided on.
    offer: Option<Box<Draft>>,
    clash: Option<Box<Clash>>,
    clashes: u64,
    copies: Option<Arc<[Copy]>>,
    /// Something that came about by itself, until the next edit.
    note: Option<String>,
    last_look: Option<Timestamp>,
    is_looking: bool,
    /// Another whenever something is written here: a look from before says nothing any more.
    round: u64,
}

/// What stood at the text's place when it was looked at last.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// It belongs to the program, and nobody looks.
    Shipped,
    /// No file yet.
    Nothing,
    File(Print),
    /// There was a file, and there is none any more.
    Gone,
    Folder,
    Unreadable(String),
    /// A file that is no text.
    NotText {
        print: Print,
        why: String,
    },
}

/// How far the draft is.
#[derive(Debug, Default)]
struct Drafting {
    /// There may be a draft on the disk.
    exists: bool,
    /// The version that the draft holds.
    holds: Option<u64>,
    /// The version that is being written.
    being_written: Option<u64>,
    last_edit: Option<Timestamp>,
    first_edit: Option<Timestamp>,
    /// Why it could not be written, and when to try again.
    failed: Option<(String, Timestamp)>,
}

/// What came about by itself.
#[derive(Debug, Default)]
pub struct Came {
    /// Whether anything did.
    pub news: bool,
    /// What is to stand on the bench from now on.
    pub text: Option<Arc<str>>,
}

impl Keeping {
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// A draft that was found beside the file, until someone decides on it.
    pub fn offer(&self) -> Option<&Draft> {
        self.offer.as_deref()
    }

    /// What someone else wrote into the file while the text on the bench was not saved.
    pub fn clash(&self) -> Option<&Clash> {
        self.clash.as_deref()
    }

    /// The earlier copies, once they were asked for and found.
    pub fn copies(&self) -> Option<&Arc<[Copy]>> {
        self.copies.as_ref()
    }

    /// What came about by itself, or was done, and may be read.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Whether time has to go on for what is to be done: a draft is due, or the disk is looked at.
    pub fn keeps_time(&self) -> bool {
        self.archive.is_some()
    }

    /// Goes on: looks at the disk now and then, writes the draft when it is due, and takes in what came of both.
    pub fn look_around(&mut self, bench: &Document, now: Timestamp) -> Came {
        self.notice(bench, now);
        let mut came = Came::default();
        for news in self.clerk.news() {
            self.take_in(news, now, &mut came);
        }
        self.look_at_disk(now);
        self.keep_draft(now);
        came
    }

    /// The text on the bench was replaced by what was given back here.
    pub fn follow(&mut self, bench: &Document, now: Timestamp) {
        let note = self.note.take();
        self.notice(bench, now);
        self.note = note;
    }

    /// Keeps what is not saved at once, and waits until it is on the disk: the text is being put away.
    pub fn put_down(&mut self, bench: &Document, now: Timestamp) {
        self.notice(bench, now);
        let mut came = Came::default();
        for news in self.clerk.finish() {
            self.take_in(news, now, &mut came);
        }
        if self.needs_draft() && self.drafting.holds != Some(self.version) {
            self.write_draft(now);
        } else if self.offer.is_none() && !self.needs_draft() && self.drafting.exists {
            self.forget_draft();
        }
        for news in self.clerk.finish() {
            self.take_in(news, now, &mut came);
        }
    }

    /// Asks for the earlier copies, compared with the text on the bench. They come with [`Self::look_around`].
    pub fn ask_for_copies(&mut self) {
        self.copies = None;
        if let Some(archive) = &self.archive {
            let folder = archive.copies_of(&self.place);
            self.clerk.give(Job::Copies { folder, text: Arc::clone(&self.text) });
        }
    }

    /// The text of an earlier copy, to stand on the bench. What stands there is put aside itself.
    pub fn restore(&mut self, copy: &Path, now: Timestamp) -> Result<Option<Arc<str>>, SaveError> {
        let found = self.copies.iter().flat_map(|copies| copies.iter()).find(|kept| kept.path == copy);
        let Some(text) = found.map(|copy| Arc::clone(&copy.text)) else { return Ok(None) };
        self.put_aside(&Arc::clone(&self.text), now)?;
        self.note = Some("An earlier copy stands here now. Ctrl+Z brings back what stood here before it.".to_owned());
        Ok(Some(text))
    }

    /// Takes note of what was written since.
    fn notice(&mut self, bench: &Document, now: Timestamp) {
        if bench.version() == self.version {
            return;
        }
        if self.offer.is_some() {
            // Whoever writes on has decided; what was offered must not be lost by it.
            self.decline_draft(now);
        }
        self.version = bench.version();
        self.text = Arc::clone(bench.text());
        self.differs = *plain(&self.text) != *self.before;
        self.note = None;
        self.drafting.last_edit = Some(now);
        self.drafting.first_edit.get_or_insert(now);
    }

    fn take_in(&mut self, news: News, now: Timestamp, came: &mut Came) {
        match news {
            News::Drafted { version, result } => {
                if self.drafting.being_written == Some(version) {
                    self.drafting.being_written = None;
                }
                came.news |= self.drafting.failed.is_some() != result.is_err() || version == self.version;
                match result {
                    Ok(()) => (self.drafting.holds, self.drafting.failed) = (Some(version), None),
                    Err(why) => {
                        tracing::warn!("no draft could be kept: {why}");
                        self.drafting.failed = Some((why, now.saturating_add(AGAIN).unwrap_or(now)));
                    }
                }
            }
            News::Forgotten => {}
            News::Looked { round, found } => {
                self.is_looking = false;
                if round == self.round {
                    self.found(found, now, came);
                }
            }
            News::Copies(copies) => {
                self.copies = Some(copies.into());
                came.news = true;
            }
        }
    }

    fn look_at_disk(&mut self, now: Timestamp) {
        let due = self.last_look.is_none_or(|last| has_passed(last, BETWEEN_LOOKS, now));
        let (true, false, true, Some(path)) = (due, self.is_looking, self.archive.is_some(), self.place.path()) else {
            return;
        };
        let job = Job::Look { path: path.to_owned(), known: self.print().cloned(), round: self.round, now };
        self.last_look = Some(now);
        self.is_looking = true;
        self.clerk.give(job);
    }

    fn print(&self) -> Option<&Print> {
        match &self.standing {
            Standing::File(print) | Standing::NotText { print, .. } => Some(print),
            _ => None,
        }
    }

    /// Whether the text on the bench stands nowhere else.
    fn needs_draft(&self) -> bool {
        let is_elsewhere = match &self.standing {
            Standing::File(_) | Standing::Shipped => !self.differs,
            Standing::Nothing => self.text.is_empty(),
            Standing::Gone | Standing::Folder | Standing::Unreadable(_) | Standing::NotText { .. } => false,
        };
        self.archive.is_some() && self.offer.is_none() && !is_elsewhere
    }

    fn keep_draft(&mut self, now: Timestamp) {
        if self.offer.is_some() {
            return;
        }
        if !self.needs_draft() {
            if self.drafting.exists {
                self.forget_draft();
            }
            return;
        }
        let drafting = &self.drafting;
        if drafting.holds == Some(self.version) || drafting.being_written == Some(self.version) {
            return;
        }
        let due = match (&drafting.failed, drafting.last_edit, drafting.first_edit) {
            (Some((_, again)), ..) => now >= *again || has_passed(*again, AGAIN, now),
            (None, Some(last), Some(first)) => has_passed(last, PAUSE, now) || has_passed(first, LATEST, now),
            // It was not written here just now: the file is gone.
            _ => true,
        };
        if due {
            self.write_draft(now);
        }
    }

    fn write_draft(&mut self, now: Timestamp) {
        let Some(archive) = &self.archive else { return };
        let draft = Box::new(Draft {
            place: self.place.clone(),
            at: now,
            before: self.before.to_string(),
            form: self.form,
            text: self.text.to_string(),
        });
        let path = drafts::path(&archive.drafts, &self.place);
        self.drafting.exists = true;
        self.drafting.being_written = Some(self.version);
        self.drafting.first_edit = None;
        self.clerk.give(Job::Draft { path, draft, version: self.version });
    }

    fn forget_draft(&mut self) {
        self.drafting = Drafting::default();
        if let Some(archive) = &self.archive {
            self.clerk.give(Job::ForgetDraft(drafts::path(&archive.drafts, &self.place)));
        }
    }

    /// Puts a text among the earlier copies.
    fn put_aside(&self, text: &str, now: Timestamp) -> Result<(), SaveError> {
        let Some(archive) = &self.archive else { return Ok(()) };
        let bytes = self.form.write(text).unwrap_or_else(|_| text.as_bytes().to_vec());
        archive.keep_copy(&self.place, &bytes, now)
    }
}

/// Whether that much time has passed. A clock that was set back has nothing to wait for.
fn has_passed(since: Timestamp, much: SignedDuration, now: Timestamp) -> bool {
    now < since || now.duration_since(since) >= much
}
