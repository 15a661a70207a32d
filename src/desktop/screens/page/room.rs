use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{CornerRadius, Painter, Rect, Shape, Stroke, pos2, vec2};

use super::stage_colours;
use crate::desktop::theme::Theme;

/// The room before anyone is there: a wall, a window, a desk and a telephone at rest. An ornament.
pub fn quiet_room(painter: &Painter, theme: &Theme, rect: Rect) {
    let colours = stage_colours(theme);
    let mut wall = Mesh::default();
    for (corner, color) in [
        (rect.left_top(), colours.stage_top),
        (rect.right_top(), colours.stage_top),
        (rect.left_bottom(), colours.stage_bottom),
        (rect.right_bottom(), colours.stage_bottom),
    ] {
        wall.vertices.push(Vertex { pos: corner, uv: WHITE_UV, color });
    }
    wall.add_triangle(0, 1, 2);
    wall.add_triangle(1, 3, 2);
    painter.add(Shape::mesh(wall));

    let scale = (rect.width() / 500.0).min(rect.height() / 720.0);
    let middle = rect.center().x;
    let at = |x: f32, y: f32| pos2(middle + x * scale, rect.bottom() - y * scale);
    let block = |from: (f32, f32), to: (f32, f32)| Rect::from_two_pos(at(from.0, from.1), at(to.0, to.1));

    for (x, y) in [(-76.0, 500.0), (4.0, 500.0), (-76.0, 390.0), (4.0, 390.0)] {
        let pane = block((x, y), (x + 74.0, y + 104.0));
        painter.rect_filled(pane, CornerRadius::same(4), colours.window);
    }
    let desk = at(0.0, 132.0).y;
    painter.rect_filled(Rect::from_min_max(pos2(rect.left(), desk), rect.max), 0.0, colours.desk_front);
    let top = Rect::from_min_size(pos2(rect.left(), desk), vec2(rect.width(), 14.0 * scale));
    painter.rect_filled(top, 0.0, colours.desk_top);

    // A telephone as everybody draws it: a foot, a cradle, a receiver that lies across.
    let body = colours.calm;
    let foot = [(-84.0, 132.0), (84.0, 132.0), (62.0, 196.0), (34.0, 212.0), (-34.0, 212.0), (-62.0, 196.0)];
    let foot = foot.map(|(x, y)| at(x, y)).to_vec();
    painter.add(Shape::convex_polygon(foot, body, Stroke::NONE));
    painter.circle_filled(at(0.0, 168.0), 25.0 * scale, colours.stage_bottom);
    painter.circle_filled(at(0.0, 168.0), 10.0 * scale, body);
    for x in [-26.0, 26.0] {
        painter.rect_filled(block((x - 7.0, 208.0), (x + 7.0, 224.0)), 0.0, body);
    }
    let round = |points: f32| CornerRadius::from(points * scale);
    painter.rect_filled(block((-92.0, 222.0), (92.0, 240.0)), round(9.0), body);
    for x in [-78.0, 78.0] {
        painter.rect_filled(block((x - 24.0, 206.0), (x + 24.0, 240.0)), round(13.0), body);
    }
}
