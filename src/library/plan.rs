//! Where plans lie: beside a scenario, or in a folder `plans` there, under a name that ends in `.plan.ron`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::entry::SHIPPED;

/// How the name of a plan ends.
pub const PLAN_SUFFIX: &str = ".plan.ron";
/// The folder beside scenarios in which plans may lie.
pub const PLANS: &str = "plans";

/// Whether a file is called like a plan. Hidden files are an editor's, not an author's.
pub fn is_plan(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    !name.starts_with('.') && name.to_ascii_lowercase().ends_with(PLAN_SUFFIX)
}

/// The plans inside the program, by their names: each with its text.
pub fn shipped_plans() -> Vec<(String, &'static [u8])> {
    let files = SHIPPED.files().chain(SHIPPED.dirs().flat_map(include_dir::Dir::files));
    let mut plans: Vec<_> = files
        .filter(|file| is_plan(file.path()))
        .map(|file| (file.path().display().to_string(), file.contents()))
        .collect();
    plans.sort();
    plans
}

/// All plans of a folder and of those below it, sorted. Links to folders are not followed.
pub fn plans_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut plans = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type()?.is_dir() {
                if !hidden {
                    pending.push(entry.path());
                }
            } else if is_plan(&entry.path()) {
                plans.push(entry.path());
            }
        }
    }
    plans.sort();
    Ok(plans)
}

/// The plans beside a scenario file, whichever scenario they are for, sorted: those of its folder, and of `plans` in it.
pub fn plans_beside(scenario: &Path) -> Vec<PathBuf> {
    let folder = folder_of(scenario);
    let listed = [folder.clone(), folder.join(PLANS)].into_iter().filter_map(|folder| fs::read_dir(folder).ok());
    let mut plans: Vec<_> = listed.flatten().flatten().map(|entry| entry.path()).filter(|path| is_plan(path)).collect();
    plans.sort();
    plans
}

/// Where the scenario of a plan is looked for first: the plan's own folder, and the one above a folder `plans`.
pub fn folders_of_scenario(plan: &Path) -> Vec<PathBuf> {
    let folder = folder_of(plan);
    let in_plans = folder.file_name().is_some_and(|name| name == PLANS);
    let above = in_plans.then(|| folder_of(&folder));
    std::iter::once(folder).chain(above).collect()
}

pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
