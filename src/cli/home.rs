//! What a command has at hand: folders, settings, scenarios, attempts.

use std::path::PathBuf;
use std::sync::Arc;

use crate::attempt::Store;
use crate::attempt::atomic::WriteError;
use crate::cli::args;
use crate::cli::error::Error;
use crate::library::{Entry, Library};
use crate::scenario::Scenario;
use crate::settings::{self, Folders, Settings};

/// The pseudonym of someone who has given no name.
const NOBODY: &str = "me";

/// Opened once for a command.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) settings: Settings,
    /// What went wrong while the settings were read, for the person.
    pub(super) message: Option<String>,
    pub(super) library: Library,
    pub(super) store: Store,
    /// The folder that everything is kept in.
    #[cfg(feature = "online")]
    pub(super) data: PathBuf,
    /// The file that the settings are kept in.
    settings_file: PathBuf,
    /// Where the person's own scenarios go.
    pub(super) own_scenarios: PathBuf,
}

/// Where one's own scenarios go, for the person.
pub(super) fn own_scenarios() -> String {
    Folders::find(None)
        .map_or_else(|_| "no folder that is known".to_owned(), |folders| folders.scenarios.display().to_string())
}

impl Home {
    pub(super) fn open(asked: &args::Folders) -> Result<Self, Error> {
        let folders = Folders::find(asked.data.as_deref())?;
        let settings_file = folders.settings();
        let loaded = settings::load(&settings_file);
        Ok(Self {
            settings: loaded.settings,
            message: loaded.message,
            library: Library::open(Some(&folders.scenarios), &asked.scenarios),
            store: Store::open(&folders.data),
            own_scenarios: folders.scenarios,
            #[cfg(feature = "online")]
            data: folders.data,
            settings_file,
        })
    }

    /// Takes each scenario in this language, or in that of the settings, where there is a translation.
    pub(super) fn speak(&mut self, language: Option<&str>) {
        let language = language.unwrap_or(&self.settings.preferences().language).to_owned();
        self.library = self.library.speaking(&language);
    }

    /// Under which attempts are kept.
    pub(super) fn player(&self) -> &str {
        self.settings.player.as_deref().unwrap_or(NOBODY)
    }

    /// Makes `name` the one who plays, here and in the window.
    pub(super) fn play_as(&mut self, name: &str) -> Result<(), WriteError> {
        self.settings.play_as(name);
        settings::save(&self.settings_file, &self.settings)
    }

    /// The scenario of this name, or in the file of this name, ready to be played.
    pub(super) fn scenario(&self, name: &str) -> Result<(Arc<Entry>, Arc<Scenario>), Error> {
        let entry = self.library.find(name)?;
        match &entry.scenario {
            Ok(scenario) => {
                let scenario = Arc::clone(scenario);
                Ok((entry, scenario))
            }
            Err(problems) => {
                let file = entry.path.clone().unwrap_or_else(|| PathBuf::from(&entry.file_name));
                Err(Error::Unplayable { file, problems: problems.len() })
            }
        }
    }
}
