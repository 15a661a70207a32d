//! The graph: nodes, endings and the replies that lead from one to the next, in step with the text.
//!
//! It is laid out on a thread, in [`crate::studio::graph`]; here it is moved, drawn and walked through. The drawing is one
//! thing that takes the focus, and tells where one stands in it; as a list it is a row for each place.

mod canvas;
mod list;
mod marks;
mod overlay;
mod paint;
mod scene;
mod sight;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use std::sync::Arc;

use egui::{Ui, UiBuilder, vec2};

use self::marks::Marks;
use self::overlay::{Known, Overlay};
use self::scene::Scene;
use self::sight::Sight;
use self::walk::Walk;
use super::figures::words as figures;
use super::ui::Answer;
use crate::desktop::screens::page;
use crate::desktop::theme::widgets::{keyed_action, paragraph};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::Studio;
use crate::studio::checking::Checked;
use crate::studio::graph::{Drawn, Places};
use crate::studio::survey::{State, Surveyed, Who};

/// What the pane says.
#[derive(Debug)]
pub struct View {
    /// The last graph that could be drawn.
    pub drawn: Option<Arc<Drawn>>,
    pub places: Arc<Places>,
    pub checked: Arc<Checked>,
    pub surveyed: Option<Arc<Surveyed>>,
    pub survey: State,
}

impl View {
    pub fn of(studio: &Studio) -> Self {
        Self {
            drawn: studio.drawing().drawn().cloned(),
            places: Arc::clone(studio.drawing().places()),
            checked: Arc::clone(studio.checked()),
            surveyed: studio.survey().surveyed().cloned(),
            survey: studio.survey().state(),
        }
    }
}

/// What the pane keeps: where one looks, and where one walks.
#[derive(Debug, Default)]
pub struct Memory {
    loaded: Option<Loaded>,
    sheet: usize,
    /// By sheet; none where it was not looked at yet.
    sights: Vec<Option<Sight>>,
    walk: Walk,
    /// Where the caret was when it was last followed: the sheet and the place.
    followed: Option<(usize, usize)>,
    overlay: Overlay,
    who: Option<Who>,
    as_list: bool,
    wants_focus: bool,
    /// The place and the row that are pointed at, or the way.
    pointed: Option<Pointed>,
}

/// How near one wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zoom {
    By(i32),
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointed {
    Place(usize, Option<usize>),
    Way(usize),
}

/// What is made once for each drawing and each look at the text.
#[derive(Debug)]
struct Loaded {
    drawn: Arc<Drawn>,
    scenes: Vec<Scene>,
    places: Arc<Places>,
    checked: Arc<Checked>,
    /// By sheet.
    marks: Vec<Marks>,
}

impl Memory {
    /// The focus goes to the drawing.
    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Takes in what is new. What is in sight stays where it is on the screen.
    fn take_in(&mut self, drawn: &Arc<Drawn>, view: &View) {
        let marked = |drawn: &Drawn| {
            (0..drawn.boxes.len()).map(|sheet| Marks::of(drawn, sheet, &view.places, &view.checked)).collect()
        };
        match &mut self.loaded {
            Some(loaded) if Arc::ptr_eq(&loaded.drawn, drawn) => {
                let is_known = Arc::ptr_eq(&loaded.places, &view.places) && Arc::ptr_eq(&loaded.checked, &view.checked);
                // Findings and places of two texts do not fit each other.
                if !is_known && view.places.version == view.checked.version {
                    loaded.marks = marked(drawn);
                    loaded.checked = Arc::clone(&view.checked);
                }
                loaded.places = Arc::clone(&view.places);
            }
            before => {
                let scenes: Vec<_> =
                    drawn.graph.sheets.iter().zip(&drawn.boxes).map(|(sheet, boxes)| Scene::of(sheet, boxes)).collect();
                self.sheet = self.sheet.min(scenes.len().saturating_sub(1));
                self.sights.resize(scenes.len(), None);
                let sheet = self.sheet;
                let now = (drawn.graph.sheets.get(sheet), scenes.get(sheet));
                if let (Some(before), (Some(now), Some(scene))) = (&before, now)
                    && let (Some(old), Some(old_scene)) =
                        (before.drawn.graph.sheets.get(sheet), before.scenes.get(sheet))
                {
                    let stood = old_scene.boxes.get(self.walk.place).map(|rect| rect.min);
                    self.walk.follow(old, now);
                    if let (Some(stood), Some(Some(sight))) = (stood, self.sights.get_mut(sheet)) {
                        sight.follow(scene.boxes[self.walk.place].min - stood);
                    }
                } else {
                    self.walk = Walk::default();
                }
                *before = Some(Loaded {
                    drawn: Arc::clone(drawn),
                    scenes,
                    places: Arc::clone(&view.places),
                    checked: Arc::clone(&view.checked),
                    marks: marked(drawn),
                });
            }
        }
    }
}

/// Draws the pane. `caret`: where the caret stands in the text, in bytes.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, caret: usize, memory: &mut Memory, answer: &mut Answer) {
    let room = ui.available_rect_before_wrap().shrink2(vec2(2.0 * style::GRID, style::GRID));
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        let Some(drawn) = &view.drawn else {
            let words = if view.checked.scenario.is_some() {
                "The graph is being drawn."
            } else {
                "The graph is drawn as soon as the text can be played. Until then the findings say what is missing."
            };
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
            return;
        };
        memory.take_in(drawn, view);
        let Some(loaded) = memory.loaded.take() else { return };
        let here = caret_place(&loaded, caret);
        let follows = here.map(|(sheet, place, _)| (sheet, place));
        let is_new_place = follows.is_some() && follows != memory.followed;
        if is_new_place {
            memory.followed = follows;
            if let Some((sheet, place, row)) = here {
                memory.sheet = sheet;
                memory.walk.jump(place, way_of(&loaded, sheet, place, row));
            }
        }
        let zoom = tools(ui, theme, &loaded, memory);
        if view.checked.scenario.is_none() {
            let words = "The text has errors. This is the graph of the last text that could be played.";
            paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, words);
        }
        let surveyed = view.surveyed.as_ref();
        let surveyed = surveyed.filter(|known| known.scenario.hashes.structure == drawn.hashes.structure);
        let known = Known { drawn, sheet: memory.sheet, surveyed };
        if memory.as_list {
            list::show(ui, theme, &loaded, &known, memory.sheet, answer);
        } else {
            canvas::Canvas { theme, view, loaded: &loaded, known: &known, here, is_new_place }
                .show(ui, memory, zoom, answer);
        }
        memory.loaded = Some(loaded);
    });
}

/// The sheet, the place and the row that the caret is in.
fn caret_place(loaded: &Loaded, caret: usize) -> Option<(usize, usize, Option<usize>)> {
    let spot = loaded.places.at(caret)?;
    let place = marks::place_of(&loaded.drawn, &loaded.places, spot)?;
    Some((spot.encounter, place, marks::row_of(&loaded.drawn, &loaded.places, spot, place)))
}

/// The plain way of a row, by its place among those that leave.
fn way_of(loaded: &Loaded, sheet: usize, place: usize, row: Option<usize>) -> Option<usize> {
    let ways = &loaded.drawn.graph.sheets[sheet].ways;
    loaded.scenes[sheet].leaving[place].iter().position(|way| Some(ways[*way].row) == row)
}

/// Which encounter, what is laid over it, and how large.
fn tools(ui: &mut Ui, theme: &Theme, loaded: &Loaded, memory: &mut Memory) -> Option<Zoom> {
    let mut asked = None;
    let sheets = &loaded.drawn.graph.sheets;
    if sheets.len() > 1 {
        let options: Vec<_> = sheets.iter().enumerate().map(|(at, sheet)| (at, sheet.name.as_str())).collect();
        if let Some(sheet) = page::choose(ui, theme, "Encounter", &options, memory.sheet) {
            memory.sheet = sheet;
            memory.walk = Walk::default();
        }
    }
    if let Some(chosen) = page::choose(ui, theme, "Laid over the graph", &Overlay::ALL, memory.overlay) {
        memory.overlay = chosen;
    }
    if memory.overlay == Overlay::Reached {
        let options = Who::ALL.map(|who| (who, figures::who(who)));
        let current = memory.who.unwrap_or(Who::Random);
        memory.who = page::choose(ui, theme, "Whose calls", &options, current).or(memory.who);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * style::GRID;
        let focus = if memory.as_list { "As a drawing" } else { "As a list" };
        if keyed_action(ui, theme, "L", focus).clicked() {
            memory.as_list = !memory.as_list;
        }
        if memory.as_list {
            return;
        }
        for (key, label, zoom) in
            [("+", "Larger", Zoom::By(1)), ("−", "Smaller", Zoom::By(-1)), ("0", "All of it", Zoom::All)]
        {
            if keyed_action(ui, theme, key, label).clicked() {
                asked = Some(zoom);
            }
        }
    });
    asked
}
