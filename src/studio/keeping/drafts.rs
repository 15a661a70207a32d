//! Text that is not saved yet, kept in the data folder: one draft a file, offered again after a kill.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::form::Form;
use super::place::Place;
use crate::attempt::atomic::{self, WriteError};

/// The version that drafts are written in today.
const CURRENT: u32 = 1;
const ENDING: &str = "draft.json";

/// Text that is not saved yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub place: Place,
    /// When it was written last.
    pub at: Timestamp,
    /// The text of the file when it was read or saved last: what the draft is a change of.
    pub before: String,
    pub(super) form: Form,
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    simmer_draft: u32,
    #[serde(flatten)]
    draft: T,
}

/// Where the draft of a place lies.
pub(super) fn path(folder: &Path, place: &Place) -> PathBuf {
    folder.join(format!("{}.{ENDING}", place.key()))
}

pub(super) fn write(path: &Path, draft: &Draft) -> Result<(), String> {
    let text = serde_json::to_string(&Versioned { simmer_draft: CURRENT, draft }).map_err(|error| error.to_string())?;
    atomic::write(path, text.as_bytes()).map_err(|error| error.to_string())
}

/// The draft of a place; none where there is none, or it cannot be read.
#[expect(clippy::disallowed_methods, reason = "this is where drafts are read")]
pub(super) fn read(path: &Path) -> Option<Draft> {
    let text = fs::read_to_string(path).ok()?;
    let kept: Versioned<Draft> = serde_json::from_str(&text).ok()?;
    (kept.simmer_draft == CURRENT).then_some(kept.draft)
}

pub(super) fn forget(path: &Path) -> Result<(), WriteError> {
    atomic::remove(path)
}

/// Every draft of a folder, the newest first. A file that is no draft is passed over.
pub(super) fn all(folder: &Path) -> Vec<Draft> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_draft = |path: &PathBuf| path.to_string_lossy().ends_with(ENDING);
    let mut drafts: Vec<_> =
        entries.map(|entry| entry.path()).filter(is_draft).filter_map(|path| read(&path)).collect();
    drafts.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.place.key().cmp(&other.place.key())));
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again_the_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = folder.path().join("drafts");
        assert_eq!(all(&drafts), []);
        let draft = |name: &str, second: i64| Draft {
            place: Place::Shipped(name.to_owned()),
            at: Timestamp::from_second(second).unwrap(),
            before: "(\n)".to_owned(),
            form: Form::default(),
            text: "(\n“x”\n)".to_owned(),
        };
        let (old, new) = (draft("a.ron", 1), draft("b.ron", 2));
        for draft in [&old, &new] {
            write(&path(&drafts, &draft.place), draft).unwrap();
        }
        fs::write(drafts.join("x.draft.json"), "{").unwrap();
        assert_eq!(all(&drafts), [new.clone(), old.clone()]);
        forget(&path(&drafts, &new.place)).unwrap();
        assert_eq!(read(&path(&drafts, &new.place)), None);
        assert_eq!(all(&drafts), [old]);
    }
}
