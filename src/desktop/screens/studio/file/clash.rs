//! Two have changed the file: both changes side by side, and a choice.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Label, Ui};

use super::super::Action as Done;
use super::sheets::head;
use super::{Action, ClashSeen};
use crate::desktop::screens::page;
use crate::desktop::screens::sheet::{Side, two_columns};
use crate::desktop::theme::widgets::{Button, Card, paragraph, section_title, segmented};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::studio::keeping::{Choice, Conflict, DiffLine, LineKind, Resolution, comparison};

/// The most lines of one comparison that are shown.
const MOST_LINES: usize = 120;
/// Unchanged lines that are shown before and after a change.
const AROUND: usize = 2;

/// What has been chosen so far, and of which clash.
#[derive(Debug, Default)]
pub(super) struct Choosing {
    clash: u64,
    choices: Vec<Option<Choice>>,
    preview: Vec<DiffLine>,
}

impl Choosing {
    fn of(&mut self, seen: &ClashSeen) {
        if self.clash == seen.id {
            return;
        }
        self.clash = seen.id;
        self.choices = vec![None; seen.merge.conflicts().count()];
        // With conflicts there is no text yet that could be shown as a whole.
        self.preview = seen.merge.text(&[]).map(|merged| comparison(&seen.mine, &merged, AROUND)).unwrap_or_default();
    }
}

/// Draws the comparison. True where it is left for later.
pub(super) fn draw(
    ui: &mut Ui,
    theme: &Theme,
    seen: &ClashSeen,
    choosing: &mut Choosing,
    greeted: &mut bool,
    actions: &mut Vec<Done>,
) -> bool {
    choosing.of(seen);
    let mut later = false;
    let mut decide = |resolution| actions.push(Done::File(Action::Decide { clash: seen.id, resolution }));
    page::page(ui, theme, "studio clash", |ui| {
        later = head(ui, theme, "This file was changed elsewhere as well");
        let colors = &theme.colors;
        let about = if seen.merge.is_clean() {
            "You and someone else have changed different places, so both changes fit together. This is what the other \
             change does to your text:"
        } else {
            "You and someone else have changed the same places. Choose for each what is to stand there; everything else \
             fits together."
        };
        paragraph(ui, theme, TextRole::Reply, colors.ink, about);
        if seen.merge.is_clean() {
            Card::new().show(ui, theme, |ui| lines(ui, theme, &choosing.preview));
        } else {
            let all = choosing.choices.len();
            for (place, (conflict, choice)) in seen.merge.conflicts().zip(&mut choosing.choices).enumerate() {
                one_conflict(ui, theme, conflict, place, all, choice);
            }
        }
        ui.add_space(style::GRID);
        let chosen: Option<Vec<Choice>> = choosing.choices.iter().copied().collect();
        ui.horizontal_wrapped(|ui| {
            let words = if seen.merge.is_clean() { "Take both" } else { "Take what I chose" };
            let both = Button::primary(words).enabled(chosen.is_some()).show(ui, theme);
            if seen.merge.is_clean() {
                page::focus_first(&both, greeted);
            }
            if both.clicked()
                && let Some(choices) = chosen
            {
                decide(Resolution::Both(choices));
            }
            if Button::secondary("Keep mine").show(ui, theme).clicked() {
                decide(Resolution::Mine);
            }
            if Button::secondary("Take theirs").show(ui, theme).clicked() {
                decide(Resolution::Theirs);
            }
            if Button::secondary("Later").show(ui, theme).clicked() {
                later = true;
            }
        });
        let about = "Nothing is lost: what you do not take stands among the earlier copies.";
        paragraph(ui, theme, TextRole::Interface, colors.soft_ink, about);
    });
    later
}

fn one_conflict(
    ui: &mut Ui,
    theme: &Theme,
    conflict: &Conflict,
    place: usize,
    all: usize,
    choice: &mut Option<Choice>,
) {
    let colors = &theme.colors;
    Card::new().chosen(choice.is_some()).show(ui, theme, |ui| {
        section_title(ui, theme, &format!("Place {} of {all}", place + 1));
        if !conflict.behind.trim().is_empty() {
            paragraph(ui, theme, TextRole::Small, colors.soft_ink, "Behind this line:");
            code(ui, theme, colors.soft_ink, conflict.behind.trim());
        }
        two_columns(ui, theme, 0.5, |ui, side| {
            let (words, text) = match side {
                Side::Left => ("Mine", &conflict.mine),
                Side::Right => ("Theirs", &conflict.theirs),
            };
            paragraph(ui, theme, TextRole::SmallStrong, colors.ink, words);
            if text.is_empty() {
                paragraph(ui, theme, TextRole::Interface, colors.soft_ink, "Took it away.");
            }
            for line in text.lines().take(MOST_LINES) {
                code(ui, theme, colors.ink, line);
            }
        });
        let options =
            [(Some(Choice::Mine), "Mine"), (Some(Choice::Theirs), "Theirs"), (Some(Choice::Both), "Mine, then theirs")];
        let name = format!("What stands at place {}", place + 1);
        if let Some(chosen) = segmented(ui, theme, &name, &options, *choice).inner {
            *choice = chosen;
        }
    });
}

fn lines(ui: &mut Ui, theme: &Theme, lines: &[DiffLine]) {
    let colors = &theme.colors;
    page::close(ui, |ui| {
        for line in lines.iter().take(MOST_LINES) {
            match line.kind {
                LineKind::Same => code(ui, theme, colors.soft_ink, &format!("  {}", line.text)),
                LineKind::Added => code(ui, theme, colors.calm, &format!("+ {}", line.text)),
                LineKind::Removed => code(ui, theme, colors.heat, &format!("\u{2212} {}", line.text)),
                LineKind::Gap => code(ui, theme, colors.soft_ink, "\u{2026}"),
            }
        }
        if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
            paragraph(ui, theme, TextRole::Small, colors.soft_ink, &format!("And {more} more lines."));
        }
    });
}

/// A line of the text.
fn code(ui: &mut Ui, theme: &Theme, color: Color32, line: &str) {
    let font = FontId::monospace(14.0 * theme.scale.factor());
    let format = TextFormat { font_id: font, color, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(line.to_owned(), format);
    job.wrap.max_width = ui.available_width();
    job.wrap.break_anywhere = true;
    ui.add(Label::new(job));
}
