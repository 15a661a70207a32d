//! Leaves to play a ranked run: asked for at the moment, or fetched ahead for the time without a network.
//!
//! A leave is used once. It is marked as used before the run begins, by a file that can be made only once: neither a
//! crash nor a second window uses it again. What was asked for and not heard of is asked for again under the same id, to
//! which the service gives the same answer.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::call::CallError;
use super::folder::{self, Folder, FolderError, Of};
use super::service::Service;
use crate::attempt::{Beginning, RULES_VERSION, Recorder};
use crate::dialogue::Mode;
use crate::scenario::Scenario;
use crate::scenario::model::Hash;
use crate::team::protocol::{AskStart, Start};

/// The leaves of one player of a service.
#[derive(Debug, Clone)]
pub struct Starts<'a> {
    folder: &'a Folder,
    player: Uuid,
}

/// A leave that was marked as used: the run may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    pub id: Uuid,
    /// The seed to play by.
    pub seed: u64,
    pub mode: Mode,
    pub full_hash: Hash,
    /// It was fetched ahead: played without the service, the run is less protected.
    pub ahead: bool,
    pub expires: Timestamp,
}

impl Leave {
    /// Begins the run that the leave is for, by its seed and in its mode: one that counts.
    pub fn begin(
        &self,
        scenario: Arc<Scenario>,
        player: &str,
        team: Option<String>,
        intention: Option<String>,
    ) -> Recorder {
        let beginning = Beginning {
            seed: self.seed,
            mode: self.mode,
            language: scenario.language.clone(),
            player: player.to_owned(),
            team,
            practice: false,
            start: Some(self.id),
            intention,
        };
        Recorder::begin(scenario, beginning)
    }
}

/// Why there is no leave.
#[derive(Debug, thiserror::Error)]
pub enum NoStart {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("This leave has been used already, perhaps in another window. Ask for another.")]
    Used,
}

/// What was asked for, before the answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asking {
    ask: AskStart,
}

/// Whoever gives leave.
pub trait Gives {
    fn start(&self, ask: &AskStart) -> Result<Start, CallError>;
}

impl Gives for Service {
    fn start(&self, ask: &AskStart) -> Result<Start, CallError> {
        Self::start(self, ask)
    }
}

impl<'a> Starts<'a> {
    pub const fn of(folder: &'a Folder, player: Uuid) -> Self {
        Self { folder, player }
    }

    /// Leave to play a scenario now: the one that was fetched ahead, which counts already; else it is asked for. It is
    /// not used before [`Self::take`].
    pub fn get(&self, from: &impl Gives, full: Hash, mode: Mode, now: Timestamp) -> Result<Start, NoStart> {
        if let Some(start) = self.ahead(full, now)? {
            return Ok(start);
        }
        self.ask(from, full, mode, false, now)
    }

    /// Fetches a leave ahead, unless one lies here already.
    pub fn fetch_ahead(&self, from: &impl Gives, full: Hash, mode: Mode, now: Timestamp) -> Result<Start, NoStart> {
        if let Some(start) = self.ahead(full, now)? {
            return Ok(start);
        }
        let start = self.ask(from, full, mode, true, now)?;
        folder::write(&folder::file(&self.path(Of::Ahead), start.id), &start)?;
        folder::remove(&self.asking(full))?;
        Ok(start)
    }

    /// The leave that was fetched ahead for a scenario and can still be used.
    pub fn ahead(&self, full: Hash, now: Timestamp) -> Result<Option<Start>, FolderError> {
        Ok(self.all_ahead(now)?.into_iter().find(|start| start.full_hash == full.to_string()))
    }

    /// All leaves that were fetched ahead and can still be used.
    pub fn all_ahead(&self, now: Timestamp) -> Result<Vec<Start>, FolderError> {
        let mut starts = Vec::new();
        for id in folder::ids(&self.path(Of::Ahead))? {
            // A damaged one is of no use, and no harm.
            let Ok(Some(start)) = folder::read::<Start>(&folder::file(&self.path(Of::Ahead), id)) else { continue };
            if start.expires > now && start.rules == RULES_VERSION && !self.is_used(id) {
                starts.push(start);
            }
        }
        Ok(starts)
    }

    /// Marks a leave as used. From here on the run may begin, and no other with this leave.
    pub fn take(&self, start: &Start) -> Result<Leave, NoStart> {
        let leave = read(start).ok_or(CallError::NotUnderstood)?;
        if !folder::create(&folder::file(&self.path(Of::Used), start.id), start)? {
            return Err(NoStart::Used);
        }
        folder::remove(&folder::file(&self.path(Of::Ahead), start.id))?;
        folder::remove(&self.asking(leave.full_hash))?;
        Ok(leave)
    }

    /// The leaves that were used.
    pub fn used(&self) -> Result<Vec<Uuid>, FolderError> {
        folder::ids(&self.path(Of::Used))
    }

    fn is_used(&self, id: Uuid) -> bool {
        folder::file(&self.path(Of::Used), id).exists()
    }

    fn ask(&self, from: &impl Gives, full: Hash, mode: Mode, ahead: bool, now: Timestamp) -> Result<Start, NoStart> {
        let path = self.asking(full);
        let earlier = folder::read::<Asking>(&path).ok().flatten().map(|asking| asking.ask);
        // What was asked for before is still to be had, and counts already if the service heard of it.
        let ask = match earlier.filter(|ask| ask.rules == RULES_VERSION && !self.is_used(ask.id)) {
            Some(ask) => ask,
            None => self.new_ask(full, mode, ahead)?,
        };
        match Self::ask_for(from, &ask) {
            Ok(start) if start.expires > now => Ok(start),
            // It lay too long, or the service knows nothing of it any more.
            Ok(_) => Ok(Self::ask_for(from, &self.new_ask(full, mode, ahead)?)?),
            Err(error) => {
                if !error.may_pass() {
                    folder::remove(&path)?;
                }
                Err(error.into())
            }
        }
    }

    /// Written down before it is said: if the answer is lost, the same is asked again.
    fn new_ask(&self, full: Hash, mode: Mode, ahead: bool) -> Result<AskStart, FolderError> {
        let ask = AskStart { id: Uuid::now_v7(), full_hash: full.to_string(), rules: RULES_VERSION, mode, ahead };
        folder::write(&self.asking(full), &Asking { ask: ask.clone() })?;
        Ok(ask)
    }

    fn ask_for(from: &impl Gives, ask: &AskStart) -> Result<Start, CallError> {
        let start = from.start(ask)?;
        let fits = start.id == ask.id
            && start.full_hash == ask.full_hash
            && start.rules == ask.rules
            && start.mode == ask.mode
            && read(&start).is_some();
        if fits { Ok(start) } else { Err(CallError::NotUnderstood) }
    }

    fn asking(&self, full: Hash) -> PathBuf {
        self.path(Of::Asking).join(format!("{full}.json"))
    }

    fn path(&self, of: Of) -> PathBuf {
        self.folder.player(self.player, of)
    }
}

fn read(start: &Start) -> Option<Leave> {
    Some(Leave {
        id: start.id,
        seed: start.seed.parse().ok()?,
        mode: start.mode,
        full_hash: start.full_hash.parse().ok()?,
        ahead: start.ahead,
        expires: start.expires,
    })
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use super::*;
    use crate::attempt::atomic::fuse;

    const FULL: Hash = Hash([7; 32]);

    /// A service that gives three leaves, and sometimes is not heard.
    struct Giver {
        given: RefCell<BTreeMap<Uuid, Start>>,
        heard: Cell<bool>,
        now: Timestamp,
    }

    impl Giver {
        fn new() -> Self {
            Self { given: RefCell::default(), heard: Cell::new(true), now: Timestamp::UNIX_EPOCH }
        }

        fn count(&self) -> usize {
            self.given.borrow().len()
        }
    }

    impl Gives for Giver {
        fn start(&self, ask: &AskStart) -> Result<Start, CallError> {
            let mut given = self.given.borrow_mut();
            let number = given.len();
            let start = given.entry(ask.id).or_insert_with(|| Start {
                id: ask.id,
                scenario: "the-door".to_owned(),
                full_hash: ask.full_hash.clone(),
                rules: ask.rules,
                mode: ask.mode,
                seed: format!("{}", u64::MAX - number as u64),
                season: Uuid::nil(),
                issued: self.now,
                expires: self.now + jiff::SignedDuration::from_hours(72),
                ahead: ask.ahead,
            });
            if self.heard.get() { Ok(start.clone()) } else { Err(CallError::Unreachable { why: "lost" }) }
        }
    }

    fn hours(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(hours)
    }

    #[test]
    fn a_leave_is_used_once_and_keeps_all_64_bits_of_its_seed() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let starts = Starts::of(&folder, Uuid::from_u128(1));
        let giver = Giver::new();
        let start = starts.get(&giver, FULL, Mode::Steps, hours(0)).unwrap();
        let leave = starts.take(&start).unwrap();
        assert_eq!((leave.seed, leave.full_hash), (u64::MAX, FULL));
        assert!(matches!(starts.take(&start), Err(NoStart::Used)));
        let next = starts.get(&giver, FULL, Mode::Steps, hours(0)).unwrap();
        assert_ne!(next.id, start.id);
        assert_eq!(starts.used().unwrap(), [start.id]);
    }

    #[test]
    fn an_answer_that_was_lost_costs_no_second_leave() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let starts = Starts::of(&folder, Uuid::from_u128(1));
        let giver = Giver::new();
        giver.heard.set(false);
        for _ in 0..3 {
            assert!(starts.get(&giver, FULL, Mode::Steps, hours(0)).is_err());
        }
        giver.heard.set(true);
        let start = starts.get(&giver, FULL, Mode::Steps, hours(0)).unwrap();
        // The program ended before the run began, and is opened again.
        assert_eq!(starts.get(&giver, FULL, Mode::Steps, hours(1)).unwrap(), start);
        assert_eq!(giver.count(), 1);
        // After 72 hours it is of no use any more.
        let late = Giver { now: hours(80), ..Giver::new() };
        late.given.borrow_mut().insert(start.id, start.clone());
        assert_ne!(starts.get(&late, FULL, Mode::Steps, hours(80)).unwrap().id, start.id);
    }

    #[test]
    fn one_fetched_ahead_is_played_first_and_lasts_72_hours() {
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let starts = Starts::of(&folder, Uuid::from_u128(1));
        let giver = Giver::new();
        let ahead = starts.fetch_ahead(&giver, FULL, Mode::Timed, hours(0)).unwrap();
        assert_eq!(starts.fetch_ahead(&giver, FULL, Mode::Timed, hours(1)).unwrap(), ahead, "one for each scenario");
        giver.heard.set(false);
        assert_eq!(starts.get(&giver, FULL, Mode::Timed, hours(71)).unwrap(), ahead);
        assert_eq!(starts.ahead(FULL, hours(72)).unwrap(), None);
        assert_eq!(starts.ahead(Hash([8; 32]), hours(1)).unwrap(), None);
        assert!(starts.take(&ahead).unwrap().ahead);
        assert_eq!(starts.ahead(FULL, hours(1)).unwrap(), None);
    }

    #[test]
    fn an_answer_to_another_question_is_no_leave() {
        struct Liar(fn(&mut Start));
        impl Gives for Liar {
            fn start(&self, ask: &AskStart) -> Result<Start, CallError> {
                let mut start = Giver::new().start(ask)?;
                (self.0)(&mut start);
                Ok(start)
            }
        }
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::of(data.path(), "Heron");
        let starts = Starts::of(&folder, Uuid::from_u128(1));
        let check = |change: fn(&mut Start)| {
            let error = starts.get(&Liar(change), FULL, Mode::Steps, hours(0)).unwrap_err();
            assert!(matches!(error, NoStart::Call(CallError::NotUnderstood)), "{error}");
        };
        check(|start| start.id = Uuid::from_u128(9));
        check(|start| start.full_hash = Hash([9; 32]).to_string());
        check(|start| start.mode = Mode::Timed);
        check(|start| start.rules += 1);
        check(|start| "one".clone_into(&mut start.seed));
    }

    /// Killed between any two steps of writing, the program uses no leave twice and asks for no more than it can use.
    #[test]
    fn a_crash_at_any_step_uses_no_leave_twice() {
        for steps in 0..40 {
            let data = tempfile::tempdir().unwrap();
            let folder = Folder::of(data.path(), "Heron");
            let starts = Starts::of(&folder, Uuid::from_u128(1));
            let giver = Giver::new();
            let play = || {
                let start = starts.get(&giver, FULL, Mode::Steps, hours(0))?;
                starts.take(&start).map(|leave| leave.id)
            };
            fuse::light(Some(steps));
            let first = play();
            fuse::light(None);
            let second = play().unwrap();
            assert_ne!(first.as_ref().ok(), Some(&second), "after {steps} steps");
            // One that was marked and then never played is lost; it was given once and is not finished.
            assert!(giver.count() <= 2, "after {steps} steps: {} leaves", giver.count());
        }
    }
}
