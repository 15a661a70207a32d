//! "Records for your learning system": the store that is set for this computer, and how it stands with what it is sent.

use std::fmt;

use egui::{Ui, accesskit::Live};
use jiff::Timestamp;

use crate::desktop::screens::page;
use crate::desktop::theme::widgets::{Button, Card, link, paragraph, secret_row, section_title, text_row};
use crate::desktop::theme::{TextRole, Theme, style};
use crate::settings::{Secret, XapiVersion};

/// What is set, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordsNow {
    pub store: Option<StoreNow>,
    pub sending: Sending,
    /// Why something was not set.
    pub problem: Option<String>,
}

/// The store that is set. Its secret is shown nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreNow {
    pub address: String,
    pub key: String,
    pub version: XapiVersion,
    /// It is sent to after each finished call.
    pub by_itself: bool,
}

/// How it stands with sending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Sending {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// Nothing is under way.
    Done {
        /// Statements that the store has.
        sent: u64,
        /// Calls that it does not have.
        waiting: usize,
        /// What it would not take, and what could not be recorded.
        notes: Vec<String>,
    },
    Now,
    /// It is tried again by itself.
    Waiting {
        /// In a few words, as in "no connection".
        why: String,
        until: Timestamp,
        /// Calls.
        left: usize,
    },
    /// Nothing more is sent until somebody mends it: why, and what to do.
    Refused(String),
}

/// What a person wants of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordAction {
    /// This store from now on.
    Set(TypedStore),
    SendByItself(bool),
    SendNow,
    /// The store and its secret.
    Forget,
    /// What was wrong has been read.
    Look,
}

/// A store as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedStore {
    pub address: String,
    pub key: String,
    /// Empty where the one of before is to stay.
    pub secret: Secret,
    pub version: XapiVersion,
}

/// What this part of the screen keeps while it is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    step: Step,
    greeted: bool,
}

#[derive(Debug, Clone, Default)]
enum Step {
    #[default]
    Looking,
    Typing(Draft),
    /// It was typed, and is being set.
    Setting(Draft),
    Forgetting,
}

#[derive(Clone)]
struct Draft {
    address: String,
    key: String,
    secret: String,
    shown: bool,
    version: XapiVersion,
}

impl fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Draft").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Draft {
    fn of(store: Option<&StoreNow>) -> Self {
        Self {
            address: store.map(|store| store.address.clone()).unwrap_or_default(),
            key: store.map(|store| store.key.clone()).unwrap_or_default(),
            secret: String::new(),
            shown: false,
            version: store.map(|store| store.version).unwrap_or_default(),
        }
    }
}

impl Memory {
    /// Whether something is being typed or asked.
    pub(super) const fn is_open(&self) -> bool {
        !matches!(self.step, Step::Looking)
    }

    pub(super) fn close(&mut self) {
        self.step = Step::Looking;
    }
}

impl Sending {
    /// For a person, at that moment; none where there is nothing to say.
    pub(super) fn words(&self, now: Timestamp) -> Option<String> {
        let calls = |calls: &usize, one: &str, several: &str| match calls {
            1 => format!("1 call {one}"),
            calls => format!("{calls} calls {several}"),
        };
        Some(match self {
            Self::Unknown => return None,
            Self::Now => "Sending\u{2026}".to_owned(),
            Self::Done { sent: 0, waiting: 0, .. } => "Nothing has been sent yet, and nothing waits.".to_owned(),
            Self::Done { sent, waiting, .. } => {
                let sent = if *sent == 1 { "1 statement sent".to_owned() } else { format!("{sent} statements sent") };
                match waiting {
                    0 => format!("{sent}, none waiting."),
                    waiting => format!("{sent}. {} to be sent.", calls(waiting, "waits", "wait")),
                }
            }
            Self::Waiting { why, until, left } => {
                let minutes = until.duration_since(now).as_secs().max(0).saturating_add(59) / 60;
                let when = if minutes <= 1 { "within a minute".to_owned() } else { format!("in {minutes} min") };
                format!("Waiting: {why}, trying again {when}. {} still to be sent.", calls(left, "is", "are"))
            }
            Self::Refused(why) => format!("Refused: {why}"),
        })
    }

    const fn is_trouble(&self) -> bool {
        matches!(self, Self::Refused(_))
    }
}

pub(super) fn draw(
    ui: &mut Ui,
    theme: &Theme,
    now: &RecordsNow,
    moment: Timestamp,
    memory: &mut Memory,
) -> Vec<RecordAction> {
    let mut actions = Vec::new();
    section_title(ui, theme, "Records for your learning system");
    if let Step::Setting(draft) = &memory.step {
        // What was set needs no draft any more, and its secret no place here.
        memory.step = if now.problem.is_some() { Step::Typing(draft.clone()) } else { Step::Looking };
    }
    match (&mut memory.step, &now.store) {
        (Step::Typing(_), _) => typing(ui, theme, now, memory, &mut actions),
        (_, Some(store)) => set(ui, theme, now, store, moment, memory, &mut actions),
        (_, None) => {
            soft(
                ui,
                theme,
                "Simmer can tell the system in which your training is kept of every finished call. Whoever runs that \
                 system sets it here; nobody else needs to.",
            );
            trouble(ui, theme, now);
            if Button::secondary("Set a record store").show(ui, theme).clicked() {
                begin(ui, memory, None, &mut actions);
            }
        }
    }
    ui.add_space(2.0 * style::GRID);
    actions
}

fn begin(ui: &Ui, memory: &mut Memory, store: Option<&StoreNow>, actions: &mut Vec<RecordAction>) {
    *memory = Memory { step: Step::Typing(Draft::of(store)), greeted: false };
    actions.push(RecordAction::Look);
    ui.ctx().request_repaint();
}

/// The store that is set, how it stands, and what can be done.
fn set(
    ui: &mut Ui,
    theme: &Theme,
    now: &RecordsNow,
    store: &StoreNow,
    moment: Timestamp,
    memory: &mut Memory,
    actions: &mut Vec<RecordAction>,
) {
    page::close(ui, |ui| {
        paragraph(ui, theme, TextRole::Strong, theme.colors.ink, "Where records go");
        page::anywhere(ui, theme, &store.address);
        let about = format!("Key {}, xAPI {}. The secret is kept and not shown.", store.key, store.version.header());
        soft(ui, theme, &about);
    });
    if let Some(words) = now.sending.words(moment) {
        let colour = if now.sending.is_trouble() { theme.colors.heat } else { theme.colors.ink };
        live(&paragraph(ui, theme, TextRole::Interface, colour, &words));
    }
    if let Sending::Done { notes, .. } = &now.sending {
        for note in notes {
            paragraph(ui, theme, TextRole::Interface, theme.colors.heat, note);
        }
    }
    trouble(ui, theme, now);
    let about = "Of everybody who plays on this computer. Practice is never sent.";
    if page::labelled_toggle(ui, theme, "Send after each finished call", about, store.by_itself) {
        actions.push(RecordAction::SendByItself(!store.by_itself));
    }
    if matches!(memory.step, Step::Forgetting) {
        forgetting(ui, theme, memory, actions);
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let idle = now.sending != Sending::Now;
        if Button::secondary("Send now").enabled(idle).show(ui, theme).clicked() {
            actions.push(RecordAction::SendNow);
        }
        ui.add_space(style::GRID);
        if link(ui, theme, "Change the record store").clicked() {
            begin(ui, memory, Some(store), actions);
        }
        ui.add_space(style::GRID);
        if link(ui, theme, "Forget it").clicked() {
            *memory = Memory { step: Step::Forgetting, greeted: false };
            ui.ctx().request_repaint();
        }
    });
}

fn forgetting(ui: &mut Ui, theme: &Theme, memory: &mut Memory, actions: &mut Vec<RecordAction>) {
    Card::new().show(ui, theme, |ui| {
        let words = "Forget the store and its secret? What it was sent stays there, and nothing more is sent.";
        paragraph(ui, theme, TextRole::Interface, theme.colors.ink, words);
        ui.horizontal_wrapped(|ui| {
            let keep = Button::secondary("Keep the store").show(ui, theme);
            page::focus_first(&keep, &mut memory.greeted);
            if keep.clicked() {
                memory.step = Step::Looking;
            }
            if Button::danger("Forget the store").show(ui, theme).clicked() {
                memory.step = Step::Looking;
                actions.push(RecordAction::Forget);
            }
        });
    });
}

fn typing(ui: &mut Ui, theme: &Theme, now: &RecordsNow, memory: &mut Memory, actions: &mut Vec<RecordAction>) {
    let Memory { step, greeted } = memory;
    let Step::Typing(draft) = step else { return };
    soft(ui, theme, "Whoever runs your learning system has these. They hold for everybody who plays on this computer.");
    let field = text_row(ui, theme, "Address of the record store", &mut draft.address, "https://lrs.example/xapi");
    page::focus_first(&field, greeted);
    text_row(ui, theme, "Key", &mut draft.key, "The store gives a key and a secret");
    let kept = now.store.as_ref().is_some_and(|store| store.address == draft.address && store.key == draft.key);
    let hint = if kept { "Kept; type one to change it" } else { "" };
    secret_row(ui, theme, "Secret", &mut draft.secret, hint, draft.shown);
    if page::labelled_toggle(ui, theme, "Show the secret", "", draft.shown) {
        draft.shown = !draft.shown;
    }
    let versions = [(XapiVersion::One, "1.0.3"), (XapiVersion::Two, "2.0.0")];
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, "Version of xAPI; most stores speak 1.0.3");
    if let Some(version) = page::choose(ui, theme, "Version of xAPI", &versions, draft.version) {
        draft.version = version;
    }
    trouble(ui, theme, now);
    let whole = !draft.address.trim().is_empty() && !draft.key.trim().is_empty();
    let (mut save, mut keep) = (false, false);
    ui.horizontal_wrapped(|ui| {
        save = Button::primary("Save the record store").enabled(whole).show(ui, theme).clicked();
        keep = Button::secondary("Leave it as it was").show(ui, theme).clicked();
    });
    if save {
        actions.push(RecordAction::Set(TypedStore {
            address: draft.address.clone(),
            key: draft.key.clone(),
            secret: Secret::new(draft.secret.clone()),
            version: draft.version,
        }));
        *step = Step::Setting(draft.clone());
        ui.ctx().request_repaint();
    } else if keep {
        actions.push(RecordAction::Look);
        *step = Step::Looking;
    }
}

fn trouble(ui: &mut Ui, theme: &Theme, now: &RecordsNow) {
    if let Some(problem) = &now.problem {
        live(&paragraph(ui, theme, TextRole::Interface, theme.colors.heat, problem));
    }
}

fn soft(ui: &mut Ui, theme: &Theme, words: &str) {
    paragraph(ui, theme, TextRole::Interface, theme.colors.soft_ink, words);
}

fn live(said: &egui::Response) {
    said.ctx.accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
}
