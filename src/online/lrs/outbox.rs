//! What is still to be sent.
//!
//! An attempt's file is written whole or not at all, and the outbox is derived from it: an attempt that is finished, is no
//! practice and has no receipt is due. So no attempt can be kept without being due, and none is due that was not kept.
//! Receipts stand in a file of their own. Where it is lost, or a program dies between sending and noting it, the attempt
//! is sent again under the same ids, which adds nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Address, Lrs, PutAside, Stopped};
use crate::attempt::atomic::{self, WriteError};
use crate::attempt::{Attempt, Store, StoreError};
use crate::records::{Account, counts, record};
use crate::scenario::Scenario;
use crate::settings::RecordSettings;

const CURRENT: u32 = 1;

/// What every store has been sent, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipts {
    format: u32,
    /// By the hash of the store's address.
    stores: BTreeMap<String, BTreeMap<Uuid, Receipt>>,
}

/// That an attempt was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub statements: u32,
    /// Those that the store would not have, and why.
    #[serde(default)]
    pub put_aside: Vec<(Uuid, String)>,
}

/// What came of sending.
#[derive(Debug, Default)]
pub struct Delivery {
    /// In the order they were sent.
    pub delivered: Vec<Delivered>,
    /// Attempts of which no record can be made, and why.
    pub without_record: Vec<(Uuid, String)>,
    /// Why it ended early, if it did.
    pub stopped: Option<Stopped>,
    /// Attempts that are still due because of that.
    pub left: usize,
}

/// An attempt that a store has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub attempt: Uuid,
    /// Those that it has.
    pub statements: usize,
    pub put_aside: Vec<PutAside>,
}

impl Default for Receipts {
    fn default() -> Self {
        Self { format: CURRENT, stores: BTreeMap::new() }
    }
}

impl Receipts {
    /// The receipts below a data folder. A file that cannot be read is as none: what is sent again adds nothing.
    #[expect(clippy::disallowed_methods, reason = "this is where receipts are read")]
    pub fn open(data: &Path) -> Self {
        let read = fs::read_to_string(path(data)).ok().and_then(|text| ron::from_str::<Self>(&text).ok());
        read.filter(|receipts| receipts.format == CURRENT).unwrap_or_default()
    }

    /// Whether a store has an attempt.
    pub fn holds(&self, store: &Address, attempt: Uuid) -> bool {
        self.stores.get(&store.hash()).is_some_and(|receipts| receipts.contains_key(&attempt))
    }

    /// How many statements a store has.
    pub fn statements(&self, store: &Address) -> u64 {
        let receipts = self.stores.get(&store.hash()).into_iter().flat_map(BTreeMap::values);
        receipts.map(|receipt| u64::from(receipt.statements)).sum()
    }

    fn note(&mut self, data: &Path, store: &Address, attempt: Uuid, receipt: Receipt) -> Result<(), WriteError> {
        // Another program may have noted something since.
        for (store, receipts) in Self::open(data).stores {
            self.stores.entry(store).or_default().extend(receipts);
        }
        self.stores.entry(store.hash()).or_default().insert(attempt, receipt);
        let text = ron::ser::to_string_pretty(self, PrettyConfig::new().new_line("\n"))
            .expect("receipts have nothing that RON cannot write");
        atomic::write(&path(data), text.as_bytes())
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("records-sent.ron")
}

/// The attempts that a store does not have yet, oldest first: finished ones, and neither practice nor rewound.
pub fn due(store: &Store, receipts: &Receipts, address: &Address) -> Result<Vec<Attempt>, StoreError> {
    let listed = store.list()?.into_iter().filter_map(|listed| Some(listed.attempt.ok()?.attempt));
    Ok(listed.filter(|attempt| counts(attempt) && !receipts.holds(address, attempt.id)).collect())
}

/// Sends attempts, each whole before the next, and notes a receipt for each. What was put aside is noted with it, and is
/// not sent again unasked.
pub fn deliver(
    lrs: &Lrs,
    data: &Path,
    settings: &RecordSettings,
    attempts: &[Attempt],
    scenario_of: &dyn Fn(&Attempt) -> Option<Arc<Scenario>>,
) -> Result<Delivery, WriteError> {
    let mut delivery = Delivery::default();
    if attempts.is_empty() {
        return Ok(delivery);
    }
    let mut receipts = Receipts::open(data);
    let mut stopped = lrs.greet().err();
    for attempt in attempts {
        if stopped.is_some() {
            delivery.left += 1;
            continue;
        }
        let account = Account::new(settings.home_page.clone(), settings.name_of(&attempt.player));
        let statements = match record(scenario_of(attempt).as_deref(), attempt, &account) {
            Ok(statements) => statements,
            Err(why) => {
                delivery.without_record.push((attempt.id, why));
                continue;
            }
        };
        match lrs.send(&statements) {
            Ok(put_aside) => {
                let receipt = Receipt {
                    statements: u32::try_from(statements.len() - put_aside.len()).unwrap_or(u32::MAX),
                    put_aside: put_aside.iter().map(|one| (one.statement, one.words.clone())).collect(),
                };
                receipts.note(data, lrs.address(), attempt.id, receipt)?;
                let statements = statements.len() - put_aside.len();
                delivery.delivered.push(Delivered { attempt: attempt.id, statements, put_aside });
            }
            Err(why) => {
                stopped = Some(why);
                delivery.left += 1;
            }
        }
    }
    delivery.stopped = stopped;
    Ok(delivery)
}
