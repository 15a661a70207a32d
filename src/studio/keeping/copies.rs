//! Earlier copies of a file: what stood there before it was replaced, under the time at which that happened.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::form::Form;
use super::merge::lines_that_differ;
use crate::attempt::atomic;

/// How many are kept of each file.
pub const MOST: usize = 20;
/// In UTC, so that copies sort by their names.
const STAMP: &str = "%Y-%m-%dT%H-%M-%SZ";
const ENDING: &str = ".ron";

/// An earlier copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    pub path: PathBuf,
    /// When it was put aside.
    pub at: Timestamp,
    pub text: Arc<str>,
    /// From the text that it was compared with.
    pub lines_that_differ: usize,
}

/// Puts content aside, unless the newest copy is the same. Of one file the newest [`MOST`] are kept.
///
/// # Errors
/// Why it could not be kept, for the person to read.
pub(super) fn keep(folder: &Path, content: &[u8], now: Timestamp) -> Result<(), String> {
    let names = names(folder);
    if names.last().is_some_and(|newest| read(&folder.join(newest)).is_some_and(|kept| kept == content)) {
        return Ok(());
    }
    let stamp = now.to_zoned(TimeZone::UTC).strftime(STAMP).to_string();
    // A clock that was set back must not make what is newest look old.
    let stamp = names.last().map_or(stamp.clone(), |newest| stamp.max(base_of(newest).to_owned()));
    let number = names.iter().rev().find(|name| base_of(name) == stamp).map_or(0, |last| number_of(last) + 1);
    let path = folder.join(format!("{stamp}-{number:04}{ENDING}"));
    atomic::write(&path, content).map_err(|error| error.to_string())?;
    let surplus = (names.len() + 1).saturating_sub(MOST);
    for name in names.iter().take(surplus) {
        if let Err(error) = fs::remove_file(folder.join(name)) {
            tracing::warn!(%error, "an old copy stays: {name}");
        }
    }
    Ok(())
}

/// All copies of a file, the newest first, compared with a text. One that is no text is passed over.
pub(super) fn all(folder: &Path, text: &str) -> Vec<Copy> {
    let copy = |name: String| {
        let path = folder.join(&name);
        let (kept, _) = Form::read(&read(&path)?).ok()?;
        let at = DateTime::strptime(STAMP, base_of(&name)).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(Copy { path, at, lines_that_differ: lines_that_differ(text, &kept), text: kept.into() })
    };
    names(folder).into_iter().rev().filter_map(copy).collect()
}

/// The copies of a folder, the oldest first.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter(|name| !name.starts_with('.') && name.ends_with(ENDING)).collect();
    names.sort();
    names
}

/// `2026-11-22T17-05-38Z` of `2026-11-22T17-05-38Z-0001.ron`.
fn base_of(name: &str) -> &str {
    name.strip_suffix(ENDING).and_then(|stem| stem.rsplit_once('-')).map_or(name, |(base, _)| base)
}

fn number_of(name: &str) -> u32 {
    let number = name.strip_suffix(ENDING).and_then(|stem| stem.rsplit_once('-')).map(|(_, number)| number);
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[expect(clippy::disallowed_methods, reason = "this is where copies are read")]
fn read(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    fn texts(folder: &Path) -> Vec<String> {
        all(folder, "").iter().map(|copy| copy.text.to_string()).collect()
    }

    #[test]
    fn the_newest_are_kept_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let copies = folder.path().join("copies/a");
        assert_eq!(texts(&copies), [""; 0]);
        for number in 0..25 {
            // Several within a second, and a clock that was set back.
            let second = if number == 24 { 1 } else { number / 4 };
            keep(&copies, format!("{number}").as_bytes(), at(second)).unwrap();
        }
        let expected: Vec<_> = (5..25).rev().map(|number| number.to_string()).collect();
        assert_eq!(texts(&copies), expected);
        assert_eq!(all(&copies, "")[19].at, at(1));
    }

    #[test]
    fn the_same_is_not_kept_twice_in_a_row() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["a\n", "a\n", "b\n", "a\n"] {
            keep(folder.path(), text.as_bytes(), at(0)).unwrap();
        }
        let copies = all(folder.path(), "a\nc\n");
        assert_eq!(copies.iter().map(|copy| &*copy.text).collect::<Vec<_>>(), ["a\n", "b\n", "a\n"]);
        assert_eq!(copies.iter().map(|copy| copy.lines_that_differ).collect::<Vec<_>>(), [1, 2, 1]);
    }
}
