//! What lies on the desk: the person, the scenarios at hand, the call that is on. Knows nothing of drawing.
//!
//! The screens draw views of it and return actions; the wiring passes those here, and what comes back is where to go
//! next. All of it can be played without a window, and the tests do.

mod call;
mod cards;
mod hearing;
mod person;
mod records;
mod review;
mod studio;
mod team;
mod together;
mod views;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::attempt::{Attempt, Recorder, Store, Verdict, replay};
use crate::board::Entry;
use crate::desktop::Screen;
use crate::desktop::screens::progress::finished_run;
use crate::history::{FinishedRun, History};
use crate::library::{self, Library};
use crate::scenario::Scenario;
use crate::scenario::load::load;
use crate::scoring::review::Deck;
use crate::settings::{self, Folders, Settings};
use crate::studio::Studio;

pub use call::Running;
pub use hearing::AfterCallSeen;
pub use person::Personal;
pub use records::Records;
pub use review::Reviewing;
use studio::Files;
#[cfg(test)]
pub(in crate::desktop) use studio::converse;
pub use team::BoardAsked;
pub use together::Together;
pub(in crate::desktop) use together::Wake;

/// The scenario that everyone plays first.
const FIRST: &str = "can-i-have-it-on";

/// The desk.
#[derive(Debug)]
pub struct Desk {
    pub folders: Folders,
    /// What Simmer did and what went wrong, for a person to send.
    pub log_file: PathBuf,
    pub settings: Settings,
    pub library: Library,
    pub store: Store,
    history: Option<History>,
    /// Every finished run on this computer, newest first.
    pub finished: Vec<FinishedRun>,
    /// What is kept of the person who plays, besides settings and runs.
    pub personal: Personal,
    /// The review cards of who plays.
    pub deck: Deck,
    /// The cards that are being answered.
    reviewing: Option<Reviewing>,
    /// Today by number.
    today: i64,
    /// In place of the calendar: for scripts and tests, whose cards come back on days of their own.
    pub fixed_today: Option<i64>,
    /// The seed of every call that begins: for scripts and tests, which must meet the same customer each time.
    pub fixed_seed: Option<u64>,
    /// Whoever was chosen is met to practise.
    practising: bool,
    /// The scenario being prepared.
    pub chosen: Option<Arc<Scenario>>,
    pub running: Option<Running>,
    /// The folders that were named besides the person's own.
    scenario_folders: Vec<PathBuf>,
    /// The file on Studio’s bench.
    studio: Option<Studio>,
    files: Files,
    /// The calls that were left before their end, played up to where they stand; the last one first.
    left: Vec<Recorder>,
    /// Which board is looked at, and what stands on it.
    pub board: BoardAsked,
    /// What is known of the team of whoever plays.
    together: Together,
    /// Records for a learning system, of everybody who plays here.
    records: Records,
    wake: Wake,
    /// Where what was heard leads to.
    lead: Option<Screen>,
    /// Where the last export was written to, or why it was not.
    pub exported: Option<Result<String, String>>,
    /// Something the person should know, until they have read it.
    pub notice: Option<String>,
}

impl Desk {
    /// Sets the desk: settings, scenarios, attempts and the index over them. Trouble with any of them becomes a notice.
    pub fn open(folders: Folders, scenario_folders: &[PathBuf]) -> Self {
        let loaded = settings::load(&folders.settings());
        let language = &loaded.settings.preferences().language;
        let library = Library::open(Some(&folders.scenarios), scenario_folders).speaking(language);
        let store = Store::open(&folders.data);
        let mut desk = Self {
            log_file: folders.log.join("simmer.log"),
            settings: loaded.settings,
            library,
            store,
            history: None,
            finished: Vec::new(),
            personal: Personal::default(),
            deck: Deck::default(),
            reviewing: None,
            today: 0,
            fixed_today: None,
            fixed_seed: None,
            practising: false,
            chosen: None,
            running: None,
            scenario_folders: scenario_folders.to_owned(),
            studio: None,
            files: Files::load(&folders),
            left: Vec::new(),
            board: BoardAsked::default(),
            together: Together::default(),
            records: Records::default(),
            wake: Wake::default(),
            lead: None,
            exported: None,
            notice: loaded.message,
            folders,
        };
        desk.follow_calendar();
        let has_new_runs = desk.open_history();
        desk.sit_down();
        if has_new_runs {
            desk.make_cards();
        }
        desk.open_records();
        desk
    }

    /// Where the window opens.
    pub fn first_screen(&self) -> Screen {
        if self.files.opens_first {
            Screen::Studio
        } else if self.settings.player.is_none() {
            Screen::Welcome
        } else {
            Screen::Home
        }
    }

    /// The pseudonym of who plays.
    pub fn player(&self) -> &str {
        self.settings.player.as_deref().unwrap_or_default()
    }

    /// The finished runs of who plays, newest first.
    pub fn my_runs(&self) -> impl Iterator<Item = &FinishedRun> {
        self.finished.iter().filter(|run| run.player == self.player())
    }

    /// How many calls they have finished.
    pub fn runs(&self) -> u32 {
        u32::try_from(self.my_runs().count()).unwrap_or(u32::MAX)
    }

    /// The call that was left last, before its end.
    pub fn unfinished(&self) -> Option<&Recorder> {
        self.left.first()
    }

    /// The call of this scenario that was left last, before its end.
    pub fn left_of(&self, slug: &str) -> Option<&Recorder> {
        self.left.iter().find(|recorder| recorder.scenario().slug == slug)
    }

    /// The next customer in line: the easiest that has not been met and is not on the line already.
    pub fn next_customer(&self) -> Option<&Arc<Scenario>> {
        let met = |scenario: &Scenario| {
            self.left_of(&scenario.slug).is_some() || self.my_runs().any(|run| run.scenario == scenario.slug)
        };
        self.library.scenarios().find(|scenario| !met(scenario))
    }

    /// Whether a run of this scenario counts on the board: the first that was finished and was no practice.
    pub fn counts_already(&self, slug: &str) -> bool {
        self.my_runs().any(|run| run.scenario == slug && !run.practice)
    }

    /// The scenario of which the next finished run would count: that of the next customer in line, then the easiest that
    /// has only been practised. A call that was left before its end is gone on with instead.
    pub fn next_to_count(&self) -> Option<&Arc<Scenario>> {
        let still_open =
            |scenario: &Scenario| self.left_of(&scenario.slug).is_none() && !self.counts_already(&scenario.slug);
        self.next_customer().or_else(|| self.library.scenarios().find(|scenario| still_open(scenario)))
    }

    /// The scenario that everyone plays first.
    pub fn first_customer(&self) -> Option<Arc<Scenario>> {
        let scenario = self.library.find(FIRST).ok().and_then(|entry| entry.scenario.as_ref().ok().cloned());
        scenario.or_else(|| self.library.scenarios().next().cloned())
    }

    /// The playable scenario of this name.
    pub fn scenario(&self, slug: &str) -> Option<Arc<Scenario>> {
        self.library.find(slug).ok().and_then(|entry| entry.scenario.as_ref().ok().cloned())
    }

    /// Files of which no scenario came.
    pub fn broken_files(&self) -> impl Iterator<Item = &Arc<library::Entry>> {
        self.library.entries().filter(|entry| entry.scenario.is_err())
    }

    /// Tells the person, in place of what was told before.
    pub fn tell(&mut self, words: impl Into<String>) {
        let words = words.into();
        tracing::warn!("{words}");
        self.notice = Some(words);
    }

    /// Takes in what came about by itself: the best playthrough was found, attempts were read, a day has begun. Says
    /// whether anything did.
    pub fn look_around(&mut self) -> bool {
        let in_studio = self.studio.as_mut().is_some_and(Studio::look_around) | self.keep_studio();
        let found = [
            self.look_for_reachable(),
            self.look_for_attempts(),
            self.follow_calendar(),
            in_studio,
            self.hear_from_the_team(),
            self.hear_of_records(),
        ];
        found.contains(&true)
    }

    /// The person has sat down, or someone else has: their unfinished call, their introductions, their goal and their
    /// cards.
    fn sit_down(&mut self) {
        self.personal = Personal::load(&self.folders, self.player());
        self.take_out_cards();
        self.sit_with_the_team();
        self.left.clear();
        if self.settings.player.is_none() {
            return;
        }
        match self.store.unfinished(self.player()) {
            Ok(kept) => kept.into_iter().for_each(|kept| self.find_left(kept.attempt)),
            Err(error) => self.tell(error.to_string()),
        }
        match self.store.set_aside(self.player()) {
            Ok(aside) => aside.into_iter().for_each(|kept| self.find_left(kept.attempt)),
            Err(error) => self.tell(error.to_string()),
        }
    }

    /// A call that was left, played up to where it stands.
    fn find_left(&mut self, attempt: Attempt) {
        // A run that counts is of the published words alone.
        let scenario =
            if attempt.start.is_some() { self.very_scenario_of(&attempt) } else { self.scenario_of(&attempt) };
        let Some(scenario) = scenario else {
            self.tell("A call was left before its end, but its scenario is not here any more.");
            return;
        };
        match Recorder::resume(scenario, attempt) {
            Ok(recorder) => self.left.push(recorder),
            Err(error) => self.tell(format!("The call that was left cannot go on: {error}.")),
        }
    }

    /// The scenario that an attempt was played on: as it stands in the library, or the kept copy of it.
    fn scenario_of(&self, attempt: &Attempt) -> Option<Arc<Scenario>> {
        let fits = |scenario: &&Arc<Scenario>| {
            scenario.hashes.full == attempt.full_hash
                || scenario.slug == attempt.scenario && scenario.hashes.structure == attempt.structure_hash
        };
        if let Some(scenario) = self.library.scenarios().find(fits) {
            return Some(Arc::clone(scenario));
        }
        let text = self.store.scenario_text(attempt.full_hash).ok().flatten()?;
        load("the kept copy", text.as_bytes()).scenario.map(Arc::new)
    }

    /// The very scenario that an attempt was played on, to judge it by; where it is gone, one that differs in its wording.
    fn very_scenario_of(&self, attempt: &Attempt) -> Option<Arc<Scenario>> {
        let very = |scenario: &&Arc<Scenario>| scenario.hashes.full == attempt.full_hash;
        if let Some(scenario) = self.library.scenarios().find(very) {
            return Some(Arc::clone(scenario));
        }
        let text = self.store.scenario_text(attempt.full_hash).ok().flatten();
        let kept = text.and_then(|text| load("the kept copy", text.as_bytes()).scenario);
        kept.map(Arc::new).or_else(|| self.scenario_of(attempt))
    }

    pub(super) fn save_settings(&mut self) {
        if let Err(error) = settings::save(&self.folders.settings(), &self.settings) {
            self.tell(error.to_string());
        }
    }

    /// Opens the index and brings it in line with the files. Whether there were any that it did not know.
    fn open_history(&mut self) -> bool {
        let path = self.folders.data.join("history.sqlite");
        let made = std::fs::create_dir_all(&self.folders.data);
        if let Err(error) = made {
            self.tell(format!("The data folder {} cannot be made: {error}.", self.folders.data.display()));
            return false;
        }
        match History::open(&path) {
            Ok(history) => {
                self.history = Some(history);
                self.read_history();
                let changed = self.follow_the_files();
                if changed {
                    self.read_history();
                }
                changed
            }
            Err(error) => {
                self.tell(error.to_string());
                false
            }
        }
    }

    fn read_history(&mut self) {
        let Some(history) = &mut self.history else { return };
        match history.all() {
            Ok(finished) => self.finished = finished,
            Err(error) => self.tell(format!("The index of finished runs cannot be read: {error}.")),
        }
    }

    /// Brings the index in line with the attempts, which are the truth: takes in the finished runs it does not know (one
    /// from the terminal, a file copied in by hand, all of them where the index was lost) and drops those whose file is
    /// gone. Whether anything changed. Files whose run is in the index are not read.
    fn follow_the_files(&mut self) -> bool {
        // A folder that cannot be read says nothing about what is in it.
        let Ok(paths) = self.store.paths() else { return false };
        let name = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let known: BTreeSet<String> = self.finished.iter().map(|run| run.attempt.clone()).collect();
        let mut there = BTreeSet::new();
        let mut changed = false;
        for path in paths {
            let name = name(&path);
            if known.contains(&name) {
                there.insert(name);
                continue;
            }
            let Ok(kept) = self.store.load(&path) else { continue };
            let id = kept.attempt.id.to_string();
            let is_new = there.insert(id.clone()) && !known.contains(&id);
            if is_new && self.take_in(&kept.attempt) {
                changed = true;
            }
        }
        let gone: Vec<&String> = known.difference(&there).collect();
        if let Some(history) = &mut self.history {
            for attempt in gone {
                match history.drop_attempt(attempt) {
                    Ok(()) => changed = true,
                    Err(error) => tracing::warn!(%error, "a run whose file is gone stays in the index"),
                }
            }
        }
        changed
    }

    /// Adds the run of an attempt to the index, if it is finished and holds.
    fn take_in(&mut self, attempt: &Attempt) -> bool {
        // A rewind is a turn of another run, and stands for itself only while it is played.
        if attempt.ended.is_none() || attempt.rewound.is_some() {
            return false;
        }
        let Some(scenario) = self.very_scenario_of(attempt) else { return false };
        let replayed = replay(&scenario, attempt);
        let holds = matches!(replayed.verdict, Verdict::Holds | Verdict::AnotherWording { same_score: true, .. });
        let Some(played) = replayed.played.as_ref().filter(|_| holds) else { return false };
        self.keep(&finished_run(&Entry::of(&scenario, attempt, played)));
        true
    }

    /// Adds a finished run to the index.
    fn keep(&mut self, run: &FinishedRun) {
        let Some(history) = &mut self.history else { return };
        if let Err(error) = history.record(run) {
            self.tell(format!("The run is saved, but the index of finished runs cannot be written: {error}."));
        }
    }
}

#[cfg(test)]
mod tests;
