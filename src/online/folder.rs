//! What is kept on this computer for one profile.
//!
//! ```text
//! team/<profile>/membership.json                  the service that was joined, and the key to it
//! team/<profile>/joining/<invite>.json            what was said to join one, and not heard of yet
//! team/<profile>/<player>/asking/<scenario>.json  a leave that was asked for and not heard of yet
//! team/<profile>/<player>/ahead/<leave>.json      a leave that was fetched ahead
//! team/<profile>/<player>/used/<leave>.json       a leave that was played, or is being played
//! team/<profile>/<player>/sending/<attempt>….     the very bytes of a provisional run that were sent first
//! team/<profile>/<player>/receipts/<attempt>.json what the service said
//! published/<full hash>.ron                       the scenarios it publishes
//! ```
//!
//! Every file is written whole or not at all, and each says one thing: no two programs that run at once can undo what
//! the other wrote.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::attempt::atomic::{self, WriteError, mend};

/// The version that these files are written in today.
const FORMAT: u32 = 1;

/// The folder of one profile.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The program's data folder.
    data: PathBuf,
    own: PathBuf,
}

/// Something about the folder went wrong.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{} could not be read: {source}\n{}", path.display(), mend(source))]
    Read { path: PathBuf, source: io::Error },
    #[error(
        "{} is damaged, or of a newer Simmer: {why}. Update Simmer; if that does not help, join the team again with a \
         new invite.",
        path.display()
    )]
    Damaged { path: PathBuf, why: String },
    #[error(transparent)]
    Attempts(#[from] crate::attempt::StoreError),
}

/// A file with its version.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    #[serde(flatten)]
    content: T,
}

impl Folder {
    /// The folder of a profile below the data folder. Nothing is written before something is kept.
    pub fn of(data: &Path, profile: &str) -> Self {
        // A pseudonym may hold what no file name may, so its hash stands for it.
        let key = &blake3::hash(profile.as_bytes()).to_hex()[..16];
        Self { own: data.join("team").join(key), data: data.to_owned() }
    }

    /// The program's data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    pub(super) fn membership(&self) -> PathBuf {
        self.own.join("membership.json")
    }

    /// What was said to join, a file for each invite.
    pub(super) fn sayings(&self) -> PathBuf {
        self.own.join("joining")
    }

    /// What belongs to one player of one service.
    pub(super) fn player(&self, player: Uuid, of: Of) -> PathBuf {
        self.own.join(player.to_string()).join(of.name())
    }

    /// Deletes all that is kept for a player of a service, receipts and leaves too.
    pub(super) fn forget(&self, player: Uuid) -> Result<(), FolderError> {
        let path = self.own.join(player.to_string());
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(FolderError::Read { path, source }),
            _ => Ok(()),
        }
    }
}

/// The folders below a player's.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    Asking,
    Ahead,
    Used,
    Sending,
    Receipts,
}

impl Of {
    const fn name(self) -> &'static str {
        match self {
            Self::Asking => "asking",
            Self::Ahead => "ahead",
            Self::Used => "used",
            Self::Sending => "sending",
            Self::Receipts => "receipts",
        }
    }
}

/// Reads a file; none where there is none.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, FolderError> {
    let Some(bytes) = read_bytes(path)? else { return Ok(None) };
    let damaged = |why: String| FolderError::Damaged { path: path.to_owned(), why };
    let written: Versioned<T> = serde_json::from_slice(&bytes)
        // What the error says may quote the file, and there may be a key in it.
        .map_err(|error| damaged(format!("line {} is not what was expected", error.line())))?;
    if written.format != FORMAT {
        return Err(damaged(format!("it is of format {}, and this Simmer knows up to {FORMAT}", written.format)));
    }
    Ok(Some(written.content))
}

#[expect(clippy::disallowed_methods, reason = "this is where what is kept of a service is read")]
pub(super) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, FolderError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(FolderError::Read { path: path.to_owned(), source }),
    }
}

/// Writes a file, which nobody else on this computer may read.
pub(super) fn write<T: Serialize>(path: &Path, content: &T) -> Result<(), FolderError> {
    Ok(atomic::write(path, &bytes(content))?)
}

/// Makes a file that must not be there yet: of two who try, one succeeds. False where it is there.
pub(super) fn create<T: Serialize>(path: &Path, content: &T) -> Result<bool, FolderError> {
    match atomic::create(path, &bytes(content)) {
        Ok(()) => Ok(true),
        Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Removes a file; one that is not there is fine.
pub(super) fn remove(path: &Path) -> Result<(), FolderError> {
    if path.exists() {
        atomic::remove(path)?;
    }
    Ok(())
}

/// The files of a folder, sorted; what is not one of ours is passed over.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(FolderError::Read { path: folder.to_owned(), source }),
    };
    let whole = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(whole).collect();
    files.sort_unstable();
    Ok(files)
}

/// The ids that the files of a folder are called by, sorted; other files are passed over.
pub(super) fn ids(folder: &Path) -> Result<Vec<Uuid>, FolderError> {
    let name = |path: &PathBuf| path.file_stem()?.to_str()?.parse().ok();
    Ok(files(folder)?.iter().filter_map(name).collect())
}

/// Where the file of an id lies.
pub(super) fn file(folder: &Path, id: Uuid) -> PathBuf {
    folder.join(format!("{id}.json"))
}

fn bytes<T: Serialize>(content: &T) -> Vec<u8> {
    // What is kept here is made of text and numbers, which JSON has.
    let mut bytes = serde_json::to_vec_pretty(&Versioned { format: FORMAT, content }).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
