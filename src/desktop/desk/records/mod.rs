//! Records for a learning system at the desk: the store that is set for this computer, and how it stands with what it is
//! sent. Sending happens on a thread of its own; here is what was heard from it last.

mod worker;

use std::sync::mpsc::channel;

use super::Desk;
use super::together::{Heard, Tell};
use crate::desktop::screens::settings::{self, RecordAction, Sending, TypedStore};
use crate::online::lrs::Address;
use crate::settings::{RecordSettings, RecordStore, Secret};

use worker::{Ask, Given, Worker};

/// What is known of records.
#[derive(Debug)]
pub struct Records {
    /// None where nobody ever set anything.
    settings: Option<RecordSettings>,
    worker: Option<Worker>,
    heard: Heard<Sending>,
    sending: Sending,
    /// Why something was not set.
    problem: Option<String>,
}

impl Default for Records {
    fn default() -> Self {
        Self { settings: None, worker: None, heard: Heard::of(channel().1), sending: Sending::Unknown, problem: None }
    }
}

impl Records {
    fn store(&self) -> Option<&RecordStore> {
        self.settings.as_ref()?.store.as_ref()
    }

    /// What the settings show of it.
    pub(super) fn view(&self) -> settings::RecordsNow {
        settings::RecordsNow {
            store: self.store().map(|store| settings::StoreNow {
                address: store.address.clone(),
                key: store.key.clone(),
                version: store.version,
                by_itself: store.by_itself,
            }),
            sending: self.sending.clone(),
            problem: self.problem.clone(),
        }
    }
}

impl Desk {
    /// Reads which store is set; another program may have set another one. Where it is to be sent to by itself, what was
    /// not sent is.
    pub(super) fn open_records(&mut self) {
        self.read_records();
        self.record_by_itself();
    }

    /// The settings are looked at.
    pub(super) fn look_at_records(&mut self) {
        self.read_records();
        self.ask_records(Ask::Look);
    }

    /// A call was finished.
    pub(super) fn record_by_itself(&mut self) {
        if self.records.store().is_some_and(|store| store.by_itself) {
            self.ask_records(Ask::Send);
        }
    }

    /// Something was done about records in the settings.
    pub(super) fn set_records(&mut self, action: RecordAction) {
        let was_set = match action {
            RecordAction::SendNow => {
                self.ask_records(Ask::Send);
                return;
            }
            RecordAction::Look => {
                self.records.problem = None;
                return;
            }
            RecordAction::Set(typed) => self.change_records(|settings| {
                settings.store = Some(checked(typed, settings.store.as_ref())?);
                Ok(())
            }),
            RecordAction::SendByItself(by_itself) => self.change_records(|settings| {
                if let Some(store) = &mut settings.store {
                    store.by_itself = by_itself;
                }
                Ok(())
            }),
            RecordAction::Forget => self.change_records(|settings| {
                settings.store = None;
                Ok(())
            }),
        };
        self.records.problem = was_set.err();
        if self.records.problem.is_none() {
            // Whatever was being sent goes to the store of before to its end.
            self.records.worker = None;
            self.records.sending = Sending::Unknown;
            let by_itself = self.records.store().is_some_and(|store| store.by_itself);
            self.ask_records(if by_itself { Ask::Send } else { Ask::Look });
        }
    }

    /// Whether anything was heard of records.
    pub(super) fn hear_of_records(&mut self) -> bool {
        let mut heard = false;
        while let Some(sending) = self.records.heard.next() {
            self.records.sending = sending;
            heard = true;
        }
        heard
    }

    /// Whether records of what was played may stand in a learning system.
    pub(super) fn is_recorded(&self) -> bool {
        self.records.store().is_some()
    }

    fn read_records(&mut self) {
        match RecordSettings::find(&self.folders.data) {
            Ok(settings) => self.records.settings = settings,
            Err(error) => self.records.problem = Some(error.to_string()),
        }
    }

    fn change_records(&mut self, change: impl FnOnce(&mut RecordSettings) -> Result<(), String>) -> Result<(), String> {
        let mut settings = RecordSettings::open(&self.folders.data).map_err(|error| error.to_string())?;
        change(&mut settings)?;
        settings.save(&self.folders.data).map_err(|error| error.to_string())?;
        self.records.settings = Some(settings);
        Ok(())
    }

    fn ask_records(&mut self, ask: fn(Box<Given>) -> Ask) {
        let Some(settings) = self.records.settings.clone().filter(|settings| settings.store.is_some()) else { return };
        if self.records.worker.is_none() {
            let (news, heard) = channel();
            let tell = Tell { news, wake: self.wake.clone() };
            match Worker::start(self.store.clone(), self.folders.data.clone(), tell) {
                Ok(worker) => (self.records.worker, self.records.heard) = (Some(worker), Heard::of(heard)),
                Err(error) => self.records.problem = Some(error.to_string()),
            }
        }
        if let Some(worker) = &self.records.worker {
            worker.ask(ask(Box::new(Given { settings, library: self.library.clone() })));
        }
    }
}

/// A store as it was typed. A secret goes only where it was typed for: the one of before to the same place under the same
/// key alone.
fn checked(typed: TypedStore, before: Option<&RecordStore>) -> Result<RecordStore, String> {
    let address = typed.address.parse::<Address>().map_err(|error| error.to_string())?.to_string();
    let key = typed.key.trim().to_owned();
    if key.is_empty() {
        return Err("The store gives a key and a secret. Type both of them.".to_owned());
    }
    let same = before.filter(|before| before.address == address && before.key == key);
    let secret = match (typed.secret.reveal().trim(), same) {
        ("", Some(before)) => before.secret.clone(),
        ("", None) => return Err("Type the secret that belongs to this address and this key.".to_owned()),
        (secret, _) => Secret::new(secret),
    };
    let by_itself = before.is_some_and(|before| before.by_itself);
    Ok(RecordStore { address, key, secret, version: typed.version, by_itself })
}

#[cfg(test)]
#[cfg(feature = "server")]
mod tests;
