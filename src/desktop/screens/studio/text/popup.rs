//! What is offered at the caret: what may be written there, and what mends it.

use std::ops::Range;

use egui::{
    Align2, Area, CornerRadius, Frame, Key, Margin, Modifiers, Order, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo,
    WidgetType, accesskit, pos2, vec2,
};

use super::{Memory, Reveal, Sheet, View};
use crate::authoring::assist::Completion;
use crate::desktop::screens::studio::Action;
use crate::desktop::screens::studio::ui::Answer;
use crate::desktop::theme::{TextRole, style};
use crate::studio::asking::Wish;
use crate::studio::editor::Selection;

/// How many rows of a list are in sight.
const ROWS: usize = 8;

/// A list at the caret.
#[derive(Debug)]
pub(super) enum Popup {
    Completions {
        /// The version of the text that they were asked for, none until they came.
        of: Option<u64>,
        items: Vec<Completion>,
        chosen: usize,
        /// Asked for by a key, not by writing.
        on_demand: bool,
    },
    Mends {
        items: Vec<(String, Range<usize>, String)>,
        chosen: usize,
    },
}

/// A row of a list, as it is shown.
struct Shown<'a> {
    label: &'a str,
    detail: Option<&'a str>,
    about: Option<&'a str>,
}

impl Memory {
    /// Asks what may come here.
    pub(super) fn complete(&mut self, answer: &mut Answer) {
        self.popup = Some(Popup::Completions { of: None, items: Vec::new(), chosen: 0, on_demand: true });
        self.ask_again(answer);
    }

    /// Asks by itself, while a name is being written: with what is asked again because the text has changed.
    pub(super) fn complete_while_typing(&mut self) {
        if !self.editor.writes_name() {
            self.popup = None;
        } else if self.popup.is_none() {
            self.popup = Some(Popup::Completions { of: None, items: Vec::new(), chosen: 0, on_demand: false });
        }
    }

    /// The text has changed: what may come here may be something else.
    pub(super) fn ask_again(&mut self, answer: &mut Answer) {
        match &self.popup {
            Some(Popup::Completions { .. }) => {
                self.pass_on(answer);
                answer.actions.push(Action::Ask(Wish::Completions(self.editor.caret())));
            }
            Some(Popup::Mends { .. }) => self.popup = None,
            None => {}
        }
    }

    /// What may come here has come.
    pub(super) fn offer(&mut self, version: u64, fresh: &[Completion]) {
        let Some(Popup::Completions { of, items, chosen, on_demand }) = &mut self.popup else { return };
        if version != self.editor.version() {
            return;
        }
        let before = items.get(*chosen).map(|item| item.label.clone());
        let mut found: Vec<(u8, &Completion)> = fresh
            .iter()
            .filter_map(|item| {
                let end = self.editor.caret().max(item.replaces.start);
                let written = self.editor.text().get(item.replaces.start..end)?.trim_start_matches('"');
                Some((rank(&item.label, written)?, item))
            })
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        let is_written =
            matches!(&found[..], [(0, item)] if self.editor.text().get(item.replaces.range()) == Some(&item.inserts));
        *items = found.into_iter().map(|(_, item)| item.clone()).collect();
        *of = Some(version);
        *chosen =
            items.iter().position(|item| Some(&item.label) == before.as_ref()).filter(|_| *on_demand).unwrap_or(0);
        if items.is_empty() || (is_written && !*on_demand) {
            if *on_demand {
                self.notice = Some("Nothing that has a name fits here.".to_owned());
            }
            self.popup = None;
        }
    }

    /// Offers what mends the findings at the caret.
    pub(super) fn offer_mends(&mut self, view: &View) {
        let checked = &view.checked;
        let mend = |finding: usize| {
            let mend = checked.mends.get(finding)?.as_ref()?;
            let place = self.editor.today(checked.version, mend.change.range.clone());
            Some((mend.title.clone(), place, mend.change.inserted.clone()))
        };
        let items: Vec<_> =
            self.marks_at(self.editor.caret()).into_iter().filter_map(|mark| mend(mark.finding)).collect();
        if items.is_empty() {
            self.notice = Some("Nothing here can be mended by itself.".to_owned());
        } else {
            self.popup = Some(Popup::Mends { items, chosen: 0 });
        }
    }

    /// Takes what is chosen.
    fn take(&mut self) {
        match self.popup.take() {
            Some(Popup::Completions { of: Some(of), items, chosen, .. }) => {
                let Some(item) = items.get(chosen) else { return };
                let place = self.editor.today(of, item.replaces.range());
                let end = place.end.max(self.editor.caret());
                self.editor.replace(place.start..end, &item.inserts);
                let caret = place.start + item.cursor.unwrap_or(item.inserts.len());
                self.editor.select(Selection::at(caret));
            }
            Some(Popup::Mends { items, chosen }) => {
                if let Some((_, place, inserted)) = items.get(chosen) {
                    self.editor.replace(place.clone(), inserted);
                }
            }
            _ => {}
        }
        self.reveals = Reveal::Near;
    }
}

/// How well a name fits what is written of it: the lower the better, and not at all where its letters are not in it.
fn rank(label: &str, written: &str) -> Option<u8> {
    let (label, written) = (label.to_lowercase(), written.to_lowercase());
    let mut letters = label.chars();
    if label.starts_with(&written) {
        Some(0)
    } else if label.contains(&written) {
        Some(1)
    } else {
        written.chars().all(|sign| letters.any(|letter| letter == sign)).then_some(2)
    }
}

/// Whether the list took a key.
pub(super) fn press(memory: &mut Memory, key: Key, modifiers: Modifiers) -> bool {
    let (count, chosen) = match &mut memory.popup {
        Some(Popup::Completions { items, chosen, .. }) if !items.is_empty() => (items.len(), chosen),
        Some(Popup::Mends { items, chosen }) => (items.len(), chosen),
        _ => {
            // What has not come yet is not waited for any longer.
            memory.popup = None;
            return false;
        }
    };
    if !modifiers.is_none() {
        return false;
    }
    match key {
        Key::ArrowDown => *chosen = (*chosen + 1) % count,
        Key::ArrowUp => *chosen = (*chosen + count - 1) % count,
        Key::PageDown => *chosen = (*chosen + ROWS).min(count - 1),
        Key::PageUp => *chosen = chosen.saturating_sub(ROWS),
        Key::Enter | Key::Tab => memory.take(),
        Key::Escape => memory.popup = None,
        Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End => {
            memory.popup = None;
            return false;
        }
        _ => return false,
    }
    true
}

/// Draws the list.
pub(super) fn draw(ui: &Ui, sheet: &Sheet<'_>, caret: Option<Rect>, memory: &mut Memory, answer: &mut Answer) {
    let Some(caret) = caret else { return };
    let (shown, chosen, name): (Vec<Shown<'_>>, usize, &str) = match &memory.popup {
        Some(Popup::Completions { items, chosen, .. }) => {
            let shown = items.iter().map(|item| Shown {
                label: &item.label,
                detail: item.detail.as_deref(),
                about: item.documentation.as_deref(),
            });
            (shown.collect(), *chosen, "What may come here")
        }
        Some(Popup::Mends { items, chosen }) => {
            let shown = items.iter().map(|(title, ..)| Shown { label: title, detail: None, about: None });
            (shown.collect(), *chosen, "What mends it")
        }
        None => return,
    };
    if shown.is_empty() {
        return;
    }
    let (clicked, rect) = list(ui, sheet, caret, &shown, chosen, name);
    memory.list = Some(rect);
    if let Some(clicked) = clicked {
        match &mut memory.popup {
            Some(Popup::Completions { chosen, .. } | Popup::Mends { chosen, .. }) => *chosen = clicked,
            None => {}
        }
        memory.take();
        memory.wants_focus = true;
        memory.pass_on(answer);
    }
}

fn list(
    ui: &Ui,
    sheet: &Sheet<'_>,
    caret: Rect,
    shown: &[Shown<'_>],
    chosen: usize,
    name: &str,
) -> (Option<usize>, Rect) {
    let theme = sheet.theme;
    let screen = ui.ctx().content_rect();
    let width = theme.scaled(380.0).min(screen.width() - 16.0);
    let row = theme.line_height(TextRole::Interface) + theme.scaled(4.0);
    let about = shown.get(chosen).and_then(|item| item.about);
    #[expect(clippy::cast_precision_loss, reason = "there are few rows")]
    let height = row * (shown.len().min(ROWS) + usize::from(about.is_some())) as f32 + 12.0;
    let below = caret.bottom() + 4.0 + height <= screen.bottom();
    let at: Pos2 =
        if below { caret.left_bottom() + vec2(0.0, 4.0) } else { caret.left_top() - vec2(0.0, height + 4.0) };
    let first = (chosen + 1).saturating_sub(ROWS);
    let mut clicked = None;
    let area = Area::new(ui.id().with("at the caret"))
        .order(Order::Foreground)
        .fixed_pos(at)
        .constrain_to(screen)
        .fade_in(false);
    let shown = area.show(ui.ctx(), |ui| {
        let colors = &theme.colors;
        let frame = Frame::new()
            .fill(colors.card)
            .stroke(Stroke::new(1.0, colors.soft_ink))
            .corner_radius(CornerRadius::same(style::CORNER))
            .inner_margin(Margin::same(5));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            ui.set_width(width);
            let group = ui.interact(ui.max_rect(), ui.id().with("list"), Sense::hover());
            ui.ctx().accesskit_node_builder(group.id, |node| {
                node.set_role(accesskit::Role::ListBox);
                node.set_label(name);
            });
            for (place, item) in shown.iter().enumerate().skip(first).take(ROWS) {
                let (rect, response) = ui.allocate_exact_size(vec2(width, row), Sense::CLICK);
                let is_chosen = place == chosen;
                response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, item.label));
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_role(accesskit::Role::ListBoxOption);
                    if let Some(detail) = item.detail {
                        node.set_description(detail);
                    }
                    if is_chosen {
                        // The focus stays in the text: what is chosen is told as it changes.
                        node.set_live(accesskit::Live::Polite);
                    }
                });
                if is_chosen || response.hovered() {
                    ui.painter().rect_filled(rect, CornerRadius::same(5), colors.chosen);
                }
                if is_chosen {
                    let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
                    ui.painter().rect_filled(bar, CornerRadius::same(1), colors.calm);
                }
                let painter = ui.painter_at(rect);
                let text_at = pos2(rect.left() + 10.0, rect.center().y);
                let label = painter.text(text_at, Align2::LEFT_CENTER, item.label, sheet.font.clone(), colors.ink);
                if let Some(detail) = item.detail {
                    let at = pos2(label.right() + 14.0, rect.center().y);
                    painter.text(at, Align2::LEFT_CENTER, detail, theme.font(TextRole::Small), colors.soft_ink);
                }
                if response.clicked() {
                    clicked = Some(place);
                }
            }
            if let Some(about) = about {
                let (rect, _) = ui.allocate_exact_size(vec2(width, row), Sense::hover());
                ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, colors.line));
                let at = pos2(rect.left() + 10.0, rect.center().y);
                ui.painter_at(rect).text(at, Align2::LEFT_CENTER, about, theme.font(TextRole::Small), colors.soft_ink);
            }
        });
    });
    (clicked, shown.response.rect)
}
