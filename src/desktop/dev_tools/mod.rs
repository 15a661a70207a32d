//! The window played by a script: real frames, real input, pictures of what came of it.
//!
//! Continuous integration plays it on a virtual display with a software driver.

pub mod script;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
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
pub(super) struct Outcome(Arc<Mutex<Option<Failure>>>);

impl Outcome {
    /// The failure, if there was one.
    pub(super) fn take(&self) -> Option<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn set(&self, failure: Failure) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
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
        since: Duration::ZERO,
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
    /// When a step that counts frames began.
    since: Duration,
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
    redraw.at_least(Rate::Speaking);
    redraw.as_if_focused = true;
    let Ok((mut input, output)) = contexts.single_mut() else {
        return;
    };
    input.focused = true;
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
        Act::Wait { frames } if playing.waited >= frames => {
            let took = time.elapsed().saturating_sub(playing.since);
            info!("line {line}: {frames} frames took {} ms", took.as_millis());
            Progress::Done
        }
        Act::Wait { .. } => {
            if playing.waited == 0 {
                playing.since = time.elapsed();
            }
            playing.waited += 1;
            return;
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
        Act::See(words) if heard.says(&words) => Progress::Done,
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
            playing.outcome.set(Failure { line, problem });
            playing.steps.clear();
            exit.write(AppExit::error());
        }
    }
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
