use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::super::file::ago;
use super::Action;
use crate::desktop::screens::page::sentence;
use crate::library::{Entry, Origin};
use crate::studio::keeping::{Draft, Place};

/// What can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What just happened to the text that lay on the bench.
    pub note: Option<String>,
    /// Why what was asked for could not be done.
    pub problem: Option<String>,
    /// A file that was asked for, and is not there yet.
    pub offered: Option<Offered>,
    /// Texts that are not saved, the newest first.
    pub unsaved: Vec<Unsaved>,
    pub files: Vec<File>,
}

/// A file that can be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub path: PathBuf,
    pub id: String,
}

/// A text that is not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    pub key: String,
    pub name: String,
    pub when: String,
    pub place: String,
}

/// A scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub group: Group,
    pub title: String,
    pub lines: Vec<String>,
    pub opens: Action,
    /// All that the search looks into, in small letters.
    haystack: String,
}

/// Where a file belongs on the shelf, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Own,
    Broken,
    Elsewhere,
    Shipped,
}

/// What the shelf is made of.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub entries: &'a [Arc<Entry>],
    pub drafts: &'a [Draft],
    /// Files outside the folders of the library that were opened lately, the last one first.
    pub recent: &'a [PathBuf],
    pub note: Option<&'a str>,
    pub problem: Option<&'a str>,
    pub offered: Option<&'a Path>,
    pub now: Timestamp,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Own, Self::Broken, Self::Elsewhere, Self::Shipped];

    pub const fn words(self) -> &'static str {
        match self {
            Self::Own => "Your scenarios",
            Self::Broken => "Not playable yet",
            Self::Elsewhere => "Opened lately, elsewhere",
            Self::Shipped => "Open a copy of one that comes with Simmer",
        }
    }
}

impl View {
    pub fn of(given: &Given<'_>) -> Self {
        let mut files: Vec<_> = given.entries.iter().filter_map(|entry| of_library(entry)).collect();
        let known = |path: &Path| given.entries.iter().any(|entry| entry.path.as_deref() == Some(path));
        files.extend(given.recent.iter().filter(|path| !known(path)).map(|path| elsewhere(path)));
        files.sort_by_key(|file| file.group);
        let unsaved = given.drafts.iter().map(|draft| {
            let place = match &draft.place {
                Place::File(path) => path.display().to_string(),
                Place::Shipped(_) => "A copy of one that comes with Simmer".to_owned(),
            };
            let when = format!("You were writing here {}; it is not saved.", ago(draft.at, given.now));
            Unsaved { key: draft.place.key(), name: draft.place.file_name(), when, place }
        });
        Self {
            note: given.note.map(str::to_owned),
            problem: given.problem.map(str::to_owned),
            offered: given.offered.map(|path| Offered {
                path: path.to_owned(),
                id: crate::authoring::new::slug(&path.file_stem().unwrap_or_default().to_string_lossy()),
            }),
            unsaved: unsaved.collect(),
            files,
        }
    }

    /// The files in which every word of a search occurs.
    pub fn found(&self, search: &str) -> Vec<&File> {
        let search = search.to_lowercase();
        let fits = |file: &&File| search.split_whitespace().all(|word| file.haystack.contains(word));
        self.files.iter().filter(fits).collect()
    }
}

fn of_library(entry: &Entry) -> Option<File> {
    let opens = match &entry.path {
        Some(path) => Action::Open(path.clone()),
        None => Action::OpenCopy(entry.file_name.clone()),
    };
    let (group, title, first) = match &entry.scenario {
        Ok(scenario) if entry.origin == Origin::Shipped => (Group::Shipped, scenario.title.clone(), None),
        Ok(scenario) => (Group::Own, scenario.title.clone(), None),
        Err(findings) => {
            let first = findings.first().map(|finding| match finding.span {
                Some(span) => {
                    format!("Line {}: {}", entry.source.place(span.start).line, sentence(&finding.message))
                }
                None => sentence(&finding.message),
            });
            (Group::Broken, entry.file_name.clone(), first)
        }
    };
    // A folder that cannot be read is no file that could be opened.
    if group == Group::Broken && entry.path.as_deref().is_some_and(Path::is_dir) {
        return None;
    }
    let replaced = entry.replaced_by.as_ref().map(|by| match entry.origin {
        Origin::Shipped => format!("Your own copy is played in its place: {by}."),
        _ => format!("Not played, because {by} has the same id."),
    });
    let place = entry.path.as_ref().map(|path| path.display().to_string());
    let lines: Vec<String> = [first, replaced, place].into_iter().flatten().collect();
    Some(file(group, title, lines, opens, entry.slug().unwrap_or(&entry.file_name)))
}

fn elsewhere(path: &Path) -> File {
    let title = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    file(Group::Elsewhere, title, vec![path.display().to_string()], Action::Open(path.to_owned()), "")
}

fn file(group: Group, title: String, lines: Vec<String>, opens: Action, id: &str) -> File {
    let haystack = format!("{title}\n{id}\n{}", lines.join("\n")).to_lowercase();
    File { group, title, lines, opens, haystack }
}
