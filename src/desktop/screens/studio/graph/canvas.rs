//! The drawing as a thing on the screen: moved by the pointer, walked through by keys, told to a screen reader.

use egui::{
    Align, CursorIcon, Event, Key, Modifiers, PointerButton, Rect, Response, Sense, Ui, WidgetInfo, WidgetType, vec2,
};

use super::overlay::Known;
use super::paint::{Painting, is_legible};
use super::sight::{Map, Sight};
use super::walk::Step;
use super::{Loaded, Memory, Overlay, Pointed, View, Zoom, marks, words};
use crate::authoring::graph::Sheet;
use crate::desktop::screens::reader;
use crate::desktop::screens::studio::ui::Answer;
use crate::desktop::theme::widgets::show_focus;
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::survey::{State, Who};

/// How many lines stand under the drawing.
const LINES: usize = 4;
/// How far Shift and an arrow move what is in sight, in points.
const PAN: f32 = 80.0;

pub(super) struct Canvas<'a> {
    pub(super) theme: &'a Theme,
    pub(super) view: &'a View,
    pub(super) loaded: &'a Loaded,
    pub(super) known: &'a Known<'a>,
    /// The sheet, the place and the row that hold the caret.
    pub(super) here: Option<(usize, usize, Option<usize>)>,
    /// The caret has just come there.
    pub(super) is_new_place: bool,
}

impl Canvas<'_> {
    fn sheet(&self) -> &Sheet {
        &self.loaded.drawn.graph.sheets[self.known.sheet]
    }

    fn scene(&self) -> &super::Scene {
        &self.loaded.scenes[self.known.sheet]
    }

    /// The place and the row of the caret, if they are on this sheet.
    fn caret(&self) -> Option<(usize, Option<usize>)> {
        self.here.filter(|(sheet, ..)| *sheet == self.known.sheet).map(|(_, place, row)| (place, row))
    }

    pub(super) fn show(&self, ui: &mut Ui, memory: &mut Memory, zoom: Option<Zoom>, answer: &mut Answer) {
        let whole = ui.available_rect_before_wrap();
        let foot = self.theme.line_height(TextRole::Small) * 4.0 + style::GRID;
        let pane =
            Rect::from_min_max(whole.min, egui::pos2(whole.right(), (whole.bottom() - foot).max(whole.top() + 80.0)));
        let response = ui.allocate_rect(pane, Sense::click_and_drag());
        if std::mem::take(&mut memory.wants_focus) {
            response.request_focus();
        }
        let scale = self.theme.scale.factor();
        let mut sight = memory.sights[memory.sheet].unwrap_or_else(|| self.first_sight(pane, scale));
        if let (true, Some((place, _))) = (self.is_new_place, self.caret()) {
            sight.bring(self.scene().boxes[place], pane, scale);
        }
        self.move_by_pointer(ui, &response, &mut sight);
        self.move_by_keys(ui, &response, &mut sight, zoom);
        let steps = Step::asked(ui, &response);
        for step in &steps {
            memory.walk.step(*step, self.sheet(), self.scene());
        }
        if !steps.is_empty() {
            sight.bring(self.scene().boxes[memory.walk.place], pane, scale);
        }
        let map = sight.map(pane, scale);
        memory.sights[memory.sheet] = Some(sight);

        memory.pointed = self.pointed(&response, map);
        let mut go_to = self.clicked(ui, &response, map, memory);
        if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            go_to = Some((memory.walk.place, self.walked_row(memory)));
        }
        if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::L)) {
            memory.as_list = true;
        }
        if let Some((place, row)) = go_to {
            answer.go_to = marks::span_of(&self.loaded.drawn, &self.loaded.places, self.known.sheet, place, row);
        }

        self.paint(ui, &response, map, memory);
        self.tell(ui, &response, memory);
        let below = Rect::from_min_max(egui::pos2(whole.left(), pane.bottom() + style::GRID), whole.max);
        self.paint_foot(ui, below, &response, memory);
    }

    /// All of it, or where it would be too small to be read, where the caret is.
    fn first_sight(&self, pane: Rect, scale: f32) -> Sight {
        let all = Sight::all(self.scene().bounds, pane, scale);
        if is_legible(all.map(pane, scale)) {
            return all;
        }
        let place = self.caret().map_or(1.min(self.scene().boxes.len() - 1), |(place, _)| place);
        Sight::read(self.scene().boxes[place])
    }

    fn move_by_pointer(&self, ui: &Ui, response: &Response, sight: &mut Sight) {
        let scale = self.theme.scale.factor();
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
            sight.drag(response.drag_delta(), scale);
            ui.set_cursor_icon(CursorIcon::Grabbing);
        }
        // The boxes lie above the drawing, and are part of it.
        let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|at| response.interact_rect.contains(*at));
        if let Some(pointer) = pointer.filter(|_| response.contains_pointer()) {
            let (scrolled, zoomed) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
            if (zoomed - 1.0).abs() > f32::EPSILON {
                sight.wheel(zoomed, pointer, response.rect, scale);
            } else {
                sight.drag(scrolled, scale);
            }
        }
    }

    fn move_by_keys(&self, ui: &Ui, response: &Response, sight: &mut Sight, zoom: Option<Zoom>) {
        let (pane, scale) = (response.rect, self.theme.scale.factor());
        let mut asked = zoom;
        if response.has_focus() {
            ui.input_mut(|input| {
                for (key, by) in [
                    (Key::ArrowLeft, vec2(PAN, 0.0)),
                    (Key::ArrowRight, vec2(-PAN, 0.0)),
                    (Key::ArrowUp, vec2(0.0, PAN)),
                    (Key::ArrowDown, vec2(0.0, -PAN)),
                ] {
                    if input.consume_key(Modifiers::SHIFT, key) {
                        sight.drag(by, scale);
                    }
                }
                // What is typed says it on every keyboard, wherever the key is.
                let typed =
                    |sign: &str| input.events.iter().any(|event| matches!(event, Event::Text(text) if text == sign));
                for (signs, zoom) in
                    [(&["+", "="][..], Zoom::By(1)), (&["-", "−"][..], Zoom::By(-1)), (&["0"][..], Zoom::All)]
                {
                    if signs.iter().any(|sign| typed(sign)) {
                        asked = Some(zoom);
                    }
                }
            });
        }
        match asked {
            Some(Zoom::By(steps)) => sight.nearer(steps, pane.center(), pane, scale),
            Some(Zoom::All) => *sight = Sight::all(self.scene().bounds, pane, scale),
            None => {}
        }
    }

    /// What the pointer is over.
    fn pointed(&self, response: &Response, map: Map) -> Option<Pointed> {
        let at = map.to_graph(response.ctx.input(|input| input.pointer.hover_pos())?);
        if !response.contains_pointer() {
            return None;
        }
        match self.scene().place_at(at) {
            Some(place) => Some(Pointed::Place(place, self.row_at(place, at))),
            None => self.scene().way_at(at, 5.0 / map.zoom).map(Pointed::Way),
        }
    }

    fn row_at(&self, place: usize, at: egui::Pos2) -> Option<usize> {
        let (sheet, scene) = (self.sheet(), self.scene());
        let boxes = &self.loaded.drawn.boxes[self.known.sheet];
        let rows = 0..sheet.places[place].rows.len();
        rows.clone()
            .find(|row| scene.row(sheet, boxes, place, *row).contains(at))
            .filter(|_| rows.len() > 1 || place > 0)
    }

    /// What was clicked: a place and perhaps one of its rows. A screen reader clicks the boxes in sight by their names.
    fn clicked(&self, ui: &Ui, response: &Response, map: Map, memory: &mut Memory) -> Option<(usize, Option<usize>)> {
        let mut clicked = None;
        if is_legible(map) {
            let seen = map.rect_to_graph(response.rect);
            for (place, rect) in self.scene().boxes.iter().enumerate().filter(|(_, rect)| seen.intersects(**rect)) {
                let on_screen = map.rect(*rect).intersect(response.rect);
                let box_response = ui.interact(on_screen, response.id.with(place), Sense::CLICK);
                let name = words::name(&self.sheet().places[place]);
                box_response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), &name));
                ui.ctx().accesskit_node_builder(box_response.id, |node| {
                    node.set_description(self.about(place, None));
                });
                if box_response.clicked() {
                    clicked = Some((place, None));
                }
            }
        }
        let pointed = match memory.pointed {
            Some(Pointed::Place(place, row)) => Some((place, row)),
            Some(Pointed::Way(way)) => Some((self.sheet().ways[way].from, Some(self.sheet().ways[way].row))),
            None => None,
        };
        if response.clicked() {
            response.request_focus();
            clicked = pointed;
        }
        let (place, row) = clicked?;
        let row = row.or(pointed.filter(|(at, _)| *at == place).and_then(|(_, row)| row));
        memory.walk.jump(place, super::way_of(self.loaded, self.known.sheet, place, row));
        Some((place, row))
    }

    /// The row of the way that is looked at.
    fn walked_row(&self, memory: &Memory) -> Option<usize> {
        let way = self.scene().leaving[memory.walk.place].get(memory.walk.way?)?;
        Some(self.sheet().ways[*way].row)
    }

    fn paint(&self, ui: &Ui, response: &Response, map: Map, memory: &Memory) {
        let painter = ui.painter_at(response.rect);
        let walk = response.has_focus().then_some((memory.walk.place, memory.walk.way));
        let pointed = match memory.pointed {
            Some(Pointed::Way(way)) => Some(way),
            _ => None,
        };
        Painting {
            theme: self.theme,
            painter: &painter,
            map,
            sheet: self.sheet(),
            scene: self.scene(),
            boxes: &self.loaded.drawn.boxes[self.known.sheet],
            known: self.known,
            overlay: memory.overlay,
            who: memory.who.unwrap_or(Who::Random),
            marks: &self.loaded.marks[self.known.sheet],
            caret: self.caret(),
            walk,
            pointed,
        }
        .paint();
        ui.painter().rect_stroke(
            response.rect,
            style::CORNER,
            egui::Stroke::new(1.0, self.theme.colors.line),
            egui::StrokeKind::Inside,
        );
        show_focus(ui.painter(), self.theme, response, style::CORNER);
    }

    /// What a screen reader hears: the whole, and where one stands.
    fn tell(&self, ui: &Ui, response: &Response, memory: &Memory) {
        let sheet = self.sheet();
        let endings = sheet.places.iter().filter(|place| place.rows.is_empty()).count();
        let summary = format!(
            "{} nodes and {endings} endings. Up and down choose a reply, right goes where it leads, left goes back, Page \
             Down and Page Up go through all nodes, Enter goes to the text. L shows a list.",
            sheet.places.len() - endings - 1,
        );
        let stands = response.has_focus().then(|| {
            let place = memory.walk.place;
            let way = memory.walk.way.and_then(|way| self.scene().leaving[place].get(way).copied());
            if let Some(way) = way {
                format!("{} {}", words::way(sheet, way), self.numbers_of_way(way))
            } else {
                format!("{}. {}", words::name(&sheet.places[place]), self.about(place, None))
            }
        });
        reader::tell(ui, response, &format!("Graph of {}", sheet.title), &summary, stands);
    }

    fn numbers_of_way(&self, way: usize) -> String {
        let way = &self.sheet().ways[way];
        self.known.in_words(way.from, Some(way.row))
    }

    /// A place in words, with what is known of it.
    fn about(&self, place: usize, row: Option<usize>) -> String {
        let (errors, warnings) = self.loaded.marks[self.known.sheet].at(place);
        let parts = [
            words::place(self.sheet(), self.scene(), place),
            words::findings(errors, warnings),
            self.known.in_words(place, row),
        ];
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// What is pointed at, or where one stands, in words; and what the colours mean.
    fn paint_foot(&self, ui: &mut Ui, rect: Rect, response: &Response, memory: &Memory) {
        let (theme, colors) = (self.theme, &self.theme.colors);
        let sheet = self.sheet();
        let walked = response.has_focus().then(|| match memory.walk.way {
            Some(way) => Pointed::Way(self.scene().leaving[memory.walk.place][way]),
            None => Pointed::Place(memory.walk.place, None),
        });
        let caret = self.caret().map(|(place, row)| Pointed::Place(place, row));
        let mut lines: Vec<(TextRole, String)> = Vec::new();
        match memory.pointed.or(walked).or(caret) {
            Some(Pointed::Way(way)) => {
                lines.push((TextRole::SmallStrong, format!("{}: ", sheet.places[sheet.ways[way].from].name)));
                lines.push((TextRole::Small, format!("{} {}\n", words::way(sheet, way), self.numbers_of_way(way))));
            }
            Some(Pointed::Place(place, row)) => {
                let (errors, warnings) = self.loaded.marks[self.known.sheet].at(place);
                lines.push((TextRole::SmallStrong, format!("{} ", words::name(&sheet.places[place]))));
                let way = row.and_then(|row| super::way_of(self.loaded, self.known.sheet, place, Some(row)));
                let reply = way.map(|way| words::way(sheet, self.scene().leaving[place][way])).unwrap_or_default();
                let found = words::findings(errors, warnings);
                lines.push((TextRole::Small, format!("{reply} {} {found}\n", self.known.in_words(place, row))));
            }
            None => {}
        }
        let soft = lines.len();
        lines.push((TextRole::Small, self.legend(memory.overlay)));
        let mut job = egui::text::LayoutJob::default();
        for (index, (role, words)) in lines.iter().enumerate() {
            let color = if index < soft { colors.ink } else { colors.soft_ink };
            job.append(words, 0.0, theme.format(*role, color));
        }
        job.wrap.max_width = rect.width();
        job.wrap.max_rows = LINES;
        job.halign = Align::LEFT;
        let galley = ui.painter().layout_job(job);
        ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).galley(rect.min, galley, colors.ink);
    }

    fn legend(&self, overlay: Overlay) -> String {
        if overlay == Overlay::Plain {
            return String::new();
        }
        let is_known = self.known.surveyed.is_some_and(|known| match overlay {
            Overlay::Proved => known.reach.is_some(),
            _ => known.plays.is_some(),
        });
        if !is_known {
            return match self.view.survey {
                State::Running(_) => "This is being worked out.",
                State::Paused => "The background plays are stopped; the figures let them go on.",
                State::Idle | State::Done => "This is worked out once the text can be played.",
            }
            .to_owned();
        }
        overlay.legend().to_owned()
    }
}
