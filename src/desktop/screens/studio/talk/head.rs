//! Who is talked to, where the conversation stands, and where it can be begun.

use egui::{Key, Sense, Ui, vec2};

use super::{Action, Memory, Pen, Tab, begin_at_caret};
use crate::desktop::customer::Meters;
use crate::desktop::screens::page::{Person, portrait};
use crate::desktop::screens::text::whole;
use crate::desktop::theme::widgets::{keyed_action, link, paragraph, segmented};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::dialogue::temper;
use crate::studio::live::{Present, Stage};

/// So long the caret has to stand still before the node that it is in is looked for.
const REST_SECONDS: f64 = 0.3;
/// What can stand in the pane, and beside the conversation.
const TABS: [(Tab, &str); 3] = [(Tab::Talk, "Talk"), (Tab::State, "State"), (Tab::Effects, "What it did")];

pub(super) fn draw(ui: &mut Ui, pen: &mut Pen<'_>, caret: usize, is_wide: bool, memory: &mut Memory) {
    ui.spacing_mut().item_spacing = vec2(style::GRID, style::GRID * 0.75);
    ui.horizontal(|ui| {
        face(ui, pen.theme, pen.present);
        who_and_where(ui, pen);
    });
    ui.horizontal_wrapped(|ui| {
        let tabs = if is_wide { &TABS[1..] } else { &TABS[..] };
        let chosen = segmented(ui, pen.theme, "In this pane", tabs, memory.tab);
        let current = tabs.iter().position(|(tab, _)| *tab == memory.tab);
        if let Some(current) = current.filter(|_| memory.tab != Tab::Talk && !is_wide && memory.wants_focus) {
            // What can be done next is not in sight.
            memory.wants_focus = false;
            ui.memory_mut(|memory| memory.request_focus(chosen.response.id.with(current)));
        }
        memory.tab = chosen.inner.unwrap_or(memory.tab);
        beginnings(ui, pen, caret, memory);
    });
    notices(ui, pen, memory);
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), egui::Stroke::new(1.0, pen.theme.colors.line));
    ui.add_space(style::GRID);
}

fn face(ui: &mut Ui, theme: &Theme, present: &Present) {
    let side = theme.scaled(40.0);
    let (square, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let meters = present.run.talk.meters;
    let person = Person {
        meters: Meters {
            anger: whole(meters.anger),
            trust: whole(meters.trust),
            patience: whole(meters.patience),
            heard: whole(meters.heard),
        },
        ..Person::of(&present.scenario)
    };
    portrait(ui, theme, &person, square, theme.colors.paper);
}

fn who_and_where(ui: &mut Ui, pen: &mut Pen<'_>) {
    let present = pen.present;
    let customer = &present.scenario.customer;
    let name = &customer.name;
    let mood = temper(present.run.talk.meters.anger).shown(customer.upset);
    let place = match &present.stage {
        Stage::Listening(_) | Stage::Answering(_) => format!("‘{}’", present.node()),
        Stage::Note { .. } => "the note".to_owned(),
        Stage::Diary { at, .. } => format!("the diary, {at}"),
        Stage::Between { .. } => "between two encounters".to_owned(),
        Stage::Closed => "the end".to_owned(),
    };
    ui.spacing_mut().item_spacing.x = style::GRID;
    paragraph(ui, pen.theme, TextRole::Strong, pen.theme.colors.ink, name);
    paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.soft_ink, mood);
    if link(ui, pen.theme, &format!("At {place}")).on_hover_text("Go there in the text").clicked() {
        pen.go_to(&present.place);
    }
}

fn beginnings(ui: &mut Ui, pen: &mut Pen<'_>, caret: usize, memory: &mut Memory) {
    if has_rested(ui, pen, caret, memory)
        && let Some((name, node)) = pen.view.at_caret(caret, &mut memory.at_caret)
        && node.is_some()
    {
        let label = format!("From ‘{name}’");
        if keyed_action(ui, pen.theme, "F5", &label).clicked() {
            begin_at_caret(pen.view, caret, memory, pen.answer);
        }
    }
    if keyed_action(ui, pen.theme, "Shift+F5", "From the beginning").clicked() {
        pen.act(Action::Begin);
    }
    if pen.present.can_go_back {
        let back = keyed_action(ui, pen.theme, "Backspace", "Take it back");
        if back.clicked() || pen.pressed(ui, Key::Backspace) {
            pen.act(Action::Back);
        }
    }
}

/// Whether the caret stands where it is for a moment: in a long text it takes a while to find the node that it is in, too
/// long to do it at each keystroke.
fn has_rested(ui: &Ui, pen: &Pen<'_>, caret: usize, memory: &mut Memory) -> bool {
    let now = ui.input(|input| input.time);
    let place = (pen.view.version, caret);
    let since = match memory.caret_since {
        Some((known, since)) if known == place => since,
        _ => {
            memory.caret_since = Some((place, now));
            now
        }
    };
    let left = REST_SECONDS - (now - since);
    if left > 0.0 {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
    }
    left <= 0.0
}

fn notices(ui: &mut Ui, pen: &Pen<'_>, memory: &Memory) {
    let theme = pen.theme;
    let mut notice = |words: &str| {
        let said = paragraph(ui, theme, TextRole::Interface, theme.colors.gold, words);
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    };
    if pen.view.is_stale {
        notice("Shown as of the last text without errors.");
    }
    if pen.view.is_looking {
        notice("Looking for the way there…");
    }
    if let Some(words) = &memory.notice {
        notice(words);
    }
    if pen.present.is_edited {
        notice("The state was changed by hand: the score cannot be compared with any other.");
    }
}
