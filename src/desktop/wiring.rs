//! Where the screens meet the desk: a system draws each and writes what was done, one system carries it out.

use std::time::Duration;

use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowCloseRequested, WindowTheme};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use egui::{Align2, Ui, vec2};

use super::desk::{AfterCallSeen, Desk};
use super::redraw::{Rate, Redraw};
use super::screens::{
    after_call, board, conversation, debrief, home, library, prepare, progress, review, settings, studio, team, welcome,
};
use super::sound::Sound;
use super::theme::widgets::{self, Button, Card};
use super::theme::{Appearance, TextRole, Theme};
use super::{Screen, Step, root};

/// The desk as a resource. Changed only in [`Step::Advance`] and [`Step::Apply`].
#[derive(Resource, Debug)]
pub(super) struct Office {
    desk: Desk,
    /// Another whenever the desk may have changed: a view that was built for this one still holds.
    revision: u64,
}

impl Office {
    pub(super) fn new(desk: Desk) -> Self {
        Self { desk, revision: 0 }
    }

    pub(super) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The only way to change it.
    pub(super) fn change(&mut self) -> &mut Desk {
        self.revision += 1;
        &mut self.desk
    }

    /// Takes in what came about by itself, and says whether anything did.
    fn look_around(&mut self) -> bool {
        let news = self.desk.look_around();
        self.revision += u64::from(news);
        news
    }
}

/// What a screen says.
#[derive(Debug)]
enum View {
    Welcome(welcome::View),
    Home(Box<home::View>),
    Library(library::View),
    Prepare(Box<prepare::View>),
    Conversation(Box<conversation::View>),
    AfterCall(Box<after_call::View>),
    Debrief(debrief::View),
    Settings(Box<settings::View>),
    Board(Box<board::View>),
    Team(team::View),
    Progress(Box<progress::View>),
    Review(review::View),
    Studio(studio::View),
}

impl View {
    /// What a screen says now. A screen whose subject is gone says nothing; the desk never leads to one.
    fn of(desk: &Desk, screen: Screen) -> Option<Self> {
        Some(match screen {
            Screen::Welcome => Self::Welcome(desk.welcome_view()?),
            Screen::Home => Self::Home(Box::new(desk.home_view())),
            Screen::Library => Self::Library(desk.library_view()),
            Screen::Prepare => Self::Prepare(Box::new(desk.prepare_view()?)),
            Screen::Conversation => Self::Conversation(Box::new(desk.conversation_view()?)),
            Screen::AfterCall => Self::AfterCall(Box::new(desk.after_call_view()?)),
            Screen::Debrief => Self::Debrief(desk.debrief_view()?),
            Screen::Settings => Self::Settings(Box::new(desk.settings_view())),
            Screen::Board => Self::Board(Box::new(desk.board_view())),
            Screen::Team => Self::Team(desk.team_view()),
            Screen::Progress => Self::Progress(Box::new(desk.progress_view())),
            Screen::Review => Self::Review(desk.review_view()?),
            Screen::Studio => Self::Studio(desk.studio_view()),
        })
    }
}

/// The view that was drawn last. It is built anew when the desk has changed or another screen is on, and not for every
/// frame.
#[derive(Debug, Default)]
struct Kept {
    of: Option<(u64, Screen)>,
    view: Option<View>,
}

impl Kept {
    fn view(&mut self, office: &Office, screen: Screen) -> Option<&View> {
        let wanted = Some((office.revision, screen));
        if self.of != wanted {
            self.view = View::of(&office.desk, screen);
            self.of = wanted;
        }
        self.view.as_ref()
    }
}

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
    Team(team::Action),
    Progress(progress::Action),
    Review(review::Action),
    Settings(settings::Action),
    Studio(studio::Action),
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
    team: team::Memory,
    progress: progress::Memory,
    review: review::Memory,
    settings: settings::Memory,
    studio: studio::Memory,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Memories>()
        .insert_resource(Sound::start())
        .add_message::<Done>()
        .add_systems(Startup, wake_for_news)
        .add_systems(Update, (advance, follow_settings).chain().in_set(Step::Advance))
        .add_systems(EguiPrimaryContextPass, (draw_screen, draw_notice).chain().in_set(Step::Draw))
        .add_systems(PostUpdate, (carry_out.in_set(Step::Apply), hear.in_set(Step::Sound)))
        .add_systems(Last, put_down_when_closed);
}

fn advance(
    mut office: ResMut<Office>,
    screen: Res<State<Screen>>,
    time: Res<Time<Real>>,
    mut redraw: ResMut<Redraw>,
    (mut next, mut memories): (ResMut<NextState<Screen>>, ResMut<Memories>),
) {
    // A machine that slept has not been listening.
    let elapsed = time.delta().min(Duration::from_secs(1));
    if *screen.get() == Screen::Conversation {
        office.change().advance(elapsed);
    }
    if office.look_around() {
        redraw.soon();
        // The leave for a call that counts has come, and the call begins.
        if let Some(lead) = office.change().take_lead() {
            memories.forget(lead);
            next.set(lead);
        }
    }
}

/// What is heard of the team wakes the window, which otherwise sleeps until somebody does something.
fn wake_for_news(office: Res<Office>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    let Some(proxy) = proxy else { return };
    let proxy = proxy.clone();
    office.desk().wake().by(move || {
        // Where the loop has ended there is nothing to wake.
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
}

/// The look follows the settings, and the computer's own where the settings say so.
fn follow_settings(office: Res<Office>, mut theme: ResMut<Theme>, windows: Query<&Window, With<PrimaryWindow>>) {
    let dark = windows.iter().any(|window| window.window_theme == Some(WindowTheme::Dark));
    let wanted = office.desk().theme(if dark { Appearance::Dark } else { Appearance::Light });
    theme.set_if_neq(wanted);
}

fn draw_screen(
    mut contexts: EguiContexts,
    office: Res<Office>,
    screen: Res<State<Screen>>,
    theme: Res<Theme>,
    (mut kept, mut memories): (Local<Kept>, ResMut<Memories>),
    mut redraw: ResMut<Redraw>,
    mut done: MessageWriter<Done>,
) -> Result {
    let mut ui = root(contexts.ctx_mut()?);
    let desk = office.desk();
    let waits = match screen.get() {
        Screen::Debrief => desk.is_searching(),
        Screen::Board => desk.is_reading(),
        _ => false,
    };
    if waits {
        redraw.at_least(Rate::Breathing);
    }
    if *screen.get() == Screen::Studio {
        redraw.at_least(desk.studio_rate());
        if desk.studio_keeps_time() {
            redraw.keep_time();
        }
    }
    if let Some(view) = kept.view(&office, *screen.get()) {
        done.write_batch(draw(&mut ui, view, &theme, &mut memories, &mut redraw));
    }
    Ok(())
}

/// Draws the screen that is on, and returns what was done.
fn draw(ui: &mut Ui, view: &View, theme: &Theme, memories: &mut Memories, redraw: &mut Redraw) -> Vec<Done> {
    match view {
        View::Welcome(view) => wrap(welcome::draw(ui, theme, view, &mut memories.welcome), Done::Welcome),
        View::Home(view) => wrap(home::draw(ui, theme, view, &mut memories.home), Done::Home),
        View::Library(view) => wrap(library::draw(ui, theme, view, &mut memories.library), Done::Library),
        View::Prepare(view) => wrap(prepare::draw(ui, theme, view, &mut memories.prepare), Done::Prepare),
        View::Conversation(view) => {
            let actions = conversation::draw(ui, theme, view, &mut memories.conversation);
            redraw.at_least(view.rate.max(memories.conversation.rate()));
            if view.rate > Rate::Still {
                redraw.keep_time();
            }
            wrap(actions, Done::Conversation)
        }
        View::AfterCall(view) => wrap(after_call::draw(ui, theme, view, &mut memories.after_call), Done::AfterCall),
        View::Debrief(view) => wrap(debrief::draw(ui, theme, view, &mut memories.debrief), Done::Debrief),
        View::Settings(view) => wrap(settings::draw(ui, theme, view, &mut memories.settings), Done::Settings),
        View::Team(view) => wrap(team::draw(ui, theme, view, &mut memories.team), Done::Team),
        View::Board(view) => wrap(board::draw(ui, theme, view, &mut memories.board), Done::Board),
        View::Progress(view) => wrap(progress::draw(ui, theme, view, &mut memories.progress), Done::Progress),
        View::Studio(view) => wrap(studio::draw(ui, theme, view, &mut memories.studio), Done::Studio),
        View::Review(view) => wrap(review::draw(ui, theme, view, &mut memories.review), Done::Review),
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
    let Some(notice) = &office.desk().notice else { return Ok(()) };
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
        let leads_to = carry_out_one(office.change(), done.clone());
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
        Done::Team(action) => desk.with_the_team(action),
        Done::Progress(action) => desk.at_progress(&action),
        Done::Review(action) => desk.reviewing(action),
        Done::Settings(action) => desk.set(action),
        Done::Studio(action) => desk.in_studio(action),
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
    let desk = office.desk();
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
            Screen::Team => self.team = team::Memory::default(),
            Screen::Progress => self.progress = progress::Memory::default(),
            Screen::Review => self.review = review::Memory::default(),
            // The library keeps its search, so that coming back from a customer finds the same shelf.
            // In Studio a file lies on the bench until it is closed.
            Screen::Library | Screen::Studio => {}
        }
    }
}

/// The window is being closed in the middle of a call, which is kept at this word; or of writing, which is kept as a draft.
fn put_down_when_closed(
    mut closed: MessageReader<WindowCloseRequested>,
    mut exits: MessageReader<AppExit>,
    mut office: ResMut<Office>,
) {
    let is_closed = closed.read().count() > 0;
    if is_closed {
        office.change().leave();
    }
    if is_closed || exits.read().count() > 0 {
        office.change().put_studio_down();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Folders;

    #[test]
    fn a_view_is_kept_until_the_desk_changes_or_another_screen_is_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(Folders::below(folder.path()), &[]);
        desk.let_days_pass(0);
        let mut office = Office::new(desk);
        let mut kept = Kept::default();
        let greeting = |kept: &mut Kept, office: &Office| match kept.view(office, Screen::Home) {
            Some(View::Home(view)) => std::ptr::from_ref(view.greeting.as_str()),
            _ => panic!("Home says something"),
        };
        let first = greeting(&mut kept, &office);
        assert_eq!(greeting(&mut kept, &office), first);
        assert!(matches!(kept.view(&office, Screen::Progress), Some(View::Progress(_))));
        assert!(kept.view(&office, Screen::Conversation).is_none(), "there is no call");
        office.change().settings.play_as("Robin");
        let Some(View::Home(view)) = kept.view(&office, Screen::Home) else { panic!("Home says something") };
        assert_eq!(view.greeting, "Hello, Robin");
        let before = office.revision;
        assert!(!office.look_around());
        assert_eq!(office.revision, before, "nothing came about");
    }
}
