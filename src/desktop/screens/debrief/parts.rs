//! The result page: score, curve, the two turns that mattered, and one goal.

use egui::{Key, Label, Sense, Ui, WidgetInfo, WidgetType, pos2, text::LayoutJob, vec2};

use super::chart::{self, meters_in_words};
use super::data::{Closing, Column, Curve, FirstRun, Headline, Line, Result, SkillBar, Turning};
use super::ui::{Action, Memory, Page, narrow, soft, words};
use crate::desktop::screens::sheet::{Side, heading, inline, pressed, small_heading, two_columns};
use crate::desktop::screens::table::{self, Row, table};
use crate::desktop::theme::widgets::{
    Bar, Button, Card, Tone, keyed_action, link, paragraph, pill, section_title, show_focus, text_row,
};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::scenario::vocabulary::capitalised;

/// The left column's part of the width.
const LEFT: f32 = 0.34;

pub(super) fn result(ui: &mut Ui, theme: &Theme, result: &Result, memory: &mut Memory, actions: &mut Vec<Action>) {
    head(ui, theme, result);
    ui.add_space(style::GRID);
    two_columns(ui, theme, LEFT, |ui, side| match side {
        Side::Left => score(ui, theme, result, memory, actions),
        Side::Right => {
            curve(ui, theme, &result.curve, memory);
            if let Some(helped) = &result.helped {
                turning(ui, theme, helped, Tone::Calm, |_| {});
            }
            if let Some(turned) = &result.turned {
                turning(ui, theme, turned, lost(turned), |ui| explain(ui, theme, turned, memory, actions));
            }
            closing(ui, theme, &result.closing, memory, actions);
        }
    });
}

/// The short form after a first call: what helped, what hurt, once more or on.
pub(super) fn first_run(ui: &mut Ui, theme: &Theme, first: &FirstRun, actions: &mut Vec<Action>) {
    narrow(ui, theme, |ui| {
        headline(ui, theme, &first.headline);
        if let Some(helped) = &first.helped {
            turning(ui, theme, helped, Tone::Calm, |_| {});
        }
        if let Some(hurt) = &first.hurt {
            turning(ui, theme, hurt, lost(hurt), |ui| soft(ui, theme, &hurt.why));
        }
        words(ui, theme, theme.colors.ink, &first.closing);
        ui.horizontal_wrapped(|ui| {
            let by_enter = ui.memory(|memory| memory.focused().is_none()) && pressed(ui, Key::Enter);
            if Button::primary("On to Home").key("Enter").show(ui, theme).clicked() || by_enter {
                actions.push(Action::Done);
            }
            if let Some((encounter, turn)) = first.retry
                && Button::secondary("Try that moment again").show(ui, theme).clicked()
            {
                actions.push(Action::TryAgain { encounter, turn });
            }
        });
    });
}

/// The colour of the turn that lost most: heat only where it did harm.
fn lost(turning: &Turning) -> Tone {
    if turning.hurt { Tone::Heat } else { Tone::Gold }
}

fn head(ui: &mut Ui, theme: &Theme, result: &Result) {
    headline(ui, theme, &result.headline);
    if !result.aside.is_empty() {
        soft(ui, theme, &result.aside);
    }
    if let Some(team) = &result.team {
        let said = paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, team);
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
}

fn headline(ui: &mut Ui, theme: &Theme, headline: &Headline) {
    let colors = &theme.colors;
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    job.append(&headline.before, 0.0, theme.format(TextRole::Title, colors.ink));
    let color = if headline.badly { colors.heat } else { colors.calm };
    job.append(&headline.outcome, 0.0, theme.format(TextRole::Title, color));
    heading(ui, job);
}

fn score(ui: &mut Ui, theme: &Theme, result: &Result, memory: &mut Memory, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    overall(ui, theme, &result.overall, &result.reachable);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme.scaled(6.0);
        for bar in &result.skills {
            if skill_bar(ui, theme, bar) {
                memory.page = Page::Rows;
                memory.open = vec![bar.skill];
            }
        }
    });
    for cap in &result.caps {
        words(ui, theme, colors.heat, cap);
    }
    paragraph(ui, theme, TextRole::Small, colors.soft_ink, &result.about_marks);
    ui.horizontal_wrapped(|ui| {
        if let Some((encounter, turn)) = result.retry
            && Button::primary("Try that moment again").show(ui, theme).clicked()
        {
            actions.push(Action::TryAgain { encounter, turn });
        }
        if Button::secondary("All the rows").show(ui, theme).clicked() {
            memory.page = Page::Rows;
        }
    });
    for column in &result.columns {
        list(ui, theme, column);
    }
}

/// The one large number, and small at its foot what could be reached.
fn overall(ui: &mut Ui, theme: &Theme, number: &str, reachable: &str) {
    let colors = &theme.colors;
    let width = ui.available_width();
    let number_text = ui.painter().layout_job(theme.job(TextRole::Score, colors.ink, number, f32::INFINITY));
    let gap = theme.scaled(8.0);
    let wrap = (width - number_text.size().x - gap).max(theme.scaled(80.0));
    let reach_text = ui.painter().layout_job(theme.job(TextRole::Interface, colors.soft_ink, reachable, wrap));
    let height = number_text.mesh_bounds.bottom().max(number_text.size().y) + theme.scaled(8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let name = format!("{number} {reachable}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &name));
    let foot = rect.top() + number_text.mesh_bounds.bottom();
    let beside = pos2(rect.left() + number_text.size().x + gap, foot - reach_text.mesh_bounds.bottom());
    ui.painter().galley(rect.min, number_text, colors.ink);
    ui.painter().galley(beside, reach_text, colors.soft_ink);
}

/// A skill's bar, which opens its rows.
fn skill_bar(ui: &mut Ui, theme: &Theme, bar: &SkillBar) -> bool {
    let tone = if bar.weak { Tone::Heat } else { Tone::Calm };
    let drawn = Bar::new(bar.label, bar.value).mark(bar.mark).tone(tone).label_width(146.0).show(ui, theme);
    if let Some(own) = &bar.own {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut job = theme.job(TextRole::Small, theme.colors.soft_ink, own, ui.available_width());
            job.halign = egui::Align::RIGHT;
            ui.with_layout(egui::Layout::top_down(egui::Align::RIGHT), |ui| ui.add(Label::new(job)));
        });
    }
    let open = ui.interact(drawn.rect, drawn.id.with("open"), Sense::click());
    let name = format!("{}, {}: open its rows", bar.label, bar.value);
    open.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), &name));
    ring(ui, theme, &open);
    open.clicked()
}

/// The ring of the focus, for what is clickable without being a widget of the theme.
pub(super) fn ring(ui: &Ui, theme: &Theme, response: &egui::Response) {
    if response.hovered() && !response.has_focus() {
        ui.painter().rect_stroke(response.rect.expand(3.0), 6.0, (1.0, theme.colors.line), egui::StrokeKind::Inside);
    }
    show_focus(ui.painter(), theme, response, 3);
}

fn curve(ui: &mut Ui, theme: &Theme, curve: &Curve, memory: &mut Memory) {
    Card::new().show(ui, theme, |ui| {
        chart::show(ui, theme, curve, memory.all_meters, &mut memory.cursor);
        let spot = memory.cursor.and_then(|at| curve.spots.get(at));
        let (what, said) = match spot {
            Some(spot) => {
                let count = if memory.all_meters { curve.names.len() } else { 2 };
                (format!("{}. {}", spot.label, meters_in_words(curve, spot, count)), spot.said.as_str())
            }
            None => (String::new(), "Point at the lines, or use the arrow keys, to read what was said."),
        };
        // Room for two lines, so that reading along moves nothing below.
        let least = 2.0 * theme.line_height(TextRole::Interface);
        ui.allocate_ui(vec2(ui.available_width(), least), |ui| {
            ui.set_min_height(least);
            let mut job = LayoutJob::default();
            job.wrap.max_width = ui.available_width();
            job.append(&what, 0.0, theme.format(TextRole::Strong, theme.colors.ink));
            let gap = if what.is_empty() { 0.0 } else { 6.0 };
            job.append(said, gap, theme.format(TextRole::Interface, theme.colors.soft_ink));
            ui.add(Label::new(job));
        });
        ui.horizontal_wrapped(|ui| {
            let two = || capitalised(&format!("{} and {} only", curve.names[0], curve.names[1]));
            let all = if memory.all_meters { two() } else { "All five meters".to_owned() };
            if keyed_action(ui, theme, "M", &all).clicked() || pressed(ui, Key::M) {
                memory.all_meters = !memory.all_meters;
            }
            ui.add_space(style::GRID);
            let words = if memory.table { "Hide the table" } else { "As a table" };
            if keyed_action(ui, theme, "T", words).clicked() || pressed(ui, Key::T) {
                memory.table = !memory.table;
            }
        });
        if memory.table {
            curve_table(ui, theme, curve);
        }
    });
}

fn curve_table(ui: &mut Ui, theme: &Theme, curve: &Curve) {
    let numbers: Vec<[String; 5]> = curve.spots.iter().map(|spot| spot.meters.map(|value| value.to_string())).collect();
    let heads = curve.names.iter().map(|name| table::Column { name, share: 1.0, number: true });
    let columns: Vec<_> = [table::Column { name: "", share: 1.1, number: false }].into_iter().chain(heads).collect();
    let rows: Vec<_> = curve
        .spots
        .iter()
        .zip(&numbers)
        .map(|(spot, numbers)| Row {
            cells: [spot.label.as_str()].into_iter().chain(numbers.iter().map(String::as_str)).collect(),
            strong: spot.marker.is_some(),
        })
        .collect();
    table(ui, theme, "The meters by turn", &columns, &rows);
}

fn turning(ui: &mut Ui, theme: &Theme, turning: &Turning, tone: Tone, more: impl FnOnce(&mut Ui)) {
    Card::new().show(ui, theme, |ui| {
        small_heading(ui, theme, tone.color(theme), turning.title);
        paragraph(ui, theme, TextRole::Quote, theme.colors.ink, &turning.quote);
        soft(ui, theme, &turning.effect);
        more(ui);
    });
}

/// First one's own reason, then the author's.
fn explain(ui: &mut Ui, theme: &Theme, turned: &Turning, memory: &mut Memory, actions: &mut Vec<Action>) {
    if memory.reason_shown || turned.own.is_some() {
        let own = turned.own.as_deref().unwrap_or_else(|| memory.reason.trim());
        if !own.is_empty() {
            words(ui, theme, theme.colors.ink, &format!("You: {own}"));
        }
        words(ui, theme, theme.colors.ink, &format!("The author: {}", turned.why));
        if let Some(better) = &turned.better {
            soft(ui, theme, "Also on offer:");
            paragraph(ui, theme, TextRole::Quote, theme.colors.ink, better);
        }
        return;
    }
    let field = text_row(ui, theme, &turned.ask, &mut memory.reason, "In your own words");
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let written = !memory.reason.trim().is_empty();
    ui.horizontal_wrapped(|ui| {
        let shown = Button::secondary("See the author\u{2019}s reason").enabled(written).show(ui, theme).clicked();
        if written && (shown || entered) {
            memory.reason_shown = true;
            let text = memory.reason.trim().to_owned();
            actions.push(Action::Explain { encounter: turned.encounter, turn: turned.turn, text });
        }
        if !written && link(ui, theme, "I can\u{2019}t say. Show me").clicked() {
            memory.reason_shown = true;
        }
    });
}

fn list(ui: &mut Ui, theme: &Theme, column: &Column) {
    ui.add_space(style::GRID);
    section_title(ui, theme, &column.title);
    for line in &column.lines {
        list_line(ui, theme, line);
    }
}

fn list_line(ui: &mut Ui, theme: &Theme, line: &Line) {
    let colors = &theme.colors;
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    if let Some(lead) = &line.lead {
        job.append(&format!("{lead}  "), 0.0, inline(theme, TextRole::SmallStrong, colors.gold));
    }
    job.append(&line.text, 0.0, inline(theme, TextRole::Interface, colors.ink));
    if let Some(aside) = &line.aside {
        job.append(&format!("\n{aside}"), 0.0, theme.format(TextRole::Interface, colors.soft_ink));
    }
    ui.add(Label::new(job));
}

fn closing(ui: &mut Ui, theme: &Theme, closing: &Closing, memory: &mut Memory, actions: &mut Vec<Action>) {
    Card::new().show(ui, theme, |ui| {
        section_title(ui, theme, closing.words);
        for suggestion in &closing.suggestions {
            let picked = closing.picked.as_ref() == Some(suggestion);
            if pill(ui, theme, None, suggestion, picked).clicked() {
                actions.push(Action::PickGoal(suggestion.clone()));
            }
        }
        let own = closing.picked.as_ref().filter(|picked| !closing.suggestions.contains(picked));
        if let Some(own) = own {
            pill(ui, theme, None, own, true);
        }
        let field = text_row(ui, theme, "Or in your own words", &mut memory.goal, "When \u{2026}, I \u{2026}");
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let written = !memory.goal.trim().is_empty();
        ui.horizontal_wrapped(|ui| {
            let kept = Button::secondary("Keep these words").enabled(written).show(ui, theme).clicked();
            if written && (kept || entered) {
                actions.push(Action::PickGoal(memory.goal.trim().to_owned()));
                memory.goal.clear();
            }
            if Button::primary("Done").show(ui, theme).clicked() {
                actions.push(Action::Done);
            }
        });
    });
}
