//! The report for a terminal.

use crate::cli::error::counted;
use crate::cli::page::{Line, Tone};
use crate::cli::simulation::Simulation;
use crate::cli::simulation::words::{because, grouped, measured, points, share, signed, standing, target};
use crate::explore::simulate::{Cue, EncounterCounts, Played, Player, Target, Verdict};
use crate::scenario::vocabulary::Outcome;

/// All there is to say in a terminal.
pub(in crate::cli) fn full(simulation: &Simulation<'_>) -> Vec<Line> {
    let report = simulation.report;
    let mut lines = Vec::new();
    for (_, played) in simulation.scenarios() {
        lines.extend(scenario(played));
        lines.push(Line::empty());
    }
    if report.scenarios.len() > 1 {
        lines.push(Line::strong("All scenarios"));
        lines.push(Line::quiet("mean of the means, and how far above random").indented(2));
        for player in Player::ALL {
            let mean = report.mean(player);
            let above = signed(mean - report.mean(Player::Random));
            lines.push(Line::plain(format!("{:<16}{:>5}{above:>7}", player.name(), points(mean))).indented(2));
        }
        lines.push(Line::empty());
    }
    lines.push(Line::strong("Targets"));
    lines.extend(verdicts(simulation));
    lines.push(Line::empty());
    for entry in simulation.broken {
        let problems = entry.scenario.as_ref().err().map_or(0, Vec::len);
        let words = format!("{} was left out: {} in it. ", entry.source.name(), counted(problems, "problem"));
        let mend = format!("`simmer check {}` shows them, with their places.", entry.source.name());
        lines.push(Line::new(Tone::Heat, words).and(Tone::Plain, mend).within(0, 2));
    }
    lines.push(Line::plain(summary(simulation)));
    lines
}

/// One line for each player of each scenario, then one for each target: nothing is wrapped.
pub(in crate::cli) fn short(simulation: &Simulation<'_>) -> String {
    let report = simulation.report;
    let mut text = String::new();
    for (_, played) in simulation.scenarios() {
        for player in Player::ALL {
            let counts = played.of(player);
            let (slug, name) = (&played.scenario.slug, player.name());
            text.push_str(&format!("{slug}: {name}: {}\n", points(counts.mean())));
        }
    }
    for verdict in &report.verdicts {
        let about = verdict.scenario.map_or("all", |place| &report.scenarios[place].scenario.slug);
        let (standing, target, measured) = (standing(verdict), target(verdict.target), measured(report, verdict));
        text.push_str(&format!("{about}: {standing}: {target}: {measured}"));
        if let Some(nodes) = because(report, verdict) {
            text.push_str(&format!("; {nodes}"));
        }
        text.push('\n');
    }
    for entry in simulation.broken {
        text.push_str(&format!("{}: left out: it cannot be played\n", entry.source.name()));
    }
    text + &summary(simulation) + "\n"
}

/// How much was played, in one sentence.
pub(super) fn summary(simulation: &Simulation<'_>) -> String {
    let report = simulation.report;
    let scenarios = counted(report.scenarios.len(), "scenario");
    let plays = grouped(report.plays());
    if report.stopped {
        let wanted = grouped(report.settings.plays_in_all(report.scenarios.len()));
        format!(
            "Stopped after {plays} of {wanted} plays of {scenarios}, seed {}: all figures are of these.",
            report.settings.seed
        )
    } else {
        format!("{plays} plays of {scenarios}, seed {}", report.settings.seed)
    }
}

fn scenario(played: &Played<'_>) -> Vec<Line> {
    let scenario = played.scenario;
    let mut lines = vec![
        Line::strong(scenario.slug.clone()).and(Tone::Quiet, format!("   {} plays", grouped(played.plays()))),
        Line::quiet(format!(
            "{:<16}{:>5}{:>7}{:>6}{:>12}{:>11}{:>8}",
            "player", "mean", "above", "± sd", "range", "satisfied", "gone"
        ))
        .indented(2),
    ];
    for player in Player::ALL {
        let counts = played.of(player);
        let (low, high) = counts.range().unwrap_or((0, 0));
        let outcome = |outcome: Outcome| counts.outcomes[outcome.index()];
        let row = format!(
            "{:<16}{:>5}{:>7}{:>6}{:>12}{:>11}{:>8}",
            player.name(),
            points(counts.mean()),
            signed(counts.mean() - played.of(Player::Random).mean()),
            points(counts.deviation()),
            format!("{low} to {high}"),
            share(outcome(Outcome::Satisfied) + outcome(Outcome::Advocate), counts.plays),
            share(outcome(Outcome::Lost) + outcome(Outcome::Escalated), counts.plays),
        );
        lines.push(Line::plain(row).indented(2));
    }
    lines.extend(never(played));
    lines
}

/// What no player has ever come to.
fn never(played: &Played<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if played.plays() == 0 {
        return lines;
    }
    for (place, encounter) in played.scenario.encounters.iter().enumerate() {
        let all = |hits: &dyn Fn(&EncounterCounts) -> u64| -> u64 {
            Player::ALL.iter().map(|player| hits(&played.of(*player).encounters[place])).sum()
        };
        let nodes = encounter.nodes.iter().enumerate();
        let nodes = nodes.filter(|(index, _)| all(&|counts| counts.nodes[*index]) == 0).map(|(_, node)| &node.name);
        let endings = encounter.endings.iter().enumerate();
        let endings =
            endings.filter(|(index, _)| all(&|counts| counts.endings[*index]) == 0).map(|(_, ending)| &ending.name);
        let replies = encounter.replies.iter().enumerate();
        let replies =
            replies.filter(|(index, _)| all(&|counts| counts.replies[*index]) == 0).map(|(_, reply)| &reply.name);
        let lists: [(&str, Vec<&String>); 3] = [
            ("never reached", nodes.collect()),
            ("never ended with", endings.collect()),
            ("never said", replies.collect()),
        ];
        for (what, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            lines.push(Line::new(Tone::Gold, what).and(Tone::Plain, format!(": {}", names.join(", "))).within(2, 4));
        }
        let endless = all(&|counts| counts.endless);
        if endless > 0 {
            let words = format!(
                "`{}` had no end within 64 turns in {} of {} plays: see to it that every way leads to an ending",
                encounter.name,
                grouped(endless),
                grouped(all(&|counts| counts.plays))
            );
            lines.push(Line::new(Tone::Gold, words).within(2, 4));
        }
    }
    lines
}

/// Those that are missed or could not be measured each in a line, the others together.
fn verdicts(simulation: &Simulation<'_>) -> Vec<Line> {
    let report = simulation.report;
    let mut lines = Vec::new();
    let about = |verdict: &Verdict| match verdict.scenario {
        Some(place) if report.scenarios.len() > 1 => format!("{}: ", report.scenarios[place].scenario.slug),
        _ => String::new(),
    };
    let is_single = |verdict: &Verdict| matches!(verdict.target, Target::Random | Target::Classified);
    for verdict in report.verdicts.iter().filter(|verdict| verdict.met == Some(false) || is_single(verdict)) {
        let tone = if verdict.met == Some(false) { Tone::Heat } else { Tone::Calm };
        let words = format!("{}{}: {}", about(verdict), target(verdict.target), measured(report, verdict));
        lines.push(
            Line::new(tone, format!("{:<7} ", format!("{}:", standing(verdict)))).and(Tone::Plain, words).within(2, 10),
        );
        lines.extend(because(report, verdict).map(|nodes| Line::quiet(nodes).indented(10)));
    }
    let others = |met: Option<bool>| {
        report.verdicts.iter().filter(move |verdict| verdict.met == met && !is_single(verdict)).count()
    };
    let met = others(Some(true));
    let words = format!("{} for the {} cue bots", counted(met, "target"), Cue::ALL.len());
    lines.push(Line::new(Tone::Calm, "met:    ").and(Tone::Plain, words).within(2, 10));
    if others(None) > 0 {
        let words = format!("{}: there is too little to measure them on", counted(others(None), "target"));
        lines.push(Line::new(Tone::Gold, "not measured: ").and(Tone::Plain, words).within(2, 10));
    }
    lines
}
