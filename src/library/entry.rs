//! One file of the library, read and resolved.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::plan::is_plan;
use super::translation::{Beside, in_language, shipped_translations, translations_beside, translations_in};
use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::scenario::Scenario;
use crate::scenario::language::is_same;
use crate::scenario::load::{Loaded, load};
use crate::scenario::parse::MAXIMUM_SIZE;

pub(super) static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");
const EXTENSION: &str = "ron";

/// A scenario file, whether or not it can be played.
#[derive(Debug, Clone)]
pub struct Entry {
    pub origin: Origin,
    /// Without folders: `before-saturday.ron`.
    pub file_name: String,
    /// Where it lies; none for a shipped one.
    pub path: Option<PathBuf>,
    /// Empty where the file could not be read.
    pub source: SourceFile,
    /// Ready to be played, or every error of the file.
    pub scenario: Result<Arc<Scenario>, Vec<Diagnostic>>,
    /// What is off with it all the same.
    pub warnings: Vec<Diagnostic>,
    /// The file that is played instead, because it has the same id and comes later.
    pub replaced_by: Option<String>,
}

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// From inside the program.
    Shipped,
    /// From this folder, or one directly below it.
    Folder(PathBuf),
    /// Named by itself.
    File,
}

impl Entry {
    /// The translations that lie beside it; of a shipped one those in the person’s own folder come first.
    pub(super) fn translations(&self, own_folder: Option<&Path>) -> Vec<Beside> {
        if let Some(path) = &self.path {
            return translations_beside(path);
        }
        let own = own_folder.map(|folder| translations_in(folder, self.stem())).unwrap_or_default();
        own.into_iter().chain(shipped_translations(&self.file_name)).collect()
    }

    /// The same in another language, where there is a translation; what is wrong with that is among the warnings.
    pub(super) fn speaking(&self, language: &str, own_folder: Option<&Path>) -> Self {
        let mut entry = self.clone();
        if self.scenario.as_ref().is_ok_and(|scenario| is_same(&scenario.language, language)) {
            return entry;
        }
        let beside = self.translations(own_folder);
        let Some(beside) = in_language(&beside, language) else { return entry };
        let original = load(self.source.name(), self.source.text().as_bytes());
        let Some(translated) = beside.translate(&original) else { return entry };
        entry.warnings.extend(translated.findings);
        if let Some(scenario) = translated.loaded.scenario {
            entry.scenario = Ok(Arc::new(scenario));
            entry.source = translated.loaded.source;
        } else {
            entry.warnings.extend(translated.loaded.findings);
        }
        entry
    }

    pub fn is_playable(&self) -> bool {
        self.scenario.is_ok() && self.replaced_by.is_none()
    }

    /// The scenario's id, where the file can be read.
    pub fn slug(&self) -> Option<&str> {
        self.scenario.as_ref().ok().map(|scenario| scenario.slug.as_str())
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> &str {
        Path::new(&self.file_name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(&self.file_name)
    }

    /// Where it stands, for a message.
    pub fn place(&self) -> String {
        match &self.path {
            Some(path) => path.display().to_string(),
            None => format!("the shipped {}", self.file_name),
        }
    }

    fn new(origin: Origin, file_name: String, path: Option<PathBuf>, loaded: Loaded) -> Self {
        let (errors, warnings): (Vec<_>, _) =
            loaded.findings.into_iter().partition(|finding| finding.severity == Severity::Error);
        let scenario = loaded.scenario.map(Arc::new).ok_or(errors);
        Self { origin, file_name, path, source: loaded.source, scenario, warnings, replaced_by: None }
    }
}

/// Reads one file with all that there is to know of it, for those who examine scenarios rather than play them.
pub fn load_file(path: &Path) -> Loaded {
    read(path, read_bounded(path))
}

/// The same of the scenarios inside the program: by file name.
pub fn load_shipped() -> Vec<(String, Loaded)> {
    let mut files: Vec<_> = SHIPPED.files().chain(SHIPPED.dirs().flat_map(Dir::files)).collect();
    files.retain(|file| is_scenario(file.path()));
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .map(|file| {
            let name = name_of(file.path());
            let loaded = load(&name, file.contents());
            (name, loaded)
        })
        .collect()
}

fn read(path: &Path, bytes: io::Result<Vec<u8>>) -> Loaded {
    let name = path.display().to_string();
    match bytes {
        Ok(bytes) => load(&name, bytes),
        Err(error) => {
            let finding = Diagnostic::error("unreadable-file", format!("This file could not be read: {error}"))
                .help("check that it is there and that you may read it");
            Loaded::refused(SourceFile::new(name, ""), vec![finding])
        }
    }
}

/// Reads one file, wherever it lies.
pub fn open_file(path: &Path) -> Entry {
    open(Origin::File, path)
}

/// The scenarios inside the program, by file name.
pub(super) fn shipped() -> Vec<Entry> {
    let files = load_shipped().into_iter();
    files.map(|(file_name, loaded)| Entry::new(Origin::Shipped, file_name, None, loaded)).collect()
}

/// The scenarios of a folder and of those directly below it, by path. A folder that cannot be read is an entry of its
/// own that says so.
pub fn read_folder(folder: &Path) -> Vec<Entry> {
    let origin = || Origin::Folder(folder.to_owned());
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    let mut pending = vec![(folder.to_owned(), true)];
    while let Some((folder, goes_deeper)) = pending.pop() {
        let listed = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        match listed {
            Ok(entries) => {
                for path in entries.into_iter().map(|entry| entry.path()) {
                    if path.is_dir() {
                        if goes_deeper {
                            pending.push((path, false));
                        }
                    } else if is_scenario(&path) {
                        files.push(path);
                    }
                }
            }
            Err(error) => {
                let loaded = read(&folder, Err(error));
                unreadable.push(Entry::new(origin(), name_of(&folder), Some(folder), loaded));
            }
        }
    }
    files.sort();
    files.iter().map(|path| open(origin(), path)).chain(unreadable).collect()
}

fn open(origin: Origin, path: &Path) -> Entry {
    Entry::new(origin, name_of(path), Some(path.to_owned()), load_file(path))
}

/// At most one byte more than may be read, so that `decode` sees that it is too much.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAXIMUM_SIZE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file of UTF-8, bounded as a scenario is.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read_bounded(path)?;
    if bytes.len() > MAXIMUM_SIZE {
        return Err(io::Error::other("it is larger than 32 MiB"));
    }
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// Whether a file is called like a scenario. Hidden files are an editor's, not an author's; plans have a name of their
/// own.
pub fn is_scenario(path: &Path) -> bool {
    let hidden = path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.'));
    !hidden && !is_plan(path) && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
