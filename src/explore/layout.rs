//! Places for the boxes of a graph, in layers from the start down. Integers alone, and the same for the same graph.
//!
//! It knows nothing of scenarios: boxes with a size, arrows between them, and out come corners.

/// How often the order within the layers is bettered; more changes little.
const SWEEPS: usize = 6;

/// Where everything lies; the top left corner is 0, 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub width: i32,
    pub height: i32,
    /// The top left corner of each box.
    pub corners: Vec<(i32, i32)>,
}

/// Room between boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gaps {
    /// Beside each other.
    pub across: i32,
    /// From layer to layer.
    pub down: i32,
}

/// Lays boxes of these sizes (width, height) into layers, so that every arrow but those that close a circle leads down,
/// and boxes lie below what leads to them. The first box is the start.
///
/// # Panics
/// Where an arrow names a box that is not there.
pub fn layered(sizes: &[(i32, i32)], arrows: &[(usize, usize)], gaps: Gaps) -> Layout {
    let mut follows: Vec<Vec<usize>> = vec![Vec::new(); sizes.len()];
    for &(from, to) in arrows {
        if from != to && !follows[from].contains(&to) {
            follows[from].push(to);
        }
    }
    let layers = layers(&mut follows);
    let rows = rows(&layers, &follows);
    let row_width = |row: &[usize]| {
        let gaps_between = i32::try_from(row.len().saturating_sub(1)).unwrap_or(0);
        row.iter().map(|at| sizes[*at].0).sum::<i32>() + gaps.across * gaps_between
    };
    let width = rows.iter().map(|row| row_width(row)).max().unwrap_or(0);
    let mut corners = vec![(0, 0); sizes.len()];
    let mut top = 0;
    for row in &rows {
        let mut left = (width - row_width(row)) / 2;
        for &at in row {
            corners[at] = (left, top);
            left += sizes[at].0 + gaps.across;
        }
        top += row.iter().map(|at| sizes[*at].1).max().unwrap_or(0) + gaps.down;
    }
    Layout { width, height: (top - gaps.down).max(0), corners }
}

/// The layer of each box: one below the lowest of what leads to it. Arrows that close a circle are taken out.
fn layers(follows: &mut [Vec<usize>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnTheWay,
        Done,
    }
    let mut seen = vec![Seen::No; follows.len()];
    let mut finished = Vec::with_capacity(follows.len());
    for start in 0..follows.len() {
        if seen[start] != Seen::No {
            continue;
        }
        seen[start] = Seen::OnTheWay;
        // Each box on the way, and which of its arrows is next.
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            match follows[at].get(*next).copied() {
                Some(to) if seen[to] == Seen::OnTheWay => {
                    follows[at].remove(*next);
                }
                Some(to) => {
                    *next += 1;
                    if seen[to] == Seen::No {
                        seen[to] = Seen::OnTheWay;
                        way.push((to, 0));
                    }
                }
                None => {
                    seen[at] = Seen::Done;
                    finished.push(at);
                    way.pop();
                }
            }
        }
    }
    let mut layers = vec![0; follows.len()];
    // What was finished last leads to the rest.
    for &at in finished.iter().rev() {
        for &to in &follows[at] {
            layers[to] = layers[to].max(layers[at] + 1);
        }
    }
    layers
}

/// The boxes by layer, each in an order that crosses few arrows: every box is drawn to the middle of its neighbours.
fn rows(layers: &[usize], follows: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let many = layers.iter().max().map_or(0, |last| last + 1);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); many];
    for (at, layer) in layers.iter().enumerate() {
        rows[*layer].push(at);
    }
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); layers.len()];
    for (from, to) in follows.iter().enumerate().flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
        leads[to].push(from);
    }
    // A place within its row, in thousandths of it.
    let mut places = vec![500usize; layers.len()];
    let number = |row: &[usize], places: &mut [usize]| {
        for (place, at) in row.iter().enumerate() {
            places[*at] = (2 * place + 1) * 500 / row.len();
        }
    };
    for row in &rows {
        number(row, &mut places);
    }
    for sweep in 0..SWEEPS {
        let neighbours = if sweep % 2 == 0 { &leads } else { follows };
        for row in &mut rows {
            let middle = |at: &usize| {
                let near = &neighbours[*at];
                if near.is_empty() {
                    places[*at]
                } else {
                    near.iter().map(|near| places[*near]).sum::<usize>() / near.len()
                }
            };
            row.sort_by_key(|at| (middle(at), *at));
            number(row, &mut places);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GAPS: Gaps = Gaps { across: 10, down: 20 };

    #[track_caller]
    fn check(boxes: usize, arrows: &[(usize, usize)], expected: &[(i32, i32)]) {
        assert_eq!(layered(&vec![(100, 40); boxes], arrows, GAPS).corners, expected);
    }

    #[test]
    fn what_follows_lies_below() {
        check(1, &[], &[(0, 0)]);
        check(2, &[(0, 1), (0, 1)], &[(0, 0), (0, 60)]);
        check(3, &[(0, 1), (0, 2)], &[(55, 0), (0, 60), (110, 60)]);
        check(4, &[(0, 1), (1, 2), (0, 3), (2, 3)], &[(0, 0), (0, 60), (0, 120), (0, 180)]);
    }

    #[test]
    fn a_circle_is_opened_where_it_comes_back() {
        check(3, &[(0, 1), (1, 2), (2, 0), (1, 1)], &[(0, 0), (0, 60), (0, 120)]);
    }

    #[test]
    fn arrows_do_not_cross_where_they_need_not() {
        let found = layered(&[(10, 10); 5], &[(0, 1), (0, 2), (1, 4), (2, 3)], GAPS).corners;
        assert_eq!(found[1].0 < found[2].0, found[4].0 < found[3].0, "{found:?}");
    }

    proptest! {
        #[test]
        fn no_two_boxes_overlap(
            sizes in prop::collection::vec((1..50i32, 1..50i32), 1..12),
            arrows in prop::collection::vec((0..12usize, 0..12usize), 0..30),
        ) {
            let arrows: Vec<_> = arrows.into_iter().map(|(from, to)| (from % sizes.len(), to % sizes.len())).collect();
            let found = layered(&sizes, &arrows, GAPS);
            for (one, (x, y)) in found.corners.iter().enumerate() {
                let (width, height) = sizes[one];
                prop_assert!(*x >= 0 && *y >= 0 && x + width <= found.width && y + height <= found.height);
                for (other, (left, top)) in found.corners[..one].iter().enumerate() {
                    let apart = left + sizes[other].0 <= *x || x + width <= *left
                        || top + sizes[other].1 <= *y || y + height <= *top;
                    prop_assert!(apart, "{one} and {other}: {:?}", found.corners);
                }
            }
        }
    }
}
