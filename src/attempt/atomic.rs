//! Writing a file so that a crash at any moment leaves either the old one or the new one, whole.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::Builder;

/// What temporary files are called, so that those of a killed program can be found again.
const PREFIX: &str = ".simmer-";
const SUFFIX: &str = ".tmp";
/// A temporary file older than this belongs to no program that still runs.
const STALE: Duration = Duration::from_hours(1);

/// A file could not be written. What stood there before still stands there.
#[derive(Debug, thiserror::Error)]
#[error("{} could not be written: {source}\n{}", path.display(), mend(source))]
pub struct WriteError {
    pub path: PathBuf,
    pub source: io::Error,
}

/// What a person can do about an error of the file system.
pub fn mend(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "This folder may not be written to: choose another with --data, or ask for the right to."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "The disk is full: free some space and try again.",
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "The folder is not there: check the path, and that the drive is connected."
        }
        _ => "Check that the drive is connected and works, or choose another folder with --data.",
    }
}

/// Replaces a file: a temporary file beside it, fsync, rename, fsync of the folder. Missing folders are made.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    replace(path, bytes, |_| false)
}

/// Replaces a file of a person's own, or makes it: a link stays one, and what it leads to is replaced; who may read and
/// write the file stays as it was.
pub fn overwrite(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let fail = |source| WriteError { path: path.to_owned(), source };
    if fs::symlink_metadata(path).is_err() {
        return create(path, bytes);
    }
    let target = path.canonicalize().map_err(fail)?;
    let data = fs::metadata(&target).map_err(fail)?;
    if data.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    // A rename would get past the wish that nobody writes here.
    if data.permissions().readonly() {
        return Err(fail(io::ErrorKind::PermissionDenied.into()));
    }
    let kind = Kind { rights: Some(data.permissions()), ..Kind::default() };
    try_replace(&target, bytes, &kind).map_err(fail)
}

/// Makes a file of a person's own, with the rights that new files have here. One that is there already is never touched:
/// that is an error of the kind [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let kind = Kind { is_new: true, ..Kind::default() };
    try_replace(path, bytes, &kind).map_err(|source| WriteError { path: path.to_owned(), source })
}

/// As [`write()`], but keeps what stood there as [`previous_copy`], if `is_sound` says that it is worth keeping: a damaged
/// file must never take the place of a good copy.
pub fn write_keeping_previous(path: &Path, bytes: &[u8], is_sound: fn(&[u8]) -> bool) -> Result<(), WriteError> {
    replace(path, bytes, is_sound)
}

/// Where the previous copy of a file is kept: its name and `.bak`.
pub fn previous_copy(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".bak");
    path.with_file_name(name)
}

/// Removes a file and its previous copy; those that are not there are fine, and so is a folder that is not.
pub fn remove(path: &Path) -> Result<(), WriteError> {
    // The copy first: a crash in between must not bring an older state back to life.
    for path in [&previous_copy(path), path] {
        match fuse::step().and_then(|()| fs::remove_file(path)) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(WriteError { path: path.to_owned(), source });
            }
            _ => {}
        }
    }
    match path.parent().map_or(Ok(()), sync_folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(WriteError { path: path.to_owned(), source }),
        _ => Ok(()),
    }
}

/// Removes temporary files that a killed program left in a folder. What cannot be removed is left alone.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
        if ours && age.is_some_and(|age| age > STALE) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn replace(path: &Path, bytes: &[u8], keep: fn(&[u8]) -> bool) -> Result<(), WriteError> {
    let kind = Kind { keep, ..Kind::default() };
    try_replace(path, bytes, &kind).map_err(|source| WriteError { path: path.to_owned(), source })
}

/// How a file is put into its place.
struct Kind {
    /// Whether what stood there is worth keeping.
    keep: fn(&[u8]) -> bool,
    /// Those of the file that is replaced; otherwise nobody else may read it.
    rights: Option<Permissions>,
    /// Nothing may be there, and everybody may read it who may read new files.
    is_new: bool,
}

impl Default for Kind {
    fn default() -> Self {
        Self { keep: |_| false, rights: None, is_new: false }
    }
}

#[expect(clippy::disallowed_methods, reason = "what is about to be replaced is read to see whether it is sound")]
fn try_replace(path: &Path, bytes: &[u8], kind: &Kind) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fuse::step()?;
    fs::create_dir_all(folder)?;
    fuse::step()?;
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    if kind.is_new {
        use std::os::unix::fs::PermissionsExt as _;
        // What the account takes away from new files is taken away from this as well.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut fresh = builder.tempfile_in(folder).map_err(|error| plain(&error))?;
    fuse::step()?;
    fresh.as_file_mut().write_all(bytes)?;
    if let Some(rights) = &kind.rights {
        fresh.as_file().set_permissions(rights.clone())?;
    }
    fresh.as_file().sync_all()?;
    if !kind.is_new && fs::read(path).is_ok_and(|standing| (kind.keep)(&standing)) {
        keep_previous(folder, path)?;
    }
    fuse::step()?;
    if kind.is_new {
        fresh.persist_noclobber(path).map_err(|error| error.error)?;
    } else {
        fresh.persist(path).map_err(|error| error.error)?;
    }
    fuse::step()?;
    sync_folder(folder)
}

/// Gives the standing file its second name, without a moment in which either name is missing.
fn keep_previous(folder: &Path, path: &Path) -> io::Result<()> {
    let place = Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .tempfile_in(folder)
        .map_err(|error| plain(&error))?
        .into_temp_path();
    fs::remove_file(&place)?;
    fuse::step()?;
    if fs::hard_link(path, &place).is_err() {
        // Not every file system has links.
        fs::copy(path, &place)?;
        File::open(&place)?.sync_all()?;
    }
    fuse::step()?;
    place.persist(previous_copy(path)).map_err(|error| error.error)
}

/// The error without the name of the temporary file, which says nothing to a person and is another each time.
fn plain(error: &io::Error) -> io::Error {
    io::Error::from(error.kind())
}

/// A rename is durable once its folder is. Where folders cannot be opened (Windows) the system sees to it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some network file systems know no fsync of a folder.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

/// Lets a test stop the writing between any two of its steps, as a killed program does.
pub(crate) mod fuse {
    #[cfg(not(test))]
    #[expect(clippy::unnecessary_wraps, reason = "in tests it fails")]
    #[inline]
    pub(crate) const fn step() -> std::io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    pub(crate) use burning::{light, step};

    #[cfg(test)]
    mod burning {
        use std::cell::Cell;
        use std::io;

        thread_local! {
            static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
        }

        /// From now on `steps` succeed and no more; with none, all do.
        pub(crate) fn light(steps: Option<u32>) {
            LEFT.set(steps);
        }

        pub(crate) fn step() -> io::Result<()> {
            match LEFT.get() {
                Some(0) => Err(io::Error::other("killed")),
                left => {
                    LEFT.set(left.map(|left| left - 1));
                    Ok(())
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the files")]
mod tests {
    use super::*;

    #[test]
    fn the_previous_copy_is_the_last_sound_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/a.txt");
        let sound = |bytes: &[u8]| bytes.starts_with(b"good");
        write_keeping_previous(&path, b"good 1", sound).unwrap();
        assert!(!previous_copy(&path).exists());
        write_keeping_previous(&path, b"good 2", sound).unwrap();
        assert_eq!(fs::read(previous_copy(&path)).unwrap(), b"good 1");
        fs::write(&path, b"torn").unwrap();
        write_keeping_previous(&path, b"good 3", sound).unwrap();
        assert_eq!(fs::read(previous_copy(&path)).unwrap(), b"good 1");
        assert_eq!(fs::read(&path).unwrap(), b"good 3");
        assert_eq!(fs::read_dir(folder.path().join("below")).unwrap().count(), 2, "no temporary file is left");
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert_eq!(fs::read_dir(folder.path().join("below")).unwrap().count(), 0);
    }

    #[test]
    fn removing_what_is_not_there_is_fine_though_its_folder_is_not_either() {
        let folder = tempfile::tempdir().unwrap();
        remove(&folder.path().join("a.txt")).unwrap();
        remove(&folder.path().join("below/a.txt")).unwrap();
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/a.ron");
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().source.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        overwrite(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(overwrite(folder.path(), b"x").unwrap_err().source.kind(), io::ErrorKind::IsADirectory);
        assert_eq!(fs::read_dir(folder.path().join("below")).unwrap().count(), 1, "no temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_rights_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("far.ron"), folder.path().join("near.ron"));
        create(&target, b"one").unwrap();
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(rights(&target), rights(&usual), "as any new file");
        fs::set_permissions(&target, Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        overwrite(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"two");
        assert_eq!(rights(&target) & 0o777, 0o640);
        fs::set_permissions(&target, Permissions::from_mode(0o440)).unwrap();
        assert_eq!(overwrite(&link, b"three").unwrap_err().source.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&target).unwrap(), b"two");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_typed_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = write(&folder.path().join("file/below.txt"), b"x").unwrap_err();
        assert!(error.to_string().contains("could not be written"), "{error}");
    }

    #[test]
    fn a_sweep_leaves_young_and_foreign_files_alone() {
        let folder = tempfile::tempdir().unwrap();
        let old = std::time::SystemTime::UNIX_EPOCH;
        for (name, is_old) in [(".simmer-a.tmp", true), (".simmer-b.tmp", false), ("c.tmp", true)] {
            let file = File::create(folder.path().join(name)).unwrap();
            if is_old {
                file.set_modified(old).unwrap();
            }
        }
        sweep(folder.path());
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".simmer-b.tmp", "c.tmp"]);
    }
}
