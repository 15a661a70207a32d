//! The folders of the program, where the operating system wants them.

use std::path::{Path, PathBuf};

use etcetera::app_strategy::{AppStrategy, AppStrategyArgs, choose_native_strategy};

/// The folders. None of them need be there: whoever writes makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Attempts and what is derived from them.
    pub data: PathBuf,
    pub config: PathBuf,
    pub log: PathBuf,
    /// The user's own scenarios.
    pub scenarios: PathBuf,
}

/// The operating system names no home folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this account has no home folder: name a folder for Simmer\u{2019}s files with --data DIR")]
pub struct NoHome;

impl Folders {
    /// Everything below one folder, for `--data DIR`.
    pub fn below(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            config: data.join("config"),
            log: data.join("log"),
            scenarios: data.join("scenarios"),
        }
    }

    /// Where the operating system keeps such things, or below `data` if that is given.
    pub fn find(data: Option<&Path>) -> Result<Self, NoHome> {
        if let Some(data) = data {
            return Ok(Self::below(data));
        }
        let name =
            AppStrategyArgs { top_level_domain: String::new(), author: String::new(), app_name: "simmer".to_owned() };
        let native = choose_native_strategy(name).map_err(|_| NoHome)?;
        let data = native.data_dir();
        Ok(Self {
            config: native.config_dir(),
            log: native.state_dir().unwrap_or_else(|| data.clone()).join("log"),
            scenarios: data.join("scenarios"),
            data,
        })
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.ron")
    }
}

/// A path as a person types it: a leading `~` is their home folder.
pub fn typed_path(typed: &str) -> PathBuf {
    at_home(typed, etcetera::home_dir().ok().as_deref())
}

fn at_home(typed: &str, home: Option<&Path>) -> PathBuf {
    let separator = |letter: char| letter == '/' || std::path::is_separator(letter);
    match (typed.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(below), Some(home)) if below.starts_with(separator) => home.join(below.trim_start_matches(separator)),
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &str) {
        assert_eq!(at_home(typed, Some(Path::new("/home/jo"))), Path::new(expected), "{typed}");
        assert_eq!(at_home(typed, None), Path::new(typed), "without a home");
    }

    #[test]
    fn a_leading_tilde_is_the_home_folder() {
        check("~", "/home/jo");
        check("~/shared/attempts", "/home/jo/shared/attempts");
        check("~//shared", "/home/jo/shared");
        check("~sam/shared", "~sam/shared");
        check("/mnt/~/shared", "/mnt/~/shared");
        check("shared", "shared");
    }

    #[test]
    fn a_named_folder_holds_everything() {
        let data = Path::new("/somewhere/else");
        let folders = Folders::find(Some(data)).unwrap();
        for folder in [&folders.data, &folders.config, &folders.log, &folders.scenarios, &folders.settings()] {
            assert!(folder.starts_with(data), "{}", folder.display());
        }
    }

    #[test]
    fn every_native_folder_is_the_programs_own() {
        let folders = Folders::find(None).unwrap();
        for folder in [&folders.data, &folders.config, &folders.log, &folders.scenarios] {
            assert!(folder.iter().any(|part| part == "simmer"), "{}", folder.display());
        }
    }
}
