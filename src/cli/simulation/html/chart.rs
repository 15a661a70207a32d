//! Small pictures: how scores spread, how calls end, skills, and meters over turns. Coordinates are whole pixels.

use crate::authoring::graph::escaped;
use crate::cli::simulation::BARS;
use crate::cli::simulation::words::{points, share};
use crate::explore::simulate::{Counts, METERS, Player, Share, TurnMeters, mean_of, quantile};
use crate::scenario::vocabulary::{Outcome, Skill};

/// The players that the larger pictures show, each with its colour.
pub(super) const SHOWN: [(Player, &str); 3] =
    [(Player::Random, "gold"), (Player::Skilled(Share::Half), "soft"), (Player::Best, "calm")];

/// How the overall scores spread from 0 to 1000, with a mark at the mean.
pub(super) fn scores(counts: &Counts, name: &str) -> String {
    const WIDTH: i64 = 10;
    const HEIGHT: i64 = 34;
    let bars = counts.histogram(BARS);
    let most = bars.iter().copied().max().unwrap_or(0).max(1);
    let width = WIDTH * 25;
    let mean = points(counts.mean());
    let mut svg = format!(
        "<svg width=\"{width}\" height=\"{}\" role=\"img\" aria-label=\"Scores of {}: on average {mean}\">\
         <title>{}: on average {mean}</title><rect class=\"track\" x=\"0\" y=\"{HEIGHT}\" width=\"{width}\" height=\"2\"/>",
        HEIGHT + 4,
        escaped(name),
        escaped(name)
    );
    for (plays, place) in bars.iter().zip(0i64..) {
        let tall = whole(plays * 34 / most).max(i64::from(*plays > 0));
        let (x, y) = (place * WIDTH + 1, HEIGHT - tall);
        let bar = format!("<rect class=\"f-calm\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{tall}\">", WIDTH - 2);
        let words = format!("{} to {}: {}", place * 40, (place + 1) * 40, share(*plays, counts.plays));
        svg.push_str(&format!("{bar}<title>{words}</title></rect>"));
    }
    let x = mean * width / 1000;
    svg.push_str(&format!("<rect class=\"f-heat\" x=\"{x}\" y=\"0\" width=\"2\" height=\"{}\"/></svg>", HEIGHT + 4));
    svg
}

/// How the calls end, worst first, as one bar.
pub(super) fn outcomes(counts: &Counts) -> String {
    const WIDTH: u64 = 180;
    let mut svg = format!("<svg width=\"{WIDTH}\" height=\"16\" role=\"img\" aria-label=\"How the calls end\">");
    let mut x = 0;
    for outcome in Outcome::ALL {
        let times = counts.outcomes[outcome.index()];
        let wide = times * WIDTH / counts.plays.max(1);
        let (class, strength) = match outcome {
            Outcome::Escalated => ("f-heat", 100),
            Outcome::Lost => ("f-heat", 65),
            Outcome::Pacified => ("f-gold", 60),
            Outcome::RightlyEscalated => ("f-gold", 100),
            Outcome::Satisfied => ("f-calm", 65),
            Outcome::Advocate => ("f-calm", 100),
        };
        svg.push_str(&format!(
            "<rect class=\"{class}\" style=\"fill-opacity:{strength}%\" x=\"{x}\" y=\"0\" width=\"{wide}\" \
             height=\"16\"><title>{outcome}: {}</title></rect>",
            share(times, counts.plays)
        ));
        x += wide;
    }
    svg + "</svg>"
}

/// Each skill of the players that are shown: from the tenth to the ninetieth of a hundred plays, the middle half thick.
pub(super) fn skills(of: &dyn Fn(Player) -> Counts) -> String {
    const LEFT: i64 = 150;
    const SCALE: i64 = 6;
    let counts = SHOWN.map(|(player, colour)| (player, colour, of(player)));
    let row = 18;
    let height = whole(Skill::ALL.len() as u64) * (3 * row + 14) + 28;
    let mut svg = format!(
        "<svg width=\"860\" height=\"{height}\" role=\"img\" aria-label=\"Skills\"><title>Skills, 0 to 100</title>"
    );
    for tick in [0, 25, 50, 75, 100] {
        let x = LEFT + tick * SCALE;
        svg.push_str(&format!(
            "<path class=\"axis\" d=\"M{x} 0V{}\"/><text class=\"soft small\" x=\"{x}\" y=\"{}\" \
             text-anchor=\"middle\">{tick}</text>",
            height - 24,
            height - 8
        ));
    }
    let mut y = 8;
    for skill in Skill::ALL {
        svg.push_str(&format!("<text x=\"0\" y=\"{}\">{skill}</text>", y + 2 * row - 5));
        for (player, colour, counts) in &counts {
            let points = &counts.skills[skill.index()];
            let at = |share| LEFT + whole(quantile(points, share) as u64) * SCALE;
            let middle = y + row / 2;
            svg.push_str(&format!(
                "<g><title>{}: {skill} {} in the middle, {} to {} in half of the plays</title>\
                 <path class=\"s-{colour}\" stroke-width=\"2\" d=\"M{} {middle}H{}\"/>\
                 <path class=\"s-{colour}\" stroke-width=\"10\" stroke-opacity=\".55\" d=\"M{} {middle}H{}\"/>\
                 <path class=\"s-{colour}\" stroke-width=\"3\" d=\"M{} {}v14\"/></g>\
                 <text class=\"small t-{colour}\" x=\"{}\" y=\"{}\">{}</text>",
                player.name(),
                quantile(points, 50),
                quantile(points, 25),
                quantile(points, 75),
                at(10),
                at(90) + 1,
                at(25),
                at(75) + 1,
                at(50),
                middle - 7,
                LEFT + 100 * SCALE + 16,
                middle + 4,
                player.name()
            ));
            y += row;
        }
        y += 14;
    }
    svg + "</svg>"
}

/// One meter over the turns: the mean of each player that is shown, and where the middle half of the random plays lie.
pub(super) fn meter(place: usize, of: &dyn Fn(Player) -> Vec<TurnMeters>) -> String {
    const LEFT: i64 = 30;
    const TOP: i64 = 26;
    const HIGH: i64 = 120;
    let all = SHOWN.map(|(player, colour)| (player, colour, of(player)));
    let turns = all.iter().map(|(_, _, meters)| meters.len()).max().unwrap_or(0).max(2);
    let wide = 230;
    let x = |turn: usize| LEFT + whole(turn as u64) * wide / whole(turns as u64 - 1);
    let y = |hundredths: i64| TOP + HIGH - hundredths * HIGH / 10_000;
    let mut svg = format!(
        "<svg width=\"350\" height=\"{}\" role=\"img\" aria-label=\"{1} by turn\"><title>{1} after each turn</title>\
         <text x=\"{LEFT}\" y=\"16\">{1}</text>",
        TOP + HIGH + 26,
        METERS[place]
    );
    for tick in [0, 50, 100] {
        let at = y(tick * 100);
        svg.push_str(&format!(
            "<path class=\"axis\" d=\"M{LEFT} {at}H{}\"/><text class=\"soft small\" x=\"{}\" y=\"{}\" \
             text-anchor=\"end\">{tick}</text>",
            LEFT + wide,
            LEFT - 6,
            at + 4
        ));
    }
    for (turn, words) in [(0, "turn 1".to_owned()), (turns - 1, turns.to_string())] {
        let at = x(turn);
        svg.push_str(&format!(
            "<text class=\"soft small\" x=\"{at}\" y=\"{}\" text-anchor=\"middle\">{words}</text>",
            TOP + HIGH + 18
        ));
    }
    if let Some((_, colour, meters)) = all.first() {
        let edge = |share: u64| {
            meters
                .iter()
                .enumerate()
                .map(move |(turn, turns)| (x(turn), y(whole(quantile(&turns[place], share) as u64) * 100)))
        };
        let upper: Vec<_> = edge(75).collect();
        let lower: Vec<_> = edge(25).collect();
        let around: Vec<_> = upper.iter().chain(lower.iter().rev()).map(|(x, y)| format!("{x},{y}")).collect();
        svg.push_str(&format!(
            "<polygon class=\"f-{colour}\" style=\"fill-opacity:18%\" points=\"{}\"/>",
            around.join(" ")
        ));
    }
    let mut labels: Vec<(i64, Player, &str)> = Vec::new();
    for (player, colour, meters) in &all {
        let line: Vec<_> =
            meters.iter().enumerate().map(|(turn, turns)| (x(turn), y(mean_of(&turns[place])))).collect();
        let joined: Vec<_> = line.iter().map(|(x, y)| format!("{x},{y}")).collect();
        svg.push_str(&format!(
            "<polyline class=\"s-{colour}\" stroke-width=\"2\" points=\"{}\"><title>{}</title></polyline>",
            joined.join(" "),
            player.name()
        ));
        labels.extend(line.last().map(|(_, y)| (*y, *player, *colour)));
    }
    labels.sort_by_key(|(y, ..)| *y);
    let mut free = 0;
    for (y, player, colour) in labels {
        let at = (y + 4).max(free);
        free = at + 14;
        let x = LEFT + wide + 8;
        svg.push_str(&format!("<text class=\"small t-{colour}\" x=\"{x}\" y=\"{at}\">{}</text>", player.name()));
    }
    svg + "</svg>"
}

pub(super) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
