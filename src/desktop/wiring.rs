//! Where the screens meet the desk: a system draws each and writes what was done, one system carries it out.

use std::time::Duration;

use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowCloseRequested, WindowTheme};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use egui::{Align2, Ui, vec2};

use super::desk::{AfterCallSeen, Desk};
use super::redraw::{Rate, Redraw};
use super::screens::{after_call, board, conversation, debrief, home, library, prepare, progress, settings, welcome};
use super::sound::Sound;
use super::theme::widgets::{self, Button, Card};
use super::theme::{Appearance, TextRole, Theme};
use super::{Screen, Step, root};

/// The desk as a resource. Changed only in [`Step::Advance`] and [`Step::Apply`].
#[derive(Resource, Debug)]
pub(super) struct Office(pub(super) Desk);

/// Something that a person did.
#[derive(Message, Debug, Clone)]
enum Done {
    Welcome(welcome::Action),
    Home(home::Action),
    Library(library::Action),
    Prepare(prepare::Action),
    Conversation(conversation::Action),
    AfterCall(after_call::Action),
    Debrief(debrief::Action),
    Board(board::Action),
    Progress(progress::Action),
    Settings(settings::Action),
    /// The notice was read.
    NoticeRead,
}

/// What the screens remember by themselves; a screen that is entered anew starts afresh.
#[derive(Resource, Debug, Default)]
struct Memories {
    welcome: welcome::Memory,
    home: home::Memory,
    library: library::Memory,
    prepare: prepare::Memory,
    conversation: conversation::Memory,
    after_call: after_call::Memory,
    debrief: debrief::Memory,
    board: board::Memory,
    progress: progress::Memory,
    settings: settings::Memory,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Memories>()
        .insert_resource(Sound::start())
        .add_message::<Done>()
        .add_systems(Update, (advance, follow_settings).chain().in_set(Step::Advance))
        .add_systems(EguiPrimaryContextPass, (draw_screen, draw_notice).chain().in_set(Step::Draw))
        .add_systems(PostUpdate, (carry_out.in_set(Step::Apply), hear.in_set(Step::Sound)))
        .add_systems(Last, put_down_when_closed);
}

fn advance(mut office: ResMut<Office>, screen: Res<State<Screen>>, time: Res<Time<Real>>, mut redraw: ResMut<Redraw>) {
    // A machine that slept has not been listening.
    let elapsed = time.delta().min(Duration::from_secs(1));
    if *screen.get() == Screen::Conversation {
        office.0.advance(elapsed);
    }
    if office.0.look_for_reachable() {
        redraw.soon();
    }
}

/// The look follows the settings, and the computer's own where the settings say so.
fn follow_settings(office: Res<Office>, mut theme: ResMut<Theme>, windows: Query<&Window, With<PrimaryWindow>>) {
    let dark = windows.iter().any(|window| window.window_theme == Some(WindowTheme::Dark));
    let wanted = office.0.theme(if dark { Appearance::Dark } else { Appearance::Light });
    theme.set_if_neq(wanted);
}

fn draw_screen(
    mut contexts: EguiContexts,
    office: Res<Office>,
    screen: Res<State<Screen>>,
    theme: Res<Theme>,
    mut memories: ResMut<Memories>,
    mut redraw: ResMut<Redraw>,
    mut done: MessageWriter<Done>,
) -> Result {
    let mut ui = root(contexts.ctx_mut()?);
    let (desk, theme, memories) = (&office.0, &*theme, &mut *memories);
    let actions = draw(&mut ui, desk, *screen.get(), theme, memories, &mut redraw);
    done.write_batch(actions);
    Ok(())
}

/// Draws the screen that is on. A screen whose subject is gone draws nothing; the desk never leads to one.
fn draw(
    ui: &mut Ui,
    desk: &Desk,
    screen: Screen,
    theme: &Theme,
    memories: &mut Memories,
    redraw: &mut Redraw,
) -> Vec<Done> {
    match screen {
        Screen::Welcome => desk
            .welcome_view()
            .map_or_else(Vec::new, |view| wrap(welcome::draw(ui, theme, &view, &mut memories.welcome), Done::Welcome)),
        Screen::Home => wrap(home::draw(ui, theme, &desk.home_view(), &mut memories.home), Done::Home),
        Screen::Library => wrap(library::draw(ui, theme, &desk.library_view(), &mut memories.library), Done::Library),
        Screen::Prepare => desk
            .prepare_view()
            .map_or_else(Vec::new, |view| wrap(prepare::draw(ui, theme, &view, &mut memories.prepare), Done::Prepare)),
        Screen::Conversation => desk.conversation_view().map_or_else(Vec::new, |view| {
            let actions = conversation::draw(ui, theme, &view, &mut memories.conversation);
            redraw.at_least(view.rate.max(memories.conversation.rate()));
            wrap(actions, Done::Conversation)
        }),
        Screen::AfterCall => desk.after_call_view().map_or_else(Vec::new, |view| {
            wrap(after_call::draw(ui, theme, &view, &mut memories.after_call), Done::AfterCall)
        }),
        Screen::Debrief => {
            if desk.is_searching() {
                redraw.at_least(Rate::Breathing);
            }
            desk.debrief_view().map_or_else(Vec::new, |view| {
                wrap(debrief::draw(ui, theme, &view, &mut memories.debrief), Done::Debrief)
            })
        }
        Screen::Settings => {
            wrap(settings::draw(ui, theme, &desk.settings_view(), &mut memories.settings), Done::Settings)
        }
        Screen::Board => wrap(board::draw(ui, theme, &desk.board_view(), &mut memories.board), Done::Board),
        Screen::Progress => {
            wrap(progress::draw(ui, theme, &desk.progress_view(), &mut memories.progress), Done::Progress)
        }
    }
}

fn wrap<A>(actions: Vec<A>, into: impl Fn(A) -> Done) -> Vec<Done> {
    actions.into_iter().map(into).collect()
}

/// What the person should know lies over the lower edge until it was read.
fn draw_notice(
    mut contexts: EguiContexts,
    office: Res<Office>,
    theme: Res<Theme>,
    mut done: MessageWriter<Done>,
) -> Result {
    let Some(notice) = &office.0.notice else { return Ok(()) };
    let context = contexts.ctx_mut()?;
    let area = egui::Area::new("notice".into()).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -theme.scaled(24.0)));
    area.show(context, |ui| {
        ui.set_max_width(theme.scaled(560.0).min(ui.ctx().viewport_rect().width() * 0.9));
        Card::new().show(ui, &theme, |ui| {
            widgets::paragraph(ui, &theme, TextRole::Interface, theme.colors.ink, notice);
            if Button::secondary("I have read this").show(ui, &theme).clicked() {
                done.write(Done::NoticeRead);
            }
        });
    });
    Ok(())
}

/// The one place where what was done changes anything.
fn carry_out(
    mut office: ResMut<Office>,
    mut done: MessageReader<Done>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut memories: ResMut<Memories>,
    mut redraw: ResMut<Redraw>,
) {
    for done in done.read() {
        redraw.soon();
        let leads_to = carry_out_one(&mut office.0, done.clone());
        let Some(leads_to) = leads_to else { continue };
        if leads_to != *screen.get() || matches!(done, Done::Debrief(_)) {
            memories.forget(leads_to);
        }
        next.set(leads_to);
    }
}

fn carry_out_one(desk: &mut Desk, done: Done) -> Option<Screen> {
    match done {
        Done::Welcome(welcome::Action::Begin { name }) => Some(desk.meet(&name)),
        Done::Welcome(welcome::Action::OpenSettings) => Some(Screen::Settings),
        Done::Home(action) => Some(desk.at_home(action)),
        Done::Library(action) => Some(desk.in_library(&action)),
        Done::Prepare(action) => desk.preparing(action),
        Done::Conversation(action) => desk.talk(action),
        Done::AfterCall(action) => desk.after_call(action),
        Done::Debrief(action) => desk.debriefed(action),
        Done::Board(action) => desk.at_the_board(action),
        Done::Progress(action) => desk.at_progress(&action),
        Done::Settings(action) => desk.set(action),
        Done::NoticeRead => {
            desk.notice = None;
            None
        }
    }
}

/// What should sound now, the sound thread is told of.
fn hear(
    office: Res<Office>,
    memories: Res<Memories>,
    screen: Res<State<Screen>>,
    time: Res<Time<Real>>,
    mut sound: ResMut<Sound>,
) {
    let desk = &office.0;
    let answered = desk.running.as_ref().map_or(0, |running| running.answered.len());
    let seen = AfterCallSeen {
        tiles: memories.after_call.picked.len(),
        is_up_to_date: memories.after_call.is_up_to_date(answered),
    };
    sound.follow(desk.scene(*screen.get(), seen), time.elapsed(), || desk.utterance());
}

impl Memories {
    /// A screen that is entered starts afresh.
    fn forget(&mut self, screen: Screen) {
        match screen {
            Screen::Welcome => self.welcome = welcome::Memory::default(),
            Screen::Home => self.home = home::Memory::default(),
            Screen::Prepare => self.prepare = prepare::Memory::default(),
            Screen::Conversation => self.conversation = conversation::Memory::default(),
            Screen::AfterCall => self.after_call = after_call::Memory::default(),
            Screen::Debrief => self.debrief = debrief::Memory::default(),
            Screen::Settings => self.settings = settings::Memory::default(),
            Screen::Board => self.board = board::Memory::default(),
            Screen::Progress => self.progress = progress::Memory,
            // The library keeps its search, so that coming back from a customer finds the same shelf.
            Screen::Library => {}
        }
    }
}

/// The window is being closed in the middle of a call: it is kept at this word.
fn put_down_when_closed(mut closed: MessageReader<WindowCloseRequested>, mut office: ResMut<Office>) {
    if closed.read().count() > 0 {
        office.0.leave();
    }
}
