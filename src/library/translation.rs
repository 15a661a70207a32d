//! Where translations lie: beside a scenario, or in a folder `lang` there, under its name and that of the language:
//! `wet-parcel.de.po`.

use std::fs;
use std::path::{Path, PathBuf};

use super::entry::{SHIPPED, read_text};
use super::plan::folder_of;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::scenario::language::is_same;
use crate::scenario::load::Loaded;
use crate::scenario::translation::{Catalogue, Translated, rules, translate};

/// The folder beside scenarios in which translations may lie.
pub const LANG: &str = "lang";
const EXTENSION: &str = "po";

/// A file of translations beside a scenario.
#[derive(Debug, Clone)]
pub struct Beside {
    /// By its name: `de`, `de-AT`.
    pub language: String,
    pub source: SourceFile,
    /// Why it could not be read.
    unreadable: Option<Diagnostic>,
}

impl Beside {
    /// Puts its words in the place of the author’s. None where the scenario itself cannot be played.
    pub fn translate(&self, original: &Loaded) -> Option<Translated> {
        let mut catalogue = Catalogue::read(&self.source, &self.language);
        catalogue.findings.extend(self.unreadable.clone());
        translate(original, &catalogue, &format!("{} in {}", original.source.name(), self.language))
    }
}

/// The translations of a scenario file, sorted by language.
pub fn translations_beside(scenario: &Path) -> Vec<Beside> {
    let stem = scenario.file_stem().and_then(|stem| stem.to_str());
    stem.map(|stem| translations_in(&folder_of(scenario), stem)).unwrap_or_default()
}

/// The translations of a scenario of this name in a folder and in `lang` there, sorted by language.
pub(super) fn translations_in(folder: &Path, stem: &str) -> Vec<Beside> {
    let listed = [folder.to_owned(), folder.join(LANG)].into_iter().filter_map(|folder| fs::read_dir(folder).ok());
    let mut paths: Vec<(String, PathBuf)> = listed
        .flatten()
        .flatten()
        .filter_map(|entry| Some((language_of(&entry.path(), stem)?, entry.path())))
        .collect();
    paths.sort();
    paths.into_iter().map(|(language, path)| read(language, &path)).collect()
}

/// The translations of a scenario that comes with Simmer, by its file name.
pub(super) fn shipped_translations(file_name: &str) -> Vec<Beside> {
    let stem = file_name.strip_suffix(".ron").unwrap_or(file_name);
    let files = SHIPPED.files().chain(SHIPPED.dirs().flat_map(include_dir::Dir::files));
    let mut beside: Vec<_> = files
        .filter_map(|file| {
            let language = language_of(file.path(), stem)?;
            let text = file.contents_utf8().unwrap_or_default();
            Some(Beside {
                language,
                source: SourceFile::new(file.path().display().to_string(), text),
                unreadable: None,
            })
        })
        .collect();
    beside.sort_by(|one, other| one.language.cmp(&other.language));
    beside
}

/// The language of a file that is called like a translation of the scenario.
fn language_of(path: &Path, stem: &str) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let (before, extension) = name.rsplit_once('.')?;
    let language = before.strip_prefix(stem)?.strip_prefix('.')?;
    let is_language = !language.is_empty() && language.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    (extension.eq_ignore_ascii_case(EXTENSION) && is_language).then(|| language.to_owned())
}

fn read(language: String, path: &Path) -> Beside {
    let name = path.display().to_string();
    let unreadable = |why: String| {
        Diagnostic::error(rules::UNREADABLE, format!("This catalogue could not be read: {why}"))
            .help("check that it is a text file in UTF-8 and that you may read it")
    };
    match read_text(path) {
        Ok(text) => Beside { language, source: SourceFile::new(name, text), unreadable: None },
        Err(error) => {
            Beside { language, source: SourceFile::new(name, ""), unreadable: Some(unreadable(error.to_string())) }
        }
    }
}

/// The one of several that is meant by a language: that very one, or one of the same language elsewhere.
pub fn in_language<'b>(beside: &'b [Beside], language: &str) -> Option<&'b Beside> {
    let exactly = beside.iter().find(|one| one.language.eq_ignore_ascii_case(language));
    exactly.or_else(|| beside.iter().find(|one| is_same(&one.language, language)))
}
