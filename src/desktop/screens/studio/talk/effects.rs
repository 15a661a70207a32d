//! What the latest decision did, and the score so far.

use egui::Ui;

use super::Pen;
use crate::desktop::screens::page::{bullet, close};
use crate::desktop::screens::text::{few_words, quoted, tenths, whole};
use crate::desktop::theme::widgets::{Bar, Tone, paragraph, section_title};
use crate::desktop::theme::{TextRole, style};
use crate::studio::live::Effect;

/// Below this a skill’s bar is drawn in heat.
const WEAK_BELOW: u8 = 60;

pub(super) fn draw(ui: &mut Ui, pen: &Pen<'_>) {
    if let Some(effect) = &pen.present.last {
        latest(ui, pen, effect);
    } else {
        let words = "Nothing has been said yet. What a reply does to them, and what it shows, will stand here.";
        paragraph(ui, pen.theme, TextRole::Interface, pen.theme.colors.soft_ink, words);
    }
    ui.add_space(style::GRID);
    score(ui, pen);
}

fn latest(ui: &mut Ui, pen: &Pen<'_>, effect: &Effect) {
    let theme = pen.theme;
    let colors = &theme.colors;
    section_title(ui, theme, "The latest decision");
    paragraph(ui, theme, TextRole::SmallQuote, colors.ink, &quoted(&few_words(&effect.done)));
    close(ui, |ui| {
        for words in &effect.moves {
            bullet(ui, theme, words);
        }
        for words in &effect.besides {
            bullet(ui, theme, words);
        }
    });
    if !effect.shown.is_empty() || !effect.slips.is_empty() {
        section_title(ui, theme, "What it showed");
    }
    close(ui, |ui| {
        for shown in &effect.shown {
            let words = format!("{}: {} ({})", shown.words, shown.credit, shown.skill.words());
            let color = if shown.is_full { colors.calm } else { colors.ink };
            paragraph(ui, theme, TextRole::Interface, color, &words);
        }
        for (words, weight) in &effect.slips {
            paragraph(ui, theme, TextRole::Interface, colors.heat, &format!("{words} {weight}."));
        }
    });
    let (before, after) = effect.overall;
    paragraph(ui, theme, TextRole::Interface, colors.soft_ink, &format!("The whole: {before} → {after}."));
}

fn score(ui: &mut Ui, pen: &Pen<'_>) {
    let theme = pen.theme;
    let score = &pen.present.score;
    section_title(ui, theme, "If it ended now");
    let (overall, outcome) = (score.overall, score.outcome);
    let words = format!("{overall} of 1000, {outcome}. Satisfaction {}.", tenths(score.satisfaction));
    paragraph(ui, theme, TextRole::Interface, theme.colors.ink, &words);
    if pen.present.is_edited {
        let words = "The state was changed by hand: this cannot be compared with any other score.";
        paragraph(ui, theme, TextRole::Interface, theme.colors.gold, words);
    }
    for skill in &score.skills {
        if skill.available == 0 {
            let words = format!("{}: nothing has asked for it yet", skill.skill.words());
            paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, &words);
            continue;
        }
        let value = whole(skill.score);
        let tone = if value < WEAK_BELOW { Tone::Heat } else { Tone::Calm };
        Bar::new(skill.skill.words(), value).tone(tone).show(ui, theme);
    }
}
