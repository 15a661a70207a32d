//! Where records for a learning management system go, and under which names: `records.ron` below the data folder.
//!
//! An administrator's file, apart from what each person likes: it holds a secret, and nobody but the account may read it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use crate::attempt::atomic::{self, WriteError, mend};

/// The version that the file is written in today.
const CURRENT: u32 = 1;
/// Letters of an opaque name.
const NAME_LENGTH: usize = 32;

/// The settings of `simmer export xapi`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSettings {
    format: u32,
    /// The address of the system that names belong to; none for Simmer's own.
    #[serde(default)]
    pub home_page: Option<String>,
    /// The ids by which that system knows people, by their pseudonyms. Whoever is not among them has an opaque name.
    #[serde(default)]
    pub people: BTreeMap<String, String>,
    /// Chance, out of which opaque names are made: without it nobody can find out a pseudonym by trying.
    chance: Secret,
    #[serde(default)]
    pub store: Option<RecordStore>,
}

/// A learning record store, and how to get in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordStore {
    /// What comes before `/statements`.
    pub address: String,
    pub key: String,
    pub secret: Secret,
    #[serde(default)]
    pub version: XapiVersion,
    /// The window sends to it by itself after each finished call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_itself: bool,
}

/// The version of the rules that a store speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum XapiVersion {
    /// 1.0.3
    #[default]
    One,
    /// 2.0.0
    Two,
}

/// A password. It is shown nowhere: `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// The settings of records cannot be used. Nothing is changed: with them the opaque names would be lost.
#[derive(Debug, thiserror::Error)]
pub enum RecordSettingsError {
    #[error("{} could not be read: {source}\n{}", path.display(), mend(source))]
    Io { path: PathBuf, source: io::Error },
    #[error(
        "{} cannot be used: {why}. It is left as it is, for the names that records carry are made from it: mend it, or put \
         it away to begin anew under new names.",
        path.display()
    )]
    Unreadable { path: PathBuf, why: String },
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("the system gave no randomness: {0}")]
    NoChance(getrandom::Error),
}

impl XapiVersion {
    /// As it stands in the header `X-Experience-API-Version`.
    pub const fn header(self) -> &'static str {
        match self {
            Self::One => "1.0.3",
            Self::Two => "2.0.0",
        }
    }

    /// Whether a store that speaks `version` takes requests of this one.
    pub fn is_taken_by(self, version: &str) -> bool {
        match self {
            Self::One => version == "1.0" || version.starts_with("1.0."),
            Self::Two => version == "2.0" || version.starts_with("2.0."),
        }
    }
}

impl TryFrom<String> for XapiVersion {
    type Error = &'static str;

    fn try_from(version: String) -> Result<Self, Self::Error> {
        let all = [Self::One, Self::Two];
        all.into_iter().find(|known| known.header() == version).ok_or("the versions are 1.0.3 and 2.0.0")
    }
}

impl From<XapiVersion> for String {
    fn from(version: XapiVersion) -> Self {
        version.header().to_owned()
    }
}

impl Secret {
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The text that is sent. Keep it secret.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(\u{2026})")
    }
}

impl RecordSettings {
    /// Loads the settings below a data folder. Where there are none they are begun and saved: the names that are given
    /// from then on stay.
    #[expect(clippy::disallowed_methods, reason = "this is where settings are read")]
    pub fn open(data: &Path) -> Result<Self, RecordSettingsError> {
        let path = Self::path(data);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let fresh = Self::fresh()?;
                fresh.save(data)?;
                return Ok(fresh);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(RecordSettingsError::Unreadable { path, why: "it is not text in UTF-8".to_owned() });
            }
            Err(source) => return Err(RecordSettingsError::Io { path, source }),
        };
        let settings: Self = match options().from_str(&text) {
            Ok(settings) => settings,
            Err(error) => return Err(RecordSettingsError::Unreadable { path, why: without_what_it_says(&error) }),
        };
        if settings.format != CURRENT {
            let why = format!("it is of format {}, and this Simmer knows {CURRENT}", settings.format);
            return Err(RecordSettingsError::Unreadable { path, why });
        }
        Ok(settings)
    }

    /// As [`RecordSettings::open`], but where there are none none are begun.
    pub fn find(data: &Path) -> Result<Option<Self>, RecordSettingsError> {
        if Self::path(data).exists() { Self::open(data).map(Some) } else { Ok(None) }
    }

    /// Saves the settings, whole or not at all, for nobody else to read.
    ///
    /// # Panics
    /// Never: settings are made of what RON can write.
    pub fn save(&self, data: &Path) -> Result<(), WriteError> {
        let pretty = PrettyConfig::new().new_line("\n");
        let mut text = options().to_string_pretty(self, pretty).expect("settings have nothing that RON cannot write");
        text.push('\n');
        // A file that is made anew is the account's alone; a person's own would keep the rights it had.
        atomic::write(&Self::path(data), text.as_bytes())
    }

    /// The file below a data folder.
    pub fn path(data: &Path) -> PathBuf {
        data.join("records.ron")
    }

    /// The name under which a player's records go: the id that was given for them, or one that says nothing.
    pub fn name_of(&self, player: &str) -> String {
        let same = |name: &str| name.trim().to_lowercase() == player.trim().to_lowercase();
        if let Some((_, id)) = self.people.iter().find(|(name, _)| same(name)) {
            return id.clone();
        }
        let key = blake3::derive_key("Simmer 2026 opaque names in learning records", self.chance.reveal().as_bytes());
        let hash = blake3::keyed_hash(&key, player.trim().to_lowercase().as_bytes());
        hash.to_hex()[..NAME_LENGTH].to_owned()
    }

    fn fresh() -> Result<Self, RecordSettingsError> {
        let mut chance = [0; 32];
        getrandom::fill(&mut chance).map_err(RecordSettingsError::NoChance)?;
        let chance = Secret::new(HEXLOWER.encode(&chance));
        Ok(Self { format: CURRENT, home_page: None, people: BTreeMap::new(), chance, store: None })
    }
}

/// Where a file is wrong; the words of the error itself could repeat a secret.
fn without_what_it_says(error: &ron::error::SpannedError) -> String {
    format!("it is not well written at line {}, column {}", error.span.start.line, error.span.start.col)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the files")]
mod tests {
    use super::*;

    fn with_store(data: &Path) -> RecordSettings {
        let mut settings = RecordSettings::open(data).unwrap();
        settings.store = Some(RecordStore {
            address: "https://lrs.example/xapi".to_owned(),
            key: "simmer".to_owned(),
            secret: Secret::new("hush-hush"),
            version: XapiVersion::Two,
            by_itself: true,
        });
        settings.people.insert("Heron".to_owned(), "staff-0042".to_owned());
        settings.save(data).unwrap();
        settings
    }

    #[test]
    fn what_is_saved_is_loaded_and_names_stay() {
        let data = tempfile::tempdir().unwrap();
        let first = RecordSettings::open(data.path()).unwrap();
        let name = first.name_of("Crane");
        assert_eq!(name.len(), NAME_LENGTH);
        let settings = with_store(data.path());
        let again = RecordSettings::open(data.path()).unwrap();
        assert_eq!(again, settings);
        assert_eq!(again.name_of(" crane"), name);
        assert_ne!(again.name_of("Snipe"), name);
        assert_eq!(again.name_of("heron "), "staff-0042");
        let elsewhere = tempfile::tempdir().unwrap();
        assert_ne!(RecordSettings::open(elsewhere.path()).unwrap().name_of("Crane"), name, "chance is in it");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let data = tempfile::tempdir().unwrap();
        let path = RecordSettings::path(data.path());
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        fs::remove_file(&path).unwrap();
        with_store(data.path());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        with_store(data.path());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "also where it was open to all");
    }

    #[test]
    fn a_secret_is_told_by_no_error_and_no_debug_output() {
        let data = tempfile::tempdir().unwrap();
        let settings = with_store(data.path());
        assert!(!format!("{settings:?}").contains("hush"));
        let path = RecordSettings::path(data.path());
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("hush-hush"));
        for broken in [
            text.replace("secret: \"hush-hush\"", "secret: hush-hush"),
            text.replace("secret:", "hush:"),
            text.replace("format: 1", "format: 2"),
            text.replace("\"2.0.0\"", "\"hush\""),
            String::new(),
        ] {
            assert_ne!(broken, text);
            fs::write(&path, &broken).unwrap();
            let error = RecordSettings::open(data.path()).unwrap_err().to_string();
            assert!(error.contains("records.ron") && !error.contains("hush"), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), broken, "it is left as it is");
        }
    }

    #[test]
    fn a_version_is_taken_by_stores_of_its_own_kind() {
        for (version, spoken, taken) in [
            (XapiVersion::One, "1.0.0", true),
            (XapiVersion::One, "1.0", true),
            (XapiVersion::One, "2.0.0", false),
            (XapiVersion::One, "1.1.0", false),
            (XapiVersion::Two, "2.0.0", true),
            (XapiVersion::Two, "1.0.3", false),
        ] {
            assert_eq!(version.is_taken_by(spoken), taken, "{version:?} {spoken}");
        }
    }
}
