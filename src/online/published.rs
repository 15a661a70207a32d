//! The scenarios that a service publishes. A ranked run is played on exactly the published file.

use std::path::PathBuf;
use std::sync::Arc;

use super::call::CallError;
use super::folder::{self, Folder, FolderError};
use super::service::Service;
use crate::attempt::atomic;
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scenario::model::Hash;

/// A published scenario, as it was loaded.
#[derive(Debug, Clone)]
pub struct Published {
    pub scenario: Arc<Scenario>,
    /// Its text, to be kept beside an attempt.
    pub text: String,
}

/// Why a published scenario is not at hand.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(
        "The scenario that the team service sent is not the one it publishes, or this Simmer reads it in another way. \
         Update Simmer, and tell whoever runs the service if it happens again."
    )]
    NotTheOne,
}

impl Published {
    /// A text, if it is the scenario of this hash.
    pub fn of(text: String, full: Hash) -> Option<Self> {
        let scenario = load("the published scenario", text.as_bytes()).scenario?;
        (scenario.hashes.full == full).then(|| Self { scenario: Arc::new(scenario), text })
    }

    /// The one that was kept, if it was and is still whole.
    pub fn kept(folder: &Folder, full: Hash) -> Option<Self> {
        let bytes = folder::read_bytes(&path(folder, full)).ok().flatten()?;
        Self::of(String::from_utf8(bytes).ok()?, full)
    }

    /// The one that was kept; else it is fetched, and kept.
    pub fn fetch(folder: &Folder, service: &Service, full: Hash) -> Result<Self, PublishedError> {
        if let Some(kept) = Self::kept(folder, full) {
            return Ok(kept);
        }
        let published = Self::of(service.scenario_text(full)?, full).ok_or(PublishedError::NotTheOne)?;
        published.keep(folder)?;
        Ok(published)
    }

    /// Keeps it for the time without a network.
    pub fn keep(&self, folder: &Folder) -> Result<(), FolderError> {
        Ok(atomic::write(&path(folder, self.scenario.hashes.full), self.text.as_bytes())?)
    }
}

fn path(folder: &Folder, full: Hash) -> PathBuf {
    folder.data().join("published").join(format!("{full}.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    #[test]
    fn a_text_counts_only_where_its_hash_is_the_published_one() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let library = Library::open(None, &[]);
        let entry = library.entries().next().unwrap();
        let (text, full) = (entry.source.text().to_owned(), entry.scenario.as_ref().unwrap().hashes.full);
        assert!(Published::of(text.clone(), Hash([1; 32])).is_none());
        assert!(Published::of("no scenario".to_owned(), full).is_none());
        assert!(Published::kept(&folder, full).is_none());
        let commented = format!("{text}\n// A remark changes nothing that a player can see.\n");
        Published::of(commented, full).unwrap().keep(&folder).unwrap();
        assert_eq!(Published::kept(&folder, full).unwrap().scenario.hashes.full, full);
        atomic::write(&path(&folder, full), text.replace("title: \"", "title: \"X").as_bytes()).unwrap();
        assert!(Published::kept(&folder, full).is_none(), "a file that was changed is not the published one any more");
    }
}
