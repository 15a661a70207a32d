//! Texts come to the bench: from a file, from inside the program, from a draft, from nowhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::clerk::Clerk;
use super::disk::{Found, look};
use super::drafts::{self, Draft};
use super::form::Form;
use super::saving::SaveError;
use super::{Archive, Came, Drafting, Keeping, Place, Standing};
use crate::library::is_plan;

/// A file that cannot lie on the bench.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("{} is not there. Check the spelling, or begin it as a new scenario.", .0.display())]
    NotThere(PathBuf),
    #[error("{} is a folder. Name a scenario file in it; its name ends in .ron.", .0.display())]
    Folder(PathBuf),
    #[error("{} is a plan, and Studio is for scenarios. `simmer test` plays it, and any editor changes it.", .0.display())]
    Plan(PathBuf),
    #[error("{} cannot be read: {why}. Check that you may read it.", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("{} is no text that Studio could save again as it was. {why}", path.display())]
    NotText { path: PathBuf, why: String },
}

impl Default for Keeping {
    /// A text that is kept nowhere.
    fn default() -> Self {
        Self::new(None, Clerk::without_thread(), Place::Shipped(String::new()), Standing::Shipped, "", "")
    }
}

impl Keeping {
    fn new(archive: Option<Archive>, clerk: Clerk, place: Place, standing: Standing, before: &str, text: &str) -> Self {
        Self {
            archive,
            clerk,
            place,
            form: Form::default(),
            before: before.into(),
            standing,
            text: text.into(),
            version: 0,
            differs: before != text,
            drafting: Drafting::default(),
            offer: None,
            clash: None,
            clashes: 0,
            copies: None,
            note: None,
            last_look: None,
            is_looking: false,
            round: 0,
        }
    }

    /// Opens a file, and finds the draft that may lie beside it. Gives its text as well.
    pub fn open(archive: Archive, path: &Path, now: Timestamp) -> Result<(Self, String), OpenError> {
        Self::open_with(archive, Clerk::begin(), path, now)
    }

    /// Opens a scenario from inside the program, to make a copy of it.
    pub fn open_shipped(archive: Archive, file_name: &str, text: &str) -> Self {
        let place = Place::Shipped(file_name.to_owned());
        let draft = drafts::read(&drafts::path(&archive.drafts, &place));
        let mut keeping = Self::new(Some(archive), Clerk::begin(), place, Standing::Shipped, text, text);
        keeping.offer_draft(draft);
        keeping
    }

    /// Begins a file that is not there yet. It is not made before it is saved.
    pub fn begin(archive: Archive, path: &Path, text: &str) -> Self {
        let place = Place::File(path.to_owned());
        let draft = drafts::read(&drafts::path(&archive.drafts, &place));
        let mut keeping = Self::new(Some(archive), Clerk::begin(), place, Standing::Nothing, "", text);
        keeping.offer_draft(draft);
        keeping
    }

    /// Opens what a draft belongs to, with the draft offered. `shipped` finds the text of a scenario from inside the
    /// program. Gives the text as well.
    pub fn open_draft(
        archive: Archive,
        draft: &Draft,
        shipped: impl FnOnce(&str) -> Option<String>,
        now: Timestamp,
    ) -> Result<(Self, String), OpenError> {
        match &draft.place {
            Place::File(path) => match Self::open(archive.clone(), path, now) {
                // Whatever stands there now, what was written can still be had.
                Err(_) => Ok((Self::begin(archive, path, ""), String::new())),
                opened => opened,
            },
            Place::Shipped(name) => {
                let text = shipped(name).unwrap_or_else(|| draft.before.clone());
                Ok((Self::open_shipped(archive, name, &text), text))
            }
        }
    }

    pub(super) fn open_with(
        archive: Archive,
        clerk: Clerk,
        path: &Path,
        now: Timestamp,
    ) -> Result<(Self, String), OpenError> {
        if is_plan(path) {
            return Err(OpenError::Plan(path.to_owned()));
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (bytes, print) = match look(&path, None, now) {
            Found::File { bytes, print } => (bytes, print),
            Found::Gone | Found::Same(_) => return Err(OpenError::NotThere(path)),
            Found::Folder => return Err(OpenError::Folder(path)),
            Found::Unreadable(why) => return Err(OpenError::Unreadable { path, why }),
        };
        let (text, form) = Form::read(&bytes).map_err(|why| OpenError::NotText { path: path.clone(), why })?;
        let place = Place::File(path);
        let draft = drafts::read(&drafts::path(&archive.drafts, &place));
        let mut keeping = Self::new(Some(archive), clerk, place, Standing::File(print), &text, &text);
        keeping.form = form;
        keeping.offer_draft(draft);
        Ok((keeping, text))
    }

    /// A draft of the text that stands there anyway is no news.
    fn offer_draft(&mut self, draft: Option<Draft>) {
        let Some(draft) = draft else { return };
        if draft.text == *self.text && !self.needs_draft() {
            self.forget_draft();
        } else {
            self.offer = Some(Box::new(draft));
        }
    }

    /// Goes on with the draft that was offered: the text that is to stand on the bench.
    pub fn accept_draft(&mut self, now: Timestamp) -> Option<Arc<str>> {
        let draft = self.offer.take()?;
        self.drafting.exists = true;
        self.text = draft.text.into();
        let there = std::mem::replace(&mut self.before, draft.before.into());
        self.differs = *self.text != *self.before;
        let mut came = Came::default();
        // Whoever wrote the draft began with another text than the file has now: then both have changed it.
        if there != self.before {
            match (&self.standing, self.place.path()) {
                (Standing::File(_), Some(path)) => {
                    let found = look(path, None, now);
                    self.found(found, now, &mut came);
                }
                (Standing::Nothing, _) => self.standing = Standing::Gone,
                _ => {}
            }
        }
        Some(came.text.unwrap_or_else(|| Arc::clone(&self.text)))
    }

    /// Leaves the draft that was offered, and looks at the file as it is. The draft goes among the earlier copies.
    pub fn decline_draft(&mut self, now: Timestamp) -> Option<SaveError> {
        let draft = self.offer.take()?;
        let kept = self.put_aside(&draft.text, now);
        if let Err(error) = kept {
            self.offer = Some(draft);
            return Some(error);
        }
        self.forget_draft();
        None
    }
}
