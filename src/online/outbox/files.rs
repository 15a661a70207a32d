//! The runs and receipts as files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use uuid::Uuid;

use super::{Answer, Kept, Ranked, Receipt, Stage};
use crate::attempt::{self, Attempt, Store, atomic};
use crate::online::folder::{self, Folder, FolderError, Of};
use crate::online::starts::Starts;

/// The attempts of one profile, and what was heard of them from the service that it has joined.
#[derive(Debug)]
pub struct Files {
    store: Store,
    folder: Folder,
    /// The profile: the pseudonym in the attempts.
    profile: String,
    /// Who one is at the service.
    player: Uuid,
    /// Files of finished attempts that were found to be none to send. Their contents do not change any more.
    others: BTreeSet<PathBuf>,
    /// Receipts of runs that were accepted in full: they do not change any more either.
    settled: BTreeMap<Uuid, Receipt>,
}

impl Files {
    pub fn new(store: Store, folder: Folder, profile: &str, player: Uuid) -> Self {
        Self { store, folder, profile: profile.to_owned(), player, others: BTreeSet::new(), settled: BTreeMap::new() }
    }

    fn receipt_file(&self, attempt: Uuid) -> PathBuf {
        folder::file(&self.folder.player(self.player, Of::Receipts), attempt)
    }

    /// Where the very bytes of a provisional run are kept from before they are sent until the run has its receipt.
    fn sending(&self, attempt: Uuid) -> PathBuf {
        self.folder.player(self.player, Of::Sending).join(format!("{attempt}.attempt"))
    }

    fn load(&self, id: Uuid) -> Result<Option<Attempt>, FolderError> {
        let kept = self.store.unfinished(&self.profile).ok().flatten().map(|kept| kept.attempt);
        if let Some(attempt) = kept.filter(|attempt| attempt.id == id) {
            return Ok(Some(attempt));
        }
        Ok(Some(self.store.load(&self.store.find(id))?.attempt))
    }
}

fn stage(attempt: &Attempt) -> Option<Stage> {
    match (attempt.ended, attempt.score) {
        (Some(_), _) => Some(Stage::Final),
        (None, Some(_)) => Some(Stage::Provisional),
        (None, None) => None,
    }
}

/// What leaves this computer: the profile's name and team stay here, and the service's own id stands in their place,
/// which is the same whatever the player is called there.
pub(super) fn as_sent(attempt: &Attempt, player: Uuid) -> Attempt {
    Attempt { player: player.to_string(), team: None, ..attempt.clone() }
}

impl Kept for Files {
    fn ranked(&mut self) -> Result<Vec<Ranked>, FolderError> {
        let used: BTreeSet<Uuid> = Starts::of(&self.folder, self.player).used()?.into_iter().collect();
        let receipts = self.receipts()?;
        let whole = |receipt: &&Receipt| receipt.stage == Stage::Final;
        let done: BTreeSet<Uuid> = receipts.iter().filter(whole).filter_map(|receipt| receipt.start).collect();
        let open: BTreeSet<Uuid> = used.difference(&done).copied().collect();
        // Most of the time nothing is on its way, and then no attempt is read.
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let mut ranked = Vec::new();
        let mut consider = |attempt: &Attempt| {
            let (Some(start), Some(stage)) = (attempt.start, stage(attempt)) else { return false };
            let due = open.contains(&start) && attempt.player == self.profile && !attempt.practice;
            if due {
                ranked.push(Ranked { attempt: attempt.id, scenario: attempt.scenario.clone(), stage });
            }
            due
        };
        for path in self.store.paths()? {
            if self.others.contains(&path) {
                continue;
            }
            // One that cannot be read is told of where attempts are listed.
            let Ok(kept) = self.store.load(&path) else { continue };
            if !consider(&kept.attempt) && kept.attempt.ended.is_some() {
                self.others.insert(path);
            }
        }
        if let Some(kept) = self.store.unfinished(&self.profile).ok().flatten() {
            consider(&kept.attempt);
        }
        ranked.sort_by_key(|ranked| ranked.attempt);
        ranked.dedup_by_key(|ranked| ranked.attempt);
        Ok(ranked)
    }

    fn body(&mut self, ranked: &Ranked) -> Result<(Vec<u8>, Option<Uuid>), FolderError> {
        let path = self.sending(ranked.attempt);
        if ranked.stage == Stage::Provisional
            && let Some(bytes) = folder::read_bytes(&path)?
            && let Ok(attempt) = attempt::read(&bytes)
        {
            return Ok((bytes, attempt.start));
        }
        let Some(attempt) = self.load(ranked.attempt)? else { return Ok((Vec::new(), None)) };
        let bytes = attempt::write(&as_sent(&attempt, self.player)).into_bytes();
        if ranked.stage == Stage::Provisional {
            // The run goes on meanwhile; should the answer be lost, the same is sent again.
            atomic::write(&path, &bytes)?;
        }
        Ok((bytes, attempt.start))
    }

    fn receipt(&self, attempt: Uuid) -> Result<Option<Receipt>, FolderError> {
        if let Some(receipt) = self.settled.get(&attempt) {
            return Ok(Some(receipt.clone()));
        }
        match folder::read(&self.receipt_file(attempt)) {
            // Without it the run is sent again, and answered the same.
            Err(FolderError::Damaged { path, why }) => {
                tracing::warn!(path = %path.display(), why, "a receipt is damaged");
                Ok(None)
            }
            read => read,
        }
    }

    fn receipts(&mut self) -> Result<Vec<Receipt>, FolderError> {
        let mut receipts = Vec::new();
        for id in folder::ids(&self.folder.player(self.player, Of::Receipts))? {
            let Some(receipt) = self.receipt(id)? else { continue };
            if receipt.stage == Stage::Final && matches!(receipt.answer, Answer::Accepted(_)) {
                self.settled.insert(id, receipt.clone());
            }
            receipts.push(receipt);
        }
        Ok(receipts)
    }

    fn keep(&mut self, receipt: &Receipt) -> Result<(), FolderError> {
        folder::write(&self.receipt_file(receipt.attempt), receipt)?;
        if receipt.stage == Stage::Final || matches!(receipt.answer, Answer::Accepted(_)) {
            folder::remove(&self.sending(receipt.attempt))?;
        }
        Ok(())
    }

    fn drop_receipt(&mut self, attempt: Uuid) -> Result<(), FolderError> {
        self.others.clear();
        folder::remove(&self.receipt_file(attempt))
    }
}
