//! The window played by a script: real frames, real input, pictures of what came of it.
//!
//! Continuous integration plays it on a virtual display with a software driver.

pub mod script;
mod usage;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy_egui::{EguiInput, EguiOutput, PrimaryEguiContext};
use egui::{Event, Modifiers, PointerButton, Pos2, accesskit, pos2};

use super::Step;
use super::redraw::{Rate, Redraw};
use super::wiring::Office;
use script::{Act, Script};
use usage::Usage;

/// How many frames a step waits for what it needs: something to click, words to see, a picture.
const PATIENCE: u32 = 300;

/// What is played, and where its pictures go.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// The steps.
    pub script: Script,
    /// An existing folder.
    pub folder: PathBuf,
}

/// The step of a script that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the script failed at line {line}: {problem}")]
pub struct Failure {
    /// The line in the script, from 1.
    pub line: usize,
    /// In words.
    pub problem: String,
}

/// How it ended, told to [`super::run`], which outlives the window.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    figures: Vec<String>,
    failure: Option<Failure>,
}

impl Outcome {
    /// What was measured, a line each, or the failure.
    pub(super) fn take(&self) -> Result<Vec<String>, Failure> {
        let told = std::mem::take(&mut *self.told());
        told.failure.map_or(Ok(told.figures), Err)
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the script play the window.
pub(super) fn add(app: &mut App, rehearsal: Rehearsal, outcome: Outcome) {
    let Rehearsal { script, folder } = rehearsal;
    app.insert_resource(Playing {
        steps: script.steps.into(),
        folder,
        outcome,
        waited: 0,
        measuring: None,
        paced: None,
        in_background: false,
        frames: VecDeque::new(),
        picture: Picture::None,
    })
    .add_systems(PreUpdate, play.in_set(Step::Input));
}

#[derive(Resource)]
struct Playing {
    steps: VecDeque<(usize, Act)>,
    folder: PathBuf,
    outcome: Outcome,
    /// Frames that the current step has waited.
    waited: u32,
    /// When a step that measures began, and what had been used by then.
    measuring: Option<(Duration, Option<Usage>)>,
    /// How long each frame took, since they are timed.
    paced: Option<Vec<Duration>>,
    /// As far as the window is told.
    in_background: bool,
    /// Input still to be given, a frame each.
    frames: VecDeque<Vec<Event>>,
    picture: Picture,
}

#[derive(Debug)]
enum Picture {
    None,
    Asked,
    Taken(Result<(), String>),
}

/// How a step stands after this frame.
enum Progress {
    Done,
    /// Not yet, and what is missing.
    Waiting(String),
    Failed(String),
}

/// One frame of the script.
fn play(
    mut playing: ResMut<Playing>,
    mut contexts: Query<(&mut EguiInput, &EguiOutput), With<PrimaryEguiContext>>,
    time: Res<Time<Real>>,
    mut redraw: ResMut<Redraw>,
    mut office: ResMut<Office>,
    mut commands: Commands,
    mut exit: MessageWriter<AppExit>,
) {
    let Ok((mut input, output)) = contexts.single_mut() else {
        return;
    };
    // A virtual display has no window manager that would give the focus to anything.
    input.focused = !playing.in_background;
    redraw.as_if_focused = !playing.in_background;
    if let Some((line, Act::Measure { seconds })) = playing.steps.front().cloned() {
        measure(&mut playing, line, seconds, time.elapsed());
        return;
    }
    redraw.at_least(Rate::Speaking);
    if let Some(paced) = &mut playing.paced {
        paced.push(time.delta());
    }
    if let Some(events) = playing.frames.pop_front() {
        input.events.extend(events);
        return;
    }
    let Some((line, act)) = playing.steps.front().cloned() else {
        exit.write(AppExit::Success);
        return;
    };
    let heard = Heard(output.platform_output.accesskit_update.as_ref());
    let progress = match act {
        Act::Quit => {
            exit.write(AppExit::Success);
            Progress::Done
        }
        Act::Wait { frames } if playing.waited >= frames => Progress::Done,
        Act::Wait { .. } => {
            playing.waited += 1;
            return;
        }
        // Measured before anything else, at the head of this function.
        Act::Measure { .. } => return,
        Act::Pace => {
            pace(&mut playing, line);
            Progress::Done
        }
        Act::Unfocus => {
            playing.in_background = true;
            Progress::Done
        }
        Act::Press { key, modifiers } => {
            playing.frames.extend(key_press(key, modifiers));
            Progress::Done
        }
        Act::Type(text) => {
            playing.frames.push_back(vec![Event::Text(text)]);
            Progress::Done
        }
        Act::Click(name) => click(&mut playing, &heard, &name, input.screen_rect),
        Act::See(words) if heard.says(&words) => {
            if let Some(usage) = Usage::now() {
                info!("line {line}: `{words}` is seen {} ms after the start", usage.age.as_millis());
            }
            Progress::Done
        }
        Act::See(words) => Progress::Waiting(format!("`{words}` is not to be seen")),
        Act::Days(days) => {
            office.change().let_days_pass(i64::from(days));
            Progress::Done
        }
        Act::Shot(name) => shot(&mut playing, &mut commands, &name),
    };
    match progress {
        Progress::Done => {
            playing.steps.pop_front();
            playing.waited = 0;
        }
        Progress::Waiting(_) if playing.waited < PATIENCE => playing.waited += 1,
        Progress::Waiting(problem) | Progress::Failed(problem) => {
            playing.outcome.told().failure = Some(Failure { line, problem });
            playing.steps.clear();
            exit.write(AppExit::error());
        }
    }
}

/// Counts the frames of so many seconds and asks for none.
fn measure(playing: &mut Playing, line: usize, seconds: u32, now: Duration) {
    let (since, before) = *playing.measuring.get_or_insert_with(|| (now, Usage::now()));
    let took = now.saturating_sub(since);
    if took < Duration::from_secs(u64::from(seconds)) {
        playing.waited += 1;
        return;
    }
    let mut told = format!("line {line}: {:.1} frames a second", f64::from(playing.waited) / took.as_secs_f64());
    if let Some((before, after)) = before.zip(Usage::now()) {
        let share = after.processor.saturating_sub(before.processor).as_secs_f64() / took.as_secs_f64();
        told.push_str(&format!(
            ", {:.1} % of a processor core, {} MB resident, {:.1} s after the start",
            share * 100.0,
            after.resident / 1024,
            after.age.as_secs_f64(),
        ));
    }
    info!("{told}");
    playing.outcome.told().figures.push(told);
    playing.steps.pop_front();
    playing.measuring = None;
    playing.waited = 0;
}

/// Begins to time the frames, or tells how long they took.
fn pace(playing: &mut Playing, line: usize) {
    let Some(mut frames) = playing.paced.take() else {
        playing.paced = Some(Vec::new());
        return;
    };
    frames.sort_unstable();
    let Some(slowest) = frames.last() else { return };
    let told = format!(
        "line {line}: {} frames, {:.1?} in the middle, {slowest:.1?} the slowest",
        frames.len(),
        frames[frames.len() / 2]
    );
    info!("{told}");
    playing.outcome.told().figures.push(told);
}

fn key_press(key: egui::Key, modifiers: Modifiers) -> [Vec<Event>; 2] {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    [
        vec![Event::ModifiersChanged(modifiers), event(true)],
        vec![event(false), Event::ModifiersChanged(Modifiers::NONE)],
    ]
}

fn click(playing: &mut Playing, heard: &Heard<'_>, name: &str, screen: Option<egui::Rect>) -> Progress {
    let Some((node, at)) = heard.find(name) else {
        return Progress::Waiting(format!("nothing here is called `{name}`"));
    };
    if screen.is_some_and(|screen| !screen.shrink(4.0).contains(at)) {
        let scroll = accesskit::ActionRequest {
            action: accesskit::Action::ScrollIntoView,
            target_tree: accesskit::TreeId::ROOT,
            target_node: node,
            data: None,
        };
        playing.frames.push_back(vec![Event::AccessKitActionRequest(scroll)]);
        return Progress::Waiting(format!("`{name}` cannot be scrolled into sight"));
    }
    let button =
        |pressed| Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    playing.frames.extend([vec![Event::PointerMoved(at)], vec![button(true)], vec![button(false)]]);
    Progress::Done
}

/// Asks for a picture, then waits until it is in its file.
fn shot(playing: &mut Playing, commands: &mut Commands, name: &str) -> Progress {
    match std::mem::replace(&mut playing.picture, Picture::None) {
        Picture::None => {
            let path = playing.folder.join(name);
            commands.spawn(Screenshot::primary_window()).observe(
                move |captured: On<ScreenshotCaptured>, mut playing: ResMut<Playing>| {
                    playing.picture = Picture::Taken(save(&captured.image, &path));
                },
            );
            playing.picture = Picture::Asked;
            Progress::Waiting(format!("no picture came for {name}"))
        }
        Picture::Asked => {
            playing.picture = Picture::Asked;
            Progress::Waiting(format!("no picture came for {name}"))
        }
        Picture::Taken(Ok(())) => Progress::Done,
        Picture::Taken(Err(problem)) => Progress::Failed(problem),
    }
}

/// A picture of one colour is a window that drew nothing.
fn save(image: &Image, path: &std::path::Path) -> Result<(), String> {
    let picture = image.clone().try_into_dynamic().map_err(|error| error.to_string())?.to_rgb8();
    picture.save(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut pixels = picture.pixels();
    let first = pixels.next();
    if pixels.all(|pixel| Some(pixel) == first) {
        return Err(format!("{} is blank", path.display()));
    }
    Ok(())
}

/// What a screen reader would hear of the last frame.
struct Heard<'a>(Option<&'a accesskit::TreeUpdate>);

impl Heard<'_> {
    /// What is called so, and its middle in points. What can be clicked comes first.
    fn find(&self, name: &str) -> Option<(accesskit::NodeId, Pos2)> {
        let named = |node: &accesskit::Node| node.label() == Some(name) || node.value() == Some(name);
        let nodes = || self.0.iter().flat_map(|update| &update.nodes).filter(|(_, node)| named(node));
        let found = nodes().find(|(_, node)| node.supports_action(accesskit::Action::Click)).or_else(|| nodes().next());
        found.and_then(|(id, node)| {
            let bounds = node.bounds()?;
            #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
            let middle = pos2(bounds.x0.midpoint(bounds.x1) as f32, bounds.y0.midpoint(bounds.y1) as f32);
            Some((*id, middle))
        })
    }

    /// Whether these words are in a name or a value.
    fn says(&self, words: &str) -> bool {
        self.0
            .iter()
            .flat_map(|update| &update.nodes)
            .any(|(_, node)| [node.label(), node.value()].into_iter().flatten().any(|text| text.contains(words)))
    }
}
