//! A model of all that lies between a run on a computer and a row on a board: programs that are killed, a network that
//! loses, doubles and delays, replicas that race one another and fall over. One number is one history, always the same.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use rand::Rng as _;
use rand_pcg::Pcg64Mcg;
use uuid::Uuid;

use super::*;
use crate::scenario::vocabulary::Outcome;
use crate::team::protocol::ProblemKind;

/// What is wrong on purpose, to see that the model finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bug {
    None,
    /// A replica answers, and then its transaction fails.
    AnswersBeforeItStores,
    /// A replica inserts what was not there when it looked, and nothing keeps two from doing so.
    InsertsWhatItHasNotSeen,
    /// A replica takes whatever comes last for the newest.
    LastOneWins,
    /// A client takes a lost answer for a good one.
    TakesSilenceForYes,
}

/// How often things go wrong, in per cent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Faults {
    /// On the way there, and on the way back.
    pub(super) lost: u32,
    pub(super) doubled: u32,
    pub(super) busy: u32,
}

pub(super) const NO_FAULTS: Faults = Faults { lost: 0, doubled: 0, busy: 0 };

pub(super) struct Chance(Pcg64Mcg);

impl Chance {
    pub(super) fn of(seed: u64) -> Self {
        Self(Pcg64Mcg::new(u128::from(seed) << 1 | 1 | 0xcafe_f00d << 64))
    }

    pub(super) fn any(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn below(&mut self, number: u32) -> u32 {
        self.any() % number
    }

    fn in_hundred(&mut self, times: u32) -> bool {
        self.below(100) < times
    }
}

/// A computer's disk. Nothing else outlives a crash.
#[derive(Debug, Default)]
pub(super) struct Disk {
    runs: BTreeMap<Uuid, Run>,
    sending: BTreeMap<Uuid, Vec<u8>>,
    pub(super) receipts: BTreeMap<Uuid, Receipt>,
    /// The program is killed after so many more steps.
    killed_in: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    stage: Option<Stage>,
    inputs: u32,
}

impl Disk {
    pub(super) fn put_run(&mut self, attempt: Uuid, stage: Option<Stage>, inputs: u32) {
        self.runs.insert(attempt, Run { stage, inputs });
    }

    fn step(&mut self) -> Result<(), FolderError> {
        match &mut self.killed_in {
            None => Ok(()),
            Some(0) => {
                Err(FolderError::Read { path: "model".into(), source: std::io::Error::other("the program was killed") })
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }
}

fn body_of(attempt: Uuid, run: Run) -> Vec<u8> {
    format!("{attempt} {:?} {}", run.stage, run.inputs).into_bytes()
}

fn stage_of(body: &[u8]) -> Stage {
    if String::from_utf8_lossy(body).contains("Final") { Stage::Final } else { Stage::Provisional }
}

pub(super) type Shelf = Rc<RefCell<Disk>>;

impl Kept for Shelf {
    fn ranked(&mut self) -> Result<Vec<Ranked>, FolderError> {
        let mut disk = self.borrow_mut();
        disk.step()?;
        let done = |attempt: &Uuid| disk.receipts.get(attempt).is_some_and(|receipt| receipt.stage == Stage::Final);
        let ranked = disk.runs.iter().filter(|(attempt, _)| !done(attempt)).filter_map(|(attempt, run)| {
            Some(Ranked { attempt: *attempt, scenario: "the-door".to_owned(), stage: run.stage? })
        });
        Ok(ranked.collect())
    }

    fn body(&mut self, ranked: &Ranked) -> Result<(Vec<u8>, Option<Uuid>), FolderError> {
        let mut disk = self.borrow_mut();
        let run = disk.runs[&ranked.attempt];
        if ranked.stage == Stage::Final {
            return Ok((body_of(ranked.attempt, run), None));
        }
        if !disk.sending.contains_key(&ranked.attempt) {
            disk.step()?;
            disk.sending.insert(ranked.attempt, body_of(ranked.attempt, run));
            disk.step()?;
        }
        Ok((disk.sending[&ranked.attempt].clone(), None))
    }

    fn receipt(&self, attempt: Uuid) -> Result<Option<Receipt>, FolderError> {
        Ok(self.borrow().receipts.get(&attempt).cloned())
    }

    fn receipts(&mut self) -> Result<Vec<Receipt>, FolderError> {
        Ok(self.borrow().receipts.values().cloned().collect())
    }

    fn keep(&mut self, receipt: &Receipt) -> Result<(), FolderError> {
        let mut disk = self.borrow_mut();
        disk.step()?;
        disk.receipts.insert(receipt.attempt, receipt.clone());
        disk.step()?;
        disk.sending.remove(&receipt.attempt);
        disk.step()
    }

    fn drop_receipt(&mut self, attempt: Uuid) -> Result<(), FolderError> {
        self.borrow_mut().receipts.remove(&attempt);
        Ok(())
    }
}

/// What is stored of one run.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) attempt: Uuid,
    bodies: BTreeMap<Stage, Vec<u8>>,
}

/// One database behind several replicas.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) rows: Vec<Row>,
    bug: Bug,
    /// Requests of which a second copy is still under way.
    late: Vec<(Uuid, Vec<u8>)>,
}

impl Database {
    pub(super) const fn new(bug: Bug) -> Self {
        Self { rows: Vec::new(), bug, late: Vec::new() }
    }

    fn place(&self, attempt: Uuid) -> Option<usize> {
        self.rows.iter().position(|row| row.attempt == attempt)
    }

    /// A replica has looked, and found `seen`; now it decides, in one transaction.
    fn take(
        &mut self,
        attempt: Uuid,
        body: &[u8],
        seen: Option<usize>,
        chance: &mut Chance,
    ) -> Result<Accepted, CallError> {
        let stage = stage_of(body);
        if self.bug == Bug::AnswersBeforeItStores && chance.in_hundred(3) {
            return Ok(accepted(attempt, body));
        }
        let found = if self.bug == Bug::InsertsWhatItHasNotSeen { seen } else { self.place(attempt) };
        let Some(place) = found else {
            self.rows.push(Row { attempt, bodies: BTreeMap::from([(stage, body.to_vec())]) });
            return Ok(accepted(attempt, body));
        };
        let bodies = &mut self.rows[place].bodies;
        if bodies.get(&stage).is_some_and(|stored| stored == body) {
            return Ok(accepted(attempt, body));
        }
        if self.bug == Bug::LastOneWins {
            *bodies = BTreeMap::from([(stage, body.to_vec())]);
            return Ok(accepted(attempt, body));
        }
        if bodies.contains_key(&stage) || bodies.contains_key(&Stage::Final) {
            return Err(refused(ProblemKind::AnotherBody, 409));
        }
        bodies.insert(stage, body.to_vec());
        Ok(accepted(attempt, body))
    }

    fn has(&self, attempt: Uuid, stage: Stage) -> bool {
        self.place(attempt).is_some_and(|place| self.rows[place].bodies.contains_key(&stage))
    }
}

fn accepted(attempt: Uuid, body: &[u8]) -> Accepted {
    Accepted {
        attempt,
        standing: if stage_of(body) == Stage::Final { Standing::Ranked } else { Standing::Provisional },
        outcome: Outcome::Satisfied,
        overall: 700,
        points: u32::try_from(body.len()).unwrap_or(0),
        skills: [0; 5],
        flags: Vec::new(),
    }
}

pub(super) fn refused(kind: ProblemKind, status: u16) -> CallError {
    CallError::Refused(Problem { kind, title: "No.".to_owned(), status, index: None, retry_after: None })
}

/// The network between a client and the replicas.
pub(super) struct Network<'a> {
    pub(super) database: &'a mut Database,
    pub(super) chance: &'a mut Chance,
    pub(super) faults: Faults,
}

impl Transport for Network<'_> {
    fn put(&mut self, attempt: Uuid, body: &[u8]) -> Result<Accepted, CallError> {
        let Network { database, chance, faults } = self;
        let silence = || {
            if database.bug == Bug::TakesSilenceForYes {
                Ok(accepted(attempt, body))
            } else {
                Err(CallError::Unreachable { why: "the connection broke" })
            }
        };
        if chance.in_hundred(faults.lost) {
            return silence();
        }
        if chance.in_hundred(faults.busy) {
            let (kind, status) =
                [(ProblemKind::Busy, 429), (ProblemKind::Failed, 500), (ProblemKind::Unavailable, 503)]
                    [chance.below(3) as usize];
            return Err(refused(kind, status));
        }
        let seen = database.place(attempt);
        if chance.in_hundred(faults.doubled) {
            if chance.in_hundred(50) {
                // Another replica has it as well, and is a little quicker.
                let _ = database.take(attempt, body, seen, chance);
            } else {
                database.late.push((attempt, body.to_vec()));
            }
        }
        let answer = database.take(attempt, body, seen, chance);
        if chance.in_hundred(faults.lost) {
            return if database.bug == Bug::TakesSilenceForYes {
                Ok(accepted(attempt, body))
            } else {
                Err(CallError::Unreachable { why: "the connection broke" })
            };
        }
        answer
    }
}

/// Plays one history; says what should never have been, if it was.
pub(super) fn history(number: u64, bug: Bug) -> Result<(), String> {
    let mut chance = Chance::of(number);
    let mut database = Database::new(bug);
    let disks: Vec<Shelf> = (0..2 + chance.below(2)).map(|_| Shelf::default()).collect();
    let mut outboxes: Vec<_> = disks.iter().map(|disk| Outbox::new(Rc::clone(disk))).collect();
    let mut now = Timestamp::UNIX_EPOCH;
    let mut begun = 0_u128;
    let faults = Faults { lost: chance.below(50), doubled: chance.below(50), busy: chance.below(30) };
    for _ in 0..60 {
        let client = chance.below(u32::try_from(disks.len()).unwrap_or(1)) as usize;
        match chance.below(10) {
            0 => {
                begun += 1;
                disks[client].borrow_mut().put_run(Uuid::from_u128(begun), None, 0);
            }
            1..=3 => play_on(&disks[client], &mut chance),
            4 if !database.late.is_empty() => {
                let which = chance.below(u32::try_from(database.late.len()).unwrap_or(1)) as usize;
                let (attempt, body) = database.late.swap_remove(which);
                let seen = database.place(attempt);
                let _ = database.take(attempt, &body, seen, &mut chance);
            }
            5 => now += SignedDuration::from_secs(i64::from(chance.below(300))),
            6 => disks[client].borrow_mut().killed_in = Some(chance.below(6)),
            _ => {
                let any = chance.any();
                let way = &mut Network { database: &mut database, chance: &mut chance, faults };
                if outboxes[client].run_once(now, any, way).is_err() {
                    // Killed. It is opened again, and knows what is on the disk.
                    disks[client].borrow_mut().killed_in = None;
                    outboxes[client] = Outbox::new(Rc::clone(&disks[client]));
                }
            }
        }
        holds(&database, &disks)?;
    }
    for (disk, outbox) in disks.iter().zip(&mut outboxes) {
        disk.borrow_mut().killed_in = None;
        settle(outbox, &mut now, &mut Network { database: &mut database, chance: &mut chance, faults: NO_FAULTS })?;
    }
    holds(&database, &disks)?;
    for disk in &disks {
        for (attempt, run) in &disk.borrow().runs {
            let Some(stage) = run.stage else { continue };
            if !database.has(*attempt, stage) {
                return Err(format!("{attempt} never arrived"));
            }
        }
    }
    Ok(())
}

/// Somebody plays: the call ends, promises mature, the run ends.
fn play_on(disk: &Shelf, chance: &mut Chance) {
    let mut disk = disk.borrow_mut();
    let count = u32::try_from(disk.runs.len()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let which = chance.below(count) as usize;
    let Some(run) = disk.runs.values_mut().nth(which).filter(|run| run.stage != Some(Stage::Final)) else { return };
    run.inputs += 1;
    if chance.in_hundred(40) {
        run.stage = Some(if run.stage.is_none() { Stage::Provisional } else { Stage::Final });
    }
}

/// Sends until nothing is left to be sent.
pub(super) fn settle(outbox: &mut Outbox<Shelf>, now: &mut Timestamp, way: &mut Network<'_>) -> Result<u32, String> {
    for sent in 0..100_000 {
        let any = way.chance.any();
        match outbox.run_once(*now, any, way).map_err(|error| error.to_string())? {
            Step::Idle => return Ok(sent),
            Step::WaitUntil(then) => *now = then,
            Step::Answered(_) | Step::Failed(_) => {}
            Step::Revoked => return Err("nobody revoked anything".to_owned()),
        }
    }
    Err("it never comes to rest".to_owned())
}

/// What holds at every moment.
pub(super) fn holds(database: &Database, disks: &[Shelf]) -> Result<(), String> {
    for (place, row) in database.rows.iter().enumerate() {
        if database.rows[..place].iter().any(|other| other.attempt == row.attempt) {
            return Err(format!("{} is there twice", row.attempt));
        }
    }
    for disk in disks {
        let disk = disk.borrow();
        for (attempt, receipt) in &disk.receipts {
            match &receipt.answer {
                Answer::Accepted(_) if !database.has(*attempt, receipt.stage) => {
                    return Err(format!("{attempt} has a receipt and is not there"));
                }
                Answer::Refused(_) => return Err(format!("{attempt} was sent in another form than before")),
                Answer::Accepted(_) => {}
            }
        }
    }
    Ok(())
}
