//! What was said so far, and what is being said.

use egui::text::LayoutJob;
use egui::{Align, Label, Ui, vec2};

use super::{FRESH, Memory, Pen};
use crate::desktop::screens::page::close;
use crate::desktop::theme::widgets::paragraph;
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::live::{Line, Said, Speaker, hundredths};

pub(super) fn draw(ui: &mut Ui, pen: &Pen<'_>, memory: &Memory) {
    let present = pen.present;
    let has_moved = memory.fresh == FRESH;
    let last = present.transcript.len().saturating_sub(1);
    for (index, line) in present.transcript.iter().enumerate() {
        let shown = told(ui, pen.theme, line);
        if has_moved && index == last {
            shown.scroll_to_me(Some(Align::TOP));
        }
    }
    if !present.said.is_empty() {
        let phrases = ui.add(Label::new(phrases(pen.theme, &present.said, ui.available_width())));
        ui.ctx().accesskit_node_builder(phrases.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
    meters(ui, pen);
}

/// A line that was said.
fn told(ui: &mut Ui, theme: &Theme, line: &Line) -> egui::Response {
    let colors = &theme.colors;
    let (role, color, before) = match line.speaker {
        Speaker::Customer => (TextRole::SmallQuote, colors.ink, ""),
        Speaker::You => (TextRole::Interface, colors.calm, "You: "),
        Speaker::Told => (TextRole::Interface, colors.soft_ink, ""),
        Speaker::Studio => (TextRole::Small, colors.gold, ""),
    };
    let manner = line.manner.as_ref().map(|manner| format!(" ({manner})")).unwrap_or_default();
    paragraph(ui, theme, role, color, &format!("{before}{}{manner}", line.text))
}

/// The words of this turn in the customer’s type: what can be seen, and pauses, in soft ink.
fn phrases(theme: &Theme, said: &[Said], width: f32) -> LayoutJob {
    let colors = &theme.colors;
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let quote = |color| theme.format(TextRole::Quote, color);
    let soft = quote(colors.soft_ink);
    for phrase in said {
        let space = if job.text.is_empty() { "" } else { " " };
        let ink = if phrase.speaker == Speaker::You { colors.calm } else { colors.ink };
        let break_line = if phrase.speaker == Speaker::You || was_yours(said, phrase) { "\n" } else { space };
        job.append(break_line, 0.0, quote(ink));
        if let Some(direction) = &phrase.direction {
            job.append(&format!("[{direction}]"), 0.0, soft.clone());
            job.append(" ", 0.0, quote(ink));
        }
        job.append(&phrase.text, 0.0, quote(ink));
        if phrase.lapse {
            job.append(" ", 0.0, quote(ink));
            job.append("(a pause)", 0.0, soft.clone());
        }
    }
    job
}

/// Whether the phrase answers what the trainee cut in with.
fn was_yours(said: &[Said], phrase: &Said) -> bool {
    let place = said.iter().position(|other| std::ptr::eq(other, phrase));
    place.and_then(|place| place.checked_sub(1)).is_some_and(|before| said[before].speaker == Speaker::You)
}

/// The meters in one line: what a reply will change.
fn meters(ui: &mut Ui, pen: &Pen<'_>) {
    let talk = &pen.present.run.talk;
    let meters = talk.meters;
    let mut words = format!(
        "Anger {} · trust {} · patience {} · feeling heard {} · clarity {}",
        hundredths(meters.anger),
        hundredths(meters.trust),
        hundredths(meters.patience),
        hundredths(meters.heard),
        hundredths(meters.clarity),
    );
    if talk.own_heat > 0 {
        words.push_str(&format!(" · your own heat {}", talk.own_heat));
    }
    close(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(style::GRID, 2.0);
        paragraph(ui, pen.theme, TextRole::Small, pen.theme.colors.soft_ink, &words);
    });
}
