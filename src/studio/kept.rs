//! Studio and the files: what keeping gives back comes to the bench as an edit, which can be taken back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::Studio;
use super::document::Change;
use super::keeping::{Keeping, NotSaved, Resolution, SaveError, Saved};

impl Studio {
    /// Lays a text on the bench that is kept.
    pub fn keeping_with(keeping: Keeping, text: &str) -> Self {
        let mut studio = Self::open(&keeping.place().file_name(), text);
        studio.keeping = keeping;
        studio
    }

    /// Goes on keeping what is written, and says whether anything came of it. To be called several times a second.
    pub fn keep(&mut self, now: Timestamp) -> bool {
        let came = self.keeping.look_around(&self.document, now);
        if let Some(text) = &came.text {
            self.replace(text, now);
        }
        came.news
    }

    /// Saves the text. None where nothing had been written, and what was changed elsewhere was taken in instead.
    pub fn save(&mut self, now: Timestamp) -> Result<Option<PathBuf>, NotSaved> {
        let saved = self.keeping.save(&self.document, now);
        self.after_saving(saved, now)
    }

    /// Saves the text at another place, where it belongs from now on.
    pub fn save_as(&mut self, path: &Path, replaces: bool, now: Timestamp) -> Result<Option<PathBuf>, NotSaved> {
        let saved = self.keeping.save_as(&self.document, path, replaces, now);
        self.after_saving(saved, now)
    }

    fn after_saving(&mut self, saved: Result<Saved, NotSaved>, now: Timestamp) -> Result<Option<PathBuf>, NotSaved> {
        match saved? {
            Saved::Done(path) => {
                let name = self.keeping.place().file_name();
                if name != self.document.name() {
                    self.document.rename(&name);
                    self.look_again();
                }
                Ok(Some(path))
            }
            Saved::TakenIn(text) => {
                self.replace(&text, now);
                Ok(None)
            }
        }
    }

    /// Ends a clash, and saves where that was on the way. Says where it was saved to.
    pub fn resolve(&mut self, id: u64, resolution: &Resolution, now: Timestamp) -> Result<Option<PathBuf>, NotSaved> {
        let Some((text, saves)) = self.keeping.resolve(id, resolution, now)? else { return Ok(None) };
        self.replace(&text, now);
        if saves { self.save(now) } else { Ok(None) }
    }

    /// Compares what both have written, as it stands now.
    pub fn look_at_clash(&mut self, now: Timestamp) {
        self.keeping.follow(&self.document, now);
        self.keeping.look_at_clash();
    }

    /// The clash is to be looked at later: nothing is saved by ending it.
    pub fn postpone_clash(&mut self) {
        self.keeping.postpone_clash();
    }

    /// Asks for the earlier copies of the file.
    pub fn ask_for_copies(&mut self, now: Timestamp) {
        self.keeping.follow(&self.document, now);
        self.keeping.ask_for_copies();
    }

    /// Lays an earlier copy on the bench.
    pub fn restore(&mut self, copy: &Path, now: Timestamp) -> Result<(), SaveError> {
        self.keeping.follow(&self.document, now);
        if let Some(text) = self.keeping.restore(copy, now)? {
            self.replace(&text, now);
        }
        Ok(())
    }

    /// Goes on with the draft that was found.
    pub fn accept_draft(&mut self, now: Timestamp) {
        if let Some(text) = self.keeping.accept_draft(now) {
            self.replace(&text, now);
        }
    }

    /// Leaves the draft that was found; it goes among the earlier copies.
    pub fn decline_draft(&mut self, now: Timestamp) -> Result<(), SaveError> {
        self.keeping.decline_draft(now).map_or(Ok(()), Err)
    }

    /// Keeps what is not saved at once: the text is being put away.
    pub fn put_down(&mut self, now: Timestamp) {
        self.keeping.put_down(&self.document, now);
    }

    fn replace(&mut self, text: &Arc<str>, now: Timestamp) {
        if let Some(change) = Change::between(self.document.text(), text) {
            self.edit(change);
        }
        self.keeping.follow(&self.document, now);
    }
}
