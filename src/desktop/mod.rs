//! The window: everything that draws, and nothing that decides.
//!
//! Here are the spine and its order: [`Screen`] says where the person is, [`Step`] names what happens within a frame.
//!
//! | path | what it is for |
//! |---|---|
//! | `screens/` | what is seen: a folder each |
//! | `theme/` | colours by role, type, and the widgets that all screens share |
//! | `window.rs` | title, icon, size, the camera that egui draws on |
//! | `shader.rs` | how egui's triangles become pixels, cheaply enough for a processor |
//! | `redraw.rs` | how often to draw: not at all while nothing moves |
//! | `accessibility.rs` | what a screen reader asks for reaches egui |
//! | `customer/` | the person across the line, drawn |
//! | `sound/` | their voice, and the few sounds of a desk with a phone |
//! | `dev_tools/` | the window played by a script, for continuous integration |
//!
//! A screen is a folder `screens/<screen>/{mod,data,ui}.rs` with a `plugin` that adds its drawing to
//! [`EguiPrimaryContextPass`] in [`Step::Draw`], run in its state:
//!
//! ```text
//! app.add_systems(EguiPrimaryContextPass, draw.in_set(Step::Draw).run_if(in_state(Screen::Home)));
//! ```
//!
//! Drawing never changes state: it writes actions (a Bevy message), and a system in [`Step::Apply`] carries them out.

#![expect(clippy::needless_pass_by_value, reason = "a Bevy system takes its parameters by value")]

mod accessibility;
pub mod customer;
pub mod desk;
pub mod dev_tools;
pub mod redraw;
pub mod runner;
pub mod screens;
mod shader;
pub mod sound;
pub mod theme;
mod window;
mod wiring;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use bevy::app::AppExit;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy_egui::{EguiPlugin, EguiPostUpdateSet, EguiPreUpdateSet, EguiPrimaryContextPass};

use desk::Desk;
use theme::Appearance;

/// What the window is opened with.
#[derive(Debug)]
pub struct DesktopOptions {
    /// The person's settings, scenarios and runs.
    pub desk: Desk,
    /// A script that plays the window instead of a person.
    pub rehearsal: Option<dev_tools::Rehearsal>,
}

/// Why the window did not open, or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum DesktopError {
    /// There is nothing to show a window on. The terminal game does not need it.
    #[error("no display to open a window on: {reason}")]
    NoDisplay {
        /// What was tried.
        reason: String,
    },
    /// There is a display, but nothing that draws on it, not even in software.
    #[error(
        "no graphics driver was found: Simmer draws with Vulkan or OpenGL \
         (on Debian and Ubuntu, `apt install mesa-vulkan-drivers` brings one that works without a graphics card)"
    )]
    NoGraphics,
    /// A script that played the window did not get what it expected.
    #[error("{0}")]
    Rehearsal(dev_tools::Failure),
    /// The window ended with an error of its own; the log says more.
    #[error("the window ended with error {0}")]
    Ended(u8),
}

/// Where the person is.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    /// A first start: one sentence and a name.
    Welcome,
    /// Continue, practise, review.
    #[default]
    Home,
    /// The scenarios.
    Library,
    /// The record and one intention, before the call.
    Prepare,
    /// The call.
    Conversation,
    /// The note, the diary, what came of promises.
    AfterCall,
    /// How they left, and why.
    Debrief,
    /// Who stands where on this computer.
    Board,
    /// The team, as its service has it.
    Team,
    /// Mastery across runs.
    Progress,
    /// The review cards of today.
    Review,
    /// Scenarios while they are written.
    Studio,
    /// Text size, contrast, motion, keys, data.
    Settings,
}

/// What happens within a frame, in this order.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// In [`PreUpdate`], once egui's input of this frame is complete and before any screen reads it.
    Input,
    /// In [`Update`]: time passes in the call.
    Advance,
    /// In [`EguiPrimaryContextPass`]: the screen of the current state draws itself and writes actions.
    Draw,
    /// In [`PostUpdate`]: the actions written while drawing are carried out, once a frame.
    Apply,
    /// In [`PostUpdate`], after that: what is heard follows what is seen.
    Sound,
}

/// Opens the window and returns when it is closed, with what a script measured, a line each.
///
/// Sets up no logging: what Bevy has to say goes to the `tracing` subscriber of the caller. To be called once in a
/// process, on its first thread.
///
/// # Errors
///
/// [`DesktopError::NoDisplay`] and [`DesktopError::NoGraphics`] before any window is seen;
/// [`DesktopError::Rehearsal`] when a script did not get what it expected.
pub fn run(options: DesktopOptions) -> Result<Vec<String>, DesktopError> {
    window::find_display()?;
    let outcome = dev_tools::Outcome::default();
    let mut app = build(options, &outcome)?;
    let exit = app.run();
    let figures = outcome.take().map_err(DesktopError::Rehearsal)?;
    match exit {
        AppExit::Success => Ok(figures),
        AppExit::Error(code) => Err(DesktopError::Ended(code.get())),
    }
}

/// Bevy and winit panic where they find no display or no driver. Those two panics become errors; others go on.
fn build(options: DesktopOptions, outcome: &dev_tools::Outcome) -> Result<App, DesktopError> {
    let said = Arc::new(Mutex::new(String::new()));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new({
        let said = Arc::clone(&said);
        move |panic| *said.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string()
    }));
    let built = std::panic::catch_unwind(AssertUnwindSafe(|| app(options, outcome)));
    std::panic::set_hook(hook);
    built.map_err(|panic| {
        let said = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
        window::explain(&said).unwrap_or_else(|| {
            error!("{said}");
            std::panic::resume_unwind(panic)
        })
    })
}

fn app(options: DesktopOptions, outcome: &dev_tools::Outcome) -> App {
    let DesktopOptions { desk, rehearsal } = options;
    let theme = desk.theme(Appearance::default());
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .build()
            .disable::<LogPlugin>()
            .set(window::primary(&theme))
            // Otherwise the first frames are empty, and while nothing moves no other frame follows.
            .set(RenderPlugin { synchronous_pipeline_compilation: true, ..RenderPlugin::default() }),
    )
    .add_plugins(EguiPlugin::default())
    .insert_state(desk.first_screen())
    .insert_resource(wiring::Office::new(desk))
    .insert_resource(theme);

    app.configure_sets(
        PreUpdate,
        Step::Input.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
    )
    .configure_sets(Update, Step::Advance)
    .configure_sets(EguiPrimaryContextPass, Step::Draw)
    .configure_sets(PostUpdate, Step::Apply.after(EguiPostUpdateSet::EndPass).before(EguiPostUpdateSet::ProcessOutput))
    .configure_sets(PostUpdate, Step::Sound.after(Step::Apply));

    app.add_plugins((
        window::plugin,
        shader::plugin,
        theme::plugin,
        redraw::plugin,
        accessibility::plugin,
        wiring::plugin,
    ));
    if let Some(rehearsal) = rehearsal {
        dev_tools::add(&mut app, rehearsal, outcome.clone());
    }
    app
}

/// The ground that a screen draws on: the whole window, without a margin.
pub fn root(ctx: &egui::Context) -> egui::Ui {
    egui::Ui::new(
        ctx.clone(),
        "screen".into(),
        egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(ctx.viewport_rect()),
    )
}
