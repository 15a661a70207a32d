//! The report for other programs; `docs/simulating.md` explains every field.

use serde::Serialize;

use crate::cli::simulation::{BARS, Simulation};
use crate::explore::simulate::{Counts, EncounterCounts, METERS, Measured, Player, Target, Verdict, mean_of, quantile};
use crate::scenario::Scenario;
use crate::scenario::vocabulary::{Outcome, Skill};

/// The version of the JSON. A field may be added under the same number; none is taken away or changes its meaning.
pub(in crate::cli) const SCHEMA: u32 = 1;

#[derive(Serialize)]
pub(in crate::cli) struct Document<'a> {
    /// As text, since not every reader keeps 64 bits of a number.
    seed: String,
    plays: u64,
    stopped: bool,
    scenarios: Vec<ScenarioDocument<'a>>,
    left_out: Vec<LeftOut<'a>>,
    classifier: Option<Classifier<'a>>,
    targets: Vec<TargetDocument<'a>>,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    file: &'a str,
    problems: Vec<&'a str>,
}

#[derive(Serialize)]
struct Classifier<'a> {
    right: u64,
    right_by_looks: u64,
    nodes: u64,
    share: Option<i64>,
    uncertainty: Option<i64>,
    chance: i64,
    by_words: bool,
    signs: Vec<Sign<'a>>,
}

#[derive(Serialize)]
struct Sign<'a> {
    sign: &'a str,
    more: bool,
}

#[derive(Serialize)]
struct TargetDocument<'a> {
    target: &'static str,
    player: Option<&'static str>,
    scenario: Option<&'a str>,
    points: Option<i64>,
    share: Option<i64>,
    met: Option<bool>,
    most_at: Vec<MostAt<'a>>,
}

#[derive(Serialize)]
struct MostAt<'a> {
    scenario: &'a str,
    encounter: &'a str,
    node: &'a str,
    points: i64,
    takes: &'a str,
}

#[derive(Serialize)]
struct ScenarioDocument<'a> {
    file: &'a str,
    id: &'a str,
    title: &'a str,
    plays: u64,
    players: Vec<PlayerDocument<'a>>,
}

#[derive(Serialize)]
struct PlayerDocument<'a> {
    player: &'static str,
    plays: u64,
    mean: i64,
    deviation: i64,
    lowest: Option<usize>,
    highest: Option<usize>,
    satisfied: i64,
    histogram: Vec<u64>,
    outcomes: Vec<OutcomeDocument>,
    skills: Vec<SkillDocument>,
    encounters: Vec<EncounterDocument<'a>>,
}

#[derive(Serialize)]
struct OutcomeDocument {
    outcome: Outcome,
    times: u64,
}

#[derive(Serialize)]
struct SkillDocument {
    skill: Skill,
    #[serde(flatten)]
    spread: Spread,
}

/// How points from 0 to 100 spread.
#[derive(Serialize)]
struct Spread {
    mean: i64,
    low: usize,
    quarter: usize,
    median: usize,
    three_quarters: usize,
    high: usize,
}

#[derive(Serialize)]
struct EncounterDocument<'a> {
    encounter: &'a str,
    plays: u64,
    left: u64,
    escalated: u64,
    endless: u64,
    endings: Vec<Hit<'a>>,
    nodes: Vec<NodeDocument<'a>>,
    diary: Vec<DiaryDocument<'a>>,
    turns: Vec<TurnDocument>,
}

/// How often something of this name happened.
#[derive(Serialize)]
struct Hit<'a> {
    name: &'a str,
    times: u64,
}

#[derive(Serialize)]
struct NodeDocument<'a> {
    node: &'a str,
    times: u64,
    replies: Vec<Hit<'a>>,
    says: Vec<Hit<'a>>,
}

#[derive(Serialize)]
struct DiaryDocument<'a> {
    event: &'a str,
    choices: Vec<Hit<'a>>,
}

#[derive(Serialize)]
struct TurnDocument {
    turn: usize,
    meters: Vec<MeterDocument>,
}

#[derive(Serialize)]
struct MeterDocument {
    meter: &'static str,
    #[serde(flatten)]
    spread: Spread,
}

impl<'a> Document<'a> {
    pub(in crate::cli) fn of(simulation: &Simulation<'a>) -> Self {
        let report = simulation.report;
        let scenarios = simulation.scenarios().map(|(file, played)| ScenarioDocument {
            file,
            id: &played.scenario.slug,
            title: &played.scenario.title,
            plays: played.plays(),
            players: Player::ALL
                .iter()
                .map(|player| PlayerDocument::of(*player, played.scenario, played.of(*player)))
                .collect(),
        });
        let left_out = simulation.broken.iter().map(|entry| LeftOut {
            file: entry.source.name(),
            problems: entry
                .scenario
                .as_ref()
                .err()
                .into_iter()
                .flatten()
                .map(|problem| problem.message.as_str())
                .collect(),
        });
        Self {
            seed: report.settings.seed.to_string(),
            plays: report.plays(),
            stopped: report.stopped,
            scenarios: scenarios.collect(),
            left_out: left_out.collect(),
            classifier: report.classified.result.as_ref().map(|result| Classifier {
                right: result.right,
                right_by_looks: result.right_by_looks,
                nodes: report.classified.nodes,
                share: report.classified.share(),
                uncertainty: report.classified.uncertainty(),
                chance: result.chance,
                by_words: result.by_words,
                signs: result.signs.iter().map(|(sign, more)| Sign { sign, more: *more }).collect(),
            }),
            targets: report.verdicts.iter().map(|verdict| TargetDocument::of(simulation, verdict)).collect(),
        }
    }
}

impl<'a> TargetDocument<'a> {
    fn of(simulation: &Simulation<'a>, verdict: &Verdict) -> Self {
        let scenario = |place: usize| simulation.report.scenarios[place].scenario;
        let (target, player) = match verdict.target {
            Target::Random => ("random", Some(Player::Random)),
            Target::LiftOverLibrary(cue) => ("lift-over-library", Some(Player::Cue(cue))),
            Target::LiftInScenario(cue) => ("lift-in-scenario", Some(Player::Cue(cue))),
            Target::Satisfied(cue) => ("satisfied", Some(Player::Cue(cue))),
            Target::Classified => ("classifier", None),
        };
        let most_at = verdict.most_at.iter().map(|(place, found)| {
            let encounter = scenario(*place).encounter(found.encounter);
            MostAt {
                scenario: &scenario(*place).slug,
                encounter: &encounter.name,
                node: &encounter.node(found.node).name,
                points: found.points,
                takes: &encounter.reply(found.takes).name,
            }
        });
        Self {
            target,
            player: player.map(Player::name),
            scenario: verdict.scenario.map(|place| scenario(place).slug.as_str()),
            points: if let Measured::Points(points) = verdict.measured { Some(points) } else { None },
            share: if let Measured::Share(share) = verdict.measured { Some(share) } else { None },
            met: verdict.met,
            most_at: most_at.collect(),
        }
    }
}

impl<'a> PlayerDocument<'a> {
    fn of(player: Player, scenario: &'a Scenario, counts: &Counts) -> Self {
        let range = counts.range();
        let encounters = scenario.encounters.iter().zip(&counts.encounters);
        Self {
            player: player.name(),
            plays: counts.plays,
            mean: counts.mean(),
            deviation: counts.deviation(),
            lowest: range.map(|(low, _)| low),
            highest: range.map(|(_, high)| high),
            satisfied: counts.satisfied(),
            histogram: counts.histogram(BARS),
            outcomes: Outcome::ALL
                .iter()
                .map(|outcome| OutcomeDocument { outcome: *outcome, times: counts.outcomes[outcome.index()] })
                .collect(),
            skills: Skill::ALL
                .iter()
                .map(|skill| SkillDocument { skill: *skill, spread: Spread::of(&counts.skills[skill.index()]) })
                .collect(),
            encounters: encounters.map(|(encounter, counts)| EncounterDocument::of(encounter, counts)).collect(),
        }
    }
}

impl<'a> EncounterDocument<'a> {
    fn of(encounter: &'a crate::scenario::Encounter, counts: &EncounterCounts) -> Self {
        let mut said = counts.says.iter();
        let nodes = encounter.nodes.iter().zip(&counts.nodes).map(|(node, times)| NodeDocument {
            node: &node.name,
            times: *times,
            replies: node
                .reply_ids()
                .map(|id| Hit { name: &encounter.reply(id).name, times: counts.replies[id.index()] })
                .collect(),
            says: node
                .lines
                .iter()
                .flat_map(|line| &line.variants)
                .zip(said.by_ref())
                .map(|(speech, times)| Hit { name: &speech.id, times: *times })
                .collect(),
        });
        let nodes = nodes.collect();
        let mut chosen = counts.choices.iter();
        let diary = encounter.diary.iter().map(|event| DiaryDocument {
            event: &event.name,
            choices: event
                .choices
                .iter()
                .zip(chosen.by_ref())
                .map(|(choice, times)| Hit { name: &choice.name, times: *times })
                .collect(),
        });
        let endings = encounter.endings.iter().zip(&counts.endings);
        Self {
            encounter: &encounter.name,
            plays: counts.plays,
            left: counts.left,
            escalated: counts.escalated,
            endless: counts.endless,
            endings: endings.map(|(ending, times)| Hit { name: &ending.name, times: *times }).collect(),
            nodes,
            diary: diary.collect(),
            turns: counts
                .meters
                .iter()
                .enumerate()
                .map(|(place, turn)| TurnDocument {
                    turn: place + 1,
                    meters: METERS
                        .iter()
                        .zip(turn)
                        .map(|(meter, points)| MeterDocument { meter, spread: Spread::of(points) })
                        .collect(),
                })
                .collect(),
        }
    }
}

impl Spread {
    fn of(points: &[u64]) -> Self {
        Self {
            mean: mean_of(points),
            low: quantile(points, 10),
            quarter: quantile(points, 25),
            median: quantile(points, 50),
            three_quarters: quantile(points, 75),
            high: quantile(points, 90),
        }
    }
}
