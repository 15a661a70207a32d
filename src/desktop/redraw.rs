//! How often to draw. A still screen costs nothing; an office PC without a graphics card draws on its processor.
//!
//! Input always draws a frame. Beyond that the screen says, in every frame it draws, at what [`Rate`] it moves, and
//! egui says when it wants another frame. Both come down to one waiting time of the event loop.
//!
//! Two habits of `bevy_egui` 0.42 stand in the way. It tells egui in every frame what modifier keys are held, and egui
//! answers every event with another frame: what has not changed is dropped here. And it asks for the next frame at once
//! even where egui asked for one in half a second: its requests are dropped, and egui's own delay is read instead. The waiting time is one of a few, because every change of it costs a
//! frame (in `bevy_winit`), and a time that varied with each frame would never rest.

use std::time::Duration;

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::window::RequestRedraw;
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{EguiFullOutput, EguiInput, EguiPostUpdateSet, EguiPreUpdateSet};
use egui::{Event, Modifiers};

use super::Step;

/// How much moves on the screen, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rate {
    /// Nothing. Only input draws a frame.
    #[default]
    Still,
    /// A clock runs that nobody sees: two frames a second.
    Waiting,
    /// The customer breathes: eight frames a second, so that with a blink now and then they stay below ten.
    Breathing,
    /// The customer speaks or moves: sixty frames a second, thirty where the processor has to draw them.
    Speaking,
}

/// Where a screen asks for frames, anew in every frame that it draws. The highest request of a frame counts.
#[derive(Resource, Debug, Default)]
pub struct Redraw {
    rate: Rate,
    soon: bool,
    keeps_time: bool,
    /// A script plays: a virtual display has no window manager that would give the focus to anything.
    pub(super) as_if_focused: bool,
}

impl Redraw {
    /// Something moves at this rate, until the next frame is drawn.
    pub fn at_least(&mut self, rate: Rate) {
        self.rate = self.rate.max(rate);
    }

    /// A clock of the call runs on, whether anybody looks or not.
    pub fn keep_time(&mut self) {
        self.keeps_time = true;
    }

    /// One more frame at once, for what changed after this one was drawn. Carrying out an action asks for it.
    pub fn soon(&mut self) {
        self.soon = true;
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Redraw>()
        .init_resource::<EguiDelay>()
        .insert_resource(settings(SLOW, false))
        .add_systems(PreUpdate, drop_unchanged_modifiers.after(EguiPreUpdateSet::ProcessInput).before(Step::Input))
        .add_systems(
            PostUpdate,
            read_egui_delay.after(EguiPostUpdateSet::EndPass).before(EguiPostUpdateSet::ProcessOutput),
        )
        .add_systems(Last, pace);
}

fn drop_unchanged_modifiers(mut inputs: Query<&mut EguiInput>, mut held: Local<Modifiers>) {
    for mut input in &mut inputs {
        input.events.retain(|event| match *event {
            Event::ModifiersChanged(modifiers) => std::mem::replace(&mut *held, modifiers) != modifiers,
            _ => true,
        });
    }
}

/// When egui wants the next frame.
#[derive(Resource, Debug)]
struct EguiDelay(Duration);

impl Default for EguiDelay {
    fn default() -> Self {
        Self(Duration::MAX)
    }
}

fn read_egui_delay(outputs: Query<&EguiFullOutput>, mut delay: ResMut<EguiDelay>) {
    delay.0 = outputs
        .iter()
        .filter_map(|output| output.0.as_ref())
        .flat_map(|output| output.viewport_output.values())
        .map(|viewport| viewport.repaint_delay)
        .min()
        .unwrap_or(Duration::MAX);
}

fn pace(
    mut redraw: ResMut<Redraw>,
    delay: Res<EguiDelay>,
    adapter: Option<Res<RenderAdapterInfo>>,
    mut winit: ResMut<WinitSettings>,
    mut requests: ResMut<Messages<RequestRedraw>>,
) {
    let in_software = adapter.is_some_and(|adapter| format!("{:?}", adapter.device_type) == "Cpu");
    let mut paced = settings(wait(redraw.rate, delay.0, in_software), redraw.keeps_time);
    if redraw.as_if_focused {
        paced.unfocused_mode = paced.focused_mode;
    }
    if paced.focused_mode != winit.focused_mode || paced.unfocused_mode != winit.unfocused_mode {
        debug!("from now on {:?}, in software: {in_software}", paced.focused_mode);
        *winit = paced;
    }
    trace!("a frame at {:?}, egui in {:?}", redraw.rate, delay.0);
    requests.clear();
    if redraw.soon {
        requests.write(RequestRedraw);
    }
    *redraw = Redraw { as_if_focused: redraw.as_if_focused, ..Redraw::default() };
}

const SIXTY: Duration = Duration::from_micros(16_667);
/// A little less than its name says, so that thirty are reached and not just missed.
const THIRTY: Duration = Duration::from_millis(31);
const EIGHT: Duration = Duration::from_millis(125);
const TWO: Duration = Duration::from_millis(500);
/// Now and then, in case a wish for a frame was missed.
const SLOW: Duration = Duration::from_secs(5);

/// The time from one frame to the next: what the screen asks for, or sooner where egui does.
fn wait(rate: Rate, egui: Duration, in_software: bool) -> Duration {
    let quickest = if in_software { THIRTY } else { SIXTY };
    let screen = match rate {
        Rate::Still => SLOW,
        Rate::Waiting => TWO,
        Rate::Breathing => EIGHT,
        Rate::Speaking => quickest,
    };
    let egui = match egui {
        delay if delay < EIGHT => quickest,
        delay if delay < TWO => EIGHT,
        delay if delay < SLOW => TWO,
        _ => SLOW,
    };
    screen.min(egui)
}

/// With the focus, `wait`. Without it nobody looks closely: speech goes on twice a second, a clock is kept once a second,
/// the rest hardly at all.
fn settings(wait: Duration, keeps_time: bool) -> WinitSettings {
    let unfocused = match wait {
        wait if wait <= THIRTY => TWO,
        // A frame counts for a second at most.
        _ if keeps_time => Duration::from_secs(1),
        _ => Duration::from_mins(1),
    };
    let reactive = |wait| UpdateMode::Reactive {
        wait,
        // The pointer anywhere on the desk is no reason to draw.
        react_to_device_events: false,
        react_to_user_events: true,
        react_to_window_events: true,
    };
    WinitSettings { focused_mode: reactive(wait), unfocused_mode: reactive(unfocused) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_screen_waits() {
        assert_eq!(wait(Rate::Still, Duration::MAX, false), SLOW);
    }

    #[test]
    fn breathing_draws_fewer_than_ten_frames_a_second() {
        assert_eq!(wait(Rate::Breathing, Duration::MAX, false), EIGHT);
        assert_eq!(wait(Rate::Breathing, Duration::from_secs(1), true), EIGHT);
    }

    #[test]
    fn speech_draws_at_least_thirty_frames_a_second() {
        assert_eq!(wait(Rate::Speaking, Duration::MAX, false), SIXTY);
        assert_eq!(wait(Rate::Speaking, Duration::MAX, true), THIRTY);
    }

    #[test]
    fn egui_gets_its_frame_in_time_but_never_a_time_of_its_own() {
        let allowed = [SIXTY, THIRTY, EIGHT, TWO, SLOW];
        for millis in [0, 1, 16, 99, 100, 120, 499, 500, 4_999, 5_000, 60_000] {
            let delay = Duration::from_millis(millis);
            let waited = wait(Rate::Still, delay, false);
            assert!(allowed.contains(&waited), "{waited:?}");
            assert!(waited <= delay.max(SIXTY), "{waited:?} is later than {delay:?}");
        }
    }

    #[test]
    fn in_the_background_a_clock_is_kept_and_nothing_else() {
        assert_eq!(settings(EIGHT, true).unfocused_mode, settings(SLOW, true).unfocused_mode);
        assert_ne!(settings(EIGHT, true).unfocused_mode, settings(EIGHT, false).unfocused_mode);
        assert_eq!(settings(EIGHT, false).unfocused_mode, settings(SLOW, false).unfocused_mode);
    }

    #[test]
    fn the_highest_request_of_a_frame_counts() {
        let mut redraw = Redraw::default();
        redraw.at_least(Rate::Speaking);
        redraw.at_least(Rate::Breathing);
        assert_eq!(redraw.rate, Rate::Speaking);
    }
}
