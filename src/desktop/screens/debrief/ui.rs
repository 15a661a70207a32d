use std::mem::discriminant;

use egui::{Color32, Key, Ui, vec2};

use super::data::{Guess, OwnScores, OwnSkills, Question, View};
use super::{parts, rows};
use crate::desktop::screens::pick::pick;
use crate::desktop::screens::sheet::{page, pressed};
use crate::desktop::theme::widgets::{Button, SliderRow, paragraph, title};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::scenario::vocabulary::{Outcome, Skill};

/// What a person can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Says how the customer left: kept as [`Guess::outcome`].
    Guess(Outcome),
    /// Gives or declines one's own five scores: kept as [`Guess::skills`].
    OwnSkills(OwnSkills),
    /// Said in a sentence why the customer reacted so at this turn, before the author's reason was shown: kept, and shown
    /// beside it.
    Explain { encounter: u16, turn: u8, text: String },
    /// Rewinds to a turn and plays on, as practice.
    TryAgain { encounter: u16, turn: u8 },
    /// Picks the if-then for the next call, or one's own words.
    PickGoal(String),
    /// On to Home.
    Done,
}

/// What the screen remembers by itself, until the next run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Memory {
    pub page: Page,
    /// The option of the question that Enter would say.
    pub chosen: Option<usize>,
    /// One's own scores as they are being set, 50 where untouched.
    pub own: [Option<u8>; 5],
    /// The spot of the curve that is read out.
    pub cursor: Option<usize>,
    pub all_meters: bool,
    pub table: bool,
    /// The sentence being written about the turning point, and whether the author's reason has been shown.
    pub reason: String,
    pub reason_shown: bool,
    /// The skills that stand open among the rows.
    pub open: Vec<Skill>,
    /// A goal in one's own words, being written.
    pub goal: String,
}

/// Which page of the result is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Page {
    #[default]
    Result,
    Rows,
}

/// Draws the debrief and returns what was done.
pub fn draw(ui: &mut Ui, theme: &Theme, view: &View, memory: &mut Memory) -> Vec<Action> {
    let mut actions = Vec::new();
    // Each page of it begins at its top.
    let part = ("debrief", discriminant(view), memory.page);
    page(ui, theme, part, |ui| match view {
        View::Question(question) => draw_question(ui, theme, question, memory, &mut actions),
        View::OwnScores(own) => draw_own_scores(ui, theme, own, memory, &mut actions),
        View::First(first) => parts::first_run(ui, theme, first, &mut actions),
        View::Result(result) => match memory.page {
            Page::Result => parts::result(ui, theme, result, memory, &mut actions),
            Page::Rows => rows::rows(ui, theme, result, memory, &mut actions),
        },
    });
    actions
}

fn draw_question(ui: &mut Ui, theme: &Theme, question: &Question, memory: &mut Memory, actions: &mut Vec<Action>) {
    narrow(ui, theme, |ui| {
        title(ui, theme, &question.words);
        soft(ui, theme, &question.hint);
        let words = question.options.iter().map(|option| option.words.as_str());
        if let Some(index) = pick(ui, theme, words, "See how it was", &mut memory.chosen) {
            actions.push(Action::Guess(question.options[index].outcome));
            memory.chosen = None;
        }
    });
}

fn draw_own_scores(ui: &mut Ui, theme: &Theme, own: &OwnScores, memory: &mut Memory, actions: &mut Vec<Action>) {
    narrow(ui, theme, |ui| {
        title(ui, theme, &own.words);
        soft(ui, theme, &own.hint);
        for (label, value) in own.skills.iter().zip(&mut memory.own) {
            let now = value.unwrap_or(50);
            let slider = SliderRow::new(label, f32::from(now), 0.0..=100.0, 5.0, &now.to_string()).show(ui, theme);
            if let Some(set) = slider.inner {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
                let set = set.round() as u8;
                *value = Some(set);
            }
        }
        ui.add_space(style::GRID);
        ui.horizontal_wrapped(|ui| {
            if Button::primary("Compare").show(ui, theme).clicked() {
                actions.push(Action::OwnSkills(OwnSkills::Given(memory.own.map(|value| value.unwrap_or(50)))));
            }
            if Button::secondary("Leave it out").key("Esc").show(ui, theme).clicked() || pressed(ui, Key::Escape) {
                actions.push(Action::OwnSkills(OwnSkills::Declined));
            }
        });
    });
}

/// A column that is pleasant to read, in the middle of the window.
pub(super) fn narrow(ui: &mut Ui, theme: &Theme, contents: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    let column = theme.scaled(680.0).min(width);
    ui.horizontal_top(|ui| {
        ui.add_space((width - column) / 2.0);
        ui.vertical(|ui| {
            ui.set_width(column);
            ui.spacing_mut().item_spacing = vec2(style::GRID, style::GRID * 1.5);
            ui.add_space(theme.scaled(16.0));
            contents(ui);
        });
    });
}

pub(super) fn soft(ui: &mut Ui, theme: &Theme, text: &str) {
    words(ui, theme, theme.colors.soft_ink, text);
}

pub(super) fn words(ui: &mut Ui, theme: &Theme, color: Color32, text: &str) {
    paragraph(ui, theme, TextRole::Interface, color, text);
}

/// What the actions of this screen come to, for whoever keeps the answers.
impl Guess {
    /// Takes an answer; other actions are none of its business.
    pub fn take(&mut self, action: &Action) {
        match action {
            Action::Guess(outcome) => self.outcome = Some(*outcome),
            Action::OwnSkills(skills) => self.skills = *skills,
            _ => {}
        }
    }
}
