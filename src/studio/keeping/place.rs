//! Where a text belongs, and what its drafts and earlier copies are filed under.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::library::is_plan;
use crate::settings::typed_path;

const EXTENSION: &str = "ron";

/// Where a text belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// A file of a person's own, which may not be there yet.
    File(PathBuf),
    /// A scenario from inside the program, by the name of its file. It is never written to: saving makes a copy.
    Shipped(String),
}

/// A path that no scenario can be saved at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("Write a name first, such as wet-parcel.")]
    Empty,
    #[error("{0} is a folder. Write the name of a file in it.")]
    Folder(String),
    #[error("{0} is the name of a plan: what ends in .plan.ron is no scenario. Choose another name.")]
    Plan(String),
    #[error("Simmer finds only files whose name ends in .ron. {0} would do.")]
    Ending(String),
}

impl Place {
    /// The name of its file, or of the file it is to have.
    pub fn file_name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Shipped(name) => name.clone(),
        }
    }

    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Shipped(_) => None,
        }
    }

    /// What its draft and its earlier copies are filed under: another for every place, and the same however a path is
    /// written.
    pub fn key(&self) -> String {
        let (name, whole) = match self {
            Self::File(path) => (self.file_name(), format!("file {}", settled(path).display())),
            Self::Shipped(name) => (name.clone(), format!("shipped {name}")),
        };
        let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let plain: String =
            stem.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).take(40).collect();
        format!("{plain}-{}", &blake3::hash(whole.as_bytes()).to_hex()[..12])
    }
}

/// The path that a person means who types a name or a path: a name alone lies in their scenarios folder, and the ending
/// may be left out.
pub fn path_typed(typed: &str, scenarios: &Path) -> Result<PathBuf, Unfit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Unfit::Empty);
    }
    let mut path = typed_path(typed);
    if path.is_dir() || typed.ends_with(['/', std::path::MAIN_SEPARATOR]) {
        return Err(Unfit::Folder(typed.to_owned()));
    }
    if path.is_relative() {
        path = scenarios.join(path);
    }
    if path.is_dir() {
        return Err(Unfit::Folder(path.display().to_string()));
    }
    match path.extension() {
        None => drop(path.set_extension(EXTENSION)),
        Some(ending) if !ending.eq_ignore_ascii_case(EXTENSION) => {
            return Err(Unfit::Ending(
                path.with_extension(EXTENSION)
                    .file_name()
                    .map_or_else(|| EXTENSION.to_owned(), |name| name.to_string_lossy().into_owned()),
            ));
        }
        Some(_) => {}
    }
    if is_plan(&path) {
        return Err(Unfit::Plan(path.file_name().unwrap_or_default().to_string_lossy().into_owned()));
    }
    Ok(path)
}

/// A name near this one that `is_free`: `a.ron`, `a-2.ron`, `a-3.ron`.
pub fn free_name(file_name: &str, is_free: impl Fn(&str) -> bool) -> String {
    let stem = Path::new(file_name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let names = std::iter::once(file_name.to_owned()).chain((2_u32..).map(|n| format!("{stem}-{n}.{EXTENSION}")));
    names.into_iter().find(|name| is_free(name)).unwrap_or_else(|| file_name.to_owned())
}

/// The one way to write a path: whole, and past any link.
fn settled(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(there) = whole.canonicalize() {
        return there;
    }
    // The file may be gone, and still have a draft.
    match (whole.parent().and_then(|folder| folder.canonicalize().ok()), whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_name_lies_in_the_scenarios_folder() {
        let folder = tempfile::tempdir().unwrap();
        let scenarios = folder.path();
        let check = |typed: &str, expected: Result<PathBuf, Unfit>| {
            assert_eq!(path_typed(typed, scenarios), expected, "{typed}");
        };
        check("wet-parcel", Ok(scenarios.join("wet-parcel.ron")));
        check(" wet.ron ", Ok(scenarios.join("wet.ron")));
        check("below/wet", Ok(scenarios.join("below/wet.ron")));
        check("/elsewhere/wet.RON", Ok(PathBuf::from("/elsewhere/wet.RON")));
        check("  ", Err(Unfit::Empty));
        check("wet.txt", Err(Unfit::Ending("wet.ron".to_owned())));
        check("good.plan.ron", Err(Unfit::Plan("good.plan.ron".to_owned())));
        check("below/", Err(Unfit::Folder("below/".to_owned())));
        let typed = scenarios.display().to_string();
        check(&typed, Err(Unfit::Folder(typed.clone())));
    }

    #[test]
    fn one_file_has_one_key_and_different_files_have_different_ones() {
        let folder = tempfile::tempdir().unwrap();
        let key = |path: &str| Place::File(folder.path().join(path)).key();
        assert_eq!(key("a.ron"), key("./a.ron"));
        assert_ne!(key("a.ron"), key("b/a.ron"));
        assert!(key("wet parcel.ron").starts_with("wet-parcel-"), "{}", key("wet parcel.ron"));
        let shipped = Place::Shipped("a.ron".to_owned()).key();
        assert_ne!(shipped, Place::File(PathBuf::from("a.ron")).key());
        assert_ne!(shipped, Place::Shipped("b.ron".to_owned()).key());
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        assert_eq!(free_name("a.ron", |_| true), "a.ron");
        assert_eq!(free_name("a.ron", |name| !["a.ron", "a-2.ron"].contains(&name)), "a-3.ron");
    }
}
