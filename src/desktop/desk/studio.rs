//! Studio at the desk.

mod files;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::Desk;
use crate::authoring::new::scaffold;
use crate::desktop::Screen;
use crate::desktop::redraw::Rate;
use crate::desktop::screens::studio::{Action, Bench, View, figures, file, shelf, talk};
use crate::library::{Library, Origin};
use crate::settings::typed_path;
use crate::studio::Studio;
use crate::studio::keeping::{Archive, Keeping, NotSaved, OpenError, free_name, path_typed};
use crate::studio::live::Live;

pub(super) use files::Files;

impl Desk {
    pub fn studio_view(&self) -> View {
        match &self.studio {
            Some(studio) => View::Bench(Box::new(Bench::of(studio, self.files.facts(Timestamp::now())))),
            None => View::Shelf(self.shelf_view()),
        }
    }

    fn shelf_view(&self) -> shelf::View {
        let entries: Vec<_> = self.library.entries().map(Arc::clone).collect();
        shelf::View::of(&shelf::Given {
            entries: &entries,
            drafts: &self.archive().drafts(),
            recent: &self.files.recent,
            note: self.files.note.as_deref(),
            problem: self.files.problem.as_deref(),
            offered: self.files.offered.as_deref(),
            now: Timestamp::now(),
        })
    }

    /// How often Studio is to be drawn for what comes about by itself: findings, and ways to a node, are waited for,
    /// frame by frame; the disk is looked at now and then.
    pub fn studio_rate(&self) -> Rate {
        match &self.studio {
            Some(studio) if studio.is_busy() || studio.drawing().is_busy() => Rate::Speaking,
            // What the background plays come to is no reason to draw more often than the disk is looked at.
            Some(_) => Rate::Waiting,
            None => Rate::Still,
        }
    }

    /// Whether a draft may be due, or a file may change, while nobody looks at the window.
    pub fn studio_keeps_time(&self) -> bool {
        self.studio.as_ref().is_some_and(|studio| studio.keeping().keeps_time())
    }

    /// Opens the window in Studio: with a file, an id of the library, or the shelf. What is not there is offered as new.
    ///
    /// # Errors
    /// What cannot lie on the bench, and how to mend it.
    pub fn begin_in_studio(&mut self, file: Option<&str>) -> Result<(), String> {
        self.files.opens_first = true;
        let Some(file) = file else { return Ok(()) };
        match self.open_typed(file) {
            Err(OpenError::NotThere(path)) => {
                let path = path_typed(&path.display().to_string(), &self.folders.scenarios);
                self.files.offered = Some(path.map_err(|unfit| unfit.to_string())?);
                Ok(())
            }
            opened => opened.map_err(|error| error.to_string()),
        }
    }

    /// Something was done in Studio.
    pub fn in_studio(&mut self, action: Action) -> Option<Screen> {
        match action {
            Action::Shelf(action) => self.at_the_shelf(action),
            Action::File(action) => return self.with_the_file(action),
            Action::Edit(change) => self.with_studio(|studio| studio.edit(change)),
            Action::Ask(wish) => self.with_studio(|studio| studio.ask(wish)),
            Action::Undo => self.with_studio(|studio| {
                studio.undo();
            }),
            Action::Redo => self.with_studio(|studio| {
                studio.redo();
            }),
            Action::Talk(action) => self.with_studio(|studio| converse(studio.live_mut(), action)),
            Action::Figures(figures::Action::Pause(paused)) => self.with_studio(|studio| studio.pause_survey(paused)),
            Action::Figures(figures::Action::Prove) => self.with_studio(Studio::prove),
            Action::Figures(figures::Action::StopProving) => self.with_studio(Studio::stop_proving),
            Action::Close => self.close_studio(),
            Action::Leave => {
                self.files.said_nothing();
                return Some(if self.settings.player.is_none() { Screen::Welcome } else { Screen::Home });
            }
        }
        None
    }

    /// Keeps what is not saved at once. Also what happens when the window is closed.
    pub fn put_studio_down(&mut self) {
        self.with_studio(|studio| studio.put_down(Timestamp::now()));
    }

    /// Goes on keeping what is written. Whether anything came of it.
    pub(super) fn keep_studio(&mut self) -> bool {
        self.studio.as_mut().is_some_and(|studio| studio.keep(Timestamp::now()))
    }

    /// Where a call leads that is over: back to Studio, if it was practised from there.
    pub(super) fn after_practice(&mut self) -> Screen {
        if std::mem::take(&mut self.files.comes_back) { Screen::Studio } else { Screen::Home }
    }

    /// The text on the bench.
    #[cfg(test)]
    pub fn studio_text(&self) -> Option<&Arc<str>> {
        self.studio.as_ref().map(|studio| studio.document().text())
    }

    fn archive(&self) -> Archive {
        Archive::of(&self.folders)
    }

    fn at_the_shelf(&mut self, action: shelf::Action) {
        self.files.said_nothing();
        let opened = match action {
            shelf::Action::GoOn(key) => self.go_on_writing(&key),
            shelf::Action::Open(path) => self.open_path(&path),
            shelf::Action::OpenCopy(name) => {
                self.open_shipped(&name);
                Ok(())
            }
            shelf::Action::OpenTyped(typed) => self.open_typed(&typed),
            shelf::Action::Begin(beginning) => {
                self.files.problem = self.begin_scenario(beginning).err();
                return;
            }
        };
        if let Err(error) = opened {
            self.files.problem = Some(error.to_string());
        }
    }

    fn open_typed(&mut self, typed: &str) -> Result<(), OpenError> {
        let path = typed_path(typed);
        if !path.exists()
            && let Ok(entry) = self.library.find(typed)
        {
            if let Some(path) = &entry.path {
                return self.open_path(path);
            }
            self.open_shipped(&entry.file_name);
            return Ok(());
        }
        self.open_path(&path)
    }

    fn open_path(&mut self, path: &Path) -> Result<(), OpenError> {
        let (keeping, text) = Keeping::open(self.archive(), path, Timestamp::now())?;
        self.lay_on_bench(keeping, &text);
        Ok(())
    }

    fn open_shipped(&mut self, file_name: &str) {
        let Some(text) = self.shipped_text(file_name) else { return };
        let keeping = Keeping::open_shipped(self.archive(), file_name, &text);
        self.lay_on_bench(keeping, &text);
    }

    fn shipped_text(&self, file_name: &str) -> Option<String> {
        let mut shipped = self.library.as_written().filter(|entry| entry.origin == Origin::Shipped);
        shipped.find(|entry| entry.file_name == file_name).map(|entry| entry.source.text().to_owned())
    }

    fn go_on_writing(&mut self, key: &str) -> Result<(), OpenError> {
        let Some(draft) = self.archive().drafts().into_iter().find(|draft| draft.place.key() == key) else {
            return Ok(());
        };
        let now = Timestamp::now();
        let (keeping, text) = Keeping::open_draft(self.archive(), &draft, |name| self.shipped_text(name), now)?;
        self.lay_on_bench(keeping, &text);
        self.with_studio(|studio| studio.accept_draft(now));
        Ok(())
    }

    fn begin_scenario(&mut self, beginning: shelf::Beginning) -> Result<(), String> {
        let shelf::Beginning { title, id, channel, path } = beginning;
        let archive = self.archive();
        let path = path.unwrap_or_else(|| archive.scenarios.join(format!("{id}.ron")));
        let is_known = |id: &str| self.library.entries().any(|entry| entry.slug() == Some(id));
        let is_free = |name: &str| {
            !is_known(name.strip_suffix(".ron").unwrap_or(name)) && archive.is_free(&path.with_file_name(name))
        };
        let name = format!("{id}.ron");
        if is_known(&id) || !archive.is_free(&path) {
            let free = free_name(&name, is_free);
            let would = free.strip_suffix(".ron").unwrap_or(&free);
            return Err(format!("There is a scenario {id} already. {would} would do."));
        }
        let text = match channel {
            Some(channel) => {
                let title = Some(title.as_str()).filter(|title| !title.is_empty());
                scaffold(&id, title, channel).map_err(|error| error.to_string())?
            }
            None => String::new(),
        };
        self.files.offered = None;
        self.lay_on_bench(Keeping::begin(archive, &path, &text), &text);
        Ok(())
    }

    fn lay_on_bench(&mut self, keeping: Keeping, text: &str) {
        self.put_studio_down();
        self.files.is_opened();
        if let Some(path) = keeping.place().path() {
            self.remember(&path.to_owned());
        }
        self.studio = Some(Studio::keeping_with(keeping, text));
    }

    /// Remembers a file that the library does not show.
    fn remember(&mut self, path: &PathBuf) {
        let known = self.library.entries().any(|entry| entry.path.as_ref() == Some(path));
        if !known && !path.starts_with(&self.folders.scenarios) {
            self.files.remember(path, &self.folders);
        }
    }

    fn close_studio(&mut self) {
        self.put_studio_down();
        self.files.said_nothing();
        if let Some(studio) = self.studio.take() {
            let keeping = studio.keeping();
            if keeping.is_drafted() {
                let name = studio.document().name();
                self.files.note =
                    Some(format!("What you wrote in {name} is not saved. It is kept, and stands under Go on."));
            } else if let Some(trouble) = keeping.trouble() {
                // No draft could be kept: the text stays where it is.
                self.files.problem = Some(trouble);
                self.studio = Some(studio);
            }
        }
        self.read_library_anew();
    }

    fn with_the_file(&mut self, action: file::Action) -> Option<Screen> {
        let now = Timestamp::now();
        self.files.said_nothing();
        let scenarios = self.folders.scenarios.clone();
        let studio = self.studio.as_mut()?;
        match action {
            file::Action::Save => {
                let saved = studio.save(now);
                self.is_saved(saved, None);
            }
            file::Action::SaveAs { typed, replaces } => match path_typed(&typed, &scenarios) {
                Ok(path) => {
                    let saved = studio.save_as(&path, replaces, now);
                    self.is_saved(saved, Some(typed));
                }
                Err(unfit) => self.files.ask(typed, unfit.to_string(), false),
            },
            file::Action::ShowCopies => studio.ask_for_copies(now),
            file::Action::Restore(copy) => {
                if let Err(error) = studio.restore(&copy, now) {
                    self.files.problem = Some(error.to_string());
                }
            }
            file::Action::TakeDraft => studio.accept_draft(now),
            file::Action::LeaveDraft => {
                if let Err(error) = studio.decline_draft(now) {
                    self.files.problem = Some(error.to_string());
                }
            }
            file::Action::Compare => studio.look_at_clash(now),
            file::Action::DecideLater => studio.postpone_clash(),
            file::Action::Decide { clash, resolution } => {
                let saved = studio.resolve(clash, &resolution, now);
                self.is_saved(saved, None);
            }
            file::Action::Practise => return self.practise_from_studio(),
        }
        None
    }

    /// What became of saving. `typed`: the name that was given.
    fn is_saved(&mut self, saved: Result<Option<PathBuf>, NotSaved>, typed: Option<String>) {
        match saved {
            Ok(Some(path)) => {
                self.files.saves += 1;
                self.read_library_anew();
                self.remember(&path);
            }
            // The clash shows by itself.
            Ok(None) | Err(NotSaved::Clash) => {}
            Err(NotSaved::Taken(path)) => self.ask_for_name(&path, typed),
            Err(NotSaved::Failed(error)) => self.files.problem = Some(error.to_string()),
        }
    }

    /// There is a file already where the text would go. `typed`: the name that was given.
    fn ask_for_name(&mut self, path: &Path, typed: Option<String>) {
        if let Some(typed) = typed {
            let why = format!("{} is there already. Replacing keeps it among the earlier copies.", path.display());
            self.files.ask(typed, why, true);
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = &self.folders.scenarios;
        let free = free_name(&name, |name| folder.join(name).symlink_metadata().is_err());
        let why = format!("{name} is in your scenarios folder already, so this copy needs another name.");
        self.files.ask(free, why, false);
    }

    /// What was saved is met by everybody at once.
    fn read_library_anew(&mut self) {
        let language = &self.settings.preferences().language;
        self.library = Library::open(Some(&self.folders.scenarios), &self.scenario_folders).speaking(language);
    }

    /// Takes the call that is on the bench, as practice, and comes back here after it.
    fn practise_from_studio(&mut self) -> Option<Screen> {
        let studio = self.studio.as_ref()?;
        let checked = Arc::clone(studio.checked());
        let problem = if checked.version != studio.document().version() {
            Some("The text is still being read. Try again in a moment.")
        } else if checked.scenario.is_none() {
            Some("This cannot be played yet: the findings say what stands in the way.")
        } else if self.settings.player.is_none() {
            Some("Calls belong to somebody: close Studio and give a name first.")
        } else {
            None
        };
        self.files.problem = problem.map(str::to_owned);
        let scenario = checked.scenario.clone().filter(|_| problem.is_none())?;
        // The call may be looked back at when the text has long been another.
        if let Err(error) = self.store.keep_scenario(scenario.hashes.full, studio.document().text()) {
            self.files.problem = Some(error.to_string());
            return None;
        }
        self.put_studio_down();
        self.files.comes_back = true;
        self.practising = true;
        let mode = self.mode();
        Some(self.begin(scenario, mode, None))
    }

    fn with_studio(&mut self, act: impl FnOnce(&mut Studio)) {
        if let Some(studio) = &mut self.studio {
            act(studio);
        }
    }
}

/// Something was done in the conversation beside the text. What is refused changes nothing: the view offers nothing that
/// would be.
pub(in crate::desktop) fn converse(live: &mut Live, action: talk::Action) {
    match action {
        talk::Action::Begin => live.begin(),
        talk::Action::BeginAt(encounter, node) => live.begin_at(encounter, node),
        talk::Action::StandAt(encounter, node) => live.stand_at(encounter, node),
        talk::Action::Take(input) => {
            let _ = live.take(&input);
        }
        talk::Action::HearOut => live.hear_out(),
        talk::Action::Back => {
            live.back();
        }
        talk::Action::Edit(edit) => live.edit(edit),
        talk::Action::Reseed(seed) => live.reseed(seed),
    }
}
