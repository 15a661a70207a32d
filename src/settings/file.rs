//! The settings file: RON, versioned, lenient when read, atomic when written.

use std::fs;
use std::io;
use std::path::Path;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::preferences::Settings;
use crate::attempt::atomic::{self, WriteError};

/// The version that settings are written in today.
const CURRENT: u32 = 1;

/// Settings as they stand in a file: any version begins with `format`.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    #[serde(default)]
    settings: T,
}

/// Reads the version and passes over all else.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    pub settings: Settings,
    /// What went wrong, and what became of the file, for the person to read. The settings are then the defaults.
    pub message: Option<String>,
}

/// Loads settings. A file that is not there gives the defaults; one that cannot be read is kept beside it as
/// `settings.broken.ron`, and the defaults are used.
#[expect(clippy::disallowed_methods, reason = "this is where settings are read")]
pub fn load(path: &Path) -> Loaded {
    let defaults = |message| Loaded { settings: Settings::default(), message };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return defaults(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return defaults(Some(put_aside(path, "it is not text in UTF-8")));
        }
        Err(error) => {
            let why = format!(
                "The settings in {} could not be read: {error}. The defaults are used.\n{}",
                path.display(),
                atomic::mend(&error)
            );
            return defaults(Some(why));
        }
    };
    match parse(&text) {
        Ok(settings) => Loaded { settings, message: None },
        Err(why) => defaults(Some(put_aside(path, &why))),
    }
}

/// Saves settings, whole or not at all.
///
/// # Panics
/// Never: settings are made of what RON can write.
pub fn save(path: &Path, settings: &Settings) -> Result<(), WriteError> {
    let document = Versioned { format: CURRENT, settings };
    let pretty = PrettyConfig::new().new_line("\n");
    let mut text = options().to_string_pretty(&document, pretty).expect("settings have nothing that RON cannot write");
    text.push('\n');
    atomic::write(path, text.as_bytes())
}

fn parse(text: &str) -> Result<Settings, String> {
    let Head { format } = options().from_str(text).map_err(|error| error.to_string())?;
    match format {
        // An older version is read here with its own types and migrated.
        1 => options()
            .from_str::<Versioned<Settings>>(text)
            .map(|document| document.settings)
            .map_err(|error| error.to_string()),
        _ => Err(format!("it is of format {format}, and this Simmer knows up to {CURRENT}")),
    }
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Keeps a file that cannot be used, and says so.
fn put_aside(path: &Path, why: &str) -> String {
    let aside = path.with_extension("broken.ron");
    let kept = match fs::rename(path, &aside) {
        Ok(()) => format!("It is kept as {}.", aside.display()),
        Err(error) => format!("It could not be put aside: {error}."),
    };
    format!("The settings in {} cannot be used: {why}. {kept} The defaults are used.", path.display())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the files")]
mod tests {
    use super::*;
    use crate::settings::{Percent, Theme};

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config/settings.ron");
        assert_eq!(load(&path), Loaded { settings: Settings::default(), message: None });
        let mut settings = Settings::default();
        settings.play_as("Heron");
        settings.preferences_mut().theme = Theme::Dark;
        save(&path, &settings).unwrap();
        assert_eq!(load(&path), Loaded { settings, message: None });
    }

    #[test]
    fn missing_and_unknown_fields_are_fine_and_bounds_are_kept() {
        let settings =
            parse("(format: 1, settings: (preferences: (text_scale: 900, teapot: true), player: \"Heron\"))").unwrap();
        assert_eq!(settings.preferences.text_scale, Percent::new(200));
        assert_eq!(settings.player.as_deref(), Some("Heron"));
        assert_eq!(parse("(format: 1)").unwrap(), Settings::default());
    }

    #[test]
    fn a_broken_file_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        for broken in [&b"(format: 1, settings: (player"[..], b"(format: 2)", b"", b"\xff\xfe"] {
            fs::write(&path, broken).unwrap();
            let loaded = load(&path);
            assert_eq!(loaded.settings, Settings::default());
            let message = loaded.message.unwrap();
            assert!(message.contains("settings.broken.ron"), "{message}");
            assert!(!path.exists());
            assert_eq!(fs::read(folder.path().join("settings.broken.ron")).unwrap(), broken);
        }
    }

    #[test]
    fn settings_that_cannot_be_read_or_saved_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        fs::create_dir(&path).unwrap();
        assert!(load(&path).message.unwrap().contains("could not be read"));
        assert!(save(&path, &Settings::default()).is_err());
    }
}
