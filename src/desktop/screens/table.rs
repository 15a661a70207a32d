//! A table of text: ruled by one-pixel lines, read cell by cell by a screen reader.

use egui::{Align, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, WidgetType, accesskit, pos2, vec2};

use crate::desktop::theme::{TextRole, Theme};

/// A column of a [`table`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    /// Its part of the width.
    pub(super) share: f32,
    pub(super) number: bool,
}

/// A row of a [`table`].
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) cells: Vec<&'a str>,
    /// Set apart, such as one's own.
    pub(super) strong: bool,
}

/// Draws the table as wide as there is room. `name` is what a screen reader calls it.
pub(super) fn table(ui: &mut Ui, theme: &Theme, name: &str, columns: &[Column<'_>], rows: &[Row<'_>]) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        role(ui, accesskit::Role::Table, Some(name));
        let heads: Vec<_> = columns.iter().map(|column| column.name).collect();
        row(ui, theme, columns, &heads, Kind::Head);
        for line in rows {
            row(ui, theme, columns, &line.cells, if line.strong { Kind::Strong } else { Kind::Plain });
        }
    });
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Plain,
    Strong,
}

fn role(ui: &Ui, role: accesskit::Role, name: Option<&str>) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        if let Some(name) = name {
            node.set_label(name);
        }
    });
}

fn row(ui: &mut Ui, theme: &Theme, columns: &[Column<'_>], cells: &[&str], kind: Kind) {
    let colors = &theme.colors;
    let (text, color) = match kind {
        Kind::Head => (TextRole::Small, colors.soft_ink),
        Kind::Plain => (TextRole::Interface, colors.ink),
        Kind::Strong => (TextRole::Strong, colors.ink),
    };
    let gap = theme.scaled(10.0);
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let width = ui.available_width();
    let widths: Vec<f32> = columns.iter().map(|column| width * column.share / shares).collect();
    let galleys: Vec<_> = columns
        .iter()
        .zip(cells)
        .zip(&widths)
        .map(|((column, cell), width)| {
            let mut job = theme.job(text, color, *cell, (width - gap).max(1.0));
            job.halign = if column.number { Align::RIGHT } else { Align::LEFT };
            ui.painter().layout_job(job)
        })
        .collect();
    let height = galleys.iter().map(|galley| galley.size().y).fold(0.0, f32::max) + theme.scaled(10.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    if kind == Kind::Strong {
        ui.painter().rect_filled(rect, 0.0, colors.chosen);
        let edge = Rect::from_min_max(rect.min, pos2(rect.left() + 3.0, rect.bottom()));
        ui.painter().rect_filled(edge, 0.0, colors.calm);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    // A child of its own, so that its cells take no room a second time.
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    {
        let ui = &mut child;
        role(ui, accesskit::Role::Row, None);
        let mut left = rect.left();
        for (((column, cell), width), galley) in columns.iter().zip(cells).zip(&widths).zip(galleys) {
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, height));
            let response = ui.interact(place, ui.unique_id().with(column.name), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, *cell));
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_role(if kind == Kind::Head { accesskit::Role::ColumnHeader } else { accesskit::Role::Cell });
                node.set_label(*cell);
                node.set_description(column.name);
            });
            let inset = if column.number { *width - gap } else { gap };
            ui.painter().galley(pos2(left + inset, rect.top() + theme.scaled(5.0)), galley, color);
            left += width;
        }
    }
}
