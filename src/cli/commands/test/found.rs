//! Which plans are meant, and the scenario of each.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::authoring::plan;
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::library::{
    Entry, Library, folders_of_scenario, is_plan, is_scenario, open_file, plans_below, plans_beside, shipped_plans,
};

/// A file that is called like a plan.
pub(super) struct Found {
    /// As the person would name it.
    pub(super) name: String,
    /// None for one inside the program.
    pub(super) path: Option<PathBuf>,
    pub(super) bytes: io::Result<Vec<u8>>,
    /// The scenario beside which it was looked for, where one was named.
    scenario: Option<Arc<Entry>>,
}

impl Found {
    #[expect(clippy::disallowed_methods, reason = "the person named the file, its folder, or the scenario beside it")]
    fn at(path: PathBuf, scenario: Option<Arc<Entry>>) -> Self {
        Self { name: path.display().to_string(), bytes: std::fs::read(&path), path: Some(path), scenario }
    }
}

/// The plans that were named, those of the folders and beside the scenarios that were named; where nothing was, those
/// inside the program and in the person's own folder.
pub(super) fn find(home: &Home, paths: &[PathBuf]) -> Result<Vec<Found>, Error> {
    if paths.is_empty() {
        let shipped = shipped_plans().into_iter().map(|(name, bytes)| Found {
            name,
            path: None,
            bytes: Ok(bytes.to_vec()),
            scenario: None,
        });
        let own = Some(&home.own_scenarios).filter(|folder| folder.is_dir()).map(|folder| below(folder)).transpose()?;
        return Ok(shipped.chain(own.into_iter().flatten()).collect());
    }
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(below(path)?);
        } else if !path.exists() {
            return Err(Error::NotThere { path: path.clone() });
        } else if is_plan(path) {
            found.push(Found::at(path.clone(), None));
        } else {
            found.extend(beside(path));
        }
    }
    Ok(found)
}

fn below(folder: &Path) -> Result<Vec<Found>, Error> {
    let plans = plans_below(folder).map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    Ok(plans.into_iter().map(|path| Found::at(path, None)).collect())
}

/// The plans beside a scenario that are for it. One that cannot be read may be for it, and is told.
fn beside(scenario: &Path) -> Vec<Found> {
    let entry = Arc::new(open_file(scenario));
    let id = entry.slug().unwrap_or_else(|| entry.stem()).to_owned();
    let found = plans_beside(scenario).into_iter().map(|path| Found::at(path, Some(Arc::clone(&entry))));
    found
        .filter(|found| match &found.bytes {
            Ok(bytes) => plan::read(&found.name, bytes).map_or_else(
                |_| {
                    found.path.as_deref().is_some_and(|path| {
                        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&id))
                    })
                },
                |plan| plan.scenario == id,
            ),
            Err(_) => true,
        })
        .collect()
}

/// The scenarios that plans are for.
pub(super) struct Scenarios<'h> {
    home: &'h Home,
    /// Those inside the program: what plans inside the program are for, whatever has taken their place.
    shipped: Library,
    /// The scenarios of folders that were looked at.
    folders: BTreeMap<PathBuf, Vec<Arc<Entry>>>,
}

impl<'h> Scenarios<'h> {
    pub(super) fn new(home: &'h Home) -> Self {
        Self { home, shipped: Library::open(None, &[]), folders: BTreeMap::new() }
    }

    /// The scenario that a plan names: the one that was named with it, one that lies beside it, or one of the library.
    pub(super) fn of(&mut self, found: &Found, id: &str) -> Option<Arc<Entry>> {
        if let Some(entry) = &found.scenario {
            return Some(Arc::clone(entry));
        }
        let is_it = |entry: &&Arc<Entry>| entry.slug() == Some(id);
        let is_broken_one = |entry: &&Arc<Entry>| entry.scenario.is_err() && entry.stem() == id;
        let Some(path) = &found.path else { return self.shipped.entries().find(is_it).cloned() };
        for folder in folders_of_scenario(path) {
            let entries = self.folders.entry(folder.clone()).or_insert_with(|| entries_of(&folder));
            if let Some(entry) = entries.iter().find(is_it).or_else(|| entries.iter().find(is_broken_one)) {
                return Some(Arc::clone(entry));
            }
        }
        let entries = || self.home.library.entries();
        entries().find(|entry| entry.is_playable() && entry.slug() == Some(id)).cloned()
    }
}

/// The scenarios of one folder, and of none below it.
fn entries_of(folder: &Path) -> Vec<Arc<Entry>> {
    let listed = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = listed.filter(|path| path.is_file() && is_scenario(path)).collect();
    files.sort();
    files.iter().map(|path| Arc::new(open_file(path))).collect()
}
