use egui::{Align, Key, Layout, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};

use super::{Action, ForTheTeam, View};
use crate::desktop::screens::page::{self, Column};
use crate::desktop::theme::widgets::{Button, Card, ReplyCard, keyed_action, paragraph, section_title, title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::dialogue::Mode;

/// What the screen keeps while it is open.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The intention that was picked, as a place in the list.
    pub intention: Option<usize>,
    greeted: bool,
}

/// The keys of the intentions. A scenario has few; what is beyond them is picked without a key.
const KEYS: [(Key, &str); 6] =
    [(Key::Num1, "1"), (Key::Num2, "2"), (Key::Num3, "3"), (Key::Num4, "4"), (Key::Num5, "5"), (Key::Num6, "6")];

/// Draws the minute before the call.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    let Memory { intention, greeted } = memory;
    let mut way = None;
    page::page_with_foot(
        ui,
        theme,
        "prepare",
        |ui| {
            who(ui, theme, view);
            ui.add_space(2.0 * style::GRID);
            // What is at stake stands where it is seen without scrolling.
            let narrow = theme.one_column(ui.available_width());
            if let Some(team) = view.team.as_ref().filter(|_| narrow) {
                for_the_team(ui, theme, team, &mut actions);
                ui.add_space(2.0 * style::GRID);
            }
            page::columns(ui, theme, 500.0, |ui, column| match column {
                Column::Main => known(ui, theme, view),
                Column::Side => {
                    if let Some(team) = view.team.as_ref().filter(|_| !narrow) {
                        for_the_team(ui, theme, team, &mut actions);
                        ui.add_space(2.0 * style::GRID);
                    }
                    intentions(ui, theme, view, intention);
                    ui.add_space(2.0 * style::GRID);
                    manner(ui, theme, view, &mut actions);
                }
            });
        },
        |ui| way = foot(ui, theme, view, greeted),
    );
    match way {
        Some(Way::On) => actions.push(Action::Begin { intention: *intention }),
        Some(Way::Back) => actions.push(Action::Back),
        None => {}
    }
    if page::escape(ui) {
        actions.push(Action::Back);
    }
    actions
}

#[derive(Debug, Clone, Copy)]
enum Way {
    On,
    Back,
}

/// The way back at the left, the way on at the right.
fn foot(ui: &mut Ui, theme: &Theme, view: &View, greeted: &mut bool) -> Option<Way> {
    let on = |ui: &mut Ui| {
        let waits = view.team.as_ref().is_some_and(|team| team.waits);
        let button = Button::primary(view.go_on).enabled(!waits).show(ui, theme);
        page::focus_first(&button, greeted);
        if !theme.one_column(ui.ctx().content_rect().width()) {
            ui.add_space(2.0 * style::GRID);
            let color = theme.colors.soft_ink;
            ui.label(theme.job(TextRole::Interface, color, view.counts.as_str(), f32::INFINITY));
        }
        button.clicked().then_some(Way::On)
    };
    let went_back = keyed_action(ui, theme, "Esc", "Back").clicked().then_some(Way::Back);
    ui.with_layout(Layout::right_to_left(Align::Center), on).inner.or(went_back)
}

fn who(ui: &mut Ui, theme: &Theme, view: &View) {
    let colors = &theme.colors;
    let room = ui.available_rect_before_wrap();
    let side = theme.scaled(84.0);
    let face = Rect::from_min_size(room.min, vec2(side, side));
    page::portrait(ui, theme, &view.person, face, colors.paper);
    let beside = Rect::from_min_max(pos2(face.right() + theme.scaled(20.0), room.top()), room.max);
    let said = ui.scope_builder(UiBuilder::new().max_rect(beside), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        title(ui, theme, &view.name);
        ui.add_space(4.0);
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &view.setting);
        if let Some(words) = view.announcement {
            paragraph(ui, theme, TextRole::Strong, colors.ink, words);
        }
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &view.about);
        page::difficulty(ui, theme, view.difficulty);
    });
    let bottom = said.response.rect.bottom().max(face.bottom());
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
}

/// What the firm knows, or what the customer brought, and what one may give.
fn known(ui: &mut Ui, theme: &Theme, view: &View) {
    let colors = &theme.colors;
    if let Some(note) = &view.content_note {
        page::close(ui, |ui| {
            section_title(ui, theme, "Before you begin");
            paragraph(ui, theme, TextRole::Interface, colors.ink, note);
        });
        ui.add_space(style::GRID);
    }
    let card = |ui: &mut Ui, name: &str, lines: &[String]| {
        Card::new().show(ui, theme, |ui| {
            page::close(ui, |ui| {
                section_title(ui, theme, name);
                for line in lines {
                    paragraph(ui, theme, TextRole::Interface, colors.ink, line);
                }
            });
        });
    };
    card(ui, view.record_title, &view.record);
    if !view.last_time.is_empty() {
        card(ui, "Noted last time", &view.last_time);
    }
    ui.add_space(style::GRID);
    let [yours, not_yours] = view.limits;
    list(ui, theme, yours, "Nothing in particular.", &view.yours);
    ui.add_space(style::GRID);
    list(ui, theme, not_yours, "No limits are known.", &view.not_yours);
}

fn list(ui: &mut Ui, theme: &Theme, name: &str, nothing: &str, lines: &[String]) {
    page::close(ui, |ui| {
        section_title(ui, theme, name);
        if lines.is_empty() {
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, nothing);
        }
        for line in lines {
            page::bullet(ui, theme, line);
        }
    });
}

fn intentions(ui: &mut Ui, theme: &Theme, view: &View, intention: &mut Option<usize>) {
    let colors = &theme.colors;
    if let Some(goal) = &view.goal {
        section_title(ui, theme, "Your goal from last time");
        paragraph(ui, theme, TextRole::Quote, colors.ink, goal);
        ui.add_space(2.0 * style::GRID);
    }
    if view.intentions.is_empty() {
        return;
    }
    section_title(ui, theme, "One thing to hold on to, if you like");
    for (index, words) in view.intentions.iter().enumerate() {
        let key = KEYS.get(index);
        let card = ReplyCard::new(key.map_or("", |(_, cap)| cap), words).chosen(*intention == Some(index));
        let pressed = key.is_some_and(|(key, _)| ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key)));
        if card.show(ui, theme).clicked() || pressed {
            // What is picked can be put back.
            *intention = if *intention == Some(index) { None } else { Some(index) };
        }
    }
}

/// With or without clocks and coach.
fn manner(ui: &mut Ui, theme: &Theme, view: &View, wanted: &mut Vec<Action>) {
    section_title(ui, theme, "How it is played");
    let modes = [(Mode::Steps, "In steps"), (Mode::Timed, "Timed")];
    if let Some(mode) = page::choose(ui, theme, "How it is played", &modes, view.mode) {
        wanted.push(Action::SetMode(mode));
    }
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, view.about_mode);
    ui.add_space(style::GRID);
    if page::labelled_toggle(ui, theme, "Coach", view.about_coach, view.coach) {
        wanted.push(Action::SetCoach(!view.coach));
    }
    // Beside the way on, where there is room for it.
    if theme.one_column(ui.ctx().content_rect().width()) {
        ui.add_space(style::GRID);
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &view.counts);
    }
}

/// Whether this run counts for the team, and what that means.
fn for_the_team(ui: &mut Ui, theme: &Theme, team: &ForTheTeam, wanted: &mut Vec<Action>) {
    section_title(ui, theme, "For your team");
    if team.none_left {
        paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &team.about);
    } else if page::labelled_toggle(ui, theme, "Ranked run", &team.about, team.on) && !team.waits {
        wanted.push(Action::SetRanked(!team.on));
    }
    if let Some(said) = &team.said {
        let color = if team.waits { theme.colors.soft_ink } else { theme.colors.heat };
        let said = paragraph(ui, theme, TextRole::Interface, color, said);
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
}
