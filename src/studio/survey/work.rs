//! The thread that looks.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::found::{Reach, Surveyed};
use super::plays::Plays;
use super::spell::Spell;
use super::{Effort, Stage};
use crate::explore::simulate::Series;
use crate::explore::solve::{Progress, Range, Stage as Solving, ranges, reachability};
use crate::scenario::Scenario;
use crate::scenario::model::Hash;

/// What the thread and whoever asks share. The thread ends once it is closed, or when nobody shares it any more.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Counts what makes the thread look up: work that was begun before the last of them is broken off.
    changes: AtomicU64,
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent of each other: who stops it, and whether there is news")]
struct Slot {
    wanted: Option<Job>,
    /// Rises with everything that is to be looked at, or gone on with.
    serial: u64,
    held: bool,
    paused: bool,
    closed: bool,
    stage: Option<Stage>,
    surveyed: Option<Arc<Surveyed>>,
    is_news: bool,
}

impl Slot {
    /// Of a text that is no more nothing is told.
    fn forget(&mut self) {
        self.surveyed = None;
        self.is_news = false;
    }
}

#[derive(Debug, Clone)]
struct Job {
    version: u64,
    scenario: Arc<Scenario>,
}

/// What was told since it was asked last.
#[derive(Debug)]
pub(super) struct News {
    pub(super) surveyed: Option<Arc<Surveyed>>,
    /// None where all is done.
    pub(super) stage: Option<Stage>,
}

impl Shared {
    /// Begins the thread, which waits for something to look at.
    pub(super) fn begin(effort: Effort) -> Arc<Self> {
        let shared = Arc::new(Self::default());
        let own = Arc::clone(&shared);
        std::thread::spawn(move || work(&own, &effort));
        shared
    }

    pub(super) fn restart(&self, version: u64, scenario: &Arc<Scenario>) {
        let job = Job { version, scenario: Arc::clone(scenario) };
        self.change(|slot| {
            slot.wanted = Some(job);
            slot.serial += 1;
            slot.held = false;
            slot.forget();
        });
    }

    pub(super) fn hold(&self) {
        self.change(|slot| {
            slot.held = true;
            slot.forget();
        });
    }

    pub(super) fn set_paused(&self, paused: bool) {
        self.change(|slot| {
            slot.paused = paused;
            slot.serial += u64::from(!paused);
        });
    }

    pub(super) fn close(&self) {
        self.change(|slot| slot.closed = true);
    }

    pub(super) fn news(&self) -> Option<News> {
        let mut slot = self.slot();
        let is_news = std::mem::take(&mut slot.is_news);
        is_news.then(|| News { surveyed: slot.surveyed.take(), stage: slot.stage })
    }

    fn change(&self, change: impl FnOnce(&mut Slot)) {
        let mut slot = self.slot();
        change(&mut slot);
        slot.stage = Some(Stage::Waiting);
        self.changes.fetch_add(1, Ordering::Relaxed);
        drop(slot);
        self.changed.notify_all();
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something to look at that was not looked at before, and then until nothing has changed for a while.
    /// Gives the job, its serial, and the changes there were until then. None once it is closed.
    fn wait(&self, seen: u64, quiet: Duration) -> Option<(Job, u64, u64)> {
        let mut slot = self.slot();
        loop {
            if slot.closed {
                return None;
            }
            let changes = self.changes.load(Ordering::Relaxed);
            let job = slot.wanted.clone().filter(|_| !slot.held && !slot.paused && slot.serial != seen);
            let Some(job) = job else {
                slot = self.changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            if !quiet.is_zero() {
                let is_same = |_: &mut Slot| self.changes.load(Ordering::Relaxed) == changes;
                let waited = self.changed.wait_timeout_while(slot, quiet, is_same);
                slot = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            if self.changes.load(Ordering::Relaxed) == changes {
                return Some((job, slot.serial, changes));
            }
        }
    }

    /// Tells what is known, unless something has changed since.
    fn tell(&self, changes: u64, stage: Option<Stage>, surveyed: Option<&Surveyed>) {
        let mut slot = self.slot();
        if self.changes.load(Ordering::Relaxed) != changes {
            return;
        }
        slot.is_news |= surveyed.is_some() || slot.stage != stage;
        slot.stage = stage;
        if let Some(surveyed) = surveyed {
            slot.surveyed = Some(Arc::new(surveyed.clone()));
        }
    }
}

/// What holds as long as only words change.
#[derive(Debug, Clone)]
struct Solved {
    structure: Hash,
    reach: Option<Arc<Reach>>,
    ranges: Option<Arc<[Range]>>,
}

fn work(shared: &Shared, effort: &Effort) {
    let quiet = Duration::from_millis(effort.quiet);
    let mut solved: Option<Solved> = None;
    let mut next = shared.wait(0, quiet);
    while let Some((job, mut seen, mut changes)) = next {
        let scenario = &*job.scenario;
        let structure = scenario.hashes.structure;
        let known = solved.take().filter(|solved| solved.structure == structure);
        let mut known = known.unwrap_or(Solved { structure, reach: None, ranges: None });
        let mut surveyed = Surveyed::nothing(job.version, &job.scenario);
        let mut series = Series::new(scenario, effort.seed);
        next = loop {
            let mut watch = Watch::of(shared, changes);
            let looked = look(effort, &mut known, &mut surveyed, &mut series, &mut watch);
            if looked.is_continue() {
                shared.tell(changes, None, None);
            }
            let waited = shared.wait(seen, quiet);
            match waited {
                // It plays as before: a remark was changed, or a change taken back, or it is to be gone on with.
                Some((again, serial, now)) if again.scenario.hashes == scenario.hashes => {
                    surveyed.version = again.version;
                    (seen, changes) = (serial, now);
                    shared.tell(changes, Some(Stage::Waiting), Some(&surveyed));
                }
                other => break other,
            }
        };
        solved = Some(known);
    }
}

/// Looks for all that is not known yet.
fn look(
    effort: &Effort,
    known: &mut Solved,
    surveyed: &mut Surveyed,
    series: &mut Series<'_>,
    watch: &mut Watch<'_>,
) -> ControlFlow<()> {
    let scenario = Arc::clone(&surveyed.scenario);
    if known.reach.is_none() {
        let settled = reachability(&scenario, &effort.options, watch);
        watch.go_on()?;
        known.reach = Some(Arc::new(Reach::of(settled)));
    }
    surveyed.reach.clone_from(&known.reach);
    // What was found before a change of words holds, and is told with the first plays.
    surveyed.ranges.clone_from(&known.ranges);
    watch.tell(surveyed);
    let (first, more) = effort.plays.split_at(effort.plays.len().min(1));
    play(first, effort, surveyed, series, watch)?;
    if known.ranges.is_none() {
        let found = ranges(&scenario, &effort.options, watch);
        watch.go_on()?;
        known.ranges = Some(found.into());
        surveyed.ranges.clone_from(&known.ranges);
        watch.tell(surveyed);
    }
    play(more, effort, surveyed, series, watch)
}

fn play(
    steps: &[u64],
    effort: &Effort,
    surveyed: &mut Surveyed,
    series: &mut Series<'_>,
    watch: &mut Watch<'_>,
) -> ControlFlow<()> {
    let of = effort.plays.last().copied().unwrap_or(0);
    for &step in steps {
        if surveyed.plays.as_ref().is_some_and(|plays| plays.made >= step) {
            continue;
        }
        series.play_to(step, |made| {
            watch.stage(Stage::Playing { made, of });
            watch.go_on()
        })?;
        surveyed.plays = Some(Arc::new(Plays::of(series)));
        watch.tell(surveyed);
    }
    ControlFlow::Continue(())
}

/// Looks on while something is looked for, tells how far it is, and lets the thread rest now and then.
struct Watch<'a> {
    shared: &'a Shared,
    changes: u64,
    stage: Stage,
    spell: Spell,
}

impl<'a> Watch<'a> {
    fn of(shared: &'a Shared, changes: u64) -> Self {
        Self { shared, changes, stage: Stage::Waiting, spell: Spell::begin() }
    }

    fn go_on(&self) -> ControlFlow<()> {
        if self.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn tell(&self, surveyed: &Surveyed) {
        self.shared.tell(self.changes, Some(self.stage), Some(surveyed));
    }

    fn stage(&mut self, stage: Stage) {
        self.stage = stage;
        if self.spell.is_over() {
            self.shared.tell(self.changes, Some(stage), None);
            self.spell.rest();
        }
    }
}

impl Progress for Watch<'_> {
    fn report(&mut self, stage: Solving) {
        self.stage(Stage::Solving(stage));
    }

    fn is_stopped(&self) -> bool {
        self.shared.changes.load(Ordering::Relaxed) != self.changes
    }
}
