//! Playing a scenario by machine over the same step: the best playthrough that can be found here, what can be reached at
//! all ([`mod@solve`]), and many plays by players of several kinds ([`mod@simulate`]).
//!
//! The search in this file keeps the most promising runs after every turn. What it finds is a playthrough, so its score
//! is reachable; only [`mod@solve`] proves that there is no higher one.

pub mod simulate;
pub mod solve;
mod way;

use crate::campaign::{self, Input, Run, RunStage};
use crate::dialogue::{self, Action, HOT, Mode, Posture, Stage, lines_spoken, reply_order};
use crate::scenario::Scenario;
use crate::scenario::id::TileId;
use crate::scenario::model::Nod;
use crate::scenario::vocabulary::{Channel, Pace, Skill, Tempo, TileKind, Volume};

pub use way::way_to;

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

/// A run, and the inputs that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playthrough {
    pub run: Run,
    pub inputs: Vec<Input>,
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
    best_playthrough(scenario, seed, aim).map(|played| played.run)
}

/// The same with the inputs that lead to it, in steps.
pub fn best_playthrough(scenario: &Scenario, seed: u64, aim: Option<Skill>) -> Option<Playthrough> {
    best_playthrough_unless(scenario, seed, aim, || false)
}

/// The same, and none once `is_stopped`, which is asked between the runs that are played on.
fn best_playthrough_unless(
    scenario: &Scenario,
    seed: u64,
    aim: Option<Skill>,
    is_stopped: impl Fn() -> bool,
) -> Option<Playthrough> {
    let run = campaign::begin(scenario, seed, Mode::Steps, &mut ());
    let mut open = vec![Playthrough { run, inputs: Vec::new() }];
    let mut best: Option<(i64, Playthrough)> = None;
    while !open.is_empty() {
        let mut next = Vec::new();
        for played in open {
            if is_stopped() {
                return None;
            }
            expand(scenario, &played, &mut next);
        }
        for played in next.iter().filter(|played| played.run.stage == RunStage::Closed) {
            let worth = worth(scenario, &played.run, aim);
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, played.clone()));
            }
        }
        next.retain(|played| played.run.stage != RunStage::Closed);
        next.sort_by_cached_key(|played| std::cmp::Reverse(worth(scenario, &played.run, aim)));
        next.truncate(WIDTH);
        open = next;
    }
    best.map(|(_, played)| played)
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
fn expand(scenario: &Scenario, played: &Playthrough, next: &mut Vec<Playthrough>) {
    let run = &played.run;
    match run.stage {
        RunStage::Talking => answer(scenario, played, next),
        RunStage::Note => {
            let encounter = scenario.encounter(run.talk.encounter);
            let tiles: Vec<TileId> = campaign::tiles(encounter, &run.talk)
                .filter(|(_, tile)| tile.kind == TileKind::Fact)
                .map(|(id, _)| id)
                .collect();
            follow(scenario, played, Input::File { tiles, line: String::new() }, next);
        }
        RunStage::Diary(event) => {
            let event = &scenario.encounter(run.talk.encounter).diary[event.index()];
            for (choice, _) in campaign::choices(event, &run.talk) {
                follow(scenario, played, Input::Choose(choice), next);
            }
        }
        RunStage::Between => follow(scenario, played, Input::GoOn, next),
        RunStage::Closed => {}
    }
}

fn follow(scenario: &Scenario, played: &Playthrough, input: Input, next: &mut Vec<Playthrough>) {
    let mut after = played.clone();
    if play(scenario, &mut after, input) {
        next.push(after);
    }
}

/// Plays on by one input, and says whether it was taken.
fn play(scenario: &Scenario, played: &mut Playthrough, input: Input) -> bool {
    let taken = campaign::step(scenario, &mut played.run, &input, &mut ()).is_ok();
    if taken {
        played.inputs.push(input);
    }
    taken
}

/// Listens to the end, nodding where it is welcome, then tries every reply in every calm pace.
fn answer(scenario: &Scenario, played: &Playthrough, next: &mut Vec<Playthrough>) {
    let mut heard = played.clone();
    listen_well(scenario, &mut heard);
    if heard.run.stage != RunStage::Talking {
        next.push(heard);
        return;
    }
    let hot = heard.run.talk.meters.anger >= HOT;
    let paces: &[Pace] = match scenario.customer.wants {
        Some(Tempo::Slow) => &[Pace::Slow],
        Some(Tempo::Brisk) => &[Pace::Even],
        None if hot => &[Pace::Slow],
        None => &[Pace::Slow, Pace::Even],
    };
    for reply in reply_order(scenario, &heard.run.talk) {
        for &pace in paces {
            let action = Action::Speak { reply, pace, volume: Volume::Level };
            follow(scenario, &heard, Input::Talk(dialogue::Input::step(action)), next);
        }
    }
}

fn listen_well(scenario: &Scenario, played: &mut Playthrough) {
    let talk =
        |played: &mut Playthrough, action: Action| play(scenario, played, Input::Talk(dialogue::Input::step(action)));
    if scenario.channel == Channel::Counter && played.run.talk.turn.posture == Posture::Neutral {
        talk(played, Action::Posture(Posture::Open));
    }
    while played.run.talk.stage == Stage::Talking && !played.run.talk.replies_open() {
        let state = &played.run.talk;
        let last = usize::from(state.turn.cursor).checked_sub(1);
        let mark = last.and_then(|last| lines_spoken(scenario, state).beat(last)).map(|beat| beat.phrase.nod);
        let welcome = mark == Some(Nod::Welcome) && state.turn.nods < 3;
        let moved = (welcome && talk(played, Action::Nod)) || talk(played, Action::Listen);
        if !moved {
            break;
        }
    }
}
