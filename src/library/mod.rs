//! The scenarios that can be played: those shipped inside the program, the user's own, and those of folders named.
//!
//! A file that is broken stands in the library with its errors and hides no other.

mod entry;
mod plan;
mod translation;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, nearest};
use crate::scenario::Scenario;
use crate::scenario::language::primary;
use crate::scenario::load::load;

pub use entry::{Entry, Origin, is_scenario, load_file, load_shipped, open_file, read_folder};
pub use plan::{PLAN_SUFFIX, PLANS, folders_of_scenario, is_plan, plans_below, plans_beside, shipped_plans};
pub use translation::{Beside, LANG, in_language, translations_beside};

use entry::shipped;

/// The scenario that a first start opens with.
const FIRST: &str = "can-i-have-it-on";

/// All scenarios, sorted: the one for a first start, then by difficulty and title; broken and replaced ones last.
#[derive(Debug, Clone)]
pub struct Library {
    /// As they are played.
    entries: Vec<Arc<Entry>>,
    /// As their authors wrote them.
    written: Vec<Arc<Entry>>,
    /// The folder of the person’s own scenarios, where translations of shipped ones may lie.
    own_folder: Option<PathBuf>,
    /// The language that scenarios are taken in, where there is a translation.
    language: Option<String>,
    /// Looked for when they are asked for first: catalogues lie on the disk.
    languages: OnceLock<Vec<String>>,
}

/// A name that leads to no scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no scenario \"{name}\"{}", hint(meant.as_deref(), known))]
pub struct NoSuchScenario {
    pub name: String,
    pub meant: Option<String>,
    /// Those that there are, in the order of the library.
    pub known: Vec<String>,
}

impl Library {
    /// Reads everything: the shipped scenarios, then the user's folder, then the `extra` ones in their order. Each folder
    /// is read with the folders directly below it.
    ///
    /// Where two files have one id, that of the later origin is played, and both have a warning. A user's folder that
    /// is not there is an empty one.
    pub fn open(user_folder: Option<&Path>, extra: &[PathBuf]) -> Self {
        let mut entries = shipped();
        if let Some(folder) = user_folder
            && folder.exists()
        {
            entries.extend(read_folder(folder));
        }
        for folder in extra {
            entries.extend(read_folder(folder));
        }
        Self { own_folder: user_folder.map(Path::to_owned), ..Self::of(entries) }
    }

    fn of(mut entries: Vec<Entry>) -> Self {
        tell_doubles(&mut entries);
        entries.sort_by(|one, other| rank(one).cmp(&rank(other)));
        let entries: Vec<_> = entries.into_iter().map(Arc::new).collect();
        Self { written: entries.clone(), entries, own_folder: None, language: None, languages: OnceLock::new() }
    }

    /// The same library in another language: of each scenario the translation, where there is one.
    #[must_use]
    pub fn speaking(&self, language: &str) -> Self {
        let own_folder = self.own_folder.as_deref();
        let entries = self.written.iter().map(|entry| Arc::new(entry.speaking(language, own_folder))).collect();
        Self { entries, language: Some(language.to_owned()), ..self.clone() }
    }

    /// Every scenario that can be read, and each in all languages it is translated into: what attempts may have been
    /// played on.
    pub fn scenarios_in_all_languages(&self) -> Vec<Arc<Scenario>> {
        let mut all = Vec::new();
        for entry in &self.written {
            let Ok(scenario) = &entry.scenario else { continue };
            all.push(Arc::clone(scenario));
            let original = load(entry.source.name(), entry.source.text().as_bytes());
            let translated = entry
                .translations(self.own_folder.as_deref())
                .into_iter()
                .filter_map(|beside| beside.translate(&original));
            all.extend(translated.filter_map(|translated| translated.loaded.scenario).map(Arc::new));
        }
        all
    }

    /// The languages that any scenario can be played in, sorted; each once, wherever it is spoken.
    pub fn languages(&self) -> &[String] {
        self.languages.get_or_init(|| self.look_for_languages())
    }

    fn look_for_languages(&self) -> Vec<String> {
        let translated = self.written.iter().flat_map(|entry| entry.translations(self.own_folder.as_deref()));
        let own = self.written.iter().filter_map(|entry| Some(entry.scenario.as_ref().ok()?.language.clone()));
        let mut all: Vec<_> = own.chain(translated.map(|beside| beside.language)).collect();
        let mut known = BTreeSet::new();
        all.retain(|language| known.insert(primary(language).to_ascii_lowercase()));
        all.sort();
        all
    }

    /// Every file, readable or not.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Arc<Entry>> {
        self.entries.iter()
    }

    /// Every file as its author wrote it, whatever language the library speaks.
    pub fn as_written(&self) -> impl ExactSizeIterator<Item = &Arc<Entry>> {
        self.written.iter()
    }

    /// The scenarios that can be played, each id once.
    pub fn scenarios(&self) -> impl Iterator<Item = &Arc<Scenario>> {
        self.playable().filter_map(|entry| entry.scenario.as_ref().ok())
    }

    /// The entry of a scenario's id, or of a file: one of the library, or any other, which is then read. What is given
    /// may itself be broken.
    pub fn find(&self, name: &str) -> Result<Arc<Entry>, NoSuchScenario> {
        let by_id = self.playable().find(|entry| entry.slug() == Some(name));
        let path = Path::new(name);
        let by_path = || self.entries.iter().find(|entry| entry.path.as_deref() == Some(path));
        // A broken file has no id to go by.
        let by_file = || self.entries.iter().find(|entry| entry.scenario.is_err() && entry.stem() == name);
        if let Some(entry) = by_id.or_else(by_path).or_else(by_file) {
            return Ok(Arc::clone(entry));
        }
        if path.is_file() {
            let entry = open_file(path);
            return Ok(Arc::new(match &self.language {
                Some(language) => entry.speaking(language, None),
                None => entry,
            }));
        }
        let known: Vec<_> = self.playable().filter_map(|entry| entry.slug()).map(str::to_owned).collect();
        let wanted = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or(name);
        let meant = nearest(wanted, known.iter().map(String::as_str)).map(str::to_owned);
        Err(NoSuchScenario { name: name.to_owned(), meant, known })
    }

    fn playable(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.iter().filter(|entry| entry.is_playable())
    }
}

/// The place in the order.
fn rank(entry: &Entry) -> (u8, u8, &str, &str) {
    match &entry.scenario {
        Ok(scenario) if entry.replaced_by.is_none() => {
            let first = u8::from(scenario.slug != FIRST);
            (first, scenario.difficulty, &scenario.title, &entry.file_name)
        }
        Ok(scenario) => (2, scenario.difficulty, &scenario.title, &entry.file_name),
        Err(_) => (3, 0, "", &entry.file_name),
    }
}

/// Files that have one id: all but the last are replaced by it, and all of them say so.
fn tell_doubles(entries: &mut [Entry]) {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        if let Some(slug) = entry.slug() {
            places.entry(slug.to_owned()).or_default().push(place);
        }
    }
    for (slug, places) in places {
        let Some((&winner, losers)) = places.split_last() else { continue };
        for &loser in losers {
            let (taken, left) = (entries[winner].place(), entries[loser].place());
            entries[loser].warnings.push(
                Diagnostic::warning(
                    "id-taken",
                    format!("The scenario \"{slug}\" of this file is not played: {taken} has the same id"),
                )
                .help("give one of them another id"),
            );
            entries[winner].warnings.push(
                Diagnostic::warning(
                    "id-taken",
                    format!("The scenario \"{slug}\" of this file takes the place of {left}, which has the same id"),
                )
                .help("give one of them another id, if this is not meant"),
            );
            entries[loser].replaced_by = Some(taken);
        }
    }
}

fn hint(meant: Option<&str>, known: &[String]) -> String {
    match (meant, known) {
        (Some(meant), _) => format!("; did you mean \"{meant}\"?"),
        (None, []) => "; there are none at all".to_owned(),
        (None, known) => format!("; there are {}, and any file can be named by its path", known.join(", ")),
    }
}

#[cfg(test)]
mod tests;
