//! The attempts of a team, kept in a folder of one's own: `boards/<digest>.attempt` below the data folder.
//!
//! The digest is that of the file, so that the same file is kept once. Every file is played back each time it is
//! listed: what lies here may have been changed by anyone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::attempt::atomic::{self, WriteError, mend};
use crate::attempt::{self, Attempt, MAXIMUM_SIZE, ReadError, Store, StoreError};
use crate::board::entry::plain_name;
use crate::board::verify::verify_attempt;
use crate::board::{Entry, Known, Refusal, Verified, same_name};

const EXTENSION: &str = "attempt";

/// The folder of a team's attempts.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

/// What came of adding files.
#[derive(Debug, Default)]
pub struct Adding {
    /// New here, in the order they were read.
    pub added: Vec<Entry>,
    /// They were here already.
    pub known: Vec<Entry>,
    pub refused: Vec<NotAdded>,
    /// Files that were not looked at, because it was stopped.
    pub left: usize,
}

/// How far a list of files has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub done: usize,
    pub of: usize,
}

/// A file that was not added.
#[derive(Debug)]
pub struct NotAdded {
    pub path: PathBuf,
    pub why: NotAddedWhy,
}

/// Why a file was not added.
#[derive(Debug, thiserror::Error)]
pub enum NotAddedWhy {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The plain name of who stands with it.
    #[error("This is the same call as {0}\u{2019}s, played word for word: it counts once.")]
    SameCall(String),
    #[error("Another attempt of the same number is on the board: one of the two was changed.")]
    AnotherBody,
    #[error("It could not be read: {source}. {}", mend(source))]
    Unreadable { source: io::Error },
    #[error("There are no attempts in this folder: their names end in .attempt.")]
    EmptyFolder,
}

/// The board's own folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{} could not be read: {source}. {}", path.display(), mend(source))]
    Read { path: PathBuf, source: io::Error },
}

impl Folder {
    /// The folder below a data folder. It need not be there.
    pub fn below(data: &Path) -> Self {
        Self { path: data.join("boards") }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes attempts from files, and from the files in folders whose names end in `.attempt`.
    ///
    /// An attempt that is here already is left as it is, unless it was provisional and has gone on since. Another body
    /// under the same id is refused, and so is a call that already stands under another name, here or among the finished
    /// attempts of this computer: the one that was added first counts.
    pub fn add(&self, known: &Known, from: &[PathBuf]) -> Result<Adding, AddError> {
        self.add_while(known, from, |_| ControlFlow::Continue(()))
    }

    /// As [`Self::add`], asking before each file whether to go on. What was added before it is stopped stays.
    pub fn add_while(
        &self,
        known: &Known,
        from: &[PathBuf],
        mut go_on: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Adding, AddError> {
        let mut adding = Adding::default();
        let mut files = Vec::new();
        for path in from {
            let why = match files_of(path) {
                Ok(found) if found.is_empty() => NotAddedWhy::EmptyFolder,
                Ok(found) => {
                    files.extend(found);
                    continue;
                }
                Err(source) => NotAddedWhy::Unreadable { source },
            };
            adding.refused.push(NotAdded { path: path.clone(), why });
        }
        let mut standing = self.standing()?;
        let own = known.finished_here();
        let of = files.len();
        for (done, file) in files.into_iter().enumerate() {
            if go_on(Progress { done, of }).is_break() {
                adding.left = of - done;
                break;
            }
            match taken(known, &file, &standing, &own) {
                Ok(Taken::Known(entry)) => adding.known.push(entry),
                Ok(Taken::New { bytes, attempt, entry, instead_of }) => {
                    let kept = self.path.join(format!("{}.{EXTENSION}", blake3::hash(&bytes).to_hex()));
                    atomic::write(&kept, &bytes)?;
                    if let Some(old) = instead_of.filter(|old| *old != kept) {
                        atomic::remove(&old)?;
                    }
                    standing.insert(attempt.id, (kept, *attempt));
                    adding.added.push(entry);
                }
                Err(why) => adding.refused.push(NotAdded { path: file, why }),
            }
        }
        Ok(adding)
    }

    /// Plays back every attempt that is kept here: the entries, and what does not hold any more. Of one call under two
    /// names, put here by hand, the file that was written first counts.
    pub fn entries(&self, known: &Known) -> Result<(Vec<Entry>, Vec<NotAdded>), AddError> {
        self.entries_while(known, |_| ControlFlow::Continue(()))
    }

    /// As [`Self::entries`], asking before each file whether to go on.
    pub fn entries_while(
        &self,
        known: &Known,
        go_on: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(Vec<Entry>, Vec<NotAdded>), AddError> {
        let mut entries = Vec::new();
        let refused = self.each_while(known, go_on, |verified| entries.push(verified.entry()))?;
        Ok((entries, refused))
    }

    /// Plays back every attempt that is kept here and hands over what holds; what does not is returned. Of one call under
    /// two names the file that was written first counts.
    pub fn verified(&self, known: &Known, take: impl FnMut(&Verified)) -> Result<Vec<NotAdded>, AddError> {
        self.each_while(known, |_| ControlFlow::Continue(()), take)
    }

    fn each_while(
        &self,
        known: &Known,
        mut go_on: impl FnMut(Progress) -> ControlFlow<()>,
        mut take: impl FnMut(&Verified),
    ) -> Result<Vec<NotAdded>, AddError> {
        let mut refused = Vec::new();
        let mut files = self.files()?;
        files.sort_by_cached_key(|path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok());
        let of = files.len();
        let mut counted: Vec<Attempt> = Vec::new();
        for (done, path) in files.into_iter().enumerate() {
            if go_on(Progress { done, of }).is_break() {
                break;
            }
            match listed(known, &path, &counted) {
                Ok(verified) => {
                    take(&verified);
                    counted.push(verified.attempt);
                }
                Err(why) => refused.push(NotAdded { path, why }),
            }
        }
        Ok(refused)
    }

    fn files(&self) -> Result<Vec<PathBuf>, AddError> {
        match files_of(&self.path) {
            Ok(files) => Ok(files),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(source) => Err(AddError::Read { path: self.path.clone(), source }),
        }
    }

    /// What is kept here, by id. A file that cannot be read any more stands in nobody's way.
    fn standing(&self) -> Result<BTreeMap<Uuid, (PathBuf, Attempt)>, AddError> {
        let readable = |path: PathBuf| {
            let attempt = attempt::read(&read_file(&path).ok()?).ok()?;
            Some((attempt.id, (path, attempt)))
        };
        Ok(self.files()?.into_iter().filter_map(readable).collect())
    }
}

/// The entries of the finished attempts of everybody who plays on this computer. What does not hold, and practice runs,
/// are left out.
pub fn own_entries(known: &Known, store: &Store) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    own_verified(known, store, |verified| entries.push(verified.entry()))?;
    Ok(entries)
}

/// Plays back the finished attempts of everybody who plays on this computer and hands over what holds. Practice runs are
/// left out.
pub fn own_verified(known: &Known, store: &Store, mut take: impl FnMut(&Verified)) -> Result<(), StoreError> {
    let listed = store.list()?.into_iter();
    let verified = listed.filter_map(|listed| Verified::of(known, listed.attempt.ok()?.attempt).ok());
    verified.for_each(|verified| take(&verified));
    Ok(())
}

enum Taken {
    Known(Entry),
    New { bytes: Vec<u8>, attempt: Box<Attempt>, entry: Entry, instead_of: Option<PathBuf> },
}

fn taken(
    known: &Known,
    file: &Path,
    standing: &BTreeMap<Uuid, (PathBuf, Attempt)>,
    own: &[Attempt],
) -> Result<Taken, NotAddedWhy> {
    let bytes = read_file(file).map_err(|source| NotAddedWhy::Unreadable { source })?;
    let attempt = attempt::read(&bytes).map_err(Refusal::Unreadable)?;
    let entry = verify_attempt(known, &attempt)?;
    let kept = || standing.values().map(|(_, attempt)| attempt);
    not_another_s(&attempt, kept().chain(own))?;
    // One's own file again, under another number.
    if kept().any(|other| other.id != attempt.id && same_call(other, &attempt) && other.inputs == attempt.inputs) {
        return Ok(Taken::Known(entry));
    }
    let instead_of = match standing.get(&attempt.id) {
        None => None,
        Some((_, old)) if *old == attempt => return Ok(Taken::Known(entry)),
        // The same play, taken from an earlier save.
        Some((_, old)) if goes_on_from(&attempt, old) => return Ok(Taken::Known(entry)),
        Some((path, old)) if goes_on_from(old, &attempt) => Some(path.clone()),
        Some(_) => return Err(NotAddedWhy::AnotherBody),
    };
    Ok(Taken::New { bytes, attempt: Box::new(attempt), entry, instead_of })
}

/// An attempt of the board's own folder, unless its call counts already.
fn listed(known: &Known, path: &Path, counted: &[Attempt]) -> Result<Verified, NotAddedWhy> {
    let bytes = read_file(path).map_err(|source| NotAddedWhy::Unreadable { source })?;
    let attempt = attempt::read(&bytes).map_err(Refusal::Unreadable)?;
    let verified = Verified::of(known, attempt)?;
    not_another_s(&verified.attempt, counted)?;
    Ok(verified)
}

/// Refuses a call that one of `others` has played under another name.
fn not_another_s<'a>(attempt: &Attempt, others: impl IntoIterator<Item = &'a Attempt>) -> Result<(), NotAddedWhy> {
    let mut others = others.into_iter();
    let copied = others.find(|other| !same_name(&other.player, &attempt.player) && same_call(other, attempt));
    copied.map_or(Ok(()), |other| Err(NotAddedWhy::SameCall(plain_name(&other.player))))
}

/// Whether two attempts are one call: the same scenario to the letter, the same seed and mode, and the same inputs, each
/// at the same time and with the note's own line; or the one is the other played on, which begins alike.
///
/// An ordinary run draws its seed from 64 random bits, so an equal seed is a copy and no accident. People who agree on a
/// seed (`simmer play --seed`) are told apart by their times where clocks run. In steps there are none: who then does the
/// very same, input for input, shares one place with whoever was added first.
///
/// This finds the file that was passed on under another name. It does not find a copy that was changed, be it by a nod:
/// only seeds that a service gives out would.
fn same_call(one: &Attempt, other: &Attempt) -> bool {
    (one.full_hash, one.seed, one.mode) == (other.full_hash, other.seed, other.mode)
        && (one.inputs.starts_with(&other.inputs) || other.inputs.starts_with(&one.inputs))
}

/// Whether `later` is `earlier` played on: nothing that was done has been changed.
fn goes_on_from(earlier: &Attempt, later: &Attempt) -> bool {
    let header = |attempt: &Attempt| {
        (attempt.full_hash, attempt.rules, attempt.seed, attempt.mode, attempt.player.clone(), attempt.started)
    };
    earlier.ended.is_none()
        && header(earlier) == header(later)
        && later.inputs.len() > earlier.inputs.len()
        && later.inputs.starts_with(&earlier.inputs)
}

/// The file itself, or the attempts in a folder, by name.
fn files_of(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == EXTENSION) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads no more than an attempt may have.
#[expect(clippy::disallowed_methods, reason = "the person named the file, or it lies in the board's own folder")]
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let size = usize::try_from(fs::metadata(path)?.len()).unwrap_or(usize::MAX);
    if size > MAXIMUM_SIZE {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, ReadError::TooLarge { bytes: size }));
    }
    fs::read(path)
}
