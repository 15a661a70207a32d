//! The scenarios at hand: those inside the program and those in the folders a person named.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::content::{self, Looked};
use crate::cli::error::Error;
use crate::scenario::Scenario;

/// The scenarios that come with the program.
static SHIPPED: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// All scenarios at hand, easiest first, those that cannot be read last.
pub(super) fn all(folders: &[PathBuf]) -> Result<Vec<Looked>, Error> {
    let mut shelf = shipped();
    for file in content::files(folders)? {
        shelf.push(content::look_at(&file)?);
    }
    shelf.sort_by_key(|looked| looked.scenario.as_ref().map_or(u8::MAX, |scenario| scenario.difficulty));
    Ok(shelf)
}

/// Those inside the program.
pub(super) fn shipped() -> Vec<Looked> {
    let mut files: Vec<_> = SHIPPED.files().filter(|file| is_scenario(file)).collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().map(|file| content::look_at_bytes(&file.path().display().to_string(), file.contents())).collect()
}

fn is_scenario(file: &include_dir::File<'_>) -> bool {
    file.path().extension().is_some_and(|extension| extension == "ron")
}

/// The scenario of this name, or in the file of this name.
pub(super) fn find(name: &str, folders: &[PathBuf]) -> Result<Arc<Scenario>, Error> {
    let path = PathBuf::from(name);
    if path.extension().is_some_and(|extension| extension == "ron") || path.is_file() {
        let looked = content::look_at(&path)?;
        return match looked.scenario {
            Some(scenario) => Ok(Arc::new(scenario)),
            None => Err(Error::Unplayable { name: name.to_owned(), problems: looked.findings.len() }),
        };
    }
    let mut names = Vec::new();
    for looked in all(folders)? {
        let Some(scenario) = looked.scenario else { continue };
        if scenario.slug == name {
            return Ok(Arc::new(scenario));
        }
        names.push(scenario.slug);
    }
    Err(Error::NoSuchScenario { name: name.to_owned(), meant: crate::attempt::nearest(name, names) })
}
