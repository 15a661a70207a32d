//! Over the text: looking for words, replacing them, going to a part by its name.

use std::ops::Range;

use egui::{
    CornerRadius, Frame, Key, Margin, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder,
    WidgetInfo, WidgetType, accesskit, pos2, vec2,
};

use super::{Memory, Reveal};
use crate::desktop::screens::studio::ui::Answer;
use crate::desktop::theme::widgets::{paragraph, show_focus};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::asking::Part;
use crate::studio::editor::find;

/// How many names are listed.
const LISTED: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Find,
    Replace,
    Part,
}

/// What is open over the text.
#[derive(Debug)]
pub(super) struct Bar {
    kind: Kind,
    words: String,
    by: String,
    exact: bool,
    /// Where the words stand, in the version of the text and for the words that these are of.
    pub(super) places: Vec<Range<usize>>,
    of: Option<(u64, String, bool)>,
    parts: Option<(u64, Vec<Part>)>,
    chosen: usize,
    wants_focus: bool,
}

/// What was done in the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Next,
    Previous,
    Replace,
    ReplaceAll,
    GoTo(usize),
    Close,
}

impl Bar {
    /// Opens it; what is selected within a line is what is looked for.
    pub(super) fn open(kind: Kind, selected: &str) -> Self {
        let words = if kind == Kind::Part || selected.contains('\n') { String::new() } else { selected.to_owned() };
        Self {
            kind,
            words,
            by: String::new(),
            exact: false,
            places: Vec::new(),
            of: None,
            parts: None,
            chosen: 0,
            wants_focus: true,
        }
    }

    pub(super) const fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    pub(super) fn take_parts(&mut self, version: u64, parts: &[Part]) {
        self.parts = Some((version, parts.to_vec()));
    }

    fn look(&mut self, version: u64, text: &str) {
        let of = (version, self.words.clone(), self.exact);
        if self.kind != Kind::Part && self.of.as_ref() != Some(&of) {
            self.places = find::places(text, &self.words, self.exact);
            self.of = Some(of);
        }
    }

    /// The parts whose names hold what was written, those that begin with it first.
    fn listed(&self) -> Vec<&Part> {
        let words = self.words.to_lowercase();
        let all = self.parts.iter().flat_map(|(_, parts)| parts);
        let mut listed: Vec<&Part> = all.filter(|part| part.name.to_lowercase().contains(&words)).collect();
        let is_node = |part: &Part| part.kind == crate::scenario::name::Kind::Node;
        listed.sort_by_key(|part| (!is_node(part), !part.name.to_lowercase().starts_with(&words)));
        listed
    }
}

/// Draws the bar at the upper edge of `within`, and says where it ends.
pub(super) fn draw(ui: &mut Ui, theme: &Theme, within: Rect, memory: &mut Memory, answer: &mut Answer) -> f32 {
    let Some(mut bar) = memory.bar.take() else { return within.top() };
    bar.look(memory.editor.version(), memory.editor.text());
    let shown = ui.scope_builder(UiBuilder::new().max_rect(within), |ui| {
        let frame = Frame::new().fill(theme.colors.card).inner_margin(Margin::symmetric(12, 8));
        frame.show(ui, |ui| {
            ui.set_width(within.width() - 24.0);
            ui.spacing_mut().item_spacing = vec2(style::GRID, theme.scaled(6.0));
            match bar.kind {
                Kind::Find | Kind::Replace => words(ui, theme, &mut bar, memory),
                Kind::Part => parts(ui, theme, &mut bar),
            }
        })
    });
    let bottom = shown.response.rect.bottom();
    ui.painter().hline(within.x_range(), bottom, Stroke::new(1.0, theme.colors.line));
    match shown.inner.inner {
        Some(Deed::Close) => {
            memory.wants_focus = true;
            return bottom;
        }
        Some(Deed::GoTo(place)) => {
            if let (Some(part), Some((version, _))) = (bar.listed().get(place), &bar.parts) {
                let place = memory.editor.today(*version, part.at.clone());
                memory.select(place, Reveal::Middle);
            }
            memory.wants_focus = true;
            return bottom;
        }
        Some(deed) => work(memory, &mut bar, deed),
        None => {}
    }
    memory.pass_on(answer);
    memory.bar = Some(bar);
    bottom
}

fn work(memory: &mut Memory, bar: &mut Bar, deed: Deed) {
    let selected = memory.editor.selection().range();
    let is_at_place = bar
        .places
        .binary_search_by_key(&selected.start, |place| place.start)
        .is_ok_and(|at| bar.places[at] == selected);
    match deed {
        Deed::ReplaceAll => {
            let count = bar.places.len();
            if let Some(change) = find::replace_all(memory.editor.text(), &bar.places, &bar.by) {
                memory.editor.replace(change.range, &change.inserted);
                memory.notice = Some(format!("Replaced in {count} {}.", if count == 1 { "place" } else { "places" }));
            }
            return;
        }
        Deed::Replace if is_at_place => {
            memory.editor.replace(selected, &bar.by);
            bar.look(memory.editor.version(), memory.editor.text());
        }
        _ => {}
    }
    let selected = memory.editor.selection().range();
    let at = match deed {
        Deed::Previous => find::previous(&bar.places, selected.start),
        Deed::Next if is_at_place => find::next(&bar.places, selected.end),
        _ => find::next(&bar.places, selected.start),
    };
    if let Some(at) = at {
        bar.chosen = at;
        memory.select(bar.places[at].clone(), Reveal::Middle);
    }
}

fn words(ui: &mut Ui, theme: &Theme, bar: &mut Bar, memory: &Memory) -> Option<Deed> {
    let mut deed = None;
    ui.horizontal_wrapped(|ui| {
        let find = field(ui, theme, "Find", &mut bar.words, bar.wants_focus);
        bar.wants_focus = false;
        let (enter, shift, escape) = keys(ui, &find);
        if enter {
            deed = Some(if shift { Deed::Previous } else { Deed::Next });
        }
        if escape {
            deed = Some(Deed::Close);
        }
        let selected = memory.editor.selection().range();
        let at = bar.places.iter().position(|place| *place == selected);
        let told = match (bar.places.len(), at) {
            _ if bar.words.is_empty() => String::new(),
            (0, _) => "Nowhere".to_owned(),
            (count, Some(at)) => format!("{} of {count}", at + 1),
            (1, None) => "1 place".to_owned(),
            (count, None) => format!("{count} places"),
        };
        let count = paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, &told);
        ui.ctx().accesskit_node_builder(count.id, |node| node.set_live(accesskit::Live::Polite));
        for (label, of) in [("Previous", Deed::Previous), ("Next", Deed::Next)] {
            if small_button(ui, theme, label, None) {
                deed = Some(of);
            }
        }
        if small_button(ui, theme, "Match case", Some(bar.exact)) {
            bar.exact = !bar.exact;
        }
        if small_button(ui, theme, "Done", None) {
            deed = Some(Deed::Close);
        }
    });
    if bar.kind == Kind::Replace {
        ui.horizontal_wrapped(|ui| {
            let by = field(ui, theme, "Replace by", &mut bar.by, false);
            let (enter, _, escape) = keys(ui, &by);
            if enter {
                deed = Some(Deed::Replace);
            }
            if escape {
                deed = Some(Deed::Close);
            }
            for (label, of) in [("Replace", Deed::Replace), ("Replace all", Deed::ReplaceAll)] {
                if small_button(ui, theme, label, None) {
                    deed = Some(of);
                }
            }
        });
    }
    deed
}

fn parts(ui: &mut Ui, theme: &Theme, bar: &mut Bar) -> Option<Deed> {
    let mut deed = None;
    let before = bar.words.clone();
    let field = ui.horizontal_wrapped(|ui| field(ui, theme, "Go to", &mut bar.words, bar.wants_focus)).inner;
    bar.wants_focus = false;
    if bar.words != before {
        bar.chosen = 0;
    }
    let count = bar.listed().len();
    if field.has_focus() && count > 0 {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            bar.chosen = (bar.chosen + 1) % count;
        }
        if pressed(Key::ArrowUp) {
            bar.chosen = (bar.chosen + count - 1) % count;
        }
    }
    let (enter, _, escape) = keys(ui, &field);
    if escape {
        deed = Some(Deed::Close);
    }
    if enter {
        deed = (count > 0).then_some(Deed::GoTo(bar.chosen));
    }
    if count == 0 {
        let words = if bar.parts.is_some() { "Nothing here is called that." } else { "Looking for the names…" };
        paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, words);
    }
    let first = (bar.chosen + 1).saturating_sub(LISTED);
    for (place, part) in bar.listed().into_iter().enumerate().skip(first).take(LISTED) {
        let within = part.within.as_deref().map_or_else(String::new, |within| format!(" in {within}"));
        let detail = format!("{}{within}", part.kind.noun());
        if option(ui, theme, &part.name, &detail, place == bar.chosen) {
            deed = Some(Deed::GoTo(place));
        }
    }
    deed
}

/// Enter, whether with Shift, and Esc, in a field.
fn keys(ui: &Ui, field: &Response) -> (bool, bool, bool) {
    // Esc has taken the focus away by now.
    if !field.has_focus() && !field.lost_focus() {
        return (false, false, false);
    }
    ui.input_mut(|input| {
        let back = input.consume_key(Modifiers::SHIFT, Key::Enter);
        let on = input.consume_key(Modifiers::NONE, Key::Enter);
        (back || on, back, input.consume_key(Modifiers::NONE, Key::Escape))
    })
}

fn field(ui: &mut Ui, theme: &Theme, label: &str, text: &mut String, wants_focus: bool) -> Response {
    let name = paragraph(ui, theme, TextRole::Small, theme.colors.soft_ink, label);
    let edit = TextEdit::singleline(text)
        .font(theme.font(TextRole::Interface))
        .text_color(theme.colors.ink)
        .desired_width(theme.scaled(190.0))
        .return_key(None)
        .frame(Frame::new().inner_margin(Margin::symmetric(8, 4)).fill(theme.colors.paper));
    let response = ui.add(edit).labelled_by(name.id);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
    let line = if response.has_focus() { theme.colors.calm } else { theme.colors.soft_ink };
    let corner = CornerRadius::same(4);
    ui.painter().rect_stroke(response.rect, corner, Stroke::new(1.0, line), StrokeKind::Inside);
    show_focus(ui.painter(), theme, &response, 4);
    if wants_focus {
        response.request_focus();
        let mut state = egui::text_edit::TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
        let all = egui::text_selection::CCursorRange::two(
            egui::text::CCursor::new(0),
            egui::text::CCursor::new(text.chars().count()),
        );
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), response.id);
    }
    response
}

/// Small words that do something; `on`: whether, where it can be on or off.
fn small_button(ui: &mut Ui, theme: &Theme, label: &str, on: Option<bool>) -> bool {
    let colors = &theme.colors;
    let is_on = on == Some(true);
    let text = ui.painter().layout_job(theme.job(TextRole::Small, colors.ink, label, f32::INFINITY));
    let size = text.size() + vec2(theme.scaled(16.0), theme.scaled(8.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| match on {
        Some(on) => WidgetInfo::selected(WidgetType::Checkbox, ui.is_enabled(), on, label),
        None => WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), label),
    });
    let fill = if is_on || response.hovered() { colors.chosen } else { colors.paper };
    let line = if is_on { Stroke::new(2.0, colors.calm) } else { Stroke::new(1.0, colors.line) };
    ui.painter().rect(rect, CornerRadius::same(5), fill, line, StrokeKind::Inside);
    ui.painter().galley(rect.center() - text.size() / 2.0, text, colors.ink);
    show_focus(ui.painter(), theme, &response, 5);
    response.clicked()
}

fn option(ui: &mut Ui, theme: &Theme, label: &str, detail: &str, chosen: bool) -> bool {
    let colors = &theme.colors;
    let height = theme.line_height(TextRole::Interface) + theme.scaled(4.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, chosen, label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::ListBoxOption);
        node.set_description(detail);
        if chosen {
            node.set_live(accesskit::Live::Polite);
        }
    });
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(5), colors.chosen);
    }
    if chosen {
        ui.painter().rect_filled(
            Rect::from_min_size(rect.min, vec2(3.0, rect.height())),
            CornerRadius::same(1),
            colors.calm,
        );
    }
    let painter = ui.painter_at(rect);
    let name = painter.layout_job(theme.job(TextRole::Interface, colors.ink, label, f32::INFINITY));
    let about = painter.layout_job(theme.job(TextRole::Small, colors.soft_ink, detail, f32::INFINITY));
    let at = |x: f32, height: f32| pos2(x, rect.center().y - height / 2.0);
    let behind = rect.left() + 10.0 + name.size().x + 14.0;
    painter.galley(at(rect.left() + 10.0, name.size().y), name, colors.ink);
    painter.galley(at(behind, about.size().y), about, colors.soft_ink);
    response.clicked()
}
