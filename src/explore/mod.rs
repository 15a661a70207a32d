//! Playing a scenario by machine over the same step: the best playthrough that can be found.
//!
//! The search keeps the most promising runs after every turn. What it finds is a playthrough, so its score is
//! reachable; it is not proved to be the highest.

use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, HOT, Mode, Posture, Stage, lines_spoken, reply_order};
use crate::scenario::Scenario;
use crate::scenario::id::TileId;
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::{Channel, Pace, Skill, Tempo, TileKind, Volume};

/// How many runs are kept after each turn.
const WIDTH: usize = 48;

/// What was found to be reachable.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reachable {
    /// 0 to 1000.
    pub overall: u16,
    /// By [`Skill::index`], in hundredths of a point; each by a playthrough of its own.
    pub skills: [i32; 5],
}

/// The best overall score and the best of each skill that the search finds, with perfect listening throughout.
pub fn reachable(scenario: &Scenario, seed: u64) -> Reachable {
    let overall = best_run(scenario, seed, None).map_or(0, |run| campaign::result(scenario, &run).overall);
    let skills = [0, 1, 2, 3, 4].map(|index: usize| {
        let skill = Skill::ALL[index];
        best_run(scenario, seed, Some(skill)).map_or(0, |run| run.tally.skill(skill).score)
    });
    Reachable { overall, skills }
}

/// The best closed run found: by the overall score, or by one skill.
pub fn best_run(scenario: &Scenario, seed: u64, aim: Option<Skill>) -> Option<Run> {
    let mut open = vec![campaign::begin(scenario, seed, Mode::Steps, &mut ())];
    let mut best: Option<(i64, Run)> = None;
    while !open.is_empty() {
        let mut next = Vec::new();
        for run in open {
            expand(scenario, &run, &mut next);
        }
        for run in next.iter().filter(|run| run.stage == RunStage::Closed) {
            let worth = worth(scenario, run, aim);
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, run.clone()));
            }
        }
        next.retain(|run| run.stage != RunStage::Closed);
        next.sort_by_cached_key(|run| std::cmp::Reverse(worth(scenario, run, aim)));
        next.truncate(WIDTH);
        open = next;
    }
    best.map(|(_, run)| run)
}

/// How promising a run is: its score so far, and the mood that later turns will build on.
fn worth(scenario: &Scenario, run: &Run, aim: Option<Skill>) -> i64 {
    let score = campaign::result(scenario, run);
    let aimed = aim.map_or(0, |skill| i64::from(score.skills[skill.index()].score) * 1000);
    let meters = &run.talk.meters;
    let mood = i64::from(meters.trust + meters.heard + meters.patience - meters.anger);
    let met = i64::from(run.talk.needs_met(scenario));
    aimed + i64::from(score.overall) * 100 + met * 200 + mood / 4
}

/// All runs that follow by one decision.
fn expand(scenario: &Scenario, run: &Run, next: &mut Vec<Run>) {
    match run.stage {
        RunStage::Talking => answer(scenario, run, next),
        RunStage::Note => {
            let encounter = scenario.encounter(run.talk.encounter);
            let tiles: Vec<TileId> = campaign::tiles(encounter, &run.talk)
                .filter(|(_, tile)| tile.kind == TileKind::Fact)
                .map(|(id, _)| id)
                .collect();
            follow(scenario, run, &Input::File { tiles, line: String::new() }, next);
        }
        RunStage::Diary(event) => {
            let event = &scenario.encounter(run.talk.encounter).diary[event.index()];
            for (choice, _) in campaign::choices(event, &run.talk) {
                follow(scenario, run, &Input::Choose(choice), next);
            }
        }
        RunStage::Between => follow(scenario, run, &Input::GoOn, next),
        RunStage::Closed => {}
    }
}

fn follow(scenario: &Scenario, run: &Run, input: &Input, next: &mut Vec<Run>) {
    let mut after = run.clone();
    if campaign::step(scenario, &mut after, input, &mut ()).is_ok() {
        next.push(after);
    }
}

/// Listens to the end, nodding where it is welcome, then tries every reply in every calm pace.
fn answer(scenario: &Scenario, run: &Run, next: &mut Vec<Run>) {
    let mut heard = run.clone();
    listen_well(scenario, &mut heard);
    if heard.stage != RunStage::Talking {
        next.push(heard);
        return;
    }
    let hot = heard.talk.meters.anger >= HOT;
    let paces: &[Pace] = match scenario.customer.wants {
        Some(Tempo::Slow) => &[Pace::Slow],
        Some(Tempo::Brisk) => &[Pace::Even],
        None if hot => &[Pace::Slow],
        None => &[Pace::Slow, Pace::Even],
    };
    for reply in reply_order(scenario, &heard.talk) {
        for &pace in paces {
            let action = Action::Speak { reply, pace, volume: Volume::Level };
            follow(scenario, &heard, &Input::Talk(dialogue::Input::step(action)), next);
        }
    }
}

fn listen_well(scenario: &Scenario, run: &mut Run) {
    let talk = |run: &mut Run, action: Action| {
        campaign::step(scenario, run, &Input::Talk(dialogue::Input::step(action)), &mut ()).is_ok()
    };
    if scenario.channel == Channel::Counter && run.talk.turn.posture == Posture::Neutral {
        talk(run, Action::Posture(Posture::Open));
    }
    while run.talk.stage == Stage::Talking && !run.talk.replies_open() {
        let last = usize::from(run.talk.turn.cursor).checked_sub(1);
        let mark = last.and_then(|last| lines_spoken(scenario, &run.talk).beat(last)).map(|beat| beat.phrase.nod);
        let welcome = mark == Some(Nod::Welcome) && run.talk.turn.nods < 3;
        let moved = (welcome && talk(run, Action::Nod)) || talk(run, Action::Listen);
        if !moved {
            break;
        }
    }
}
