//! A provisional Home, to be looked at: replaced by `screens/home`.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use egui::{Frame, Margin, ScrollArea};

use super::redraw::{Rate, Redraw};
use super::theme::widgets::{
    Bar, Button, Card, ReplyCard, SliderRow, Tone, keyed_action, link, paragraph, pill, section_title, segmented,
    text_row, title, toggle_row,
};
use super::theme::{Appearance, Scale, TextRole, Theme, style};
use super::{Screen, Step};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sample>()
        .add_systems(EguiPrimaryContextPass, draw.in_set(Step::Draw).run_if(in_state(Screen::Home)));
}

#[derive(Resource)]
struct Sample {
    pace: usize,
    reply: usize,
    captions: bool,
    name: String,
    rate: Rate,
}

impl Default for Sample {
    fn default() -> Self {
        Self { pace: 0, reply: 1, captions: true, name: String::new(), rate: Rate::Still }
    }
}

fn draw(
    mut contexts: EguiContexts,
    mut theme: ResMut<Theme>,
    mut sample: ResMut<Sample>,
    mut redraw: ResMut<Redraw>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let mut root = super::root(ctx);
    let theme_now = *theme;
    let mut appearance = theme_now.appearance;
    let mut scale = theme_now.scale;
    redraw.at_least(sample.rate);
    ScrollArea::vertical().auto_shrink(false).show(&mut root, |ui| {
        Frame::new().inner_margin(Margin::same(36)).show(ui, |ui| {
            let theme = &theme_now;
            title(ui, theme, "Simmer");
            paragraph(ui, theme, TextRole::Customer, theme.colors.ink, "He’d have found it funny, the letter.");
            ui.add_space(style::GRID);
            ui.horizontal_wrapped(|ui| {
                if let Some(chosen) = segmented(
                    ui,
                    theme,
                    "Appearance",
                    &[(Appearance::Light, "Light"), (Appearance::Dark, "Dark")],
                    appearance,
                )
                .inner
                {
                    appearance = chosen;
                }
                if let Some(chosen) =
                    segmented(ui, theme, "Pace", &[(0, "Slow"), (1, "Even"), (2, "Quick")], sample.pace).inner
                {
                    sample.pace = chosen;
                }
                let rates = [(Rate::Still, "Still"), (Rate::Breathing, "Breathing"), (Rate::Speaking, "Speaking")];
                if let Some(chosen) = segmented(ui, theme, "Rate", &rates, sample.rate).inner {
                    sample.rate = chosen;
                }
                keyed_action(ui, theme, "N", "Nod");
                keyed_action(ui, theme, "B", "Breathe");
            });
            ui.add_space(style::GRID);
            for (index, words) in REPLIES.iter().enumerate() {
                let key = (index + 1).to_string();
                if ReplyCard::new(&key, words).chosen(sample.reply == index).show(ui, theme).clicked() {
                    sample.reply = index;
                }
            }
            ui.horizontal_wrapped(|ui| {
                pill(ui, theme, Some("1"), "Cancel the seat, offer another", false);
                pill(ui, theme, Some("2"), "Give back her sentence", true);
                pill(ui, theme, None, "Suggest waiting till August", false);
            });
            ui.add_space(style::GRID);
            ui.horizontal_wrapped(|ui| {
                Button::primary("Try that moment again").show(ui, theme);
                Button::secondary("All the rows").show(ui, theme);
                Button::danger("Speak now").key("Space").show(ui, theme);
                Button::primary("Speak").key("Enter").enabled(false).show(ui, theme);
                link(ui, theme, "Say it in a sentence");
            });
            Card::new().show(ui, theme, |ui| {
                section_title(ui, theme, "What helped most");
                paragraph(ui, theme, TextRole::Quote, theme.colors.ink, "“His photo is a blue door, number fourteen.”");
                paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "Anger 36 → 23, 0 of 3.");
                Bar::new("Listening", 84).mark(Some(98)).show(ui, theme);
                Bar::new("Calm tone", 53).mark(Some(100)).tone(Tone::Heat).show(ui, theme);
                if toggle_row(ui, theme, "Say in words what the drawing shows", sample.captions).clicked() {
                    sample.captions = !sample.captions;
                }
                let percent = scale.factor() * 100.0;
                let shown = format!("{percent:.0} %");
                let slider = SliderRow::new("Size of text", percent, 100.0..=200.0, 10.0, &shown).show(ui, theme);
                if let Some(percent) = slider.inner {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 100 and 200")]
                    let percent = percent.round() as u16;
                    scale = Scale::percent(percent);
                }
                text_row(ui, theme, "Your name", &mut sample.name, "As colleagues call you");
            });
        });
    });
    if appearance != theme_now.appearance || scale != theme_now.scale {
        *theme = Theme::new(appearance, scale, theme_now.motion);
    }
    Ok(())
}

const REPLIES: [&str; 2] = [
    "I’ll take one-twelve off for you now. Will you be keeping one-eleven? Or would you rather move somewhere with a bit more company around you this year?",
    "You stopped there. You said ‘I don’t know that I want’, and then you stopped. I’m in no hurry, if you’d like to tell me the rest.",
];
