//! What lies open: the record, what was said, what was jotted down, the readings.

use egui::Ui;

use crate::desktop::screens::conversation::action::{Action, Panel};
use crate::desktop::screens::conversation::data::{PanelSeen, View};
use crate::desktop::screens::conversation::transcript::Speaker;
use crate::desktop::theme::widgets::{Button, ReplyCard, paragraph, section_title, title};
use crate::desktop::theme::{TextRole, Theme};
use crate::dialogue;

/// Whether it lies where the customer is seen: to read it is to look away from them.
pub(super) const fn is_beside(panel: &PanelSeen) -> bool {
    !matches!(panel, PanelSeen::Readings { .. })
}

/// Opens a panel, or closes it where it is open.
pub(super) fn toggle(view: &View, panel: Panel) -> Action {
    let open = match view.panel {
        Some(PanelSeen::Record { .. }) => Some(Panel::Record),
        Some(PanelSeen::Said { .. }) => Some(Panel::Said),
        Some(PanelSeen::Notes(_)) => Some(Panel::Notes),
        Some(PanelSeen::Readings { .. }) => Some(Panel::Readings),
        None => None,
    };
    if open == Some(panel) { Action::Close } else { Action::Open(panel) }
}

pub(super) fn draw(ui: &mut Ui, theme: &Theme, panel: &PanelSeen, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 8.0;
    match panel {
        PanelSeen::Record { title, lines, note, yours, not_yours, limits } => {
            head(ui, theme, title);
            list(ui, theme, None, lines);
            list(ui, theme, Some("Last time\u{2019}s note"), note);
            list(ui, theme, Some(limits[0]), yours);
            list(ui, theme, Some(limits[1]), not_yours);
        }
        PanelSeen::Said { name, lines } => {
            head(ui, theme, "Said so far");
            if lines.is_empty() {
                paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "Nothing yet.");
            }
            for line in lines {
                let (who, role) = match line.speaker {
                    Speaker::Customer => (name.as_str(), TextRole::Quote),
                    Speaker::You => ("You", TextRole::Reply),
                    Speaker::Told => ("", TextRole::Quote),
                };
                if !who.is_empty() {
                    paragraph(ui, theme, TextRole::SmallStrong, theme.colors.soft_ink, who);
                }
                let cut = if line.cut { "\u{2009}\u{2014}" } else { "" };
                paragraph(ui, theme, role, theme.colors.ink, &format!("{}{cut}", line.text));
                ui.add_space(6.0);
            }
        }
        PanelSeen::Notes(notes) => {
            head(ui, theme, "Notes");
            if notes.is_empty() {
                paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "Nothing is jotted down yet.");
            }
            list(ui, theme, None, notes);
        }
        PanelSeen::Readings { question, readings } => {
            section_title(ui, theme, question);
            for (key, text, reading) in readings {
                if ReplyCard::new(key, text).show(ui, theme).clicked() {
                    actions.push(Action::Do(dialogue::Action::Reflect(*reading)));
                }
            }
        }
    }
    ui.add_space(6.0);
    if Button::secondary("Close").key("Esc").show(ui, theme).clicked() {
        actions.push(Action::Close);
    }
}

fn head(ui: &mut Ui, theme: &Theme, text: &str) {
    title(ui, theme, text);
    ui.add_space(6.0);
}

fn list(ui: &mut Ui, theme: &Theme, head: Option<&str>, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    if let Some(head) = head {
        ui.add_space(8.0);
        section_title(ui, theme, head);
    }
    for line in lines {
        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, line);
    }
}
