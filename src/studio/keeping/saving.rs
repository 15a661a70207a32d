//! The text on the bench goes into its file, or into another.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::disk::{Found, Print, look};
use super::drafts;
use super::form::plain;
use super::{Came, Keeping, Place, Standing};
use crate::attempt::atomic::{self, WriteError};
use crate::studio::document::Document;

/// Why the text could not be kept where it should go. It is still on the bench, and in its draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    #[error("{} was not saved: {why}. {mend}", path.display())]
    Write { path: PathBuf, why: String, mend: &'static str },
    #[error("{} was not saved. {why}", path.display())]
    Unfit { path: PathBuf, why: String },
    #[error(
        "Not saved, because what stood there before could not be kept as an earlier copy. {why} Save your text under \
         another name."
    )]
    NoCopy { why: String },
}

/// What came of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    Done(PathBuf),
    /// Nothing was to be saved, but the file had changed: this is to stand on the bench.
    TakenIn(Arc<str>),
}

/// Why the text was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSaved {
    /// There is another file already where it would go: it needs a name.
    Taken(PathBuf),
    /// Someone else has changed the file: [`Keeping::clash`] says how.
    Clash,
    Failed(SaveError),
}

impl From<SaveError> for NotSaved {
    fn from(error: SaveError) -> Self {
        Self::Failed(error)
    }
}

impl Keeping {
    /// Saves the text on the bench into its file. What stands there is kept as an earlier copy; what someone else wrote
    /// there in between is never replaced unasked. A scenario from inside the program becomes a file among the person's
    /// own.
    pub fn save(&mut self, bench: &Document, now: Timestamp) -> Result<Saved, NotSaved> {
        self.follow(bench, now);
        let Some(archive) = self.archive.clone() else { return Err(NotSaved::Taken(PathBuf::new())) };
        let path = match &self.place {
            Place::Shipped(name) => {
                let path = archive.scenarios.join(name);
                let saved = self.save_as(bench, &path, false, now)?;
                self.note = Some(format!(
                    "Saved as your own copy, {}. It is played in place of the one that comes with Simmer.",
                    path.display()
                ));
                return Ok(saved);
            }
            Place::File(path) => path.clone(),
        };
        let bytes = self.bytes(&path)?;
        let stands_there = match look(&path, None, now) {
            Found::Gone | Found::Same(_) => None,
            Found::Folder => return Err(failed(&path, &io::ErrorKind::IsADirectory.into()).into()),
            Found::Unreadable(why) => {
                let mend = "Ask for the right to read it, or save your text under another name.";
                return Err(SaveError::Write { path, why, mend }.into());
            }
            Found::File { bytes: standing, print } => {
                let is_known = self.print().is_some_and(|known| known.same_content(&print)) && self.clash.is_none();
                if !is_known && standing != bytes {
                    let mut came = Came::default();
                    self.round += 1;
                    self.found(Found::File { bytes: standing.clone(), print }, now, &mut came);
                    if let Some(text) = came.text {
                        return Ok(Saved::TakenIn(text));
                    }
                    if let Some(clash) = &mut self.clash {
                        clash.saving = true;
                        return Err(NotSaved::Clash);
                    }
                    if let Standing::NotText { why, .. } = &self.standing {
                        let why = format!(
                            "Something else was written there, and it is no text. {why} Saving once more \
                                           replaces it, and keeps it as an earlier copy."
                        );
                        return Err(SaveError::Unfit { path, why }.into());
                    }
                }
                Some(standing)
            }
        };
        if stands_there.as_ref() != Some(&bytes) {
            match stands_there {
                Some(standing) => {
                    archive.keep_copy(&self.place, &standing, now)?;
                    atomic::overwrite(&path, &bytes)
                }
                None => atomic::create(&path, &bytes),
            }
            .map_err(|error| failed_write(&path, &error))?;
        }
        self.is_saved(&bytes);
        self.forget_draft();
        Ok(Saved::Done(path))
    }

    /// Saves the text on the bench at another place, where it belongs from now on. A file that is there is replaced only
    /// where that was asked for, and kept as an earlier copy.
    pub fn save_as(
        &mut self,
        bench: &Document,
        path: &Path,
        replaces: bool,
        now: Timestamp,
    ) -> Result<Saved, NotSaved> {
        self.follow(bench, now);
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let place = Place::File(path.clone());
        if self.place.path().is_some() && place.key() == self.place.key() {
            return self.save(bench, now);
        }
        let Some(archive) = self.archive.clone() else { return Err(NotSaved::Taken(path)) };
        let bytes = self.bytes(&path)?;
        let draft = drafts::read(&drafts::path(&archive.drafts, &place));
        match look(&path, None, now) {
            Found::Gone | Found::Same(_) => {
                atomic::create(&path, &bytes).map_err(|error| match error.source.kind() {
                    io::ErrorKind::AlreadyExists => NotSaved::Taken(path.clone()),
                    _ => failed_write(&path, &error).into(),
                })?;
            }
            Found::Folder => return Err(failed(&path, &io::ErrorKind::IsADirectory.into()).into()),
            Found::File { .. } | Found::Unreadable(_) if !replaces => return Err(NotSaved::Taken(path)),
            Found::Unreadable(why) => {
                let mend = "Choose another name.";
                return Err(SaveError::Write { path, why, mend }.into());
            }
            Found::File { bytes: standing, .. } => {
                archive.keep_copy(&place, &standing, now)?;
                atomic::overwrite(&path, &bytes).map_err(|error| failed_write(&path, &error))?;
            }
        }
        if let Some(draft) = draft {
            // Somebody was writing there: that is older than this now.
            archive.keep_copy(&place, draft.text.as_bytes(), now)?;
        }
        self.forget_draft();
        self.place = place;
        self.copies = None;
        self.is_saved(&bytes);
        self.forget_draft();
        self.note = Some(format!("Saved as {}.", path.display()));
        Ok(Saved::Done(path))
    }

    fn bytes(&self, path: &Path) -> Result<Vec<u8>, SaveError> {
        self.form.write(&self.text).map_err(|why| SaveError::Unfit { path: path.to_owned(), why })
    }

    /// These bytes of the text on the bench are what stands in the file.
    fn is_saved(&mut self, bytes: &[u8]) {
        self.round += 1;
        self.is_looking = false;
        self.before = plain(&self.text).as_ref().into();
        self.differs = false;
        self.clash = None;
        self.note = None;
        // Someone may have written there again by now: the next look reads it.
        self.standing = Standing::File(Print::written(bytes));
    }
}

fn failed_write(path: &Path, error: &WriteError) -> SaveError {
    failed(path, &error.source)
}

fn failed(path: &Path, error: &io::Error) -> SaveError {
    let mend = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "You may not write there: ask for the right to, or save your text under another name."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space and save again.",
        io::ErrorKind::IsADirectory => "There is a folder of this name: save your text under another name.",
        io::ErrorKind::NotADirectory => "A part of this path is a file and no folder: save your text elsewhere.",
        io::ErrorKind::InvalidFilename => "No file can have this name here: choose another.",
        _ => "Check that the drive is connected and works, or save your text elsewhere.",
    };
    let said = error.to_string();
    // The number of the error says nothing to a person.
    let why = said.split(" (os error").next().unwrap_or(&said).to_lowercase();
    SaveError::Write { path: path.to_owned(), why, mend }
}
