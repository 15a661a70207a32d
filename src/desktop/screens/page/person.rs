use std::sync::Arc;

use egui::{Galley, Pos2, Rect, Response, Sense, Stroke, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};

use crate::desktop::customer::{Meters, StageColours, paint_portrait};
use crate::desktop::theme::{TextRole, Theme};
use crate::scenario::Scenario;
use crate::scenario::format::current::Look;
use crate::scenario::vocabulary::{Channel, Pronoun, Upset};

/// A customer as a portrait needs them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Person {
    pub look: Look,
    pub pronoun: Pronoun,
    /// How they are as the call begins.
    pub meters: Meters,
    pub upset: Upset,
}

impl Person {
    /// The customer of a scenario, before anything was said.
    pub fn of(scenario: &Scenario) -> Self {
        let customer = &scenario.customer;
        let mood = customer.mood;
        let meters = Meters { anger: mood.anger, trust: mood.trust, patience: mood.patience, heard: mood.heard };
        Self { look: customer.look, pronoun: customer.pronoun, meters, upset: customer.upset }
    }
}

/// Where the customer is met, in a sentence, and on which channel unless that sentence says it.
pub fn place(scenario: &Scenario) -> String {
    let setting = scenario.encounters.first().map_or("", |encounter| encounter.setting.as_str());
    let first = setting.split_once(". ").map_or_else(|| setting.to_owned(), |(first, _)| format!("{first}."));
    let channel = match scenario.channel {
        Channel::Phone => "By phone.",
        Channel::Counter => "At the counter.",
    };
    if first.to_lowercase().contains(scenario.channel.words()) { first } else { format!("{first} {channel}") }
}

/// A round portrait that fills `square`, on `ground`. An ornament: the words beside it say who it is.
pub fn portrait(ui: &Ui, theme: &Theme, person: &Person, square: Rect, ground: egui::Color32) {
    if ui.is_rect_visible(square) {
        let colours = StageColours { card: ground, ..super::stage_colours(theme) };
        let Person { look, pronoun, meters, upset } = *person;
        paint_portrait(ui.painter(), square, &look, pronoun, meters, upset, &colours);
    }
}

/// How hard a scenario is, 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difficulty(pub u8);

impl Difficulty {
    /// Every degree, for a filter.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The degree in a word.
    pub const fn words(self) -> &'static str {
        match self.0 {
            0 | 1 => "Gentle",
            2 => "Lively",
            3 => "Demanding",
            4 => "Hard",
            _ => "Very hard",
        }
    }
}

/// Five dots, as many filled as it is hard, and the word.
pub fn difficulty(ui: &mut Ui, theme: &Theme, degree: Difficulty) -> Response {
    let dots = Dots::new(ui, theme, degree);
    let (rect, response) = ui.allocate_exact_size(dots.size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("Difficulty: {}", degree.words())));
    dots.paint(ui, theme, rect.min);
    response
}

/// The dots and the word, laid out.
pub(super) struct Dots {
    degree: Difficulty,
    word: Arc<Galley>,
    pub(super) size: Vec2,
}

impl Dots {
    const STEP: f32 = 13.0;
    const RADIUS: f32 = 4.0;

    pub(super) fn new(ui: &Ui, theme: &Theme, degree: Difficulty) -> Self {
        let word = theme.job(TextRole::Interface, theme.colors.soft_ink, degree.words(), f32::INFINITY);
        let word = ui.painter().layout_job(word);
        let size = vec2(Self::width(theme) + word.size().x, word.size().y);
        Self { degree, word, size }
    }

    fn width(theme: &Theme) -> f32 {
        theme.scaled(5.0 * Self::STEP + 6.0)
    }

    pub(super) fn paint(self, ui: &Ui, theme: &Theme, at: Pos2) {
        let colors = &theme.colors;
        let radius = theme.scaled(Self::RADIUS);
        for place in 0..5_u8 {
            let x = at.x + radius + f32::from(place) * theme.scaled(Self::STEP);
            let centre = pos2(x, at.y + self.size.y / 2.0);
            if place < self.degree.0 {
                ui.painter().circle_filled(centre, radius, colors.gold);
            } else {
                ui.painter().circle_stroke(centre, radius - 0.5, Stroke::new(1.0, colors.soft_ink));
            }
        }
        ui.painter().galley(pos2(at.x + Self::width(theme), at.y), self.word, colors.soft_ink);
    }
}
