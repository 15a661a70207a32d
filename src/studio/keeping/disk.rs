//! What stands on the disk at a file's place, looked at as cheaply as can be.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};

use crate::scenario::parse::MAXIMUM_SIZE;

/// A file that was changed less than this before it was read may be changed again without looking so: some file systems
/// count in two seconds.
const SETTLES: SignedDuration = SignedDuration::from_secs(3);

/// What a file was when it was read: its content, and the signs by which a change shows without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Print {
    hash: blake3::Hash,
    length: u64,
    changed: Option<SystemTime>,
    /// Whether the same signs mean the same content.
    settled: bool,
}

/// What stands at a place.
#[derive(Debug)]
pub(super) enum Found {
    /// The same as before. With signs that are newer, where they are.
    Same(Option<Print>),
    Gone,
    Folder,
    /// It is there, and cannot be read.
    Unreadable(String),
    File {
        bytes: Vec<u8>,
        print: Print,
    },
}

impl Print {
    /// Of bytes that were written just now: how the disk shows them is still to be looked at.
    pub(super) fn written(bytes: &[u8]) -> Self {
        Self { hash: blake3::hash(bytes), length: bytes.len() as u64, changed: None, settled: false }
    }

    /// Whether the content is the same.
    pub(super) fn same_content(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

/// Looks at a place. Where all signs are as they were, the file is not read.
pub(super) fn look(path: &Path, known: Option<&Print>, now: Timestamp) -> Found {
    let data = match fs::metadata(path) {
        Ok(data) => data,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Found::Gone;
        }
        Err(error) => return Found::Unreadable(error.to_string()),
    };
    if data.is_dir() {
        return Found::Folder;
    }
    if !data.is_file() {
        return Found::Unreadable("it is not a file".to_owned());
    }
    let changed = data.modified().ok();
    let as_before = |known: &&Print| known.settled && known.length == data.len() && known.changed == changed;
    if known.as_ref().is_some_and(as_before) {
        return Found::Same(None);
    }
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Gone,
        Err(error) => return Found::Unreadable(error.to_string()),
    };
    let since =
        changed.and_then(|changed| Timestamp::try_from(changed).ok()).map(|changed| now.duration_since(changed));
    let settled = since.is_some_and(|since| since > SETTLES);
    let print = Print { hash: blake3::hash(&bytes), length: data.len(), changed, settled };
    if known.is_some_and(|known| known.same_content(&print)) {
        return Found::Same(Some(print));
    }
    Found::File { bytes, print }
}

/// One byte more than is ever taken for a text, so that too much is seen to be.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAXIMUM_SIZE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(seconds: i64) -> Timestamp {
        let now = Timestamp::try_from(SystemTime::UNIX_EPOCH).unwrap();
        now.checked_add(SignedDuration::from_secs(seconds)).unwrap()
    }

    fn written(path: &Path, text: &str, changed: i64) {
        fs::write(path, text).unwrap();
        File::options().write(true).open(path).unwrap().set_modified(later(changed).into()).unwrap();
    }

    #[test]
    fn content_decides_and_settled_signs_spare_the_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        assert!(matches!(look(&path, None, later(0)), Found::Gone));
        written(&path, "one", 100);
        let Found::File { print: fresh, .. } = look(&path, None, later(101)) else { panic!("it is a file") };
        assert!(fresh.same_content(&Print::written(b"one")) && !fresh.settled);
        // Within the same tick, as long: only the content tells.
        written(&path, "two", 100);
        assert!(matches!(look(&path, Some(&fresh), later(101)), Found::File { .. }));
        written(&path, "one", 100);
        let Found::Same(Some(settled)) = look(&path, Some(&fresh), later(110)) else { panic!("it is the same") };
        assert!(matches!(look(&path, Some(&settled), later(200)), Found::Same(None)));
        // Touched, and the same.
        written(&path, "one", 120);
        assert!(matches!(look(&path, Some(&settled), later(200)), Found::Same(Some(_))));
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(matches!(look(&path, Some(&settled), later(200)), Found::Folder));
    }
}
