//! Draws a [`View`] and returns what was done. Changes nothing but its own [`Memory`].

mod bar;
mod below;
mod keys;
mod panel;
mod segments;
mod speech;
mod stage;

pub use bar::{PACES, VOLUMES};
pub use segments::keyed_segments;

use egui::{Align, Align2, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::desktop::customer::{Alive, Rhythm};
use crate::desktop::redraw::Rate;
use crate::desktop::screens::conversation::action::{Action, Panel};
use crate::desktop::screens::conversation::data::{Below, PanelSeen, View};
use crate::desktop::screens::scroll::by_keys;
use crate::desktop::theme::style::{MARGIN, STAGE_WIDTH};
use crate::desktop::theme::widgets::{Button, keyed_action, paragraph, title};
use crate::desktop::theme::{TextRole, Theme};
use crate::scenario::id::ReplyId;

/// Space above the first line, in points.
const TOP: f32 = 22.0;
/// The customer's part of the height where text is large.
const STRIP: f32 = 0.19;

/// What the screen itself keeps from frame to frame.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The moving customer, and whose they are.
    alive: Option<(u64, Alive)>,
    /// Words shown in the last frame.
    words: usize,
    /// Which kind of [`Below`] was drawn last, and since when, in seconds of egui's clock.
    below: Option<(u8, f64)>,
    /// The height of what stays in sight at the bottom, in the last frame, in points.
    bar: f32,
    rate: Rate,
    /// The height of all that stood below the words in the last frame, in points, while there was something to answer.
    answers: Option<f32>,
    /// A reply that a key has just chosen, to be brought into sight.
    chosen: Option<ReplyId>,
    /// Frames for which what can be done is still to be brought into sight: the first ones find their heights.
    bringing: u8,
}

/// Draws the screen into all of `ui` and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    memory.notice(ui, view);
    let mut actions = keys::pressed(ui, view, memory.is_settled(ui));
    memory.chosen = actions.iter().rev().find_map(|action| match action {
        Action::Choose(reply) => Some(*reply),
        _ => None,
    });
    stage::tick(ui, theme, view, memory);
    let whole = ui.max_rect();
    if view.veil.is_some() {
        veil(ui, theme, view, whole, &mut actions);
    } else if theme.one_column(whole.width()) {
        one_column(ui, theme, view, memory, &mut actions);
    } else {
        two_columns(ui, theme, view, memory, &mut actions);
    }
    memory.words = view.stage.words;
    memory.rate = match &memory.alive {
        Some((_, alive)) if view.veil.is_none() => match alive.rhythm() {
            Rhythm::Moving => Rate::Speaking,
            Rhythm::Breathing => Rate::Breathing,
            Rhythm::Still => Rate::Still,
        },
        _ => Rate::Still,
    };
    actions
}

impl Memory {
    /// How soon the customer, as drawn last, must be drawn again.
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// Takes note of what is drawn below.
    fn notice(&mut self, ui: &Ui, view: &View) {
        let kind = match view.below {
            Below::Listening(_) => 0,
            Below::Answering(_) => 1,
            Below::Coaching(_) => 2,
            Below::Ending => 3,
            Below::Done { .. } => 4,
        };
        let changed = self.below.is_none_or(|(before, _)| before != kind);
        if changed {
            self.below = Some((kind, ui.input(|input| input.time)));
            self.bringing = if kind == 0 { 0 } else { 3 };
            self.answers = None;
        } else {
            self.bringing = self.bringing.saturating_sub(1);
        }
    }

    /// Whether what is below has stood for a moment: a key that was meant for what stood there before does nothing.
    fn is_settled(&self, ui: &Ui) -> bool {
        self.below.is_none_or(|(_, since)| ui.input(|input| input.time) - since >= keys::SETTLE_SECONDS)
    }
}

fn two_columns(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    let whole = ui.max_rect();
    let left = Rect::from_min_size(whole.min, vec2(STAGE_WIDTH, whole.height()));
    match &view.panel {
        Some(panel) if panel::is_beside(panel) => {
            let inner = left.shrink2(vec2(28.0, TOP));
            ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
                // The newest lines are the last ones.
                let newest = matches!(panel, PanelSeen::Said { .. });
                let area = ScrollArea::vertical().id_salt("panel").auto_shrink(false).stick_to_bottom(newest);
                area.show(ui, |ui| {
                    panel::draw(ui, theme, panel, actions);
                });
            });
            ui.painter().vline(left.right(), left.y_range(), egui::Stroke::new(1.0, theme.colors.line));
        }
        _ => stage::draw(ui, theme, view, memory, left),
    }

    let right = Rect::from_min_max(pos2(left.right(), whole.top()), whole.max).shrink2(vec2(MARGIN, TOP));
    let bar_height = memory.bar.max(theme.scaled(40.0));
    let middle = Rect::from_min_max(right.min, pos2(right.right(), right.bottom() - bar_height - 12.0));
    ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| {
        header(ui, theme, view, actions);
        ui.add_space(10.0);
        let room = ui.available_height();
        ScrollArea::vertical().id_salt("conversation").auto_shrink(false).show(ui, |ui| {
            ui.set_width(middle.width());
            conversation(ui, theme, view, memory, Some(room), actions);
            by_keys(ui, room);
        });
    });
    let bar = Rect::from_min_max(pos2(right.left(), right.bottom() - bar_height), right.max);
    let drawn = ui
        .scope_builder(UiBuilder::new().max_rect(bar), |ui| bar::draw(ui, theme, view, actions))
        .response
        .rect
        .height();
    if (drawn - memory.bar).abs() > 0.5 {
        memory.bar = drawn;
        ui.ctx().request_repaint();
    }
}

/// Large text: everything in one column. The face stays above and the ways to act below, and the rest scrolls between
/// them.
fn one_column(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory, actions: &mut Vec<Action>) {
    let whole = ui.max_rect();
    let strip = Rect::from_min_size(whole.min, vec2(whole.width(), (whole.height() * STRIP).round()));
    stage::draw(ui, theme, view, memory, strip);
    // In a window so low that it would leave nothing of the rest, the foot scrolls with it.
    let has_foot = memory.bar < whole.height() * 0.55;
    let edge = if has_foot { whole.bottom() - memory.bar } else { whole.bottom() };
    let middle = Rect::from_min_max(strip.left_bottom(), pos2(whole.right(), edge));
    let mut height = 0.0;
    ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| {
        ScrollArea::vertical().id_salt("conversation").auto_shrink(false).show(ui, |ui| {
            ui.set_width(whole.width());
            let drawn = ui.scope_builder(UiBuilder::new().max_rect(within(ui.available_rect_before_wrap())), |ui| {
                ui.add_space(TOP * 0.5);
                header(ui, theme, view, actions);
                ui.add_space(10.0);
                if let Some(panel) = view.panel.as_ref().filter(|panel| panel::is_beside(panel)) {
                    panel::draw(ui, theme, panel, actions);
                    ui.add_space(16.0);
                }
                conversation(ui, theme, view, memory, None, actions);
                ui.add_space(16.0);
                bar::gestures(ui, theme, view, actions);
                if !has_foot {
                    height = foot(ui, theme, view, actions);
                }
                ui.add_space(TOP);
            });
            ui.advance_cursor_after_rect(drawn.response.rect);
            by_keys(ui, middle.height());
        });
    });
    if has_foot {
        ui.painter().hline(whole.x_range(), edge, egui::Stroke::new(1.0, theme.colors.line));
        let below = within(Rect::from_min_max(pos2(whole.left(), edge), whole.max));
        ui.scope_builder(UiBuilder::new().id_salt("foot").max_rect(below), |ui| {
            height = foot(ui, theme, view, actions);
        });
    }
    if (height - memory.bar).abs() > 0.5 {
        memory.bar = height;
        ui.ctx().request_repaint();
    }
}

/// Between the margins left and right.
fn within(rect: Rect) -> Rect {
    rect.shrink2(vec2(MARGIN, 0.0))
}

/// Draws the foot and returns its height, in points.
fn foot(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) -> f32 {
    let drawn = ui.scope(|ui| {
        ui.add_space(12.0);
        below::foot(ui, theme, view, actions);
        ui.add_space(12.0);
    });
    drawn.response.rect.height()
}

/// The small line on top.
fn header(ui: &mut Ui, theme: &Theme, view: &View, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        bar::in_line(ui, theme, theme.colors.soft_ink, &view.turn);
        if let Some(mood) = &view.mood {
            bar::in_line(ui, theme, theme.colors.soft_ink, mood);
        }
        let entries = [
            ("P", "Pause".to_owned(), Action::Pause),
            ("U", "Said so far".to_owned(), panel::toggle(view, Panel::Said)),
            ("M", format!("Notes {}", view.notes), panel::toggle(view, Panel::Notes)),
        ];
        let mut draw = |ui: &mut Ui| {
            for (key, label, action) in &entries {
                if keyed_action(ui, theme, key, label).clicked() {
                    actions.push(*action);
                }
            }
        };
        // In one column there is no right-hand end to stand at: they follow the turn and wrap.
        if theme.one_column(ui.ctx().content_rect().width()) {
            draw(ui);
        } else {
            ui.with_layout(Layout::right_to_left(Align::Center), draw);
        }
    });
}

/// What was said, and what can be answered. `room`: the height in which both should be in sight at once, where they can.
fn conversation(
    ui: &mut Ui,
    theme: &Theme,
    view: &View,
    memory: &mut Memory,
    room: Option<f32>,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 10.0;
    let left_for_words = room.zip(memory.answers).map(|(room, answers)| room - answers);
    speech::draw(ui, theme, view, memory.words, left_for_words);
    let below_words = ui.cursor().top();
    for hint in &view.hints {
        speech::hint(ui, theme, hint, actions);
    }
    if let Some(coach) = &view.coach {
        speech::coach(ui, theme, coach);
    }
    match &view.panel {
        Some(panel @ PanelSeen::Readings { .. }) => panel::draw(ui, theme, panel, actions),
        _ => below::draw(ui, theme, view, memory.chosen, actions),
    }
    memory.answers = matches!(view.below, Below::Answering(_)).then(|| ui.cursor().top() - below_words);
    if memory.bringing > 0 && memory.chosen.is_none() {
        // What can be done now is brought into sight; the words can be scrolled back to.
        ui.scroll_to_cursor(Some(Align::BOTTOM));
    }
}

/// Nothing of the call is to be seen: whoever comes by reads nothing, and nobody gains time to read.
fn veil(ui: &mut Ui, theme: &Theme, view: &View, whole: Rect, actions: &mut Vec<Action>) {
    let Some(veil) = &view.veil else { return };
    ui.painter().rect_filled(whole, 0.0, theme.colors.veil);
    let width = (whole.width() - 2.0 * MARGIN).min(theme.scaled(440.0));
    let inner = Align2::CENTER_CENTER.align_size_within_rect(vec2(width, theme.scaled(220.0)), whole);
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing.y = 14.0;
        title(ui, theme, veil.title);
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &veil.words);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            if Button::primary("Go on").key("P").show(ui, theme).clicked() {
                actions.push(Action::GoOn);
            }
            if Button::secondary("Leave for now").key("L").show(ui, theme).clicked() {
                actions.push(Action::Leave);
            }
        });
    });
}
