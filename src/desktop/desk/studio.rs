//! Studio at the desk.

use super::Desk;
use crate::desktop::Screen;
use crate::desktop::redraw::Rate;
use crate::desktop::screens::studio::{Action, Bench, View, figures, shelf};
use crate::studio::Studio;

impl Desk {
    pub fn studio_view(&self) -> View {
        match &self.studio {
            Some(studio) => View::Bench(Box::new(Bench::of(studio))),
            None => View::Shelf(self.shelf_view()),
        }
    }

    fn shelf_view(&self) -> shelf::View {
        let files = self.library.entries().map(|entry| shelf::File {
            name: entry.slug().map_or_else(|| entry.place(), str::to_owned),
            title: entry.scenario.as_ref().map_or_else(|_| entry.file_name.clone(), |scenario| scenario.title.clone()),
            place: entry.place(),
        });
        shelf::View { files: files.collect() }
    }

    /// How often Studio is to be drawn for what comes about by itself: findings are waited for, frame by frame.
    pub fn studio_rate(&self) -> Rate {
        match &self.studio {
            Some(studio) if studio.is_checking() || studio.drawing().is_busy() => Rate::Speaking,
            // What the background plays come to is no reason to draw more often than it is read.
            Some(studio) if studio.survey().is_running() || studio.proving().is_busy() => Rate::Waiting,
            _ => Rate::Still,
        }
    }

    /// Something was done in Studio.
    pub fn in_studio(&mut self, action: Action) -> Option<Screen> {
        match action {
            Action::Shelf(shelf::Action::Open(name)) => self.open_in_studio(&name),
            Action::Edit(change) => self.with_studio(|studio| studio.edit(change)),
            Action::Undo => self.with_studio(|studio| {
                studio.undo();
            }),
            Action::Redo => self.with_studio(|studio| {
                studio.redo();
            }),
            Action::Talk(action) => match action {},
            Action::Figures(figures::Action::Pause(paused)) => self.with_studio(|studio| studio.pause_survey(paused)),
            Action::Figures(figures::Action::Prove) => self.with_studio(Studio::prove),
            Action::Close => self.studio = None,
            Action::Leave => return Some(Screen::Home),
        }
        None
    }

    fn open_in_studio(&mut self, name: &str) {
        match self.library.find(name) {
            Ok(entry) => self.studio = Some(Studio::open(&entry.file_name, entry.source.text())),
            Err(error) => self.tell(error.to_string()),
        }
    }

    fn with_studio(&mut self, act: impl FnOnce(&mut Studio)) {
        if let Some(studio) = &mut self.studio {
            act(studio);
        }
    }
}
