//! One's own points over time, as lines that are named where they end. Everything is a whole number.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// Lines that are told apart: more than three would be a tangle.
const MOST_LINES: usize = 3;
const LEFT: i64 = 52;
const RIGHT: i64 = 486;
const TOP: i64 = 20;
const BOTTOM: i64 = 236;
/// Units between two names at the right.
const APART: i64 = 30;
/// Letters of a name that have room.
const LETTERS: usize = 15;

/// A call that has points.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) title: String,
    pub(super) at: Timestamp,
    pub(super) points: u32,
    /// It came after the first at its scenario.
    pub(super) later: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    /// All of it in a sentence.
    pub(super) words: String,
    pub(super) grid: Vec<Grid>,
    pub(super) lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) at: i64,
    pub(super) words: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Which of the inks.
    pub(super) ink: usize,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) dots: Vec<Dot>,
    pub(super) label_x: i64,
    pub(super) label_y: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dot {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) later: bool,
}

impl Chart {
    /// A chart of the scenarios that were played most; none where there are fewer than two calls to compare.
    pub(super) fn of(points: &[Point]) -> Option<Self> {
        if points.len() < 2 {
            return None;
        }
        let mut in_order: Vec<&Point> = points.iter().collect();
        in_order.sort_by_key(|point| point.at);
        let mut by_title: BTreeMap<&str, Vec<(usize, &Point)>> = BTreeMap::new();
        for (place, &point) in in_order.iter().enumerate() {
            by_title.entry(&point.title).or_default().push((place, point));
        }
        let mut chosen: Vec<_> = by_title.into_iter().collect();
        chosen.sort_by_key(|(_, of_one)| std::cmp::Reverse((of_one.len(), of_one.last().map(|(place, _)| *place))));
        chosen.truncate(MOST_LINES);
        let most = in_order.iter().map(|point| point.points).max().unwrap_or(0).div_ceil(200).max(1) * 200;
        let (last, most) = (whole(in_order.len() - 1), i64::from(most));
        let dot = |&(place, point): &(usize, &Point)| Dot {
            x: LEFT + (RIGHT - LEFT) * whole(place) / last,
            y: BOTTOM - (BOTTOM - TOP) * i64::from(point.points) / most,
            later: point.later,
        };
        let mut words = String::from("Points of your ranked calls. ");
        let mut lines: Vec<Line> = Vec::new();
        for (ink, (title, of_one)) in chosen.iter().enumerate() {
            let dots: Vec<Dot> = of_one.iter().map(dot).collect();
            let figures: Vec<String> = of_one.iter().map(|(_, point)| point.points.to_string()).collect();
            words.push_str(&format!("{title}: {}. ", figures.join(", ")));
            let path = dots
                .iter()
                .enumerate()
                .map(|(index, dot)| format!("{}{} {}", if index == 0 { "M" } else { "L" }, dot.x, dot.y));
            let end = dots.last()?;
            lines.push(Line {
                ink,
                name: shortened(title),
                path: path.collect(),
                label_x: end.x + 14,
                label_y: end.y + 5,
                dots,
            });
        }
        keep_apart(&mut lines);
        let step = if most > 600 { 400 } else { 200 };
        let grid = (0..=most / step)
            .map(|line| Grid {
                at: BOTTOM - (BOTTOM - TOP) * (line * step) / most,
                words: u32::try_from(line * step).unwrap_or(0),
            })
            .collect();
        Some(Self { words: words.trim_end().to_owned(), grid, lines })
    }
}

fn whole(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= LETTERS {
        return title.to_owned();
    }
    let kept: String = title.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Moves names down until none lies over another, and then all of them up as far as the last has no room.
fn keep_apart(lines: &mut [Line]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&line| lines[line].label_y);
    let mut least = i64::MIN;
    for &line in &order {
        lines[line].label_y = lines[line].label_y.max(least);
        least = lines[line].label_y + APART;
    }
    let over = order.last().map_or(0, |&line| (lines[line].label_y - BOTTOM - 10).max(0));
    let mut most = i64::MAX;
    for &line in order.iter().rev() {
        let y = lines[line].label_y - over;
        lines[line].label_y = y.min(most);
        most = lines[line].label_y - APART;
    }
    // A name beside the end of a line that ends early would lie on another line: all names stand at the right.
    for line in lines {
        line.label_x = RIGHT + 14;
    }
}
