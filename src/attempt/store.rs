//! The folder of attempts.
//!
//! ```text
//! attempts/0198f0a2-….attempt          one that is finished, or was set aside
//! attempts/unfinished/<player>.attempt the one that a player is in, and its previous copy `….bak`
//! played/<full hash>.ron               the scenarios they were played on
//! own-words/<player>/0198f0a2-….ron    what a player said about a run; handed on to nobody
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::atomic::{self, WriteError, mend};
use super::file::{MAXIMUM_SIZE, ReadError, read, write};
use super::format::current::Attempt;
use super::own_words::{self, OwnWords};
use crate::scenario::model::Hash;

const EXTENSION: &str = "attempt";

/// The folder of attempts of one computer account; several players may share it.
#[derive(Debug, Clone)]
pub struct Store {
    attempts: PathBuf,
    unfinished: PathBuf,
    played: PathBuf,
    own_words: PathBuf,
}

/// An attempt that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub attempt: Attempt,
    /// The newest file was damaged or gone, and this is its previous copy: the last input may be missing.
    pub from_previous_copy: bool,
}

/// A file of the folder, whether or not it can be read.
#[derive(Debug)]
pub struct Listed {
    pub path: PathBuf,
    pub attempt: Result<Kept, StoreError>,
}

/// Something about the folder of attempts went wrong.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{} could not be read: {source}\n{}", path.display(), mend(source))]
    Io { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    Read { path: PathBuf, source: ReadError },
    #[error("What you wrote about this run, in {}, cannot be read: {why}.", path.display())]
    OwnWords { path: PathBuf, why: String },
}

impl Store {
    /// The attempts below a data folder. Nothing is written before something is saved, but for leftovers of a killed
    /// program, which are swept away.
    pub fn open(data: &Path) -> Self {
        let attempts = data.join("attempts");
        let store = Self {
            unfinished: attempts.join("unfinished"),
            attempts,
            played: data.join("played"),
            own_words: data.join("own-words"),
        };
        let of_each = fs::read_dir(&store.own_words).into_iter().flatten().flatten().map(|entry| entry.path());
        for folder in
            [store.attempts.clone(), store.unfinished.clone(), store.played.clone()].into_iter().chain(of_each)
        {
            atomic::sweep(&folder);
        }
        store
    }

    /// Where a finished attempt is kept.
    pub fn path_of(&self, id: Uuid) -> PathBuf {
        self.attempts.join(format!("{id}.{EXTENSION}"))
    }

    /// The file of a finished attempt: under its own name, or under another that a person gave it.
    pub fn find(&self, id: Uuid) -> PathBuf {
        let own = self.path_of(id);
        if own.exists() {
            return own;
        }
        let listed = self.list().unwrap_or_default().into_iter();
        let mut found = listed.filter(|listed| listed.attempt.as_ref().is_ok_and(|kept| kept.attempt.id == id));
        found.next().map_or(own, |listed| listed.path)
    }

    /// Saves an attempt: durable when this returns, and until then the last save stands.
    ///
    /// A player is in one attempt at most. Saving another sets the first aside among the finished ones, where it is
    /// listed without an end, until it is gone on with.
    pub fn save(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let slot = self.slot(&attempt.player);
        let standing = self.load(&slot).ok().map(|kept| kept.attempt);
        let sound = |bytes: &[u8]| read(bytes).is_ok();
        if attempt.ended.is_none() {
            if let Some(other) = standing.filter(|other| other.id != attempt.id) {
                self.put_aside(&other)?;
                atomic::remove(&slot)?;
            }
            atomic::write_keeping_previous(&slot, write(attempt).as_bytes(), sound)?;
            if self.path_of(attempt.id).exists() && !self.has_ended(attempt.id) {
                atomic::remove(&self.path_of(attempt.id))?;
            }
        } else {
            atomic::write(&self.path_of(attempt.id), write(attempt).as_bytes())?;
            // The finished one is durable: only now may the other go.
            if standing.is_some_and(|standing| standing.id == attempt.id) {
                atomic::remove(&slot)?;
            }
        }
        Ok(())
    }

    /// The attempt that a player was in when the program ended, if any.
    pub fn unfinished(&self, player: &str) -> Result<Option<Kept>, StoreError> {
        let slot = self.slot(player);
        if !slot.exists() && !atomic::previous_copy(&slot).exists() {
            return Ok(None);
        }
        let kept = self.load(&slot)?;
        // The program may have been killed between saving the finished one and clearing this.
        Ok(Some(kept).filter(|kept| !self.has_ended(kept.attempt.id)))
    }

    /// The attempts that a player has set aside for another before their end, the one begun last first. Of those that
    /// only try a moment again there are none.
    pub fn set_aside(&self, player: &str) -> Result<Vec<Kept>, StoreError> {
        let listed = self.list()?.into_iter().rev().filter_map(|listed| listed.attempt.ok());
        let current = self.unfinished(player).ok().flatten().map(|kept| kept.attempt.id);
        Ok(listed
            .filter(|Kept { attempt, .. }| {
                attempt.player == player
                    && attempt.ended.is_none()
                    && attempt.rewound.is_none()
                    && Some(attempt.id) != current
            })
            .collect())
    }

    fn has_ended(&self, id: Uuid) -> bool {
        load_file(&self.path_of(id)).is_ok_and(|attempt| attempt.ended.is_some())
    }

    /// Drops a player's unfinished attempt, if there is one.
    pub fn discard(&self, player: &str) -> Result<(), StoreError> {
        Ok(atomic::remove(&self.slot(player))?)
    }

    /// Deletes a finished attempt, if it is there.
    pub fn delete(&self, id: Uuid) -> Result<(), StoreError> {
        Ok(atomic::remove(&self.path_of(id))?)
    }

    /// Every attempt but the unfinished ones, oldest first, readable or not.
    pub fn list(&self) -> Result<Vec<Listed>, StoreError> {
        Ok(self.paths()?.into_iter().map(|path| Listed { attempt: self.load(&path), path }).collect())
    }

    /// The files of [`Self::list`], unread.
    pub fn paths(&self) -> Result<Vec<PathBuf>, StoreError> {
        let entries = match fs::read_dir(&self.attempts) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StoreError::Io { path: self.attempts.clone(), source }),
        };
        let mut paths: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
            .collect();
        paths.sort();
        Ok(paths)
    }

    /// Reads an attempt from anywhere, and where it is damaged its previous copy beside it.
    pub fn load(&self, path: &Path) -> Result<Kept, StoreError> {
        match load_file(path) {
            Ok(attempt) => Ok(Kept { attempt, from_previous_copy: false }),
            // A file that is whole but not for this program is not damaged, and an older copy would not help.
            Err(error @ StoreError::Read { source: ReadError::Newer { .. } | ReadError::TooOld { .. }, .. }) => {
                Err(error)
            }
            Err(error) => match load_file(&atomic::previous_copy(path)) {
                Ok(attempt) => Ok(Kept { attempt, from_previous_copy: true }),
                Err(_) => Err(error),
            },
        }
    }

    /// Reads an attempt from anywhere, and nothing in its place.
    pub fn load_alone(&self, path: &Path) -> Result<Attempt, StoreError> {
        load_file(path)
    }

    /// The previous copy beside a file, if there is one that can be read.
    pub fn whole_previous_copy(&self, path: &Path) -> Option<PathBuf> {
        let copy = atomic::previous_copy(path);
        load_file(&copy).is_ok().then_some(copy)
    }

    /// Keeps the text of a scenario that is about to be played, by its full hash.
    pub fn keep_scenario(&self, full: Hash, text: &str) -> Result<(), StoreError> {
        let path = self.scenario_path(full);
        if !path.exists() {
            atomic::write(&path, text.as_bytes())?;
        }
        Ok(())
    }

    /// Where the text of a played scenario is kept.
    pub fn scenario_path(&self, full: Hash) -> PathBuf {
        self.played.join(format!("{full}.ron"))
    }

    /// Where the scenario of an attempt from elsewhere may lie: in the data folder that the attempt lies in, finished
    /// or not, or handed on in one folder with it.
    pub fn copies_beside(attempt: &Path, full: Hash) -> [PathBuf; 3] {
        let folder = attempt.parent().unwrap_or(Path::new(""));
        ["../played", "../../played", ""].map(|played| folder.join(played).join(format!("{full}.ron")))
    }

    /// The text of the scenario that an attempt was played on, if it was kept.
    #[expect(clippy::disallowed_methods, reason = "the store is where attempts and their scenarios are read")]
    pub fn scenario_text(&self, full: Hash) -> Result<Option<String>, StoreError> {
        let path = self.scenario_path(full);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::Io { path, source }),
        }
    }

    /// What a player said about a run; nothing, where there is nothing.
    #[expect(clippy::disallowed_methods, reason = "the store is where attempts and what belongs to them are read")]
    pub fn own_words(&self, player: &str, id: Uuid) -> Result<OwnWords, StoreError> {
        let path = self.own_words_path(player, id);
        match fs::read_to_string(&path) {
            Ok(text) => own_words::read(&text).map_err(|why| StoreError::OwnWords { path, why }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(OwnWords::default()),
            Err(source) => Err(StoreError::Io { path, source }),
        }
    }

    /// Keeps what a player said about a run, apart from the attempt.
    pub fn keep_own_words(&self, player: &str, id: Uuid, words: &OwnWords) -> Result<(), StoreError> {
        let path = self.own_words_path(player, id);
        // What cannot be read is not written over; the person is told.
        self.own_words(player, id)?;
        Ok(atomic::write(&path, own_words::write(words).as_bytes())?)
    }

    /// Deletes all that a player said about runs.
    pub fn forget_own_words(&self, player: &str) -> Result<(), StoreError> {
        let path = self.own_words.join(key(player));
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(StoreError::Io { path, source }),
            _ => Ok(()),
        }
    }

    fn own_words_path(&self, player: &str, id: Uuid) -> PathBuf {
        self.own_words.join(key(player)).join(format!("{id}.ron"))
    }

    /// A player's own file.
    fn slot(&self, player: &str) -> PathBuf {
        self.unfinished.join(format!("{}.{EXTENSION}", key(player)))
    }

    fn put_aside(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let path = self.path_of(attempt.id);
        // A finished one of that name is the newer.
        if !path.exists() {
            atomic::write(&path, write(attempt).as_bytes())?;
        }
        Ok(())
    }
}

/// A pseudonym may hold what no file name may, so its hash stands for it.
fn key(player: &str) -> String {
    blake3::hash(player.as_bytes()).to_hex()[..16].to_owned()
}

#[expect(clippy::disallowed_methods, reason = "the store is where attempts and their scenarios are read")]
fn load_file(path: &Path) -> Result<Attempt, StoreError> {
    let io = |source| StoreError::Io { path: path.to_owned(), source };
    let read_error = |source| StoreError::Read { path: path.to_owned(), source };
    let size = fs::metadata(path).map_err(io)?.len();
    if size > MAXIMUM_SIZE as u64 {
        return Err(read_error(ReadError::TooLarge { bytes: usize::try_from(size).unwrap_or(usize::MAX) }));
    }
    read(&fs::read(path).map_err(io)?).map_err(read_error)
}

#[cfg(test)]
mod tests;
