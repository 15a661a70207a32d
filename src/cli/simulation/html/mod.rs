//! The report as one page that needs nothing but a browser: no script, no font, no picture from elsewhere.
//!
//! Every picture stands beside the figures it was drawn from. The page is written so that an XML parser could read it.

mod chart;
mod graph;
mod style;

use crate::authoring::graph::escaped;
use crate::cli::simulation::Simulation;
use crate::cli::simulation::text::summary;
use crate::cli::simulation::words::{because, grouped, measured, points, share, signed, standing, target};
use crate::explore::simulate::{Cue, EncounterCounts, METERS, Played, Player, Target, Verdict, mean_of};
use crate::scenario::Encounter;
use crate::scenario::id::EncounterId;
use crate::scenario::vocabulary::Outcome;

/// How many nodes of a cue are named.
const NAMED: usize = 3;

/// The whole page.
pub(in crate::cli) fn page(simulation: &Simulation<'_>) -> String {
    let report = simulation.report;
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\
         <title>Simulated plays</title><style>{}</style></head>\n<body><header><h1>Simulated plays</h1>\
         <p class=\"soft\">{}</p>",
        style::STYLE,
        escaped(&summary(simulation))
    );
    page.push_str("<nav aria-label=\"Scenarios\">");
    for played in &report.scenarios {
        let scenario = played.scenario;
        page.push_str(&format!("<a href=\"#{0}\">{1}</a>", escaped(&scenario.slug), escaped(&scenario.title)));
    }
    page.push_str("</nav></header>\n<main>");
    page.push_str(&targets(simulation));
    for (file, played) in simulation.scenarios() {
        page.push_str(&scenario(file, played));
    }
    page + "</main></body></html>\n"
}

/// What is missed first, then all of them behind a fold.
fn targets(simulation: &Simulation<'_>) -> String {
    let report = simulation.report;
    let row = |verdict: &Verdict| {
        let about = verdict.scenario.map_or("all", |place| report.scenarios[place].scenario.slug.as_str());
        let class = match verdict.met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "not",
        };
        let nodes =
            because(report, verdict).map(|nodes| format!("<br/><span class=\"soft\">{}</span>", in_code(&nodes)));
        format!(
            "<tr><td class=\"{class}\">{}</td><td class=\"slug\">{}</td><td>{}{}</td><td class=\"n\">{}</td></tr>",
            standing(verdict),
            escaped(about),
            escaped(&target(verdict.target)),
            nodes.unwrap_or_default(),
            escaped(&measured(report, verdict))
        )
    };
    let head = "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\"></th><th scope=\"col\">scenario\
                </th><th scope=\"col\">target</th><th scope=\"col\" class=\"n\">measured</th></tr></thead><tbody>";
    let is_first = |verdict: &&Verdict| {
        verdict.met == Some(false) || matches!(verdict.target, Target::Random | Target::Classified)
    };
    let mut first: Vec<_> = report.verdicts.iter().filter(is_first).collect();
    first.sort_by_key(|verdict| verdict.met != Some(false));
    let first: String = first.into_iter().map(row).collect();
    let others: String = report.verdicts.iter().filter(|verdict| !is_first(verdict)).map(row).collect();
    let many = report.verdicts.iter().filter(|verdict| !is_first(verdict)).count();
    let mut text = format!("<section><h2>Targets</h2><div class=\"card\">{head}{first}</tbody></table></div>");
    text.push_str(&format!(
        "<details><summary>The other {many}</summary>{head}{others}</tbody></table></div></details></div>"
    ));
    for entry in simulation.broken {
        let name = escaped(entry.source.name());
        text.push_str(&format!(
            "<p class=\"missed\">{name} was left out: it cannot be played. <code>simmer check {name}</code> shows why.</p>"
        ));
    }
    text + "</section>\n"
}

fn scenario(file: &str, played: &Played<'_>) -> String {
    let scenario = played.scenario;
    let mut text = format!(
        "<section id=\"{0}\"><h2>{1}</h2><p class=\"soft\"><code>{2}</code>, {3} plays</p>",
        escaped(&scenario.slug),
        escaped(&scenario.title),
        escaped(file),
        grouped(played.plays())
    );
    text.push_str(&players(played));
    text.push_str(
        "<h3>Skills</h3><p class=\"soft\">Thin: from the tenth to the ninetieth of a hundred plays. Thick: the middle half. \
         The tick is the one in the middle.</p><div class=\"card\"><div class=\"scroll\" tabindex=\"0\">",
    );
    text.push_str(&chart::skills(&|player| played.of(player).clone()));
    text.push_str("</div></div>");
    for (place, encounter) in scenario.encounters.iter().enumerate() {
        text.push_str(&self::encounter(played, place, encounter));
    }
    text + "</section>\n"
}

/// All players in a table, each with how its scores spread and how its calls end.
fn players(played: &Played<'_>) -> String {
    let mut text = "<h3>Players</h3><p class=\"soft\">Scores from 0 to 1000, the mean in red. Calls that end in anger or are \
                    given up stand left in red, the satisfied right in green.</p><div class=\"card\"><div class=\"scroll\" \
                    tabindex=\"0\"><table><thead><tr><th scope=\"col\">player</th><th scope=\"col\" class=\"n\">mean</th>\
                    <th scope=\"col\" class=\"n\">above random</th><th scope=\"col\" class=\"n\">± sd</th><th scope=\"col\">\
                    scores</th><th scope=\"col\">ends</th><th scope=\"col\" class=\"n\">satisfied</th><th scope=\"col\" \
                    class=\"n\">gone</th></tr></thead><tbody>"
        .to_owned();
    for player in Player::ALL {
        let counts = played.of(player);
        let times = |outcome: Outcome| counts.outcomes[outcome.index()];
        text.push_str(&format!(
            "<tr><th scope=\"row\">{}<br/><span class=\"soft\" style=\"font-weight:400\">{}</span></th>\
             <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td>\
             <td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            player.name(),
            player.words(),
            points(counts.mean()),
            signed(counts.mean() - played.of(Player::Random).mean()),
            points(counts.deviation()),
            chart::scores(counts, player.name()),
            chart::outcomes(counts),
            share(times(Outcome::Satisfied) + times(Outcome::Advocate), counts.plays),
            share(times(Outcome::Lost) + times(Outcome::Escalated), counts.plays)
        ));
    }
    text + "</tbody></table></div></div>" + &cues(played)
}

/// Where each cue pays most.
fn cues(played: &Played<'_>) -> String {
    let mut rows = String::new();
    for cue in Cue::ALL {
        let found = played.giveaways(cue);
        let nodes: Vec<_> = found
            .iter()
            .take(NAMED)
            .map(|found| {
                let encounter = played.scenario.encounter(found.encounter);
                format!(
                    "<code>{}</code> {} (takes <code>{}</code>)",
                    escaped(&encounter.node(found.node).name),
                    signed(found.points),
                    escaped(&encounter.reply(found.takes).name)
                )
            })
            .collect();
        let nodes = if nodes.is_empty() { "nowhere".to_owned() } else { nodes.join(", ") };
        rows.push_str(&format!("<tr><th scope=\"row\">{}</th><td>{nodes}</td></tr>", cue.name()));
    }
    format!(
        "<details><summary>Where each cue pays most, in points a play above random</summary><div class=\"scroll\" \
         tabindex=\"0\"><table><tbody>{rows}</tbody></table></div></details>"
    )
}

fn encounter(played: &Played<'_>, place: usize, encounter: &Encounter) -> String {
    let title = if played.scenario.encounters.len() > 1 { &encounter.title } else { "" };
    let of = |player: Player| &played.of(player).encounters[place];
    let mut text = format!("<h3>The customer over the turns{}</h3>", after_colon(title));
    text.push_str(
        "<p class=\"soft\">Means; the shade is where half of the random plays lie. Later turns have fewer plays in them.</p>\
         <div class=\"card panels\">",
    );
    for meter in 0..METERS.len() {
        text.push_str(&chart::meter(meter, &|player| of(player).meters.clone()));
    }
    text.push_str(&format!("</div>{}", turns(&of)));
    text.push_str(&format!("<h3>Where the plays go{}</h3>", after_colon(title)));
    text.push_str(
        "<p class=\"soft\">All players together: how often a node is reached, a reply taken there, a call ends so.</p>",
    );
    match graph::heat_map(encounter, &played.together(EncounterId::at(place))) {
        Some(svg) => text.push_str(&format!("<div class=\"card scroll\" tabindex=\"0\">{svg}</div>")),
        None => text.push_str("<p>There are too many nodes for a picture; they stand in the table.</p>"),
    }
    text.push_str(&hits(encounter, &of));
    text
}

/// The figures behind the picture: every node, reply, ending and choice, by a few players.
fn hits<'p>(encounter: &Encounter, of: &dyn Fn(Player) -> &'p EncounterCounts) -> String {
    const BY: [Player; 4] = [Player::Random, Player::Best, Player::Impatient, Player::Hot];
    let mut rows = String::new();
    let mut row = |indented: bool, name: &str, share_of: &dyn Fn(&EncounterCounts) -> String| {
        let name = if indented { format!("<td>{name}</td>") } else { format!("<th scope=\"row\">{name}</th>") };
        let cells = cells(BY.iter().map(|player| share_of(of(*player))));
        rows.push_str(&format!("<tr>{name}{cells}</tr>"));
    };
    for (index, node) in encounter.nodes.iter().enumerate() {
        row(false, &escaped(&node.name), &|counts| share(counts.nodes[index], counts.plays));
        for id in node.reply_ids() {
            row(true, &escaped(&encounter.reply(id).name), &|counts| {
                let here = node.reply_ids().map(|id| counts.replies[id.index()]).sum();
                share(counts.replies[id.index()], here)
            });
        }
    }
    for (index, ending) in encounter.endings.iter().enumerate() {
        row(false, &format!("ending: {}", escaped(&ending.name)), &|counts| share(counts.endings[index], counts.plays));
    }
    row(false, "the customer left", &|counts| share(counts.left, counts.plays));
    row(false, "the customer took it further", &|counts| share(counts.escalated, counts.plays));
    row(false, "no end within 64 turns", &|counts| share(counts.endless, counts.plays));
    let mut first = 0;
    for event in &encounter.diary {
        let all = first..first + event.choices.len();
        row(false, &format!("diary: {}", escaped(&event.name)), &|counts| {
            share(counts.choices[all.clone()].iter().sum(), counts.plays)
        });
        for (choice, at) in event.choices.iter().zip(all.clone()) {
            row(true, &escaped(&choice.name), &|counts| {
                share(counts.choices[at], counts.choices[all.clone()].iter().sum())
            });
        }
        first = all.end;
    }
    let head = heads(BY.iter().map(|player| player.name()));
    format!(
        "<details><summary>In figures, by player: nodes, endings and the diary as shares of the plays, replies and choices as \
         shares of what was taken there</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><td></td>{head}</tr>\
         </thead><tbody>{rows}</tbody></table></div></details>"
    )
}

/// The figures behind the meters.
fn turns<'p>(of: &dyn Fn(Player) -> &'p EncounterCounts) -> String {
    let mut rows = String::new();
    for (player, _) in chart::SHOWN {
        for (turn, meters) in of(player).meters.iter().enumerate() {
            let plays: u64 = meters[0].iter().sum();
            let cells = cells(meters.iter().map(|meter| points(mean_of(meter)).to_string()));
            rows.push_str(&format!(
                "<tr><th scope=\"row\">{}, turn {}</th><td class=\"n\">{}</td>{cells}</tr>",
                player.name(),
                turn + 1,
                grouped(plays)
            ));
        }
    }
    let head = heads(METERS.into_iter());
    format!(
        "<details><summary>The same in figures</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><td></td>\
         <th scope=\"col\" class=\"n\">plays</th>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )
}

/// Figures of a row.
fn cells(figures: impl Iterator<Item = String>) -> String {
    figures.fold(String::new(), |cells, figure| cells + "<td class=\"n\">" + &figure + "</td>")
}

/// What stands over columns of figures.
fn heads(words: impl Iterator<Item = &'static str>) -> String {
    words.fold(String::new(), |heads, words| heads + "<th scope=\"col\" class=\"n\">" + words + "</th>")
}

fn after_colon(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(": {}", escaped(title)) }
}

/// What stands in backticks, as code.
fn in_code(text: &str) -> String {
    let mut parts = text.split('`');
    let mut safe = parts.next().map(escaped).unwrap_or_default();
    while let (Some(code), rest) = (parts.next(), parts.next().unwrap_or("")) {
        safe.push_str(&format!("<code>{}</code>{}", escaped(code), escaped(rest)));
    }
    safe
}
