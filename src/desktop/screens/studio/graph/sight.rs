//! What part of the graph is in sight, and how large.

use egui::{Pos2, Rect, Vec2};

/// Zoom goes in steps, three of which double it: every size of letters is drawn anew, and there are only so many.
const STEPS_TO_DOUBLE: f32 = 3.0;
const SMALLEST: i32 = -18;
const LARGEST: i32 = 4;
/// From the edge of what is brought into sight to the edge of the pane, in points.
const EDGE: f32 = 24.0;

/// Where one looks, and from how far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// The point of the graph in the middle of the pane.
    centre: Pos2,
    step: i32,
    /// How far the wheel has turned towards the next step.
    turned: f32,
}

impl Default for Sight {
    fn default() -> Self {
        Self { centre: Pos2::ZERO, step: 0, turned: 1.0 }
    }
}

impl Sight {
    /// Points of the screen for a pixel of the graph, at 100 %.
    pub(super) fn zoom(&self) -> f32 {
        zoom_of(self.step)
    }

    /// The whole of something in the middle of a pane, never larger than it was drawn.
    pub(super) fn all(bounds: Rect, pane: Rect, scale: f32) -> Self {
        let fits = |step: &i32| {
            let size = bounds.size() * zoom_of(*step) * scale + Vec2::splat(2.0 * EDGE);
            size.x <= pane.width() && size.y <= pane.height()
        };
        let step = (SMALLEST..=0).rev().find(fits).unwrap_or(SMALLEST);
        Self { centre: bounds.center(), step, turned: 1.0 }
    }

    pub(super) fn map(&self, pane: Rect, scale: f32) -> Map {
        Map { centre: self.centre, middle: pane.center(), zoom: self.zoom() * scale }
    }

    /// Moves what is in sight by so many points of the screen.
    pub(super) fn drag(&mut self, by: Vec2, scale: f32) {
        self.centre -= by / (self.zoom() * scale);
    }

    /// So many steps nearer, with `fixed` staying where it is on the screen.
    pub(super) fn nearer(&mut self, steps: i32, fixed: Pos2, pane: Rect, scale: f32) {
        let before = self.map(pane, scale).to_graph(fixed);
        self.step = (self.step + steps).clamp(SMALLEST, LARGEST);
        let after = self.map(pane, scale).to_graph(fixed);
        self.centre += before - after;
    }

    /// What one looked at has moved within the graph.
    pub(super) fn follow(&mut self, by: Vec2) {
        self.centre += by;
    }

    /// Nearer, until letters can be read, with this in the middle.
    pub(super) fn read(part: Rect) -> Self {
        Self { centre: part.center(), step: -1, turned: 1.0 }
    }

    /// The wheel is turned by a factor; whole steps are taken from it.
    pub(super) fn wheel(&mut self, factor: f32, fixed: Pos2, pane: Rect, scale: f32) {
        self.turned *= factor;
        let step = 2.0_f32.powf(1.0 / STEPS_TO_DOUBLE);
        while self.turned >= step {
            self.turned /= step;
            self.nearer(1, fixed, pane, scale);
        }
        while self.turned <= 1.0 / step {
            self.turned *= step;
            self.nearer(-1, fixed, pane, scale);
        }
    }

    /// Moves as little as brings a part of the graph into sight; its top left corner where it is larger than the pane.
    pub(super) fn bring(&mut self, part: Rect, pane: Rect, scale: f32) {
        let zoom = self.zoom() * scale;
        let room = (pane.size() / zoom - Vec2::splat(2.0 * EDGE / zoom)).max(Vec2::splat(1.0));
        let seen = Rect::from_center_size(self.centre, room);
        let mut by = Vec2::ZERO;
        for axis in 0..2 {
            by[axis] = if part.min[axis] < seen.min[axis] || part.size()[axis] > room[axis] {
                part.min[axis] - seen.min[axis]
            } else {
                (part.max[axis] - seen.max[axis]).max(0.0)
            };
        }
        self.centre += by;
    }
}

fn zoom_of(step: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "there are some twenty steps")]
    let step = step as f32;
    2.0_f32.powf(step / STEPS_TO_DOUBLE)
}

/// From the graph to the screen and back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map {
    centre: Pos2,
    middle: Pos2,
    /// Points of the screen for a pixel of the graph.
    pub(super) zoom: f32,
}

impl Map {
    pub(super) fn to_screen(self, at: Pos2) -> Pos2 {
        self.middle + (at - self.centre) * self.zoom
    }

    pub(super) fn rect(self, rect: Rect) -> Rect {
        Rect::from_min_max(self.to_screen(rect.min), self.to_screen(rect.max))
    }

    pub(super) fn to_graph(self, at: Pos2) -> Pos2 {
        self.centre + (at - self.middle) / self.zoom
    }

    pub(super) fn rect_to_graph(self, rect: Rect) -> Rect {
        Rect::from_min_max(self.to_graph(rect.min), self.to_graph(rect.max))
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    const PANE: Rect = Rect { min: Pos2 { x: 640.0, y: 100.0 }, max: Pos2 { x: 1240.0, y: 600.0 } };

    #[test]
    fn all_of_it_is_in_sight_and_no_larger_than_drawn() {
        for (size, scale) in [(vec2(100.0, 50.0), 1.0), (vec2(8000.0, 900.0), 1.0), (vec2(800.0, 3000.0), 2.0)] {
            let bounds = Rect::from_min_size(pos2(-40.0, 10.0), size);
            let sight = Sight::all(bounds, PANE, scale);
            assert!(sight.zoom() <= 1.0);
            assert!(PANE.contains_rect(sight.map(PANE, scale).rect(bounds)), "{size:?}");
        }
    }

    #[test]
    fn what_is_pointed_at_stays_while_one_comes_nearer() {
        let mut sight = Sight::all(Rect::from_min_size(Pos2::ZERO, vec2(3000.0, 900.0)), PANE, 1.0);
        let pointer = pos2(700.0, 550.0);
        let before = sight.map(PANE, 1.0).to_graph(pointer);
        sight.wheel(2.1, pointer, PANE, 1.0);
        let after = sight.map(PANE, 1.0).to_graph(pointer);
        assert!((before - after).length() < 0.5, "{before:?} {after:?}");
    }

    #[test]
    fn what_is_out_of_sight_is_brought_in_and_what_is_in_sight_stays() {
        let mut sight = Sight::default();
        let seen = Rect::from_center_size(Pos2::ZERO, vec2(200.0, 100.0));
        sight.bring(seen, PANE, 1.0);
        assert_eq!(sight, Sight::default());
        for part in [pos2(2000.0, -900.0), pos2(-3000.0, 500.0)] {
            let part = Rect::from_min_size(part, vec2(236.0, 120.0));
            sight.bring(part, PANE, 1.0);
            assert!(PANE.contains_rect(sight.map(PANE, 1.0).rect(part)));
        }
    }
}
